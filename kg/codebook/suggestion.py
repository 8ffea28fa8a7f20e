"""A first draft of a codebook: claims grouped into candidate positions, with what speaks for each group.

A draft is for an analyst to cut, merge and word anew, and no more than that: docs/quality.md says how often
its groups are the positions that a person would make.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from kg.attribute.parsing import language
from kg.codebook.corpus import Said
from kg.codebook.grouping import Matrix, agglomerate, centred, common_words
from kg.codebook.labels import propositions
from kg.codebook.slugs import slug_of_label
from kg.codebook.topics import topic_label
from kg.ingest.decode import encodable
from kg.model.codebook import Codebook, Position, Topic
from kg.model.errors import UsageError
from kg.model.iris import Iris, digest, slug
from kg.stance.encoder import encode
from kg.stance.pairs import judge_many
from kg.stance.terms import stems

LIKENESS = 0.25
"""Groups of claims that are less alike than this stay apart (`benchmarks.suggesting` tries others)."""
TOPIC_LIKENESS = 0.10
"""The same for candidate positions that make a topic."""
NEAR = 0.18
"""From this likeness two candidates may be one position, and are shown as such."""
KNOWN = 0.5
"""From this cosine of its label with a label or phrase of the codebook, a candidate may be known there."""
SENTENCE, AROUND, WORDS = 0.5, 0.5, 0.3
"""What the sentence, the sentences around and words in common weigh beside the claim's own vector."""
MOST_COMPARED = 4000
"""Claims that are compared each with each; of a larger corpus a sample is, and the rest joins it."""
EXAMPLES = 3
_PHRASE_WORDS = 18
_LABELS_TRIED = 6


@dataclass(frozen=True)
class Candidate:
    """A candidate position.

    Attributes:
        position: The row that it would be in a codebook.
        members: The statements of the group, the most telling first.
        sides: Side of each member, as far as it can be told: "supports", "opposes" or None.
        likeness: Mean likeness of its claims to each other.
        near: Slugs of other candidates that may be the same position, with their likeness.
        known: Slugs of positions of the codebook beside which this was made that may be the same.
    """

    position: Position
    members: tuple[Said, ...]
    sides: tuple[str | None, ...]
    likeness: float
    near: tuple[tuple[str, float], ...] = ()
    known: tuple[tuple[str, float], ...] = ()

    @property
    def actors(self) -> int:
        """Number of different actors."""
        return len({said.actor for said in self.members})

    @property
    def outlets(self) -> int:
        """Number of different outlets."""
        return len({said.outlet for said in self.members})

    def examples(self, side: str | None) -> list[Said]:
        """The most telling members of a side, one an actor and wording first."""
        found = [said for said, one in zip(self.members, self.sides, strict=True) if one == side]
        first = list({said.actor: said for said in reversed(found)}.values())[::-1]
        return [*first, *(said for said in found if said not in first)][:EXAMPLES]


@dataclass(frozen=True)
class Draft:
    """A draft of a codebook.

    Attributes:
        topics: Topics of the candidates.
        candidates: Candidate positions, those with most statements first.
        left: Statements that no group took in.
        covered: Number of statements that the codebook covers already, beside which this was made.
        statements: Number of all statements that were looked at.
    """

    topics: tuple[Topic, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    left: tuple[Said, ...] = ()
    covered: int = 0
    statements: int = 0

    @property
    def codebook(self) -> Codebook:
        """The candidates as a codebook."""
        return Codebook(self.topics, tuple(one.position for one in self.candidates))


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a draft is to be made.

    Attributes:
        likeness: Groups of less likeness stay apart; less makes fewer and larger groups.
        least: Wordings that a group needs; claims of the same words count once.
        beside: A codebook: what it covers already is left out.

    Raises:
        UsageError: The likeness is no number from 0 to 2.
    """

    likeness: float = LIKENESS
    least: int = 2
    beside: Codebook | None = None

    def __post_init__(self) -> None:
        """Refuse what no groups can be made with."""
        if not 0 <= self.likeness <= 2:  # "nan" is neither less nor more than anything
            raise UsageError(f"the likeness {self.likeness} is no number from 0 to 2")


@dataclass
class _Group:
    rows: list[int]
    members: list[int]
    centre: Matrix
    label: str = ""
    topic: int = 0
    likeness: float = 0.0
    order: list[int] = field(default_factory=list)


def suggest(corpus: Sequence[Said], iris: Iris, wishes: Wishes | None = None) -> Draft:
    """Group the claims of a corpus into candidate positions.

    Args:
        corpus: Statements.
        iris: Makes the IRIs of the candidates.
        wishes: How it is to be done.
    """
    wishes = wishes or Wishes()
    open_ = uncovered(corpus, wishes.beside)
    covered = len(corpus) - len(open_)
    groups, left = group(open_, wishes.likeness, wishes.least)
    if not groups:
        return Draft((), (), tuple(open_), covered, len(corpus))
    _name(groups, open_)
    return _Writing(open_, groups, iris, wishes.beside).draft(left, covered, len(corpus))


def uncovered(corpus: Sequence[Said], beside: Codebook | None) -> list[Said]:
    """The statements with a claim that a codebook does not cover."""
    known = beside.position_by_slug if beside else {}
    return [said for said in corpus if said.claim and not any(slug_ in known for slug_ in said.positions)]


def wordings(corpus: Sequence[Said]) -> list[list[int]]:
    """Indices of the statements with claims of the same words, a list for each wording."""
    found: dict[str, list[int]] = {}
    for number, said in enumerate(corpus):
        found.setdefault(" ".join(said.claim.casefold().split()).rstrip(".,;:!?\"”’'"), []).append(number)
    return list(found.values())


def features(
    corpus: Sequence[Said], *, sentence: float = SENTENCE, around: float = AROUND, centre: bool = True
) -> Matrix:
    """Vectors of claims with what stands around them; [statements, width].

    Args:
        corpus: Statements.
        sentence: What the sentence weighs beside the claim.
        around: What the sentences around weigh beside the claim.
        centre: Whether to take away what all have in common.
    """
    texts = list(dict.fromkeys(t for said in corpus for t in (said.claim, said.sentence, said.around)))
    row = {text: number for number, text in enumerate(texts)}
    vectors = encode(texts)
    summed = np.stack(
        [
            vectors[row[said.claim]]
            + sentence * vectors[row[said.sentence]]
            + around * vectors[row[said.around]]
            for said in corpus
        ]
    )
    norm = np.linalg.norm(summed, axis=1, keepdims=True)
    found = np.asarray(summed / np.maximum(norm, 1e-6), dtype=np.float32)
    return centred(found) if centre else found


def telling_words(corpus: Sequence[Said]) -> list[frozenset[str]]:
    """Stems of each claim and its surroundings."""
    return [frozenset(stems(f"{said.claim} {said.around}")) for said in corpus]


def group(corpus: Sequence[Said], likeness: float, least: int) -> tuple[list[_Group], list[int]]:
    """Groups of statements, and those that belong to none.

    Claims of the same words are compared once, so that a report printed in thirty papers makes no position
    by itself.
    """
    same = {numbers[0]: numbers for numbers in wordings(corpus)}
    firsts = list(same)
    if not firsts:
        return [], []
    vectors = features([corpus[number] for number in firsts])
    # A sample by content, the same on every run.
    order = sorted(range(len(firsts)), key=lambda row: digest([corpus[firsts[row]].claim]))
    chosen = sorted(order[:MOST_COMPARED])
    compared = vectors[chosen]
    words = telling_words([corpus[firsts[row]] for row in chosen])
    near = compared @ compared.T + np.float32(WORDS) * common_words(words)
    parts = [[chosen[one] for one in part] for part in agglomerate(near, likeness)]
    found = [part for part in parts if len(part) > 1]
    if len(chosen) < len(firsts) and found:
        _join(sorted(order[MOST_COMPARED:]), found, vectors, likeness)
    groups, taken = [], set()
    position = {row: number for number, row in enumerate(chosen)}
    for rows in found:
        if len(rows) < least:
            continue
        centre = vectors[rows].mean(0)
        inner = [position[row] for row in rows if row in position]
        block = near[np.ix_(inner, inner)]
        count = len(inner)
        mean = float((block.sum() - np.trace(block)) / (count * (count - 1))) if count > 1 else 0.0
        order_ = sorted(rows, key=lambda row: (-float(vectors[row] @ centre), row))
        members = [number for row in order_ for number in same[firsts[row]]]
        taken.update(members)
        groups.append(_Group(rows, members, centre, likeness=mean, order=[firsts[row] for row in order_]))
    groups.sort(key=lambda one: (-len(one.members), -one.likeness, one.members[0]))
    return groups, [number for number in range(len(corpus)) if number not in taken]


def _join(rest: Sequence[int], groups: list[list[int]], vectors: Matrix, likeness: float) -> None:
    """Let what was not compared join the group that it is most like."""
    centres = np.stack([vectors[rows].mean(0) for rows in groups])
    near = vectors[rest] @ centres.T
    for row, values in zip(rest, near, strict=True):
        best = int(values.argmax())
        if values[best] >= likeness:
            groups[best].append(row)


def _name(groups: Sequence[_Group], corpus: Sequence[Said]) -> None:
    """Give each group the label of the claim that stands best for it."""
    tried = [(one, number) for one in groups for number in one.order[:_LABELS_TRIED]]
    claims = [corpus[number].claim for _, number in tried]
    speakers = [corpus[number].affiliation or corpus[number].actor for _, number in tried]
    labels = propositions(claims, speakers)
    vectors = encode([label for label, _ in labels])
    middles = {id(one): encode([corpus[number].claim for number in one.order]).mean(0) for one in groups}
    named: dict[int, list[tuple[float, int, str]]] = {}
    for (one, _), (label, worth), vector in zip(tried, labels, vectors, strict=True):
        rank = len(named.setdefault(id(one), []))
        central = max(0.05, float(vector @ middles[id(one)]))
        named[id(one)].append((worth * central, -rank, label))
    used: set[str] = set()
    for one in groups:
        options = [entry for entry in named[id(one)] if entry[2].casefold() not in used]
        one.label = max(options)[2] if options else max(named[id(one)])[2]
        one.label = one.label or corpus[one.order[0]].claim
        used.add(one.label.casefold())


class _Writing:
    """Makes candidates of groups."""

    def __init__(
        self, corpus: Sequence[Said], groups: list[_Group], iris: Iris, beside: Codebook | None
    ) -> None:
        self._corpus, self._groups, self._iris, self._beside = corpus, groups, iris, beside
        centres = np.stack([one.centre for one in groups])
        self._near = np.asarray(centres @ centres.T, dtype=np.float32)
        norm = np.linalg.norm(centres, axis=1)
        self._alike = (self._near / np.maximum(np.outer(norm, norm), 1e-6)).astype(np.float32)
        self._slugs: dict[str, None] = dict.fromkeys(beside.position_by_slug if beside else ())

    def draft(self, left: Sequence[int], covered: int, statements: int) -> Draft:
        """The draft."""
        topics = self._topics()
        slugs = [self._slug(one.label) for one in self._groups]
        pairs = [(self._corpus[number].claim, one.label) for one in self._groups for number in one.members]
        verdicts = iter(judge_many(pairs))
        known = self._known()
        lower = {word for said in self._corpus for word in said.around.split()}
        candidates = []
        for row, one in enumerate(self._groups):
            sides = [
                side if side in ("supports", "opposes") else None
                for side, _ in (next(verdicts) for _ in one.members)
            ]
            members = [self._corpus[number] for number in one.members]
            topic = topics[one.topic]
            position = Position(
                self._iris.position(slugs[row]),
                slugs[row],
                one.label,
                (topic.slug,),
                _whether(one.label, lower),
                _phrases(members, sides, "supports"),
                _phrases(members, sides, "opposes"),
            )
            near = sorted(
                (
                    (slugs[other], round(float(self._near[row, other]), 2))
                    for other in range(len(slugs))
                    if other != row and self._near[row, other] >= NEAR
                ),
                key=lambda pair: (-pair[1], pair[0]),
            )
            candidates.append(
                Candidate(position, tuple(members), tuple(sides), one.likeness, tuple(near[:3]), known[row])
            )
        rest = tuple(self._corpus[number] for number in left)
        return Draft(tuple(topics), tuple(candidates), rest, covered, statements)

    def _topics(self) -> list[Topic]:
        parts = agglomerate(self._alike, TOPIC_LIKENESS)
        texts = [
            [self._corpus[number].around for row in part for number in self._groups[row].order]
            for part in parts
        ]
        topics: list[Topic] = []
        used: set[str] = set()
        for number, part in enumerate(parts):
            others = [text for one, group in enumerate(texts) if one != number for text in group]
            label = topic_label(texts[number], others, used)
            used.add(label.casefold())
            topics.append(Topic(self._iris.topic(slug(label)), slug(label), label))
            for row in part:
                self._groups[row].topic = number
        return topics

    def _slug(self, label: str) -> str:
        found = slug_of_label(label, self._slugs)
        self._slugs[found] = None
        return found

    def _known(self) -> list[tuple[tuple[str, float], ...]]:
        """Positions of the codebook that each candidate may be."""
        if self._beside is None or not self._beside.positions:
            return [()] * len(self._groups)
        wordings = [
            (position.slug, words)
            for position in self._beside.positions
            for words in (position.label, *position.for_phrases, *position.against_phrases)
        ]
        near = encode([one.label for one in self._groups]) @ encode([words for _, words in wordings]).T
        found = []
        for row in near:
            best: dict[str, float] = {}
            for (slug_, _), value in zip(wordings, row, strict=True):
                best[slug_] = max(best.get(slug_, 0.0), float(value))
            ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
            found.append(tuple((one, round(value, 2)) for one, value in ranked[:2] if value >= KNOWN))
        return found


def _whether(label: str, lower: Collection[str]) -> str:
    """What the label asks, as the description of a position.

    Args:
        label: The label.
        lower: Words as they stand in the corpus: a label begins with a small letter if its first word may.
    """
    first, _, rest = label.partition(" ")
    small = first.lower()
    known = first in ("The", "A", "An", "There", "No", "All", "Its", "This")
    if known or (small in lower and language()(encodable(label))[0].pos_ != "PROPN"):
        first = small
    return f"Whether {first} {rest}".rstrip(" .") + "."


def _phrases(members: Sequence[Said], sides: Sequence[str | None], side: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for said, one in zip(members, sides, strict=True):
        words = said.claim.replace("|", "/").strip(' .,;:"“”')
        if one == side and 3 <= len(words.split()) <= _PHRASE_WORDS:
            found.setdefault(words)
    return tuple(found)[:EXAMPLES]


def counted(members: Sequence[Said]) -> list[tuple[str, int]]:
    """Who speaks in a group, most often first."""
    return sorted(Counter(said.actor for said in members).items(), key=lambda pair: (-pair[1], pair[0]))


__all__ = [
    "LIKENESS",
    "MOST_COMPARED",
    "Candidate",
    "Draft",
    "Wishes",
    "counted",
    "features",
    "group",
    "suggest",
    "telling_words",
    "uncovered",
    "wordings",
]

"""Candidates: pairs of utterances that may be one, what is most worth a look first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.build.decisions import ON_PAIRS, Decision, standing, whole_log
from kg.build.parting import Verdict, overruled
from kg.build.utterance import grouped
from kg.build.verdicts import verdicts_among
from kg.review.decisions import IN_WORDS, Desk
from kg.review.utterances.likeness import Likeness, Rarity, likeness
from kg.review.utterances.meaning import Meanings
from kg.review.utterances.near import near_pairs, same_holder, with_company
from kg.review.utterances.spoken import Everything, Spoken, everything

LEAST = 0.3
"""Likeness from which a pair is a candidate."""
ON_ASKING = 0.15
"""Likeness from which a statement is shown to a person who asks for others like one."""
COUNTS = 0.15
"""What is added to the worth of a pair that changes counts: both take a stance on one position."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two utterances that may be one, by the two of their statements that are most alike.

    Attributes:
        one: The statement of the first; the one with the lower IRI.
        other: The statement of the second.
        likeness: How likely the two report one speech act, and why.
        worth: How much a look is worth: the likeness, more where counts change.
        group: IRIs of all statements of the first utterance.
        other_group: Those of the second.
        said: What people said of the two, with their names, the latest last.
    """

    one: Spoken
    other: Spoken
    likeness: Likeness
    worth: float
    group: tuple[str, ...]
    other_group: tuple[str, ...]
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The statements as one person sees them, with what people said of pairs.

    Attributes:
        all: The statements.
        verdicts: What counts of what was said, by pairs of statements of today.
        decisions: The standing decisions on pairs that the person may see.
        said: What people said of each pair, with their names, the latest last.
        last: Place in the log of the latest decision of all.
    """

    all: Everything
    verdicts: Mapping[frozenset[str], Verdict]
    decisions: tuple[Decision, ...]
    said: Mapping[frozenset[str], tuple[tuple[str, str], ...]]
    last: int

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The statements of each utterance."""
        found: dict[str, list[str]] = {}
        for iri, one in self.all.statements.items():
            found.setdefault(one.utterance, []).append(iri)
        return {utterance: tuple(iris) for utterance, iris in found.items()}


def known(desk: Desk) -> Known:
    """What a person knows of utterances; who is blind sees what follows from the own decisions alone."""
    with desk.reading() as store:
        found = everything(store)
        log = whole_log(store.view, desk.material.iris)
    alive = [one for one in standing(log) if one.action in ON_PAIRS]
    seen = tuple(one for one in alive if desk.coder.sees in (None, one.coder))
    verdicts = verdicts_among(seen, found.names)
    if desk.coder.sees is not None:
        found = _regrouped(found, verdicts)
    said: dict[frozenset[str], tuple[tuple[str, str], ...]] = {}
    for one in seen:
        for pair in verdicts_among([one], found.names):
            said[pair] = (*said.get(pair, ()), (one.coder, IN_WORDS[one.action]))
    return Known(found, verdicts, seen, said, max((one.sequence for one in log), default=0))


def _regrouped(found: Everything, verdicts: Mapping[frozenset[str], Verdict]) -> Everything:
    """The statements in the utterances that follow from these verdicts alone."""
    about: dict[str, dict[str, Verdict]] = {}
    for pair, verdict in verdicts.items():
        one, other = sorted(pair)
        about.setdefault(one, {})[other] = verdict
        about.setdefault(other, {})[one] = verdict
    entries = {iri: one.entry for iri, one in found.statements.items()}
    groups = grouped(
        entries,
        lambda article: found.copies.get(article, frozenset()),
        lambda statement: about.get(statement, {}),
    )
    utterance = {iri: group[0] for group in groups for iri in group}
    statements = {iri: replace(one, utterance=utterance[iri]) for iri, one in found.statements.items()}
    return Everything(statements, found.copies, found.names)


def candidates(
    seen: Known,
    meanings: Meanings | None = None,
    *,
    actor: str | None = None,
    everything: bool = False,
    least: float = LEAST,
) -> list[Candidate]:
    """Pairs of utterances that may be one and that nobody told apart, what is most worth a look first.

    Args:
        seen: What the person knows.
        meanings: Compares what claims mean; None to go by words alone.
        actor: IRI of the only holder to look at.
        everything: Also those that were told apart.
        least: Likeness from which a pair counts.
    """
    statements = list(seen.all.statements.values())
    rarity = Rarity(statements)
    if actor is not None:
        statements = [one for one in statements if any(holder.iri == actor for holder in one.holders)]
    vectors = None
    if meanings is not None:
        vectors = meanings.of(statements[place].claim for place in with_company(statements))
    apart = _apart(seen)
    best: dict[frozenset[str], tuple[float, Spoken, Spoken, Likeness]] = {}
    for first, second in near_pairs(statements, vectors):
        one, other = statements[first], statements[second]
        between = frozenset((one.utterance, other.utterance))
        if between in apart and not everything:
            continue
        meant = None
        if vectors is not None and one.claim in vectors and other.claim in vectors:
            meant = float(vectors[one.claim] @ vectors[other.claim])
        copies = other.entry.article in seen.all.copies.get(one.entry.article, ())
        found = likeness(one, other, rarity, meant, copies=copies, least=least)
        if found.score < least:
            continue
        if between not in best or best[between][0] < found.score:
            best[between] = (found.score, one, other, found)
    members = seen.members
    return _ordered(_candidate(seen, members, one, other, like) for _, one, other, like in best.values())


def disputed(seen: Known) -> list[Candidate]:
    """Pairs for somebody to settle: coders said different things of them, or a "same" has no effect."""
    said: dict[frozenset[str], dict[str, Verdict]] = {}
    for decision in seen.decisions:
        for pair, verdict in verdicts_among([decision], seen.all.names).items():
            said.setdefault(pair, {})[decision.coder] = verdict
    rarity = Rarity(seen.all.statements.values())
    members = seen.members
    found: dict[frozenset[str], Candidate] = {}

    def add(pair: frozenset[str], caution: str) -> None:
        one, other = (seen.all.statements.get(iri) for iri in sorted(pair))
        if one is not None and other is not None:
            like = likeness(one, other, rarity)
            like = replace(like, cautions=(caution, *like.cautions))
            found[pair] = _candidate(seen, members, one, other, like)

    for pair, by_coder in said.items():
        settled = any(verdict.adjudicates for verdict in by_coder.values())
        if len({verdict.same for verdict in by_coder.values()}) > 1 and not settled:
            add(pair, "coders differ")
    group_of = {iri: one.utterance for iri, one in seen.all.statements.items()}
    for one in overruled(seen.verdicts, group_of):
        who = ", ".join(sorted({verdict.coder for _, verdict in one.against})) or "others"
        add(frozenset(one.pair), f"put together, but kept apart by what {who} said of other pairs")
    return _ordered(found.values())


def others_like(seen: Known, iri: str, most: int = 9) -> list[Candidate]:
    """Statements that may report the same utterance as one, whatever people said before, the likest first.

    For a person who asks: speakers and dates need not fit.
    """
    own = seen.all.statements.get(iri)
    if own is None:
        return []
    rarity, members = Rarity(seen.all.statements.values()), seen.members
    found = []
    for other in seen.all.statements.values():
        if other.utterance != own.utterance:
            like = likeness(own, other, rarity)
            if like.score >= ON_ASKING:
                one_speaker = any(same_holder(a, b) for a in own.holders for b in other.holders)
                made = _candidate(seen, members, own, other, like)
                found.append(replace(made, worth=round(like.score + 0.1 * one_speaker, 4)))
    return _ordered(found)[:most]


def _apart(seen: Known) -> set[frozenset[str]]:
    """Pairs of utterances of which people told statements apart."""
    found = set()
    for pair, verdict in seen.verdicts.items():
        both = [seen.all.statements[iri].utterance for iri in pair if iri in seen.all.statements]
        if not verdict.same and len(both) == 2:
            found.add(frozenset(both))
    return found


def _candidate(
    seen: Known, members: Mapping[str, tuple[str, ...]], one: Spoken, other: Spoken, like: Likeness
) -> Candidate:
    sides = {(actor, position) for actor, position, _ in one.stances}
    counts = any((actor, position) in sides for actor, position, _ in other.stances)
    return Candidate(
        one,
        other,
        like,
        round(like.score + COUNTS * counts, 4),
        members[one.utterance],
        members[other.utterance],
        seen.said.get(frozenset((one.iri, other.iri)), ()),
    )


def _ordered(found: Iterable[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda one: (-one.worth, one.one.iri, one.other.iri))


__all__ = ["COUNTS", "LEAST", "Candidate", "Known", "candidates", "disputed", "known", "others_like"]

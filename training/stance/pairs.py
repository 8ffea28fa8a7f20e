"""Training pairs for a cross-encoder over (statement in its sentence, position), all sources in one form.

    python -m training.stance.pairs OUT [--leave-out FOLD]... [--corpus FOLDER] [--contrasts FOLDER]
        [--articles FOLDER] [--perspectrum FOLDER] [--directed-sentiment FOLDER] [--negatives 1]
        [--keep KIND:SHARE]... [--outspoken 0] [--questions] [--seed 1]

Writes OUT/train.jsonl and OUT/dev.jsonl, a pair or a list a line. The corpus's left-out folds go to dev; of
the others what they call train and dev. A source whose folder is not given or not there is skipped with a
notice.
`--keep` thins what there is to train on, so that a short training sees the telling pairs.

The form: a text in which the source stands in square and the cue in curly brackets, where they are known
("[Ada Reed] {rejected} the pier."), a position in words, and one of supports, opposes, neutral, unrelated.

- Contrast sets: each text with a wording of its position, with a wording of the contrary, with the position
  near by, and with one of another field; and the wordings with each other.
- The corpus: every code; unrelated positions of the same topic, of the same field, and of another field; the
  positions' own wordings. What is doubtful is left out.
- Lists: a statement of coded articles (as the coder reads it: content marked, headline and the sentence
  before behind it) or of the corpus with many positions of its codebook side by side; a text of a contrast
  set with the positions of other sets of its field. So the network learns which of a codebook's positions a
  statement is about.
- Perspectrum (claims from debate sites): the claim as it stands; with a position drawn at random; with one
  about a like matter.
- Directed sentiment (news sentences, two marked entities, who supports or opposes whom): the holder is the
  source, and the position is that the other deserves support. The other way round such a pair is neutral. Of
  neutral pairs as many are kept as take a side.

To train on, a coded pair comes a second time with the position turned round (`negation.py`) and the label
with it; a claim of Perspectrum also in reported speech (`reporting.py`); a pair of the corpus also with one
of the position's wordings in its place; and now and then without brackets, as texts come whose source nobody
marked. `--questions` adds pairs without a label, for a teacher to answer (`teach.py`): claims against other
claims on the same position, statements against the wordings of any position of their field.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from kg.model.codebook import Position
from kg.model.errors import InputError, KgError, UsageError
from kg.stance.cross_encoder import marked
from kg.stance.encoder import encode
from kg.stance.excerpts import excerpts
from kg.stance.passages import claim_of
from training.stance.coded_articles import ARTICLES, Debate, read_debates
from training.stance.contrast_sets import CONTRASTS, ContrastSet, plain, read_contrasts
from training.stance.lists import (
    CONTENT_MARKED,
    UNMARKED,
    Listed,
    contrast_lists,
    lists,
    proposition,
)
from training.stance.negation import TURNED, negated
from training.stance.reporting import plain_words, reported
from training.stance.statements import CORPUS, FOLDS, CodedStatement, Field, Polarity, read_corpus

LONGEST_CLAIM = 25
"""Words of a claim that may stand in a position's place."""
SAME = 0.5
"""Likeness from which two positions of Perspectrum may be one and the same question."""
NEAR = 5
"""How many of the others about like matters a claim may be set against."""
AMONG_OTHERS = 0.5
"""Share of the short texts with a speaker that come with another speaker's text of the same contrast set."""
SHORT = 22
"""Words up to which a text is short; longer ones have other matter in them already."""
NEAREST = 6
"""Positions of a codebook that lie near a statement: as many are the most alike to it."""
FAR_UNMARKED = 0.5
"""Share of the contrast sets' texts that come without brackets beside a position of another field: to have no
marks is to take no side there."""

_MARKED = re.compile(r"\[([^\[\]]+)\]")
_PLAIN = str.maketrans("[]{}", "()()")
_DIRECTIONS: dict[str, tuple[int, Polarity]] = {
    "first supports second": (0, "supports"),
    "first opposes second": (0, "opposes"),
    "second supports first": (1, "supports"),
    "second opposes first": (1, "opposes"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A text with its source and cue marked, a position, and what the one says on the other.

    Attributes:
        origin: contrasts, corpus, articles, perspectrum or directed-sentiment.
        label: None where nobody coded it.
        kind: How it came about: coded, contrary, negated, reported, phrase, wording, same-topic, same-field,
            other-field, near, random, other-way-round, question.
        group: What may not stand on both sides of a split: the field, or the position.
        tags: What makes it hard; only the corpus says.
    """

    text: str
    position: str
    label: Polarity | None
    origin: str
    kind: str
    group: str
    tags: tuple[str, ...] = ()


def _said(phrase: str) -> str:
    return f"{proposition(phrase)}."


def _turned(pair: Pair) -> Iterator[Pair]:
    """The pair with its position turned round, where that can be done and changes anything."""
    opposite = negated(pair.position)
    if opposite is not None and pair.label is not None:
        yield replace(pair, position=opposite, label=TURNED[pair.label], kind="negated")


def _rephrased(pair: Pair, position: Position, choice: random.Random) -> Iterator[Pair]:
    """The pair with one of the position's wordings in place of its label."""
    assert pair.label is not None  # noqa: S101 - the pairs of the corpus are coded
    sides = [(phrase, pair.label) for phrase in position.for_phrases]
    sides += [(phrase, TURNED[pair.label]) for phrase in position.against_phrases]
    if sides:
        phrase, label = choice.choice(sides)
        yield replace(pair, position=proposition(phrase), label=label, kind="phrase")


def corpus_pairs(
    fields: Sequence[Field], negatives: int, choice: random.Random, training: bool = False
) -> Iterator[Pair]:
    """Pairs of some fields.

    Args:
        fields: Negatives from other fields are drawn among these.
        negatives: How many unrelated positions a statement gets of the same topic, of the rest of its field,
            and of other fields.
        choice: The source of chance.
        training: Whether turned, rephrased and unmarked pairs and the wordings belong to it.
    """
    for field in fields:
        others = [(other, position) for other in fields if other is not field for position in other.positions]
        for statement in field.statements:
            text = marked(statement.text, statement.source, statement.cue)
            if training and choice.random() < UNMARKED:
                text = statement.text.translate(_PLAIN)
            elif training and choice.random() < CONTENT_MARKED:
                text = marked(statement.text, statement.source, statement.cue, statement.content)
            for position in field.positions:
                label = statement.polarity(position.slug)
                if label not in (None, "unrelated"):
                    pair = Pair(text, position.label, label, "corpus", "coded", field.name, statement.tags)
                    yield pair
                    if training:
                        yield from _turned(pair)
                        yield from _rephrased(pair, position, choice)
            for kind, drawn in _unrelated(field, statement, negatives, choice).items():
                for position in drawn:
                    yield Pair(text, position.label, "unrelated", "corpus", kind, field.name, statement.tags)
            for _, position in choice.sample(others, min(len(others), negatives)):
                yield Pair(
                    text, position.label, "unrelated", "corpus", "other-field", field.name, statement.tags
                )
        for position in field.positions if training else ():
            for label, phrases in (("supports", position.for_phrases), ("opposes", position.against_phrases)):
                for phrase in phrases:
                    yield Pair(_said(phrase), position.label, label, "corpus", "wording", field.name)


def _unrelated(
    field: Field, statement: CodedStatement, negatives: int, choice: random.Random
) -> dict[str, list[Position]]:
    topics = {
        topic for coding in statement.codings for topic in field.position_by_slug[coding.position].topics
    }
    free = [position for position in field.positions if statement.polarity(position.slug) == "unrelated"]
    near = [position for position in free if topics & set(position.topics)]
    rest = [position for position in free if position not in near]
    return {
        "same-topic": choice.sample(near, min(len(near), negatives)),
        "same-field": choice.sample(rest, min(len(rest), negatives)),
    }


def article_pairs(debates: Sequence[Debate], choice: random.Random) -> Iterator[Pair]:
    """Pairs of coded articles, to develop on: each code, and for each statement a position only near it.

    Args:
        debates: Each with its codebook.
        choice: The source of chance.
    """
    for debate in debates:
        labels = encode([position.label for position in debate.positions])
        claims = encode([claim_of(one.statement) for one in debate.statements])
        for one, likeness in zip(debate.statements, claims @ labels.T, strict=True):
            text = excerpts(one.statement, one.article)[0]
            ranked = [debate.positions[at] for at in np.argsort(-likeness)]
            beside = [place for place in ranked[:NEAREST] if one.polarity(place.slug) == "unrelated"]
            about = [place for place in debate.positions if one.polarities.get(place.slug)]
            for kind, positions in (
                ("coded", about),
                ("same-topic", choice.sample(beside, min(1, len(beside)))),
            ):
                for position in positions:
                    label = one.polarity(position.slug)
                    yield Pair(text, position.label, label, "articles", kind, debate.name)


def contrast_pairs(
    sets: Sequence[ContrastSet], choice: random.Random, training: bool = False
) -> Iterator[Pair]:
    """Pairs of contrast sets.

    Args:
        sets: Positions of other fields are drawn among these.
        choice: The source of chance.
        training: Whether unmarked texts, and the wordings with each other, belong to it.
    """
    for one in sets:
        spoken = [text.text for text in one.texts if "[" in text.text]
        for text in one.texts:
            words = text.text
            short = len(words.split()) <= SHORT
            if training and short and words in spoken and choice.random() < AMONG_OTHERS:
                words = _among_others(words, plain(choice.choice(spoken)), choice)
            elif training and choice.random() < UNMARKED:
                words = plain(words)
            asked: list[tuple[str, Polarity, str]] = [
                (choice.choice(one.wordings), text.polarity, "coded"),
                (choice.choice(one.contrary), TURNED[text.polarity], "contrary"),
            ]
            if text.polarity in ("supports", "opposes"):
                asked.append((one.nearby, "unrelated", "same-topic"))
            other = choice.choice(sets)
            if other.field != one.field:
                asked.append((choice.choice(other.wordings), "unrelated", "other-field"))
            for position, label, kind in asked:
                bare = training and kind == "other-field" and choice.random() < FAR_UNMARKED
                yield Pair(plain(words) if bare else words, position, label, "contrasts", kind, one.field)
        if training:
            yield from _wordings(one, choice)


def _among_others(marked_text: str, other: str, choice: random.Random) -> str:
    """A marked text with another speaker's beside it, as news have them: what is marked counts alone."""
    if choice.random() < 0.5:
        return f"{other} {marked_text}"
    if choice.random() < 0.5:
        return f"{marked_text} {other}"
    return f"{marked_text.rstrip('.')}, while {other[0].lower()}{other[1:]}"


def outspoken(sets: Sequence[ContrastSet], least: float) -> list[ContrastSet]:
    """The sets without the texts that are farther from all wordings of the position and its contrary.

    What names its matter is learnt from first; figures of speech and far-fetched arguments are noise to a
    network that does not yet know what a negation does.

    Args:
        sets: Any.
        least: Likeness (cosine of the sentence encoder's vectors) that a text has to one of the wordings.
    """
    texts = encode([plain(text.text) for one in sets for text in one.texts])
    wordings = encode([words for one in sets for words in (*one.wordings, *one.contrary)])
    found, at, behind = [], 0, 0
    for one in sets:
        number, of_wordings = len(one.texts), len(one.wordings) + len(one.contrary)
        alike = (texts[at : at + number] @ wordings[behind : behind + of_wordings].T).max(axis=1)
        kept = tuple(text for text, value in zip(one.texts, alike, strict=True) if value >= least)
        found.append(replace(one, texts=kept))
        at, behind = at + number, behind + of_wordings
    return found


def _wordings(one: ContrastSet, choice: random.Random) -> Iterator[Pair]:
    """The position's wordings as texts, against one another, the contrary and the position near by."""
    for mine, theirs in ((one.wordings, one.contrary), (one.contrary, one.wordings)):
        said = choice.choice(mine)
        asked: list[tuple[str, Polarity]] = [(choice.choice(theirs), "opposes"), (one.nearby, "unrelated")]
        asked += [(same, "supports") for same in mine if same != said]
        for position, label in asked:
            yield Pair(_said(said), position, label, "contrasts", "wording", one.field)


def perspectrum_pairs(folder: Path, part: str, choice: random.Random) -> Iterator[Pair]:
    """Claims with their positions, and each claim with one position of the same part drawn at random.

    Raises:
        InputError: The file cannot be read.
    """
    records = _records(folder / f"{part}.jsonl", ("text", "position", "stance"))
    positions = sorted({record["position"] for record in records})
    near = _near(positions) if part == "train" else {}
    words = plain_words([record["text"] for record in records])
    for record in records:
        text, position = record["text"].strip().translate(_PLAIN), record["position"]
        label: Polarity = "supports" if record["stance"] == "supports" else "opposes"
        pair = Pair(text, position, label, "perspectrum", "coded", position)
        yield pair
        if part == "train":
            yield from _turned(pair)
            sentence, effect = reported(text, choice, words)
            side = {"keeps": label, "turns": TURNED[label], "opens": "neutral"}[effect]
            yield replace(pair, text=sentence, label=side, kind="reported")
        if near.get(position):
            other = choice.choice(near[position])
            yield Pair(text, other, "unrelated", "perspectrum", "near", other)
        other = choice.choice(positions)
        if other != position:
            yield Pair(text, other, "unrelated", "perspectrum", "random", other)


def _near(positions: Sequence[str]) -> dict[str, list[str]]:
    """For each position others about like matters, but not so like that they may say the same."""
    vectors = encode(positions)
    likeness = vectors @ vectors.T
    return {
        position: [positions[at] for at in np.argsort(-row) if row[at] < SAME][:NEAR]
        for position, row in zip(positions, likeness, strict=True)
    }


def directed_pairs(folder: Path, part: str, choice: random.Random) -> Iterator[Pair]:
    """Sentences with two marked entities as holder and target, both ways round; half of them take no side.

    Raises:
        InputError: The file cannot be read.
    """
    found = list(_directed(folder / f"{part}.jsonl"))
    sided = [pair for pair in found if pair.label != "neutral"]
    rest = [pair for pair in found if pair.label == "neutral"]
    yield from sided
    yield from choice.sample(rest, min(len(rest), len(sided)))


def _directed(path: Path) -> Iterator[Pair]:
    for record in _records(path, ("text", "label")):
        entities = list(_MARKED.finditer(record["text"]))
        if len(entities) != 2:
            continue
        holder, label = _DIRECTIONS.get(record["label"], (None, "neutral"))
        for at in (0, 1):
            way = label if holder == at else "neutral"
            kind = "coded" if holder == at or holder is None else "other-way-round"
            target = entities[1 - at][1].strip().translate(_PLAIN)
            text = _only(record["text"].replace("{", "(").replace("}", ")"), entities[at])
            yield Pair(text, f"{target} deserves support", way, "directed-sentiment", kind, record["text"])


def _only(text: str, kept: re.Match[str]) -> str:
    """The text with the brackets of one marked entity alone."""
    return _MARKED.sub(lambda match: match[0] if match.start() == kept.start() else match[1], text)


def _records(path: Path, keys: Sequence[str]) -> list[dict[str, str]]:
    try:
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {error}", where=path) from error
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict) or not all(isinstance(record.get(key), str) for key in keys):
            raise InputError(f"a line has {', '.join(keys)} as text", where=f"{path}:{number}")
    return records


def questions(fields: Sequence[Field], claims: Sequence[Pair], choice: random.Random) -> Iterator[Pair]:
    """Pairs without a label: what a teacher may be asked about besides.

    Args:
        fields: Each statement is set against one wording of some position of its field.
        claims: Coded claims of Perspectrum; each is set against another claim on its position.
        choice: The source of chance.
    """
    for one in fields:
        phrases = [
            phrase
            for position in one.positions
            for phrase in (*position.for_phrases, *position.against_phrases)
        ]
        phrases += [position.label for position in one.positions]
        for statement in one.statements:
            text = marked(statement.text, statement.source, statement.cue)
            drawn = proposition(choice.choice(phrases))
            yield Pair(text, drawn, None, "corpus", "question", one.name, statement.tags)
    by_position: dict[str, list[Pair]] = {}
    for claim in claims:
        by_position.setdefault(claim.position, []).append(claim)
    for claim in claims:
        other = choice.choice(by_position[claim.position])
        if other is not claim and len(other.text.split()) <= LONGEST_CLAIM:
            yield replace(claim, position=other.text.rstrip(". "), label=None, kind="question")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pairs are wanted.

    Attributes:
        leave_out: Folds of the corpus that go to dev.
        negatives: Unrelated positions of each kind for a statement.
        keep: Share of the training pairs that is kept, by kind or by origin and kind
            ("contrasts.other-field"); all where a kind is missing.
        outspoken: Least likeness of the contrast sets' texts to wordings of their positions; 0 for all.
        questions: Whether pairs without a label are wanted.
        seed: Of all that is drawn.
    """

    leave_out: frozenset[int] = frozenset({1})
    negatives: int = 1
    keep: Mapping[str, float] = dataclasses.field(default_factory=dict)
    outspoken: float = 0.0
    questions: bool = False
    seed: int = 1

    def share(self, pair: Pair | Listed) -> float:
        """What share of the training pairs of the same kind is kept."""
        return self.keep.get(f"{pair.origin}.{pair.kind}", self.keep.get(pair.kind, 1.0))


def all_pairs(
    corpus: Path,
    contrasts: Path,
    articles: Path,
    perspectrum: Path | None,
    directed: Path | None,
    wanted: Wanted,
) -> dict[str, list[Pair | Listed]]:
    """Pairs to train on and to develop on, shuffled, from all sources that are there.

    Raises:
        InputError: A source cannot be read.
    """
    choice = random.Random(wanted.seed)  # noqa: S311
    fields = read_corpus(corpus)
    parts = {
        "train": [one for one in fields if one.fold not in wanted.leave_out],
        "dev": [one for one in fields if one.fold in wanted.leave_out],
    }
    result = {}
    for part, inside in parts.items():
        found = list(corpus_pairs(inside, wanted.negatives, choice, training=part == "train"))
        sets = read_contrasts(contrasts, held_out=part == "dev")
        if part == "train" and wanted.outspoken:
            sets = outspoken(sets, wanted.outspoken)
        found += contrast_pairs(sets, choice, training=part == "train")
        debates = read_debates(articles, held_out=part == "dev")
        if part == "train":
            found += [*lists([*inside, *debates], choice), *contrast_lists(sets, choice)]
        else:
            found += article_pairs(debates, choice)
        if perspectrum is not None:
            found += perspectrum_pairs(perspectrum, part, choice)
        if directed is not None:
            found += directed_pairs(directed, part, choice)
        if part == "train":
            claims = [pair for pair in found if (pair.origin, pair.kind) == ("perspectrum", "coded")]
            found += questions(inside, claims, choice) if wanted.questions else ()
            found = [pair for pair in found if choice.random() < wanted.share(pair)]
        choice.shuffle(found)
        result[part] = found
    return result


def _there(folder: Path | None, name: str) -> Path | None:
    if folder is not None and (folder / "train.jsonl").is_file() and (folder / "dev.jsonl").is_file():
        return folder
    why = "no folder is given" if folder is None else f"{folder} lacks train.jsonl or dev.jsonl"
    print(f"{name} is skipped: {why}", file=sys.stderr)
    return None


def _share(words: str) -> tuple[str, float]:
    kind, _, share = words.partition(":")
    try:
        return kind, float(share)
    except ValueError as error:
        raise UsageError(f"--keep {words} has no share", hint="for example --keep negated:0.5") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pairs."""
    parser = argparse.ArgumentParser(
        prog="python -m training.stance.pairs",
        description="Write training pairs of several sources in one form.",
    )
    parser.add_argument("out", type=Path, help="a folder for train.jsonl and dev.jsonl")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--contrasts", type=Path, default=CONTRASTS)
    parser.add_argument("--articles", type=Path, default=ARTICLES)
    parser.add_argument(
        "--leave-out", type=int, action="append", help="fold of the corpus that goes to dev (1); 0 for none"
    )
    parser.add_argument("--perspectrum", type=Path)
    parser.add_argument("--directed-sentiment", type=Path)
    parser.add_argument("--negatives", type=int, default=1, help="unrelated positions of each kind (1)")
    parser.add_argument(
        "--keep", action="append", default=[], metavar="[ORIGIN.]KIND:SHARE", help="thin a kind of pairs"
    )
    parser.add_argument(
        "--outspoken",
        type=float,
        default=0.0,
        help="keep texts of the contrast sets from this likeness to the position's wordings (0: all)",
    )
    parser.add_argument("--questions", action="store_true", help="add pairs without a label, for a teacher")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    try:
        for fold in options.leave_out or ():
            if fold not in (0, *FOLDS):
                raise UsageError(f"fold {fold} is not there", hint=", ".join(map(str, FOLDS)))
        pairs = all_pairs(
            options.corpus,
            options.contrasts,
            options.articles,
            _there(options.perspectrum, "Perspectrum"),
            _there(options.directed_sentiment, "Directed sentiment"),
            Wanted(
                frozenset(options.leave_out or {1}),
                options.negatives,
                dict(_share(one) for one in options.keep),
                options.outspoken,
                options.questions,
                options.seed,
            ),
        )
    except KgError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    options.out.mkdir(parents=True, exist_ok=True)
    for part, inside in pairs.items():
        path = options.out / f"{part}.jsonl"
        beside = path.with_suffix(".new")
        lines = [json.dumps(asdict(pair), ensure_ascii=False) for pair in inside]
        beside.write_text("\n".join(lines) + "\n", "utf-8")
        beside.replace(path)
        numbers = Counter(
            (one.origin, one.kind, str(one.label) if isinstance(one, Pair) else "several") for one in inside
        )
        for (origin, kind, label), number in sorted(numbers.items()):
            print(f"{part}\t{origin}\t{kind}\t{label}\t{number}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

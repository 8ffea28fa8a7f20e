"""Training pairs for a cross-encoder over (statement in its sentence, position), all sources in one form.

    python -m training.stance.pairs OUT [--leave-out FOLD] [--corpus FOLDER] [--perspectrum FOLDER]
        [--directed-sentiment FOLDER] [--negatives 1] [--seed 1]

Writes OUT/train.jsonl and OUT/dev.jsonl, a pair a line. The corpus's left-out fold goes to dev; of the others
what they call train and dev. A source whose folder is not given or not there is skipped with a notice.

The form: a text in which the source stands in square and the cue in curly brackets, where they are known
("[Ada Reed] {rejected} the pier."), a position in words, and one of supports, opposes, neutral, unrelated.

- The corpus: every code; unrelated positions of the same topic, of the same field, and of another field; the
  positions' own wordings. What is doubtful is left out.
- Perspectrum (claims from debate sites): the claim as it stands; and with a position drawn at random.
- Directed sentiment (news sentences, two marked entities, who supports or opposes whom): the holder is the
  source, and the position is that the other deserves support. The other way round such a pair is neutral.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.model.attribution import Span
from kg.model.codebook import Position
from kg.model.errors import InputError, KgError, UsageError
from training.stance.statements import CORPUS, FOLDS, CodedStatement, Field, Polarity, read_corpus

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
        origin: corpus, perspectrum or directed-sentiment.
        kind: How it came about: coded, wording, same-topic, same-field, other-field, random, other-way-round.
        group: What may not stand on both sides of a split: the field, or the position.
        tags: What makes it hard; only the corpus says.
    """

    text: str
    position: str
    label: Polarity
    origin: str
    kind: str
    group: str
    tags: tuple[str, ...] = ()


def marked(text: str, source: Sequence[Span], cue: Sequence[Span]) -> str:
    """The text with the source in square and the cue in curly brackets; brackets of its own become round.

    >>> marked("She [sic] said no.", [Span(0, 3, "She")], [Span(10, 14, "said")])
    '[She] (sic) {said} no.'
    """
    marks: list[tuple[int, int, str]] = []
    for spans, opening, closing in ((source, "[", "]"), (cue, "{", "}")):
        for span in spans:
            marks += [(span.start, 1, opening), (span.end, 0, closing)]
    out = []
    at = 0
    for place, _, mark in sorted(marks):
        out += [text[at:place].translate(_PLAIN), mark]
        at = place
    return "".join([*out, text[at:].translate(_PLAIN)])


def corpus_pairs(fields: Sequence[Field], negatives: int, choice: random.Random) -> Iterator[Pair]:
    """Pairs of some fields.

    Args:
        fields: Negatives from other fields are drawn among these.
        negatives: How many unrelated positions a statement gets of the same topic, of the rest of its field,
            and of other fields.
        choice: The source of chance.
    """
    for field in fields:
        others = [(other, position) for other in fields if other is not field for position in other.positions]
        for statement in field.statements:
            text = marked(statement.text, statement.source, statement.cue)
            for position in field.positions:
                label = statement.polarity(position.slug)
                if label not in (None, "unrelated"):
                    yield Pair(text, position.label, label, "corpus", "coded", field.name, statement.tags)
            for kind, drawn in _unrelated(field, statement, negatives, choice).items():
                for position in drawn:
                    yield Pair(text, position.label, "unrelated", "corpus", kind, field.name, statement.tags)
            for _, position in choice.sample(others, min(len(others), negatives)):
                yield Pair(
                    text, position.label, "unrelated", "corpus", "other-field", field.name, statement.tags
                )
        for position in field.positions:
            for label, phrases in (("supports", position.for_phrases), ("opposes", position.against_phrases)):
                for phrase in phrases:
                    sentence = phrase[0].upper() + phrase[1:] + "."
                    yield Pair(sentence, position.label, label, "corpus", "wording", field.name)


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


def perspectrum_pairs(folder: Path, part: str, choice: random.Random) -> Iterator[Pair]:
    """Claims with their positions, and each claim with one position of the same part drawn at random.

    Raises:
        InputError: The file cannot be read.
    """
    records = _records(folder / f"{part}.jsonl", ("text", "position", "stance"))
    positions = sorted({record["position"] for record in records})
    for record in records:
        text, position = record["text"].strip().translate(_PLAIN), record["position"]
        label: Polarity = "supports" if record["stance"] == "supports" else "opposes"
        yield Pair(text, position, label, "perspectrum", "coded", position)
        other = choice.choice(positions)
        if other != position:
            yield Pair(text, other, "unrelated", "perspectrum", "random", other)


def directed_pairs(folder: Path, part: str) -> Iterator[Pair]:
    """Sentences with two marked entities as holder and target, both ways round.

    Raises:
        InputError: The file cannot be read.
    """
    for record in _records(folder / f"{part}.jsonl", ("text", "label")):
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


def all_pairs(
    corpus: Path, leave_out: int, perspectrum: Path | None, directed: Path | None, negatives: int, seed: int
) -> dict[str, list[Pair]]:
    """Pairs to train on and to develop on, shuffled, from all sources that are there.

    Raises:
        InputError: A source cannot be read.
    """
    choice = random.Random(seed)  # noqa: S311
    fields = read_corpus(corpus)
    parts = {
        "train": [field for field in fields if field.fold != leave_out],
        "dev": [field for field in fields if field.fold == leave_out],
    }
    result = {}
    for part, inside in parts.items():
        found = list(corpus_pairs(inside, negatives, choice))
        if perspectrum is not None:
            found += perspectrum_pairs(perspectrum, part, choice)
        if directed is not None:
            found += directed_pairs(directed, part)
        choice.shuffle(found)
        result[part] = found
    return result


def _there(folder: Path | None, name: str) -> Path | None:
    if folder is not None and (folder / "train.jsonl").is_file() and (folder / "dev.jsonl").is_file():
        return folder
    why = "no folder is given" if folder is None else f"{folder} lacks train.jsonl or dev.jsonl"
    print(f"{name} is skipped: {why}", file=sys.stderr)
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pairs."""
    parser = argparse.ArgumentParser(
        prog="python -m training.stance.pairs",
        description="Write training pairs of several sources in one form.",
    )
    parser.add_argument("out", type=Path, help="a folder for train.jsonl and dev.jsonl")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--leave-out", type=int, default=1, help="fold of the corpus that goes to dev (1)")
    parser.add_argument("--perspectrum", type=Path)
    parser.add_argument("--directed-sentiment", type=Path)
    parser.add_argument("--negatives", type=int, default=1, help="unrelated positions of each kind (1)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    try:
        if options.leave_out not in FOLDS:
            raise UsageError(f"fold {options.leave_out} is not there", hint=", ".join(map(str, FOLDS)))
        pairs = all_pairs(
            options.corpus,
            options.leave_out,
            _there(options.perspectrum, "Perspectrum"),
            _there(options.directed_sentiment, "Directed sentiment"),
            options.negatives,
            options.seed,
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
        numbers = Counter((pair.origin, pair.kind, pair.label) for pair in inside)
        for (origin, kind, label), number in sorted(numbers.items()):
            print(f"{part}\t{origin}\t{kind}\t{label}\t{number}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

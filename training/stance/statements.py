r"""The corpus of coded statements as dataclasses, read from its text files.

    # field: airport expansion
    # fold: 1

    + third-runway | Harrowmere airport should get a third runway | harrowmere-expansion
      about: Whether a third runway should be built.
      for: build the runway | more room for planes
      against: two runways are enough
      linked: no-expansion

    [s The Scots] [q will vote for] [c the runway [p only for slots]]. | offers | third-runway:s* | condition

A field is a file. A position has a slug, a label and a topic, and `| against` behind them when it is itself
against something ("the base should be closed"). On indented lines follow what it is about, wordings for and
against it, and the positions it is linked to, both ways: where a side on one hints at a side on the other, a
statement that takes a side on one of them is doubtful on the other unless it is coded there. A statement is a
line of four parts: the sentence (or two) with its spans in brackets, the force, the codes, the tags.
corpus/README.md says what they mean.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from kg.model.attribution import FORCES, Force, Span
from kg.model.codebook import Position
from kg.model.errors import InputError

Polarity = Literal["supports", "opposes", "neutral", "unrelated"]
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)

CORPUS = Path(__file__).resolve().parent / "corpus"
FOLDS = (1, 2, 3, 4, 5)
TAGS = {
    "plain": "nothing below holds",
    "cue": "the side stands in the cue, not in the content",
    "negation": "a negation decides the side",
    "double-negation": "two turning words cancel each other out",
    "role-swap": "the same words with the parts of the parties exchanged",
    "praise-cancellation": "pleased that something was stopped",
    "criticise-cancellation": "sorry that something was stopped",
    "concession": "grants the other side something, then takes its own",
    "argument": "an argument that names neither the position nor its side",
    "metaphor": "figurative words carry the side",
    "comparison": "compares one thing with another",
    "question": "put as a question",
    "offer": "offers something",
    "act": "the side shows in what was done, not in words",
    "condition": "holds on a condition only",
    "denial-of-report": "denies a report, which is no opposition",
    "report-of-other": "reports what others think or said",
    "inverted": "the judgement stands before what it judges",
    "undecided": "leaves the matter open, or says both",
    "praise-person": "praises a person, which is no stance",
    "nearby": "a near-by matter of the field that touches no position",
    "fact": "a fact without a side",
}

_LETTERS = {"s": "source", "q": "cue", "c": "content", "p": "condition"}
_OPENING = re.compile(r"\[(s|q|c|p) ")
_SIDES: dict[str, Polarity] = {"s": "supports", "o": "opposes", "n": "neutral"}
_CODE = re.compile(r"(?P<slug>[a-z0-9-]+):(?P<side>[son])(?P<condition>\*?)")


@dataclass(frozen=True, slots=True)
class Coding:
    """What a statement says on one position; `condition` when it holds on its condition only."""

    position: str
    polarity: Polarity
    condition: bool = False


@dataclass(frozen=True)
class CodedStatement:
    """A statement in its sentence, with what it says on the positions of its field.

    Attributes:
        id: Field and first hex digits of the text's SHA-256; the same as long as the words are.
        text: The sentence, now and then with the one before or after it.
        content: In several spans where something stands between.
        condition: The words of the condition, in the content or beside it.
        codings: Supports, opposes and neutral; positions that are not listed are unrelated.
        doubtful: Positions on which careful people would differ: neither right nor wrong.
        hinted: Positions linked to one that it takes a side on: doubtful too.
        tags: What makes the statement hard.
        line: In the file.
    """

    id: str
    field: str
    text: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    condition: tuple[Span, ...]
    force: Force
    codings: tuple[Coding, ...]
    doubtful: tuple[str, ...]
    hinted: tuple[str, ...]
    tags: tuple[str, ...]
    line: int

    def polarity(self, position: str) -> Polarity | None:
        """What it says on a position of its field; None where that is doubtful."""
        if position in self.doubtful or position in self.hinted:
            return None
        return next((one.polarity for one in self.codings if one.position == position), "unrelated")


@dataclass(frozen=True)
class Field:
    """A field: its little codebook and its statements.

    Attributes:
        fold: In which it is left out in evaluation.
        against: Slugs of the positions that are themselves against something.
        linked: Pairs of slugs; a side on one hints at a side on the other.
    """

    name: str
    title: str
    fold: int
    positions: tuple[Position, ...]
    against: frozenset[str]
    linked: frozenset[frozenset[str]]
    statements: tuple[CodedStatement, ...]

    @cached_property
    def position_by_slug(self) -> dict[str, Position]:
        """Positions by slug."""
        return {position.slug: position for position in self.positions}


def read_corpus(folder: Path = CORPUS) -> tuple[Field, ...]:
    """All fields of a folder, by name.

    Raises:
        InputError: There is none, or one is malformed.
    """
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise InputError("no field", where=folder, hint="a field is a file NAME.txt")
    return tuple(read_field(file) for file in files)


def read_field(path: Path) -> Field:
    """One field from its file.

    Raises:
        InputError: It is malformed; file and line are named.
    """
    return parse_field(path.read_text("utf-8").splitlines(), path.stem, str(path))


def parse_field(lines: Iterable[str], name: str, where: str) -> Field:
    """One field from the lines of its file.

    Args:
        lines: Without their ends.
        name: The field's name.
        where: Name of the file, for messages.

    Raises:
        InputError: A line is malformed, or a code names a position that the file does not have.
    """
    head: dict[str, str] = {}
    positions: list[Position] = []
    against: set[str] = set()
    linked: set[frozenset[str]] = set()
    rows: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        here = f"{where}:{number}"
        if not line.strip():
            continue
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            head[key.strip()] = value.strip()
        elif line.startswith("+"):
            position, is_against = _position(line, here)
            positions.append(position)
            if is_against:
                against.add(position.slug)
        elif line.startswith(" "):
            if not positions or rows:
                raise InputError("an indented line belongs below a position", where=here)
            slug, (key, value) = positions[-1].slug, _indented(line)
            if key == "linked":
                linked |= {frozenset((slug, other)) for other in value.split()}
            else:
                positions[-1] = _with_wording(positions[-1], key, value, here)
        else:
            rows.append((number, line))
    if not head.get("field") or not head.get("fold", "").isdecimal():
        raise InputError("no '# field: TITLE' or no '# fold: NUMBER'", where=where)
    slugs = [position.slug for position in positions]
    for slug in sorted({slug for pair in linked for slug in pair} - set(slugs)):
        raise InputError(f"'{slug}', to which one is linked, is no position of this field", where=where)
    pairs = frozenset(linked)
    statements = tuple(
        _statement(line, name, number, f"{where}:{number}", slugs, pairs) for number, line in rows
    )
    fold = int(head["fold"])
    return Field(name, head["field"], fold, tuple(positions), frozenset(against), pairs, statements)


def _indented(line: str) -> tuple[str, str]:
    key, _, value = line.strip().partition(":")
    return key, value.strip()


def _position(line: str, here: str) -> tuple[Position, bool]:
    """The position and whether it is against something."""
    parts = [part.strip() for part in line[1:].split("|")]
    if len(parts) not in (3, 4) or not all(parts) or parts[3:] not in ([], ["against"]):
        raise InputError("a position is '+ slug | label | topic' or '... | against'", where=here)
    slug, label, topic = parts[:3]
    return Position("", slug, label, (topic,)), len(parts) == 4


def _with_wording(position: Position, key: str, value: str, here: str) -> Position:
    phrases = tuple(phrase.strip() for phrase in value.split("|") if phrase.strip())
    description, supporting, opposing = position.description, position.for_phrases, position.against_phrases
    if key == "about":
        description = value
    elif key == "for":
        supporting = phrases
    elif key == "against":
        opposing = phrases
    else:
        raise InputError(f"'{key}' is none of about, for, against, linked", where=here)
    return Position("", position.slug, position.label, position.topics, description, supporting, opposing)


def _statement(
    line: str, field: str, number: int, here: str, slugs: list[str], linked: frozenset[frozenset[str]]
) -> CodedStatement:
    parts = [part.strip() for part in line.split(" | ")]
    if len(parts) != 4:
        hint = "sentence with spans in brackets | force | codes | tags"
        raise InputError(f"{len(parts)} parts instead of four", where=here, hint=hint)
    marked, force, codes, tags = parts
    if force not in FORCES:
        raise InputError(f"'{force}' is no force", where=here, hint=", ".join(FORCES))
    text, spans = read_marks(marked, here)
    codings: list[Coding] = []
    doubtful: list[str] = []
    for code in codes.split():
        if code == "-":
            continue
        found = _CODE.fullmatch(code)
        slug = found["slug"] if found else code.removeprefix("?")
        if slug not in slugs:
            raise InputError(f"'{code}' names no position of this field", where=here)
        if found:
            codings.append(Coding(slug, _SIDES[found["side"]], bool(found["condition"])))
        else:
            doubtful.append(slug)
    sides = {coding.position for coding in codings if coding.polarity != "neutral"}
    known = {coding.position for coding in codings} | set(doubtful)
    hinted = [slug for slug in slugs if slug not in known and any({slug, one} in linked for one in sides)]
    unknown = sorted(set(tags.split()) - TAGS.keys())
    if unknown or not tags:
        raise InputError(f"'{' '.join(unknown)}' is no tag", where=here, hint=", ".join(TAGS))
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return CodedStatement(
        id=f"{field}/{digest}",
        field=field,
        text=text,
        **spans,
        force=force,
        codings=tuple(codings),
        doubtful=tuple(doubtful),
        hinted=tuple(hinted),
        tags=tuple(tags.split()),
        line=number,
    )


def read_marks(marked: str, here: str) -> tuple[str, dict[str, tuple[Span, ...]]]:
    """The bare text and its spans.

    Raises:
        InputError: A bracket has no letter, is empty, or does not close.

    >>> text, spans = read_marks("[s She] [q hopes] [c so].", "a line")
    >>> text, spans["cue"]
    ('She hopes so.', (Span(start=4, end=9, text='hopes'),))
    """
    out: list[str] = []
    ranges: list[tuple[str, int, int]] = []
    stack: list[tuple[str, int]] = []
    at = 0
    while at < len(marked):
        if marked[at] == "[":
            found = _OPENING.match(marked, at)
            if found is None:
                raise InputError(f"no letter in {marked[at : at + 20]!r}", where=here, hint="[s [q [c [p")
            stack.append((_LETTERS[found[1]], len(out)))
            at = found.end()
            continue
        if marked[at] == "]":
            if not stack:
                raise InputError("a bracket closes that was not opened", where=here)
            kind, start = stack.pop()
            if start == len(out):
                raise InputError("a span is empty", where=here)
            ranges.append((kind, start, len(out)))
        else:
            out.append(marked[at])
        at += 1
    if stack:
        raise InputError("a bracket is not closed", where=here)
    text = "".join(out)
    spans = {
        name: tuple(Span(start, end, text[start:end]) for kind, start, end in sorted(ranges) if kind == name)
        for name in _LETTERS.values()
    }
    return text, spans


def codings_of(fields: Iterable[Field]) -> Iterator[tuple[Field, CodedStatement, Position, Polarity]]:
    """Every statement with every position of its field that is not doubtful."""
    for field in fields:
        for statement in field.statements:
            for position in field.positions:
                polarity = statement.polarity(position.slug)
                if polarity is not None:
                    yield field, statement, position, polarity


__all__ = [
    "CORPUS",
    "FOLDS",
    "POLARITIES",
    "TAGS",
    "CodedStatement",
    "Coding",
    "Field",
    "Polarity",
    "codings_of",
    "parse_field",
    "read_corpus",
    "read_field",
    "read_marks",
]

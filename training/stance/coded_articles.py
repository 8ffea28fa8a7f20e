r"""Coded articles: small debates with a codebook and news articles whose statements are marked and coded.

    # field: night boats to the isle of Orvale

    = night-boats: The Orvale ferry should run at night | After 22.40 | + boats at night | - no late boats
    = grant: The county should pay more for the ferry | | + raise the grant | - no further grant

    ## Orvale Post, 3 May 2021: Ferry firm drops its night boats

    [1 Sund Line] {1 said} that <1 it had given up the sailings after midnight>. "<2 The county never paid for
    them,>" {2 added} [2 its director, Marta Quill].

    1: - night-boats
    2: + grant; ? night-boats

Where contrast sets show what follows from a text, these show what a statement is about in its article: most
of a codebook lies near it, and many statements name their matter by "the move" or "it". articles/README.md
says what the marks and codes mean. A file is a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.model.article import Article
from kg.model.attribution import Span
from kg.model.codebook import Position
from kg.model.errors import InputError
from kg.model.statement import Statement
from training.stance.field_files import field_files, title_of
from training.stance.statements import Polarity

ARTICLES = Path(__file__).resolve().parent / "articles"

_SIDES: dict[str, Polarity] = {"+": "supports", "-": "opposes", "0": "neutral"}
_POSITION = re.compile(r"= ([a-z0-9-]+): (\S.*)")
_HEAD = re.compile(r"## (.+?), ([^:]*\d{4}): (\S.*)")
_NUMBERS, _WORDS = r"(\d+(?:, ?\d+)*) ", r"([^][{}<>]+)"
_MARK = re.compile(rf"\[{_NUMBERS}{_WORDS}\]|\{{{_NUMBERS}{_WORDS}\}}|<(\d+) {_WORDS}>")
_KINDS = (("source", 1), ("cue", 3), ("content", 5))
"""What a mark may be, and its number's group in _MARK; the words are the next group."""
_CODES = re.compile(r"(\d+): (\S.*)")
_CODE = re.compile(r"([+\-0?]) ([a-z0-9-]+)")
_STRAY = re.compile(r"[][{}<>]")


@dataclass(frozen=True)
class CodedInArticle:
    """A statement of an article, with what it says on the positions of its field.

    Attributes:
        article: Where it stands.
        statement: With spans in that article's text.
        polarities: On the positions that it is about, by slug.
        doubtful: Positions on which careful people would differ: neither right nor wrong.
    """

    article: Article
    statement: Statement
    polarities: dict[str, Polarity]
    doubtful: frozenset[str]

    def polarity(self, position: str) -> Polarity | None:
        """What it says on a position of its field; None where that is doubtful."""
        return None if position in self.doubtful else self.polarities.get(position, "unrelated")


@dataclass(frozen=True)
class Debate:
    """A field: its codebook and the coded statements of its articles."""

    name: str
    title: str
    positions: tuple[Position, ...]
    statements: tuple[CodedInArticle, ...]


def read_debates(folder: Path = ARTICLES, held_out: bool = False) -> list[Debate]:
    """All fields of a folder, by file name.

    Args:
        folder: Has a text file for each field.
        held_out: Those of its folder `held-out` in place of the others.

    Raises:
        InputError: A file cannot be read.
    """
    files = field_files(folder, held_out)
    return [parse_debate(source, path.stem, str(path)) for path, source in files]


def parse_debate(source: str, name: str, where: str) -> Debate:
    """One field from the text of its file.

    Args:
        source: The text.
        name: The field's name.
        where: Name of the file, for what is wrong with it.

    Raises:
        InputError: A line has none of the forms, or marks and codes do not fit each other.
    """
    lines = source.splitlines()
    title = title_of(lines, where)
    heads = [number for number, line in enumerate(lines) if line.startswith("## ")] or [len(lines)]
    positions = []
    for number, line in enumerate(lines[1 : heads[0]], start=2):
        if line.strip():
            positions.append(_position(line.rstrip(), f"{where}:{number}"))
    slugs = frozenset(position.slug for position in positions)
    statements: list[CodedInArticle] = []
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        if start < end:
            named = f"{name}-{len(statements)}"
            statements += _article(lines[start:end], named, slugs, f"{where}:{start + 1}")
    return Debate(name, title, tuple(positions), tuple(statements))


def _position(line: str, here: str) -> Position:
    found = _POSITION.fullmatch(line)
    parts = [part.strip() for part in found[2].split("|")] if found else []
    if found is None or len(parts) != 4 or parts[2][:1] != "+" or parts[3][:1] != "-":
        hint = "= slug: proposition | description | + phrases for it | - phrases against it"
        raise InputError(f"not a position: {line[:60]}", where=here, hint=hint)
    supporting, opposing = (
        tuple(phrase.strip() for phrase in part[1:].split(";") if phrase.strip()) for part in parts[2:]
    )
    return Position("", found[1], parts[0], (), parts[1], supporting, opposing)


def _article(lines: list[str], name: str, slugs: frozenset[str], here: str) -> Iterator[CodedInArticle]:
    head = _HEAD.fullmatch(lines[0].rstrip())
    if head is None:
        raise InputError(f"not a headline: {lines[0][:60]}", where=here, hint="## outlet, date: headline")
    codes = {found[1]: found[2] for line in lines[1:] if (found := _CODES.fullmatch(line.rstrip()))}
    body = "\n".join(line for line in lines[1:] if not _CODES.fullmatch(line.rstrip())).strip()
    text, spans = read_marks(f"{head[3]}\n\n{body}\n", here)
    article = Article(name, text, publisher=head[1], title=head[3])
    contents = {number for kind, number, _ in spans if kind == "content"}
    if contents != codes.keys():
        raise InputError(f"marks and codes differ: {sorted(contents ^ codes.keys())}", where=here)
    for number, code in codes.items():
        own = {kind: [span for of, n, span in spans if (of, n) == (kind, number)] for kind, _ in _KINDS}
        source, cue = (own[kind][0] if own[kind] else None for kind in ("source", "cue"))
        statement = Statement(name, f"{name}.{number}", "indirect", source, cue, tuple(own["content"]))
        yield CodedInArticle(article, statement, *_codes(code, slugs, f"{here}, statement {number}"))


def _codes(code: str, slugs: frozenset[str], here: str) -> tuple[dict[str, Polarity], frozenset[str]]:
    polarities: dict[str, Polarity] = {}
    doubtful: set[str] = set()
    for one in code.split(";") if code.strip() != "none" else ():
        found = _CODE.fullmatch(one.strip())
        if found is None or found[2] not in slugs:
            problem = f"'{one.strip()}' is no code of this field"
            raise InputError(problem, where=here, hint="+ - 0 or ? and a slug")
        if found[1] == "?":
            doubtful.add(found[2])
        else:
            polarities[found[2]] = _SIDES[found[1]]
    return polarities, frozenset(doubtful)


def read_marks(marked: str, here: str) -> tuple[str, list[tuple[str, str, Span]]]:
    """The bare text and its spans: source, cue or content, the statement's number, the span.

    Raises:
        InputError: A bracket has no number or does not close.

    >>> read_marks("[1 She] {1 said} <1 no>.", "a line")[0]
    'She said no.'
    """
    out: list[str] = []
    spans: list[tuple[str, str, Span]] = []
    at = length = 0
    for found in _MARK.finditer(marked):
        out.append(marked[at : found.start()])
        length += len(out[-1])
        kind, place = next((kind, place) for kind, place in _KINDS if found[place])
        words = found[place + 1]
        out.append(words)
        span = Span(length, length + len(words), words)
        spans += [(kind, number.strip(), span) for number in found[place].split(",")]
        length += len(words)
        at = found.end()
    text = "".join([*out, marked[at:]])
    if stray := _STRAY.search(text):
        near = text[stray.start() : stray.start() + 30]
        raise InputError(f"a bracket too many near {near!r}", where=here)
    return text, spans


__all__ = ["ARTICLES", "CodedInArticle", "Debate", "parse_debate", "read_debates", "read_marks"]

"""A Turtle codebook that is changed node by node; comments, prefixes and all other statements stay."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<end>\.(?=\s|\#|$))
    |(?P<other>(?:\\.|[^\s#<"'.\\])+|[<"'.\\])
    |(?P<space>\s+)""",
    re.VERBOSE | re.DOTALL,
)
_DIRECTIVE = re.compile(r"\s*@?(prefix|base)\b", re.IGNORECASE)
_SPARQL_DIRECTIVE = re.compile(r"\s*(?:prefix\s+[^\s<]*\s*|base\s*)<[^<>]*>", re.IGNORECASE)


class TurtleFile:
    """A Turtle document as a list of its statements.

    Args:
        text: The document.
        base: IRI that relative IRIs are resolved against where it names none.
    """

    def __init__(self, text: str, base: str) -> None:
        """Take the text apart into statements."""
        self._base = base
        self._parts: list[tuple[str, str | None]] = []
        self._directives = ""
        self._prefixes: dict[str, str] = {}
        for part in _statements(text):
            bare = _without_comments(part)
            if _DIRECTIVE.match(bare):
                self._directives += bare + "\n"
                self._parts.append((part, None))
            else:
                self._parts.append((part, self._subject(bare)))
        parser = ox.parse(self._directives.encode(), ox.RdfFormat.TURTLE, base_iri=base)
        list(parser)
        self._prefixes = dict(parser.prefixes)

    @property
    def text(self) -> str:
        """The text as it is now."""
        return "".join(part for part, _ in self._parts)

    def triples(self, subject: str) -> list[ox.Triple]:
        """What the document says of a node, with the blank nodes in it."""
        found: list[ox.Triple] = []
        for part, one in self._parts:
            if one == subject:
                found += self._parsed(part)
        return found

    def put(self, subject: str, triples: Iterable[ox.Triple], after: str | None = None) -> None:
        """Say this of a node in place of what was said; of a new one after another, or at the end."""
        written = self._written(list(triples))
        places = [index for index, (_, one) in enumerate(self._parts) if one == subject]
        if places:
            before = _leading(self._parts[places[0]][0])
            self._parts[places[0]] = (before + written, subject)
            for index in reversed(places[1:]):
                del self._parts[index]
            return
        at = max(
            (index for index, (_, one) in enumerate(self._parts) if one == after and after), default=None
        )
        place = len(self._parts) if at is None else at + 1
        if place == len(self._parts) and self._parts and self._parts[-1][1] is None and at is None:
            # What follows the last statement is a comment or white space: it stays in front.
            lead = "" if self.text.endswith("\n") or not self.text else "\n"
            self._parts.append((f"{lead}\n{written}\n", subject))
        else:
            self._parts.insert(place, (f"\n\n{written}", subject))

    def drop(self, subject: str) -> None:
        """Say nothing of a node any more; comments before it stay."""
        kept: list[tuple[str, str | None]] = []
        for part, one in self._parts:
            if one != subject:
                kept.append((part, one))
            elif _leading(part).strip():
                kept.append((_leading(part).rstrip(" \t"), None))
        self._parts = kept

    def _subject(self, bare: str) -> str | None:
        if not bare.strip():
            return None
        triples = self._parsed(bare)
        named = [triple.subject.value for triple in triples if isinstance(triple.subject, ox.NamedNode)]
        return named[0] if named else None

    def _parsed(self, part: str) -> list[ox.Triple]:
        data = (self._directives + _without_comments(part)).encode()
        return [quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE, base_iri=self._base)]

    def _written(self, triples: list[ox.Triple]) -> str:
        raw = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=self._prefixes) or b""
        lines = raw.decode("utf-8").splitlines()
        body = "\n".join(line for line in lines if not line.startswith("@prefix ")).strip()
        return body.replace("\t", "    ")


def _statements(text: str) -> list[str]:
    """The text cut after the full stop of each statement; what follows the last is a part of its own."""
    found, start, position, depth = [], 0, 0, 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            position += 1
            continue
        position = match.end()
        kind = match.lastgroup
        if kind == "other":
            depth += match.group().count("[") + match.group().count("(")
            depth -= match.group().count("]") + match.group().count(")")
        elif kind == "end" and depth <= 0:
            found.append(text[start:position])
            start = position
        elif kind == "iri":
            part = _without_comments(text[start:position])
            if _SPARQL_DIRECTIVE.fullmatch(part):
                found.append(text[start:position])
                start = position
    if start < len(text):
        found.append(text[start:])
    return found


def _without_comments(part: str) -> str:
    return "".join("" if match.lastgroup == "comment" else match.group() for match in _TOKEN.finditer(part))


def _leading(part: str) -> str:
    """White space and comments before a statement."""
    position = 0
    while match := _TOKEN.match(part, position):
        if match.lastgroup not in ("comment", "space"):
            break
        position = match.end()
    return part[:position]


__all__ = ["TurtleFile"]

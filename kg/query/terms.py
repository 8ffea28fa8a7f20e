"""RDF terms as SPARQL text that no value can break out of, and as the plain values of Python."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pyoxigraph as ox

from kg.model.errors import UsageError
from kg.model.vocabulary import PREFIXES, XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Value = str | int | float | Decimal | bool | datetime.date | datetime.datetime | None

_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f-\x9f]+")
# Some processors expand \uXXXX over the whole query before they parse it, even behind an escaped backslash,
# so a `u` that follows a backslash is itself written as an escape.
_ESCAPES = {'"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_FORBIDDEN = re.compile(r"[\x00-\x07\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MOST_DIGITS = 18


def is_iri(text: str) -> bool:
    """Whether the text is an absolute IRI that can stand between `<` and `>`.

    >>> is_iri("https://example.org/a"), is_iri("Russia"), is_iri("urn:x> } DROP ALL #")
    (True, False, False)
    """
    if not _ABSOLUTE_IRI.fullmatch(text):
        return False
    try:
        ox.NamedNode(text)
    except ValueError:  # also what does not fit into UTF-8
        return False
    return True


def expand(text: str) -> str | None:
    """The IRI of a prefixed name with one of the project's prefixes; None for other text.

    >>> expand("st:official")
    'https://w3id.org/stance-graph/ontology#official'
    """
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and re.fullmatch(r"[\w.-]+", local):
        return PREFIXES[prefix] + local
    return None


def iri_text(iri: str) -> str:
    """An IRI as SPARQL writes it.

    Raises:
        UsageError: The text is no absolute IRI.
    """
    if not is_iri(iri):
        raise UsageError(f"'{iri}' is no absolute IRI", hint="write it as https://example.org/...")
    return f"<{iri}>"


def string_text(value: str) -> str:
    r"""A plain string as SPARQL writes it; reads the same in engines that expand escapes before parsing.

    Raises:
        UsageError: The value has control characters or halves of characters.

    >>> print(string_text('say "no" \\ now'))
    "say \"no\" \\ now"
    """
    if _FORBIDDEN.search(value):
        raise UsageError(f"{value!r} has characters that no text may have")
    out: list[str] = []
    after_backslash = False
    for char in value:
        if char == "\\":
            out.append("\\\\")
        elif after_backslash and char in "uU":
            out.append(f"\\U{ord(char):08X}")
        else:
            out.append(_ESCAPES.get(char, char))
        after_backslash = char == "\\"
    return '"' + "".join(out) + '"'


def integer_text(value: str) -> str:
    """A whole number as SPARQL writes it.

    Raises:
        UsageError: The text is no whole number, or one of more than 18 digits.

    >>> integer_text(" 12 ")
    '12'
    """
    text = value.strip()
    if not re.fullmatch(r"[+-]?[0-9]+", text) or len(text) > _MOST_DIGITS:
        raise UsageError(f"'{value}' is no whole number", hint="write digits, such as 12")
    return str(int(text))


def date_text(day: datetime.date) -> str:
    """A day as SPARQL writes it.

    >>> date_text(datetime.date(2010, 4, 22))
    '"2010-04-22"^^<http://www.w3.org/2001/XMLSchema#date>'
    """
    return f'"{day.isoformat()}"^^<{XSD}date>'


_NUMBERS = {"integer", "int", "long", "nonNegativeInteger", "positiveInteger"}


def python_value(term: Term | None) -> Value:
    """A term as a plain value: numbers, days and truth values by their datatype, all else as text.

    >>> python_value(ox.Literal(3)), python_value(ox.NamedNode("urn:a"))
    (3, 'urn:a')
    """
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return term.value
    datatype, text = term.datatype.value, term.value
    if not datatype.startswith(XSD):
        return text
    try:
        return _typed(datatype.removeprefix(XSD), text)
    except (ValueError, ArithmeticError):
        return text


def _typed(kind: str, text: str) -> Value:
    if kind in _NUMBERS:
        return int(text)
    if kind == "decimal":
        return Decimal(text)
    if kind in {"double", "float"}:
        return float(text)
    if kind == "boolean":
        return text in {"true", "1"}
    if kind == "date":
        return datetime.date.fromisoformat(text)
    if kind == "dateTime":
        return datetime.datetime.fromisoformat(text)
    return text


# Control characters, and those that turn the direction of writing, could make a terminal show what is not
# there.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""Text that is safe to show on a terminal, whatever an article holds.

    >>> printable("a\x1b[2Jb")
    'a�[2Jb'
    """
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def shorten(iri: str) -> str:
    """An IRI with one of the project's prefixes where that can be undone, else as it is.

    >>> shorten("https://w3id.org/stance-graph/ontology#supports")
    'st:supports'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w-]+", local := iri[len(namespace) :]):
            return f"{prefix}:{local}"
    return iri

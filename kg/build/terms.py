"""RDF terms as the graph uses them: vocabulary by attribute, literals as the store gives them back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import vocabulary
from kg.model.dates import bounds
from kg.model.errors import InputError


class Terms:
    """The terms of one vocabulary, as attributes.

    >>> Terms("http://example.org/").speaker
    <NamedNode value=http://example.org/speaker>
    """

    def __init__(self, namespace: str) -> None:
        """Keep the namespace; terms are made when first asked for."""
        self._namespace = namespace

    def __getattr__(self, name: str) -> NamedNode:
        """The term of that name."""
        if name.startswith("__"):
            raise AttributeError(name)
        term = NamedNode(self._namespace + name)
        self.__dict__[name] = term
        return term


ST = Terms(vocabulary.ST)
RDF = Terms(vocabulary.RDF)
RDFS = Terms(vocabulary.RDFS)
OWL = Terms(vocabulary.OWL)
XSD = Terms(vocabulary.XSD)
SKOS = Terms(vocabulary.SKOS)
SCHEMA = Terms(vocabulary.SCHEMA)
FOAF = Terms(vocabulary.FOAF)
ORG = Terms(vocabulary.ORG)
PROV = Terms(vocabulary.PROV)
OA = Terms(vocabulary.OA)
DCTERMS = Terms(vocabulary.DCTERMS)
EDTF = NamedNode(vocabulary.EDTF)

Subject = NamedNode
Object = NamedNode | Literal


@lru_cache(maxsize=65536)
def node(iri: str) -> NamedNode:
    """The node of an IRI.

    Raises:
        InputError: The text is no absolute IRI.

    >>> node("https://example.org/actor/x")
    <NamedNode value=https://example.org/actor/x>
    """
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise InputError(f"'{iri}' is no IRI", hint="write an absolute one, such as https://...") from error


def text(value: str) -> Literal:
    """A plain string; characters that no file can hold (lone surrogates) become U+FFFD.

    >>> text("plain").value
    'plain'
    """
    try:
        return Literal(value)
    except ValueError:
        return Literal(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def decimal(value: float) -> Literal:
    """A number with at most four decimals, in canonical form.

    >>> decimal(0.8), decimal(1.0).value
    (<Literal value=0.8 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#decimal>>, '1')
    """
    return Literal(f"{value:.4f}".rstrip("0").rstrip("."), datatype=XSD.decimal)


def integer(value: int) -> Literal:
    """A whole number. The store keeps every integer type as `xsd:integer`, so that is what is written."""
    return Literal(str(value), datatype=XSD.integer)


def edtf_date(value: str) -> Literal:
    """An EDTF literal."""
    return Literal(value.strip(), datatype=EDTF)


def day(value: datetime.date) -> Literal:
    """An `xsd:date`."""
    return Literal(value.isoformat(), datatype=XSD.date)


def moment(value: datetime.datetime) -> Literal:
    """An `xsd:dateTime` in UTC, to the second; a time without a zone is taken for UTC.

    >>> moment(datetime.datetime(2012, 3, 9, 8, 0, 0, 7)).value
    '2012-03-09T08:00:00Z'
    """
    zoned = value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
    return Literal(f"{zoned.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%S}Z", datatype=XSD.dateTime)


def date_bounds(value: str) -> Iterator[tuple[NamedNode, Literal]]:
    """Predicates and days of a date's bounds, nothing for an open end."""
    limits = bounds(value)
    if limits.earliest:
        yield ST.dateEarliest, day(limits.earliest)
    if limits.latest:
        yield ST.dateLatest, day(limits.latest)


class Quads:
    """Collects the quads of one named graph.

    >>> quads = Quads("https://example.org/g")
    >>> quads.add(node("https://example.org/a"), RDFS.label, text("A"))
    >>> len(quads.found)
    1
    """

    def __init__(self, graph: str) -> None:
        """Start empty; all quads go to the graph of that IRI."""
        self.graph = node(graph)
        self.found: list[Quad] = []

    def add(self, subject: NamedNode, predicate: NamedNode, *objects: Object | None) -> None:
        """Add one quad an object; None is nothing to say."""
        for item in objects:
            if item is not None:
                self.found.append(Quad(subject, predicate, item, self.graph))

    def thing(self, subject: NamedNode, label: str, *types: NamedNode) -> None:
        """Add what every node has: its types and its label."""
        self.add(subject, RDF.type, *types)
        self.add(subject, RDFS.label, text(label))


def shortened(words: str, limit: int) -> str:
    """Text for a label: runs of white space as one space, cut after a whole word.

    >>> shortened("We shall  take part, if we can.", 20)
    'We shall take part, …'
    """
    flat = " ".join(words.split())
    if len(flat) <= limit:
        return flat
    cut = flat[:limit].rsplit(" ", 1)[0] if " " in flat[:limit] else flat[:limit]
    return cut + " …"


__all__ = [
    "DCTERMS",
    "EDTF",
    "FOAF",
    "OA",
    "ORG",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SKOS",
    "ST",
    "XSD",
    "Quads",
    "Terms",
    "date_bounds",
    "day",
    "decimal",
    "edtf_date",
    "integer",
    "moment",
    "node",
    "shortened",
    "text",
]

"""The sources of an answer's rows: for stances and statements, the very words and their article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.query.results import Result
from kg.query.terms import iri_text, is_iri

_SOURCES = """PREFIX st: <https://w3id.org/stance-graph/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
SELECT ?node ?said ?exact ?start ?article ?title ?outlet ?published ?url ?status ?quotation WHERE {
  {
    SELECT ?node ?statement ?article ?status WHERE {
      VALUES ?node { %s }
      { ?node a st:Stance ; st:statement ?statement }
      UNION { ?node a st:Statement . BIND (?node AS ?statement) }
      ?statement st:source ?article .
      ?node st:status ?status .
    }
    # Beyond any answer: it only tells query planners that this step is small.
    LIMIT 1000000
  }
  ?article rdfs:label ?title .
  OPTIONAL { ?statement st:said ?said }
  OPTIONAL { ?statement st:quotation ?quotation }
  OPTIONAL { ?article schema:publisher/rdfs:label ?outlet }
  OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?article schema:url ?url }
  OPTIONAL {
    ?statement st:evidence ?evidence .
    ?evidence st:part st:contentPart ; oa:hasSelector ?selector .
    ?selector oa:exact ?exact ; oa:start ?start .
  }
} ORDER BY ?node ?start"""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something was said; what is not known is None.

    Attributes:
        iri: The stance or statement.
        words: The very characters of the article, piece by piece.
        quotation: direct (the speaker's words), indirect (the article's) or mixed.
        said: When it was said, in EDTF.
        title: Headline of the article.
        published: When it was printed, in EDTF.
        status: candidate (nobody has looked at it) or reviewed.
    """

    iri: str
    words: tuple[str, ...]
    quotation: str
    said: str | None
    title: str
    outlet: str | None
    published: str | None
    url: str | None
    article_iri: str
    status: str


def citations(engine: Callable[[str], Result], iris: Iterable[str]) -> dict[str, Citation]:
    """Citations of those of the IRIs that are stances or statements of the graph.

    Args:
        engine: Answers SPARQL queries on the graph.
        iris: IRIs of any nodes.
    """
    wanted = " ".join(iri_text(iri) for iri in dict.fromkeys(iris) if is_iri(iri))
    if not wanted:
        return {}
    records: dict[str, list[dict[str, object]]] = defaultdict(list)
    for record in engine(_SOURCES % wanted).records():
        records[str(record["node"])].append(dict(record))
    return {iri: _citation(iri, of_one) for iri, of_one in records.items()}


def _citation(iri: str, records: list[dict[str, object]]) -> Citation:
    first = records[0]

    def text(name: str) -> str | None:
        return None if first[name] is None else str(first[name])

    pieces = {
        (record["start"], str(record["exact"])): None for record in records if record["exact"] is not None
    }
    return Citation(
        iri=iri,
        words=tuple(exact for _, exact in pieces),
        quotation=_local(text("quotation")),
        said=text("said"),
        title=text("title") or "",
        outlet=text("outlet"),
        published=text("published"),
        url=text("url"),
        article_iri=text("article") or "",
        status=_local(text("status")),
    )


def _local(iri: str | None) -> str:
    return (iri or "").rpartition("#")[2]


__all__ = ["Citation", "citations"]

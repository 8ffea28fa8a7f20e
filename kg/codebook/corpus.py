"""What was said, made ready for grouping: claims with what stands around them, whoever read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import NamedNode

from kg.build.article_graph import article_of
from kg.build.current import Deriver
from kg.build.records import Recorder
from kg.build.terms import RDF, SCHEMA, node
from kg.model.article import Article
from kg.model.codebook import Codebook
from kg.model.iris import Iris
from kg.model.register import Register
from kg.stance.passages import surroundings
from kg.store.embedded import Store

_SENTENCES_AROUND = 1


@dataclass(frozen=True, slots=True)
class Said:
    """One statement, for grouping and for showing.

    Attributes:
        statement: Identifier of the statement.
        article: Name of its article.
        outlet: Who printed it; the article's name where that is unknown.
        actor: Who said it, or "(not named)".
        affiliation: For whom, if known.
        date: When it was said, as EDTF, if known.
        quote: The words of the article.
        claim: What was said, in normalised words.
        sentence: The sentence that it stands in, or what is known of it.
        around: That and the sentence before.
        positions: Slugs of positions that it is coded with.
    """

    statement: str
    article: str
    outlet: str
    actor: str
    affiliation: str | None
    date: str | None
    quote: str
    claim: str
    sentence: str
    around: str
    positions: tuple[str, ...] = ()


def said_in_store(store: Store, register: Register, codebook: Codebook, iris: Iris) -> Iterator[Said]:
    """The statements in force in a graph, article by article."""
    deriver, view = Deriver(register, codebook, iris), store.view
    articles = sorted(
        quad.subject.value
        for quad in view.quads_for_pattern(None, RDF.type, SCHEMA.NewsArticle, node(iris.current_graph))
        if isinstance(quad.subject, NamedNode)
    )
    for iri in articles:
        found = deriver.effective(view, iri.rsplit("/", 1)[-1])
        if found is None:
            continue
        recorders: dict[int, Recorder] = {}
        records = [
            recorders.setdefault(id(nodes), Recorder(nodes, register, codebook)).record(statement)
            for statement, nodes in found.statements.items()
        ]
        yield from said_in(records, article_of(found.article, found.read))


def said_in(records: Iterable[Mapping[str, Any]], article: Article) -> Iterator[Said]:
    """Statements of an article whose text is at hand.

    Args:
        records: Objects of the JSON-lines contract, with offsets.
        article: The article.
    """
    for record in records:
        start, end = record["content"][0]["start"], record["content"][-1]["end"]
        said = _said(record, article.publisher or article.name)
        yield replace(
            said,
            article=article.name,
            sentence=surroundings(article.text, start, end, 0),
            around=surroundings(article.text, start, end, _SENTENCES_AROUND),
        )


def said_in_lines(records: Iterable[Mapping[str, Any]]) -> Iterator[Said]:
    """Statements without their articles: source and cue stand for the sentence, the claim before for more.

    Args:
        records: Objects of the JSON-lines contract, those of an article one after the other.
    """
    before, article = "", None
    for record in records:
        said = _said(record, record.get("publisher") or record["article"])
        if article != said.article:
            before, article = "", said.article
        parts = (_words(record.get("source")), _words(record.get("cue")), said.quote)
        sentence = " ".join(part for part in parts if part)
        yield replace(said, sentence=sentence, around=f"{before} {sentence}".strip())
        before = said.quote


def _said(record: Mapping[str, Any], outlet: str) -> Said:
    actor = record.get("actor") or {}
    actor = {"label": actor} if isinstance(actor, str) else actor
    content = record["content"]
    spans = content if isinstance(content, list) else [content]
    quote = " ".join(filter(None, (_words(span) for span in spans)))
    claim = " ".join((record.get("claim") or quote).split())
    return Said(
        statement=str(record.get("id") or ""),
        article=str(record.get("article") or ""),
        outlet=outlet,
        actor=actor.get("label") or _words(record.get("source")) or "(not named)",
        affiliation=actor.get("affiliation"),
        date=record.get("said"),
        quote=quote,
        claim=claim,
        sentence=quote,
        around=quote,
        positions=tuple(one["position"] for one in record.get("positions") or ()),
    )


def _words(span: Mapping[str, Any] | str | None) -> str:
    text = span if isinstance(span, str) else (span or {}).get("text") or ""
    return " ".join(text.split())


__all__ = ["Said", "said_in", "said_in_lines", "said_in_store"]

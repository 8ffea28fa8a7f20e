"""An article and its statements as RDF: the article's named graph, or a person's codings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from kg.build.actors import ActorNodes
from kg.build.coding import CodingAgent, add_coding
from kg.build.nodes import Nodes
from kg.build.terms import (
    OA,
    PROV,
    RDFS,
    SCHEMA,
    ST,
    XSD,
    Quads,
    date_bounds,
    decimal,
    edtf_date,
    integer,
    node,
    shortened,
    text,
)
from kg.model.article import Article
from kg.model.attribution import Span
from kg.model.codebook import Codebook
from kg.model.errors import InputError
from kg.model.iris import Iris
from kg.model.register import Register
from kg.model.statement import Statement

CONTEXT = 20
"""Code points before and after a passage that its selector keeps."""

_TRUE = Literal("true", datatype=XSD.boolean)
_PARTS = {"content": ST.contentPart, "source": ST.sourcePart, "cue": ST.cuePart}


def article_quads(
    article: Article,
    statements: Sequence[Statement],
    coding: CodingAgent,
    iris: Iris,
    codebook: Codebook,
    *,
    register: Register | None = None,
    on_drop: Callable[[str], None] | None = None,
) -> list[Quad]:
    """The named graph of one article: its text and metadata, and what a machine read in it.

    Args:
        article: The article.
        statements: What was read; empty for the text and metadata alone.
        coding: Who read it, with what, when.
        iris: Makes the IRIs.
        codebook: Labels of positions.
        register: Where affiliations are looked up by name, so that an affiliation which the register knows
            anyway is not written a second time; without it, names are made into IRIs.
        on_drop: Told of each statement that is left out as its words do not stand in the article; without
            it, that is an error.

    Raises:
        InputError: Words do not stand at their offsets and nobody listens to `on_drop`, or a position is not
            in the codebook.
    """
    quads = Quads(iris.article_graph(article.digest))
    _add_article(quads, article, coding, iris)
    _add_statements(quads, article, statements, coding, iris, codebook, register, on_drop)
    return list(dict.fromkeys(quads.found))


def coded_quads(
    article: Article,
    statements: Sequence[Statement],
    coding: CodingAgent,
    iris: Iris,
    codebook: Codebook,
    *,
    register: Register | None = None,
) -> list[Quad]:
    """What a person wrote down of an article, for the graph of human codings; the article stands elsewhere.

    Arguments and errors as in `article_quads`; words that do not stand in the article are an error.
    """
    quads = Quads(iris.coding_graph)
    _add_statements(quads, article, statements, coding, iris, codebook, register, None)
    return list(dict.fromkeys(quads.found))


def misplaced(statement: Statement, article: Article) -> Span | None:
    """The first span of a statement whose words do not stand at its offsets; None if all do.

    >>> misplaced(Statement("a", "1", "direct", None, None, (Span(0, 2, "No"),)), Article("a", "Yes"))
    Span(start=0, end=2, text='No')
    """
    return next((span for _, span in _spans(statement) if _stray(span, article)), None)


def _stray(span: Span, article: Article) -> bool:
    if not 0 <= span.start < span.end <= len(article.text):
        return True
    return article.text[span.start : span.end] != span.text


def _spans(statement: Statement) -> Iterator[tuple[str, Span]]:
    for number, span in enumerate(statement.content, start=1):
        yield f"content-{number}", span
    if statement.source:
        yield "source", statement.source
    if statement.cue:
        yield "cue", statement.cue


def _add_article(quads: Quads, article: Article, coding: CodingAgent, iris: Iris) -> None:
    subject = node(iris.article(article.digest))
    quads.thing(subject, article.title or article.name, SCHEMA.NewsArticle)
    if article.title:
        quads.add(subject, SCHEMA.headline, text(article.title))
    if article.url:
        quads.add(subject, SCHEMA.url, web_address(article.url))
    if article.publisher:
        outlet = node(iris.outlet(article.publisher))
        quads.add(subject, SCHEMA.publisher, outlet)
        quads.thing(outlet, article.publisher, SCHEMA.NewsMediaOrganization)
    if article.author:
        quads.add(subject, SCHEMA.author, text(article.author))
    quads.add(subject, SCHEMA.inLanguage, text(article.language))
    if article.published:
        quads.add(subject, SCHEMA.datePublished, edtf_date(article.published))
        for predicate, limit in date_bounds(article.published):
            quads.add(subject, predicate, limit)
    if article.dated_by:
        quads.add(subject, ST.datedBy, text(article.dated_by))
    quads.add(subject, ST.fileName, text(article.name))
    quads.add(subject, ST.sha256, text(article.digest))
    quads.add(subject, SCHEMA.text, text(article.text))
    if article.boilerplate:
        ranges = " ".join(f"{start}-{end}" for start, end in article.boilerplate)
        quads.add(subject, ST.boilerplate, text(ranges))
    quads.add(subject, PROV.wasGeneratedBy, node(coding.iri(iris)))
    add_coding(quads, coding, iris)


def web_address(url: str) -> Literal:
    """A web address as the graph keeps it."""
    return Literal(text(url).value, datatype=XSD.anyURI)


def _add_statements(
    quads: Quads,
    article: Article,
    statements: Sequence[Statement],
    coding: CodingAgent,
    iris: Iris,
    codebook: Codebook,
    register: Register | None,
    on_drop: Callable[[str], None] | None,
) -> None:
    kept = []
    for statement in statements:
        stray = misplaced(statement, article)
        if stray is None and statement.content:
            kept.append(statement)
            continue
        if stray is None:
            message = "a statement has no content"
        else:
            message = f"'{shortened(stray.text, 60)}' does not stand at {stray.start}-{stray.end}"
        if on_drop is None:
            raise InputError(
                message, where=article.name, hint="leave the offsets out and the words are looked for"
            )
        on_drop(f"{article.name}: statement left out: {message}")
    writer = _StatementWriter(quads, article, coding, iris, codebook, register)
    known = {statement.id for statement in kept}
    for statement in kept:
        writer.add(statement, known)
    if kept:
        add_coding(quads, coding, iris)


class _StatementWriter:
    """Adds statements of one article, made by one coding."""

    def __init__(
        self,
        quads: Quads,
        article: Article,
        coding: CodingAgent,
        iris: Iris,
        codebook: Codebook,
        register: Register | None,
    ) -> None:
        self._quads = quads
        self._article = article
        self._source = node(iris.article(article.digest))
        self._activity = node(coding.iri(iris))
        self._by_person = coding.is_person
        self._iris = iris
        self._codebook = codebook
        self._actors = ActorNodes(quads, article, iris, register)

    def add(self, statement: Statement, known: set[str]) -> None:
        """Add one statement with its claim, evidence and stances."""
        iris, quads = self._iris, self._quads
        subject, claim = node(iris.statement(statement.id)), node(iris.claim(statement.id))
        words = statement.claim.strip() or " ".join(span.text for span in statement.content)
        speaker = statement.actor or self._actors.nobody(statement.source)
        quads.thing(subject, f"{speaker.label}: {shortened(words, 90)}", ST.Statement)
        quads.add(subject, ST.source, self._source)
        quads.add(subject, ST.speaker, self._actors.node(speaker))
        quads.add(subject, ST.jointSpeaker, *(self._actors.node(other) for other in statement.joint))
        if statement.on_behalf_of:
            quads.add(subject, ST.onBehalfOf, self._actors.node(statement.on_behalf_of))
        if statement.office:
            quads.add(subject, ST.office, text(statement.office))
        self._add_date(subject, ST.said, statement.said)
        quads.add(subject, ST.quotation, getattr(ST, statement.quote))
        quads.add(subject, ST.force, getattr(ST, statement.force))
        quads.add(subject, ST.claim, claim)
        quads.thing(claim, shortened(words, 2000), ST.Claim)
        for part, span in _spans(statement):
            quads.add(subject, ST.evidence, self._evidence(statement.id, part, span))
        if statement.reports in known:
            quads.add(subject, ST.reports, node(iris.statement(statement.reports)))
        if statement.reported_in in known:
            quads.add(node(iris.statement(statement.reported_in)), ST.reports, subject)
        quads.add(subject, ST.wordsVerified, _TRUE)
        self._add_provenance(subject, statement.confidence)
        self._add_stances(statement, subject, claim)

    def _add_provenance(self, subject: NamedNode, confidence: float) -> None:
        if self._by_person:
            self._quads.add(subject, ST.status, ST.reviewed)
        else:
            self._quads.add(subject, ST.status, ST.candidate)
            self._quads.add(subject, ST.confidence, decimal(confidence))
        self._quads.add(subject, PROV.wasGeneratedBy, self._activity)

    def _add_date(self, subject: NamedNode, predicate: NamedNode, date: str | None) -> None:
        if date:
            self._quads.add(subject, predicate, edtf_date(date))
            for limit, value in date_bounds(date):
                self._quads.add(subject, limit, value)

    def _evidence(self, key: str, part: str, span: Span) -> NamedNode:
        quads, whole = self._quads, self._article.text
        subject, selector = node(self._iris.evidence(key, part)), node(self._iris.selector(key, part))
        label = shortened(span.text, 200) or "(white space)"
        quads.thing(subject, label, OA.SpecificResource)
        quads.add(subject, OA.hasSource, self._source)
        quads.add(subject, ST.part, _PARTS[part.split("-")[0]])
        quads.add(subject, OA.hasSelector, selector)
        quads.add(subject, ST.sha256, text(self._article.digest))
        quads.thing(selector, label, OA.TextQuoteSelector, OA.TextPositionSelector)
        quads.add(selector, OA.exact, text(span.text))
        quads.add(selector, OA.prefix, text(whole[max(0, span.start - CONTEXT) : span.start]))
        quads.add(selector, OA.suffix, text(whole[span.end : span.end + CONTEXT]))
        quads.add(selector, OA.start, integer(span.start))
        quads.add(selector, OA.end, integer(span.end))
        return subject

    def _add_stances(self, statement: Statement, subject: NamedNode, claim: NamedNode) -> None:
        speaker = statement.actor or self._actors.nobody(statement.source)
        holders = dict.fromkeys([statement.on_behalf_of or speaker, *statement.joint])
        for coded in statement.positions:
            position = self._codebook.position_by_slug.get(coded.position)
            if position is None:
                raise InputError(
                    f"'{coded.position}' is no position of the codebook", where=self._article.name
                )
            for holder in holders:
                stance = node(self._iris.stance(statement.id, holder.id, position.id))
                label = f"{holder.label} {_verb(coded.stance)}: {position.label}"
                self._quads.thing(stance, label, ST.Stance)
                self._quads.add(stance, ST.statement, subject)
                self._quads.add(stance, ST.actor, self._actors.node(holder))
                self._quads.add(stance, ST.position, node(position.id))
                self._quads.add(stance, ST.claim, claim)
                self._quads.add(stance, ST.source, self._source)
                self._add_date(stance, ST.date, statement.said)
                self._quads.add(stance, ST.polarity, getattr(ST, coded.stance))
                if coded.condition:
                    self._quads.add(stance, ST.condition, text(coded.condition))
                self._quads.add(stance, ST.affiliation, self._actors.affiliation(holder, statement.said))
                self._add_provenance(stance, coded.confidence)


def _verb(stance: str) -> str:
    return "is neutral on" if stance == "neutral" else stance


def article_of(subject: NamedNode, nodes: Nodes) -> Article:
    """The article that its named graph describes, with its text."""
    outlet = nodes.node(subject, SCHEMA.publisher)
    ranges = (part.split("-") for part in (nodes.text(subject, ST.boilerplate) or "").split())
    return Article(
        name=nodes.text(subject, ST.fileName) or subject.value,
        text=nodes.text(subject, SCHEMA.text) or "",
        published=nodes.text(subject, SCHEMA.datePublished),
        publisher=nodes.text(outlet, RDFS.label) if outlet else None,
        title=nodes.text(subject, SCHEMA.headline),
        url=nodes.text(subject, SCHEMA.url),
        boilerplate=tuple((int(start), int(end)) for start, end in ranges),
    )


__all__ = [
    "CONTEXT",
    "article_of",
    "article_quads",
    "coded_quads",
    "misplaced",
    "web_address",
]

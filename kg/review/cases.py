"""Cases: statements for a person to look at, with their article and what was decided on them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import NamedNode

from kg.build.article_graph import article_of
from kg.build.change import GraphView
from kg.build.current import Deriver
from kg.build.decisions import ON_PAIRS, Decision, article_log, latest_version, settled, standing
from kg.build.effective import Effective, effective
from kg.build.nodes import Nodes
from kg.build.recoding import recoded_log
from kg.build.records import Record, Recorder
from kg.build.terms import PROV, RDF, RDFS, SCHEMA, ST, node
from kg.model.article import Article
from kg.model.codebook import Codebook
from kg.model.errors import UsageError
from kg.model.iris import Iris, digest
from kg.model.register import Register
from kg.store.embedded import Store


@dataclass(frozen=True)
class Field:
    """What the statements are coded with."""

    register: Register
    codebook: Codebook
    iris: Iris

    @cached_property
    def deriver(self) -> Deriver:
        """What derives the graph `current`; made once, for a large register takes a while."""
        return Deriver(self.register, self.codebook, self.iris)

    def effective(self, view: GraphView, key: str, coder: str | None = None) -> Effective | None:
        """What is in force of an article; see `kg.build.effective.effective`."""
        return effective(view, key, self.iris, self.register, self.codebook, coder=coder)


@dataclass(frozen=True, slots=True)
class Case:
    """One statement to look at.

    Attributes:
        iri: Its IRI.
        record: What it says, as it stands for the person who looks.
        article: Its article.
        status: `candidate`, `reviewed` or `rejected`.
        confidence: How sure the machine was; None for a person's.
        version: Changes whenever somebody decides what it is; a decision names the version that was seen.
        history: Decisions on it that stand and that this person may see, the latest last.
    """

    iri: str
    record: Record
    article: Article
    status: str
    confidence: float | None
    version: str
    history: tuple[Decision, ...] = ()


@dataclass
class ArticleCases:
    """The cases of one article as one person sees them.

    Attributes:
        article: The article.
        iri: Its IRI.
        cases: Its statements by IRI, in the order of the text; those that were struck out too.
    """

    article: Article
    iri: str
    cases: dict[str, Case] = field(default_factory=dict)


def article_cases(
    store: Store, iri: str, material: Field, *, coder: str | None = None
) -> ArticleCases | None:
    """The cases of an article; None if the graph does not have it.

    Args:
        store: The graph.
        iri: IRI of the article, or of an earlier version of its text.
        material: Register, codebook and names.
        coder: Who is not to see what others decided; None for what counts.
    """
    latest = latest_version(store.view, node(iri), material.iris)
    key = latest.value.rsplit("/", 1)[-1]
    found = material.effective(store.view, key, coder)
    if found is None:
        return None
    article = article_of(found.article, found.read)
    result = ArticleCases(article, found.article.value)
    log = recoded_log(article_log(store.view, latest, material.iris), material.codebook)
    seen = [one for one in log if coder in (None, one.coder)]
    alive = [one for one in standing(log) if coder in (None, one.coder)]
    recorders: dict[int, Recorder] = {}
    rows: list[Case] = []

    def history(target: str) -> tuple[Decision, ...]:
        return tuple(one for one in alive if one.target == target or target in one.together)

    for statement, nodes in found.statements.items():
        recorder = recorders.setdefault(id(nodes), Recorder(nodes, material.register, material.codebook))
        record = recorder.record(statement)
        status = found.status[statement].value.rsplit("#", 1)[-1]
        version = _version(statement.value, record, seen)
        confidence = _confidence(found, statement, material) if status != "reviewed" else None
        rows.append(
            Case(statement.value, record, article, status, confidence, version, history(statement.value))
        )
    for iri_, one in settled(log, material.iris.statement(""), coder=coder).items():
        if one.record is None and one.decision.seen is not None and one.decision not in found.lost:
            rows.append(
                Case(
                    iri_,
                    one.decision.seen,
                    article,
                    "rejected",
                    None,
                    _version(iri_, None, seen),
                    history(iri_),
                )
            )
    rows.sort(key=lambda case: (case.record["content"][0]["start"], case.iri))
    result.cases = {case.iri: case for case in rows}
    return result


def passage_cases(found: ArticleCases, start: int, end: int) -> list[Case]:
    """The statements that begin in a passage of an article, those struck out left out."""
    return [
        case
        for case in found.cases.values()
        if start <= case.record["content"][0]["start"] < end and case.status != "rejected"
    ]


def passage_version(cases: Sequence[Case]) -> str:
    """What changes whenever something is decided on one of the statements of a passage."""
    return digest(case.version for case in cases)


def article_iris(store: Store) -> list[str]:
    """IRIs of the articles of the graph, by date of publication and file."""
    current = node(store.iris.current_graph)
    found = []
    for quad in store.view.quads_for_pattern(None, RDF.type, SCHEMA.NewsArticle, current):
        said = Nodes(store.view.quads_for_pattern(quad.subject, None, None, current))
        subject = next(iter(said))
        published = said.text(subject, SCHEMA.datePublished) or ""
        found.append((published, said.text(subject, ST.fileName) or "", subject.value))
    return [iri for _, _, iri in sorted(found)]


def touched_articles(store: Store, iris: Iris) -> dict[str, set[str]]:
    """IRIs of the articles that people wrote or decided something on, with those of these people."""
    view = store.view
    graph, found = node(iris.coding_graph), dict[str, set[str]]()
    latest: dict[NamedNode, str] = {}
    for quad in view.quads_for_pattern(None, ST.source, None, graph):
        article = quad.object
        if not isinstance(article, NamedNode):
            continue
        if article not in latest:
            latest[article] = latest_version(view, article, iris).value
        people = found.setdefault(latest[article], set())
        for made in view.quads_for_pattern(quad.subject, PROV.wasAssociatedWith, None, graph):
            people.add(made.object.value)  # type: ignore[union-attr]
    return found


def article_named(store: Store, name: str) -> str:
    """IRI of the article of a file name, title or IRI.

    Raises:
        UsageError: There is none, or several.
    """
    current = node(store.iris.current_graph)
    found = []
    names: set[str] = set()
    for iri in article_iris(store):
        said = Nodes(store.view.quads_for_pattern(node(iri), None, None, current))
        own = {iri, said.text(node(iri), ST.fileName), said.text(node(iri), RDFS.label)}
        names.update(one for one in own if one)
        if name in own:
            found.append(iri)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"'{name}' names {len(found)} articles", hint="give the IRI: 'kg articles -f json'")
    from difflib import get_close_matches

    near = get_close_matches(name, names, 1, 0.5)
    hint = f"did you mean '{near[0]}'?" if near else "'kg articles' lists them"
    raise UsageError(f"the graph has no article '{name}'", hint=hint)


def article_of_statement(store: Store, iri: str) -> str:
    """IRI of the article that a statement stands in, wherever the graph speaks of it.

    Raises:
        UsageError: There is no such statement.
    """
    key = iri.rsplit("/", 1)[-1].split(".")[0]
    article = store.iris.article(key)
    latest = latest_version(store.view, node(article), store.iris)
    if any(True for _ in store.view.quads_for_pattern(latest, None, None, None)):
        return latest.value
    raise UsageError(f"<{iri}> is no statement of the graph", hint="copy the IRI from a query's result")


def _confidence(found: Effective, statement: NamedNode, material: Field) -> float | None:
    return Recorder(found.read, material.register, material.codebook).confidence(statement)


def _version(statement: str, record: Mapping[str, object] | None, log: list[Decision]) -> str:
    about = [
        one.id
        for one in log
        if one.action not in ON_PAIRS and (one.target == statement or statement.endswith(_made(one)))
    ]
    return digest([json.dumps(record, sort_keys=True), *about])


def _made(decision: Decision) -> tuple[str, ...]:
    return tuple(f"/{record['id']}" for record in decision.becomes)


__all__ = [
    "ArticleCases",
    "Case",
    "Field",
    "article_cases",
    "article_iris",
    "article_named",
    "article_of_statement",
    "passage_cases",
    "passage_version",
    "touched_articles",
]

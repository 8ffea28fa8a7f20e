"""What a person wrote down of an article, in the graph of human codings; replaces what they wrote before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode, Quad

from kg.build.actors import ActorNodes
from kg.build.article_graph import coded_quads
from kg.build.change import Change, GraphView
from kg.build.coding import CodingAgent, person_in
from kg.build.decisions import Decision, decision_quads, versions
from kg.build.forgetting import decisions_left
from kg.build.nodes import closure
from kg.build.records import reference_of
from kg.build.terms import OA, PROV, RDF, RDFS, ST, Quads, node
from kg.model.article import Article
from kg.model.codebook import Codebook
from kg.model.iris import Iris, coder_key, person_name
from kg.model.register import Register
from kg.model.statement import Statement

_OWN = (ST.claim, ST.evidence, OA.hasSelector)


def coded_change(
    view: GraphView,
    article: Article,
    statements: Sequence[Statement],
    coding: CodingAgent,
    iris: Iris,
    codebook: Codebook,
    *,
    register: Register | None = None,
) -> Change:
    """What writing down a person's statements of an article changes in the graph of human codings.

    The person's earlier statements of the same article, whatever its text was, give way; those of others
    stay, and so do decisions, which keep what they are about. The derived graph has to follow: hand the
    result to `kg.build.current.Deriver.coding`.

    Args:
        view: The graph.
        article: The article, whose own graph is or will be in the store.
        statements: What the person wrote down; none to take all of it back.
        coding: The person and the time.
        iris: Makes the IRIs.
        codebook: Labels of positions.
        register: As in `kg.build.article_graph.article_quads`.

    Raises:
        InputError: Words do not stand at their offsets, or a position is not in the codebook.
    """
    graph = node(iris.coding_graph)
    coding = replace(coding, agent=coding.agent or person_in(view, coding.name, iris))
    going = _written_by(view, article, coding.name, iris)
    own = _with_own_names(view, statements, coding, iris, set(going))
    new = coded_quads(article, own, coding, iris, codebook, register=register)
    old = _with_parts(view, going, graph)
    return Change.between([*old, *_left_alone(view, going, old, graph)], new)


def coded_before(view: GraphView, article: Article, coder: str, iris: Iris) -> int:
    """How many statements of an article a person has written down, which the next ones take the place of."""
    graph = node(iris.coding_graph)
    return sum(
        any(True for _ in view.quads_for_pattern(subject, RDF.type, ST.Statement, graph))
        for subject in _written_by(view, article, coder, iris)
    )


def forgotten_change(view: GraphView, article: str, iris: Iris) -> Change:
    """What forgetting an article changes in the graph of human codings: all that was coded or decided goes.

    Of decisions on statements of several articles, what they say of the others stays.

    Args:
        view: The graph.
        article: IRI of the article.
        iris: Makes the IRIs.
    """
    graph = node(iris.coding_graph)
    all_versions = versions(view, node(article), iris)
    going = [
        quad.subject
        for version in all_versions
        for quad in view.quads_for_pattern(None, ST.source, version, graph)
        if isinstance(quad.subject, NamedNode)
    ]
    gone = {version.value for version in all_versions}
    decided, left = decisions_left(view, going, gone, iris)
    going = list(dict.fromkeys([*going, *decided]))
    old = _with_parts(view, going, graph)
    for version in all_versions:
        old.update(view.quads_for_pattern(version, PROV.wasRevisionOf, None, graph))
    kept = [quad for decision in left for quad in decision_quads(decision, iris)]
    return Change.between([*old, *_left_alone(view, going, old, graph)], kept)


def _written_by(view: GraphView, article: Article, coder: str, iris: Iris) -> list[NamedNode]:
    """The statements and stances that a person has written down of an article, whatever its text was."""
    graph = node(iris.coding_graph)
    return [
        quad.subject
        for version in versions(view, node(iris.article(article.digest)), iris)
        for quad in view.quads_for_pattern(None, ST.source, version, graph)
        if isinstance(quad.subject, NamedNode) and _coded_by(view, quad.subject, coder, graph)
    ]


def _coded_by(view: GraphView, subject: NamedNode, name: str, graph: NamedNode) -> bool:
    return any(
        person_name(label.object.value) == name  # type: ignore[union-attr]
        for made in view.quads_for_pattern(subject, PROV.wasGeneratedBy, None, graph)
        for agent in view.quads_for_pattern(made.object, PROV.wasAssociatedWith, None, graph)  # type: ignore[arg-type]
        for label in view.quads_for_pattern(agent.object, RDFS.label, None, graph)  # type: ignore[arg-type]
    )


def _with_own_names(
    view: GraphView,
    statements: Sequence[Statement],
    coding: CodingAgent,
    iris: Iris,
    mine: Collection[NamedNode],
) -> list[Statement]:
    """The statements under identifiers that nobody else's have: who wrote first has the usual ones."""
    graph, names = node(iris.coding_graph), dict[str, str]()
    for one in statements:
        usual, key = node(iris.statement(one.id)), coder_key(one.id, coding.name)
        taken = any(True for _ in view.quads_for_pattern(usual, RDF.type, ST.Statement, graph))
        if (taken and usual not in mine) or node(iris.statement(key)) in mine:
            names[one.id] = key
    return [
        replace(
            one,
            id=names.get(one.id, one.id),
            reports=names.get(one.reports or "", one.reports),
            reported_in=names.get(one.reported_in or "", one.reported_in),
        )
        for one in statements
    ]


def _with_parts(view: GraphView, subjects: Iterable[NamedNode], graph: NamedNode) -> set[Quad]:
    """The quads of statements and stances with their claims, evidence and selectors."""
    found: set[Quad] = set()
    queue = list(subjects)
    while queue:
        for quad in view.quads_for_pattern(queue.pop(), None, None, graph):
            found.add(quad)
            if quad.predicate in _OWN and isinstance(quad.object, NamedNode):
                queue.append(quad.object)
    return found


def _left_alone(view: GraphView, going: Sequence[NamedNode], old: set[Quad], graph: NamedNode) -> set[Quad]:
    """Codings, agents and actors that nothing refers to any more once the old quads are gone."""
    gone = set(old)
    around = [quad for quad in closure(view, graph, going) if quad not in old]
    found = True
    while found:
        found = False
        for subject in {quad.subject for quad in around}:
            own = {quad for quad in around if quad.subject == subject}
            if own <= gone or not isinstance(subject, NamedNode):
                continue
            if all(quad in gone for quad in view.quads_for_pattern(None, None, subject, graph)):
                gone |= own
                found = True
    return gone - old


def decided_actors(decision: Decision, iris: Iris, register: Register) -> list[Quad]:
    """Descriptions of the actors whom a decision names and the register lacks, for the graph of codings.

    With them the decision depends on no reading: the actor is known when no article speaks of them any more.
    """
    quads = Quads(iris.coding_graph)
    nodes = ActorNodes(quads, Article("", ""), iris, register)
    for record in decision.becomes:
        for actor in (record["actor"], record.get("on_behalf_of"), *(record.get("joint") or ())):
            known = reference_of(actor)
            if known is not None:
                nodes.node(known)
                nodes.affiliation(known, record.get("said"))
    unnamed = {quad.subject for quad in quads.found if quad.object == ST.UnnamedSource}
    return [quad for quad in quads.found if quad.subject not in unnamed]


__all__ = ["coded_before", "coded_change", "decided_actors", "forgotten_change"]

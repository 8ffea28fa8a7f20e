"""Decisions: what a person said about a statement, in a log that only grows.

Each decision is a coding of its own in the graph of human codings: who, when, on which statement, and
what the statement becomes: nothing where it is struck out, itself where it is accepted, other words,
speakers, dates or stances where it is changed, several statements where it is split. What the statement
was and what it becomes stand there as records (`kg.build.records`), so that a decision depends on no
reading of the article. Nothing is ever taken out: a decision is undone by a later one that revokes it,
and done again by one that revokes that.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, Quad

from kg.build.change import Change, GraphView
from kg.build.coding import CodingAgent, add_coding_as
from kg.build.nodes import Nodes
from kg.build.records import Record
from kg.build.terms import PROV, RDF, RDFS, ST, Quads, integer, node, text
from kg.model.iris import Iris, person_name

Action = OneOf[
    "accept", "reject", "change", "split", "add", "merge", "differ", "comment", "look", "draw", "revoke"
]
VERDICTS: tuple[Action, ...] = ("accept", "reject", "change", "split", "add")
"""Actions that say what a statement becomes."""
ON_PAIRS: dict[Action, NamedNode] = {"merge": ST.sameUtterance, "differ": ST.differentUtterance}
"""Actions that say of a statement and others whether they report one utterance, and the property of each."""

INNER = (ST.record, ST.sequence, ST.source)
"""What a decision carries for itself; the derived graph leaves it out."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one person.

    Attributes:
        sequence: Its place in the log: 1, 2, 3 ...
        coder: Name of the person.
        time: When, in UTC.
        action: What sort of decision.
        article: IRI of the article; empty for `draw`.
        target: IRI of the statement; of a new statement for `add`, of the article for `look`, of the derived
            graph for `draw`.
        seen: The statement as the person saw it; None for a new one. For `look` the passage that was read in
            full, with the decisions that were made along with it; for `draw` the sample that was drawn.
        becomes: What it becomes: none where it is struck out, several where it is split; the first keeps the
            IRI. Empty too for actions that are no verdict.
        together: IRIs of statements that report the same utterance, for `merge`, or other ones, for
            `differ`.
        others: These statements as the person saw them.
        comment: What the person wrote about it.
        revokes: IRI of the decision that this one takes back.
        adjudicates: Whether it settles what several coders decided; then it goes before theirs.
        id: IRI; made from the rest where it is new.
        agent: IRI of the person; made from the name where it is empty.
    """

    sequence: int
    coder: str
    time: datetime.datetime
    action: Action
    article: str
    target: str
    seen: Record | None = None
    becomes: tuple[Record, ...] = ()
    together: tuple[str, ...] = ()
    others: tuple[Record, ...] = ()
    comment: str | None = None
    revokes: str | None = None
    adjudicates: bool = False
    id: str = ""
    agent: str = ""

    @property
    def is_verdict(self) -> bool:
        """Whether it says what a statement becomes."""
        return self.action in VERDICTS

    def iri(self, iris: Iris) -> str:
        """Its IRI."""
        parts = ["decision", self.coder, self.target, self.action, self.time.isoformat(), self.sequence]
        return self.id or iris.coding(parts)


def decision_quads(decision: Decision, iris: Iris) -> list[Quad]:
    """A decision as it stands in the graph of human codings."""
    quads = Quads(iris.coding_graph)
    person = CodingAgent(decision.coder, decision.time, "person", agent=decision.agent or None)
    subject = node(decision.iri(iris))
    add_coding_as(quads, subject.value, person, iris, f"{decision.coder}: {decision.action}")
    quads.add(subject, ST.sequence, integer(decision.sequence))
    quads.add(subject, ST.action, text(decision.action))
    if decision.article:
        quads.add(subject, ST.source, node(decision.article))
    quads.add(subject, ST.source, *(one for one in _articles(decision.together, iris)))
    if not decision.is_verdict:
        quads.add(subject, PROV.used, node(decision.target))
    else:
        quads.add(subject, ST.decides, node(decision.target))
        quads.add(subject, ST.decision, ST.reviewed if decision.becomes else ST.rejected)
    if decision.seen or decision.becomes:
        values = {"seen": decision.seen, "becomes": list(decision.becomes)}
        if decision.others:
            values["others"] = list(decision.others)
        words = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        quads.add(subject, ST.record, Literal(text(words).value, datatype=RDF.JSON))
    if decision.action in ON_PAIRS:
        quads.add(subject, ON_PAIRS[decision.action], *(node(other) for other in decision.together))
    if decision.comment:
        quads.add(subject, RDFS.comment, text(decision.comment))
    if decision.revokes:
        quads.add(subject, ST.revokes, node(decision.revokes))
    if decision.adjudicates:
        quads.add(subject, ST.adjudicates, Literal(True))
    return quads.found


def _articles(statements: Iterable[str], iris: Iris) -> list[NamedNode]:
    """The articles that statements were first read in."""
    keys = dict.fromkeys(iri.rsplit("/", 1)[-1].split(".")[0] for iri in statements)
    return [node(iris.article(key)) for key in keys]


def next_sequence(view: GraphView, iris: Iris) -> int:
    """The place of the next decision in the log."""
    graph = node(iris.coding_graph)
    found = view.quads_for_pattern(None, ST.sequence, None, graph)
    return 1 + max((int(quad.object.value) for quad in found), default=0)  # type: ignore[union-attr]


def article_log(view: GraphView, article: NamedNode, iris: Iris) -> list[Decision]:
    """All decisions on an article and on earlier versions of it, in their order, the revoked ones too."""
    return _read(
        view,
        (
            quad.subject
            for version in versions(view, article, iris)
            for quad in view.quads_for_pattern(None, ST.source, version, node(iris.coding_graph))
        ),
        iris,
    )


def whole_log(view: GraphView, iris: Iris) -> list[Decision]:
    """All decisions of the graph, in their order, the revoked ones too."""
    found = view.quads_for_pattern(None, ST.sequence, None, node(iris.coding_graph))
    return _read(view, (quad.subject for quad in found), iris)


def draws(view: GraphView, iris: Iris) -> list[Decision]:
    """The random samples that were drawn and stand, in their order."""
    found = view.quads_for_pattern(None, ST.action, text("draw"), node(iris.coding_graph))
    subjects = [quad.subject for quad in found]
    return [one for one in _read(view, subjects, iris) if not is_revoked(view, node(one.id), iris)]


def versions(view: GraphView, article: NamedNode, iris: Iris) -> list[NamedNode]:
    """An article and the earlier versions of its text that people coded, the latest first."""
    graph, found, queue = node(iris.coding_graph), [article], [article]
    while queue:
        for quad in view.quads_for_pattern(queue.pop(), PROV.wasRevisionOf, None, graph):
            if isinstance(quad.object, NamedNode) and quad.object not in found:
                found.append(quad.object)
                queue.append(quad.object)
    return found


def latest_version(view: GraphView, article: NamedNode, iris: Iris) -> NamedNode:
    """The version of an article that has taken its place; itself where none has."""
    graph, seen = node(iris.coding_graph), {article}
    while True:
        later = [
            quad.subject
            for quad in view.quads_for_pattern(None, PROV.wasRevisionOf, article, graph)
            if isinstance(quad.subject, NamedNode) and quad.subject not in seen
        ]
        if not later:
            return article
        article = max(later, key=str)
        seen.add(article)


def version_change(view: GraphView, article: str, earlier: str | None, iris: Iris) -> Change:
    """The note that an article is a new version of earlier texts that people wrote or decided something on.

    A text that comes back after others is the new version of these: what said that they came after it goes.

    Args:
        view: The graph.
        article: IRI of the article that is written.
        earlier: IRI of the article of the graph whose place it takes; None if there is none.
        iris: Names of the graphs.
    """
    new, graph = node(article), node(iris.coding_graph)
    later = latest_version(view, new, iris)
    before = {node(earlier)} if earlier is not None else set()
    if later != new and later not in before:
        home = node(iris.article_graph(later.value.rsplit("/", 1)[-1]))
        if any(True for _ in view.quads_for_pattern(None, None, None, home)):
            return Change()  # another article of the graph has followed on this text
        before.add(later)
    coded = [one for one in before if _is_coded(view, one, iris)]
    return Change(
        remove=frozenset(view.quads_for_pattern(None, PROV.wasRevisionOf, new, graph))
        if coded
        else frozenset(),
        add=frozenset(Quad(new, PROV.wasRevisionOf, old, graph) for old in coded),
    )


def _is_coded(view: GraphView, article: NamedNode, iris: Iris) -> bool:
    """Whether people wrote or decided something on an article or on an earlier version of it."""
    graph = node(iris.coding_graph)
    return any(
        True
        for version in versions(view, article, iris)
        for _ in view.quads_for_pattern(None, ST.source, version, graph)
    )


def _read(view: GraphView, subjects: Iterable[object], iris: Iris) -> list[Decision]:
    found = []
    for subject in dict.fromkeys(subjects):
        if isinstance(subject, NamedNode):
            decision = read_decision(view, subject, iris)
            if decision is not None:
                found.append(decision)
    return sorted(found, key=lambda one: (one.sequence, one.id))


def read_decision(view: GraphView, subject: NamedNode, iris: Iris) -> Decision | None:
    """A decision of the log; None where the node is none."""
    graph = node(iris.coding_graph)
    said = Nodes(view.quads_for_pattern(subject, None, None, graph))
    sequence = said.text(subject, ST.sequence)
    target = said.node(subject, ST.decides) or said.node(subject, PROV.used)
    together = sorted(one.value for one in said.nodes(subject, *ON_PAIRS.values()))
    sources, elsewhere = said.nodes(subject, ST.source), _articles(together, iris)
    article = next((one for one in sources if one not in elsewhere), next(iter(sources), None))
    agent = said.node(subject, PROV.wasAssociatedWith)
    action = said.text(subject, ST.action) or "comment"
    if sequence is None or target is None or agent is None or (article is None and action != "draw"):
        return None
    names = Nodes(view.quads_for_pattern(agent, RDFS.label, None, graph))
    record = json.loads(said.text(subject, ST.record) or "{}")
    revokes = said.node(subject, ST.revokes)
    return Decision(
        sequence=int(sequence),
        coder=person_name(names.text(agent, RDFS.label) or agent.value),
        time=datetime.datetime.fromisoformat(said.text(subject, PROV.endedAtTime) or "1970-01-01T00:00:00Z"),
        action=action,  # type: ignore[arg-type]
        article=article.value if article else "",
        target=target.value,
        seen=record.get("seen"),
        becomes=tuple(record.get("becomes", ())),
        together=tuple(together),
        others=tuple(record.get("others", ())),
        comment=said.text(subject, RDFS.comment),
        revokes=revokes.value if revokes else None,
        adjudicates=said.text(subject, ST.adjudicates) == "true",
        id=subject.value,
        agent=agent.value,
    )


def standing(log: Sequence[Decision]) -> list[Decision]:
    """The decisions of a log that nobody has taken back, without the revocations themselves.

    A revocation may itself be revoked; then what it took back stands again.
    """
    alive = _alive(log)
    return [one for one in log if one.id in alive and one.action != "revoke"]


def standing_revocations(log: Sequence[Decision]) -> list[Decision]:
    """The revocations of a log that nobody has taken back."""
    alive = _alive(log)
    return [one for one in log if one.id in alive and one.action == "revoke"]


def _alive(log: Sequence[Decision]) -> set[str]:
    by_target: dict[str, list[Decision]] = {}
    for decision in log:
        if decision.revokes:
            by_target.setdefault(decision.revokes, []).append(decision)
    alive: dict[str, bool] = {}
    for decision in sorted(log, key=lambda one: one.sequence, reverse=True):
        alive[decision.id] = not any(alive.get(later.id, False) for later in by_target.get(decision.id, ()))
    return {iri for iri, stands in alive.items() if stands}


@dataclass(frozen=True, slots=True)
class Settled:
    """What people made of one statement.

    Attributes:
        decision: The decision that counts.
        record: What the statement is now; None where it is struck out.
        new: Whether the decision made the statement: added it, or split it off another.
    """

    decision: Decision
    record: Record | None
    new: bool = False


def settled(log: Sequence[Decision], statement: str, *, coder: str | None = None) -> dict[str, Settled]:
    """What is decided on each statement: the latest standing verdict, but adjudications before all others.

    Args:
        log: Decisions.
        statement: Beginning of the IRIs of statements.
        coder: As one coder sees it who is not to see what others decided; None for what counts.
    """
    verdicts = [one for one in standing(log) if one.is_verdict and coder in (None, one.coder)]
    made = _made(log, statement)
    found: dict[str, Settled] = {}
    for one in sorted(verdicts, key=lambda verdict: (verdict.adjudicates, verdict.sequence)):
        if one.action != "add" and one.target in made and one.target not in found:
            continue  # what made the statement was taken back
        if not one.becomes:
            new = found[one.target].new if one.target in found else False
            found[one.target] = Settled(one, None, new)
        for record in one.becomes:
            iri = statement + record["id"]
            found[iri] = Settled(one, record, iri in made)
    return found


def unmade(log: Sequence[Decision], statement: str) -> list[Decision]:
    """Standing verdicts on statements that somebody added or split off and took back.

    Args:
        log: Decisions.
        statement: Beginning of the IRIs of statements.
    """
    verdicts = [one for one in standing(log) if one.is_verdict]
    gone = _made(log, statement) - _made(verdicts, statement)
    return [one for one in verdicts if one.target in gone]


def _made(log: Iterable[Decision], statement: str) -> set[str]:
    """IRIs of the statements that decisions added or split off others."""
    return {
        statement + record["id"]
        for one in log
        for record in one.becomes
        if statement + record["id"] != one.target or one.action == "add"
    }


def is_revoked(view: GraphView, decision: NamedNode, iris: Iris) -> bool:
    """Whether a standing revocation takes a decision back."""
    return any(
        not is_revoked(view, quad.subject, iris)
        for quad in view.quads_for_pattern(None, ST.revokes, decision, node(iris.coding_graph))
        if isinstance(quad.subject, NamedNode)
    )


__all__ = [
    "INNER",
    "ON_PAIRS",
    "VERDICTS",
    "Action",
    "Decision",
    "Settled",
    "article_log",
    "decision_quads",
    "draws",
    "is_revoked",
    "latest_version",
    "next_sequence",
    "read_decision",
    "settled",
    "standing",
    "standing_revocations",
    "unmade",
    "version_change",
    "versions",
    "whole_log",
]

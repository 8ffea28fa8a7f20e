"""Which statements and stances of one article are in force, after what people wrote and decided.

People beat the machine. Their own statements show, and a machine's statement of the same words gives way.
What a person decided on is what the person made of it: struck out it never shows; accepted or changed it
is taken as the person saw it, wherever its words now stand in the text, whatever a later reading makes of
them.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pyoxigraph import NamedNode, Quad

from kg.build.anchoring import anchored
from kg.build.article_graph import article_of, coded_quads
from kg.build.change import GraphView, graph_quads
from kg.build.coding import CodingAgent
from kg.build.decisions import (
    INNER,
    ON_PAIRS,
    Decision,
    Settled,
    article_log,
    decision_quads,
    settled,
    standing,
    unmade,
    versions,
)
from kg.build.nodes import Nodes, content_of, content_places
from kg.build.recoding import recoded, recoded_record
from kg.build.records import Record, Recorder, statement_of
from kg.build.revisions import SAME_WORDS
from kg.build.terms import RDF, SCHEMA, ST, node
from kg.build.words import dice, words_of
from kg.build.written import Written, coding_of, written
from kg.model.article import Article
from kg.model.codebook import Codebook
from kg.model.iris import Iris
from kg.model.register import Register

SAME_PLACE = 0.5
"""Dice overlap of code points from which a statement of a new reading is what was decided on before."""


@dataclass
class Effective:
    """What is in force of one article.

    Attributes:
        article: The article's node.
        read: What the article's own graph says.
        coded: What people wrote down.
        statements: Statements in force, with the nodes that describe them.
        stances: Stances in force, with the nodes that describe them.
        status: The status of each of them.
        decisions: Decisions behind them, with the nodes that describe these.
        instead: Statements that gave way, with what took their place.
        lost: Decisions whose words stand in the text no more, or on statements that others added or split off
            and took back.
        unplaced: Statements that people wrote down of an earlier text and whose words stand in this one no
            more.
        settled: What was decided on each statement.
        names: Other IRIs that people knew a statement of today by when they decided on utterances.
    """

    article: NamedNode
    read: Nodes
    coded: Nodes
    statements: dict[NamedNode, Nodes] = field(default_factory=dict)
    stances: dict[NamedNode, Nodes] = field(default_factory=dict)
    status: dict[NamedNode, NamedNode] = field(default_factory=dict)
    decisions: dict[NamedNode, Nodes] = field(default_factory=dict)
    instead: dict[NamedNode, NamedNode] = field(default_factory=dict)
    lost: list[Decision] = field(default_factory=list)
    unplaced: list[Written] = field(default_factory=list)
    settled: dict[NamedNode, Settled] = field(default_factory=dict)
    names: dict[NamedNode, NamedNode] = field(default_factory=dict)


def effective(
    view: GraphView,
    digest: str,
    iris: Iris,
    register: Register,
    codebook: Codebook,
    *,
    coder: str | None = None,
) -> Effective | None:
    """What is in force of an article; None if the graph does not have it.

    Args:
        view: The graph.
        digest: SHA-256 of the article's text, or its first 16 digits.
        iris: Names of the graphs.
        register: Known actors.
        codebook: Known positions.
        coder: As one coder sees it who is not to see what others wrote or decided; None for what counts.
    """
    article = node(iris.article(digest))
    read = recoded(Nodes(graph_quads(view, node(iris.article_graph(digest)))), codebook, iris)
    if SCHEMA.NewsArticle not in read.values(article, RDF.type):
        return None
    text = article_of(article, read)
    coded, unplaced = written(view, article, text, iris, register, codebook)
    result = Effective(article, read, recoded(coded, codebook, iris))
    result.unplaced = [one for one in unplaced if coder in (None, one.coding.name)]
    _written(result, coder)
    _stances_of(result)
    log = article_log(view, article, iris)
    verdicts = settled(log, iris.statement(""), coder=coder)
    applying = _Applying(result, text, verdicts, iris, register, codebook)
    if verdicts:
        applying.apply()
    on_pairs = [one for one in standing(log) if one.action in ON_PAIRS and coder in (None, one.coder)]
    if on_pairs:
        keys = {one.value.rsplit("/", 1)[-1] for one in versions(view, article, iris)}
        applying.find_again(on_pairs, keys)
    result.lost += [one for one in unmade(log, iris.statement("")) if coder in (None, one.coder)]
    return result


def _written(result: Effective, coder: str | None) -> None:
    """What people wrote down, then what the machine read where nobody wrote the same words down."""
    for statement in _of_people(result, coder):
        result.statements[statement], result.status[statement] = result.coded, ST.reviewed
    human = [(one, words_of(content_of(result.coded, one))) for one in result.statements]
    for statement in result.read.instances(ST.Statement):
        if statement in result.statements or statement in result.instead:
            continue
        if human:
            words = words_of(content_of(result.read, statement))
            best = max(human, key=lambda other: (dice(words, other[1]), other[0].value))
            if dice(words, best[1]) >= SAME_WORDS:
                result.instead[statement] = best[0]
                continue
        result.statements[statement] = result.read
        result.status[statement] = result.read.node(statement, ST.status) or ST.candidate


def _of_people(result: Effective, coder: str | None) -> list[NamedNode]:
    """What people wrote down; where several wrote one place down, the last of them counts."""
    nodes = result.coded
    by_writer: dict[str, list[NamedNode]] = {}
    times: dict[str, datetime.datetime] = {}
    for statement in nodes.instances(ST.Statement):
        coding = coding_of(nodes, statement)
        if coder in (None, coding.name):
            by_writer.setdefault(coding.name, []).append(statement)
            times[coding.name] = max(coding.time, times.get(coding.name, coding.time))
    places = {one: content_places(nodes, one) for mine in by_writer.values() for one in mine}
    found: list[NamedNode] = []
    for writer in sorted(by_writer, key=lambda one: (times[one], one), reverse=True):
        mine = by_writer[writer]
        alike = [
            (_overlap(places[one], places[other]), one.value, other.value) for one in mine for other in found
        ]
        taken: set[str] = set()
        for share, one, other in sorted(alike, reverse=True):
            if share >= SAME_PLACE and not taken & {one, other}:
                taken |= {one, other}
                result.instead[node(one)] = node(other)
        found += [one for one in mine if one not in result.instead]
    return found


def _stances_of(result: Effective) -> None:
    """The stances of the statements, from the graph that the statement is taken from."""
    for nodes in (result.coded, result.read):
        for stance in nodes.instances(ST.Stance):
            statement = nodes.node(stance, ST.statement)
            if statement is not None and result.statements.get(statement) is nodes:
                result.stances[stance] = nodes
                result.status[stance] = nodes.node(stance, ST.status) or ST.candidate


class _Applying:
    """Puts what people decided in the place of what was read or written."""

    def __init__(
        self,
        result: Effective,
        article: Article,
        verdicts: Mapping[str, Settled],
        iris: Iris,
        register: Register,
        codebook: Codebook,
    ) -> None:
        self._result = result
        self._verdicts = {node(iri): one for iri, one in verdicts.items()}
        self._iris = iris
        self._register = register
        self._codebook = codebook
        self._article = article
        self._text = article.text
        self._recorders: dict[int, Recorder] = {}

    def apply(self) -> None:
        """Go through the verdicts."""
        result = self._result
        places: dict[NamedNode, Record] = {}
        for target, verdict in self._verdicts.items():
            record = verdict.record or verdict.decision.seen
            found = anchored(record, self._text) if record else None
            if found is None:
                if target not in result.statements or verdict.record is not None:
                    result.lost.append(verdict.decision)
                    if target not in result.statements:
                        continue
                found = record
            if found is not None:
                places[target] = found
        standing_for = self._successors(places)
        built: list[tuple[NamedNode, Settled, Record]] = []
        for target, place in places.items():
            verdict = self._verdicts[target]
            if verdict.decision in result.lost:
                continue
            now = recoded_record(verdict.record, self._codebook) if verdict.record else None
            result.settled[target] = replace(verdict, record=now)
            base = standing_for.get(target)
            if verdict.record is None:
                if base is not None and base != target:
                    result.instead[base] = target
                for one in (target, base):
                    self._drop(one)
            elif base == target and self._same(target, place):
                self._accept(target, verdict)
            else:
                if base is not None and base != target:
                    result.instead[base] = target
                for one in (target, base):
                    self._drop(one)
                built.append((target, verdict, place))
        for target, verdict, place in built:
            self._build(target, verdict, place)

    def find_again(self, decisions: Sequence[Decision], keys: Collection[str]) -> None:
        """The statements of today that decisions on utterances are about, where they have other IRIs now.

        Args:
            decisions: Decisions that stand.
            keys: Digests that the IRIs of the statements of this article and of its earlier versions begin
                with.
        """
        result = self._result
        for decision in decisions:
            for record in (decision.seen, *decision.others):
                name = node(self._iris.statement(record["id"])) if record else None
                if record is None or name is None or record["id"].split(".")[0] not in keys:
                    continue
                if name in result.statements or name in result.names or name in result.settled:
                    continue
                found = result.instead.get(name) or self._at(anchored(record, self._text))
                if found is not None:
                    result.names[name] = found
                elif decision not in result.lost:
                    result.lost.append(decision)

    def _at(self, place: Record | None) -> NamedNode | None:
        """The statement that stands at a place."""
        if place is None:
            return None
        wanted = _code_points(place)
        spots = {one: _code_points(self._record(one)) for one in self._result.statements}
        best = max(spots, key=lambda one: (_overlap(wanted, spots[one]), one.value), default=None)
        return best if best is not None and _overlap(wanted, spots[best]) >= SAME_PLACE else None

    def _successors(self, places: Mapping[NamedNode, Record]) -> dict[NamedNode, NamedNode]:
        """The statement of the reading that each decision is about: of that IRI, else of that place.

        One of the reading stands for one decision, so that what is nested in a statement stays.
        """
        result = self._result
        found = {target: target for target in places if target in result.statements}
        left = [one for one in result.statements if one not in self._verdicts]
        spots = {one: _code_points(self._record(one)) for one in left}
        for target in sorted((one for one in places if one not in found), key=str):
            if self._verdicts[target].new and self._verdicts[target].decision.action != "add":
                continue  # split off: what it was split from stands for it
            seen = self._verdicts[target].decision.seen
            before = anchored(seen, self._text) if seen else None
            wanted = _code_points(before or places[target])
            best = max(
                (one for one in left if one not in found.values()),
                key=lambda one: (_overlap(wanted, spots[one]), one.value),
                default=None,
            )
            if best is not None and _overlap(wanted, spots[best]) >= SAME_PLACE:
                found[target] = best
        return found

    def _record(self, statement: NamedNode) -> Record:
        nodes = self._result.statements[statement]
        if id(nodes) not in self._recorders:
            self._recorders[id(nodes)] = Recorder(nodes, self._register, self._codebook)
        return self._recorders[id(nodes)].record(statement)

    def _same(self, target: NamedNode, record: Record) -> bool:
        """Whether the reading of today says the same as what a person decided."""
        return substance(self._record(target)) == substance(recoded_record(record, self._codebook))

    def _drop(self, statement: NamedNode | None) -> None:
        result = self._result
        nodes = result.statements.pop(statement, None) if statement else None
        if nodes is None:
            return
        for stance in [one for one, of in result.stances.items() if of is nodes]:
            if nodes.node(stance, ST.statement) == statement:
                del result.stances[stance]

    def _accept(self, target: NamedNode, verdict: Settled) -> None:
        result = self._result
        result.status[target] = ST.reviewed
        for stance, nodes in result.stances.items():
            if nodes.node(stance, ST.statement) == target:
                result.status[stance] = ST.reviewed
        self._add_decision(verdict.decision)

    def _add_decision(self, decision: Decision) -> Nodes:
        subject = node(decision.id)
        if subject not in self._result.decisions:
            quads = decision_quads(decision, self._iris)
            shown = [quad for quad in quads if quad.predicate not in INNER]
            self._result.decisions[subject] = Nodes(shown)
        return self._result.decisions[subject]

    def _build(self, target: NamedNode, verdict: Settled, record: Record) -> None:
        """The statement and stances that a person's record says, with their evidence."""
        result, article, decision = self._result, self._article, verdict.decision
        known = self._add_decision(decision)
        coding = CodingAgent(
            decision.coder, decision.time, "person", activity=decision.id, agent=decision.agent or None
        )
        # Written with the positions of its day and then recoded, so that its stances keep their IRIs.
        codebook = self._codebook.with_former
        statement = replace(statement_of(record, article.name, codebook), id=_key(target))
        quads = coded_quads(article, [statement], coding, self._iris, codebook, register=self._register)
        reports = record.get("reports")
        if reports:
            inner = node(self._iris.statement(reports))
            quads.append(Quad(target, ST.reports, inner, node(self._iris.coding_graph)))
        written = Nodes(quad for quad in quads if quad.subject not in known)
        nodes = recoded(written, self._codebook, self._iris)
        # A part that was split off has the stances of the whole, which nobody has looked at yet.
        status = ST.candidate if verdict.new and decision.action == "split" else ST.reviewed
        result.statements[target], result.status[target] = nodes, status
        for stance in nodes.instances(ST.Stance):
            result.stances[stance], result.status[stance] = nodes, status


def substance(record: Record) -> list[object]:
    """What two records of one statement are compared by: all but surroundings and normalised words."""
    spans = [record["source"], record["cue"], *record["content"]]
    actors = [record["actor"], record["on_behalf_of"], *record["joint"]]
    return [
        [span and (span["start"], span["end"]) for span in spans],
        [actor and actor["id"] for actor in actors],
        [record[name] for name in ("quote", "said", "force")],
        sorted((one["position"], one["stance"], one.get("condition") or "") for one in record["positions"]),
    ]


def _code_points(record: Record) -> list[tuple[int, int]]:
    return [(span["start"], span["end"]) for span in record["content"]]


def _overlap(some: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> float:
    """Dice overlap of two sets of spans, in code points.

    >>> _overlap([(0, 10)], [(5, 15)])
    0.5
    """
    common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in some for b in others)
    total = sum(end - start for start, end in (*some, *others))
    return 2 * common / total if total else 0.0


def _key(statement: NamedNode) -> str:
    return statement.value.rsplit("/", 1)[-1]


__all__ = ["Effective", "effective", "substance"]

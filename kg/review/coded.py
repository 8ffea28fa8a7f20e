"""What each coder made of an article, and which of their statements are the same one.

What counts is what each coder made of a statement in the end, after all corrections of their own;
adjudications are left out. Statements of one IRI are the same one, then those whose passages have half of
their code points in common, one with one, the most alike first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.build.anchoring import anchored
from kg.build.article_graph import article_of
from kg.build.change import graph_quads
from kg.build.coding import MACHINE, is_read
from kg.build.decisions import Decision, article_log, settled
from kg.build.nodes import Nodes
from kg.build.recoding import recoded_log
from kg.build.records import Record, Recorder
from kg.build.terms import ST, node
from kg.build.written import coding_of, written
from kg.review.cases import Field
from kg.store.embedded import Store

SAME_PLACE = 0.5
"""Dice overlap of code points from which two statements are the same one."""
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Said:
    """What one coder makes of one statement.

    Attributes:
        statement: Its IRI.
        spans: Its passage, before the coder moved it.
        record: What it is; None where the coder says that there is no such statement.
    """

    statement: str
    spans: Spans
    record: Record | None


@dataclass
class Unit:
    """One statement, with what each coder made of it.

    Attributes:
        first: What the coder who has it first says of it.
        records: By coder: the record; None where the coder says that there is no such statement. Coders who
            say nothing of it are missing.
        statements: IRIs that coders have it by.
    """

    first: Said
    records: dict[str, Record | None] = field(default_factory=dict)
    statements: set[str] = field(default_factory=set)


class CodedArticle:
    """What each coder made of the statements of one article.

    Attributes:
        coders: The people who decided or wrote something down.
    """

    def __init__(self, store: Store, iri: str, material: Field) -> None:
        """Read what was decided and written down.

        Args:
            store: The graph.
            iri: IRI of the article.
            material: Register, codebook and names.
        """
        view, iris, article = store.view, material.iris, node(iri)
        read = Nodes(graph_quads(view, node(iris.article_graph(iri.rsplit("/", 1)[-1]))))
        known = article_of(article, read)
        nodes, _ = written(view, article, known, iris, material.register, material.codebook)
        wrote: dict[str, list[Said]] = {}
        for statement, said in _statements(nodes, material):
            wrote.setdefault(coding_of(nodes, statement).name, []).append(said)
        log = recoded_log(article_log(view, article, iris), material.codebook)
        own: dict[str, list[Decision]] = {name: [] for name in wrote}
        for one in log:
            if not (one.is_verdict and one.adjudicates):
                own.setdefault(one.coder, []).append(one)
        # Where the machine has not read, it does not say that there is no statement.
        machine = [MACHINE] if is_read(read, article) else []
        self._said = {name: [said for _, said in _statements(read, material)] for name in machine}
        for name, decisions in own.items():
            found = _in_the_end(wrote.get(name, ()), decisions, known.text, iris.statement(""))
            if found or name in wrote:
                self._said[name] = found
        self._whole = {*machine, *wrote}
        self.coders = sorted({*self._said} - {MACHINE})

    def units(self, coders: Sequence[str], *, silent: bool = True) -> list[Unit]:
        """The statements of the article, with what coders say of each.

        Args:
            coders: Whose.
            silent: Whether who wrote the statements down says of all others that they are none.
        """
        units: list[Unit] = []
        for coder in (one for one in coders if one in self._said):
            said = self._said[coder]
            same = _same(said, [unit.first for unit in units])
            for number, one in enumerate(said):
                if number not in same:
                    units.append(Unit(one))
                unit = units[same.get(number, -1)]
                unit.records[coder] = one.record
                unit.statements.add(one.statement)
        for unit in units if silent else ():
            for coder in self._whole.intersection(coders):
                unit.records.setdefault(coder, None)
        return units


def _statements(nodes: Nodes, material: Field) -> Iterable[tuple[NamedNode, Said]]:
    recorder = Recorder(nodes, material.register, material.codebook)
    for statement in nodes.instances(ST.Statement):
        record = recorder.record(statement)
        yield statement, Said(statement.value, spans_of(record), record)


def _in_the_end(written: Iterable[Said], log: Sequence[Decision], text: str, statement: str) -> list[Said]:
    """What one coder makes of an article in the end: each statement once.

    What was decided goes before what was written down. Whoever takes a statement of their own back says
    nothing of it any more.

    Args:
        written: The statements that the coder wrote down.
        log: The coder's decisions.
        text: The article's text.
        statement: Beginning of the IRIs of statements.
    """
    left = {one.statement: one for one in written}
    first: dict[str, Record] = {}
    for decision in log:
        if decision.is_verdict and decision.seen:
            first.setdefault(decision.target, decision.seen)
    found: list[Said] = []
    for target, one in settled(log, statement).items():
        now = anchored(one.record, text) if one.record else None
        if one.record and now is None:
            continue  # its words are gone
        own = left.pop(target, None)
        if now is None and (own or one.new):
            continue
        before = anchored(first[target], text) if not (own or one.new) else None
        place = before or now
        if place is not None:
            found.append(Said(target, own.spans if own else spans_of(place), now))
    struck_out = [one.spans for one in found if one.record is None]
    rest = [one for one in left.values() if one.spans not in struck_out]
    again = _same(rest, [one for one in found if one.record is not None])
    return [*found, *(one for number, one in enumerate(rest) if number not in again)]


def _same(some: Sequence[Said], others: Sequence[Said]) -> dict[int, int]:
    """Which statements are the same as which others, by number."""
    alike = []
    for number, one in enumerate(some):
        for place, other in enumerate(others):
            known, share = one.statement == other.statement, overlap(one.spans, other.spans)
            if known or share >= SAME_PLACE:
                alike.append((not known, -share, number, place))
    found: dict[int, int] = {}
    for *_, number, place in sorted(alike):
        if number not in found and place not in found.values():
            found[number] = place
    return found


def spans_of(record: Record) -> Spans:
    """The passage of a record."""
    return [(span["start"], span["end"]) for span in record["content"]]


def overlap(some: Spans, others: Spans) -> float:
    """Dice overlap of two passages in code points, from 0 to 1.

    >>> overlap([(0, 10)], [(0, 10)]), overlap([(0, 10)], [(5, 15)])
    (1.0, 0.5)
    """
    common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in some for b in others)
    total = sum(end - start for start, end in (*some, *others))
    return 2 * common / total if total else 0.0


__all__ = ["SAME_PLACE", "CodedArticle", "Said", "Spans", "Unit", "overlap", "spans_of"]

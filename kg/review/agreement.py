"""How far coders agree with each other and with the machine.

Statements are matched by their place in the article (half of the code points of two contents in common,
one with one). What is compared: whether a statement is one at all; which positions it touches; where it
stands on those that both see; and how far the passages overlap. A person who decided on single statements
says nothing about the others; one who wrote an article's statements down says with it that there are no
others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from pyoxigraph import NamedNode

from kg.build.anchoring import anchored
from kg.build.change import graph_quads
from kg.build.coding import is_read
from kg.build.decisions import article_log, standing
from kg.build.nodes import Nodes, closure
from kg.build.recoding import recoded_log
from kg.build.records import Record, Recorder
from kg.build.terms import PROV, RDFS, ST, node
from kg.review.alpha import nominal_alpha
from kg.review.cases import Field, article_iris, article_of, touched_articles
from kg.review.utterances.agreeing import PairAgreement, pair_agreement
from kg.store.embedded import Store

MACHINE = "machine"
"""Name that the machine goes by in reports."""
NONE = "none"
"""No stance on a position."""
SAME_PLACE = 0.5
"""Dice overlap of code points from which two statements are the same one."""
Spans = list[tuple[int, int]]


@dataclass
class Unit:
    """One statement, with what each coder made of it.

    Attributes:
        spans: Its passage, by the coder who has it first.
        records: By coder: the record; None where the coder says that there is no such statement. Coders who
            say nothing of it are missing.
    """

    spans: Spans
    records: dict[str, Record | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """How far two or more coders agree.

    Attributes:
        coders: Their names.
        statements: Number of statements that two or more of them say something about.
        kept: Alpha on whether each is a statement at all.
        positions: Alpha on which positions of the codebook each kept statement touches.
        stances: Alpha on where it stands, on positions that both touch.
        both: Number of such stances.
        overlap: Mean Dice overlap of the passages of kept statements, in code points; None without any.
        exact: Share of these with just the same passage.
        confusion: For two coders: how often the first gave a stance and the second another one.
        taken_for: For two coders: how often the first has a position where the second has another one.
    """

    coders: tuple[str, ...]
    statements: int
    kept: float | None
    positions: float | None
    stances: float | None
    both: int
    overlap: float | None
    exact: float | None
    confusion: dict[tuple[str, str], int]
    taken_for: dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class PositionAgreement:
    """How clear one position is to coders.

    Attributes:
        touched: Number of statements that somebody takes to touch it.
        differing: In how many of them coders differ, in whether or in where the statement stands.
        alpha: Alpha over stance or none, on all kept statements.
    """

    position: str
    touched: int
    differing: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The report.

    Attributes:
        coders: Who coded.
        together: All of them together; None where nothing was coded twice.
        pairs: Each two of them.
        positions: The positions that anybody saw, the least clear first.
        utterances: Agreement on which statements report one utterance.
    """

    coders: tuple[str, ...]
    together: Compared | None
    pairs: tuple[Compared, ...]
    positions: tuple[PositionAgreement, ...]
    utterances: PairAgreement


def agreement(
    store: Store, material: Field, *, coders: Sequence[str] = (), machine: bool = True
) -> Agreement:
    """Compare people who coded the same statements, and the machine with them.

    Args:
        store: The graph.
        material: Register, codebook and names.
        coders: Only these people; everybody unless told.
        machine: Whether to compare the machine as well.
    """
    units: list[Unit] = []
    touched = touched_articles(store, material.iris)
    for iri in (one for one in article_iris(store) if one in touched):
        found = _Article(store, iri, material)
        named = [name for name in found.coders if not coders or name in coders]
        if named:
            units += found.units([*named, MACHINE] if machine else named)
    people = sorted({name for unit in units for name in unit.records} - {MACHINE})
    everybody = tuple([*people, MACHINE] if machine and people else people)
    slugs = [position.slug for position in material.codebook.positions]
    pairs = tuple(
        one for pair in combinations(everybody, 2) if (one := _compared(units, pair, slugs)).statements
    )
    together = _compared(units, everybody, slugs) if len(everybody) > 1 else None
    if together is not None and not together.statements:
        together = None
    on_pairs = pair_agreement(store, coders=coders)
    return Agreement(everybody, together, pairs, _unclear(units, slugs), on_pairs)


class _Article:
    """What each coder made of the statements of one article."""

    def __init__(self, store: Store, iri: str, material: Field) -> None:
        view, iris, article = store.view, material.iris, node(iri)
        graph = node(iris.coding_graph)
        read = Nodes(graph_quads(view, node(iris.article_graph(iri.rsplit("/", 1)[-1]))))
        text = article_of(article, read).text
        start = [
            quad.subject
            for quad in view.quads_for_pattern(None, ST.source, article, graph)
            if isinstance(quad.subject, NamedNode)
        ]
        written = Nodes(closure(view, graph, start))
        self._whole: dict[str, list[Record]] = {}
        if is_read(read, article):
            self._whole[MACHINE] = _records(read, material)
        recorder = Recorder(written, material.register, material.codebook)
        for statement in written.instances(ST.Statement):
            coding = written.node(statement, PROV.wasGeneratedBy)
            agent = written.node(coding, PROV.wasAssociatedWith) if coding else None
            name = (written.text(agent, RDFS.label) if agent else None) or "somebody"
            self._whole.setdefault(name, []).append(recorder.record(statement))
        self._decided: dict[str, list[tuple[Record | None, list[Record]]]] = {}
        latest: dict[tuple[str, str], tuple[Record | None, list[Record]]] = {}
        for one in standing(recoded_log(article_log(view, article, iris), material.codebook)):
            if one.is_verdict and not one.adjudicates:
                seen = anchored(one.seen, text) if one.seen else None
                becomes = [found for record in one.becomes if (found := anchored(record, text))]
                if (seen or becomes) and len(becomes) == len(one.becomes):
                    latest[one.coder, one.target] = seen, becomes
        for (coder, _), outcome in latest.items():
            self._decided.setdefault(coder, []).append(outcome)
        self.coders = sorted({*self._whole, *self._decided} - {MACHINE})

    def units(self, coders: Sequence[str]) -> list[Unit]:
        """The statements of the article, with what coders say of each."""
        units: list[Unit] = []
        for coder in sorted(coders, key=lambda name: name != MACHINE):
            taken: set[int] = set()
            for record in self._whole.get(coder, ()):
                self._put(units, taken, coder, record, _spans(record))
            for seen, becomes in self._decided.get(coder, ()):
                first = becomes[0] if becomes else None
                self._put(units, taken, coder, first, _spans(seen or becomes[0]))
                for record in becomes[1:]:
                    self._put(units, taken, coder, record, _spans(record))
        for coder in coders:
            if coder in self._whole:
                for unit in units:
                    unit.records.setdefault(coder, None)
        return units

    def _put(
        self, units: list[Unit], taken: set[int], coder: str, record: Record | None, spans: Spans
    ) -> None:
        place = max(
            (one for one in range(len(units)) if one not in taken),
            key=lambda one: overlap(spans, units[one].spans),
            default=None,
        )
        if place is None or overlap(spans, units[place].spans) < SAME_PLACE:
            place = len(units)
            units.append(Unit(spans))
        taken.add(place)
        units[place].records[coder] = record


def _records(nodes: Nodes, material: Field) -> list[Record]:
    recorder = Recorder(nodes, material.register, material.codebook)
    return [recorder.record(statement) for statement in nodes.instances(ST.Statement)]


def _compared(units: Iterable[Unit], coders: Sequence[str], slugs: Sequence[str]) -> Compared:
    said = [{name: unit.records[name] for name in coders if name in unit.records} for unit in units]
    said = [records for records in said if len(records) > 1]
    kept = [[record is not None for record in records.values()] for records in said]
    present = [[one for one in records.values() if one is not None] for records in said]
    present = [records for records in present if len(records) > 1]
    touched = [[_stance(record, slug) != NONE for record in records] for records in present for slug in slugs]
    stances = [
        values
        for records in present
        for slug in slugs
        if len(values := [one for record in records if (one := _stance(record, slug)) != NONE]) > 1
    ]
    overlaps = [
        overlap(_spans(one), _spans(other)) for records in present for one, other in combinations(records, 2)
    ]
    confusion: Counter[tuple[str, str]] = Counter()
    taken_for: Counter[tuple[str, str]] = Counter()
    if len(coders) == 2:
        for both in present:
            mine, theirs = ({one["position"] for one in record["positions"]} for record in both)
            taken_for.update((a, b) for a in mine - theirs for b in theirs - mine)
        for records in said:
            pair = [records[name] for name in coders]
            for slug in slugs:
                first, second = (_stance(record, slug) if record else NONE for record in pair)
                if (first, second) != (NONE, NONE):
                    confusion[first, second] += 1
    return Compared(
        tuple(coders),
        len(said),
        nominal_alpha(kept),
        nominal_alpha(touched),
        nominal_alpha(stances),
        len(stances),
        sum(overlaps) / len(overlaps) if overlaps else None,
        sum(one == 1 for one in overlaps) / len(overlaps) if overlaps else None,
        dict(confusion),
        dict(taken_for),
    )


def _unclear(units: Iterable[Unit], slugs: Sequence[str]) -> tuple[PositionAgreement, ...]:
    rows = [[one for one in unit.records.values() if one is not None] for unit in units]
    rows = [records for records in rows if len(records) > 1]
    found = []
    for slug in slugs:
        values = [[_stance(record, slug) for record in records] for records in rows]
        seen = [one for one in values if set(one) != {NONE}]
        if seen:
            differing = sum(len(set(one)) > 1 for one in seen)
            found.append(PositionAgreement(slug, len(seen), differing, nominal_alpha(values)))
    return tuple(sorted(found, key=lambda one: (-one.differing / one.touched, -one.touched, one.position)))


def _stance(record: Record, slug: str) -> str:
    found = [one["stance"] for one in record["positions"] if one["position"] == slug]
    return str(found[0]) if found else NONE


def _spans(record: Record) -> Spans:
    return [(span["start"], span["end"]) for span in record["content"]]


def overlap(some: Spans, others: Spans) -> float:
    """Dice overlap of two passages in code points, from 0 to 1.

    >>> overlap([(0, 10)], [(0, 10)]), overlap([(0, 10)], [(5, 15)])
    (1.0, 0.5)
    """
    common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in some for b in others)
    total = sum(end - start for start, end in (*some, *others))
    return 2 * common / total if total else 0.0


__all__ = [
    "MACHINE",
    "NONE",
    "Agreement",
    "Compared",
    "PositionAgreement",
    "Unit",
    "agreement",
    "overlap",
]

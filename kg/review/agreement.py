"""How far coders agree with each other and with the machine.

Statements are matched by their place in the article (half of the code points of two contents in common,
one with one, the most alike first), for each two coders apart, so that nobody else changes what is said of
them. What is compared: whether a statement is one at all; which positions it touches; where it stands on
those that both see; and how far the passages overlap. What counts is what each coder made of a statement in
the end, after all corrections of their own. A person who decided on single statements says nothing about the
others; one who wrote an article's statements down says with it that there are no others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from pyoxigraph import NamedNode

from kg.build.anchoring import anchored
from kg.build.change import graph_quads
from kg.build.decisions import Decision, article_log, settled
from kg.build.nodes import Nodes, closure
from kg.build.recoding import recoded_log
from kg.build.records import Record, Recorder
from kg.build.terms import PROV, RDFS, ST, node
from kg.model.errors import UsageError
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
_Row = tuple[Spans, Record | None]
"""A statement as one coder has it, by its passage; None where the coder says that it is none."""


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

    Raises:
        UsageError: Nobody of a name wrote or decided anything.
    """
    _check_known(store, coders)
    touched = touched_articles(store, material.iris)
    articles = [_Article(store, iri, material) for iri in article_iris(store) if iri in touched]
    found = {name for article in articles for name in article.coders}
    people = sorted(name for name in found if not coders or name in coders)
    everybody = tuple([*people, MACHINE] if machine and people else people)
    slugs = [position.slug for position in material.codebook.positions]
    pairs = tuple(
        one
        for pair in combinations(everybody, 2)
        if (one := _compared(_units(articles, pair), pair, slugs)).statements
    )
    units = _units(articles, everybody)
    together = _compared(units, everybody, slugs) if len(everybody) > 1 else None
    if together is not None and not together.statements:
        together = None
    on_pairs = pair_agreement(store, coders=coders)
    return Agreement(everybody, together, pairs, _unclear(units, slugs), on_pairs)


def _check_known(store: Store, coders: Iterable[str]) -> None:
    graph = node(store.iris.coding_graph)
    agents = {quad.object for quad in store.view.quads_for_pattern(None, PROV.wasAssociatedWith, None, graph)}
    names = {
        quad.object.value  # type: ignore[union-attr]
        for agent in agents
        for quad in store.view.quads_for_pattern(agent, RDFS.label, None, graph)  # type: ignore[arg-type]
    }
    for name in coders:
        if name not in names:
            from difflib import get_close_matches

            near = get_close_matches(name, names, 1, 0.5)
            known = f"the coders are {', '.join(sorted(names))}" if names else "nobody coded anything yet"
            hint = f"did you mean '{near[0]}'?" if near else known
            raise UsageError(f"no coder has the name '{name}'", hint=hint)


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
        nodes = Nodes(closure(view, graph, start))
        written: dict[str, list[Record]] = {}
        recorder = Recorder(nodes, material.register, material.codebook)
        for statement in nodes.instances(ST.Statement):
            coding = nodes.node(statement, PROV.wasGeneratedBy)
            agent = nodes.node(coding, PROV.wasAssociatedWith) if coding else None
            name = (nodes.text(agent, RDFS.label) if agent else None) or "somebody"
            written.setdefault(name, []).append(recorder.record(statement))
        log = recoded_log(article_log(view, article, iris), material.codebook)
        own: dict[str, list[Decision]] = {name: [] for name in written}
        for one in log:
            if not (one.is_verdict and one.adjudicates):
                own.setdefault(one.coder, []).append(one)
        self._said: dict[str, list[_Row]] = {
            MACHINE: [(_spans(record), record) for record in _records(read, material)]
        }
        for name, decisions in own.items():
            said = _said(written.get(name, ()), decisions, text, iris.statement(""))
            if said or name in written:
                self._said[name] = said
        self._whole = {MACHINE, *written}
        self.coders = sorted({*self._said} - {MACHINE})

    def units(self, coders: Sequence[str]) -> list[Unit]:
        """The statements of the article, with what coders say of each."""
        units: list[Unit] = []
        for coder in (one for one in coders if one in self._said):
            said = self._said[coder]
            places = _same_places([spans for spans, _ in said], [unit.spans for unit in units])
            for number, (spans, record) in enumerate(said):
                if number not in places:
                    units.append(Unit(spans))
                units[places.get(number, -1)].records[coder] = record
        for unit in units:
            for coder in self._whole.intersection(coders):
                unit.records.setdefault(coder, None)
        return units


def _units(articles: Iterable[_Article], coders: Sequence[str]) -> list[Unit]:
    return [unit for article in articles for unit in article.units(coders)]


def _said(written: Iterable[Record], log: Sequence[Decision], text: str, statement: str) -> list[_Row]:
    """What one coder makes of an article in the end: each statement once, with its passage.

    What was decided on goes before what was written down. Whoever takes a statement of their own back says
    nothing of it any more.

    Args:
        written: The statements that the coder wrote down.
        log: The coder's decisions.
        text: The article's text.
        statement: Beginning of the IRIs of statements.
    """
    left = {statement + record["id"]: record for record in written}
    first: dict[str, Record] = {}
    for decision in log:
        if decision.is_verdict and decision.seen:
            first.setdefault(decision.target, decision.seen)
    found: list[_Row] = []
    for target, one in settled(log, statement).items():
        now = anchored(one.record, text) if one.record else None
        if one.record and now is None:
            continue  # its words are gone
        own = left.pop(target, None)
        if now is None and (own or one.new):
            continue
        before = own or (None if one.new else anchored(first[target], text))
        place = before or now
        if place is not None:
            found.append((_spans(place), now))
    kept = [spans for spans, record in found if record is not None]
    rest = [(_spans(record), record) for record in left.values()]
    again = _same_places([spans for spans, _ in rest], kept)
    return [*found, *(one for number, one in enumerate(rest) if number not in again)]


def _same_places(some: Sequence[Spans], others: Sequence[Spans]) -> dict[int, int]:
    """Which passages are the same as which others, by number, one with one, the most alike first."""
    alike = [
        (-share, number, place)
        for number, one in enumerate(some)
        for place, other in enumerate(others)
        if (share := overlap(one, other)) >= SAME_PLACE
    ]
    found: dict[int, int] = {}
    for _, number, place in sorted(alike):
        if number not in found and place not in found.values():
            found[number] = place
    return found


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

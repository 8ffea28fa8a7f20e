"""How far coders agree with each other and with the machine.

Statements are matched by their place in the article (`kg.review.coded`), for each two coders apart, so that
nobody else changes what is said of them. What is compared: whether a statement is one at all; which positions
it touches; where it stands on those that both see; and how far the passages overlap. A person who decided on
single statements says nothing about the others; one who wrote an article's statements down says with it that
there are no others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.build.coding import MACHINE
from kg.build.records import Record
from kg.build.terms import PROV, RDFS, node
from kg.model.errors import UsageError
from kg.review.alpha import nominal_alpha
from kg.review.cases import Field, article_iris, touched_articles
from kg.review.coded import CodedArticle, Unit, overlap, spans_of
from kg.review.utterances.agreeing import PairAgreement, pair_agreement
from kg.store.embedded import Store

NONE = "none"
"""No stance on a position."""


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
    articles = [CodedArticle(store, iri, material) for iri in article_iris(store) if iri in touched]
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


def _units(articles: Iterable[CodedArticle], coders: Sequence[str]) -> list[Unit]:
    return [unit for article in articles for unit in article.units(coders)]


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
        overlap(spans_of(one), spans_of(other))
        for records in present
        for one, other in combinations(records, 2)
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


__all__ = ["NONE", "Agreement", "Compared", "PositionAgreement", "agreement"]

"""What to look at first: what the machine is unsure of, what contradicts, what decides alone.

The weights are those of the canned query `review-next`: doubt (one less the confidence), 0.5 for a stance
that contradicts what the same actor says elsewhere on the same position, 0.3 for one that alone decides
where an official voice stands. A statement has the score of its best stance; one without a stance comes
after all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import QuerySolution, QuerySolutions

from kg.build.terms import ST
from kg.review.cases import ArticleCases, Case, article_iris
from kg.review.decisions import Desk
from kg.store.embedded import Store

UNSURE = 0.6
"""Confidence below which a stance is called uncertain."""
CONTRADICTION = 0.5
ALONE = 0.3
_NO_STANCE = 0.2
"""What the doubt about a statement without a stance weighs."""

_STANCES = """
SELECT ?statement ?actor ?position ?polarity ?utterance ?voice ?status ?confidence WHERE {
  ?stance a st:Stance ; st:statement ?statement ; st:actor ?actor ; st:position ?position ;
    st:polarity ?polarity ; st:utterance ?utterance ; st:voice ?voice ; st:status ?status .
  OPTIONAL { ?stance st:confidence ?confidence }
}
"""
_STATEMENTS = """
SELECT ?statement ?confidence WHERE {
  ?statement a st:Statement ; st:status st:candidate ; st:confidence ?confidence .
  FILTER NOT EXISTS { ?stance st:statement ?statement }
}
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of the queue.

    Attributes:
        iri: The statement.
        score: How much a look at it is worth.
        reasons: Why: `uncertain`, `contradictory`, `decides alone`.
        positions: IRIs of the positions that it is about.
    """

    iri: str
    score: float
    reasons: tuple[str, ...] = ()
    positions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Worth:
    """How much a look at statements is worth, in the whole graph."""

    entries: dict[str, Entry]

    def of(self, case: Case) -> Entry:
        """The entry of a case, made from its own doubt where the graph says nothing of it."""
        doubt = 1 - (case.confidence if case.confidence is not None else 1.0)
        return self.entries.get(case.iri) or Entry(case.iri, round(_NO_STANCE * doubt, 4))


def worth(store: Store) -> Worth:
    """How much a look at each statement is worth, by what is in force."""
    rows = [
        {name: solution[name] for name in ("statement", "actor", "position", "polarity", "utterance")}
        | {name: solution[name] for name in ("voice", "status", "confidence")}
        for solution in _solutions(store, _STANCES)
    ]
    said: dict[tuple[object, object], dict[object, set[object]]] = {}
    for row in rows:
        about = said.setdefault((row["actor"], row["position"]), {})
        about.setdefault(row["polarity"], set()).add(row["utterance"])
    found: dict[str, Entry] = {}
    for row in rows:
        about = said[row["actor"], row["position"]]
        polar = {one for one in about if one != ST.neutral}
        against = row["polarity"] != ST.neutral and len(polar) > 1
        alone = len(set().union(*about.values())) == 1 and row["voice"] == ST.official
        confidence = float(row["confidence"].value) if row["confidence"] is not None else 1.0
        reasons = {
            "uncertain": confidence < UNSURE,
            "contradictory": against,
            "decides alone": alone,
        }
        score = 1 - confidence + CONTRADICTION * against + ALONE * alone
        iri, before = row["statement"].value, found.get(row["statement"].value)
        positions = frozenset([row["position"].value]) | (before.positions if before else frozenset())
        why = tuple(name for name, holds in reasons.items() if holds)
        if before and before.score >= score:
            score, why = before.score, before.reasons
        found[iri] = Entry(iri, round(score, 4), why, positions)
    for solution in _solutions(store, _STATEMENTS):
        iri = solution["statement"].value
        doubt = 1 - float(solution["confidence"].value)
        found[iri] = Entry(iri, round(_NO_STANCE * doubt, 4))
    return Worth(found)


def _solutions(store: Store, text: str) -> Iterator[QuerySolution]:
    """The solutions of a query of our own."""
    answer = store.query(text, check=False)
    assert isinstance(answer, QuerySolutions)  # noqa: S101 - it is a SELECT
    return iter(answer)


@dataclass(frozen=True, slots=True)
class Item:
    """A case of the queue with its entry."""

    case: Case
    entry: Entry


def queue(
    desk: Desk,
    *,
    article: str | None = None,
    position: str | None = None,
    everything: bool = False,
    disputed: bool = False,
    in_order_of_text: bool = False,
) -> list[Item]:
    """The cases that wait for a person, what is most worth a look first.

    Args:
        desk: Whose queue.
        article: IRI of the only article to look at.
        position: IRI of the only position to look at.
        everything: Also what was decided or struck out.
        disputed: Only what coders decided differently on, for adjudication.
        in_order_of_text: As they stand in the articles instead.
    """
    from kg.review.disputes import is_disputed

    with desk.reading() as store:
        values = worth(store)
        iris = [article] if article else article_iris(store)
    items: list[Item] = []
    for iri in iris:
        found = desk.article(iri)
        for case in _waiting(found, everything or disputed):
            entry = values.of(case)
            if position is not None and position not in entry.positions:
                continue
            if disputed and not is_disputed(case.history):
                continue
            items.append(Item(case, entry))
    if in_order_of_text:
        return items
    return sorted(items, key=lambda item: (-item.entry.score, item.case.iri))


def _waiting(found: ArticleCases, everything: bool) -> Iterable[Case]:
    return (case for case in found.cases.values() if everything or case.status == "candidate")


__all__ = ["ALONE", "CONTRADICTION", "UNSURE", "Entry", "Item", "Worth", "queue", "worth"]

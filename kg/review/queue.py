"""What to look at first: what the machine is unsure of, what contradicts, what decides alone.

The weights are those of the canned query `review-next`: doubt (one less the confidence), 0.5 for a stance
that contradicts what the same actor says elsewhere on the same position, 0.3 for one that alone decides
where an official voice stands. A statement has the score of its best stance; one without a stance comes
after all others.

The queue is read off the derived graph. Articles are opened only where it does not tell what a person sees:
for who codes blindly, for what was struck out, and for what coders decided differently. What a look is worth
to who codes blindly follows from what this person sees alone, so that neither the order nor a reason tells
what others decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import QuerySolution, QuerySolutions

from kg.build.local import local_part
from kg.build.nodes import Nodes
from kg.build.records import Record
from kg.build.stances import StanceFacts
from kg.build.terms import ST
from kg.review.cases import Case, Field, article_iris, touched_articles
from kg.review.coded import CodedArticle
from kg.review.decisions import Desk
from kg.review.disputes import disputed
from kg.store.embedded import Store

UNSURE = 0.6
"""Confidence below which a stance is called uncertain."""
CONTRADICTION = 0.5
ALONE = 0.3
_NO_STANCE = 0.2
"""What the doubt about a statement without a stance weighs."""

_STANCES = """
SELECT ?statement ?actor ?position ?polarity ?utterance ?voice ?confidence ?condition WHERE {
  ?stance a st:Stance ; st:statement ?statement ; st:actor ?actor ; st:position ?position ;
    st:polarity ?polarity ; st:utterance ?utterance ; st:voice ?voice .
  OPTIONAL { ?stance st:confidence ?confidence }
  OPTIONAL { ?stance st:condition ?condition }
}
"""
_BELONGING = """
SELECT ?statement ?actor WHERE {
  { ?stance st:statement ?statement ; st:belongsTo ?actor } UNION
  { ?statement st:jointSpeaker|st:onBehalfOf ?actor }
}
"""
_STATEMENTS = """
SELECT ?statement ?status ?confidence ?article ?file ?outlet ?speaker ?name ?said ?claim WHERE {
  ?statement a st:Statement ; st:status ?status ; st:source ?article ; st:speaker ?speaker .
  ?article st:fileName ?file . ?speaker rdfs:label ?name . ?statement st:claim/rdfs:label ?claim .
  OPTIONAL { ?statement st:confidence ?confidence }
  OPTIONAL { ?statement st:outlet ?outlet }
  OPTIONAL { ?statement st:said ?said }
}
"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which statements a person wants to look at; None for all.

    Attributes:
        article: IRI of the only article; its statements come in the order of the text.
        outlet: IRI of the only outlet.
        actor: IRI of the only speaker or holder, with all that belongs to it.
        position: IRI of the only position.
        everything: Also what was decided or struck out.
        disputed: Only what coders decided differently on, for adjudication; in the order of the text too.
    """

    article: str | None = None
    outlet: str | None = None
    actor: str | None = None
    position: str | None = None
    everything: bool = False
    disputed: bool = False

    def takes(self, entry: Entry) -> bool:
        """Whether a statement is among them, as far as its article, outlet, actors and positions tell."""
        return (
            self.article in (None, entry.article)
            and self.outlet in (None, entry.outlet)
            and (self.actor is None or self.actor in entry.actors)
            and (self.position is None or self.position in entry.about)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of the queue.

    Attributes:
        iri: The statement.
        score: How much a look at it is worth.
        reasons: Why: `uncertain`, `contradictory`, `decides alone`.
        status: `candidate`, `reviewed` or `rejected`.
        article: IRI of its article.
        file: Name of the article's file.
        outlet: IRI of the outlet; empty for an unknown one.
        actor: `id` and `label` of the speaker; None for nobody.
        said: EDTF date; None for unknown.
        claim: The claim in its normalised words.
        positions: `position` (slug), `stance` and `condition` of each stance.
        actors: IRIs of the speakers and holders and of all whom they belong to.
        about: IRIs of the positions.
        confidence: How sure the machine is of its least sure stance, or of the statement.
    """

    iri: str
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    status: str = "candidate"
    article: str = ""
    file: str = ""
    outlet: str = ""
    actor: Record | None = None
    said: str | None = None
    claim: str = ""
    positions: tuple[Record, ...] = ()
    actors: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    confidence: float | None = None


def queue(desk: Desk, wanted: Selection | None = None) -> list[Entry]:
    """The statements that wait for a person, what is most worth a look first.

    Args:
        desk: Whose queue.
        wanted: Which of them.
    """
    chosen = wanted or Selection()
    with desk.reading() as store:
        entries = worth(store, desk.material, desk.coder.sees)
        touched = touched_articles(store, desk.material.iris)
        order = article_iris(store)
        coded = {
            iri: CodedArticle(store, iri, desk.material)
            for iri in (order if chosen.disputed else ())
            if iri in touched and chosen.article in (None, iri)
        }
    sees_all = desk.coder.sees is None
    if chosen.disputed:
        opened = {iri for iri, one in coded.items() if len(one.coders) > 1 or chosen.article is not None}
        entries = {}
    elif chosen.article is not None:
        opened = {chosen.article}
    elif chosen.everything or not sees_all:
        opened = set(touched)
    else:
        opened = set()
    found = [one for one in entries.values() if one.article not in opened]
    for iri in (one for one in order if one in opened):
        cases = desk.article(iri).cases
        shown = disputed(coded[iri], cases) if chosen.disputed else set(cases)
        for case in cases.values():
            if case.iri in shown:
                found.append(_of_case(case, iri, entries.get(case.iri), desk.material))
    waiting = [
        one
        for one in found
        if chosen.takes(one) and (chosen.everything or chosen.disputed or one.status == "candidate")
    ]
    if chosen.article is not None or chosen.disputed:
        return waiting
    return sorted(waiting, key=lambda one: (-one.score, one.iri))


def _of_case(case: Case, article: str, known: Entry | None, material: Field) -> Entry:
    """The entry of a case as a person sees it, with what a look at it is worth."""
    record = case.record
    doubt = 1 - (case.confidence if case.confidence is not None else 1.0)
    base = known or Entry(case.iri, round(_NO_STANCE * doubt, 4))
    actors = [record["actor"], record["on_behalf_of"], *record["joint"]]
    slugs = material.codebook.position_by_slug
    about = [slugs[one["position"]].id for one in record["positions"] if one["position"] in slugs]
    outlet = case.article.publisher
    return replace(
        base,
        status=case.status,
        article=article,
        file=case.article.name,
        outlet=material.iris.outlet(outlet) if outlet else "",
        actor={name: record["actor"][name] for name in ("id", "label")} if record["actor"] else None,
        said=record["said"],
        claim=record["claim"],
        positions=tuple(
            {name: one.get(name) for name in ("position", "stance", "condition")}
            for one in sorted(record["positions"], key=lambda one: str(one["position"]))
        ),
        actors=base.actors | {actor["id"] for actor in actors if actor},
        about=base.about | frozenset(about),
    )


def worth(store: Store, material: Field, coder: str | None = None) -> dict[str, Entry]:
    """How much a look at each statement is worth, by IRI.

    Args:
        store: The graph.
        material: Register, codebook and names.
        coder: Who is not to see what others decided; None for what is in force. To such a person each
            statement is an utterance of its own, for others may have put some together.
    """
    slugs = {one.id: one.slug for one in material.codebook.positions}
    entries = {entry.iri: entry for entry in _statements(store)}
    rows = list(_rows(store, _STANCES, "statement actor position polarity utterance voice"))
    belonging = [(row["statement"], row["actor"]) for row in _rows(store, _BELONGING, "statement actor")]
    if coder is not None:
        touched = touched_articles(store, material.iris)
        entries = {iri: entry for iri, entry in entries.items() if entry.article not in touched}
        rows = [row for row in rows if row["statement"] in entries]
        belonging = [(statement, actor) for statement, actor in belonging if statement in entries]
        facts = StanceFacts(material.register, material.codebook)
        for article in sorted(touched):
            found = material.effective(store.view, article.rsplit("/", 1)[-1], coder)
            if found is not None:
                nodes = Nodes(local_part(found, facts, material.iris).quads)
                entries.update((entry.iri, entry) for entry in _statements_seen(nodes, article))
                rows += _stances_seen(nodes)
                belonging += _belonging_seen(nodes)
        rows = [{**row, "utterance": row["statement"]} for row in rows]
    said: dict[tuple[str, str], dict[str, set[str]]] = {}
    for row in rows:
        about = said.setdefault((row["actor"], row["position"]), {})
        about.setdefault(row["polarity"], set()).add(row["utterance"])
    actors: dict[str, set[str]] = {}
    for statement, actor in belonging:
        actors.setdefault(statement, set()).add(actor)
    best: dict[str, tuple[float, tuple[str, ...]]] = {}
    stances: dict[str, dict[str, Record]] = {}
    for row in rows:
        iri, about = row["statement"], said[row["actor"], row["position"]]
        polar = {one for one in about if one != ST.neutral.value}
        confidence = float(row["confidence"]) if row["confidence"] else 1.0
        reasons = {
            "uncertain": confidence < UNSURE,
            "contradictory": row["polarity"] != ST.neutral.value and len(polar) > 1,
            "decides alone": len(set().union(*about.values())) == 1 and row["voice"] == ST.official.value,
        }
        score = 1 - confidence + CONTRADICTION * reasons["contradictory"] + ALONE * reasons["decides alone"]
        if iri not in best or best[iri][0] < score:
            best[iri] = score, tuple(name for name, holds in reasons.items() if holds)
        actors.setdefault(iri, set()).add(row["actor"])
        stances.setdefault(iri, {})[row["position"]] = {
            "position": slugs.get(row["position"], row["position"]),
            "stance": row["polarity"].rsplit("#", 1)[-1],
            "condition": row["condition"],
        }
    for iri, entry in entries.items():
        doubt = 1 - (entry.confidence if entry.confidence is not None else 1.0)
        score, why = best.get(iri, (_NO_STANCE * doubt, ()))
        mine = stances.get(iri, {})
        entries[iri] = replace(
            entry,
            score=round(score, 4),
            reasons=why,
            positions=tuple(sorted(mine.values(), key=lambda one: str(one["position"]))),
            actors=entry.actors | actors.get(iri, set()),
            about=frozenset(mine),
        )
    return entries


def _statements(store: Store) -> Iterator[Entry]:
    for row in _rows(store, _STATEMENTS, "statement status article file speaker name claim"):
        yield Entry(
            row["statement"],
            status=row["status"].rsplit("#", 1)[-1],
            article=row["article"],
            file=row["file"],
            outlet=row["outlet"] or "",
            actor={"id": row["speaker"], "label": row["name"]},
            said=row["said"],
            claim=row["claim"],
            actors=frozenset([row["speaker"]]),
            confidence=float(row["confidence"]) if row["confidence"] else None,
        )


def _statements_seen(nodes: Nodes, article: str) -> Iterator[Entry]:
    """The statements of an article as one person sees it, as far as they are not told by their cases."""
    for statement in nodes.instances(ST.Statement):
        speaker, confidence = nodes.node(statement, ST.speaker), nodes.text(statement, ST.confidence)
        yield Entry(
            statement.value,
            article=article,
            actors=frozenset([speaker.value] if speaker else []),
            confidence=float(confidence) if confidence else None,
        )


def _belonging_seen(nodes: Nodes) -> Iterator[tuple[str, str]]:
    """Statements and actors of an article as one person sees it, as `_BELONGING` has those in force."""
    for statement in nodes.instances(ST.Statement):
        for actor in nodes.nodes(statement, ST.jointSpeaker, ST.onBehalfOf):
            yield statement.value, actor.value
    for stance in nodes.instances(ST.Stance):
        for above in nodes.nodes(stance, ST.belongsTo):
            for about in nodes.nodes(stance, ST.statement):
                yield about.value, above.value


def _stances_seen(nodes: Nodes) -> Iterator[dict[str, Any]]:
    """The stances of an article as one person sees it, as `_STANCES` has those in force."""
    for stance in nodes.instances(ST.Stance):
        row: dict[str, Any] = {}
        for name in ("statement", "actor", "position", "polarity", "voice"):
            value = nodes.node(stance, getattr(ST, name))
            row[name] = value.value if value else None
        if all(row.values()):
            yield row | {name: nodes.text(stance, getattr(ST, name)) for name in ("confidence", "condition")}


def _rows(store: Store, text: str, always: str) -> Iterator[dict[str, Any]]:
    """The solutions of a query of our own as text by variable; optional ones are None where unbound."""
    answer = store.query(text, check=False)
    assert isinstance(answer, QuerySolutions)  # noqa: S101 - it is a SELECT
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        row = {name: _text(solution, name) for name in names}
        if all(row[name] is not None for name in always.split()):
            yield row


def _text(solution: QuerySolution, name: str) -> str | None:
    value = solution[name]
    return None if value is None else value.value


def entries_of(iris: Iterable[str]) -> list[Entry]:
    """Bare entries of statements that were chosen otherwise, in their order."""
    return [Entry(iri) for iri in iris]


__all__ = ["ALONE", "CONTRADICTION", "UNSURE", "Entry", "Selection", "entries_of", "queue", "worth"]

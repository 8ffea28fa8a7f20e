"""Dividing the statements of a position that is split: by the coder where it is sure, else by a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import NamedNode

from kg.build.article_graph import article_of
from kg.build.current import Deriver
from kg.build.decisions import whole_log
from kg.build.effective import Effective
from kg.build.records import Record, Recorder, key_of, statement_of
from kg.build.terms import ST, node
from kg.ingest.tables import read_table
from kg.model.codebook import Assigned, Codebook, FormerPosition, Position
from kg.model.errors import InputError, UsageError
from kg.model.iris import Iris
from kg.model.register import Register
from kg.model.statement import POLARITIES
from kg.stance.coder import Coder
from kg.store.embedded import Store

_NONE = "-"
"""What a table has in place of a position for a statement that is about none of the parts."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A statement on a position that was split, for a person to look at.

    Attributes:
        statement: Identifier of the statement.
        article: Name of its article.
        actor: Who said it.
        date: When, if known.
        claim: What was said.
        position: Slug of the position that was split.
        stance: Where the statement stands on it.
        by_person: Whether a person wrote it down or confirmed it.
        divided: The parts that the machine chose; none where it was not sure.
    """

    statement: str
    article: str
    actor: str
    date: str | None
    claim: str
    position: str
    stance: str
    by_person: bool
    divided: tuple[str, ...] = ()


@dataclass(frozen=True)
class Divided:
    """How the statements of a split position were divided.

    Attributes:
        assigned: Parts that the machine chose, by identifiers of statements.
        look: Statements that wait for a person: those that the machine could not divide, and those of people
            that it did divide.
        given: Number of statements that a person divided.
    """

    assigned: Mapping[str, tuple[Assigned, ...]] = field(default_factory=dict)
    look: tuple[Waiting, ...] = ()
    given: int = 0


def divide_by_machine(
    store: Store,
    register: Register,
    codebook: Codebook,
    iris: Iris,
    position: Position,
    parts: Sequence[Position],
    given: Mapping[str, tuple[Assigned, ...]],
    machine: bool = True,
) -> Divided:
    """Read the statements on a position again with its parts alone.

    A statement gets the parts that the coder finds in it; it keeps the side that it had. Where the coder
    finds no part, or the other side, it waits for a person.

    Args:
        store: The graph, with the position in force.
        register: Known actors.
        codebook: The codebook as it is.
        iris: Names of the graphs.
        position: The position that is split.
        parts: What it becomes.
        given: Statements that a person divided; they are not read again.
        machine: Whether to read at all; if not, all others wait.

    Raises:
        UsageError: A person divided what is no statement on the position.
    """
    coder = Coder(Codebook((), tuple(parts)))
    assigned: dict[str, tuple[Assigned, ...]] = {}
    look: list[Waiting] = []
    seen: set[str] = set()
    deriver = Deriver(register, codebook, iris)
    for article in _articles_on(store, position):
        found = deriver.effective(store.view, article.rsplit("/", 1)[-1])
        if found is None:
            continue
        text = article_of(found.article, found.read)
        waiting_, records = [], []
        for record, by_person in _on(found, register, codebook, position.slug):
            seen.add(record["id"])
            if record["id"] not in given:
                waiting_.append(_waiting(record, text.name, position.slug, by_person))
                records.append(record)
        read = [statement_of(record, text.name, codebook) for record in records]
        coded = coder.code(read, text) if machine and read else read
        for one, statement in zip(waiting_, coded, strict=True):
            chosen = list(statement.positions) if machine else []
            sides = {stance.stance for stance in chosen} - {"neutral"}
            if not chosen or (one.stance != "neutral" and sides - {one.stance}):
                look.append(one)
                continue
            assigned[one.statement] = tuple(Assigned(stance.position, None, True) for stance in chosen)
            if one.by_person:
                look.append(replace(one, divided=tuple(stance.position for stance in chosen)))
    refuse_unknown(given, seen, position.slug)
    return Divided(assigned, tuple(look), len(given))


def refuse_unknown(given: Iterable[str], known: Collection[str], slug: str) -> None:
    """Refuse to divide what is no statement on a position.

    Raises:
        UsageError: One of the identifiers is not known.
    """
    unknown = [one for one in given if one not in known]
    if unknown:
        number = len(unknown) - 1
        more = f", nor {'is' if number == 1 else 'are'} {number} more" if number else ""
        raise UsageError(
            f"'{unknown[0]}' is no statement on {slug}{more}",
            hint="'kg codebook waiting' lists those that wait",
        )


def waiting(store: Store, register: Register, codebook: Codebook, iris: Iris) -> list[Waiting]:
    """Statements on split positions that wait for a person.

    Those without a part, and those of people that a machine divided and nobody confirmed.

    Args:
        store: The graph.
        register: Known actors.
        codebook: The codebook with its history.
        iris: Names of the graphs.
    """
    found: list[Waiting] = []
    for former, record, name, by_person in _on_split(store, register, codebook, iris):
        parts = former.parts_of(record["id"])
        machine = bool(parts) and all(part.by_machine for part in parts or ())
        if parts is None or (machine and by_person):
            one = _waiting(record, name, former.position.slug, by_person)
            found.append(replace(one, divided=tuple(part.position for part in parts or ())))
    return found


def statements_on_split(
    store: Store, register: Register, codebook: Codebook, iris: Iris, slug: str
) -> set[str]:
    """Identifiers of the statements on a position that was split.

    Args:
        store: The graph.
        register: Known actors.
        codebook: The codebook with its history.
        iris: Names of the graphs.
        slug: Slug of the position.
    """
    return {
        record["id"]
        for former, record, _, _ in _on_split(store, register, codebook, iris)
        if former.position.slug == slug
    }


def _on_split(
    store: Store, register: Register, codebook: Codebook, iris: Iris
) -> Iterator[tuple[FormerPosition, Record, str, bool]]:
    """Statements on split positions, with their articles' names and whether they are a person's."""
    split_ = {one.position.slug: one for one in codebook.former if len(one.becomes) > 1}
    if not split_:
        return
    # As they would be with the former positions in force.
    still = tuple(one.position for one in split_.values())
    others = tuple(one for one in codebook.former if one.position.slug not in split_)
    material = Codebook(codebook.topics, (*codebook.positions, *still), others)
    deriver = Deriver(register, material, iris)
    articles = {article for one in split_.values() for article in _articles_with(store, one.position)}
    articles |= {
        decision.article
        for decision in whole_log(store.view, iris)
        for record in decision.becomes
        if any(position["position"] in split_ for position in record["positions"])
    }
    for article in sorted(articles):
        effective = deriver.effective(store.view, article.rsplit("/", 1)[-1])
        if effective is None:
            continue
        name = article_of(effective.article, effective.read).name
        for slug, former in split_.items():
            for record, by_person in _on(effective, register, material, slug):
                yield former, record, name, by_person


def read_mapping(path: Path) -> dict[str, tuple[Assigned, ...]]:
    """Which parts statements are about, from a CSV table `statement,position,stance`; the last may be empty.

    A statement is named by its identifier or IRI; one about several parts has a row for each, one about none
    of them a row with "-". Rows without a position are left out: their statements go on waiting.

    Raises:
        InputError: The table cannot be read, no row has a position, a row has no statement or a wrong stance.
    """
    found: dict[str, tuple[Assigned, ...]] = {}
    for row in read_table(path, ["statement", "position"]):
        statement, position, stance = key_of(row["statement"]), row["position"], row["stance"]
        if not statement:
            raise InputError("a row names no statement", where=row.where)
        if not position:
            continue
        if stance and stance not in POLARITIES:
            raise InputError(f"'{stance}' is no stance", where=row.where, hint="use " + ", ".join(POLARITIES))
        before = found.get(statement, ())
        if (position == _NONE and statement in found) or (statement in found and not before):
            raise InputError(f"{statement} is about none of the parts, and about one", where=row.where)
        if position == _NONE:
            found[statement] = ()
            continue
        if any(one.position == position for one in before):
            raise InputError(f"{statement} has {position} twice", where=row.where)
        found[statement] = (*before, Assigned(position, stance or None))
    if not found:
        raise InputError(
            "no row says which position a statement is about",
            where=path,
            hint="fill in the column position",
        )
    return found


def _articles_on(store: Store, position: Position) -> list[str]:
    graph = node(store.iris.current_graph)
    return sorted(
        {
            source.object.value
            for quad in store.view.quads_for_pattern(None, ST.position, node(position.id), graph)
            for source in store.view.quads_for_pattern(quad.subject, ST.source, None, graph)
            if isinstance(source.object, NamedNode)
        }
    )


def _articles_with(store: Store, position: Position) -> set[str]:
    """Articles of which any graph has a stance on a position."""
    return {
        source.object.value
        for quad in store.view.quads_for_pattern(None, ST.position, node(position.id), None)
        for source in store.view.quads_for_pattern(quad.subject, ST.source, None, quad.graph_name)
        if isinstance(source.object, NamedNode)
    }


def _on(found: Effective, register: Register, codebook: Codebook, slug: str) -> list[tuple[Record, bool]]:
    """Records of the statements of an article on a position, and whether a person wrote or confirmed them."""
    recorders: dict[int, Recorder] = {}
    result = []
    for statement, nodes in found.statements.items():
        recorder = recorders.setdefault(id(nodes), Recorder(nodes, register, codebook))
        record = recorder.record(statement)
        if any(one["position"] == slug for one in record["positions"]):
            result.append((record, found.status[statement] == ST.reviewed))
    return sorted(result, key=lambda pair: (pair[0]["content"][0]["start"], pair[0]["id"]))


def _waiting(record: Record, article: str, slug: str, by_person: bool) -> Waiting:
    stance = next(one["stance"] for one in record["positions"] if one["position"] == slug)
    actor = (record["actor"] or {}).get("label") or "(not named)"
    return Waiting(record["id"], article, actor, record["said"], record["claim"], slug, stance, by_person)


__all__ = [
    "Divided",
    "Waiting",
    "divide_by_machine",
    "read_mapping",
    "refuse_unknown",
    "statements_on_split",
    "waiting",
]

"""Registers: reads the user's actors, their names and their dated offices from CSV or Turtle.

The CSV has a row for each office or membership (`name,kind,aliases,member_of,office,from,until,wikidata` and,
if wanted, `voice`); rows with the same name are one actor. The Turtle has the shape of the register graph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.ingest.register_turtle import actors_of_turtle
from kg.ingest.tables import Row, read_table
from kg.ingest.turtle import find_loop, is_turtle, read_turtle
from kg.ingest.voices import usual_voice
from kg.model.dates import bounds
from kg.model.errors import InputError
from kg.model.iris import Iris, slug
from kg.model.register import Actor, Membership, Register, RegisteredKind, Voice

_KINDS: dict[str, RegisteredKind] = {
    "person": "person",
    "people": "person",
    "individual": "person",
    "organization": "organization",
    "organisation": "organization",
    "org": "organization",
    "institution": "organization",
    "state": "state",
    "country": "state",
    "nation": "state",
}
_VOICES: dict[str, Voice] = {"official": "official", "other": "other", "unofficial": "other"}
_NO_DATE = {"", "..", "-", "–", "—", "open", "now", "present", "today"}
_WIKIDATA = re.compile(
    r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/|wd:)?(Q[1-9]\d*)", re.IGNORECASE
)


def read_register(path: Path, iris: Iris) -> Register:
    """Read a register from CSV, or from Turtle where the file's name ends in `.ttl` or `.nt`.

    What is named only in `member_of` becomes an organisation of its own. Without a `voice`, who speaks for
    whom is taken from offices and names (`kg.ingest.voices`).

    Args:
        path: The file.
        iris: Makes the IRIs of actors; actors of a Turtle file keep theirs.

    Raises:
        InputError: The file cannot be read; a column, name or kind is missing or unknown; a date is wrong; a
            membership stands there twice with different dates, or memberships run in a circle.
    """
    if is_turtle(path):
        actors = actors_of_turtle(read_turtle(path, iris.base))
    else:
        actors = _actors_of_rows(read_table(path, ["name", "kind"]), iris)
    if not actors:
        raise InputError("the register names no actor", where=path, hint="add a row for each actor")
    _refuse_loops(actors, path)
    return Register(tuple(actors))


@dataclass(slots=True)
class _Draft:
    """An actor while its rows are being read."""

    name: str
    where: str
    kind: RegisteredKind | None = None
    aliases: dict[str, None] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    wikidata: str | None = None
    own_offices: dict[str, None] = field(default_factory=dict)


def _actors_of_rows(rows: list[Row], iris: Iris) -> list[Actor]:
    drafts: dict[str, _Draft] = {}
    for row in rows:
        _add_row(drafts, row)
    for draft in drafts.values():
        if draft.kind is None:
            raise InputError(
                f"{draft.name} has no kind", where=draft.where, hint="write person, organization or state"
            )
    names = _Names(drafts)
    memberships = {key: _memberships(draft, names, iris) for key, draft in list(drafts.items())}
    return [
        Actor(
            id=iris.actor(draft.name),
            name=draft.name,
            kind=draft.kind or "organization",
            aliases=tuple(alias for alias in draft.aliases if alias != draft.name),
            memberships=memberships.get(key, ()),
            wikidata=draft.wikidata,
            own_office=", ".join(draft.own_offices) or None,
        )
        for key, draft in drafts.items()
    ]


def _add_row(drafts: dict[str, _Draft], row: Row) -> None:
    name = " ".join(row["name"].split())
    key = slug(name)
    if not name or key == "unnamed":
        raise InputError("the actor has no name", where=row.where)
    draft = drafts.setdefault(key, _Draft(name, row.where))
    if name != draft.name:
        draft.aliases[name] = None
    kind = _kind(row)
    if kind and draft.kind and kind != draft.kind:
        raise InputError(
            f"{name} is {kind} here and {draft.kind} in another row",
            where=row.where,
            hint="give two actors two names",
        )
    draft.kind = draft.kind or kind
    draft.aliases.update(dict.fromkeys(row.several("aliases")))
    wikidata = _wikidata(row)
    if wikidata and draft.wikidata and wikidata != draft.wikidata:
        raise InputError(
            f"{name} is {wikidata} here and {draft.wikidata} in another row",
            where=row.where,
            hint="give two actors two names",
        )
    draft.wikidata = draft.wikidata or wikidata
    if row["member_of"]:
        draft.rows.append(row)
    elif row["office"]:
        draft.own_offices[row["office"]] = None
    _dates(row)


def _kind(row: Row) -> RegisteredKind | None:
    text = row["kind"].casefold()
    if text and text not in _KINDS:
        raise InputError(
            f"'{row['kind']}' is no kind of actor",
            where=row.where,
            hint="write person, organization or state",
        )
    return _KINDS[text] if text else None


def _wikidata(row: Row) -> str | None:
    text = row["wikidata"]
    if not text:
        return None
    match = _WIKIDATA.fullmatch(text)
    if not match:
        raise InputError(f"'{text}' is no Wikidata identifier", where=row.where, hint="write one like Q42")
    return match[1].upper()


def _dates(row: Row) -> tuple[str | None, str | None]:
    """The cells `from` and `until`, checked."""
    found: list[str | None] = []
    for column in ("from", "until"):
        text = row[column]
        if text.casefold() in _NO_DATE:
            found.append(None)
            continue
        try:
            bounds(text)
        except InputError as error:
            raise InputError(f"{column}: {error.what}", where=row.where, hint=error.hint) from error
        found.append(text)
    since, until = found
    if since and until:
        first, last = bounds(since).earliest, bounds(until).latest
        if first and last and last < first:
            raise InputError(f"{row['name']} ends ({until}) before it begins ({since})", where=row.where)
    return since, until


class _Names:
    """Finds the actors that `member_of` names: by name, then by alias, then without regard to case."""

    def __init__(self, drafts: dict[str, _Draft]) -> None:
        self._drafts = drafts
        self._by_alias: dict[str, list[str]] = {}
        for key, draft in drafts.items():
            for name in (draft.name, *draft.aliases):
                keys = self._by_alias.setdefault(name.casefold(), [])
                if key not in keys and draft.kind != "person":
                    keys.append(key)

    def find(self, name: str, row: Row) -> _Draft:
        """The draft of that name; makes an organisation where nobody has it.

        Raises:
            InputError: It names a person, or several actors.
        """
        key = slug(name)
        draft = self._drafts.get(key)
        if draft is None:
            keys = self._by_alias.get(name.casefold(), [])
            if len(keys) > 1:
                several = ", ".join(self._drafts[other].name for other in keys)
                raise InputError(
                    f"member_of '{name}' can be {several}", where=row.where, hint="write the whole name"
                )
            draft = self._drafts[keys[0]] if keys else None
        if draft is None:
            draft = self._drafts[key] = _Draft(name, row.where, "organization")
        if draft.kind == "person":
            raise InputError(
                f"member_of names the person {draft.name}",
                where=row.where,
                hint="write the organisation or state and put the person's name in the office",
            )
        return draft


def _memberships(draft: _Draft, names: _Names, iris: Iris) -> tuple[Membership, ...]:
    found: dict[str, Membership] = {}
    for row in draft.rows:
        since, until = _dates(row)
        for name in row.several("member_of"):
            group = names.find(name, row)
            if group is draft:
                raise InputError(f"{draft.name} is a member of itself", where=row.where)
            office = " ".join(row["office"].split()) or None
            voice = _voice(row) or usual_voice(
                draft.kind or "organization",
                (draft.name, *draft.aliases),
                office,
                group.kind or "organization",
                (group.name, *group.aliases),
            )
            new = Membership(iris.actor(group.name), office, since, until, voice)
            key = iris.membership(iris.actor(draft.name), new.organization, office, since)
            old = found.setdefault(key, new)
            if replace(old, voice=new.voice) != new or (row["voice"] and old.voice != new.voice):
                raise InputError(
                    f"{draft.name} has the same office twice with different ends",
                    where=row.where,
                    hint="keep one of the rows or give them different dates in 'from'",
                )
    return tuple(found.values())


def _voice(row: Row) -> Voice | None:
    text = row["voice"].casefold()
    if text and text not in _VOICES:
        raise InputError(f"'{row['voice']}' is no voice", where=row.where, hint="write official or other")
    return _VOICES[text] if text else None


def _refuse_loops(actors: list[Actor], path: Path) -> None:
    edges = {actor.id: [m.organization for m in actor.memberships] for actor in actors}
    loop = find_loop(dict(edges))
    if loop:
        names = {actor.id: actor.name for actor in actors}
        way = " → ".join(names.get(iri, iri) for iri in loop)
        raise InputError(f"memberships run in a circle: {way}", where=path, hint="take one of them out")


__all__ = ["read_register"]

"""Statements from any hand or tool, tied to an article, a register and a codebook.

A line gives words and names; offsets and identifiers are welcome and checked. What the line leaves open is
taken from the article and the register, never made up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from kg.build.actors import folded, names_of
from kg.build.newcomer_kinds import NewcomerKinds
from kg.build.placing import Placer
from kg.build.terms import shortened
from kg.link.affiliation import affiliation_on, office_label
from kg.link.countries import state_names
from kg.link.group_finder import is_outlet_name
from kg.link.index import RegisterIndex
from kg.link.newcomers import house_reference
from kg.model.article import Article
from kg.model.attribution import Span
from kg.model.codebook import Codebook
from kg.model.dates import bounds
from kg.model.errors import InputError
from kg.model.iris import Iris, statement_key
from kg.model.register import Actor, Register
from kg.model.statement import ActorKind, ActorReference, LoadedStatement, PositionStance, Statement

_NEAR = 0.85
"""Likeness of two names from which one is taken for a slip of the other."""


def resolve_loaded(
    lines: Sequence[LoadedStatement],
    article: Article,
    register: Register,
    codebook: Codebook,
    iris: Iris,
    *,
    where: Sequence[str] | None = None,
    kinds: NewcomerKinds | None = None,
) -> list[Statement]:
    """Tie loaded statements of one article to its text, the register and the codebook.

    Spans are found by their words where offsets are missing (the first place that no earlier line took, near
    the other spans of the statement), also where white space, quotation marks or dashes differ. Names are
    looked up in the register; a name in brackets is an unnamed source; another name becomes an actor of its
    own unless it is a slip of a known one, and a state or organisation speaks for itself. Office and
    affiliation are those of the day by the register where the line is silent.

    Args:
        lines: Statements of this article.
        article: The article.
        register: Known actors.
        codebook: Known positions.
        iris: Makes the IRIs.
        where: File and line of each statement, for messages; the article's name without it.
        kinds: What sort of actors those are whom the register lacks; from these lines alone without it.

    Returns:
        Statements in the order of the lines; their identifiers come from their spans.

    Raises:
        InputError: Words do not stand in the article or at the offsets given; a position or actor is
            unknown and looks like a slip; two lines have the same words and source; something was said after
            its article was printed; `reports` or `reported_in` names no line, or a statement reports itself.
    """
    places = list(where or [article.name] * len(lines))
    resolver = _Resolver(article, register, codebook, iris, kinds or NewcomerKinds(lines))
    found = [resolver.statement(line, place) for line, place in zip(lines, places, strict=True)]
    return _wired(lines, found, places)


def _wired(lines: Sequence[LoadedStatement], found: list[Statement], places: list[str]) -> list[Statement]:
    """Let `reports` and `reported_in` name the final identifiers; identical lines count once."""
    keys = {line.id: statement.id for line, statement in zip(lines, found, strict=True) if line.id}
    final: dict[str, Statement] = {}
    for line, statement, place in zip(lines, found, places, strict=True):
        wired = replace(
            statement,
            reports=_final(keys, "reports", line.reports, place),
            reported_in=_final(keys, "reported_in", line.reported_in, place),
        )
        earlier = final.setdefault(wired.id, wired)
        if earlier != wired:
            raise InputError(
                f"two statements have the words '{shortened(wired.content[0].text, 60)}' and the same source",
                where=place,
                hint="put all positions into one statement, and other speakers under joint",
            )
    _refuse_circles(final, dict(zip((one.id for one in found), places, strict=True)))
    return list(final.values())


def _refuse_circles(statements: Mapping[str, Statement], places: Mapping[str, str]) -> None:
    """Refuse statements that report themselves, alone or by way of others."""
    reported: dict[str, set[str]] = {key: set() for key in statements}
    for key, statement in statements.items():
        if statement.reports:
            reported[key].add(statement.reports)
        if statement.reported_in:
            reported[statement.reported_in].add(key)
    for key in statements:
        seen, queue = set[str](), [*reported[key]]
        while queue:
            if (one := queue.pop()) not in seen:
                seen.add(one)
                queue += reported[one]
        if key in seen:
            raise InputError(
                "the statement reports itself" if key in reported[key] else "statements report each other",
                where=places[key],
                hint="mend reports and reported_in",
            )


def _final(keys: dict[str, str], name: str, given: str | None, where: str) -> str | None:
    """The final identifier of the statement that a line names."""
    if given is None or given in keys:
        return keys[given] if given is not None else None
    raise InputError(
        f"{name} names '{given}', which no statement of this article has as its id",
        where=where,
        hint="give the other statement that id, or leave the field out",
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """What the register says of a name on a day."""

    reference: ActorReference
    office: str | None = None


class _Resolver:
    def __init__(
        self, article: Article, register: Register, codebook: Codebook, iris: Iris, kinds: NewcomerKinds
    ) -> None:
        self._kinds = kinds
        self._article = article
        self._register = register
        self._codebook = codebook
        self._iris = iris
        self._names = names_of(register)
        self._placer = Placer(article.text)

    def statement(self, line: LoadedStatement, where: str) -> Statement:
        for coded in line.positions:
            self._check_position(coded.position, where)
        if len({coded.position for coded in line.positions}) < len(line.positions):
            raise InputError("a position stands there twice", where=where, hint="keep one of them")
        self._check_date(line, where)
        content, source, cue = self._placer.place(line, where)
        speaker = self._speaker(line, source, where)
        behalf = (
            self._named(line.on_behalf_of, None, line.said, where).reference if line.on_behalf_of else None
        )
        joint = [self._named(name, None, line.said, where).reference for name in line.joint]
        words = line.claim or " ".join(shortened(span.text, 2000) for span in content)
        key = statement_key(
            self._article.digest,
            [(span.start, span.end) for span in content],
            (source.start, source.end) if source else None,
        )
        return Statement(
            article=self._article.name,
            id=key,
            quote=line.quote,
            source=source,
            cue=cue,
            content=content,
            actor=speaker.reference,
            on_behalf_of=behalf,
            office=line.office or speaker.office,
            joint=tuple(one for one in dict.fromkeys(joint) if one.id != speaker.reference.id),
            said=line.said,
            force=line.force,
            claim=words,
            confidence=1.0 if line.confidence is None else line.confidence,
            positions=self._in_force(line.positions, key, where),
        )

    def _in_force(
        self, positions: Sequence[PositionStance], statement: str, where: str
    ) -> tuple[PositionStance, ...]:
        """The positions of today, where a line names former ones."""
        known = self._codebook.position_by_slug
        found = {coded.position: coded for coded in positions if coded.position in known}
        for coded in positions:
            if coded.position in known:
                continue
            now = self._codebook.in_force(coded.position, coded.stance, statement)
            if not now:
                parts = self._codebook.successors(coded.position)
                hint = "name one of " + ", ".join(parts) if parts else "leave it out"
                what = "was split" if parts else "was taken out of the codebook"
                raise InputError(f"'{coded.position}' {what}", where=where, hint=hint)
            for slug, stance in now:
                found.setdefault(slug, replace(coded, position=slug, stance=stance))  # type: ignore[arg-type]
        return tuple(found.values())

    def _check_date(self, line: LoadedStatement, where: str) -> None:
        printed = self._article.published
        if line.said and printed and bounds(printed).before(bounds(line.said)):
            raise InputError(
                f"said {line.said}, after its article was printed ({printed})",
                where=where,
                hint="mend the date here or that of the article",
            )

    def _check_position(self, slug: str, where: str) -> None:
        if slug in self._codebook.position_by_slug or slug in self._codebook.former_by_slug:
            return
        near = get_close_matches(slug, self._codebook.position_by_slug, n=1, cutoff=0.6)
        raise InputError(
            f"'{slug}' is no position of the codebook",
            where=where,
            hint=f"did you mean '{near[0]}'?" if near else "add it to the codebook first",
        )

    def _speaker(self, line: LoadedStatement, source: Span | None, where: str) -> _Named:
        label = line.actor_label
        known = self._register.by_id.get(line.actor_id) if line.actor_id else None
        if known:
            return self._registered(known, line.affiliation, line.said, where)
        if label is None and line.actor_id:
            raise InputError(
                f"the register has no actor <{line.actor_id}>", where=where, hint="give the actor's label too"
            )
        if label is None:
            label = f"({shortened(source.text, 60)})" if source else "(not named)"
        if line.actor_kind == "unnamed":
            return self._unnamed(label if label.startswith("(") else f"({label})", line.affiliation, where)
        return self._named(label, line.affiliation, line.said, where, line.actor_id, line.actor_kind)

    @cached_property
    def _index(self) -> RegisterIndex:
        return RegisterIndex(self._register)

    def _named(
        self,
        name: str,
        affiliation: str | None,
        said: str | None,
        where: str,
        iri: str | None = None,
        kind: ActorKind | None = None,
    ) -> _Named:
        label = " ".join(name.split())
        if label.startswith("(") and label.endswith(")"):
            return self._unnamed(label, affiliation, where)
        known = self._names.get(folded(label))
        if known:
            return self._registered(known, affiliation, said, where)
        if not label:
            raise InputError("an actor has an empty name", where=where, hint="leave it out or give a name")
        if iri is None:
            self._refuse_slip(label, where)
        speaks_for = self._institution(affiliation, where)
        # An identifier from another base or tool would tie the same name to two nodes.
        kind = kind or self._kinds.of(label)
        newcomer = ActorReference(self._iris.actor(label), label, speaks_for, kind, known=False)
        if kind == "organization":
            newcomer = house_reference(label, self._index, self._iris, outlet=is_outlet_name(label))
        elif kind == "state":
            newcomer = replace(newcomer, affiliation=label)
        return _Named(replace(newcomer, affiliation=speaks_for or newcomer.affiliation))

    def _unnamed(self, label: str, affiliation: str | None, where: str) -> _Named:
        inner = label[1:-1].strip()
        iri = self._iris.unnamed_source(self._article.digest, inner or "not named")
        named = f"({inner})" if inner else "(not named)"
        speaks_for = self._institution(affiliation, where)
        return _Named(ActorReference(iri, named, speaks_for, "unnamed", known=False))

    def _registered(self, actor: Actor, affiliation: str | None, said: str | None, where: str) -> _Named:
        iri = affiliation_on(actor, said, self._register)
        above = self._register.by_id.get(iri) if iri else None
        label = self._institution(affiliation, where) if affiliation else (above.name if above else None)
        reference = ActorReference(actor.id, actor.name, label, actor.kind)
        return _Named(reference, office_label(actor, said))

    def _institution(self, name: str | None, where: str) -> str | None:
        """The name in the register of a state or organisation that somebody speaks for."""
        if not name or not name.strip():
            return None
        known = self._names.get(folded(name))
        if known is None:
            self._refuse_slip(" ".join(name.split()), where)
            return " ".join(name.split())
        if known.kind == "person":
            raise InputError(f"the affiliation '{name}' is a person", where=where)
        return known.name

    def _refuse_slip(self, name: str, where: str) -> None:
        if state_names().code(name):  # Austria is no slip of Australia
            return
        near = get_close_matches(folded(name), self._names, n=1, cutoff=_NEAR)
        if near:
            raise InputError(
                f"the register has no '{name}'",
                where=where,
                hint=f"did you mean '{self._names[near[0]].name}'? otherwise add '{name}' to the register",
            )


__all__ = ["resolve_loaded"]

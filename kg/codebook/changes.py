"""What a change makes of a codebook: merge, split, rename. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import pairwise

from kg.ingest.turtle import find_loop
from kg.model.codebook import Assigned, Codebook, FormerPosition, Position, Successor, Topic
from kg.model.errors import UsageError


@dataclass(frozen=True)
class Plan:
    """A change of a codebook before it is written.

    Attributes:
        action: merge, split, divide, rename or import.
        what: The change in words.
        topics: Topics afterwards.
        positions: Positions afterwards, in their order.
        former: Positions that go, with what takes their place.
        assigned: Parts of statements, by slug of a split position and identifier of the statement.
        notes: What a person should know of it.
    """

    action: str
    what: str
    topics: tuple[Topic, ...]
    positions: tuple[Position, ...]
    former: tuple[FormerPosition, ...] = ()
    assigned: Mapping[str, Mapping[str, tuple[Assigned, ...]]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def known(codebook: Codebook, name: str) -> Position:
    """The position in force of a slug or label.

    Raises:
        UsageError: There is none; former ones are told with what took their place.
    """
    found = codebook.position_by_slug.get(name)
    for position in codebook.positions:
        if found is None and position.label.casefold() == name.casefold():
            found = position
    if found is not None:
        return found
    if name in codebook.former_by_slug:
        now = codebook.successors(name)
        hint = "it is " + " and ".join(now) + " now" if now else "'kg codebook history' says when"
        raise UsageError(f"'{name}' is no position of the codebook any more", hint=hint)
    near = get_close_matches(name, codebook.position_by_slug, 1, 0.5)
    hint = f"did you mean '{near[0]}'?" if near else "'kg codebook list' lists them"
    raise UsageError(f"the codebook has no position '{name}'", hint=hint)


def merge(codebook: Codebook, names: Sequence[str], into: Position | str | None, *, turned: bool) -> Plan:
    """Make one position of several.

    The one that stays takes over topics, phrases (on the other side where turned) and links; labels of those
    that go become phrases of it.

    Args:
        codebook: The codebook.
        names: Slugs or labels of two or more positions.
        into: The one that stays: one of them, or a new one; the last of them unless told.
        turned: Whether those that go are the opposite of the one that stays.

    Raises:
        UsageError: A position is unknown, or there is nothing to merge.
    """
    merged = list(dict.fromkeys(known(codebook, name).slug for name in names))
    name = names[-1] if into is None or isinstance(into, Position) else into
    kept = into if isinstance(into, Position) else known(codebook, name)
    if kept.slug not in merged and turned:
        raise UsageError(
            "with --reversed the position that stays is one of those that are merged",
            hint=f"name {kept.slug} among them",
        )
    going = [codebook.position_by_slug[slug] for slug in merged if slug != kept.slug]
    if not going:
        raise UsageError("a position is merged with another one")
    for one in going:
        kept = _taking_over(kept, one, turned)
    names_ = [one.slug for one in going]
    kept = _without(kept, {kept.slug, *names_})
    positions: list[Position] = []
    for position in codebook.positions:
        if position.slug == kept.slug:
            positions.append(kept)
        elif position.slug not in names_:
            positions.append(_relinked(position, dict.fromkeys(names_, (kept.slug, turned))))
        elif kept not in positions and kept.slug not in codebook.position_by_slug:
            positions.append(kept)  # a new one stands where the first of them stood
    former = tuple(FormerPosition(one, (Successor(kept.slug, turned),), 0) for one in going)
    what = f"merge {', '.join(names_)} into {kept.slug}" + (", turned" if turned else "")
    unlooped, notes = _without_loops(positions, codebook)
    return Plan("merge", what, codebook.topics, unlooped, former, {}, notes)


def rename(codebook: Codebook, name: str, new: Position) -> Plan:
    """Give a position another slug or label.

    Args:
        codebook: The codebook.
        name: Slug or label of the position.
        new: What it becomes; with another slug, its IRI is another one too.

    Raises:
        UsageError: It is unknown, the slug is taken, or nothing would change.
    """
    old = known(codebook, name)
    if new == old:
        raise UsageError(f"'{old.slug}' is called that already")
    if new.slug != old.slug and new.slug in codebook.position_by_slug:
        raise UsageError(f"there is a position '{new.slug}' already", hint="use 'kg codebook merge'")
    positions = tuple(
        new if position.slug == old.slug else _relinked(position, {old.slug: (new.slug, False)})
        for position in codebook.positions
    )
    if new.slug == old.slug:
        what = f"call {old.slug} '{new.label}' instead of '{old.label}'"
        return Plan("rename", what, codebook.topics, positions)
    former = (FormerPosition(old, (Successor(new.slug),), 0),)
    return Plan("rename", f"rename {old.slug} to {new.slug}", codebook.topics, positions, former)


def split(
    codebook: Codebook,
    name: str,
    parts: Sequence[Position],
    assigned: Mapping[str, tuple[Assigned, ...]],
    topics: Sequence[Topic] = (),
) -> Plan:
    """Make several positions of one.

    Its IRI is not used for one of the parts: old links would come to mean something narrower.

    Args:
        codebook: The codebook.
        name: Slug or label of the position.
        parts: What it becomes; positions that are in force or new ones.
        assigned: Parts of statements by their identifiers.
        topics: Topics that new parts may belong to, beside those of the codebook.

    Raises:
        UsageError: It is unknown, there are no two parts, or it is itself one of them.
    """
    old = known(codebook, name)
    slugs = [part.slug for part in parts]
    if len(set(slugs)) < 2:
        raise UsageError("a position is split into two or more", hint="give --into for each part")
    if old.slug in slugs:
        raise UsageError(
            f"'{old.slug}' cannot be a part of itself: old links would come to mean something narrower",
            hint="give that part another slug",
        )
    positions: list[Position] = []
    notes: list[str] = []
    for position in codebook.positions:
        if position.slug == old.slug:
            positions += [part for part in parts if part.slug not in codebook.position_by_slug]
        else:
            if old.slug in (*position.entails, *position.excludes):
                notes.append(
                    f"{position.slug} was linked to {old.slug}: link it to a part, if it is true of one"
                )
            positions.append(_without(position, {old.slug}))
    former = (FormerPosition(old, tuple(Successor(slug) for slug in dict.fromkeys(slugs)), 0),)
    what = f"split {old.slug} into {', '.join(dict.fromkeys(slugs))}"
    new = _topics_of(parts, {one.slug: one for one in topics}, codebook)
    plan = Plan("split", what, (*codebook.topics, *new), tuple(positions), former, {}, tuple(notes))
    return replace(plan, assigned={old.slug: dict(assigned)} if assigned else {})


def _topics_of(parts: Sequence[Position], topics: Mapping[str, Topic], codebook: Codebook) -> list[Topic]:
    """The topics of new parts, and those that these lie in, that the codebook lacks."""
    queue = [slug for part in parts for slug in part.topics]
    found: dict[str, Topic] = {}
    while queue:
        slug = queue.pop(0)
        if slug in topics and slug not in found and slug not in codebook.topic_by_slug:
            found[slug] = topics[slug]
            queue += topics[slug].broader
    return list(found.values())


def divide(codebook: Codebook, name: str, assigned: Mapping[str, tuple[Assigned, ...]]) -> Plan:
    """Say which parts of a position that was split before statements are about.

    Raises:
        UsageError: It was not split, or a part is none of its.
    """
    former = codebook.former_by_slug.get(name)
    if former is None or len(former.becomes) < 2:
        split_ones = [one.position.slug for one in codebook.former if len(one.becomes) > 1]
        near = get_close_matches(name, split_ones, 1)
        hint = f"did you mean '{near[0]}'?" if near else "split are " + (", ".join(split_ones) or "none")
        raise UsageError(f"'{name}' was not split", hint=hint)
    check_parts(former, assigned)
    number = len(assigned)
    what = f"divide {number} statement{'s' if number != 1 else ''} of {name}"
    return Plan("divide", what, codebook.topics, codebook.positions, (), {name: dict(assigned)})


def check_parts(former: FormerPosition, assigned: Mapping[str, tuple[Assigned, ...]]) -> None:
    """Refuse parts that a split position does not have.

    Raises:
        UsageError: A statement is given a position that is no part.
    """
    parts = [one.position for one in former.becomes]
    for statement, given in assigned.items():
        for one in given:
            if one.position not in parts:
                near = get_close_matches(one.position, parts, 1)
                hint = f"did you mean '{near[0]}'?" if near else "parts are " + ", ".join(parts)
                raise UsageError(
                    f"'{one.position}' is no part of {former.position.slug}", where=statement, hint=hint
                )


def refuse_reuse(codebook: Codebook, plan: Plan) -> None:
    """Refuse to give a position the slug of a former one: what was coded with that would count for it.

    A position may take a name back that it had itself, one that was taken out may return, and the names of
    changes that were undone are free.

    Args:
        codebook: The codebook before the change.
        plan: The change.

    Raises:
        UsageError: A position gets the slug of a former one.
    """
    for position in plan.positions:
        former = codebook.former_by_slug.get(position.slug)
        if former is None or codebook.changes[former.change - 1].action == "undo":
            continue
        before = [one.position.slug for one in plan.former if one.becomes == (Successor(position.slug),)]
        now = codebook.in_force(position.slug, "supports")
        returns = not former.becomes and former.position.label.casefold() == position.label.casefold()
        if returns or now in [((slug, "supports"),) for slug in before]:
            continue
        names = " and ".join(codebook.successors(position.slug)) or "nothing"
        raise UsageError(
            f"'{position.slug}' is the slug of a former position, '{former.position.label}': "
            f"what was coded with it counts for {names} now",
            hint="choose another slug",
        )


def _taking_over(kept: Position, gone: Position, turned: bool) -> Position:
    with_, against = gone.for_phrases, gone.against_phrases
    if turned:
        with_, against = against, gone.for_phrases
    label = () if gone.label.casefold() == kept.label.casefold() else (gone.label,)
    with_, against = ((*with_,), (*label, *against)) if turned else ((*label, *with_), against)
    entails, excludes = kept.entails, kept.excludes
    if not turned:  # of a turned position nothing follows for who supports the other one
        entails = _joined(entails, [one for one in gone.entails if one not in excludes])
        excludes = _joined(excludes, [one for one in gone.excludes if one not in entails])
    return replace(
        kept,
        topics=_joined(kept.topics, gone.topics),
        description=kept.description or ("" if turned else gone.description),
        for_phrases=_joined(kept.for_phrases, with_),
        against_phrases=_joined(kept.against_phrases, against),
        entails=entails,
        excludes=excludes,
    )


def _relinked(position: Position, moved: Mapping[str, tuple[str, bool]]) -> Position:
    """The position with links to others that moved; a turned one is entailed where it was excluded."""
    if not {*position.entails, *position.excludes} & moved.keys():
        return position
    entails: list[str] = []
    excludes: list[str] = []
    for links, same, other in ((position.entails, entails, excludes), (position.excludes, excludes, entails)):
        for slug in links:
            new, turned = moved.get(slug, (slug, False))
            if new != position.slug:
                (other if turned else same).append(new)
    kept = _joined((), entails)
    return replace(
        position, entails=kept, excludes=tuple(one for one in _joined((), excludes) if one not in kept)
    )


def _without_loops(
    positions: Sequence[Position], before: Codebook
) -> tuple[tuple[Position, ...], tuple[str, ...]]:
    """The positions without links that the change made and that would let them entail each other."""
    found = {position.slug: position for position in positions}
    notes: list[str] = []
    while loop := find_loop({slug: position.entails for slug, position in found.items()}):
        new = [
            (one, other)
            for one, other in pairwise(loop)
            if one not in before.position_by_slug or other not in before.position_by_slug[one].entails
        ]
        if not new:
            break  # reading the codebook tells
        one, other = new[0]
        found[one] = replace(found[one], entails=tuple(x for x in found[one].entails if x != other))
        notes.append(f"{one} would entail {other}, which entails it: that link is left out")
    return tuple(found.values()), tuple(notes)


def _without(position: Position, slugs: set[str]) -> Position:
    return replace(
        position,
        entails=tuple(one for one in position.entails if one not in slugs),
        excludes=tuple(one for one in position.excludes if one not in slugs),
    )


def _joined(some: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *more)))


__all__ = ["Plan", "check_parts", "divide", "known", "merge", "refuse_reuse", "rename", "split"]

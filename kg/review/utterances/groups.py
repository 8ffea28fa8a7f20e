"""The utterances that several statements report, as they are now."""

from __future__ import annotations

from dataclasses import dataclass

from kg.review.utterances.candidates import Known


@dataclass(frozen=True, slots=True)
class Group:
    """An utterance.

    Attributes:
        statements: IRIs of its statements, the earliest print first.
        outlets: Number of outlets that report it.
        by_people: Whether people put any of them together.
        counts: Number of stances that it has and that count once.
    """

    statements: tuple[str, ...]
    outlets: int
    by_people: bool
    counts: int


def groups(seen: Known, *, actor: str | None = None, least: int = 2) -> list[Group]:
    """Utterances of several statements, those of most statements first.

    Args:
        seen: What the person knows.
        actor: IRI of the only holder to look at.
        least: Number of statements from which an utterance is listed.
    """
    linked = {iri for pair, verdict in seen.verdicts.items() if verdict.same for iri in pair}
    found = []
    for members in seen.members.values():
        spoken = sorted(
            (seen.all.statements[iri] for iri in members), key=lambda one: (one.published or "~", one.iri)
        )
        held = actor is None or any(holder.iri == actor for one in spoken for holder in one.holders)
        if len(spoken) >= least and held:
            outlets = len({one.outlet or one.entry.article for one in spoken})
            stances = {stance for one in spoken for stance in one.stances}
            iris = tuple(one.iri for one in spoken)
            found.append(Group(iris, outlets, not linked.isdisjoint(iris), len(stances)))
    return sorted(found, key=lambda one: (-len(one.statements), one.statements))


__all__ = ["Group", "groups"]

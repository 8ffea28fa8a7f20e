"""Writes down what a person says of utterances, and says what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.build.terms import ST, node
from kg.model.errors import UsageError
from kg.review.cases import Case
from kg.review.decisions import Desk
from kg.review.utterances.candidates import known
from kg.store.embedded import Store


def put_together(
    desk: Desk, cases: Sequence[Case], comment: str | None = None, *, since: int | None = None
) -> str:
    """The statements report one utterance.

    Args:
        desk: Whose decision.
        cases: The statements as the person saw them.
        comment: What the person has to say.
        since: Place in the log of the last decision that the person knows of.

    Returns:
        What became of it, in words.

    Raises:
        UsageError: There are no two different ones.
        StaleError: Somebody decided on them since.
    """
    desk.merge(cases, comment, since=since)
    members = members_of(desk, cases[0].iri)
    if any(case.iri not in members for case in cases):
        return (
            "noted, but they stay apart: somebody told other statements of the two apart; "
            "'kg utterances --adjudicate' lists what is to be settled"
        )
    return f"one utterance of {len(members)} statements"


def tell_apart(
    desk: Desk, cases: Sequence[Case], comment: str | None = None, *, since: int | None = None
) -> str:
    """The first of the statements reports another utterance than the others.

    Takes, returns and raises what `put_together` does.
    """
    desk.differ(cases, comment, since=since)
    return "different utterances; the pair does not come again"


def take_out(desk: Desk, case: Case, comment: str | None = None, *, since: int | None = None) -> str:
    """A statement does not report the utterance that it is in: it differs from all others of it.

    Takes, returns and raises what `put_together` does.
    """
    others = [iri for iri in members_of(desk, case.iri) if iri != case.iri]
    if not others:
        raise UsageError(
            "no other statement reports this utterance", hint="there is nothing to take it out of"
        )
    desk.differ([case, *(desk.case(iri) for iri in others)], comment, since=since)
    return f"taken out; {len(others)} {'statement is' if len(others) == 1 else 'statements are'} left"


def utterance_of(store: Store, iri: str) -> str | None:
    """The utterance of a statement in force."""
    current = node(store.iris.current_graph)
    for quad in store.view.quads_for_pattern(node(iri), ST.utterance, None, current):
        return str(quad.object.value)  # type: ignore[union-attr]
    return None


def members_of(desk: Desk, iri: str) -> list[str]:
    """The statements of the utterance of a statement as a person sees it, itself included, sorted.

    Who is blind sees what follows from the own decisions alone.
    """
    if desk.coder.sees is not None:
        seen = known(desk)
        own = seen.all.statements.get(iri)
        return sorted(seen.members[own.utterance]) if own else [iri]
    with desk.reading() as store:
        utterance, current = utterance_of(store, iri), node(store.iris.current_graph)
        if utterance is None:
            return []
        # Stances point to the utterance too, and to their statement.
        subjects = [
            quad.subject.value  # type: ignore[union-attr]
            for quad in store.view.quads_for_pattern(None, ST.utterance, node(utterance), current)
        ]
        begins = store.iris.statement("")
    return sorted(subject for subject in subjects if subject.startswith(begins))


def statement_named(desk: Desk, name: str) -> str:
    """IRI of a statement, from its IRI or the last part of it.

    Raises:
        UsageError: The graph has no such statement in force.
    """
    iri = name if "://" in name else desk.material.iris.statement(name)
    with desk.reading() as store:
        if utterance_of(store, iri) is None:
            raise UsageError(
                f"the graph has no statement '{name}'", hint="'kg utterances -f json' has their IRIs"
            )
    return iri


__all__ = ["members_of", "put_together", "statement_named", "take_out", "tell_apart", "utterance_of"]

"""The report on a draft of a codebook: for each candidate who says it, in whose words, on which side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.codebook.corpus import Said
from kg.codebook.suggestion import Candidate, Draft, counted

_SIDES = (("supports", "For"), ("opposes", "Against"), (None, "Side not told"))
_LEFT_SHOWN = 50
_ACTORS_SHOWN = 4


def draft_markdown(draft: Draft, title: str) -> str:
    """The report as Markdown.

    Args:
        draft: The draft.
        title: Name of the corpus.
    """
    return "\n".join(_lines(draft, title)).rstrip() + "\n"


def _lines(draft: Draft, title: str) -> Iterator[str]:
    grouped = sum(len(one.members) for one in draft.candidates)
    yield f"# Draft of a codebook: {_plain(title)}"
    yield ""
    yield (
        f"{_counted(draft.statements, 'statement')}; {grouped} of them in "
        f"{_counted(len(draft.candidates), 'candidate position')}, "
        f"{len(draft.left)} left ungrouped"
        + (f", {draft.covered} covered by the codebook already." if draft.covered else ".")
    )
    yield ""
    yield (
        "Groups and labels are made by machine. Cut what is no position, merge what is one, and word each as "
        "something that one can be for or against."
    )
    for topic in draft.topics:
        yield f"\n## {_plain(topic.label)} (`{topic.slug}`)"
        for candidate in draft.candidates:
            if topic.slug in candidate.position.topics:
                yield from _candidate(candidate)
    if draft.left:
        yield "\n## Left ungrouped\n"
        for said in draft.left[:_LEFT_SHOWN]:
            yield f"- {_quoted(said)}"
        if len(draft.left) > _LEFT_SHOWN:
            yield f"- … and {len(draft.left) - _LEFT_SHOWN} more"


def _candidate(candidate: Candidate) -> Iterator[str]:
    position = candidate.position
    yield f"\n### {_plain(position.label)}\n"
    names = counted(candidate.members)
    shown = ", ".join(f"{_plain(name)} ({number})" for name, number in names[:_ACTORS_SHOWN])
    more = f" and {len(names) - _ACTORS_SHOWN} more" if len(names) > _ACTORS_SHOWN else ""
    yield (
        f"`{position.slug}`: {_counted(len(candidate.members), 'statement')}, "
        f"{_counted(candidate.actors, 'actor')}, {_counted(candidate.outlets, 'outlet')}; "
        f"likeness of its claims {candidate.likeness:.2f}. {shown}{more}."
    )
    if candidate.near:
        near = ", ".join(f"`{slug}` ({value:.2f})" for slug, value in candidate.near)
        yield f"\nPerhaps the same: {near}."
    if candidate.known:
        known = ", ".join(f"`{slug}` ({value:.2f})" for slug, value in candidate.known)
        yield f"\nPerhaps in the codebook already: {known}."
    for side, heading in _SIDES:
        examples = candidate.examples(side)
        if examples:
            number = sum(one == side for one in candidate.sides)
            yield f"\n{heading} ({number}):\n"
            for said in examples:
                yield f"- {_quoted(said)}"


def _quoted(said: Said) -> str:
    whom = f", {_plain(said.affiliation)}" if said.affiliation and said.affiliation != said.actor else ""
    date = said.date or "undated"
    where = _plain(said.article)
    outlet = f"{_plain(said.outlet)}, " if said.outlet != said.article else ""
    return f"“{_plain(said.quote)}” — {_plain(said.actor)}{whom}, {date} ({outlet}{where})"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _plain(text: str) -> str:
    """Text that means nothing to Markdown or HTML."""
    flat = " ".join(text.split())
    for mark in "\\`*_[]#|":
        flat = flat.replace(mark, f"\\{mark}")
    return flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def draft_json(draft: Draft) -> dict[str, Any]:
    """The report as JSON values, with every member of every group."""
    return {
        "statements": draft.statements,
        "covered": draft.covered,
        "topics": [{"topic": topic.slug, "label": topic.label} for topic in draft.topics],
        "positions": [
            {
                "position": one.position.slug,
                "label": one.position.label,
                "topics": list(one.position.topics),
                "statements": len(one.members),
                "actors": one.actors,
                "outlets": one.outlets,
                "likeness": round(one.likeness, 4),
                "near": [{"position": slug, "likeness": value} for slug, value in one.near],
                "known": [{"position": slug, "likeness": value} for slug, value in one.known],
                "members": [
                    _said(said) | {"side": side} for said, side in zip(one.members, one.sides, strict=True)
                ],
            }
            for one in draft.candidates
        ],
        "left": [_said(said) for said in draft.left],
    }


def _said(said: Said) -> dict[str, Any]:
    names = ("statement", "article", "outlet", "actor", "affiliation", "date", "quote", "claim")
    return {name: getattr(said, name) for name in names}


__all__ = ["draft_json", "draft_markdown"]

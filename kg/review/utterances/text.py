"""Candidates and utterances as text for a terminal: two wordings side by side, with what differs marked."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.review.terminal import plain as printable
from kg.review.utterances.candidates import Candidate
from kg.review.utterances.differences import side_by_side
from kg.review.utterances.groups import Group
from kg.review.utterances.showing import Shown

NARROWEST = 60


def candidate_text(
    number: str, candidate: Candidate, one: Shown, other: Shown, *, width: int, colour: bool
) -> str:
    """A candidate as lines: why it is one, and the two wordings side by side, or one below the other.

    What only one wording has is bold in colour, and in square brackets without.

    Args:
        number: What stands before it.
        candidate: The candidate.
        one: Its first statement.
        other: Its second statement.
        width: Columns of characters.
        colour: Whether to mark by terminal codes.
    """
    why = "; ".join((*candidate.likeness.reasons, *(f"BUT {what}" for what in candidate.likeness.cautions)))
    head = f"── {number}  likeness {candidate.likeness.score:.2f}: {printable(why)}"
    left, right = side_by_side(one.words, other.words)
    cells = [
        _cell(side, pieces, size, colour, tone)
        for side, pieces, size, tone in (
            (one, left, len(candidate.group), "yellow"),
            (other, right, len(candidate.other_group), "cyan"),
        )
    ]
    wide = width >= NARROWEST
    table = Table(box=None, show_header=False, pad_edge=False, expand=True)
    for _ in range(2 if wide else 1):
        table.add_column(ratio=1, overflow="fold")
    if wide:
        table.add_row(*cells)
    else:
        for cell in cells:
            table.add_row(cell)
    said = [f"{coder}: {what}" for coder, what in candidate.said]
    return _printed([Text(head), table, *(Text(printable(line)) for line in said)], width, colour)


def _cell(side: Shown, pieces: Sequence[tuple[bool, str]], size: int, colour: bool, tone: str) -> Text:
    more = f" (and {size - 1} more)" if size > 1 else ""
    text = Text(
        printable(f"{side.speaker}, {side.said or 'undated'}, {side.quotation}\n{side.source}{more}\n")
    )
    for common, words in pieces:
        safe = printable(words)
        if common:
            text.append(f"{safe} ")
        elif colour:
            text.append(safe, style=f"bold {tone}")
            text.append(" ")
        else:
            text.append(f"[{safe}] ")
    return text


def groups_text(found: Iterable[tuple[Group, Sequence[Shown]]], *, width: int, colour: bool) -> str:
    """Utterances with their statements, each marked against the first."""
    parts: list[Text | Table] = []
    for group, statements in found:
        how = "by people" if group.by_people else "by the rule"
        parts.append(Text(f"── {len(statements)} statements, outlets: {group.outlets}, put together {how}"))
        table = Table(box=box.SIMPLE, show_header=False, pad_edge=False, show_edge=False, expand=True)
        table.add_column(ratio=2, overflow="fold")
        table.add_column(ratio=4, overflow="fold")
        table.add_column(no_wrap=True)
        for one in statements:
            pieces = side_by_side(statements[0].words, one.words)[1]
            words = _cell_words(pieces, colour)
            about = printable(f"{one.speaker}, {one.said or 'undated'}, {one.source}")
            table.add_row(about, words, one.statement.rsplit("/", 1)[-1])
        parts.append(table)
    return _printed(parts, width, colour)


def _cell_words(pieces: Sequence[tuple[bool, str]], colour: bool) -> Text:
    text = Text()
    for common, words in pieces:
        safe = printable(words)
        if common or colour:
            text.append(f"{safe} ", style="" if common else "bold cyan")
        else:
            text.append(f"[{safe}] ")
    return text


def _printed(parts: Iterable[Text | Table], width: int, colour: bool) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


__all__ = ["NARROWEST", "candidate_text", "groups_text"]

"""Changes of files line by line, kept so that they can be taken back although the file was edited since."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from kg.model.errors import UsageError

Hunk = dict[str, Any]
"""A run of lines that was changed, with a line on each side: `line` from 0, lines `before` and `after`."""


def hunks(before: str, after: str) -> list[Hunk]:
    r"""The runs of lines that differ.

    >>> hunks("a\nb\nc\nd\n", "a\nb\nC\nd\n")
    [{'line': 1, 'before': ['b\n', 'c\n', 'd\n'], 'after': ['b\n', 'C\n', 'd\n']}]
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found = []
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            lead, rest = min(first, 1), 1  # before a run both texts have the same line, or none
            found.append(
                {
                    "line": start - lead,
                    "before": old[first - lead : last + rest],
                    "after": new[start - lead : end + rest],
                }
            )
    return found


def taken_back(text: str, made: list[Hunk], where: str) -> str:
    r"""A text with changes taken back.

    Args:
        text: The text as it is now, perhaps edited since.
        made: The changes.
        where: Name of the file, for messages.

    Raises:
        UsageError: Lines that were changed then were edited since.

    >>> taken_back("x\na\nb\nC\nd\n", hunks("a\nb\nc\nd\n", "a\nb\nC\nd\n"), "f")
    'x\na\nb\nc\nd\n'
    """
    lines = text.splitlines(keepends=True)
    for hunk in reversed(made):
        for line, before, after in _ways(hunk):
            place = _place(lines, after, line)
            if place is not None:
                lines[place : place + len(after)] = before
                break
        else:
            *_, (_, before, after) = _ways(hunk)
            first = next((line.strip() for line in (*after, *before) if line.strip()), "")
            raise UsageError(
                f"lines that were changed then were edited since, near '{first[:60]}'",
                where=where,
                hint="bring them back as they were, or change the codebook by hand",
            )
    return "".join(lines)


def _ways(hunk: Hunk) -> Iterator[tuple[int, list[str], list[str]]]:
    """A hunk with the lines around it, and without those that may have been edited since, the barest last."""
    before, after, line = list(hunk["before"]), list(hunk["after"]), int(hunk["line"])
    shorter = min(len(before), len(after))
    lead = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    rest = next((at for at in range(shorter - lead) if before[-1 - at] != after[-1 - at]), shorter - lead)
    for left_out, cut in ((0, 0), (0, rest), (lead, 0), (lead, rest)):
        yield (
            line + left_out,
            before[left_out : len(before) - cut],
            after[left_out : len(after) - cut],
        )


def _place(lines: list[str], wanted: list[str], near: int) -> int | None:
    """Where lines stand: at their old place, else at the only one."""
    if lines[near : near + len(wanted)] == wanted and (wanted or near == len(lines)):
        return near
    if not wanted:
        return None
    found = [at for at in range(len(lines)) if lines[at : at + len(wanted)] == wanted]
    return found[0] if len(found) == 1 else None


__all__ = ["Hunk", "hunks", "taken_back"]

"""Changes of files line by line, kept so that they can be taken back although the file was edited since."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from kg.model.errors import UsageError

Hunk = dict[str, Any]
"""A run of lines that was changed, with a line around it: `line` from 0, lines `before` and lines `after`."""


def hunks(before: str, after: str) -> list[Hunk]:
    r"""The runs of lines that differ.

    >>> hunks("a\nb\nc\nd\n", "a\nb\nC\nd\n")
    [{'line': 1, 'before': ['b\n', 'c\n', 'd\n'], 'after': ['b\n', 'C\n', 'd\n']}]
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found = []
    for run in matcher.get_grouped_opcodes(1):
        start, end = run[0], run[-1]
        found.append({"line": start[3], "before": old[start[1] : end[2]], "after": new[start[3] : end[4]]})
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
        after, before = list(hunk["after"]), list(hunk["before"])
        place = _place(lines, after, int(hunk["line"]))
        if place is None:
            first = next((line.strip() for line in after if line.strip()), "")
            raise UsageError(
                f"lines that were changed then were edited since, near '{first[:60]}'",
                where=where,
                hint="bring them back as they were, or change the codebook by hand",
            )
        lines[place : place + len(after)] = before
    return "".join(lines)


def _place(lines: list[str], wanted: list[str], near: int) -> int | None:
    """Where lines stand: at their old place, else at the only one."""
    if lines[near : near + len(wanted)] == wanted and (wanted or near == len(lines)):
        return near
    if not wanted:
        return None
    found = [at for at in range(len(lines)) if lines[at : at + len(wanted)] == wanted]
    return found[0] if len(found) == 1 else None


__all__ = ["Hunk", "hunks", "taken_back"]

"""Errors for the person at the keyboard: what was wrong, where, and what to try."""

from __future__ import annotations

from pathlib import Path


class KgError(Exception):
    """An error with a one-line message and an exit code; the base of all errors that kg raises on purpose.

    Args:
        what: What was wrong, as a sentence without a full stop.
        where: The file (and line), article or option that it was found in.
        hint: What to try next.

    >>> print(InputError("not UTF-8", where="a.txt", hint="save it as UTF-8"))
    a.txt: not UTF-8 (save it as UTF-8)
    """

    exit_code = 3

    def __init__(self, what: str, *, where: str | Path | None = None, hint: str | None = None) -> None:
        """Keep the three parts apart, so that a page can show them in its own way."""
        super().__init__(what)
        self.what = what
        self.where = str(where) if where is not None else None
        self.hint = hint

    def __str__(self) -> str:
        """One line: where, what, hint."""
        line = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{line} ({self.hint})" if self.hint else line
        return " ".join(line.split())


class InputError(KgError):
    """Unreadable input or data (exit code 3)."""


class UsageError(KgError):
    """A wrong option, name or value (exit code 2)."""

    exit_code = 2


class StoreError(KgError):
    """The store cannot be opened or written (exit code 3)."""

"""Walks through candidates in a terminal: two wordings at a time, one key a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.model.errors import KgError
from kg.review.decisions import Desk, StaleError
from kg.review.history import in_words
from kg.review.terminal import Keyboard, plain, unknown
from kg.review.utterances.candidates import Candidate
from kg.review.utterances.deciding import put_together, tell_apart
from kg.review.utterances.showing import shown
from kg.review.utterances.text import candidate_text

KEYS = {
    "s": "same utterance",
    "d": "different utterances",
    "c": "comment, for the next decision",
    "u": "undo",
    "U": "redo",
    "f": "skip",
    "b": "back",
    "?": "these keys",
    "q": "leave",
}


class PairWalk:
    """One person's way through candidates."""

    def __init__(
        self,
        desk: Desk,
        found: Sequence[Candidate],
        since: int,
        say: Callable[[str], None],
        *,
        width: int,
        colour: bool = False,
    ) -> None:
        """Prepare.

        Args:
            desk: Where decisions are made.
            found: What to look at.
            since: Place in the log of the last decision before the candidates were looked for.
            say: Prints lines.
            width: Columns of characters.
            colour: Whether to mark by colour instead of brackets.
        """
        self._desk = desk
        self._found = list(found)
        self._since = since
        self._say = say
        self._width = width
        self._colour = colour
        self._at = 0
        self._comment: str | None = None
        self._done: list[int] = []
        self._undone: list[int] = []

    def run(self, keyboard: Keyboard) -> int:
        """Show one pair after the other until the end or until the person leaves.

        Returns:
            The number of decisions made, those undone left out.
        """
        self._say(f"{len(self._found)} pairs to look at; ? shows the keys")
        shown_at = -1
        while 0 <= self._at < len(self._found):
            if shown_at != self._at and not self._show():
                self._at += 1  # one of the two is no longer there
                continue
            shown_at = self._at
            key = keyboard.key()
            if key in ("q", "\x03", "\x04"):
                return len(self._done)
            try:
                self._press(key, keyboard)
            except KgError as error:
                self._say(plain(f"not written: {error}"))
                if isinstance(error, StaleError):
                    shown_at = -1
        self._say("that was the last one")
        return len(self._done)

    def _press(self, key: str, keyboard: Keyboard) -> None:
        if key == "?":
            self._say("\n".join(f"  {name}  {what}" for name, what in KEYS.items()))
        elif key == "f":
            self._at += 1
        elif key == "b":
            self._at = max(0, self._at - 1)
        elif key == "c":
            self._comment = keyboard.line("comment:") or None
        elif key in ("s", "d"):
            pair = self._found[self._at]
            cases = [self._desk.case(one.iri) for one in (pair.one, pair.other)]
            decide = put_together if key == "s" else tell_apart
            self._say(decide(self._desk, cases, self._comment, since=self._since))
            self._comment = None
            self._done.append(self._at)
            self._undone.clear()
            self._at += 1
        elif key == "u":
            self._say(plain(f"undone: {in_words(self._desk.undo())}"))
            self._turn(self._done, self._undone)
        elif key == "U":
            self._say(plain(f"done again: {in_words(self._desk.redo())}"))
            self._turn(self._undone, self._done)
        else:
            self._say(unknown(key))

    def _turn(self, source: list[int], target: list[int]) -> None:
        if source:
            target.append(source.pop())
            self._at = target[-1]

    def _show(self) -> bool:
        pair = self._found[self._at]
        with self._desk.reading() as store:
            one, other = shown(store, pair.one.iri), shown(store, pair.other.iri)
        if not (one.words and other.words):
            return False
        number = f"{self._at + 1} of {len(self._found)}"
        self._say(candidate_text(number, pair, one, other, width=self._width, colour=self._colour))
        return True


__all__ = ["KEYS", "PairWalk"]

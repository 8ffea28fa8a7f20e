"""Walks through the queue in a terminal: one statement at a time, one key a decision."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import click

from kg.build.decisions import Decision
from kg.build.records import Record
from kg.model.errors import KgError, UsageError
from kg.review.cases import Case
from kg.review.decisions import Desk, StaleError
from kg.review.disputes import action_words, latest_by_coder, outcome_words
from kg.review.edits import (
    split_at,
    with_actor,
    with_content,
    with_date,
    with_position,
    with_stance,
    without_stance,
)
from kg.review.history import in_words
from kg.review.queue import Entry, entries_of

AROUND = 240
"""Code points of the article shown before and after the statement."""

KEYS = {
    "a": "accept",
    "r": "reject",
    "s": "turn the stance: supports, opposes",
    "0": "neutral",
    "p": "another position",
    "n": "one more stance",
    "x": "take a stance out",
    "o": "condition",
    "w": "who said it",
    "d": "date",
    "e": "other words (the content)",
    "/": "split in two",
    "v": "take the version of one of several coders",
    "m": "merge with another wording",
    "c": "comment",
    "u": "undo",
    "U": "redo",
    "f": "skip",
    "b": "back",
    "?": "these keys",
    "q": "leave",
}
_One = TypeVar("_One")
_KEY = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)|.", re.DOTALL)
_TURN = {"supports": "opposes", "opposes": "supports", "neutral": "supports"}


class Keyboard:
    """Single keys from a terminal; from a pipe, where a line feed after a key is passed over, and lines."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """Read from standard input; questions are put through `say`."""
        self._say = say
        self._terminal = sys.stdin.isatty()
        self.pressed = 0

    def key(self) -> str:
        """The next key; `q` at the end of the input.

        Of keys that come from a terminal at once the first counts: the others would decide on what nobody
        has seen. An arrow or another key that sends several characters is one key.
        """
        self.pressed += 1
        if self._terminal:
            found = _KEY.match(click.getchar())
            return found.group() if found else "q"
        while True:
            char = sys.stdin.read(1)
            if char != "\n":
                return char or "q"

    def line(self, question: str) -> str:
        """A line of text; empty to leave things as they are."""
        self._say(question)
        found = sys.stdin.readline().strip()
        self.pressed += len(found) + 1
        return found


class Walk:
    """One person's way through a queue."""

    def __init__(
        self, desk: Desk, entries: Sequence[Entry], say: Callable[[str], None], *, colour: bool = False
    ) -> None:
        """Prepare.

        Args:
            desk: Where decisions are made.
            entries: What to look at.
            say: Prints a line.
            colour: Whether to mark words by colour instead of brackets.
        """
        self._desk = desk
        self._entries = list(entries)
        self._seen: dict[str, Case] = {}
        self._say = say
        self._colour = colour
        self._at = 0
        self.left = False
        self._made: set[str] = set()

    def run(self, keyboard: Keyboard) -> int:
        """Show one statement after the other until the end or until the person leaves.

        Returns:
            The number of decisions made, those undone left out.
        """
        number = len(self._entries)
        self._say(f"{number} statement{'' if number == 1 else 's'} to look at; ? shows the keys")
        shown = -1
        while 0 <= self._at < len(self._entries):
            if shown != self._at:
                try:
                    self._show()
                except UsageError:  # it was split off or added, and that was taken back
                    del self._entries[self._at]
                    continue
                shown = self._at
            key = keyboard.key()
            if key in ("q", "\x03", "\x04"):
                self.left = True
                break
            before = self._at
            try:
                again = self._press(key, self._case(), keyboard)
            except StaleError as error:
                self._say(plain(f"not written: {error}"))
                self._reload()
                again = True
            except KgError as error:
                self._say(plain(f"not written: {error}"))
                again = False
            if again or self._at != before:
                shown = -1
        if self._at >= len(self._entries):
            self._say("that was the last one")
        return len(self._made)

    def _case(self) -> Case:
        """The statement as this person sees it, read when it is first shown."""
        iri = self._entries[self._at].iri
        if iri not in self._seen:
            self._seen[iri] = self._desk.case(iri)
        return self._seen[iri]

    def _press(self, key: str, case: Case, keyboard: Keyboard) -> bool:
        """Do what a key means; returns whether the statement is to be shown again."""
        if key == "?":
            self._say("\n".join(f"  {name}  {what}" for name, what in KEYS.items()))
        elif key == "f":
            self._at += 1
        elif key == "b":
            self._at = max(0, self._at - 1)
        elif key == "a":
            self._next(self._desk.accept(case))
        elif key == "r":
            self._next(self._desk.reject(case))
        elif key in ("u", "U"):
            self._turn_back(key)
            return True
        elif key == "c":
            words = keyboard.line("comment:")
            if words:
                self._made.add(self._desk.comment(case, words).id)
                self._reload()
                self._say("noted")
        elif key == "m":
            self._merge(case, keyboard)
            return True
        elif key == "v":
            return self._adopt(case, keyboard)
        elif key == "/":
            self._split(case, keyboard)
            return True
        else:
            changed = self._edited(key, case, keyboard)
            if changed is not None:
                self._made.add(self._desk.change(case, changed).id)
                self._reload()
                return True
        return False

    def _next(self, made: Decision) -> None:
        self._made.add(made.id)
        self._at += 1

    def _reload(self) -> None:
        self._seen.pop(self._entries[self._at].iri, None)

    def _turn_back(self, key: str) -> None:
        what = self._desk.undo() if key == "u" else self._desk.redo()
        if key == "u":
            self._made.discard(what.id)
        else:
            self._made.add(what.id)
        self._say(plain(f"{'undone' if key == 'u' else 'done again'}: {in_words(what)}"))
        places = [number for number, entry in enumerate(self._entries) if entry.iri == what.target]
        if places:
            self._at = places[0]
        elif self._is_there(what.target):  # it is of an earlier walk
            self._entries[self._at : self._at] = entries_of([what.target])
        else:
            return
        self._reload()
        self._place_parts(what)

    def _edited(self, key: str, case: Case, keyboard: Keyboard) -> Record | None:
        """The record as a key changes it; None where nothing is to change."""
        record, desk = case.record, self._desk
        register, codebook, iris = desk.material.register, desk.material.codebook, desk.material.iris
        if key == "w":
            name = keyboard.line("who said it (a name, or (description) for an unnamed source):")
            return with_actor(record, register, iris, case.article, name) if name else None
        if key == "d":
            date = keyboard.line("said when (2009-09-18, 2009-09, 2009-09-17/2009-09-18; - for unknown):")
            return with_date(record, register, None if date == "-" else date) if date else None
        if key == "e":
            words = keyboard.line("the words, copied from the article:")
            return self._with_words(case, words) if words else None
        if key == "n":
            position = self._choose_position(keyboard)
            polarity = self._choose_side(keyboard) if position else None
            return with_stance(record, codebook, position, polarity) if position and polarity else None
        if key not in "s0pxo":
            self._say(unknown(key))
            return None
        one = self._choose_stance(record, keyboard)
        if one is None:
            return None
        if key in "s0":
            side = _TURN[one["stance"]] if key == "s" else "neutral"
            return with_stance(record, codebook, one["position"], side, one["condition"])
        if key == "x":
            return without_stance(record, one["position"])
        if key == "o":
            words = keyboard.line("on which condition (- for none):")
            condition = None if words == "-" else words
            return with_stance(record, codebook, one["position"], one["stance"], condition) if words else None
        position = self._choose_position(keyboard)
        return with_position(record, codebook, one["position"], position) if position else None

    def _with_words(self, case: Case, words: str) -> Record:
        from kg.build.anchoring import find

        first = case.record["content"][0]["start"]
        found = find({"text": words, "start": first}, case.article.text, first)
        if found is None:
            raise KgError("these words do not stand in the article", hint="copy them from it")
        return with_content(case.record, case.article, [(found["start"], found["end"])])

    def _split(self, case: Case, keyboard: Keyboard) -> None:
        words = keyboard.line("the first words of the second statement:")
        if not words:
            return
        for span in case.record["content"]:
            at = case.article.text.find(words, span["start"], span["end"])
            if at > 0:
                made = self._desk.split(case, split_at(case.record, case.article, at))
                self._made.add(made.id)
                self._place_parts(made)
                self._reload()
                return
        raise KgError("these words do not stand in the statement")

    def _place_parts(self, made: Decision) -> None:
        """Put other parts of the statement shown behind it, or take out those that are gone.

        A person looks at each of them: they have the stances of the whole, which need not be theirs.
        """
        parts = [self._desk.material.iris.statement(record["id"]) for record in made.becomes[1:]]
        there = [iri for iri in parts if self._is_there(iri)]
        shown = self._entries[self._at]
        left = [entry for entry in self._entries if entry.iri not in parts or entry.iri in there]
        self._at, known = left.index(shown), {entry.iri for entry in left}
        left[self._at + 1 : self._at + 1] = entries_of(iri for iri in there if iri not in known)
        self._entries = left

    def _is_there(self, iri: str) -> bool:
        try:
            self._desk.case(iri)
        except UsageError:
            return False
        return True

    def _adopt(self, case: Case, keyboard: Keyboard) -> bool:
        found = list(latest_by_coder(case.history).items())
        if not found:
            self._say("nobody has decided on this statement")
            return False
        for number, (coder, one) in enumerate(found, start=1):
            self._say(plain(f"  {number}  {coder}: {', '.join(outcome_words(one))}"))
        chosen = self._choose("whose version", found, keyboard)
        if chosen is None:
            return False
        made = self._desk.adopt(case, chosen[1].id)
        self._place_parts(made)
        self._next(made)
        return False

    def _merge(self, case: Case, keyboard: Keyboard) -> None:
        from kg.review.wordings import likely_wordings

        found = likely_wordings(self._desk, case)
        if not found:
            self._say("no other statement has words like these")
            return
        for number, other in enumerate(found, start=1):
            self._say(plain(f"  {number}  {other.said} {other.speaker}, {other.source}: {other.words}"))
        chosen = self._choose("which reports the same speech", found, keyboard)
        if chosen is not None:
            self._made.add(self._desk.merge([case, self._desk.case(chosen.iri)]).id)
            self._reload()
            self._say("merged: both report the same speech")

    def _choose_stance(self, record: Record, keyboard: Keyboard) -> Record | None:
        found = record["positions"]
        if not found:
            self._say("the statement takes no stance; n adds one")
            return None
        return found[0] if len(found) == 1 else self._choose("which stance", found, keyboard)

    def _choose_position(self, keyboard: Keyboard) -> str | None:
        found = self._desk.material.codebook.positions
        for number, position in enumerate(found, start=1):
            self._say(plain(f"  {number}  {position.slug}: {position.label}"))
        line = keyboard.line("number or short name of the position:")
        if line.isdecimal() and 0 < int(line) <= len(found):
            return found[int(line) - 1].slug
        return line or None

    def _choose_side(self, keyboard: Keyboard) -> str | None:
        found = ("supports", "opposes", "neutral")
        self._say("  ".join(f"{number} {one}" for number, one in enumerate(found, start=1)))
        return self._choose("where the speaker stands", found, keyboard)

    def _choose(self, question: str, found: Sequence[_One], keyboard: Keyboard) -> _One | None:
        """One of several that were shown with their numbers; any other key chooses none."""
        self._say(f"{question} (1{f' to {len(found)}' if len(found) > 1 else ''}, any other key for none):")
        key = keyboard.key()
        if key.isdecimal() and 0 < int(key) <= len(found):
            return found[int(key) - 1]
        self._say("none chosen")
        return None

    def _show(self) -> None:
        case = self._case()
        self._say("")
        why = ", ".join(self._entries[self._at].reasons)
        self._say(f"── {self._at + 1} of {len(self._entries)}{f' ({why})' if why else ''} " + "─" * 30)
        for line in described(case, self._desk, colour=self._colour):
            self._say(line)


def described(case: Case, desk: Desk, *, colour: bool = False) -> Iterator[str]:
    """A case as lines of text: passage, who, when, stances, what was decided."""
    record, article = case.record, case.article
    outlet, title = article.publisher or "unknown outlet", article.title or article.name
    yield plain(f"{outlet}, {article.published or 'undated'}: {title}")
    yield ""
    yield passage(case, colour=colour)
    yield ""
    actor, office = record["actor"], record["office"]
    behalf = record["on_behalf_of"]
    who = actor["label"] if actor else "(not named)"
    for more in (office, f"for {behalf['label']}" if behalf else None):
        who += f", {more}" if more else ""
    joint = "".join(f" and {other['label']}" for other in record["joint"])
    yield plain(f"who    {who}{joint}")
    yield f"when   {record['said'] or 'unknown'}"
    labels = desk.material.codebook.position_by_slug
    for number, one in enumerate(record["positions"], start=1):
        condition = f" (if: {one['condition']})" if one["condition"] else ""
        position = labels[one["position"]].label if one["position"] in labels else one["position"]
        yield plain(f"{number}  {one['stance']:9} {position} [{one['position']}]{condition}")
    if not record["positions"]:
        yield "   no stance"
    sure = f", {case.confidence:.0%} sure" if case.confidence is not None else ""
    yield f"({case.status}{sure})"
    versions = latest_by_coder(case.history)
    if len(versions) > 1:
        for coder, one in versions.items():
            yield plain(f"  {coder}: {', '.join(outcome_words(one))}")
    for decision in case.history:
        note = f": {decision.comment}" if decision.comment else ""
        what = action_words(decision)
        yield plain(f"· {decision.coder} {decision.time:%Y-%m-%d %H:%M} {what}{note}")


def passage(case: Case, *, colour: bool = False) -> str:
    """The statement's words in their surroundings, source in angle, content in square brackets."""
    record, text = case.record, case.article.text
    marks = [(span["start"], span["end"], "[", "]", "green") for span in record["content"]]
    if record["source"]:
        marks.append((record["source"]["start"], record["source"]["end"], "<", ">", "cyan"))
    marks.sort()
    first = max(0, min(mark[0] for mark in marks) - AROUND)
    last = min(len(text), max(mark[1] for mark in marks) + AROUND)
    parts, at = ["…" if first else ""], first
    for start, end, left, right, tint in marks:
        if start < at:
            continue
        parts.append(plain(text[at:start]))
        words = plain(text[start:end])
        parts.append(click.style(words, fg=tint, bold=True) if colour else f"{left}{words}{right}")
        at = end
    parts.append(plain(text[at:last]) + ("…" if last < len(text) else ""))
    return "".join(parts)


def unknown(key: str) -> str:
    """What to say to a key that means nothing."""
    name = f"'{key}'" if key.isprintable() else "that key"
    return f"{name} means nothing here; ? shows the keys"


def plain(text: str) -> str:
    r"""Text without characters that would steer the terminal.

    >>> plain("a\x1b]0;title\x07b\tc")
    'a]0;titleb c'
    """
    return "".join(" " if char == "\t" else char for char in text if char.isprintable() or char in "\n\t")


__all__ = ["AROUND", "KEYS", "Keyboard", "Walk", "described", "passage", "plain", "unknown"]

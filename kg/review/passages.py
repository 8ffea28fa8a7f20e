"""Walks through sampled passages in a terminal: does all that is said in them stand there, and right?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.build.anchoring import find
from kg.model.errors import KgError
from kg.review.cases import ArticleCases, Case, passage_cases, passage_version
from kg.review.decisions import Desk, StaleError
from kg.review.edits import new_statement, with_actor, with_date, with_stance
from kg.review.history import in_words
from kg.review.queue import entries_of
from kg.review.sample import SampledPassage
from kg.review.terminal import Keyboard, Walk, plain

KEYS = {
    ".": "all that is said here stands there, and is right",
    "1": "to 9: decide on that statement",
    "+": "add a statement that was missed",
    "u": "undo",
    "f": "skip (those after it do not count until it is done)",
    "?": "these keys",
    "q": "leave",
}
_STANCES = {"+": "supports", "-": "opposes", "0": "neutral"}


def walk_passages(
    desk: Desk, passages: Sequence[SampledPassage], keyboard: Keyboard, say: Callable[[str], None]
) -> int:
    """Show passages to be read in full, one after the other.

    Returns:
        The number of passages that were read.
    """
    done = 0
    if passages:
        say(f"\n{len(passages)} passages to read in full; ? shows the keys")
    for number, one in enumerate(passages, start=1):
        head = f"── passage {number} of {len(passages)} " + "─" * 30
        cases = _show(desk.article(one.article), one, head, say)
        while True:
            key = keyboard.key()
            if key in ("q", "\x03", "\x04"):
                return done
            if key == "f":
                break
            try:
                if key == ".":
                    desk.look(one.article, one.start, one.end, passage_version(cases))
                    done += 1
                    break
                if not _press(key, desk, one, cases, keyboard, say):
                    continue
            except StaleError as error:
                say(plain(f"not written: {error}"))
            except KgError as error:
                say(plain(f"not written: {error}"))
                continue
            cases = _show(desk.article(one.article), one, head, say)
    return done


def _press(
    key: str,
    desk: Desk,
    one: SampledPassage,
    cases: Sequence[Case],
    keyboard: Keyboard,
    say: Callable[[str], None],
) -> bool:
    """Do what a key means; returns whether the passage is to be shown again."""
    if key == "+":
        _add(desk, one, keyboard)
        say("added")
    elif key == "u":
        say(plain(f"undone: {in_words(desk.undo())}"))
    elif key.isdecimal() and 0 < int(key) <= len(cases):
        Walk(desk, entries_of([cases[int(key) - 1].iri]), say).run(keyboard)
    else:
        say("\n".join(f"  {name}  {what}" for name, what in KEYS.items()))
        return False
    return True


def _show(found: ArticleCases, one: SampledPassage, head: str, say: Callable[[str], None]) -> list[Case]:
    say("")
    say(head)
    article = found.article
    outlet = article.publisher or "unknown outlet"
    say(plain(f"{outlet}, {article.published or 'undated'}: {article.title or article.name}"))
    say("")
    say(plain(article.text[one.start : one.end]))
    say("")
    cases = passage_cases(found, one.start, one.end)
    for number, case in enumerate(cases, start=1):
        first, actor = case.record["content"][0], case.record["actor"]
        stances = ", ".join(f"{p['stance']} {p['position']}" for p in case.record["positions"])
        who = actor["label"] if actor else "(not named)"
        reviewed = "" if case.status == "candidate" else f" ({case.status})"
        say(plain(f"{number}  {who}: [{first['text'][:60]}] {stances or 'no stance'}{reviewed}"))
    if not cases:
        say("no statement was read in it")
    return cases


def _add(desk: Desk, one: SampledPassage, keyboard: Keyboard) -> None:
    material = desk.material
    article = desk.article(one.article).article
    words = keyboard.line("the words that were said, copied from the passage:")
    found = find({"text": words, "start": one.start}, article.text, one.start) if words else None
    if found is None or not one.start <= found["start"] < one.end:
        raise KgError("these words do not stand in the passage", hint="copy them from it")
    record = new_statement(article, found["start"], found["end"])
    name = keyboard.line("who said it (a name, or (description) for an unnamed source):")
    record = with_actor(record, material.register, material.iris, article, name)
    said = keyboard.line("said when (nothing for unknown):")
    record = with_date(record, material.register, said)
    position = keyboard.line("short name of the position (nothing for a statement without a stance):")
    if position:
        side = keyboard.line("+ supports, - opposes, 0 neutral:")
        record = with_stance(record, material.codebook, position, _STANCES.get(side, side))
    desk.add(one.article, record)


__all__ = ["KEYS", "walk_passages"]

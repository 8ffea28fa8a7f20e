"""Walks through sampled paragraphs in a terminal: was a statement missed in them?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.build.anchoring import find
from kg.model.errors import KgError
from kg.review.cases import ArticleCases
from kg.review.decisions import Desk
from kg.review.edits import new_statement, with_actor, with_date, with_stance
from kg.review.sample import SampledParagraph
from kg.review.terminal import Keyboard, plain

KEYS = {
    ".": "nothing was missed, or all of it is added",
    "+": "add a statement that was missed",
    "f": "skip",
    "?": "these keys",
    "q": "leave",
}
_STANCES = {"+": "supports", "-": "opposes", "0": "neutral"}


def walk_paragraphs(
    desk: Desk, paragraphs: Sequence[SampledParagraph], keyboard: Keyboard, say: Callable[[str], None]
) -> int:
    """Show the paragraphs that nobody looked at yet, one after the other.

    Returns:
        The number of paragraphs that were searched.
    """
    waiting = [one for one in paragraphs if one.missed is None]
    done = 0
    if waiting:
        say(f"\n{len(waiting)} paragraphs to search for stances that were missed; ? shows the keys")
    for number, one in enumerate(waiting, start=1):
        _show(desk.article(one.article), one, f"── paragraph {number} of {len(waiting)} " + "─" * 30, say)
        while True:
            key = keyboard.key()
            if key in ("q", "\x03", "\x04"):
                return done
            if key == ".":
                desk.look(one.article, one.start, one.end)
                done += 1
                break
            if key == "f":
                break
            if key == "+":
                try:
                    _add(desk, one, keyboard)
                    say("added; . when nothing else was missed")
                except KgError as error:
                    say(f"not written: {error}")
            else:
                say("\n".join(f"  {name}  {what}" for name, what in KEYS.items()))
    return done


def _show(found: ArticleCases, one: SampledParagraph, head: str, say: Callable[[str], None]) -> None:
    say("")
    say(head)
    article = found.article
    say(plain(f"{one.outlet}, {article.published or 'undated'}: {article.title or article.name}"))
    say("")
    say(plain(article.text[one.start : one.end]))
    say("")
    for case in found.cases.values():
        first = case.record["content"][0]
        if one.start <= first["start"] < one.end and case.status != "rejected":
            actor = case.record["actor"]
            stances = ", ".join(f"{p['stance']} {p['position']}" for p in case.record["positions"])
            who = actor["label"] if actor else "(not named)"
            say(plain(f"there: {who}: [{first['text'][:60]}] {stances or 'no stance'}"))


def _add(desk: Desk, one: SampledParagraph, keyboard: Keyboard) -> None:
    material = desk.material
    article = desk.article(one.article).article
    words = keyboard.line("the words that were said, copied from the paragraph:")
    found = find({"text": words, "start": one.start}, article.text, one.start) if words else None
    if found is None or not one.start <= found["start"] < one.end:
        raise KgError("these words do not stand in the paragraph", hint="copy them from it")
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


__all__ = ["KEYS", "walk_paragraphs"]

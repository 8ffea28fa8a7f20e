r"""Contrast sets: texts that support, oppose or leave open one position, read from their text files.

    # field: the quarry at Lowick

    = The quarry at Lowick should be reopened | Stone should be dug at Lowick again
    ! The quarry at Lowick must stay shut | Quarrying at Lowick should never start again
    ~ The Lowick quarry firm should pay for road repairs
    + [Mayor Jon Hale] {welcomed} the ruling that lets the diggers back into the pit.
    - [Villagers] {dismissed} the promise of a hundred jobs at the pit as bait.
    0 [The county] {said} it would decide on the pit after the summer.
    x [The parish] {asked} who would mend the road that the lorries have broken.

Where the corpus (`statements.py`) shows what is hard about the news of a field, these show over thousands of
positions what follows from a text and what does not: the inference that a network has to learn first.
contrasts/README.md says what the lines mean. A file is a field; a set ends with an empty line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import InputError
from training.stance.field_files import field_files, title_of
from training.stance.statements import Polarity

CONTRASTS = Path(__file__).resolve().parent / "contrasts"

_SIGNS: dict[str, Polarity] = {"+": "supports", "-": "opposes", "0": "neutral", "x": "unrelated"}
_LINE = re.compile(r"([=!~+\-0x]) (\S.*)")
_BARE = str.maketrans("", "", "[]{}")
_LEAST = 2
"""Texts on each side of a set."""


@dataclass(frozen=True, slots=True)
class ContrastText:
    """A text, its source in square and its cue in curly brackets where it has them, and its polarity."""

    text: str
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class ContrastSet:
    """A position with what speaks for it, against it, about it and beside it.

    Attributes:
        field: What its file is about.
        wordings: The position, in two wordings or more.
        contrary: What whoever supports the position opposes, and the other way round.
        nearby: A position of the same topic on which the texts for and against say nothing.
        texts: With their polarity on the position.
        line: Where the set begins in its file.
    """

    field: str
    wordings: tuple[str, ...]
    contrary: tuple[str, ...]
    nearby: str
    texts: tuple[ContrastText, ...]
    line: int


def plain(text: str) -> str:
    """A marked text without its brackets.

    >>> plain("[Ada Reed] {rejected} the pier.")
    'Ada Reed rejected the pier.'
    """
    return text.translate(_BARE)


def parse(source: str, where: str) -> list[ContrastSet]:
    """The sets of one field.

    Args:
        source: The file's text.
        where: Its name, for what is wrong with it.

    Raises:
        InputError: A line has none of the forms, or a set lacks a part.

    >>> found = parse('''# field: tea
    ...
    ... = Tea does good | Tea is healthy
    ... ! Tea does harm
    ... ~ Tea should be taxed
    ... + [Ann Lee] {praised} tea.
    ... + Tea calms.
    ... - [Ann Lee] {warned} of tea.
    ... - Tea robs people of sleep.
    ... ''', "tea.txt")
    >>> found[0].wordings, found[0].texts[2].polarity
    (('Tea does good', 'Tea is healthy'), 'opposes')
    """
    lines = source.splitlines()
    field = title_of(lines, where)
    found: list[ContrastSet] = []
    block: list[tuple[str, str]] = []
    for number, line in enumerate([*lines[1:], ""], start=2):
        if line.strip():
            match = _LINE.fullmatch(line.rstrip())
            if match is None:
                hint = "a line begins with one of = ! ~ + - 0 x and a blank"
                raise InputError(f"cannot be read: {line[:60]}", where=f"{where}:{number}", hint=hint)
            block.append((match[1], match[2]))
        elif block:
            found.append(_set(field, block, f"{where}:{number - len(block)}", number - len(block)))
            block = []
    return found


def _set(field: str, block: Iterable[tuple[str, str]], where: str, line: int) -> ContrastSet:
    parts: dict[str, list[str]] = {sign: [] for sign in "=!~"}
    texts: list[ContrastText] = []
    for sign, words in block:
        if sign in parts:
            parts[sign] += [part.strip() for part in words.split("|")]
        else:
            texts.append(ContrastText(words, _SIGNS[sign]))
    if not parts["="] or not parts["!"] or len(parts["~"]) != 1:
        raise InputError("a set has a position (=), its contrary (!) and one nearby (~)", where=where)
    for sign in "+-":
        if sum(one.polarity == _SIGNS[sign] for one in texts) < _LEAST:
            raise InputError(f"a set has at least {_LEAST} texts with {sign}", where=where)
    return ContrastSet(field, tuple(parts["="]), tuple(parts["!"]), parts["~"][0], tuple(texts), line)


def read_contrasts(folder: Path = CONTRASTS, held_out: bool = False) -> list[ContrastSet]:
    """All sets of a folder, by file name.

    Args:
        folder: Has a text file for each field.
        held_out: Those of its folder `held-out` in place of the others.

    Raises:
        InputError: A file cannot be read.
    """
    files = field_files(folder, held_out)
    return [one for path, source in files for one in parse(source, str(path))]


__all__ = ["CONTRASTS", "ContrastSet", "ContrastText", "parse", "plain", "read_contrasts"]

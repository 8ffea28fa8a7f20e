"""Finds what of a plain text is the page around the article: menus, notices, prompts, links, credits.

The ranges are marked and nothing is cut, so that offsets hold. A line is judged by its words (the families of
`kg.ingest.furniture`), by its shape (a menu has short lines without a sentence's end, running text does not)
and by its place (before the first and after the last running text of the article almost everything short is
furniture, in between almost nothing is). In doubt a line stays: a menu that is read costs little, a lost
paragraph costs its statements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from kg.ingest import furniture
from kg.ingest.lines import Line, lines_of
from kg.ingest.printed_dates import dates_in

_TAIL_LINK = re.compile(
    r"(?<=[.!?”\"’…])\s+(?:(?:continue reading|read (?:more|the full (?:story|article)(?: here)?)|click"
    r" here"
    r"(?: for more| to read more)?|more|see more)\s?(?:\.{3}|[.…»>→]*))$",
    re.IGNORECASE,
)
_TIME_WORDS = re.compile(
    r"\b(?:page|first|last|originally)?\s?(?:published|posted|updated|modified|created|issued|date|on|at"
    r"|by)\b:?"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\b"
    r"|\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?|\b(?:gmt|utc|bst|cet|cest|est|edt|et|pst|pdt"
    r"|uk|msk|hrs)\b"
    r"|\b\d{1,2}\s?[ap]\.?m\.?\b",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(
    r"^\W*(?:\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?,?\s+(?:\d{2}|\d{4}))\b",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"^\d+\s?(?:s|m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?|years?) ago\b", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s*[|·•›»>/]\s*|\s{3,}|\t")
_BULLET = re.compile(r"^[•*‣◦▪–—-]\s")
_LONGEST = 3000
"""Lines above this length are never furniture."""
_SAYS = re.compile(
    r"\b(?:said|says|say|told|tells|asked|added|warned|insisted|argued|claimed|called|urged|according to)\b",
    re.IGNORECASE,
)
_TICKER = re.compile(r"^[A-Z][\w&.\s]{1,25}\s[\d,.]{3,}\s+[+−-]?\d[\d.,]*\s?%?$")
_BYLINE = re.compile(r"^by\s+[A-Z]", re.IGNORECASE)
_RULE = re.compile(r"^[\W_]+$")


def boilerplate_ranges(text: str) -> tuple[tuple[int, int], ...]:
    r"""The [start, end) ranges of the text that are no part of the article, in its order.

    >>> text = "Skip to main content\n\nThe minister said that the dam would be built by May.\n\n© 2020 Daily"
    >>> [text[start:end] for start, end in boilerplate_ranges(text)]
    ['Skip to main content', '© 2020 Daily']
    """
    lines = lines_of(text)
    marked = _marked(lines)
    ranges: list[tuple[int, int]] = []
    previous = False
    for line, junk in zip(lines, marked, strict=True):
        if junk and previous:
            ranges[-1] = (ranges[-1][0], line.end)
        elif junk:
            ranges.append((line.start, line.end))
        elif link := _TAIL_LINK.search(line.text):
            ranges.append((line.start + link.start(), line.end))
        previous = junk
    return tuple(ranges)


def _marked(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether it is boilerplate."""
    marked = [_is_furniture(line) for line in lines]
    # Running text that is not the site's own.
    body = [i for i, line in enumerate(lines) if not marked[i] and line.is_prose and not _is_prompt(line)]
    first, last = (body[0], body[-1]) if body else (len(lines), -1)
    end = _end_of_article(lines, marked, body)
    for i, line in enumerate(lines):
        marked[i] = marked[i] or _is_menu(line, in_body=first < i < last) or (i < first and _is_prompt(line))
    _mark_links(lines, marked, body)
    _mark_dated_links(lines, marked, body)
    _mark_head(lines, marked, first)
    _mark_tail(lines, marked, end, body)
    return marked


def _is_furniture(line: Line) -> bool:
    """Whether the words alone give the line away."""
    count = len(line.words)
    if len(line.text) > _LONGEST:
        return False
    if _RULE.fullmatch(line.text) or _is_icons(line) or _is_dates_only(line):
        return True
    if count <= 40 and any(family.search(line.text) for family in furniture.LONG_FAMILIES):
        # Somebody quoted on cookies or copyright is news.
        return not (line.has_quote and _SAYS.search(line.text))
    if count > 40:
        hits = sum(len(family.findall(line.text)) for family in furniture.LONG_FAMILIES)
        return hits >= 2 and not line.has_quote
    if furniture.CREDITS.search(line.text):
        return count <= 40 and not line.has_quote
    if _speaks(line):
        return False
    return count <= 25 and any(family.search(line.text) for family in furniture.LINE_FAMILIES)


def _speaks(line: Line) -> bool:
    """Whether the line quotes somebody, or is a sentence that says who said something."""
    if not line.has_quote and not (line.ends_as_sentence and _SAYS.search(line.text)):
        return False
    return len(line.words) >= 5 and not furniture.INLINE_LINK.search(line.text)


def _is_paragraph(lines: Sequence[Line], i: int) -> bool:
    """A short sentence that stands alone between blank lines."""
    line = lines[i]
    if len(line.words) < 5 or not line.text.endswith("."):
        return False
    return all(lines[j].block != line.block for j in (i - 1, i + 1) if 0 <= j < len(lines))


def _is_icons(line: Line) -> bool:
    """A list of icon names or other words said over and over."""
    words = [word.casefold() for word in line.words]
    if len(words) < 8 or line.has_quote:
        return False
    if sum("icon" in word for word in words) * 3 >= len(words):
        return True
    most = max(count for word, count in Counter(words).items())
    return most * 3 >= len(words) and not line.ends_as_sentence


def _is_dates_only(line: Line) -> bool:
    """A date, with times, weekdays and the label of a date, and at most two words more."""
    if len(line.words) > 20:
        return False
    if _AGO.match(line.text):
        return len(line.words) <= 8
    rest = line.text
    found = list(dates_in(rest))
    for date in reversed(found):
        rest = rest[: date.start] + " " + rest[date.end :]
    if not found:
        if not (short := _SHORT_DATE.search(rest)):
            return False
        rest = rest[short.end() :]
    return len(re.findall(r"[^\W\d_]{2,}", _TIME_WORDS.sub(" ", rest))) <= 2


def _is_menu(line: Line, *, in_body: bool) -> bool:
    """Names of sections, or a path through them, in one line."""
    if line.ends_as_sentence or line.has_quote or not line.words:
        return False
    words = [word.casefold() for word in line.words]
    known = sum(word in furniture.SECTIONS for word in words)
    if len(words) >= 4 and known * 3 >= len(words) * 2:
        return True
    parts = [part for part in _SEPARATOR.split(line.text) if part]
    if len(parts) >= 2 and all(_is_link(part) for part in parts):
        return True
    if len(parts) >= 3 and len(words) <= 3 * len(parts) and known:
        return True
    return not in_body and (_TICKER.match(line.text) is not None or (len(words) <= 3 and known == len(words)))


def _is_link(part: str) -> bool:
    """Whether a part of a line is the name of a section or of something to do on the site."""
    words = part.casefold().split()
    if words and all(word in furniture.SECTIONS for word in words):
        return True
    return len(words) <= 4 and any(family.search(part) for family in furniture.LINE_FAMILIES)


def _is_prompt(line: Line) -> bool:
    """A short call to the reader to do something with the site, or praise of it."""
    if len(line.words) > 18 or line.has_quote:
        return False
    if furniture.READER_VERBS.search(line.text) and (
        len(line.words) <= 3 or furniture.READER_OBJECTS.search(line.text)
    ):
        return True
    return len(line.words) <= 12 and bool(furniture.PROMOTION.search(line.text))


def _end_of_article(lines: Sequence[Line], marked: Sequence[bool], body: Sequence[int]) -> int:
    """Index of the first line of the furniture below the article; the number of lines where there is none.

    A heading of related stories, a sign-up prompt or a notice ends the article when little running text
    follows.
    """
    inside = set(body)
    total = sum(len(lines[i].text) for i in body)
    before = seen = 0
    for i, line in enumerate(lines):
        if i in inside:
            before += len(line.text)
            seen += 1
            continue
        if not total or before * 2 < total:
            continue
        if furniture.LISTS.search(line.text) and _only_teasers(lines, body[seen:], (total - before) / total):
            return i
        if seen == len(body) and marked[i]:
            return i
    return len(lines)


def _only_teasers(lines: Sequence[Line], after: Sequence[int], share: float) -> bool:
    """Whether the running text below a heading of links is of teasers: little, or each with its headline."""
    if any(lines[i].has_quote for i in after[:2]):
        return False
    alone = all(later - earlier > 1 for earlier, later in pairwise(after))
    return share < 0.1 or (share < 0.5 and alone)


def _mark_links(lines: Sequence[Line], marked: list[bool], body: Sequence[int]) -> None:
    """The short lines right below a heading of links, up to the next blank line."""
    running = set(body)
    block = -1
    for i, line in enumerate(lines):
        if furniture.LISTS.search(line.text) and marked[i]:
            block = line.block
        elif line.block == block and i not in running and not line.text.endswith(".") and not _speaks(line):
            marked[i] = True


def _mark_dated_links(lines: Sequence[Line], marked: list[bool], body: Sequence[int]) -> None:
    """Headlines that each have a date above or below: a list of other articles."""
    dated = [
        i
        for i, line in enumerate(lines)
        if _SHORT_DATE.match(line.text) or _AGO.match(line.text) or _is_dates_only(line)
    ]
    inside = set(body)
    first = body[0] if body else len(lines)
    for place in ([i for i in dated if i < first], [i for i in dated if i > first]):
        for offset in (-1, 1):
            links = [i + offset for i in place if 0 <= i + offset < len(lines)]
            links = [i for i in links if i not in inside and lines[i].block == lines[i - offset].block]
            # One date beside one headline is the article's own.
            if len(links) >= 2:
                for i in links:
                    marked[i] = not _speaks(lines[i]) or marked[i]
                break


def _mark_head(lines: Sequence[Line], marked: list[bool], first: int) -> None:
    """Above the running text: short lines in blocks that are mostly furniture, and names of sections."""
    repeated = Counter(line.text.casefold() for line in lines if len(line.words) <= 4)
    for _, group in groupby(range(first), key=lambda i: lines[i].block):
        inside = list(group)
        junk = sum(marked[i] or repeated[lines[i].text.casefold()] > 2 for i in inside)
        for i in inside:
            line = lines[i]
            if len(line.words) > 4 or line.has_quote or _BULLET.match(line.text) or _BYLINE.match(line.text):
                continue
            twice = repeated[line.text.casefold()] > 1 and len(line.words) <= 4
            marked[i] = marked[i] or junk * 2 > len(inside) or (twice and junk > 0)


def _mark_tail(lines: Sequence[Line], marked: list[bool], end: int, body: Sequence[int]) -> None:
    """Below the article: everything that does not read as running text of its own."""
    ended_by_list = end < len(lines) and bool(furniture.LISTS.search(lines[end].text))
    running = set(body)
    for i in range(end, len(lines)):
        line = lines[i]
        marked[i] = (
            marked[i] or ended_by_list or not (i in running or _speaks(line) or _is_paragraph(lines, i))
        )
    # A run of short lines without an end of a sentence at the very end is a list of links, whatever it says.
    last = body[-1] if body else -1
    run = [i for i in range(last + 1, min(end, len(lines))) if not marked[i]]
    bare = [i for i in run if not lines[i].ends_as_sentence and not lines[i].has_quote]
    if len(bare) >= 4 and len(bare) * 3 >= len(run) * 2:
        for i in bare:
            marked[i] = not _BULLET.match(lines[i].text)


__all__ = ["boilerplate_ranges"]

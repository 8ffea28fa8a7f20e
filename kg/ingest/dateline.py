"""Finds when a text was published, from what is printed in it.

Three places tell: a line with a label ("Published: 4 May 2011"), a line at the head that is a date or a
byline with one, and the dateline that opens an agency's report ("WARSAW, March 3, 2010 (Agency) -"). Dates
of other articles, years of copyright and dates that the report speaks of do not. A dateline without a year
takes the year of a line at the head, where there is exactly one, and no other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.ingest.lines import Line, lines_of
from kg.ingest.printed_dates import dates_in, day, month_days_in

_LABEL = re.compile(
    r"^\W*(?:(?:story|article|page|post|news|report|release)\s+)?(?:(?P<first>(?:first |originally"
    r" )?published|posted"
    r"|publication date|date published|date(?: posted)?|issued|released|release date|filed|created|dated)"
    r"|(?P<later>(?:last )?(?:updated|modified|revised|edited)))(?: (?:on|at|in|by [^,|:]{2,40}"
    r"|online)\b)*\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^[\"“]?(?P<place>[A-Z][A-Z.'’ -]{2,}(?:[,/] ?[A-Za-z.'’ ]{2,30})?|[A-Z][\w.'’-]+(?:"
    r" [A-Z][\w.'’-]+)?)\s?[,(:–—-]"
    r"(?P<rest>.{0,80}?)(?:\s?[–—-]{1,2}\s|\)\s|:\s|\s[–—]|\(\w[\w ./-]{1,30}\)\s?[–—-])"
)
_YEAR_LINE = re.compile(r"\b((?:19|20)\d\d)\b")
_NOT_A_YEAR_OF_THE_TEXT = re.compile(r"©|\(c\)|copyright|rights reserved", re.IGNORECASE)
_YEAR_IN_ADDRESS = re.compile(r"https?://\S*/((?:19|20)\d\d)/\d{1,2}/")
_HEAD_LINES = 30
_TAIL_LINES = 25


@dataclass(frozen=True, slots=True)
class Publication:
    """A date of publication, as EDTF, and what told it: a line of the page or the text's dateline."""

    edtf: str
    told_by: Literal["page", "dateline"]


def publication(text: str) -> Publication | None:
    r"""When the text was published, as far as it says so.

    >>> publication("Dam delayed\n\nPublished: 4 May 2011\n\nThe dam, begun on 2 June 2009, is late.")
    Publication(edtf='2011-05-04', told_by='page')
    >>> publication("WARSAW, March 3, 2010 (Agency) - The dam is late, the minister said.").told_by
    'dateline'
    >>> publication("The dam was begun on 2 June 2009, and is late.") is None
    True
    """
    lines = lines_of(text)
    head = _head(lines)
    page = _labelled(head, head_only=True) or _in_head(head) or _labelled(lines[-_TAIL_LINES:])
    if page:
        return Publication(page, "page")
    dateline = _in_dateline(lines, head)
    return Publication(dateline, "dateline") if dateline else None


def _head(lines: Sequence[Line]) -> list[Line]:
    """The lines before the second long paragraph of running text, or the third of any length."""
    found: list[Line] = []
    paragraphs = long_ones = 0
    for line in lines[:_HEAD_LINES]:
        if line.is_prose:
            paragraphs += 1
            long_ones += len(line.text) > 120
            if paragraphs == 3 or long_ones == 2:
                break
        found.append(line)
    return found


def _labelled(lines: Sequence[Line], *, head_only: bool = False) -> str | None:
    """The date of the first line that says "published", else of one that says "updated".

    At the foot, where other articles are listed, several dates leave it open which is this one's.
    """
    first: list[str] = []
    later: list[str] = []
    for line in lines:
        label = _LABEL.search(line.text)
        if not label or len(line.text) > 160:
            continue
        found = next(dates_in(line.text[label.end() :]), None)
        # The date follows its label; a date further on is what a sentence speaks of.
        if found and found.start <= 45:
            (first if label["first"] else later).append(found.edtf)
    for dates in (first, later):
        if dates and (head_only or len(set(dates)) == 1):
            return dates[0]
    return None


def _in_head(head: Sequence[Line]) -> str | None:
    """The date of a line of the head that is a date or a byline; the last one above, as menus come first."""
    above: list[str] = []
    below: list[str] = []
    started = False
    for line in head:
        if line.is_prose and len(line.text) > 120:
            started = True
            continue
        date = _dated_line(line)
        if date:
            (below if started else above).append(date)
    if above:
        return above[-1]
    return below[0] if len(set(below)) == 1 else None


def _dated_line(line: Line) -> str | None:
    """The date of a line that holds little else: no sentence, at most nine words beside it."""
    if len(line.text) > 130 or _NOT_A_YEAR_OF_THE_TEXT.search(line.text):
        return None
    found = list(dates_in(line.text))
    if not found or (line.ends_as_sentence and len(line.words) > 6 and found[-1].end < len(line.text) - 12):
        return None
    rest = line.text[: found[0].start] + line.text[found[-1].end :]
    words = re.findall(r"[^\W\d_]{2,}", rest)
    lower = [word for word in words if word.islower()]
    # Names, places, weekdays and time zones have capitals; a headline or a sentence has verbs and little
    # words.
    return found[0].edtf if len(words) <= 9 and len(lower) <= 2 and len(found) <= 2 else None


def _in_dateline(lines: Sequence[Line], head: Sequence[Line]) -> str | None:
    for line in lines[:_HEAD_LINES]:
        match = _DATELINE.match(line.text)
        if not match:
            continue
        part = line.text[: match.end()]
        found = next(dates_in(part), None)
        if found:
            return found.edtf
        year = _year_nearby(head)
        if year and (month_day := next(month_days_in(part), None)):
            return day(year, month_day[0], month_day[1])
    return None


def _year_nearby(head: Sequence[Line]) -> int | None:
    """The only year that short lines of the head have."""
    years: set[str] = set()
    for line in head:
        years.update(_YEAR_IN_ADDRESS.findall(line.text))
        if (
            len(line.words) <= 8
            and not line.ends_as_sentence
            and not _NOT_A_YEAR_OF_THE_TEXT.search(line.text)
        ):
            years.update(_YEAR_LINE.findall(line.text))
    return int(years.pop()) if len(years) == 1 else None


__all__ = ["Publication", "publication"]

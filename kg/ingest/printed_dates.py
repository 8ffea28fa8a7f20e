"""Dates as pages print them, turned into EDTF with the precision that they have and no more."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<{}>1[89]\d\d|20\d\d)"
_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    + r"(?P<iso>(?:1[89]|20)\d\d-\d\d-\d\d)(?=[T\s,;.)]|$)"
    + r"|(?P<iso_month>(?:1[89]|20)\d\d-(?:0[1-9]|1[0-2]))(?=[\s,;.)]|$)"
    + rf"|{_DAY.format('d1')}(?:\s+of)?[\s-]+(?P<m1>{_MONTH})[\s,-]+{_YEAR.format('y1')}"
    + rf"|(?P<m2>{_MONTH})\s+{_DAY.format('d2')},?\s+{_YEAR.format('y2')}"
    + rf"|{_YEAR.format('y3')}[/.](?P<m3>\d{{1,2}})[/.](?P<d3>\d{{1,2}})"
    + rf"|(?P<a>\d{{1,2}})(?P<mark>[/.-])(?P<b>\d{{1,2}})(?P=mark){_YEAR.format('y4')}"
    + rf"|(?P<m5>{_MONTH}),?\s+{_YEAR.format('y5')}"
    + r")(?!(?!T\d)\w|/|-\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\s+{_DAY.format('d1')}|{_DAY.format('d2')}\s+(?P<m2>{_MONTH}))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date and where it stands in the text."""

    edtf: str
    start: int
    end: int


def month_number(name: str) -> int:
    """1 to 12 for an English month or its abbreviation, 0 otherwise.

    >>> month_number("Sept."), month_number("Mayor")
    (9, 0)
    """
    name = name.rstrip(".").lower()
    if len(name) < 3:
        return 0
    return (
        next((i for i, month in enumerate(_MONTHS, 1) if month.startswith(name[:4])), 0)
        if _named(name)
        else 0
    )


def _named(name: str) -> bool:
    return name == "sept" or any(name in (month, month[:3]) for month in _MONTHS)


def day(year: int, month: int, number: int) -> str | None:
    """The EDTF day, or None where the calendar has no such day."""
    try:
        return datetime.date(year, month, number).isoformat()
    except ValueError:
        return None


def dates_in(text: str) -> Iterator[PrintedDate]:
    """All dates with a year in the text, in its order.

    A numeric date that can be read in two ways gives the interval of both.

    >>> [d.edtf for d in dates_in("18 Sept 2009, March 3, 2010, 2011-05-06T10:00Z, April 2012, 05/06/2013")]
    ['2009-09-18', '2010-03-03', '2011-05-06', '2012-04', '2013-05-06/2013-06-05']
    """
    for match in _DATE.finditer(text):
        found = _edtf(match)
        if found:
            yield PrintedDate(found, match.start(), match.end())


def _edtf(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    if part["iso"]:
        year, month, number = (int(piece) for piece in part["iso"].split("-"))
        return day(year, month, number)
    if part["iso_month"]:
        return part["iso_month"]
    if part["m5"]:
        return f"{part['y5']}-{month_number(part['m5']):02d}"
    if part["a"]:
        return _numeric(int(part["a"]), int(part["b"]), int(part["y4"]), part["mark"])
    if part["y3"]:
        return day(int(part["y3"]), int(part["m3"]), int(part["d3"]))
    which = "1" if part["d1"] else "2"
    return day(int(part["y" + which]), month_number(part["m" + which]), int(part["d" + which]))


def _numeric(first: int, second: int, year: int, mark: str) -> str | None:
    """Day and month in either order; with full stops the day comes first everywhere."""
    european, american = day(year, second, first), day(year, first, second)
    if mark == "." or not american or european == american:
        return european
    if not european:
        return american
    return "/".join(sorted((european, american)))


def month_days_in(text: str) -> Iterator[tuple[int, int, int]]:
    """Dates without a year in the text, as month, day and the place where they end.

    >>> list(month_days_in("WARSAW, March 3 -"))
    [(3, 3, 15)]
    """
    for match in _MONTH_DAY.finditer(text):
        which = "1" if match["m1"] else "2"
        yield month_number(match["m" + which]), int(match["d" + which]), match.end()


def first_date(text: str) -> str | None:
    """The first date in a short text such as the value of a meta tag, or None.

    >>> first_date("2009-09-18T21:44:00+00:00"), first_date("Fri, 18 Sep 2009 21:44 GMT"), first_date("soon")
    ('2009-09-18', '2009-09-18', None)
    """
    found = next(dates_in(text.strip()), None)
    if found:
        return found.edtf
    compact = re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[T\s_-]?\d*)?Z?", text.strip())
    return day(int(compact[1]), int(compact[2]), int(compact[3])) if compact else None


__all__ = ["PrintedDate", "dates_in", "day", "first_date", "month_days_in", "month_number"]

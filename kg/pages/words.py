"""How dates, numbers and stances are put into words."""

from __future__ import annotations

import re

from kg.analyse.records import Day, Passage, When
from kg.model.dates import bounds
from kg.model.errors import InputError

KINDS = {"person": "Person", "organization": "Organisation", "state": "State", "unnamed": "Unnamed source"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def shown(text: str) -> str:
    r"""Text without characters that no HTML page may hold; its length stays.

    >>> shown("a\x00b")
    'a�b'
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def day(date: Day | None) -> str:
    """A day in words.

    >>> day(Day(2009, 9, 7))
    '7 September 2009'
    """
    return f"{date.day} {date:%B} {date.year}" if date else "unknown"


def _month_end(date: Day) -> bool:
    return date == Day.max or (date + Day.resolution).day == 1


def _end(date: Day, first: bool) -> str:
    """One end of an interval, as a month where it is that month's first or last day."""
    whole = date.day == 1 if first else _month_end(date)
    return f"{date:%b} {date.year}" if whole else f"{date.day} {date:%b} {date.year}"


def when(date: When) -> str:
    """A date in words, no more precise than it is.

    >>> when(When("2009-09-17/2009-09-18", Day(2009, 9, 17), Day(2009, 9, 18)))
    '17–18 Sep 2009'
    >>> when(When("2009-12", Day(2009, 12, 1), Day(2009, 12, 31))), when(When())
    ('Dec 2009', 'not dated')
    >>> when(When("../2009-09", None, Day(2009, 9, 30))), when(When("2009-09/..", Day(2009, 9, 1), None))
    ('until Sep 2009', 'since Sep 2009')
    """
    first, last = date.earliest, date.latest
    if not first or not last:
        return (
            f"since {_end(first, True)}" if first else f"until {_end(last, False)}" if last else "not dated"
        )
    if first == last:
        return f"{first.day} {first:%b} {first.year}"
    if first.day == 1 and _month_end(last):
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%b} {first.year}"
        if first.month == 1 and last.month == 12:
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        return f"{first:%b} {first.year} – {last:%b} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {first:%b} {first.year}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {last.day} {last:%b} {first.year}"
    return f"{first.day} {first:%b} {first.year} – {last.day} {last:%b} {last.year}"


def edtf(text: str) -> str:
    """An EDTF date in words; what is none stays as it is.

    >>> edtf("2010-04")
    'Apr 2010'
    """
    try:
        limits = bounds(text)
    except InputError:
        return text
    return when(When(text, limits.earliest, limits.latest))


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "article"), counted(1200, "article"), counted(2, "speech", "speeches")
    ('1 article', '1,200 articles', '2 speeches')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def quoted(passages: list[Passage], limit: int = 420) -> str:
    """The words of a statement's content as one line, cut after a whole word.

    >>> one, two = (Passage("", "content", 0, 9, words, "", "") for words in ("We  shall", "go"))
    >>> quoted([one, two])
    'We shall … go'
    """
    words = " … ".join(" ".join(one.exact.split()) for one in passages if one.part == "content")
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " …"


__all__ = ["KINDS", "counted", "day", "edtf", "quoted", "shown", "when"]

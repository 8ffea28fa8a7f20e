"""Dates as people write them and as a graph can compare them: EDTF and its bounds.

A date is kept as an EDTF string (Extended Date/Time Format, Library of Congress, 2019): `2009-09-18`,
`2010-04`, `2009-09-17/2009-09-18`, or with an open end `../2009-09`. Its bounds are the first and the last
day that it covers; an open end has no bound.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

import edtf

from kg.model.errors import InputError

Day = datetime.date

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day of a date; None where the end is open."""

    earliest: Day | None
    latest: Day | None

    def overlaps(self, other: Bounds) -> bool:
        """Whether a day can lie in both.

        >>> bounds("2009-12").overlaps(bounds("2009-12-31/2010-04"))
        True
        """
        starts_in_time = self.earliest is None or other.latest is None or self.earliest <= other.latest
        ends_in_time = other.earliest is None or self.latest is None or other.earliest <= self.latest
        return starts_in_time and ends_in_time

    def before(self, other: Bounds) -> bool:
        """Whether every day of this date comes before every day of the other.

        >>> bounds("2009-12").before(bounds("2009-12-31/2010-04"))
        False
        """
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest


def _whole(year: int | None, month: int | None, day: int | None) -> tuple[Day, Day]:
    """First and last day of a year, month or day."""
    if year is None or month is None:
        return Day(year or 0, 1, 1), Day(year or 0, 12, 31)
    if day is None:
        return Day(year, month, 1), Day(year, month, calendar.monthrange(year, month)[1])
    return Day(year, month, day), Day(year, month, day)


def _end(text: str, whole: str) -> tuple[Day, Day] | None:
    if text in ("", ".."):
        return None
    if plain := _PLAIN.fullmatch(text):
        # The usual forms without edtf's grammar, which takes some 40 ms a date.
        try:
            return _whole(*(int(part) if part else None for part in plain.groups()))
        except ValueError:
            pass
    try:
        parsed = edtf.parse_edtf(text)
        first, last = parsed.lower_strict(), parsed.upper_strict()
        return Day(*first[:3]), Day(*last[:3])
    except (edtf.EDTFParseException, ValueError, TypeError, AttributeError) as error:
        raise InputError(
            f"'{whole}' is not a date",
            hint="write 2009-09-18, 2009-09, 2009, 2009-09-17/2009-09-18 or ../2009-09",
        ) from error


@lru_cache(maxsize=65536)
def bounds(text: str) -> Bounds:
    """First and last day of an EDTF date or interval.

    Raises:
        InputError: The text is no EDTF date, or ends before it starts.

    >>> bounds("2010-04")
    Bounds(earliest=datetime.date(2010, 4, 1), latest=datetime.date(2010, 4, 30))
    >>> bounds("../2009-09").earliest is None
    True
    """
    ends = text.strip().split("/")
    if len(ends) > 2 or not text.strip():
        raise InputError(f"'{text}' is not a date", hint="write 2009-09-18, 2009-09 or 2009-09-17/2009-09-18")
    first, last = _end(ends[0], text), _end(ends[-1], text)
    result = Bounds(first[0] if first else None, last[1] if last else None)
    if result.earliest and result.latest and result.latest < result.earliest:
        raise InputError(f"'{text}' ends before it starts", hint="put the earlier date first")
    return result


def interval(earliest: Day | None, latest: Day | None) -> str:
    """The shortest EDTF string with these bounds.

    >>> interval(Day(2009, 9, 1), Day(2009, 9, 30)), interval(None, Day(2009, 9, 18))
    ('2009-09', '../2009-09-18')
    >>> interval(Day(2009, 9, 17), Day(2009, 9, 18))
    '2009-09-17/2009-09-18'
    """
    if earliest and latest:
        if earliest == latest:
            return earliest.isoformat()
        day_after = latest + datetime.timedelta(days=1) if latest < Day.max else latest
        if earliest.day == 1 and day_after.day == 1:
            if (earliest.year, earliest.month) == (latest.year, latest.month):
                return f"{earliest:%Y-%m}"
            if earliest.year == latest.year and earliest.month == 1 and latest.month == 12:
                return f"{earliest:%Y}"
    return f"{earliest.isoformat() if earliest else '..'}/{latest.isoformat() if latest else '..'}"

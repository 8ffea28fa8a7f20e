"""Expressions of time resolved against a date, each with the precision that it has.

The anchor is the date of publication, a day or an interval ("between 18 and 22 April"): every expression is
resolved against its first and its last day and covers both. Nothing is resolved to a time after the anchor,
since what was said has been said by then.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.model.dates import Bounds

Day = datetime.date
_ONE = datetime.timedelta(days=1)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_WEEKDAYS |= {name.lower(): number for number, name in enumerate(calendar.day_abbr)}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve")
    )
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "a few": 3, "few": 3, "several": 4}  # fmt: skip
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day"
_COUNT = (
    r"(?P<count>\d+|a couple of|couple of|a few|few|several|an?|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve)"
)
_UNIT = r"(?P<unit>hour|day|week|fortnight|month|year|decade)s?"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time as it stands in a text.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last.
        text: The words.
        time: What it covers; an open start for "for years".
    """

    start: int
    end: int
    text: str
    time: Bounds


def _months_before(day: Day, count: int) -> Day:
    number = day.year * 12 + day.month - 1 - count
    year, month = divmod(number, 12)
    return Day(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _month(year: int, month: int) -> Bounds:
    return Bounds(Day(year, month, 1), Day(year, month, calendar.monthrange(year, month)[1]))


def _year(year: int) -> Bounds:
    return Bounds(Day(year, 1, 1), Day(year, 12, 31))


def _weekday(match: re.Match[str], day: Day) -> Bounds | None:
    wanted = _WEEKDAYS[match["weekday"].lower() + "day"]
    before = (day.weekday() - wanted) % 7
    if match.groupdict().get("last") and before == 0:
        before = 7
    elif match.groupdict().get("last") and before <= 2:
        # On a Friday "last Thursday" can be the day before or that of the week before.
        return Bounds(day - (before + 7) * _ONE, day - before * _ONE)
    found = day - before * _ONE
    return Bounds(found, found)


def _named_month(match: re.Match[str], day: Day) -> Bounds | None:
    month = _MONTHS[match["month"].lower().rstrip(".")]
    year = day.year if month <= day.month else day.year - 1
    if match.groupdict().get("last") and month == day.month:
        year -= 1
    return _month(year, month)


def _absolute_month(match: re.Match[str], _: Day) -> Bounds | None:
    return _month(int(match["year"]), _MONTHS[match["month"].lower().rstrip(".")])


def _full_date(match: re.Match[str], _: Day) -> Bounds | None:
    return _checked(int(match["year"]), _MONTHS[match["month"].lower().rstrip(".")], int(match["day"]))


def _day_of_month(match: re.Match[str], day: Day) -> Bounds | None:
    month = _MONTHS[match["month"].lower().rstrip(".")]
    found = _checked(day.year, month, int(match["day"]))
    if found is None or (found.earliest and found.earliest > day):
        found = _checked(day.year - 1, month, int(match["day"]))
    return found


def _checked(year: int, month: int, day: int) -> Bounds | None:
    try:
        return Bounds(Day(year, month, day), Day(year, month, day))
    except ValueError:
        return None


def _ago(match: re.Match[str], day: Day) -> Bounds | None:
    word = match["count"].lower()
    count = int(word) if word.isdigit() else _NUMBERS.get(word, 1)
    return before(
        day,
        count,
        match["unit"].lower(),
        vague=word in ("a few", "few", "several", "a couple of", "couple of"),
    )


def before(day: Day, count: int, unit: str, *, vague: bool = False) -> Bounds | None:
    """The time so many units before a day, as precise as the unit is.

    Args:
        day: The day counted from.
        count: How many.
        unit: hour, day, week, fortnight, month, year or decade.
        vague: Whether the count is ("a few"): then from half to one and a half of it.

    >>> before(Day(2010, 4, 22), 2, "year").earliest, before(Day(2010, 4, 22), 3, "day").latest
    (datetime.date(2008, 1, 1), datetime.date(2010, 4, 19))
    """
    try:
        if unit == "hour":
            days = count // 24
            return Bounds(day - (days + (count % 24 > 0)) * _ONE, day - days * _ONE)
        if unit in ("day", "week", "fortnight"):
            length = {"day": 1, "week": 7, "fortnight": 14}[unit] * count
            slack = max(length // 2, 1) if vague else 0 if unit == "day" else 3
            return Bounds(day - (length + slack) * _ONE, min(day, day - (length - slack) * _ONE))
        if unit == "month":
            first, last = (count + count // 2, count - count // 2) if vague else (count, count)
            start, end = _months_before(day, first), _months_before(day, last)
            return Bounds(_month(start.year, start.month).earliest, _month(end.year, end.month).latest)
        years = count * (10 if unit == "decade" else 1)
        slack = years // 2 if vague or unit == "decade" else 0
        return Bounds(Day(day.year - years - slack, 1, 1), Day(day.year - years + slack, 12, 31))
    except (ValueError, OverflowError):
        return None


def _last_unit(match: re.Match[str], day: Day) -> Bounds | None:
    unit = match["unit"].lower()
    if unit == "week":
        monday = day - (day.weekday() + 7) * _ONE
        return Bounds(monday, monday + 6 * _ONE)
    if unit == "month":
        earlier = _months_before(day.replace(day=1), 1)
        return _month(earlier.year, earlier.month)
    if unit == "year":
        return _year(day.year - 1)
    return None


def _this_unit(match: re.Match[str], day: Day) -> Bounds | None:
    unit = match["unit"].lower()
    if unit == "week":
        return Bounds(day - day.weekday() * _ONE, day)
    if unit == "month":
        return Bounds(day.replace(day=1), day)
    if unit == "year":
        return Bounds(day.replace(month=1, day=1), day)
    return None


def _yesterday(_: re.Match[str], day: Day) -> Bounds | None:
    return Bounds(day - _ONE, day - _ONE)


def _today(_: re.Match[str], day: Day) -> Bounds | None:
    return Bounds(day, day)


def _overnight(_: re.Match[str], day: Day) -> Bounds | None:
    return Bounds(day - _ONE, day)


def _weekend(match: re.Match[str], day: Day) -> Bounds | None:
    saturday = day - ((day.weekday() - 5) % 7) * _ONE
    if match[0].lower().startswith("last") and (day - saturday).days < 2:
        # Written at a weekend, "last weekend" is the one before.
        saturday -= 7 * _ONE
    return Bounds(saturday, min(saturday + _ONE, day))


def _recently(match: re.Match[str], day: Day) -> Bounds | None:
    """The time that "recently" (a month) and "in recent weeks" (the unit's usual span) reach back to."""
    unit = (match.groupdict().get("unit") or "").lower()
    reach = {"day": 7, "week": 31, "month": 183, "year": 1500}.get(unit, 31)
    return Bounds(day - reach * _ONE, day)


def _long_since(_: re.Match[str], day: Day) -> Bounds | None:
    return Bounds(None, day)


def _season(match: re.Match[str], day: Day) -> Bounds | None:
    first, last = _SEASONS[match["season"].lower()]
    year = int(match["year"]) if match.groupdict().get("year") else day.year
    start = Day(year, first, 1)
    if start > day or (match.groupdict().get("last") and (day - start).days < 100):
        year -= 1
    end_year = year + (last < first)
    return Bounds(Day(year, first, 1), Day(end_year, last, calendar.monthrange(end_year, last)[1]))


def _only_year(match: re.Match[str], _: Day) -> Bounds | None:
    return _year(int(match["year"]))


def _part_of_year(match: re.Match[str], _: Day) -> Bounds | None:
    year = int(match["year"])
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[match["part"].lower().rstrip("-")]
    return Bounds(Day(year, first, 1), _month(year, last).latest)


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Day], Bounds | None]]


def _rule(pattern: str, resolve: Callable[[re.Match[str], Day], Bounds | None]) -> _Rule:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), resolve


_ABSOLUTE: tuple[_Rule, ...] = (
    _rule(rf"(?:on )?{_DAY}(?: of)? {_MONTH},? {_YEAR}", _full_date),
    _rule(rf"(?:on )?{_MONTH} {_DAY},? {_YEAR}", _full_date),
    _rule(rf"(?<!\d )(?:in |back in |since )?{_MONTH},?(?: of)? {_YEAR}", _absolute_month),
    _rule(rf"(?:in )?(?P<part>early|mid-?|late)[ -]?{_YEAR}", _part_of_year),
    _rule(rf"(?:in )?(?:the )?(?P<season>spring|summer|autumn|fall|winter) (?:of )?{_YEAR}", _season),
    _rule(rf"(?:back )?(?:in|during|since) {_YEAR}", _only_year),
    _rule(
        rf"(?:in|at|during|to|for|from|with) (?:an?|the|his|her|its|their|this|that) {_YEAR}"
        r"(?= (?:[\w-]+ ){0,2}?(?:paper|report|speech|letter"
        r"|interview|article|book|essay|study|memo|memoir|e-?mail|testimony|lecture|address|statement|column"
        r"|manifesto|thesis|ruling|verdict|judgment|documentary|film|post|tweet|review|survey|hearing)\b)",
        _only_year,
    ),
)
_RELATIVE: tuple[_Rule, ...] = (
    _rule(rf"(?:on )?(?P<last>last) {_WEEKDAY}", _weekday),
    _rule(
        rf"(?:late |early |earlier )?(?:on )?(?:this )?{_WEEKDAY}(?: (?:morning|afternoon|evening|night))?",
        _weekday,
    ),
    _rule(rf"(?:on )?{_DAY}(?: of)? {_MONTH}", _day_of_month),
    _rule(rf"(?:on )?{_MONTH} {_DAY}(?!\d)", _day_of_month),
    _rule(rf"(?P<last>last) {_MONTH}", _named_month),
    _rule(
        r"(?:as recently as|as late as|back in|in|during|since|earlier in|late in|early in) "
        rf"(?:late |early |mid-)?{_MONTH}",
        _named_month,
    ),
    _rule(r"(?:earlier )?(?P<last>last) (?P<season>spring|summer|autumn|fall|winter)", _season),
    _rule(r"(?:in|during) the (?P<season>spring|summer|autumn|winter)", _season),
    _rule(r"(?:late |earlier |early )?last (?P<unit>week|month|year)", _last_unit),
    _rule(r"(?:the )?(?:previous|past) (?P<unit>week|month|year)", _last_unit),
    _rule(r"(?:earlier |late |early )?(?:in )?th(?:is|e current) (?P<unit>week|month|year)", _this_unit),
    _rule(rf"{_COUNT} {_UNIT} (?:ago|earlier|before that|previously)", _ago),
    _rule(r"yesterday(?: (?:morning|afternoon|evening))?|(?:the )?(?:day before|previous day)", _yesterday),
    _rule(r"(?:earlier )?today|this (?:morning|afternoon|evening)|tonight", _today),
    _rule(r"last night|overnight", _overnight),
    _rule(r"(?:over|at|on) the weekend|(?:last|this) weekend", _weekend),
    _rule(
        r"(?:in|over|during) (?:the )?(?:recent|past few|last few|past) (?P<unit>day|week|month|year)s",
        _recently,
    ),
    _rule(r"recently|lately|of late|not long ago", _recently),
    _rule(
        r"for (?:many |several |some )?(?:years|months|decades)(?: now)?|all along"
        r"|ha(?:s|ve|d) (?:always|long|repeatedly|consistently|persistently)",
        _long_since,
    ),
)  # fmt: skip


def _across(
    resolve: Callable[[re.Match[str], Day], Bounds | None], match: re.Match[str], anchor: Bounds
) -> Bounds | None:
    """An expression against the anchor's first and last day, covering both; never past the anchor."""
    if anchor.latest is None:
        return None
    try:
        last = resolve(match, anchor.latest)
        first = resolve(match, anchor.earliest) if anchor.earliest else last
    except (ValueError, OverflowError):
        # Before the year 1 or after 9999, as with a date of print that nobody can mean.
        return None
    if last is None or first is None:
        return None
    earliest = None if first.earliest is None or last.earliest is None else min(first.earliest, last.earliest)
    latest = last.latest
    if latest is not None and latest > anchor.latest:
        latest = anchor.latest
    if earliest is not None and latest is not None and earliest > latest:
        return None
    return Bounds(earliest, latest)


def time_expressions(text: str, start: int, end: int, anchor: Bounds | None) -> Iterator[TimeExpression]:
    """The expressions of time in the characters [start, end) of a text, not overlapping, in their order.

    Args:
        text: The text.
        start: Where to begin.
        end: Where to stop.
        anchor: The date that relative expressions count from; None leaves only absolute ones ("in 2007").

    >>> friday = Bounds(Day(2010, 4, 23), Day(2010, 4, 23))
    >>> for found in time_expressions("On Thursday he repeated what he said last December.", 0, 51, friday):
    ...     print(found.text, found.time.earliest, found.time.latest)
    On Thursday 2010-04-22 2010-04-22
    last December 2009-12-01 2009-12-31
    """
    taken: list[tuple[int, int]] = []
    found = []
    for rules, relative in ((_ABSOLUTE, False), (_RELATIVE, True)):
        for pattern, resolve in rules:
            for match in pattern.finditer(text, start, end):
                if any(match.start() < stop and begin < match.end() for begin, stop in taken):
                    continue
                if relative:
                    time = _across(resolve, match, anchor) if anchor else None
                else:
                    time = resolve(match, Day.max)
                if time is not None and not _after(time, anchor):
                    taken.append(match.span())
                    found.append(TimeExpression(match.start(), match.end(), match.group(), time))
    yield from sorted(found, key=lambda expression: expression.start)


def _after(time: Bounds, anchor: Bounds | None) -> bool:
    """Whether a time lies after the anchor: then it is no time at which something was said."""
    return bool(anchor and anchor.latest and time.earliest and time.earliest > anchor.latest)

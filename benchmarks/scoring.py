"""Counts how well a reading agrees with what a careful person found: pairs statements and compares them.

The definitions are explained in docs/quality.md; `benchmarks.reading` runs them over folders.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from kg.model.dates import Bounds, bounds
from kg.model.errors import InputError
from training.gold_lines import gold_line

ENOUGH = 0.5
"""Dice overlap of words from which two contents are taken for the same statement."""
SLACK = datetime.timedelta(days=31)
LONG = datetime.timedelta(days=366)

Record = Mapping[str, Any]


# What a person found.


@dataclass(frozen=True)
class Gold:
    """One statement that should be found.

    Attributes:
        positions: For each position the stances that are right (supports, opposes, conditional, neutral).
        maybe: Positions that count neither for nor against.
        optional: Whether finding the statement counts neither for nor against.
    """

    file: str
    actor: str
    affiliation: str | None
    words: Counter[str]
    quote: str
    said: str | None
    positions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    maybe: frozenset[str] = frozenset()
    optional: bool = False
    text: str = ""


def read_lines(path: Path) -> list[Record]:
    """Gold lines of a file, or of all `.jsonl` files of a folder, as they stand there.

    Raises:
        InputError: There are none.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    lines: list[Record] = []
    for file in files:
        if not file.is_file():
            raise InputError("no such file", where=file, hint="gold lines are in gold.jsonl, or say where")
        text = file.read_text(encoding="utf-8")
        lines += [json.loads(line) for line in text.splitlines() if line.strip()]
    if not lines:
        raise InputError("no gold lines", where=path)
    return lines


def read_gold(path: Path) -> list[Gold]:
    """Gold lines of a file or folder, for comparing.

    Raises:
        InputError: There are none.
    """
    return as_gold(read_lines(path))


def as_gold(lines: Iterable[Record]) -> list[Gold]:
    """Gold lines for comparing; those that others report go with these."""
    return [_gold(line) for line in folded(lines)]


def _gold(line: Record) -> Gold:
    """One line; a stance with a condition counts as conditional."""
    positions = line.get("positions") or {}
    if not isinstance(positions, Mapping):
        line = {**line, "positions": [{**item, "stance": stance_of(item)} for item in positions]}
    gold = gold_line(line)
    speaker = line["actor"] if isinstance(line.get("actor"), Mapping) else line
    return Gold(
        file=gold.file,
        actor=gold.actor,
        affiliation=speaker.get("affiliation"),
        words=words_of(gold.content),
        quote=gold.quote,
        said=line.get("said"),
        positions=gold.positions,
        maybe=gold.maybe,
        optional=gold.optional,
        text=" … ".join(gold.content),
    )


def folded(lines: Iterable[Record]) -> list[Record]:
    """Without the statements that others report, whose positions go to the ones that report them.

    A gold line stands for both speakers of a report within a report, so a reading must too.
    """
    lines = list(lines)
    by_id = {line["id"]: dict(line) for line in lines if line.get("id")}
    kept: list[Record] = []
    for line in lines:
        mine = by_id.get(line.get("id") or "", line)
        outer = by_id.get(line.get("reported_in") or "")
        if outer is None or outer is mine:
            kept.append(mine)
        else:
            for name in ("positions", "maybe"):
                if mine.get(name):
                    outer[name] = [*(outer.get(name) or []), *mine[name]]
    return kept


# When two things are the same.


def _texts(content: Iterable[Any]) -> list[str]:
    return [part if isinstance(part, str) else part["text"] for part in content]


def words_of(content: Iterable[Any]) -> Counter[str]:
    """The words of the pieces of a content, each as often as it stands there.

    >>> words_of(["No, no.", {"text": "Never!"}])
    Counter({'no': 2, 'never': 1})
    """
    return Counter(re.findall(r"\w+", " ".join(_texts(content)).lower()))


def dice(one: Counter[str], other: Counter[str]) -> float:
    """Share of the words of both that they have in common.

    >>> dice(words_of(["the plan is dead"]), words_of(["the plan"]))
    0.6666666666666666
    """
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 0.0


def stance_of(item: Record) -> str:
    """The stance; one with a condition is conditional, whichever way it goes."""
    return "conditional" if item.get("condition") else str(item["stance"])


def same_date(gold: str, found: str | None) -> bool:
    """Whether a date touches the right one and hardly reaches beyond it.

    It may begin 31 days too early and end 31 days too late. How early it begins does not matter where the
    right date has no beginning or is longer than a year.

    >>> same_date("2009-09-18", "2009-09"), same_date("2009-09-18", "2009"), same_date("2009", "2009-12-01")
    (True, False, True)
    """
    try:
        right, given = bounds(gold), bounds(found or "")
    except InputError:
        return False
    return right.overlaps(given) and _begins_in_time(right, given) and _ends_in_time(right, given)


def _begins_in_time(right: Bounds, given: Bounds) -> bool:
    if right.earliest is None or (right.latest or datetime.date.max) - right.earliest > LONG:
        return True
    return given.earliest is not None and given.earliest >= right.earliest - SLACK


def _ends_in_time(right: Bounds, given: Bounds) -> bool:
    if right.latest is None:
        return True
    return given.latest is not None and given.latest <= right.latest + SLACK


def _letters(name: str | None) -> str:
    """A name in lower case, without anything but plain letters and spaces."""
    return "".join(c for c in (name or "").lower() if c == " " or "a" <= c <= "z").strip()


def same_actor(gold: Gold, found: Record) -> bool:
    """Whether the speaker is right: the name, or its end where the rest fits too.

    An unnamed source is right when somebody is named at all and the affiliation is right.
    """
    actor = found.get("actor") or {}
    label = _letters(actor.get("label"))
    if not label:
        return False
    if gold.actor.startswith("("):
        return not gold.affiliation or same_affiliation(gold, found)
    right = _letters(gold.actor)
    return label == right or (label in right and label.split()[-1] == right.split()[-1])


def same_affiliation(gold: Gold, found: Record) -> bool:
    """Whether the state or organisation spoken for is right, which may be none."""
    return _letters((found.get("actor") or {}).get("affiliation")) == _letters(gold.affiliation)


# Counting.


@dataclass(frozen=True)
class Counts:
    """What was counted in one or several fields; fields are put together by adding."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    actor: int = 0
    affiliation: int = 0
    quote: int = 0
    said: int = 0
    past: int = 0
    past_right: int = 0
    positions_gold: int = 0
    positions_found: int = 0
    positions_both: int = 0
    stances_right: int = 0
    polar: int = 0
    reversed: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1 of statements, positions and stances, and shares of the matched pairs."""
        return {
            "statements_p": _share(self.matched, self.found),
            "statements_r": _share(self.matched, self.gold),
            "statements": _f1(self.matched, self.found, self.gold),
            "actor": _share(self.actor, self.matched),
            "affiliation": _share(self.affiliation, self.matched),
            "quote": _share(self.quote, self.matched),
            "said": _share(self.said, self.matched),
            "said_past": _share(self.past_right, self.past),
            "positions_p": _share(self.positions_both, self.positions_found),
            "positions_r": _share(self.positions_both, self.positions_gold),
            "positions": _f1(self.positions_both, self.positions_found, self.positions_gold),
            "stances": _f1(self.stances_right, self.positions_found, self.positions_gold),
            "reversed": _share(self.reversed, self.polar),
        }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(both: int, found: int, gold: int) -> float:
    return 2 * both / (found + gold) if both else 0.0


@dataclass
class Comparison:
    """What came of comparing.

    Attributes:
        counts: What was counted.
        misses: What went wrong, a line each.
        matched: The gold lines that count, each with what was found in the same words.
    """

    counts: Counts
    misses: list[str] = field(default_factory=list)
    matched: list[tuple[Gold, Record]] = field(default_factory=list)


def compare(gold: Sequence[Gold], found: Iterable[Record]) -> Comparison:
    """Hold what `kg extract` finds against the gold lines of the same articles.

    Args:
        gold: The gold lines.
        found: Objects of the contract of `kg extract`; those of other articles are passed over.
    """
    files = {line.file for line in gold}
    reading = folded(record for record in found if Path(record["article"]).name in files)
    gold_of = _pairs(gold, reading)
    counted = [j for j in range(len(reading)) if j not in gold_of or not gold[gold_of[j]].optional]
    matched = [(gold[gold_of[j]], reading[j]) for j in counted if j in gold_of]
    found_gold = set(gold_of.values())
    misses = [
        f"missed    {g.file}: {g.actor}: {g.text[:100]}"
        for i, g in enumerate(gold)
        if not g.optional and i not in found_gold
    ]
    misses += [f"too much  {_shown(reading[j])}" for j in counted if j not in gold_of]

    def right(test: Callable[[Gold, Record], bool], pairs: Iterable[tuple[Gold, Record]]) -> int:
        return sum(test(*pair) for pair in pairs)

    dated = [pair for pair in matched if pair[0].said]
    usual = _usual_dates(gold)
    past = [(g, r) for g, r in dated if not bounds(g.said or "").overlaps(bounds(usual[g.file]))]
    positions = Counts(
        positions_gold=sum(len(g.positions) for g in gold if not g.optional),
        positions_found=sum(len(reading[j].get("positions") or []) for j in counted if j not in gold_of),
    )
    for g, record in matched:
        positions += _positions(g, record, misses)
    statements = Counts(
        gold=sum(not g.optional for g in gold),
        found=len(counted),
        matched=len(matched),
        actor=right(same_actor, matched),
        affiliation=right(same_affiliation, matched),
        quote=right(lambda g, r: g.quote == r.get("quote"), matched),
        said=right(_said, dated),
        past=len(past),
        past_right=right(_said, past),
    )
    return Comparison(statements + positions, misses, matched)


def _said(gold: Gold, found: Record) -> bool:
    return same_date(gold.said or "", found.get("said"))


def _shown(record: Record) -> str:
    label = (record.get("actor") or {}).get("label")
    return f"{record['article']}: {label}: {' … '.join(_texts(record['content']))[:100]}"


def _pairs(gold: Sequence[Gold], reading: Sequence[Record]) -> dict[int, int]:
    """For each matched record the gold line: the best overlaps first, one to one."""
    near = []
    words = [(Path(record["article"]).name, words_of(record["content"])) for record in reading]
    for i, line in enumerate(gold):
        for j, (file, content) in enumerate(words):
            if file == line.file and (overlap := dice(line.words, content)) >= ENOUGH:
                near.append((overlap, i, j))
    gold_of: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(near, reverse=True):
        if i not in taken and j not in gold_of:
            gold_of[j] = i
            taken.add(i)
    return gold_of


def _usual_dates(gold: Iterable[Gold]) -> dict[str, str]:
    """For each article the date that most of its statements have."""
    dates: dict[str, Counter[str]] = defaultdict(Counter)
    for line in gold:
        if line.said:
            dates[line.file][line.said] += 1
    return {file: counter.most_common(1)[0][0] for file, counter in dates.items()}


def _positions(gold: Gold, record: Record, misses: list[str]) -> Counts:
    """What a matched pair adds to the counts of positions and stances."""
    items = record.get("positions") or []
    found = {item["position"]: stance_of(item) for item in items if item["position"] not in gold.maybe}
    both = [slug for slug in found if slug in gold.positions]
    polar = [
        slug
        for slug in both
        if found[slug] in ("supports", "opposes") and set(gold.positions[slug]) <= {"supports", "opposes"}
    ]
    for slug in {*found, *gold.positions}:
        wanted = "/".join(gold.positions.get(slug, ("nothing",)))
        if found.get(slug, "nothing") not in wanted.split("/"):
            misses.append(
                f"position  {gold.file}: {gold.actor}: {slug} {found.get(slug, 'nothing')}, not {wanted}: "
                f"{gold.text[:80]}"
            )
    return Counts(
        positions_found=len(found),
        positions_both=len(both),
        stances_right=sum(found[slug] in gold.positions[slug] for slug in both),
        polar=len(polar),
        reversed=sum(found[slug] not in gold.positions[slug] for slug in polar),
    )

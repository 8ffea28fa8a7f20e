"""States of the world by name, adjective, demonym, capital and seat of government.

Names come from ISO 3166 (pycountry), capitals and demonyms from countryinfo, adjectives that differ from the
demonym and seats of government from `states.csv`. Built at the first question, in hundredths of a second.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pycountry

from kg.link.names import fold

_SMALL = 60_000
"""Below so many inhabitants a capital's name (Stanley, Douglas, Kingston) is rather a person's."""


@dataclass(frozen=True)
class StateNames:
    """What the states of the world are called: folded wording to ISO 3166 alpha-2 code, and code to label."""

    labels: dict[str, str]
    names: dict[str, str]
    adjectives: dict[str, str]
    seats: dict[str, str]

    def code(self, wording: str) -> str | None:
        """The state of a name, adjective, capital or seat of government, in this order.

        >>> [state_names().code(words) for words in ("Chilean", "Berlin", "the UK", "Ivory Coast", "Paul")]
        ['CL', 'DE', 'GB', 'CI', None]
        """
        key = fold(wording).removeprefix("the ")
        known = self.names.get(key) or self.adjectives.get(key) or self.seats.get(key)
        # "The Swedes" are many of one demonym.
        return known or (self.adjectives.get(key[:-1]) if key.endswith("s") else None)


def _country_records() -> Iterator[dict[str, Any]]:
    """Records of countryinfo, the most populous first, so that a shared demonym goes to the larger state."""
    spec = find_spec("countryinfo")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    records = [
        json.loads(file.read_text(encoding="utf-8"))
        for folder in folders
        for file in sorted((Path(folder) / "data").glob("*.json"))
    ]
    yield from sorted(records, key=lambda record: -int(record.get("population") or 0))


def _supplement() -> dict[str, dict[str, list[str]]]:
    with Path(__file__).with_name("states.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: {
                part: row[part].split("|") if row[part] else [] for part in ("names", "adjectives", "seats")
            }
            for row in csv.DictReader(lines)
        }


def _listed(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    return [part.strip() for part in str(value or "").replace("/", ",").split(",") if part.strip()]


def _long_enough(wording: str) -> bool:
    # Codes such as IN, IS and AT are words; the codes in use as names stand in states.csv.
    return len(wording.strip()) > 3


@lru_cache(maxsize=1)
def state_names() -> StateNames:
    """The names of all states, built once."""
    labels: dict[str, str] = {}
    names: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    seats: dict[str, str] = {}
    extra = _supplement()
    for code, parts in extra.items():
        for index, key in ((names, "names"), (adjectives, "adjectives"), (seats, "seats")):
            for wording in parts[key]:
                if not wording.startswith("-"):
                    index[fold(wording).removeprefix("the ")] = code
    for record in _country_records():
        code = str(record.get("ISO", {}).get("alpha2", "")).upper()
        name = str(record.get("name", "")).removeprefix("The ")
        if not code or not name:
            continue
        labels.setdefault(code, name)
        for wording in (name, *_listed_names(record)):
            names.setdefault(fold(wording).removeprefix("the "), code)
        for wording in _listed(record.get("demonym")):
            if _long_enough(wording):
                adjectives.setdefault(fold(wording), code)
        for wording in _listed(record.get("capital")):
            place = wording.removesuffix(" D.C.")
            if (
                f"-{place}" not in extra.get(code, {}).get("seats", [])
                and int(record.get("population") or 0) > _SMALL
            ):
                seats.setdefault(fold(place), code)
    for country in pycountry.countries:
        labels.setdefault(country.alpha_2, country.name)
        for field in ("name", "common_name", "official_name"):
            if _long_enough(getattr(country, field, "")):
                names.setdefault(fold(getattr(country, field)).removeprefix("the "), country.alpha_2)
    return StateNames(labels, names, adjectives, seats)


def is_state_name(name: str) -> bool:
    """Whether a state of the world, its capital or its seat of government is called so.

    >>> is_state_name("Sweden"), is_state_name("the UK"), is_state_name("Swedish"), is_state_name("Ann Lee")
    (True, True, False, False)
    """
    key = fold(name).removeprefix("the ")
    return key in state_names().names or key in state_names().seats


@lru_cache(maxsize=1)
def state_of_part() -> dict[str, str]:
    """States by the folded names of their parts that only one state has, from ISO 3166-2.

    >>> state_of_part()["ohio"], state_of_part()["british columbia"], "victoria" in state_of_part()
    ('US', 'CA', True)
    """
    found: dict[str, set[str]] = {}
    for part in pycountry.subdivisions:
        found.setdefault(fold(part.name), set()).add(part.country_code)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1 and len(name) > 3}


def _listed_names(record: dict[str, Any]) -> list[str]:
    return [
        str(name)
        for name in record.get("altSpellings", [])
        if name and _long_enough(str(name)) and " " in str(name)
    ]

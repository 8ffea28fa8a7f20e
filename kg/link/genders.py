"""What a given name tells of a person's gender, where it nearly always tells one."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from kg.link.entities import Gender
from kg.link.names import fold, given_names


@lru_cache(maxsize=1)
def _known() -> dict[str, Gender]:
    lists = tomllib.loads(Path(__file__).with_name("given_names.toml").read_text(encoding="utf-8"))
    known: dict[str, Gender] = dict.fromkeys(lists["female"].split(), "f")
    known.update(dict.fromkeys(lists["male"].split(), "m"))
    return known


def is_given_name(word: str) -> bool:
    """Whether a word is a given name that the lists have.

    >>> is_given_name("Inês"), is_given_name("Swimmer")
    (True, False)
    """
    return fold(word).split()[:1] != [] and fold(word).split()[0] in _known()


def gender_by_name(name: str) -> Gender | None:
    """The gender that the first given name of a person tells; None where it tells none.

    >>> gender_by_name("Mr José Müller"), gender_by_name("Kelly-Ann Dobbs"), gender_by_name("Kim Lee")
    ('m', 'f', None)
    """
    given = given_names(name)
    if not given:
        return None
    parts = fold(given[0]).split()
    # "Jean-Marie" tells what "Jean" does not, "Kelly-Ann" nothing more than "Kelly".
    return (_known().get("-".join(parts)) or _known().get(parts[0])) if parts else None

"""What people say of an article beside its text: options, sidecar files, `articles.csv` and front matter.

The nearer to the user's hand, the more it counts: options before the sidecar `NAME.meta.toml`, that before
the folder's `articles.csv`, that before the front matter of the file itself.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.ingest.decode import read_text
from kg.ingest.printed_dates import first_date
from kg.ingest.tables import Row, read_table
from kg.model.dates import bounds
from kg.model.errors import InputError, UsageError

TABLE = "articles.csv"
SIDECAR = ".meta.toml"

_KEYS: dict[str, str] = {
    "published": "published",
    "date": "published",
    "datepublished": "published",
    "date_published": "published",
    "publication_date": "published",
    "published_at": "published",
    "publisher": "publisher",
    "outlet": "publisher",
    "source": "publisher",
    "newspaper": "publisher",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "title": "title",
    "headline": "title",
    "author": "author",
    "authors": "author",
    "byline": "author",
    "language": "language",
    "lang": "language",
    "inlanguage": "language",
}
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d.*")
_FENCE = re.compile(r"\A(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_MOST_FRONT_MATTER = 20_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article; None where it is not.

    Attributes:
        published: EDTF date of publication.
        publisher: Name of the outlet.
        language: Language tag such as `en` or `en-GB`.
    """

    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    language: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """This one, with the gaps filled from the other.

        >>> Metadata(title="A").over(Metadata(title="B", author="C"))
        Metadata(published=None, publisher=None, url=None, title='A', author='C', language=None)
        """
        return Metadata(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))

    def checked(self, where: str | Path) -> Metadata:
        """With the date as EDTF.

        Raises:
            InputError: `published` is no date.
        """
        return replace(self, published=edtf_date(self.published, where)) if self.published else self

    def checked_option(self) -> Metadata:
        """With the date as EDTF, where a person gave it in the call.

        Raises:
            UsageError: `published` is no date.
        """
        try:
            return self.checked("option --published")
        except InputError as error:
            raise UsageError(error.what, where=error.where, hint=error.hint) from error


NOTHING = Metadata()


def edtf_date(text: str, where: str | Path) -> str:
    """A date that a person or a program wrote, as EDTF; the time of the day is left out.

    Raises:
        InputError: It is no date.

    >>> edtf_date("2009-09-18T21:44:00Z", "x"), edtf_date("18 September 2009", "x")
    ('2009-09-18', '2009-09-18')
    """
    text = text.strip()
    if time := _TIME.fullmatch(text):
        text = time[1]
    try:
        bounds(text)
    except InputError as error:
        printed = first_date(text) if re.search(r"\d{4}", text) and len(text) < 60 else None
        if printed:
            return printed
        raise InputError(f"published: {error.what}", where=where, hint=error.hint) from error
    return text


def from_mapping(values: Mapping[str, Any], *, known_names: bool = False) -> Metadata:
    """Metadata from keys and values of any sort; unknown keys are passed over.

    Args:
        values: A record, such as of JSON or TOML.
        known_names: Take the six proper names alone, not also the usual others (`date`, `headline`, ...).
    """
    found: dict[str, str] = {}
    for key, value in values.items():
        name = _KEYS.get(str(key).strip().casefold())
        if name and (not known_names or name == key) and (text := _text(value)) and name not in found:
            found[name] = text
    return Metadata(**found)


def _text(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("@value")
    if isinstance(value, list | tuple):
        value = ", ".join(part for item in value[:20] if (part := _text(item)))
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return " ".join(str(value).split())[:1000].encode("utf-8", "replace").decode() or None


def sidecar(path: Path) -> Metadata:
    """What `NAME.meta.toml` beside a file says; NAME with or without the file's own ending.

    Raises:
        InputError: It is no TOML, has a wrong date, or a key that is nearly one of the six.
    """
    for beside in (path.with_name(path.name + SIDECAR), path.with_name(path.stem + SIDECAR)):
        # An empty sidecar says nothing, and does no harm.
        if beside.is_file() and beside.stat().st_size:
            return _toml(read_text(beside), beside)
    return NOTHING


def _toml(text: str, where: Path | str) -> Metadata:
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"not valid TOML: {error}", where=where) from error
    for key in table:
        near = get_close_matches(key, _KEYS, 1, 0.8)
        if key.casefold() not in _KEYS and near:
            raise InputError(f"'{key}' is unknown", where=where, hint=f"did you mean {near[0]}?")
    return from_mapping(table).checked(where)


def table_entry(path: Path, root: Path) -> Metadata:
    """What `articles.csv` of the file's folder, or of a folder above it up to `root`, says of the file.

    Raises:
        InputError: The table cannot be read, lacks the column `file`, or has a wrong date for this file.
    """
    folder = path.parent
    while True:
        table = folder / TABLE
        if table.is_file():
            stamp = table.stat()
            rows = _rows(table, stamp.st_mtime_ns, stamp.st_size)
            row = rows.get(path.relative_to(folder).as_posix()) or rows.get(path.name)
            if row:
                return from_mapping(row.cells).checked(row.where)
        if folder == root or root not in folder.parents:
            return NOTHING
        folder = folder.parent


@lru_cache(maxsize=16)
def _rows(table: Path, _changed: int, _size: int) -> dict[str, Row]:
    """The rows of a table by file; the time of its last change keeps a mended table from being missed."""
    return {row["file"].replace("\\", "/").removeprefix("./"): row for row in read_table(table, ["file"])}


def front_matter(text: str, where: str | Path) -> tuple[Metadata, int]:
    r"""The block of metadata that a text begins with, and where it ends (0 without one).

    Between lines of `---` stand lines of `key: value`, between lines of `+++` stands TOML. A rule without
    keys below is no front matter.

    Raises:
        InputError: The TOML is wrong, or the date.

    >>> front_matter("---\ntitle: Dam delayed\ndate: 2011-05-04\n---\nThe dam", "a.md")[0].published
    '2011-05-04'
    """
    opening = _FENCE.match(text)
    if not opening:
        return NOTHING, 0
    fence = re.escape(opening["fence"])
    closing = re.compile(rf"^{fence}[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
    head = text[: _MOST_FRONT_MATTER + 10].replace("\r\n", " \n").replace("\r", "\n")
    end = closing.search(head, opening.end())
    if not end:
        return NOTHING, 0
    block = text[opening.end() : end.start()]
    if opening["fence"] == "+++":
        return _toml(block.replace("\r\n", "\n").replace("\r", "\n"), f"{where}, front matter"), end.end()
    values = _key_lines(block)
    if values is None:
        return NOTHING, 0
    return from_mapping(values).checked(f"{where}, front matter"), end.end()


def _key_lines(block: str) -> dict[str, str | list[str]] | None:
    """The keys and values of a simple YAML block; None where a line at the margin is no `key: value`."""
    values: dict[str, str | list[str]] = {}
    key = ""
    for line in block.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item = re.match(r"\s*-\s+(.*)", line)
        if item and key:
            listed = values.get(key)
            values[key] = [*(listed if isinstance(listed, list) else []), _unquoted(item[1])]
            continue
        pair = re.match(r"([A-Za-z_][\w -]{0,40}?)\s*:(?:\s+(.*))?$", line)
        if pair:
            key = pair[1]
            values[key] = _value(pair[2] or "")
        elif not line[0].isspace() or not key:
            return None
    return values or None


def _value(text: str) -> str | list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_unquoted(part) for part in text[1:-1].split(",")]
    return _unquoted(text)


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text.split(" #")[0].rstrip()


__all__ = [
    "NOTHING",
    "SIDECAR",
    "TABLE",
    "Metadata",
    "edtf_date",
    "from_mapping",
    "front_matter",
    "sidecar",
    "table_entry",
]

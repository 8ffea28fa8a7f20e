"""A release as a folder: what it says of itself, which one came before, the graph in it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kg.model.errors import InputError, UsageError

MARKER = "release.json"
KIND = "stance-graph-release"
VERSION = 1
QUADS = "dumps/graph.nq.gz"
WITHDRAWN = "dumps/withdrawn.nt.gz"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A release that came before."""

    release: str
    date: str


@dataclass(frozen=True, slots=True)
class Release:
    """What a release says of itself in its `release.json`.

    Attributes:
        release: Its number, such as `2026.11`.
        date: Its day, as an ISO date.
        base: Beginning of the project's IRIs.
        title: Name of the project.
        earlier: The releases before it, the latest first.
        counts: Numbers of nodes by what they are (`articles`, `stances`, ...), and of triples.
        quote_limit: Characters of a passage that are published.
        full_texts: Whether the articles' texts are published.
        license: Web address of the licence; None where nobody chose one.
    """

    release: str
    date: str
    base: str
    title: str
    earlier: tuple[Earlier, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    quote_limit: int = 0
    full_texts: bool = False
    license: str | None = None

    @property
    def previous(self) -> Earlier | None:
        """The release that this one's changes are told against."""
        return self.earlier[0] if self.earlier else None

    def to_json(self) -> str:
        """The marker's text."""
        return (
            json.dumps({"kind": KIND, "version": VERSION, **asdict(self)}, ensure_ascii=False, indent=1)
            + "\n"
        )


def check_name(name: str) -> str:
    """The number of a release again, if it can be one.

    Raises:
        UsageError: It has characters that file names and addresses should not have.

    >>> check_name("2026.11")
    '2026.11'
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"'{name}' can be no number of a release",
            where="--release",
            hint="use letters, digits, '.', '-' and '_', such as 2026.11",
        )
    return name


def read_release(folder: Path) -> Release:
    """What a release's folder says of itself.

    Raises:
        InputError: The folder holds no release, a damaged one, or one of another format.
    """
    path = folder / MARKER
    hint = "name a folder that 'kg publish' made"
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise InputError("holds no release", where=folder, hint=hint) from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {error}", where=path) from error
    if not isinstance(record, dict) or record.get("kind") != KIND:
        raise InputError("is no release's description", where=path, hint=hint)
    if record.get("version") != VERSION:
        found = record.get("version")
        raise InputError(f"has format {found}, this program reads format {VERSION}", where=path)
    try:
        return _release(record)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"is damaged: {error}", where=path) from error


def _release(record: dict[str, Any]) -> Release:
    names = ("release", "date", "base", "title", "quote_limit", "full_texts", "license")
    return Release(
        **{name: record[name] for name in names},
        earlier=tuple(Earlier(str(one["release"]), str(one["date"])) for one in record["earlier"]),
        counts={str(name): int(number) for name, number in record["counts"].items()},
    )


def is_release(folder: Path) -> bool:
    """Whether a folder says that it holds a release."""
    return (folder / MARKER).is_file()


def triple_lines(folder: Path) -> Iterator[str]:
    """The triples of a release as sorted N-Triples lines, without line ends.

    Raises:
        InputError: The release's dump cannot be read.
    """
    # The name of the graph, which is the same on every line, is the last term.
    for line in packed_lines(folder / QUADS):
        yield line[: line.rindex(" <")] + " ."


def packed_lines(path: Path) -> Iterator[str]:
    """The lines of a compressed text file, without line ends.

    Raises:
        InputError: It is missing or damaged.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                yield line.removesuffix("\n")
    except (OSError, EOFError, ValueError) as error:
        raise InputError(f"cannot be read: {error}", where=path, hint="is the release whole?") from error


def find_previous(place: Path, name: str, base: str) -> Path | None:
    """The folder of the release before the one that is to be made.

    It is the one in the very place; without one, the latest among the folders beside it, for whoever keeps a
    folder a release.

    Args:
        place: Where the new release is to be.
        name: Number of the new release.
        base: Beginning of the project's IRIs; releases of other projects do not count.
    """
    if is_release(place) and read_release(place).release != name:
        return place
    found = []
    parent = place.absolute().parent
    for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
        if folder.name.startswith(".") or folder == place.absolute() or not is_release(folder):
            continue
        try:
            release = read_release(folder)
        except InputError:  # what somebody keeps beside it is no concern of ours
            continue
        if release.base == base and name not in (release.release, *(one.release for one in release.earlier)):
            found.append((release.date, release.release, folder))
    return max(found)[2] if found else None


__all__ = [
    "MARKER",
    "QUADS",
    "WITHDRAWN",
    "Earlier",
    "Release",
    "check_name",
    "find_previous",
    "is_release",
    "packed_lines",
    "read_release",
    "triple_lines",
]

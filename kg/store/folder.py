"""The store's folder: a marker that says what it is, and the database in a subfolder of its own.

The marker names the subfolder in use. A large rewrite is made in a new subfolder beside it, and the marker is
then replaced in one step, so that every reader and every crash sees the old graph or the new one.

What is derived from the graph for speed alone (the index of `kg.search`) stands beside the subfolder. A
writer removes it, so that nothing outlives its removal from the graph; `state` tells whether it is still that
of the graph. What claims mean, as numbers, takes long to make and stays over changes; it goes when an article
goes.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from kg.model.atomic import write_bytes
from kg.model.errors import StoreError

MARKER = "store.json"
KIND = "stance-graph-store"
VERSION = 1
SEARCH_INDEX = "search.sqlite"
MEANINGS = "meanings.npz"
_DATA_FILES = re.compile(r"CURRENT|MANIFEST-\d+|\d+\.(sst|log)")
_GENERATION = re.compile(r"graph-(\d+)")


@dataclass(frozen=True, slots=True)
class Marker:
    """What the marker says.

    Attributes:
        base: Beginning of the IRIs of the project whose graph it is.
        generation: Name of the subfolder with the database.
    """

    base: str
    generation: str = "graph-1"

    def next_generation(self) -> str:
        """Name of the subfolder after this one.

        >>> Marker("https://example.org/").next_generation()
        'graph-2'
        """
        match = _GENERATION.fullmatch(self.generation)
        return f"graph-{int(match[1]) + 1 if match else 2}"


def read_marker(folder: Path) -> Marker | None:
    """The marker of a store's folder; None where there is no store.

    Raises:
        StoreError: The folder holds something else, or a store of another version.
    """
    path = folder / MARKER
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if folder.is_dir() and any(folder.iterdir()):
            raise StoreError(
                "the folder holds files but no graph",
                where=folder,
                hint="choose an empty folder as 'store' in kg.toml",
            ) from None
        return None
    except NotADirectoryError:
        raise StoreError("is a file and no folder", where=folder, hint="choose another 'store'") from None
    except (OSError, ValueError) as error:
        raise StoreError(f"the store's marker cannot be read: {error}", where=path) from error
    if not isinstance(record, dict) or record.get("kind") != KIND:
        raise StoreError("is no marker of a graph", where=path, hint="choose another 'store' in kg.toml")
    if record.get("version") != VERSION:
        raise StoreError(
            f"the graph has format {record.get('version')}, this program reads format {VERSION}",
            where=folder,
            hint="move the folder away and run 'kg build' again, or use the program that made it",
        )
    base, generation = record.get("base"), record.get("generation")
    if not isinstance(base, str) or not isinstance(generation, str) or not _GENERATION.fullmatch(generation):
        raise StoreError("the store's marker is damaged", where=path)
    return Marker(base, generation)


def write_marker(folder: Path, marker: Marker) -> None:
    """Write the marker in one step."""
    record = {"kind": KIND, "version": VERSION, "base": marker.base, "generation": marker.generation}
    write_bytes(folder / MARKER, (json.dumps(record, indent=1) + "\n").encode())


def sweep(folder: Path, marker: Marker) -> None:
    """Remove subfolders that an earlier rewrite left behind."""
    for other in folder.iterdir():
        if _GENERATION.fullmatch(other.name) and other.name != marker.generation:
            shutil.rmtree(other, ignore_errors=True)


def state(folder: Path, marker: Marker) -> str:
    """A text that changes with every write to the graph, and at times without one.

    It is made of names, sizes and times of the database's files, without opening it.
    """
    parts = [marker.generation]
    try:
        for path in sorted((folder / marker.generation).iterdir()):
            if _DATA_FILES.fullmatch(path.name):
                status = path.stat()
                parts.append(f"{path.name} {status.st_size} {status.st_mtime_ns}")
    except OSError:
        # A writer is just replacing the files: like no other state.
        parts.append(str(time.time_ns()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def forget_derived(folder: Path) -> None:
    """Remove what was derived from the graph for speed alone; it is made again when it is needed."""
    (folder / SEARCH_INDEX).unlink(missing_ok=True)


def forget_meanings(folder: Path) -> None:
    """Remove what was kept of the meaning of claims, so that it does not outlive an article."""
    (folder / MEANINGS).unlink(missing_ok=True)


__all__ = [
    "KIND",
    "MARKER",
    "MEANINGS",
    "SEARCH_INDEX",
    "VERSION",
    "Marker",
    "forget_derived",
    "forget_meanings",
    "read_marker",
    "state",
    "sweep",
    "write_marker",
]

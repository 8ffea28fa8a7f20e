"""A release's folder as a server sees it: its files, and its graph read into a store for queries."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.model.errors import InputError
from kg.model.iris import Iris
from kg.publish.release import QUADS, Release, read_release
from kg.store.embedded import Store


def file_below(folder: Path, path: str) -> Path | None:
    """The file at a path below a folder; None where there is none, or where the path leads out of it."""
    if "\x00" in path or any(part.startswith(".") for part in path.split("/")):
        return None
    root = folder.resolve()
    try:
        found = (root / path).resolve()
        return found if found.is_relative_to(root) and found.is_file() else None
    except OSError:  # a name that no file can have
        return None


def load_release(folder: Path, store: Path) -> Release:
    """Read the graph of a release into a new store.

    Args:
        folder: The release's folder.
        store: Where to make the store.

    Returns:
        What the release says of itself.

    Raises:
        InputError: The folder holds no release, or a damaged one.
    """
    release = read_release(folder)
    with Store.open(store, base=release.base) as into:
        into.rewrite({Iris(release.base).current_graph: _quads(folder / QUADS, release.base)})
    return release


def _quads(dump: Path, base: str) -> Iterator[ox.Quad]:
    """What is in force; should a dump hold other graphs, they stay out of the store."""
    current = ox.NamedNode(Iris(base).current_graph)
    try:
        with gzip.open(dump) as content:
            for quad in ox.parse(cast("IO[bytes]", content), format=ox.RdfFormat.N_QUADS):
                if quad.graph_name == current:
                    yield quad
    except (OSError, EOFError, SyntaxError) as error:
        raise InputError(f"cannot be read: {error}", where=dump, hint="is the release whole?") from error


__all__ = ["file_below", "load_release"]

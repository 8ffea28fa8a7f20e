"""A release's folder as a server sees it: its files, and its graph read into a store for queries."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.model.errors import InputError
from kg.model.iris import Iris
from kg.store.embedded import Store

_CURRENT = "graph/current"


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


def read_release(folder: Path, store: Path) -> str:
    """Read the graph of a release into a store.

    Args:
        folder: The release's folder, with its N-Quads compressed in it.
        store: Where to make the store.

    Returns:
        The beginning of the project's IRIs.

    Raises:
        InputError: The folder holds no release.
    """
    dumps = sorted([*folder.glob("*.nq.gz"), *folder.glob("*/*.nq.gz")])
    if not dumps:
        raise InputError(
            "the folder holds no release", where=folder, hint="serve a folder that 'kg publish' has made"
        )
    base = _base(dumps[0])
    with Store.open(store, base=base) as into:
        into.rewrite({Iris(base).current_graph: (quad for quad in _quads(dumps[0]) if _is_current(quad))})
    return base


def release_facts(folder: Path) -> tuple[str, str | None]:
    """Title and number of a release from its home page; the folder's name and None where it has none."""
    try:
        page = (folder / "index.html").read_text(encoding="utf-8")[:100_000]
    except (OSError, UnicodeDecodeError):
        return folder.name, None
    title = re.search(r'<a class="home"[^>]*>([^<]*)</a>', page)
    number = re.search(r"Release ([\w.-]*\w)", page)
    return (html.unescape(title[1]).strip() if title else folder.name), (number[1] if number else None)


def _is_current(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.endswith(_CURRENT)


def _base(dump: Path) -> str:
    for quad in _quads(dump):
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.endswith(_CURRENT):
            return quad.graph_name.value.removesuffix(_CURRENT)
    raise InputError("the release holds no graph of what is in force", where=dump)


def _quads(dump: Path) -> Iterator[ox.Quad]:
    try:
        with gzip.open(dump) as content:
            yield from ox.parse(cast("IO[bytes]", content), format=ox.RdfFormat.N_QUADS)
    except (OSError, EOFError, SyntaxError) as error:
        raise InputError(f"cannot be read: {error}", where=dump) from error


__all__ = ["file_below", "read_release", "release_facts"]

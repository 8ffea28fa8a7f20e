"""Files that ship with the package and must be those that were made: their SHA-256 stands in `digest.txt`."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from kg.model.errors import InputError

_HINT = "install the package again"


@lru_cache
def digests(folder: Path) -> dict[str, str]:
    """SHA-256 by file name, as `digest.txt` of a folder has them.

    Raises:
        InputError: There is no such file.
    """
    path = folder / "digest.txt"
    if not path.is_file():
        raise InputError("a model's list of digests is missing", where=path, hint=_HINT)
    lines = path.read_text(encoding="utf-8").splitlines()
    return {name: value for value, name in (line.split() for line in lines if line.strip())}


def checked(folder: Path, name: str) -> Path:
    """Path of a model file whose bytes are those that were exported.

    Raises:
        InputError: The file is missing or altered.
    """
    path = folder / name
    if not path.is_file():
        raise InputError("a file of a model is missing", where=path, hint=_HINT)
    if hashlib.sha256(path.read_bytes()).hexdigest() != digests(folder).get(name):
        raise InputError("a file of a model is not the one that was shipped", where=path, hint=_HINT)
    return path


def write_digests(folder: Path, names: list[str]) -> None:
    """Write `digest.txt` for these files of a folder."""
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "digest.txt").write_text("".join(lines), "utf-8")


__all__ = ["checked", "digests", "write_digests"]

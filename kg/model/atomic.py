"""Writes files so that a reader sees the old file or the new one, never half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.model.errors import StoreError


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside `path` for writing bytes and put it in its place when the block ends well.

    If the block fails, or the process is killed in it, `path` stays as it was.

    Raises:
        StoreError: The folder cannot be written to, or the disk is full.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing(Path(folder) / "a.txt") as file:
    ...         _ = file.write(b"whole")
    ...     (Path(folder) / "a.txt").read_bytes()
    b'whole'
    """
    aside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        aside = Path(name)
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(_mode_of(path))
        aside.replace(path)
        aside = None
    except OSError as error:
        raise StoreError(
            f"cannot be written: {error.strerror or error}",
            where=path,
            hint="look whether the folder can be written to and the disk has room",
        ) from error
    finally:
        if aside:
            aside.unlink(missing_ok=True)


def _mode_of(path: Path) -> int:
    """Permissions of the file that is replaced, or the usual ones of a new file."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def write_bytes(path: Path, content: bytes) -> None:
    """Replace a file's content in one step; errors as in `replacing`."""
    with replacing(path) as file:
        file.write(content)


__all__ = ["replacing", "write_bytes"]

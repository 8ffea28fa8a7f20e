"""The folder that a release is made in: beside its place, with a checksum a file, put in place when whole."""

from __future__ import annotations

import contextlib
import fcntl
import gzip
import hashlib
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, cast

from kg.model.errors import StoreError, UsageError

CHECKSUMS = "SHA256SUMS"
_NUMBERS = itertools.count(1)
_HINT = "look whether the folder can be written to and the disk has room"


class Workshop:
    """A folder beside the release's place, held by one process: `site` is made in it, `old` goes through it.

    `store` is for the graph that is published, in a folder of its own for each time.

    Use it in a `with` block, which leaves nothing of it behind. If the process is killed, the next one clears
    up; had it been killed in the very moment of putting the new release in place, the old one is put back.
    """

    def __init__(self, place: Path) -> None:
        """Work beside a place; nothing is made yet."""
        self.place = place.absolute()
        self.folder = self.place.parent / f".{self.place.name}.publishing"
        self.site = self.folder / "site"
        # Never one that this process had open before: its database may still hold it.
        self.store = self.folder / f"store-{os.getpid()}-{next(_NUMBERS)}"
        self._old = self.folder / "old"
        self._lock: IO[str] | None = None

    def __enter__(self) -> Workshop:
        """Make the folder, or take over what a killed process left.

        Raises:
            StoreError: Another process publishes to the same place, or the folder cannot be made.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / "lock").open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(
                "another process is publishing here", where=self.place, hint="wait until it has ended"
            ) from error
        except OSError as error:
            raise StoreError(f"cannot be made: {error.strerror}", where=self.folder, hint=_HINT) from error
        self.recover()
        for left in self.folder.iterdir():
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind."""
        if self._lock is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self._lock.close()

    def recover(self) -> None:
        """Put the old release back where a killed process had taken it from its place."""
        if self._old.is_dir() and not self.place.exists():
            self._old.rename(self.place)

    def put_in_place(self) -> None:
        """Let the new release take the place of the old one.

        Raises:
            StoreError: The folders cannot be renamed; the old release is then where it was.
        """
        try:
            if self.place.exists():
                self.place.rename(self._old)
            self.site.rename(self.place)
        except OSError as error:
            with contextlib.suppress(OSError):
                self.recover()
            raise StoreError(
                f"cannot be replaced: {error.strerror}", where=self.place, hint="publish to another folder"
            ) from error


class ReleaseFiles:
    """Writes the files of a release, each once, and keeps their checksums."""

    def __init__(self, root: Path) -> None:
        """Write below a folder, which is made."""
        self.root = root
        self._digests: dict[str, str] = {}
        self._folders: set[Path] = set()
        root.mkdir(parents=True, exist_ok=True)

    def __contains__(self, path: str) -> bool:
        """Whether the release has a file of that path."""
        return path in self._digests

    def __len__(self) -> int:
        """Number of files."""
        return len(self._digests)

    def write(self, path: str, content: bytes | str) -> None:
        """Write a file.

        Args:
            path: Where it is below the root.
            content: Its bytes, or its text in UTF-8.

        Raises:
            UsageError: Two things of the release would have the same file, or the path leads out of it.
            StoreError: It cannot be written.
        """
        raw = content.encode("utf-8") if isinstance(content, str) else content
        try:
            self._place(path).write_bytes(raw)
        except OSError as error:
            raise StoreError(f"cannot be written: {error.strerror}", where=path, hint=_HINT) from error
        self._digests[path] = hashlib.sha256(raw).hexdigest()

    @contextlib.contextmanager
    def compressed(self, path: str) -> Iterator[BinaryIO]:
        """Open a file that what is written to is compressed in; the same content gives the same bytes.

        Raises: as `write`.
        """
        place = self._place(path)
        try:
            with (
                place.open("wb") as raw,
                gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as file,
            ):
                yield cast(BinaryIO, file)
            with place.open("rb") as written:
                self._digests[path] = hashlib.file_digest(written, "sha256").hexdigest()
        except OSError as error:
            raise StoreError(f"cannot be written: {error.strerror}", where=path, hint=_HINT) from error

    def write_checksums(self) -> None:
        """Write the list of checksums, which `sha256sum -c` takes; nothing can be written after it."""
        lines = (f"{digest}  {path}\n" for path, digest in sorted(self._digests.items()))
        self.write(CHECKSUMS, "".join(lines))

    def size(self, path: str) -> int:
        """Bytes of a file."""
        return (self.root / path).stat().st_size

    def digest(self, path: str) -> str:
        """SHA-256 of a file."""
        return self._digests[path]

    def _place(self, path: str) -> Path:
        parts = path.split("/")
        if path in self._digests or any(part in ("", ".", "..") for part in parts) or "\0" in path:
            raise UsageError(
                "two things of the release would have this file, or it would lie outside",
                where=path,
                hint="rename the topic, position or actor whose IRI ends so",
            )
        place = self.root.joinpath(*parts)
        if place.parent not in self._folders:
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"cannot be made: {error.strerror}", where=path, hint=_HINT) from error
            self._folders.add(place.parent)
        return place


def listed_files(folder: Path) -> dict[str, str]:
    """Checksums of a release by the paths of its files, from its list."""
    found = {}
    for line in (folder / CHECKSUMS).read_bytes().decode("utf-8").rstrip("\n").split("\n"):
        digest, _, path = line.partition("  ")
        found[path] = digest
    return found


def strangers(folder: Path) -> list[str]:
    """Top entries of a release's folder that are no part of the release, sorted."""
    own = {path.split("/")[0] for path in listed_files(folder)} | {CHECKSUMS}
    return sorted(entry.name for entry in folder.iterdir() if entry.name not in own)


__all__ = ["CHECKSUMS", "ReleaseFiles", "Workshop", "listed_files", "strangers"]

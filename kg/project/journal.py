"""Several files and the graph changed as one: what is to do is written down first, and done after a stop.

A journal beside the codebook holds the new texts before any file is touched, and goes when the graph has
followed. A process that is killed before the journal is whole has changed nothing; one that is killed later
leaves the journal, and the next command does the rest.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg.codebook.files import codebook_files
from kg.ingest.decode import read_text
from kg.model.atomic import write_bytes
from kg.model.errors import InputError, StoreError

if TYPE_CHECKING:
    from kg.project.project import Project
    from kg.store.embedded import Store

_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")
"""Encodings that files keep."""


def journal_path(codebook: Path) -> Path:
    """Where the journal of a codebook's changes is, while there is one."""
    return codebook.with_name(f".{codebook.name}.change.json")


def carry_out(project: Project, texts: Mapping[Path, str], after: Mapping[Path, str]) -> None:
    """Change the codebook's files and let the graph follow.

    Args:
        project: The project.
        texts: The files as they are; empty for one that is not there.
        after: The new texts; empty for a file that is to go.

    Raises:
        StoreError: A file or the graph cannot be written; what was begun is done by the next command.
    """
    path = journal_path(project.settings.codebook)
    store = _store(project)  # held while it lasts, so that nobody else writes
    try:
        files = [_planned(one, texts[one], text) for one, text in after.items()]
        write_bytes(path, json.dumps({"files": files}, ensure_ascii=False).encode("utf-8"))
        _do(project, files, store)
        path.unlink()
    finally:
        if store is not None:
            store.close()


def finish(project: Project) -> bool:
    """Do what a change that was interrupted left undone.

    Returns:
        Whether there was anything to do.

    Raises:
        InputError: A file was edited since, or the journal cannot be read.
        StoreError: Another process is at it, or something cannot be written.
    """
    path = journal_path(project.settings.codebook)
    if not path.exists():
        return False
    store = _store(project)
    try:
        if not path.exists():
            return False  # another process has just done it
        try:
            files = json.loads(path.read_text(encoding="utf-8"))["files"]
            files = [
                {name: str(file[name]) for name in ("name", "before", "text", "encoding")} for file in files
            ]
            if any(file["encoding"] not in _ENCODINGS for file in files):
                raise ValueError("an encoding that no journal has")
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise InputError("no journal of a change", where=path, hint="delete it") from error
        project.tell("finishing a change of the codebook that was interrupted ...")
        _do(project, files, store)
        path.unlink()
    finally:
        if store is not None:
            store.close()
    return True


def finish_if_nobody_writes(project: Project) -> None:
    """The same for who only reads: where another process writes, the graph is read as it is."""
    with contextlib.suppress(StoreError):
        finish(project)


def _planned(path: Path, before: str, after: str) -> dict[str, str]:
    if (read_text(path) if path.exists() else "") != before:
        raise InputError("it was edited at this moment", where=path, hint="repeat the command")
    raw = path.read_bytes() if path.exists() else b""
    return {
        "name": path.name,
        "before": sha256(raw).hexdigest(),
        "text": after,
        "encoding": _encoding(raw, before, after),
    }


def _encoding(raw: bytes, before: str, after: str) -> str:
    """The encoding that a file has, if the new text can be written in it: spreadsheets go on reading it."""
    for name in _ENCODINGS:
        with contextlib.suppress(UnicodeEncodeError):
            if before.encode(name) == raw:
                after.encode(name)
                return name
    return "utf-8"


def _do(project: Project, files: list[dict[str, str]], store: Store | None) -> None:
    own = {one.name: one for one in codebook_files(project.settings.codebook)}
    for file in files:
        path = own.get(str(file["name"]))
        if path is None:
            raise InputError(
                f"'{file['name']}' is no file of the codebook",
                where=journal_path(project.settings.codebook),
                hint="delete the journal",
            )
        now = path.read_bytes() if path.exists() else b""
        new = file["text"].encode(file["encoding"]) if file["text"] else b""
        if now == new:
            continue
        if sha256(now).hexdigest() != file["before"]:
            raise InputError(
                "it was edited after a change of the codebook was interrupted",
                where=path,
                hint=f"bring it back as it was, or delete {journal_path(project.settings.codebook).name} to "
                "leave the rest of that change undone",
            )
        _put(path, new)
    if store is not None:
        _follow(project, store)


def _put(path: Path, data: bytes) -> None:
    if data:
        write_bytes(path, data)
    else:
        path.unlink(missing_ok=True)


def _follow(project: Project, store: Store) -> None:
    """Derive the graph anew with the codebook as its file is now."""
    from kg.build.current import Deriver
    from kg.ingest.codebook import read_codebook

    codebook = read_codebook(project.settings.codebook, project.iris)
    deriver = Deriver(project.register, codebook, project.iris)
    store.rewrite(deriver.anew(store.view))


def _store(project: Project) -> Store | None:
    from kg.store.embedded import Store

    path = project.settings.store
    return Store.open(path, base=project.settings.base) if path.exists() else None


__all__ = ["carry_out", "finish", "finish_if_nobody_writes", "journal_path"]

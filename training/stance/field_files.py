"""Files of fields: a text file a field, which says in its first line what it is about; some are held out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.model.errors import InputError

HELD_OUT = "held-out"
"""The folder within of the fields that nothing is trained on."""

_FIRST = "# field: "


def field_files(folder: Path, held_out: bool = False) -> Iterator[tuple[Path, str]]:
    """The files of a folder with their texts, by file name.

    Args:
        folder: Has a text file for each field.
        held_out: Those of its folder `held-out` in place of the others.

    Raises:
        InputError: A file cannot be read.
    """
    inside = folder / HELD_OUT if held_out else folder
    for path in sorted(inside.glob("*.txt")):
        try:
            yield path, path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot be read: {error}", where=path) from error


def title_of(lines: Sequence[str], where: str) -> str:
    """What a field is about.

    Args:
        lines: Of its file.
        where: Name of the file, for what is wrong with it.

    Raises:
        InputError: The first line does not say it.
    """
    if not lines or not lines[0].startswith(_FIRST):
        raise InputError("the first line says '# field: ' and what the file is about", where=f"{where}:1")
    return lines[0].removeprefix(_FIRST).strip()


__all__ = ["HELD_OUT", "field_files", "title_of"]

"""A new project folder: with sample lines to replace, or a copy of a bundled example."""

from __future__ import annotations

import json
from pathlib import Path

from kg.model.atomic import write_bytes
from kg.model.errors import UsageError
from kg.model.iris import DEFAULT_BASE, slug
from kg.model.resources import example_folder, example_names
from kg.model.settings import FILE_NAME, check_base

_SETTINGS = """\
title = {title}

# All names in the graph begin with this address; use one of your own before you publish.
base = "{base}"

# Relative to this folder.
articles = "articles"
register = "register.csv"
codebook = "codebook.csv"
store = "graph"

# What releases say of themselves ('kg publish').
# description = "Who said what on ..."
# license = "https://creativecommons.org/licenses/by/4.0/"
# creators = ["..."]
"""

_REGISTER = """\
name,kind,aliases,member_of,office,from,until,wikidata,voice
Ruritania,state,the Castle,,,,,,
Harbour Ministry,organization,,Ruritania,,,,,
Ann Lee,person,A. Lee,Ruritania,Prime Minister,2008-05,2012-05,,
"""

_TOPICS = """\
topic,label,broader
transport,Transport,
harbour,The harbour,transport
"""

_CODEBOOK = """\
position,label,topic,description,for,against,entails,excludes
new-quay,The harbour should get a new quay,harbour,"Whether the new quay should be built.",\
build the quay|the harbour needs a quay,no new quay|the quay is a waste of money,,
"""

_READ_ME = """\
# {title}

Put articles (.txt, .md, .html, .json, .jsonl) into `articles/`, and say in `articles/articles.csv` when and
where each was published. Replace the sample lines of `register.csv` (who speaks) and of `codebook.csv` and
`topics.csv` (what one can be for or against). Then:

    kg build
    kg query positions --topic harbour
"""

_ARTICLES = "file,published,publisher,title,author,url\n"


def _quoted(text: str) -> str:
    """The text as a TOML string, which JSON's escapes suit."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def start_project(folder: Path, title: str | None = None, base: str | None = None) -> list[Path]:
    """Make a project folder with files to fill in.

    Args:
        folder: The folder; it may exist, but not have a `kg.toml`.
        title: Name of the project; the folder's name unless told.
        base: Beginning of all data IRIs.

    Returns:
        The files made; files that were there already are left as they are.

    Raises:
        UsageError: The folder is a project already, or is a file.
        StoreError: The folder cannot be written to.
    """
    _refuse_taken(folder)
    title = title or folder.resolve().name
    base = check_base(base or f"{DEFAULT_BASE}{slug(title)}/", "--base")
    files = {
        FILE_NAME: _SETTINGS.format(title=_quoted(title), base=base),
        "register.csv": _REGISTER,
        "topics.csv": _TOPICS,
        "codebook.csv": _CODEBOOK,
        "README.md": _READ_ME.format(title=title),
        "articles/articles.csv": _ARTICLES,
    }
    return _write(folder, {name: text.encode("utf-8") for name, text in files.items()})


def copy_example(folder: Path, name: str) -> list[Path]:
    """Make a project folder of one's own with the files of a bundled example.

    Args:
        folder: The folder; it may exist, but not have a `kg.toml`.
        name: Name of the example.

    Returns:
        The files made; files that were there already are left as they are.

    Raises:
        UsageError: There is no such example, or the folder is a project already, or is a file.
        StoreError: The folder cannot be written to.
    """
    if name not in example_names():
        raise UsageError(
            f"there is no example '{name}'", hint="the examples are " + ", ".join(example_names())
        )
    _refuse_taken(folder)
    example = example_folder(name)
    # What commands made in the example's own folder is no part of it.
    paths = [path for path in example.iterdir() if path.is_file()] + list((example / "articles").iterdir())
    return _write(folder, {path.relative_to(example).as_posix(): path.read_bytes() for path in sorted(paths)})


def _refuse_taken(folder: Path) -> None:
    if (folder / FILE_NAME).exists():
        raise UsageError("this is a project already", where=folder, hint="choose another folder")
    if folder.exists() and not folder.is_dir():
        raise UsageError("this is a file", where=folder, hint="choose a folder")


def _write(folder: Path, files: dict[str, bytes]) -> list[Path]:
    """Write the files that are not there yet, and say which."""
    made = []
    # The settings come last: a folder without them is no project, so an interrupted start can be repeated.
    for name in sorted(files, key=lambda name: name == FILE_NAME):
        path = folder / name
        if not path.exists():
            write_bytes(path, files[name])
            made.append(path)
    return made

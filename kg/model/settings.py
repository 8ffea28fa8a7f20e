"""Settings of a project folder, from its `kg.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.model.errors import InputError
from kg.model.iris import DEFAULT_BASE
from kg.model.publishing_settings import KEYS as PUBLISHING_KEYS
from kg.model.publishing_settings import PublishingSettings, publishing_settings
from kg.model.reading_settings import CACHE, ReadingSettings, reading_settings
from kg.model.resources import example_folder

FILE_NAME = "kg.toml"
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project folder says of itself.

    Attributes:
        folder: The project folder; relative paths in `kg.toml` start here.
        base: Beginning of all data IRIs.
        articles: Folder of articles that `kg build` reads without arguments.
        register: File of actors (CSV or Turtle).
        codebook: File of positions (CSV with `topics.csv` beside it, or Turtle).
        statements: File of hand-made statements that `kg load` reads without arguments, or None.
        store: Folder of the graph.
        title: Name of the project, for pages and exports.
        bundled: Whether this is the example inside the package, which is never written to.
        reading: How articles are read.
        publishing: What releases say of themselves.
    """

    folder: Path
    base: str
    articles: Path
    register: Path
    codebook: Path
    statements: Path | None
    store: Path
    title: str
    bundled: bool = False
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    publishing: PublishingSettings = field(default_factory=PublishingSettings)


def find_folder(start: Path) -> Path | None:
    """The nearest folder with a `kg.toml`, from `start` upwards."""
    for folder in [start.resolve(), *start.resolve().parents]:
        if (folder / FILE_NAME).is_file():
            return folder
    return None


def _text(table: dict[str, Any], key: str, default: str, path: Path) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"'{key}' should be text", where=path, hint=f'write {key} = "{default}"')
    return value


def check_base(base: str, where: str | Path) -> str:
    """The base again, if all IRIs can begin with it.

    Raises:
        InputError: It is no web address that ends in / or #.
    """
    if not _BASE.fullmatch(base):
        raise InputError(f"base '{base}' is no web address that ends in / or #", where=where)
    return base


def read_settings(folder: Path) -> Settings:
    """Read `kg.toml` of a project folder.

    Raises:
        InputError: The file is missing, is no TOML, or has a value of the wrong kind.
    """
    path = folder / FILE_NAME
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            "no kg.toml here", where=folder, hint="run 'kg init FOLDER' to make a project"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not valid TOML: {error}", where=path) from error
    known = {"base", "articles", "register", "codebook", "statements", "store", "title"}
    known |= {"extractor", "threshold", "llm", "cross_encoder"} | PUBLISHING_KEYS
    for key in table.keys() - known:
        raise InputError(f"'{key}' is no setting", where=path, hint="known are " + ", ".join(sorted(known)))
    base = check_base(_text(table, "base", DEFAULT_BASE, path), path)
    statements = table.get("statements")
    return Settings(
        folder=folder,
        base=base,
        articles=folder / _text(table, "articles", "articles", path),
        register=folder / _text(table, "register", "register.csv", path),
        codebook=folder / _text(table, "codebook", "codebook.csv", path),
        statements=folder / _text(table, "statements", "statements.jsonl", path) if statements else None,
        store=folder / _text(table, "store", "graph", path),
        title=_text(table, "title", folder.resolve().name, path),
        reading=reading_settings(table, path),
        publishing=publishing_settings(table, path),
    )


def project_settings(start: Path | None = None) -> Settings:
    """Settings of the project that `start` lies in, or of the bundled example outside of any project.

    The example's graph, and answers of language models, are kept under `build/` of the current folder, as the
    package itself may be read-only.
    """
    folder = find_folder(start or Path.cwd())
    example = example_folder()
    if folder is not None and folder.resolve() != example.resolve():
        return read_settings(folder)
    found, build = read_settings(example), Path.cwd() / "build"
    reading = replace(found.reading, llm=replace(found.reading.llm, cache=build / CACHE))
    return replace(found, store=build / "missile-defence.graph", reading=reading, bundled=True)

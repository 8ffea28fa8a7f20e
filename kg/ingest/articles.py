"""Articles from files, folders and standard input, with their metadata, in a fixed order.

Plain text is stored as the decoded file stands; of a web page, the extracted main text; of a JSON record, its
`text`. Boilerplate is marked in all of them.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from kg.ingest.boilerplate import boilerplate_ranges
from kg.ingest.dateline import publication
from kg.ingest.decode import MAX_BYTES, check_size, decode, encodable, read_bytes
from kg.ingest.html import looks_like_html, read_html
from kg.ingest.language import check_english
from kg.ingest.lines import lines_of
from kg.ingest.metadata import (
    NOTHING,
    SIDECAR,
    TABLE,
    Metadata,
    from_mapping,
    front_matter,
    sidecar,
    table_entry,
)
from kg.model.article import Article
from kg.model.errors import InputError

Kind = Literal["text", "html", "json", "jsonl"]
OnError = Callable[[InputError], None]

_KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
_ABOUT_THE_FOLDER = frozenset(["readme", "license", "licence", "changelog", "copying", "notice"])
_MAX_FILES = 200_000
_MAX_CHARACTERS = 10_000_000
"""A text above this length is a book or a heap of articles; the parser of sentences takes no more."""


def read_articles(
    paths: Sequence[Path | Literal["-"] | str],
    *,
    overrides: Metadata | None = None,
    on_error: OnError | None = None,
) -> Iterator[Article]:
    """Read articles from files (.txt, .md, .html, .json, .jsonl), folders, or "-" for standard input.

    Folders are read with all that is below them, sorted by path; links that lead out of them, hidden files,
    files called README, LICENSE, CHANGELOG, COPYING or NOTICE, sidecars and `articles.csv` are passed over.
    Files come in the order of the call.

    Args:
        paths: What to read.
        overrides: Metadata that counts before all other.
        on_error: Told of each file or record that cannot be read; the others are read all the same. Without
        it
            the first such error is raised.

    Raises:
        UsageError: `overrides` has a date that is none.
        InputError: Without `on_error`: a path is missing, or a file is empty, binary, too large, not
        English, or
            has wrong metadata.
    """
    chosen = (overrides or NOTHING).checked_option()
    for path in paths:
        try:
            if str(path) == "-":
                yield from _read_standard_input(chosen, on_error)
                continue
            found = _files(Path(path))
        except InputError as error:
            _tell(error, on_error)
            continue
        for file, root in found:
            yield from _read_file(file, root, chosen, on_error)


def _tell(error: InputError, on_error: OnError | None) -> None:
    if on_error is None:
        raise error
    on_error(error)


def _files(path: Path) -> list[tuple[Path, Path]]:
    """The files that a path stands for, each with the folder up to which `articles.csv` is looked for."""
    if not path.is_dir():
        return [(path, path.parent)]
    root = path.resolve()
    files: list[Path] = []
    try:
        # Not Path.rglob: that follows links to folders in older Pythons.
        for folder, below, names in os.walk(path, followlinks=False):
            below[:] = sorted(name for name in below if not name.startswith("."))
            files.extend(Path(folder) / name for name in names if _is_article(Path(folder) / name, root))
            if len(files) > _MAX_FILES:
                raise InputError(
                    f"more than {_MAX_FILES} files", where=path, hint="read its folders one by one"
                )
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=path) from error
    if not files:
        hint = "it has no .txt, .md, .html, .json or .jsonl but README, LICENSE, NOTICE and the like"
        raise InputError("no article in this folder", where=path, hint=hint)
    return [(file, path) for file in sorted(files, key=lambda file: file.relative_to(path).parts)]


def _is_article(file: Path, root: Path) -> bool:
    if file.name.startswith((".", "~$")) or file.name.endswith(SIDECAR) or file.name == TABLE:
        return False
    if file.suffix.lower() not in _KINDS or _is_about_the_folder(file):
        return False
    try:
        return not file.is_symlink() or file.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _is_about_the_folder(file: Path) -> bool:
    """Whether a file tells of what it lies among: README.md and README.en.md, not notice-to-quit.txt."""
    return file.name.lower().split(".")[0] in _ABOUT_THE_FOLDER


def _read_standard_input(chosen: Metadata, on_error: OnError | None) -> Iterator[Article]:
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    where = "standard input"
    check_size(data, where)
    yield from _read(data, _sniffed(data, where), "stdin", where, chosen, NOTHING, on_error)


def _read_file(file: Path, root: Path, chosen: Metadata, on_error: OnError | None) -> Iterator[Article]:
    try:
        data = read_bytes(file)
        beside = sidecar(file).over(table_entry(file, root))
        kind = _KINDS.get(file.suffix.lower()) or _sniffed(data, str(file))
        articles = _read(data, kind, file.name, str(file), chosen, beside, on_error)
    except InputError as error:
        _tell(error, on_error)
        return
    yield from articles


def _sniffed(data: bytes, where: str) -> Kind:
    """What is in a file whose name does not tell."""
    text = decode(data, where)
    if looks_like_html(text):
        return "html"
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        try:
            return "jsonl" if isinstance(json.loads(start.split("\n", 1)[0]), dict) else "text"
        except (ValueError, RecursionError):
            return "json" if re.match(r"\{\s*\"", start) else "text"
    return "json" if re.match(r"\[\s*\{\s*\"", start) else "text"


def _read(
    data: bytes,
    kind: Kind,
    name: str,
    where: str,
    chosen: Metadata,
    beside: Metadata,
    on_error: OnError | None,
) -> Iterator[Article]:
    """The articles of one file; an error in one record does not keep the others back."""
    try:
        if kind == "html":
            page = read_html(data, where)
            known = chosen.over(beside)
            yield _article(name, page.text, where, known, page.metadata, 0)
            return
        text = decode(data, where)
        if kind == "text":
            said, end = front_matter(text, where)
            yield _article(name, text, where, chosen.over(beside).over(said), NOTHING, end)
            return
        records = list(_whole(text, name, where) if kind == "json" else _lines(text, name, where))
    except InputError as error:
        _tell(error, on_error)
        return
    for record_name, record, record_where in records:
        try:
            yield _of_record(record_name, record, record_where, chosen, beside)
        except InputError as error:
            _tell(error, on_error)


def _whole(text: str, name: str, where: str) -> Iterator[tuple[str, Any, str]]:
    """The records of a JSON file: one object, a list of them, or an object with a list `articles`."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"not valid JSON: {error.msg}", where=f"{where}, line {error.lineno}") from error
    except (RecursionError, ValueError) as error:
        raise InputError("not valid JSON: nested too deeply or a number too long", where=where) from error
    if isinstance(value, Mapping) and isinstance(value.get("articles"), list):
        value = value["articles"]
    if not isinstance(value, list):
        yield name, value, where
        return
    for number, record in enumerate(value, 1):
        yield f"{name}#{number}", record, f"{where}, record {number}"


def _lines(text: str, name: str, where: str) -> Iterator[tuple[str, Any, str]]:
    # Only line feeds end a record: JSON strings may hold other line separators as they are.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
            record = InputError(f"not valid JSON: {reason}", where=f"{where}, line {number}")
        yield f"{name}#{number}", record, f"{where}, line {number}"


def _of_record(name: str, record: Any, where: str, chosen: Metadata, beside: Metadata) -> Article:
    if isinstance(record, InputError):
        raise record
    if not isinstance(record, Mapping):
        raise InputError("an article is a JSON object with a text", where=where)
    text = next((record[key] for key in ("text", "articleBody", "body", "content") if record.get(key)), None)
    if not isinstance(text, str) or not text.strip():
        raise InputError("the record has no text", where=where, hint='add "text"')
    for key in ("doc_id", "id"):
        identifier = record.get(key)
        if isinstance(identifier, str | int) and str(identifier).strip():
            name = " ".join(encodable(str(identifier)).split())
            break
    said = from_mapping(record).checked(where)
    return _article(name, encodable(text), where, chosen.over(beside).over(said), NOTHING, 0)


def _article(name: str, text: str, where: str, known: Metadata, page: Metadata, start: int) -> Article:
    """An article from its text, what people said of it (`known`) and what the page says (`page`).

    `start` is where the text begins below its front matter.
    """
    below = text[start:]
    if not below.strip():
        raise InputError("there is no text", where=where)
    if len(text) > _MAX_CHARACTERS:
        raise InputError(
            f"the text has {len(text):,} characters and an article at most {_MAX_CHARACTERS:,}",
            where=where,
            hint="split it into articles",
        )
    ranges = [(begin + start, end + start) for begin, end in boilerplate_ranges(below)]
    if start:
        ranges.insert(0, (0, start))
    every = known.over(page)
    article = Article(
        name=name,
        text=text,
        published=every.published,
        dated_by=("metadata" if known.published else "page") if every.published else None,
        publisher=every.publisher,
        url=every.url,
        title=every.title or _headline(text, ranges),
        author=every.author,
        language=every.language or "en",
        boilerplate=tuple(ranges),
    )
    check_english(_without(text, ranges) or below, where)
    if not article.published and (said := publication(below)):
        article = replace(article, published=said.edtf, dated_by=said.told_by)
    return article


def _without(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    parts, position = [], 0
    for begin, end in ranges:
        parts.append(text[position:begin])
        position = end
    return "".join([*parts, text[position:]]).strip()


def _headline(text: str, ranges: Sequence[tuple[int, int]]) -> str | None:
    """The first line of the article, if it looks like a headline: short, no sentence, and text below it."""
    lines = lines_of(text[:20_000])
    inside = [line for line in lines if not any(a < line.end and b > line.start for a, b in ranges)]
    if len(inside) < 2:
        return None
    first = inside[0]
    title = re.sub(r"^#+\s*", "", first.text)
    short = 2 <= len(first.words) <= 25 and len(title) <= 200
    return title if short and not title.endswith((".", ":", ",", ";")) else None


__all__ = ["Metadata", "read_articles"]

"""JSON lines from a file or standard input, each with the place that messages name."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.ingest.decode import check_size, read_bytes
from kg.model.errors import InputError


def read_json_lines(path: Path) -> Iterator[tuple[str, Any]]:
    """The values of a JSON-lines file in UTF-8; empty lines are passed over.

    Args:
        path: The file, or "-" for standard input.

    Yields:
        File and line ("pairs.jsonl:3"), and the value.

    Raises:
        InputError: The file cannot be read, is too large or not UTF-8, or a line is no JSON value.
    """
    standard_input = str(path) == "-"
    name = "standard input" if standard_input else str(path)
    if standard_input:
        raw = sys.stdin.buffer.read()
        check_size(raw, name)
    else:
        raw = read_bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", where=name, hint="save the file as UTF-8") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            where = f"{name}:{number}"
            try:
                yield where, json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                raise InputError("the line is not valid JSON", where=where, hint=_hint(text)) from error


def _hint(text: str) -> str:
    """What to try where a line is no JSON."""
    try:
        json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return "check its quotation marks, brackets and commas"
    return (
        "the file is JSON but no JSON lines: write each object on a line of its own, with no list around them"
    )


__all__ = ["read_json_lines"]

"""Settings of `kg.toml` on what releases say of themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model.errors import InputError

KEYS = frozenset({"description", "license", "creators", "host"})
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class PublishingSettings:
    """What releases say of themselves.

    Attributes:
        description: What the graph is about, in a sentence or two; None for the title alone.
        license: Web address of the licence of the data; None where nobody chose one.
        creators: Who is cited for the data.
        host: Web address that releases are served from, with a slash at its end, where that is not the base
            (the base is then a persistent identifier that leads there).
    """

    description: str | None = None
    license: str | None = None
    creators: tuple[str, ...] = ()
    host: str | None = None


def publishing_settings(table: dict[str, Any], path: Path) -> PublishingSettings:
    """Read the settings of releases out of a `kg.toml`.

    Args:
        table: The parsed file.
        path: The file, for messages.

    Raises:
        InputError: A value is of the wrong kind.
    """
    creators = table.get("creators", [])
    creators = [creators] if isinstance(creators, str) else creators
    if not isinstance(creators, list) or not all(isinstance(one, str) and one.strip() for one in creators):
        raise InputError("'creators' should be names", where=path, hint='write creators = ["Ida Reed"]')
    host = _address(table, "host", "https://data.example.org/trams/", path)
    return PublishingSettings(
        description=_text(table, "description", "Who said what on trams in Lindhaven", path),
        license=_address(table, "license", "https://creativecommons.org/licenses/by/4.0/", path),
        creators=tuple(" ".join(one.split()) for one in creators),
        host=host if host is None or host.endswith("/") else host + "/",
    )


def _text(table: dict[str, Any], key: str, example: str, path: Path) -> str | None:
    value = table.get(key)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise InputError(f"'{key}' should be text", where=path, hint=f'write {key} = "{example}"')
    return None if value is None else " ".join(value.split())


def _address(table: dict[str, Any], key: str, example: str, path: Path) -> str | None:
    value = _text(table, key, example, path)
    if value is not None and not _WEB_ADDRESS.fullmatch(value):
        raise InputError(f"'{key}' should be a web address", where=path, hint=f'write {key} = "{example}"')
    return value


__all__ = ["KEYS", "PublishingSettings", "publishing_settings"]

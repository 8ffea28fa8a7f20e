"""Which language model the extractor `llm` asks, and at what cost."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.model.errors import InputError

ENVIRONMENT = {"base_url": "KG_LLM_BASE_URL", "model": "KG_LLM_MODEL", "key": "KG_LLM_KEY"}
"""Variables of the environment that go before `kg.toml`."""

_TEXTS = ("base_url", "model", "key", "cache", "currency")
_NUMBERS = {
    "timeout": (1.0, 3600.0),
    "retries": (0, 20),
    "chunk": (500, 200_000),
    "max_tokens": (64, 1_000_000),
    "input_price": (0.0, 1e6),
    "output_price": (0.0, 1e6),
}
"""Numbers of the table `[llm]`, with the least and the greatest value."""


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """The table `[llm]` of `kg.toml`, with what the environment says in place of it.

    Attributes:
        base_url: Address of an OpenAI-compatible API, up to and with `/v1`; None where nothing names one.
        model: Name of the model; None where nothing names one.
        key: What the server knows us by; never printed and never written anywhere.
        key_withheld: Whether a key was given that does not belong to this address, and so is not sent.
        cache: Folder in which answers are kept; None keeps none.
        timeout: Seconds that one request may take in all.
        retries: How often a request is repeated when the server is busy.
        chunk: Characters of an article that one request holds, about.
        max_tokens: Length of an answer, at most.
        input_price, output_price: Price of a million tokens that are sent and that are answered; None where
            nothing says it.
        currency: What the prices are in.
    """

    base_url: str | None = None
    model: str | None = None
    key: str | None = field(default=None, repr=False)
    key_withheld: bool = False
    cache: Path | None = None
    timeout: float = 120.0
    retries: int = 5
    chunk: int = 6000
    max_tokens: int = 8192
    input_price: float | None = None
    output_price: float | None = None
    currency: str = "USD"


def check_base_url(address: str, where: str | Path) -> str:
    """The address without a slash at its end.

    Raises:
        InputError: It is no web address, or holds a name and password, which messages would show.

    >>> check_base_url("http://127.0.0.1:8080/v1/", "kg.toml")
    'http://127.0.0.1:8080/v1'
    """
    hint = "write the API's address up to /v1, such as http://127.0.0.1:8080/v1"
    try:
        parts = urlsplit(address.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"base_url is no web address: {error}", where=where, hint=hint) from error
    if parts.username is not None or parts.password is not None:
        raise InputError("base_url holds a name or password", where=where, hint="give it as key instead")
    plain = address.strip().isascii() and address.strip().isprintable() and " " not in address.strip()
    if parts.scheme not in ("http", "https") or not host or not plain:
        raise InputError("base_url is no web address", where=where, hint=hint)
    if parts.query or parts.fragment:
        raise InputError("base_url holds a ? or #", where=where, hint=hint)
    return address.strip().rstrip("/")


def llm_settings(
    table: object, path: Path, cache: Path, environment: Mapping[str, str] | None = None
) -> LlmSettings:
    """The settings of the language model.

    A key goes only to an address from the same place: the project folder of somebody else must not be able
    to have the key in my environment sent to a server of theirs.

    Args:
        table: The table `[llm]` as parsed, or None where `kg.toml` has none.
        path: The file, for messages.
        cache: Folder of the answers where the table names none.
        environment: Variables; the process's own unless told.

    Raises:
        InputError: A value is unknown or of the wrong kind.
    """
    found: dict[str, Any] = dict(_checked(table, path))
    variables = os.environ if environment is None else environment
    given = {name: variables.get(variable, "").strip() for name, variable in ENVIRONMENT.items()}
    given = {name: value for name, value in given.items() if value}
    where = {name: ENVIRONMENT[name] if name in given else path for name in ENVIRONMENT}
    apart = ("base_url" in given) != ("key" in given) and "base_url" in {**found, **given}
    if apart and ("key" in given or "key" in found):
        found.pop("key", None)
        given.pop("key", None)
        found["key_withheld"] = True
    found.update(given)
    if "base_url" in found:
        found["base_url"] = check_base_url(found["base_url"], where["base_url"])
    for name in ("key", "model"):
        if not found.get(name, "").isprintable():
            raise InputError(f"the {name} holds characters that none has", where=where[name])
    if not found.get("key", "").isascii():
        raise InputError("the key holds characters that none has", where=where["key"])
    found["cache"] = path.parent / found["cache"] if "cache" in found else cache
    return LlmSettings(**found)


def _checked(table: object, path: Path) -> Mapping[str, Any]:
    if table is None:
        return {}
    if not isinstance(table, Mapping):
        raise InputError("'llm' should be a table", where=path, hint="write [llm] on a line of its own")
    known = [*_TEXTS, *_NUMBERS]
    for name in table:
        if name not in known:
            raise InputError(
                f"'{name}' is no setting of [llm]", where=path, hint="known are " + ", ".join(known)
            )
    for name in _TEXTS:
        if name in table and not (isinstance(table[name], str) and table[name].strip()):
            raise InputError(f"'{name}' of [llm] should be text", where=path)
    for name, (least, most) in _NUMBERS.items():
        value = table.get(name, least)
        whole = isinstance(least, int)
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            raise InputError(f"'{name}' of [llm] should be a {'whole ' if whole else ''}number", where=path)
        if not least <= value <= most:
            raise InputError(f"'{name}' of [llm] is {value}", where=path, hint=f"use {least:g} to {most:g}")
    return table


__all__ = ["ENVIRONMENT", "LlmSettings", "check_base_url", "llm_settings"]

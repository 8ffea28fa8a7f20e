"""The header of a canned query: TOML in `#+ ` lines that says what the query is for and what it takes."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kg.model.errors import InputError

Type = Literal["iri", "date", "int", "string"]
TYPES: tuple[Type, ...] = ("iri", "date", "int", "string")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KEYS = {"title", "description", "tags", "view", "hide", "params"}
_PARAMETER_KEYS = {"type", "class", "help", "example", "required", "multiple", "choices", "end"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a canned query, as its header describes it.

    Attributes:
        name: Name of the SPARQL variable.
        type: What values it takes.
        classes: Prefixed names of the classes that an `iri` must belong to; empty for any.
        help: One line for the command line and the reference page.
        example: A value to show and to test with; None where there is none.
        required: Whether the query makes no sense without it.
        multiple: Whether several values may be given, meaning any of them.
        choices: The only values an `iri` parameter takes, as prefixed names; given by their local names.
        end: Which day of a vague date counts (`2009` is its first day, or its last).
        default: What the file binds it to when nothing is given, as the SPARQL text between the braces.
    """

    name: str
    type: Type
    classes: tuple[str, ...] = ()
    help: str = ""
    example: str | None = None
    required: bool = False
    multiple: bool = True
    choices: tuple[str, ...] = ()
    end: Literal["first", "last"] = "first"
    default: str = "UNDEF"

    @property
    def option(self) -> str:
        """The option of the command line.

        >>> Parameter("as_of", "date").option
        '--as-of'
        """
        return "--" + self.name.replace("_", "-")

    @property
    def choice_names(self) -> tuple[str, ...]:
        """The values of `choices` as a person writes them, with `any` at the end."""
        return (*(choice.partition(":")[2] for choice in self.choices), "any") if self.choices else ()

    @property
    def default_text(self) -> str | None:
        """The default as a person writes it; None where every value will do.

        >>> Parameter("voice", "iri", default="st:official").default_text
        'official'
        """
        if self.default == "UNDEF":
            return None
        return ", ".join(re.sub(r"^\w*:", "", word).strip('"') for word in self.default.split())


@dataclass(frozen=True, slots=True)
class Header:
    """What a canned query says of itself.

    Attributes:
        title: A few words.
        description: What a row is and what counts, in a paragraph.
        tags: For finding it.
        view: How a page would show the answer: `table`, `timeline`, `matrix`, `network` or `card`.
        hide: Columns that the table format leaves out; all other formats have all columns.
        parameters: In the order of the header.
    """

    title: str
    description: str
    tags: tuple[str, ...]
    view: str
    hide: tuple[str, ...]
    parameters: tuple[Parameter, ...]


def _checked(table: dict[str, Any], key: str, kind: type, default: Any, path: Path) -> Any:
    value = table.get(key, default)
    if not isinstance(value, kind):
        raise InputError(f"'{key}' in the header has a value of the wrong kind", where=path)
    return value


def _texts(table: dict[str, Any], key: str, path: Path) -> tuple[str, ...]:
    values = _checked(table, key, list, [], path)
    if not all(isinstance(value, str) for value in values):
        raise InputError(f"'{key}' in the header should be a list of texts", where=path)
    return tuple(values)


def _parameter(name: str, table: Any, default: str, path: Path) -> Parameter:
    if not isinstance(table, dict) or not _NAME.fullmatch(name):
        raise InputError(f"[params.{name}] is no description of a parameter", where=path)
    for key in table.keys() - _PARAMETER_KEYS:
        hint = "known are " + ", ".join(sorted(_PARAMETER_KEYS))
        raise InputError(f"[params.{name}] has an unknown key '{key}'", where=path, hint=hint)
    if table.get("type") not in TYPES:
        raise InputError(f"[params.{name}] needs a type", where=path, hint="one of " + ", ".join(TYPES))
    if table.get("end", "first") not in ("first", "last"):
        raise InputError(f"[params.{name}] end is first or last", where=path)
    example = table.get("example")
    return Parameter(
        name=name,
        type=table["type"],
        classes=tuple(_checked(table, "class", str, "", path).split()),
        help=_checked(table, "help", str, "", path),
        example=None if example is None else str(example),
        required=_checked(table, "required", bool, False, path),
        multiple=_checked(table, "multiple", bool, table["type"] in ("iri", "string"), path),
        choices=_texts(table, "choices", path),
        end=table.get("end", "first"),
        default=default,
    )


def parse_header(lines: list[str], defaults: dict[str, str], path: Path) -> Header:
    """Read the header out of the lines of a query file.

    Args:
        lines: All lines of the file.
        defaults: What the file's VALUES lines bind, by name.
        path: The file, for messages.

    Raises:
        InputError: The header is no TOML or misses something.
    """
    toml = "\n".join(line[2:].removeprefix(" ") for line in lines if line.startswith("#+"))
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"the header is not valid TOML: {error}", where=path) from error
    for key in table.keys() - _KEYS:
        raise InputError(f"the header has an unknown key '{key}'", where=path, hint=", ".join(sorted(_KEYS)))
    title = _checked(table, "title", str, "", path)
    if not title:
        raise InputError("the header has no title", where=path, hint='begin with: #+ title = "..."')
    params = _checked(table, "params", dict, {}, path)
    return Header(
        title=title,
        description=" ".join(_checked(table, "description", str, "", path).split()),
        tags=_texts(table, "tags", path),
        view=_checked(table, "view", str, "table", path),
        hide=_texts(table, "hide", path),
        parameters=tuple(_parameter(n, t, defaults.get(n, "UNDEF"), path) for n, t in params.items()),
    )

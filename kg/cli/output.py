"""Where data goes: to stdout or to a file, in the format that an option or the file's suffix names."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.model.atomic import write_bytes
from kg.model.errors import UsageError

Function = TypeVar("Function", bound=Callable[..., Any])


def output_options(formats: Sequence[str], default: str) -> Callable[[Function], Function]:
    """The options `-f/--format` and `-o/--output` of a command.

    Args:
        formats: Names of the formats that the command can write.
        default: The format where neither option names one.
    """

    def add(function: Function) -> Function:
        function = click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            help="File to write; its suffix decides the format.",
        )(function)
        return click.option(
            "-f",
            "--format",
            "format_",
            type=click.Choice(list(formats)),
            help=f"Format; {default} unless told.",
        )(function)

    return add


def chosen_format(format_: str | None, output: Path | None, formats: Sequence[str], default: str) -> str:
    """The format that the options ask for: the named one, else that of the file's suffix, else the default.

    Raises:
        UsageError: The suffix names no format of the command.
    """
    if format_ is not None:
        return format_
    if output is None:
        return default
    suffix = {"jsonld": "jsonld", "txt": "table"}.get(output.suffix[1:].lower(), output.suffix[1:].lower())
    if suffix not in formats:
        raise UsageError(
            f"the suffix '{output.suffix}' names no format of this command",
            where=output,
            hint="use --format with one of " + ", ".join(formats),
        )
    return suffix


def write_output(data: str | bytes, output: Path | None) -> None:
    """Write data to a file, to the side first so that it is whole or not there, or to stdout."""
    raw = data.encode("utf-8") if isinstance(data, str) else data
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    else:
        write_bytes(output, raw)
        click.echo(f"wrote {output}", err=True)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "row"), counted(0, "row")
    ('1 row', '0 rows')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def tell(message: str) -> None:
    """A line for the person at the keyboard; never part of the data."""
    click.echo(message, err=True)


def progress(items: Iterable[Any], total: int | None, label: str) -> Iterable[Any]:
    """The items again, with a progress bar on stderr where a person watches."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=total, label=label, file=sys.stderr) as bar:
        yield from bar

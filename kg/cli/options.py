"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


def project_option(function: Function) -> Function:
    """`--project FOLDER`, for a command that works on a project."""
    return click.option(
        "-p",
        "--project",
        "folder",
        type=_FOLDER,
        help="Project folder, or a folder below one; the current folder unless told.",
    )(function)


def store_option(function: Function) -> Function:
    """`--store FOLDER`, for a command that reads or writes a graph."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder of the graph; the project's unless told.",
    )(function)


def counting_option(what: str, default: str = "utterance") -> Callable[[Function], Function]:
    """`--by utterance|statement`, for a command that counts or lists stances.

    Args:
        what: What the option is for, as the help says it.
        default: What is counted where nobody says.
    """
    return click.option(
        "--by",
        type=click.Choice(["utterance", "statement"]),
        default=default,
        show_default=True,
        help=f"{what}: once for all reports of one speech act, or once a report.",
    )


def coding_options(function: Function) -> Function:
    """`--register` and `--codebook`, for a command that reads articles."""
    function = click.option(
        "--codebook", type=_FILE, help="Positions, as CSV or Turtle; the project's unless told."
    )(function)
    return click.option(
        "--register", type=_FILE, help="Actors, as CSV or Turtle; the project's unless told."
    )(function)


def reading_options(function: Function) -> Function:
    """`--extractor` and `--threshold`, for a command that reads articles."""
    from kg.attribute.extractors import EXTRACTORS

    function = click.option(
        "--threshold",
        type=click.FloatRange(0, 1),
        metavar="P",
        help="Leave out what is read with less confidence, from 0 to 1; the project's unless told.",
    )(function)
    return click.option(
        "--extractor",
        type=click.Choice(list(EXTRACTORS)),
        help="What finds who said what in a text; the project's unless told.",
    )(function)


def metadata_options(function: Function) -> Function:
    """What a person knows of the articles that are read."""
    function = click.option("--url", metavar="IRI", help="Where the article stands on the web.")(function)
    function = click.option("--publisher", metavar="NAME", help="Newspaper, agency or broadcaster.")(function)
    return click.option(
        "--published", metavar="EDTF", help="Date of publication: 2009-09-18, 2009-09, 2009-09-17/2009-09-18."
    )(function)

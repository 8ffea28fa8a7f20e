"""`kg init`: a new project."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.output import tell
from kg.model.errors import UsageError
from kg.model.resources import example_names


@click.command(short_help="Make a project folder.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="Name of the project; the folder's name unless told.")
@click.option(
    "--base", help="Beginning of all IRIs of the graph: a web address of yours that ends in / or #."
)
@click.option(
    "--example",
    type=click.Choice(example_names()),
    help="Copy this example, articles and all, instead of making files to fill in.",
)
def init(folder: Path, title: str | None, base: str | None, example: str | None) -> None:
    """Make a project folder with settings, a register and a codebook to fill in."""
    from kg.project.starting import copy_example, start_project

    if example and (title or base):
        raise UsageError("an example has its own title and base", hint="change them in kg.toml afterwards")
    for path in copy_example(folder, example) if example else start_project(folder, title, base):
        tell(f"made {path}")
    tell(
        f"next: run 'kg build' in {folder}"
        if example
        else f"next: put articles into {folder / 'articles'}, then run 'kg build' there"
    )

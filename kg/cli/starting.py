"""`kg init`: a new project."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.output import tell


@click.command(short_help="Make a project folder.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="Name of the project; the folder's name unless told.")
@click.option(
    "--base", help="Beginning of all IRIs of the graph: a web address of yours that ends in / or #."
)
def init(folder: Path, title: str | None, base: str | None) -> None:
    """Make a project folder with settings, a register and a codebook to fill in."""
    from kg.project.starting import start_project

    for path in start_project(folder, title, base):
        tell(f"made {path}")
    tell(f"next: put articles into {folder / 'articles'}, then run 'kg build' there")

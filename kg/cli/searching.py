"""`kg search`: words to the graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import project_option, store_option
from kg.cli.output import chosen_format, counted, output_options, tell, write_output

SEARCH_FORMATS = ["table", "csv", "json", "jsonl"]


@click.command(short_help="Find names, claims and quoted words.")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "-k",
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Only actor, topic, position, outlet, article, claim or passage (can be repeated).",
)
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="Hits to print.")
@project_option
@store_option
@output_options(SEARCH_FORMATS, "table")
def search(
    words: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int,
    folder: Path | None,
    store: Path | None,
    format_: str | None,
    output: Path | None,
) -> None:
    """Find actors, topics, positions, outlets, articles, claims and quoted passages by WORDS.

    Case, accents and small slips do not matter; what has all WORDS is found, the best first. Put a phrase in
    quotation marks: kg search '"equal partner" moscow'.
    """
    from kg.project import Project
    from kg.query.writers import write

    chosen = chosen_format(format_, output, SEARCH_FORMATS, "table")
    found = Project.open(folder, store=store, tell=tell).search(" ".join(words), kinds=kinds, limit=limit)
    for note in found.notes():
        tell(note)
    write_output(write(found.result(), chosen), output)
    if chosen == "table":
        counts = ", ".join(counted(number, kind) for kind, number in found.counts.items())
        shown = (
            f"{len(found)} of {found.total} hits" if len(found) < found.total else counted(len(found), "hit")
        )
        tell(f"{shown} ({counts})" if counts else "nothing found")

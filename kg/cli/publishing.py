"""`kg publish` and `kg diff`: releases of the graph, and what changed between two of them."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from kg.cli.options import project_option, store_option
from kg.cli.output import chosen_format, counted, output_options, tell, write_output

_FOLDER = click.Path(path_type=Path, file_okay=False)


class _Progress:
    """A line a step; where a person watches, and where it takes long, how far it is."""

    def __init__(self, every: float = 10.0) -> None:
        self._every = 0.2 if sys.stderr.isatty() else every
        self._open = False

    def step(self, name: str, total: int | None) -> Callable[[int], None]:
        self.end()
        tell(f"{name} ..." if total is None else f"{name} ({total:,}) ...")
        state = {"done": 0, "told": time.monotonic()}

        def told(done: int) -> None:
            state["done"] += done
            now = time.monotonic()
            if total and now - state["told"] >= self._every:
                state["told"] = now
                share = f"  {state['done']:,} of {total:,}"
                if sys.stderr.isatty():
                    click.echo(f"\r{share}", nl=False, err=True)
                    self._open = True
                else:
                    tell(share)

        return told

    def end(self) -> None:
        if self._open:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._open = False


@click.command(short_help="Make a release: a folder that any host can serve.")
@click.argument("place", metavar="DIR", type=_FOLDER)
@click.option("--release", "number", required=True, metavar="NUMBER", help="Its number, such as 2026.11.")
@click.option(
    "--previous",
    type=_FOLDER,
    metavar="DIR",
    help="The release before it; the one in DIR or the latest beside it unless told.",
)
@click.option(
    "--date",
    metavar="DAY",
    help="Its day, such as 2026-11-25, or 'today'; the newest coding's unless told.",
)
@click.option("--full-texts", is_flag=True, help="Publish the articles' texts too, not only short passages.")
@click.option(
    "--quote-limit",
    type=click.IntRange(min=80),
    default=300,
    show_default=True,
    metavar="CHARACTERS",
    help="Passages, claims and conditions are cut after so many characters.",
)
@click.option(
    "--replace", is_flag=True, help="Make a release of the same number anew; only if nobody has it yet."
)
@project_option
@store_option
def publish(
    place: Path,
    number: str,
    previous: Path | None,
    date: str | None,
    full_texts: bool,
    quote_limit: int,
    replace: bool,
    folder: Path | None,
    store: Path | None,
) -> None:
    """Make a release of the graph in the folder DIR, which any web host can serve as it is.

    It holds pages for people, each node's RDF, the whole graph in three formats, and what changed since the
    release before, which it takes the place of. What was withdrawn keeps its address and loses its words. The
    release is put into DIR when it is whole; the same graph gives the same bytes. Exit code 1 if the graph
    breaks its shapes.
    """
    from kg.project import Project
    from kg.publish.making import publish as make
    from kg.publish.place import Wishes

    project = Project.open(folder, store=store, tell=tell)
    progress = _Progress()
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    day = today if date == "today" else date
    wishes = Wishes(number, previous, day, full_texts, quote_limit, replace)
    try:
        made = make(project, place, wishes, progress.step)
    finally:
        progress.end()
    if made.release.license is None:
        tell("no licence is stated: nobody may use it yet; set 'license' in kg.toml")
    if made.release.base.startswith("https://example.org/"):
        tell(f"its names begin with {made.release.base}, which is nobody's: set 'base' in kg.toml")
    what = (
        "the first release"
        if made.difference is None
        else f"{made.difference.added:,} triples added, {made.difference.removed:,} removed"
    )
    tell(f"release {made.release.release} ({made.release.date}) is in {place}: {made.files:,} files; {what}")


@click.command(short_help="Say what changed between two releases.")
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="NUMBER",
    help="Tell so many of a kind one by one; 0 for all.",
)
@output_options(["table", "json"], "table")
def diff(old: Path, new: Path, limit: int, format_: str | None, output: Path | None) -> int:
    """Say what changed between the releases in the folders OLD and NEW.

    New, changed and withdrawn articles, statements, stances, actors and the rest, in words or as JSON. Exit
    code 0 if their graphs are the same, 1 if they differ.
    """
    from kg.publish.difference import compare_releases
    from kg.publish.wording import Style, as_json, in_words

    chosen = chosen_format(format_, output, ["table", "json"], "table")
    before, after, difference = compare_releases(old, new)
    style = Style(limit=limit or None)
    write_output(
        as_json(before, after, difference)
        if chosen == "json"
        else in_words(before, after, difference, style),
        output,
    )
    tell(
        counted(len(difference.nodes), "node") + " came, went or changed" if difference else "the same graph"
    )
    return 1 if difference else 0

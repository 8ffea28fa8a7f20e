"""`kg codebook`: a first draft of positions, and changes that recode what they touch."""

from __future__ import annotations

import json
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.codebook_changes import divide, import_, merge, rename, split, undo, waiting
from kg.cli.options import project_option, store_option
from kg.cli.output import chosen_format, counted, output_options, tell, write_output
from kg.model.errors import UsageError

if TYPE_CHECKING:
    from kg.codebook.suggestion import Draft
    from kg.project import Project

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_DRAFTS = ("md", "csv", "ttl", "json")


class _Group(click.Group):
    """A group whose wrong names get the nearest right one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], self.commands, 1)
            hint = f"did you mean 'kg codebook {near[0]}'?" if near else "'kg codebook --help' lists them"
            raise click.UsageError(f"kg codebook has no command '{args[0]}'; {hint}", ctx) from error


@click.group(cls=_Group, short_help="Draft and change the positions.")
def codebook() -> None:
    """Draft a codebook from what was said, look at it, and change it.

    Without a codebook, begin with 'suggest'. Changes rewrite the project's codebook and keep its comments and
    columns; stances in the graph move along, people's decisions too; and a history beside the codebook lets
    old names and links still lead somewhere. 'undo' takes the last change back.
    """


@codebook.command(short_help="Group what was said into candidate positions.")
@click.argument("paths", nargs=-1)
@click.option("--beside", is_flag=True, help="Only what the codebook does not cover yet.")
@click.option(
    "--likeness",
    type=click.FloatRange(0, 2),
    metavar="P",
    help="How alike claims of a group are at least; less makes fewer and larger groups.  [default: 0.25]",
)
@click.option(
    "--least",
    type=click.IntRange(2),
    default=2,
    show_default=True,
    metavar="N",
    help="Different wordings that a group needs.",
)
@click.option(
    "--codebook",
    "file",
    type=_FILE,
    help="For --beside: positions, as CSV or Turtle; the project's unless told.",
)
@output_options(_DRAFTS, "md")
@project_option
@store_option
def suggest(
    paths: tuple[str, ...],
    beside: bool,
    likeness: float | None,
    least: int,
    file: Path | None,
    format_: str | None,
    output: Path | None,
    folder: Path | None,
    store: Path | None,
) -> None:
    """Group what was said into candidate positions: a draft of a codebook to cut, merge and word anew.

    PATHS are lines of 'kg extract' (.jsonl), articles or folders of articles; without any, the statements of
    the project's graph. Prints a report; '-o draft.csv' writes a codebook that kg reads, its topics.csv if
    there is none, and the report beside it as draft.md. 'kg codebook import draft.csv' takes it in.
    """
    from kg.codebook.suggestion import LIKENESS, Wishes
    from kg.project import Project
    from kg.project.drafting import draft

    project = Project.open(folder, codebook=file, store=store, tell=tell)
    chosen = chosen_format(format_, output, _DRAFTS, "md")
    if output is not None and output.resolve() == project.settings.codebook.resolve():
        raise UsageError(
            "a draft does not take the place of the project's codebook",
            where=output,
            hint="write it elsewhere; 'kg codebook import' takes it in",
        )
    wishes = Wishes(LIKENESS if likeness is None else likeness, least)
    found = draft(project, paths, wishes=wishes, beside=beside)
    # Outside of a project its title is that of the example.
    names = ", ".join(Path(path).name for path in paths) if project.settings.bundled else ""
    _write_draft(project, found, names or project.settings.title, chosen, output)
    tell(
        f"{counted(len(found.candidates), 'candidate position')} of "
        f"{counted(found.statements, 'statement')}; {len(found.left)} left ungrouped"
    )


def _write_draft(project: Project, found: Draft, title: str, format_: str, output: Path | None) -> None:
    from kg.codebook.report import draft_json, draft_markdown
    from kg.codebook.writing import codebook_csv, codebook_turtle, topics_csv
    from kg.ingest.codebook import TOPICS_FILE

    if format_ == "json":
        write_output(json.dumps(draft_json(found), ensure_ascii=False, indent=2) + "\n", output)
    elif format_ == "md":
        write_output(draft_markdown(found, title), output)
    else:
        if not found.candidates:
            raise UsageError(
                "no two claims are alike enough for a position", hint="try a smaller --likeness or --least"
            )
        if format_ == "csv":
            write_output(codebook_csv(found.codebook), output)
        else:
            write_output(codebook_turtle(found.codebook, project.iris), output)
        if output is None:
            return
        topics = output.parent / TOPICS_FILE
        if format_ == "csv" and topics.exists():
            tell(f"{topics} is left as it was; topics that it lacks are called by their slugs")
        elif format_ == "csv":
            write_output(topics_csv(found.codebook), topics)
        write_output(draft_markdown(found, title), output.with_suffix(".md"))


@codebook.command("list", short_help="The positions, with what was said on them.")
@output_options(("table", "csv", "json"), "table")
@project_option
@store_option
def list_(format_: str | None, output: Path | None, folder: Path | None, store: Path | None) -> None:
    """List the positions with their topics and how many stances support, oppose and are neutral."""
    from kg.codebook.looking import entries_table
    from kg.project import Project
    from kg.project.looking import position_entries
    from kg.query.writers import write

    found = position_entries(Project.open(folder, store=store, tell=tell))
    chosen = chosen_format(format_, output, ("table", "csv", "json"), "table")
    write_output(write(entries_table(found), chosen), output)


@codebook.command(short_help="All about one position.")
@click.argument("position")
@click.option(
    "-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Format."
)
@project_option
@store_option
def show(position: str, format_: str, folder: Path | None, store: Path | None) -> None:
    """Show one position: wordings, links, who said what on it; for a former one what became of it."""
    from kg.codebook.looking import position_lines
    from kg.project import Project
    from kg.project.looking import position_shown

    found = position_shown(Project.open(folder, store=store, tell=tell), position)
    if format_ == "json":
        write_output(json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n", None)
    else:
        write_output("\n".join(position_lines(found)) + "\n", None)


@codebook.command(short_help="Who changed the codebook, when and why.")
@click.option(
    "-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Format."
)
@project_option
def history(format_: str, folder: Path | None) -> None:
    """List the changes of the codebook, the oldest first, those that were taken back too."""
    from kg.project import Project

    project = Project.open(folder, tell=tell)
    changes = project.codebook.changes
    back = {one.undoes for one in changes}
    if format_ == "json":
        rows = [asdict(one) | {"undone": one.number in back} for one in changes]
        write_output(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", None)
        return
    for one in changes:
        note = " (taken back)" if one.number in back else ""
        why = f": {one.why}" if one.why else ""
        click.echo(f"{one.number:4}  {one.time}  {one.by}  {one.what}{note}{why}")
    tell(counted(len(changes), "change"))


@codebook.command(short_help="The codebook as CSV or Turtle.")
@output_options(("csv", "ttl"), "csv")
@project_option
def export(format_: str | None, output: Path | None, folder: Path | None) -> None:
    """Write the codebook as CSV (topics.csv beside it) or as Turtle (with its former positions)."""
    from kg.codebook.writing import codebook_csv, codebook_turtle, topics_csv
    from kg.ingest.codebook import TOPICS_FILE
    from kg.project import Project

    project = Project.open(folder, tell=tell)
    chosen = chosen_format(format_, output, ("csv", "ttl"), "csv")
    if output is not None and output.resolve() == project.settings.codebook.resolve():
        raise UsageError("this is the project's own codebook", where=output, hint="write it elsewhere")
    if chosen == "ttl":
        write_output(codebook_turtle(project.codebook, project.iris), output)
        return
    topics = topics_csv(project.codebook)
    if output is not None:
        beside = output.parent / TOPICS_FILE
        if beside.exists() and beside.read_text(encoding="utf-8") != topics:
            raise UsageError(
                "there are other topics already", where=beside, hint="write it into another folder"
            )
        write_output(topics, beside)
    write_output(codebook_csv(project.codebook), output)


codebook.add_command(merge)
codebook.add_command(split)
codebook.add_command(divide)
codebook.add_command(waiting)
codebook.add_command(rename)
codebook.add_command(import_)
codebook.add_command(undo)

"""`kg codebook`: a first draft of positions, and changes that recode what they touch."""

from __future__ import annotations

import json
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

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

    Without a codebook, begin with 'kg codebook suggest'.
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

    project = Project.open(folder, codebook=file, store=store, tell=tell)
    chosen = chosen_format(format_, output, _DRAFTS, "md")
    if output is not None and output.resolve() == project.settings.codebook.resolve():
        raise UsageError(
            "a draft does not take the place of the project's codebook",
            where=output,
            hint="write it elsewhere; 'kg codebook import' takes it in",
        )
    wishes = Wishes(LIKENESS if likeness is None else likeness, least)
    found = project.draft(paths, wishes=wishes, beside=beside)
    _write_draft(project, found, chosen, output)
    tell(
        f"{counted(len(found.candidates), 'candidate position')} of "
        f"{counted(found.statements, 'statement')}; {len(found.left)} left ungrouped"
    )


def _write_draft(project: Project, found: Draft, format_: str, output: Path | None) -> None:
    from kg.codebook.report import draft_json, draft_markdown
    from kg.codebook.writing import codebook_csv, codebook_turtle, topics_csv
    from kg.ingest.codebook import TOPICS_FILE

    title = project.settings.title
    if format_ == "json":
        write_output(json.dumps(draft_json(found), ensure_ascii=False, indent=2) + "\n", output)
    elif format_ == "md":
        write_output(draft_markdown(found, title), output)
    else:
        if not found.candidates:
            raise UsageError("no two claims are alike enough for a position", hint="try a smaller --likeness")
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

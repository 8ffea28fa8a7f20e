"""The commands of `kg codebook` that change the codebook: merge, split, rename, import, undo."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import Function, project_option, store_option
from kg.cli.output import chosen_format, counted, output_options, tell, write_output
from kg.model.codebook import Codebook
from kg.model.errors import UsageError

if TYPE_CHECKING:
    from kg.codebook.dividing import Waiting
    from kg.project.codebook_changes import CodebookChanges, Made

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


def change_options(function: Function) -> Function:
    """What every change of the codebook takes."""
    function = store_option(project_option(function))
    function = click.option("--dry-run", is_flag=True, help="Only say what would change.")(function)
    function = click.option("--why", metavar="TEXT", default="", help="The reason, for the history.")(
        function
    )
    return click.option("--by", metavar="NAME", help="Who changes it; the name of this account unless told.")(
        function
    )


def _changes(folder: Path | None, store: Path | None, by: str | None, why: str) -> CodebookChanges:
    from kg.project import Project
    from kg.project.loading import user_name

    return Project.open(folder, store=store, tell=tell).codebook_changes(
        user_name() if by is None else by, why
    )


def _tell_made(made: Made) -> None:
    """Say what a change did, or would do."""
    for note in made.plan.notes:
        tell(f"note: {note}")
    effect = made.effect
    would = "" if made.written else "would "
    if effect.moved:
        people = f", {effect.people} of them of people" if effect.people else ""
        tell(f"{counted(effect.moved, 'stance')} {would or ''}move{'' if would else 'd'}{people}")
    if effect.lost:
        people = f" ({effect.lost_people} of them of people)" if effect.lost_people else ""
        split_ = made.divided is not None
        until = "a person says where" if split_ else "the position returns under its slug and label"
        tell(
            f"{counted(effect.lost, 'stance')}{people} {would}count no more until {until}; "
            "the graph keeps them"
        )
    for one in effect.conflicts:
        tell(
            f"both sides: {one.statement} '{one.label}': the side on {one.position} counts, "
            f"'{one.left_out}' from {one.former} does not; look at it in 'kg review'"
        )
    if made.divided is not None:
        divided = made.divided
        tell(
            f"divided: {divided.given} by you, {len(divided.assigned)} by machine; "
            f"{counted(len(divided.look), 'statement')} for a person to look at"
        )
        for waiting in divided.look:
            tell(f"  {_waiting_line(waiting)}")
    tell(made.plan.what if made.written else f"would {made.plan.what}; nothing was changed")
    if made.written:
        tell("'kg build' reads the articles again with the new codebook; 'kg codebook undo' takes it back")


def _waiting_line(one: Waiting) -> str:
    parts = f" → {', '.join(one.divided)} by machine" if one.divided else ""
    who = "a person's" if one.by_person else "the machine's"
    return (
        f"{one.statement} {one.actor}, {one.date or 'undated'}: {one.stance} {one.position}{parts} "
        f"({who}, {one.article}): {one.claim}"
    )


@click.command(short_help="Make one position of several.")
@click.argument("positions", nargs=-1, required=True, metavar="POSITION...")
@click.option("--into", metavar="SLUG", help="The one that stays, or a new one; the last named unless told.")
@click.option("--label", metavar="TEXT", help="With a new --into, its label.")
@click.option(
    "--reversed", "turned", is_flag=True, help="Those that go are the opposite of the one that stays."
)
@change_options
def merge(
    positions: tuple[str, ...],
    into: str | None,
    label: str | None,
    turned: bool,
    by: str | None,
    why: str,
    dry_run: bool,
    folder: Path | None,
    store: Path | None,
) -> None:
    """Make one position of several: 'merge OLD KEPT' lets OLD go, and its stances move to KEPT.

    KEPT takes over topics, phrases and links; the label of OLD becomes a phrase of it. With --reversed those
    who were for OLD are against KEPT. People's decisions move along. The old name and IRI still lead to KEPT.
    """
    made = _changes(folder, store, by, why).merge(
        positions, into=into, label=label, turned=turned, write=not dry_run
    )
    _tell_made(made)


@click.command(short_help="Make several positions of one.")
@click.argument("position")
@click.option(
    "--into",
    "parts",
    multiple=True,
    metavar="SLUG[=LABEL]",
    help="A part, with a label if it is new; repeat it.",
)
@click.option(
    "--parts", "file", type=_FILE, help="The parts as a codebook, CSV or Turtle, with descriptions."
)
@click.option("--mapping", type=_FILE, help="CSV 'statement,position,stance': which part each is about.")
@click.option("--no-machine", is_flag=True, help="Divide nothing by machine; all others wait for a person.")
@change_options
def split(
    position: str,
    parts: tuple[str, ...],
    file: Path | None,
    mapping: Path | None,
    no_machine: bool,
    by: str | None,
    why: str,
    dry_run: bool,
    folder: Path | None,
    store: Path | None,
) -> None:
    """Make several positions of one, and divide its statements among them.

    A statement goes where --mapping says, else where the machine finds one of the parts in it; it keeps its
    side. What the machine cannot divide waits for a person ('kg codebook waiting'), and no decision is lost.
    """
    from kg.codebook.dividing import read_mapping

    desk = _changes(folder, store, by, why)
    found = [
        desk.part(slug, label or None, position) for slug, _, label in (one.partition("=") for one in parts)
    ]
    taken = desk.parts_in(file) if file is not None else Codebook()
    given = read_mapping(mapping) if mapping else None
    made = desk.split(
        position,
        [*found, *taken.positions],
        topics=taken.topics,
        mapping=given,
        machine=not no_machine,
        write=not dry_run,
    )
    _tell_made(made)


@click.command(short_help="Say which part of a split position statements are about.")
@click.argument("position")
@click.argument("mapping", type=_FILE)
@change_options
def divide(
    position: str,
    mapping: Path,
    by: str | None,
    why: str,
    dry_run: bool,
    folder: Path | None,
    store: Path | None,
) -> None:
    """Say which part of the split POSITION statements are about.

    MAPPING is a CSV table 'statement,position,stance', as 'kg codebook waiting -f csv' begins one; without a
    stance a statement keeps its side. '-' for a position says that it is about none of the parts; rows
    without a position go on waiting.
    """
    from kg.codebook.dividing import read_mapping

    _tell_made(_changes(folder, store, by, why).divide(position, read_mapping(mapping), write=not dry_run))


@click.command(short_help="Statements that wait for a part of a split position.")
@output_options(("text", "csv", "json"), "text")
@project_option
@store_option
def waiting(format_: str | None, output: Path | None, folder: Path | None, store: Path | None) -> None:
    """Statements on split positions of which no person has said which part they are about.

    Those that the machine could not divide, and those of people that it did divide.
    """
    from kg.codebook.writing import row_text

    found = _changes(folder, store, None, "").waiting()
    chosen = chosen_format(format_, output, ("text", "csv", "json"), "text")
    if chosen == "json":
        write_output(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2) + "\n", output)
    elif chosen == "csv":
        columns = ("statement", "position", "stance", "former", "actor", "date", "claim", "article")
        rows = [
            {**asdict(one), "former": one.position, "position": part, "date": one.date or ""}
            for one in found
            for part in (one.divided or ("",))
        ]
        table = [
            row_text(columns, {name: name for name in columns}),
            *(row_text(columns, row) for row in rows),
        ]
        write_output("".join(table), output)
    else:
        write_output("".join(f"{_waiting_line(one)}\n" for one in found), output)
        tell(counted(len(found), "statement"))


@click.command(short_help="Give a position another name.")
@click.argument("position")
@click.argument("slug", required=False)
@click.option("--label", metavar="TEXT", help="Its new label.")
@change_options
def rename(
    position: str,
    slug: str | None,
    label: str | None,
    by: str | None,
    why: str,
    dry_run: bool,
    folder: Path | None,
    store: Path | None,
) -> None:
    """Give POSITION another SLUG, another label, or both.

    The slug is part of its IRI: the old one stays as one that was replaced.
    """
    if not slug and not label:
        raise UsageError("there is no new name", hint="give a slug or --label")
    _tell_made(_changes(folder, store, by, why).rename(position, slug, label, write=not dry_run))


@click.command("import", short_help="Take another codebook in.")
@click.argument("file", type=_FILE)
@click.option(
    "--replace", "whole", is_flag=True, help="It takes the codebook's place: what it lacks goes, topics too."
)
@click.option("--variable", metavar="NAME", help="For a DNA database, the variable of positions; 'concept'.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@change_options
def import_(
    file: Path,
    whole: bool,
    variable: str | None,
    yes: bool,
    by: str | None,
    why: str,
    dry_run: bool,
    folder: Path | None,
    store: Path | None,
) -> None:
    """Take another codebook in: CSV, Turtle, a draft of 'suggest', or a database of DNA (its concepts).

    First says what is new, changed and gone. What FILE leaves empty, and positions that it lacks, stay as
    they are unless --replace is given.
    """
    desk = _changes(folder, store, by, why)
    planned = desk.take_in(file, whole=whole, variable=variable, write=False)
    assert planned.review is not None  # noqa: S101 - take_in always reviews
    for line in planned.review.lines():
        click.echo(line)
    if not planned.review:
        tell("the codebook has all of it already")
        return
    if dry_run:
        _tell_made(planned)
        return
    if not yes:
        click.confirm(f"{planned.plan.what[:1].upper()}{planned.plan.what[1:]}?", abort=True, err=True)
    _tell_made(desk.take_in(file, whole=whole, variable=variable))


@click.command(short_help="Take the last change back.")
@change_options
def undo(by: str | None, why: str, dry_run: bool, folder: Path | None, store: Path | None) -> None:
    """Take back the last change that was not taken back: files, stances and decisions are as before.

    Lines of the files that the change did not touch stay as they are now.
    """
    _tell_made(_changes(folder, store, by, why).undo(write=not dry_run))

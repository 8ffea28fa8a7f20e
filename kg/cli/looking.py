"""`kg articles`, `kg actors` and `kg stats`: looking at the graph, and mending what it was made from."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import click

from kg.cli.options import counting_option, metadata_options, project_option, store_option
from kg.cli.output import chosen_format, counted, output_options, tell, write_output

LIST_FORMATS = ["table", "csv", "json", "jsonl"]


def _print_list(items: list[Any], format_: str | None, output: Path | None, hide: set[str]) -> None:
    from pyoxigraph import Literal

    from kg.query.results import Result
    from kg.query.writers import write

    chosen = chosen_format(format_, output, LIST_FORMATS, "table")
    records = [asdict(item) for item in items]
    columns = tuple(records[0]) if records else ()
    rows = tuple(
        tuple(None if record[column] is None else Literal(record[column]) for column in columns)
        for record in records
    )
    write_output(write(Result(columns, rows, hidden=frozenset(hide)), chosen), output)


@click.group(invoke_without_command=True, short_help="List articles, and mend their dates.")
@project_option
@store_option
@output_options(LIST_FORMATS, "table")
@click.pass_context
def articles(
    ctx: click.Context, folder: Path | None, store: Path | None, format_: str | None, output: Path | None
) -> None:
    """List the articles of the graph: when and where published, how dated, how many statements."""
    from kg.project import Project

    ctx.obj = (folder, store)
    if ctx.invoked_subcommand is None:
        found = Project.open(folder, store=store, tell=tell).articles()
        _print_list(found, format_, output, {"iri", "sha256", "url"})
        tell(counted(len(found), "article"))


@articles.command("set")
@click.argument("name", metavar="ARTICLE")
@metadata_options
@click.pass_context
def set_article(
    ctx: click.Context, name: str, published: str | None, publisher: str | None, url: str | None
) -> None:
    """Mend what is known of an article; it is read again, as dates of statements hang on it.

    ARTICLE is a file name, a digest or an IRI as 'kg articles' prints them.
    """
    from kg.ingest.metadata import Metadata
    from kg.model.errors import UsageError
    from kg.project import Project

    if not (published or publisher or url):
        raise UsageError("nothing to mend", hint="give --published, --publisher or --url")
    folder, store = ctx.obj
    project = Project.open(folder, store=store, tell=tell)
    outcome = project.mend_article(name, Metadata(published=published, publisher=publisher, url=url))
    tell(f"{outcome.outcome} {outcome.article}: {outcome.statements} statements, {outcome.stances} stances")


@click.group(invoke_without_command=True, short_help="List who speaks, and confirm new ones.")
@click.option("--new", is_flag=True, help="Only those whom the register lacks.")
@project_option
@store_option
@output_options(LIST_FORMATS, "table")
@click.pass_context
def actors(
    ctx: click.Context,
    new: bool,
    folder: Path | None,
    store: Path | None,
    format_: str | None,
    output: Path | None,
) -> None:
    """List who speaks in the graph, and whom the register lacks."""
    from kg.project import Project

    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        found = Project.open(folder, store=store, tell=tell).actors(new=new)
        _print_list(found, format_, output, {"iri"})
        tell(counted(len(found), "actor"))


@actors.command("add")
@click.argument("name")
@click.option(
    "--kind", type=click.Choice(["person", "organization", "state"]), default="person", show_default=True
)
@click.option("--member-of", metavar="NAME", help="State or organisation, as the register calls it.")
@click.option("--office", metavar="LABEL", help="Office held there.")
@click.option("--from", "since", metavar="EDTF", help="Since when.")
@click.option("--until", metavar="EDTF", help="Until when.")
@click.pass_context
def add_actor(
    ctx: click.Context,
    name: str,
    kind: str,
    member_of: str | None,
    office: str | None,
    since: str | None,
    until: str | None,
) -> None:
    """Confirm somebody: add a line for NAME to the register; the next 'kg build' uses it."""
    from kg.project import Project

    path = Project.open(ctx.obj, tell=tell).add_actor(
        name, kind=kind, member_of=member_of, office=office, since=since, until=until
    )
    tell(f"added {name} to {path}; 'kg build' now reads the articles again")


@actors.command("alias")
@click.argument("name")
@click.argument("alias")
@click.pass_context
def add_alias(ctx: click.Context, name: str, alias: str) -> None:
    """Say that ALIAS means NAME, who is in the register; the next 'kg build' uses it."""
    from kg.project import Project

    path = Project.open(ctx.obj, tell=tell).add_alias(name, alias)
    tell(f"'{alias}' now means {name} in {path}; 'kg build' reads the articles again")


@click.command(short_help="Count what the graph holds.")
@counting_option("Stances are counted")
@project_option
@store_option
@output_options(["table", "json"], "table")
def stats(by: str, folder: Path | None, store: Path | None, format_: str | None, output: Path | None) -> None:
    """Count what the graph holds: articles, statements, stances, actors, how much is reviewed."""
    import json

    from kg.project import Project

    chosen = chosen_format(format_, output, ["table", "json"], "table")
    found = Project.open(folder, store=store, tell=tell).stats(by=cast("Any", by))
    if chosen == "json":
        write_output(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n", output)
        return
    shown = {name: value for name, value in asdict(found).items() if name != "sample" or value}
    width = max(len(name) for name in shown)
    lines = [f"{name.replace('_', ' '):{width}}  {value}\n" for name, value in shown.items()]
    write_output("".join(lines), output)

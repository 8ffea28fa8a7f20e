"""`kg query`, `kg sparql` and `kg export`: questions to the graph, and the graph itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from kg.cli.options import counting_option, project_option, store_option
from kg.cli.output import chosen_format, counted, output_options, tell, write_output
from kg.model.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.project.exporting import ExportFormat

ANSWER_FORMATS = ["table", "card", "csv", "tsv", "json", "jsonl", "srj", "ttl", "nt"]
EXPORT_FORMATS = ["ttl", "trig", "nt", "nq", "jsonld", "csv", "json"]


class QueryGroup(click.Group):
    """One subcommand for each query file, its options made from the file's header."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the queries of the project and of kg."""
        from kg.query.canned import query_paths

        return list(query_paths(_query_folders(None)))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a query, or None."""
        from kg.query.canned import find_query, query_paths

        folders = _query_folders(None)
        return _query_command(find_query(cmd_name, folders)) if cmd_name in query_paths(folders) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the query; a wrong name gets the nearest right one."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from kg.query.canned import find_query

            find_query(args[0], _query_folders(None))
        return super().resolve_command(ctx, args)


def _query_folders(folder: Path | None) -> list[Path]:
    from kg.model.settings import find_folder
    from kg.query.canned import query_folders

    return query_folders(find_folder(folder or Path.cwd()))


def _query_command(query: Any) -> click.Command:
    options: list[click.Parameter] = []
    for parameter in query.parameters:
        notes = []
        if parameter.required:
            notes.append("required")
        if parameter.default_text:
            notes.append(f"{parameter.default_text} unless told")
        if parameter.multiple:
            notes.append("can be repeated")
        if parameter.example:
            notes.append(f"for example '{parameter.example}'")
        kinds = {"iri": "NAME", "date": "EDTF", "int": "NUMBER", "string": "TEXT"}
        choices = "|".join(parameter.choice_names)
        options.append(
            click.Option(
                [parameter.option, parameter.name],
                multiple=True,
                metavar=f"[{choices}]" if choices else kinds[parameter.type],
                help=f"{parameter.help.rstrip('.')} ({'; '.join(notes)})." if notes else parameter.help,
            )
        )
    options.append(click.Option(["--limit"], type=click.IntRange(min=1), help="Print only the first rows."))
    options.append(click.Option(["--show"], is_flag=True, help="Print the SPARQL with its values, and stop."))

    @project_option
    @store_option
    @output_options(ANSWER_FORMATS, "table")
    def ask(
        folder: Path | None,
        store: Path | None,
        format_: str | None,
        output: Path | None,
        limit: int | None,
        show: bool,
        by: str = "statement",
        **given: tuple[str, ...],
    ) -> None:
        from kg.project import Project

        default = "card" if query.header.view == "card" else "table"
        chosen = chosen_format(format_, output, ANSWER_FORMATS, default)
        values = {name: list(value) for name, value in given.items() if value}
        project = Project.open(folder, store=store, tell=tell)
        if show:
            write_output(project.bound(query.name, values), output)
            return
        result = project.query(query.name, values)
        if by == "utterance":
            from kg.query.counting import by_utterance

            result = by_utterance(result)
        _answer(result, chosen, output, limit)
        if chosen in ("table", "card"):
            from kg.project.trusting import trust_in_answer

            for sentence in trust_in_answer(project, query.name, values):
                tell(sentence)

    # What counts does so by utterance alone.
    if "?utterance_iri" in query.text:
        counting_option("Rows", "statement")(ask)
    command = click.command(
        name=query.name,
        help=f"{query.header.title}.\n\n{query.header.description}",
        short_help=query.header.title,
    )(ask)
    command.params = [*options, *command.params]
    return command


def _answer(result: Any, chosen: str, output: Path | None, limit: int | None) -> None:
    from kg.query.writers import write

    shown = result.limited(limit) if limit else result
    write_output(write(shown, chosen), output)
    if chosen == "table":
        more = f", {len(shown)} shown" if len(shown) < len(result) else ""
        tell(counted(len(result), "row") + more)


@click.group(cls=QueryGroup, invoke_without_command=True, short_help="Ask a canned question.")
@click.pass_context
def query(ctx: click.Context) -> None:
    """Ask a canned question; without a name, list them.

    Names of actors, topics and positions may be labels, aliases or IRIs. 'kg query NAME --help' says what a
    question takes. A project's own questions are the files of its folder 'queries'.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@click.command(short_help="Answer a SPARQL query.")
@click.argument("text", required=False)
@click.option(
    "--file", "file", type=click.Path(path_type=Path, allow_dash=True), help="Read the query from a file."
)
@click.option(
    "--union", is_flag=True, help="See all named graphs at once, superseded and rejected readings included."
)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, metavar="SECONDS")
@project_option
@store_option
@output_options(ANSWER_FORMATS, "table")
def sparql(
    text: str | None,
    file: Path | None,
    union: bool,
    timeout: float,
    folder: Path | None,
    store: Path | None,
    format_: str | None,
    output: Path | None,
) -> None:
    """Answer a SPARQL 1.1 query over what is in force; the usual prefixes need not be declared.

    TEXT is the query, or - for standard input. Updates, SERVICE and files are refused.
    """
    from kg.project import Project

    if (text is None) == (file is None):
        raise UsageError("give a query as text or with --file, and not both")
    asked = text if text is not None and text != "-" else _query_text(file or Path("-"))
    result = Project.open(folder, store=store, tell=tell).sparql(asked, union=union, timeout=timeout)
    default = "table" if result.triples is None else "ttl"
    _answer(result, chosen_format(format_, output, ANSWER_FORMATS, default), output, None)


def _query_text(path: Path) -> str:
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("the query is not UTF-8", where=path) from error
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=path) from error


@click.command(short_help="Write the graph as RDF, CSV or JSON.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="All named graphs with the articles' texts, not what is in force (trig, nq).",
)
@counting_option("Rows of CSV and JSON", "statement")
@project_option
@store_option
@output_options(EXPORT_FORMATS, "ttl")
def export(
    everything: bool,
    by: str,
    folder: Path | None,
    store: Path | None,
    format_: str | None,
    output: Path | None,
) -> None:
    """Write what is in force: as RDF, or its stances as CSV or JSON.

    The same graph gives the same bytes. Rejected and superseded readings and articles' texts stay at home.
    """
    from kg.project import Project

    chosen = chosen_format(format_, output, EXPORT_FORMATS, "ttl")
    if everything and chosen not in ("trig", "nq"):
        raise UsageError("--all needs a format with named graphs", hint="use trig or nq")
    if by == "utterance" and chosen not in ("csv", "json"):
        raise UsageError(
            "RDF has every report and its utterance", hint="--by utterance goes with csv or json"
        )
    project = Project.open(folder, store=store, tell=tell)
    data = project.export(cast("ExportFormat", chosen), everything=everything, once=by == "utterance")
    write_output(data, output)

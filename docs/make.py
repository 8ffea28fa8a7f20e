"""Makes the pages of docs/ that are read off the project itself: commands, queries, ontology.

Run it as `make docs`; a test fails when a page is not what this makes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import make_ontology  # noqa: E402 - the folder is no package

from kg.cli.main import COMMANDS, kg  # noqa: E402
from kg.model.resources import resource  # noqa: E402
from kg.query.canned import CannedQuery  # noqa: E402

NOTE = "<!-- Made by docs/make.py: change the source, then run `make docs`. -->\n\n"


def _help_of(command: click.Command, path: list[str], parent: click.Context | None) -> str:
    context = click.Context(
        command, info_name=path[-1], parent=parent, max_content_width=100, terminal_width=100
    )
    text = f"{'#' * (len(path))} `{' '.join(path)}`\n\n```text\n{command.get_help(context)}\n```\n\n"
    # The canned queries have a page of their own.
    if isinstance(command, click.Group) and path != ["kg"] and path[-1] != "query":
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                text += _help_of(inner, [*path, name], context)
    return text


def commands_page() -> str:
    """Every command with its `--help`."""
    # Made as a real call makes it, so that what `kg` sets for all commands (`-h`) counts here too.
    top = kg.make_context("kg", [], resilient_parsing=True, max_content_width=100, terminal_width=100)
    text = "# The commands\n\n" + NOTE
    text += f"```text\n{kg.get_help(top)}\n```\n\n"
    for name in COMMANDS:
        command = kg.get_command(top, name)
        if command is None:
            raise SystemExit(f"kg {name} is listed but does not exist")
        text += _help_of(command, ["kg", name], top)
    return text.rstrip() + "\n"


def queries_page() -> str:
    """Every canned query with its parameters, an example and its SPARQL."""
    text = "# The canned queries\n\n" + NOTE
    text += (
        "Each is a file of `queries/`: plain SPARQL 1.1 that runs as it stands over an exported Turtle file\n"
        "in any tool. `kg query NAME --help` prints the same; every option can be given more than once.\n\n"
    )
    for path in sorted(resource("queries").glob("*.rq")):
        query = CannedQuery.load(path)
        text += f"## `{query.name}`: {query.header.title}\n\n{query.header.description}\n\n"
        if query.parameters:
            text += "| option | takes | what |\n|---|---|---|\n"
            for parameter in query.parameters:
                takes = " or ".join(f"`{name}`" for name in parameter.choice_names) or parameter.type
            text += f"| `{parameter.option}` | {takes} | {parameter.help} |\n"
            text += "\n"
        options = "".join(
            f' {p.option} "{p.example}"' if " " in p.example else f" {p.option} {p.example}"
            for p in query.parameters
            if p.example
        )
        text += f"```console\n$ kg query {query.name}{options}\n```\n\n"
    return text.rstrip() + "\n"


PAGES = {
    "commands.md": commands_page,
    "queries.md": queries_page,
    "ontology.md": make_ontology.page,
}


def main() -> None:
    """Write every page that is made."""
    for name, make in PAGES.items():
        (HERE / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()

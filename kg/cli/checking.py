"""`kg validate` and `kg reason`: whether a graph keeps the shapes, and the ontology its own rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project_option, store_option
from kg.cli.output import chosen_format, counted, output_options, tell, write_output

if TYPE_CHECKING:
    from kg.validate.engines import Engine

REPORT_FORMATS = ["table", "json", "ttl"]


@click.command(short_help="Hold the graph or files against the shapes.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--engine",
    type=click.Choice(["pyshacl", "rust"]),
    help="pyshacl is the reference; rust finds the same many times faster. [files: pyshacl; graph: rust]",
)
@project_option
@store_option
@output_options(REPORT_FORMATS, "table")
def validate(
    files: tuple[Path, ...],
    engine: Engine | None,
    folder: Path | None,
    store: Path | None,
    format_: str | None,
    output: Path | None,
) -> int:
    """Hold the graph, or RDF files, against the shapes.

    Violations must be mended; warnings are for a look. Exit code 1 if there are violations.
    """
    from kg.project import Project
    from kg.validate.report import table_of

    chosen = chosen_format(format_, output, REPORT_FORMATS, "table")
    report = Project.open(folder, store=store, tell=tell).validate(files, engine=engine)
    if chosen == "json":
        text = json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n"
    elif chosen == "ttl":
        text = report.to_turtle()
    else:
        text = table_of(report)
    write_output(text, output)
    verdict = "conforms" if report.conforms else "does not conform"
    found = f"{counted(len(report.violations), 'violation')}, {counted(len(report.warnings), 'warning')}"
    tell(f"{verdict}: {found}")
    return 0 if report.conforms else 1


@click.command(short_help="Look for contradictions with a reasoner.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--timeout", type=click.FloatRange(min=1), default=120.0, show_default=True, metavar="SECONDS")
@output_options(["table", "json"], "table")
def reason(files: tuple[Path, ...], timeout: float, format_: str | None, output: Path | None) -> int:
    """Check with the OWL reasoner HermiT that the ontology, and RDF files if any, hold no contradiction.

    Needs Java. Exit code 1 if there is a contradiction.
    """
    from kg.reason.consistency import check_files

    chosen = chosen_format(format_, output, ["table", "json"], "table")
    report = check_files(files, timeout=timeout)
    if chosen == "json":
        write_output(json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n", output)
    else:
        write_output(report.to_text(), output)
    seen = f", {report.nodes} nodes of data" if report.nodes else ""
    tell(f"{'consistent' if report.consistent else 'contradictory'}: the ontology{seen}")
    return 0 if report.consistent else 1

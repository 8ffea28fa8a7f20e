"""`kg agreement`: how far coders agree with each other and with the machine."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.options import project_option, store_option
from kg.cli.output import chosen_format, output_options, tell, write_output

_FORMATS = ("text", "json")


@click.command(short_help="How far coders agree, with each other and the machine.")
@click.option("--coder", "coders", multiple=True, metavar="NAME", help="Only these people; repeat it.")
@click.option("--machine/--no-machine", default=True, help="Compare the machine as well.")
@output_options(_FORMATS, "text")
@project_option
@store_option
def agreement(
    coders: tuple[str, ...],
    machine: bool,
    format_: str | None,
    output: Path | None,
    folder: Path | None,
    store: Path | None,
) -> None:
    """Compare what people coded with each other and with the machine.

    Krippendorff's alpha on what is a statement, on the positions that it touches and on where it stands;
    overlap of the passages; tables of confusion; and the positions that are least clear. What people
    wrote down ('kg load') and what they decided ('kg review') both count; adjudications do not.
    """
    from kg.project import Project
    from kg.review.agreement_text import agreement_json, agreement_text

    project = Project.open(folder, store=store, tell=tell)
    found = project.agreement(coders=coders, machine=machine)
    if chosen_format(format_, output, _FORMATS, "text") == "json":
        write_output(json.dumps(agreement_json(found), ensure_ascii=False, indent=2) + "\n", output)
    else:
        write_output(agreement_text(found), output)

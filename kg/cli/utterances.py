"""`kg utterances`: which statements of several articles report one speech act."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import project_option, store_option
from kg.cli.output import chosen_format, counted, output_options, progress, tell, write_output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.project import Project
    from kg.review.decisions import Desk
    from kg.review.utterances.candidates import Candidate, Known
    from kg.review.utterances.meaning import Meanings

FORMATS = ["text", "csv", "json", "jsonl"]
_WIDTH = 100
_FIRST = 20


@click.group(invoke_without_command=True, short_help="Find reports of one speech act, and group them.")
@click.option("--coder", metavar="NAME", help="Who decides; the name of this account unless told.")
@click.option("--blind", is_flag=True, help="Do not show what others decided: for coding twice.")
@click.option("--adjudicate", is_flag=True, help="Only what coders decided differently, to be settled.")
@click.option("--actor", metavar="NAME", help="Only what this person, organisation or state said.")
@click.option(
    "--least", type=click.FloatRange(0, 1), metavar="P", help="Likeness from which a pair is listed."
)
@click.option("--all", "everything", is_flag=True, help="Also pairs that were told apart.")
@click.option("--no-meaning", is_flag=True, help="Compare words alone: faster, misses other translations.")
@click.option("-n", "--limit", type=click.IntRange(1), help=f"Pairs to list; {_FIRST} as text unless told.")
@project_option
@store_option
@output_options(FORMATS, "text")
@click.pass_context
def utterances(
    ctx: click.Context,
    coder: str | None,
    blind: bool,
    adjudicate: bool,
    actor: str | None,
    least: float | None,
    everything: bool,
    no_meaning: bool,
    limit: int | None,
    folder: Path | None,
    store: Path | None,
    format_: str | None,
    output: Path | None,
) -> None:
    """List pairs of statements that may report one speech act, what is most worth a look first.

    Each pair has its likeness, what speaks for it and against it, and both wordings with what only one of
    them has in brackets. Nothing is put together by this: 'kg utterances review' asks, pair by pair, and so
    does the page "Utterances" of 'kg review --web'. What was told apart does not come again.
    """
    from kg.model.errors import UsageError
    from kg.project import Project
    from kg.project.loading import user_name

    if blind and adjudicate:
        raise UsageError("who settles must see what was decided", hint="leave out --blind")
    project = Project.open(folder, store=store, tell=tell)
    desk = project.desk(user_name() if coder is None else coder, blind=blind, adjudicates=adjudicate)
    wanted = {
        "actor": actor,
        "least": least,
        "everything": everything,
        "meaning": not no_meaning,
        "disputed": adjudicate,
    }
    ctx.obj = (project, desk, wanted)
    if ctx.invoked_subcommand is not None:
        return
    format_ = chosen_format(format_, output, FORMATS, "text")
    _, found = _found(project, desk, wanted)
    if limit is None and format_ == "text":
        limit = _FIRST
    write_output(_written(desk, found[:limit], format_, output), output)
    more = f"; {len(found) - limit} more: --limit" if limit is not None and len(found) > limit else ""
    tell(f"{counted(len(found), 'pair')}{more}")


def _found(project: Project, desk: Desk, wanted: dict[str, Any]) -> tuple[Known, list[Candidate]]:
    from kg.review.utterances.candidates import LEAST, candidates, disputed, known

    actor = _actor(project, wanted["actor"])
    seen = known(desk)
    if wanted["disputed"]:
        return seen, disputed(seen)
    least = LEAST if wanted["least"] is None else wanted["least"]
    meanings = _meanings(project) if wanted["meaning"] else None
    return seen, candidates(seen, meanings, actor=actor, everything=wanted["everything"], least=least)


def _meanings(project: Project) -> Meanings:
    from kg.review.utterances.meaning import Meanings

    def shown(texts: Sequence[str]) -> Any:
        if len(texts) > 100 and not sys.stderr.isatty():
            tell(
                f"comparing the meaning of {len(texts)} claims; what is done is kept, so this takes long once"
            )
        return progress(texts, len(texts), "What claims mean")

    return Meanings(project.settings.store, shown)


def _actor(project: Project, name: str | None) -> str | None:
    """IRI of an actor, from a label, an alias or an IRI."""
    if name is None:
        return None
    from kg.query.entities import Catalogue
    from kg.query.run import on_oxigraph

    with project.reading() as store:
        catalogue = Catalogue(on_oxigraph(store.view, project.iris.current_graph))
        return catalogue.resolve(name, ("foaf:Person", "org:Organization", "schema:Country"))


def _written(desk: Desk, found: Sequence[Candidate], format_: str, output: Path | None) -> str:
    from kg.review.utterances.showing import candidate_json, candidate_row, shown
    from kg.review.utterances.text import candidate_text

    width, colour = _terminal(output)
    parts, rows, values = [], [], []
    with desk.reading() as store:
        for number, pair in enumerate(found, start=1):
            one, other = shown(store, pair.one.iri), shown(store, pair.other.iri)
            if format_ == "text":
                place = f"{number} of {len(found)}"
                parts.append(candidate_text(place, pair, one, other, width=width, colour=colour))
            elif format_ == "csv":
                rows.append(candidate_row(pair, one, other))
            else:
                values.append(candidate_json(pair, one, other))
    if format_ == "text":
        return "\n".join(parts)
    if format_ == "csv":
        return _csv(rows)
    if format_ == "jsonl":
        return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    import csv
    import io

    from kg.review.utterances.showing import COLUMNS, OF_EACH

    columns = [*COLUMNS, *OF_EACH, *(f"other_{name}" for name in OF_EACH)]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _terminal(output: Path | None = None) -> tuple[int, bool]:
    """Columns of the terminal, and whether to mark by colour; a file or a pipe has 100 and none."""
    import os

    if output is not None or not sys.stdout.isatty():
        return _WIDTH, False
    return shutil.get_terminal_size((_WIDTH, 24)).columns, "NO_COLOR" not in os.environ


@utterances.command()
@click.pass_obj
def review(obj: tuple[Project, Desk, dict[str, Any]]) -> None:
    """Ask pair by pair, with one key a decision; press ? for the keys.

    Every decision is written at once, with your name and the time, beats the machine's rule and every later
    reading, and can be undone. From a pipe, each character is a key: 'printf sdq | kg utterances review'.
    """
    from kg.review.terminal import Keyboard
    from kg.review.utterances.walk import PairWalk

    project, desk, wanted = obj
    seen, found = _found(project, desk, wanted)
    if not found:
        tell("no pair waits for a decision")
        return

    def say(line: str) -> None:
        click.echo(line)

    width, colour = _terminal()
    decided = PairWalk(desk, found, seen.last, say, width=width, colour=colour).run(Keyboard(say))
    tell(counted(decided, "decision"))


@utterances.command()
@click.option("--least-statements", type=click.IntRange(1), default=2, show_default=True, metavar="N")
@output_options(["text", "json"], "text")
@click.pass_obj
def groups(
    obj: tuple[Project, Desk, dict[str, Any]], least_statements: int, format_: str | None, output: Path | None
) -> None:
    """List the utterances that several statements report, by the rule or by people."""
    from kg.review.utterances.candidates import known
    from kg.review.utterances.groups import groups as groups_of
    from kg.review.utterances.showing import shown
    from kg.review.utterances.text import groups_text

    project, desk, wanted = obj
    format_ = chosen_format(format_, output, ["text", "json"], "text")
    found = groups_of(known(desk), actor=_actor(project, wanted["actor"]), least=least_statements)
    with desk.reading() as store:
        rows = [(group, [shown(store, iri) for iri in group.statements]) for group in found]
    if format_ == "json":
        values = [
            {**asdict(group), "statements": [asdict(one) for one in statements]} for group, statements in rows
        ]
        write_output(json.dumps(values, ensure_ascii=False, indent=2) + "\n", output)
    else:
        width, colour = _terminal(output)
        write_output(groups_text(rows, width=width, colour=colour), output)
    tell(counted(len(found), "utterance") + f" of {least_statements} or more statements")


@utterances.command()
@click.argument("statements", metavar="STATEMENT STATEMENT...", nargs=-1, required=True)
@click.option("--comment", help="What you have to say about it.")
@click.pass_obj
def same(obj: tuple[Project, Desk, dict[str, Any]], statements: tuple[str, ...], comment: str | None) -> None:
    """The statements report one utterance; each is named by its IRI or the last part of it."""
    from kg.review.utterances.deciding import put_together, statement_named

    desk = obj[1]
    tell(put_together(desk, [desk.case(statement_named(desk, one)) for one in statements], comment))


@utterances.command()
@click.argument("statements", metavar="STATEMENT STATEMENT...", nargs=-1, required=True)
@click.option("--comment", help="What you have to say about it.")
@click.pass_obj
def different(
    obj: tuple[Project, Desk, dict[str, Any]], statements: tuple[str, ...], comment: str | None
) -> None:
    """The first statement reports another utterance than each of the others."""
    from kg.review.utterances.deciding import statement_named, tell_apart

    desk = obj[1]
    tell(tell_apart(desk, [desk.case(statement_named(desk, one)) for one in statements], comment))


@utterances.command("out")
@click.argument("statement")
@click.option("--comment", help="What you have to say about it.")
@click.pass_obj
def out_of(obj: tuple[Project, Desk, dict[str, Any]], statement: str, comment: str | None) -> None:
    """Take a statement out of its utterance: it differs from all others there."""
    from kg.review.utterances.deciding import statement_named, take_out

    desk = obj[1]
    tell(take_out(desk, desk.case(statement_named(desk, statement)), comment))

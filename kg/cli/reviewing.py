"""`kg review`: people look at what was read, in the terminal or in the browser."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from kg.cli.options import project_option, store_option
from kg.cli.output import counted, tell, write_output
from kg.model.errors import KgError, UsageError

if TYPE_CHECKING:
    from kg.project import Project
    from kg.review.decisions import Desk
    from kg.review.queue import Selection

_NARROWING = ("article", "outlet", "actor", "position", "everything")
_HEEDED = (
    (("undo",), ("blind", "adjudicate")),
    (("redo",), ("blind", "adjudicate")),
    (("lost",), ("blind", "format_")),
    (("log_",), ("blind", "format_")),
    (("estimate",), ("format_",)),  # a blind coder is told none: they show how others decided
    (("list_",), (*_NARROWING, "blind", "adjudicate", "format_")),
    (("web", "sample"), ("blind", "seed", "port", "no_open")),
    (("web", "adjudicate"), ("port", "no_open")),
    (("web",), (*_NARROWING, "blind", "port", "no_open")),
    (("sample", "blind"), ("seed",)),
    (("sample",), ("adjudicate", "seed", "format_")),
    ((), (*_NARROWING, "blind", "adjudicate")),
)
"""What can be asked for, the first that fits, and the options that it heeds besides coder and project."""


@click.command(short_help="Look at what was read: accept, correct, reject.")
@click.option("--coder", metavar="NAME", help="Who decides; the name of this account unless told.")
@click.option("--article", metavar="NAME", help="Only this article: file name, title or IRI.")
@click.option("--outlet", metavar="NAME", help="Only articles of this outlet.")
@click.option("--actor", metavar="NAME", help="Only statements of this actor and of all that belongs to it.")
@click.option("--position", metavar="NAME", help="Only statements on this position.")
@click.option("--blind", is_flag=True, help="Do not show what others decided: for coding twice.")
@click.option("--adjudicate", is_flag=True, help="Settle what coders decided differently.")
@click.option("--all", "everything", is_flag=True, help="Also what was decided or struck out before.")
@click.option("--web", is_flag=True, help="In the browser instead of the terminal (extra 'web').")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port for --web; any free one unless told."
)
@click.option("--no-open", is_flag=True, help="With --web, show the address and open no browser.")
@click.option("--list", "list_", is_flag=True, help="Print the queue and decide nothing.")
@click.option(
    "--sample",
    type=click.IntRange(1),
    metavar="N",
    help="Look at a random sample, and say how far all can be trusted.",
)
@click.option("--seed", type=int, help="With --sample: another number draws another sample.")
@click.option("--estimate", is_flag=True, help="Only say what the latest random sample tells so far.")
@click.option("--lost", is_flag=True, help="Print decisions whose words or statement are gone.")
@click.option("--log", "log_", is_flag=True, help="Print all decisions, the revoked ones too.")
@click.option("--undo", is_flag=True, help="Take back the coder's latest decision.")
@click.option("--redo", is_flag=True, help="Do again what was taken back last.")
@click.option(
    "-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="For lists."
)
@project_option
@store_option
def review(
    coder: str | None,
    article: str | None,
    outlet: str | None,
    actor: str | None,
    position: str | None,
    blind: bool,
    adjudicate: bool,
    everything: bool,
    web: bool,
    port: int,
    no_open: bool,
    list_: bool,
    sample: int | None,
    seed: int | None,
    estimate: bool,
    lost: bool,
    log_: bool,
    undo: bool,
    redo: bool,
    format_: str,
    folder: Path | None,
    store: Path | None,
) -> None:
    """Walk through what the machine read, what is most worth a look first, with one key a decision.

    Every decision is written at once, with your name and the time; it goes before the machine's reading,
    stays when an article is read again, and can be undone. Press ? for the keys. From a pipe, each
    character is a key, and questions are answered by lines: 'printf aaq | kg review'.
    """
    from kg.project import Project
    from kg.project.loading import user_name

    if blind and adjudicate:
        raise UsageError("who settles must see what was decided", hint="leave out --blind")
    _refuse_ignored(click.get_current_context())
    project = Project.open(folder, store=store, tell=tell)
    desk = project.desk(user_name() if coder is None else coder, blind=blind, adjudicates=adjudicate)
    if undo or redo:
        from kg.review.history import in_words
        from kg.review.terminal import plain

        done = desk.undo() if undo else desk.redo()
        tell(plain(f"{'undone' if undo else 'done again'}: {in_words(done)} <{done.target}>"))
    elif lost:
        _print_lost(desk, format_)
    elif log_:
        _print_log(desk, format_)
    elif estimate:
        _estimate(project, format_)
    elif sample and not web:
        _sample(desk, sample, seed)
        if blind:
            tell("others' decisions count in it: 'kg review --estimate' prints what the sample tells")
        else:
            _estimate(project, format_)
    else:
        from kg.project.reviewing import selection

        wanted = selection(
            project,
            article=article,
            outlet=outlet,
            actor=actor,
            position=position,
            everything=everything,
            disputed=adjudicate,
        )
        if web:
            _serve(project, desk, wanted, port, not no_open, sample, seed)
        elif list_:
            _print_queue(desk, wanted, format_)
        else:
            _walk(desk, wanted)


def _refuse_ignored(ctx: click.Context) -> None:
    """Refuse an option that what is asked for would ignore."""
    given = [
        one
        for one in ctx.command.params
        if one.name not in ("coder", "folder", "store")
        and ctx.get_parameter_source(str(one.name)) is ParameterSource.COMMANDLINE
    ]
    names = {str(one.name): max(one.opts, key=len) for one in given}
    asked, heeded = next(way for way in _HEEDED if names.keys() >= set(way[0]))
    for name, option in names.items():
        if name not in (*asked, *heeded) and asked:
            raise UsageError(
                f"'{option}' does not go with '{names[asked[-1]]}'", hint="leave one of them out"
            )
        if name not in (*asked, *heeded):
            raise UsageError(
                f"'{option}' changes nothing here", hint="'kg review --help' says what it is for"
            )


def _sample(desk: Desk, size: int, seed: int | None) -> None:
    from kg.review.passages import walk_passages
    from kg.review.queue import entries_of
    from kg.review.sampling import current_sample, waiting
    from kg.review.terminal import Keyboard, Walk

    def say(line: str) -> None:
        click.echo(line, err=True)

    sample, new = current_sample(desk, size, seed)
    left = waiting(desk, sample)
    if new:
        stances, passages = counted(len(sample.stances), "stance"), counted(len(sample.passages), "passage")
        tell(f"drawn at random: {stances} and {passages}; {left.done} of them were looked at before")
    keyboard = Keyboard(say)
    walk = Walk(desk, entries_of(left.statements), say)
    if left.statements:
        walk.run(keyboard)
    if not walk.left:
        walk_passages(desk, left.passages, keyboard, say)


def _estimate(project: Project, format_: str) -> None:
    from kg.review.trust_text import trust_json, trust_text

    found = project.trust()
    if found is None:
        raise UsageError("no sample was drawn yet", hint="'kg review --sample 50' draws one")
    if format_ == "json":
        write_output(json.dumps(trust_json(found), ensure_ascii=False, indent=2) + "\n", None)
    else:
        write_output(trust_text(found), None)


def _serve(
    project: Project,
    desk: Desk,
    wanted: Selection,
    port: int,
    browse: bool,
    size: int | None,
    seed: int | None,
) -> None:
    try:
        from kg.serve.review.starting import serve_review
    except ImportError as error:
        raise KgError(f"{error.name} is not installed", hint="pip install 'stance-graph[web]'") from error
    who = desk.coder
    project.reading().close()
    mode = "disputes" if who.adjudicates else "queue"
    if size is not None:
        from kg.review.sampling import current_sample

        current_sample(desk, size, seed)
        mode = "sample"

    def desk_of(name: str, settles: bool) -> Desk:
        return project.desk(name, blind=who.blind, adjudicates=settles)

    serve_review(
        desk_of,
        who.name,
        project.settings.title,
        blind=who.blind,
        mode=mode,
        wanted=wanted,
        port=port,
        browse=browse,
        tell=tell,
    )


def _walk(desk: Desk, wanted: Selection) -> None:
    from kg.review.queue import queue
    from kg.review.terminal import Keyboard, Walk

    entries = queue(desk, wanted)
    if not entries:
        tell("nothing waits for review")
        return

    def say(line: str) -> None:
        click.echo(line)

    walk = Walk(desk, entries, say, colour=sys.stdout.isatty())
    decided = walk.run(Keyboard(say))
    tell(counted(decided, "decision"))


def _print_queue(desk: Desk, wanted: Selection, format_: str) -> None:
    from kg.review.queue import queue
    from kg.review.terminal import plain

    rows: list[dict[str, Any]] = [
        {
            "statement": one.iri,
            "score": one.score,
            "reasons": list(one.reasons),
            "status": one.status,
            "article": one.file,
            "actor": one.actor,
            "said": one.said,
            "claim": one.claim,
            "positions": list(one.positions),
        }
        for one in queue(desk, wanted)
    ]
    if format_ == "json":
        write_output(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", None)
        return
    for row in rows:
        who = (row["actor"] or {}).get("label") or "(not named)"
        stances = ", ".join(f"{one['stance']} {one['position']}" for one in row["positions"]) or "no stance"
        reasons = f" ({', '.join(row['reasons'])})" if row["reasons"] else ""
        click.echo(plain(f"{row['score']:.2f}  {who}, {row['said'] or 'undated'}: {stances}{reasons}"))
    tell(counted(len(rows), "statement"))


def _print_lost(desk: Desk, format_: str) -> None:
    from kg.review.lost import lost_decisions
    from kg.review.terminal import plain

    rows = lost_decisions(desk)
    if format_ == "json":
        write_output(json.dumps([row.to_json() for row in rows], ensure_ascii=False, indent=2) + "\n", None)
        return
    for row in rows:
        click.echo(plain(f"{row.article}: {row.coder} {row.time:%Y-%m-%d} {row.action}: '{row.words}'"))
    tell(counted(len(rows), "lost decision"))


def _print_log(desk: Desk, format_: str) -> None:
    from kg.build.decisions import standing
    from kg.review.terminal import plain

    log = desk.log()
    alive = {one.id for one in standing(log)} | {one.id for one in log if one.action == "revoke"}
    rows: list[dict[str, Any]] = [
        {
            "sequence": one.sequence,
            "time": one.time.isoformat(),
            "coder": one.coder,
            "action": one.action,
            "statement": one.target,
            "together": list(one.together),
            "stands": one.id in alive,
            "comment": one.comment,
            "revokes": one.revokes,
            "decision": one.id,
        }
        for one in log
    ]
    if format_ == "json":
        write_output(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", None)
        return
    for row in rows:
        note = "" if row["stands"] else " (taken back)"
        said = f": {row['comment']}" if row["comment"] else ""
        who = f"{row['time']}  {row['coder']}"
        about = ", ".join([row["statement"], *row["together"]])
        click.echo(plain(f"{row['sequence']:5}  {who}  {row['action']}{note}  {about}{said}"))
    tell(counted(len(rows), "decision"))

"""The command `kg`: which module has which command, and how errors end."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from typing import NoReturn

import click

from kg.model.errors import KgError

COMMANDS = {
    "init": "kg.cli.starting:init",
    "extract": "kg.cli.reading:extract",
    "stance": "kg.cli.reading:stance",
    "build": "kg.cli.building:build",
    "load": "kg.cli.building:load",
    "codebook": "kg.cli.codebook:codebook",
    "articles": "kg.cli.looking:articles",
    "actors": "kg.cli.looking:actors",
    "stats": "kg.cli.looking:stats",
    "remove": "kg.cli.building:remove",
    "review": "kg.cli.reviewing:review",
    "utterances": "kg.cli.utterances:utterances",
    "agreement": "kg.cli.agreeing:agreement",
    "query": "kg.cli.asking:query",
    "search": "kg.cli.searching:search",
    "sparql": "kg.cli.asking:sparql",
    "export": "kg.cli.asking:export",
    "serve": "kg.cli.serving:serve",
    "mcp": "kg.cli.assisting:mcp",
    "publish": "kg.cli.publishing:publish",
    "diff": "kg.cli.publishing:diff",
    "validate": "kg.cli.checking:validate",
    "reason": "kg.cli.checking:reason",
}
"""Every command in the order that one uses them; modules are imported only when their command is called."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is needed, so that `kg` starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a wrong name gets the nearest right one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f"did you mean 'kg {near[0]}'?" if near else "'kg --help' lists them"
            raise click.UsageError(f"kg has no command '{args[0]}'; {hint}", ctx) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="stance-graph", prog_name="kg")
def kg() -> None:
    """Who took which position on what, when, in whose words and in which source.

    kg reads news articles into a graph of dated stances with their evidence, checks it, and answers
    questions. Outside of a project folder (one with a kg.toml) every command works on the bundled example.
    """


def _fail(message: str, code: int) -> NoReturn:
    click.echo(f"Error: {message}", err=True)
    raise SystemExit(code)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run `kg` and end the process with its exit code.

    Exit codes: 0 done, 1 the answer is no, 2 usage, 3 unreadable input or data, 130 interrupted. With
    `KG_DEBUG` set, errors keep their traceback.
    """
    if os.environ.get("KG_DEBUG"):
        kg.main(arguments, prog_name="kg", standalone_mode=True)
    try:
        code = kg.main(arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
        raise SystemExit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as end:
        raise SystemExit(end.exit_code) from end
    except (click.Abort, KeyboardInterrupt):
        _fail("interrupted; what was finished before is kept", 130)
    except click.UsageError as error:
        usage = f"; see '{error.ctx.command_path} --help'" if error.ctx else ""
        _fail(error.format_message().rstrip(".") + usage, 2)
    except click.ClickException as error:
        _fail(error.format_message(), 3)
    except KgError as error:
        _fail(str(error), error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone (`kg ... | head`): that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        where = f"{error.filename}: " if error.filename else ""
        what = "the disk is full" if full else (error.strerror or str(error))
        _fail(f"{where}{what}" + (" (free some space and repeat the command)" if full else ""), 3)
    except (RecursionError, MemoryError) as error:
        _fail(f"the input is too deeply nested or too large ({type(error).__name__})", 3)
    except Exception as error:
        _fail(f"kg failed on this input: {type(error).__name__}: {error} (KG_DEBUG=1 shows where)", 3)

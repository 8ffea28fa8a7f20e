"""`kg serve`: the graph over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import project_option, store_option
from kg.cli.output import tell
from kg.model.errors import KgError


@click.command(short_help="Show the graph as web pages and a SPARQL endpoint.")
@click.argument("release", required=False, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for any free one."
)
@click.option("--base-url", metavar="URL", help="Address that clients know the server by, behind a proxy.")
@click.option("--open", "open_", is_flag=True, help="Open the home page in the browser.")
@click.option(
    "--texts/--no-texts",
    default=None,
    help="Show articles' whole texts; unless told, only where this machine alone can ask.",
)
@click.option(
    "--all-graphs", is_flag=True, help="Let queries see all named graphs, texts and rejected readings too."
)
@click.option(
    "--origin",
    default="*",
    show_default=True,
    metavar="ORIGIN",
    help="Sites whose pages may read data; 'none' for no other.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=15.0,
    show_default=True,
    metavar="SECONDS",
    help="Time that an answer may take.",
)
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes that answer; as many as cores unless told."
)
@click.option("--verbose", is_flag=True, help="Print a line for each request.")
@project_option
@store_option
def serve(
    release: Path | None,
    host: str,
    port: int,
    base_url: str | None,
    open_: bool,
    texts: bool | None,
    all_graphs: bool,
    origin: str,
    timeout: float,
    workers: int | None,
    verbose: bool,
    folder: Path | None,
    store: Path | None,
) -> None:
    """Show the graph as web pages, and answer SPARQL queries and canned questions, until Ctrl-C.

    RELEASE is a folder that 'kg publish' has made; without it the project's graph is shown, and again when it
    has changed. Nothing can be written.
    """
    try:
        from kg.serve.starting import Options, serve_project, serve_release
    except ImportError as error:
        raise KgError(f"{error.name} is not installed", hint="pip install 'stance-graph[web]'") from error
    from kg.project import Project

    options = Options(
        host=host,
        port=port,
        base_url=base_url,
        browse=open_,
        texts=texts,
        every=all_graphs,
        origin=None if origin == "none" else origin,
        seconds=timeout,
        workers=workers,
        verbose=verbose,
    )
    if release is not None:
        serve_release(release, options, tell)
    else:
        serve_project(Project.open(folder, store=store, tell=tell), options, tell)

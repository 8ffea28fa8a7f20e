"""Starts a server for a project's graph or for a release, and says where it is."""

from __future__ import annotations

import ipaddress
import socket
import tempfile
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from kg.model.errors import UsageError
from kg.project import Project
from kg.query.canned import query_folders
from kg.serve.application import application
from kg.serve.limits import Limits
from kg.serve.release import load_release
from kg.serve.server import address_of, listen, run
from kg.serve.source import Source

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the person at the keyboard chose.

    Attributes:
        host: Address to listen on.
        port: Port; 0 for any that is free.
        base_url: Address that clients know the server by; None for the one that it listens on.
        browse: Open the home page in the browser.
        texts: Show the whole texts of articles; None for where this machine alone can ask.
        every: Let queries see all named graphs.
        origin: Sites whose pages may read data: `*`, an origin, or None for no other.
        seconds: Time that an answer may take.
        workers: Processes of each kind; None for as many as there are cores.
        verbose: Log each request.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str | None = None
    browse: bool = False
    texts: bool | None = None
    every: bool = False
    origin: str | None = "*"
    seconds: float = 15.0
    workers: int | None = None
    verbose: bool = False

    def limits(self) -> Limits:
        """The limits that they make."""
        limits = Limits(seconds=self.seconds)
        return replace(limits, workers=self.workers) if self.workers else limits


def serve_project(project: Project, options: Options, tell: Tell) -> None:
    """Serve a project's graph until Ctrl-C.

    Raises:
        StoreError: There is no graph yet.
        UsageError: The address cannot be listened on, or is none.
    """
    project.reading().close()
    settings = project.settings
    source = Source(
        store=settings.store.resolve(),
        base=settings.base,
        title=settings.title,
        queries=tuple(project.query_folders()),
        every=options.every,
    )
    _serve(source, options, tell)


def serve_release(folder: Path, options: Options, tell: Tell) -> None:
    """Serve a release until Ctrl-C.

    Raises:
        InputError: The folder holds no release.
        UsageError: The address cannot be listened on, or is none.
    """
    with tempfile.TemporaryDirectory(prefix="kg-serve-") as place:
        store = Path(place) / "graph"
        tell("reading the release ...")
        release = load_release(folder, store)
        source = Source(
            store=store,
            base=release.base,
            title=release.title,
            queries=tuple(query_folders()),
            every=options.every,
            release=folder.resolve(),
            number=release.release,
        )
        _serve(source, options, tell)


def _serve(source: Source, options: Options, tell: Tell) -> None:
    limits = options.limits()
    given = _checked(options.base_url)
    sock = listen(options.host, options.port)
    try:
        here = address_of(sock)
        alone = given is None and _is_loopback(sock)
        texts = alone if options.texts is None else options.texts
        source = replace(source, address=given or here, texts=texts)

        def ready() -> None:
            tell(f"serving {source.title} at {here}/ (stop with Ctrl-C)")
            if options.browse:
                webbrowser.open(f"{here}/")

        hosts = ("localhost", options.host, sock.getsockname()[0]) if alone else ("*",)
        app = application(source, limits, origin=options.origin, hosts=hosts)
        run(app, sock, limits, ready, verbose=options.verbose)
    finally:
        sock.close()
    tell("stopped")


def _is_loopback(sock: socket.socket) -> bool:
    return ipaddress.ip_address(sock.getsockname()[0]).is_loopback


def _checked(base_url: str | None) -> str | None:
    """The address without a slash at its end.

    Raises:
        UsageError: It is no address of a web server.
    """
    if base_url is None:
        return None
    try:
        parts = urlsplit(base_url)
        good = parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment
    except ValueError:
        good = False
    if not good or any(char.isspace() or char in '<>"' for char in base_url):
        raise UsageError(
            f"'{base_url}' is no web address", where="--base-url", hint="write https://example.org/kg"
        )
    return base_url.rstrip("/")


__all__ = ["Options", "serve_project", "serve_release"]

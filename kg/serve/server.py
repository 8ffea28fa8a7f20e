"""Listens, and runs the application until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.model.errors import UsageError
from kg.serve.limits import Limits

_LONGEST_HEAD = 64_000
_GRACE_SECONDS = 2


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Args:
        host: Address of this machine, or its name.
        port: Port; 0 for any that is free.

    Raises:
        UsageError: The port is taken or not allowed, or the host is none of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        sock = socket.socket(family, kind, protocol)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
    except OSError as error:
        hints = {
            errno.EADDRINUSE: "choose another --port, or 0 for any that is free",
            errno.EACCES: "ports below 1024 need rights; choose another --port",
        }
        raise UsageError(
            f"cannot listen there: {error.strerror or error}",
            where=f"{host}:{port}",
            hint=hints.get(error.errno or 0, "--host takes an address of this machine"),
        ) from error
    return sock


def address_of(sock: socket.socket) -> str:
    """The address of the server that listens on a socket, for clients on this machine."""
    host, port = sock.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - it is only shown
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Impatient(H11Protocol):
    """Closes a connection on which the head of a request does not come in time."""

    seconds: ClassVar[float]
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._heard()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._heard()
        elif self._timer is None and not self.transport.is_closing():
            self._wait()

    def _wait(self) -> None:
        self._timer = self.loop.call_later(self.seconds, self.transport.abort)

    def _heard(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()


def server(
    app: ASGIApp, limits: Limits, on_ready: Callable[[], None], *, verbose: bool = False
) -> uvicorn.Server:
    """A server for the application; run it with a socket of `listen`.

    Args:
        app: The application.
        limits: What a client may ask.
        on_ready: Called when it answers.
        verbose: Log each request on stderr.
    """
    protocol = type("Protocol", (_Impatient,), {"seconds": limits.header_seconds})
    config = uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        lifespan="on",
        log_level="info" if verbose else "critical",
        access_log=verbose,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        limit_concurrency=limits.connections,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    return _Server(config, on_ready)


def run(
    app: ASGIApp, sock: socket.socket, limits: Limits, on_ready: Callable[[], None], *, verbose: bool = False
) -> None:
    """Serve until Ctrl-C or a signal to end; running answers get two seconds, then all ends."""
    with suppress(KeyboardInterrupt):
        server(app, limits, on_ready, verbose=verbose).run(sockets=[sock])


__all__ = ["address_of", "listen", "run", "server"]

"""Headers that every response carries, and who may read answers from pages of other sites."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'"
"""The policy of what is no page: should a browser ever take an answer for one, it may do nothing."""
_DATA = ("text/html", "application/xhtml+xml", "image/svg+xml")


class Headers:
    """ASGI middleware that adds the headers.

    Data (whatever is no page) may be read by pages of the origin that is allowed; pages by no other site, for
    they may show what is not to leave the house.
    """

    def __init__(self, app: ASGIApp, origin: str | None) -> None:
        """Wrap an application.

        Args:
            app: The application.
            origin: Sites whose pages may read data: `*` for all, an origin, or None for no other.
        """
        self._app, self._origin = app, origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(raw=message["headers"]))
            await send(message)

        if scope["method"] == "OPTIONS":
            await self._options(sending)
        else:
            await self._app(scope, receive, sending)

    def _add(self, headers: MutableHeaders) -> None:
        for name, value in _ALWAYS.items():
            headers.setdefault(name, value)
        headers.setdefault("content-security-policy", NOTHING)
        if headers.get("content-type", "").startswith(_DATA) or self._origin is None:
            headers.setdefault("cross-origin-resource-policy", "same-origin")
            return
        headers.setdefault("cross-origin-resource-policy", "cross-origin")
        headers["access-control-allow-origin"] = self._origin
        headers["access-control-expose-headers"] = "ETag, Retry-After"
        if self._origin != "*":
            headers.add_vary_header("Origin")

    async def _options(self, send: Send) -> None:
        """What a browser asks before it lets a page of another site ask."""
        names = {
            "allow": "GET, HEAD, POST, OPTIONS",
            "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
            "access-control-allow-headers": "Accept, Content-Type, If-None-Match",
            "access-control-max-age": "86400",
        }
        raw = [(name.encode(), value.encode()) for name, value in names.items()]
        await send({"type": "http.response.start", "status": 204, "headers": raw})
        await send({"type": "http.response.body", "body": b""})


__all__ = ["NOTHING", "Headers"]

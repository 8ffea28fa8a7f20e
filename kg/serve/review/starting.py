"""Starts the review server and says where it is."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from urllib.parse import quote, urlencode

from kg.review.queue import Selection
from kg.serve.limits import Limits
from kg.serve.review.application import KINDS, MODES, DeskOf, Review, review_application
from kg.serve.review.guard import Guard
from kg.serve.server import address_of, listen, run


def serve_review(
    desk_of: DeskOf,
    coder: str,
    title: str,
    *,
    blind: bool = False,
    mode: str = MODES[0],
    wanted: Selection | None = None,
    port: int = 0,
    browse: bool = True,
    tell: Callable[[str], None],
) -> None:
    """Serve the review page on this machine until Ctrl-C.

    Args:
        desk_of: The desk of a person; of one who settles where the second argument says so.
        coder: The person who decides unless the page names another one.
        title: Name of the project.
        blind: Whether nobody sees what others decided.
        mode: What the page opens with.
        wanted: What its queue is narrowed down to at first.
        port: Port; 0 for any that is free.
        browse: Open the page in the browser.
        tell: Told where the page is.

    Raises:
        UsageError: The port cannot be listened on.
    """
    sock = listen("127.0.0.1", port)
    try:
        guard = Guard(address_of(sock))
        review = Review(desk_of, coder, title, guard, blind=blind, mode=mode)
        page = page_address(guard, wanted or Selection())

        def ready() -> None:
            tell(f"review as {coder} at {page}")
            tell(f"for somebody else: {page}&coder={quote('Jo Coder')} (stop with Ctrl-C)")
            if browse:
                webbrowser.open(page)

        run(review_application(review), sock, Limits(), ready)
    finally:
        sock.close()
    tell("stopped; everything that was decided is written")


def page_address(guard: Guard, wanted: Selection) -> str:
    """Where the page is, its queue narrowed down."""
    chosen = {kind: getattr(wanted, kind) for kind in KINDS}
    said = {"key": guard.key, **chosen, "all": "1" if wanted.everything else None}
    return f"{guard.address}/?{urlencode({name: value for name, value in said.items() if value})}"


__all__ = ["page_address", "serve_review"]

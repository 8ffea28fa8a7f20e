"""What the server's handlers share: the source, the limits, the pools, and the state of the graph."""

from __future__ import annotations

import time
from contextlib import suppress

from starlette.requests import Request

from kg.model.errors import StoreError
from kg.serve.graph import stamp
from kg.serve.keeping import Kept
from kg.serve.limits import Limits
from kg.serve.messages import Terms
from kg.serve.pool import Pool
from kg.serve.source import Source

_LOOK_AGAIN = 0.5


class State:
    """Shared by all handlers.

    Attributes:
        source: What is served.
        limits: What a client may ask.
        queries: Workers for SPARQL queries of others.
        pages: Workers for pages and canned questions, which slow queries of others cannot hold up.
        kept: Pages and answers of canned questions that need not be made again.
    """

    def __init__(self, source: Source, limits: Limits) -> None:
        """Make the pools; `start` starts them."""
        self.source, self.limits = source, limits
        # Queries of others give way to pages when there are too few cores for both.
        for_queries = Terms(limits.memory, limits.answer, nice=5)
        for_pages = Terms(limits.memory, limits.answer, warm=True)
        self.queries = Pool(source, limits, limits.seconds, for_queries)
        self.pages = Pool(source, limits, limits.page_seconds, for_pages)
        self.kept = Kept(limits.kept)
        self._stamp, self._looked = "", 0.0

    async def start(self) -> None:
        """Start the workers."""
        await self.queries.start()
        await self.pages.start()

    async def stop(self) -> None:
        """End the workers."""
        await self.queries.stop()
        await self.pages.stop()

    def stamp(self) -> str:
        """The state of the graph, looked at every half second at most."""
        now = time.monotonic()
        if now - self._looked > _LOOK_AGAIN:
            self._looked = now
            # Where it is being replaced just now, what is open still answers.
            with suppress(StoreError):
                self._stamp = stamp(self.source.store)
        return self._stamp


def state_of(request: Request) -> State:
    """The state that `kg.serve.application` put into the application."""
    state = request.app.state.shared
    assert isinstance(state, State)  # noqa: S101 - put there by us
    return state


__all__ = ["State", "state_of"]

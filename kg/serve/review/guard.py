"""Who may ask the review server: a page that it gave out itself, opened with the key that the terminal shows.

A page of another site can send requests to 127.0.0.1 from the person's own browser, and a name that an
attacker owns can be made to lead there. So every request must come for this very host; all but the shared
files need the key; and what changes anything must be JSON and come from this server's own page.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from starlette.requests import Request

HEADER = "x-review-key"
"""Header in which the page sends the key."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The key of one run of the server, and the address that it answers at.

    Attributes:
        address: `http://127.0.0.1:8001`.
        key: The secret; new at each start.
    """

    address: str
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def objection(self, request: Request) -> str | None:
        """Why a request is not answered; None where all is well."""
        host = self.address.partition("://")[2]
        if request.headers.get("host", "") not in (host, host.replace("127.0.0.1", "localhost")):
            return "this server answers at its own address alone"
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "pages of other sites may not ask"
        given = request.headers.get(HEADER) or request.query_params.get("key") or ""
        if not hmac.compare_digest(given.encode(), self.key.encode()):
            return "open the address that 'kg review --web' has shown, with its key"
        if request.method != "POST":
            return None
        own = {self.address, self.address.replace("127.0.0.1", "localhost")}
        if request.headers.get("origin", self.address) not in own:
            return "pages of other sites may not decide"
        if HEADER not in request.headers:
            return "the key must come in the header"
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return "decisions come as application/json"
        return None


__all__ = ["HEADER", "Guard"]

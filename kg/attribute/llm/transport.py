"""Requests over HTTP: limits on size and time, and trying again when the server is busy."""

from __future__ import annotations

import datetime
import email.utils
import ipaddress
import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kg.attribute.llm.account import Account
from kg.model.errors import KgError
from kg.model.llm_settings import LlmSettings

MOST_BYTES = 4 * 1024 * 1024
"""Length of a reply, at most; an answer of many thousand words is far below it."""

MOST_WAIT = 120.0
"""Seconds to wait before a request is made again, at most."""

_BUSY = {408, 409, 425, 429, 500, 502, 503, 504, 529}
_NO_CREDIT = ("insufficient_quota", "billing", "credit")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered.

    Attributes:
        status: HTTP status.
        json: The body as JSON; None if it is none.
        text: The beginning of the body, for messages.
    """

    status: int
    json: Any
    text: str
    retry_after: str | None = None
    location: str | None = None


class Transport:
    """Makes the requests of one run.

    Args:
        settings: The server, with its address.
        account: Counts what is asked.
        tell: Called with a line for the person who waits.
        sleep: Waits some seconds.
    """

    def __init__(
        self,
        settings: LlmSettings,
        account: Account,
        tell: Callable[[str], None],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open no connection yet.

        Raises:
            KgError: The HTTP client is not installed.
        """
        try:
            import httpx
        except ImportError as error:
            raise KgError(
                "the extractor llm needs the package httpx", hint="pip install 'stance-graph[llm]'"
            ) from error
        self._httpx = httpx
        self._settings = settings
        self._account = account
        self._tell = tell
        self._sleep = sleep
        self._answered = False
        self.address = settings.base_url or ""
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "stance-graph"}
        if settings.key:
            headers["Authorization"] = f"Bearer {settings.key}"
        self._http = httpx.Client(
            headers=headers,
            timeout=httpx.Timeout(settings.timeout, connect=min(15.0, settings.timeout)),
            follow_redirects=False,  # A redirect would take the articles elsewhere.
            trust_env=not is_local(self.address),  # What is asked of this machine goes through no proxy.
        )

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        """Post JSON, again and again while the server is busy.

        Raises:
            KgError: The server cannot be reached, stays busy, or answers without end.
        """
        content = json.dumps(body).encode("ascii")
        attempt = 0
        while True:
            reply, trouble = self._tried("POST", path, content)
            if reply is not None and (reply.status not in _BUSY or _no_credit(reply)):
                return reply
            late = reply is None and trouble.startswith("no answer")
            if attempt >= (min(1, self._settings.retries) if late else self._settings.retries):
                hint = "make timeout in [llm] of kg.toml longer" if late else "try again later"
                raise KgError(f"the language model's server fails: {trouble}", where=self.address, hint=hint)
            wait = self._wait(attempt, reply)
            self._tell(f"language model: {trouble}; trying again in {wait:.0f} s")
            self._account.repeated += 1
            self._sleep(wait)
            attempt += 1

    def get(self, path: str) -> Reply | None:
        """Ask once; None if the server does not answer."""
        return self._tried("GET", path, None, first=False)[0]

    def _tried(
        self, method: str, path: str, content: bytes | None, *, first: bool = True
    ) -> tuple[Reply | None, str]:
        """A reply, or None; and what the trouble is."""
        httpx, began = self._httpx, time.monotonic()
        try:
            reply = self._once(method, path, content)
        except httpx.TimeoutException as error:
            trouble = f"no answer within {self._settings.timeout:g} s"
            if isinstance(error, httpx.ConnectTimeout) and not self._answered and first:
                raise self._away("it cannot be reached") from error
            return None, trouble
        except httpx.TransportError as error:
            if isinstance(error, httpx.ConnectError | httpx.UnsupportedProtocol | httpx.ProxyError):
                if not self._answered and first:
                    raise self._away(str(error)) from error
                return None, "it cannot be reached"
            return None, f"the connection broke off ({type(error).__name__})"
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise self._away(str(error)) from error
        finally:
            self._account.seconds += time.monotonic() - began
        self._answered = True
        return reply, f"status {reply.status}{': ' + said if (said := self.complaint(reply)) else ''}"

    def _once(self, method: str, path: str, content: bytes | None) -> Reply:
        headers = {"Content-Type": "application/json"} if content is not None else {}
        began, body = time.monotonic(), bytearray()
        with self._http.stream(method, self.address + path, content=content, headers=headers) as response:
            for part in response.iter_bytes():
                body += part
                if len(body) > MOST_BYTES:
                    raise KgError(
                        f"the language model's server answers with more than {MOST_BYTES // 2**20} MB",
                        where=self.address,
                        hint="is the address that of an OpenAI-compatible API?",
                    )
                if time.monotonic() - began > self._settings.timeout:
                    raise self._httpx.ReadTimeout("the whole answer took too long")
            found = response.headers
        try:
            parsed = json.loads(bytes(body))
        except (ValueError, RecursionError):
            parsed = None
        text = bytes(body[:2000]).decode("utf-8", "replace")
        return Reply(response.status_code, parsed, text, found.get("retry-after"), found.get("location"))

    def _away(self, why: str) -> KgError:
        return KgError(
            f"the language model's server is away: {printable(why)}",
            where=self.address,
            hint="start it, or mend base_url in [llm] of kg.toml or KG_LLM_BASE_URL",
        )

    def _wait(self, attempt: int, reply: Reply | None) -> float:
        """Seconds until the next attempt: what the server asks for, else longer each time.

        Raises:
            KgError: The server asks for more than anybody would wait.
        """
        asked = _seconds(reply.retry_after) if reply is not None else None
        if asked is None:
            return float(min(2.0**attempt, 60.0) * random.uniform(0.75, 1.25))  # noqa: S311 - no secret
        if asked > MOST_WAIT:
            raise KgError(
                f"the language model's server asks to wait {asked:.0f} s",
                where=self.address,
                hint="repeat the command then; answers that are there are kept",
            )
        return asked

    def complaint(self, reply: Reply) -> str:
        """What the server says of an error, as plain words without the key."""
        if isinstance(reply.json, Mapping):
            error = reply.json.get("error", reply.json.get("detail", reply.json.get("message")))
            said = error.get("message") if isinstance(error, Mapping) else error
            words = said if isinstance(said, str) else "" if said is None else json.dumps(said)[:400]
        else:
            words = "a web page" if "<html" in reply.text.lower() else reply.text
        if self._settings.key:
            words = words.replace(self._settings.key, "***")
        return printable(words)


def printable(words: str, longest: int = 200) -> str:
    r"""Words from elsewhere made fit for a terminal.

    >>> printable("a\x1b[31m b\n c")
    'a [31m b c'
    """
    plain = " ".join("".join(c if c.isprintable() else " " for c in words[: 4 * longest]).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def is_local(address: str) -> bool:
    """Whether an address is one of this machine.

    >>> is_local("http://127.0.0.1:8080/v1"), is_local("https://models.example/v1")
    (True, False)
    """
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _no_credit(reply: Reply) -> bool:
    """Whether waiting does not help: a 429 of an account that is used up."""
    return reply.status == 429 and any(word in reply.text.lower() for word in _NO_CREDIT)


def _seconds(header: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, if it can be read."""
    if header is None:
        return None
    try:
        number = float(header)
        return max(0.0, number) if number < 1e9 else None
    except ValueError:
        pass
    try:
        moment = email.utils.parsedate_to_datetime(header)
        return max(0.0, (moment - datetime.datetime.now(datetime.UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


__all__ = ["MOST_BYTES", "MOST_WAIT", "Reply", "Transport", "is_local", "printable"]

"""A language model's server: one question in, one answer out, or an error that says what to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from kg.attribute.llm.account import Account
from kg.attribute.llm.answers import Completion
from kg.attribute.llm.dialect import Dialect
from kg.attribute.llm.transport import Reply, Transport, is_local, printable
from kg.model.errors import KgError, UsageError
from kg.model.llm_settings import LlmSettings

_REFUSED_FORM = (400, 404, 415, 422, 501)
_TOO_LONG = (
    "context length", "context size", "context window", "maximum context", "available context",
    "context_length", "too many tokens", "prompt is too long",
)  # fmt: skip
"""Words of servers whose models can take no more."""


class TooLong(Exception):  # noqa: N818 - the caller cuts the question in two
    """The question is longer than the model can take."""


class NoAnswer(Exception):  # noqa: N818 - the caller says which article it was
    """The model gave no text for this question."""


class Server:
    """Asks one model at one address. The connection is made with the first question.

    Args:
        settings: Address, model, key and limits.
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
        """Keep the settings; nobody is called."""
        self._settings = settings
        self._account = account
        self._tell = tell
        self._sleep = sleep
        self._transport: Transport | None = None
        self._dialect = Dialect()

    def ask(self, messages: Sequence[Mapping[str, str]]) -> Completion:
        """The model's answer.

        Raises:
            TooLong: The question is longer than the model can take.
            NoAnswer: The model gave none to this question.
            KgError: The server is away, refuses the key or does not know the model, or is none.
        """
        transport = self._opened()
        while True:
            body = self._dialect.body(self._settings.model or "", messages, self._settings.max_tokens)
            reply = transport.post("/chat/completions", body)
            if reply.status == 200 and not _error_in(reply):
                return self._completion(reply)
            complaint = transport.complaint(reply)
            if reply.status == 413 or any(words in reply.text.lower() for words in _TOO_LONG):
                raise TooLong(complaint)
            other = self._dialect.after(complaint) if reply.status in _REFUSED_FORM else None
            if other is None or reply.status == 404 or self._unknown_model(complaint):
                raise self._refusal(reply, complaint)
            self._dialect = other
            self._account.repeated += 1

    def _opened(self) -> Transport:
        if self._transport is None:
            settings = self._settings
            if not settings.base_url or not settings.model:
                missing = "base_url" if not settings.base_url else "model"
                raise UsageError(
                    f"the extractor llm needs {missing}",
                    hint=f"write it in [llm] of kg.toml, or set KG_LLM_{missing.upper()}",
                )
            self._transport = Transport(settings, self._account, self._tell, self._sleep)
            away = "" if is_local(settings.base_url) else ": articles leave this machine"
            self._tell(f"asking the language model {settings.model} at {settings.base_url}{away}")
            if settings.key and settings.base_url.startswith("http:") and not is_local(settings.base_url):
                self._tell("the key goes there unencrypted: use an address that begins with https")
        return self._transport

    def _completion(self, reply: Reply) -> Completion:
        choices = reply.json.get("choices") if isinstance(reply.json, Mapping) else None
        choice = choices[0] if isinstance(choices, list) and choices else None
        message = choice.get("message") if isinstance(choice, Mapping) else None
        if not isinstance(choice, Mapping) or not isinstance(message, Mapping):
            raise self._no_api(reply)
        self._count(reply.json)
        reason = choice.get("finish_reason")
        text = _text_of(message.get("content"))
        if not text.strip():
            said = message.get("refusal")
            why = printable(said) if isinstance(said, str) and said.strip() else ""
            why = why or (f"it ended with '{printable(reason, 40)}'" if isinstance(reason, str) else "")
            raise NoAnswer(why or "its answer is empty")
        return Completion(text, reason == "length")

    def _count(self, body: Mapping[str, Any]) -> None:
        self._account.requests += 1
        usage = body.get("usage")
        sent, answered = (_number(usage, name) for name in ("prompt_tokens", "completion_tokens"))
        if sent is None or answered is None:
            self._account.uncounted += 1
        else:
            self._account.tokens_in += sent
            self._account.tokens_out += answered

    def _no_api(self, reply: Reply) -> KgError:
        said = self._opened().complaint(reply)
        return KgError(
            f"no OpenAI-compatible API answers there (status {reply.status}: {said or 'nothing'})",
            where=self._settings.base_url,
            hint="base_url usually ends in /v1",
        )

    @staticmethod
    def _unknown_model(complaint: str) -> bool:
        said = complaint.lower()
        unknown = ("not found", "does not exist", "unknown", "not exist", "invalid model", "no such")
        return "model" in said and any(words in said for words in unknown)

    def _refusal(self, reply: Reply, complaint: str) -> KgError:
        settings = self._settings
        where = settings.base_url
        if reply.status in (401, 403):
            what = "the language model's server refuses the key" if settings.key else "the server wants a key"
            hint = "set KG_LLM_KEY, and KG_LLM_BASE_URL with it"
            if settings.key_withheld:
                hint = "a key goes only to an address from the same place: " + hint
            return KgError(f"{what}: {complaint}" if complaint else what, where=where, hint=hint)
        if reply.status == 404 or self._unknown_model(complaint):
            names = self._models()
            if names is None:
                return self._no_api(reply)
            near = get_close_matches(settings.model or "", names, 1)
            listed = f"it has {', '.join(names[:8])}{' ...' if len(names) > 8 else ''}" if names else None
            what = f"the server does not know the model '{settings.model}'"
            return KgError(what, where=where, hint=f"did you mean '{near[0]}'?" if near else listed)
        if reply.status in (402, 429):
            return KgError(f"the account at the server is used up: {complaint}", where=where)
        if 300 <= reply.status < 400:
            to = printable(reply.location or "elsewhere", 100)
            return KgError(f"the server sends us on to {to}", where=where, hint="write that as base_url")
        if reply.json is None:
            return self._no_api(reply)
        said = complaint or "it does not say why"
        return KgError(f"the server refuses the request (status {reply.status}): {said}", where=where)

    def _models(self) -> list[str] | None:
        """Names of the models that the server lists; None if it lists none the usual way."""
        reply = self._opened().get("/models")
        data = reply.json.get("data") if reply and isinstance(reply.json, Mapping) else None
        if not isinstance(data, list):
            return None
        names = [entry.get("id") for entry in data[:500] if isinstance(entry, Mapping)]
        return [printable(name, 80) for name in names if isinstance(name, str)]


def _error_in(reply: Reply) -> bool:
    """Whether a reply of status 200 is an error all the same, as some servers write it."""
    return isinstance(reply.json, Mapping) and bool(reply.json.get("error")) and "choices" not in reply.json


def _number(usage: Any, name: str) -> int | None:
    """A count of tokens, if it is one."""
    found = usage.get(name) if isinstance(usage, Mapping) else None
    return found if isinstance(found, int) and 0 <= found < 10**9 else None


def _text_of(content: Any) -> str:
    """The text of a message: a string, or a list of parts with text."""
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, Mapping)]
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


__all__ = ["NoAnswer", "Server", "TooLong"]

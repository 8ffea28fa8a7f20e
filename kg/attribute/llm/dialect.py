"""How to put a request to a server: all speak the OpenAI API, but not all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from kg.attribute.llm.prompt import SCHEMA

Form = Literal["json_schema", "json_object", "none"]
_SIMPLER: dict[Form, Form] = {"json_schema": "json_object", "json_object": "none"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server takes.

    Attributes:
        form: How it is told the form of the answer: by a schema, that it is JSON, or in words alone.
        temperature: Whether it may be told to answer alike every time.
        limit: Its name for the length of an answer.
    """

    form: Form = "json_schema"
    temperature: bool = True
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"

    def body(self, model: str, messages: Sequence[Mapping[str, str]], max_tokens: int) -> dict[str, Any]:
        """A request for one answer."""
        body: dict[str, Any] = {"model": model, "messages": list(messages), "stream": False}
        body[self.limit] = max_tokens
        if self.temperature:
            body["temperature"] = 0
        if self.form == "json_schema":
            schema = {"name": "attributions", "strict": True, "schema": SCHEMA}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self.form == "json_object":
            body["response_format"] = {"type": "json_object"}
        return body

    def after(self, complaint: str) -> Dialect | None:
        """Another way to ask, after a server refused this one; None if there is none.

        Args:
            complaint: What the server said of it.

        >>> Dialect().after("Unsupported parameter: 'temperature'").temperature
        False
        """
        said = complaint.lower()
        if self.temperature and "temperature" in said:
            return replace(self, temperature=False)
        if self.limit == "max_tokens" and "max_completion_tokens" in said:
            return replace(self, limit="max_completion_tokens")
        if self.form in _SIMPLER:
            return replace(self, form=_SIMPLER[self.form])
        return None


__all__ = ["Dialect"]

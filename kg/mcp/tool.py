"""What a tool is made of, and how what a model sends is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from kg.mcp.graph import Graph
from kg.model.errors import UsageError

Arguments = dict[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool of the Model Context Protocol.

    Attributes:
        name: Letters, digits and `_`.
        title: A few words for a person.
        description: What it answers, for a model that has never seen the graph.
        properties: JSON Schema of each argument.
        required: Names of the arguments without which it makes no sense.
        answer: Answers with a JSON object.
    """

    name: str
    title: str
    description: str
    properties: Mapping[str, dict[str, Any]]
    required: tuple[str, ...]
    answer: Callable[[Graph, Arguments], Answer]

    @property
    def schema(self) -> dict[str, Any]:
        """JSON Schema of all arguments."""
        return {
            "type": "object",
            "properties": dict(self.properties),
            "required": list(self.required),
            "additionalProperties": False,
        }

    def call(self, graph: Graph, arguments: Mapping[str, Any] | None) -> Answer:
        """Answer a call.

        Raises:
            UsageError: An argument is unknown, missing or of the wrong kind, or names nothing.
            StoreError: It took too long, or there is no graph yet.
        """
        return self.answer(graph, self.read(arguments or {}))

    def read(self, arguments: Mapping[str, Any]) -> Arguments:
        """Arguments as the schema wants them; slips that leave no doubt are mended.

        Raises:
            UsageError: An argument is unknown, missing or of the wrong kind.
        """
        read: Arguments = {}
        for name, value in arguments.items():
            if name not in self.properties:
                near = get_close_matches(name, list(self.properties), 1)
                hint = f"did you mean '{near[0]}'?" if near else "known are " + ", ".join(self.properties)
                raise UsageError(f"'{self.name}' has no argument '{name}'", hint=hint)
            if value is not None:
                read[name] = _mended(value, self.properties[name].get("type"))
        error = best_match(Draft202012Validator(self.schema).iter_errors(read))
        if error is not None:
            where = ".".join(str(part) for part in error.absolute_path) or None
            # The message begins with the value, however long it is.
            value = repr(error.instance)
            message = error.message.replace(value, f"{value[:60]} …") if len(value) > 80 else error.message
            raise UsageError(message[:300], where=where)
        return read


def _mended(value: Any, kind: object) -> Any:
    """One value where a list is wanted, digits where a number is wanted, and the other way round."""
    number = isinstance(value, int) and not isinstance(value, bool)
    if kind == "array" and (isinstance(value, str) or number):
        return [str(value)]
    if kind == "string" and number:
        return str(value)
    if kind == "integer" and isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:
        return int(value)
    return value


__all__ = ["Answer", "Arguments", "Tool"]

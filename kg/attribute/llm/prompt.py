"""What the language model is asked, and the form that its answer should have."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from kg.attribute.llm.chunks import Chunk
from kg.model.iris import digest

INSTRUCTIONS = files("kg.attribute.llm").joinpath("instructions.txt").read_text(encoding="utf-8").strip()
"""What the model is told before it sees a text."""

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "attributions": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "paragraph": {"type": "integer"},
                    "source": {"type": ["string", "null"]},
                    "cue": {"type": ["string", "null"]},
                    "content": {"type": "array", "items": {"type": "string"}},
                    "confidence": {"type": "number"},
                },
                "required": ["paragraph", "source", "cue", "content", "confidence"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["attributions"],
    "additionalProperties": False,
}
"""JSON schema of the answer, with no keyword that a common server does not know."""

VERSION = digest([INSTRUCTIONS, SCHEMA], 8)
"""Changes with every word of the question, so that answers to another question are never taken for it."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def question(chunk: Chunk) -> str:
    """A chunk as the model sees it: a numbered paragraph a line, without characters that no API takes."""
    lines = []
    for number, part in enumerate(chunk.parts, chunk.first):
        words = _UNPRINTABLE.sub(" ", chunk.text[part.start : part.end])
        lines.append(f"[{number}] {' '.join(words.split())}")
    return "\n".join(lines)


def messages(chunk: Chunk) -> list[dict[str, str]]:
    """The messages of a request."""
    return [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": question(chunk)}]


__all__ = ["INSTRUCTIONS", "SCHEMA", "VERSION", "messages", "question"]

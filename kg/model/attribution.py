"""Attributions: the raw reading of who is said to have said what, as spans of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Quotation = Literal["direct", "indirect", "mixed"]
Force = Literal["asserts", "demands", "offers", "denies", "rejects", "praises", "criticises", "warns", "asks"]

QUOTATIONS: tuple[Quotation, ...] = ("direct", "indirect", "mixed")
FORCES: tuple[Force, ...] = (
    "asserts", "demands", "offers", "denies", "rejects", "praises", "criticises", "warns", "asks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """The characters [start, end) of an article's text, with a copy of them."""

    start: int
    end: int
    text: str

    def to_json(self) -> dict[str, object]:
        """The span as the statement contract has it."""
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Attribution:
    """One reading: source span, cue span, content span(s), of whatever weight.

    Attributes:
        source: The mention of who spoke next to the cue, as it stands ("he", "the minister"); None if unsaid.
        cue: The words that attribute ("said", "according to"); None where only layout does.
        content: One or more spans of what was said, in the order of the text, without the quotation marks
            around a whole span.
        is_statement: False for an attribution without a claim (DESIGN: mere topics, schedules, acts,
            hypotheticals, contents under three words).
        reported_in: Index, in the same reading, of the attribution whose content holds this one.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    quote: Quotation
    force: Force = "asserts"
    confidence: float = 0.5
    is_statement: bool = True
    reported_in: int | None = None

"""What asking a language model has cost, and what became of its answers."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.llm_settings import LlmSettings


@dataclass
class Account:
    """Counts of one run.

    Attributes:
        requests: Answers that the server gave.
        repeated: Requests that had to be made again.
        kept: Answers that were in the cache.
        tokens_in, tokens_out: Tokens sent and answered, as the server counts them.
        uncounted: Answers for which the server named no tokens.
        seconds: Time spent waiting for the server.
        placed: Attributions whose words stand in their article.
        refused: Attributions whose words do not.
        malformed: Entries of answers that were no attributions by their form.
        cut_short: Answers that ended in the middle.
    """

    requests: int = 0
    repeated: int = 0
    kept: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    uncounted: int = 0
    seconds: float = 0.0
    placed: int = 0
    refused: int = 0
    malformed: int = 0
    cut_short: int = 0

    def cost(self, settings: LlmSettings) -> float | None:
        """Price of the tokens, in the settings' currency; None where no price is known."""
        if settings.input_price is None and settings.output_price is None:
            return None
        sent = self.tokens_in * (settings.input_price or 0.0)
        return (sent + self.tokens_out * (settings.output_price or 0.0)) / 1e6

    def line(self, settings: LlmSettings) -> str | None:
        """The account for the person who waits; None if nothing was asked or taken from the cache.

        >>> Account(requests=2, tokens_in=1200, tokens_out=300, seconds=4.2, placed=9).line(LlmSettings())
        'language model: 2 requests, 4.2 s, 1,200 tokens in, 300 out; 9 attributions found word for word'
        """
        if not (self.requests or self.kept or self.repeated):
            return None
        parts = [_counted(self.requests, "request")]
        if self.repeated:
            parts.append(f"{self.repeated} repeated")
        if self.kept:
            parts.append(f"{_counted(self.kept, 'answer')} from the cache")
        if self.requests:
            parts += [f"{self.seconds:.1f} s", f"{self.tokens_in:,} tokens in", f"{self.tokens_out:,} out"]
        if self.uncounted:
            parts.append(f"{_counted(self.uncounted, 'answer')} without a count of tokens")
        cost = self.cost(settings)
        if cost is not None:
            parts.append(f"{cost:.4f} {settings.currency}")
        found = [f"{_counted(self.placed, 'attribution')} found word for word"]
        if self.refused:
            found.append(f"{self.refused} refused as their words do not stand in the article")
        if self.malformed:
            found.append(f"{self.malformed} refused for their form")
        if self.cut_short:
            found.append(f"{_counted(self.cut_short, 'answer')} cut short")
        return f"language model: {', '.join(parts)}; {', '.join(found)}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


__all__ = ["Account"]

"""Quotations without a cue of their own: they go on with whoever spoke last."""

from __future__ import annotations

from collections.abc import Sequence

from kg.attribute.candidate import Candidate
from kg.attribute.text_map import TextMap

_REACH = 3
"""Paragraphs back in which the last speaker may be found."""


def continue_speakers(text: TextMap, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Give each quotation without a cue the source of the speech before it; drop those that have none.

    Args:
        text: The article.
        candidates: Candidates in the order of the text.
    """
    done: list[Candidate] = []
    speaker: tuple[int, tuple[int, int]] | None = None
    for candidate in candidates:
        here = text.part_at(candidate.start)
        if candidate.construction != "quote alone":
            done.append(candidate)
            if candidate.source is not None and not text.mask[candidate.source[0]] and _speaks(candidate):
                speaker = (text.part_at(candidate.end - 1), candidate.source)
            continue
        if speaker is None or here - speaker[0] > _REACH:
            continue
        done.append(candidate.with_(source=speaker[1], continued=True))
        speaker = (text.part_at(candidate.end - 1), speaker[1])
    return done


def _speaks(candidate: Candidate) -> bool:
    return candidate.construction.removeprefix("p.").rstrip("@") in (
        "that",
        "bare",
        "left",
        "to",
        "obj+to",
        "according",
    ) or (candidate.construction.startswith(("quote", "block", "prep:for", "obj")))


__all__ = ["continue_speakers"]

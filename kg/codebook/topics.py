"""Labels of candidate topics: the noun phrase that tells a group of texts from the others."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache

from kg.attribute.parsing import language
from kg.ingest.decode import encodable

_LONGEST = 4
_READ = 200
"""Texts of a topic that are read for its label; ten times as many of the other topics."""


def topic_label(texts: Sequence[str], others: Sequence[str], used: Collection[str] = ()) -> str:
    """A label for what some texts have in common.

    Args:
        texts: Texts of the topic.
        others: Texts of the other topics.
        used: Labels, in lower case, that other topics have.
    """
    # Of many, some from all of them, as the first ones may be of one topic alone.
    compared = others[:: 1 + len(others) // (10 * _READ)]
    mine, theirs = _counted(texts[:_READ]), _counted(compared)
    total = len(texts[:_READ]) + len(compared)

    def worth(phrase: str) -> tuple[float, str]:
        rare = math.log((1 + total) / (1 + theirs[phrase]))
        # Two or three words say more than one, where they are as frequent.
        return mine[phrase] * rare * (1 + 0.35 * (len(phrase.split()) - 1)), phrase

    ranked = sorted(mine, key=worth, reverse=True)
    label = next((phrase for phrase in ranked if phrase.casefold() not in used), "other")
    return label[:1].upper() + label[1:]


def _counted(texts: Sequence[str]) -> Counter[str]:
    """In how many texts each phrase is."""
    return Counter(phrase for text in texts for phrase in set(_phrases(text)))


@lru_cache(maxsize=65536)
def _phrases(text: str) -> tuple[str, ...]:
    found = []
    for chunk in language()(encodable(text)).noun_chunks:
        if chunk.root.pos_ != "NOUN":  # names of people and bodies are no topics
            continue
        words = [
            token for token in chunk if token.pos_ in ("NOUN", "PROPN", "ADJ") and token.i <= chunk.root.i
        ]
        for start in range(len(words)):
            part = words[start:]
            if 1 <= len(part) <= _LONGEST and all(
                re.fullmatch(r"[^\W\d_][\w'’-]+", one.text) for one in part
            ):
                found.append(" ".join(one.text if one.pos_ == "PROPN" else one.lower_ for one in part))
    return tuple(found)


__all__ = ["topic_label"]

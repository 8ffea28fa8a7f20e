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
"""Texts of a topic that are read for its label."""


def topic_label(texts: Sequence[str], everything: Sequence[str], used: Collection[str] = ()) -> str:
    """A label for what some texts have in common.

    Args:
        texts: Texts of the topic.
        everything: Texts of all topics.
        used: Labels, in lower case, that other topics have.
    """
    mine = Counter(phrase for text in texts[:_READ] for phrase in set(_phrases(text)))
    others = Counter(phrase for text in everything[: 10 * _READ] for phrase in set(_phrases(text)))
    total = len(everything[: 10 * _READ])

    def worth(phrase: str) -> tuple[float, str]:
        rare = math.log((1 + total) / (1 + others[phrase] - mine[phrase]))
        # Two or three words say more than one, where they are as frequent.
        return mine[phrase] * rare * (1 + 0.35 * (len(phrase.split()) - 1)), phrase

    ranked = sorted(mine, key=worth, reverse=True)
    label = next((phrase for phrase in ranked if phrase.casefold() not in used), "other")
    return label[:1].upper() + label[1:]


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

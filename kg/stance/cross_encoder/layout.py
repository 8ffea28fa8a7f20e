"""How a text and one or more positions lie side by side in what the network reads.

The text comes first, then each position with its end mark. A position sees the text and itself, the text
sees all: so the network reads a text once for a whole codebook, and each position as if it stood alone
behind the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Layout:
    """Word pieces of a text and positions.

    Attributes:
        pieces: Numbers of the word pieces [pieces].
        part: 0 in the text, 1 in the first position, 2 in the second ... [pieces].
        place: Where each piece stands; every position begins right behind the text [pieces].
    """

    pieces: Numbers
    part: Numbers
    place: Numbers


def layout(pairs: Sequence[Encoding]) -> Layout:
    """Lay a text and positions side by side.

    Args:
        pairs: The text encoded together with each position; at least one. Where the text was cut, for the
            sake of the longest position, it is cut for all.
    """
    parts = [_part(one) for one in pairs]
    texts = [np.array(one.ids)[part == 0] for one, part in zip(pairs, parts, strict=True)]
    text = min(texts, key=len)
    pieces, part, place = [text], [np.zeros(len(text), dtype=np.int64)], [np.arange(len(text))]
    for number, (one, of_pair) in enumerate(zip(pairs, parts, strict=True), start=1):
        own = np.array(one.ids)[of_pair == 1]
        pieces.append(own)
        part.append(np.full(len(own), number))
        place.append(len(text) + np.arange(len(own)))
    return Layout(*(np.concatenate(one).astype(np.int64) for one in (pieces, part, place)))


def _part(pair: Encoding) -> Numbers:
    # Some tokenizers number the parts by sequence alone; the last mark belongs to the position.
    if any(pair.type_ids):
        return np.array(pair.type_ids)
    second = [index for index, which in enumerate(pair.sequence_ids) if which == 1]
    return np.array([int(bool(second) and index >= second[0]) for index in range(len(pair.ids))])


__all__ = ["Layout", "layout"]

"""Learns to tell praise from blame in a text's vector, from the lexicon's judgements in a few plain frames.

    python training/stance/valence.py

Writes `kg/stance/encoder/valence.txt`: a weight for each dimension of the encoder's vectors, and a constant.
No text of any corpus is used.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg.stance.encoder import encode
from kg.stance.lexicon import lexicon
from kg.stance.valence import FILE

FRAMES = ("{}", "it is {}", "a {} idea", "this means {}", "they brought {} to the town")
RIDGE = 0.3

# Turns of phrase whose words alone do not tell.
PRAISE = (
    """
a lifeline|a shot in the arm|a breath of fresh air|common sense|music to our ears|a dream come true
money well spent|a step in the right direction|long overdue|about time too|a no-brainer
just what the doctor ordered|a fresh start|a new dawn|good news for everyone|it works
the numbers speak for themselves|a bargain|a feather in our cap|it keeps people alive|it pays for itself
a win for ordinary people|the right thing at the right time|fair and simple
it would put money in people's pockets
a gift to our grandchildren|we have waited decades for this
nobody will miss the old one|it brought the town back to life|a model for others
it would bring jobs|a safe pair of hands|the way forward|worth every penny
a weight off our minds
""".strip()
    .replace("\n", "|")
    .split("|")
)
BLAME = (
    """
a money grab|a land grab|a power grab|a tax grab|a slap in the face|highway robbery
daylight robbery|a bitter pill|a kick in the teeth|a can of worms|a white elephant|pure theatre
window dressing|smoke and mirrors|putting lipstick on a pig|a blank cheque|a step backwards
a slippery slope|the thin end of the wedge|a race to the bottom|the wrong end of the telescope
a mortgage on our grandchildren|a tax on the poor|a sell-out|a stab in the back|too little too late
a dead end|it would cost jobs
cloud cuckoo land|a solution in search of a problem|it will not work
money down the drain|nobody asked for this
shops would close|a bridge too far
nothing but a headline
dressing up greed as virtue|red tape|meddling|a fig leaf|a poisoned chalice
more trouble than it is worth
""".strip()
    .replace("\n", "|")
    .split("|")
)


def fit(vectors: np.ndarray, praised: np.ndarray) -> np.ndarray:
    """Logistic regression with both classes weighed alike, by Newton's method."""
    design = np.c_[vectors, np.ones(len(vectors))].astype(float)
    weights = np.where(praised > 0, 0.5 / praised.mean(), 0.5 / (1 - praised.mean()))
    ridge = RIDGE * np.eye(design.shape[1])
    result = np.zeros(design.shape[1])
    for _ in range(15):
        chance = 1 / (1 + np.exp(-design @ result))
        slope = design.T @ (weights * (chance - praised)) + RIDGE * np.r_[result[:-1], 0]
        curve = (design * (weights * chance * (1 - chance))[:, None]).T @ design + ridge
        result -= np.linalg.solve(curve, slope)
    return result


def main() -> None:
    """Fit and write."""
    rules = lexicon()
    words = [(word, 1.0) for word in sorted(rules.good)] + [(word, 0.0) for word in sorted(rules.bad)]
    texts = [frame.format(word) for word, _ in words for frame in FRAMES] + PRAISE + BLAME
    praised = np.array(
        [value for _, value in words for _ in FRAMES] + [1.0] * len(PRAISE) + [0.0] * len(BLAME)
    )
    np.savetxt(FILE, fit(encode(texts), praised), fmt="%.5f")


if __name__ == "__main__":
    main()

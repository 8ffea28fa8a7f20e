"""What the cross-encoder is asked of a statement: the label, and the nearest phrases of either side."""

import numpy as np

from kg.model.codebook import Position
from kg.stance.cross_encoder import cross_encoder
from kg.stance.cross_reading import CROSS_SIDE_FEATURES, UNASKED, cross_side
from kg.stance.passages import passages
from kg.stance.votes import NEAREST, nearest_phrases
from kg.stance.wordings import Wordings

TRAM = Position(
    "x:tram", "tram", "A tram line should be built to the harbour", ("transport",),
    for_phrases=("the tram is worth every cent", "rails to the harbour at last",
                 "start work on the line this year"),
    against_phrases=("the tram costs too much", "spare us the building sites",
                     "buses can do the same for less"),
)  # fmt: skip


def asked(text: str, position: Position) -> float:
    """What is read off the phrases of a position."""
    passage = passages([text])[0]
    phrases = nearest_phrases(Wordings([position]), passage, 0)
    features = cross_side(cross_encoder(), [text], np.array(UNASKED), position.label, phrases)
    return float(features[CROSS_SIDE_FEATURES.index("phrases_asked")])


def test_the_nearest_phrases_of_either_side():
    passage = passages(["A tram costs far too much money."])[0]
    supporters, opponents = nearest_phrases(Wordings([TRAM]), passage, 0)
    assert len(supporters) == len(opponents) == NEAREST
    assert opponents[0] == "the tram costs too much"
    assert set(supporters) <= set(TRAM.for_phrases)


def test_who_talks_like_opponents_is_against():
    assert asked("We cannot pay for this tram, it costs far too much.", TRAM) < -0.5
    assert asked("Every cent that goes into the tram is well spent.", TRAM) > 0.5


def test_one_side_alone_says_nothing():
    bare = Position("x:tram", "tram", TRAM.label, ("transport",), for_phrases=TRAM.for_phrases)
    assert asked("We cannot pay for this tram.", bare) == 0

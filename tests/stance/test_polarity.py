"""Reversals in a text are counted along the way to what it speaks of."""

import pytest

from kg.stance.terms import Weights
from kg.stance.wordings import read_texts

FOR = [
    ("There is no reason to fear the bypass will weaken trade", "the bypass"),
    ("It would be a mistake to abandon the bypass", "the bypass"),
    ("The bypass is not dangerous", "the bypass"),
    ("We should build the bypass without delay", "the bypass"),
    ("Without the bypass the town will choke", "the bypass"),
    ("There is no alternative to the bypass", "the bypass"),
    ("Critics of the bypass are wrong", "the bypass"),
    ("We oppose the bypass and support the tram", "the tram"),
    ("We want the tram rather than the bypass", "the tram"),
    ("The bypass would reduce congestion", "the bypass"),
    ("The ban on lorries must be lifted", "lorries"),
    ("We are not opposed to the bypass", "the bypass"),
    ("Ministers refuse to rule out a toll", "a toll"),
]
AGAINST = [
    ("The judge upheld the bypass ban", "the bypass"),
    ("They backed lower tolls", "tolls"),
    ("We will scrap the tram line", "the tram line"),
    ("The tram line should be shelved", "the tram line"),
    ("No council will recognise the parish", "recognise the parish"),
    ("They were dropping plans for depots in Poland", "depots in Poland"),
    ("Building the depots was another attempt to deceive us", "the depots"),
    ("The bypass would be a mistake", "the bypass"),
    ("The mayor's decision to shelve the bypass", "the bypass"),
    ("We oppose the bypass and support the tram", "the bypass"),
    ("We want the tram rather than the bypass", "the bypass"),
    ("The council must not build or widen the bypass", "the bypass"),
    ("Nobody needs the bypass", "the bypass"),
    ("The bypass would cost lives", "the bypass"),
    ("The bypass poses a threat to children", "the bypass"),
    ("calls for a halt to the bypass", "the bypass"),
    ("The bypass puts lives at risk", "the bypass"),
    ("If the bypass is built, we will leave the council", "the bypass"),
    ("There's no need for a bypass", "a bypass"),
    ("The bypass makes no sense", "the bypass"),
    ("The bypass is a waste of money", "the bypass"),
    ("The world would be safer without cluster bombs", "cluster bombs"),
    ("The club has no plans to sell the ground", "sell the ground"),
]


def sign(text: str, thing: str) -> float:
    claim, other = read_texts([text, thing])
    return claim.direction(other, Weights([])).sign


@pytest.mark.parametrize(("text", "thing"), FOR)
def test_points_to(text: str, thing: str):
    assert sign(text, thing) > 0.3


@pytest.mark.parametrize(("text", "thing"), AGAINST)
def test_points_against(text: str, thing: str):
    assert sign(text, thing) < -0.3


def test_a_reversal_that_both_have_turns_nothing():
    claim, label = read_texts(["Fireworks should be banned at last", "Fireworks should be banned"])
    assert claim.direction(label, Weights([])).sign > 0
    lifted = read_texts(["The ban on fireworks should be lifted"])[0]
    assert lifted.direction(label, Weights([])).sign < 0


def test_a_mention_takes_no_side():
    claim, label = read_texts(["The talks on the bypass took place on Tuesday", "The bypass should be built"])
    assert claim.direction(label, Weights([])).evidence < 0.4

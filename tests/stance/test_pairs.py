"""A text and a position by themselves: `kg stance`."""

import pytest

from kg.stance.pairs import judge, judge_many

BRIDGE = "The old bridge should be closed to lorries"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The old bridge must be closed to lorries at last.", "supports"),
        ("We welcome the decision to close the old bridge to lorries.", "supports"),
        ("Closing the old bridge to lorries would be a grave mistake.", "opposes"),
        ("We reject plans to close the old bridge to lorries.", "opposes"),
        ("The choir sang until midnight.", "unrelated"),
    ],
)
def test_verdict(text: str, verdict: str):
    assert judge(text, BRIDGE)[0] == verdict


def test_many_give_what_each_gives_in_the_order_of_the_pairs():
    pairs = [("The bridge is unsafe.", BRIDGE), ("Rain is wet.", BRIDGE), ("The bridge is unsafe.", BRIDGE)]
    found = judge_many(pairs)
    assert [verdict for verdict, _ in found] == [judge(*pair)[0] for pair in pairs]
    assert found[0] == found[2]


def test_odd_input_is_judged():
    found = judge_many([("", ""), ("\x00", "?"), ("word " * 3000, BRIDGE)])
    assert all(0 <= confidence <= 1 for _, confidence in found)


def test_a_text_that_may_be_for_or_against_is_not_unrelated():
    text = "We will oppose the tram unless the price comes down"
    assert judge(text, "A tram line should be built")[0] == "neutral"


def test_half_a_character_is_judged_as_one_that_cannot_be_read():
    found = judge_many([("Close the \ud83d bridge!", BRIDGE), ("Close the \ufffd bridge!", BRIDGE)])
    assert found[0] == found[1]

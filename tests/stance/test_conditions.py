"""A condition is found where something is promised or refused on it, not where an "if" argues."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.stance.conditions import condition
from kg.stance.passages import clauses, surroundings
from kg.stance.terms import stems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The club would stay as long as the rent is frozen.", "as long as the rent is frozen"),
        ("We will sign, provided that the others sign too.", "provided that the others sign too"),
        (
            "They can join as and when they meet the rules, he said",
            "as and when they meet the rules, he said",
        ),
        (
            "If the state pays, and the county agrees, we will build it.",
            "If the state pays, and the county agrees",
        ),
        ("He could accept cameras only if the fines went to schools", "only if the fines went to schools"),
        ("We will not reopen the road until the cracks are mended.", "until the cracks are mended"),
        ("Unless wages rise, nurses will walk out", "Unless wages rise"),
        (
            "We would give up the plan if the next U.S. administration, on second thoughts, gave up its own.",
            "if the next U.S. administration, on second thoughts, gave up its own",
        ),
        ("We will build the pier if it is paid for by the state.", "if it is paid for by the state"),
        (
            "As long as the county does not pay half of it, I reject the pier",
            "As long as the county does not pay half of it",
        ),
        ("Provided that the county pays half, we will build the pier", "Provided that the county pays half"),
        ("On condition that the county pays, I support the pier", "On condition that the county pays"),
        ("that unless the county pays half, the pier must not be built", "unless the county pays half"),
        ("“Unless the county pays,” she said, “the pier will rot.”", "Unless the county pays"),
        ("Only if the county pays half will I support the pier", "Only if the county pays half"),
        ("Only when they do the work do we pay for the pier.", "Only when they do the work"),
        ("Should the county pay half, we will build the pier.", "Should the county pay half"),
        ("We will build the pier, should the county pay half.", "should the county pay half"),
        ("In case the county pays half, we will build the pier.", "In case the county pays half"),
        (
            "She would accept it under the condition that the county pays",
            "under the condition that the county pays",
        ),
        ("She accepts it with the proviso that the county pays", "with the proviso that the county pays"),
        ("We could build it provided the county was to pay half", "provided the county was to pay half"),
        ("We will build it provided they pay half", "provided they pay half"),
        ("We back the fence provided there are gates", "provided there are gates"),
    ],
)
def test_found(text: str, words: str):
    assert condition(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "We will stay here until Sunday.",
        "I would close it tomorrow if it were up to me",
        "We will bring it back, and again if we must.",
        "If schools were shut, no amount of money would help",
        "He asked if the road was safe",
        "The street stays open as long as I live",
        "We will build it.",
        "The county provided money for the pier",
        "A pier was not provided for in law",
        "The pier is as long as a football pitch",
        "We learnt only on Monday that the county had paid",
        "It was only after the storm that the county paid",
        "An official said on condition of anonymity that the pier will rot",
        "Should the county pay for the pier, or should we?",
        "We need a plan in case of fire",
    ],
)
def test_not_a_condition(text: str):
    assert condition(text) is None


def test_a_clause_about_the_position_is_no_condition_on_it():
    label = stems("The bypass should be built")
    assert condition("If the bypass is built, we will leave the council", label) is None


def test_an_outright_cue_makes_a_condition_though_a_word_of_the_position_recurs():
    label = stems("Nurses should be paid more")
    text = "He would accept three per cent only if the state paid for it"
    assert condition(text, label) == "only if the state paid for it"
    assert condition("He would accept it if the state paid for it", label) is None
    assert condition("He will stay only if nurses are paid", label) is None


def test_a_main_clause_about_the_position_leaves_the_condition_at_its_head():
    label = stems("The county should build the pier")
    assert condition("Unless the ministry pays half, the county must not build the pier", label)
    assert condition("Only if the ministry pays half will I support the pier", label)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str):
    found = condition(text)
    assert found is None or found in " ".join(text.split())
    assert clauses(text)


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 50))
def test_surroundings_hold_the_span(text: str, start: int, length: int):
    start = min(start, len(text))
    end = min(start + length, len(text))
    assert "".join(text[start:end].split()) in "".join(surroundings(text, start, end, 2).split())

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
        ("Unless wages rise, nurses will walk out", "Unless wages rise, nurses will walk out"),
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
    ],
)
def test_not_a_condition(text: str):
    assert condition(text) is None


def test_a_clause_about_the_position_is_no_condition_on_it():
    label = stems("The bypass should be built")
    assert condition("If the bypass is built, we will leave the council", label) is None


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

"""Answers are read as far as they can be, whatever a model wraps them in; what cannot be read is said so."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.attribute.llm.answers import MOST, USUAL_CONFIDENCE, Answer, Said, UnreadableAnswer, read_answer
from tests.attribute.llm.stub import answer, entry

ONE = Said(1, "Ann Lee", "said", ("taxes will rise",), 0.9)
TEXT = answer(entry(1, "Ann Lee", "said", "taxes will rise"))


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"```json\n{TEXT}\n```",
        f"Here is what I found:\n\n{TEXT}\n\nI hope that this helps!",
        f"<think>A list {{like [this]}} is wanted.</think>{TEXT}",
        json.dumps([entry(1, "Ann Lee", "said", "taxes will rise")]),
        f"In paragraph [1] and {{so}} on: {TEXT}",
        TEXT[:-2] + ', {"paragraph": 2, "source": "Bo',
    ],
)
def test_an_answer_is_found_in_what_surrounds_it(text):
    assert read_answer(text) == Answer((ONE,))


def test_a_list_without_entries_is_an_answer():
    assert read_answer('{"attributions": []}') == Answer(())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I cannot help with that.",
        "{}",
        "null",
        "[1, 2]",
        '{"attributions": "none"}',
        '{"attributions": ["a", "b"]}',
        '{"attributions": [{"speaker": "Ann Lee"}]}',
        '{"attributions": [{"content": 7}]}',
        "[" * 100_000,
        '{"attributions": [' + '{"content": ' * 50_000,
        '{"attributions": [{"content": ["words"], "paragraph": ' + "9" * 6000,
        "<html><body>Gateway time-out</body></html>",
    ],
)
def test_what_is_no_answer_is_said_so(text):
    with pytest.raises(UnreadableAnswer):
        read_answer(text)


def test_entries_of_another_form_are_left_out_and_counted():
    good = entry(1, "Ann Lee", "said", "taxes will rise")
    bad = [
        {"content": []},
        {"content": ["..."]},
        {"content": [1]},
        good | {"source": 3},
        good | {"cue": [""]},
    ]
    assert read_answer(answer(good, *bad, good | {"content": ["a b"] * 99})) == Answer((ONE,), len(bad) + 1)


@pytest.mark.parametrize("value", [None, "high", -1, 2, True, [], 1e400])
def test_a_confidence_that_is_none_is_the_usual_one(value):
    (said,) = read_answer(answer(entry(1, None, None, "taxes will rise", confidence=value))).said
    assert said.confidence == USUAL_CONFIDENCE


def test_a_text_in_place_of_a_list_is_one_piece_and_blanks_are_nothing():
    text = answer(entry("one", " ", "", "x", content="taxes will rise"))
    assert read_answer(text).said == (Said(None, None, None, ("taxes will rise",), 0.9),)


def test_an_answer_without_end_is_cut():
    found = read_answer(answer(*[entry(1, None, None, "a b")] * (MOST + 50)))
    assert (len(found.said), found.malformed) == (MOST, 50)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=8) | st.text())
def test_nothing_is_a_traceback(value):
    for text in (str(value), json.dumps(value), json.dumps({"attributions": [value, {"content": value}]})):
        try:
            found = read_answer(text)
        except UnreadableAnswer:
            continue
        assert all(said.content and 0 <= said.confidence <= 1 for said in found.said)

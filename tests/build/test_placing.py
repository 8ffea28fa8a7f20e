"""Words are found again however their white space, quotation marks and dashes were rewritten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build.placing import Placer
from kg.model.errors import InputError
from kg.model.statement import LoadedSpan, LoadedStatement

PIECES = st.lists(
    st.sampled_from(
        ["we", "Quota", "don’t", "“no”", "—", "\n", "\u00a0", "  ", "İstanbul", "é", ",", "sol\u00addier"]
    ),
    min_size=1,
    max_size=30,
)
REWRITTEN = str.maketrans({"“": '"', "”": '"', "’": "'", "—": "-", "\n": " ", "\u00a0": " "})


def content(text, words, **offsets):
    line = LoadedStatement("a.txt", (LoadedSpan(words, **offsets),))
    return Placer(text).place(line, "s.jsonl:1")[0][0]


def seen(words):
    """What a reader sees of words, in plain characters."""
    return " ".join(words.replace("\u00ad", "").translate(REWRITTEN).split())


@given(PIECES, st.data())
def test_any_part_of_a_text_is_found(pieces, data):
    text = " ".join(pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    if not seen(words):
        return
    for wanted in (words, words.translate(REWRITTEN), " ".join(words.split()), seen(words)):
        span = content(text, wanted)
        assert text[span.start : span.end] == span.text
        assert seen(span.text) == seen(wanted)
    assert content(text, words, start=start, end=end).start == start


@given(st.text(max_size=60), st.text(max_size=20), st.integers(0, 70), st.integers(0, 70))
def test_odd_input_is_placed_or_told(text, words, start, end):
    for offsets in ({}, {"start": start, "end": end}, {"start": start}):
        try:
            span = content(text, words, **offsets)
        except InputError as error:
            assert error.where == "s.jsonl:1"
        else:
            assert text[span.start : span.end] == span.text != ""


def test_whole_words_nearest_to_the_content_are_the_source():
    text = "He left. The union agreed, he said, and she and he knew."
    line = LoadedStatement(
        "a", (LoadedSpan("The union agreed"),), source=LoadedSpan("he"), cue=LoadedSpan("said")
    )
    _, source, cue = Placer(text).place(line, "x")
    assert (source.start, cue.start) == (text.index("he said"), text.index("said"))


def test_the_hint_names_words_that_are_near():
    with pytest.raises(InputError, match=r"did you mean 'The union agreed, he"):
        content("Then: The union agreed, he said.", "The union agreeed, he")

"""Words are compared without case and marks, and marks stand where the words stand."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from kg.search.folding import folded, tokens
from kg.search.snippets import CLOSE, OPEN, snippet, spans


@given(st.text(max_size=200))
def test_every_token_is_one_word_of_the_folded_text_and_lies_in_the_text(text):
    found = tokens(text)
    assert folded(text).split(" ") == ([token.key for token in found] or [""])
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        assert not set(token.key) & {'"', "*", "(", ")", ":", OPEN, CLOSE, " "}
    assert [token.start for token in found] == sorted(token.start for token in found)


@given(st.text(st.sampled_from("abzÀéñŁøßĦőİıçŠ ЙйЁ.-'’1"), max_size=40))
@example("a.À.")
def test_marks_and_case_do_not_matter(text):
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))
    assert folded(folded(text)) == folded(text)


@given(st.lists(st.text("abß…é’ \t", min_size=1, max_size=12), min_size=1, max_size=60), st.data())
def test_a_snippet_shows_marked_words_of_the_text(words, data):
    text = " ".join(words)
    keys = folded(text).split(" ")
    number = data.draw(st.integers(0, len(keys) - 1))
    marked = [f"{OPEN}{key}{CLOSE}" if place == number else key for place, key in enumerate(keys)]
    marks = spans(text, " ".join(marked))
    shown = snippet(text, marks, width=60)
    assert len(shown.text) <= 64
    if tokens(text):
        ((start, end),) = shown.marks
        assert folded(shown.text[start:end]) == keys[number]
        assert shown.marked("", "") == shown.text


def test_a_long_text_is_cut_around_its_marks():
    text = "nothing here " * 40 + "the equal partner of all " + "nothing there " * 40
    start = text.index("equal")
    shown = snippet(text, [(start, start + 5), (start + 6, start + 13)])
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")
    assert "the »equal« »partner« of all" in shown.marked()
    assert len(shown.text) <= 162

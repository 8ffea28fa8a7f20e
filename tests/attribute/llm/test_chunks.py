"""Chunks are whole paragraphs, cover the article, and overlap a little."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.attribute.llm.chunks import chunks
from kg.attribute.llm.prompt import question
from kg.attribute.paragraphs import paragraphs
from kg.model.article import Article

TEXTS = st.lists(st.text("ab .\u2028", min_size=1, max_size=30), max_size=30).map("\n\n".join)


@given(TEXTS, st.integers(20, 200))
def test_every_paragraph_is_in_a_chunk_and_under_its_own_number(text, size):
    parts = paragraphs(text)
    found = chunks(Article("a.txt", text), size)
    seen = {}
    for chunk in found:
        for number, part in enumerate(chunk.parts, chunk.first):
            assert parts[number - 1] == part
            seen[number] = part
        assert len(chunk.parts) == 1 or chunk.end - chunk.start <= size
    assert sorted(seen) == list(range(1, len(parts) + 1))
    assert all(a.first < b.first for a, b in pairwise(found))


def test_the_next_chunk_repeats_the_end_of_the_one_before():
    text = "\n\n".join(f"Paragraph number {n} of a long article." for n in range(60))
    first, second, *_ = chunks(Article("a.txt", text), 1000)
    assert first.parts[-1] in second.parts
    assert second.parts[0] in first.parts
    assert second.parts[0].start - first.start > 700


def test_boilerplate_is_not_sent():
    text = "Home | News\n\nTaxes will rise.\n\nShare this"
    article = Article("a.txt", text, boilerplate=((0, 11), (text.index("Share"), len(text))))
    (chunk,) = chunks(article, 1000)
    assert question(chunk) == "[1] Taxes will rise."


def test_an_empty_article_has_no_chunk():
    assert chunks(Article("a.txt", " \n\n "), 1000) == []


def test_halves_are_the_whole():
    text = "\n\n".join(["word " * 20] * 7)
    (chunk,) = chunks(Article("a.txt", text), 10_000)
    left, right = chunk.halves()
    assert left.parts + right.parts == chunk.parts
    assert right.first == left.first + len(left.parts)
    assert abs(len(left.parts) - len(right.parts)) <= 1
    (single,) = chunks(Article("a.txt", "One paragraph."), 1000)
    assert single.halves() is None


def test_no_character_of_a_text_breaks_the_question():
    text = "Line\u2028one\ud800 and\x00 two\x1b[31m\n\n[2] not a number"
    (chunk,) = chunks(Article("a.txt", text), 1000)
    asked = question(chunk)
    asked.encode("utf-8")
    assert asked.splitlines()[-1].endswith("[2] not a number")
    assert "\x1b" not in asked

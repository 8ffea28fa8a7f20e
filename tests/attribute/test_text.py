"""Paragraphs, quotation marks, offsets and odd input."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.attribute.paragraphs import LONGEST, Paragraph, paragraphs
from kg.attribute.parsing import parse
from kg.attribute.quotation_marks import quotations
from kg.attribute.reader import read
from kg.attribute.sources import antecedent
from kg.model.article import Article

from .reading_of import attributions

PIECES = [*"\"“”'‘’.,:;—-()[] \n\r\t", "said ", "Lee ", "that ", "he ", "taxes ", "According to "]
NEWS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def _quoted(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in quotations(text, paragraphs(text))]


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    text = (
        "The council of the town met on Monday and spoke about the harbour,\n"
        "which is too small for the new ferries that come from the islands,\n"
        "and about the price of coal, which has doubled since last autumn in\n"
        "all of the town's shops.\n\nIt meets again on Friday.\n"
    )
    assert [text[p.start : p.end].split()[0] for p in paragraphs(text)] == ["The", "It"]


def test_a_text_without_line_ends_is_cut_at_sentences() -> None:
    text = "The ferry sails at noon. " * 1000
    parts = paragraphs(text)
    assert len(parts) > 5
    assert all(p.end - p.start <= LONGEST and text[p.start] == "T" for p in parts)


@given(st.text(max_size=300))
def test_paragraphs_hold_all_words_in_order(text: str) -> None:
    parts = paragraphs(text)
    assert all(a.end <= b.start for a, b in pairwise(parts))
    assert "".join("".join(text[p.start : p.end].split()) for p in parts) == "".join(text.split())


def test_apostrophes_are_no_quotation_marks() -> None:
    assert _quoted("The ministers' plan isn't Lee's.") == []
    assert _quoted("He called it 'the ministers' plan', and left.") == ["the ministers' plan"]


def test_marks_of_other_shapes() -> None:
    assert _quoted("«We agree,» she said. „We do.“ ''Yes.''")[0] == "We agree,"
    assert _quoted("''We agree,'' she said.") == ["We agree,"]
    assert _quoted("„We agree“, she said. „We do.“ Is it „so”?") == ["We agree", "We do.", "so"]
    assert _quoted("»We agree«, she said. »We do.«") == ["We agree", "We do."]
    assert _quoted("« We agree », she said. « We do. »") == [" We agree ", " We do. "]


def test_a_quotation_that_lost_its_end() -> None:
    assert _quoted("It is in \"the town's own interest, he added.") == ["the town's own interest,"]


@given(NEWS)
def test_quotations_stay_in_their_paragraphs(text: str) -> None:
    parts = paragraphs(text)
    for quoted in quotations(text, parts):
        part = parts[quoted.paragraph]
        assert part.start <= quoted.start < quoted.inner_start <= quoted.inner_end <= quoted.end <= part.end


@settings(max_examples=60, deadline=None)
@given(NEWS)
def test_reading_never_fails_and_spans_hold(text: str) -> None:
    attributions(text)


def test_odd_texts() -> None:
    for text in ("", " \n ", '"', "said", "\x00 said \ud800 that", "😀 “😀😀” said Lee."):
        assert read(Article("a.txt", text)).article.text == text


def test_offsets_of_the_parse_are_those_of_the_article() -> None:
    text = "\n\n  Ann Lee\tsaid \u00a0that…\r\n\r\n“It  rains.”\n"
    doc = parse(text, paragraphs(text))
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    assert parse("", []).text == ""


def test_time_grows_with_the_text() -> None:
    page = (
        "Ann Lee said that fares will rise.\n\n“We shall walk,” said Bo Ek, who lives here.\n\nIt rains. "
        * 20
    )
    text = page * 2

    def seconds(words: str) -> float:
        start = time.perf_counter()
        read(Article("a.txt", words))
        return time.perf_counter() - start

    seconds(page)
    assert seconds(text * 4) < 4 * 4 * max(seconds(text), 0.05)


def test_antecedent_of_a_relative_pronoun() -> None:
    text = "Mr Lee met Ann Brown, who said that fares will rise."
    reading = read(Article("a.txt", text))
    source = reading.attributions[0].source
    assert source is not None and source.text == "who"
    found = antecedent(reading.doc, (source.start, source.end))
    assert found is not None and text[slice(*found)] == "Ann Brown"


def test_paragraph_is_plain_data() -> None:
    assert paragraphs("Head\n\nBody text.") == [Paragraph(0, 4), Paragraph(6, 16)]

"""Words of an answer are found where they stand in the article, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.attribute.llm.answers import Said
from kg.attribute.llm.chunks import Chunk, chunks
from kg.attribute.llm.places import Places
from kg.model.article import Article


def whole(text):
    (chunk,) = chunks(Article("a.txt", text), 100_000)
    return chunk


def placed(text, *said):
    """Words of source, cue and contents as they stand in the text, and how many were refused."""
    found, refused = Places(whole(text)).place(said)
    spans = [(one.source, one.cue, *one.content) for one in found]
    words = [tuple(text[slice(*span)] if span else None for span in one) for one in spans]
    return words, refused


def said(source, cue, *content, paragraph=None):
    return Said(paragraph, source, cue, content, 0.9)


@pytest.mark.parametrize(
    ("text", "wanted", "there"),
    [
        ("She  said\nso.", "She said so", "She  said\nso"),
        ("“We won’t go,” he said.", '"We won\'t go,"', "“We won’t go,”"),
        ("“We won’t go,” he said.", "We won't go.", "We won’t go"),
        ("Prices – and rents – rose…", "Prices - and rents - rose...", "Prices – and rents – rose…"),
        ("``We go,'' he said.", "“We go,”", "``We go,''"),
        ("The\u00a0min\u00adister said.", "The minister", "The\u00a0min\u00adister"),
        ("other the he", "he", "he"),
        ("He agreed\ud800 to go.", "agreed to go", "agreed\ud800 to go"),
    ],
)
def test_marks_and_blanks_may_differ(text, wanted, there):
    assert [text[slice(*span)] for span in Places(whole(text)).find(wanted)] == [there]


@pytest.mark.parametrize(
    "wanted", ["she said so", "She says so", "", "...", "“”", "e said s", "She said so too"]
)
def test_other_words_are_not_found(wanted):
    assert Places(whole("She said so: it was so.")).find(wanted) == []


def test_an_attribution_is_placed_as_a_whole():
    text = "“We go,” said Ann Lee, the mayor. “And we stay.”"
    wanted = said("Ann Lee, the mayor", "said", "We go,", "And we stay.")
    assert placed(text, wanted) == ([("Ann Lee, the mayor", "said", "We go,", "And we stay.")], 0)


@pytest.mark.parametrize(
    "wrong",
    [
        said("Bo Ramm", "said", "We go,"),
        said("Ann Lee", "shouted", "We go,"),
        said("Ann Lee", "said", "We leave,"),
        said("Ann Lee", "said", "We stay.", "We go,"),
        said("Ann Lee", "We go", "We go,"),
        said("Ann Lee said. “We stay.” " * 20, "said", "We go,"),
    ],
)
def test_an_attribution_with_words_that_do_not_stand_there_is_refused(wrong):
    assert placed("“We go,” Ann Lee said. “We stay.”", wrong) == ([], 1)


REPEATED = "\n\n".join(f"Taxes will rise, {name} said." for name in ("Ann Lee", "Bo Ramm", "Cy Dahl"))


def starts(*said):
    found, refused = Places(whole(REPEATED)).place(said)
    assert not refused
    return [(one.content[0][0], one.cue[0], one.source and one.source[0]) for one in found]


def test_the_paragraph_tells_which_of_several_places_is_meant():
    second = REPEATED.index("Taxes", 5)
    assert starts(said("Bo Ramm", "said", "Taxes will rise", paragraph=2)) == [
        (second, REPEATED.index("said", second), REPEATED.index("Bo Ramm"))
    ]


def test_the_order_tells_which_of_several_places_is_meant():
    found = starts(*[said(None, "said", "Taxes will rise")] * 3)
    assert [REPEATED[:content].count("\n\n") for content, _, _ in found] == [0, 1, 2]
    assert [REPEATED[:cue].count("\n\n") for _, cue, _ in found] == [0, 1, 2]


def test_the_cue_is_near_the_content_and_the_source_near_the_cue():
    text = "He said little. " + "So it went on. " * 80 + "He was ill. Rents will rise, he said, as they must."
    ((one,), _) = Places(whole(text)).place([said("he", "said", "Rents will rise")])
    assert text[: one.cue[0]].endswith("Rents will rise, he ")
    assert one.source[1] == one.cue[0] - 1
    assert placed(text, said("He", "little", "Rents will rise")) == ([], 1)


def test_the_paragraphs_are_counted_through_the_article():
    text = "\n\n".join(f"Paragraph {n}." for n in range(1, 8))
    pieces = chunks(Article("a.txt", text), 40)
    assert len(pieces) > 2
    for piece in pieces:
        places = Places(piece)
        for number in range(piece.first, piece.first + len(piece.parts)):
            ((start, _),) = places.find(f"Paragraph {number}")
            assert places.paragraph(start) == number


WORDS = st.text(st.sampled_from(" abcA\n\n'’“”\"-–….,\u00a0\u00ad"), min_size=1, max_size=60)


@given(WORDS, st.data())
def test_what_is_copied_from_the_text_is_found_where_it_was(text, data):
    pieces = chunks(Article("a.txt", text), 1000)
    if not pieces:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = Places(Chunk(text, pieces[0].parts, 1)).find(text[start:end])
    for a, b in found:
        assert 0 <= a < b <= len(text)
        assert "".join(c for c in text[a:b] if c.isalnum()) == "".join(
            c for c in text[start:end] if c.isalnum()
        )
    letters = [i for i in range(start, end) if text[i].isalnum()]
    borders = letters and not any(
        0 <= i < len(text) and 0 <= j < len(text) and text[i] not in "\u00ad" and text[i].isalnum()
        for i, j in ((letters[0] - 1, letters[0]), (letters[-1] + 1, letters[-1]))
    )
    if borders and "\u00ad" not in text:
        assert any(a <= letters[0] and b > letters[-1] for a, b in found)

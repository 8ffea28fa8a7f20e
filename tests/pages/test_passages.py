"""Highlights are cut so that each passage has its very characters, however passages lie over each other."""

from hypothesis import given
from hypothesis import strategies as st

from kg.analyse.records import Passage, Statement, When
from kg.pages.passages import blocks_of, numbered

TEXT = "Lee said that Ramm had told her: “We shall build 𝔱he quay.”\n\nNo, said 😀 Orr.\r\nHe would not."


def statement(number: int) -> Statement:
    return Statement(
        *(
            f"s{number}",
            "",
            "",
            (),
            None,
            None,
            "direct",
            "asserts",
            "",
            "a",
            None,
            When(),
            False,
            None,
            None,
        ),
        *((), (), ()),
    )


def passage(start: int, end: int, part: str, around: int = 5) -> Passage:
    before, after = TEXT[max(0, start - around) : start], TEXT[end : end + around]
    return Passage("e", part, start, end, TEXT[start:end], before, after)


def characters_of(blocks) -> dict[str, dict[int, str]]:
    marked: dict[str, dict[int, str]] = {}
    for block in blocks:
        place = block.start
        for one in block.stretches:
            assert one.start == place
            for token in one.tokens.split():
                marked.setdefault(token, {}).update({place + at: char for at, char in enumerate(one.text)})
            place += len(one.text)
    return marked


SPANS = st.lists(
    st.tuples(
        st.integers(0, len(TEXT) - 1), st.integers(1, 40), st.sampled_from(["content", "source", "cue"])
    ),
    min_size=1,
    max_size=4,
)


@given(st.lists(SPANS, min_size=1, max_size=4), st.booleans())
def test_each_passage_has_its_characters(drawn, whole):
    passages = {
        f"s{number}": [passage(a, min(len(TEXT), a + length), part) for a, length, part in spans]
        for number, spans in enumerate(drawn)
    }
    entries = numbered([statement(number) for number in range(len(drawn))], passages)
    blocks = blocks_of(TEXT if whole else None, entries, passages)
    if whole:
        assert "".join(one.text for block in blocks for one in block.stretches) == TEXT
    marked = characters_of(blocks)
    for number, one in entries:
        for part in ("content", "source", "cue"):
            mine = [p for p in passages[one.iri] if p.part == part]
            wanted = {place: TEXT[place] for p in mine for place in range(p.start, p.end)}
            assert marked.get(f"{number}-{part}", {}) == wanted


@given(st.lists(SPANS, min_size=1, max_size=4))
def test_each_statement_with_content_is_linked_once(drawn):
    passages = {
        f"s{number}": [passage(a, min(len(TEXT), a + length), part) for a, length, part in spans]
        for number, spans in enumerate(drawn)
    }
    entries = numbered([statement(number) for number in range(len(drawn))], passages)
    blocks = blocks_of(TEXT, entries, passages)
    linked = [number for block in blocks for one in block.stretches for number in one.ends]
    with_content = [n for n, one in entries if any(p.part == "content" for p in passages[one.iri])]
    assert sorted(linked) == with_content


def test_numbers_follow_the_text():
    passages = {"s0": [passage(60, 70, "content")], "s1": [passage(0, 40, "content")], "s2": []}
    entries = numbered([statement(number) for number in range(3)], passages)
    assert [(number, one.iri) for number, one in entries] == [(1, "s1"), (2, "s0"), (3, "s2")]

from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.duplicates import (
    bands,
    body,
    near_identical,
    shingles,
    similarity,
)
from kg.model.article import Article

TEXTS = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "copy").iterdir())
}
COPY = {"agency", "outlet", "cut"}


def test_edited_copy_is_known_and_own_reports_are_not() -> None:
    for a, b in combinations(TEXTS, 2):
        assert near_identical(shingles(TEXTS[a]), shingles(TEXTS[b])) == ({a, b} <= COPY), (a, b)


def test_near_identical_texts_share_a_key_of_the_index() -> None:
    keys = {name: set(bands(shingles(text))) for name, text in TEXTS.items()}
    for a, b in combinations(sorted(COPY), 2):
        assert keys[a] & keys[b], (a, b)
    assert bands(frozenset()) == []


def test_the_first_paragraphs_alone_are_copy_too() -> None:
    start = "\n\n".join(TEXTS["agency"].split("\n\n")[1:4])
    assert similarity(start, TEXTS["agency"]) < 0.5
    assert near_identical(shingles(start), shingles(TEXTS["agency"]))


def test_typography_makes_no_difference() -> None:
    typographic = TEXTS["agency"].replace('"', "”").replace(" ", "\xa0").upper()
    assert similarity(typographic, TEXTS["agency"]) == 1.0


def test_boilerplate_does_not_count() -> None:
    article = Article("a", "Menu\n\nThe dam\n\nFooter", boilerplate=((0, 4), (15, 21)))
    assert body(article).split() == ["The", "dam"]


@given(st.text(), st.text())
def test_similarity_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert similarity(a, b) == similarity(b, a)
    assert 0.0 <= similarity(a, b) <= 1.0
    assert similarity(a, a) == (1.0 if shingles(a) else 0.0)
    if shingles(a) == shingles(b):
        assert bands(shingles(a)) == bands(shingles(b))

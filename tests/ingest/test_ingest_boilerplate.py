"""Pages of several kinds, in which a tilde marks the lines that are no part of the article."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.boilerplate import boilerplate_ranges

PAGES = sorted(path for path in (Path(__file__).parent / "pages").iterdir() if path.suffix in {".txt", ".md"})
SHARED = Path(__file__).parents[3] / "shared" / "articles"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_marks_the_page_and_leaves_the_article(path: Path, line_end: str) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    text = line_end.join(line.removeprefix("~ ") for line in lines)
    ranges = boilerplate_ranges(text)
    position = 0
    marked = []
    for line in lines:
        bare = line.removeprefix("~ ")
        inside = any(start <= position and position + len(bare.rstrip()) <= end for start, end in ranges)
        touched = any(start < position + len(bare) and end > position for start, end in ranges)
        assert inside or not touched, f"half marked: {bare}"
        marked.append(f"~ {bare}" if inside and bare.strip() else bare)
        position += len(bare) + len(line_end)
    assert marked == lines


def test_a_link_at_the_end_of_a_paragraph_is_marked_alone() -> None:
    text = "The dam is late, the minister said on Monday in the capital. Read more »\n\nIt was begun in 2009."
    [(start, end)] = boilerplate_ranges(text)
    assert text[start:end].strip() == "Read more »"


@given(st.text(max_size=400))
def test_ranges_are_sorted_and_lie_within_the_text(text: str) -> None:
    position = 0
    for start, end in boilerplate_ranges(text):
        assert position <= start < end <= len(text)
        position = end


def test_time_grows_with_the_text_alone() -> None:
    text = (
        "Home\n\nNews\n2 hours ago\n" * 20_000
        + "The dam is late, the minister said on Monday in the capital.\n"
    )
    assert boilerplate_ranges(text)


@pytest.mark.parametrize(
    "line",
    [
        ("x" + "-" * 90) * 20 + " y",
        "share  " * 24 + "!y",
        ("read more " + "." * 200) * 10,
        "cookies " * 24 + "we use",
        " | ".join(["home"] * 24) + " q",
        "© " * 1000,
        "by " * 24 + "2 " * 300,
    ],
)
def test_no_line_takes_long(line: str) -> None:
    begun = time.monotonic()
    boilerplate_ranges(
        "\n\n".join([line, "The dam is late, the minister said on Monday in the capital.", line])
    )
    assert time.monotonic() - begun < 2


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
def test_real_pages_lose_none_of_their_running_text() -> None:
    for path in sorted(SHARED.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        ranges = boilerplate_ranges(text)
        marked = sum(end - start for start, end in ranges)
        assert 0 < marked < len(text) / 4
        for start, end in ranges:
            assert "said" not in text[start:end].split()

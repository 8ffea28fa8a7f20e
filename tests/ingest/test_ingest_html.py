import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.html import looks_like_html, read_html
from kg.ingest.metadata import Metadata
from kg.model.errors import InputError

PAGES = Path(__file__).parent / "pages"


def page(head: str, body: str) -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def test_main_text_and_metadata_of_a_news_page() -> None:
    read = read_html((PAGES / "quarry.html").read_bytes(), "quarry.html")
    assert read.text + "\n" == (PAGES / "quarry.golden").read_text(encoding="utf-8")
    assert read.metadata == Metadata(
        published="2014-05-20",
        publisher="Marlow Observer",
        url="https://observer.example/news/2014/05/quarry",
        title="Quarry must close, court rules",
        author="Kit Arden, Bea Moor",
        language="en-GB",
    )


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ('<meta property="article:published_time" content="2011-05-03T23:30:00-05:00">', "", "2011-05-03"),
        ('<meta name="date" content="soon"><meta name="pubdate" content="20110503">', "", "2011-05-03"),
        ("", '<time datetime="2011-05-03">yesterday</time>', "2011-05-03"),
        ("", '<time datetime="2011-05-03">x</time><time datetime="2009-01-01">y</time>', None),
        ("", "<p class=x>Published: 3 May 2011</p>", "2011-05-03"),
        ("", "<p>© 2011 Post</p>", None),
        (
            '<script type="application/ld+json">{"@type": "Article", "datePublished": "2011-05"}</script>',
            "",
            "2011-05",
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle", </script>', "", None),
        ("<script type='application/ld+json'>" + "[" * 50_000 + "</script>", "", None),
    ],
)
def test_dates_that_a_page_gives(head: str, body: str, published: str | None) -> None:
    text = "<p>The dam will not be finished before June, the minister said on Monday.</p>"
    assert read_html(page(head, body + text), "a.html").metadata.published == published


def test_broken_html_is_borne() -> None:
    read = read_html(
        b"<p>One <b>bold<p>Two </i></div><blockquote>Three<p>Four &amp &nosuch;<table><td", "a.html"
    )
    assert read.text.split("\n\n")[:3] == ["One bold", "Two", "Three"]


def test_the_declared_encoding_counts() -> None:
    data = '<html><head><meta charset="windows-1251"></head><body><p>Плотина не готова.</p></body></html>'
    assert "Плотина не готова." in read_html(data.encode("cp1251"), "a.html").text


def test_quotation_marks_stay_and_blanks_are_put_in_order() -> None:
    assert read_html(page("", "<p>“5 km”, he\n  said.</p>"), "a.html").text == "“5 km”, he said."


def test_a_headline_outside_the_text_is_put_on_top() -> None:
    body = "<header><h1>Dam is late</h1></header><article><p>The dam will not be ready in June.</p></article>"
    assert read_html(page("<title>Dam is late | Post</title>", body), "a.html").text.startswith(
        "Dam is late\n\n"
    )


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<html><body><script>x()</script></body></html>", "no text was found"),
        (b"", "empty"),
        (b"<html>\x00\x00\x01\x02", "binary"),
    ],
)
def test_pages_without_text_are_refused(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read_html(data, "a.html")


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + "The dam is late.",
        "<b><i>" * 30_000 + "The dam is late.",
        "<p " + "a=b " * 100_000 + ">The dam is late.",
        "<p>The dam is late.</p>" * 50_000,
        "<!--" + "-" * 500_000 + "><p>The dam is late.",
    ],
)
def test_hostile_pages_take_bounded_time(body: str) -> None:
    begun = time.monotonic()
    with suppress(InputError):
        read_html(page("", body), "a.html")
    assert time.monotonic() - begun < 20


def test_entities_of_files_are_not_read(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden", encoding="utf-8")
    declaration = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    data = declaration + "<html><body><p>The dam &x; is late.</p></body></html>"
    assert "hidden" not in read_html(data.encode(), "a.html").text


@given(st.text(alphabet="<>/pdiv \"'=&;!-ab\n", max_size=80))
def test_any_markup_is_read_or_refused(markup: str) -> None:
    looks_like_html(markup)
    try:
        assert read_html(markup.encode(), "a.html").text
    except InputError as error:
        assert str(error).startswith("a.html: ")

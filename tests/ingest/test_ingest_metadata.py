import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.articles import read_articles
from kg.ingest.metadata import Metadata, from_mapping, front_matter
from kg.model.article import Article
from kg.model.errors import InputError, UsageError

TEXT = "Dam delayed\n\nThe dam will not be finished before June, the minister said on Monday.\n"


def one(path: Path, **options: str) -> Article:
    [article] = read_articles([path], overrides=Metadata(**options))
    return article


def test_the_nearer_to_the_hand_the_more_it_counts(tmp_path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: T1\nauthor: A1\nlanguage: en-GB\ndate: 2001\n---\n" + TEXT, encoding="utf-8")
    article = one(path)
    assert (article.title, article.author, article.published, article.dated_by) == (
        "T1",
        "A1",
        "2001",
        "metadata",
    )
    (tmp_path / "articles.csv").write_text(
        "file,published,title\na.md,2002,T2\nb.md,2009,X\n", encoding="utf-8"
    )
    assert (one(path).title, one(path).author, one(path).published) == ("T2", "A1", "2002")
    (tmp_path / "a.meta.toml").write_text("published = 2003-04-05\n", encoding="utf-8")
    assert (one(path).published, one(path).title) == ("2003-04-05", "T2")
    (tmp_path / "a.md.meta.toml").write_text('published = "2004"\n', encoding="utf-8")
    assert one(path).published == "2004"
    assert one(path, published="2005-06", publisher="Post").published == "2005-06"
    assert one(path).language == "en-GB"


def test_dates_of_the_text_come_last(tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Published: 3 May 2011\n\n" + TEXT, encoding="utf-8")
    assert (one(path).published, one(path).dated_by) == ("2011-05-03", "page")
    assert (one(path, published="2010").published, one(path, published="2010").dated_by) == (
        "2010",
        "metadata",
    )


def test_a_mended_table_is_read_again(tmp_path) -> None:
    path, table = tmp_path / "a.txt", tmp_path / "articles.csv"
    path.write_text(TEXT, encoding="utf-8")
    for number, year in enumerate(("2001", "2002"), 1):
        table.write_text(f"file,published\na.txt,{year}\n", encoding="utf-8")
        os.utime(table, (number, number))
        assert one(path).published == year


def test_a_table_above_names_files_by_their_path(tmp_path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "articles.csv").write_text("file,published\nx/a.txt,2001\n", encoding="utf-8")
    assert [article.published for article in read_articles([tmp_path])] == ["2001"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_front_matter_is_marked_and_kept(tmp_path, line_end: str) -> None:
    path = tmp_path / "a.txt"
    text = ("---\ntitle: 'It is: late'\nauthors:\n  - Ann\n  - Bob\ntags: [a, b]\n---\n" + TEXT).replace(
        "\n", line_end
    )
    path.write_bytes(text.encode())
    article = one(path)
    assert article.text == text
    assert (article.title, article.author) == ("It is: late", "Ann, Bob")
    start, end = article.boilerplate[0]
    assert start == 0
    assert text[end:].startswith("Dam delayed")


@pytest.mark.parametrize(
    "text", ["---\nThe dam\n---\nx", "--- \n---", "---\ntitle: x", "----\na: b\n----\n", ""]
)
def test_rules_are_no_front_matter(text: str) -> None:
    assert front_matter(text, "a.md") == (Metadata(), 0)


def test_toml_front_matter(tmp_path) -> None:
    assert (
        front_matter('+++\ntitle = "T"\ndate = 2011-05-03T10:00:00Z\n+++\nx', "a")[0].published
        == "2011-05-03"
    )
    with pytest.raises(InputError, match="a, front matter: not valid TOML"):
        front_matter("+++\ntitle = \n+++\nx", "a")


@given(
    st.dictionaries(
        st.sampled_from(["title", "author", "publisher"]),
        st.from_regex(r"[A-Z][a-z ]{0,9}[a-z]", fullmatch=True),
        min_size=1,
    )
)
def test_front_matter_comes_back(values: dict[str, str]) -> None:
    block = "".join(f"{key}: {value}\n" for key, value in values.items())
    found, end = front_matter(f"---\n{block}---\nbody", "a")
    assert found == from_mapping(values)
    assert f"---\n{block}---\nbody"[end:] == "body"


@given(st.text(alphabet="-+ab: #[]'\"\n\r=", max_size=60))
def test_any_head_is_read_or_refused(text: str) -> None:
    try:
        _, end = front_matter(text, "a")
    except InputError:
        return
    assert 0 <= end <= len(text)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt.meta.toml", "published = ", "a.txt.meta.toml: not valid TOML"),
        ("a.txt.meta.toml", 'publishd = "2001"', "'publishd' is unknown .did you mean published"),
        ("a.txt.meta.toml", 'published = "soon"', "published: 'soon' is not a date"),
        ("articles.csv", "file,published\na.txt,2001-13-40\n", "articles.csv, line 2: published"),
        ("articles.csv", "name,published\na.txt,2001\n", "lacks the column file"),
    ],
)
def test_says_what_is_wrong_and_where(tmp_path, name: str, content: str, what: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=what):
        one(tmp_path / "a.txt")


def test_a_wrong_date_as_option(tmp_path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(UsageError, match="option --published: published: 'x' is not a date"):
        one(tmp_path / "a.txt", published="x")

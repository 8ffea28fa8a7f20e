import io
import json
import sys
from pathlib import Path

import pytest

from kg.ingest.articles import read_articles
from kg.model.errors import InputError

TEXT = "Dam delayed\n\nThe dam will not be finished before June, the minister said on Monday.\n"
SHARED = Path(__file__).parents[3] / "shared" / "articles"


def read_all(*paths: Path) -> tuple[list[str], list[str]]:
    errors: list[str] = []
    names = [
        article.name for article in read_articles(paths, on_error=lambda error: errors.append(str(error)))
    ]
    return names, errors


def test_plain_text_is_stored_as_it_stands(tmp_path) -> None:
    text = "Dam delayed\r\n\r\n“It\xa0is late”, he said.\rAnd\u2028so on\t …\r\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    [article] = read_articles([tmp_path / "a.txt"])
    assert article.text == text
    assert article.title == "Dam delayed"


def test_folders_are_read_in_order_and_without_what_is_no_article(tmp_path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(TEXT, encoding="utf-8")
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    for name in ("c.txt", "b/a.md", "a.TXT", "README.md", ".hidden.txt", "notes.docx", "c.txt.meta.toml"):
        (folder / name).write_text(TEXT if "toml" not in name else "", encoding="utf-8")
    (folder / "articles.csv").write_text("file,published\nc.txt,2001\n", encoding="utf-8")
    (folder / "link.txt").symlink_to(outside)
    (folder / "own.txt").symlink_to(folder / "c.txt")
    (folder / "loop").symlink_to(folder)
    assert read_all(folder) == (["a.TXT", "a.md", "c.txt", "own.txt"], [])
    assert read_all(folder / "c.txt", folder / "a.TXT")[0] == ["c.txt", "a.TXT"]


def test_one_bad_file_does_not_keep_the_others_back(tmp_path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02\x03" * 20)
    (tmp_path / "c.txt").write_text(
        "Die Regierung hat erklärt, dass die Brücke nicht gebaut wird.", encoding="utf-8"
    )
    (tmp_path / "d.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "e.html").write_text("<html></html>", encoding="utf-8")
    (tmp_path / "f.json").write_text("{", encoding="utf-8")
    (tmp_path / "g.txt").write_text("The dam is late. " * 600_000, encoding="utf-8")
    names, errors = read_all(tmp_path, tmp_path / "none.txt")
    assert names == ["d.txt"]
    assert [error.split(": ", 1)[1].split(" (")[0] for error in errors] == [
        "the file is empty",
        "this is a binary file, not text",
        "the text reads as German",
        "no text was found in the page",
        "not valid JSON: Expecting property name enclosed in double quotes",
        "the text has 10,200,000 characters and an article at most 10,000,000",
        "no such file",
    ]
    with pytest.raises(InputError, match="the file is empty"):
        list(read_articles([tmp_path]))


def test_only_the_files_about_a_folder_are_passed_over_by_name(tmp_path) -> None:
    articles = ["copying-machines.txt", "licence-fee-row-2016.txt", "notice-to-quit.txt", "readme-row.txt"]
    for name in (
        *articles,
        "README",
        "readme.txt",
        "README.en.md",
        "LICENSE.txt",
        "Licence.md",
        "NOTICE.txt",
    ):
        (tmp_path / name).write_text(TEXT + name, encoding="utf-8")
    assert read_all(tmp_path) == (articles, [])
    assert read_all(tmp_path / "NOTICE.txt") == (["NOTICE.txt"], [])


def test_a_folder_with_nothing_but_files_about_it_says_so(tmp_path) -> None:
    (tmp_path / "readme.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError) as told:
        list(read_articles([tmp_path]))
    assert "README" in told.value.hint


def test_a_folder_without_articles(tmp_path) -> None:
    with pytest.raises(InputError, match="no article in this folder"):
        list(read_articles([tmp_path]))


def test_records_of_json_lines(tmp_path) -> None:
    path = tmp_path / "a.jsonl"
    records = [
        {
            "doc_id": "one",
            "text": TEXT,
            "title": "T",
            "date": "2011-05-03T10:00:00Z",
            "publisher": {"name": "Post"},
        },
        {
            "id": 7,
            "text": TEXT + "x\ud800y",
            "published": "2011-05",
            "author": ["Ann", "Bob"],
            "url": "https://x.example/",
        },
        {"text": TEXT},
    ]
    path.write_text("\n".join(json.dumps(record) for record in records) + "\n\n", encoding="utf-8")
    one, two, three = read_articles([path])
    assert (one.name, one.title, one.published, one.dated_by, one.publisher) == (
        "one", "T", "2011-05-03", "metadata", "Post",
    )  # fmt: skip
    assert (two.name, two.author, two.text) == ("7", "Ann, Bob", TEXT + "x\ufffdy")
    assert three.name == "a.jsonl#3"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "a.jsonl, line 2: not valid JSON"),
        ("[]", "a.jsonl, line 2: an article is a JSON object"),
        ('{"text": " "}', "a.jsonl, line 2: the record has no text"),
        ('{"text": "The dam is late.", "date": "soon"}', "a.jsonl, line 2: published: 'soon' is not a date"),
        ("[" * 100_000, "a.jsonl, line 2: not valid JSON"),
    ],
)
def test_a_bad_record_is_named_by_its_line(tmp_path, line: str, what: str) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": TEXT})
    path.write_text(f"{good}\n{line}\n{good}\n", encoding="utf-8")
    names, [error] = read_all(path)
    assert names == ["a.jsonl#1", "a.jsonl#3"]
    assert what in error


def test_json_files_of_one_or_several_articles(tmp_path) -> None:
    for number, value in enumerate(
        [{"text": TEXT}, [{"text": TEXT}, {"text": TEXT}], {"articles": [{"text": TEXT}]}]
    ):
        (tmp_path / f"{number}.json").write_text(json.dumps(value), encoding="utf-8")
    assert read_all(tmp_path)[0] == ["0.json", "1.json#1", "1.json#2", "2.json#1"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT, "stdin"),
        ("<!doctype html><p>The dam is late, the minister said.", "stdin"),
        (json.dumps({"text": TEXT, "doc_id": "x"}) + "\n", "x"),
        (json.dumps([{"text": TEXT}], indent=1), "stdin#1"),
        (json.dumps({"text": TEXT}, indent=1), "stdin"),
        ("{Dam} delayed, the minister said on Monday.", "stdin"),
    ],
)
def test_standard_input_of_any_kind(monkeypatch, data: str, name: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    [article] = read_articles(["-"])
    assert article.name == name
    assert "dam" in article.text.lower()


def test_web_pages_have_their_text_extracted_and_their_date_read() -> None:
    [article] = read_articles([Path(__file__).parent / "pages" / "quarry.html"])
    assert (article.published, article.dated_by, article.language) == ("2014-05-20", "page", "en-GB")
    assert article.text.startswith("Quarry must close, court rules\n\nOwner says 80 jobs")


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
def test_the_real_articles_are_read_with_their_dates() -> None:
    articles = list(read_articles([SHARED]))
    assert [article.dated_by for article in articles] == ["metadata"] * 5
    assert all(article.text == (SHARED / article.name).read_bytes().decode("utf-8") for article in articles)

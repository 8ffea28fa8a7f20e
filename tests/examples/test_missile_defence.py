"""The first example: ten short articles on missile defence, and what a person found in them."""

from __future__ import annotations

import csv
import json
import re
from typing import Any

import pytest

from kg.model.resources import example_folder

FOLDER = example_folder()
ARTICLES = sorted((FOLDER / "articles").glob("*.txt"))
INVENTED = {
    *("Arkady Vetrov", "Anatoly Berezin", "Galina Orlova", "Nina Rudenko", "Marjorie Ostrander"),
    *("Lena Sokolskaya", "Tom Ashdown", "Example Gazette"),
}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def statements() -> list[dict[str, Any]]:
    lines = (FOLDER / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_ten_articles_each_with_its_row() -> None:
    assert len(ARTICLES) == 10
    assert {row["file"] for row in rows("articles/articles.csv")} == {path.name for path in ARTICLES}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_has_150_to_400_words(path: Any) -> None:
    assert 150 <= len(re.findall(r"\S+", path.read_text(encoding="utf-8"))) <= 400


def test_one_article_is_dated_by_its_dateline_only() -> None:
    undated = [row["file"] for row in rows("articles/articles.csv") if not row["published"]]
    assert undated == ["09-answer.txt"]
    assert "MOSCOW, Nov. 24, 2011" in (FOLDER / "articles" / undated[0]).read_text(encoding="utf-8")


def test_speakers_are_in_the_register_or_known_to_be_invented_or_unnamed() -> None:
    names = {row["name"] for row in rows("register.csv")}
    for line in statements():
        label = line["actor"]["label"]
        assert label in names or label in INVENTED or label.startswith("("), label
        assert {*line["joint"], line["on_behalf_of"]} - {None} <= names


def test_the_statements_feed_the_queries() -> None:
    lines = statements()
    russians = {line["actor"]["label"] for line in lines if line["actor"]["affiliation"] == "Russia"}
    assert len(russians) >= 8
    assert {line["force"] for line in lines} >= {"asserts", "demands", "offers", "denies", "rejects"}
    assert any(line["joint"] for line in lines)
    assert sum(bool(line["reported_in"]) for line in lines) >= 5
    assert sum(stance["condition"] is not None for line in lines for stance in line["positions"]) >= 10

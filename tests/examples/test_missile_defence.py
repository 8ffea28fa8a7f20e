"""The bundled example is sound: what is said to stand in an article stands there, and all names resolve."""

from __future__ import annotations

import csv
import json
import re
from typing import Any

import pytest

from kg.ingest.codebook import read_codebook
from kg.ingest.register import read_register
from kg.model.dates import bounds
from kg.model.iris import Iris
from kg.model.resources import example_folder
from kg.model.settings import read_settings
from kg.model.statement import from_json

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


def test_settings_name_files_that_exist() -> None:
    settings = read_settings(FOLDER)
    assert settings.articles.is_dir()
    assert settings.register.is_file()
    assert settings.codebook.is_file()
    assert settings.statements is not None
    assert settings.statements.is_file()


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


def test_every_span_stands_word_for_word_in_its_article() -> None:
    for line in statements():
        text = (FOLDER / "articles" / line["article"]).read_text(encoding="utf-8")
        for span in [*line["content"], line["source"], line["cue"]]:
            if isinstance(span, dict):
                assert text[span["start"] : span["end"]] == span["text"], line["id"]
            elif span is not None:
                assert text.count(span) == 1, (line["id"], span)


def test_statements_follow_the_contract() -> None:
    slugs = read_codebook(FOLDER / "codebook.csv", Iris()).position_by_slug
    identifiers = {line["id"] for line in statements()}
    assert len(identifiers) == len(statements())
    for number, line in enumerate(statements(), start=1):
        loaded = from_json(line, f"statements.jsonl:{number}")
        assert {stance.position for stance in loaded.positions} <= slugs.keys()
        assert {loaded.reports, loaded.reported_in} - {None} <= identifiers
        for stance in loaded.positions:
            text = (FOLDER / "articles" / line["article"]).read_text(encoding="utf-8")
            assert stance.condition is None or stance.condition in text, line["id"]


def test_inner_statements_name_the_outer_that_reports_them() -> None:
    lines = {line["id"]: line for line in statements()}
    for line in lines.values():
        if line["reports"]:
            assert lines[line["reports"]]["reported_in"] == line["id"]
        if line["reported_in"]:
            assert lines[line["reported_in"]]["article"] == line["article"]


def test_speakers_are_in_the_register_or_known_to_be_invented_or_unnamed() -> None:
    names = {row["name"] for row in rows("register.csv")}
    for line in statements():
        label = line["actor"]["label"]
        assert label in names or label in INVENTED or label.startswith("("), label
        assert {*line["joint"], line["on_behalf_of"]} - {None} <= names


def test_speakers_held_their_office_on_the_day() -> None:
    terms: dict[tuple[str, str], list[str]] = {}
    for row in rows("register.csv"):
        term = f"{row['from'] or '..'}/{row['until'] or '..'}"
        terms.setdefault((row["name"], row["office"]), []).append(term)
    for line in statements():
        if line["office"]:
            held = terms[(line["actor"]["label"], line["office"])]
            assert any(bounds(term).overlaps(bounds(line["said"])) for term in held), line["id"]


def test_nothing_is_said_after_it_was_printed() -> None:
    published = {row["file"]: row["published"] or "2011-11-24" for row in rows("articles/articles.csv")}
    for line in statements():
        assert not bounds(published[line["article"]]).before(bounds(line["said"])), line["id"]


def test_register_resolves() -> None:
    names = {row["name"] for row in rows("register.csv")}
    for row in rows("register.csv"):
        assert not row["member_of"] or row["member_of"] in names, row
        assert row["kind"] in {"person", "organization", "state"}
        assert row["voice"] in {"", "other"}
        if row["from"] or row["until"]:
            bounds(f"{row['from'] or '..'}/{row['until'] or '..'}")
    assert len(read_register(FOLDER / "register.csv", Iris()).actors) == len(names)


def test_codebook_has_wordings_on_both_sides() -> None:
    codebook = read_codebook(FOLDER / "codebook.csv", Iris())
    topics = codebook.topic_by_slug
    for position in codebook.positions:
        assert set(position.topics) <= topics.keys()
        assert {*position.entails, *position.excludes} <= codebook.position_by_slug.keys()
        assert position.description
        assert position.for_phrases and position.against_phrases, position.slug


def test_the_statements_feed_the_queries() -> None:
    lines = statements()
    russians = {line["actor"]["label"] for line in lines if line["actor"]["affiliation"] == "Russia"}
    assert len(russians) >= 8
    assert {line["force"] for line in lines} >= {"asserts", "demands", "offers", "denies", "rejects"}
    assert any(line["joint"] for line in lines)
    assert sum(bool(line["reported_in"]) for line in lines) >= 5
    assert sum(stance["condition"] is not None for line in lines for stance in line["positions"]) >= 10

"""The bundled examples are sound: what is said to stand in an article stands there, and all names resolve."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from kg.ingest.codebook import read_codebook
from kg.ingest.register import read_register
from kg.model.dates import bounds
from kg.model.iris import Iris
from kg.model.resources import example_folder, example_names
from kg.model.settings import read_settings
from kg.model.statement import from_json

UNDATED = {"09-answer.txt": "2011-11-24"}
"""Articles that no metadata date, with the date of their dateline."""


@pytest.fixture(params=example_names())
def folder(request) -> Path:
    return example_folder(request.param)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def statements(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def text_of(folder: Path, article: str) -> str:
    return (folder / "articles" / article).read_text(encoding="utf-8")


def test_settings_name_files_that_exist(folder):
    settings = read_settings(folder)
    assert settings.articles.is_dir()
    assert settings.register.is_file()
    assert settings.codebook.is_file()
    assert settings.statements is not None
    assert settings.statements.is_file()
    assert settings.publishing.description
    assert (folder / "README.md").is_file()


def test_each_article_has_its_row(folder):
    articles = {path.name for path in (folder / "articles").glob("*.txt")}
    assert {row["file"] for row in rows(folder / "articles" / "articles.csv")} == articles
    assert {line["article"] for line in statements(folder)} == articles


def test_every_span_stands_word_for_word_in_its_article(folder):
    for line in statements(folder):
        text = text_of(folder, line["article"])
        for span in [*line["content"], line["source"], line["cue"]]:
            if isinstance(span, dict):
                assert text[span["start"] : span["end"]] == span["text"], line["id"]
            elif span is not None:
                assert text.count(span) == 1, (line["id"], span)


def test_statements_follow_the_contract(folder):
    slugs = read_codebook(folder / "codebook.csv", Iris()).position_by_slug
    identifiers = {line["id"] for line in statements(folder)}
    assert len(identifiers) == len(statements(folder))
    for number, line in enumerate(statements(folder), start=1):
        loaded = from_json(line, f"statements.jsonl:{number}")
        assert {stance.position for stance in loaded.positions} <= slugs.keys()
        assert {loaded.reports, loaded.reported_in} - {None} <= identifiers
        text = text_of(folder, line["article"])
        for stance in loaded.positions:
            assert stance.condition is None or stance.condition in text, line["id"]


def test_doubts_are_about_other_positions_than_stances(folder):
    slugs = read_codebook(folder / "codebook.csv", Iris()).position_by_slug
    for line in statements(folder):
        coded = {stance["position"] for stance in line["positions"]}
        assert set(line.get("maybe", ())) <= slugs.keys() - coded, line["id"]
        for position, stances in line.get("also_right", {}).items():
            assert position in coded, line["id"]
            assert set(stances) <= {"supports", "opposes", "conditional", "neutral"}, line["id"]


def test_inner_statements_name_the_outer_that_reports_them(folder):
    lines = {line["id"]: line for line in statements(folder)}
    for line in lines.values():
        if line["reports"]:
            assert lines[line["reports"]]["reported_in"] == line["id"]
        if line["reported_in"]:
            assert lines[line["reported_in"]]["article"] == line["article"]


def test_speakers_held_their_office_on_the_day(folder):
    terms: dict[tuple[str, str], list[str]] = {}
    for row in rows(folder / "register.csv"):
        term = f"{row['from'] or '..'}/{row['until'] or '..'}"
        terms.setdefault((row["name"], row["office"]), []).append(term)
    for line in statements(folder):
        if line["office"]:
            held = terms[(line["actor"]["label"], line["office"])]
            assert any(bounds(term).overlaps(bounds(line["said"])) for term in held), line["id"]


def test_nothing_is_said_after_it_was_printed(folder):
    published = {
        row["file"]: row["published"] or UNDATED[row["file"]]
        for row in rows(folder / "articles" / "articles.csv")
    }
    for line in statements(folder):
        assert not bounds(published[line["article"]]).before(bounds(line["said"])), line["id"]


def test_register_resolves(folder):
    table = rows(folder / "register.csv")
    names = {row["name"] for row in table}
    for row in table:
        assert not row["member_of"] or row["member_of"] in names, row
        assert row["kind"] in {"person", "organization", "state"}
        assert row["voice"] in {"", "other"}
        if row["from"] or row["until"]:
            bounds(f"{row['from'] or '..'}/{row['until'] or '..'}")
    assert len(read_register(folder / "register.csv", Iris()).actors) == len(names)


def test_codebook_has_wordings_on_both_sides(folder):
    codebook = read_codebook(folder / "codebook.csv", Iris())
    topics = codebook.topic_by_slug
    for position in codebook.positions:
        assert set(position.topics) <= topics.keys()
        assert {*position.entails, *position.excludes} <= codebook.position_by_slug.keys()
        assert position.description
        assert position.for_phrases and position.against_phrases, position.slug

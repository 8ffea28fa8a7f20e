"""The fields that reading is tuned on are sound: spans stand in the articles, names and dates resolve."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.ingest.codebook import read_codebook
from kg.ingest.register import read_register
from kg.model.dates import bounds
from kg.model.iris import Iris

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for path in HERE.glob("*/*/gold.jsonl"))
KEYS = {
    *("id", "file", "actor", "affiliation", "content", "quote", "said"),
    *("positions", "maybe", "nested", "optional"),
}
STANCES = {"supports", "opposes", "conditional", "neutral"}


def gold(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_a_third_of_the_fields_is_held_out() -> None:
    assert len(FOLDERS) == 15
    assert sum(folder.parent.name == "heldout" for folder in FOLDERS) == 5


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_span_stands_word_for_word_in_its_article(folder: Path) -> None:
    for line in gold(folder):
        text = (folder / line["file"]).read_text(encoding="utf-8")
        assert line["content"]
        for piece in line["content"]:
            assert piece in text, (line["id"], piece)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_lines_have_the_format_of_the_scorer(folder: Path) -> None:
    slugs = read_codebook(folder / "codebook.csv", Iris()).position_by_slug
    ids = [line["id"] for line in gold(folder)]
    assert len(ids) == len(set(ids))
    for line in gold(folder):
        assert set(line) == KEYS
        assert line["quote"] in {"direct", "indirect", "mixed"}
        assert {*line["positions"], *line["maybe"]} <= slugs.keys(), line["id"]
        assert not set(line["positions"]) & set(line["maybe"]), line["id"]
        for stances in line["positions"].values():
            assert {stances} <= STANCES if isinstance(stances, str) else set(stances) <= STANCES
        bounds(line["said"])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_is_said_after_it_was_printed(folder: Path) -> None:
    with (folder / "articles.csv").open(encoding="utf-8", newline="") as table:
        published = {row["file"]: bounds(row["published"]) for row in csv.DictReader(table)}
    assert published.keys() == {path.name for path in folder.glob("*.txt")}
    for line in gold(folder):
        said = bounds(line["said"])
        assert not published[line["file"]].before(said), line["id"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_tables_can_be_read(folder: Path) -> None:
    codebook = read_codebook(folder / "codebook.csv", Iris())
    assert 8 <= len(codebook.positions) <= 12
    register = read_register(folder / "register.csv", Iris())
    names = {actor.name for actor in register.actors}
    speakers = {line["actor"] for line in gold(folder) if not line["actor"].startswith("(")}
    assert speakers & names and speakers - names


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_articles_have_the_length_of_news(folder: Path) -> None:
    for path in folder.glob("*.txt"):
        assert 150 <= len(re.findall(r"\S+", path.read_text(encoding="utf-8"))) <= 800, path.name

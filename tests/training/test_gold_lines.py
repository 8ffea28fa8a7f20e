"""Hand-coded statements as trainings read them."""

import json
from pathlib import Path

import pytest

from training.gold_lines import GoldLine, gold_lines

ROOT = Path(__file__).resolve().parents[2]


def write(folder: Path, name: str, *lines: dict) -> Path:
    (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return folder


def test_lines_of_a_field(tmp_path):
    line = {
        "id": "a-1", "file": "a.txt", "actor": "(a source)", "content": ["the tram", "must come"],
        "quote": "direct", "positions": {"tram": "supports", "fares": ["neutral", "opposes"]},
        "maybe": ["cars"], "optional": True,
    }  # fmt: skip
    positions = {"tram": ("supports",), "fares": ("neutral", "opposes")}
    assert gold_lines(write(tmp_path, "gold.jsonl", line)) == [
        GoldLine(
            "a-1", "a.txt", "(a source)", "direct", ("the tram", "must come"), positions,
            frozenset({"cars"}), True,
        )
    ]  # fmt: skip


def test_lines_of_a_project(tmp_path):
    line = {
        "article": "a.txt", "content": [{"start": 0, "end": 8, "text": "the tram"}],
        "actor": {"label": "Ann Lee"}, "positions": [{"position": "tram", "stance": "opposes"}],
        "also_right": {"tram": ["neutral"]},
    }  # fmt: skip
    assert gold_lines(write(tmp_path, "statements.jsonl", line)) == [
        GoldLine("0", "a.txt", "Ann Lee", "indirect", ("the tram",), {"tram": ("opposes", "neutral")})
    ]


@pytest.mark.parametrize("folder", ["tests/reading/fields/bank-merger", "examples/missile-defence"])
def test_what_the_weights_are_fitted_on_is_read(folder):
    lines = gold_lines(ROOT / folder)
    assert len(lines) > 30
    assert sum(bool(line.positions) for line in lines) > 20
    assert all(line.actor and line.content for line in lines)

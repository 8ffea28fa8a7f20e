"""`kg codebook suggest`: from a graph, from lines, from articles."""

import json

import pytest

from kg.ingest.codebook import read_codebook
from kg.model.iris import Iris
from kg.project import Project
from tests.review.conftest import LINES


@pytest.fixture
def harbour(small_project):
    (small_project / "statements.jsonl").write_text(LINES, encoding="utf-8")
    Project.open(small_project).load(software="reader")
    return small_project


def test_from_the_graph(kg_command, harbour):
    run = kg_command("codebook", "suggest", "-f", "json", "-p", harbour)
    assert run.code == 0, run.err
    found = json.loads(run.out)
    assert found["statements"] == 3
    members = [one["actor"] for position in found["positions"] for one in position["members"]]
    assert "Bo Ramm" in members
    assert {one["outlet"] for position in found["positions"] for one in position["members"]} <= {
        "The Example Courier",
        "The Example Post",
    }


def test_beside_the_codebook_nothing_is_left(kg_command, harbour):
    run = kg_command("codebook", "suggest", "--beside", "-f", "json", "-p", harbour)
    assert json.loads(run.out)["covered"] == 3
    assert json.loads(run.out)["positions"] == []


def test_from_lines_to_files(kg_command, harbour, tmp_path):
    folder = tmp_path / "draft"
    run = kg_command(
        "codebook", "suggest", harbour / "statements.jsonl", "-o", folder / "draft.csv", "-p", harbour
    )
    assert run.code == 0, run.err
    assert sorted(path.name for path in folder.iterdir()) == ["draft.csv", "draft.md", "topics.csv"]
    codebook = read_codebook(folder / "draft.csv", Iris())
    assert len(codebook.positions) == 1
    assert codebook.topics
    (folder / "topics.csv").write_text("topic,label,broader\nmine,Mine,\n", encoding="utf-8")
    again = kg_command(
        "codebook", "suggest", harbour / "statements.jsonl", "-o", folder / "draft.csv", "-p", harbour
    )
    assert "left as it was" in again.err
    assert (folder / "topics.csv").read_text(encoding="utf-8").endswith("mine,Mine,\n")
    turtle = kg_command(
        "codebook", "suggest", harbour / "statements.jsonl", "-o", folder / "draft.ttl", "-p", harbour
    )
    assert turtle.code == 0, turtle.err
    assert read_codebook(folder / "draft.ttl", Iris("https://example.org/harbour/")).positions


def test_from_articles(kg_command, small_project):
    run = kg_command("codebook", "suggest", small_project / "articles", "-p", small_project)
    assert run.code == 0, run.err
    assert run.out.startswith("# Draft of a codebook: Harbour")


def test_outside_of_a_project_a_draft_is_named_for_what_it_is_of(
    kg_command, small_project, tmp_path, monkeypatch
):
    lines = tmp_path / "harbour.jsonl"
    lines.write_text(LINES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    run = kg_command("codebook", "suggest", lines)
    assert run.out.startswith("# Draft of a codebook: harbour.jsonl\n")
    few = kg_command("codebook", "suggest", lines, "--least", "100", "-f", "csv")
    assert few.code == 2 and "smaller --likeness or --least" in few.err


def test_the_codebook_itself_is_never_written_over(kg_command, harbour):
    before = (harbour / "codebook.csv").read_bytes()
    run = kg_command("codebook", "suggest", "-o", harbour / "codebook.csv", "-p", harbour)
    assert run.code == 2
    assert "import" in run.err
    assert (harbour / "codebook.csv").read_bytes() == before


def test_wrong_input_is_told(kg_command, small_project, tmp_path):
    nan = kg_command(
        "codebook", "suggest", "--likeness", "nan", small_project / "articles", "-p", small_project
    )
    assert nan.code == 2
    assert "no number from 0 to 2" in nan.err
    assert "kg build" in kg_command("codebook", "suggest", "-p", small_project).err
    missing = kg_command("codebook", "suggest", tmp_path / "none.jsonl", "-p", small_project)
    assert missing.code == 3
    assert "none.jsonl" in missing.err
    (tmp_path / "bad.jsonl").write_text('{"article": "a.txt", "content": 3}\n', encoding="utf-8")
    wrong = kg_command("codebook", "suggest", tmp_path / "bad.jsonl", "-p", small_project)
    assert wrong.code == 3
    assert "bad.jsonl:1" in wrong.err
    assert "did you mean 'kg codebook suggest'" in kg_command("codebook", "sugest").err

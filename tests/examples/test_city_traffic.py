"""The second example: sound in what is special about it, and built and asked from end to end.

The answers were worked out by hand from `statements.jsonl`, not taken from a run.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.ingest.codebook import read_codebook
from kg.model.iris import Iris
from kg.model.resources import example_folder
from kg.project import Project
from kg.project.starting import copy_example

FOLDER = example_folder("city-traffic")
ARTICLES = sorted((FOLDER / "articles").glob("*.txt"))
OWN_WORDS = ("03-interview.txt", "07-letters.txt", "09-opinion.txt")
"""Articles in which people speak or write in their own name, without quotation marks."""


def statements() -> list[dict[str, Any]]:
    lines = (FOLDER / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def coded(tmp_path_factory) -> Project:
    """The example with what a person found in it, and nothing else."""
    folder = tmp_path_factory.mktemp("city-traffic") / "project"
    copy_example(folder, "city-traffic")
    project = Project.open(folder)
    project.load(coder="A. Reader")
    return project


def answer(project: Project, name: str, columns: str, **values: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns.split()) for row in project.query(name, values)]


# What it is made of.


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_has_350_to_700_words(path: Path) -> None:
    assert 350 <= len(path.read_text(encoding="utf-8").split()) <= 700


def test_there_is_much_to_find_and_of_every_kind() -> None:
    required = [line for line in statements() if not line["optional"]]
    stances = [stance for line in required for stance in line["positions"]]
    assert len(ARTICLES) == 14
    assert len(required) >= 120
    assert {stance["position"] for stance in stances} == {
        position.slug for position in read_codebook(FOLDER / "codebook.csv", Iris()).positions
    }
    assert {line["force"] for line in required} == {
        *("asserts", "demands", "offers", "denies", "rejects", "praises", "criticises", "warns", "asks")
    }
    assert {line["quote"] for line in required} == {"direct", "indirect", "mixed"}
    assert sum(stance["condition"] is not None for stance in stances) >= 10
    assert sum(stance["stance"] == "opposes" for stance in stances) >= 40
    assert any(line["joint"] for line in required)
    assert any(line["on_behalf_of"] for line in required)
    assert sum(bool(line["reported_in"]) for line in required) >= 4
    assert any(line["actor"]["label"].startswith("(") for line in required)


def test_quotations_stand_in_quotation_marks() -> None:
    for line in statements():
        if line["article"] in OWN_WORDS:
            continue
        text = (FOLDER / "articles" / line["article"]).read_text(encoding="utf-8")
        inside = [
            text[text.rfind("\n", 0, span["start"]) + 1 : span["start"]].count('"') % 2 == 1
            for span in line["content"]
        ]
        marked = any('"' in span["text"] for span in line["content"])
        expected = "direct" if all(inside) else "mixed" if marked or any(inside) else "indirect"
        assert line["quote"] == expected, line["id"]


def test_the_codebook_does_not_know_the_words_of_the_articles() -> None:
    articles = " | ".join(
        " ".join(re.findall(r"\w+", path.read_text(encoding="utf-8").lower())) for path in ARTICLES
    )
    for position in read_codebook(FOLDER / "codebook.csv", Iris()).positions:
        for phrase in (*position.for_phrases, *position.against_phrases):
            words = re.findall(r"\w+", phrase.lower())
            assert len(words) < 4 or " ".join(words) not in articles, phrase


def test_the_agency_report_differs_a_little_between_two_outlets() -> None:
    argus, radio = (path.read_text(encoding="utf-8") for path in ARTICLES[3:5])
    for word in ("the courage", "news conference", "thirty thousand people"):
        assert word in argus
        assert word not in radio
    spoken = "The money is there. What I want to see is"
    assert spoken in argus
    assert spoken in radio


# What it answers.


def test_who_wants_the_scooters_gone(coded) -> None:
    columns = "date actor speaker stance"
    # Two associations spoke with one voice, and each of them holds the stance.
    official = [
        ("2023-05-30", "Ingrid Moss", "Ingrid Moss", "opposes"),
        ("2024-07-17", "Colm Farrant", "Colm Farrant", "supports"),
        ("2024-07-17", "Daniel Okoye", "Daniel Okoye", "opposes"),
        ("2024-07-17", "Yusuf Demir", "Yusuf Demir", "supports"),
    ]
    assert answer(coded, "positions", columns, position="no-rental-scooters") == official
    # A reader's letter is nobody's official word.
    anybody = answer(coded, "positions", columns, position="no-rental-scooters", voice="any")
    assert set(anybody) == {*official, ("2023-11-10", "Harold Venn", "Harold Venn", "supports")}


def test_where_everybody_stands_on_the_old_town_at_last(coded) -> None:
    found = answer(coded, "latest", "actor stance condition", position="car-free-old-town", voice="official")
    assert set(found) == {
        ("Access Ellismouth", "supports", "only if people with a blue badge may drive to the door"),
        ("Bernard Tully", "supports", None),
        ("Daniel Okoye", "supports", None),
        ("Gerald Pruett", "opposes", None),
        ("Ingrid Moss", "supports", None),
        ("Old Town Traders", "opposes", None),
        ("Priya Raman", "neutral", None),
    }


def test_on_what_conditions_public_transport_is_supported(coded) -> None:
    found = answer(coded, "conditions", "date actor condition", topic="public-transport")
    fares = "as soon as the city can afford it"
    paper = "as soon as the offer was on paper"
    junctions = "trams priority at every junction and cuts the number of cars in the centre by a tenth"
    assert sorted(found) == sorted(
        [
            ("2023-05-30", "Ingrid Moss", "As long as the ministry does not bear at least half of the cost"),
            ("2023-09-18", "Anna Keane", f"only if the city gives the {junctions}"),
            ("2023-09-18", "Anna Keane", f"only on condition that the city gives {junctions}"),
            ("2023-09-18", "Ingrid Moss", paper),
            ("2023-09-18", "Ingrid Moss", paper),
            (
                "2023-09-18",
                "Priya Raman",
                "provided that not one shop in Station Road had to close during the works",
            ),
            ("2024-06-10", "Green Forum", fares),
        ]
    )


def test_who_changed_sides(coded) -> None:
    columns = "position before before_date after after_date"
    assert answer(coded, "shifts", columns, actor="Bernard Tully") == [
        ("Limits on cars harm the shops in the centre", "supports", "2024-05-29", "opposes", "2024-09"),
    ]
    shifted = answer(coded, "shifts", "actor before after", position="congestion-charge")
    assert ("Ingrid Moss", "opposes", "supports") in shifted
    assert {actor for actor, *_ in shifted} == {"Ingrid Moss"}


def test_whose_words_others_report(coded) -> None:
    assert set(answer(coded, "reported-speech", "reporter speaker date")) == {
        ("Conor Blythe", "Ingrid Moss", "2023-03-14"),
        ("Conor Blythe", "Ingrid Moss", "2024-03-25/2024-03-26"),
        ("Gerald Pruett", "Ingrid Moss", "2023-06"),
        ("Ingrid Moss", "Transport Ministry", "../2024-05-29"),
        ("Rafe Dillon", "Walter Igoe", "2023"),
    }


def test_from_the_command_line_the_machine_reads_it_and_a_person_corrects_it(kg_command, tmp_path) -> None:
    folder = tmp_path / "ellismouth"
    assert kg_command("init", folder, "--example", "city-traffic").code == 0
    built = kg_command("build", "--project", folder)
    assert built.code == 0, built.err
    assert "14 read" in built.err
    asked = ("query", "positions", "--project", folder, "--position", "no-rental-scooters", "-f", "json")
    machine = json.loads(kg_command(*asked).out)
    assert machine
    assert {row["status"] for row in machine} == {"candidate"}
    loaded = kg_command("load", "--project", folder, "--coder", "A. Reader")
    assert loaded.code == 0, loaded.err
    assert "300 statements" in loaded.err
    answered = {
        (row["date"], row["actor"], row["stance"])
        for row in json.loads(kg_command(*asked).out)
        if row["status"] == "reviewed"
    }
    assert answered == {
        ("2023-05-30", "Ingrid Moss", "opposes"),
        ("2024-07-17", "Colm Farrant", "supports"),
        ("2024-07-17", "Daniel Okoye", "opposes"),
        ("2024-07-17", "Yusuf Demir", "supports"),
    }
    checked = kg_command("validate", "--project", folder)
    assert checked.code == 0, checked.out + checked.err

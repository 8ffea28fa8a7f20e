"""`kg codebook` at the command line: what it prints, how it ends, what it says when something is wrong."""

import io
import json

import pytest

from kg.project import Project
from tests.codebook.conftest import CODEBOOK, decide, stances, statement_of


def test_a_session_from_list_to_undo(folder, kg_command):
    def kg(*arguments):
        return kg_command("codebook", *arguments, "-p", folder)

    listed = json.loads(kg("list", "-f", "json").out)
    rows = listed["results"]["bindings"] if isinstance(listed, dict) else listed
    assert len(rows) == 4
    assert (
        kg("list", "-f", "csv")
        .out.splitlines()[1]
        .startswith("new-quay,The harbour should get a new quay,harbour,2")
    )
    dry = kg("merge", "no-quay", "new-quay", "--reversed", "--dry-run")
    assert dry.code == 0
    assert "2 stances would move" in dry.err and "nothing was changed" in dry.err
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK
    assert not (folder / "codebook.history.jsonl").exists()
    made = kg("merge", "no-quay", "new-quay", "--reversed", "--by", "Ida", "--why", "one question")
    assert made.code == 0, made.err
    assert "2 stances moved" in made.err
    shown = kg("show", "no-quay")
    assert "replaced by new-quay" in shown.out and "one question" in shown.out
    now = json.loads(kg("show", "new-quay", "-f", "json").out)
    assert (now["stances"]["supports"], now["stances"]["opposes"]) == (2, 1)
    assert kg("rename", "ferry", "--label", "A ferry must run").code == 0
    assert kg("rename", "ferry", "boat").code == 0
    told = kg("history").out.splitlines()
    assert [line.split()[0] for line in told] == ["1", "2", "3"]
    assert "one question" in told[0]
    for _ in range(3):
        assert kg("undo").code == 0
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK
    last = json.loads(kg("history", "-f", "json").out)
    assert [one["undone"] for one in last] == [True, True, True, False, False, False]
    assert kg("undo").code == 2


def test_a_split_by_files(folder, kg_command, tmp_path):
    project = Project.open(folder)
    parts = tmp_path / "parts.csv"
    parts.write_text(
        "position,label,topic,description,for,against\n"
        "stone,The quay should be of stone,harbour,Of what?,a quay of stone,\n"
        "wood,The quay should be of wood,harbour,,,\n",
        encoding="utf-8",
    )
    mapping = tmp_path / "mapping.csv"
    first = statement_of(project, "The harbour")
    mapping.write_text(f"statement,position,stance\n{first},stone,\n{first},wood,opposes\n", encoding="utf-8")
    run = kg_command(
        "codebook", "split", "new-quay", "--parts", parts, "--mapping", mapping, "--no-machine", "-p", folder
    )
    assert run.code == 0, run.err
    assert "divided: 1 by you, 0 by machine; 1 statement for a person" in run.err
    assert {one for one in stances(Project.open(folder)) if one[0] == "The harbour "} == {
        ("The harbour ", "stone", "supports"),
        ("The harbour ", "wood", "opposes"),
    }
    table = kg_command("codebook", "waiting", "-f", "csv", "-p", folder).out
    assert table.splitlines()[0].startswith("statement,position,stance")
    filled = tmp_path / "filled.csv"
    filled.write_text(table.replace(",,supports,", ",wood,supports,"), encoding="utf-8")
    divided = kg_command("codebook", "divide", "new-quay", filled, "-p", folder)
    assert divided.code == 0, divided.err
    assert ("We must buil", "wood", "supports") in stances(Project.open(folder))
    assert kg_command("codebook", "waiting", "-p", folder).out == ""


def test_parts_bring_their_topics_and_link_to_positions_that_are_there(folder, kg_command, tmp_path):
    parts = tmp_path / "parts.csv"
    parts.write_text(
        "position,label,topic,entails\nstone,A quay of stone,masonry,ferry\nwood,A quay of wood,,\n",
        encoding="utf-8",
    )
    topics = "topic,label,broader\nmasonry,Work in stone,works\nworks,Public works,\nbees,Bees,\n"
    (tmp_path / "topics.csv").write_text(topics, encoding="utf-8")
    run = kg_command("codebook", "split", "cranes", "--parts", parts, "-p", folder)
    assert run.code == 0, run.err
    codebook = Project.open(folder).codebook
    assert codebook.position_by_slug["stone"].entails == ("ferry",)
    labels = {slug: topic.label for slug, topic in codebook.topic_by_slug.items()}
    assert (labels["masonry"], labels["works"]) == ("Work in stone", "Public works")
    assert "bees" not in labels
    assert kg_command("codebook", "undo", "-p", folder).code == 0
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK


@pytest.mark.parametrize("suffix", ["csv", "ttl"])
def test_what_is_imported_links_to_positions_that_are_there(folder, kg_command, tmp_path, suffix):
    iris = Project.open(folder).iris
    texts = {
        "csv": "position,label,excludes\nlamps,More lamps,ferry\n",
        "ttl": "@prefix st: <https://w3id.org/stance-graph/ontology#> .\n"
        f"<{iris.position('lamps')}> a st:Position ; st:excludes <{iris.position('ferry')}> .\n",
    }
    table = tmp_path / f"theirs.{suffix}"
    table.write_text(texts[suffix], encoding="utf-8")
    run = kg_command("codebook", "import", table, "--yes", "-p", folder)
    assert run.code == 0, run.err
    assert Project.open(folder).codebook.position_by_slug["lamps"].excludes == ("ferry",)
    (tmp_path / "wrong.csv").write_text("position,label,excludes\nmore,More,fery\n", encoding="utf-8")
    wrong = kg_command("codebook", "import", tmp_path / "wrong.csv", "--yes", "-p", folder)
    assert wrong.code == 3 and "did you mean ferry" in wrong.err


def test_a_table_may_be_filled_in_partly_and_say_none_of_the_parts(folder, kg_command, tmp_path):
    project, table = Project.open(folder), tmp_path / "table.csv"
    decide(project, "We must", "new-quay", "supports")
    first = statement_of(project, "The harbour").rsplit("/", 1)[-1]
    second = statement_of(project, "We must").rsplit("/", 1)[-1]
    split = ("codebook", "split", "new-quay", "--into", "a=A", "--into", "b=B", "--no-machine", "-p", folder)
    assert kg_command(*split).code == 0
    divide = ("codebook", "divide", "new-quay", table, "-p", folder)
    table.write_text(f"statement,position\n{first},\n{second},\n", encoding="utf-8")
    assert "no row says" in kg_command(*divide).err
    table.write_text(f"statement,position\n{first},\n{second},-\n{second},a\n", encoding="utf-8")
    assert "about none of the parts, and about one" in kg_command(*divide).err
    table.write_text(f"statement,position\n{first},\n{second},-\n", encoding="utf-8")
    made = kg_command(*divide)
    assert made.code == 0, made.err
    assert "divide 1 statement of new-quay" in made.err
    waiting = kg_command("codebook", "waiting", "-p", folder).out
    assert first in waiting and second not in waiting
    assert {one for one in stances(Project.open(folder)) if one[0] == "We must buil"} == {
        ("We must buil", "no-quay", "opposes")
    }


def test_what_is_no_statement_on_the_position_is_not_divided(folder, kg_command, tmp_path):
    table, project = tmp_path / "table.csv", Project.open(folder)
    other = statement_of(project, "The quay is").rsplit("/", 1)[-1]
    split = ("codebook", "split", "new-quay", "--into", "a=A", "--into", "b=B", "--no-machine", "-p", folder)
    table.write_text(f"statement,position\n{other},a\nnonexistent.123,a\n", encoding="utf-8")
    refused = kg_command(*split, "--mapping", table)
    assert refused.code == 2
    assert f"'{other}' is no statement on new-quay, nor is 1 more" in refused.err
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK
    assert kg_command(*split).code == 0
    table.write_text("statement,position\nnonexistent.123,a\n", encoding="utf-8")
    refused = kg_command("codebook", "divide", "new-quay", table, "-p", folder)
    assert refused.code == 2
    assert "'nonexistent.123' is no statement on new-quay" in refused.err
    assert len((folder / "codebook.history.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_import_asks_before_it_writes(folder, kg_command, tmp_path, monkeypatch):
    other = tmp_path / "other.csv"
    other.write_text("position,label,topic\nlamps,There should be lamps,harbour\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))  # nobody answers
    refused = kg_command("codebook", "import", other, "-p", folder)
    assert refused.code == 130
    assert "new      lamps" in refused.out
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK
    dry = kg_command("codebook", "import", other, "--dry-run", "-p", folder)
    assert dry.code == 0 and "nothing was changed" in dry.err
    assert kg_command("codebook", "import", other, "--yes", "-p", folder).code == 0
    assert "lamps" in Project.open(folder).codebook.position_by_slug
    instead = kg_command("codebook", "import", other, "--replace", "--dry-run", "-p", folder)
    assert "would count no more until the position returns under its slug and label" in instead.err
    again = kg_command("codebook", "import", other, "--yes", "-p", folder)
    assert "has all of it already" in again.err


@pytest.mark.parametrize("suffix", ["csv", "ttl"])
def test_what_is_exported_is_imported_without_a_change(folder, kg_command, tmp_path, suffix):
    out = tmp_path / "out" / f"book.{suffix}"
    assert kg_command("codebook", "export", "-o", out, "-p", folder).code == 0
    run = kg_command("codebook", "import", out, "--replace", "--yes", "-p", folder)
    assert run.code == 0, run.err
    assert "has all of it already" in run.err


def test_an_export_overwrites_no_other_topics(folder, kg_command, tmp_path):
    (tmp_path / "topics.csv").write_text("topic,label,broader\nmine,Mine,\n", encoding="utf-8")
    run = kg_command("codebook", "export", "-o", tmp_path / "book.csv", "-p", folder)
    assert run.code == 2 and "topics.csv" in run.err
    own = kg_command("codebook", "export", "-o", folder / "codebook.csv", "-p", folder)
    assert own.code == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("merge", "no-quai", "new-quay"), "did you mean 'no-quay'"),
        (("merge", "new-quay"), "merged with another"),
        (("merge", "no-quay", "new-quay", "--into", "fery"), "did you mean 'ferry'"),
        (("merge", "no-quay", "new-quay", "--into", "sea"), "--label"),
        (("rename", "ferry", "cranes"), "there is a position 'cranes' already"),
        (("rename", "ferry", "ferry"), "called that already"),
        (("rename", "ferry"), "no new name"),
        (("rename", "ferry", "--label", "  "), "label is empty"),
        (("merge", "ferry", "cranes", "--into", "sea", "--label", " "), "label is empty"),
        (("split", "ferry", "--into", "a= ", "--into", "b=B"), "label is empty"),
        (("split", "ferry", "--into", "boat"), "has no label"),
        (("split", "ferry", "--into", "boat=A boat"), "two or more"),
        (("show", "feri"), "did you mean 'ferry'"),
        (("mrege", "a", "b"), "did you mean 'kg codebook merge'"),
    ],
)
def test_wrong_input_is_told_with_what_to_try(folder, kg_command, arguments, told):
    run = kg_command("codebook", *arguments, "-p", folder)
    assert run.code == 2
    assert told in run.err
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK


def test_wrong_slugs_and_mappings_are_told(folder, kg_command, tmp_path):
    run = kg_command("codebook", "rename", "ferry", "two words", "-p", folder)
    assert run.code == 3 and "is no slug" in run.err
    for arguments in (
        ("rename", "ferry", "#boat"),
        ("merge", "ferry", "cranes", "--into", "#sea", "--label", "Sea"),
        ("split", "ferry", "--into", "#a=A", "--into", "b=B"),
    ):
        run = kg_command("codebook", *arguments, "-p", folder)
        assert run.code == 3 and "is no slug" in run.err
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK
    mapping = tmp_path / "m.csv"
    for text, told in (
        ("statement,position\n,x\n", "line 2"),
        ("statement,position,stance\na.b,x,for\n", "'for' is no stance"),
        ("statement\na.b\n", "lacks the column position"),
    ):
        mapping.write_text(text, encoding="utf-8")
        run = kg_command(
            "codebook", "split", "ferry", "--into", "a=A", "--into", "b=B", "--mapping", mapping, "-p", folder
        )
        assert run.code == 3 and told in run.err, run.err
    mapping.write_text("statement,position\na.b,c\n", encoding="utf-8")
    run = kg_command(
        "codebook", "split", "ferry", "--into", "a=A", "--into", "b=B", "--mapping", mapping, "-p", folder
    )
    assert run.code == 2 and "is no part of ferry" in run.err
    assert kg_command("codebook", "divide", "ferry", mapping, "-p", folder).code == 2

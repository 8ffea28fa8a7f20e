"""Every command on a small project and on the example: what it prints, and how it ends."""

import json

import pytest
import rdflib

from kg.cli.main import COMMANDS
from kg.model.resources import example_folder, resource


def test_help_of_every_command_is_printed(kg_command):
    for name in COMMANDS:
        run = kg_command(name, "--help")
        assert run.code == 0
        assert f"kg {name}" in run.out


def test_a_project_from_start_to_answer(kg_command, tmp_path, monkeypatch):
    folder = tmp_path / "trams"
    assert kg_command("init", folder, "--title", 'The "tram" debate').code == 0
    (folder / "articles" / "quay.txt").write_text(
        "Prime Minister Ann Lee said the harbour needs a new quay.\n"
    )
    (folder / "articles" / "articles.csv").write_text(
        "file,published,publisher\nquay.txt,2010-04-22,Courier\n"
    )
    monkeypatch.chdir(folder)
    built = kg_command("build")
    assert built.code == 0, built.err
    assert "1 read" in built.err
    answer = kg_command("query", "positions", "--topic", "harbour", "-f", "json")
    rows = json.loads(answer.out)
    assert [(row["speaker"], row["stance"], row["date"]) for row in rows] == [
        ("Ann Lee", "supports", "2010-04-22")
    ]


def test_init_leaves_a_project_as_it_is(kg_command, small_project):
    run = kg_command("init", small_project)
    assert run.code == 2
    assert "already" in run.err


def test_init_copies_an_example(kg_command, tmp_path):
    folder = tmp_path / "own"
    run = kg_command("init", folder, "--example", "city-traffic")
    assert run.code == 0
    example = example_folder("city-traffic")
    names = {path.relative_to(example) for path in example.rglob("*") if path.is_file()}
    assert {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} == names
    assert all((folder / name).read_bytes() == (example / name).read_bytes() for name in names)
    assert f"made {folder / 'kg.toml'}" in run.err.splitlines()[-2]


def test_init_keeps_what_is_there_when_it_copies_an_example(kg_command, tmp_path):
    (tmp_path / "register.csv").write_text("mine")
    assert kg_command("init", tmp_path, "--example", "missile-defence").code == 0
    assert (tmp_path / "register.csv").read_text() == "mine"
    again = kg_command("init", tmp_path, "--example", "missile-defence")
    assert again.code == 2
    assert "already" in again.err


def test_init_refuses_what_an_example_cannot_have(kg_command, tmp_path):
    for arguments, said in (
        (("--example", "city-trafic"), "city-traffic"),
        (("--example", "city-traffic", "--title", "Mine"), "kg.toml"),
    ):
        run = kg_command("init", tmp_path / "own", *arguments)
        assert run.code == 2
        assert said in run.err
        assert not (tmp_path / "own").exists()


def test_extract_prints_a_statement_a_line(kg_command, small_project):
    run = kg_command("extract", small_project / "articles" / "quay.txt", "--project", small_project)
    records = [json.loads(line) for line in run.out.splitlines()]
    assert run.code == 0
    assert records
    text = (small_project / "articles" / "quay.txt").read_text(encoding="utf-8")
    for record in records:
        assert list(record)[:7] == ["article", "id", "quote", "source", "cue", "content", "actor"]
        for span in record["content"]:
            assert text[span["start"] : span["end"]] == span["text"]
    assert {record["actor"]["label"] for record in records} == {"Bo Ramm"}
    assert {record["actor"]["affiliation"] for record in records} == {"Ruritania"}


def test_extract_never_puts_an_article_aside(kg_command, tmp_path, small_project):
    path = tmp_path / "undated.txt"
    path.write_text('"We will build the quay," Bo Ramm said.\n')
    run = kg_command("extract", path, "--project", small_project)
    assert run.code == 0
    assert [json.loads(line)["said"] for line in run.out.splitlines()] == [None]


def test_extract_layer_attributions_has_the_first_six_fields_and_confidence(kg_command, small_project):
    run = kg_command("extract", small_project / "articles", "--layer", "attributions")
    for line in run.out.splitlines():
        fields = ["article", "id", "quote", "source", "cue", "content", "confidence"]
        assert list(json.loads(line)) == fields


@pytest.mark.parametrize("layer", ["statements", "attributions"])
def test_extract_leaves_out_what_is_less_sure_than_the_threshold(kg_command, small_project, layer):
    arguments = ("extract", small_project / "articles", "--layer", layer, "-p", small_project)
    everything = [json.loads(line) for line in kg_command(*arguments).out.splitlines()]
    least = max(record["confidence"] for record in everything)
    assert min(record["confidence"] for record in everything) < least
    run = kg_command(*arguments, "--extractor", "model", "--threshold", least)
    assert run.code == 0, run.err
    kept = {json.loads(line)["id"] for line in run.out.splitlines()}
    assert kept == {record["id"] for record in everything if record["confidence"] >= least}


def test_what_extract_prints_can_be_loaded(kg_command, small_project):
    output = small_project / "read.jsonl"
    assert kg_command("extract", small_project / "articles", "-p", small_project, "-o", output).code == 0
    run = kg_command("load", output, "--software", "elsewhere", "-p", small_project)
    assert run.code == 0, run.err
    stats = json.loads(kg_command("stats", "-p", small_project, "-f", "json").out)
    assert stats["statements"] == len(output.read_text(encoding="utf-8").splitlines())
    assert stats["first_said"] == "2010-04-22"
    again = kg_command("build", "-p", small_project).err
    assert "holds what elsewhere read" in again
    assert "2 unchanged" in again


def test_newcomers_are_the_same_sort_of_actors_read_or_loaded(kg_command, small_project):
    (small_project / "articles" / "traders.txt").write_text(
        "The Quay Street Traders' Association rejected the new quay. "
        '"Sweden will not pay for the new quay," the Swedish government said. '
        '"We need the new quay," said Per Lund, a spokesman for Harbour Rail Ltd. '
        "Harbour Rail Ltd said that the new quay would come. "
        "Sweden's harbour minister, Ola Berg, said that the quay was too long.\n"
    )
    (small_project / "articles" / "traders.txt.meta.toml").write_text('published = "2010-04-25"\n')
    output = small_project / "read.jsonl"
    kg_command("extract", small_project / "articles", "-p", small_project, "-o", output)
    assert kg_command("load", output, "--coder", "Jo Coder", "-p", small_project).code == 0
    loaded = json.loads(kg_command("actors", "--new", "-p", small_project, "-f", "json").out)
    assert kg_command("validate", "-p", small_project).code == 0
    for name in ("quay.txt", "answer.txt", "traders.txt"):
        kg_command("remove", name, "--yes", "-p", small_project)
    kg_command("build", "-p", small_project)
    read = json.loads(kg_command("actors", "--new", "-p", small_project, "-f", "json").out)
    assert {(row["label"], row["kind"]) for row in loaded} == {(row["label"], row["kind"]) for row in read}
    assert {row["kind"] for row in read} == {"person", "organization", "state"}


def test_an_article_that_only_people_coded_is_read_by_the_next_build(kg_command, small_project):
    assert kg_command("load", "--coder", "Jo Coder", "-p", small_project).code == 0
    built = kg_command("build", "-p", small_project)
    assert "2 replaced" in built.err


def test_a_persons_statements_go_before_the_machines(kg_command, small_project):
    assert kg_command("build", "-p", small_project).code == 0
    assert kg_command("load", "--coder", "Jo Coder", "-p", small_project).code == 0
    run = kg_command("query", "positions", "--position", "new-quay", "-p", small_project, "-f", "json")
    reviewed = {(row["speaker"], row["stance"]) for row in json.loads(run.out) if row["status"] == "reviewed"}
    assert reviewed == {("Bo Ramm", "supports"), ("Ann Lee", "opposes")}
    again = kg_command("build", "--again", "-p", small_project)
    assert "2 replaced" in again.err
    assert kg_command("query", "positions", "-p", small_project, "-f", "json").out == run.out


def test_a_load_says_how_many_statements_of_the_coder_it_replaces(kg_command, small_project):
    path = small_project / "more.jsonl"
    lines = (
        '{"article": "quay.txt", "content": ["The harbour needs a new quay"], "actor": "Bo Ramm"}',
        '{"article": "quay.txt", "content": ["We must build the new quay"], "actor": "Bo Ramm"}',
    )
    path.write_text("\n".join(lines))
    assert "earlier" not in kg_command("load", path, "--coder", "Jo", "-p", small_project).err
    assert "earlier" not in kg_command("load", path, "--coder", "Al", "-p", small_project).err
    path.write_text(lines[0])
    run = kg_command("load", path, "--coder", "Al", "-p", small_project)
    assert "replaced   quay.txt: 1 statements, 0 stances (in place of 2 earlier statements of Al)" in run.err
    assert "1 earlier statement of Al" in kg_command("load", path, "--coder", "Al", "-p", small_project).err


def test_a_second_build_changes_nothing(kg_command, small_project):
    kg_command("build", "-p", small_project)
    before = kg_command("export", "-p", small_project).out
    run = kg_command("build", "-p", small_project)
    assert "2 unchanged" in run.err
    assert kg_command("export", "-p", small_project).out == before


@pytest.mark.parametrize("format_", ["ttl", "nt", "jsonld", "trig", "nq"])
def test_exports_are_the_same_graph(kg_command, small_project, format_):
    kg_command("load", "--coder", "Jo Coder", "-p", small_project)
    output = small_project / f"graph.{format_}"
    assert kg_command("export", "-o", output, "-p", small_project).code == 0
    names = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "trig": "trig", "nq": "nquads"}
    found = rdflib.Dataset(default_union=True)
    found.parse(output, format=names[format_])
    wanted = rdflib.Graph().parse(data=kg_command("export", "-p", small_project).out, format="turtle")
    assert len(wanted) > 100
    assert set(found.triples((None, None, None))) == set(wanted)


def test_validate_says_whether_files_conform(kg_command, small_project):
    kg_command("load", "--coder", "Jo Coder", "-p", small_project)
    good, bad = small_project / "good.ttl", small_project / "bad.ttl"
    kg_command("export", "-o", good, "-p", small_project)
    assert kg_command("validate", good).code == 0
    text = good.read_text(encoding="utf-8")
    assert "st:polarity st:supports" in text
    bad.write_text(text.replace("st:polarity st:supports", "st:polarity st:adores"), encoding="utf-8")
    run = kg_command("validate", bad, "-f", "json")
    assert run.code == 1
    assert json.loads(run.out)["conforms"] is False


def test_articles_are_listed_mended_and_removed(kg_command, small_project):
    kg_command("build", "-p", small_project)
    listed = json.loads(kg_command("articles", "-p", small_project, "-f", "json").out)
    assert {entry["file"] for entry in listed} == {"quay.txt", "answer.txt"}
    run = kg_command("articles", "-p", small_project, "set", "quay.txt", "--published", "2011-05")
    assert run.code == 0, run.err
    listed = json.loads(kg_command("articles", "-p", small_project, "-f", "json").out)
    (quay,) = [entry for entry in listed if entry["file"] == "quay.txt"]
    assert quay["published"] == "2011-05"
    assert "2 unchanged" in kg_command("build", "-p", small_project).err
    assert kg_command("remove", "quay.txt", "--yes", "-p", small_project).code == 0
    listed = json.loads(kg_command("articles", "-p", small_project, "-f", "json").out)
    assert {entry["file"] for entry in listed} == {"answer.txt"}
    everything = kg_command("export", "--all", "-f", "nq", "-p", small_project).out
    assert quay["sha256"][:16] not in everything
    assert "quay.txt" not in everything


def test_an_article_taken_out_leaves_nothing_of_what_people_coded(kg_command, small_project):
    kg_command("load", "--coder", "Jo Coder", "-p", small_project)
    kg_command("remove", "quay.txt", "--yes", "-p", small_project)
    everything = kg_command("export", "--all", "-f", "nq", "-p", small_project).out
    assert "The harbour needs a new quay" not in everything.replace(
        'wordingFor> "the harbour needs a new quay"', ""
    )
    assert "a waste of money," in everything


def test_actors_whom_the_register_lacks_can_be_confirmed(kg_command, small_project):
    (small_project / "articles" / "guest.txt").write_text(
        'Visiting economist Cleo Vance said the quay would pay. "Build the new quay," Vance said.\n'
    )
    kg_command("build", "--published", "2010-05-01", "-p", small_project)
    listed = json.loads(kg_command("actors", "--new", "-p", small_project, "-f", "json").out)
    assert [entry["label"] for entry in listed] == ["Cleo Vance"]
    run = kg_command("actors", "-p", small_project, "add", "Cleo Vance", "--office", "economist")
    assert run.code == 0, run.err
    run = kg_command("actors", "-p", small_project, "alias", "Bo Ramm", "Minister Ramm")
    assert run.code == 0, run.err
    assert "Bo Ramm,person,Minister Ramm" in (small_project / "register.csv").read_text(encoding="utf-8")
    kg_command("build", "--published", "2010-05-01", "-p", small_project)
    assert json.loads(kg_command("actors", "--new", "-p", small_project, "-f", "json").out) == []


def test_sparql_sees_what_is_in_force(kg_command, small_project):
    kg_command("load", "--coder", "Jo Coder", "-p", small_project)
    query = "SELECT ?who WHERE { ?s a st:Stance ; st:polarity st:opposes ; st:actor/rdfs:label ?who }"
    run = kg_command("sparql", query, "-p", small_project, "-f", "csv")
    assert run.out.splitlines() == ["who", "Ann Lee"]


def test_stance_judges_pairs(kg_command, tmp_path):
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(
        '{"id": 1, "text": "The new quay must be built", "position": "The new quay should be built"}\n'
        '{"id": "b", "text": "Cats sleep all day", "position": "The new quay should be built"}\n'
    )
    run = kg_command("stance", pairs)
    records = [json.loads(line) for line in run.out.splitlines()]
    assert [(r["id"], r["stance"]) for r in records] == [(1, "supports"), ("b", "unrelated")]
    assert all(0 <= r["confidence"] <= 1 for r in records)


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", "The quay should be built", "the text has no words"),
        (" … ?!", "The quay should be built", "the text has no words"),
        ("The quay must be built", "-", "the position has no words"),
    ],
)
def test_stance_refuses_a_pair_without_words(kg_command, tmp_path, text, position, message):
    pairs = tmp_path / "pairs.jsonl"
    good = {"id": 1, "text": "The quay must be built", "position": "The quay should be built"}
    pairs.write_text(f"{json.dumps(good)}\n{json.dumps({'id': 2, 'text': text, 'position': position})}\n")
    run = kg_command("stance", pairs)
    assert run.code == 3
    assert f"{pairs}:2: {message}" in run.err


def test_stance_reads_half_a_character(kg_command, tmp_path):
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(
        '{"id": "a\\ud83d", "text": "The \\ud83d quay must go", "position": "The quay should be built"}\n'
    )
    run = kg_command("stance", pairs)
    assert run.code == 0, run.err
    assert json.loads(run.out)["id"] == "a\ufffd"


def test_the_example_answers_without_options(kg_command, example_graph, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    store = ("--store", example_graph)
    table = kg_command("query", "positions", "--actor", "Russia", "--topic", "missile defence", *store)
    assert table.code == 0
    rows = json.loads(
        kg_command(
            "query", "positions", "--actor", "Russia", "--topic", "missile defence", "-f", "json", *store
        ).out
    )
    assert len({row["speaker"] for row in rows}) >= 4
    assert any(row["condition"] for row in rows)
    assert any(str(row["latest"])[:4] < str(row["published"])[:4] for row in rows)
    assert all(row["source"] for row in rows)


@pytest.mark.parametrize("name", sorted(path.stem for path in resource("queries").glob("*.rq")))
def test_the_example_that_help_shows_can_be_asked(kg_command, example_graph, monkeypatch, tmp_path, name):
    from kg.query.canned import find_query

    monkeypatch.chdir(tmp_path)
    arguments = []
    for parameter in find_query(name).parameters:
        # The reference of a stance changes with the reading; the other names are the user's own files'.
        if parameter.example and parameter.name != "stance":
            arguments += [parameter.option, parameter.example]
    if name == "evidence":
        rows = kg_command("query", "positions", "--voice", "any", "-f", "json", "--store", example_graph)
        arguments = ["--stance", json.loads(rows.out)[0]["ref"]]
    run = kg_command("query", name, *arguments, "--store", example_graph)
    assert run.code == 0, run.err

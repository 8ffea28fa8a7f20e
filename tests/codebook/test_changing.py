"""Merge, split, rename, import, undo: files, stances, people's decisions and history."""

import json

import pytest

from kg.codebook.importing import review
from kg.codebook.writing import codebook_csv, codebook_turtle
from kg.ingest.codebook import read_codebook
from kg.model.codebook import Assigned, Codebook, Position
from kg.model.errors import InputError, KgError, UsageError
from kg.project import Project
from kg.validate.shapes import validate_graph
from tests.codebook.conftest import CODEBOOK, decide, stances, statement_of, status_of

BEFORE = {
    ("The harbour ", "new-quay", "supports"),
    ("We must buil", "new-quay", "supports"),
    ("We must buil", "no-quay", "opposes"),
    ("The quay is ", "no-quay", "supports"),
}


def whole(project: Project) -> set[str]:
    """The derived graph, built anew from the other graphs, and as it stands."""
    with project.reading() as store:
        deriver = project.desk("x").material.deriver
        anew = {str(quad) for quad in deriver.whole(store.view)}
        index = project.iris.index_graph
        standing = {
            str(quad)
            for quad in store.quads()
            if quad.graph_name.value in (project.iris.current_graph, index)
        }
        assert anew == standing
        report = validate_graph(store.graph(project.iris.current_graph), engine="rust")
        assert report.conforms, report.violations
    return standing


def test_a_merge_moves_stances_and_turns_them(project, changes):
    assert stances(project) == BEFORE
    made = changes.merge(["no-quay", "new-quay"], turned=True)
    assert made.written
    assert (made.effect.moved, made.effect.lost, made.effect.conflicts) == (2, 0, ())
    assert stances(project) == {
        ("The harbour ", "new-quay", "supports"),
        ("We must buil", "new-quay", "supports"),
        ("The quay is ", "new-quay", "opposes"),
    }
    whole(project)


def test_two_people_of_like_names_who_change_the_codebook_are_two(folder):
    for number, by in enumerate(("ida", "Ida", " ida ")):
        Project.open(folder).codebook_changes(by).rename("ferry", label=f"Ferry {number}")
    project = Project.open(folder)
    rows = project.sparql("SELECT ?a ?n { ?a a prov:Person ; rdfs:label ?n } ORDER BY ?n").records()
    assert [row["n"] for row in rows] == ["Ida", "ida"]
    assert rows[1]["a"] == f"{project.iris.base}agent/ida"
    whole(project)


def test_the_file_keeps_comments_columns_and_other_rows(folder, changes):
    changes.merge(["no-quay", "new-quay"], turned=True)
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == (
        "# Positions of the harbour debate.\n"
        "position,label,topic,description,for,against,entails,excludes,owner\n"
        "new-quay,The harbour should get a new quay,harbour,Whether the new quay should be built.,"
        "build the new quay|the harbour needs a new quay,"
        "no new quay|There should be no new quay|the quay is a waste of money,,,Ann\n"
        "# The other way round.\n"
        "ferry,A ferry should run to the island,transport,,,,new-quay,,\n"
        "cranes,The old cranes should stay,harbour,,,,new-quay,,\n"
    )


def test_undo_brings_everything_back_to_the_byte(folder, project, changes):
    before, graph = (folder / "codebook.csv").read_bytes(), stances(project)
    changes.merge(["no-quay", "new-quay"], turned=True)
    made = project.codebook_changes("Bo").undo()
    assert made.plan.what == "undo change 1: merge no-quay into new-quay, turned"
    assert (folder / "codebook.csv").read_bytes() == before
    assert stances(Project.open(folder)) == graph
    whole(Project.open(folder))
    with pytest.raises(UsageError, match="no change"):
        project.codebook_changes("Bo").undo()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_files_keep_their_encoding_if_they_can(folder, changes, encoding):
    path, text = folder / "codebook.csv", CODEBOOK.replace("Ann\n", "Änne’s\n")
    path.write_bytes(text.encode(encoding))
    Project.open(folder).codebook_changes("Ida").rename("ferry", "boat")
    assert path.read_bytes().decode(encoding) == text.replace("ferry,A ferry", "boat,A ferry")
    Project.open(folder).codebook_changes("Ida").undo()
    assert path.read_bytes() == text.encode(encoding)
    Project.open(folder).codebook_changes("Ida").rename("ferry", label="A ferry to Łódź")
    written = path.read_bytes()
    assert "Łódź" in written.decode("utf-8" if encoding == "cp1252" else encoding)


def test_undo_leaves_what_was_edited_since_and_refuses_what_it_would_break(folder, project, changes):
    changes.rename("ferry", "island-ferry")
    path = folder / "codebook.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text("# A line of mine.\n" + text, encoding="utf-8")
    project.codebook_changes("Ida").undo()
    assert path.read_text(encoding="utf-8") == "# A line of mine.\n" + CODEBOOK
    project.codebook_changes("Ida").rename("ferry", "island-ferry")
    edited = path.read_text(encoding="utf-8").replace("A ferry should run", "Two ferries should run")
    path.write_text(edited, encoding="utf-8")
    with pytest.raises(UsageError, match="edited since"):
        Project.open(folder).codebook_changes("Ida").undo()
    assert path.read_text(encoding="utf-8") == edited


@pytest.mark.parametrize(
    ("change", "row"),
    [
        (lambda one: one.rename("ferry", "island-ferry"), "cranes,The old cranes"),
        (lambda one: one.rename("ferry", "island-ferry"), '"no-quay","There'),
        (lambda one: one.merge(["no-quay", "ferry"], turned=True), "# The other"),
        (lambda one: one.merge(["ferry", "new-quay"]), "cranes,The old cranes"),
        (lambda one: one.merge(["ferry", "new-quay"]), "# The other"),
        (lambda one: one.merge(["cranes", "new-quay"]), "ferry,A ferry"),
    ],
)
def test_undo_leaves_rows_beside_those_of_the_change_as_they_are_now(folder, project, changes, change, row):
    change(changes)
    path = folder / "codebook.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(row, f"{row} of today"), encoding="utf-8")
    Project.open(folder).codebook_changes("Ida").undo()
    assert path.read_text(encoding="utf-8") == CODEBOOK.replace(row, f"{row} of today")


def test_former_positions_lead_to_what_took_their_place(folder, project, changes):
    changes.rename("new-quay", "quay")
    again = Project.open(folder)
    asked = again.query("positions", position=["new-quay"], voice=["any"])
    assert {row["stance"] for row in asked} == {"supports"}
    old = again.iris.position("new-quay")
    assert len(again.query("positions", position=[old], voice=["any"])) == len(asked) > 0
    answer = again.sparql(
        f"SELECT ?new ?time ?who WHERE {{ <{old}> owl:deprecated true ; dcterms:isReplacedBy ?new ;"
        " prov:invalidatedAtTime ?time ; prov:wasInvalidatedBy/prov:wasAssociatedWith/rdfs:label ?who ."
        " ?new prov:wasRevisionOf ?old }"
    )
    assert [(row["new"], row["who"]) for row in answer] == [(again.iris.position("quay"), "Ida")]


def test_a_canned_query_with_an_old_iri_still_answers(folder, project, changes):
    old = project.iris.position("new-quay")
    (folder / "queries").mkdir()
    (folder / "queries" / "mine.rq").write_text(
        '#+ title = "Mine"\n#+ description = "Mine."\n#+ tags = ["mine"]\n#+ view = "table"\n'
        '#+ [params.position]\n#+ type = "iri"\n#+ class = "st:Position"\n#+ help = "Which."\n'
        '#+ example = "new-quay"\n'
        "PREFIX st: <https://w3id.org/stance-graph/ontology#>\n"
        "SELECT ?stance WHERE {\n"
        f"  VALUES ?position {{ <{old}> }}\n"
        "  ?stance st:position ?position .\n}\n",
        encoding="utf-8",
    )
    assert len(project.query("mine")) == 2
    changes.rename("new-quay", "quay")
    assert len(Project.open(folder).query("mine")) == 2


def test_names_of_a_turned_position_are_not_answered_with_the_wrong_side(folder, changes):
    changes.merge(["no-quay", "new-quay"], turned=True)
    with pytest.raises(UsageError, match="other way round"):
        Project.open(folder).query("positions", position=["no-quay"])


def test_decisions_of_people_move_and_survive(folder, project, changes):
    decide(project, "The quay is", "no-quay", "supports")
    decide(project, "The harbour", "ferry", "opposes")
    assert status_of(project, "The quay is") == {"reviewed"}
    made = changes.merge(["no-quay", "new-quay"], turned=True)
    assert made.effect.people == 1
    again = Project.open(folder)
    assert ("The quay is ", "new-quay", "opposes") in stances(again)
    assert ("The harbour ", "ferry", "opposes") in stances(again)
    assert status_of(again, "The quay is") == {"reviewed"}
    case = again.desk("Ida").case(statement_of(again, "The quay is"))
    assert [(one["position"], one["stance"]) for one in case.record["positions"]] == [("new-quay", "opposes")]
    assert [one.action for one in case.history] == ["accept"]
    whole(again)
    again.desk("Ida").undo()
    whole(again)


def test_a_stance_that_a_person_changed_keeps_its_iri(folder, project, changes):
    decide(project, "The quay is", "new-quay", "opposes")

    def iris(one):
        query = "SELECT ?s WHERE { ?s a st:Stance ; st:statement ?t ; st:status st:reviewed }"
        return {row["s"] for row in one.sparql(query)}

    before = iris(project)
    changes.rename("new-quay", "quay")
    assert iris(Project.open(folder)) == before


def test_both_sides_of_one_position_are_told(project, changes):
    decide(project, "We must", "no-quay", "supports")
    made = changes.merge(["no-quay", "new-quay"], turned=True, write=False)
    (conflict,) = made.effect.conflicts
    assert (conflict.former, conflict.position, conflict.left_out) == ("no-quay", "new-quay", "opposes")
    assert not made.written
    assert ("We must buil", "no-quay", "supports") in stances(project)


def test_coders_who_used_old_and_new_names_agree(folder, project, changes):
    decide(project, "The quay is", "no-quay", "supports", "Ann")
    changes.merge(["no-quay", "new-quay"], turned=True)
    again = Project.open(folder)
    desk = again.desk("Bo", blind=True)
    desk.accept(desk.case(statement_of(again, "The quay is")))
    found = again.agreement(machine=False)
    assert found.together is not None
    assert (found.together.positions, found.together.both) == (1.0, 1)
    assert found.together.confusion == {("opposes", "opposes"): 1}


def test_lines_with_old_names_are_loaded(folder, changes):
    changes.merge(["no-quay", "new-quay"], turned=True)
    again = Project.open(folder)
    again.load(coder="Cy")
    assert ("The quay is ", "new-quay", "opposes") in stances(again)
    whole(again)


@pytest.mark.parametrize("who", [{"software": "reader"}, {"coder": "Cy"}])
def test_lines_that_were_loaded_after_a_change_follow_its_undoing(folder, changes, who):
    changes.merge(["no-quay", "new-quay"], turned=True)
    now = stances(Project.open(folder))
    again = Project.open(folder)
    again.load(**who)
    assert stances(again) == now
    whole(again)
    again.codebook_changes("Ida").undo()
    assert stances(Project.open(folder)) == BEFORE
    whole(Project.open(folder))


def test_a_split_divides_by_mapping_and_the_rest_waits(folder, project, changes):
    decide(project, "We must", "new-quay", "supports")
    first = statement_of(project, "The harbour").rsplit("/", 1)[-1]
    second = statement_of(project, "We must").rsplit("/", 1)[-1]
    parts = [
        changes.part("stone-quay", "A quay of stone", "new-quay"),
        changes.part("ferry", None, "new-quay"),
    ]
    mapping = {first: (Assigned("stone-quay", "opposes"), Assigned("ferry"))}
    made = changes.split("new-quay", parts, mapping=mapping, machine=False)
    assert made.divided is not None
    assert [one.statement for one in made.divided.look] == [second]
    assert (made.effect.lost, made.effect.lost_people) == (1, 1)
    again = Project.open(folder)
    assert stances(again) == {
        ("The harbour ", "stone-quay", "opposes"),
        ("The harbour ", "ferry", "supports"),
        ("We must buil", "no-quay", "opposes"),
        ("The quay is ", "no-quay", "supports"),
    }
    whole(again)
    desk = again.codebook_changes("Ida")
    assert [(one.statement, one.by_person, one.divided) for one in desk.waiting()] == [(second, True, ())]
    desk.divide("new-quay", {second: (Assigned("ferry"),)})
    assert desk.waiting() == []
    assert ("We must buil", "ferry", "supports") in stances(Project.open(folder))
    whole(Project.open(folder))
    for _ in range(2):
        Project.open(folder).codebook_changes("Ida").undo()
    assert stances(Project.open(folder)) == BEFORE
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK


def test_the_coder_divides_where_it_is_sure(project, changes):
    parts = [
        changes.part("winter", "The new quay should be built before the winter", "new-quay"),
        changes.part("whales", "Whales should be counted from the sea wall", "new-quay"),
    ]
    made = changes.split("new-quay", parts, write=False)
    assert made.divided is not None
    second = statement_of(project, "We must").rsplit("/", 1)[-1]
    assert [one.position for one in made.divided.assigned[second]] == ["winter"]
    assert made.divided.assigned[second][0].by_machine


def test_a_split_position_is_no_part_of_itself(changes):
    parts = [changes.part("new-quay", None, "new-quay"), changes.part("ferry", None, "new-quay")]
    with pytest.raises(UsageError, match="part of itself"):
        changes.split("new-quay", parts)


def test_what_was_coded_after_a_change_survives_its_undoing(folder, project, changes):
    changes.rename("new-quay", "quay")
    again = Project.open(folder)
    decide(again, "The quay is", "quay", "opposes")
    again.codebook_changes("Ida").undo()
    last = Project.open(folder)
    assert ("The quay is ", "new-quay", "opposes") in stances(last)
    whole(last)


def imported(tmp_path, row):
    path = tmp_path / "theirs.csv"
    path.write_text(f"position,label,topic\n{row}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "change",
    [
        lambda one, _: one.rename("cranes", "new-quay"),
        lambda one, _: one.merge(["cranes", "ferry"], into="new-quay", label="The harbour should grow"),
        lambda one, _: one.split(
            "cranes", [one.part("new-quay", "A", "cranes"), one.part("b", "B", "cranes")]
        ),
        lambda one, _: one.split("quay", [one.part("new-quay", "A", "quay"), one.part("b", "B", "quay")]),
        lambda one, path: one.take_in(imported(path, "new-quay,Bees should be kept,harbour")),
    ],
)
def test_the_slug_of_a_former_position_goes_to_no_other_one(folder, project, changes, tmp_path, change):
    changes.rename("new-quay", "quay")
    before, text = stances(Project.open(folder)), (folder / "codebook.csv").read_text(encoding="utf-8")
    with pytest.raises(UsageError, match=r"slug of a former position.* counts for quay now"):
        change(Project.open(folder).codebook_changes("Ida"), tmp_path)
    assert stances(Project.open(folder)) == before
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == text


def test_a_position_that_was_turned_round_gives_its_slug_to_none(folder, changes):
    changes.merge(["no-quay", "new-quay"], turned=True)
    with pytest.raises(UsageError, match="slug of a former position"):
        changes.rename("new-quay", "no-quay")


def test_a_position_takes_its_own_former_slug_back(folder, project, changes):
    changes.rename("new-quay", "quay")
    Project.open(folder).codebook_changes("Ida").rename("quay", "new-quay")
    again = Project.open(folder)
    assert stances(again) == BEFORE
    whole(again)


def test_a_position_that_was_taken_out_returns_as_it_was(folder, project, changes, tmp_path):
    changes.take_in(imported(tmp_path, "new-quay,The harbour should get a new quay,harbour"), whole=True)
    with pytest.raises(UsageError, match="counts for nothing now"):
        changes.take_in(imported(tmp_path, "no-quay,Bees should be kept,harbour"))
    changes.take_in(imported(tmp_path, "no-quay,There should be no new quay,harbour"))
    assert stances(Project.open(folder)) == BEFORE


def test_the_slug_of_a_change_that_was_undone_is_free(folder, project, changes):
    for _ in range(2):
        changes.merge(["ferry", "cranes"], into="sea", label="The harbour should grow")
        changes.undo()
    changes.rename("ferry", "sea")
    assert "sea" in Project.open(folder).codebook.position_by_slug


def test_changes_one_after_the_other_add_up(folder, project):
    for step in (
        lambda one: one.rename("no-quay", "none"),
        lambda one: one.merge(["none", "new-quay"], turned=True),
        lambda one: one.rename("new-quay", "quay", "The harbour should have a new quay"),
        lambda one: one.merge(["quay", "ferry"], into="sea", label="The harbour should grow"),
    ):
        step(Project.open(folder).codebook_changes("Ida"))
    again = Project.open(folder)
    assert stances(again) == {
        ("The harbour ", "sea", "supports"),
        ("We must buil", "sea", "supports"),
        ("The quay is ", "sea", "opposes"),
    }
    assert again.codebook.in_force("no-quay", "supports") == (("sea", "opposes"),)
    assert [one.slug for one in again.codebook.positions] == ["sea", "cranes"]
    whole(again)
    for _ in range(4):
        Project.open(folder).codebook_changes("Ida").undo()
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK
    assert stances(Project.open(folder)) == BEFORE
    whole(Project.open(folder))


def test_a_codebook_in_turtle_is_changed_as_well(folder, project):
    text = codebook_turtle(project.codebook, project.iris)
    mine = text.replace("\nposition:cranes a", "\n# Mine.\nposition:cranes a")
    (folder / "codebook.ttl").write_text(mine, encoding="utf-8")
    settings = (folder / "kg.toml").read_text(encoding="utf-8")
    (folder / "kg.toml").write_text('codebook = "codebook.ttl"\n' + settings, encoding="utf-8")
    again = Project.open(folder)
    again.codebook_changes("Ida").merge(["no-quay", "new-quay"], turned=True)
    assert ("The quay is ", "new-quay", "opposes") in stances(Project.open(folder))
    changed = (folder / "codebook.ttl").read_text(encoding="utf-8")
    assert "# Mine.\nposition:cranes" in changed
    assert "position:no-quay" not in changed
    Project.open(folder).codebook_changes("Ida").rename("cranes", "old-cranes")
    for _ in range(2):
        Project.open(folder).codebook_changes("Ida").undo()
    assert (folder / "codebook.ttl").read_text(encoding="utf-8") == mine
    assert stances(Project.open(folder)) == BEFORE


def test_import_adds_changes_and_with_replace_takes_out(folder, project, changes, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text(
        "position,label,topic\nnew-quay,The harbour must get a quay,harbour\nlamps,More lamps,light\n",
        encoding="utf-8",
    )
    made = changes.take_in(other, write=False)
    assert made.review is not None
    assert [one.slug for one in made.review.new] == ["lamps"]
    assert [old.slug for old, _ in made.review.changed] == ["new-quay"]
    assert len(made.review.kept) == 3
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK
    changes.take_in(other)
    codebook = Project.open(folder).codebook
    assert codebook.position_by_slug["new-quay"].for_phrases == (
        "build the new quay",
        "the harbour needs a new quay",
    )
    assert codebook.position_by_slug["new-quay"].label == "The harbour must get a quay"
    assert "light" in codebook.topic_by_slug
    made = Project.open(folder).codebook_changes("Ida").take_in(other, whole=True)
    assert {one.slug for one in made.review.gone} == {"no-quay", "ferry", "cranes"}
    assert made.effect.lost == 2
    again = Project.open(folder)
    assert {one.slug for one in again.codebook.positions} == {"new-quay", "lamps"}
    assert stances(again) == {
        ("The harbour ", "new-quay", "supports"),
        ("We must buil", "new-quay", "supports"),
    }
    whole(again)
    for _ in range(2):
        Project.open(folder).codebook_changes("Ida").undo()
    assert stances(Project.open(folder)) == BEFORE


@pytest.mark.parametrize("suffix", ["csv", "ttl"])
def test_what_replaces_a_codebook_takes_its_topics_out_too(folder, project, tmp_path, suffix):
    topics = "topic,label,broader\nharbour,The port,works\nworks,Works,\ntransport,Transport,\n"
    (folder / "topics.csv").write_text(topics, encoding="utf-8")
    if suffix == "ttl":
        text = codebook_turtle(Project.open(folder).codebook, project.iris)
        (folder / "codebook.ttl").write_text(text, encoding="utf-8")
        settings = (folder / "kg.toml").read_text(encoding="utf-8")
        (folder / "kg.toml").write_text('codebook = "codebook.ttl"\n' + settings, encoding="utf-8")
    other = imported(tmp_path, "new-quay,The harbour should get a new quay,harbour")
    (tmp_path / "topics.csv").write_text("topic,label,broader\nharbour,The port,\n", encoding="utf-8")
    made = Project.open(folder).codebook_changes("Ida").take_in(other, whole=True)
    assert made.review is not None
    assert {"gone     topic works: Works", "gone     topic transport: Transport"} <= {*made.review.lines()}
    codebook = Project.open(folder).codebook
    assert [(one.slug, one.label, one.broader) for one in codebook.topics] == [("harbour", "The port", ())]
    Project.open(folder).codebook_changes("Ida").undo()
    assert {one.slug for one in Project.open(folder).codebook.topics} == {"harbour", "works", "transport"}
    assert (folder / "topics.csv").read_text(encoding="utf-8") == topics


def test_a_new_slug_for_an_old_label_is_a_renaming():
    old = Codebook((), (Position("p:a", "a", "The quay"), Position("p:b", "b", "The ferry")))
    new = Codebook((), (Position("p:c", "c", "the quay"), Position("p:b", "b", "The ferry")))
    found = review(old, new, whole=True)
    assert [(one.slug, two.slug) for one, two in found.renamed] == [("a", "c")]
    assert (found.new, found.gone) == ((), ())
    assert not review(old, old, whole=True)
    assert review(old, new).twins == (("c", "a"),)


def test_the_history_tells_who_what_and_why(folder, project, changes):
    changes.rename("ferry", "island-ferry")
    lines = (folder / "codebook.history.jsonl").read_text(encoding="utf-8").splitlines()
    (entry,) = [json.loads(line) for line in lines]
    assert (entry["by"], entry["why"], entry["action"]) == ("Ida", "for a test", "rename")
    assert entry["former"][0]["becomes"] == [{"position": "island-ferry", "turned": False}]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{}", "no change of a codebook"),
        ("[]", "no change of a codebook"),
        ("not json", "not valid JSON"),
        (
            '{"change": 2, "action": "merge", "by": "x", "time": "2020-01-01T00:00:00Z", "what": ""}',
            "expected",
        ),
        ('{"change": 1, "action": "burn", "by": "x", "time": "2020-01-01T00:00:00Z", "what": ""}', "burn"),
    ],
)
def test_a_broken_history_is_told_with_its_line(folder, line, told):
    (folder / "codebook.history.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=told) as error:
        _ = Project.open(folder).codebook
    assert "codebook.history.jsonl:1" in str(error.value)


def test_a_change_that_would_break_the_codebook_changes_nothing(folder, changes, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("position,label,entails\nnew-quay,Quay,ferry\nlamps,Lamps,new-quay\n", encoding="utf-8")
    with pytest.raises(InputError):  # ferry entails new-quay
        changes.take_in(other)
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK
    assert not (folder / "codebook.history.jsonl").exists()


def test_a_draft_is_taken_in(folder, project, changes, tmp_path):
    draft = Codebook((), (Position("", "lamps", "There should be more lamps", ("light",)),))
    path = tmp_path / "draft.csv"
    path.write_text(codebook_csv(draft), encoding="utf-8")
    changes.take_in(path)
    assert "lamps" in read_codebook(folder / "codebook.csv", project.iris).position_by_slug


def test_without_a_graph_only_the_files_change(small_project):
    (small_project / "codebook.csv").write_text(CODEBOOK, encoding="utf-8")
    made = Project.open(small_project).codebook_changes("Ida").rename("ferry", "boat")
    assert made.written
    assert "boat" in Project.open(small_project).codebook.position_by_slug
    assert not (small_project / "graph").exists()


def test_the_bundled_example_is_never_changed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="not changed"):
        Project.open().codebook_changes("Ida")


def test_a_review_with_the_codebook_of_before_writes_nothing(folder, project, changes):
    """A browser that was opened before a change must not bring the old positions back."""
    desk = project.desk("Ann")
    case = desk.case(statement_of(project, "The quay is"))
    changes.merge(["no-quay", "new-quay"], turned=True)
    now = stances(Project.open(folder))
    with pytest.raises(KgError, match="not the one that the graph has"):
        desk.accept(case)
    again = Project.open(folder)
    assert stances(again) == now
    whole(again)
    with pytest.raises(KgError, match=r"after you saw it|was read again"):
        again.desk("Ann").accept(case)
    fresh = again.desk("Ann")
    fresh.accept(fresh.case(case.iri))
    assert status_of(again, "The quay is") == {"reviewed"}

"""Agreement of two people and the machine, by hand-counted numbers."""

import json

import pytest

from kg.project import Project
from kg.review.edits import split_at, with_content, with_position, with_stance, without_stance
from tests.review.conftest import LINES
from tests.review.test_decisions import case_of


@pytest.fixture
def coded_twice(project):
    """Ida and Otto decide blindly on the three statements, one of them differently in three ways."""
    ida, otto = project.desk("Ida", blind=True), project.desk("Otto", blind=True)
    for desk in (ida, otto):
        desk.accept(case_of(desk, "The harbour"))
        desk.accept(case_of(desk, "The quay"))
    case = case_of(ida, "We must")
    ida.change(case, with_stance(case.record, project.codebook, "new-quay", "supports"))
    case = case_of(otto, "We must")
    start = case.record["content"][0]["start"]
    shorter = with_content(case.record, case.article, [(start, start + 26)])
    otto.change(case, without_stance(shorter, "new-quay"))
    return project


def test_people_and_machine_are_compared_alike(coded_twice):
    report = coded_twice.agreement()
    assert report.coders == ("Ida", "Otto", "machine")
    by_pair = {pair.coders: pair for pair in report.pairs}
    people = by_pair["Ida", "Otto"]
    assert people.statements == 3
    assert people.kept is None, "all were kept: chance cannot be told"
    assert people.confusion == {
        ("supports", "supports"): 1,
        ("opposes", "opposes"): 1,
        ("supports", "none"): 1,
    }
    assert (people.both, people.stances, people.positions) == (2, 1.0, 0.0)
    assert people.overlap == pytest.approx((1 + 1 + 2 * 26 / (26 + 45)) / 3)
    assert people.exact == pytest.approx(2 / 3)
    machine = by_pair["Ida", "machine"]
    assert machine.confusion[("supports", "opposes")] == 1
    # Values: supports/supports, supports/opposes, opposes/opposes: alpha = 1 - 5 * 2 / 18.
    assert machine.stances == pytest.approx(1 - 5 * 2 / 18)
    (unclear,) = report.positions
    assert (unclear.position, unclear.touched, unclear.differing) == ("new-quay", 3, 1)
    assert coded_twice.agreement(machine=False, coders=["Ida"]).together is None


def test_what_was_struck_out_and_what_was_written_down(project, harbour, tmp_path):
    """A person who wrote an article's statements down says that there are no others."""
    line = '{"article": "quay.txt", "content": ["The harbour needs a new quay"], "actor": "Bo Ramm"}\n'
    (tmp_path / "jo.jsonl").write_text(line, encoding="utf-8")
    project.load([tmp_path / "jo.jsonl"], coder="Jo")
    (pair,) = project.agreement().pairs
    assert pair.coders == ("Jo", "machine")
    assert pair.statements == 2
    assert pair.confusion == {("none", "supports"): 1, ("none", "opposes"): 1}
    # Kept: yes/yes, no/yes: alpha = 1 - 3 * 2 / 6.
    assert pair.kept == pytest.approx(0.0)


def test_two_people_who_load_the_same_passages_are_compared(project, tmp_path):
    """Who loads later replaces nobody else's statements."""
    for name, side in (("ida", "supports"), ("otto", "opposes")):
        line = '{"article": "quay.txt", "content": ["The harbour needs a new quay"], "actor": "Bo Ramm", '
        line += f'"positions": [{{"position": "new-quay", "stance": "{side}"}}]}}\n'
        (tmp_path / f"{name}.jsonl").write_text(line, encoding="utf-8")
        project.load([tmp_path / f"{name}.jsonl"], coder=name.title())
    (pair,) = project.agreement(machine=False).pairs
    assert pair.coders == ("Ida", "Otto")
    assert pair.confusion == {("supports", "opposes"): 1}
    assert project.validate().conforms


def test_the_command(coded_twice, kg_command, harbour):
    text = kg_command("agreement", "--project", harbour)
    assert text.code == 0, text.err
    assert "Ida / Otto" in text.out
    assert "stances of Ida (lines) and Otto (columns)" in text.out
    assert "new-quay: 1 of 3 statements" in text.out
    data = json.loads(kg_command("agreement", "--project", harbour, "-f", "json", "--no-machine").out)
    assert data["coders"] == ["Ida", "Otto"]
    assert data["pairs"][0]["alpha_stances"] == 1.0
    empty = kg_command("agreement", "--project", harbour, "--coder", "Ida", "--no-machine")
    assert (empty.code, "nothing was coded twice" in empty.out) == (0, True)


def test_a_name_that_no_coder_has_is_refused(coded_twice, kg_command, harbour):
    run = kg_command("agreement", "--project", harbour, "--coder", "Ida", "--coder", "Oto")
    assert (run.code, run.out) == (2, "")
    assert "no coder has the name 'Oto'" in run.err
    assert "did you mean 'Otto'?" in run.err
    run = kg_command("agreement", "--project", harbour, "--coder", "Zbigniew")
    assert "the coders are Ida, Otto" in run.err


def test_positions_that_are_taken_for_one_another(small_project, kg_command):
    """Ida has the new quay where Otto has the old one."""
    with (small_project / "codebook.csv").open("a", encoding="utf-8") as file:
        file.write("old-quay,The old quay should be kept,harbour,Whether it stays.,keep it,tear it down\n")
    (small_project / "statements.jsonl").write_text(LINES, encoding="utf-8")
    project = Project.open(small_project)
    project.load(software="reader")
    ida, otto = project.desk("Ida", blind=True), project.desk("Otto", blind=True)
    case = case_of(ida, "We must")
    ida.accept(case)
    case = case_of(otto, "We must")
    otto.change(case, with_position(case.record, project.codebook, "new-quay", "old-quay"))
    pairs = {one.coders: one for one in project.agreement().pairs}
    assert pairs["Ida", "Otto"].taken_for == {("new-quay", "old-quay"): 1}
    assert pairs["Ida", "machine"].taken_for == {}
    text = kg_command("agreement", "--project", small_project).out
    assert "positions of Ida where Otto has another one instead\n   1  new-quay / old-quay" in text


def test_the_machine_is_not_compared_in_articles_that_it_has_not_read(small_project, tmp_path):
    project = Project.open(small_project)
    for coder in ("Ida", "Otto"):
        project.load(coder=coder)
    report = project.agreement()
    assert "machine" not in {name for pair in report.pairs for name in pair.coders}
    line = '{"article": "quay.txt", "content": ["The harbour needs a new quay"], "actor": "Bo Ramm"}\n'
    (tmp_path / "read.jsonl").write_text(line, encoding="utf-8")
    project.load([tmp_path / "read.jsonl"], software="reader")
    machine = [pair for pair in project.agreement().pairs if "machine" in pair.coders]
    assert machine
    assert all(pair.statements == 1 for pair in machine), "the other article is still unread"


def loaded(project, tmp_path, coder, *rows):
    """Let somebody write the statements of an article down: words, speaker and stance of each."""
    lines = [
        {
            "article": "quay.txt",
            "content": [words],
            "actor": "Bo Ramm",
            "positions": [{"position": "new-quay", "stance": stance}],
        }
        for words, stance in rows
    ]
    path = tmp_path / f"{coder}.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    project.load([path], coder=coder)


def test_what_a_coder_wrote_down_and_then_struck_out_or_changed_counts_as_it_is_in_the_end(project, tmp_path):
    rows = [("The harbour needs a new quay", "supports"), ("We must build the new quay", "opposes")]
    loaded(project, tmp_path, "Ida", *rows, ("Minister wants quay", "supports"))
    desk = project.desk("Ida")
    desk.reject(case_of(desk, "Minister wants"))
    case = case_of(desk, "We must")
    desk.change(case, with_stance(case.record, project.codebook, "new-quay", "supports"))
    (pair,) = project.agreement().pairs
    assert pair.statements == 2, "nobody has a statement where she struck her own out"
    assert pair.confusion == {("supports", "supports"): 1, ("supports", "opposes"): 1}
    desk.reject(case_of(desk, "The harbour"))
    (pair,) = project.agreement().pairs
    assert pair.statements == 2
    assert pair.confusion == {("none", "supports"): 1, ("supports", "opposes"): 1}


def test_a_half_of_a_split_that_is_turned_later_counts_once(project):
    desk = project.desk("Ida")
    case = case_of(desk, "We must")
    at = case.record["content"][0]["start"] + 26
    desk.split(case, split_at(case.record, case.article, at))
    half = case_of(desk, "before the winter")
    desk.change(half, with_stance(half.record, project.codebook, "new-quay", "neutral"))
    (pair,) = project.agreement().pairs
    assert pair.statements == 2, "the first half has the place of the whole"
    assert pair.confusion == {("opposes", "opposes"): 1, ("neutral", "none"): 1}


def test_a_passage_that_was_moved_before_something_else_was_mended_keeps_its_place(project):
    desk = project.desk("Ida")
    case = case_of(desk, "We must")
    start = case.record["content"][0]["start"]
    desk.change(case, with_content(case.record, case.article, [(start, start + 7)]))
    case = case_of(desk, "We must")
    desk.change(case, with_stance(case.record, project.codebook, "new-quay", "supports"))
    (pair,) = project.agreement().pairs
    assert pair.confusion == {("supports", "opposes"): 1}


def test_what_two_people_wrote_down_is_compared_alike_with_the_machine_and_without(project, tmp_path):
    """Passages that only the machine has are none on which two people agree."""
    loaded(project, tmp_path, "Ida", ("The harbour needs a new quay", "supports"))
    loaded(
        project,
        tmp_path,
        "Otto",
        ("The harbour needs a new quay,", "supports"),
        ("in the capital", "neutral"),
    )
    alone = project.agreement(machine=False)
    (people,) = alone.pairs
    assert people.statements == 2
    assert people.kept == pytest.approx(0.0)
    beside = project.agreement()
    assert {one.coders: one for one in beside.pairs}["Ida", "Otto"] == people
    assert beside.together.statements == 3

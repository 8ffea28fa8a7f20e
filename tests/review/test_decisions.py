"""What people decide: written at once, undone and redone, kept in a changed article."""

import json
import subprocess
import sys

import pytest
from pyoxigraph import Quad

from kg.build.change import Change
from kg.build.terms import PROV, RDF, RDFS, node, text
from kg.model.errors import UsageError
from kg.project import Project
from kg.review.decisions import StaleError
from kg.review.disputes import outcome_words
from kg.review.edits import (
    new_statement,
    split_at,
    with_actor,
    with_content,
    with_date,
    with_stance,
    without_stance,
)
from kg.review.lost import lost_decisions
from kg.review.queue import Selection, queue
from kg.review.wordings import likely_wordings


def case_of(desk, words):
    """The case whose content begins with some words."""
    found = (desk.case(entry.iri) for entry in queue(desk, Selection(everything=True)))
    return next(case for case in found if case.record["content"][0]["text"].startswith(words))


def stances(project):
    rows = project.sparql(
        "SELECT ?who ?polarity ?status { ?s a st:Stance ; st:actor/rdfs:label ?who ; st:polarity ?p ;"
        " st:status ?t . BIND (STRAFTER(STR(?p), '#') AS ?polarity)"
        " BIND (STRAFTER(STR(?t), '#') AS ?status) }"
        " ORDER BY ?who ?polarity"
    )
    return [(row["who"], row["polarity"], row["status"]) for row in rows]


def test_what_is_most_worth_a_look_comes_first(desk):
    entries = queue(desk)
    first = entries[0]
    assert first.claim.startswith("We must build")
    assert first.reasons == ("uncertain", "contradictory")
    assert len(entries) == 3
    shown = queue(desk, Selection(everything=True))
    assert shown == entries, "nothing was decided yet"
    desk.reject(case_of(desk, "We must"))
    waiting, shown = queue(desk), queue(desk, Selection(everything=True))
    assert [one.status for one in waiting] == ["candidate"] * 2
    assert sorted(one.status for one in shown) == ["candidate", "candidate", "rejected"]


def test_the_queue_read_off_the_graph_says_what_the_articles_say(desk, project):
    """Who codes blindly has articles opened; where nobody decided, both ways lead to the same queue."""
    blind = project.desk("Otto", blind=True)
    desk.comment(case_of(desk, "We must"), "look again")
    desk.comment(case_of(desk, "The quay"), "look again")
    names = ("iri", "score", "reasons", "status", "article", "file", "outlet", "said", "claim", "positions")
    quick, opened = queue(desk), queue(blind)
    for one, other in zip(quick, opened, strict=True):
        assert {name: getattr(one, name) for name in names} == {name: getattr(other, name) for name in names}
        assert one.actor["id"] == other.actor["id"]
        assert (one.actors, one.about) == (other.actors, other.about)


def test_the_order_and_the_reasons_tell_a_blind_coder_nothing_of_what_others_decided(project, tmp_path):
    """Neither what was struck out, nor another speaker or stance, nor what somebody wrote down."""
    otto = project.desk("Otto", blind=True)
    before = queue(otto)
    assert before == queue(project.desk("Ida")), "nobody decided yet: both see the same"
    ida = project.desk("Ida")
    case = case_of(ida, "We must")
    article = case.article
    ida.reject(case)
    assert queue(otto) == before
    case = case_of(ida, "The harbour")
    ida.change(case, with_actor(case.record, project.register, project.iris, article, "Cy Doe"))
    case = case_of(ida, "The quay")
    ida.change(case, with_stance(case.record, project.codebook, "new-quay", "supports"))
    assert queue(otto) == before
    line = '{"article": "quay.txt", "content": ["The harbour needs a new quay"], "actor": "Ann Lee"}\n'
    (tmp_path / "jo.jsonl").write_text(line, encoding="utf-8")
    project.load([tmp_path / "jo.jsonl"], coder="Jo")
    assert queue(otto) == before
    otto.reject(case_of(otto, "We must"))
    after = {one.iri: one for one in queue(otto)}
    own = after[case_of(otto, "The harbour").iri]
    assert (len(after), own.reasons) == (2, ("decides alone",)), "what this person decided counts"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Bela Orlov", "person"), ("Sweden", "state"), ("European Commission", "organization")],
)
def test_an_actor_that_the_register_lacks_is_of_the_sort_that_loading_takes_it_for(desk, project, name, kind):
    case = case_of(desk, "We must")
    changed = with_actor(case.record, project.register, project.iris, case.article, name)
    assert changed["actor"]["kind"] == kind


def test_every_action_counts_at_once_and_is_undone_and_redone(desk, project):
    before = stances(project)
    seen = [before]
    register, codebook, iris = project.register, project.codebook, project.iris

    def wrong():
        return case_of(desk, "We must")

    case = wrong()
    article = case.article
    desk.change(case, with_stance(case.record, codebook, "new-quay", "supports", "before the winter"))
    seen.append(stances(project))
    case = wrong()
    desk.change(case, with_actor(case.record, register, iris, article, "(harbour official)"))
    seen.append(stances(project))
    case = wrong()
    desk.change(case, with_date(case.record, register, "2010-04"))
    case = wrong()
    start = case.record["content"][0]["start"]
    desk.change(case, with_content(case.record, article, [(start, start + 27)]))
    assert wrong().record["content"][0]["text"] == "We must build the new quay"
    case = wrong()
    desk.change(case, without_stance(case.record, "new-quay"))
    case = wrong()
    at = case.record["content"][0]["start"] + 14
    desk.split(case, split_at(case.record, article, at))
    desk.reject(case_of(desk, "The harbour"))
    desk.accept(case_of(desk, "The quay"))
    desk.comment(case_of(desk, "The quay"), "heard it too")
    missed = new_statement(article, article.text.index("Minister wants"), 14)
    missed = with_actor(missed, register, iris, article, "Bo Ramm")
    desk.add(iris.article(article.digest), with_stance(missed, codebook, "new-quay", "supports"))
    after = stances(project)
    assert ("(harbour official)", "supports", "reviewed") in seen[2]
    assert after == [("Ann Lee", "opposes", "reviewed"), ("Bo Ramm", "supports", "reviewed")]
    undone = 0
    while True:
        try:
            desk.undo()
        except UsageError:
            break
        undone += 1
    assert undone == 10
    assert stances(project) == before
    for _ in range(undone):
        desk.redo()
    assert stances(project) == after
    with pytest.raises(UsageError, match="nothing to redo"):
        desk.redo()
    assert len(desk.log()) == 30, "nothing that was decided is ever lost"
    report = project.validate()
    assert report.conforms, report.violations


def test_somebody_whom_the_register_lacks_is_described_by_the_decision(desk, project):
    """The graph stays whole, also when the statement is read again without that speaker."""
    case = case_of(desk, "We must")
    register, iris = project.register, project.iris
    desk.change(case, with_actor(case.record, register, iris, case.article, "Cy Doe"))
    assert ("Cy Doe", "opposes", "reviewed") in stances(project)
    report = project.validate()
    assert report.conforms, report.violations
    desk.undo()
    assert not project.sparql(f"SELECT ?p {{ <{iris.actor('Cy Doe')}> ?p ?o }}").records()


def test_a_stale_decision_is_refused_with_what_changed(desk, project):
    other = project.desk("Otto")
    case = case_of(desk, "We must")
    other.change(case, with_stance(case.record, project.codebook, "new-quay", "supports"))
    with pytest.raises(StaleError, match=r"Otto decided: change .*supports new-quay"):
        desk.reject(case)
    assert len(desk.log()) == 1
    desk.reject(case_of(desk, "We must"))


def test_two_coders_who_decide_blindly_and_one_who_settles(project):
    ida, otto = project.desk("Ida", blind=True), project.desk("Otto", blind=True)
    case = case_of(ida, "We must")
    ida.change(case, with_stance(case.record, project.codebook, "new-quay", "supports"))
    assert len(queue(otto)) == 3, "Otto sees nothing of what Ida did"
    seen = case_of(otto, "We must")
    assert (seen.status, seen.history) == ("candidate", ())
    assert seen.record["positions"][0]["stance"] == "opposes"
    otto.accept(seen)
    chief = project.desk("Eve", adjudicates=True)
    disputed = queue(chief, Selection(disputed=True))
    assert [entry.iri for entry in disputed] == [case.iri]
    case = chief.case(disputed[0].iri)
    chief.change(case, with_stance(case.record, project.codebook, "new-quay", "supports"))
    assert queue(chief, Selection(disputed=True)) == []
    otto.reject(case_of(otto, "We must"))
    assert ("Bo Ramm", "supports", "reviewed") in stances(project)


def missed(desk, project, words, stance):
    """Let somebody add a statement of Ann Lee in the article about the quay."""
    found = desk.article(project.iris.article(case_of(desk, "The harbour").article.digest))
    start = found.article.text.index(words)
    record = new_statement(found.article, start, start + len(words))
    record = with_actor(record, project.register, project.iris, found.article, "Ann Lee")
    desk.add(found.iri, with_stance(record, project.codebook, "new-quay", stance))


def test_one_passage_that_two_coders_added_with_other_borders_is_settled(project):
    ida, otto = project.desk("Ida", blind=True), project.desk("Otto", blind=True)
    missed(ida, project, "on Thursday", "opposes")
    missed(otto, project, "on Thursday.", "neutral")
    missed(ida, project, "in the capital", "neutral")
    missed(otto, project, "in the capital", "neutral")
    chief = project.desk("Eve", adjudicates=True)

    def waiting():
        found = queue(chief, Selection(disputed=True))
        return [chief.case(one.iri).record["content"][0]["text"] for one in found]

    assert waiting() == ["on Thursday", "on Thursday."], "side by side, and nothing that both have alike"
    longer, shorter = case_of(chief, "on Thursday."), queue(chief, Selection(disputed=True))[0].iri
    chief.accept(longer)
    assert waiting() == ["on Thursday"], "both would count"
    chief.reject(chief.case(shorter))
    assert waiting() == []
    chief.undo()
    chief.undo()
    chief.reject(chief.case(shorter))
    assert waiting() == [], "the other one is left"


def test_what_two_people_wrote_down_of_one_passage_is_settled(project, tmp_path):
    for coder, words, stance in (("Ida", "on Thursday", "opposes"), ("Otto", "on Thursday.", "neutral")):
        line = {"article": "quay.txt", "content": [words], "actor": "Ann Lee"}
        line["positions"] = [{"position": "new-quay", "stance": stance}]
        (tmp_path / f"{coder}.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
        project.load([tmp_path / f"{coder}.jsonl"], coder=coder)
    chief = project.desk("Eve", adjudicates=True)
    shown = {one.positions[0]["stance"]: one.iri for one in queue(chief, Selection(disputed=True))}
    chief.accept(chief.case(shown.pop("neutral")))
    for iri in shown.values():
        chief.reject(chief.case(iri))
    assert queue(chief, Selection(disputed=True)) == []
    assert [row for row in stances(project) if row[0] == "Ann Lee"][:1] == [
        ("Ann Lee", "neutral", "reviewed")
    ]


def test_decisions_find_their_words_in_a_changed_article(desk, project, harbour):
    desk.reject(case_of(desk, "The harbour"))
    case = case_of(desk, "We must")
    desk.change(case, with_stance(case.record, project.codebook, "new-quay", "supports"))
    path = harbour / "articles" / "quay.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"Corrected.\n\n{text.replace(chr(34), '”')}", encoding="utf-8")
    lines = (harbour / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    (harbour / "quay.jsonl").write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    articles = [harbour / "articles"]
    project.load([harbour / "quay.jsonl"], articles=articles, software="reader")
    assert stances(project) == [("Ann Lee", "opposes", "candidate"), ("Bo Ramm", "supports", "reviewed")]
    assert lost_decisions(desk) == []
    assert case_of(desk, "We must").record["content"][0]["start"] > case.record["content"][0]["start"]
    path.write_text(
        "Corrected.\n\nThe harbour needs a new quay, Bo Ramm said. Nothing else.\n", encoding="utf-8"
    )
    (harbour / "quay.jsonl").write_text(lines[0].replace('Bo Ramm",', 'Bo Ramm",', 1) + "\n")
    project.load([harbour / "quay.jsonl"], articles=articles, software="reader")
    lost = lost_decisions(desk)
    assert [(one.action, one.coder, one.article) for one in lost] == [("change", "Ida", "quay.txt")]
    assert lost[0].words.startswith("We must build the new quay")
    assert stances(project) == [("Ann Lee", "opposes", "candidate")]


def change_text(harbour, text, *, read=2):
    """Another text of quay.txt, in which the tool reads some of what it read before."""
    (harbour / "articles" / "quay.txt").write_text(text, encoding="utf-8")
    lines = (harbour / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    (harbour / "quay.jsonl").write_text("\n".join(lines[:read]) + "\n", encoding="utf-8")
    Project.open(harbour).load([harbour / "quay.jsonl"], articles=[harbour / "articles"], software="reader")


def test_an_article_whose_old_text_comes_back_is_reviewed_as_before(desk, project, harbour):
    """What people decided on the first text and on the one between counts where its words stand."""
    first = (harbour / "articles" / "quay.txt").read_text(encoding="utf-8")
    second = f"Corrected.\n\n{first}"
    desk.reject(case_of(desk, "We must"))
    change_text(harbour, second)
    case = case_of(desk, "The harbour")
    desk.change(case, with_stance(case.record, project.codebook, "new-quay", "opposes"))
    change_text(harbour, first)
    assert case_of(desk, "The harbour").record["positions"][0]["stance"] == "opposes"
    assert case_of(desk, "We must").status == "rejected"
    assert lost_decisions(desk) == []
    desk.reject(case_of(desk, "The harbour"))
    change_text(harbour, second)
    assert [case_of(desk, words).status for words in ("The harbour", "We must")] == ["rejected", "rejected"]
    assert lost_decisions(desk) == []


def test_an_old_text_of_a_graph_that_lost_its_version_is_reviewed_once_read_again(desk, project, harbour):
    case = case_of(desk, "We must")
    desk.reject(case)
    iris = project.iris
    article, gone = iris.article(case.article.digest), iris.article("0" * 64)
    note = Quad(node(gone), PROV.wasRevisionOf, node(article), node(iris.coding_graph))
    with project.writing() as store:
        store.write(Change(add=frozenset([note])))
    change_text(harbour, case.article.text)
    assert desk.case(case.iri).status == "rejected"


def test_what_a_person_loaded_finds_its_words_in_a_changed_article(desk, project, harbour, tmp_path):
    """It counts, is compared, and is replaced by what the same person loads of the new text."""
    mine = tmp_path / "ida.jsonl"
    line = json.loads((harbour / "statements.jsonl").read_text(encoding="utf-8").splitlines()[1])
    line |= {"actor": "Ann Lee", "source": "capital", "claim": "The quay is needed", "said": "2010-04"}
    line["positions"][0] |= {"stance": "supports", "condition": "if it is cheap"}
    mine.write_text(json.dumps(line) + "\n", encoding="utf-8")
    first = (harbour / "articles" / "quay.txt").read_text(encoding="utf-8")
    project.load([mine], coder="Ida")
    before = case_of(desk, "We must")
    pairs = project.agreement().pairs
    change_text(harbour, f"Corrected.\n\n{first}")
    after = case_of(desk, "We must")
    assert (after.iri, after.status) == (before.iri, "reviewed")
    assert after.record["content"][0]["start"] == before.record["content"][0]["start"] + 12
    told = ("actor", "said", "claim", "positions", "quote", "force")
    assert [after.record[name] for name in told] == [before.record[name] for name in told]
    assert [(who, side) for who, side, status in stances(project) if status == "reviewed"] == [
        ("Ann Lee", "supports")
    ]
    assert project.agreement().pairs == pairs
    assert lost_decisions(desk) == []
    assert project.validate().conforms
    change_text(harbour, first.replace("We must build the new quay", "We build a bridge"), read=1)
    (lost,) = lost_decisions(desk)
    assert (lost.coder, lost.action, lost.statement) == ("Ida", "write", before.iri)
    assert lost.words.startswith("We must build the new quay")
    assert lost_decisions(project.desk("Otto", blind=True)) == []
    line["content"] = ["The harbour needs a new quay"]
    mine.write_text(json.dumps(line) + "\n", encoding="utf-8")
    project.load([mine], coder="Ida")
    assert lost_decisions(desk) == []


def test_all_that_people_said_of_words_that_are_cut_is_lost(desk, project, harbour):
    """Each coder's decisions, also those that did not count; and what was put together with them."""
    otto = project.desk("Otto")
    case = case_of(desk, "We must")
    desk.accept(case)
    desk.merge([case_of(desk, "The quay"), case_of(desk, "We must")])
    desk.differ([case_of(desk, "The harbour"), case_of(desk, "The quay")])
    desk.comment(case_of(desk, "We must"), "a word")
    desk.change(case_of(desk, "We must"), with_stance(case.record, project.codebook, "new-quay", "supports"))
    otto.reject(case_of(otto, "We must"))
    first = case.article.text
    change_text(harbour, first[: first.index('"We must')] + "Nothing else was said.\n", read=1)
    lost = [(one.coder, one.action) for one in lost_decisions(desk)]
    assert lost == [("Ida", "accept"), ("Ida", "merge"), ("Ida", "change"), ("Otto", "reject")]
    assert {one.words for one in lost_decisions(desk)} == {"We must build the new quay before the winter,"}
    assert {one.article for one in lost_decisions(desk)} == {"quay.txt"}
    assert [one.coder for one in lost_decisions(project.desk("Otto", blind=True))] == ["Otto"]


def test_people_are_told_apart_by_their_names_and_not_by_white_space(project, tmp_path, harbour):
    names = ["Ida Reed", "ida reed", "ida-reed", "José", "Jose", "A. Reader", "A Reader", "reader"]
    for name in names:
        desk = project.desk(name, blind=True)
        desk.comment(case_of(desk, "We must"), f"by {name}")
    spaced = project.desk("  Ida  Reed ")
    assert spaced.coder.name == "Ida Reed"
    spaced.accept(case_of(spaced, "The quay"))
    log = spaced.log()
    assert [one.coder for one in log] == [*names, "Ida Reed"]
    assert len({one.agent for one in log} | {project.iris.software("reader")}) == len(names) + 1
    assert log[0].agent == log[-1].agent == f"{project.iris.base}agent/ida-reed"
    assert project.desk("ida reed").undo().comment == "by ida reed"
    assert project.desk("Ida Reed").undo().action == "accept"
    line = (harbour / "statements.jsonl").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "coded.jsonl").write_text(line + "\n", encoding="utf-8")
    for name in ("Ida Reed", "ida reed", " Ida Reed"):
        project.load([tmp_path / "coded.jsonl"], coder=name)
    assert project.agreement(coders=["Ida Reed ", "ida reed"], machine=False).coders == (
        "Ida Reed",
        "ida reed",
    )
    assert project.validate().conforms


def test_a_person_keeps_the_iri_that_the_graph_has_and_nobody_else_gets_it(project):
    """A graph in which an unusual name has the IRI that is now that of the usual one."""
    agent, graph = node(project.iris.person("Ida")), node(project.iris.coding_graph)
    known = [(RDF.type, PROV.Person), (RDFS.label, text("ida"))]
    with project.writing() as store:
        store.write(Change(add=frozenset(Quad(agent, name, value, graph) for name, value in known)))
    for name in ("ida", "Ida"):
        desk = project.desk(name)
        desk.comment(case_of(desk, "We must"), "a word")
    first, second = project.desk("Ida").log()
    assert (first.coder, first.agent, second.coder) == ("ida", agent.value, "Ida")
    assert second.agent != first.agent
    assert project.desk("Ida").undo().id == second.id


def test_what_was_decided_on_a_statement_that_somebody_takes_back_is_lost_until_it_is_there_again(
    desk, project
):
    otto = project.desk("Otto")
    case = case_of(desk, "We must")
    at = case.record["content"][0]["start"] + 14
    desk.split(case, split_at(case.record, case.article, at))
    half = case_of(otto, "the new quay")
    otto.change(half, with_stance(half.record, project.codebook, "new-quay", "supports"))
    assert lost_decisions(desk) == []
    desk.undo()
    (lost,) = lost_decisions(desk)
    assert (lost.coder, lost.action, lost.statement) == ("Otto", "change", half.iri)
    assert lost.words.startswith("the new quay")
    desk.redo()
    assert lost_decisions(desk) == []
    assert case_of(desk, "the new quay").record["positions"][0]["stance"] == "supports"


def test_wordings_are_found_and_put_together(desk, project):
    case = case_of(desk, "We must")
    found = likely_wordings(desk, case)
    assert [one.words for one in found] == ["The harbour needs a new quay"]
    desk.merge([case, desk.case(found[0].iri)])
    query = "SELECT (COUNT(?u) AS ?n) { ?u a st:Utterance }"
    assert next(iter(project.sparql(query)))["n"] == 2
    assert likely_wordings(desk, case_of(desk, "We must")) == []
    desk.undo()
    assert next(iter(project.sparql(query)))["n"] == 3


def test_killed_in_the_middle_nothing_is_lost(desk, project, harbour):
    """A process that decides again and again is killed; what it was told was written is there, whole."""
    script = (
        "import sys\n"
        "from kg.project import Project\n"
        "from kg.review.queue import queue\n"
        f"desk = Project.open({str(harbour)!r}).desk('Ida')\n"
        "while True:\n"
        "    for entry in queue(desk):\n"
        "        print(desk.comment(desk.case(entry.iri), 'again').id, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        told = [process.stdout.readline().strip() for _ in range(4)]
        process.kill()
    log = desk.log()
    assert set(told) <= {one.id for one in log}
    assert [one.sequence for one in log] == list(range(1, len(log) + 1))
    desk.accept(case_of(desk, "We must"))


def test_what_was_split_off_waits_until_somebody_looks_at_it(desk):
    case = case_of(desk, "We must")
    at = case.record["content"][0]["start"] + 14
    desk.split(case, split_at(case.record, case.article, at))
    half = case_of(desk, "the new quay")
    assert half.status == "candidate"
    waiting = {entry.iri for entry in queue(desk)}
    assert half.iri in waiting and case.iri not in waiting
    desk.accept(half)
    assert half.iri not in {entry.iri for entry in queue(desk)}


def test_an_article_that_nobody_decided_on_has_no_dispute(desk):
    case = case_of(desk, "We must")
    article = next(entry.article for entry in queue(desk) if entry.iri == case.iri)
    assert queue(desk, Selection(article=article, disputed=True)) == []


def test_what_was_made_of_a_statement_is_said_once(desk, project):
    case = case_of(desk, "We must")
    desk.change(case, with_stance(case.record, project.codebook, "new-quay", "supports"))
    words = outcome_words(desk.log()[-1])
    assert len(words) == len(set(words)) and "supports new-quay" in words


def test_a_load_says_how_many_statements_were_decided_on_before(desk, project, tmp_path):
    case = case_of(desk, "We must")
    desk.change(case, with_stance(case.record, project.codebook, "new-quay", "supports"))
    line = {
        "article": case.article.name,
        "content": [span["text"] for span in case.record["content"]],
        "actor": "Bo Ramm",
        "positions": [{"position": "new-quay", "stance": "opposes"}],
    }
    file = tmp_path / "again.jsonl"
    file.write_text(json.dumps(line), encoding="utf-8")
    (outcome,) = project.load([file], coder="Otto").outcomes
    assert outcome.message == "1 of them decided on in review, which goes before what is loaded"
    assert ("Bo Ramm", "supports", "reviewed") in stances(project)

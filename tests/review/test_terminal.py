"""`kg review` in a terminal, its keys piped in."""

import io
import json
import os
import pty
import select
import subprocess
import sys
import termios
import time

import pytest

from kg.model.errors import UsageError
from kg.review.queue import queue
from kg.review.terminal import KEYS, described, plain
from tests.review.test_decisions import case_of


@pytest.fixture
def keys(monkeypatch, kg_command, harbour):
    """Call `kg review` with keys on standard input."""

    def press(text, *arguments):
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        return kg_command("review", "--project", harbour, "--coder", "Ida", *arguments)

    return press


def test_a_walk_through_the_queue(keys, kg_command, harbour):
    run = keys("?sa\na\nr")
    assert run.code == 0, run.err
    assert "[We must build the new quay before the winter,]" in run.out
    assert "<Ramm told>" in run.out
    assert "opposes   The harbour should get a new quay" in run.out
    for key, what in KEYS.items():
        assert f"  {key}  {what}" in run.out
    assert "4 decisions" in run.err
    listed = json.loads(keys("", "--list", "--all", "-f", "json").out)
    assert sorted(row["status"] for row in listed) == ["rejected", "reviewed", "reviewed"]
    log = json.loads(keys("", "--log", "-f", "json").out)
    assert [row["action"] for row in log] == ["change", "accept", "accept", "reject"]
    assert {row["coder"] for row in log} == {"Ida"}
    assert "nothing waits" in keys("a").err


def test_corrections_by_lines(keys):
    run = keys("wAnn Lee\nd2010-04\nobefore the winter\ncsee the minutes\neWe must build the new quay\nq")
    assert run.code == 0, run.err
    rows = json.loads(keys("", "--list", "--all", "-f", "json").out)
    row = next(one for one in rows if one["status"] == "reviewed")
    assert row["actor"]["label"] == "Ann Lee"
    assert row["said"] == "2010-04"
    assert row["claim"] == "We must build the new quay"
    assert row["positions"] == [
        {"position": "new-quay", "stance": "opposes", "condition": "before the winter"}
    ]
    assert "see the minutes" in keys("ffq", "--all").out


def test_wrong_answers_change_nothing(keys):
    run = keys("dyesterday\nZe nowhere\nq")
    assert run.code == 0
    assert run.out.count("not written") == 2
    assert "'Z' means nothing here" in run.out
    assert json.loads(keys("", "--log", "-f", "json").out) == []


def test_what_was_settled_says_why_another_decision_changes_nothing(keys, project):
    keys("s")
    otto, eve = project.desk("Otto"), project.desk("Eve", adjudicates=True)
    otto.reject(case_of(otto, "We must"))
    eve.accept(case_of(eve, "We must"))
    otto.accept(case_of(otto, "We must"))
    told = "accept, which settles it: what others decide does not count"
    shown = [line for line in described(case_of(otto, "We must"), otto) if line.startswith("·")]
    assert [line.endswith(told) for line in shown] == [False, False, True, False]
    blind = project.desk("Jo", blind=True)
    assert told not in "\n".join(described(case_of(blind, "We must"), blind))


def test_undo_in_the_walk_and_by_option(keys):
    run = keys("auq")
    assert "undone: accept" in run.out
    assert "0 decisions" in run.err
    assert "done again: accept" in keys("", "--redo").err
    assert "undone: accept" in keys("", "--undo").err
    wrong = keys("", "--undo")
    assert (wrong.code, "nothing to undo" in wrong.err) == (2, True)


def test_what_was_undone_is_named_and_shown_though_it_is_of_an_earlier_walk(keys):
    keys("aq", "--article", "answer.txt")
    run = keys("uraq", "--article", "quay.txt")
    assert "undone: accept: “The quay is a waste of money,” (Ann Lee)\n" in run.out
    assert "[The quay is a waste of money,]" in run.out.partition("undone: ")[2]
    log = json.loads(keys("", "--log", "-f", "json").out)
    assert [row["action"] for row in log] == ["accept", "revoke", "reject", "accept"]
    assert log[2]["statement"] == log[0]["statement"] != log[3]["statement"]
    last = keys("", "--undo").err
    assert "undone: accept: “The harbour needs a new quay” (Bo Ramm) <" in last
    assert log[3]["statement"] in last
    keys("csee the minutes\nq")
    assert "undone: comment: “see the minutes”" in keys("u").out


def test_one_article_and_one_position(keys):
    assert "1 statement " in keys("q", "--article", "answer.txt").out
    assert "3 statements" in keys("q", "--position", "new-quay").out
    assert "2 statements" in keys("q", "--outlet", "The Example Courier").out
    assert "2 statements" in keys("q", "--actor", "Bo Ramm").out
    assert "3 statements" in keys("q", "--actor", "Ruritania").out, "with all that belongs to it"
    assert "1 statement " in keys("q", "--actor", "Ann Lee", "--outlet", "The Example Post").out
    assert "nothing waits" in keys("q", "--actor", "Ann Lee", "--outlet", "The Example Courier").err
    assert keys("q", "--outlet", "The Nowhere Times").code == 2
    run = keys("q", "--position", "new-key")
    assert (run.code, "did you mean 'new-quay'" in run.err) == (2, True)
    assert keys("q", "--article", "nothing.txt").code == 2


def test_articles_cannot_steer_the_terminal(keys, kg_command, harbour):
    assert plain("a\x1b[2Jb\x07") == "a[2Jb"
    words = "We \x1b]0;owned\x07must build the \x1b[31mnew quay before the winter"
    path = harbour / "articles" / "answer.txt"
    path.write_text(f"No quay\n\n“{words},” Bo Ramm told the house. {'So. ' * 50}\n", encoding="utf-8")
    line = {"article": "answer.txt", "content": [words], "actor": "Bo Ramm", "said": "2010-04-20"}
    (harbour / "statements.jsonl").write_text(json.dumps({**line, "positions": []}), encoding="utf-8")
    kg_command("remove", "--project", harbour, "answer.txt", "--yes")
    assert kg_command("load", "--project", harbour, "--software", "reader").code == 0
    shown = keys("fm", "--article", "quay.txt").out
    assert "must build the [31mnew quay" in shown
    shown += keys("cwhy\x1b[31m so\na", "--article", "answer.txt").out
    shown += keys("e\x1b[31m\n\x1b", "--article", "answer.txt", "--all").out
    shown += keys("", "--log").out
    assert "why[31m so" in shown
    path.write_text("No quay\n\nBo Ramm said that the ferry would stay.\n", encoding="utf-8")
    line["content"] = ["the ferry would stay"]
    (harbour / "statements.jsonl").write_text(json.dumps({**line, "positions": []}), encoding="utf-8")
    articles = harbour / "articles"
    kg_command("load", "--project", harbour, "--software", "reader", "--articles", articles)
    lost = keys("", "--lost").out
    assert "must build the [31mnew quay" in lost
    assert "\x1b" not in shown + lost
    assert "\x07" not in shown + lost


class Meanwhile(io.StringIO):
    """Keys on standard input; before the one at a place something else happens."""

    def __init__(self, keys, place, happens):
        """Keep what happens."""
        super().__init__(keys)
        self.place, self.happens = place, happens

    def read(self, size=-1):
        if self.tell() == self.place:
            self.happens()
        return super().read(size)


def test_what_somebody_else_decided_meanwhile_is_shown_and_can_be_decided_on(
    monkeypatch, kg_command, harbour, project
):
    otto = project.desk("Otto")
    monkeypatch.setattr(sys, "stdin", Meanwhile("aaq", 0, lambda: otto.reject(otto.case(queue(otto)[0].iri))))
    run = kg_command("review", "--project", harbour, "--coder", "Ida")
    assert run.out.count("not written: Otto decided: reject") == 1
    assert "(rejected)" in run.out.partition("not written")[2]
    assert [(one.coder, one.action) for one in otto.log()] == [("Otto", "reject"), ("Ida", "accept")]


def test_the_second_half_of_a_split_is_looked_at_next(keys, project):
    run = keys("/before the winter\nfsq", "--position", "new-quay")
    assert run.code == 0, run.err
    assert "── 2 of 4 ─" in run.out
    second = run.out.partition("── 2 of 4")[2]
    assert "[before the winter,]" in second
    log = project.desk("Ida").log()
    assert [one.action for one in log] == ["split", "change"]
    assert log[1].seen["content"][0]["text"] == "before the winter,"


def test_a_split_that_is_undone_leaves_no_trace_in_the_walk(keys):
    run = keys("/before the winter\nufq")
    assert run.code == 0, run.err
    after = run.out.partition("undone: split")[2]
    assert after.count("── 1 of 3") == after.count("── 2 of 3") == 1
    assert "[before the winter,]" not in after
    assert "[before the winter,]" in keys("Ufq").out.partition("done again: split")[2]


def test_every_choice_among_several_is_asked_for(keys, kg_command, harbour):
    with (harbour / "codebook.csv").open("a", encoding="utf-8") as file:
        file.write(
            "old-quay,The old quay should stay,harbour,Whether the old quay stays.,keep it,tear it down\n"
        )
    assert kg_command("load", "--project", harbour, "--software", "reader").code == 0
    run = keys("nold-quay\n2saq", "--article", "answer.txt")
    assert run.out.count("where the speaker stands (1 to 3, any other key for none):\n") == 1
    assert run.out.count("which stance (1 to 2, any other key for none):\nnone chosen\n") == 1
    assert (
        "which reports the same speech (1, any other key for none):\nnone chosen\n"
        in keys("fmnq", "--article", "quay.txt").out
    )
    run = keys("vxq", "--article", "answer.txt", "--all")
    assert "whose version (1, any other key for none):\nnone chosen\n" in run.out


def test_only_what_stands_of_this_walk_is_counted(keys):
    assert "1 decision\n" in keys("aq").err
    assert "0 decisions" in keys("uq").err, "what was undone is of an earlier walk"
    assert "0 decisions" in keys("cwhy\nuq").err
    assert "1 decision\n" in keys("Uq").err, "comments are decisions too"
    assert "2 decisions" in keys("cwhy not\nauUq").err


@pytest.mark.parametrize("name", ["", "  ", "Ida\nOtto", "Ida\x1b[2J", "machine", " Machine "])
def test_a_coder_has_a_name_of_a_person(kg_command, harbour, project, name):
    for command in (
        ["review", "--log"],
        ["utterances", "--no-meaning"],
        ["load"],
        ["codebook", "rename", "new-quay", "--label", "A new quay", "--by", name],
    ):
        who = [] if "--by" in command else ["--coder", name]
        run = kg_command(*command, *who, "--project", harbour)
        assert (run.code, "name" in run.err) == (2, True), command
        assert "\x1b" not in run.err
    with pytest.raises(UsageError):
        project.desk(name)
    assert project.desk(" Ida ").coder.name == "Ida"


class Terminal:
    """A terminal of its own with `kg review` in it, and a person who waits until a key is asked for."""

    def __init__(self, folder):
        """Start it."""
        self.person, self.inside = pty.openpty()
        command = [sys.executable, "-m", "kg", "review", "--project", str(folder), "--coder", "Ida"]
        self.process = subprocess.Popen(command, stdin=self.inside, stdout=self.inside, stderr=self.inside)
        self.shown = ""

    def until(self, words):
        """What is shown from here until some words and a key that is asked for."""
        while words not in self.shown:
            assert select.select([self.person], [], [], 120)[0], self.shown
            self.shown += os.read(self.person, 4096).decode("utf-8", "replace")
        while termios.tcgetattr(self.inside)[3] & termios.ICANON:
            time.sleep(0.01)
        shown, self.shown = self.shown, ""
        return shown

    def press(self, keys):
        os.write(self.person, keys.encode())


def test_keys_that_come_at_once_and_arrows_decide_nothing_unseen(harbour, project):
    terminal = Terminal(harbour)
    try:
        terminal.until("40% sure")
        terminal.press("\x1b[C")
        assert "that key means nothing here" in terminal.until("means nothing here")
        terminal.press("aa")
        shown = terminal.until("2 of 3")
        assert "means nothing" not in shown
        terminal.press("q")
        assert terminal.process.wait(120) == 0
    finally:
        terminal.process.kill()
        os.close(terminal.inside)
        os.close(terminal.person)
    assert [one.action for one in project.desk("Ida").log()] == ["accept"]


@pytest.mark.parametrize(
    ("options", "refused"),
    [
        ("--sample 2 --list", "'--sample' does not go with '--list'"),
        ("--sample 2 --actor Ruritania", "'--actor' does not go with '--sample'"),
        ("--sample 2 --web --all", "'--all' does not go with '--sample'"),
        ("--web --adjudicate --article answer.txt", "'--article' does not go with '--adjudicate'"),
        ("--web --format json", "'--format' does not go with '--web'"),
        ("--log --outlet x", "'--outlet' does not go with '--log'"),
        ("--undo --redo", "'--redo' does not go with '--undo'"),
        ("--seed 4", "'--seed' changes nothing here"),
        ("--port 80", "'--port' changes nothing here"),
        ("-f json", "'--format' changes nothing here"),
    ],
)
def test_an_option_that_would_be_ignored_is_refused(keys, project, options, refused):
    run = keys("aq", *options.split())
    assert (run.code, run.out) == (2, "")
    assert refused in run.err
    assert project.desk("Ida").log() == []

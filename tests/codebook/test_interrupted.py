"""A change that is killed at any moment is either not begun or done by the next command."""

import json
import os
import subprocess
import sys
from hashlib import sha256

import pytest

from kg.model.errors import InputError
from kg.project import Project
from kg.project.journal import journal_path
from kg.store.embedded import Store
from tests.codebook.conftest import CODEBOOK, stances

KILLED = """
import os, sys
from pathlib import Path
from kg.project import Project, journal
from kg.build.current import Deriver

step, folder = sys.argv[1], Path(sys.argv[2])
put, follow, whole, unlink = journal._put, journal._follow, Deriver.whole, Path.unlink
count = 0

def dying_put(path, text):
    global count
    if step == f"before file {count}":
        os._exit(9)
    put(path, text)
    count += 1

def dying_whole(self, view):
    for number, quad in enumerate(whole(self, view)):
        if step == "in the graph" and number == 50:
            os._exit(9)
        yield quad

def dying_unlink(self, **more):
    if step == "before the journal goes" and self.name.endswith(".change.json"):
        os._exit(9)
    unlink(self, **more)

def dying_carry(project, texts, after):
    os._exit(9)

journal._put, Deriver.whole, Path.unlink = dying_put, dying_whole, dying_unlink
if step == "before the journal":
    import kg.project.codebook_changes as changes
    changes.carry_out = dying_carry
Project.open(folder).codebook_changes("Ida").merge(["no-quay", "new-quay"], turned=True)
"""
AFTER = {
    ("The harbour ", "new-quay", "supports"),
    ("We must buil", "new-quay", "supports"),
    ("The quay is ", "new-quay", "opposes"),
}


def kill(folder, step):
    run = subprocess.run([sys.executable, "-c", KILLED, step, str(folder)], env=dict(os.environ), check=False)
    assert run.returncode == 9


@pytest.mark.parametrize(
    "step", ["before file 0", "before file 1", "in the graph", "before the journal goes"]
)
def test_what_was_begun_is_done_by_the_next_command(folder, kg_command, step):
    kill(folder, step)
    assert journal_path(folder / "codebook.csv").exists()
    run = kg_command("query", "positions", "--voice", "any", "-f", "csv", "-p", folder)
    assert run.code == 0, run.err
    assert "interrupted" in run.err
    assert not journal_path(folder / "codebook.csv").exists()
    again = Project.open(folder)
    assert stances(again) == AFTER
    assert "no-quay" not in again.codebook.position_by_slug
    assert [one.action for one in again.codebook.changes] == ["merge"]
    again.codebook_changes("Ida").undo()
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK


def test_what_was_not_begun_never_happened(folder):
    before = stances(Project.open(folder))
    kill(folder, "before the journal")
    again = Project.open(folder)
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == CODEBOOK
    assert stances(again) == before
    assert again.codebook.changes == ()


def test_readers_go_on_while_another_process_finishes(folder):
    kill(folder, "before file 0")
    with Store.open(folder / "graph", base="https://example.org/harbour/"):
        assert len(stances(Project.open(folder))) == 4  # as it was
    assert stances(Project.open(folder)) == AFTER


def test_an_edit_after_the_stop_is_never_overwritten(folder):
    kill(folder, "before file 0")
    mine = CODEBOOK + "lamps,More lamps,harbour,,,,,,\n"
    (folder / "codebook.csv").write_text(mine, encoding="utf-8")
    with pytest.raises(InputError, match="edited after"):
        _ = Project.open(folder).codebook
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == mine
    journal_path(folder / "codebook.csv").unlink()
    assert "lamps" in Project.open(folder).codebook.position_by_slug


@pytest.mark.parametrize("name", ["../../evil.csv", "kg.toml", "evil.csv"])
def test_a_journal_or_history_from_elsewhere_touches_no_other_file(folder, tmp_path, name):
    path = journal_path(folder / "codebook.csv")
    there = (folder / name).read_bytes() if (folder / name).exists() else b""
    files = [{"name": name, "before": sha256(there).hexdigest(), "text": "x", "encoding": "utf-8"}]
    path.write_text(json.dumps({"files": files}), encoding="utf-8")
    with pytest.raises(InputError, match="no file of the codebook"):
        _ = Project.open(folder).codebook
    path.unlink()
    history = {"change": 1, "action": "merge", "by": "x", "time": "2020-01-01T00:00:00Z", "what": "x"}
    history["edits"] = {name: [{"line": 0, "before": ["x\n"], "after": []}]}
    (folder / "codebook.history.jsonl").write_text(json.dumps(history) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="no file of the codebook"):
        Project.open(folder).codebook_changes("Ida").undo()
    assert ((folder / name).read_bytes() if (folder / name).exists() else b"") == there
    assert not list(tmp_path.rglob("evil.csv"))

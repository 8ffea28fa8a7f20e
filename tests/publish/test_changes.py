"""From release to release: what changed, in triples and in words; what was withdrawn keeps its address."""

import gzip
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model.vocabulary import PROV
from kg.project import Project
from kg.publish.difference import compare_releases
from kg.publish.making import publish
from kg.publish.place import Wishes
from kg.publish.release import read_release, triple_lines

BASE = "https://example.org/harbour/"


def lines_of(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()


def applied(old: Path, new: Path) -> set[str]:
    """The graph of a release, from that of the one before and the files of changes."""
    lines = (set(triple_lines(old)) - set(lines_of(new / "removed.nt.gz"))) | set(
        lines_of(new / "added.nt.gz")
    )
    store = ox.Store()
    store.load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    store.update((new / "forget.ru").read_text(encoding="utf-8"))
    return {f"{quad.triple} ." for quad in store}


def everything(folder: Path) -> str:
    """All that a release says, compressed files unpacked, names of files included."""
    found = []
    for path in sorted(folder.rglob("*")):
        found.append(path.name)
        if path.is_file():
            raw = path.read_bytes()
            found.append((gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8", "replace"))
    return "\n".join(found).casefold()


def release(project: Project, place: Path, number: str, **wishes):
    return publish(project, place, Wishes(number, date=f"{number.replace('.', '-')}-01", **wishes))


@pytest.fixture
def two(small_graph, tmp_path):
    """Two releases of the small project: in the second, an answer is gone and a quay has a new speaker."""
    old, new = tmp_path / "releases" / "2026.10", tmp_path / "releases" / "2026.11"
    release(small_graph, old, "2026.10")
    small_graph.remove("answer.txt")
    release(small_graph, new, "2026.11")
    return old, new


def test_nothing_changed(small_graph, tmp_path, kg_command):
    old, new = tmp_path / "a", tmp_path / "b"
    release(small_graph, old, "2026.10")
    release(small_graph, new, "2026.11")
    assert read_release(new).earlier[0].release == "2026.10"
    assert lines_of(new / "added.nt.gz") == lines_of(new / "removed.nt.gz") == []
    assert "Nothing changed" in (new / "CHANGES.md").read_text()
    run = kg_command("diff", old, new)
    assert run.code == 0
    assert "Nothing changed" in run.out


def test_added_and_removed_lead_from_one_to_the_other(small_graph, tmp_path):
    old, new = tmp_path / "a", tmp_path / "b"
    release(small_graph, old, "2026.10")
    folder = small_graph.settings.folder
    text = (folder / "statements.jsonl").read_text().replace('"supports"', '"opposes"')
    (folder / "statements.jsonl").write_text(text)
    project = Project.open(folder)
    project.load(coder="Ida Reed")
    release(project, new, "2026.11")
    before, after = set(triple_lines(old)), set(triple_lines(new))
    assert before != after
    assert set(lines_of(new / "removed.nt.gz")) == before - after
    assert set(lines_of(new / "added.nt.gz")) == after - before
    assert applied(old, new) == after
    difference = compare_releases(old, new)[2]
    changed = difference.of("stance", "changed")
    assert [one.label for one in changed] == ["Bo Ramm opposes: The harbour should get a new quay"]
    text = (new / "CHANGES.md").read_text()
    assert "polarity: supports -> opposes" in text


def test_a_removed_article_leaves_nothing_but_its_iri(two):
    old, new = two
    before, after = everything(old), everything(new)
    words = [
        "answer.txt",
        "No quay",
        "waste of money,",
        "Ann Lee opposes",
        "The Example Post",
        "example-post",
    ]
    for word in words:
        assert word.casefold() in before, word
        assert word.casefold() not in after, word
    gone = {line.split(" ")[0] for line in triple_lines(old) if "NewsArticle" in line} - {
        line.split(" ")[0] for line in triple_lines(new) if "NewsArticle" in line
    }
    iri = gone.pop()[1:-1]
    path = new / (iri.removeprefix(BASE) + ".ttl")
    said = {quad.predicate.value: quad.object.value for quad in ox.parse(path=path)}
    assert said == {
        PROV + "invalidatedAtTime": "2026-11-01T00:00:00Z",
        "http://www.w3.org/2002/07/owl#deprecated": "true",
    }
    assert "withdrawn on 2026-11-01" in path.with_suffix(".html").read_text()
    assert path.with_suffix(".jsonld").is_file()


def test_every_iri_of_the_release_before_still_leads_to_a_file(two):
    old, new = two
    for subject in {line.split(" ")[0][1:-1] for line in triple_lines(old)}:
        # A name that an article's words are in does not outlive the article.
        if not subject.startswith((f"{BASE}outlet/", f"{BASE}unnamed/")):
            assert (new / (subject.removeprefix(BASE) + ".ttl")).is_file(), subject


def test_the_changes_are_exact_although_they_hold_no_word_of_what_was_removed(two):
    old, new = two
    assert applied(old, new) == set(triple_lines(new))
    assert "DELETE" in (new / "forget.ru").read_text()


def test_tombstones_are_carried_over_and_go_when_the_article_comes_back(two, small_graph, tmp_path):
    _, second = two
    third = second.parent / "2026.12"
    release(small_graph, third, "2026.12")
    assert (third / "dumps/withdrawn.nt.gz").read_bytes() == (second / "dumps/withdrawn.nt.gz").read_bytes()
    small_graph.load(coder="Ida Reed")
    fourth = second.parent / "2027.01"
    release(small_graph, fourth, "2027.01")
    assert lines_of(fourth / "dumps/withdrawn.nt.gz") == []
    assert applied(third, fourth) == set(triple_lines(fourth))


def test_kg_diff_tells_in_words_and_as_json(two, kg_command, tmp_path):
    old, new = two
    run = kg_command("diff", old, new)
    assert run.code == 1
    assert "Articles: 1 withdrawn" in run.out
    assert "- 2010-04-24 No quay <" in run.out
    assert "- 2010-04-23 Ann Lee opposes: The harbour should get a new quay" in run.out
    record = json.loads(kg_command("diff", old, new, "-f", "json").out)
    assert record["same"] is False
    assert record["triples"] == {"added": 0, "removed": compare_releases(old, new)[2].removed}
    assert {"article", "statement", "stance", "claim"} <= {one["kind"] for one in record["changes"]}
    back = json.loads(kg_command("diff", new, old, "-f", "json").out)
    assert {one["change"] for one in back["changes"] if one["kind"] == "article"} == {"new"}


def test_a_release_takes_the_place_of_the_one_before(small_graph, tmp_path):
    place = tmp_path / "site"
    release(small_graph, place, "2026.10")
    release(small_graph, place, "2026.11")
    found = read_release(place)
    assert (found.release, found.earlier[0].release) == ("2026.11", "2026.10")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["harbour", "site"]


def test_a_failing_publish_leaves_the_old_release_whole(small_graph, tmp_path, monkeypatch):
    place = tmp_path / "site"
    release(small_graph, place, "2026.10")
    before = everything(place)
    monkeypatch.setattr("kg.publish.making.write_extras", _fail)
    with pytest.raises(KeyboardInterrupt):
        release(small_graph, place, "2026.11")
    assert everything(place) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["harbour", "site"]


def _fail(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_a_killed_process_left_is_cleared_and_put_back(small_graph, tmp_path):
    place = tmp_path / "site"
    release(small_graph, place, "2026.10")
    left = tmp_path / ".site.publishing"
    (left / "site").mkdir(parents=True)
    (left / "site" / "half.html").write_text("half")
    place.rename(left / "old")
    release(small_graph, place, "2026.11")
    assert read_release(place).earlier[0].release == "2026.10"
    assert not (place / "half.html").exists()
    assert not left.exists()


@pytest.mark.parametrize(
    ("prepare", "arguments", "code", "message"),
    [
        ("", ["--release", "2026/11"], 2, "can be no number of a release"),
        ("", [], 2, "--release"),
        ("", ["--release", "1", "--date", "soon"], 2, "is no day"),
        ("", ["--release", "1", "--quote-limit", "3"], 2, "80"),
        ("", ["--release", "1", "--previous", "nowhere"], 3, "holds no release"),
        ("files", ["--release", "1"], 2, "holds files and no release"),
        ("release", ["--release", "2026.10"], 2, "is here already"),
        ("stranger", ["--release", "2026.11"], 2, "CNAME"),
        ("base", ["--release", "2026.11"], 2, "another project"),
        ("no graph", ["--release", "1"], 3, "kg build"),
    ],
)
def test_what_will_not_do_is_said_in_a_line(
    small_project, tmp_path, kg_command, prepare, arguments, code, message
):
    place = tmp_path / "site"
    project = Project.open(small_project)
    if prepare != "no graph":
        project.load(coder="Ida Reed")
    if prepare == "files":
        place.mkdir()
        (place / "thesis.txt").write_text("mine")
    if prepare in ("release", "stranger", "base"):
        release(project, place, "2026.10")
    if prepare == "stranger":
        (place / "CNAME").write_text("data.example.org")
    if prepare == "base":
        marker = (place / "release.json").read_text().replace("/harbour/", "/river/")
        (place / "release.json").write_text(marker)
    before = everything(place) if place.exists() else None
    run = kg_command("publish", place, *arguments, "--project", small_project)
    assert run.code == code
    assert message in run.err
    assert run.err.startswith("Error: ") or prepare
    assert (everything(place) if place.exists() else None) == before
    assert not (tmp_path / ".site.publishing").exists()


def test_a_number_is_used_once(small_graph, tmp_path, kg_command):
    place, folder = tmp_path / "site", small_graph.settings.folder
    for number in ("2026.10", "2026.11"):
        release(small_graph, place, number)
    run = kg_command("publish", place, "--release", "2026.10", "--project", folder)
    assert run.code == 2
    assert "there was a release 2026.10 already" in run.err
    run = kg_command("publish", place, "--release", "2026.11", "--replace", "--project", folder)
    assert run.code == 2
    assert "--previous" in run.err


def test_kg_publish_says_what_it_does(small_graph, tmp_path, kg_command, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    run = kg_command("publish", tmp_path / "site", "--release", "1", "--project", small_graph.settings.folder)
    assert run.code == 0
    assert run.out == ""
    assert "writing the pages" in run.err
    assert "no licence is stated" in run.err
    assert read_release(tmp_path / "site").date == "2023-11-14"


def test_diff_needs_releases(tmp_path, kg_command):
    run = kg_command("diff", tmp_path, tmp_path)
    assert run.code == 3
    assert "holds no release" in run.err


def test_the_release_before_is_the_latest_beside_it(small_graph, tmp_path):
    folder = tmp_path / "releases"
    for number in ("2026.09", "2026.10"):
        release(small_graph, folder / number, number)
    (folder / "broken").mkdir()
    (folder / "broken" / "release.json").write_text("{")
    release(small_graph, folder / "2026.11", "2026.11")
    assert [one.release for one in read_release(folder / "2026.11").earlier] == ["2026.10", "2026.09"]
    # The same release anew does not take a later one for the one before.
    release(small_graph, folder / "2026.10", "2026.10", replace=True)
    assert [one.release for one in read_release(folder / "2026.10").earlier] == ["2026.09"]

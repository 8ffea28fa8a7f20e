"""What goes wrong is said in a line, and leaves the release that is there as it was."""

import fcntl

import pyoxigraph as ox

from kg.build.change import Change
from kg.model.vocabulary import ST
from kg.publish.making import publish
from kg.publish.place import Wishes


def test_a_graph_that_breaks_its_shapes_is_not_published(small_graph, tmp_path, kg_command):
    with small_graph.writing() as store:
        graph = ox.NamedNode(store.iris.current_graph)
        polarity = ox.NamedNode(ST + "polarity")
        stance = next(
            store.view.quads_for_pattern(None, polarity, ox.NamedNode(ST + "supports"), graph)
        ).subject
        store.write(Change(add=frozenset([ox.Quad(stance, polarity, ox.NamedNode(ST + "opposes"), graph)])))
    run = kg_command("publish", tmp_path / "site", "--release", "1", "--project", small_graph.settings.folder)
    assert run.code == 1
    assert "violation" in run.err
    assert "kg validate" in run.err
    assert not (tmp_path / "site").exists()
    assert not (tmp_path / ".site.publishing").exists()


def test_two_at_once_do_not_get_into_each_others_way(small_graph, tmp_path, kg_command):
    held = tmp_path / ".site.publishing"
    held.mkdir()
    with (held / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (held / "site").mkdir()
        folder = small_graph.settings.folder
        run = kg_command("publish", tmp_path / "site", "--release", "1", "--project", folder)
        assert run.code == 3
        assert "another process is publishing here" in run.err
        assert (held / "site").is_dir()


def test_a_damaged_release_is_said_to_be_one(small_graph, tmp_path, kg_command):
    place = tmp_path / "site"
    publish(small_graph, place, Wishes("1", date="2026-01-01"))
    dump = place / "dumps" / "graph.nq.gz"
    dump.write_bytes(dump.read_bytes()[:200])
    run = kg_command("diff", place, place)
    assert run.code == 3
    assert "graph.nq.gz" in run.err
    run = kg_command("publish", place, "--release", "2", "--project", small_graph.settings.folder)
    assert run.code == 3
    assert (place / "index.html").is_file()
    (place / "release.json").write_text("{}")
    assert "is no release's description" in kg_command("diff", place, place).err


def test_a_base_with_a_hash_cannot_be_published(small_project, kg_command, tmp_path):
    settings = small_project / "kg.toml"
    settings.write_text(settings.read_text().replace("/harbour/", "/harbour#"))
    run = kg_command("publish", tmp_path / "site", "--release", "1", "--project", small_project)
    assert run.code == 2
    assert "one document" in run.err

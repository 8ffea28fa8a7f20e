"""The store on disk: whole writes or none, one writer, any number of readers, clear messages."""

import json
import os
import resource
import signal
import subprocess
import sys
import time

import pyoxigraph as ox
import pytest

from kg.build.change import Change
from kg.model.errors import StoreError, UsageError
from kg.model.iris import DEFAULT_BASE
from kg.store.embedded import Store
from kg.store.querying import QueryTimeoutError
from kg.store.rdflib_view import as_dataset, as_graph

CURRENT = DEFAULT_BASE + "graph/current"


def quads(name, count=3, graph=CURRENT, size=1):
    subject = ox.NamedNode(f"urn:{name}")
    return frozenset(
        ox.Quad(subject, ox.NamedNode("urn:p"), ox.Literal(f"{n} " + "x" * size), ox.NamedNode(graph))
        for n in range(count)
    )


def count(store, name):
    return sum(1 for _ in store.view.quads_for_pattern(ox.NamedNode(f"urn:{name}"), None, None, None))


def python(code, *arguments, **more):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def test_what_is_written_is_there_after_reopening(tmp_path):
    with Store.open(tmp_path / "g") as store:
        store.write(Change(add=quads("a")))
        store.write(Change(remove=quads("a", 2), add=quads("b", 4)))
    with Store.open(tmp_path / "g", read_only=True) as store:
        assert (count(store, "a"), count(store, "b"), len(store)) == (1, 4, 5)
        assert store.named_graphs() == [CURRENT]
        with pytest.raises(StoreError, match="for reading only"):
            store.write(Change(add=quads("c")))
    with pytest.raises(StoreError, match="closed"):
        len(store)


@pytest.mark.parametrize("text", ["a\0b", "\r\n\t", '"', "\\", "\ufffe", "👍", "{ } ;", "\u2028"])
def test_any_text_can_be_written_and_removed(text):
    quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal(text), ox.NamedNode(CURRENT))
    with Store.in_memory() as store:
        store.write(Change(add=quads("b")))
        store.write(Change(remove=quads("b"), add=frozenset([quad])))
        assert list(store.quads()) == [quad]
        store.write(Change(remove=frozenset([quad])))
        assert len(store) == 0


def test_a_second_writer_gets_a_message_and_readers_do_not_wait(tmp_path):
    with Store.open(tmp_path / "g") as store:
        store.write(Change(add=quads("a")))
        code = (
            "import sys, pathlib; from kg.store.embedded import Store\n"
            "try: Store.open(pathlib.Path(sys.argv[1]))\n"
            "except Exception as error: print(type(error).__name__, error)\n"
            "print(len(Store.open(pathlib.Path(sys.argv[1]), read_only=True)))"
        )
        out, err = python(code, tmp_path / "g").communicate(timeout=60)
        assert err == ""
        message, found = out.splitlines()
        assert message.startswith("StoreError")
        assert "another process is writing" in message
        assert "wait until" in message
        assert found == "3"


def test_killed_in_the_middle_leaves_whole_writes(tmp_path):
    code = (
        "import sys, pathlib; sys.path.insert(0, '.')\n"
        "from tests.store.test_embedded import quads, Change, Store\n"
        "store = Store.open(pathlib.Path(sys.argv[1]))\n"
        "for n in range(100000):\n"
        "    old = quads(f'w{n - 1}', 200) if n else frozenset()\n"
        "    store.write(Change(remove=old, add=quads(f'w{n}', 200)))\n"
        "    print(n, flush=True)"
    )
    for seconds in (0.0, 0.3):
        process = python(code, tmp_path / "g")
        process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        written = [int(line) for line in process.stdout.read().split()]
        process.communicate()
        with Store.open(tmp_path / "g") as store:
            names = {quad.subject.value for quad in store.quads()}
            last = max(written, default=0)
            assert len(store) == 200
            assert names <= {f"urn:w{last}", f"urn:w{last + 1}"}
            store.write(Change(remove=frozenset(store.quads())))


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path):
    with Store.open(tmp_path / "g") as store:
        store.write(Change(add=quads("before", 10)))
    code = (
        "import sys, pathlib, signal, resource; sys.path.insert(0, '.')\n"
        "from tests.store.test_embedded import quads, Change, Store\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "store = Store.open(pathlib.Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try: store.write(Change(remove=quads('before', 5), add=quads('big', 400, size=2000)))\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    out, _ = python(code, tmp_path / "g").communicate(timeout=60)
    assert out.startswith("StoreError")
    assert "could not be written" in out
    assert "nothing was changed" in out
    with Store.open(tmp_path / "g") as store:
        assert (count(store, "before"), count(store, "big")) == (10, 0)
        store.write(Change(add=quads("after")))
        assert count(store, "after") == 3
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_rewriting_replaces_graphs_and_readers_keep_theirs(tmp_path):
    with Store.open(tmp_path / "g") as store:
        store.write(Change(add=quads("old") | quads("kept", graph="urn:other")))
        reader = Store.open(tmp_path / "g", read_only=True)
        store.rewrite({CURRENT: (quad for quad in sorted(quads("new", 5), key=str))})
        assert (count(store, "old"), count(store, "new"), count(store, "kept")) == (0, 5, 3)
        assert (count(reader, "old"), count(reader, "new")) == (3, 0)
        store.write(Change(add=quads("later")))

        def broken():
            yield from quads("never")
            raise OSError(28, "No space left on device")

        with pytest.raises(StoreError, match="could not be written"):
            store.rewrite({CURRENT: broken()})
    reader.close()
    with Store.open(tmp_path / "g") as store:
        assert (count(store, "new"), count(store, "later"), count(store, "never")) == (5, 3, 0)
    assert sorted(path.name for path in (tmp_path / "g").iterdir()) == ["graph-2", "store.json"]


def test_rewriting_in_memory():
    with Store.in_memory() as store:
        store.write(Change(add=quads("old")))
        store.rewrite({CURRENT: quads("new")})
        assert (count(store, "old"), count(store, "new")) == (0, 3)


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ({"kind": "stance-graph-store", "version": 0, "base": DEFAULT_BASE}, "format 0, this program reads"),
        ({"kind": "something"}, "no marker of a graph"),
        ([], "no marker of a graph"),
        ({"kind": "stance-graph-store", "version": 1, "base": DEFAULT_BASE, "generation": "../x"}, "damaged"),
        (
            {"kind": "stance-graph-store", "version": 1, "base": "urn:x:", "generation": "graph-1"},
            "the base urn:x:",
        ),
    ],
)
def test_other_stores_are_told(tmp_path, marker, message):
    (tmp_path / "store.json").write_text(json.dumps(marker))
    for read_only in (True, False):
        with pytest.raises(StoreError, match=message):
            Store.open(tmp_path, read_only=read_only)


def test_folders_that_are_no_store(tmp_path):
    with pytest.raises(StoreError, match="no graph yet"):
        Store.open(tmp_path / "none", read_only=True)
    (tmp_path / "file").write_text("x")
    for read_only in (True, False):
        with pytest.raises(StoreError, match="is a file"):
            Store.open(tmp_path / "file", read_only=read_only)
        with pytest.raises(StoreError, match="holds files but no graph"):
            Store.open(tmp_path, read_only=read_only)


def test_a_damaged_database_is_told(tmp_path):
    with Store.open(tmp_path / "g") as store:
        store.write(Change(add=quads("a")))
    for path in (tmp_path / "g" / "graph-1").glob("MANIFEST*"):
        path.write_bytes(os.urandom(64))
    for read_only in (True, False):
        with pytest.raises(StoreError, match=r"cannot be (read|opened)"):
            Store.open(tmp_path / "g", read_only=read_only)


def test_queries_see_current_unless_told_otherwise():
    other = "urn:other"
    with Store.in_memory() as store:
        store.write(Change(add=quads("a") | quads("b", 4, graph=other)))
        text = "SELECT ?s WHERE { ?s ?p ?o }"
        assert len(list(store.query(text))) == 3
        assert len(list(store.query(text, graphs="union"))) == 7
        assert len(list(store.query(text, graphs=[other]))) == 4
        assert len(list(store.query("SELECT ?s FROM <urn:other> WHERE { ?s ?p ?o }"))) == 4
        assert bool(store.query("ASK { GRAPH <urn:other> { ?s ?p ?o } }")) is True
        assert len(list(store.query("CONSTRUCT WHERE { ?s ?p ?o }"))) == 3
        assert len(list(store.query("SELECT ?s WHERE { ?s a st:Statement }"))) == 0
        with pytest.raises(UsageError, match="not valid SPARQL"):
            store.query("SELECT ?s WHERE {")


def test_a_deadline_stops_a_query(tmp_path):
    with Store.open(tmp_path / "g") as store:
        store.write(Change(add=quads("a", 300)))
        text = "SELECT ?s ?o WHERE { ?s ?p ?o }"
        assert len(list(store.query(text, timeout=60))) == 300
        assert bool(store.query("ASK { ?s ?p ?o }", timeout=60)) is True
        assert len(list(store.query("CONSTRUCT WHERE { ?s ?p ?o }", timeout=60))) == 300
        slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c < ?f) }"
        started = time.monotonic()
        with pytest.raises(QueryTimeoutError, match="stopped after 2 s"):
            store.query(slow, timeout=2)
        assert time.monotonic() - started < 30
        with pytest.raises(UsageError, match="not valid SPARQL"):
            store.query("SELECT ?s WHERE { ?s ?p }", timeout=60, check=False)


@pytest.mark.parametrize("form", ["SELECT *", "CONSTRUCT { ?a ?b ?joined }"])
def test_an_answer_without_end_is_stopped(tmp_path, form):
    with Store.open(tmp_path / "g") as store:
        store.write(Change(add=quads("a", 300)))
        with pytest.raises(UsageError, match=r"more than 100,000 bytes \(ask for fewer"):
            pattern = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND (CONCAT(?c, ?f, ?i) AS ?joined)"
            store.query(f"{form} WHERE {{ {pattern} }}", timeout=60, most=100_000)


def test_rdflib_sees_the_same():
    with Store.in_memory() as store:
        store.write(Change(add=quads("a") | quads("b", 4, graph="urn:other")))
        assert len(as_graph(store)) == 3
        assert len(as_graph(store, "urn:other")) == 4
        assert len(list(as_dataset(store).quads())) == 7
        assert len(as_graph(store).query("SELECT ?s WHERE { ?s ?p ?o }")) == 3

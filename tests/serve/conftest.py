"""Real servers on 127.0.0.1, each in a thread of the test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

pytest.importorskip("uvicorn", reason="needs the extra 'web'")
httpx = pytest.importorskip("httpx")

from kg.build.change import Change  # noqa: E402
from kg.model.iris import DEFAULT_BASE, Iris  # noqa: E402
from kg.model.resources import resource  # noqa: E402
from kg.serve.application import application  # noqa: E402
from kg.serve.limits import Limits  # noqa: E402
from kg.serve.server import address_of, listen, server  # noqa: E402
from kg.serve.source import Source  # noqa: E402
from kg.store.embedded import Store  # noqa: E402

DEBATE = Path(__file__).parents[1] / "query" / "debate.ttl"
LIMITS = Limits(seconds=60, page_seconds=60, workers=1, header_seconds=10)


@contextmanager
def serving(source: Source, limits: Limits = LIMITS, **options: object) -> Iterator[httpx.Client]:
    """A client of a server that runs while the block does."""
    sock = listen("127.0.0.1", 0)
    address = address_of(sock)
    source = source if source.address else replace(source, address=address)
    ready = threading.Event()
    running = server(application(source, limits, **options), limits, ready.set)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    try:
        assert ready.wait(60), "the server did not start"
        with httpx.Client(base_url=address, timeout=60) as client:
            yield client
    finally:
        running.should_exit = True
        thread.join(30)


@pytest.fixture(scope="session")
def debate_source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """A small graph in which every answer can be worked out by hand, without reading an article."""
    iris = Iris(DEFAULT_BASE)
    folder = tmp_path_factory.mktemp("debate") / "graph"
    current = ox.NamedNode(iris.current_graph)
    triples = ox.parse(path=str(DEBATE), format=ox.RdfFormat.TURTLE)
    with Store.open(folder, base=iris.base) as store:
        quads = (ox.Quad(t.subject, t.predicate, t.object, current) for t in triples)
        text = ox.Quad(
            ox.NamedNode(f"{iris.base}article/a01"),
            ox.NamedNode("https://schema.org/text"),
            ox.Literal("The whole text, which stays at home."),
            ox.NamedNode(f"{iris.base}graph/article/a01"),
        )
        store.write(Change(add=frozenset([*quads, text])))
    return Source(folder, iris.base, "Cod", (resource("queries"),))


@pytest.fixture(scope="session")
def client(debate_source: Source) -> Iterator[httpx.Client]:
    """A client of a server with the small graph."""
    with serving(debate_source) as one:
        yield one


@pytest.fixture(scope="session")
def ask(client: httpx.Client) -> Callable[..., httpx.Response]:
    """Puts a query to the endpoint by GET."""

    def put(query: str, accept: str | None = None, **fields: str) -> httpx.Response:
        headers = {"accept": accept} if accept else {}
        return client.get("/sparql", params={"query": query, **fields}, headers=headers)

    return put

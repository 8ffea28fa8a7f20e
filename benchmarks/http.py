"""Measures canned queries over HTTP, side by side with the `oxigraph` server; writes docs/benchmarks-http.md.

    python -m benchmarks.http                     # 1,000 articles, some five minutes
    python -m benchmarks.http --articles 100 --output build/benchmarks-http.md

Both servers read the same database and are asked the same queries by the same clients, in turns of a second
or two, so that whatever else the machine does meets both. Answers are made anew for each request, but in the
column that says so.
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil

from benchmarks.graphs import build
from benchmarks.parameters import typical
from kg.model.iris import Iris
from kg.query.canned import Given, list_queries
from kg.query.entities import Catalogue
from kg.query.run import on_oxigraph
from kg.store.embedded import Store
from kg.store.folder import read_marker

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks-http.md"
JSON = "application/sparql-results+json"
ANY = f"{JSON}, text/turtle;q=0.9"
FRESH = {"Cache-Control": "no-cache"}
"""Asks for an answer made now; `kg serve` else keeps those of canned queries until the graph changes."""
WANTED = 0.5
"""Share of the oxigraph server's requests a second that ours is to reach."""


@dataclass(frozen=True)
class Server:
    """A server that answers.

    Attributes:
        address: Where.
        process: Its process, which may have children.
    """

    address: str
    process: psutil.Process

    def seconds(self) -> float:
        """Processor time that it and its children have taken so far."""
        total = 0.0
        for one in [self.process, *self.process.children(recursive=True)]:
            times = one.cpu_times()
            total += times.user + times.system
        return total


@dataclass(frozen=True)
class Rate:
    """What a server did in its turns.

    Attributes:
        turns: Requests a second of each turn.
        milliseconds: Processor time a request.
    """

    turns: tuple[float, ...]
    milliseconds: float

    @property
    def median(self) -> float:
        """The middle turn."""
        return statistics.median(self.turns)

    def text(self) -> str:
        """Median with the slowest and the fastest turn.

        >>> Rate((100.0, 120.0, 90.0), 8.5).text()
        '100 (90–120)'
        """
        return f"{self.median:.0f} ({min(self.turns):.0f}–{max(self.turns):.0f})"


@dataclass(frozen=True)
class Row:
    """One query on four ways: the oxigraph server, our endpoint, our canned queries made anew and kept."""

    name: str
    size: int
    oxigraph: Rate
    endpoint: Rate
    canned: Rate
    kept: Rate


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


@contextmanager
def started(command: Sequence[str], address: str) -> Iterator[Server]:
    """A server of its own process, from when it answers until the block ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(address)
        yield Server(address, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(address: str) -> None:
    parts = urlsplit(address)
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection(parts.netloc, timeout=10)
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no server came up at {address}")


Way = tuple[Server, str, dict[str, str]]
"""Whom to ask, for what, and with which headers."""


def _turn(way: Way, clients: int, seconds: float) -> tuple[float, float, int]:
    """Requests a second, processor seconds a request, and bytes of an answer, in one turn."""
    server, target, headers = way
    parts = urlsplit(server.address)
    done, size, failures = [0] * clients, [0] * clients, []
    before, began = server.seconds(), time.perf_counter()

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection(parts.netloc, timeout=120)
        while time.perf_counter() - began < seconds:
            connection.request("GET", target, headers={"Accept": ANY, **headers})
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                failures.append(f"{response.status} {body[:200]!r}")
                return
            done[number] += 1
            size[number] = len(body)
        connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"{server.address}{target[:100]}: {failures[0]}")
    took, spent = time.perf_counter() - began, server.seconds() - before
    return sum(done) / took, spent / max(1, sum(done)), max(size)


def compared(ways: Sequence[Way], turns: int, clients: int, seconds: float) -> tuple[list[Rate], int]:
    """Rates of several servers for the same question, in turns; and the bytes of the first one's answer."""
    found: list[list[tuple[float, float, int]]] = [[] for _ in ways]
    for way in ways:
        _turn(way, clients, min(seconds, 0.3))
    for _ in range(turns):
        for place, way in enumerate(ways):
            found[place].append(_turn(way, clients, seconds))
    rates = [
        Rate(tuple(rate for rate, _, _ in one), 1000 * statistics.median(spent for _, spent, _ in one))
        for one in found
    ]
    return rates, found[0][0][2]


def measure(folder: Path, articles: int, turns: int, clients: int, seconds: float) -> tuple[list[Row], int]:
    """All canned queries with typical parameters on a generated debate; and the size of its graph."""
    _say(f"building {articles:,} articles ...")
    built = build(folder, articles)
    store, triples = folder / "graph", built.triples
    built.store.close()
    marker = read_marker(store)
    assert marker is not None
    iris = Iris(marker.base)
    with Store.open(store, base=iris.base, read_only=True) as reading:
        engine = on_oxigraph(reading.view, iris.current_graph)
        values, names = typical(engine), Catalogue(engine)
        texts = {one.name: one.bind(values[one.name], names.resolve) for one in list_queries()}
    project = folder / "kg.toml"
    project.write_text(f'base = "{iris.base}"\nstore = "graph"\ntitle = "Benchmark"\n', encoding="utf-8")
    binary = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if binary is None:
        raise SystemExit("there is no 'oxigraph' here: pip install oxigraph")
    theirs = [
        binary,
        "serve-read-only",
        "--location",
        str(store / marker.generation),
        "--bind",
        "127.0.0.1:7991",
    ]
    ours = [sys.executable, "-m", "kg", "serve", "--project", str(folder), "--port", "7992"]
    rows = []
    with started(theirs, "http://127.0.0.1:7991") as them, started(ours, "http://127.0.0.1:7992") as us:
        for name, text in texts.items():
            graph = {"query": text, "default-graph-uri": iris.current_graph}
            suffix = "nt" if name == "evidence" else "srj"
            canned = f"/queries/{name}.{suffix}?{_fields(values[name])}"
            ways: list[Way] = [
                (them, f"/query?{urlencode(graph)}", FRESH),
                (us, f"/sparql?{urlencode({'query': text})}", FRESH),
                (us, canned, FRESH),
                (us, canned, {}),
            ]
            rates, size = compared(ways, turns, clients, seconds)
            rows.append(Row(name, size, *rates))
            _say(f"{name}: {', '.join(rate.text() for rate in rates)} requests a second")
    return rows, triples


def _fields(values: Mapping[str, Given]) -> str:
    pairs = [
        (name, one)
        for name, given in values.items()
        for one in ([given] if isinstance(given, str) else given or [])
    ]
    return urlencode(pairs)


def page(rows: Sequence[Row], articles: int, triples: int, turns: int, clients: int) -> str:
    """The page docs/benchmarks-http.md."""
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("oxigraph", "pyoxigraph", "uvicorn", "starlette")
    )
    ways: list[tuple[str, Callable[[Row], Rate]]] = [
        ("`/sparql`", lambda row: row.endpoint),
        ("`/queries/NAME`", lambda row: row.canned),
        ("`/queries/NAME`, kept", lambda row: row.kept),
    ]
    lines = [
        "# Canned queries over HTTP",
        "",
        "Made by `python -m benchmarks.http` on a generated debate (`benchmarks/generate.py`): `kg serve`",
        "side by side with the `oxigraph` server over the same database, with the same queries,",
        f"{clients} clients at a time, in {turns} turns each. Answers are made anew for each request but",
        "in the columns *kept*. Take the ratios.",
        "",
        f"Python {platform.python_version()}, {packages};",
        f"{os.cpu_count()} processor cores, which the clients share; {articles:,} articles,",
        f"{triples:,} triples in `current`.",
        "",
        "The oxigraph server has a thread for each client, `kg serve` a process for each core, so there are",
        "as many clients as cores: on a machine that does other things too, more threads get more of it.",
        "Workers for `/sparql` give way to other processes (`nice`); there the processor time says more.",
        "",
        "## What was wanted and what is",
        "",
    ]
    for name, rate in ways:
        for what, share in (
            ("by the clock", lambda row, rate=rate: rate(row).median / row.oxigraph.median),
            ("by processor time", lambda row, rate=rate: row.oxigraph.milliseconds / rate(row).milliseconds),
        ):
            shares = sorted((share(row), row.name) for row in rows)
            enough = sum(one >= WANTED for one, _ in shares)
            least, slowest = shares[0]
            lines += [
                f"- {name}, {what}: {enough} of {len(rows)} queries reach at least half of the requests",
                f"  a second of the oxigraph server; {shares[len(shares) // 2][0]:.2f} times in the median,",
                f"  the least is `{slowest}` with {least:.2f} times.",
            ]
    lines += [
        "",
        "## Requests a second",
        "",
        "Medians with the slowest and the fastest turn, and processor time of the server a request.",
        "",
        "| query | bytes | `oxigraph` | ms | `/sparql` | ms | times | `/queries/NAME` | ms | times "
        "| kept | ms | times |",
        "|---" * 13 + "|",
    ]
    for row in rows:
        cells = [f"{row.oxigraph.text()} | {row.oxigraph.milliseconds:.1f}"]
        for _, rate in ways:
            ours = rate(row)
            cells.append(f"{ours.text()} | {ours.milliseconds:.1f} | {ours.median / row.oxigraph.median:.2f}")
        lines.append(f"| {row.name} | {row.size:,} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http", description=__doc__)
    parser.add_argument("--articles", type=int, default=1000, help="number of articles")
    parser.add_argument("--turns", type=int, default=3, help="turns of each server for each query")
    parser.add_argument("--clients", type=int, default=os.cpu_count() or 2, help="clients at a time")
    parser.add_argument("--seconds", type=float, default=1.5, help="length of a turn")
    parser.add_argument("--output", type=Path, default=PAGE, help="page to write")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        rows, triples = measure(
            Path(folder), options.articles, options.turns, options.clients, options.seconds
        )
    options.output.parent.mkdir(parents=True, exist_ok=True)
    text = page(rows, options.articles, triples, options.turns, options.clients)
    options.output.write_text(text, encoding="utf-8")
    _say(f"wrote {options.output}")


if __name__ == "__main__":
    main()

"""Measures search on a generated debate and writes its section of docs/benchmarks.md.

    python -m benchmarks.search                          # 10,000 statements, some two minutes
    python -m benchmarks.search --keep build/debate      # keeps the graph for the next time

Beside the index stands what one would do without it: a SPARQL query with CONTAINS over the same labels, which
forgives neither marks nor slips and ranks nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.graphs import build
from benchmarks.measure import Timing, measured, ratio
from benchmarks.run import PAGE
from benchmarks.sections import with_section
from kg.model.iris import Iris
from kg.query.run import on_oxigraph
from kg.query.terms import string_text
from kg.search.documents import documents
from kg.search.finding import find
from kg.search.index import Index
from kg.search.searcher import Searcher
from kg.store.atomic import write_bytes
from kg.store.embedded import Store
from kg.store.folder import SEARCH_INDEX, read_marker, state

STATEMENTS_AN_ARTICLE = 4.6
"""Of the generated debate, on average."""
_CONTAINS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?node ?label WHERE { ?node rdfs:label ?label . FILTER (CONTAINS(LCASE(?label), %s)) } LIMIT 20"""


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _once(action: Callable[[], Any]) -> tuple[Timing, Any]:
    """Processor time of a single run, and what it returned."""
    start = time.process_time()
    found = action()
    return Timing((time.process_time() - start,)), found


def _questions(index: Index) -> list[tuple[str, str]]:
    """What is asked for: what people look for, and what costs most."""
    state, person = index.listed("actor")[5].label, index.listed("actor")[60].label
    first, last = person.split(" ")[0], person.split(" ")[-1]
    slip = last[:-2] + last[-1] + last[-2] if len(last) > 4 else last + "x"
    return [
        ("a name", state),
        ("the beginning of a name", first[:4]),
        ("a name with a slip", slip),
        ("a word of one claim in three", "treaty"),
        ("two words", "pipeline shield"),
        ("two words, one with a slip", "pipelnie shield"),
        ("who and what", f"{last} harbour"),
        ("a phrase", '"court budget"'),
        ("a word that is nowhere", "zyxwvutsrq"),
    ]


def section(folder: Path, repeats: int) -> str:
    """Measure on the graph in a folder.

    Args:
        folder: The store's folder; an index in it is made again.
        repeats: Runs of each search.
    """
    (folder / SEARCH_INDEX).unlink(missing_ok=True)

    def reading() -> Store:
        return Store.open(folder, base=Iris().base, read_only=True)

    with reading() as store:
        reading_time, found = _once(lambda: list(documents(store)))
        marker = read_marker(folder)
        assert marker is not None
        building, index = _once(lambda: Index.build(found, state(folder, marker)))
        write_bytes(folder / SEARCH_INDEX, index.to_bytes())
        engine = on_oxigraph(store.view, store.iris.current_graph)
        statements = sum(document.kind == "claim" for document in found)
        _say(f"  {statements} statements, {len(found)} documents")
        opening = measured(lambda: Searcher(folder, reading).index(), repeats)
        rows, times = [], []
        for what, words in _questions(index):
            ours = measured(partial(find, index, words), repeats)
            plain = _CONTAINS % string_text(words.strip('"').lower())
            theirs = measured(partial(engine, plain), 1)
            cells = [what, ours.text(), f"{find(index, words).total:,}", theirs.text()]
            cells += [str(len(engine(plain))), ratio(theirs, ours)]
            rows.append("| " + " | ".join(cells) + " |")
            times.append(ours.median)
            _say(f"  {what}: {ours.text()}")
    size = (folder / SEARCH_INDEX).stat().st_size / 1_000_000
    packages = f"SQLite {sqlite3.sqlite_version}, rapidfuzz {version('rapidfuzz')}"
    lines = [
        "## Search",
        "",
        f"Made by `python -m benchmarks.search`: {statements:,} statements, {len(found):,} things to find.",
        f"Python {platform.python_version()}, {packages}, {os.cpu_count()} processor cores; processor time,",
        f"medians of {repeats} runs with the fastest and the slowest.",
        "",
        f"- A search takes {1000 * statistics.median(times):.0f} ms in the median, "
        f"{1000 * max(times):.0f} ms at most, snippets of 20 hits included.",
        "- The index is made once after each change of the graph: reading names and words takes "
        f"{reading_time.text()}, indexing them {building.text()}; it has {size:.0f} MB.",
        f"- The next process opens it in {opening.text()}.",
        "",
        "| looked for | search | hits | SPARQL `CONTAINS`, 20 rows | rows | times faster |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
        "`CONTAINS` stops at 20 rows in no order, forgives no slip, and finds no words that stand apart;",
        "where it has 20 rows at once it is quick, where it has to look at everything it is not.",
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--statements", type=int, default=10_000, help="at least so many, about")
    parser.add_argument("--repeats", type=int, default=9, help="runs of each search")
    parser.add_argument("--keep", type=Path, help="folder that holds the graph, or is to hold it")
    parser.add_argument("--output", type=Path, default=PAGE, help="page to write the section into")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-") as name:
        folder = options.keep or Path(name)
        if not (folder / "graph").exists():
            _say("building the graph")
            folder.mkdir(parents=True, exist_ok=True)
            build(folder, round(options.statements / STATEMENTS_AN_ARTICLE)).store.close()
        text = section(folder / "graph", options.repeats)
    old = options.output.read_text(encoding="utf-8") if options.output.exists() else "# Benchmarks\n"
    options.output.write_text(with_section(old, "search", text), encoding="utf-8")
    _say(f"wrote {options.output}")


if __name__ == "__main__":
    main()

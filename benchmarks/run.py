"""Measures the graph side by side with rdflib and pyshacl and writes docs/benchmarks.md.

    python -m benchmarks.run                      # 1,000 and 10,000 articles, some 15 minutes
    python -m benchmarks.run --sizes 100 --output build/benchmarks.md

Everything is measured in one run on the same generated file, as what another machine will see again are the
ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import pyoxigraph as ox
import rdflib

from benchmarks.graphs import Built, build
from benchmarks.measure import Timing, limited, measured, once, ratio
from benchmarks.parameters import typical
from benchmarks.sections import sections
from kg.query.canned import Given, list_queries
from kg.query.entities import Catalogue
from kg.query.run import on_oxigraph, on_rdflib
from kg.store.embedded import Store
from kg.validate.article import Context, validate_article
from kg.validate.shapes import validate_graph

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
RDFLIB_UP_TO = 1000
"""Articles above which rdflib is left out: it would take hours."""
PYSHACL_ARTICLES = 20
"""Articles of the graph that pyshacl validates as a whole."""


@dataclass
class QueryRow:
    """What one canned query took."""

    name: str
    values: dict[str, Given]
    rows: int
    ours: Timing
    rdflib: Timing | None = None


@dataclass
class Report:
    """All figures of one size."""

    articles: int
    triples: int
    quads: int
    building: Timing
    figures: list[tuple[str, str, str, str]] = field(default_factory=list)
    queries: list[QueryRow] = field(default_factory=list)
    adding: Timing | None = None


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _load(report: Report, built: Built, folder: Path) -> Any | None:
    target = folder / "loaded"
    ours, _ = once(lambda: ox.Store(str(target)).bulk_load(path=built.file, format=ox.RdfFormat.N_TRIPLES))
    shutil.rmtree(target, ignore_errors=True)
    if report.articles > RDFLIB_UP_TO:
        report.figures.append(("load `current` from N-Triples to disk", ours.text(), "not tried", ""))
        return None
    theirs, graph = once(lambda: rdflib.Graph().parse(built.file, format="nt"))
    report.figures.append(
        (
            "load `current` from N-Triples (ours to disk, rdflib to memory)",
            ours.text(),
            theirs.text(),
            ratio(theirs, ours),
        )
    )
    return graph


def _query(report: Report, built: Built, graph: Any | None, repeats: int, limit: float) -> None:
    engine = on_oxigraph(built.store.view, built.iris.current_graph)
    names = Catalogue(engine)
    values = typical(engine)
    for query in list_queries():
        _say(f"  {query.name}")
        text = query.bind(values[query.name], names.resolve)
        rows = len(engine(text))
        ours = measured(partial(engine, text), repeats)
        row = QueryRow(query.name, values[query.name], rows, ours)
        if graph is not None:
            row.rdflib = limited(partial(on_rdflib(graph), text), limit)
        report.queries.append(row)


def _add(report: Report, built: Built, context: Context) -> None:
    """Add the spare articles one by one, each validated, derived and written."""
    runs = []
    for article, quads in built.spare:
        start = perf_counter()
        conforms = validate_article(quads, context).conforms
        change = built.deriver.article(built.store.view, article.digest, quads)
        built.store.write(change)
        runs.append(perf_counter() - start)
        assert conforms, article.name
    report.adding = Timing(tuple(runs))
    report.figures.append(("add one article: validate, derive, write", report.adding.text(), "", ""))


def _validate(report: Report, built: Built, context: Context, limit: float) -> None:
    _, quads = built.spare[0]
    ours = measured(lambda: validate_article(quads, context), 5)
    theirs = measured(lambda: validate_article(quads, context, engine="pyshacl"), 3)
    report.figures.append(("validate one article's graph", ours.text(), theirs.text(), ratio(theirs, ours)))
    if report.articles <= RDFLIB_UP_TO:
        part = [
            *context_quads(built),
            *(quad for _, quads in built.spare[:PYSHACL_ARTICLES] for quad in quads),
        ]
        ours = measured(lambda: validate_graph(part, engine="rust"), 3)
        theirs = limited(lambda: validate_graph(part, engine="pyshacl"), limit)
        report.figures.append(
            (
                f"validate {PYSHACL_ARTICLES} articles with the register",
                ours.text(),
                theirs.text(),
                ratio(theirs, ours),
            )
        )
        whole, _ = once(lambda: validate_graph(built.store.graph(built.iris.current_graph), engine="rust"))
        report.figures.append(("validate the whole of `current`", whole.text(), "not tried", ""))


def context_quads(built: Built) -> list[ox.Quad]:
    """The register's and the codebook's graphs."""
    found: list[ox.Quad] = []
    for iri in (built.iris.register_graph, built.iris.codebook_graph):
        found += built.store.view.quads_for_pattern(None, None, None, ox.NamedNode(iri))
    return found


def measure(articles: int, repeats: int, limit: float) -> Report:
    """Build a graph of a size and measure everything on it."""
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-") as name:
        folder = Path(name)
        _say(f"{articles} articles: build")
        building, built = once(lambda: build(folder, articles))
        report = Report(articles, built.triples, len(built.store), building)
        built.store.close()
        # Read as `kg query` reads, from a store that was closed and opened again.
        built = Built(**{**built.__dict__, "store": Store.open(folder / "graph", base=built.iris.base)})
        _say("  load")
        graph = _load(report, built, folder)
        _query(report, built, graph, repeats, limit)
        _say("  validate, add")
        context = Context(context_quads(built))
        _validate(report, built, context, limit)
        _add(report, built, context)
        built.store.close()
    return report


def _query_table(reports: Sequence[Report]) -> list[str]:
    heads = "".join(f" {r.articles:,} articles | rows |" for r in reports)
    side = next((r for r in reports if r.articles <= RDFLIB_UP_TO), None)
    lines = [f"| query |{heads}" + (f" rdflib, {side.articles:,} | times faster |" if side else "")]
    lines.append("|" + "---|" * lines[0].count(" |"))
    for number, row in enumerate(reports[0].queries):
        cells = "".join(f" {r.queries[number].ours.text()} | {r.queries[number].rows:,} |" for r in reports)
        line = f"| {row.name} |{cells}"
        if side and (theirs := side.queries[number].rdflib):
            line += f" {theirs.text()} | {ratio(theirs, side.queries[number].ours)} |"
        lines.append(line)
    return lines


def _targets(reports: Sequence[Report]) -> list[str]:
    lines = []
    for report in reports:
        medians = [row.ours.median for row in report.queries]
        typically, slowest = statistics.median(medians), max(report.queries, key=lambda row: row.ours.median)
        lines.append(
            f"- {report.articles:,} articles: canned queries take {1000 * typically:.0f} ms in the median "
            f"(wanted at 10,000: at most 300 ms); the slowest is `{slowest.name}` with "
            f"{1000 * slowest.ours.median:.0f} ms (wanted: at most 1 s)."
        )
        pairs = [(row.rdflib.median / row.ours.median, row.name) for row in report.queries if row.rdflib]
        if pairs:
            least, name = min(pairs)
            fast = sum(value >= 20 for value, _ in pairs)
            lines.append(
                f"- {report.articles:,} articles: {fast} of {len(pairs)} canned queries are at least 20 "
                f"times faster than in rdflib; the least is `{name}` with {least:.0f} times."
            )
        if report.adding:
            middle, most = 1000 * report.adding.median, 1000 * max(report.adding.runs)
            lines.append(
                f"- {report.articles:,} articles: one more is validated, derived and written in "
                f"{middle:.0f} ms in the median, {most:.0f} ms at most (wanted: at most 100 ms)."
            )
    return lines


def page(reports: Sequence[Report], repeats: int, limit: float) -> str:
    """The page docs/benchmarks.md."""
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("pyoxigraph", "rdflib", "shacl-rust", "pyshacl")
    )
    lines = [
        "# Benchmarks",
        "",
        "Made by `make bench` on generated debates (`benchmarks/generate.py`): invented names and",
        "strung-together sentences, in the shape of real graphs, always the same. All engines get the same",
        "triples in the same run; take the ratios, not the seconds.",
        "",
        f"Python {platform.python_version()}, {packages};",
        f"{os.cpu_count()} processor cores. Queries and validation are given in processor time, as",
        f"medians of {repeats} runs with the fastest and the slowest; rdflib runs each query once and is",
        f"stopped after {limit:.0f} s (`>`). Loading, adding and building are given by the clock. Our store",
        "is on disk and was opened anew.",
        "",
        "## What was wanted and what is",
        "",
        *_targets(reports),
        "",
        "## Canned queries with typical parameters",
        "",
        *_query_table(reports),
        "",
        "Typical are a state, topic or position much talked about, and the speaker who comes",
        "eleventh; see `benchmarks/parameters.py`. Times include planning the query and reading all rows.",
    ]
    for report in reports:
        lines += [
            "",
            f"## Building, loading and validating: {report.articles:,} articles",
            "",
            f"{report.triples:,} triples in `current`, {report.quads:,} in all graphs; building everything "
            f"took {report.building.text()}.",
            "",
            "| step | ours | rdflib, pyshacl | times faster |",
            "|---|---|---|---|",
            *("| " + " | ".join(figure) + " |" for figure in report.figures),
        ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000], help="numbers of articles")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each query")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds that rdflib and pyshacl may take")
    parser.add_argument("--output", type=Path, default=PAGE, help="page to write")
    options = parser.parse_args(arguments)
    reports = [measure(size, options.repeats, options.limit) for size in options.sizes]
    options.output.parent.mkdir(parents=True, exist_ok=True)
    old = options.output.read_text(encoding="utf-8") if options.output.exists() else ""
    text = page(reports, options.repeats, options.limit) + sections(old)
    options.output.write_text(text, encoding="utf-8")
    _say(f"wrote {options.output}")


if __name__ == "__main__":
    main()

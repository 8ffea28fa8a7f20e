"""Measures how well an extractor finds attributions, against annotated articles.

    python -m benchmarks.attribution                         # both parts of the project's own corpus
    python -m benchmarks.attribution --extractor model
    python -m benchmarks.attribution PATH...                 # brat folders, or JSON lines as PolNeAR's
    python -m benchmarks.attribution --kinds --speakers      # by kind of article; who the speakers are

Figures are F1 in per cent: exact matches of source, cue and content; `part` is the overlap of contents; a
`pair` has the right source and at least half of the content; `quoted` pairs are those inside quotation marks.
Attributions inside another's content are counted apart, as the share found (`nested`). The interval is that
of `pair`, 95 per cent, articles drawn with replacement. Speakers are told from the annotated spans with an
empty register: shares of named ones, of those among them whose mention is a pronoun or a description, and of
unnamed ones.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import speakers
from benchmarks.attribution_scoring import FIGURES, Counts, count, interval, total
from kg.attribute.annotated_form import as_annotated
from kg.attribute.extractors import EXTRACTORS, AttributionReader, open_reader
from kg.attribute.reading import Reading
from kg.model.article import Article
from kg.model.errors import KgError
from kg.model.reading_settings import ReadingSettings
from training.attribution.annotations import AnnotatedArticle, Annotation, read_annotated

CORPUS = Path(__file__).resolve().parent.parent / "training" / "attribution" / "corpus"
HEADS = {
    "source": "source",
    "cue": "cue",
    "content": "content",
    "content_partial": "part",
    "pair": "pair",
    "quoted_pair": "quoted",
}


def annotations(reading: Reading, threshold: float = 0.0) -> list[Annotation]:
    """What was found, in the form of what was annotated."""
    return [
        Annotation(
            ((one.source.start, one.source.end),) if one.source else (),
            ((one.cue.start, one.cue.end),) if one.cue else (),
            tuple((span.start, span.end) for span in one.content),
        )
        for one in as_annotated(reading.article.text, reading.attributions)
        if one.content and one.confidence >= threshold
    ]


def scored(
    articles: Sequence[AnnotatedArticle], reader: AttributionReader, threshold: float, *, with_speakers: bool
) -> Iterator[tuple[AnnotatedArticle, Counts, speakers.Speakers]]:
    """Every article with its counts, in their order."""
    for number, article in enumerate(articles, start=1):
        if sys.stderr.isatty():
            print(f"\r{number} of {len(articles)} articles", end="", file=sys.stderr, flush=True)
        reading = reader.read(Article(f"{article.name}.txt", article.text))
        counts = count(article.text, annotations(reading, threshold), article.annotations)
        told = speakers.count(article, reading) if with_speakers else speakers.Speakers()
        yield article, counts, told
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)


def row(name: str, counts: Counts, articles: int, bounds: tuple[float, float] | None) -> str:
    """A line of the table."""
    cells = [f"{name:24}", f"{articles:8}", f"{counts.tallies['pair'].gold:6.0f}"]
    for figure in FIGURES:
        tally = counts.tallies[figure]
        value = f"{100 * tally.f1:.1f}" if tally.gold else "-"
        cells.append(f"{value:>{max(6, len(HEADS[figure]))}}")
    cells.append(f"{100 * counts.nested.recall:6.1f}" if counts.nested.gold else "     -")
    if bounds:
        cells.append(f"{100 * bounds[0]:.1f}-{100 * bounds[1]:.1f}")
    return "  ".join(cells)


def head() -> str:
    """The line above the table."""
    names = [f"{HEADS[figure]:>{max(6, len(HEADS[figure]))}}" for figure in FIGURES]
    return "  ".join([f"{'':24}", "articles", "  gold", *names, "nested", "interval of pair"])


def share(counts: tuple[int, int]) -> str:
    """A share in per cent with what it is a share of."""
    return f"{100 * counts[0] / counts[1]:.1f} % of {counts[1]}" if counts[1] else "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Score annotated articles and print a table, or all figures as JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.attribution",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--extractor", choices=EXTRACTORS, default=ReadingSettings().extractor)
    parser.add_argument(
        "--threshold", type=float, default=0.0, help="leave out attributions of less confidence"
    )
    parser.add_argument("--kinds", action="store_true", help="a line for each kind of article")
    parser.add_argument("--articles", action="store_true", help="a line for each article")
    parser.add_argument("--speakers", action="store_true", help="say how many speakers are told rightly")
    parser.add_argument("--misses", action="store_true", help="say which speakers are not (not of test)")
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")
    chosen = parser.parse_args(arguments)
    reader = open_reader(ReadingSettings(extractor=chosen.extractor))
    results: dict[str, Any] = {}
    paths = chosen.paths or [path for path in (CORPUS / "train", CORPUS / "test") if any(path.glob("*.ann"))]
    if not chosen.json:
        print(head())
    for path in paths:
        found = list(
            scored(
                read_annotated(path), reader, chosen.threshold, with_speakers=chosen.speakers or chosen.misses
            )
        )
        groups: dict[str, list[Counts]] = defaultdict(list)
        for article, counts, _ in found:
            groups[path.name].append(counts)
            for kind in article.kinds if chosen.kinds else ():
                groups[f"  {kind}"].append(counts)
            if chosen.articles:
                groups[f"  {article.name}"].append(counts)
        told = sum((one for _, _, one in found), speakers.Speakers())
        for name in sorted(groups, key=lambda name: (name.startswith(" "), name)):
            summed = total(groups[name])
            bounds = interval(groups[name], "pair") if len(groups[name]) > 1 else None
            results.setdefault(str(path), {})[name.strip()] = _figures(summed, len(groups[name]), bounds)
            if not chosen.json:
                print(row(name, summed, len(groups[name]), bounds), flush=True)
        if chosen.speakers:
            results[str(path)]["speakers"] = asdict(told)
            if not chosen.json:
                print(
                    f"  speakers: named {share(told.named)}, by pronoun or description "
                    f"{share(told.pronouns)}, unnamed {share(told.unnamed)}"
                )
        if chosen.misses and path.name != "test":
            print("".join(f"    {line}\n" for line in told.wrong), end="")
    if chosen.json:
        print(json.dumps(results, indent=1, ensure_ascii=False))
    return 0


def _figures(counts: Counts, articles: int, bounds: tuple[float, float] | None) -> dict[str, Any]:
    figures: dict[str, Any] = {
        name: {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1, "gold": tally.gold}
        for name, tally in counts.tallies.items()
    }
    return figures | {"nested_recall": counts.nested.recall, "articles": articles, "pair_interval": bounds}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KgError as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)

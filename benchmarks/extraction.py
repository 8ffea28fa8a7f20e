"""Measures how fast attributions are found, next to spaCy's own full pipeline in the same run.

    python -m benchmarks.extraction                          # the articles of the project's own corpus
    python -m benchmarks.extraction TEXTS.jsonl              # `text` of each line, as PolNeAR's
    python -m benchmarks.extraction --long                   # and one text of up to 200,000 words

Everything runs on one core. Times are processor times of several rounds in turns, so that what else the
machine does hits both alike; the ratio is articles a second of ours to those of spaCy's `en_core_web_sm`.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from training.attribution.annotations import read_annotated

ROUNDS = 3
CORPUS = Path(__file__).resolve().parent.parent / "training" / "attribution" / "corpus"


def one_core() -> None:
    """Keep this process on one core, before any library counts them."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"


def texts(path: Path | None, count: int) -> list[str]:
    """The first articles of a JSON-lines file, or of the corpus."""
    if path is not None:
        lines = path.read_text(encoding="utf-8").splitlines()[:count]
        return [json.loads(line)["text"] for line in lines]
    articles = [a for part in ("train", "test") for a in read_annotated(CORPUS / part)]
    return [article.text for article in articles[:count]]


def seconds(action: Callable[[str], Any], articles: list[str]) -> float:
    """Processor time of one round over the articles."""
    began = time.process_time()
    for text in articles:
        action(text)
    return time.process_time() - began


def compare(articles: list[str]) -> dict[str, Any]:
    """Seconds of each extractor and of spaCy, in turns."""
    import spacy

    from kg.attribute.extractors import open_reader
    from kg.attribute.parsing import MODEL
    from kg.model.article import Article
    from kg.model.reading_settings import ReadingSettings

    actions: dict[str, Callable[[str], Any]] = {"spaCy": spacy.load(MODEL)}
    for name in ("model", "rules"):
        reader = open_reader(ReadingSettings(name))
        actions[name] = lambda text, reader=reader: reader.read(Article("a.txt", text))
    for action in actions.values():
        action(articles[0])
    rounds: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(ROUNDS):
        for name, action in actions.items():
            rounds[name].append(seconds(action, articles))
    ratios = {
        name: [ours / theirs for ours, theirs in zip(rounds["spaCy"], rounds[name], strict=True)]
        for name in ("model", "rules")
    }
    return {"seconds": rounds, "ratios": ratios}


def start_up() -> float:
    """Seconds by the clock until a short article is read by a fresh process, models loaded."""
    script = (
        "from kg.attribute.extractors import open_reader; from kg.model.article import Article; "
        "open_reader().read(Article('a.txt', 'She said that it was late.'))"
    )
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", script], check=True)
    return time.perf_counter() - began


def long_text(articles: list[str], words: int) -> str:
    """A text of so many words, made of the articles over and over."""
    parts: list[str] = []
    count = 0
    while count < words:
        part = articles[len(parts) % len(articles)]
        parts.append(part)
        count += len(part.split())
    return "\n\n".join(parts)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=50)
    parser.add_argument("--long", action="store_true")
    arguments = parser.parse_args()
    one_core()
    articles = texts(arguments.texts, arguments.articles)
    words = sum(len(text.split()) for text in articles)
    print(f"{len(articles)} articles, {words} words, one core")
    found = compare(articles)
    for name, rounds in found["seconds"].items():
        rate = len(articles) / statistics.median(rounds)
        line = f"{name:6s} {rate:6.1f} articles/s, {words / statistics.median(rounds):7.0f} words/s"
        if name in found["ratios"]:
            ratios = found["ratios"][name]
            line += f"; {statistics.median(ratios):.2f} of spaCy's ({min(ratios):.2f}–{max(ratios):.2f})"
        print(line)
    print(f"start-up with models, one sentence read: {start_up():.1f} s")
    if arguments.long:
        from kg.attribute.extractors import open_reader
        from kg.model.article import Article

        reader = open_reader()
        for size in (10_000, 50_000, 200_000):
            text = long_text(articles, size)
            spent = seconds(lambda text: reader.read(Article("long.txt", text)), [text])
            print(f"one text of {size:,} words: {spent:.0f} s, {1e6 * spent / size:.0f} µs a word")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory: {peak:.0f} MB")


if __name__ == "__main__":
    main()

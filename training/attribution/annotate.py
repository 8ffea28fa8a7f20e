"""Tools for people who annotate attributions.

    python -m training.attribution.annotate store FILE.marked... FOLDER   # markup to NAME.txt, NAME.ann
    python -m training.attribution.annotate show PATH...     # stored articles in markup, to re-read
    python -m training.attribution.annotate check PATH...    # hold them against the guidelines
    python -m training.attribution.annotate jsonl PATH...    # a line an article, for training
    python -m training.attribution.annotate count PATH...    # articles and attributions of each kind

PATH is a brat folder, an `.ann` file or a JSON-lines file. corpus/README.md has the guidelines, markup.py
the markup.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.model.errors import InputError, KgError
from training.attribution.annotations import (
    AnnotatedArticle,
    outer_of,
    read_annotated,
    read_brat,
    to_record,
    write_brat,
)
from training.attribution.checks import problems
from training.attribution.markup import markup, read_markup


def articles_of(paths: Sequence[Path]) -> list[AnnotatedArticle]:
    """All annotated articles of some paths.

    Raises:
        InputError: A path is not there, or an annotation is wrong.
    """
    found: list[AnnotatedArticle] = []
    for path in paths:
        if not path.exists():
            raise InputError("no such file or folder", where=path)
        found += [read_brat(path)] if path.suffix == ".ann" else read_annotated(path)
    return found


def store(paths: Sequence[Path]) -> int:
    """Turn files in markup into standoff; nothing is written unless all of them are right."""
    *files, folder = paths
    if not files:
        raise InputError("files in markup and the folder to store them in are needed", where=folder)
    articles = [read_markup(file) for file in files]
    wrong = _report(articles)
    if not wrong:
        for article in articles:
            write_brat(article, folder)
        print(f"{len(articles)} articles stored in {folder}", file=sys.stderr)
    return 1 if wrong else 0


def show(paths: Sequence[Path]) -> int:
    """Print articles in markup."""
    for article in articles_of(paths):
        print(f"===== {article.name}\n{markup(article)}")
    return 0


def check(paths: Sequence[Path]) -> int:
    """Say what is wrong; 1 if anything is."""
    return 1 if _report(articles_of(paths)) else 0


def _report(articles: Sequence[AnnotatedArticle]) -> int:
    wrong = 0
    for article in articles:
        for problem in problems(article):
            wrong += 1
            print(f"{article.name}: {problem}")
    return wrong


def jsonl(paths: Sequence[Path]) -> int:
    """Print articles as JSON lines."""
    for article in articles_of(paths):
        print(json.dumps(to_record(article), ensure_ascii=False))
    return 0


def count(paths: Sequence[Path]) -> int:
    """Print how many articles, words and attributions there are, in all and of each kind."""
    articles = articles_of(paths)
    rows: Counter[tuple[str, str]] = Counter()
    for article in articles:
        for kind in ("all", *article.kinds):
            rows[kind, "articles"] += 1
            rows[kind, "words"] += len(article.text.split())
            rows[kind, "attributions"] += len(article.annotations)
            rows[kind, "nested"] += sum(outer is not None for outer in outer_of(article.annotations))
    columns = ("articles", "words", "attributions", "nested")
    print(f"{'kind':24}" + "".join(f"{column:>14}" for column in columns))
    for kind in dict.fromkeys(kind for kind, _ in sorted(rows, key=lambda key: (key[0] != "all", key))):
        print(f"{kind:24}" + "".join(f"{rows[kind, column]:14}" for column in columns))
    return 0


ACTIONS: dict[str, Callable[[Sequence[Path]], int]] = {
    "store": store,
    "show": show,
    "check": check,
    "jsonl": jsonl,
    "count": count,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the tools."""
    parser = argparse.ArgumentParser(
        prog="python -m training.attribution.annotate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("action", choices=ACTIONS)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    chosen = parser.parse_args(arguments)
    return ACTIONS[chosen.action](chosen.paths)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.stderr.close()  # Whoever reads the output has read enough.
        sys.exit(0)
    except KgError as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)

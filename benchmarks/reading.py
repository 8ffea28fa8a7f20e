"""Measures how well articles are read, against what a careful person found in them.

    python -m benchmarks.reading                    # the fields of tests/reading and the bundled example
    python -m benchmarks.reading FOLDER ...         # folders of your own
    python -m benchmarks.reading FOLDER --gold GOLD # gold lines that stand elsewhere

A folder holds articles (with their dates), `gold.jsonl` in the format of tests/reading/README.md or
`statements.jsonl` in that of `kg load`, and, unless the example's will do, `register.csv` and `codebook.csv`.
docs/quality.md says what the figures mean.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.scoring import Counts, Gold, Record, compare, read_gold
from kg.model.errors import KgError

ROOT = Path(__file__).resolve().parent.parent
FIELDS = ROOT / "tests" / "reading"
EXAMPLE = ROOT / "examples" / "missile-defence"
COLUMNS = {
    "gold": "gold",
    "statements": "stat.",
    "actor": "actor",
    "affiliation": "affil.",
    "quote": "quote",
    "said": "said",
    "said_past": "past",
    "positions": "pos.",
    "stances": "stances",
    "reversed": "rev.",
}
"""Columns of the table: keys of the figures, and what is printed above them."""


def read(folder: Path, gold: Sequence[Gold]) -> list[Record]:
    """What the reader finds in a folder's articles for which there are gold lines."""
    from kg.ingest.articles import read_articles
    from kg.project import Project

    register, codebook = folder / "register.csv", folder / "codebook.csv"
    project = Project.open(
        EXAMPLE,
        register=register if register.is_file() else None,
        codebook=codebook if codebook.is_file() else None,
    )
    extractor = project.extractor()
    names = {line.file for line in gold}
    files = [path for path in sorted(folder.rglob("*")) if path.name in names]
    # An article of a JSON file has a name of its own, so that no file bears it.
    return [
        statement.to_json()
        for article in read_articles(files or [folder])
        if article.name in names
        for statement in extractor.statements(article)
    ]


def gold_path(folder: Path) -> Path:
    """Where the gold lines of a folder are."""
    for name in ("gold.jsonl", "statements.jsonl"):
        if (folder / name).is_file():
            return folder / name
    return folder / "gold"


def usual_folders() -> dict[str, list[Path]]:
    """The folders that come with the project, by what they are for."""
    below = {
        kind: sorted(path.parent for path in (FIELDS / kind).glob("*/gold.jsonl"))
        for kind in ("fields", "heldout")
    }
    return {"development": below["fields"], "held out": below["heldout"], "example": [EXAMPLE]}


def row(name: str, counts: Counts) -> str:
    """A line of the table: the F1 of statements, positions and stances, and the shares."""
    cells = [f"{name:22}"]
    for column, head in COLUMNS.items():
        value = counts.gold if column == "gold" else counts.figures()[column]
        cells.append(f"{value:{len(head)}d}" if isinstance(value, int) else f"{value:{max(len(head), 4)}.2f}")
    return "  ".join(cells)


def main(arguments: Sequence[str] | None = None) -> int:
    """Score folders and print a table, or all counts as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--gold", type=Path, help="file or folder of gold lines, for one FOLDER")
    parser.add_argument("--json", action="store_true", help="print counts and figures as JSON")
    parser.add_argument("--misses", action="store_true", help="say what went wrong (not of held-out fields)")
    chosen = parser.parse_args(arguments)
    if chosen.gold and len(chosen.folders) != 1:
        parser.error("--gold goes with one FOLDER")
    groups = {"": chosen.folders} if chosen.folders else usual_folders()
    if not chosen.json:
        head = "  ".join(f"{name:>{max(len(name), 4)}}" for name in COLUMNS.values())
        print(f"{'':22}  {head}")
    results: dict[str, Any] = {}
    for group, folders in groups.items():
        total = Counts()
        for folder in folders:
            gold = read_gold(chosen.gold or gold_path(folder))
            result = compare(gold, read(folder, gold))
            total += result.counts
            results[folder.name] = asdict(result.counts) | result.counts.figures()
            if chosen.json:
                continue
            print(row(folder.name, result.counts), flush=True)
            if chosen.misses and folder.parent.name != "heldout":
                print("".join(f"    {miss}\n" for miss in result.misses), end="")
        if len(folders) > 1:
            results[f"all {group}".strip()] = asdict(total) | total.figures()
            if not chosen.json:
                print(row(f"all {group}".strip(), total) + "\n")
    if chosen.json:
        print(json.dumps(results, indent=1))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KgError as error:
        sys.exit(f"Error: {error}")

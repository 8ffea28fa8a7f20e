"""Measures how well articles are read, against what a careful person found in them.

    python -m benchmarks.reading                    # the fields of tests/reading and the bundled examples
    python -m benchmarks.reading FOLDER ...         # folders of your own
    python -m benchmarks.reading FOLDER --gold GOLD # gold lines that stand elsewhere
    python -m benchmarks.reading --coder            # the coder alone, which takes less time
    python -m benchmarks.reading --confusion        # and which stances are taken for which
    python -m benchmarks.reading --phrases 0        # as if the codebooks had no phrases

A folder holds articles (with their dates), `gold.jsonl` in the format of tests/reading/README.md or
`statements.jsonl` in that of `kg load`, and, unless the example's will do, `register.csv` and `codebook.csv`.
The first columns say how well articles are read from the text to the stance; the last three, after the bar,
how well the coder does when it gets the gold statements. docs/quality.md says what the figures mean.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.confusion import confusion, table
from benchmarks.given import given
from benchmarks.scoring import Comparison, Counts, Record, as_gold, compare, read_lines
from kg.model.codebook import Codebook
from kg.model.errors import KgError
from training.codebooks import with_phrases

ROOT = Path(__file__).resolve().parent.parent
FIELDS = ROOT / "tests" / "reading"
EXAMPLES = ROOT / "examples"
EXAMPLE = EXAMPLES / "missile-defence"
SHARED = ROOT.parent / "shared" / "articles"
"""More articles beside the project, where there are any; the first example's codebook fits them."""
READ = {
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
CODED = {name: READ[name] for name in ("positions", "stances", "reversed")}
"""Columns of the coder alone."""
WIDTH = 28


@dataclass
class Scores:
    """What was counted in a folder: articles read from the text, and gold statements coded.

    Attributes:
        coded: The coder alone.
        read: The whole reading; None where only the coder was asked for.
    """

    coded: Comparison = field(default_factory=lambda: Comparison(Counts()))
    read: Comparison | None = None

    @property
    def asked(self) -> Comparison:
        """The whole reading, or the coder where only that was asked for."""
        return self.read or self.coded

    def __add__(self, other: Scores) -> Scores:
        """Both together, without what went wrong."""
        read = [scores.read for scores in (self, other) if scores.read]
        return Scores(_together([self.coded, other.coded]), _together(read) if read else None)

    def to_json(self) -> dict[str, Any]:
        """All counts and figures."""
        figures = asdict(self.read.counts) | self.read.counts.figures() if self.read else {}
        coder = self.coded.counts.figures()
        return figures | {"coder": {name: coder[name] for name in coder if name.startswith(tuple(CODED))}}


def _together(parts: Sequence[Comparison]) -> Comparison:
    return Comparison(
        sum((part.counts for part in parts), Counts()),
        matched=[pair for part in parts for pair in part.matched],
    )


def score(
    folder: Path,
    lines: Sequence[Record],
    coder_alone: bool = False,
    codebook_of: Callable[[Codebook], Codebook] = lambda codebook: codebook,
) -> Scores:
    """Read the articles of a folder that have gold lines, code the gold lines, and compare both.

    Args:
        folder: The articles, with register and codebook unless the example's will do.
        lines: Gold lines.
        coder_alone: Read no article unless the gold lines need it (`benchmarks.given`).
        codebook_of: What is made of the codebook before.
    """
    from kg.ingest.articles import read_articles
    from kg.project import Project
    from kg.stance.coder import Coder

    register, codebook_file = folder / "register.csv", folder / "codebook.csv"
    project = Project.open(
        EXAMPLE,
        register=register if register.is_file() else None,
        codebook=codebook_file if codebook_file.is_file() else None,
    )
    codebook = codebook_of(project.codebook)
    of_article: dict[str, list[Record]] = {}
    for line in lines:
        of_article.setdefault(line["article"] if "article" in line else line["file"], []).append(line)
    coder = Coder(codebook)
    extractor = None
    if not coder_alone or any("article" not in line for line in lines):
        extractor = project.extractor(codebook)
    found: list[Record] = []
    coded: list[Record] = []
    files = [path for path in sorted(folder.rglob("*")) if path.name in of_article]
    # An article of a JSON file has a name of its own, so that no file bears it.
    for article in read_articles(files or [folder]):
        if mine := of_article.get(article.name):
            statements = extractor.statements(article) if extractor else []
            found += [statement.to_json() for statement in statements]
            coded += [one.to_json() for one in coder.code(given(mine, article, statements), article)]
    gold = as_gold(lines)
    return Scores(compare(gold, coded), None if coder_alone else compare(gold, found))


def gold_path(folder: Path) -> Path:
    """Where the gold lines of a folder are: in it, or in a folder `gold` within or beside it."""
    for name in ("gold.jsonl", "statements.jsonl"):
        if (folder / name).is_file():
            return folder / name
    beside = folder.parent / "gold"
    return beside if beside.is_dir() and not (folder / "gold").is_dir() else folder / "gold"


def usual_folders() -> dict[str, list[Path]]:
    """The folders that come with the project, by what they are for."""
    below = {
        kind: sorted(path.parent for path in (FIELDS / kind).glob("*/gold.jsonl"))
        for kind in ("fields", "heldout")
    }
    examples = sorted(path.parent for path in EXAMPLES.glob("*/statements.jsonl"))
    shared = [SHARED] if SHARED.is_dir() else []
    return {
        "development": below["fields"],
        "held out": below["heldout"],
        "examples": examples,
        "elsewhere": shared,
    }


def head(coder_alone: bool) -> str:
    """What stands above the table."""
    columns = [] if coder_alone else list(READ.values())
    titles = ["gold", *columns, "|", *CODED.values()]
    return f"{'':{WIDTH}}  " + "  ".join(f"{title:>{_width(title)}}" for title in titles)


def row(name: str, scores: Scores) -> str:
    """A line of the table: the F1 of statements, positions and stances, and the shares."""
    coded = scores.coded.counts
    read = scores.read.counts.figures() if scores.read else {}
    cells = [f"{name:{WIDTH}}", f"{coded.gold:4d}"]
    cells += [f"{read[column]:{_width(title)}.2f}" for column, title in READ.items() if read]
    cells += ["|", *(f"{coded.figures()[column]:{_width(title)}.2f}" for column, title in CODED.items())]
    return "  ".join(cells)


def _width(title: str) -> int:
    return len(title) if title == "|" else max(len(title), 4)


def main(arguments: Sequence[str] | None = None) -> int:
    """Score folders and print a table, or all counts as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--gold", type=Path, help="file or folder of gold lines, for one FOLDER")
    parser.add_argument("--coder", action="store_true", help="score only the coder, on the gold statements")
    parser.add_argument("--confusion", action="store_true", help="show which stances are taken for which")
    parser.add_argument("--phrases", type=int, metavar="N", help="take N phrases a side of each position")
    parser.add_argument("--json", action="store_true", help="print counts and figures as JSON")
    parser.add_argument("--misses", action="store_true", help="say what went wrong (not of held-out fields)")
    chosen = parser.parse_args(arguments)
    if chosen.gold and len(chosen.folders) != 1:
        parser.error("--gold goes with one FOLDER")
    groups = {"": [path.resolve() for path in chosen.folders]} if chosen.folders else usual_folders()
    if not chosen.json:
        print(head(chosen.coder))
    results: dict[str, Any] = {}
    for group, folders in groups.items():
        total = Scores(read=None if chosen.coder else Comparison(Counts()))
        for folder in folders:
            name = f"{folder.parent.name}/{folder.name}"
            lines = read_lines(chosen.gold or gold_path(folder))
            scores = score(folder, lines, chosen.coder, lambda one: with_phrases(one, chosen.phrases))
            total += scores
            results[name] = scores.to_json()
            if chosen.json:
                continue
            print(row(name, scores), flush=True)
            if chosen.misses and folder.parent.name != "heldout":
                print("".join(f"    {miss}\n" for miss in scores.asked.misses), end="")
        if len(folders) > 1:
            results[f"all {group}".strip()] = total.to_json()
            if not chosen.json:
                print(row(f"all {group}".strip(), total) + "\n")
        if chosen.confusion and folders and not chosen.json:
            print(table(confusion(total.asked.matched)) + "\n")
    if chosen.json:
        print(json.dumps(results, indent=1))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KgError as error:
        sys.exit(f"Error: {error}")

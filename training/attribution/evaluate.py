"""Prints what the tagger alone finds in annotated texts, without rules, in the form that the scorers read.

    python -m training.attribution.evaluate WEIGHTS_FOLDER TEXTS.jsonl OUT.jsonl

TEXTS has an article a line, with its `text` or its `tokens`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from kg.attribute.candidate import Range
from kg.attribute.paragraphs import paragraphs
from kg.attribute.quotation_marks import quotations
from kg.attribute.tagger.network import Network
from kg.attribute.tagger.tagging import Tagged, tag


def _span(text: str, span: Range | None) -> dict[str, Any] | None:
    return {"start": span[0], "end": span[1], "text": text[slice(*span)]} if span else None


def _record(name: str, text: str, found: Tagged) -> dict[str, Any]:
    return {
        "article": f"{name}.txt",
        "source": _span(text, found.source),
        "cue": _span(text, found.cue),
        "content": [_span(text, part) for part in found.content],
        "begins": found.begins,
        "sureness": found.sureness,
    }


def main() -> None:
    """Read the texts and write one attribution a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    network = Network(arguments.weights)
    with arguments.out.open("w", encoding="utf-8") as out:
        for number, line in enumerate(arguments.texts.read_text(encoding="utf-8").splitlines()):
            record = json.loads(line)
            text = record["text"] if "text" in record else " ".join(record["tokens"])
            name = record.get("doc_id", f"{number:05d}")
            parts = paragraphs(text)
            for found in tag(text, parts, quotations(text, parts), network).found:
                out.write(json.dumps(_record(name, text, found)) + "\n")


if __name__ == "__main__":
    main()

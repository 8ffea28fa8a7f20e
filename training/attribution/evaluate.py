"""Prints what a tagger finds in annotated texts, without rules, in the form that the scorers read.

python -m training.attribution.evaluate WEIGHTS_FOLDER TEXTS.jsonl OUT.jsonl
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from kg.attribute.tagger.decoding import read
from kg.attribute.tagger.network import Network
from kg.attribute.tagger.words import split


def main() -> None:
    """Read the texts and write one attribution a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    network = Network(arguments.weights)
    spent = [0.0, 0.0]
    with arguments.out.open("w", encoding="utf-8") as out:
        for number, line in enumerate(arguments.texts.read_text(encoding="utf-8").splitlines()):
            record = json.loads(line)
            text = record["text"] if "text" in record else " ".join(record["tokens"])
            name = record["doc_id"] if "doc_id" in record else f"{number:05d}"
            began = time.process_time()
            words = split(text, network.tokenizer)
            middle = time.process_time()
            found, _ = read(network, words)
            spent[0] += middle - began
            spent[1] += time.process_time() - middle

            def span(low: int, high: int) -> dict[str, object]:
                start, end = int(words.starts[low]), int(words.ends[high - 1])
                return {"start": start, "end": end, "text": text[start:end]}

            for one in found:
                record = {
                    "article": f"{name}.txt",
                    "source": span(*one.source) if one.source else None,
                    "cue": span(*one.cue),
                    "content": [span(*part) for part in one.content],
                    "begins": one.begins,
                    "sureness": one.sureness,
                }
                out.write(json.dumps(record) + "\n")
    print(f"words {spent[0]:.1f} s, reading {spent[1]:.1f} s")


if __name__ == "__main__":
    main()

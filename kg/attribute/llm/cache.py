"""Answers that were paid for, by what was asked: a second run asks nothing, an interrupted one goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.attribute.llm.answers import Completion
from kg.model.atomic import write_bytes
from kg.model.iris import digest


class Cache:
    """A folder with a file for each answer.

    A file holds the model's name and its answer as it came. It holds neither the key nor the question, though
    an answer quotes the article. A file that cannot be read counts as none.
    """

    def __init__(self, folder: Path | None) -> None:
        """Keep answers in a folder, which is made with the first of them; with None keep none."""
        self._folder = folder

    def _path(self, model: str, version: str, messages: Sequence[Mapping[str, str]]) -> Path | None:
        if self._folder is None:
            return None
        name = digest([model, version, json.dumps(messages, sort_keys=True)], 64)
        return self._folder / name[:2] / f"{name}.json"

    def get(self, model: str, version: str, messages: Sequence[Mapping[str, str]]) -> Completion | None:
        """The answer to a question, or None if it is not there.

        Args:
            model: Name of the model.
            version: Version of the prompt.
            messages: What is asked.
        """
        path = self._path(model, version, messages)
        try:
            record: Any = json.loads(path.read_bytes()) if path is not None else None
        except (OSError, ValueError, RecursionError):
            return None
        answer = record.get("answer") if isinstance(record, dict) else None
        return Completion(answer, record.get("cut_short") is True) if isinstance(answer, str) else None

    def put(
        self, model: str, version: str, messages: Sequence[Mapping[str, str]], answer: Completion
    ) -> None:
        """Keep an answer, whole or not at all.

        Raises:
            StoreError: The folder cannot be written to.
        """
        path = self._path(model, version, messages)
        if path is not None:
            record = {"model": model, "prompt": version, "answer": answer.text, "cut_short": answer.cut_short}
            write_bytes(path, (json.dumps(record) + "\n").encode("ascii"))


__all__ = ["Cache"]

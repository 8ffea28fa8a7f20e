"""What is served: which graph, whose questions, under which address."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """What a server and its workers need to know of the graph.

    Attributes:
        store: Folder of the store.
        base: Beginning of the project's IRIs.
        title: Name of the project.
        queries: Folders of canned queries, the first of a name counts.
        every: Whether queries may look into all named graphs, articles' texts and rejected readings included.
        texts: Whether pages show the whole texts of articles.
        release: Folder of a release whose files are served; None for pages made from the store.
        number: Number of the release; None for a graph in the making.
        address: Address of the server as clients know it, without a slash at its end.
    """

    store: Path
    base: str
    title: str
    queries: tuple[Path, ...]
    every: bool = False
    texts: bool = False
    release: Path | None = None
    number: str | None = None
    address: str = ""

    def to_json(self) -> str:
        """The source on one line."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> Source:
        """The source of such a line."""
        record = json.loads(text)
        record["store"] = Path(record["store"])
        record["queries"] = tuple(Path(folder) for folder in record["queries"])
        record["release"] = Path(record["release"]) if record["release"] else None
        return cls(**record)


__all__ = ["Source"]

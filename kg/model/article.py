"""An article: one published text of one outlet, kept as received."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Article:
    """One published text.

    All offsets of the project are code points in `text`, which is never altered after reading.

    Attributes:
        name: The file's name, or the record's `doc_id`.
        text: The stored text; for a plain text file the decoded file as it stands.
        published: EDTF date of publication, or None where nothing dates the article.
        dated_by: What told the date: `metadata`, `page`, `dateline`, or a `person` by hand in the graph; None
            without a date.
        boilerplate: [start, end) ranges of menus, notices and links; nothing is extracted from them.
    """

    name: str
    text: str
    published: str | None = None
    dated_by: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    language: str = "en"
    boilerplate: tuple[tuple[int, int], ...] = field(default=())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8, as 64 hexadecimal digits.

        >>> Article("a.txt", "Hello").digest[:12]
        '185f8db32271'
        """
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def in_boilerplate(self, start: int, end: int) -> bool:
        """Whether any part of [start, end) is boilerplate."""
        return any(start < stop and end > begin for begin, stop in self.boilerplate)

"""What the tests of this folder ask of a reading, in few words."""

from __future__ import annotations

from kg.attribute.reader import read
from kg.model.article import Article
from kg.model.attribution import Attribution


def attributions(text: str) -> list[Attribution]:
    """Attributions of a text, after a check that every span's words stand at its offsets."""
    found = list(read(Article("a.txt", text)).attributions)
    for attribution in found:
        for span in (attribution.source, attribution.cue, *attribution.content):
            assert span is None or text[span.start : span.end] == span.text
    return found


def statements(text: str) -> list[Attribution]:
    """Those that are statements and not reported inside another one."""
    return [a for a in attributions(text) if a.is_statement and a.reported_in is None]


def said(text: str) -> list[tuple[str | None, list[str]]]:
    """Source and contents of each statement."""
    return [(a.source.text if a.source else None, [c.text for c in a.content]) for a in statements(text)]

"""Readings and registers in a few lines, for the tests of this folder."""

from __future__ import annotations

from kg.attribute.paragraphs import paragraphs
from kg.attribute.parsing import parse
from kg.attribute.reader import read
from kg.attribute.reading import Reading
from kg.ingest.register import read_register
from kg.link.linker import Linker
from kg.model.article import Article
from kg.model.attribution import Attribution, Span
from kg.model.iris import Iris
from kg.model.register import Register
from kg.model.statement import Statement

HEADER = "name,kind,aliases,member_of,office,from,until,wikidata\n"
ROWS = """Russia,state,the Kremlin,,,,,
United States,state,,,,,,
Norway,state,,,,,,
Kalvia,state,Kalvian Republic,,,,,
European Union,organization,EU,,,,,
NATO,organization,the Alliance,,,,,
Norwegian Foreign Ministry,organization,,Norway,,,,
The Fjord Times,organization,,Norway,,,,
Vladimir Putin,person,,Russia,President,2000-05-07,2008-05-07,
Vladimir Putin,person,,Russia,Prime Minister,2008-05-08,2012-05-07,
Sergey Lavrov,person,,Russia,Foreign Minister,2004-03-09,,
Anders Fogh Rasmussen,person,,NATO,Secretary General,2009-08-01,2014-09-30,
James Appathurai,person,,NATO,Spokesman,2004,2010-12,
Kari Nordmann,person,,Norwegian Foreign Ministry,Foreign Minister,2009,2013,
Ola Hansen,person,Ola B. Hansen,Norway,Prime Minister,2001,2005-10,
"""


def register(folder, rows: str = ROWS) -> Register:
    """A register from rows of CSV, by way of the reader that the commands use."""
    path = folder / "register.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return read_register(path, Iris())


def linked(folder, text: str, published: str | None = "2010-04-23", rows: str = ROWS) -> list[Statement]:
    """The statements of a text, read and linked as `kg extract` does."""
    reading = read(Article("a.txt", text, published))
    return Linker(register(folder, rows), Iris()).link(reading)


def _span(text: str, words: str, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words), words)


def marked(
    text: str, *parts: tuple[str | None, str | None, str], published: str | None = "2010-04-23"
) -> Reading:
    """A reading with exactly these attributions: each as its source, cue and content in the text."""
    found, at = [], 0
    for source, cue, content in parts:
        spans = [_span(text, words, at) if words else None for words in (source, cue)]
        body = _span(text, content, at)
        found.append(Attribution(spans[0], spans[1], (body,), "indirect", confidence=0.9))
        at = min(span.start for span in (*spans, body) if span) + 1
    return Reading(Article("a.txt", text, published), parse(text, paragraphs(text)), tuple(found))


def link_marked(folder, reading: Reading, rows: str = ROWS) -> list[Statement]:
    """The statements of such a reading."""
    return Linker(register(folder, rows), Iris()).link(reading)

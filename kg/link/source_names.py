"""Names of people whom the tagger does not know, by what stands in the sources of speech.

A source is somebody or something that speaks, so its capitals tell more than those of other words: two
of them alone, two after an office, one that ends a longer name elsewhere, or a whole
source in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from kg.link.countries import state_names
from kg.link.found_names import FoundName, trimmed
from kg.link.group_finder import CAPITAL, RUN, THE_FIRM, ends_like_a_house
from kg.link.lexicon import words
from kg.link.names import fold, surname
from kg.link.offices import role_kind

_WHOLE_NAME = re.compile(rf"(?:^|,\s+)((?:{RUN}\s+)?{RUN})(?=\s*(?:,|$|\bof\b|\())")
_LAST_RUN = re.compile(rf"({RUN})\s*$")
_ONE_WORD = re.compile(rf"{CAPITAL}$")
_SHOUTED = re.compile(
    r"(?:(?:MR|MRS|MS|MISS|DR|PROF|SIR|DAME|LORD|LADY)\.?\s+)?((?:[^\W\d_a-z][^\W\d_a-z’'-]+)(?:\s+[^\W\d_a-z][^\W\d_a-z’'-]+){0,2})"
    r"(?=\s*(?:$|\())"
)


def source_names(doc: Doc, sources: Sequence[tuple[int, int]]) -> Iterator[FoundName]:
    """Names that the sources of an article give away.

    Args:
        doc: The parsed article.
        sources: [start, end) of source spans.
    """
    text = doc.text
    for start, end in sources:
        source = text[start:end]
        if THE_FIRM.match(source):
            continue
        yield from _by_capitals(source, start)
        yield from _after_offices(source, start)
    alone = {text[start:end].strip(" ,") for start, end in sources}
    alone |= {match[1].title() for start, end in sources if (match := _SHOUTED.match(text, start, end))}
    for word in sorted(word for word in alone if _may_be_surname(word)):
        yield from _whole_names(doc, word)


def shouted_names(
    text: str, sources: Sequence[tuple[int, int]], known: Iterable[FoundName]
) -> Iterator[FoundName]:
    """Names in capitals, as transcripts have them: with a title ("MR LEE"), or of somebody known otherwise.

    Args:
        text: The article's text.
        sources: [start, end) of source spans.
        known: The names that are found already.
    """
    whole = {fold(name.text) for name in known}
    last = {fold(surname(name.text)) for name in known}
    for start, end in sources:
        match = _SHOUTED.match(text, start, end)
        if match is None or fold(match[1]) in words("titles") | words("labels"):
            continue
        titled = match.start() != match.start(1)
        if titled or fold(match[1]) in whole | last:
            yield FoundName(match.start(1), match.end(1), match[1].title(), True)


def _by_capitals(source: str, start: int) -> Iterator[FoundName]:
    """Names by their capitals alone, at the beginning of a source or after its last comma."""
    for match in _WHOLE_NAME.finditer(source):
        name = trimmed(match[1], start + match.start(1))
        if name and 2 <= len(name[2].split()) <= 4 and not any(part.isupper() for part in name[2].split()):
            parts = [fold(part) for part in name[2].split()]
            if set(parts) <= words("labels"):
                continue
            if not any(_is_common(part) or part in words("not_houses") for part in parts):
                yield FoundName(*name, False)


def _is_common(word: str) -> bool:
    """Whether a folded word tells a house, its field or an office rather than whose name it is."""
    lists = words("organisation_nouns") | words("portfolios") | words("state_bodies")
    return word in lists or word in words("places_ruled") or role_kind(word) is not None


def _after_offices(source: str, start: int) -> Iterator[FoundName]:
    """The two or three capitals that end "Deputy Minister of Agriculture Ole Vang"."""
    for part in re.finditer(r"[^,;()]+", source):
        run = _LAST_RUN.search(part.group())
        if run is None:
            continue
        before = [fold(word) for word in part.group()[: run.start()].split()]
        pieces = list(re.finditer(r"\S+", run[1]))
        common = [i for i, piece in enumerate(pieces) if _is_common(fold(piece.group()))]
        if not common:
            continue
        left = pieces[common[-1] + 1 :]
        roles = [word for word in (*before, *(fold(p.group()) for p in pieces)) if role_kind(word)]
        if not roles or not 2 <= len(left) <= 3 or any(piece.group().isupper() for piece in left):
            continue
        begin = start + part.start() + run.start(1) + left[0].start()
        name = trimmed(run[1][left[0].start() : left[-1].end()], begin)
        if name is not None and len(name[2].split()) > 1 and not ends_like_a_house(name[2]):
            yield FoundName(*name, True)


def _may_be_surname(word: str) -> bool:
    folded = fold(word)
    return (
        bool(_ONE_WORD.match(word))
        and len(word) > 2
        and not word.isupper()
        and not _is_common(folded)
        and folded not in words("not_houses") | words("labels") | words("titles") | words("outlet_words")
        and state_names().code(word) is None
        and folded not in state_names().adjectives
    )


def _whole_names(doc: Doc, word: str) -> Iterator[FoundName]:
    """Whole names where a source is a surname alone: the one or two capitals before its other mentions."""
    pattern = rf"(?<![\w’'-])((?:{CAPITAL}[ \xa0])?{CAPITAL})[ \xa0]{re.escape(word)}\b(?![’'-]\w\w)"
    for match in re.finditer(pattern, doc.text):
        name = trimmed(match[0], match.start())
        if name is None or len(name[2].split()) < 2 or ends_like_a_house(name[2]):
            continue
        first = doc.char_span(name[0], name[0] + 1, alignment_mode="expand")
        given = name[2].split()[:-1]
        if first is None or first[0].pos_ not in ("PROPN", "NOUN", "X", "ADJ"):
            continue
        if re.search(r"\b(?:the|a|an)\s$", doc.text[max(0, name[0] - 5) : name[0]], re.IGNORECASE):
            continue
        if not any(_is_common(fold(part)) or fold(part) in words("not_houses") for part in given) and not any(
            fold(part) in state_names().adjectives or state_names().code(part) for part in given
        ):
            yield FoundName(*name, True)


__all__ = ["shouted_names", "source_names"]

"""Finds where the words of a loaded statement stand in the article."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from kg.build.terms import shortened
from kg.build.words import places_of
from kg.model.attribution import Span
from kg.model.errors import InputError
from kg.model.statement import LoadedSpan, LoadedStatement

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″❝❞", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´ʼ", "'"),
        **dict.fromkeys("–—―−‐‑‒", "-"),
    }
)
_UNSEEN = r"\u200b\u2060\ufeff\u00ad"
_BLANKS = re.compile(rf"[{_UNSEEN}]*\s[\s{_UNSEEN}]*")
_HIDDEN = re.compile(rf"[{_UNSEEN}]+")
_GAPS = re.compile(f"{_BLANKS.pattern}|{_HIDDEN.pattern}")
_MARKS = "\"' "
_COMPARABLE = 2_000_000
"""Characters of text times words up to which it is worth while to look for what was meant."""


class Placer:
    """Finds words in one text; remembers which places earlier statements took."""

    def __init__(self, text: str) -> None:
        """Fold the text once: a blank for white space, plain quotation marks and dashes, nothing unseen."""
        self._text = text
        self._taken: set[tuple[int, int]] = set()
        parts: list[str] = []
        self._offsets: list[int] = []
        at = 0
        for gap in _GAPS.finditer(text):
            parts.append(text[at : gap.start()].translate(_FOLDED))
            self._offsets += range(at, gap.start())
            if _BLANKS.fullmatch(gap[0]):
                parts.append(" ")
                self._offsets.append(gap.start())
            at = gap.end()
        parts.append(text[at:].translate(_FOLDED))
        self._offsets += range(at, len(text) + 1)
        self._folded = "".join(parts)
        # Case is ignored only where that leaves every character in its place.
        lower = self._folded.lower()
        self._lower = lower if len(lower) == len(self._folded) else self._folded

    def place(self, line: LoadedStatement, where: str) -> tuple[tuple[Span, ...], Span | None, Span | None]:
        """Content, source and cue of a statement.

        Content spans are looked for in the order given; source and cue as near to the content as they stand.

        Raises:
            InputError: Words do not stand in the text, or not at the offsets given.
        """
        content: list[Span] = []
        for loaded in line.content:
            if not _plain(loaded.text):
                raise InputError("a content has no words", where=where, hint="copy them from the article")
            after = content[-1].end if content else 0
            span = self._given(loaded, where) or self._first(loaded, after, not content)
            if span is None:
                raise self._missing(loaded, "content", where)
            content.append(span)
        self._taken.add((content[0].start, content[0].end))
        source = self._beside(line.source, "source", content, where)
        return tuple(content), source, self._beside(line.cue, "cue", content, where)

    def _beside(self, loaded: LoadedSpan | None, name: str, content: list[Span], where: str) -> Span | None:
        """The source or cue of a statement; None where the line has none."""
        if loaded is None or not _plain(loaded.text):
            return None
        span = self._given(loaded, where) or self._nearest(loaded, content)
        if span is None:
            raise self._missing(loaded, name, where)
        return span

    def _given(self, loaded: LoadedSpan, where: str) -> Span | None:
        """The span at the offsets of the line; None where it has none."""
        if loaded.start is None or loaded.end is None:
            return None
        words = self._text[loaded.start : loaded.end]
        if words and loaded.end <= len(self._text) and _plain(words) == _plain(loaded.text):
            return Span(loaded.start, loaded.end, words)
        places = self._all(loaded.text)
        hint = "the words do not stand in the article"
        if places:
            spans = " or ".join(f"{span.start}-{span.end}" for span in places[:3])
            hint = f"they stand at {spans}; mend the offsets or leave them out"
        shown = shortened(words, 40) or "nothing"
        raise InputError(
            f"at {loaded.start}-{loaded.end} stands '{shown}' and not '{shortened(loaded.text, 40)}'",
            where=where,
            hint=hint,
        )

    def _first(self, loaded: LoadedSpan, after: int, fresh: bool) -> Span | None:
        """The first place after an offset, for a statement's first span one that no other took."""
        places = self._all(loaded.text)
        if loaded.start is not None:
            return min(places, key=lambda span: abs(span.start - (loaded.start or 0)), default=None)
        free = [span for span in places if not (fresh and (span.start, span.end) in self._taken)]
        later = [span for span in free if span.start >= after]
        return next(iter(later or free or places), None)

    def _nearest(self, loaded: LoadedSpan, content: list[Span]) -> Span | None:
        """The place next to the content and outside of it, whole words before parts of words."""
        first, last = content[0].start, content[-1].end

        def distance(span: Span) -> tuple[bool, bool, int]:
            inside = any(span.start < part.end and part.start < span.end for part in content)
            gap = max(first - span.end, span.start - last, 0)
            return not self._is_whole(span), inside, gap

        return min(self._all(loaded.text), key=distance, default=None)

    def _is_whole(self, span: Span) -> bool:
        before = self._text[span.start - 1 : span.start] if span.start else ""
        return not (before.isalnum() or self._text[span.end : span.end + 1].isalnum())

    def _all(self, words: str) -> list[Span]:
        """All places of some words: as they are, then folded, then without quotation marks around them."""
        found = [Span(at, at + len(words), words) for at in places_of(words, self._text)]
        if found:
            return found
        plain = _plain(words)
        for wanted in dict.fromkeys((plain, plain.strip(_MARKS))):
            for text, needle in ((self._folded, wanted), (self._lower, wanted.lower())):
                spans = [self._span(at, len(needle)) for at in places_of(needle, text)]
                if spans:
                    return spans
        return []

    def _span(self, at: int, length: int) -> Span:
        start, end = self._offsets[at], self._offsets[at + length - 1] + 1
        return Span(start, end, self._text[start:end])

    def _missing(self, loaded: LoadedSpan, name: str, where: str) -> InputError:
        near = self._like(loaded.text)
        return InputError(
            f"the {name} '{shortened(loaded.text, 60)}' does not stand in the article",
            where=where,
            hint=f"did you mean '{near}'?" if near else "copy the words from the article",
        )

    def _like(self, words: str) -> str | None:
        """Words of the article that a slip may have been made of."""
        wanted, text = _plain(words), self._folded
        if len(wanted) < 4 or len(text) * len(wanted) > _COMPARABLE:
            return None
        block = SequenceMatcher(None, text, wanted, autojunk=False).find_longest_match()
        if block.size < max(4, len(wanted) // 3):
            return None
        start = max(0, block.a - block.b)
        return shortened(text[start : start + len(wanted)], 80)


def _plain(words: str) -> str:
    """Words with a blank for white space, plain quotation marks and dashes, and nothing unseen.

    >>> _plain(" “Yes”  –  no ")
    '"Yes" - no'
    """
    return _HIDDEN.sub("", _BLANKS.sub(" ", words)).translate(_FOLDED).strip()


__all__ = ["Placer"]

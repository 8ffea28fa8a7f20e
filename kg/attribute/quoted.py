"""Direct speech: quotations that are sentences, with the cue after, before or between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.attribute.candidate import Candidate, Range
from kg.attribute.extent import lemma
from kg.attribute.lexicon import SAY
from kg.attribute.quotation_marks import Quoted
from kg.attribute.quote_cues import Cue, cue_after, cue_at_colon, cue_before
from kg.attribute.text_map import TextMap

_FINAL = ",.?!…—–-"
_SENTENCE_ENDS = re.compile(r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bGen)(?<!\bSen)(?<!\bSt)[.!?] ")


def words_in(text: TextMap, quoted: Quoted) -> int:
    """Number of words between the marks."""
    return len(text.text[quoted.inner_start : quoted.inner_end].split())


def starts_fresh(text: TextMap, quoted: Quoted, floor: int) -> bool:
    """Whether a quotation begins a sentence of its own, and does not go on with the narrator's.

    Args:
        text: The article.
        quoted: The quotation.
        floor: Where the paragraph starts, or the quotation before ends.
    """
    before = text.text[floor : quoted.start].rstrip()
    if not before or before[-1] in ".?!:,;—–…-" or before.endswith("\n"):
        return True
    i = text.token_at(quoted.start) - 1
    while i >= 0 and text.doc[i].is_space:
        i -= 1
    if i < 0:
        return True
    token = text.doc[i]
    if token.pos_ == "VERB" and lemma(token) in SAY:
        first = text.text[quoted.inner_start : quoted.inner_start + 1]
        return first.isupper() or words_in(text, quoted) > 6
    return False


def is_speech(text: TextMap, quoted: Quoted, floor: int) -> bool:
    """Whether a quotation may be direct speech by its looks, and not a name, title or scare quote."""
    inner = text.text[quoted.inner_start : quoted.inner_end].strip()
    count = len(inner.split())
    if not inner or not starts_fresh(text, quoted, floor):
        return False
    after = text.text[quoted.end : quoted.end + 1]
    ends = inner[-1] in _FINAL or after in (",", ".", "?", "!") or not quoted.closed
    announced = text.text[floor : quoted.start].rstrip().endswith(":")
    return (ends and (count >= 3 or inner[-1] in ",.?!")) or count >= (3 if announced else 6)


def _only_cue_between(text: TextMap, left: Quoted, right: Quoted, head: int) -> bool:
    """Whether nothing but the cue's sentence stands between two quotations of a paragraph.

    Args:
        text: The article.
        left: The first quotation.
        right: The second.
        head: Index of the first one's cue; -1 where it has none yet.
    """
    gap = text.text[left.end : right.start].strip()
    if head >= 0 and not left.end <= text.doc[head].idx < right.start and any(c.isalnum() for c in gap):
        return False
    return _SENTENCE_ENDS.search(gap.rstrip(".,;:—–- ")) is None


class _Speech:
    """Gathers the quotations of an article into candidates, one for each cue."""

    def __init__(self, text: TextMap) -> None:
        self._text = text
        self._open: Candidate | None = None
        self._pending: list[Range] = []

    def close(self) -> Iterator[Candidate]:
        """What is gathered so far: the attribution under way, or the quotations without a cue."""
        if self._open is not None:
            yield self._open
        elif self._pending:
            yield Candidate(-1, "", "quote alone", None, tuple(self._pending), quoted=True)
        self._open, self._pending = None, []

    def _cue(self, quoted: Quoted, floor: int, limit: int) -> Cue | None:
        text, part = self._text, self._text.parts[quoted.paragraph]
        before = cue_before(text, quoted, floor)
        if before is not None and before.head >= 0:
            return before
        cue = cue_after(text, quoted, limit) or before
        first = not text.text[part.start : quoted.start].strip()
        if cue is None and first and quoted.paragraph:
            previous = text.parts[quoted.paragraph - 1]
            if text.text[previous.end - 1] == ":":
                return cue_at_colon(text, previous)
        return cue

    def add(self, quoted: Quoted, previous: Quoted | None, following: Quoted | None) -> Iterator[Candidate]:
        """Take in the next quotation that is speech.

        Args:
            quoted: The quotation.
            previous: The quotation before it in the same paragraph.
            following: The quotation after it in the same paragraph.
        """
        text, part = self._text, self._text.parts[quoted.paragraph]
        inner = (quoted.inner_start, quoted.inner_end)
        floor = previous.end if previous is not None else part.start
        cue = self._cue(quoted, floor, following.start if following is not None else part.end)
        last = self._open
        if last is not None:
            same = cue is not None and (cue.head, cue.span) == (last.head, last.cue)
            near = previous is not None and _only_cue_between(text, previous, quoted, last.head)
            if same or (cue is None and (near or (previous is None and quoted.continues))):
                self._open = last.with_(content=(*last.content, inner))
                return
        if cue is not None:
            if last is not None:
                yield from self.close()
            kind = f"quote {cue.side}"
            contents = (*self._pending, inner)
            self._open = Candidate(
                cue.head, cue.lemma, kind, cue.span, contents, cue.source, 0.9, quoted=True
            )
            self._pending = []
            return
        if last is not None:
            yield from self.close()
        self._pending.append(inner)
        joined = following is not None and _only_cue_between(text, quoted, following, -1)
        if not quoted.runs_on and not joined:
            if len(self._pending) > 1 or (words_in(text, quoted) >= 4 and not self._fragment(quoted, floor)):
                yield from self.close()
            self._pending = []

    def _fragment(self, quoted: Quoted, floor: int) -> bool:
        """Whether a quotation without a cue goes on with the narrator's sentence: `capped, "as in Peru"`."""
        before = self._text.text[floor : quoted.start].rstrip()
        return before[-1:] in (",", ";", "–", "—", "-") and self._text.text[quoted.inner_start].islower()


def quoted_candidates(text: TextMap) -> Iterator[Candidate]:
    """Candidates for direct speech, paragraph by paragraph; quotations of one cue are one candidate.

    A quotation with a cue in its own paragraph is given to it, and so are those before and after it in the
    paragraph that have none and that only the cue's sentence parts from it. A quotation that runs over
    several paragraphs belongs to the cue of the nearest of them.
    """
    speech = _Speech(text)
    for number, part in enumerate(text.parts):
        quotes = text.quotes_of[number]
        floor = part.start
        for k, quoted in enumerate(quotes):
            previous = quotes[k - 1] if k else None
            following = quotes[k + 1] if k + 1 < len(quotes) else None
            if is_speech(text, quoted, floor):
                yield from speech.add(quoted, previous, following)
            floor = quoted.end
        if not quotes or not quotes[-1].runs_on:
            yield from speech.close()


__all__ = ["is_speech", "quoted_candidates", "starts_fresh", "words_in"]

"""Speech that only the layout shows: block quotes after a colon, pull quotes over a name, transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.attribute.candidate import Candidate, Range
from kg.attribute.extent import lemma
from kg.attribute.lexicon import SAY
from kg.attribute.quote_cues import cue_at_colon
from kg.attribute.text_map import TextMap

_FIRST_PERSON = re.compile(
    r"\b(?:I|we|us|our|ours|my|me|mine|I['’](?:m|ve|d|ll)|we['’](?:re|ve|d|ll))\b", re.IGNORECASE
)
_BEGINS = re.compile(r"(?:We|I|Our|My)\b")
_LONGEST_BLOCK = 6
"""Paragraphs that one announcement may introduce."""

_SIGNED = re.compile(r"(?P<dash>[―—–]|--?)\s*(?P<name>[^\W\d_][^\n.!?:;]{2,80})")
_NAME = re.compile(
    r"(?:[A-Z][\w.'’-]*|de|la|von|van|der|bin|al|the|of)(?: (?:[A-Z][\w.'’-]*|de|la|von|van|der|bin|al))+"
)
_LABEL = re.compile(r"(?P<name>(?:[A-Z][\w.'’-]*)(?: (?:[A-Z][\w.'’-]*|\([A-Z]+\))){0,3}):[ \t]+(?=\S)")
_OPENING = "\"“‘'«„"


def _sentence_like(text: TextMap, span: Range, words: int) -> bool:
    first, last = text.tokens(span)
    tokens = text.doc[first:last]
    verbs = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD", "VB") for t in tokens)
    return verbs and sum(1 for t in tokens if t.is_alpha) >= words


def _heading(text: TextMap, span: Range) -> bool:
    words = text.text[span[0] : span[1]].split()
    return len(words) < 9 and text.text[span[1] - 1] not in ".!?…\"”’'"


def _narrates(text: TextMap, span: Range) -> bool:
    """Whether a paragraph is the narrator's: the past tense, or somebody else's speech."""
    first, last = text.tokens(span)
    past = 0
    for token in text.doc[first:last]:
        if text.in_quotes(token):
            continue
        subjects = [c for c in token.children if c.dep_ == "nsubj"]
        third = any(c.lower_ not in ("i", "we", "you") for c in subjects)
        if token.pos_ == "VERB" and lemma(token) in SAY and third and token.dep_ not in ("relcl", "acl"):
            return True
        past += token.tag_ == "VBD" and token.dep_ in ("ROOT", "conj")
    return past > 0


def block_candidates(text: TextMap) -> Iterator[Candidate]:
    """Paragraphs without quotation marks after one that announces speech and ends with a colon.

    The announced paragraph counts, and those after it until a heading, a quotation or the narrator's own
    words; each is an attribution of its own.
    """
    number = 0
    while number < len(text.parts) - 1:
        part = text.parts[number]
        number += 1
        if text.text[part.end - 1] != ":" or text.text[text.parts[number].start] in _OPENING:
            continue
        cue = cue_at_colon(text, part)
        if cue is None:
            continue
        for step in range(_LONGEST_BLOCK):
            if number >= len(text.parts):
                break
            here = text.parts[number]
            span = (here.start, here.end)
            words = text.text[here.start : here.end]
            first_person = _FIRST_PERSON.search(words) is not None
            if words[0] in _OPENING or words[-1] == ":" or _heading(text, span) or words[0] in "•*-–":
                break
            if not _sentence_like(text, span, 4):
                break
            if (step and not first_person and _narrates(text, span)) or (
                cue.head < 0 and not step and not first_person
            ):
                break
            if step and text.quotes_of[number]:
                break
            yield Candidate(
                -1,
                cue.lemma,
                "block",
                cue.span,
                (span,),
                cue.source,
                0.75,
                quoted=True,
                continued=cue.source is None,
            )
            number += 1


def unmarked_candidates(text: TextMap) -> Iterator[Candidate]:
    """A paragraph that begins with "we" or "I" after reported speech, where the narrator is no "we".

    Pages lose the marks and the indent of block quotes when they are saved as text.
    """
    begins = [
        number
        for number, part in enumerate(text.parts)
        if _BEGINS.match(text.text, part.start, part.end) and not text.quotes_of[number]
    ]
    if len(begins) > 2:
        return  # The narrator's own "we".
    for number in begins:
        part = text.parts[number]
        before = text.parts[number - 1] if number else None
        if before is None or text.text[before.end - 1] == ":" or _narrates(text, (part.start, part.end)):
            continue
        spoken = _reports(text, (before.start, before.end)) and _sentence_like(
            text, (part.start, part.end), 6
        )
        if spoken and not _heading(text, (part.start, part.end)):
            yield Candidate(-1, "", "quote alone", None, ((part.start, part.end),), quoted=True)


def _reports(text: TextMap, span: Range) -> bool:
    """Whether a paragraph ends with somebody else's speech."""
    first, last = text.tokens(span)
    start = text.sentence_start(max(first, last - 1))
    return any(
        t.pos_ == "VERB" and lemma(t) in SAY and t.tag_ in ("VBD", "VBZ") and not text.in_quotes(t)
        for t in text.doc[start:last]
    )


def pull_quote_candidates(text: TextMap) -> Iterator[Candidate]:
    """A sentence with a name on the line below, or a quotation signed with a dash and a name."""
    for number, part in enumerate(text.parts):
        quotes = text.quotes_of[number]
        tail = text.text[quotes[-1].end : part.end].strip() if quotes else ""
        signed = _SIGNED.fullmatch(tail) if tail else None
        if quotes and signed and quotes[-1].inner_end - quotes[-1].inner_start > 15:
            start = text.text.index(tail, quotes[-1].end) + signed.start("name")
            spans = tuple((q.inner_start, q.inner_end) for q in quotes)
            yield Candidate(
                -1,
                "",
                "pull quote",
                None,
                spans,
                (start, start + len(signed["name"].rstrip())),
                0.9,
                quoted=True,
            )
            continue
        if not number:
            continue
        above = text.parts[number - 1]
        line = text.text[part.start : part.end]
        match = _SIGNED.fullmatch(line)
        name = match["name"] if match else line
        if (
            len(name.split()) > (12 if match else 6)
            or name.lower().startswith("by ")
            or (line.startswith(("- ", "• ")) and not match)
        ):
            continue
        offset = part.start + (match.start("name") if match else 0)
        if not match and not (_NAME.fullmatch(name) and _known(text, name)):
            continue
        gap = text.text[above.end : part.start]
        if gap.count("\n") > (2 if match else 1) or not _sentence_like(text, (above.start, above.end), 6):
            continue
        inner = text.quotes_of[number - 1]
        whole = bool(inner) and inner[0].start <= above.start + 1 and inner[-1].end >= above.end - 2
        if inner and not whole and (match is None or inner[-1].end < above.end - 2):
            continue
        if match is None and not whole and text.text[above.end - 1] == ".":
            continue
        if match is not None and not whole:
            continue
        spans = tuple((q.inner_start, q.inner_end) for q in inner) if whole else ((above.start, above.end),)
        yield Candidate(-1, "", "pull quote", None, spans, (offset, offset + len(name)), 0.8, quoted=True)


def _known(text: TextMap, name: str) -> bool:
    """Whether a name's last part stands elsewhere in the text too: a speaker's does, a by-line's does not."""
    return text.word_counts[name.split()[-1]] > 2


def transcript_candidates(text: TextMap) -> Iterator[Candidate]:
    """`LEE: We are ready.`, paragraph for paragraph, where at least three paragraphs have such a label."""
    labelled = {}
    for number, part in enumerate(text.parts):
        match = _LABEL.match(text.text, part.start, part.end)
        if match and text.text[match.end()] not in _OPENING:
            labelled[number] = match
    names = [match["name"] for match in labelled.values()]
    again = {name for name in names if names.count(name) > 1}
    if len(names) < 3 or len(again) < 1:
        return
    for number, match in labelled.items():
        if match["name"] not in again and not match["name"].isupper():
            continue
        part = text.parts[number]
        source = (match.start("name"), match.end("name"))
        cue = (source[1], source[1] + 1)
        yield Candidate(-1, ":", "block", cue, ((match.end(), part.end),), source, 0.9, quoted=True)


__all__ = ["block_candidates", "pull_quote_candidates", "transcript_candidates", "unmarked_candidates"]

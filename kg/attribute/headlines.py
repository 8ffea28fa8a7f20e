"""Headlines: `No new taxes – minister`, `Lee: No new taxes`, `Taxes to fall, says Lee`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from spacy.tokens import Token

from kg.attribute.candidate import Candidate, Range
from kg.attribute.extent import lemma
from kg.attribute.lexicon import SAY, words
from kg.attribute.text_map import TextMap

_DASH = re.compile(r"\s+[–—-]\s+")
_COLON = re.compile(r":\s+")
_ROLES = words(
    """
    minister president premier chancellor secretary chief head leader director chairman chairwoman chair
    boss spokesman spokeswoman spokesperson official officials source sources fm pm mp mep envoy
    ambassador governor mayor senator commissioner general commander analyst analysts expert experts
    adviser advisor aide lawyer prosecutor judge police army ministry government parliament
    union ceo executive economist scientist scientists researcher researchers report study poll survey
    agency watchdog regulator king queen pope bishop doctor doctors negotiator
    """
)
_NO_SPEAKER = words(
    """
    timeline profile analysis live video audio opinion comment watch listen photos pictures gallery
    exclusive update updated breaking review interview factbox explainer q&a editorial feature
    background related read more tags topics source published updated by photo image copyright news
    world politics sport business
    """
)
_FINITE = ("VBD", "VBZ", "VBP", "MD")


def _speaker_phrase(tokens: list[Token]) -> bool:
    """Whether a few words name somebody who can speak: a role, a person or an organisation."""
    words = [t for t in tokens if not t.is_space]
    if not words or len(words) > 6 or any(t.tag_ in _FINITE for t in words):
        return False
    if any(t.lower_ in _NO_SPEAKER for t in words) or any(t.is_digit for t in words):
        return False
    last = words[-1]
    return last.lower_ in _ROLES or any(t.lower_ in _ROLES for t in words)


def _trim(text: str, start: int, end: int) -> Range:
    while start < end and (text[start].isspace() or text[start] in "\"“‘'”’"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\"“‘'”’,"):
        end -= 1
    return start, end


def headline_candidates(text: TextMap, speakers: Collection[str]) -> Iterator[Candidate]:
    """Candidates of the headings of a text: short paragraphs without a full stop.

    Args:
        text: The article.
        speakers: Words that name whoever speaks in the article's body, so that a topic before a colon is told
            from a speaker.
    """
    for number, part in enumerate(text.parts):
        line = text.text[part.start : part.end]
        if len(line.split()) > 24 or line[-1] in ".:;" or "\n" in line:
            continue
        yield from _dashed(text, part.start, part.end)
        yield from _labelled(text, number, speakers)
        yield from _verb_last(text, part.start, part.end)


def _dashed(text: TextMap, start: int, end: int) -> Iterator[Candidate]:
    dashes = list(_DASH.finditer(text.text, start, end))
    if not dashes:
        return
    dash = dashes[-1]
    first, last = text.tokens((dash.end(), end))
    claim = text.text[start : dash.start()]
    if len(claim.split()) < 3 or not _speaker_phrase(list(text.doc[first:last])):
        return
    content = _trim(text.text, start, dash.start())
    cue = (dash.start() + 1, dash.end() - 1)
    yield Candidate(-1, ":", "headline", cue, (content,), (dash.end(), end), 0.7)


def _labelled(text: TextMap, number: int, speakers: Collection[str]) -> Iterator[Candidate]:
    part = text.parts[number]
    colon = _COLON.search(text.text, part.start, part.end)
    if colon is None:
        return
    first, last = text.tokens((part.start, colon.start()))
    claim = text.text[colon.end() : part.end]
    tokens = list(text.doc[first:last])
    if not tokens:
        return
    proper = any(t.pos_ == "PROPN" for t in tokens) and tokens[-1].text in speakers
    known = proper and len(tokens) <= 4 and not any(t.lower_ in _NO_SPEAKER for t in tokens)
    if (
        len(claim.split()) < 3
        or not (known or _speaker_phrase(tokens))
        or any(t.tag_ in _FINITE for t in tokens)
    ):
        return
    content = _trim(text.text, colon.end(), part.end)
    verbs = any(t.pos_ in ("VERB", "AUX") for t in text.doc[slice(*text.tokens(content))])
    if not verbs:
        return
    yield Candidate(
        -1, ":", "headline", (colon.start(), colon.start() + 1), (content,), (part.start, colon.start()), 0.6
    )


def _verb_last(text: TextMap, start: int, end: int) -> Iterator[Candidate]:
    """`Taxes to fall, says Lee`, `Taxes to fall, Lee tells voters`; the first part may have no verb."""
    comma = text.text.rfind(",", start, end)
    if comma < 0 or len(text.text[start:comma].split()) < 3:
        return
    first, last = text.tokens((comma + 1, end))
    tokens = [t for t in text.doc[first:last] if not t.is_space and not t.is_punct]
    if not 2 <= len(tokens) <= 8:
        return
    verb = next(
        (t for t in tokens if t.pos_ == "VERB" and lemma(t) in SAY and t.tag_ in ("VBZ", "VBP", "VBD")), None
    )
    if verb is None:
        return
    place = tokens.index(verb)
    if place == 0:
        source = (tokens[1].idx, tokens[-1].idx + len(tokens[-1]))
    elif (
        all(t.pos_ in ("PROPN", "NOUN", "ADJ", "DET", "PART", "PRON") for t in tokens[:place]) and place <= 5
    ):
        source = (tokens[0].idx, tokens[place - 1].idx + len(tokens[place - 1]))
    else:
        return
    content = _trim(text.text, start, comma)
    yield Candidate(
        verb.i, lemma(verb), "headline", (verb.idx, verb.idx + len(verb)), (content,), source, 0.75
    )


__all__ = ["headline_candidates"]

"""From spans that a model found to candidates: in which construction source, cue and content hang together.

The rules know the construction of what they find. For spans from elsewhere it is looked up: among the
candidates that the rules would try at the same cue, the one whose content is most like the content found.
Where they try nothing of the kind, the words themselves tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.attribute.according import according_candidates
from kg.attribute.candidate import Candidate, Range
from kg.attribute.evaluation import evaluation_candidates
from kg.attribute.extent import lemma
from kg.attribute.fallback import fallback_candidates
from kg.attribute.frames import frame_candidates
from kg.attribute.lexicon import ADJECTIVES, NOUNS, SAY
from kg.attribute.postposed import postposed_candidates
from kg.attribute.sources import is_passive
from kg.attribute.text_map import TextMap

_LIKE = 0.3
"""Likeness of contents from which on a candidate of the rules tells the construction."""

_FINITE = ("VBD", "VBZ", "VBP", "MD")


def candidate_of(
    text: TextMap, source: Range | None, cue: Range | None, content: tuple[Range, ...], confidence: float
) -> Candidate:
    """The candidate that spans stand for; the spans stay as they are.

    Args:
        text: The article with its parse.
        source: Characters of the mention of who spoke; None if unsaid.
        cue: Characters of the words that attribute; None where only layout does.
        content: Characters of what was said, at least one range, in the order of the text and without the
            quotation marks around it.
        confidence: How sure the model is.
    """
    quoted = all(text.mask[i] for start, end in content for i in range(start, end) if text.text[i].isalnum())
    spans = (cue, content, source, confidence)
    if cue is None:
        return Candidate(-1, "", "quote alone" if quoted else "block", *spans, quoted=quoted)
    tokens = list(text.doc[slice(*text.tokens(cue))])
    tried = [c for token in tokens for c in _tried(text, token) if c.likeness(content) >= _LIKE]
    if tried:
        best = max(tried, key=lambda c: (round(c.likeness(content), 1), c.construction == "judgement"))
        head, word, kind = best.head, best.lemma, best.construction
    else:
        head = _head(tokens)
        word = lemma(text.doc[head]) if head >= 0 else ""
        kind = _kind(text, text.doc[head], content) if head >= 0 else "block"
    if quoted and (word in SAY or head < 0) and not kind.startswith(("obj", "phrase", "judgement", "prep:")):
        kind = "quote before" if cue[0] < content[0][0] else "quote after"
    return Candidate(head, word, kind, *spans, quoted=quoted and kind.startswith("quote"))


def _tried(text: TextMap, token: Token) -> Iterator[Candidate]:
    """What the rules would try at a token."""
    if token.is_space or token.is_punct:
        return
    yield from frame_candidates(token)
    yield from postposed_candidates(text, token)
    yield from according_candidates(text, token)
    yield from evaluation_candidates(text, token)
    yield from fallback_candidates(text, token)


def _head(tokens: list[Token]) -> int:
    """Index of the token that carries a cue: its last word of speech, else its last verb; -1 for none."""
    words = [t for t in tokens if not t.is_space and not t.is_punct]
    for token in reversed(words):
        if token.pos_ == "VERB" and lemma(token) in SAY:
            return int(token.i)
    for token in reversed(words):
        listed = {"NOUN": NOUNS, "ADJ": ADJECTIVES}.get(token.pos_, frozenset())
        if lemma(token) in listed:
            return int(token.i)
    for kinds in (("VERB",), ("AUX",), ("NOUN", "ADJ", "PROPN"), ()):
        for token in reversed(words):
            if not kinds or token.pos_ in kinds:
                return int(token.i)
    return -1


def _kind(text: TextMap, head: Token, content: tuple[Range, ...]) -> str:
    """The construction by the words alone."""
    first, last = text.tokens((content[0][0], content[-1][1]))
    words = [t for t in text.doc[first:last] if not t.is_space]
    if head.lower_ == "according":
        return "according"
    prefix = {"NOUN": "n.", "PROPN": "n.", "ADJ": "a."}.get(head.pos_, "p." if is_passive(head) else "")
    before = head.idx > content[0][0]
    if prefix in ("", "p.") and before:
        return "left"
    if words and words[0].lower_ == "to":
        return prefix + "to"
    if any(t.tag_ in _FINITE for t in words):
        return prefix + "that"
    if prefix in ("", "p."):
        return prefix + "obj"
    between = text.doc[head.i + 1 : first]
    preposition = next((t.lower_ for t in between if t.pos_ == "ADP"), "of" if prefix == "n." else "about")
    return f"{prefix}prep:{preposition}"


__all__ = ["candidate_of"]

"""How far a content reaches: what belongs to a cue's clause, and where the next cue takes over."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.attribute.lexicon import DEMAND, LEMMA_REPAIRS, LIGHT, REJECT, SAY, SPEECH_NOUNS, words
from kg.attribute.sources import governor
from kg.attribute.temporal import tells_time

_SPEECH = SAY | DEMAND | REJECT
"""Verbs that may begin another speaker's words after "while"."""

KNOWN = {"clear", "plain", "known", "explicit"}
"""What follows "make" or "make it" where that is a verb of speech."""

_CONDITIONS = words("provided unless if because until whatever wherever whenever although though")
_OCCASIONS = words(
    """
    conference summit meeting rally debate hearing visit press news forum event session call
    """
)
_CONTENT_PREPOSITIONS = words(
    """
    on over with about of for against between in to from outside into towards toward
    """
)


def lemma(token: Token) -> str:
    """Lemma in lower case, mended where the lemmatiser is known to be wrong."""
    found = token.lemma_.lower()
    if found == "put" and [t.lower_ for t in token.doc[token.i + 1 : token.i + 3]] == ["it", "to"]:
        return "put-it"
    if found == "make" and any(t.lower_ in KNOWN for t in token.doc[token.i + 1 : token.i + 4]):
        return "make-clear"
    return str(LEMMA_REPAIRS.get(found, found))


def infinitive(token: Token) -> Token | None:
    """The "to" of an infinitive, or None."""
    for child in token.children:
        if child.i < token.i and child.lower_ == "to" and child.dep_ == "aux":
            return child
    return None


def infinitive_at(doc: Doc, i: int) -> Token | None:
    """The verb whose "to" is token i; None if that is no infinitive."""
    if i < len(doc) and doc[i].lower_ == "to" and doc[i].dep_ == "aux":
        head: Token = doc[i].head
        return head if head.i > i else None
    return None


def clause_end(token: Token, cue: Token) -> int:
    """Index after the last token of a clause that a cue governs, with what was hung on the cue instead.

    An adverbial clause after the content ("..., if they agree") mostly belongs to the content; a participle
    ("..., adding that"), or what follows a conjunction of the cue, does not.
    """
    end = token.right_edge.i + 1
    for child in cue.children:
        if child.left_edge.i != end and not (
            child.left_edge.i == end + 1 and cue.doc[end].text == "," and child.dep_ == "advcl"
        ):
            continue
        clause = child.dep_ in ("advcl", "prep", "npadvmod", "advmod")
        if clause and child.tag_ != "VBG":
            end = child.right_edge.i + 1
    return _coordinated(cue, next_cue(cue, token.left_edge.i, _with_condition(cue, end)))


def _with_condition(cue: Token, end: int) -> int:
    """Index after a condition that goes on without a comma: "... will fall | provided they agree"."""
    doc = cue.doc
    if end >= cue.sent.end or doc[end].lower_ not in _CONDITIONS:
        return end
    stop = end
    while (
        stop < cue.sent.end and not (doc[stop].is_punct or doc[stop].is_space) and doc[stop].text not in '"“”'
    ):
        stop += 1
    return stop


def _coordinated(cue: Token, end: int) -> int:
    """Index after a further clause of the same content: "..., but that prices fell".

    A clause with "would", "could" or "might" after a cue in the past tense goes on with what was said.
    """
    doc = cue.doc
    start = end + 1 if end < len(doc) and doc[end].text == "," else end
    if start + 2 >= cue.sent.end or doc[start].lower_ not in ("and", "but", "or"):
        return end
    after = doc[start + 1 : min(start + 5, cue.sent.end)]
    again = after[0].lower_ == "that" and after[0].dep_ != "nsubj"
    shifted = cue.tag_ in ("VBD", "VBN") and after[0].lower_ in ("it", "they", "he", "she", "there", "this")
    if not again and not (shifted and any(t.lower_ in ("would", "could", "might") for t in after)):
        return end
    stop = cue.sent.end
    while stop > start and (doc[stop - 1].is_space or doc[stop - 1].is_punct):
        stop -= 1
    return next_cue(cue, start, stop)


def next_cue(cue: Token, start: int, end: int) -> int:
    """Where, within tokens [start, end) of a cue's content, its speaker goes on with another verb of speech.

    Returns:
        Index of the conjunction or comma before that verb; `end` where there is none.
    """
    doc = cue.doc
    for i in range(start + 1, end - 1):
        contrast = (
            doc[i].text == "," and doc[i + 1].lower_ in ("while", "whereas") and doc[i + 1].dep_ == "mark"
        )
        verb = doc[i + 1].head
        if contrast and lemma(verb) in _SPEECH and any(c.dep_ == "nsubj" for c in verb.children):
            end = i
            break
    for i in range(start + 1, end):
        if doc[i].pos_ == "VERB" and doc[i].i > cue.i and governor(doc[i]) == cue:
            k = i - 1
            while k > start and doc[k].pos_ in ("ADV", "AUX"):
                k -= 1
            return k
    return end


def _temporal(prep: Token) -> bool:
    """Whether a prepositional phrase tells when or on what occasion something was said, not what."""
    for part in prep.children:
        if part.dep_ in ("pobj", "pcomp"):
            dated = any(tells_time(t) for t in part.subtree)
            return dated or part.lemma_.lower() in SPEECH_NOUNS or part.lemma_.lower() in _OCCASIONS
    return True


def extended(token: Token, end: int) -> int:
    """Index after the phrases that follow a content directly and that the parser hung on the cue itself."""
    lent = token.head.children if token.pos_ == "NOUN" and lemma(token.head) in LIGHT else ()
    for child in [*token.children, *lent]:
        if child.dep_ == "prep" and child.left_edge.i == end and child.lower_ in _CONTENT_PREPOSITIONS:
            if _temporal(child):
                break
            end = child.right_edge.i + 1
    return end


def whole(token: Token, end: int) -> int:
    """Index after everything that follows a content without a break and that the parser hung on the cue."""
    for child in token.children:
        if (
            child.left_edge.i == end
            and child.dep_ in ("ccomp", "prep", "advcl", "xcomp", "dobj")
            and child.tag_ != "VBG"
        ):
            end = child.right_edge.i + 1
    return end


__all__ = [
    "KNOWN",
    "clause_end",
    "extended",
    "infinitive",
    "infinitive_at",
    "lemma",
    "next_cue",
    "whole",
]

"""The cue beside a quotation: after it, before it, or in the paragraph before that ends with a colon."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.attribute.candidate import Range
from kg.attribute.extent import lemma
from kg.attribute.lexicon import SAY, SPEECH_NOUNS
from kg.attribute.paragraphs import Paragraph
from kg.attribute.postposed import complement, inverted_source
from kg.attribute.quotation_marks import Quoted
from kg.attribute.sources import phrase, subject
from kg.attribute.text_map import TextMap

_REACH = 24
"""Tokens between a quotation and the verb that attributes it, at most."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb, noun or colon beside a quotation, and who spoke."""

    head: int
    lemma: str
    span: Range | None
    source: Range | None
    side: str


def _mention(head: Token, cue: Token, bounds: Range) -> Range:
    return phrase(head, lambda t: t.i != cue.i and bounds[0] <= t.i < bounds[1])


def cue_after(text: TextMap, quoted: Quoted, limit: int) -> Cue | None:
    """The cue right after a quotation: `…," said Ann Lee`, `…," the minister told reporters`.

    Args:
        text: The article.
        quoted: The quotation.
        limit: Character at which the next quotation or the end of the paragraph comes.
    """
    doc = text.doc
    i, stop = text.token_at(quoted.end), text.token_at(limit)
    comma = text.text[quoted.inner_start : quoted.inner_end].rstrip()[-1:] not in (".", "")
    while i < stop and doc[i].text in {",", "–", "—", "-", "--"}:
        comma, i = True, i + 1
    if i >= stop or doc[i].is_space:
        return None
    if not comma and doc[i].text[:1].isupper():
        return None
    end = i
    while end < min(stop, i + _REACH) and doc[end].text not in {".", ";", ":", "?", "!"}:
        end += 1
    for k in range(i, end):
        token = doc[k]
        if token.pos_ not in ("VERB", "AUX") or lemma(token) not in SAY:
            continue
        if token.tag_ not in ("VBD", "VBZ", "VBP", "VBN", "VB") or token.dep_ in ("relcl", "acl"):
            continue
        ends_open = text.text[quoted.inner_start : quoted.inner_end].rstrip()[-1:] in ("?", "!", "…")
        if complement(token) and ends_open and k - i > 6:
            continue
        head = subject(token)
        if head is not None and (not i <= head.i < end or head.lower_ in ("who", "which")):
            head = None
        if k - i <= 1 and (head is None or head.i < i):
            head = inverted_source(token, end) or head
        if head is None:
            head = _noun_before(token, i)
        if head is None:
            continue
        return Cue(
            k, lemma(token), (token.idx, token.idx + len(token)), _mention(head, token, (i, end)), "after"
        )
    return None


def _noun_before(token: Token, floor: int) -> Token | None:
    """Head of the noun phrase before a verb whose subject the parser missed."""
    for k in range(token.i - 1, floor - 1, -1):
        other = token.doc[k]
        if other.pos_ in ("PROPN", "NOUN", "PRON"):
            head = other
            while (
                floor <= head.head.i < token.i
                and head.head.i != head.i
                and head.head.pos_ in ("PROPN", "NOUN")
            ):
                head = head.head
            return head
        if other.pos_ == "ADJ" and other.i > floor and token.doc[other.i - 1].text == "-":
            return other  # "the 84-year-old"
        if other.pos_ not in ("ADV", "AUX", "PUNCT", "PART"):
            return None
    return None


def cue_before(text: TextMap, quoted: Quoted, floor: int) -> Cue | None:
    """The cue before a quotation: `Ann Lee said: "…`, `she told reporters that "…`, `In a statement: "…`.

    Args:
        text: The article.
        quoted: The quotation.
        floor: Character at which the quotation before ends, or the paragraph starts.
    """
    return _cue_before(text, text.token_at(quoted.start), floor)


def cue_at_colon(text: TextMap, part: Paragraph) -> Cue | None:
    """The cue of a paragraph that ends with a colon, for a quotation or block quote in the next one.

    Where the paragraph has no cue word, its last third-person subject is taken for the speaker, with -1 for
    the cue's token, so that the caller can ask for more signs.
    """
    end = text.tokens((part.start, part.end))[1]
    found = _cue_before(text, end, part.start)
    if found is not None:
        return found
    doc = text.doc
    subjects = [
        t
        for t in doc[text.token_at(part.start) : end]
        if t.dep_ == "nsubj"
        and (t.lower_ in ("he", "she") or t.pos_ == "PROPN" or any(s.pos_ == "PROPN" for s in t.subtree))
    ]
    return Cue(-1, ":", (part.end - 1, part.end), phrase(subjects[-1]), "before") if subjects else None


def _cue_before(text: TextMap, stop: int, floor: int) -> Cue | None:
    doc = text.doc
    last = stop - 1
    while last >= 0 and doc[last].is_space:
        last -= 1
    if last < 0 or doc[last].idx < floor or doc[last].text in {".", "?", "!"}:
        return None
    start = max(text.sentence_start(last), text.token_at(floor))
    colon, comma = doc[last].text == ":", doc[last].text in {",", "–", "—"}
    reach = 40 if colon else 16 if comma else 6
    for k in range(last, max(start, last - reach) - 1, -1):
        token = doc[k]
        if text.in_quotes(token):
            break
        if token.pos_ != "VERB" or lemma(token) not in SAY:
            continue
        if token.tag_ == "VB" and not colon and not _modal(token):
            continue
        if token.tag_ == "VBN" and lemma(token) == "ask" and subject(token) is None:
            continue  # "Asked about it, she said ...": asking is not what attributes here.
        if token.dep_ == "relcl" and not colon and token.i < last - 3:
            continue
        blocked = any(
            c.i > k and c.dep_ == "ccomp" and c.right_edge.i < last and c.right_edge.i - c.left_edge.i > 2
            for c in token.children
        )
        if blocked and not colon:
            break
        head = subject(token)
        if head is not None and (text.in_quotes(head) or head.lower_ in ("this", "that")):
            head = subject(token.head) if head.lower_ == "this" else None
        if head is None or (head.i > token.i and head.i >= last):
            head = inverted_source(token, last) or _noun_before(token, start)
        mention = _mention(head, token, (start, last + 1)) if head is not None else None
        return Cue(k, lemma(token), (token.idx, token.idx + len(token)), mention, "before")
    if colon:
        return _colon(text, start, last)
    return None


def _modal(token: Token) -> bool:
    return any(child.dep_ == "aux" for child in token.children)


def _before(owner: Token, offset: int) -> Range:
    """Characters of the phrase of a noun's owner, up to the noun."""
    return phrase(owner, lambda t: t.dep_ != "case" and t.idx < offset)


def _colon(text: TextMap, start: int, colon: int) -> Cue | None:
    """`Ann Lee: "…"`, `The minister's reply: "…"`: a colon with no verb of speech before it."""
    doc = text.doc
    if colon - start > 14:
        return None
    for k in range(colon - 1, start - 1, -1):
        if doc[k].pos_ == "NOUN" and lemma(doc[k]) in SPEECH_NOUNS:
            owner = next((c for c in doc[k].children if c.dep_ in ("poss", "amod", "compound", "nmod")), None)
            for child in doc[k].children:
                if child.dep_ == "poss":
                    owner = child
            mention = _before(owner, doc[k].idx) if owner is not None else None
            return Cue(k, lemma(doc[k]), (doc[k].idx, doc[k].idx + len(doc[k])), mention, "before")
    if any(t.pos_ in ("VERB", "AUX") for t in doc[start:colon]):
        return None
    heads = [t for t in doc[start:colon] if t.pos_ in ("PROPN", "NOUN", "PRON")]
    if not any(t.pos_ == "PROPN" for t in heads):
        return None
    return Cue(
        -1,
        ":",
        (doc[colon].idx, doc[colon].idx + 1),
        (doc[start].idx, doc[colon - 1].idx + len(doc[colon - 1])),
        "before",
    )


__all__ = ["Cue", "cue_after", "cue_at_colon", "cue_before"]

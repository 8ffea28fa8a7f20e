"""Indirect speech before its cue: "Taxes will rise, the minister said", "Taxes, she said, will rise"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.attribute.candidate import Candidate, Range
from kg.attribute.extent import lemma
from kg.attribute.lexicon import POSTPOSED
from kg.attribute.sources import before_verb, phrase, subject
from kg.attribute.temporal import tells_date
from kg.attribute.text_map import TextMap
from kg.attribute.trimming import content_range, token_range

_COMMAS = {",", "–", "—", "--", "-"}


def inverted_source(token: Token, limit: int) -> Token | None:
    """Head of the noun phrase right after a verb that precedes its subject ("said Mr Lee")."""
    doc = token.doc
    i = token.i + 1
    while i < limit and doc[i].pos_ in ("ADV", "PART"):
        i += 1
    if i >= limit or tells_date(doc[i]) or doc[i].pos_ not in ("PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"):
        return None
    head = doc[i]
    while head.head.i != head.i and i <= head.head.i < limit and head.head.pos_ in ("NOUN", "PROPN", "PRON"):
        head = head.head
    return head if head.pos_ in ("PROPN", "NOUN", "PRON", "DET", "NUM") else None


def complement(token: Token) -> bool:
    """Whether a verb has a clause of its own to the right; what stands before is then not its content."""
    return any(
        child.i > token.i
        and child.dep_ in ("ccomp", "xcomp", "oprd")
        and not any(t.text == "," for t in token.doc[token.i + 1 : child.left_edge.i])
        and child.right_edge.i - child.left_edge.i > 1
        for child in token.children
    )


def _cue_start(token: Token, head: Token | None, limit: int) -> int:
    """Index of the first token of "the minister has also said" or "said the minister"."""
    first = int(token.i)
    for child in token.children:
        if child.dep_ in ("aux", "advmod", "neg") and limit < child.i < first:
            first = child.i
    if head is not None and head.i < token.i:
        first = min(first, head.left_edge.i)
        for child in head.subtree:
            if child.i < first and child.i > limit:
                first = child.i
    doc = token.doc
    while first - 1 > limit and doc[first - 1].pos_ == "ADV":
        first -= 1
    return first


def _verbal(text: TextMap, span: Range) -> bool:
    first, last = text.tokens(span)
    return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in text.doc[first:last])


def _rest(text: TextMap, token: Token, after: int, end: int) -> Range | None:
    """The content's second part: "Taxes, she said in June, | will rise"."""
    doc = text.doc
    start = max(token.i + 1, after)
    for i in range(start, min(end, start + 12)):
        if doc[i].text == "," and not text.in_quotes(doc[i]):
            following = doc[i + 1] if i + 1 < end else None
            if (
                following is None
                or following.tag_ == "VBG"
                or following.dep_ == "cc"
                or following.pos_ == "ADP"
            ):
                return None
            if following.lower_ in (
                "who",
                "which",
                "where",
                "when",
                "while",
                "as",
                "after",
                "before",
                "although",
            ):
                return None
            if any(t.dep_ == "relcl" and t.head.i <= i < t.i for t in doc[i : min(end, i + 8)]):
                return None
            finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[i + 1 : end])
            return token_range(doc, i + 1, end) if finite else None
    return None


def postposed_candidates(text: TextMap, token: Token) -> Iterator[Candidate]:
    """The candidate of a verb that follows its content after a comma, if it is one."""
    doc = text.doc
    if token.pos_ != "VERB" or lemma(token) not in POSTPOSED or text.in_quotes(token) or complement(token):
        return
    if token.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or token.dep_ in ("relcl", "acl"):
        return
    start, end = text.sentence_start(token.i), text.sentence_end(token.i)
    head = subject(token)
    if head is not None and (
        not start <= head.i < end or text.in_quotes(head) or head.lower_ in ("who", "which")
    ):
        head = None
    if head is None or head.i > token.i:
        head = inverted_source(token, end)
    mention = phrase(head, lambda t: t.i != token.i and start <= t.i < end) if head is not None else None
    if mention is None or (head is not None and head.i < token.i and token.i - head.i > 25):
        mention, head = before_verb(token, start), None
    if mention is None:
        return
    first = min(text.token_at(mention[0]), _cue_start(token, head, start))
    if first <= start:
        return
    comma = first - 1
    while comma > start and (doc[comma].text in "\"”’'" or doc[comma].is_space):
        comma -= 1
    in_quote_comma = doc[first - 1].text in "\"”’'" and doc[comma].text in {",", "?", "!"}
    if doc[comma].text not in _COMMAS and not in_quote_comma:
        return
    content = content_range(doc, start, first)
    if content is None or ":" in (t.text for t in doc[token.i + 1 : min(end + 1, token.i + 10)]):
        return
    rest = _rest(text, token, text.tokens(mention)[1], end)
    span = text.tokens(content)
    if rest is None and (span[1] - span[0] < 3 or not _verbal(text, content)):
        return
    quoted = text.quote_at(content[0])
    if quoted is not None and quoted.end >= content[1] - 1:
        return
    introduces = doc[span[0]].lower_ in ("as", "according", "asked") or doc[span[0]].tag_ == "VBG"
    if introduces and not _verbal(text, content):
        return  # "Asked about it, he said ...": what follows the cue is the content.
    parts = [content]
    if rest is not None:
        parts.append(rest)
    yield Candidate(
        token.i,
        lemma(token),
        "left",
        (token.idx, token.idx + len(token)),
        tuple(parts),
        mention,
        confidence=0.85,
    )


__all__ = ["complement", "inverted_source", "postposed_candidates"]

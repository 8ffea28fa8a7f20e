"""Judgements in quotation marks: `called the plan "a gift"`, `welcomed her speech as "very positive"`.

Parsers stumble over the quoted predicate, so the content is read off the words: from the verb to the end of
its clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.attribute.candidate import Candidate
from kg.attribute.extent import lemma
from kg.attribute.lexicon import CRITICISE, DENY, POSTPOSED, PRAISE, REJECT, words
from kg.attribute.sources import is_passive, speaker
from kg.attribute.text_map import TextMap
from kg.attribute.trimming import token_range

_NAMING = words(
    """
    call describe brand label dub term deem consider see portray characterise characterize view
    """
)
_VERBS = _NAMING | (PRAISE | CRITICISE | REJECT | DENY) - {"refuse", "back", "support"}
_STARTERS = words(
    """
    who which whose where when while although though after before because since until as
    """
)


def clause_limit(text: TextMap, token: Token) -> int:
    """Index after the last token of the clause that a verb stands in, by commas and conjunctions."""
    doc = text.doc
    end = text.sentence_end(token.i)
    for k in range(token.i + 1, end):
        here = doc[k]
        if text.in_quotes(here):
            continue
        following = doc[k + 1] if k + 1 < end else None
        if here.text == ";":
            return k
        new = following is not None and (
            following.tag_ == "VBG" or following.dep_ == "cc" or following.lower_ in _STARTERS
        )
        if new and here.text in {",", "–", "—", "--"}:
            return k
        if here.dep_ == "cc" and here.lower_ in ("and", "but") and following is not None:
            after = doc[k + 2] if k + 2 < end else None
            verb = following if following.pos_ != "ADV" else after
            forms = ("VBG",) if token.tag_ == "VBG" else ("VBD", "VBZ", "VBP")
            finite = verb is not None and verb.tag_ in forms
            if finite and not text.in_quotes(following):
                return k
    return end


def evaluation_candidates(text: TextMap, token: Token) -> Iterator[Candidate]:
    """The candidate of a verb of judgement with a quoted phrase in its clause."""
    if token.pos_ != "VERB" or lemma(token) not in _VERBS or text.in_quotes(token) or is_passive(token):
        return
    end = clause_limit(text, token)
    doc = text.doc
    plain = lemma(token) == "call" and doc[token.i + 1].lower_ in ("it", "that", "this", "him", "her", "them")
    quoted = [t for t in doc[token.i + 1 : end] if text.in_quotes(t)]
    if not plain and (not quoted or quoted[0].i - token.i > 20):
        return
    until = quoted[0].i if quoted else token.i + 1
    if any(t.pos_ == "VERB" and lemma(t) in POSTPOSED for t in doc[token.i + 1 : until]):
        return
    content = token_range(doc, token.i + 1, end)
    if content is None or not (plain or text.mask[content[0] : content[1]].count(1)):
        return
    if (
        doc[token.i + 1].text == ":"
        or doc[token.i + 1].lower_ in ("for", "on")
        or (doc[token.i + 1].dep_ == "mark" and not plain)
    ):
        return
    source = speaker(token)
    yield Candidate(
        token.i, lemma(token), "judgement", (token.idx, token.idx + len(token)), (content,), source, 0.8
    )


__all__ = ["clause_limit", "evaluation_candidates"]

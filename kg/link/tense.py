"""Cues as verbs: which token carries a cue, and in which tense."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Token

from kg.model.attribution import Span

Tense = Literal["past", "past perfect", "present", "perfect", "none"]


def cue_token(doc: Doc, cue: Span | None) -> Token | None:
    """The token that carries a cue: its last verb, else its head; None without a cue."""
    if cue is None:
        return None
    span = doc.char_span(cue.start, cue.end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    verbs = [token for token in span if token.pos_ == "VERB"]
    root: Token = span.root
    if root.pos_ == "VERB" or not verbs:
        return root
    return verbs[-1]


def _auxiliaries(token: Token) -> list[Token]:
    found = [child for child in token.children if child.dep_ in ("aux", "auxpass") and child.i < token.i]
    shares = not found and token.dep_ == "conj" and token.tag_ in ("VBD", "VBN") and token.head.pos_ == "VERB"
    return _auxiliaries(token.head) if shares else found


def tense_of(token: Token | None) -> Tense:
    """The tense in which a cue reports.

    A verb joined to another by "and" shares its "had".
    """
    if token is None:
        return "none"
    helpers = {child.lower_ for child in _auxiliaries(token)}
    if helpers & {"had", "'d", "’d"}:
        return "past perfect"
    if helpers & {"has", "have", "'s", "'ve", "’ve"}:
        return "perfect"
    if helpers & {"is", "are", "am", "do", "does", "will", "would", "can", "may", "must"}:
        return "present"
    if token.tag_ in ("VBD", "VBN") or helpers & {"was", "were", "did"}:
        return "past"
    if token.tag_ in ("VBZ", "VBP", "VB"):
        return "present"
    if token.tag_ == "VBG" and token.dep_ in ("advcl", "xcomp", "conj", "ccomp") and token.head is not token:
        return tense_of(token.head)
    return "none"

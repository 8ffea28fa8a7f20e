"""Who spoke: the noun phrase that goes with a cue."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from kg.attribute.candidate import Range

_SUBJECTS = {"nsubj", "csubj", "expl"}
_RELATIVE = {"who", "which", "that", "whom"}
_HONORIFIC = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "dame", "lord", "lady"}


def is_passive(token: Token) -> bool:
    """Whether a verb is in the passive ("was told")."""
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in token.children)


def agent(token: Token) -> Token | None:
    """Head of the phrase after a passive verb's "by"."""
    for child in token.children:
        if child.dep_ == "agent" or (child.lower_ == "by" and child.dep_ == "prep"):
            for part in child.children:
                if part.dep_ == "pobj":
                    return part
    return None


def subject(token: Token, depth: int = 0) -> Token | None:
    """Head of the phrase that does what the verb says, also where the verb shares the subject of another.

    The subject of a passive verb is not who spoke; the phrase after "by" is.
    """
    if is_passive(token):
        return agent(token)
    for child in token.children:
        if child.dep_ in _SUBJECTS and child.dep_ != "expl":
            return child
    head = token.head
    if head.i == token.i or depth > 4:
        return None
    if token.dep_ == "acl":
        by = agent(token)
        if token.tag_ == "VBN":
            return by
        if head.pos_ in ("NOUN", "PROPN", "PRON"):
            return head
        return subject(head, depth + 1)
    if token.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "dep", "acomp", "attr"):
        if token.dep_ == "ccomp" and token.tag_ not in ("VBG", "VB"):
            return None
        if token.dep_ == "pcomp":
            head = head.head
        if head.pos_ in ("VERB", "AUX", "ADJ"):
            for child in head.children:
                if token.dep_ == "xcomp" and child.dep_ in ("dobj", "dative") and child.i < token.i:
                    return child
            if is_passive(head) and token.dep_ in ("xcomp", "conj", "advcl"):
                for child in head.children:
                    if child.dep_ == "nsubjpass":
                        return child
            return subject(head, depth + 1)
        if head.pos_ in ("NOUN", "PROPN", "PRON") and token.dep_ == "conj":
            return None
    if token.dep_ == "relcl":
        return None
    return None


def phrase(head: Token, keep: Callable[[Token], bool] = lambda token: True) -> Range:
    """Characters of the noun phrase of a head: with titles and appositions, without relative clauses.

    Args:
        head: The phrase's head.
        keep: Tells which tokens may belong to it; the phrase ends before the first that may not.
    """
    if head.lower_ in _RELATIVE and head.pos_ in ("PRON", "DET", "SCONJ"):
        return head.idx, head.idx + len(head)
    doc = head.doc
    cut = {
        token.i
        for child in head.children
        if child.i > head.i
        and (child.dep_ in ("relcl", "advcl", "ccomp", "parataxis") or (child.dep_ == "acl" and _after_comma(child)))
        for token in child.subtree
    }
    inside = {token.i for token in head.subtree} - cut
    start = head.i
    while start - 1 in inside and keep(doc[start - 1]):
        start -= 1
    end = head.i + 1
    while end in inside and keep(doc[end]) and not doc[end].text.startswith("\n"):
        end += 1
    while end - 1 > head.i and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"):
        if doc[end - 1].text == ")" and any(doc[i].text == "(" for i in range(start, end)):
            break
        end -= 1
    while start < head.i and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ in ("cc", "advmod", "punct")):
        if doc[start].pos_ == "NUM" or doc[start].text in "([":
            break
        start += 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _after_comma(child: Token) -> bool:
    edge = child.left_edge.i
    return edge > 0 and child.doc[edge - 1].text in (",", "–", "—", "-")


def antecedent(doc: Doc, source: Range) -> Range | None:
    """For a source that is a relative pronoun ("who"), the noun phrase that it stands for; None otherwise."""
    span = doc.char_span(*source)
    if span is None or len(span) != 1 or span[0].lower_ not in _RELATIVE:
        return None
    verb: Token = span[0].head
    for _ in range(4):
        if verb.dep_ == "relcl":
            return phrase(verb.head, lambda token: token.i < span.start)
        if verb.head.i == verb.i:
            break
        verb = verb.head
    for i in range(span.start - 1, max(-1, span.start - 4), -1):
        if doc[i].pos_ in ("PROPN", "NOUN"):
            return phrase(doc[i], lambda token: token.i < span.start)
    return None


__all__ = ["agent", "antecedent", "is_passive", "phrase", "subject"]

"""Who spoke: the noun phrase that goes with a cue."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from kg.attribute import lexicon
from kg.attribute.candidate import Range

_SUBJECTS = {"nsubj", "csubj", "expl"}
_RELATIVE = {"who", "which", "that", "whom"}


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


_FINITE = {"VBD", "VBZ", "VBP"}
_NOMINAL = {"PROPN", "NOUN", "PRON", "NUM"}
_IN_PHRASE = _NOMINAL | {"DET", "ADJ", "PART", "ADP"}
_VERBS_OF_SPEECH = lexicon.SAY | lexicon.CRITICISE | lexicon.PRAISE | lexicon.REJECT | lexicon.DEMAND


def governor(token: Token) -> Token | None:
    """The verb of speech that a second one goes on from, where the parser hung the second on what was said.

    In "she said taxes will rise and warned of delays" and "she said taxes will rise, adding that ..." the
    second verb's subject is that of "said", whatever the parser takes it for. None where there is no such
    verb.
    """
    doc = token.doc
    if token.lemma_.lower() not in _VERBS_OF_SPEECH or any(
        c.dep_ in ("nsubj", "nsubjpass") for c in token.children
    ):
        return None
    i = token.i - 1
    while i > 0 and doc[i].pos_ in ("ADV", "AUX"):
        i -= 1
    if token.tag_ == "VBG":
        if doc[i].text not in {",", "–", "—"}:
            return None
    elif token.tag_ not in _FINITE or doc[i].dep_ != "cc":
        return None
    head = token.head
    for _ in range(6):
        if head.i == head.head.i and head.lemma_.lower() not in lexicon.SAY:
            return None
        same_tense = token.tag_ == "VBG" or head.tag_ in (token.tag_, "VBN")
        if head.i < token.i and head.lemma_.lower() in lexicon.SAY and same_tense:
            return head
        if head.i == head.head.i:
            return None
        head = head.head
    return None


def speaker(token: Token) -> Range | None:
    """Characters of the phrase that names who speaks with a verb, from the parse or beside the verb."""
    first = governor(token)
    if first is not None and (subject(token) is None or first.i != token.head.i):
        found = speaker(first)
        if found is not None:
            return found
    head = subject(token)
    if head is not None:
        return phrase(head, lambda other: other.i != token.i)
    if token.tag_ == "VBG" and token.i and token.doc[token.i - 1].text in {",", "–", "—"}:
        return _last_subject(token)
    if is_passive(token) or (
        token.tag_ not in _FINITE and not any(c.tag_ in _FINITE for c in token.children)
    ):
        return None
    return before_verb(token) or _first_subject(token)


def before_verb(token: Token, floor: int = 0) -> Range | None:
    """The noun phrase that stands right before a verb whose subject the parser missed."""
    doc = token.doc
    end = token.i
    floor = max(floor, token.sent.start)
    while end > floor and (doc[end - 1].pos_ in ("ADV", "AUX")):
        end -= 1
    if end <= floor or doc[end - 1].pos_ not in _NOMINAL or doc[end - 1].dep_ == "dobj":
        return None
    start = end
    while start > floor and doc[start - 1].pos_ in _IN_PHRASE and not doc[start - 1].is_space:
        start -= 1
    while start < end and doc[start].pos_ in ("ADP", "PART"):
        start += 1
    return (doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) if start < end else None


def _last_subject(token: Token) -> Range | None:
    """The subject nearest before a participle after a comma: "he paused, saying ..."."""
    for i in range(token.i - 1, token.sent.start - 1, -1):
        other = token.doc[i]
        if other.dep_ == "nsubj" and other.lower_ not in _RELATIVE:
            return phrase(other, lambda t: t.i < token.i)
    return None


def _first_subject(token: Token) -> Range | None:
    """The sentence's first subject: "Peru, which hosts the talks, said ..." where the parse is broken."""
    doc = token.doc
    if (
        token.i == 0
        or doc[token.i - 1].text not in {",", "–", "—", "--", ")"}
        or token.dep_ in ("relcl", "acl")
    ):
        return None
    for other in doc[token.sent.start : token.i]:
        if other.dep_ in ("nsubj", "nsubjpass") and other.lower_ not in _RELATIVE:
            return phrase(other, lambda t: t.i < token.i)
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
        and (
            child.dep_ in ("relcl", "advcl", "ccomp", "parataxis")
            or (child.dep_ == "acl" and _after_comma(child))
        )
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
    while start < head.i and (
        doc[start].is_punct or doc[start].is_space or doc[start].dep_ in ("cc", "advmod", "punct")
    ):
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


__all__ = ["agent", "antecedent", "before_verb", "governor", "is_passive", "phrase", "speaker", "subject"]

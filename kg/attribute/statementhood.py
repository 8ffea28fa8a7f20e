"""Which attributions carry a claim that somebody made, and so are statements."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from kg.attribute import lexicon
from kg.attribute.candidate import Candidate
from kg.attribute.lexicon import words
from kg.attribute.text_map import TextMap

_EVALUATE = lexicon.REJECT | lexicon.DENY | lexicon.PRAISE | lexicon.CRITICISE
_WILL = frozenset(["want", "hope", "plan", "intend", "wish", "seek", "expect", "aim"])
_NARRATOR = frozenset(["i", "we", "you", "me", "us", "one", "there"])
_NOBODY = words("nobody everyone everybody anyone anybody someone somebody people none none")
_HYPOTHETICAL = frozenset(["would", "could", "might", "may", "should", "can", "must"])
_OBJECT_CUES = words(
    """
    demand propose urge seek announce offer promise pledge advocate recommend request
    """
)


_SHARE = re.compile(
    r"%|\bper ?cent\b|\b(?:poll|survey|polls|surveys)\b|\b(?:in|out of) (?:ten|10|five|four|three)\b"
)
_ANONYMITY = re.compile(
    r"(?:not )?(?:to )?(?:not )?(?:be|remain) (?:named|identified|quoted|anonymous)\b", re.IGNORECASE
)


def _negated(token: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in ("never", "n't", "not") for child in token.children)


def _hypothetical(token: Token) -> bool:
    """Whether the speech is only imagined: "would say", "if he says", "to say"."""
    aux = {child.lower_ for child in token.children if child.dep_ == "aux"}
    if aux & _HYPOTHETICAL and not {"have", "'ve"} & aux:
        return str(token.lemma_) != "like"
    for child in token.children:
        if child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether"):
            return True
    if "to" in aux and token.tag_ == "VB":
        head = token.head.lemma_.lower()
        return head not in lexicon.SAY | {"go", "use", "continue", "come"}
    return False


def _has_verb(doc: Doc, text: TextMap, candidate: Candidate) -> bool:
    for span in candidate.content:
        first, last = text.tokens(span)
        if any(t.pos_ in ("VERB", "AUX") for t in doc[first:last]):
            return True
    return False


def _source_speaks(text: TextMap, candidate: Candidate) -> bool:
    if candidate.source is None:
        return candidate.quoted
    mention = text.text[slice(*candidate.source)].lower()
    if mention in _NARRATOR and not text.mask[candidate.source[0]]:
        return False
    return (
        not _polled(text, candidate)
        and mention.split()[-1] not in _NOBODY
        and mention not in ("there", "this", "that", "which", "it all", "what")
    )


def _polled(text: TextMap, candidate: Candidate) -> bool:
    """Whether a poll or a share of people "says" something, and nobody in particular."""
    if candidate.source is None:
        return False
    mention = text.text[slice(*candidate.source)].lower()
    return _SHARE.search(mention) is not None


def _words(text: TextMap, candidate: Candidate) -> int:
    return sum(len(text.text[start:end].split()) for start, end in candidate.content)


def is_statement(text: TextMap, candidate: Candidate) -> bool:
    """Whether an attribution carries a claim, and not a topic, a hypothetical or unspoken words."""
    doc, lemma, kind = text.doc, candidate.lemma, candidate.construction.removeprefix("p.").rstrip("@")
    count = _words(text, candidate)
    if count < 3 and not (_has_verb(doc, text, candidate) and count > 1):
        return False
    if _ANONYMITY.search(text.text, candidate.start, candidate.start + 40):
        return False
    if candidate.continued or kind in ("quote alone", "headline", "block", "pull quote"):
        return True
    if not _source_speaks(text, candidate):
        return False
    token = doc[candidate.head] if candidate.head >= 0 else None
    if kind.startswith("quote") or kind == "according":
        return token is None or not _negated(token)
    if token is not None and token.pos_ in ("VERB", "AUX"):
        if _hypothetical(token):
            return False
        if _negated(token) and lemma not in ("want", "believe", "think", "expect", "see"):
            return False
    if lemma in lexicon.PERCEIVE and not (
        lemma == "find" and kind in ("that", "bare") and not _polled(text, candidate)
    ):
        return False
    return _claims(lemma, "n." + kind[2:] if kind.startswith("l.") else kind)


def _claims(lemma: str, kind: str) -> bool:
    """Whether what the cue governs in this construction is a claim."""
    if kind == "left":
        return True
    if kind in ("that", "bare"):
        if lemma in ("want", "like", "love", "hate", "prefer", "need"):
            return False
        if lemma in ("find", "hold", "rule"):
            return True
        return lemma in lexicon.SAY or lemma in lexicon.BELIEVE or lemma in _EVALUATE or lemma == "hold"
    if kind in ("to", "obj+to", "for+to"):
        wishes = (
            lexicon.DEMAND | lexicon.OFFER | _WILL | lexicon.WARN | {"tell", "agree", "vow", "like", "decide"}
        )
        return lemma in wishes and lemma not in ("need", "expect", "require")
    if kind == "judgement":
        return True
    if kind == "prep:as":
        return lemma in ("describe", "denounce", "dismiss", "condemn", "portray", "hail", "reject", "praise")
    if kind == "phrase":
        return lemma in (
            "say",
            "call",
            "describe",
            "consider",
            "brand",
            "label",
            "dub",
            "deem",
            "claim",
            "insist",
        )
    if kind == "obj+for" and lemma in ("ask", "press", "push"):
        return True
    if kind.startswith("obj"):
        return (
            lemma in _EVALUATE
            or lemma in _OBJECT_CUES
            or (kind == "obj+as" and lemma in ("describe", "see", "cast"))
        )
    if kind.startswith("prep:for"):
        return lemma in (
            "call",
            "ask",
            "appeal",
            "push",
            "press",
            "plead",
            "argue",
            "advocate",
            "campaign",
            "lobby",
        )
    if kind.startswith("prep:on+"):
        return lemma == "call"
    if kind == "obj+for":
        return lemma in (
            "ask",
            "press",
            "push",
            "praise",
            "criticise",
            "criticize",
            "blame",
            "attack",
            "condemn",
        )
    if kind == "prep:of":
        return lemma in ("warn", "accuse", "complain", "boast")
    if kind == "prep:against":
        return lemma in ("warn", "argue", "advise", "protest", "campaign", "caution")
    if kind == "prep:to":
        return lemma in ("object", "agree", "admit", "pledge", "commit", "confess")
    if kind in ("n.that", "n.to", "n.for+to") or kind.startswith("n.prep:for"):
        return lemma in lexicon.NOUNS - {"idea", "word", "position", "stance", "hope"}
    if kind in ("n.prep:to", "n.prep:of", "n.prep:on"):
        return lemma in (
            "opposition",
            "objection",
            "rejection",
            "denial",
            "criticism",
            "condemnation",
            "support",
        )
    if kind == "a.that":
        return lemma in lexicon.ADJECTIVES
    if kind == "a.to":
        return lemma in ("willing", "ready", "prepared", "unwilling", "determined")
    return kind == "a.prep:to" and lemma == "opposed"


__all__ = ["is_statement"]

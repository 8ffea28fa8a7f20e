"""Labels of candidate positions: a claim turned into a proposition that one can be for or against.

"we will not pay for the bridge" of a Norland minister becomes "Norland should pay for the bridge": what was
denied and what was demanded come under one label, and the side is left to the stances. A report or a
prediction is no demand and keeps its verb: "half the shops will close".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kg.attribute.parsing import language
from kg.ingest.decode import encodable

LONGEST = 16
"""Words of a label; a longer clause is left without its side clauses."""

_SPEAKER = frozenset({"we", "i", "us", "me"})
_SOMEBODY = frozenset({"he", "she", "they", "it", "this", "that", "these", "those", "you", "who", "which"})
_POSSESSIVE = {"our": "its", "my": "its", "ours": "its", "mine": "its"}
_SIDE = frozenset(
    {"advcl", "punct", "cc", "conj", "parataxis", "mark", "intj", "discourse", "npadvmod", "dep"}
)
_DUTY = frozenset({"must", "should", "ought", "need"})
_REFUSING = frozenset({"will", "would", "shall", "can", "could", "do"})
_LEFT_OVER = re.compile(
    r"\s+(?:as (?:long|fast|soon|far|well)|just|only|if|unless|until|and|or|but|so|on condition)$"
)
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_WANTING = frozenset(
    {"want", "need", "ought", "urge", "demand", "propose", "plan", "intend", "refuse", "agree"}
)
_TELLING = frozenset(
    {"say", "tell", "reply", "add", "announce", "believe", "think", "hope", "know", "insist", "warn"}
)
_EDGES = re.compile(r"^[\s\"“”‘’«»,;:–—-]+|[\s\"“”‘’«»,;:.!?–—-]+$")


def propositions(claims: Sequence[str], speakers: Sequence[str]) -> list[tuple[str, float]]:
    """A proposition of each claim, and from 0 to 1 how well it can stand by itself.

    Args:
        claims: Claims.
        speakers: For each claim for whom it was said; takes the place of "we".
    """
    docs = language().pipe([encodable(_EDGES.sub("", claim)) for claim in claims], batch_size=64)
    return [_proposition(doc, speaker) for doc, speaker in zip(docs, speakers, strict=True)]


def _proposition(doc: Any, speaker: str) -> tuple[str, float]:
    best = ("", 0.0)
    for sentence in doc.sents:
        label, worth = _of_sentence(sentence.root, speaker)
        words = len(label.split())
        if words < 4:
            worth *= 0.5
        if words > LONGEST:
            worth *= LONGEST / words
        if "?" in sentence.text:
            worth *= 0.3
        if worth > best[1]:
            best = (label, worth)
    return best


def _of_sentence(root: Any, speaker: str) -> tuple[str, float]:
    if root.pos_ not in ("VERB", "AUX"):
        return _of_noun(root)
    subject = next((child for child in root.children if child.dep_ in ("nsubj", "nsubjpass", "expl")), None)
    helpers = [child for child in root.children if child.dep_ in ("aux", "auxpass")]
    inner = _wanted(root)
    if inner is not None:
        who = _subject(subject, speaker)[0] if subject is not None else speaker
        return _sentence(who, *_should(inner), _rest(inner, after=inner)), 0.7
    if subject is None and not any(token.tag_ in _FINITE for token in (root, *helpers)):
        rest = _rest(root, after=root)
        return _sentence(speaker, "should", root.lemma_, rest), 0.6 if root.tag_ in ("VB", "VBG") else 0.3
    if subject is None and not helpers and root.tag_ == "VBP":  # an order: "Close the street"
        return _sentence(speaker, "should", root.lemma_, _rest(root, after=root)), 0.4
    told = next((child for child in root.children if child.dep_ == "ccomp"), None)
    if root.lemma_ in _TELLING and told is not None:
        return _of_sentence(told, speaker)
    who, worth = _subject(subject, speaker) if subject is not None else (speaker, 0.7)
    rest = _rest(root, after=root)
    tags = {one.tag_ for one in (root, *helpers)}
    demanded = "VB" in tags and not tags & _FINITE  # "that the street be closed"
    if demanded or any(one.lemma_ in _DUTY for one in helpers):
        return _sentence(who, *_should(root), rest), worth
    refused = who == speaker and any(one.lemma_ in _REFUSING and one.tag_ != "VBD" for one in helpers)
    if refused and any(child.dep_ == "neg" for child in root.children):
        return _sentence(who, *_should(root), rest), 0.7 * worth
    if root.lemma_ == "be" and not helpers:
        return _sentence(who, root.text, rest), 0.7 * worth
    # What is or was so is a proposition as well: one can hold it to be true or not.
    verbs = [one.lemma_ if one.tag_ == "MD" else one.norm_ for one in helpers]
    return _sentence(who, *verbs, root.text, rest), 0.55 * worth


def _of_noun(root: Any) -> tuple[str, float]:
    if root.pos_ == "ADP":  # "for a lower limit"
        root = next((child for child in root.children if child.dep_ == "pobj"), root)
    words = _text([token for token in root.subtree if token.dep_ != "punct" or token.i > root.left_edge.i])
    if not words or root.pos_ == "PRON":
        return words, 0.05
    called = re.fullmatch(r"(the .+?) as (.+)", words, re.IGNORECASE)
    if called:
        return _sentence(called[1], "is", called[2]), 0.5
    return _sentence(
        "There should be", words[:1].lower() + words[1:] if words.startswith("The ") else words
    ), 0.4


def _wanted(root: Any) -> Any | None:
    """The verb of what somebody wants to do: "plans to close", "refuses to pay"."""
    if root.lemma_ not in _WANTING:
        return None
    inner = next((child for child in root.children if child.dep_ == "xcomp" and child.pos_ == "VERB"), None)
    own = any(child.dep_ in ("dobj", "dative") for child in root.children)
    return None if own else inner


def _subject(subject: Any, speaker: str) -> tuple[str, float]:
    words = _text([token for token in subject.subtree if token.dep_ not in ("relcl", "appos")])
    if subject.lower_ in _SPEAKER:
        return speaker, 0.9
    if subject.lower_ in _SOMEBODY:
        return words, 0.35
    return words, 1.0


def _rest(root: Any, *, after: Any) -> str:
    """What follows a verb in its clause, without side clauses and without what denies it."""
    kept = []
    for child in root.children:
        if child.i < after.i or child.dep_ in ("neg", "nsubj", "nsubjpass", "aux", "auxpass"):
            continue
        if child.dep_ in _SIDE and not (child.dep_ == "npadvmod" and child.i == after.i + 1):
            continue
        kept.extend(child.subtree)
    return _text(sorted((token for token in kept if not _aside(token, root)), key=lambda token: token.i))


def _aside(token: Any, root: Any) -> bool:
    """Whether a word belongs to a relative clause, a conjunct clause or an aside of what follows the verb."""
    while token != root:
        if token.dep_ in ("relcl", "advcl", "parataxis"):
            return True
        token = token.head
    return False


def _should(verb: Any) -> tuple[str, str]:
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    return ("should be", verb.text) if passive else ("should", verb.lemma_)


def _text(tokens: Sequence[Any]) -> str:
    words = []
    for number, token in enumerate(tokens):
        following = tokens[number + 1].i if number + 1 < len(tokens) else token.i + 1
        space = token.whitespace_ if following == token.i + 1 else " "
        words.append(_POSSESSIVE.get(token.lower_, token.text) + space)
    return _EDGES.sub("", " ".join("".join(words).split()))


def _sentence(*parts: str) -> str:
    words = " ".join(" ".join(part for part in parts if part).split())
    words = re.sub(r"\s+([,.;:'’])", r"\1", words).replace('"', "").replace("“", "").replace("”", "")
    words = _LEFT_OVER.sub("", _EDGES.sub("", words))
    return words[:1].upper() + words[1:]


__all__ = ["LONGEST", "propositions"]

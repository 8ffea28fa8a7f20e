"""What the attributing words say about polarity: "rejected the plan", "called for a tram", "denied that"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model.statement import Statement
from kg.stance.encoder import encode
from kg.stance.lexicon import Lexicon, lexicon
from kg.stance.polarity import parse
from kg.stance.valence import valence
from kg.stance.wordings import Text

CLEAR = 0.8
"""How strong praise or blame must be (log odds) to count."""

_QUOTED = re.compile(r"[\"“”]([^\"“”]{3,}?)[,.]?[\"“”]")
_CALLS = re.compile(r"\b(?:for|on|upon|to)\b", re.IGNORECASE)
_AS = re.compile(r"\bas\s+(?!well\b|long\b|soon\b|and\b|if\b|much\b|many\b)(.+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attitude:
    """What a cue does to what it governs.

    Attributes:
        sign: -1 turns it round, 1 leaves it.
        evidence: How much the cue alone says that a side is taken.
        denies: Whether the cue says that something is not so, which turns claims of fact alone.
        asks: Whether it only asks.
        in_cue: Whether praise or blame lies in the cue, so that the words of the content tell no more of it.
    """

    sign: float = 1.0
    evidence: float = 0.0
    denies: bool = False
    asks: bool = False
    in_cue: bool = False


def attitude(statement: Statement, claim: Text) -> Attitude:
    """The attitude in a statement's cue, or in its force where the cue's words tell nothing.

    Args:
        statement: Its cue is a verb, a noun or a phrase.
        claim: Its parsed content. A complaint that something is not done wants it done; a complaint that
            something is too dear is a judgement by itself and is not turned.
    """
    rules = lexicon()
    words = _lemmas(statement.cue.text) if statement.cue else []
    clause = claim.finite
    content = " ".join(span.text for span in statement.content)
    sided = (rules.cue_for | rules.cue_against) - {"call"}
    if words and rules.naming & set(words) and not sided & set(words):
        name = _name(content)
        value = valence(encode([name])[0]) if name else 0.0
        if abs(value) >= CLEAR:
            return Attitude(1.0 if value > 0 else -1.0, 1.0, in_cue=True)
    if "call" in words and not (
        _CALLS.search(statement.cue.text if statement.cue else "") or _CALLS.match(content)
    ):
        return Attitude()
    if words:
        found = _of_words(words, clause, claim, rules)
        if found is not None:
            return found
    if statement.force in ("demands", "praises", "offers"):
        return Attitude(1.0, 1.0)
    if statement.force in ("rejects", "criticises"):
        return Attitude(1.0, 0.5) if clause else Attitude(-1.0, 1.0, in_cue=True)
    if statement.force == "denies":
        return Attitude(-1.0, 0.5, denies=True)
    if statement.force == "asks":
        return Attitude(1.0, 0.0, asks=True)
    return Attitude()


def _name(content: str) -> str | None:
    """What a thing is called in words like `the cameras a "cash grab"` or `the plan as a waste of money`."""
    quoted = _QUOTED.search(content)
    if quoted:
        return quoted.group(1)
    said = _AS.search(content)
    return said.group(1) if said else None


def _of_words(words: list[str], clause: bool, claim: Text, rules: Lexicon) -> Attitude | None:
    sign, evidence, known = 1.0, 0.0, False
    for word in words:
        if word in ("against", "without") and sign < 0:  # "protested against" is one reversal, not two
            continue
        if word in rules.cue_deny:
            return Attitude(-1.0, 0.5, denies=True)
        if word in rules.cue_ask and len(words) == 1 and clause:
            return Attitude(1.0, 0.0, asks=True)
        if word in rules.cue_against:
            if word in rules.complaints and clause and _judges(claim, rules):
                evidence, known = evidence + 0.5, True
                continue
            sign, evidence, known = -sign, evidence + 1.0, True
        elif word in rules.negators:
            sign, evidence, known = -sign, evidence + 0.5, True
        elif word in rules.reverse and not clause:
            sign, evidence, known = -sign, evidence + 1.0, True
        elif word in rules.cue_for:
            evidence, known = evidence + 1.0, True
    return Attitude(sign, evidence, in_cue=sign < 0 and not clause) if known else None


def _judges(claim: Text, rules: Lexicon) -> bool:
    lemmas = {token.lemma_.lower() for token in claim.doc} | {token.lower_ for token in claim.doc}
    return bool(lemmas & (rules.bad | {"too", "should", "must"}))


def _lemmas(text: str) -> list[str]:
    plain = re.sub(r"\s+", " ", text).strip()
    return [token.lemma_.lower() for doc in parse([plain]) for token in doc if not token.is_punct]


__all__ = ["Attitude", "attitude"]

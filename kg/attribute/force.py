"""What a speaker does with a statement: assert it, demand, offer, deny, reject, praise, warn, ask."""

from __future__ import annotations

import re

from kg.attribute import lexicon
from kg.model.attribution import Force

_NOUN_FORCE: dict[str, Force] = {
    "call": "demands",
    "demand": "demands",
    "appeal": "demands",
    "plea": "demands",
    "request": "demands",
    "proposal": "demands",
    "recommendation": "demands",
    "offer": "offers",
    "promise": "offers",
    "pledge": "offers",
    "vow": "offers",
    "commitment": "offers",
    "invitation": "offers",
    "warning": "warns",
    "threat": "warns",
    "fear": "warns",
    "concern": "warns",
    "denial": "denies",
    "rejection": "rejects",
    "opposition": "rejects",
    "objection": "rejects",
    "praise": "praises",
    "support": "praises",
    "criticism": "criticises",
    "condemnation": "criticises",
    "complaint": "criticises",
    "accusation": "criticises",
    "allegation": "criticises",
    "protest": "criticises",
    "question": "asks",
}
_SHOULD = re.compile(
    r"\b(?:should|must|ought to|needs? to|has to|have to|had to|let us|let's)\b", re.IGNORECASE
)
_INFINITIVE = ("to", "obj+to", "for+to")


def force_of(lemma: str, construction: str, content: str) -> Force:
    """Force by the cue, and by the content's modal verbs where the cue is neutral.

    Args:
        lemma: The cue's lemma.
        construction: As in `kg.attribute.frames`.
        content: The words said.

    >>> force_of("say", "that", "taxes should fall"), force_of("vow", "to", "to cut taxes")
    ('demands', 'offers')
    """
    kind = construction.removeprefix("p.").rstrip("@")
    if kind.startswith(("n.", "l.")):
        found = _NOUN_FORCE.get(lemma)
        if found is not None:
            return found
    clause = kind in ("that", "bare", "left") or kind.startswith("quote")
    if lemma in lexicon.ASK:
        if lemma == "ask" and (kind in ("obj+to", "to", "obj+for") or kind.startswith("prep:for")):
            return "demands"
        return "asks"
    if lemma == "call" and kind in ("phrase", "obj", "obj+as", "judgement"):
        return "asserts"
    if lemma in lexicon.DENY:
        return "denies"
    if (
        lemma in lexicon.REJECT
        and lemma not in ("disagree", "discount")
        and not (lemma == "refuse" and clause)
    ):
        return "rejects"
    if lemma in lexicon.WARN:
        return "warns"
    if lemma in ("insist", "advise", "urge", "demand", "require") and clause and lemma == "insist":
        return "demands" if _SHOULD.search(content) else "asserts"
    if lemma in lexicon.OFFER and not (lemma == "propose" and clause):
        return "offers"
    if lemma in lexicon.DEMAND and not (lemma == "want" and clause):
        return "demands"
    if lemma in lexicon.PRAISE and not clause:
        return "praises"
    if lemma in lexicon.CRITICISE and not clause:
        return "criticises"
    if content.rstrip("\"”’' ").endswith("?") and kind.startswith("quote"):
        return "asks"
    if _SHOULD.search(content.split(".")[0]):
        return "demands"
    return "asserts"


__all__ = ["force_of"]

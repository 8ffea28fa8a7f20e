"""The condition on which something is promised, accepted or refused: its words, beside the polarity."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.stance.terms import stems

_MARK = re.compile(
    r"""\b(?:
    only\s+(?:if|when|as|after|once|on|in|with|where)\b
  | on\s+(?:the\s+)?(?:strict\s+|sole\s+)?(?:condition|understanding|proviso)\b (?:\s+(?:that|of)\b)?
  | as\s+and\s+when\b
  | (?:as|so)\s+long\s+as\b
  | provid(?:ed|ing)\s+(?:that\b)?
  | in\s+(?:exchange|return)\s+for\b
  | subject\s+to\b
  | contingent\s+(?:on|upon)\b
  | conditional\s+(?:on|upon)\b
  | unless\b
  | assuming\s+that\b
  | except\s+on\b
  | if\s+and\s+only\s+if\b
  | but\s+not\s+(?:before|without)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_IF = re.compile(r"(?<!even )(?<!as )(?<!what )(?<!only )(?<!and )\bif\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|before)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|n['’]t|never|no|nobody|cannot|refuse[ds]?)\b", re.IGNORECASE)
# A main clause that binds somebody: without one an "if" only argues.
_BINDS = re.compile(
    r"\b(?:will|would|can|could|may|might|shall|ready|willing|prepared|open|agree|accept|support|back|consider|"
    r"['’]ll|must|should|need|offered|promised|not)\b",
    re.IGNORECASE,
)
_IDIOM = re.compile(
    r"^if\s+(?:(?:it|that|this)\s+(?:is|was|were|be|'s)\b|any\b|not\b|so\b|possible\b|necessary\b|needed\b|ever\b|"
    r"(?:we|they|you|he|she|i)\s+(?:must|may|can|could|like|want|wish)\b\W*$|anything\b|only\b|you\b)",
    re.IGNORECASE,
)
_LIFETIME = re.compile(
    r"^(?:as|so) long as (?:he|she|i|we|they|you|it) (?:live[sd]?|could|can|takes?|took)\b", re.IGNORECASE
)
_END = re.compile(r"[.!?;](?:\s|[\"”]|$)|,?\s+but\s|\s[–—]\s|,\s+and\s|[\"”]\s*$")
_FIRST_END = re.compile(r",\s+(?!(?:and|or|nor)\b)(?:then\s+)?(?=\S)|[.!?;](?:\s|$)")


def condition(text: str, about: Iterable[str] = ()) -> str | None:
    """The words of the condition in a claim, or None.

    Args:
        text: The claim.
        about: Stems of the position's words. An "if" whose clause speaks more of the position than the
            rest of its sentence does is an argument about it, not a condition on it.

    >>> condition("We will build the line only if Washington pays for it.")
    'only if Washington pays for it'
    >>> condition("If the others sign, we will sign too, said nobody")
    'If the others sign'
    >>> condition("If that is what it takes, we will stay") is None
    True
    """
    plain = " ".join(text.split())
    wanted = set(about)
    for match in _MARK.finditer(plain):
        found = _cut(plain, match.start())
        if not _LIFETIME.match(found) and not _is_about(found, plain, wanted):
            return found
    for match in _IF.finditer(plain):
        sentence_start = max(plain.rfind(mark, 0, match.start()) for mark in ".!?;") + 1
        first = not plain[sentence_start : match.start()].strip(" \"“'‘")
        found = _cut(plain, match.start(), first)
        sentence_end = re.search(r"[.!?](?:\s|$)", plain[match.start() :])
        stop = match.start() + sentence_end.start() if sentence_end else len(plain)
        rest = plain[sentence_start : match.start()] + " " + plain[match.start() + len(found) : stop]
        if len(found.split()) < 3 or _IDIOM.match(found) or not _BINDS.search(rest):
            continue
        if re.search(r"\bwere\b", found) and re.search(r"\bwould\b", rest):
            continue
        if not _is_about(found, rest, wanted):
            return found
    for match in _UNTIL.finditer(plain):
        before = plain[max(plain.rfind(mark, 0, match.start()) for mark in ".!?;") + 1 : match.start()]
        found = _cut(plain, match.start())
        if _NOT.search(before) and len(found.split()) >= 2 and not _is_about(found, before, wanted):
            return found
    return None


def _is_about(clause: str, rest: str, wanted: set[str]) -> bool:
    """Whether a clause speaks more of what is wanted than the rest of its sentence does."""
    return len(wanted & set(stems(clause))) > len(wanted & set(stems(rest.replace(clause, " "))))


def _cut(text: str, start: int, first: bool = False) -> str:
    """The clause from `start` on, up to where its sentence or, at the head of one, its clause ends."""
    end = (_FIRST_END if first else _END).search(text, start + 3)
    return text[start : end.start() if end else len(text)].strip(' ,.;"“”')


__all__ = ["condition"]

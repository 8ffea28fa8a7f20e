"""The condition on which something is promised, accepted or refused: its words, beside the polarity."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.stance.passages import NO_ABBREVIATION
from kg.stance.terms import stems

_MARK = re.compile(
    r"""\b(?:
    (?<!\bis\s)(?<!\bwas\s) only\s+(?:if|when|as|after|once|on|in|with|where)\b
  | on\s+(?:the\s+)?(?:strict\s+|sole\s+)?(?:condition|understanding|proviso)\b (?:\s+(?:that|of)\b)?
  | (?:under|with)\s+(?:the|one)\s+(?:strict\s+|sole\s+)?(?:condition|understanding|proviso)\s+that\b
  | as\s+and\s+when\b
  | (?:as|so)\s+long\s+as\b
  | provid(?:ed|ing)\s+that\b
  | (?:(?<=^)|(?<=[,;:.!?–—]\s)) provided\s+(?!(?:for|by|to|with)\b)(?=\w)
  | provided\s+(?=(?:it|they|he|she|we|you)\s+(?!(?:with|to|for|by|at|in|on|from|last|and)\b)\w)
  | provided\s+(?=(?:there|the|an?|no|all|every|another|its|his|her|their|our)\s
      (?:(?!(?:that|which|who|and|but|to)\b)[\w'’-]+\s+){0,4}
      (?:is|are|was|were|has|have|had|do|does|did|can|could|may|might|will|would|must|stays?|gets?|got|comes?|came)\b)
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
_OUTRIGHT = re.compile(
    r"(?:(?:if and )?only if|unless|provid(?:ed|ing)|(?:on|under|with) (?:\w+ ){0,2}(?:condition|proviso)) ",
    re.IGNORECASE,
)
"""Cues that nothing but a condition has."""
_IF = re.compile(
    r"""(?<!even\ )(?<!as\ )(?<!what\ )(?<!only\ )(?<!and\ )\bif\b
  | (?<!just\ )\bin\ case\b(?!\ of\b)
  | (?<![\w,]\ )\bshould\b(?=[^.!?;]*,[^.!?;]*(?:[.!;]|$))
  | (?<=,\ )should\b(?=\ (?:the|an?|any|it|they|he|she|we)\ [^.!?;]*(?:[.!;]|$))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_UNTIL = re.compile(r"\b(?:until|till|before)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|n['’]t|never|no|nobody|cannot|refuse[ds]?)\b", re.IGNORECASE)
# A main clause that binds somebody: without one an "if" only argues.
_BINDS = re.compile(
    r"\b(?:will|would|can|could|may|might|shall|ready|willing|prepared|open|agree|accept|support|back|consider|"
    r"['’]ll|must|should|need|offered|promised|not)\b",
    re.IGNORECASE,
)
# "If that is so" binds nothing; "if it is paid for by the state" does.
_PARTICIPLE = r"\w+ed|built|cut|done|given|held|kept|made|met|paid|shown|taken"
_IDIOM = re.compile(
    rf"^if\s+(?:(?:it|that|this)\s+(?:is|was|were|be|'s)\b(?!\s+(?:{_PARTICIPLE})\b)|any\b|not\b|so\b|possible\b|necessary\b|needed\b|ever\b|"
    r"(?:we|they|you|he|she|i)\s+(?:must|may|can|could|like|want|wish)\b\W*$|anything\b|only\b|you\b)",
    re.IGNORECASE,
)
# What a cue opens that is no condition: a lifetime, a measure, a day, what the press is promised.
_NO_CONDITION = re.compile(
    r"""^(?:(?:as|so)\ long\ as\ (?:he|she|i|we|they|you|it)\ (?:live[sd]?|could|can|takes?|took)\b
    | as\ long\ as\ an?(?:\ [\w-]+(?<!s)(?<!ed)){1,2}$
    | only\ (?:on|in|after|as)\ (?:(?:the|late|early|last)\ )*
      (?:\w+day|January|February|March|April|May|June|July|August|September|October|November|December|\d+)\b
    | on\ (?:the\ )?condition\ of\ anonymity)""",
    re.IGNORECASE | re.VERBOSE,
)
_HEAD = re.compile(r"(?:^[\s\"“'‘]*(?:(?:and|but|so|yet|that)\s+)*|\bthat\s+)$", re.IGNORECASE)
# Not behind an initial or a title: "the next U.S. administration".
_STOP = "[.!?;]" + NO_ABBREVIATION + r"(?:\s|[\"”]|$)"
_SENTENCE_END = re.compile(_STOP)
_END = re.compile(_STOP + r"|,?\s+but\s|\s[–—]\s|,\s+and\s|[\"”]\s*$")
_FIRST_END = re.compile(r",[\"”]?\s+(?!(?:and|or|nor)\b)(?:then\s+)?(?=\S)|" + _STOP)
# "Only if the state pays will the town build": the main clause begins with its verb turned round.
_TURNED_END = re.compile(
    r"\s+(?=(?:will|would|can|could|shall|should|may|might|must)\s+"
    r"(?:we|he|she|they|it|the|an?|this|that|his|her|its|our|their|no|any|[A-Z]\w*)\s"
    r"|(?:do|does|did)\s+(?:we|he|she|they|I)\s)|" + _FIRST_END.pattern
)


def condition(text: str, about: Iterable[str] = ()) -> str | None:
    """The words of the condition in a claim, or None.

    Args:
        text: The claim.
        about: Stems of the position's words. A clause that speaks more of the position than the rest of its
            sentence does is an argument about it, not a condition on it.

    >>> condition("We will build the line only if Washington pays for it.")
    'only if Washington pays for it'
    >>> condition("Unless the others sign, we will not sign either")
    'Unless the others sign'
    >>> condition("If that is what it takes, we will stay") is None
    True
    """
    plain = " ".join(text.split())
    wanted = set(about)
    for match in _MARK.finditer(plain):
        found = _clause(plain, match.start())
        if not _NO_CONDITION.match(found) and not _is_about(found, plain, wanted):
            return found
    for match in _IF.finditer(plain):
        sentence_start = _sentence_start(plain, match.start())
        found = _clause(plain, match.start())
        sentence_end = _SENTENCE_END.search(plain, match.start())
        stop = sentence_end.start() if sentence_end else len(plain)
        rest = plain[sentence_start : match.start()] + " " + plain[match.start() + len(found) : stop]
        if len(found.split()) < 3 or _IDIOM.match(found) or not _BINDS.search(rest):
            continue
        if re.search(r"\bwere\b", found) and re.search(r"\bwould\b", rest):
            continue
        if not _is_about(found, rest, wanted):
            return found
    for match in _UNTIL.finditer(plain):
        before = plain[_sentence_start(plain, match.start()) : match.start()]
        found = _clause(plain, match.start())
        if _NOT.search(before) and len(found.split()) >= 2 and not _is_about(found, before, wanted):
            return found
    return None


def _is_about(clause: str, rest: str, wanted: set[str]) -> bool:
    """Whether a clause speaks more of what is wanted than the rest of its sentence does.

    A single word in common may be chance where the cue is outright: "only if the state pays" is no
    argument on the pay of nurses.
    """
    said = wanted & set(stems(clause))
    if _OUTRIGHT.match(clause) and len(said) == 1:
        return False
    return len(said) > len(wanted & set(stems(rest.replace(clause, " "))))


def _clause(text: str, start: int) -> str:
    """The clause from `start` on, up to its sentence's end or, at the head of one, up to the main clause."""
    end = _END
    if _HEAD.search(text[_sentence_start(text, start) : start]):
        end = _TURNED_END if text.startswith(("only", "Only"), start) else _FIRST_END
    found = end.search(text, start + 3)
    return text[start : found.start() if found else len(text)].strip(' ,.;"“”')


def _sentence_start(text: str, before: int) -> int:
    return max((end.end() for end in _SENTENCE_END.finditer(text, 0, before)), default=0)


__all__ = ["condition"]

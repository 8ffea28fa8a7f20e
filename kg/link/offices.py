"""Wordings of offices: one form for "premier" and "prime minister", and how well a description fits one."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.link.lexicon import words
from kg.link.names import fold

_SPELLINGS = (
    (r"\bpress secretar(?:y|ies)\b", "spokesman"),
    (r"\bspokes(?:woman|person|men|women|people|persons)\b|\bmouthpiece\b", "spokesman"),
    (r"\b(?:premier|pm|taoiseach)\b", "prime minister"),
    (r"\bfm\b", "foreign minister"),
    (r"\bdefense\b", "defence"),
    (r"\borganization\b", "organisation"),
    (r"\bminister (?:of|for) (?:the )?(foreign|external) affairs\b", "foreign minister"),
    (r"\b(?:foreign|external) affairs minister\b|\bforeign secretary\b", "foreign minister"),
    (r"\bsecretary of (?!state\b)(?:the )?(\w+)", r"\1 secretary"),
    (r"\b(?:minister|secretary) (?:of|for) (?:the )?(?!state\b)(\w+)(?: and (\w+))?", r"\1 \2 minister"),
    (r"\bchief executive(?: officer)?\b|\bceo\b", "chief executive"),
    (r"\bchair(?:man|woman|person)\b", "chair"),
    (r"\bunder secretary\b", "undersecretary"),
    (r"\bsec(?:y)? gen(?:eral)?\b", "secretary general"),
    (r"\bdirectors general\b", "director general"),
    (r"\bsecretaries general\b", "secretary general"),
    (r"\b(?:ambassador|permanent representative|delegate|special representative|emissary)\b", "envoy"),
    (r"\bchiefs\b", "chief"),
    (r"\b(?:advisor|counsellor)\b", "adviser"),
    (r"\bpresidency\b", "president"),
)  # fmt: skip
_TOP = frozenset({"chief", "head", "leader", "boss", "supremo", "ruler", "strongman"})
"""Loose words for whoever is first in a house."""
_FIRST_IN_HOUSE = re.compile(
    r"^(?:president|prime minister|chancellor|secretary general|director general|director|chair|governor"
    r"|leader|chief executive|head|commander|managing director|executive director|executive secretary|pope"
    r"|king|queen|emir|sultan|supreme leader|general secretary|high commissioner"
    r"|high representative|principal|mayor|(?:chief|head|commander)(?: of .*)?|.* (?:minister|secretary))$"
)
_LESSER = frozenset({"deputy", "vice", "assistant", "former", "acting", "under", "first", "junior", "ex"})
_SMALL = frozenset({"the", "of", "for", "and", "to", "a", "an", "at", "in", "on", "s"})


@lru_cache(maxsize=16384)
def office_form(wording: str) -> str:
    """An office in one spelling, folded.

    >>> office_form("Secretary-General"), office_form("Minister for Foreign Affairs")
    ('secretary general', 'foreign minister')
    >>> office_form("Secretary of Defense") == office_form("defence secretary")
    True
    """
    form = fold(wording)
    for pattern, spelling in _SPELLINGS:
        form = re.sub(pattern, spelling, form)
    return " ".join(form.split())


def _content_words(form: str) -> frozenset[str]:
    return frozenset(form.split()) - _SMALL


def office_fit(described: str, office: str) -> float:
    """How well the words of a description fit the label of an office, from 0 (not at all) to 1.

    Args:
        described: Words of a description without the state or organisation: "foreign minister", "chief".
        office: Label of an office: "Foreign Minister", "Secretary General".

    >>> office_fit("premier", "Prime Minister"), office_fit("chief", "Secretary General")
    (1.0, 0.6)
    >>> office_fit("minister", "Deputy Foreign Minister") < office_fit("minister", "Foreign Minister")
    True
    >>> office_fit("foreign minister", "Defence Minister")
    0.0
    """
    ours, theirs = office_form(described), office_form(office)
    if ours and ours == theirs:
        return 1.0
    mine, its = _content_words(ours), _content_words(theirs)
    if not mine or not its:
        return 0.0
    if mine == its:
        return 0.95
    lesser = (its & _LESSER) - mine
    higher = (mine & _LESSER) - its
    if higher:
        return 0.0
    if mine <= its and _head(ours) in its and _head(ours) not in _TOP:
        return 0.4 if lesser else 0.85
    if its <= mine and _head(theirs) in mine:
        return 0.6
    if mine & _TOP and mine <= _TOP | {"top"}:
        return 0.6 if _FIRST_IN_HOUSE.match(theirs) and not lesser else 0.0
    if _head(ours) in _TOP and not lesser and (mine - _TOP) <= its:
        # "the central bank chief" for the "Governor", "the armed forces' head" for the "Chief of Staff".
        return 0.5 if mine - _TOP else 0.0
    return 0.0


def _head(form: str) -> str:
    """The word that carries an office: the last one before an "of" or "to".

    >>> _head("chief of the general staff"), _head("foreign minister")
    ('chief', 'minister')
    """
    left = re.split(r"\b(?:of|to|for|at)\b", form)[0].split()
    return left[-1] if left else form


def is_spokesman(office: str | None) -> bool:
    """Whether who holds the office speaks for somebody else by trade.

    >>> is_spokesman("Press Secretary"), is_spokesman("Spokeswoman of the President"), is_spokesman(None)
    (True, True, False)
    """
    return bool(office) and "spokesman" in office_form(office or "").split()


def singular(word: str) -> str:
    """A role in the singular.

    >>> singular("officials"), singular("secretaries"), singular("spokesmen"), singular("press")
    ('official', 'secretary', 'spokesman', 'press')
    """
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("people") and len(word) > 6:
        return word[:-6] + "person"
    if word.endswith("ies") and word != "series":
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us")):
        return word[:-1]
    return word


def role_kind(head: str) -> str | None:
    """Whether the head of a description speaks by office (`office`), for itself (`private`), or is no role.

    >>> role_kind("minister"), role_kind("campaigner"), role_kind("correspondents"), role_kind("shield")
    ('office', 'private', 'private', None)
    """
    for form in (head, singular(head)):
        if form in words("private_roles"):
            return "private"
        if form in words("office_roles") or form in words("official_nouns"):
            return "office"
    return None

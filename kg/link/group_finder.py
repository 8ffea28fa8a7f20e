"""Finding the names of organisations and states in a parsed article: the register's, and what spaCy tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.link.countries import state_names
from kg.link.cover import Cover
from kg.link.genders import is_given_name
from kg.link.index import RegisterIndex
from kg.link.lexicon import words
from kg.link.names import fold
from kg.link.offices import role_kind
from kg.model.register import Actor

CAPITAL = r"(?:[^\W\d_a-z][\w’'-]{0,40}|[^\W\d_]\.)"
RUN = rf"{CAPITAL}(?:[ \xa0]+(?:(?:al|bin|von|van|der|de|da|del|ibn|den)[ \xa0]+)?{CAPITAL})*"
_EPITHETS = sorted(
    words("outlet_words") | words("organisation_nouns") - {"chief", "house", "station", "office"}
)
OF_A_KIND = re.compile(rf"\b({'|'.join((*_EPITHETS, *words('houses_of_two_words')))})\s+((?-i:{RUN}))")
THE_FIRM = re.compile(
    rf"(?:the|a|an|its|their)\s+(?:[\w-]+\s+)?(?:{'|'.join(_EPITHETS)}),\s+((?-i:{RUN}))$", re.IGNORECASE
)
_DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Z .,/'’-]{2,50}(?:,\s+[A-Z][a-z]+\.?\s+\d{1,2}(?:,\s+\d{4})?)?"
    r"\s*(?:\([^()\n]{2,40}\))?\s*(?:[—–-]|--|:|\.)\s",
    re.MULTILINE,
)
"""Place and day before an article's first words; in a transcript the name before somebody's."""
_RUN_OF_CAPITALS = re.compile(rf"(?<!\w){RUN}")
OWNER = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """A mention of an organisation or state.

    Attributes:
        actor: The register's actor, if it has one.
        state: ISO 3166 code where it is a state by name, capital or seat.
        adjective: Whether the state is only named by an adjective ("Chilean").
        outlet: Whether the words before call it a newspaper or the like.
    """

    start: int
    end: int
    text: str
    actor: Actor | None = None
    state: str | None = None
    adjective: bool = False
    outlet: bool = False


def group_names(doc: Doc, index: RegisterIndex, sources: Sequence[tuple[int, int]] = ()) -> list[FoundGroup]:
    """Organisations and states named, in the order of the text.

    Args:
        doc: The parsed article.
        index: Knows the register's organisations and states.
        sources: [start, end) of source spans, where "the firm, Name" names an organisation.
    """
    text = doc.text
    found: list[FoundGroup] = []
    tokens = [token for token in doc if not token.is_space]
    covered = 0
    lower_starts = {name.split()[0] for name in index.lower_aliases}
    for i, token in enumerate(tokens):
        if token.idx < covered or not (token.text[:1].isupper() or token.text in lower_starts):
            continue
        for size in range(min(index.longest, 7, len(tokens) - i), 0, -1):
            part = tokens[i : i + size]
            start, end = part[0].idx, part[-1].idx + len(part[-1])
            wording = text[start:end]
            if "\n" in wording or not part[-1].text[:1].isalnum():
                continue
            if not token.text[:1].isupper() and not _lower_alias(text, start, wording, index):
                continue
            group = _group(wording, index)
            if group is not None and group[0] is None and size == 1 and _ends_longer_name(part[0]):
                continue
            if group is not None:
                actor, state, adjective = group
                found.append(FoundGroup(start, end, wording, actor, state, adjective))
                covered = end
                break
    taken = Cover(len(text), [(group.start, group.end) for group in found])
    for begin, end in sources:
        if (match := THE_FIRM.match(text[begin:end])) and not taken.touches(
            begin + match.start(1), begin + match.end(1)
        ):
            found.append(FoundGroup(begin + match.start(1), begin + match.end(1), match[1]))
    for match in OF_A_KIND.finditer(text):
        # "the daily Burza", "the pressure group Green Horizon": what it is stands before the name.
        wording, start = OWNER.sub("", match[2].split("\n")[0]), match.start(2)
        if not taken.touches(start, start + len(wording)):
            found.append(
                FoundGroup(start, start + len(wording), wording, outlet=match[1] in words("outlet_words"))
            )
    datelines = Cover(len(text), [match.span() for match in _DATELINE.finditer(text)])
    for entity in doc.ents:
        if entity.label_ != "ORG" or datelines.holds(entity.start_char, entity.end_char):
            continue
        wording = OWNER.sub("", re.split(r"\n|\s*\(", entity.text)[0].strip())
        start = entity.start_char
        if wording[:4].lower() == "the ":
            start, wording = start + 4, wording[4:]
        last = fold(wording).split()[-1:]
        if len(wording.split()) <= 2 and last and role_kind(last[0]) is not None:
            continue
        if wording[:1].isupper() and not taken.touches(start, start + len(wording)):
            found.append(FoundGroup(start, start + len(wording), wording))
    taken = Cover(len(text), [(group.start, group.end) for group in found])
    for match in _RUN_OF_CAPITALS.finditer(text):
        # "Skagen Petroleum", whatever the tagger takes it for: the last word tells.
        wording = re.sub(r"^The\s+", "", OWNER.sub("", match[0]))
        start = match.start() + match[0].index(wording)
        if ends_like_a_house(wording) and not taken.touches(start, start + len(wording)):
            found.append(FoundGroup(start, start + len(wording), wording))
    for token in doc:
        # Initials that the tagger takes for nothing, as the subject of a sentence: "OSHA fined the mill".
        if token.dep_ == "nsubj" and token.tag_ == "NNP" and 3 <= len(token) <= 6 and token.text.isupper():
            known = role_kind(token.lower_) or state_names().code(token.text)
            if token.text.isalpha() and not known and not taken.touches(token.idx, token.idx + len(token)):
                found.append(FoundGroup(token.idx, token.idx + len(token), token.text))
    return sorted(found, key=lambda group: group.start)


def _ends_longer_name(token: Token) -> bool:
    """Whether a state's name is the end of another place's ("New Jersey")."""
    if token.i == 0 or token.is_sent_start:
        return False
    before = token.nbor(-1)
    return before.text in ("New", "West", "East", "Upper", "Lower") or (
        before.text[:1].isupper() and before.ent_type_ == token.ent_type_ == "GPE" and before.pos_ == "PROPN"
    )


def _lower_alias(text: str, start: int, wording: str, index: RegisterIndex) -> bool:
    """Whether a wording in lower case is an alias that the register writes so, after "the"."""
    return wording in index.lower_aliases and bool(
        re.search(r"\b(?:the|this|that)\s+$", text[max(0, start - 8) : start], re.IGNORECASE)
    )


def _group(wording: str, index: RegisterIndex) -> tuple[Actor | None, str | None, bool] | None:
    clean = OWNER.sub("", wording)
    if len(clean) < 2 or (len(clean) <= 3 and not clean.replace(".", "").isupper() and not clean.istitle()):
        return None
    actor = index.group(clean)
    if actor is not None:
        if len(clean) <= 3 and not clean.isupper():
            return None
        return actor, index.state_code(clean) if actor.kind == "state" else None, False
    key = fold(clean)
    names = state_names()
    code = names.names.get(key) or names.seats.get(key)
    if code and not (len(clean) <= 3 and not clean.replace(".", "").isupper()):
        return index.state_actor(code), code, False
    if code := index.adjectives.get(key) or names.adjectives.get(key):
        return index.state_actor(code), code, True
    return None


def is_outlet_name(name: str) -> bool:
    """Whether an organisation's name is that of a newspaper, agency or broadcaster, as far as one can tell.

    >>> is_outlet_name("AFP"), is_outlet_name("The Evening Herald"), is_outlet_name("Greenpeace")
    (True, True, False)
    """
    folded = fold(name).removeprefix("the ")
    listed = folded in words("outlets") or f"the {folded}" in words("outlets")
    return listed or bool(words("outlet_words") & set(folded.split()))


def ends_like_a_house(wording: str) -> bool:
    """Whether a capitalised name of two words or more ends as those of firms and unions do.

    >>> [ends_like_a_house(name) for name in ("Norvik Shipping", "David Steel", "Shipping", "Lake Trust")]
    [True, False, False, True]
    """
    parts = wording.split()
    last = words("company_names") | words("union_names") | words("lobby_names")
    if len(parts) < 2 or "\n" in wording or wording.isupper() or fold(parts[-1]) not in last:
        return False
    return not (len(parts) == 2 and is_given_name(parts[0]))


def first_words(groups: Iterable[FoundGroup]) -> dict[str, str]:
    """Short names of organisations of two words and more: the first, where it tells them from all others.

    >>> first_words([FoundGroup(0, 0, "Norvik Shipping"), FoundGroup(0, 0, "National Rail")])
    {'Norvik': 'Norvik Shipping'}
    """
    common = words("not_houses") | words("portfolios") | words("state_modifiers") | words("places_ruled")
    common |= words("organisation_nouns") | words("state_bodies") | words("state_nouns") | words("regions")
    found: dict[str, set[str]] = {}
    for group in groups:
        name = group.actor.name if group.actor is not None else group.text
        parts = name.split()
        if group.state is not None or len(parts) < 2 or len(parts[0]) < 4 or not parts[0][:1].isupper():
            continue
        first = fold(parts[0])
        if first in common or is_given_name(first) or role_kind(first) or state_names().code(parts[0]):
            continue
        if any(first in words(f"{kind}_names") for kind in ("company", "union", "party", "public", "lobby")):
            continue
        found.setdefault(parts[0], set()).add(name)
    return {first: next(iter(names)) for first, names in found.items() if len(names) == 1}

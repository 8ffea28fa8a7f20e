"""Finding names in a parsed article: people by titles, the register and spaCy; organisations and states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.link.countries import state_names
from kg.link.cover import Cover
from kg.link.index import RegisterIndex
from kg.link.lexicon import words
from kg.link.names import bare_name, fold, surname
from kg.link.offices import role_kind
from kg.model.register import Actor

_NO_TITLE_OF_ITS_OWN = frozenset(
    [
        "vice",
        "deputy",
        "prime",
        "foreign",
        "interior",
        "defence",
        "defense",
        "finance",
        "secretary",
        "director",
        "chief",
    ]
)
_CAPITAL = r"(?:[^\W\d_a-z][\w’'-]*|[^\W\d_]\.)"
_RUN = rf"{_CAPITAL}(?:[ \xa0]+(?:(?:al|bin|von|van|der|de|da|del|ibn|den)[ \xa0]+)?{_CAPITAL})*"
_TITLE = "|".join(sorted(title.capitalize() for title in words("titles") - _NO_TITLE_OF_ITS_OWN))
_TITLED = re.compile(rf"\b(?:{_TITLE})\b\.?\s+({_RUN})")
_EPITHETS = sorted(
    words("outlet_words") | words("organisation_nouns") - {"chief", "house", "station", "office"}
)
_OF_A_KIND = re.compile(rf"\b({'|'.join(_EPITHETS)})\s+((?-i:{_RUN}))")
_THE_FIRM = re.compile(
    rf"(?:the|a|an|its|their)\s+(?:[\w-]+\s+)?(?:{'|'.join(_EPITHETS)}),\s+((?-i:{_RUN}))$", re.IGNORECASE
)
_WHERE = re.compile(r"\b(?:on|in|at|near|outside|around|across|along|through)\s+(?:the\s+)?$", re.IGNORECASE)
_WHOLE_NAME = re.compile(rf"(?:^|,\s+)((?:{_RUN}\s+)?{_RUN})(?=\s*(?:,|$|\bof\b|\())")
_OWNER = re.compile(r"['’]s?$")
_NAME_PART = re.compile(r"^(?:[^\W\d_][\w'’.-]*)$")


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name as it stands: [start, end) without titles and possessive ending."""

    start: int
    end: int
    text: str
    strong: bool
    """Whether more than a guess of the tagger says that it is a person's name."""


def person_names(doc: Doc, index: RegisterIndex, sources: Sequence[tuple[int, int]] = ()) -> list[FoundName]:
    """Names of people, not overlapping, in the order of the text.

    Args:
        doc: The parsed article.
        index: Knows the register's people.
        sources: [start, end) of source spans: two capitalised words there are a person's name even where the
            tagger does not know it.
    """
    found: list[FoundName] = []
    text = doc.text
    for match in _TITLED.finditer(text):
        titled = _trim(match.group(1), match.start(1))
        if titled:
            found.append(FoundName(*titled, True))
    found.extend(_register_names(doc, index))
    for entity in doc.ents:
        if entity.label_ == "PERSON":
            for line in re.finditer(r"[^\n\r]+", entity.text):
                tagged = _trim(line.group(), entity.start_char + line.start())
                if tagged:
                    found.append(FoundName(*tagged, False))
    found.extend(_source_names(text, sources))
    groups = [match.span(2) for match in _OF_A_KIND.finditer(text)]
    for start, end in sources:
        if firm := _THE_FIRM.match(text[start:end]):
            groups.append((start + firm.start(1), start + firm.end(1)))
    places = _places(text, {name.text for name in found if not name.strong})
    kept: list[FoundName] = []
    taken, in_group = Cover(len(text)), Cover(len(text), groups)
    for name in sorted(found, key=lambda item: (-(len(item.text.split())), not item.strong, item.start)):
        if in_group.touches(name.start, name.end) and not index.is_name(name.text):
            continue
        if name.text in places and not name.strong:
            continue
        if taken.touches(name.start, name.end) or not _plausible(name, index):
            continue
        kept.append(name)
        taken.take(name.start, name.end)
    kept.extend(_surnames_again(doc, kept, taken))
    return sorted(kept, key=lambda item: item.start)


def _places(text: str, names: Iterable[str]) -> set[str]:
    """Of some names those that stand after "in", "at" or "on" as often as not: streets and towns."""
    found = set()
    for name in names:
        starts = [match.start() for match in re.finditer(rf"\b{re.escape(name)}\b", text)]
        if 2 * sum(bool(_WHERE.search(text, max(0, start - 14), start)) for start in starts) >= max(
            len(starts), 1
        ):
            found.add(name)
    return found


def _source_names(text: str, sources: Sequence[tuple[int, int]]) -> Iterator[FoundName]:
    """Names by their capitals alone, at the beginning of a source or after its last comma."""
    for start, end in sources:
        if _THE_FIRM.match(text[start:end]):
            continue
        for match in _WHOLE_NAME.finditer(text[start:end]):
            name = _trim(match[1], start + match.start(1))
            if (
                name
                and 2 <= len(name[2].split()) <= 4
                and not any(part.isupper() for part in name[2].split())
            ):
                parts = [fold(part) for part in name[2].split()]
                lists = words("organisation_nouns") | words("portfolios") | words("state_bodies")
                if not any(part in lists or role_kind(part) or part in words("not_houses") for part in parts):
                    yield FoundName(*name, False)


def _surnames_again(doc: Doc, names: Sequence[FoundName], taken: Cover) -> Iterator[FoundName]:
    """Later mentions by surname of people who were named in full, whatever the tagger takes them for."""
    full = {surname(name.text).split()[-1] for name in names if len(name.text.split()) > 1}
    for token in doc:
        if token.text in full and not taken.touches(token.idx, token.idx + len(token)):
            following = token.nbor(1) if token.i + 1 < len(doc) else token
            joined = (
                following.text[:1].isupper()
                and following.pos_ == "PROPN"
                and following.ent_type_ == token.ent_type_
            )
            if not (joined and token.ent_type_ in ("ORG", "GPE", "FAC", "WORK_OF_ART")):
                yield FoundName(token.idx, token.idx + len(token), token.text, True)


def _trim(text: str, start: int) -> tuple[int, int, str] | None:
    """A name without titles, possessive and stray marks, with its offsets."""
    clean = text.rstrip(" ,.;:\"“”'’-–—")
    clean = _OWNER.sub("", clean) if len(text) != len(clean) or _OWNER.search(clean) else clean
    parts = clean.split()
    while len(parts) > 1 and fold(parts[-1]) in words("headline_verbs"):
        # "Lee Says": headlines in title case run into the name.
        parts.pop()
    clean = clean[: clean.rfind(parts[-1]) + len(parts[-1])] if parts else clean
    bare = bare_name(clean)
    at = clean.rfind(bare)
    if not bare or at < 0 or fold(bare) in words("titles"):
        return None
    return start + at, start + at + len(bare), bare


def _plausible(name: FoundName, index: RegisterIndex) -> bool:
    parts = name.text.split()
    if len(parts) > 6 or not all(_NAME_PART.match(part) for part in parts):
        return False
    if index.is_name(name.text):
        return True
    if is_outlet_name(name.text) or (len(parts) == 1 and not name.strong):
        # A single word that only the tagger takes for a person is as often a house ("Greenpeace").
        return False
    if not parts[0][:1].isupper() and fold(parts[0]) not in words("particles"):
        return False
    if not parts[-1][:1].isupper() or len(parts[-1]) < 2:
        return False
    if index.group(name.text) is not None or index.begins_group(name.text) or state_names().code(name.text):
        return False
    folded = [fold(part) for part in parts]
    if (
        folded[-1] in words("outlet_words")
        or folded[-1] in words("organisation_nouns")
        or role_kind(folded[-1])
    ):
        return False
    if any(index.group(part) is not None for part in parts) or folded[0] in words("not_houses"):
        return False
    return not (len(parts) == 1 and name.text.isupper() and len(name.text) > 1)


def _register_names(doc: Doc, index: RegisterIndex) -> Iterator[FoundName]:
    text = doc.text
    tokens = [token for token in doc if not token.is_space]
    for i, token in enumerate(tokens):
        if not token.text[:1].isupper():
            continue
        for size in range(min(index.longest, 6, len(tokens) - i), 1, -1):
            part = tokens[i : i + size]
            start, end = part[0].idx, part[-1].idx + len(part[-1])
            wording = text[start:end]
            if part[-1].text[:1].isupper() and "\n" not in wording and index.is_name(wording):
                yield FoundName(start, end, wording, True)
                break
        if index.has_surname(token.text) and _stands_alone(token, index):
            yield FoundName(token.idx, token.idx + len(token), token.text, True)


def _stands_alone(token: Token, index: RegisterIndex) -> bool:
    """Whether a register's surname is not a part of some other name ("Rice University", "Scott Brown")."""
    if (
        token.pos_ not in ("PROPN", "NOUN", "ADJ")
        and token.ent_type_ != "PERSON"
        and not token.text[0].isupper()
    ):
        return False
    if token.text.islower() or len(token.text) < 3:
        return False
    if token.i + 1 < len(token.doc):
        after = token.nbor(1)
        if after.text[:1].isupper() and after.pos_ == "PROPN" and after.ent_type_ == token.ent_type_ != "":
            return False
    if token.i == 0:
        return True
    before = token.nbor(-1)
    if before.text[:1].isupper() and before.pos_ == "PROPN" and not before.is_sent_start:
        folded = fold(before.text)
        known = (
            folded in words("titles")
            or role_kind(folded) is not None
            or before.ent_type_ in ("NORP", "GPE", "ORG")
        )
        return known or state_names().code(before.text) is not None
    return True


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
        if (match := _THE_FIRM.match(text[begin:end])) and not taken.touches(
            begin + match.start(1), begin + match.end(1)
        ):
            found.append(FoundGroup(begin + match.start(1), begin + match.end(1), match[1]))
    for match in _OF_A_KIND.finditer(text):
        # "the daily Burza", "the pressure group Green Horizon": what it is stands before the name.
        wording, start = _OWNER.sub("", match[2].split("\n")[0]), match.start(2)
        if not taken.touches(start, start + len(wording)):
            found.append(
                FoundGroup(start, start + len(wording), wording, outlet=match[1] in words("outlet_words"))
            )
    for entity in doc.ents:
        if entity.label_ != "ORG":
            continue
        wording = _OWNER.sub("", entity.text.split("\n")[0].strip())
        start = entity.start_char
        if wording[:4].lower() == "the ":
            start, wording = start + 4, wording[4:]
        last = fold(wording).split()[-1:]
        if len(wording.split()) <= 2 and last and role_kind(last[0]) is not None:
            continue
        if wording[:1].isupper() and not taken.touches(start, start + len(wording)):
            found.append(FoundGroup(start, start + len(wording), wording))
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
    clean = _OWNER.sub("", wording)
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


def same_surname(one: str, other: str) -> bool:
    """Whether two names end in the same word, folded.

    >>> same_surname("Ann Lee", "Mr Lee")
    True
    """
    return fold(surname(one)) == fold(surname(other))


def is_outlet_name(name: str) -> bool:
    """Whether an organisation's name is that of a newspaper, agency or broadcaster, as far as one can tell.

    >>> is_outlet_name("AFP"), is_outlet_name("The Evening Herald"), is_outlet_name("Greenpeace")
    (True, True, False)
    """
    folded = fold(name).removeprefix("the ")
    listed = folded in words("outlets") or f"the {folded}" in words("outlets")
    return listed or bool(words("outlet_words") & set(folded.split()))

"""Finding the names of people in a parsed article: by titles, the register, given names and tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.link.countries import state_names
from kg.link.cover import Cover
from kg.link.found_names import FoundName, trimmed
from kg.link.genders import is_given_name
from kg.link.group_finder import (
    CAPITAL,
    OF_A_KIND,
    RUN,
    THE_FIRM,
    ends_like_a_house,
    is_outlet_name,
)
from kg.link.index import RegisterIndex
from kg.link.lexicon import words
from kg.link.names import fold, surname
from kg.link.offices import role_kind
from kg.link.source_names import shouted_names, source_names

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
_TITLE = "|".join(sorted(title.capitalize() for title in words("titles") - _NO_TITLE_OF_ITS_OWN))
_INITIALS = r"(?:[^\W\d_a-z]\.[ \xa0]?){0,3}"
_TITLED = re.compile(rf"\b(?:{_TITLE})\b\.?\s+({_INITIALS}{RUN})|\b(?:Mr|Mrs|Ms|Dr)\.?({RUN})")
_HYPHENATED = re.compile(r"\b[^\W\d_][\w’']*(?:-[^\W\d_][\w’']*)+")
_TWO_CAPITALS = re.compile(rf"\b({CAPITAL})[ \xa0]({CAPITAL})")
_WHERE = re.compile(r"\b(?:on|in|at|near|outside|around|across|along|through)\s+(?:the\s+)?$", re.IGNORECASE)
_NAME_PART = re.compile(r"^(?:[^\W\d_][\w'’.-]*)$")


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
        part = 1 if match[1] else 2
        titled = trimmed(match[part], match.start(part))
        if titled:
            found.append(FoundName(*titled, True))
    found.extend(_register_names(doc, index))
    for entity in doc.ents:
        if entity.label_ == "PERSON":
            for line in re.finditer(r"[^\n\r]+", entity.text):
                tagged = trimmed(line.group(), entity.start_char + line.start())
                if tagged:
                    found.append(FoundName(*tagged, False))
    found.extend(source_names(doc, sources))
    for match in _TWO_CAPITALS.finditer(text):
        pair = trimmed(match[0], match.start()) if is_given_name(match[1]) else None
        if pair is not None and not state_names().code(match[0]):
            found.append(FoundName(*pair, False))
    groups = [match.span(2) for match in OF_A_KIND.finditer(text)]
    for start, end in sources:
        if firm := THE_FIRM.match(text[start:end]):
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
    for name in shouted_names(text, sources, kept):
        if not taken.touches(name.start, name.end):
            kept.append(name)
            taken.take(name.start, name.end)
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


def _surnames_again(doc: Doc, names: Sequence[FoundName], taken: Cover) -> Iterator[FoundName]:
    """Later mentions by surname of people who were named in full, whatever the tagger takes them for."""
    full = {surname(name.text).split()[-1] for name in names if len(name.text.split()) > 1}
    for match in _HYPHENATED.finditer(doc.text):
        if match[0] in full and not taken.touches(*match.span()):
            yield FoundName(match.start(), match.end(), match[0], True)
            taken.take(*match.span())
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


def _plausible(name: FoundName, index: RegisterIndex) -> bool:
    parts = name.text.split()
    if len(parts) > 6 or not all(_NAME_PART.match(part) for part in parts):
        return False
    if index.is_name(name.text):
        return True
    if is_outlet_name(name.text) or (len(parts) == 1 and not name.strong):
        # A single word that only the tagger takes for a person is as often a house ("Greenpeace").
        return False
    if ends_like_a_house(name.text):
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
    surname_he = folded[0] == "he" and (name.strong or len(parts) == 2)
    if any(index.group(part) is not None for part in parts):
        return False
    if folded[0] in words("not_houses") and not surname_he:
        return False
    return not (len(parts) == 1 and name.text.isupper() and len(name.text) > 1)


def _register_names(doc: Doc, index: RegisterIndex) -> Iterator[FoundName]:
    text = doc.text
    for match in _HYPHENATED.finditer(text):
        if match[0][:1].isupper() and index.has_surname(match[0]):
            yield FoundName(match.start(), match.end(), match[0], True)
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

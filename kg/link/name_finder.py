"""Finding the names of people in a parsed article: by titles, the register, given names and tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.link.countries import state_names
from kg.link.cover import Cover
from kg.link.genders import is_given_name
from kg.link.group_finder import (
    CAPITAL,
    OF_A_KIND,
    OWNER,
    RUN,
    THE_FIRM,
    ends_like_a_house,
    is_outlet_name,
)
from kg.link.index import RegisterIndex
from kg.link.lexicon import words
from kg.link.names import bare_name, fold, surname
from kg.link.offices import role_kind

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
_TITLED = re.compile(rf"\b(?:{_TITLE})\b\.?\s+({RUN})|\b(?:Mr|Mrs|Ms|Dr)\.?({RUN})")
_HYPHENATED = re.compile(r"\b[^\W\d_][\w’']*(?:-[^\W\d_][\w’']*)+")
_TWO_CAPITALS = re.compile(rf"\b({CAPITAL})[ \xa0]({CAPITAL})")
_CALLING = re.compile(r"(?:er|or|ist|ian|ant|ent|eer|man|woman|ess|ard)s?$")
_WHERE = re.compile(r"\b(?:on|in|at|near|outside|around|across|along|through)\s+(?:the\s+)?$", re.IGNORECASE)
_WHOLE_NAME = re.compile(rf"(?:^|,\s+)((?:{RUN}\s+)?{RUN})(?=\s*(?:,|$|\bof\b|\())")
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
        part = 1 if match[1] else 2
        titled = _trim(match[part], match.start(part))
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
    for match in _TWO_CAPITALS.finditer(text):
        pair = _trim(match[0], match.start()) if is_given_name(match[1]) else None
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
        if THE_FIRM.match(text[start:end]):
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
                if set(parts) <= words("labels"):
                    continue
                if not any(part in lists or role_kind(part) or part in words("not_houses") for part in parts):
                    yield FoundName(*name, False)


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


def _trim(text: str, start: int) -> tuple[int, int, str] | None:
    """A name without titles, possessive and stray marks, with its offsets."""
    clean = text.rstrip(" ,.;:\"“”'’-–—")
    clean = OWNER.sub("", clean) if len(text) != len(clean) or OWNER.search(clean) else clean
    parts = clean.split()
    while len(parts) > 1 and fold(parts[-1]) in words("headline_verbs"):
        # "Lee Says": headlines in title case run into the name.
        parts.pop()
    clean = clean[: clean.rfind(parts[-1]) + len(parts[-1])] if parts else clean
    bare = bare_name(clean)
    while len(parts := bare.split()) > 2 and _is_calling(parts[0], parts[1]):
        # "Swimmer Ann Lee": what somebody does, with a capital because the sentence begins.
        bare = bare[len(parts[0]) :].lstrip()
    at = clean.rfind(bare)
    if not bare or at < 0 or fold(bare) in words("titles"):
        return None
    return start + at, start + at + len(bare), bare


def _is_calling(word: str, following: str) -> bool:
    """Whether a capitalised word before a given name rather tells what somebody does.

    >>> _is_calling("Swimmer", "Ann"), _is_calling("Peter", "Paul"), _is_calling("Victor", "Hugo")
    (True, False, False)
    """
    calling = role_kind(fold(word)) is not None or _CALLING.search(word) is not None
    return calling and is_given_name(following) and not is_given_name(word)


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
    if any(index.group(part) is not None for part in parts) or folded[0] in words("not_houses"):
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

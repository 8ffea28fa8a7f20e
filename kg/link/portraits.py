"""What an article says that its people are: the words before, after and below a name."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from kg.link.affiliation import office_on
from kg.link.cast import Cast
from kg.link.descriptions import Description, DescriptionReader
from kg.link.entities import Entity, Mention
from kg.link.houses import Houses, kinds_of_noun
from kg.link.lexicon import words
from kg.link.names import fold
from kg.link.offices import role_kind

_AFTER = re.compile(r"^\s*,\s*(?:(?:who|he|she)\s+(?:is|was)\s+|now\s+|currently\s+)?([^.;:\n\"“”]{3,160})")
_BESIDE = re.compile(r"^\s+(?:of|from|at|for)\s+([^.,;:\n\"“”]{2,80})")
_IS = re.compile(r"^,?\s+(?:is|was)\s+((?:an?|the)\s+[^.,;:\n\"“”]{3,100})")
_NEXT_LINE = re.compile(r"^\s*\n\s*([^\n.\"“”]{3,60})\s*(?:\n|$)")
_TEACHES = re.compile(r"^,?\s+who\s+(\w+s)\s+([^,.;:\n]{2,80})")
_SERVING = ("assisting", "representing", "advising", "heading", "overseeing", "chairing")
_WITHIN = re.compile(r"\s+(?:in|near|at|with|outside|from)\s+")
_CALLINGS = {
    "teaches": "professor", "lectures": "lecturer", "studies": "researcher", "researches": "researcher",
    "runs": "head", "leads": "leader", "heads": "head", "chairs": "chair", "edits": "editor", "owns": "owner",
    "covers": "correspondent", "directs": "director", "represents": "representative", "writes": "writer",
}  # fmt: skip
_HOUSE_OF = {
    "justice": "court", "judge": "court", "councillor": "council", "councilman": "council",
    "councilwoman": "council", "alderman": "council", "commissioner": "commission",
}  # fmt: skip
_PRONOUN_GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f"}


class Portraits:
    """Gives the people of a cast their descriptions and genders.

    Args:
        cast: The article's entities.
        reader: Takes descriptions apart.
    """

    def __init__(self, cast: Cast, reader: DescriptionReader) -> None:
        """Describe everybody in the cast."""
        self._cast = cast
        self._reader = reader
        self.houses = Houses(cast)
        self._describe()
        self._guess_genders()

    def read(self, text: str, at: int) -> Description:
        """A description taken apart, with the organisation that its "agency" or "its" stands for."""
        return self.enriched(self._reader.read(text), at)

    def _describe(self) -> None:
        for entity in self._cast.people:
            for mention in entity.mentions:
                for text in self._said_of(mention):
                    description = self.enriched(self._reader.read(text), mention.start)
                    if description.is_role or description.houses or description.groups:
                        entity.descriptions.append((mention.start, description))

    def _said_of(self, mention: Mention) -> list[str]:
        """Texts that may describe the person of a mention: before, after and below it."""
        text = self._cast.text
        found = []
        before = self._left_phrase(mention.start)
        if before:
            found.append(before)
        after = text[mention.end : mention.end + 200]
        if match := _TEACHES.match(after):
            calling = _CALLINGS.get(match[1].lower())
            if calling and re.match(r"(?:an?|\d+|some|several)\b", match[2]):
                # "Who runs a machine shop in Leeds": a shop that needs no name speaks for nobody.
                found.append(f"private {calling} of {re.split(_WITHIN, match[2])[0]}")
            elif calling:
                found.append(f"{calling} of {re.split(_WITHIN, match[2])[0]}")
        elif match := _AFTER.match(after):
            part = re.split(r",| - | – ", match[1])[0]
            if re.match(r"(?:who|which|whose|whom|where)\b", part):
                return found
            if not self._cast.names_person(
                mention.end, mention.end + match.start(1) + len(part)
            ) and self._role_in(part):
                found.append(part)
        elif match := _IS.match(after):
            if self._role_in(match[1]):
                found.append(match[1])
        elif match := _BESIDE.match(after):
            description = self._reader.read("member of " + match[1])
            span = self._cast.doc.char_span(
                mention.end + match.start(1), mention.end + match.end(1), alignment_mode="expand"
            )
            place = span is not None and span[-1].ent_type_ in ("GPE", "LOC") and len(span) <= 3
            prays = set(fold(match[1]).split()) & words("worship") and not description.groups and not before
            if description.groups or (description.houses and not place and not prays):
                found.append("member of " + match[1])
        elif (match := _NEXT_LINE.match(after)) and self._role_in(match[1]) and len(match[1].split()) <= 8:
            found.append(match[1])
        return found

    def _role_in(self, text: str) -> bool:
        return self._reader.read(text).is_role

    def _left_phrase(self, start: int) -> str | None:
        """The words right before a name that describe it: "Chilean Finance Minister", "its director, "."""
        span = self._cast.doc.char_span(start, start + 1, alignment_mode="expand")
        if span is None:
            return None
        i = span[0].i - 1
        floor = span[0].sent.start
        if i > 0 and floor == i + 1 and self._cast.doc[i].text == ".":
            # A rank with a full stop ("Staff Sgt.") is no end of a sentence.
            i, floor = i - 1, self._cast.doc[i].sent.start
        comma = i >= floor and self._cast.doc[i].text == ","
        if comma:
            i -= 1
        last = i
        while i >= floor and last - i < 14 and self._may_describe(self._cast.doc[i], i, last):
            i -= 1
        if i == last:
            return None
        first = self._cast.doc[i + 1]
        text: str = self._cast.text[first.idx : self._cast.doc[last].idx + len(self._cast.doc[last])]
        if "\n" in text or self._cast.names_person(first.idx, start):
            return None
        if not self._role_in(text) or (comma and role_kind(self._reader.read(text).head) is None):
            return None
        return text

    def _may_describe(self, token: Token, i: int, last: int) -> bool:
        if token.text in ("-", "'s", "’s", "'", "’", "–") or token.tag_ in ("POS", "HYPH", "PRP$"):
            return True
        if role_kind(fold(token.text)) is not None or fold(token.text) in ("then", "former", *_SERVING):
            return True
        if token.is_space or token.is_punct or token.text in '"“”':
            return False
        if token.pos_ == "ADP" or token.lower_ in ("of", "for", "to", "at"):
            left = fold(self._cast.doc[i - 1].text) if i else ""
            if (
                i
                and i < last
                and self._cast.doc[i - 1].text[:1].isupper()
                and self._cast.doc[i + 1].text[:1].isupper()
            ):
                return True
            return (
                token.lower_ in ("of", "for", "to", "at")
                and i < last
                and role_kind(left.split()[-1] if left else "") is not None
            )
        if token.pos_ == "CCONJ":
            return (
                i < last
                and self._cast.doc[i + 1].text[:1].islower()
                and i > 0
                and self._cast.doc[i - 1].text[:1].islower()
            )
        if token.pos_ in ("VERB", "AUX", "PRON", "SCONJ", "ADV", "INTJ"):
            return token.pos_ == "VERB" and token.text[:1].isupper() and not token.is_sent_start
        return token.pos_ in ("PROPN", "NOUN", "ADJ", "DET", "NUM", "X") or token.text[:1].isupper()

    def enriched(self, description: Description, at: int) -> Description:
        """A description with the organisation that its "alliance" or "its" stands for.

        "The agency's representative" speaks for the agency named before, "its leader" for what was last
        spoken of, and the leader of an opposition for nobody.
        """
        if description.groups or description.houses:
            return description
        role = description.role.split()
        if (served := self._boss(description, at)) is not None:
            return served
        if (noun := _HOUSE_OF.get(description.head)) and not description.states:
            house = next(
                (e for e in self._cast.groups if e.actor and noun in fold(e.actor.name).split()), None
            )
            if house is not None and house.actor is not None:
                return replace(description, groups=(house.actor.id,))
        for noun in words("places_ruled"):
            if re.search(rf"\b{noun}\b", fold(description.text)):
                body = self.houses.ruled_place(noun)
                if body is not None and body.actor is not None and body.kind == "organization":
                    return replace(description, groups=(body.actor.id,))
        for noun in role:
            if noun == description.head:
                continue
            if noun in words("state_nouns") or noun in ("cabinet", "ministry"):
                code = (
                    self._cast.state_before(at, self._cast.text.rfind("\n", 0, at) + 1)
                    if not description.states
                    else None
                )
                if code is not None:
                    return replace(description, states=(code,))
                continue
            if re.search(rf"\b(?:his|her) (?:own )?{noun}\b", fold(description.text)):
                house = self._house_of_last_person(at)
                return _housed(description, house) if house is not None else description
            if not self._points_back(description, noun):
                continue
            private = kinds_of_noun(noun) - {"public"}
            if noun in words("organisation_nouns") or private:
                entity = self.houses.leading(noun, at)
                rest = " ".join(word for word in role if word != noun)
                if entity is not None:
                    return replace(_housed(description, entity), role=rest)
                if private & {"company", "union"} and description.states:
                    # "The German carmaker's head": a firm of the country does not speak for it.
                    return replace(description, states=(), role=rest)
        bare = set(role) - {description.head} <= words("executive_words")
        if (
            not description.states
            and description.head in words("house_heads")
            and bare
            and not self._owned(description, at, "its|their|the|his|her")
        ):
            paragraph = self._cast.text.rfind("\n", 0, at) + 1
            house = self._cast.last_organisation(paragraph, at)
            if house is not None:
                return _housed(description, house)
        if description.states or not self._owned(description, at, "its|their"):
            return description
        sentence = self._cast.doc.char_span(at, at + 1, alignment_mode="expand")
        floor = sentence[0].sent.start_char - 400 if sentence is not None else 0
        before = self._cast.text[max(0, floor) : at]
        opposition = [m.end() for m in re.finditer(r"\b(?:opposition|rebels|protesters)\b", before)]
        groups = [
            (m.end, e, m.subject)
            for e in self._cast.groups
            for m in e.mentions
            if floor <= m.start and m.end <= at and not m.possessive and not e.outlet
        ]
        last = max(groups, key=lambda entry: entry[0], default=None)
        if last is not None:
            # "The port objected and urged the town to wait. Its mayor": the subject rather than the last.
            same = self._cast.text.rfind(". ", floor, last[0])
            last = max((g for g in groups if g[0] > same), key=lambda entry: (entry[2], entry[0]))
        if opposition and (last is None or opposition[-1] + max(0, floor) > last[0]):
            return replace(description, text=f"opposition {description.text}")
        if last is None:
            return description
        return _housed(description, last[1])

    def _boss(self, description: Description, at: int) -> Description | None:
        """A minister or deputy of "his" or "her" with the house of that person; None for anybody else."""
        served = description.official or description.head in words("house_roles")
        if description.states or description.groups or not served:
            return None
        if not self._owned(description, at, "his|her"):
            return None
        house = self._house_of_last_person(at)
        return _housed(description, house) if house is not None else None

    @staticmethod
    def _points_back(description: Description, noun: str) -> bool:
        """Whether a mere kind of house means one named: "the group's chair", not "chair of a pop group"."""
        if re.search(rf"-{noun}\b|\b{noun}-", description.text, re.IGNORECASE):
            return False
        match = re.search(rf"(\S+)\s+{noun}\b", description.text, re.IGNORECASE)
        if match is None or match[1][:1].isupper():
            return True
        word = fold(match[1])
        lists = (
            words("executive_words")
            | words("state_modifiers")
            | {"the", "its", "their", "his", "her", "this"}
        )
        return word in lists or role_kind(word) is not None

    def _owned(self, description: Description, at: int, words_before: str) -> bool:
        """Whether one of some words ("his|her") owns a description that begins or ends at an offset."""
        text = self._cast.text
        if re.match(rf"(?:{words_before})\b", text[at : at + 6], re.IGNORECASE):
            return True
        rest = re.escape(description.text.removeprefix("own "))
        pattern = rf"\b(?:{words_before})\b(?: own)? {rest}\W*$"
        return re.search(pattern, text[max(0, at - 120) : at], re.IGNORECASE) is not None

    def _house_of_last_person(self, at: int) -> Entity | None:
        """The state or organisation for which the person speaks who was named last before an offset."""
        before = [(m.end, e) for e in self._cast.people for m in e.mentions if m.end <= at]
        last = max(before, key=lambda pair: pair[0])[1] if before else None
        if last is None:
            return None
        if last.actor is None:
            known = next((d for _, d in last.descriptions if d.official and (d.groups or d.houses)), None)
            if known is None:
                return None
            actor = self._cast.index.register.by_id.get(known.groups[0]) if known.groups else None
            return self._cast.entity_of(actor) if actor else Entity("organization", known.houses[0])
        office = office_on(last.actor, self._cast.article.published)
        house = self._cast.index.register.by_id.get(office.organization) if office is not None else None
        return self._cast.entity_of(house) if house is not None else None

    def _guess_genders(self) -> None:
        for entity in self._cast.people:
            for _, description in entity.descriptions:
                if entity.gender is None and description.head in words("female"):
                    entity.gender = "f"
                elif entity.gender is None and description.head in words("male"):
                    entity.gender = "m"
        for sentence in self._cast.doc.sents:
            here = [
                e
                for e in self._cast.people
                if any(sentence.start_char <= m.start < sentence.end_char for m in e.mentions)
            ]
            if len(here) != 1 or here[0].gender is not None:
                continue
            first = min(m.start for m in here[0].mentions if m.start >= sentence.start_char)
            quoted = [m.span() for m in re.finditer(r"[\"“][^\"“”]*[\"”]?", sentence.text)]
            found = {
                _PRONOUN_GENDER[t.lower_]
                for t in sentence
                if t.idx > first
                and t.lower_ in _PRONOUN_GENDER
                and not any(a <= t.idx - sentence.start_char < b for a, b in quoted)
            }
            if len(found) == 1:
                here[0].gender = "f" if "f" in found else "m"


def _housed(description: Description, house: Entity) -> Description:
    """A description with the state or organisation that it belongs to."""
    if house.kind == "state" and house.state:
        return replace(description, states=(house.state,))
    if house.actor is not None:
        return replace(description, groups=(house.actor.id,))
    return replace(description, houses=(house.name,))

"""The cast of an article: its people, organisations and states, with what it says that they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.link.affiliation import office_on
from kg.link.countries import state_names
from kg.link.descriptions import Description, DescriptionReader
from kg.link.entities import Entity, Mention
from kg.link.index import RegisterIndex
from kg.link.lexicon import words
from kg.link.name_finder import FoundGroup, FoundName, group_names, person_names
from kg.link.names import fold, given_names, misspelt, same_person, sound_key, surname, title_words
from kg.link.offices import office_fit, role_kind
from kg.model.article import Article
from kg.model.register import Actor

_AFTER = re.compile(r"^\s*,\s*(?:(?:who|he|she)\s+(?:is|was)\s+|now\s+|currently\s+)?([^.;:\n\"“”]{3,160})")
_BESIDE = re.compile(r"^\s+(?:of|from|at|for)\s+([^.,;:\n\"“”]{2,80})")
_IS = re.compile(r"^,?\s+(?:is|was)\s+((?:an?|the)\s+[^.,;:\n\"“”]{3,100})")
_NEXT_LINE = re.compile(r"^\s*\n\s*([^\n.\"“”]{3,60})\s*(?:\n|$)")
_TEACHES = re.compile(r"^,?\s+who\s+(\w+s)\s+([^,.;:\n]{2,80})")
_BYLINE = re.compile(
    r"\s*(?:by|words|text|story|(?:live )?reporting|written|photographs?|pictures?)\b:?\s", re.IGNORECASE
)
_CREDIT = re.compile(r"\b(?:Reporting|Editing|Writing|Photograph) by [^.\n]*$")
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


class Cast:
    """Finds and keeps the entities of one article.

    Args:
        article: Says what is boilerplate and when it was published.
        doc: The article parsed, token offsets being those of the article.
        index: The register.
        reader: Takes descriptions apart.
        sources: [start, end) of the spans that name who spoke.
    """

    def __init__(
        self,
        article: Article,
        doc: Doc,
        index: RegisterIndex,
        reader: DescriptionReader,
        sources: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Read the whole article once."""
        self._sources = sources
        self.article = article
        self.doc = doc
        self.text = doc.text
        self.index = index
        self.reader = reader
        self.people: list[Entity] = []
        self.groups: list[Entity] = []
        self._adjectives: list[FoundGroup] = []
        self._found_groups = group_names(doc, index, sources)
        self._add_people()
        self._add_groups()
        self._describe()
        self._guess_genders()

    # --- people ---------------------------------------------------------------------------------------------
    def _add_people(self) -> None:
        names = [
            n
            for n in person_names(self.doc, self.index, self._sources)
            if not self.article.in_boilerplate(n.start, n.end)
            and not self._inside_group(n)
            and not self._in_byline(n)
        ]
        surnames = {fold(surname(n.text)) for n in names if given_names(n.text)}
        for name in names:
            if given_names(name.text):
                self._mention(self._full_name(name.text), name)
        for name in names:
            if not given_names(name.text):
                entity = self._surname_alone(name, surnames)
                if entity is not None:
                    self._mention(entity, name)

    def _in_byline(self, name: FoundName) -> bool:
        """Whether a name only signs the article ("By Ann Lee in Rome", "(Editing by Joe Roe)")."""
        start = self.text.rfind("\n", 0, name.start) + 1
        end = self.text.find("\n", name.end)
        line = self.text[start : end if end >= 0 else len(self.text)]
        return (len(line) < 120 and bool(_BYLINE.match(line))) or bool(
            _CREDIT.search(self.text, max(0, name.start - 90), name.start)
        )

    def _inside_group(self, name: FoundName) -> bool:
        """Whether a name is a part of an organisation's name in the register."""
        return any(
            group.actor is not None and group.actor.kind == "organization"
            and group.start <= name.start and name.end <= group.end
            for group in self._found_groups
        )  # fmt: skip

    def _full_name(self, text: str) -> Entity:
        for entity in self.people:
            if same_person(text, entity.name) or (
                entity.actor is not None and any(fold(text) == fold(alias) for alias in entity.actor.aliases)
            ):
                if entity.actor is None and len(text) > len(entity.name):
                    entity.name = text
                return entity
        known = self.index.people(text)
        actor = known[0] if len(known) == 1 else None
        for entity in self.people:
            if actor is not None and entity.actor is actor:
                return entity
        return self._new_person(actor.name if actor else text, actor)

    def person_of(self, actor: Actor) -> Entity:
        """The entity of a person of the register, who need not be named in the article."""
        for entity in self.people:
            if entity.actor is actor:
                return entity
        return self._new_person(actor.name, actor)

    def _new_person(self, name: str, actor: Actor | None = None) -> Entity:
        entity = Entity("person", name, actor)
        self.people.append(entity)
        return entity

    def _surname_alone(self, name: FoundName, surnames: set[str]) -> Entity | None:
        key = sound_key(surname(name.text).split()[-1])
        here = [
            e
            for e in self.people
            if key == sound_key(e.last_name.split()[-1]) or fold(name.text) == fold(e.last_name)
        ]
        if not here:
            # A given name alone ("Aisha said"), of somebody named in full.
            here = [
                e
                for e in self.people
                if not e.actor and [fold(g) for g in given_names(e.name)[:1]] == [fold(name.text)]
            ]
        if len(here) > 1:
            here = [self._fits_title(name, here)]
        if here:
            return here[0]
        known = self.index.people(name.text)
        if len(known) > 1:
            known = [actor for actor in known if office_on(actor, self.article.published)] or known
            titles = title_words(self._with_titles(name))
            fitting = [
                actor
                for actor in known
                if any(
                    m.office and any(office_fit(title, m.office) for title in titles)
                    for m in actor.memberships
                )
            ]
            known = fitting or known
        if len(known) == 1:
            return self._new_person(known[0].name, known[0])
        slips = [e for e in self.people if misspelt(name.text, e.last_name)]
        if len(slips) == 1:
            return slips[0]
        if name.strong or fold(name.text) in surnames or self._is_subject(name):
            return self._new_person(name.text)
        return None

    def _fits_title(self, name: FoundName, among: list[Entity]) -> Entity:
        """Of people with one surname the one whose gender fits the title, else the one named last before."""
        titles = set(title_words(self._with_titles(name)))
        gender = "f" if titles & words("female") else "m" if titles & words("male") else None
        fitting = [e for e in among if gender is None or e.gender in (None, gender)] or among

        def nearness(entity: Entity) -> int:
            last = entity.last_mention(name.start)
            return last.end if last else -1

        return max(fitting, key=nearness)

    def _with_titles(self, name: FoundName) -> str:
        before = re.search(r"(?:\b[^\W\d_]+\.?\s+){0,3}$", self.text[max(0, name.start - 40) : name.start])
        kept: list[str] = []
        for word in reversed(before.group().split() if before else []):
            if fold(word) not in words("titles"):
                break
            kept.insert(0, word)
        return " ".join([*kept, name.text])

    def _is_subject(self, name: FoundName) -> bool:
        root = self._root(name.start, name.end)
        return root is not None and root.dep_ in ("nsubj", "nsubjpass", "poss", "appos")

    def _root(self, start: int, end: int) -> Token | None:
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None and len(span) else None

    def _mention(self, entity: Entity, name: FoundName | FoundGroup) -> None:
        root = self._root(name.start, name.end)
        possessive = bool(re.match(r"['’]s?\b|['’](?=\s)", self.text[name.end : name.end + 2]))
        subject = root is not None and (
            root.dep_ in ("nsubj", "nsubjpass")
            or (root.dep_ in ("appos", "compound") and root.head.dep_ == "nsubj")
        )
        mention = Mention(name.start, name.end, subject, possessive)
        entity.add(mention)
        titles = set(title_words(self._with_titles(name))) if isinstance(name, FoundName) else set()
        if entity.gender is None and titles & (words("female") | words("male")):
            entity.gender = "f" if titles & words("female") else "m"

    # --- organisations and states -----------------------------------------------------------------------------
    def _add_groups(self) -> None:
        by_key: dict[str, Entity] = {}
        for group in self._found_groups:
            if self.article.in_boilerplate(group.start, group.end):
                continue
            if any(m.start < group.end and group.start < m.end for e in self.people for m in e.mentions):
                continue
            if group.adjective:
                self._adjectives.append(group)
                continue
            key = group.actor.id if group.actor else group.state or fold(group.text)
            entity = by_key.get(key)
            if entity is None:
                entity = by_key[key] = self.make_group(group)
                self.groups.append(entity)
            self._mention(entity, group)

    def make_group(self, group: FoundGroup) -> Entity:
        """A new entity for an organisation or state as found."""
        actor = group.actor
        if actor is not None:
            outlet = self.index.is_outlet(actor)
            kind = "state" if actor.kind == "state" else "organization"
            return Entity(kind, actor.name, actor, self.index.state_of(actor), outlet=outlet)
        if group.state is not None:
            return Entity("state", state_names().labels.get(group.state, group.text), None, group.state)
        return Entity("organization", group.text, outlet=group.outlet or is_outlet_name(group.text))

    def entity_of(self, actor: Actor) -> Entity:
        """The entity of an organisation or state of the register, named in the article or not."""
        for entity in self.groups:
            if entity.actor is actor:
                return entity
        entity = self.make_group(FoundGroup(0, 0, actor.name, actor))
        self.groups.append(entity)
        return entity

    def state_before(self, offset: int, since: int = 0) -> str | None:
        """ISO code of the state last named before an offset, by name or adjective."""
        named = [(g.start, g.state) for g in self._adjectives if since <= g.start < offset and g.state]
        for entity in self.groups:
            if entity.kind == "state" and entity.state:
                named += [(m.start, entity.state) for m in entity.mentions if since <= m.start < offset]
        return max(named)[1] if named else None

    def leading_organisation(self, noun: str, before: int) -> Entity | None:
        """The organisation that "the alliance" or "the agency" stands for at an offset.

        One whose name or alias holds the noun; else the one named most often before, a state body last.
        """
        counts: Counter[int] = Counter()
        for number, entity in enumerate(self.groups):
            if entity.kind != "organization" or entity.outlet != (noun in words("outlet_words")):
                continue
            names = [entity.name, *(entity.actor.aliases if entity.actor else ())]
            holds = any(noun in fold(name).split() for name in names)
            earlier = sum(m.start < before for m in entity.mentions)
            if holds or earlier:
                counts[number] = earlier + 50 * holds + 2 * (entity.state is None)
        return self.groups[counts.most_common(1)[0][0]] if counts else None

    # --- descriptions -------------------------------------------------------------------------------------------
    def _describe(self) -> None:
        for entity in self.people:
            for mention in entity.mentions:
                for text in self._said_of(mention):
                    description = self.enriched(self.reader.read(text), mention.start)
                    if description.is_role or description.houses or description.groups:
                        entity.descriptions.append((mention.start, description))

    def _said_of(self, mention: Mention) -> list[str]:
        """Texts that may describe the person of a mention: before, after and below it."""
        text = self.text
        found = []
        before = self._left_phrase(mention.start)
        if before:
            found.append(before)
        after = text[mention.end : mention.end + 200]
        if match := _TEACHES.match(after):
            calling = _CALLINGS.get(match[1].lower())
            if calling:
                found.append(f"{calling} of {match[2]}")
        elif match := _AFTER.match(after):
            part = re.split(r",| - | – ", match[1])[0]
            if not self._names_person(
                mention.end, mention.end + match.start(1) + len(part)
            ) and self._role_in(part):
                found.append(part)
        elif match := _IS.match(after):
            if self._role_in(match[1]):
                found.append(match[1])
        elif match := _BESIDE.match(after):
            description = self.reader.read("member of " + match[1])
            if description.houses or description.groups:
                found.append("member of " + match[1])
        elif (match := _NEXT_LINE.match(after)) and self._role_in(match[1]) and len(match[1].split()) <= 8:
            found.append(match[1])
        return found

    def _role_in(self, text: str) -> bool:
        return self.reader.read(text).is_role

    def _names_person(self, start: int, end: int) -> bool:
        return any(start <= m.start < end for e in self.people for m in e.mentions)

    def _left_phrase(self, start: int) -> str | None:
        """The words right before a name that describe it: "Estonian Foreign Minister", "its director, "."""
        span = self.doc.char_span(start, start + 1, alignment_mode="expand")
        if span is None:
            return None
        i = span[0].i - 1
        floor = span[0].sent.start
        comma = i >= floor and self.doc[i].text == ","
        if comma:
            i -= 1
        last = i
        while i >= floor and last - i < 14 and self._may_describe(self.doc[i], i, last):
            i -= 1
        if i == last:
            return None
        first = self.doc[i + 1]
        text = self.text[first.idx : self.doc[last].idx + len(self.doc[last])]
        if "\n" in text or self._names_person(first.idx, start):
            return None
        if not self._role_in(text) or (comma and role_kind(self.reader.read(text).head) is None):
            return None
        return text

    def _may_describe(self, token: Token, i: int, last: int) -> bool:
        if token.text in ("-", "'s", "’s", "'", "’", "–") or token.tag_ in ("POS", "HYPH", "PRP$"):
            return True
        if token.is_space or token.is_punct or token.text in '"“”':
            return False
        if token.pos_ == "ADP" or token.lower_ in ("of", "for", "to", "at"):
            left = fold(self.doc[i - 1].text) if i else ""
            if i and i < last and self.doc[i - 1].text[:1].isupper() and self.doc[i + 1].text[:1].isupper():
                return True
            return (
                token.lower_ in ("of", "for", "to", "at")
                and i < last
                and role_kind(left.split()[-1] if left else "") is not None
            )
        if token.pos_ == "CCONJ":
            return (
                i < last
                and self.doc[i + 1].text[:1].islower()
                and i > 0
                and self.doc[i - 1].text[:1].islower()
            )
        if token.pos_ in ("VERB", "AUX", "PRON", "SCONJ", "ADV", "INTJ"):
            return token.pos_ == "VERB" and token.text[:1].isupper() and not token.is_sent_start
        return token.pos_ in ("PROPN", "NOUN", "ADJ", "DET", "NUM", "X") or token.text[:1].isupper()

    def enriched(self, description: Description, at: int) -> Description:
        """A description with the organisation that its "alliance" or "its" stands for.

        "The agency's representative" speaks for the agency named before, "its leader" for what was last spoken
        of, and the leader of an opposition for nobody.
        """
        if description.groups or description.houses:
            return description
        role = description.role.split()
        if (served := self._boss(description, at)) is not None:
            return served
        if (noun := _HOUSE_OF.get(description.head)) and not description.states:
            house = next((e for e in self.groups if e.actor and noun in fold(e.actor.name).split()), None)
            if house is not None and house.actor is not None:
                return replace(description, groups=(house.actor.id,))
        for noun in ("city", "state", "county", "province"):
            if re.search(rf"\b{noun}\b", fold(description.text)):
                body = next(
                    (e for e in self.groups if e.actor and fold(e.name).startswith(f"{noun} of ")), None
                )
                if body is not None and body.actor is not None and body.kind == "organization":
                    return replace(description, groups=(body.actor.id,))
        for noun in role[:-1]:
            if noun in words("state_nouns") or noun in ("cabinet", "ministry"):
                code = (
                    self.state_before(at, self.text.rfind("\n", 0, at) + 1)
                    if not description.states
                    else None
                )
                if code is not None:
                    return replace(description, states=(code,))
                continue
            if noun in words("organisation_nouns"):
                entity = self.leading_organisation(noun, at)
                if entity is None:
                    continue
                rest = " ".join(word for word in role if word != noun)
                if entity.actor is not None:
                    return replace(description, role=rest, groups=(entity.actor.id,))
                return replace(description, role=rest, houses=(entity.name,))
        if description.states or not re.match(r"(?:its|their)\b", description.text, re.IGNORECASE):
            return description
        sentence = self.doc.char_span(at, at + 1, alignment_mode="expand")
        floor = sentence[0].sent.start_char - 400 if sentence is not None else 0
        before = self.text[max(0, floor) : at]
        opposition = [m.end() for m in re.finditer(r"\b(?:opposition|rebels|protesters)\b", before)]
        groups = [
            (m.end, e)
            for e in self.groups
            for m in e.mentions
            if floor <= m.start and m.end <= at and not m.possessive
        ]
        last = max(groups, key=lambda pair: pair[0], default=None)
        if opposition and (last is None or opposition[-1] + max(0, floor) > last[0]):
            return replace(description, text=f"opposition {description.text}")
        if last is None:
            return description
        if last[1].actor is not None and last[1].kind == "organization":
            return replace(description, groups=(last[1].actor.id,))
        if last[1].kind == "state" and last[1].state:
            return replace(description, states=(last[1].state,))
        return replace(description, houses=(last[1].name,))

    def _boss(self, description: Description, at: int) -> Description | None:
        """A minister or deputy of "his" or "her" with the house of that person; None for anybody else."""
        served = description.official or description.head in words("house_roles")
        if description.states or description.groups or not served:
            return None
        if not re.match(r"(?:his|her)\b", self.text[at : at + 4], re.IGNORECASE) and not re.search(
            rf"\b(?:his|her)\b(?: own)? {re.escape(description.text.removeprefix('own '))}\W*$",
            self.text[max(0, at - 120) : at],
            re.IGNORECASE,
        ):
            return None
        before = [
            (m.end, e.actor) for e in self.people for m in e.mentions if m.end <= at and e.actor is not None
        ]
        last = max(before, key=lambda pair: pair[0], default=None)
        office = office_on(last[1], self.article.published) if last is not None else None
        house = self.index.register.by_id.get(office.organization) if office is not None else None
        if house is None:
            return None
        state = self.index.state_of(house)
        if house.kind == "state" and state:
            return replace(description, states=(state,))
        return replace(description, groups=(house.id,))

    def _guess_genders(self) -> None:
        for entity in self.people:
            for _, description in entity.descriptions:
                if entity.gender is None and description.head in words("female"):
                    entity.gender = "f"
                elif entity.gender is None and description.head in words("male"):
                    entity.gender = "m"
        for sentence in self.doc.sents:
            here = [
                e
                for e in self.people
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

    # --- look-ups -------------------------------------------------------------------------------------------------
    def people_in(self, start: int, end: int) -> list[tuple[Mention, Entity]]:
        """Mentions of people inside [start, end), in order."""
        found = [(m, e) for e in self.people for m in e.mentions if start <= m.start and m.end <= end]
        return sorted(found, key=lambda pair: pair[0].start)

    def groups_in(self, start: int, end: int) -> list[tuple[Mention, Entity]]:
        """Mentions of organisations and states inside [start, end), in order."""
        found = [(m, e) for e in self.groups for m in e.mentions if start <= m.start and m.end <= end]
        return sorted(found, key=lambda pair: pair[0].start)


def is_outlet_name(name: str) -> bool:
    """Whether an organisation's name is that of a newspaper, agency or broadcaster, as far as one can tell.

    >>> is_outlet_name("AFP"), is_outlet_name("The Evening Herald"), is_outlet_name("Greenpeace")
    (True, True, False)
    """
    folded = fold(name).removeprefix("the ")
    listed = folded in words("outlets") or f"the {folded}" in words("outlets")
    return listed or bool(words("outlet_words") & set(folded.split()))

"""The cast of an article: its people, organisations and states, with what it says that they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from spacy.tokens import Doc, Token

from kg.link.affiliation import office_on
from kg.link.countries import state_names
from kg.link.cover import Cover
from kg.link.entities import Entity, Kind, Mention
from kg.link.found_names import FoundName
from kg.link.genders import gender_by_name
from kg.link.group_finder import FoundGroup, first_words, group_names, is_outlet_name
from kg.link.index import RegisterIndex, portfolio
from kg.link.initials import explained_initials, known_name
from kg.link.lexicon import words
from kg.link.name_finder import person_names
from kg.link.names import fold, given_names, misspelt, same_person, sound_key, surname, title_words
from kg.link.offices import office_fit
from kg.model.article import Article
from kg.model.register import Actor

_BYLINE = re.compile(
    r"\s*(?:by|words|text|story|(?:live )?reporting|written|photographs?|pictures?)\b:?\s", re.IGNORECASE
)
_PAPER = re.compile(rf"\b(?:{'|'.join(sorted(words('outlet_words') - {'news', 'post', 'times'}))})\s$")
_VISITED = re.compile(r"\b(?:in|at|to|from|near|via) $")
_CREDIT = re.compile(r"\b(?:Reporting|Editing|Writing|Photograph) by [^.\n]*$")


class Cast:
    """Finds and keeps the entities of one article.

    Args:
        article: Says what is boilerplate and when it was published.
        doc: The article parsed, token offsets being those of the article.
        index: The register.
        sources: [start, end) of the spans that name who spoke.
        contents: [start, end) of what they said.
    """

    def __init__(
        self,
        article: Article,
        doc: Doc,
        index: RegisterIndex,
        sources: Sequence[tuple[int, int]] = (),
        contents: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Read the whole article once."""
        self._sources = sources
        self.article = article
        self.doc = doc
        self.text = doc.text
        self.index = index
        self._in_content = Cover(len(self.text), contents)
        self.people: list[Entity] = []
        self.groups: list[Entity] = []
        self._adjectives: list[FoundGroup] = []
        self._initials = explained_initials(self.text)
        self._found_groups = self._with_initials(group_names(doc, index, sources))
        self._in_group = Cover(
            len(self.text),
            [
                (g.start, g.end)
                for g in self._found_groups
                if g.actor is not None and g.actor.kind == "organization"
            ],
        )
        self._places: dict[Literal["people", "groups"], list[tuple[int, Mention, Entity]]] = {}
        self._add_people()
        self._add_groups()

    # --- people ------------------------------------------------------------------------------------
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
        return self._in_group.holds(name.start, name.end)

    def _full_name(self, text: str) -> Entity:
        for entity in self.people:
            if same_person(text, entity.name) or (
                entity.actor is not None and any(fold(text) == fold(alias) for alias in entity.actor.aliases)
            ):
                entity.named(text)
                return entity
        known = self.index.people(text)
        actor = known[0] if len(known) == 1 else None
        for entity in self.people:
            if actor is not None and entity.actor is actor:
                return entity
        entity = self._new_person(actor.name if actor else text, actor)
        entity.named(text)
        return entity

    def person_of(self, actor: Actor) -> Entity:
        """The entity of a person of the register, who need not be named in the article."""
        for entity in self.people:
            if entity.actor is actor:
                return entity
        return self._new_person(actor.name, actor)

    def same_person(self, name: str) -> Entity | None:
        """Somebody of the cast who can have this name."""
        return next((entity for entity in self.people if same_person(name, entity.name)), None)

    def _new_person(self, name: str, actor: Actor | None = None) -> Entity:
        entity = Entity("person", name, actor, gender=gender_by_name(name))
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
        if titles & (words("female") | words("male")):
            entity.gender = "f" if titles & words("female") else "m"

    # --- organisations and states ------------------------------------------------------------------
    def _add_groups(self) -> None:
        by_key: dict[str, Entity] = {}
        named = Cover(len(self.text), [(m.start, m.end) for e in self.people for m in e.mentions])
        before: FoundGroup | None = None
        for group in self._found_groups:
            before, group = group, self._with_state(group, before)
            if self.article.in_boilerplate(group.start, group.end):
                continue
            if named.touches(group.start, group.end):
                continue
            if group.adjective:
                self._adjectives.append(group)
                continue
            key = group.actor.id if group.actor else group.state or fold(group.text)
            entity = by_key.get(key)
            if entity is None and group.actor is None and group.state is None:
                entity = self._called_by_first_words(group.text)
            if entity is None:
                entity = by_key[key] = self.make_group(group)
            if entity not in self.groups:
                self.groups.append(entity)
            if entity.kind == "organization" and self._publishes(group):
                entity.outlet = True
            self._mention(entity, group)

    def _with_initials(self, groups: list[FoundGroup]) -> list[FoundGroup]:
        """Organisations by their whole names, where the article or the world tells what initials mean."""
        short = {fold(name): initials for initials, name in self._initials.items()}
        found = []
        for group in groups:
            if group.actor is None and group.state is None:
                whole = self._initials.get(group.text) or known_name(group.text) or group.text
                other = short.get(fold(group.text).removeprefix("the "))
                actor = self.index.group(whole) or (self.index.group(other) if other else None)
                if actor is None or actor.kind == "organization":
                    group = replace(group, text=whole, actor=actor)
            found.append(group)
        taken = Cover(len(self.text), [(group.start, group.end) for group in found])
        for called, whole in {**first_words(found), **self._initials}.items():
            for match in re.finditer(rf"\b{re.escape(called)}\b(?!['’]?s?[ -][A-Z])", self.text):
                if not taken.touches(*match.span()):
                    found.append(FoundGroup(match.start(), match.end(), whole, self.index.group(whole)))
        return sorted(found, key=lambda group: group.start)

    def _publishes(self, group: FoundGroup) -> bool:
        """Whether an organisation publishes this article, or is called a paper right before its name."""
        if fold(group.text).removeprefix("the ") == fold(self.article.publisher or "").removeprefix("the "):
            return True
        return _PAPER.search(self.text, max(0, group.start - 14), group.start) is not None

    def _called_by_first_words(self, text: str) -> Entity | None:
        """The organisation named before whose name begins with these words: "Northern" of "Northern Rail"."""
        key = fold(text).removeprefix("the ")
        found = [
            e
            for e in self.groups
            if e.kind == "organization" and e.mentions and fold(e.name).startswith(f"{key} ")
        ]
        return found[0] if len(found) == 1 and key not in words("not_houses") else None

    def _with_state(self, group: FoundGroup, before: FoundGroup | None) -> FoundGroup:
        """A ministry with the state named right before it: "Peru's" and "Foreign Ministry" are one body."""
        if group.actor is not None or group.state is not None or before is None or before.state is None:
            return group
        if not 0 <= group.start - before.end <= 3 or portfolio(group.text) is None:
            return group
        return replace(group, actor=self.index.body(before.state, group.text))

    def make_group(self, group: FoundGroup) -> Entity:
        """A new entity for an organisation or state as found."""
        actor = group.actor
        if actor is not None:
            outlet = self.index.is_outlet(actor)
            kind: Kind = "state" if actor.kind == "state" else "organization"
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

    def state_places(self) -> list[tuple[int, str]]:
        """Where the article names states, by name, seat or adjective, and the ISO code of each."""
        named = [(g.start, g.state) for g in self._adjectives if g.state]
        for entity in self.groups:
            if entity.kind == "state" and entity.state:
                named += [(m.start, entity.state) for m in entity.mentions]
        return named

    def state_before(self, offset: int, since: int = 0, *, visited: bool = True) -> str | None:
        """ISO code of the state last named before an offset, by name or adjective.

        Args:
            offset: Where to stop.
            since: Where to begin.
            visited: Whether those count in which something merely took place ("in a lecture in Athens").
        """
        named = [
            place
            for place in self.state_places()
            if since <= place[0] < offset
            and (visited or not _VISITED.search(self.text, max(0, place[0] - 9), place[0]))
        ]
        return max(named)[1] if named else None

    def organisation_called(self, name: str) -> Entity | None:
        """The organisation or state of that name, in full or as some mention of it has it."""
        key = fold(name)
        for entity in self.groups:
            if fold(entity.name) == key or any(
                fold(self.text[mention.start : mention.end]) == key for mention in entity.mentions
            ):
                return entity
        return None

    def last_organisation(self, start: int, end: int) -> Entity | None:
        """The organisation, no newspaper, that is named last inside [start, end)."""
        found = [(m, e) for m, e in self.groups_in(start, end) if e.kind == "organization" and not e.outlet]
        return found[-1][1] if found else None

    def names_person(self, start: int, end: int) -> bool:
        """Whether a person's name stands inside [start, end)."""
        return bool(self.people_in(start, end))

    def quoted(self, offset: int) -> bool:
        """Whether an offset lies in somebody's words."""
        return self._in_content.touches(offset, offset + 1)

    # --- look-ups ----------------------------------------------------------------------------------
    def people_in(self, start: int, end: int) -> list[tuple[Mention, Entity]]:
        """Names of people inside [start, end), in order."""
        return self._named_in("people", start, end)

    def groups_in(self, start: int, end: int) -> list[tuple[Mention, Entity]]:
        """Names of organisations and states inside [start, end), in order."""
        return self._named_in("groups", start, end)

    def _named_in(
        self, kind: Literal["people", "groups"], start: int, end: int
    ) -> list[tuple[Mention, Entity]]:
        places = self._places.get(kind)
        if places is None:
            entities = self.people if kind == "people" else self.groups
            places = sorted(
                ((m.start, m, e) for e in entities for m in e.mentions), key=lambda place: place[0]
            )
            self._places[kind] = places
        found = []
        for place in range(bisect_left(places, start, key=lambda p: p[0]), len(places)):
            at, mention, entity = places[place]
            if at >= end:
                break
            if mention.end <= end:
                found.append((mention, entity))
        return found

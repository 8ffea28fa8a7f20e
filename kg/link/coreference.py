"""Whom "he", "the minister" and "the alliance" stand for: by gender, office, words, place and salience."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.link.affiliation import held_on
from kg.link.cast import Cast
from kg.link.descriptions import Description, are_several, is_one_person
from kg.link.entities import Entity, Gender, Mention
from kg.link.houses import calls_a_house
from kg.link.index import RegisterIndex
from kg.link.lexicon import words
from kg.link.offices import is_spokesman, office_fit, role_kind

_GENDER: dict[str, Gender] = {"he": "m", "him": "m", "she": "f", "her": "f"}
_ENOUGH = 0.45
"""Least fit of a description that names somebody."""
_MENTIONS = 8
"""How many of the latest mentions of an entity are weighed."""
_FAR = 12
"""Sentences after which an earlier mention no longer explains a pronoun."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One source already resolved: where it stands and who it is."""

    start: int
    entity: Entity
    aside: bool = False
    """Whether it spoke in a relative clause ("Lee, who said"), and is less likely meant by what follows."""


class Resolver:
    """Resolves the pronouns and descriptions of one article.

    Args:
        cast: The article's entities.
        index: The register.
        date: EDTF date of the article, for offices.
    """

    def __init__(self, cast: Cast, index: RegisterIndex, date: str | None) -> None:
        """Note where sentences and paragraphs begin."""
        self._cast = cast
        self._index = index
        self._date = date
        self._sentences = [sentence.start_char for sentence in cast.doc.sents]
        self._paragraphs = [match.end() for match in re.finditer(r"\n\s*", cast.text)]
        self._subjects = [
            token
            for token in cast.doc
            if token.dep_ in ("nsubj", "nsubjpass")
            and (token.lower_ in ("he", "she") or _introduces(token))
            and not self._quoted(token.idx)
        ]
        self._introduced: list[Entity] = []
        self.introduce: Callable[[Token], Entity | None] = lambda token: None
        self.turns: list[Turn] = []

    def note(self, start: int, entity: Entity, *, aside: bool = False) -> None:
        """Keep a resolved source, for the pronouns that follow."""
        self.turns.append(Turn(start, entity, aside))

    def last_speaker(
        self, before: int, kinds: Sequence[str] = ("person", "organization", "state", "unnamed")
    ) -> Entity | None:
        """Who spoke last before an offset."""
        earlier = [t for t in self.turns if t.start < before and t.entity.kind in kinds and not t.aside]
        return max(earlier, key=lambda turn: turn.start).entity if earlier else None

    def _sentence(self, offset: int) -> int:
        return bisect_right(self._sentences, offset)

    def _quoted(self, offset: int) -> bool:
        return self._cast.quoted(offset)

    def pronoun(self, word: str, at: int, *, but: Entity | None = None) -> Entity | None:
        """Whom a pronoun at an offset stands for.

        Args:
            word: The pronoun.
            at: Its offset.
            but: Who is not meant: somebody in whose own words the pronoun stands.
        """
        if word in ("who", "which", "that"):
            return self._relative(at)
        word = {"his": "he", "hers": "she", "its": "it", "their": "they"}.get(word, word)
        self._follow_subjects(at)
        if word in _GENDER:
            return self._person(_GENDER[word], at, but)
        if word in ("they", "them", "these", "those", "one of them"):
            return self._several(at, one=word == "one of them")
        if word in ("it", "this"):
            unnamed = [t.entity for t in self.turns if t.start < at and self._is_unnamed_house(t.entity)]
            groups = [e for e in self._cast.groups if not self._is_mere_place(e)]
            return self._salient([*groups, *dict.fromkeys(unnamed)], at) or self.last_speaker(
                at, ("organization", "state")
            )
        return None

    def last_subject(self, at: int) -> Entity | None:
        """The person whom the narration before an offset is about, where nobody has spoken yet."""
        self._follow_subjects(at)
        return self._salient([*self._cast.people, *self._introduced], at)

    def _relative(self, at: int) -> Entity | None:
        """The person or organisation that ends right before "who", a comma apart."""
        near = [
            (mention.end, entity)
            for entity in [*self._cast.people, *self._cast.groups]
            for mention in entity.mentions
            if at - 120 < mention.end <= at and "\n" not in self._cast.text[mention.end : at]
        ]
        return max(near, key=lambda pair: pair[0])[1] if near else None

    def _follow_subjects(self, at: int) -> None:
        """Take the subjects of the narration up to an offset as mentions, in their order.

        Pronouns, and people whom the narration brings in without a name ("A department official put it so").
        """
        while self._subjects and self._subjects[0].idx < at:
            token = self._subjects.pop(0)
            if token.lower_ in _GENDER:
                entity = self._person(_GENDER[token.lower_], token.idx)
            else:
                entity = self.introduce(token)
                if entity is not None and entity.kind == "unnamed":
                    self._introduced.append(entity)
            if entity is not None:
                entity.add(Mention(token.idx, token.idx + len(token), True))

    def _person(self, gender: Gender, at: int, but: Entity | None = None) -> Entity | None:
        fitting = [e for e in self._cast.people if e.gender in (None, gender) and e is not but]
        unnamed = [
            t.entity
            for t in self.turns
            if t.entity.kind == "unnamed"
            and t.entity.gender in (None, gender)
            and any(is_one_person(d) for _, d in t.entity.descriptions)
        ]
        unnamed += [e for e in self._introduced if e.gender in (None, gender)]
        known = self._salient([*fitting, *dict.fromkeys(unnamed)], at, gender)
        if known is not None and known.gender is None:
            known.gender = gender
        return known

    def _several(self, at: int, *, one: bool) -> Entity | None:
        for turn in sorted(self.turns, key=lambda turn: -turn.start):
            if turn.start >= at or self._sentence(at) - self._sentence(turn.start) > _FAR:
                continue
            entity = turn.entity
            plural = entity.kind == "unnamed" and any(are_several(d) for _, d in entity.descriptions)
            if plural or entity.members or (entity.kind == "organization" and not one):
                return entity
        return (
            self._salient([e for e in self._cast.groups if e.kind == "organization"], at) if not one else None
        )

    @staticmethod
    def _is_mere_place(entity: Entity) -> bool:
        return entity.kind == "organization" and entity.outlet and not entity.mentions

    @staticmethod
    def _is_unnamed_house(entity: Entity) -> bool:
        """Whether an unnamed source is one organisation: "the railway company"."""
        return entity.kind == "unnamed" and any(
            calls_a_house(d.head) and not d.plural for _, d in entity.descriptions
        )

    def _salient(self, among: list[Entity], at: int, gender: Gender | None = None) -> Entity | None:
        """The likeliest antecedent: near, a subject, a speaker, not inside somebody's words."""
        best: tuple[float, int] | None = None
        chosen: Entity | None = None
        here = self._sentence(at)
        last = self.last_speaker(at)
        spoke = {id(turn.entity): turn.start for turn in self.turns if turn.start < at}
        for entity in among:
            places = [(m.start, m.subject, m.possessive) for m in entity.latest(at, _MENTIONS)]
            if id(entity) in spoke:
                places.append((spoke[id(entity)], True, False))
            if not places:
                continue
            score, place = max((self._weight(*place, here, at), place[0]) for place in places)
            score += 1.4 if entity is last else 0.4 if id(entity) in spoke else 0.0
            score += 0.1 * min(len(entity.mentions), 5)
            score += 0.8 if gender is not None and entity.gender == gender else 0.0
            if score > (-_FAR - 2 if entity.kind in ("person", "unnamed") else -4) and (
                best is None or (score, place) > best
            ):
                best, chosen = (score, place), entity
        return chosen

    def _paragraphs_between(self, start: int, end: int) -> int:
        return bisect_right(self._paragraphs, end) - bisect_right(self._paragraphs, start)

    def _weight(self, start: int, subject: bool, possessive: bool, here: int, at: int) -> float:
        weight = -float(here - self._sentence(start)) - 1.0 * self._paragraphs_between(start, at)
        weight += 1.6 if subject else 0.0
        if subject and here - self._sentence(start) <= 1 and not self._paragraphs_between(start, at):
            weight += 0.6
        weight -= 0.8 if possessive else 0.0
        weight -= 2.5 if self._quoted(start) and not self._quoted(at) else 0.0
        return weight

    def person_just_spoken_of(self, at: int, gender: Gender | None = None) -> Entity | None:
        """The person of whom this paragraph or the one before spoke last; None where neither names one.

        Args:
            at: An offset.
            gender: What is known of the person.
        """
        fitting = [
            e
            for e in self._cast.people
            if e.gender in (None, gender) or gender is None
            if (last := self._last_place(e, at)) is not None and self._paragraphs_between(last, at) <= 2
        ]
        return self._salient(fitting, at, gender)

    def _last_place(self, entity: Entity, at: int) -> int | None:
        """Where an entity was last named or spoke before an offset."""
        last = entity.last_mention(at)
        spoke = [turn.start for turn in self.turns if turn.entity is entity and turn.start < at]
        return max([*spoke, *([last.start] if last is not None else [])], default=None)

    # --- descriptions ------------------------------------------------------------------------------
    def described(self, description: Description, at: int) -> Entity | None:
        """Whom a definite description in the singular stands for; None if it names nobody known.

        By what the article says of its people, then by the offices that they hold in the register on the day,
        then by who holds the office there without being named; at last, "the former premier" after a speaker
        whom nothing contradicts is that speaker.
        """
        scored = []
        for entity in [
            *self._cast.people,
            *dict.fromkeys(
                [*(t.entity for t in self.turns if t.entity.kind == "unnamed"), *self._introduced]
            ),
        ]:
            fit = max(self._fit_of_words(description, entity), self._fit_of_office(description, entity))
            if fit >= _ENOUGH:
                scored.append((3 * fit + self._nearness(entity, at), entity))
        if scored:
            return max(scored, key=lambda pair: pair[0])[1]
        if description.states or description.groups:
            holders = self._index.holders(
                description.role,
                description.groups,
                description.states,
                self._date,
                former=description.former,
            )
            # "The WHO chief" is a loose word but names the house; "the Chilean chief" could be anybody.
            best = [h for h in holders if h.fit >= (0.55 if description.groups else 0.75)]
            if best and len({h.actor.id for h in best if h.fit == best[0].fit}) == 1:
                return self._cast.person_of(best[0].actor)
        if description.former:
            last = self.last_speaker(at, ("person",))
            if last is not None and self._may_have_been(description, last):
                return last
        return None

    def _nearness(self, entity: Entity, at: int) -> float:
        last = entity.last_mention(at)
        bonus = 0.3 if entity is self.last_speaker(at) else 0.0
        if last is None:
            return bonus - 0.1
        return bonus + 0.3 / (1 + 0.2 * (self._sentence(at) - self._sentence(last.start)))

    def _fit_of_words(self, description: Description, entity: Entity) -> float:
        best = 0.0
        for _, known in entity.descriptions:
            fit = office_fit(description.role, known.role)
            if is_spokesman(description.head) and known.head in words("press_heads"):
                fit = max(fit, 0.8 if words("press_words") & set(known.role.split()) else 0.0)
            if entity.kind == "unnamed" and description.head != known.head:
                # "The envoy" is not "a delegate" who has no name either.
                continue
            if description.role == description.head == known.head:
                # "The minister", "our correspondent": any of them will do, the nearest is meant.
                fit = 0.9
            if not description.is_role and description.head != known.head:
                # "The museum" is not "the head of the museum".
                fit = 0.0
            if not fit and {description.head, known.head} <= words("scholars"):
                fit = 0.6
            if not fit or (description.former and not known.former):
                continue
            best = max(best, fit * self._agreement(description, known, entity))
        return best

    def _agreement(self, description: Description, known: Description, entity: Entity) -> float:
        """How far the states and organisations of two descriptions go together."""
        states = set(known.states) | ({self._index.state_of(entity.actor)} if entity.actor else set())
        groups = set(known.groups)
        if entity.actor is not None:
            groups |= {m.organization for m in held_on(entity.actor.memberships, self._date)}
        if description.states and states - {None} and not set(description.states) & states:
            return 0.0
        if description.groups and groups and not set(description.groups) & groups:
            return 0.0
        if description.houses and known.houses and not set(description.houses) & set(known.houses):
            return 0.0
        return 1.0

    def _fit_of_office(self, description: Description, entity: Entity) -> float:
        actor = entity.actor
        if actor is None:
            return 0.0
        if description.states or description.groups:
            holders = self._index.holders(
                description.role,
                description.groups,
                description.states,
                self._date,
                former=description.former,
            )
            return max((h.fit for h in holders if h.actor is actor), default=0.0)
        held = held_on(actor.memberships, self._date)
        offices = [m.office for m in (actor.memberships if description.former else held) if m.office]
        return max((office_fit(description.role, office) for office in offices), default=0.0)

    def _may_have_been(self, description: Description, entity: Entity) -> bool:
        """Whether nothing known of a person contradicts a former office of theirs."""
        if description.head in words("female") and entity.gender == "m":
            return False
        if role_kind(description.head) != "office":
            return False
        if any(known.private for _, known in entity.descriptions):
            return False
        if not description.states or entity.actor is None:
            return True
        states = {self._index.state_of(entity.actor)} - {None}
        return not states or bool(states & set(description.states)) or not self._official_of_state(entity)

    def _official_of_state(self, entity: Entity) -> bool:
        actor = entity.actor
        if actor is None:
            return False
        held = held_on(actor.memberships, self._date)
        houses = [self._index.register.by_id.get(m.organization) for m in held]
        return any(house is not None and self._index.state_of(house) is not None for house in houses)


def _introduces(token: Token) -> bool:
    """Whether a subject is a person in the singular without a name: "a department official", "the envoy"."""
    person = role_kind(token.lower_) is not None or token.lower_ in words("female") | words("male")
    if token.pos_ != "NOUN" or not person or token.tag_ != "NN":
        return False
    return any(
        child.lower_ in ("a", "an", "another", "one", "the", "this") or child.dep_ == "poss"
        for child in token.children
    )

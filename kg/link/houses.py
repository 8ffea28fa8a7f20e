"""Which organisation "the company", "the union" or "the province" means, by its kind and by nearness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from kg.link.affiliation import held_on
from kg.link.cast import Cast
from kg.link.countries import state_of_part
from kg.link.descriptions import Description
from kg.link.entities import Entity
from kg.link.lexicon import words
from kg.link.names import fold
from kg.link.offices import office_form, role_kind, singular
from kg.model.register import Actor

_KINDS = ("company", "union", "party", "public", "lobby")
_LISTED = re.compile(r"^,?\s*\((?:[A-Z0-9]{1,6}\.[A-Z]{1,3}|(?:NYSE|NASDAQ|LSE|ASX|TSX|BSE)\s*:\s*\w+)\)")
_APPOSITION = re.compile(r"^,\s+(?:an?|the|one of the|which is an?)\s+([^,.;:\n\"“”]{3,80})")
_KIND_BEFORE = re.compile(r"((?:[\w-]+\s+){0,2}[\w-]+)\s*,?\s*$")
_OF_THE_STATE = re.compile(r"\b(?:federal|government)\b")
_REACH = 1200
"""Characters within which a house last named can be called by a mere noun."""


def kinds_of_noun(noun: str) -> frozenset[str]:
    """The kinds of houses that a noun can call.

    >>> sorted(kinds_of_noun("bank")), sorted(kinds_of_noun("union")), sorted(kinds_of_noun("house"))
    (['company'], ['union'], [])
    """
    return frozenset(kind for kind in _KINDS if noun in words(f"{kind}_nouns"))


def calls_a_house(noun: str) -> bool:
    """Whether a noun in the singular can stand for an organisation, a place with rulers or a state.

    >>> calls_a_house("carrier"), calls_a_house("province"), calls_a_house("carpenter")
    (True, True, False)
    """
    lists = words("organisation_nouns") | words("state_bodies") | words("state_nouns") | words("places_ruled")
    return noun in lists or bool(kinds_of_noun(noun))


class Houses:
    """Tells the houses of one article apart.

    Args:
        cast: The article's entities.
    """

    def __init__(self, cast: Cast) -> None:
        """Keep the cast; kinds are found out at the first question."""
        self._cast = cast
        self._kinds: dict[int, frozenset[str]] = {}
        self._home: list[tuple[str | None, int]] = []

    def kinds(self, entity: Entity) -> frozenset[str]:
        """What kinds of house an organisation may be; empty where nothing tells.

        By the words of its names, what the article calls it, a stock symbol, and the state that it serves.
        """
        known = self._kinds.get(id(entity))
        if known is None:
            known = self._kinds[id(entity)] = frozenset(self._find_kinds(entity))
        return known

    def _find_kinds(self, entity: Entity) -> Iterator[str]:
        names = [entity.name, *(entity.actor.aliases if entity.actor else ())]
        parts = {part for name in names for part in fold(name).split()}
        named = {kind for kind in _KINDS if parts & words(f"{kind}_names")}
        # "Bank Workers United" is no bank, and "Workers' Party" no union.
        yield from named - ({"company"} if "union" in named else set())
        if entity.actor is not None and self._cast.index.state_of(entity.actor) is not None:
            yield "public"
        for mention in entity.mentions:
            after = self._cast.text[mention.end : mention.end + 100]
            if _LISTED.match(after):
                yield "company"
            said = [match[1] for match in (_APPOSITION.match(after),) if match]
            before = _KIND_BEFORE.search(self._cast.text, max(0, mention.start - 40), mention.start)
            said += [before[1]] if before and "\n" not in before[0] else []
            for phrase in said:
                for word in re.split(r"\b(?:of|for|in|that|which|with)\b", fold(phrase))[0].split()[-2:]:
                    yield from kinds_of_noun(singular(word))

    def leading(self, noun: str, before: int) -> Entity | None:
        """The organisation that "the alliance" or "the bank" stands for at an offset.

        One whose name holds the noun or which is of the noun's kind, of several the one named nearest and
        most often; a house of another kind never.

        Args:
            noun: In the singular, folded.
            before: Offset of the noun.
        """
        wanted = kinds_of_noun(noun)
        best: tuple[float, Entity] | None = None
        for entity in self._cast.groups:
            if entity.kind != "organization" or entity.outlet != (noun in words("outlet_words")):
                continue
            if self.is_ruled(entity) and noun not in words("places_ruled") | words("state_bodies"):
                continue
            names = [entity.name, *(entity.actor.aliases if entity.actor else ())]
            kinds = self.kinds(entity)
            other = bool(wanted and kinds and not wanted & kinds)
            holds = any(noun in fold(name).split() for name in names) and not (other and kinds != {"lobby"})
            if other and not holds:
                continue
            earlier = [m for m in entity.mentions if m.start < before and not self._cast.quoted(m.start)]
            earlier = earlier or [m for m in entity.mentions if m.start < before]
            near = bool(earlier) and (before - earlier[-1].start < _REACH or len(earlier) > 3)
            of_a_state = noun in words("state_nouns") | words("state_bodies")
            of_a_state |= "public" in wanted and noun not in words("loose_nouns")
            fits = bool(wanted & kinds) or noun in words("loose_nouns") or bool(wanted and not kinds)
            fits = fits and (not of_a_state or bool(wanted & kinds))
            if not (holds or (near and fits)):
                continue
            score = 3.0 * holds + 2.0 * bool(wanted & kinds) + 0.25 * min(len(earlier), 8)
            if earlier:
                score += 1.0 + 2.0 / (1 + (before - earlier[-1].start) / 300)
            score -= 1.0 if entity.state is not None and "public" not in wanted else 0.0
            score -= 0.8 if entity.actor is None and len(entity.mentions) < 2 else 0.0
            if best is None or score > best[0]:
                best = score, entity
        only = self._only_one_of(wanted) if best is None or not wanted & self.kinds(best[1]) else None
        return only or (best[1] if best else None)

    def _only_one_of(self, wanted: frozenset[str]) -> Entity | None:
        """The only house of some kinds in the article, as a first line calls it before its name."""
        found = [
            e
            for e in self._cast.groups
            if e.kind == "organization" and not e.outlet and e.actor is not None and wanted & self.kinds(e)
        ]
        return found[0] if len(found) == 1 and wanted <= {"company", "union", "party"} else None

    def ruled_place(self, noun: str) -> Entity | None:
        """The city, province or state within a state that "the city" means: one named, by who rules it.

        By its name ("City of Leeds"), or because the register has a mayor, premier or governor of it.
        """
        offices = {entry.split(": ")[0] for entry in words("ruled_places") if entry.split(": ")[1] == noun}
        found = []
        for actor in self._cast.index.register.actors:
            names = [fold(name) for name in (actor.name, *actor.aliases)]
            named = any(re.match(rf"{noun} of\b|.*\b{noun}$", name) for name in names)
            if named or (actor.kind == "organization" and offices & self._rulers(actor)):
                entity = next((e for e in self._cast.groups if e.actor is actor), None)
                found.append((len(entity.mentions) if entity is not None else 0, 10 * named, actor))
        if not found or (len(found) > 1 and max(found, key=lambda entry: entry[:2])[0] == 0):
            return None
        return self._cast.entity_of(max(found, key=lambda entry: entry[0] + entry[1])[2])

    def is_ruled(self, entity: Entity) -> bool:
        """Whether an organisation of the register is a place within a state: a city, a province."""
        return (
            entity.kind == "organization" and entity.actor is not None and self._is_ruled_place(entity.actor)
        )

    def _is_ruled_place(self, actor: Actor) -> bool:
        places = "|".join(sorted(words("places_ruled")))
        rulers = {entry.split(": ")[0] for entry in words("ruled_places")}
        return bool(re.match(rf"(?:{places}) of\b", fold(actor.name)) or self._rulers(actor) & rulers)

    def _rulers(self, place: Actor) -> set[str]:
        """The offices that people of the register hold in a place itself, folded."""
        return {
            fold(membership.office)
            for person in self._cast.index.register.actors
            for membership in person.memberships
            if membership.organization == place.id and membership.office
        }

    @staticmethod
    def serves_a_state(description: Description) -> bool:
        """Whether who is so described serves a state although no house is named: "a senior official".

        Ministers and diplomats do, officials unless some other word tells whose they are ("union officials").
        """
        if description.states or description.groups or description.houses or not description.official:
            return False
        if _OF_THE_STATE.search(description.role) and role_kind(description.head) == "office":
            return True
        left = set(re.split(r"\b(?:of|for|in)\b", description.role)[0].split()) - {
            description.head,
            f"{description.head}s",
        }
        text = set(fold(description.text).split())
        if singular(description.head) not in words("state_heads") | words("state_bodies"):
            return False
        return left <= words("state_modifiers") | words("state_bodies") and not text & words("regions")

    def home_state(self) -> str | None:
        """ISO code of the state in which an article is at home; None where two are as likely.

        By what it names: states by name, adjective and seat, the dateline and first lines doubled, and the
        people and bodies of the register that serve a state; without any of these by parts of states.
        """
        if not self._home:
            self._home.append(self._find_home())
        return self._home[0][0]

    def at_home(self, description: Description) -> Description:
        """The description of a servant of the state with the state or place in which the article is at home.

        The city or province where the article speaks much more of it than of any state, but never for those
        whom it calls federal.
        """
        code, place = self.home_state(), self._home_place()
        federal = _OF_THE_STATE.search(description.role)
        if place is not None and not federal and place[0] > 2 * self._home[0][1]:
            return replace(description, groups=(place[1].id,))
        return replace(description, states=(code,)) if code is not None else description

    def _find_home(self) -> tuple[str | None, int]:
        """The home state and how often the article speaks of it; 0 where only parts of states tell."""
        counts: Counter[str] = Counter()
        lead = self._lead_end()
        for start, code in self._cast.state_places():
            counts[code] += 2 if start < lead else 1
        for entity in (*self._cast.people, *self._cast.groups):
            served = self._cast.index.state_of(entity.actor) if entity.actor is not None else None
            if served is not None and entity.kind != "state":
                counts[served] += len(entity.mentions)
        named = bool(counts)
        if not named:
            parts = (state_of_part().get(fold(e.text)) for e in self._cast.doc.ents if e.label_ == "GPE")
            counts.update(code for code in parts if code is not None)
        ranked = counts.most_common(2)
        undecided = len(ranked) > 1 and ranked[0][1] == ranked[1][1]
        return (ranked[0][0], ranked[0][1] * named) if ranked and not undecided else (None, 0)

    def only_holder(self, description: Description) -> Actor | None:
        """The one person of the register who holds the office of "the mayor" on the day of the article.

        None where two do, or where the office is of another state than the article is at home in.
        """
        if description.groups or description.states or description.houses or description.former:
            return None
        index, day = self._cast.index, self._cast.article.published
        wanted = office_form(description.role)
        found = {
            person.id: (person, membership)
            for person in index.register.actors
            for membership in held_on(person.memberships, day)
            if membership.office and office_form(membership.office) == wanted
        }
        if len(found) != 1:
            return None
        person, membership = next(iter(found.values()))
        house = index.register.by_id.get(membership.organization)
        state, home = index.state_of(house) if house is not None else None, self.home_state()
        return person if state is None or home is None or state == home else None

    def _home_place(self) -> tuple[int, Actor] | None:
        """The city or province of the register that an article speaks of most, and how often."""
        counts: Counter[str] = Counter()
        for entity in (*self._cast.people, *self._cast.groups):
            if entity.actor is not None and entity.mentions:
                held = [m.organization for m in entity.actor.memberships]
                for house in [entity.actor.id, *held[:1]]:
                    counts[house] += len(entity.mentions)
        places = [
            (counts[actor.id], actor)
            for actor in self._cast.index.register.actors
            if counts[actor.id] and actor.kind == "organization" and self._is_ruled_place(actor)
        ]
        return max(places, key=lambda place: place[0], default=None)

    def _lead_end(self) -> int:
        """Where the first thousand characters end that are no boilerplate."""
        start = next(
            (s.start_char for s in self._cast.doc.sents
             if not self._cast.article.in_boilerplate(s.start_char, s.end_char)), 0
        )  # fmt: skip
        return start + 1000

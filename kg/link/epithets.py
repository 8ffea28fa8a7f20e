"""People called by what they are: "the 58-year-old", "the former welder", "a tribal chief" of the first line.

An epithet gives news of somebody whom the text just spoke of, so nothing that it says need be known before.
It stands for the person last spoken of, unless something known contradicts it. The other way round, the first
lines of an article describe whom the next paragraph names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.link.cast import Cast
from kg.link.coreference import Resolver
from kg.link.countries import state_names
from kg.link.descriptions import Description, is_one_person
from kg.link.entities import Entity, Gender, Mention
from kg.link.index import RegisterIndex
from kg.link.lexicon import words
from kg.link.names import fold, title_words
from kg.link.offices import office_fit, role_kind

_PERSONAL = re.compile(
    r"\b\d{1,3}-year-old\b|\b(?:grand)?(?:mother|father|mum|mom|dad)[- ]of[- ]\w+\b"
    r"|\b(?:democrat|republican|conservative|liberal|socialist|independent|nationalist|native|graduate|author|winner|newcomer|laureate|member)\b",
    re.IGNORECASE,
)  # fmt: skip
_ANONYMOUS = re.compile(
    r"\banonym|\bnot (?:be |to be |want to be )?(?:named|identified)|\bfamiliar with|\bbriefed\b|\bclose to\b"
    r"|\bunnamed\b|\bunidentified\b|\basked not\b|\bsources?\b|\binsider\b|\bspokes",
    re.IGNORECASE,
)
_SAID_TO_BE = re.compile(
    r"(?:,?\s*\(?\d{1,3}\)?,|,|,?\s+who\s+(?:is|was|works as|worked as)"
    r"|\s+(?:is|was|has been|worked as|works as))\s+"
    r"((?:(?:an?|the|its|his|her|their|our|once|formerly|now)\s+)?[^,.;:\n\"“”«»„]{2,60})"
)
"""What a name is said to be right after it; digits are an age."""
_SENTENCE_END = re.compile(r"(?:^|[.!?”’»\"\n]|\bsaid|\bsays)\s*$")
_COMPLEMENT = re.compile(r"\s(?:of|for|in|at|with|from|on|to|who|which|by|and)\s")
_DEMONYM_OF_MANY = re.compile(r"(?:ese|sh|ch|ss)$")
_LEAD = 6
"""How many attributions of the text may stand between a description of the first lines and the name."""


class Epithets:
    """Resolves epithets of one article.

    Args:
        cast: The article's entities.
        resolver: Knows who spoke, and who was last spoken of.
        index: The register.
    """

    def __init__(self, cast: Cast, resolver: Resolver, index: RegisterIndex) -> None:
        """Keep what epithets are resolved with."""
        self._cast = cast
        self._resolver = resolver
        self._index = index

    def meant(self, description: Description, start: int, end: int) -> Entity | None:
        """The person last spoken of, where [start, end) is an epithet that nothing contradicts; else None."""
        text = " ".join(self._cast.text[start:end].split(",")[0].split())
        definite = re.match(r"(?:the|this)\s", text, re.IGNORECASE)
        if not definite or len(text.split()) > 7 or description.plural:
            return None
        if (person := self._stated(description, start)) is not None:
            return person
        if self._brought_in(description, start):
            return None
        loose = words("loose_heads") | words("former")
        personal = _PERSONAL.search(text) or role_kind(description.head) == "private" or description.former
        housed = description.states or description.groups
        personal = personal or self._is_native(text)
        calling = not description.is_role and is_one_person(description)
        if not personal and not calling and (housed or description.head not in loose):
            return None
        gender: Gender | None = None
        parts = set(re.split(r"[\W_]+", fold(text)))
        if parts & (words("female") | {"mum", "mom", "grandmother"}):
            gender = "f"
        elif parts & (words("male") | {"dad", "grandfather"}):
            gender = "m"
        person = self._resolver.person_just_spoken_of(start, gender)
        return person if person is not None and self._agrees(description, person) else None

    def _stated(self, description: Description, before: int) -> Entity | None:
        """The one person whom the article calls a "conductor", right before or after the name."""
        head = description.head
        if not is_one_person(description) or head in words("loose_heads"):
            return None
        found = [
            person
            for person in self._cast.people
            if any(m.start < before and self._is_called(head, person, m) for m in person.mentions)
        ]
        return found[0] if len(found) == 1 else None

    def _is_called(self, head: str, person: Entity, mention: Mention) -> bool:
        """Whether the words right before or after a name say that its person is a "conductor"."""
        if not self._is_name(person, mention):
            return False
        text = self._cast.text
        after = _SAID_TO_BE.match(text, mention.end, min(len(text), mention.end + 120))
        said = fold(_COMPLEMENT.split(after[1])[0]).split()[-1:] if after else []
        left = fold(text[max(0, mention.start - 40) : mention.start].rsplit("\n")[-1]).split()[-1:]
        return [head] in (said, left)

    def _brought_in(self, description: Description, before: int) -> bool:
        """Whether the article has brought in such a person without a name: "a singer ... the singer"."""
        if not description.head or _PERSONAL.search(description.text):
            return False
        pattern = rf"\b(?:an?|one|another)\s(?:[\w-]+\s){{0,3}}{re.escape(description.head)}\b"
        return re.search(pattern, self._cast.text[:before], re.IGNORECASE) is not None

    def _is_native(self, text: str) -> bool:
        """Whether a demonym in the singular stands for a person: "the Norwegian", but not "the French"."""
        parts = text.split()
        return (
            len(parts) == 2
            and not _DEMONYM_OF_MANY.search(fold(parts[1]))
            and not fold(parts[1]).endswith("s")
            and fold(parts[1]) in state_names().adjectives
        )

    def _agrees(self, description: Description, person: Entity) -> bool:
        if description.head in words("loose_heads") or description.former:
            # "The leader" after a shopkeeper is somebody else.
            return not any(d.private for _, d in person.descriptions) or description.former
        known = {d.head for _, d in person.descriptions} | self._offices(person)
        calling = description.head
        rivals = {"journalist", "reporter", "lawyer", "judge", "doctor", "farmer", "economist", "activist"}
        return not (calling in rivals and known & (rivals - {calling}))

    @staticmethod
    def _offices(person: Entity) -> set[str]:
        held = person.actor.memberships if person.actor is not None else ()
        return {fold(m.office).split()[-1] for m in held if m.office}

    # --- the first lines ---------------------------------------------------------------------------
    def named_next(
        self, unnamed: Entity, start: int, end: int, following: Sequence[tuple[int, Entity]]
    ) -> Entity | None:
        """Whom the article names right after its first lines have only described them; else None.

        Args:
            unnamed: The speaker of [start, end), described and not named.
            start: Where the description begins.
            end: Where it ends.
            following: The speakers of the next attributions, with their places.
        """
        if not unnamed.descriptions or not self._in_lead(start) or self._cast.quoted(start):
            return None
        description = unnamed.descriptions[0][1]
        sentence = self._cast.doc.char_span(start, end, alignment_mode="expand")
        around = sentence.sent.text if sentence is not None else ""
        if not is_one_person(description) or _ANONYMOUS.search(around):
            return None
        if (heading := self._in_heading(start)) is not None and self._is_bare(heading, 0, description):
            return heading
        for at, entity in following[:_LEAD]:
            named = [m.start for m in entity.mentions if self._is_name(entity, m)]
            if entity.kind != "person" or not entity.full or not named:
                continue
            if named[0] < start or self._cast.text.count("\n\n", start, at) > 4:
                continue
            if self._is_described(description, entity):
                return entity
            if entity is not self._first_named(start) or self._cast.text.count("\n\n", start, named[0]) > 1:
                return None
            headed = self._is_bare_heading(start, end)
            return entity if headed or self._is_bare(entity, named[0], description) else None
        return None

    def _is_bare(self, entity: Entity, start: int, description: Description) -> bool:
        """Whether nobody says who the bearer of a name is, because the lines before did."""
        if entity.descriptions or description.head in words("female") | words("male"):
            return False
        return _SENTENCE_END.search(self._cast.text[max(0, start - 12) : start]) is not None

    def _first_named(self, start: int) -> Entity | None:
        """The person whom the article names first after an offset, having not named them before."""
        firsts = [(person.mentions[0].start, person) for person in self._cast.people if person.mentions]
        return min((f for f in firsts if f[0] > start), key=lambda first: first[0], default=(0, None))[1]

    def _in_heading(self, start: int) -> Entity | None:
        """The one person whom the heading above the first lines names in full."""
        end = len(self._heading())
        named = {id(entity): entity for _, entity in self._cast.people_in(0, min(start, end)) if entity.full}
        return next(iter(named.values())) if len(named) == 1 else None

    def _is_bare_heading(self, start: int, end: int) -> bool:
        """Whether [start, end) is one word of the heading without an article: "Envoy: no deal yet"."""
        heading = self._heading()
        return end <= len(heading) and len(heading[start:end].split()) == 1

    def _heading(self) -> str:
        """The first line of the article where it ends as no sentence does, else nothing."""
        line = self._cast.text.partition("\n")[0]
        return "" if line.rstrip().endswith((".", "!", "?")) or line == self._cast.text else line

    def _is_name(self, entity: Entity, mention: Mention) -> bool:
        """Whether a mention names a person rather than describes them."""
        return fold(entity.last_name) in fold(self._cast.text[mention.start : mention.end])

    def _in_lead(self, start: int) -> bool:
        """Whether an offset lies in the first two sentences that are no heading and no boilerplate."""
        seen = 0
        for sentence in self._cast.doc.sents:
            if sentence.start_char > start:
                return True
            whole = sentence.text.rstrip()[-1:] in (".", "!", "?", '"', "”", "'")
            plain = whole and sum(token.is_alpha for token in sentence) >= 8
            if plain and not self._cast.article.in_boilerplate(sentence.start_char, sentence.end_char):
                seen += sentence.end_char <= start
            if seen > 2:
                return False
        return True

    def _is_described(self, description: Description, entity: Entity) -> bool:
        top = words("top_heads")
        for _, known in entity.descriptions:
            if known.head in top and description.head in top:
                return True
            if description.role and office_fit(description.role, known.role) >= 0.4:
                return True
            if description.head == known.head:
                return True
        if any(self._is_called(description.head, entity, mention) for mention in entity.mentions[:2]):
            return True
        for office in self._offices(entity):
            if office == description.head or (office in top and description.head in top):
                return True
        for mention in [m for m in entity.mentions if self._is_name(entity, m)][:1]:
            before = self._cast.text[max(0, mention.start - 20) : mention.start].split()
            titles = title_words(" ".join([*before[-1:], "X"]))
            if description.head in titles:
                return True
        return False


__all__ = ["Epithets"]

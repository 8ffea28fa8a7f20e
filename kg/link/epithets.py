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
from kg.link.descriptions import Description
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
        loose = words("loose_heads") | words("former")
        personal = _PERSONAL.search(text) or role_kind(description.head) == "private" or description.former
        housed = description.states or description.groups
        if not personal and not self._is_native(text) and (housed or description.head not in loose):
            return None
        gender: Gender | None = None
        parts = set(re.split(r"[\W_]+", fold(text)))
        if parts & (words("female") | {"mum", "mom", "grandmother"}):
            gender = "f"
        elif parts & (words("male") | {"dad", "grandfather"}):
            gender = "m"
        person = self._resolver.person_just_spoken_of(start, gender)
        return person if person is not None and self._agrees(description, person) else None

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
        if not unnamed.descriptions or not self._in_lead(start):
            return None
        description = unnamed.descriptions[0][1]
        sentence = self._cast.doc.char_span(start, end, alignment_mode="expand")
        around = sentence.sent.text if sentence is not None else ""
        if description.plural or _ANONYMOUS.search(around):
            return None
        for at, entity in following[:_LEAD]:
            named = [m.start for m in entity.mentions if self._is_name(entity, m)]
            if entity.kind != "person" or not entity.full or not named:
                continue
            if named[0] < start or self._cast.text.count("\n\n", start, at) > 4:
                continue
            return entity if self._is_described(description, entity) else None
        return None

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

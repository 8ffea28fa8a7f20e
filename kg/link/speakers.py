"""The speaker of each attribution of an article: named, described, pointed to, or going on from before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.attribute.sources import phrase
from kg.link.affiliation import office_on
from kg.link.antecedents import QUESTIONER, interviewed, relative_antecedent
from kg.link.cast import Cast
from kg.link.coreference import Resolver
from kg.link.countries import state_names
from kg.link.descriptions import Description
from kg.link.entities import Entity, Mention
from kg.link.epithets import Epithets
from kg.link.houses import kinds_of_noun
from kg.link.index import RegisterIndex
from kg.link.lexicon import words
from kg.link.names import fold
from kg.link.offices import singular
from kg.link.portraits import Portraits
from kg.link.sources import NARRATOR, SourceReader, SourceReading
from kg.link.unnamed_sources import OWNED_BY_PRONOUN, UnnamedSources
from kg.model.attribution import Attribution

_ANOTHER = re.compile(r"another|a second|a third|the other|one other", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who an attribution's speaker turned out to be.

    Attributes:
        entity: The speaker; with members for a joint source; None where nobody can be told.
        owner: Whose spokesman or aide it is.
        described: What the source span itself says of the speaker.
        confidence: How sure the link is, from 0 to 1.
    """

    entity: Entity | None
    owner: Entity | None = None
    described: tuple[Description, ...] = ()
    confidence: float = 1.0


class SpeakerFinder:
    """Finds the speakers of one article's attributions, in the order of the text.

    Args:
        cast: The article's entities.
        portraits: Reads descriptions.
        resolver: Resolves pronouns and descriptions, and learns every speaker found.
        index: The register.
    """

    def __init__(self, cast: Cast, portraits: Portraits, resolver: Resolver, index: RegisterIndex) -> None:
        """Start with nobody having spoken."""
        self._portraits = portraits
        self._cast = cast
        self._resolver = resolver
        self._index = index
        self._sources = SourceReader(cast, portraits)
        self._unnamed = UnnamedSources(cast, portraits)
        self._epithets = Epithets(cast, resolver, index)
        resolver.introduce = self._introduce

    def all(self, attributions: Sequence[Attribution]) -> list[Speaker]:
        """The speakers, one for each attribution."""
        found: dict[int, Speaker] = {}
        order = sorted(range(len(attributions)), key=lambda n: (_place(attributions[n]), n))
        for number in order:
            attribution = attributions[number]
            outer = found.get(attribution.reported_in) if attribution.reported_in is not None else None
            reporter = attributions[attribution.reported_in] if attribution.reported_in is not None else None
            deep = reporter is not None and reporter.reported_in is not None
            speaker = self._speaker(attribution, outer, deep=deep)
            found[number] = speaker
            if speaker.entity is not None and outer is None:
                source = attribution.source
                aside = source is not None and source.text.lower() in ("who", "which")
                self._resolver.note(_place(attribution), speaker.entity, aside=aside)
        self._name_the_described(attributions, found, order)
        return [found[number] for number in range(len(attributions))]

    def _name_the_described(
        self, attributions: Sequence[Attribution], found: dict[int, Speaker], order: Sequence[int]
    ) -> None:
        """Give who is only described in the first lines the name that follows."""
        turns = [(_place(attributions[n]), s.entity) for n in order if (s := found[n]).entity is not None]
        for number in order:
            entity, source = found[number].entity, attributions[number].source
            if entity is None or source is None or entity.kind != "unnamed":
                continue
            following = [(at, e) for at, e in turns if at > source.start and e not in (None, entity)]
            named = self._epithets.named_next(entity, source.start, source.end, following)
            if named is not None:
                for same in order:
                    if found[same].entity is entity:
                        found[same] = replace(found[same], entity=named, confidence=0.7)

    def _speaker(self, attribution: Attribution, outer: Speaker | None, *, deep: bool) -> Speaker:
        source = attribution.source
        if source is None:
            return self._without_source(attribution, outer)
        start, end = self._trimmed(source.start, source.end)
        if (bystander := self._after_gerund(attribution, start, end)) is not None:
            return bystander
        end = self._sources.without_clause(start, end)
        reading = self._sources.read(start, end)
        described = self._said_of(reading, start, end)
        if reading.kind == "interview":
            return self._interview(reading.word)
        if reading.word in ("who", "which", "that") and (held := self._relative(start)) is not None:
            return held
        if reading.kind == "pronoun":
            if reading.word in ("you", "one"):
                return Speaker(None, confidence=0.3)
            if reading.word in NARRATOR and outer is not None:
                return replace(outer, confidence=0.9)
            if reading.word in NARRATOR and attribution.quote == "direct":
                return self._without_source(attribution, None)
            if reading.word in ("i", "me", "myself") and self._cast.article.author:
                author = Entity("person", self._cast.article.author)
                return Speaker(self._cast.same_person(author.name) or author, confidence=0.8)
            speaker = outer.entity if outer is not None and attribution.quote == "direct" else None
            if deep and outer is not None and speaker is not None and reading.word in ("he", "she"):
                # "Lee", said Roe, "made clear that she wants ...": she is Lee, not Roe who speaks of her.
                return replace(outer, confidence=0.8)
            entity = self._resolver.pronoun(reading.word, start, but=speaker)
            return Speaker(entity, None, described, 0.85 if entity is not None else 0.3)
        if reading.kind == "entities":
            entity = reading.entities[0] if len(reading.entities) == 1 else self._joint(reading.entities)
            return Speaker(
                entity, reading.owner, described, 1.0 if entity.full or entity.kind != "person" else 0.9
            )
        if reading.kind == "group noun":
            return self._group_noun(reading, start, end)
        if _ANOTHER.fullmatch(self._cast.text[start:end]):
            return self._another(start, end)
        if reading.description is not None and len(fold(self._cast.text[start:end])) > 1:
            return self._described(reading, reading.description, start, end)
        return Speaker(None, confidence=0.3)

    def _relative(self, at: int) -> Speaker | None:
        """Whom "who" stands for where its clause hangs on a mere noun: "the opposition, which said"."""
        noun = relative_antecedent(self._cast.doc, at)
        if noun is None or noun.pos_ != "NOUN":
            return None
        start, end = phrase(noun)
        if end > at or self._cast.people_in(start, at) or self._cast.groups_in(noun.idx, at):
            return None
        reading = self._sources.read(start, end)
        if reading.kind == "group noun":
            return self._group_noun(reading, start, end)
        if reading.kind == "description" and reading.description is not None:
            return self._described(reading, reading.description, start, end, epithets=False)
        return None

    def _interview(self, label: str) -> Speaker:
        """Who asks and who answers under the letters Q and A."""
        if label in QUESTIONER:
            return Speaker(self._unnamed.of("interviewer", None, 0), confidence=0.8)
        answering = interviewed(self._cast)
        return Speaker(answering, confidence=0.7 if answering is not None else 0.3)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A source without the end of a quotation that runs into it, as in 'too,"he' without a blank."""
        for mention, _ in self._cast.groups_in(max(0, start - 60), end):
            if mention.start < start and mention.end == end and self._cast.text[start].isupper():
                # "Tejo" of "Diario do Tejo": the reader saw the end of a name.
                return mention.start, end
        marks = [m.end() for m in re.finditer(r"[\"“”]\s*(?=\w+(?:\s\w+)*$)", self._cast.text[start:end])]
        return (start + marks[-1], end) if marks else (start, end)

    def _after_gerund(self, attribution: Attribution, start: int, end: int) -> Speaker | None:
        """Who is named between "Addressing reporters later," and the cue; None for any other source."""
        first = self._cast.text[start:end].split(" ")[0]
        cue = attribution.cue
        if cue is None or not first.endswith("ing") or not first[:1].isupper() or cue.start <= end:
            return None
        named = self._cast.people_in(end, cue.start)
        if not named or "\n" in self._cast.text[end : cue.start] or self._cast.people_in(start, end):
            return None
        return Speaker(named[-1][1], confidence=0.8)

    def _another(self, start: int, end: int) -> Speaker:
        """Somebody of the same kind as the last unnamed speaker: "One minister said ... Another warned"."""
        last = self._resolver.last_speaker(start, ("unnamed",))
        kept = [replace(d, definite=False) for _, d in last.descriptions] if last is not None else []
        noun = kept[0].head if kept else ""
        entity = Entity("unnamed", f"{self._cast.text[start:end].lower()} {singular(noun)}".strip())
        entity.owner = last.owner if last is not None else None
        entity.descriptions = [(start, description) for description in kept]
        return Speaker(entity, entity.owner, tuple(kept), 0.7)

    def _introduce(self, token: Token) -> Entity | None:
        """Whom a subject of the narration without a name brings in or stands for ("the alliance's chief")."""
        start, end = phrase(token)
        if self._cast.people_in(start, end):
            return None
        description = self._portraits.read(self._cast.text[start:end], start)
        if not re.match(r"(?:an?|another|one)\b", self._cast.text[start:end], re.IGNORECASE):
            return self._definite(description, start)
        return self._unnamed.of(self._cast.text[start:end], description, start)

    def _without_source(self, attribution: Attribution, outer: Speaker | None) -> Speaker:
        if outer is not None:
            return replace(outer, confidence=0.6)
        at = attribution.content[0].start if attribution.content else 0
        entity = self._resolver.last_speaker(at) or self._resolver.last_subject(at)
        return Speaker(entity, confidence=0.6) if entity is not None else Speaker(None, confidence=0.3)

    def _joint(self, entities: Sequence[Entity]) -> Entity:
        name = " and ".join(entity.name for entity in entities)
        return Entity(entities[0].kind, name, members=tuple(entities))

    def _said_of(self, reading: SourceReading, start: int, end: int) -> tuple[Description, ...]:
        """What the source span and the words around the name say of a named speaker."""
        found = [reading.description] if reading.description is not None else []
        for entity in reading.entities:
            found += [d for at, d in entity.descriptions if start <= at < end]
        return tuple(found)

    # --- "the alliance", "the government" ----------------------------------------------------------
    def _group_noun(self, reading: SourceReading, start: int, end: int) -> Speaker:
        """The organisation or state that a noun stands for, by what it is or by what was named before."""
        text = self._cast.text[start:end]
        description = reading.description
        states = description.states if description is not None else ()
        if (
            reading.owner is not None
            and reading.owner.kind == "organization"
            and reading.word not in words("speech_nouns")
        ):
            return Speaker(
                self._unnamed.of(text, description, start, reading.owner), reading.owner, confidence=0.8
            )
        definite = re.match(r"(?:the|this|that|these|those)\b", text.strip(), re.IGNORECASE)
        private = kinds_of_noun(reading.word) - {"public"}
        if states and private:
            # "The German bank" is one named before, "German carmakers" are nobody who serves the state.
            leading = self._portraits.houses.leading(reading.word, start) if definite else None
            plain = replace(description, states=()) if description is not None else None
            entity = leading or self._unnamed.of(text, plain, start)
            return Speaker(entity, reading.owner, confidence=0.7)
        if states:
            body = self._sources.state_body(states[0], start, end)
            entity = body or self._state(states[0])
            return Speaker(entity, reading.owner, confidence=0.9)
        owner = reading.owner
        if owner is None and (match := OWNED_BY_PRONOUN.search(text)):
            owner = self._resolver.pronoun((match[1] or match[2]).lower().replace("its", "it"), start)
        noun = reading.word
        if owner is not None and (house := self._house_led(owner, noun)) is not None:
            return Speaker(house, owner, confidence=0.8)
        if owner is not None and owner.kind == "person" and noun not in words("speech_nouns"):
            entity = self._unnamed.of(text, description, start, owner)
            return Speaker(entity, owner, confidence=0.8)
        if owner is not None and (noun in words("speech_nouns") or noun in words("state_nouns")):
            return Speaker(owner, confidence=0.8)
        if noun in words("speech_nouns") and noun not in words("findings") and definite:
            last = self._resolver.last_speaker(start, ("organization", "state", "person"))
            return Speaker(last, confidence=0.5)
        indefinite = re.match(
            r"(?:an?|one|another|some|several|many|most|two|three)\b", text.strip(), re.IGNORECASE
        )
        if indefinite or fold(text).split()[-1:] != [noun]:
            return Speaker(self._unnamed.of(text, description, start, owner), owner, confidence=0.7)
        if noun in words("state_nouns") or noun in words("state_bodies"):
            sentence = self._cast.doc.char_span(start, end, alignment_mode="expand")
            begin = sentence.sent.start_char if sentence is not None else 0
            code = self._cast.state_before(start, begin) or self._cast.state_before(start)
            if code is not None:
                wording = self._cast.index.body(code, text)
                body = self._cast.entity_of(wording) if wording is not None else self._state(code)
                return Speaker(body, confidence=0.7)
        if noun in words("places_ruled"):
            place = self._portraits.houses.ruled_place(noun)
            if place is not None:
                return Speaker(place, confidence=0.7)
        leading = self._portraits.houses.leading(noun, start)
        if leading is not None and not _is_of_others(text, leading.name):
            return Speaker(leading, confidence=0.7)
        return Speaker(self._unnamed.of(text, description, start, owner), owner, confidence=0.5)

    def _house_led(self, owner: Entity, noun: str) -> Entity | None:
        """The organisation of a person's office, where "her department" or "his party" means it."""
        if owner.actor is None or not kinds_of_noun(noun):
            return None
        office = office_on(owner.actor, self._cast.article.published)
        house = self._index.register.by_id.get(office.organization) if office is not None else None
        return self._cast.entity_of(house) if house is not None and house.kind == "organization" else None

    def _state(self, code: str) -> Entity:
        for entity in self._cast.groups:
            if entity.kind == "state" and entity.state == code:
                return entity
        actor = self._index.state_actor(code)
        name = actor.name if actor else state_names().labels.get(code, code)
        entity = Entity("state", name, actor, code)
        self._cast.groups.append(entity)
        return entity

    # --- descriptions ------------------------------------------------------------------------------
    def _described(
        self, reading: SourceReading, description: Description, start: int, end: int, *, epithets: bool = True
    ) -> Speaker:
        text = self._cast.text[start:end]
        if (
            description.states
            and self._epithets.meant(description, start, end) is None
            and not description.is_role
            and description.plural is False
            and self._is_people(text)
        ):
            return Speaker(self._state(description.states[0]), described=(description,), confidence=0.85)
        owner = reading.owner if len(description.states) < 2 else None
        if owner is None and (match := OWNED_BY_PRONOUN.search(text)):
            owner = self._resolver.pronoun(_subject_form(match[1] or match[2]), start)
        indefinite = bool(
            re.match(r"(?:an?|one|another|some|several|many|most|two|three)\b", text.strip(), re.IGNORECASE)
        )
        # "The mediator, a retired judge": who is explained so was not spoken of before.
        indefinite |= re.search(r",\s+an?\s", text) is not None
        if not description.plural and not indefinite and not (owner is not None and owner.kind == "person"):
            entity = self._definite(description, start)
            if entity is not None:
                entity.add(Mention(start, end, True))
                return Speaker(entity, owner, (description,), 0.8)
            entity = self._epithets.meant(description, start, end) if epithets else None
            if entity is not None:
                entity.add(Mention(start, end, True))
                return Speaker(entity, owner, (description,), 0.75)
        entity = self._unnamed.of(text, description, start, owner)
        return Speaker(entity, owner, (description,), 0.8)

    def _definite(self, description: Description, start: int) -> Entity | None:
        """Whom "the minister" stands for: by the article, else by who alone holds such an office."""
        entity = self._resolver.described(description, start)
        if entity is None and description.definite and description.role:
            holder = self._portraits.houses.only_holder(description)
            return self._cast.person_of(holder) if holder is not None else None
        return entity

    def _is_people(self, text: str) -> bool:
        """Whether a plural demonym stands for the state: "the Chileans"."""
        bare = re.sub(r"^the\s+", "", text.strip(), flags=re.IGNORECASE)
        return len(bare.split()) == 1 and text.strip().lower().startswith("the ")


def _is_of_others(text: str, name: str) -> bool:
    """Whether a noun is somebody's whom an organisation's name does not mention: "the farmers' federation".

    >>> _is_of_others("the farmers' federation", "Norvik"), _is_of_others("the farmers’ union", "Farmers")
    (True, False)
    """
    owner = re.search(r"(\w+s)['’]\s+\w+\W*$", text)
    return owner is not None and fold(owner[1]) not in fold(name).split()


def _place(attribution: Attribution) -> int:
    if attribution.source is not None:
        return attribution.source.start
    return attribution.content[0].start if attribution.content else 0


def _subject_form(possessive: str) -> str:
    return {"his": "he", "her": "she", "its": "it", "their": "they"}[possessive.lower()]

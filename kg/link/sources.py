"""Reading a source span: the pronoun, the people, the organisations or the description that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kg.link.antecedents import ANSWERER, QUESTIONER
from kg.link.cast import Cast
from kg.link.descriptions import Description
from kg.link.entities import Entity, Mention
from kg.link.group_finder import FoundGroup
from kg.link.houses import calls_a_house
from kg.link.lexicon import words
from kg.link.names import fold, misspelt
from kg.link.offices import role_kind, singular
from kg.link.portraits import Portraits

SourceKind = Literal["pronoun", "entities", "description", "group noun", "interview", "nothing"]
PRONOUNS = frozenset(
    [
        "his",
        "hers",
        "its",
        "their",
        "he",
        "she",
        "they",
        "it",
        "him",
        "her",
        "them",
        "who",
        "which",
        "that",
        "this",
        "these",
        "those",
    ]
)
NARRATOR = frozenset(["you", "one", "i", "we", "me", "us", "myself", "ourselves"])
_CLAUSE = re.compile(r",?\s+(?:who|which|that|whose|whom)\s")
_NOBODY_ALONE = words("nobody_alone")
"""What says nothing of anybody without the clause that follows."""
_PREPOSITION = re.compile(
    r"\b(?:of|for|to|by|with|from|under|against|about|behind|at|in|near)\b", re.IGNORECASE
)
_JOINING = re.compile(r"^[^\n;.]{0,3}(?:\b(?:and|as well as)\b|&|,)", re.IGNORECASE)
_TAIL = re.compile(r"^(?:['’]s?)?\s*(?:,|--|–|—|\(|$)")
_LEADING = re.compile(
    r"^(?:the|a|an|both|either|neither|even|only|but|while|as|state-run|state-owned)\s+", re.IGNORECASE
)
_GOVERNMENT = re.compile(
    r"\b(?:government|administration|authorities|side|leadership|cabinet|delegation|presidency|state|nation"
    r"|officialdom|team|camp)\b"
)


@dataclass(frozen=True)
class SourceReading:
    """What a source span turned out to be.

    Attributes:
        kind: `entities`: named; `description`: "the minister", "US officials"; `group noun`: "the alliance".
        entities: The named speakers; several for a joint statement.
        description: What the words say the speaker is.
        owner: Whose spokesman, aide or ministry it is, where a person or group is named so.
        word: The pronoun or noun.
    """

    kind: SourceKind
    entities: tuple[Entity, ...] = ()
    description: Description | None = None
    owner: Entity | None = None
    word: str = ""


class SourceReader:
    """Reads the source spans of one article.

    Args:
        cast: The article's entities; they grow by the organisations that only sources name.
        portraits: Reads descriptions.
    """

    def __init__(self, cast: Cast, portraits: Portraits) -> None:
        """Keep what sources are read with."""
        self._cast = cast
        self._portraits = portraits

    def read(self, start: int, end: int) -> SourceReading:
        """Read the characters [start, end)."""
        text = self._cast.text[start:end]
        folded = fold(text)
        if folded in PRONOUNS or folded in NARRATOR:
            return SourceReading("pronoun", word=folded)
        if not self._cast.names_person(start, end) and re.match(
            r"(?:one|some|many|most|several|all|both|another|neither|none|each|two|three)"
            r" of (?:them|those|these)\b",
            folded,
        ):
            return SourceReading("pronoun", word="one of them")
        if folded in QUESTIONER | ANSWERER:
            return SourceReading("interview", word=folded)
        if text.startswith("@") and (posting := self._of_handle(text)) is not None:
            return SourceReading("entities", (posting,))
        if folded and set(folded.split()) <= words("labels"):
            return SourceReading("nothing")
        people, owner = self._people(start, end)
        if people:
            return SourceReading("entities", tuple(people))
        groups, group_owner = self._groups(start, end)
        if groups:
            return SourceReading("entities", tuple(groups))
        description = self._portraits.read(text, start)
        possessor = self._possessor(start, end) or owner or group_owner
        noun = self._head_noun(start, end) or description.head
        body = calls_a_house(singular(noun))
        if description.is_role and not (body and noun == description.head):
            return SourceReading("description", description=description, owner=possessor)
        capitals = [part for part in text.split(",")[0].split() if part[:1].isupper()]
        if len(capitals) > 1 and text.split(",")[0].split()[-1][:1].isupper():
            named = self._unknown_organisation(start, text)
            if named is not None:
                return SourceReading("entities", (named,))
        if possessor is not None and singular(noun) in words("speech_nouns"):
            return SourceReading("entities", (possessor,))
        if body or singular(noun) in words("speech_nouns"):
            return SourceReading("group noun", description=description, owner=possessor, word=singular(noun))
        if text[:1].isupper() and len(text.split()) == 1:
            slips = [person for person in self._cast.people if misspelt(text, person.last_name)]
            if len(slips) == 1:
                return SourceReading("entities", (slips[0],))
        named = self._unknown_organisation(start, text)
        if named is not None:
            return SourceReading("entities", (named,))
        return SourceReading(
            "description" if folded else "nothing", description=description, owner=possessor, word=noun
        )

    def _of_handle(self, text: str) -> Entity | None:
        """The person or house whose whole name an account on a social network bears: "@AnnLee"."""
        handle = re.sub(r"\W|_", "", fold(text))
        among = [*self._cast.people, *self._cast.groups]
        return next((e for e in among if fold(e.name).replace(" ", "") == handle), None)

    def without_clause(self, start: int, end: int) -> int:
        """The end of a source without its relative clause: "A Chilean fund that owns a tenth of Norvik"."""
        clause = _CLAUSE.search(self._cast.text, start + 1, end)
        bare = clause is None or fold(self._cast.text[start : clause.start()]) in _NOBODY_ALONE
        return end if clause is None or bare else clause.start()

    # --- people ------------------------------------------------------------------------------------
    def _people(self, start: int, end: int) -> tuple[list[Entity], Entity | None]:
        """The people who speak, and else the one who owns the speaker ("Ann Lee's spokesman")."""
        text = self._cast.text
        speakers: list[Entity] = []
        owner: Entity | None = None
        last: Mention | None = None
        for mention, entity in self._cast.people_in(start, end):
            before, after = text[start : mention.start], text[mention.end : end]
            if mention.possessive and re.search(r"\w", after.lstrip("’'s ")):
                noun = after.split()[-1] if after.split() else ""
                if singular(fold(noun)) in words("speech_nouns") and "," not in after:
                    return [entity], None
                owner = owner or entity
                continue
            if self._governed(before) or self._modifies(after):
                owner = owner or entity
                continue
            if not speakers:
                speakers.append(entity)
                last = mention
            elif last is not None and entity not in speakers:
                gap = text[last.end : mention.start]
                listed = re.match(r"\s*,\s*$", gap) and re.search(r"\band\b", text[mention.end : end])
                joined = re.search(r"(?:\band\b|&|\bas well as\b)", gap) and _JOINING.match(gap)
                if (listed or joined) and not re.search(r"\b(?:of|for|who|which|by|an?)\b", gap):
                    speakers.append(entity)
                    last = mention
        if speakers or owner is None:
            return speakers, None
        lead = fold(text[start:end].split(" of ")[0].split(" by ")[0]).split()
        if lead and singular(lead[-1]) in words("speech_nouns"):
            return [owner], None
        return [], owner

    @staticmethod
    def _modifies(after: str) -> bool:
        """Whether a name only tells whose spokesman it is: "Stein spokeswoman", "the Clinton camp"."""
        match = re.match(r"\s+((?:[a-z][\w-]*\s*){1,4})", after)
        if not match:
            return False
        nouns = [fold(word) for word in match[1].split()]
        houses = words("organisation_nouns") | words("camps")
        for noun in nouns:
            if noun in ("and", "of", "from", "at", "in", "with", "who", "for"):
                return False
            if role_kind(noun) is not None or noun in houses:
                return True
        return False

    def _governed(self, before: str) -> bool:
        """Whether a name after these words hangs on a preposition ("a spokesman for President")."""
        part = before.rsplit(",", 1)[-1]
        found = list(_PREPOSITION.finditer(part))
        if not found:
            return False
        between = part[found[-1].end() :].strip()
        if not between:
            return True
        lead = part[: found[-1].start()].split()
        if not lead or role_kind(fold(lead[-1]).split()[-1] if fold(lead[-1]) else "") is None:
            # "in Berlin Chancellor Merkel": the preposition stands before something else.
            return bool(lead) and self._portraits.read(between, 0).is_role
        return self._portraits.read(between, 0).is_role and self._cast.index.group(between) is None

    # --- organisations and states ------------------------------------------------------------------
    def _groups(self, start: int, end: int) -> tuple[list[Entity], Entity | None]:
        text = self._cast.text
        found: list[Entity] = []
        owner: Entity | None = None
        mentions = self._cast.groups_in(start, end)
        for number, (mention, entity) in enumerate(mentions):
            before, after = text[start : mention.start], text[mention.end : end]
            after = re.split(r"\s(?:--|–|—)\s|\(", after)[0]
            plain = fold(_LEADING.sub("", before.strip() + " "))
            rest = [fold(word) for word in after.split() if fold(word)]
            if self._governed(before):
                lead = fold(before).split()
                if lead and _GOVERNMENT.search(" ".join(lead)) and entity.kind == "state":
                    return [entity], None
                if len(lead) > 1 and lead[-2] in words("state_bodies") and self._is_ruled(entity):
                    return [entity], None
                if not re.search(r"\b(?:in|at|near|from|about|against|under|behind)\b[^,]*$", before):
                    owner = owner or entity
                continue
            if found:
                gap = text[mentions[number - 1][0].end : mention.start]
                if _JOINING.match(gap) and entity not in found:
                    found.append(entity)
                continue
            if plain and not self._is_epithet(before):
                owner = owner or entity
                continue
            if not rest or _TAIL.match(after) or self._coordinated(after, mentions[number + 1 :], text):
                found.append(entity)
            elif self._still_the_group(entity, mention, rest, after):
                found.append(self._body(entity, mention, end) or entity)
            else:
                owner = owner or entity
        return found, owner

    def _is_ruled(self, entity: Entity) -> bool:
        """Whether an organisation is a place with rulers, for which its police and its prosecutors speak."""
        return entity.kind == "organization" and self._portraits.houses.is_ruled(entity)

    @staticmethod
    def _coordinated(after: str, following: list[tuple[Mention, Entity]], text: str) -> bool:
        return bool(following) and bool(re.match(r"\s*(?:,|and\b|&)", after))

    def _is_epithet(self, before: str) -> bool:
        """Whether the words before a group's name only tell its kind ("the daily", "the pressure group")."""
        tail = fold(re.sub(r",?\s+(?:the|an?)\s*$", "", before)).split()
        return bool(tail) and (
            singular(tail[-1]) in words("organisation_nouns") | words("outlet_words") | words("state_nouns")
            or self._cast.index.state_code(before.split()[-1]) is not None
        )

    @staticmethod
    def _still_the_group(entity: Entity, mention: Mention, rest: list[str], after: str) -> bool:
        """Whether the words after a group's name leave it the speaker: "Herald daily", "Peru's answer"."""
        last = rest[-1]
        if last not in words("state_bodies") and after.split()[-1][:1].isupper() and not mention.possessive:
            return False
        if role_kind(last) is not None and not _GOVERNMENT.search(last):
            return False
        if singular(last) in words("speech_nouns"):
            return True
        if last in words("outlet_words") or singular(last) in words("organisation_nouns"):
            return entity.kind == "organization" or last in words("state_bodies")
        return bool(_GOVERNMENT.search(last)) or "-".join(rest[-2:]) in words("state_bodies")

    def _body(self, entity: Entity, mention: Mention, end: int) -> Entity | None:
        """The ministry or army of a state that the words after its name mean; None for its government."""
        if entity.kind != "state" or not entity.state:
            return None
        return self.state_body(entity.state, mention.start, end)

    def state_body(self, state: str, start: int, end: int) -> Entity | None:
        """The body of a state that the characters [start, end) name: "Greek Foreign Ministry".

        A government, an administration or "the Greek side" is the state itself, so there is no body.
        """
        wording = " ".join(self._cast.text[start:end].split())
        actor = self._cast.index.group(wording) or self._cast.index.body(state, wording)
        if actor is not None and actor.kind == "organization":
            return self._group_of(FoundGroup(start, end, actor.name, actor))
        last = fold(wording).split()[-1] if fold(wording) else ""
        if _GOVERNMENT.search(last) or last in words("speech_nouns"):
            return None
        if last in words("state_bodies") or "-".join(fold(wording).split()[-2:]) in words("state_bodies"):
            found = self._group_of(FoundGroup(start, end, wording.replace("’", "'")))
            found.state = state
            return found
        return None

    def _group_of(self, group: FoundGroup) -> Entity:
        for entity in self._cast.groups:
            if (group.actor is not None and entity.actor is group.actor) or fold(entity.name) == fold(
                group.text
            ):
                return entity
        entity = self._cast.make_group(group)
        self._cast.groups.append(entity)
        return entity

    # --- descriptions ------------------------------------------------------------------------------
    def _possessor(self, start: int, end: int) -> Entity | None:
        """Who owns the speaker by "Lee's spokesman" or "a spokesman for Lee", a person or organisation."""
        text = self._cast.text
        for mention, entity in [*self._cast.people_in(start, end), *self._cast.groups_in(start, end)]:
            before = text[start : mention.start]
            if mention.possessive or re.search(r"\b(?:for|of|to)\s+(?:[\w.'’-]+\s+){0,4}$", before):
                return entity
        return None

    def _head_noun(self, start: int, end: int) -> str:
        span = self._cast.doc.char_span(start, end, alignment_mode="expand")
        if span is None or not len(span):
            return ""
        root = span.root
        if root.lower_ in ("of", "for"):
            root = root.head
        return str(fold(root.text))

    def _unknown_organisation(self, start: int, text: str) -> Entity | None:
        """An organisation by its capital letters alone: "the Friends of the Forest"."""
        bare = _LEADING.sub("", text.strip()).split(",")[0].strip(" \"“”'’")
        parts = bare.split()
        if not parts or not parts[0][:1].isupper() or not parts[-1][:1].isupper() or len(parts) > 8:
            return None
        capital = sum(part[:1].isupper() for part in parts)
        if capital < len(parts) - 2 or fold(parts[0]) in words("not_houses"):
            return None
        if len(parts) > 1 and parts[1].lower() in ("in", "at", "from", "near", "on"):
            # "Police in Leeds", "Residents near Hull": a capital only because the sentence begins.
            return None
        span = self._cast.doc.char_span(start, start + len(parts[0]), alignment_mode="expand")
        at_sentence_start = self._cast.text[:start].rstrip()[-1:] in ("", ".", "!", "?", "\n", '"', "”")
        doubtful = len(parts) == 1 and at_sentence_start and not parts[0].isupper()
        if doubtful and (span is None or not (span[0].ent_type_ or span[0].tag_ == "NNP")):
            return None
        return self._group_of(FoundGroup(start, start + len(bare), bare))

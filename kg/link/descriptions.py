"""Descriptions of people taken apart: "the former Chilean finance minister", "head of Peru's navy"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.link.index import RegisterIndex
from kg.link.lexicon import words
from kg.link.names import fold
from kg.link.offices import role_kind, singular

_DETERMINER = re.compile(
    r"^(?:(?i:the|a|an|this|that|these|those|his|her|their|its|our|my|your|one|another|some|several|many|most|two"
    r"|three|four|five|other|both|all|few|any|no|many of|some of)"
    r"|(?:[Ss]enior|[Tt]op|unnamed|anonymous|leading|prominent|veteran|current|new|newly|then|now|outgoing"
    r"|incoming|interim|rival|fellow|[Ii]nterim|acting|high-ranking|high-level|unidentified))\b\s*"
)
_RELATIVE = re.compile(r",?\s+(?:who|which|whom|whose|that|when|where)\b.*$", re.DOTALL)
_POST = re.compile(
    r"\s+(?:of|for|at|from|in|to|with|on|within|inside|close to|familiar with|near|behind|and"
    r"|assisting|representing|advising|heading|overseeing|chairing)\s+",
    re.IGNORECASE,
)
_FORMER = re.compile(rf"\b(?:{'|'.join(sorted(words('former')))})\b[- ]?", re.IGNORECASE)
_THEN = re.compile(r"\b(?:then|the then)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_](?:[\w.&'’-]*[\w])?\.?")
_CALLING = re.compile(r"(?:[^aeiou]er|or|ist|ian|eer|man|woman|person|lad|girl|boy)$")
_OWNER = re.compile(r"['’]s?$")
_KINDS_OF_HOUSE = (
    words("organisation_nouns")
    | words("state_bodies")
    | words("state_nouns")
    | words("portfolios")
    | words("places_ruled")
) - {"labour", "labor"}


@dataclass(frozen=True, slots=True)
class Description:
    """What an article says somebody is.

    Attributes:
        text: The words, without the determiner.
        role: Words of the office or calling, without state and organisation: "foreign minister".
        head: The role's last word, in the singular and folded: "minister".
        former: Whether it is past: former, ex-, late.
        then: Whether it is said to be of that time: "then president".
        states: ISO 3166 codes of the states named.
        groups: IRIs of register organisations named.
        houses: Names of organisations named that the register lacks.
        plural: "officials".
        definite: "the minister", "this official".
    """

    text: str
    role: str
    head: str
    former: bool = False
    then: bool = False
    states: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    houses: tuple[str, ...] = ()
    plural: bool = False
    definite: bool = False

    @property
    def is_role(self) -> bool:
        """Whether it says what a person is at all."""
        return role_kind(self.head) is not None

    @property
    def private(self) -> bool:
        """Whether who is so described speaks for nobody else: critics, scholars, journalists."""
        folded = fold(self.text)
        housed = words("modifiers_of_houses") if self.groups or self.houses else frozenset()
        if any(re.search(rf"\b{word}\b", folded) for word in words("unofficial_modifiers") - housed):
            return True
        head = singular(self.head)
        if head in words("house_roles") and (self.groups or self.houses):
            return False
        return role_kind(self.head) == "private"

    @property
    def official(self) -> bool:
        """Whether who is so described speaks for the state or organisation named."""
        served = role_kind(self.head) == "office" or singular(self.head) in words("house_roles")
        return served and not self.former and not self.private


def is_one_person(description: Description) -> bool:
    """Whether a description is that of one human being: "a young woman", but not "officials" or "the firm".

    A word that is neither a role nor a house counts as a person's where it ends as callings do, or is one of
    those for men and women.
    """
    head = description.head
    if description.plural or singular(head) != head or head in words("speech_nouns"):
        return False
    return description.is_role or head in words("female") | words("male") or ends_like_a_calling(head)


def ends_like_a_calling(head: str) -> bool:
    """Whether a word that is in no list ends as those for what people do.

    >>> ends_like_a_calling("winegrower"), ends_like_a_calling("museum"), ends_like_a_calling("newspaper")
    (True, False, False)
    """
    things = words("speech_nouns") | words("organisation_nouns") | words("outlet_words")
    return head not in things | words("things_in_er") and _CALLING.search(head) is not None


def are_several(description: Description) -> bool:
    """Whether a description is that of several people: "officials", "the players"."""
    head = description.head
    one = singular(head)
    return description.plural or (one != head and is_one_person(replace(description, head=one)))


def _strip_determiners(text: str) -> tuple[str, bool]:
    definite = False
    while match := _DETERMINER.match(text):
        definite = definite or match.group().strip().lower() in (
            "the",
            "this",
            "that",
            "our",
            "his",
            "her",
            "their",
        )
        text = text[match.end() :]
    return text, definite


class DescriptionReader:
    """Takes descriptions apart with the help of the register and the states of the world."""

    def __init__(self, index: RegisterIndex) -> None:
        """Keep the index that tells organisations and states from other capitalised words."""
        self._index = index

    def read(self, text: str) -> Description:
        """Take one description apart.

        >>> from kg.model.register import Register
        >>> reader = DescriptionReader(RegisterIndex(Register()))
        >>> found = reader.read("the former Chilean finance minister, now a banker")
        >>> found.role, found.states, found.former, found.official
        ('finance minister', ('CL',), True, False)
        >>> reader.read("Peru's top envoy").states, reader.read("Greenpeace campaigner").houses
        (('PE',), ('Greenpeace',))
        """
        phrase = _RELATIVE.sub("", " ".join(text.split())).strip(' ,;:.-–—"“”')
        phrase = phrase.replace("’", "'")
        plain, definite = _strip_determiners(phrase)
        former = bool(_FORMER.search(plain.split(" of ")[0])) or bool(re.match(r"ex-", plain, re.IGNORECASE))
        then = bool(_THEN.search(phrase))
        first = re.split(r"\s*[,;(–—]\s*|\s-\s", plain)[0]
        if not role_kind(fold(first).split()[-1] if fold(first) else ""):
            first = plain.split(",")[0]
        left, tail = self._split(first)
        states, groups, houses, rest = self._names(left)
        role_words = [
            word for word in rest if fold(word) not in words("former") and fold(word) not in ("then", "now")
        ]
        if tail:
            more_states, more_groups, more_houses, more = self._names(tail)
            link = first[: len(first) - len(tail)].split()[-1:]
            if link and link[0].lower() in ("in", "at") and _stays_abroad(left):
                more_states = []
            if link and link[0].lower() in ("in", "from", "near", "on"):
                # Where somebody is, which is no house: "an adviser in Eau Claire".
                more_houses = []
            states, groups, houses = states + more_states, groups + more_groups, houses + more_houses
            if more and not (more_houses or more_groups):
                role_words += ["of", *more]
        left_words = [fold(word) for word in rest if fold(word)]
        head = left_words[-1] if left_words else ""
        head = head.split()[-1] if head else ""
        if left_words and left_words[0] in words("confidants") and role_kind(head) is None:
            head = left_words[0]
        if re.search(r"\bsecretar(?:y|ies) of state\b", " ".join(left_words)):
            head = "secretary"
        return Description(
            text=plain,
            role=" ".join(fold(word) for word in role_words),
            head=singular(head) if role_kind(singular(head)) else head,
            former=former,
            then=then,
            states=tuple(dict.fromkeys(states)),
            groups=tuple(dict.fromkeys(groups)),
            houses=tuple(dict.fromkeys(houses)),
            plural=_is_plural(head),
            definite=definite,
        )

    def _split(self, phrase: str) -> tuple[str, str]:
        """The words up to the head, and what comes after "of", "for" or "at"."""
        for match in _POST.finditer(phrase):
            left = phrase[: match.start()].rstrip(" ,")
            last = fold(left).split()[-1:]
            following = fold(phrase[match.end() :]).split()
            if last and last[0] in ("secretary", "secretaries") and following[:1] == ["state"]:
                continue
            if last == ["state"]:
                return left, phrase[match.end() :]
            if match.group().strip().lower() == "and" and not (
                last and role_kind(last[0]) and not any(role_kind(word) for word in following)
            ):
                if last and role_kind(last[0]) and any(role_kind(word) for word in following[-2:]):
                    # "foreign and defence ministers" has one head; "head of X and deputy minister" has two.
                    return left, ""
                continue
            if last and role_kind(singular(last[0])):
                return left, phrase[match.end() :]
            if last and match.group().strip().lower() in ("of", "at", "from"):
                return left, phrase[match.end() :]
        return phrase, ""

    def _names(self, phrase: str) -> tuple[list[str], list[str], list[str], list[str]]:
        """States, register organisations and other organisations named in a phrase, and the words left."""
        tokens = _WORD.findall(phrase)
        states: list[str] = []
        groups: list[str] = []
        houses: list[str] = []
        rest: list[str] = []
        i = 0
        while i < len(tokens):
            taken = self._known(tokens, i, states, groups)
            if taken:
                i += taken
                continue
            word = tokens[i]
            regional = fold(word) in words("not_houses") and fold(word) not in ("the", "i")
            if self._may_name_house(word, rest) or (
                regional
                and word[:1].isupper()
                and i + 1 < len(tokens)
                and self._may_name_house(tokens[i + 1], rest)
            ):
                end = i + 1
                while end < len(tokens) and not _OWNER.search(tokens[end - 1]) and (
                    self._may_name_house(tokens[end], rest)
                    or (tokens[end][:1].isupper() and fold(tokens[end]) != singular(fold(tokens[end])))
                    or _links_names(tokens, end)
                ):  # fmt: skip
                    end += 1
                name = _OWNER.sub("", " ".join(tokens[i:end]))
                # "A Ministry official", "Planning staff": a capital makes no house of a mere kind of house.
                (rest if fold(name) in _KINDS_OF_HOUSE else houses).append(name)
                i = end
                continue
            rest.append(_OWNER.sub("", word))
            i += 1
        return states, groups, houses, rest

    def _known(self, tokens: list[str], i: int, states: list[str], groups: list[str]) -> int:
        """Number of tokens from i on that name a state or a register organisation; 0 for none."""
        for size in range(min(self._index.longest, 7, len(tokens) - i), 0, -1):
            part = tokens[i : i + size]
            wording = _OWNER.sub("", " ".join(part))
            if (
                not (part[0][:1].isupper() or part[-1][:1].isupper())
                and wording not in self._index.lower_aliases
            ):
                continue
            actor = self._index.group(wording)
            if actor is not None and actor.kind == "organization" and role_kind(fold(wording)) is None:
                groups.append(actor.id)
                return size
            if part[0][:1].isupper() and (size > 1 or role_kind(fold(wording)) is None):
                code = self._index.state_code(wording)
                if code:
                    following = " ".join(tokens[i : i + size + 3])
                    body = self._index.body(code, following)
                    if body is not None:
                        groups.append(body.id)
                    states.append(code)
                    return size
        return 0

    @staticmethod
    def _may_name_house(word: str, before: list[str]) -> bool:
        folded = fold(word)
        if not word[:1].isupper() or not folded or folded in words("not_houses"):
            return False
        if any(role_kind(part) is not None or part in words("titles") for part in folded.split()):
            return False
        if re.search(r"-(?:based|born|area|led|backed|run|trained|educated|bred|speaking|made)$", word):
            return False
        return folded not in words("former") and not (before and folded in ("affairs", "staff", "state"))


def _stays_abroad(left: str) -> bool:
    """Whether who is "in" a place hardly speaks for it: diplomats and correspondents are sent there.

    >>> _stays_abroad("Western diplomat"), _stays_abroad("officials")
    (True, False)
    """
    last = fold(left).split()[-1:] or [""]
    return singular(last[0]) in words("sent_abroad") or role_kind(last[0]) == "private"


def _links_names(tokens: list[str], i: int) -> bool:
    """Whether small words from i on join two capitalised parts of one name: "Friends of the Earth"."""
    after = i
    while after < len(tokens) and after - i < 2 and fold(tokens[after]) in ("of", "for", "and", "the", "&"):
        after += 1
    if after == i or after >= len(tokens):
        return False
    return tokens[after][:1].isupper() and role_kind(fold(tokens[after])) is None


def _is_plural(head: str) -> bool:
    """Whether a role's head stands for several people.

    >>> _is_plural("officials"), _is_plural("press"), _is_plural("minister")
    (True, False, False)
    """
    if head in ("media", "people", "police", "authorities", "public"):
        return True
    return singular(head) != head and role_kind(head) is not None

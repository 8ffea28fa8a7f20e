"""Puts claims into reported speech, so that a network learns what attributing words do to them.

Debate sites have claims as they stand. In news the same claim is rejected, doubted, passed on or asked about,
and the side stands in the cue and not in the claim. Each pattern says what it does to the side of its claim:
keeps it, turns it round, or leaves it open.
"""

from __future__ import annotations

import random
from typing import Literal

Effect = Literal["keeps", "turns", "opens"]

PATTERNS: dict[Effect, tuple[str, ...]] = {
    "keeps": (
        "[{who}] {{said}} that {claim}.",
        "[{who}] {{insisted}} that {claim}.",
        "[{who}] {{warned}}: “{Claim}.”",
        "“{Claim},” {{said}} [{who}].",
        "{Claim}, [{who}] {{argued}}.",
        "{{According to}} [{who}], {claim}.",
        "[{who}] {{left no doubt}} that {claim}.",
        "[{who}] {{did not deny}} that {claim}.",
        "[{who}] {{agreed}} that {claim}.",
        "[{who}] {{told}} reporters that {claim}.",
        "[{who}] {{reminded}} the council that {claim}.",
        "[{who}] {{rejected}} the objection of those who doubt that {claim}.",
        "[{who}] {{dismissed}} doubts that {claim}.",
        "[{who}] {{refused to give up}} the view that {claim}.",
        "[{who}] {{never disputed}} that {claim}.",
        "Nobody should forget, [{who}] {{added}}, that {claim}.",
    ),
    "turns": (
        "[{who}] {{rejected}} the claim that {claim}.",
        "[{who}] {{denied}} that {claim}.",
        "[{who}] {{dismissed}} the argument that {claim}.",
        "[{who}] {{disputed}} that {claim}.",
        "[{who}] {{does not believe}} that {claim}.",
        "[{who}] {{called}} it a myth that {claim}.",
        "“{Claim}? That is nonsense,” {{said}} [{who}].",
        "[{who}] {{mocked}} the idea that {claim}.",
        "[{who}] {{accused}} the other side of pretending that {claim}.",
        "[{who}] {{attacked}} those who say that {claim}.",
        "[{who}] {{warned against}} believing that {claim}.",
        "[{who}] {{refused to accept}} that {claim}.",
        "[{who}] {{said}} nobody could seriously claim that {claim}.",
        "It is simply not true that {claim}, [{who}] {{said}}.",
        "[{who}] {{said}} those who think that {claim} were wrong.",
        "[{who}] {{welcomed}} the end of the illusion that {claim}.",
    ),
    "opens": (
        "[{who}] {{asked}} whether {claim}.",
        "[{who}] {{did not say}} whether {claim}.",
        "[{who}] {{denied}} ever having said that {claim}.",
        "[{who}] {{would decide}} in the autumn whether it was true that {claim}.",
        "[{who}] {{said}} opinions differed on whether {claim}.",
        "[{who}] {{said}} it was too early to tell whether {claim}.",
        "[{who}] {{reported}} that some members hold that {claim} and that as many hold the opposite.",
    ),
}
NAMES = (
    "The mayor", "The minister", "A spokesman for the ministry", "Ada Reed", "Ms Lund", "Mr Okafor",
    "The union", "Jonas Weber, who heads the committee,", "The opposition leader", "She", "He",
    "Senator Hale", "Residents", "The farmers' federation", "Professor Ines Duarte", "A senior official",
    "The company", "The prime minister",
)  # fmt: skip
WEIGHTS: dict[Effect, int] = {"keeps": 4, "turns": 4, "opens": 1}


def reported(claim: str, choice: random.Random, plain: frozenset[str]) -> tuple[str, Effect]:
    """The claim in reported speech, with source and cue in brackets, and what that does to its side.

    Args:
        claim: A sentence without brackets of its own.
        choice: The source of chance.
        plain: Words that begin without a capital within a sentence.

    >>> sentence, effect = reported("Cars are loud.", random.Random(5), frozenset({"cars"}))
    >>> sentence
    '[The company] {refused to accept} that cars are loud.'
    >>> effect
    'turns'
    """
    words = claim.strip().rstrip(".!? ")
    first = words.split(" ", 1)[0]
    lowered = words[:1].lower() + words[1:] if first.lower() in plain else words
    effect = choice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    pattern = choice.choice(PATTERNS[effect])
    sentence = pattern.format(who=choice.choice(NAMES), claim=lowered, Claim=words[:1].upper() + words[1:])
    return sentence, effect


def plain_words(texts: list[str]) -> frozenset[str]:
    """Words that occur in small letters within the texts, and so need no capital.

    >>> sorted(plain_words(["Cars are loud and Paris is not", "I like cars"]))
    ['and', 'are', 'cars', 'is', 'like', 'loud', 'not']
    """
    return frozenset(word for text in texts for word in text.split()[1:] if word.isalpha() and word.islower())


__all__ = ["NAMES", "PATTERNS", "Effect", "plain_words", "reported"]

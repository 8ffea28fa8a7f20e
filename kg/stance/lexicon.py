"""The words that carry polarity, read from `lexicon.toml` beside this module."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "lexicon.toml"


@dataclass(frozen=True)
class Lexicon:
    """Sets of lemmas and a list of rewritings.

    Attributes:
        reverse: Words that turn round what they govern ("scrap", "opposition").
        forward: Words that carry on what they govern ("build", "support").
        bad: Judgements against ("harmful", "mistake").
        good: Judgements in favour ("sensible", "benefit").
        negators: Plain negation.
        modal: Words that make a claim a wish, a duty or an intention.
        cue_for: Attributing words that affirm what they govern ("urged", "praised").
        cue_against: Attributing words that turn it round ("rejected", "complained").
        cue_deny: Attributing words that deny that it is so.
        cue_ask: Attributing words that only ask or doubt.
        complaints: Cues of complaint.
        naming: Cues that call a thing something.
        common: Words that tell no two positions apart.
        suffixes: Endings that derived words differ in.
        phrases: Expression that finds several words with one meaning.
        rewritten: What each of these becomes, in lower case.
    """

    reverse: frozenset[str]
    forward: frozenset[str]
    bad: frozenset[str]
    good: frozenset[str]
    negators: frozenset[str]
    modal: frozenset[str]
    cue_for: frozenset[str]
    cue_against: frozenset[str]
    cue_deny: frozenset[str]
    cue_ask: frozenset[str]
    complaints: frozenset[str]
    naming: frozenset[str]
    common: frozenset[str]
    suffixes: frozenset[str]
    phrases: re.Pattern[str]
    rewritten: dict[str, str]

    def rewrite(self, text: str) -> str:
        """The text with every listed phrase replaced by its plain form.

        >>> lexicon().rewrite("There is no alternative to the bridge")
        'There is need for the bridge'
        """
        return self.phrases.sub(lambda match: self.rewritten[" ".join(match.group().lower().split())], text)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    phrases: dict[str, str] = data["phrases"]
    longest_first = sorted(phrases, key=len, reverse=True)
    alternatives = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)

    def words(text: str) -> frozenset[str]:
        return frozenset(text.split())

    return Lexicon(
        reverse=words(data["reverse"]),
        forward=words(data["forward"]),
        bad=words(data["bad"]),
        good=words(data["good"]),
        negators=words(data["negators"]),
        modal=words(data["modal"]),
        cue_for=words(data["cue"]["for"]),
        cue_against=words(data["cue"]["against"]),
        cue_deny=words(data["cue"]["deny"]),
        cue_ask=words(data["cue"]["ask"]),
        complaints=words(data["cue"]["complaints"]),
        naming=words(data["cue"]["naming"]),
        common=words(data["common"]),
        suffixes=words(data["suffixes"]),
        phrases=re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE),
        rewritten=phrases,
    )


__all__ = ["Lexicon", "lexicon"]

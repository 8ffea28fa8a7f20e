"""The extractor `model`: the trained tagger, with the rules where they know more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from kg.attribute.candidate import Candidate
from kg.attribute.finish import finished
from kg.attribute.reader import gathered, settled
from kg.attribute.reading import Reading
from kg.attribute.tagger.joining import Joined, confidence, joined
from kg.attribute.tagger.network import FOLDER
from kg.attribute.tagger.tagging import Tagged, Tagging, tag
from kg.attribute.text_map import TextMap, text_map
from kg.model.article import Article
from kg.model.digests import digests
from kg.model.iris import digest
from kg.model.reading_settings import ReadingSettings

LEAST = 0.3
"""Joined candidates of less confidence are dropped: about where F1 is best on the development part."""
NESTED = 0.9
"""What the rules find inside another's content counts from this share of theirs on."""
NESTED_IN_BLOCK = 0.5
"""The same inside what somebody says at length, as in a transcript, where reports of others are common."""


class TaggerReader:
    """Reads with the tagger and the rules together; `kg.attribute.tagger.joining` decides between them."""

    label = "model"

    def __init__(self, settings: ReadingSettings, tell: Callable[[str], None]) -> None:
        """Need nothing of the settings; the network is loaded with the first article."""

    def digest(self) -> str:
        """The weights, and all that is done with them."""
        code = sorted(Path(__file__).parent.glob("*.*"))
        parts = [sha256(path.read_bytes()).hexdigest() for path in code if path.suffix in (".py", ".toml")]
        return digest([*sorted(digests(FOLDER).items()), *parts], 64)

    def read(self, article: Article) -> Reading:
        """The attributions of an article with its parse.

        Raises:
            KgError: A model is missing or altered.
        """
        text = text_map(article.text)
        tagging = tag(article.text, text.parts, text.quotes)
        tagging = replace(tagging, found=_outside_of_boilerplate(article, tagging))
        judged = [(one, confidence(one)) for one in joined(text, gathered(text, article), tagging)]
        candidates = [one.candidate.with_(confidence=sure) for one, sure in judged if sure >= LEAST]
        candidates += _reported(text, [one for one, sure in judged if sure < LEAST], candidates)
        return Reading(article, text.doc, finished(text, article, *settled(text, candidates)))

    def account(self) -> str | None:
        """Reading on this machine costs only time."""
        return None


def _reported(text: TextMap, rest: Sequence[Joined], kept: Sequence[Candidate]) -> list[Candidate]:
    """What the rules find inside the contents of others: speech reported in speech.

    The annotators from whom confidence was learnt leave such attributions out, so it says nothing of them,
    and the rules' own does.
    """
    enough = [2.0] * (len(text.text) + 1)
    for candidate in kept:
        least = NESTED_IN_BLOCK if candidate.construction == "block" else NESTED
        for start, end in candidate.content:
            enough[start:end] = [least] * (end - start)
    return [
        one.candidate
        for one in rest
        if one.case == "rules"
        and one.candidate.head >= 0
        and one.candidate.confidence >= enough[text.doc[one.candidate.head].idx]
    ]


def _outside_of_boilerplate(article: Article, tagging: Tagging) -> tuple[Tagged, ...]:
    return tuple(
        one for one in tagging.found if not article.in_boilerplate(one.content[0][0], one.content[-1][1])
    )


__all__ = ["LEAST", "TaggerReader"]

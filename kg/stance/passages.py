"""What is read of a statement for coding: the words said, their clauses, the sentence and what is before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.article import Article
from kg.model.statement import Statement
from kg.stance.encoder import Vectors, encode
from kg.stance.wordings import Text, read_texts

SENTENCES_BEFORE = 2
LONGEST = 1200

_ABBREVIATED = (
    "Mr",
    "Ms",
    "Mrs",
    "Dr",
    "St",
    "Gen",
    "Sen",
    "Rep",
    "Lt",
    "Col",
    "Sgt",
    "Prof",
    "Gov",
    "[A-Z]",
)
"""What a full stop follows within a sentence; the last are initials."""
NO_ABBREVIATION = "".join(rf"(?<!\b{one}\.)" for one in _ABBREVIATED)
"""Behind a full stop in a pattern: that it ends no abbreviation."""
SENTENCE_END = re.compile("[.!?]" + NO_ABBREVIATION + r"[\"”’')\]]*\s+|\n+")
"""The end of a sentence with the space behind it, or of a line."""
_CLAUSE = re.compile(
    r"[.!?;]+[\"”’]?\s+|,?\s+(?:but|while|whereas|although|because)\s+|,\s+and\s+|\s+and that\s+|:\s+"
    r"|\s[–—-]{1,2}\s"
)


@dataclass(frozen=True)
class Passage:
    """A claim and what stands around it.

    Attributes:
        claim: The words said.
        sentence: The sentence or sentences that the claim stands in, with source and cue.
        around: These with the sentences before, which pronouns point back to.
        vectors: Of claim, sentence and surroundings, [3, width].
        clauses: Vectors of the claim's clauses, [clauses, width]; at least one.
    """

    claim: Text
    sentence: Text
    around: Text
    vectors: Vectors
    clauses: Vectors


def clauses(text: str) -> list[str]:
    """The parts of a claim that can each say something; parts under three words stay with the next.

    >>> clauses("We back the tram, and we will not widen the road. No way!")
    ['We back the tram', 'we will not widen the road No way!']
    """
    parts = [part.strip() for part in _CLAUSE.split(text) if part.strip()]
    joined: list[str] = []
    for part in parts:
        if joined and (len(part.split()) < 3 or len(joined[-1].split()) < 3):
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return joined or [text]


def bounds(text: str, start: int, end: int, before: int) -> tuple[int, int]:
    """Where the sentences begin and end that [start, end) lies in, with some before them.

    >>> bounds("One. Two is here. Three!", 9, 11, 0)
    (5, 18)
    """
    window = max(0, start - LONGEST)
    starts = [window] + [window + match.end() for match in SENTENCE_END.finditer(text[window:start])]
    first = starts[max(0, len(starts) - 1 - before)]
    after = SENTENCE_END.search(text, end, end + LONGEST)
    return first, after.end() if after else min(len(text), end + LONGEST)


def surroundings(text: str, start: int, end: int, before: int) -> str:
    """The sentences of a text that [start, end) lies in, and some before them.

    >>> surroundings("One. Two is here. Three!", 9, 11, 1)
    'One. Two is here.'
    """
    first, last = bounds(text, start, end, before)
    return " ".join(text[first:last].split())


def read_passages(statements: Sequence[Statement], article: Article) -> list[Passage]:
    """Parse and encode statements with their surroundings, all of an article in one go."""
    claims = [claim_of(statement) for statement in statements]
    spans = [(statement.content[0].start, statement.content[-1].end) for statement in statements]
    sentences = [surroundings(article.text, start, end, 0) for start, end in spans]
    around = [surroundings(article.text, start, end, SENTENCES_BEFORE) for start, end in spans]
    return passages(claims, sentences, around)


def claim_of(statement: Statement) -> str:
    """The words of a statement's contents, joined."""
    return " ".join(" ".join(span.text for span in statement.content).split())


def passages(
    claims: Sequence[str], sentences: Sequence[str] | None = None, around: Sequence[str] | None = None
) -> list[Passage]:
    """Passages from texts: claims, their sentences and wider surroundings, one of each for every passage.

    Without surroundings a claim stands for its own.
    """
    count = len(claims)
    split = [clauses(claim) for claim in claims]
    texts = list(
        dict.fromkeys(
            [*claims, *(sentences or ()), *(around or ()), *(part for parts in split for part in parts)]
        )
    )
    row = {text: index for index, text in enumerate(texts)}
    vectors = encode(texts)
    parsed = list(dict.fromkeys([*claims, *(sentences or ()), *(around or ())]))
    read = dict(zip(parsed, read_texts(parsed), strict=True))
    result = []
    for index in range(count):
        claim = claims[index]
        sentence = sentences[index] if sentences else claim
        wider = around[index] if around else claim
        result.append(
            Passage(
                read[claim],
                read[sentence],
                read[wider],
                vectors[[row[claim], row[sentence], row[wider]]],
                vectors[[row[part] for part in split[index]]],
            )
        )
    return result


__all__ = [
    "NO_ABBREVIATION",
    "SENTENCE_END",
    "Passage",
    "bounds",
    "claim_of",
    "clauses",
    "passages",
    "read_passages",
    "surroundings",
]

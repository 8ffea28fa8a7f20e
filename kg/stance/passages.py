"""What is read of a statement for coding: the words said, their clauses, the sentence and what goes before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.model.article import Article
from kg.model.statement import Statement
from kg.stance.encoder import Vectors, encode
from kg.stance.wordings import Text, read_texts

SENTENCES_BEFORE = 2
LONGEST = 1200

_END = re.compile(r"[.!?][\"”’')\]]*\s+|\n+")
_CLAUSE = re.compile(r"[.!?;]+[\"”’]?\s+|,?\s+(?:but|while|whereas|although|because)\s+|,\s+and\s+|\s+and that\s+|:\s+|\s[–—-]{1,2}\s")


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
    """The parts of a claim that can each say something of their own; parts under three words stay with the next.

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


def surroundings(text: str, start: int, end: int, before: int) -> str:
    """The sentences of a text that [start, end) lies in, and some before them.

    >>> surroundings("One. Two is here. Three!", 9, 11, 1)
    'One. Two is here.'
    """
    window = max(0, start - LONGEST)
    starts = [window] + [window + match.end() for match in _END.finditer(text[window:start])]
    first = starts[max(0, len(starts) - 1 - before)]
    after = _END.search(text, end, end + LONGEST)
    last = after.end() if after else min(len(text), end + LONGEST)
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


def passages(claims: Sequence[str], sentences: Sequence[str], around: Sequence[str]) -> list[Passage]:
    """Passages from texts: claims, their sentences and their wider surroundings, one of each for every passage."""
    count = len(claims)
    texts = read_texts([*claims, *sentences, *around])
    split = [clauses(claim) for claim in claims]
    vectors = encode([*claims, *sentences, *around, *(clause for parts in split for clause in parts)])
    result = []
    row = 3 * count
    for index, parts in enumerate(split):
        own = vectors[[index, count + index, 2 * count + index]]
        result.append(
            Passage(texts[index], texts[count + index], texts[2 * count + index], own, vectors[row : row + len(parts)])
        )
        row += len(parts)
    return result


__all__ = ["Passage", "claim_of", "clauses", "passages", "read_passages", "surroundings"]

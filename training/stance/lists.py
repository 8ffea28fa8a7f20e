"""Lists: texts with many positions side by side, from which a network learns which of them a text is about.

Of coded articles and of the corpus a statement comes with positions of its codebook, of contrast sets a text
with those of other sets of its field. `pairs.py` writes them beside the pairs.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.model.codebook import Position
from kg.stance.cross_encoder import SIDE_BY_SIDE, marked
from kg.stance.excerpts import CONTEXT, excerpts
from training.stance.coded_articles import CodedInArticle, Debate
from training.stance.contrast_sets import ContrastSet, plain
from training.stance.negation import TURNED, negated
from training.stance.statements import Field, Polarity

FEWEST = 6
"""Positions that lie side by side at least, where the codebook has as many."""
REPHRASED, NEGATED = 0.15, 0.1
"""Shares of the positions in lists that come in another wording, and turned round."""
CONTENT_MARKED = 0.5
"""Share of the corpus's marked texts whose content is marked too."""
WITHOUT_CONTEXT = 0.15
"""Share of the coded articles' pairs that come without headline and sentence before."""
UNMARKED = 0.2
"""Share of the corpus's texts that come without brackets."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A text and positions that lie side by side, with what it says on each; None where nobody knows."""

    text: str
    positions: tuple[str, ...]
    labels: tuple[Polarity | None, ...]
    origin: str
    group: str
    kind: str = "list"


def proposition(phrase: str) -> str:
    """A phrase as it stands in a position's place.

    >>> proposition("boats at night")
    'Boats at night'
    """
    return (phrase[0].upper() + phrase[1:]).rstrip(".")


def lists(fields: Sequence[Field | Debate], choice: random.Random) -> Iterator[Listed]:
    """Statements with many positions of their codebook side by side, all among them that they are about.

    Args:
        fields: Of the corpus or of coded articles.
        choice: The source of chance.
    """
    for field in fields:
        for one in field.statements:
            if isinstance(one, CodedInArticle):
                origin, text = "articles", excerpts(one.statement, one.article)[0]
                if choice.random() < WITHOUT_CONTEXT:
                    text = text.split(CONTEXT)[0]
            else:
                content = one.content if choice.random() < CONTENT_MARKED else ()
                origin, text = "corpus", marked(one.text, one.source, one.cue, content)
            about = [
                place for place in field.positions if one.polarity(place.slug) not in (None, "unrelated")
            ]
            others = [place for place in field.positions if place not in about]
            size = choice.randint(FEWEST, SIDE_BY_SIDE) - len(about)
            drawn = about + choice.sample(others, max(0, min(size, len(others))))
            choice.shuffle(drawn)
            worded = [_worded(place, one.polarity(place.slug), choice) for place in drawn]
            yield Listed(text, *zip(*worded, strict=True), origin, field.name)


def _worded(position: Position, label: Polarity | None, choice: random.Random) -> tuple[str, Polarity | None]:
    """The position as its codebook has it, or now and then another wording or its contrary; and the label."""
    chance = choice.random()
    sides = [(phrase, False) for phrase in position.for_phrases]
    sides += [(phrase, True) for phrase in position.against_phrases]
    turned = label if label is None else TURNED[label]
    if chance < REPHRASED and sides:
        phrase, turns = choice.choice(sides)
        return proposition(phrase), turned if turns else label
    opposite = negated(position.label) if chance > 1 - NEGATED else None
    return (opposite, turned) if opposite is not None else (position.label, label)


def contrast_lists(sets: Sequence[ContrastSet], choice: random.Random) -> Iterator[Listed]:
    """Texts of contrast sets with their position or its contrary, the one near by, and those of other sets.

    Args:
        sets: Those of a field one behind the other.
        choice: The source of chance.
    """
    for field, of_field in groupby(sets, key=lambda one: one.field):
        together = list(of_field)
        for one in together:
            for text in one.texts:
                turns = choice.random() < 0.5
                asked: list[tuple[str, Polarity | None]] = [
                    (choice.choice(one.contrary), TURNED[text.polarity])
                    if turns
                    else (choice.choice(one.wordings), text.polarity)
                ]
                # What lies beside a position may well be about the one near by.
                asked.append((one.nearby, None if text.polarity == "unrelated" else "unrelated"))
                for other in choice.sample(together, min(len(together), FEWEST)):
                    if other is not one:
                        asked.append((choice.choice((*other.wordings, *other.contrary)), "unrelated"))
                choice.shuffle(asked)
                words = text.text if choice.random() > UNMARKED else plain(text.text)
                yield Listed(words, *zip(*asked, strict=True), "contrasts", field)


__all__ = ["CONTENT_MARKED", "UNMARKED", "Listed", "contrast_lists", "lists", "proposition"]

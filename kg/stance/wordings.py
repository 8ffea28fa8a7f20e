"""The positions of a codebook made ready: every wording of each with its vector, stems and direction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from kg.model.codebook import Position
from kg.stance.centring import common_part, without
from kg.stance.encoder import Vectors, encode
from kg.stance.lexicon import lexicon
from kg.stance.polarity import Direction, direction, parse
from kg.stance.terms import COMMON, Weights, stem, stems

_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})

Kind = Literal["label", "description", "for", "against"]


@dataclass(frozen=True)
class Text:
    """A parsed text and what is read off it.

    Attributes:
        doc: spaCy document.
        stems: Stems of its telling words.
        tokens: Token indices by stem, of the words that speak of the thing itself and carry no polarity.
        operators: The same for words that carry polarity, other than plain negation.
        lemmas: Lemmas of these, by stem.
    """

    doc: Any
    stems: frozenset[str]
    tokens: Mapping[str, tuple[int, ...]]
    operators: Mapping[str, tuple[int, ...]]
    lemmas: Mapping[str, frozenset[str]]

    @cached_property
    def evidence(self) -> float:
        """How much in the text takes a side on anything it speaks of."""
        return direction(
            self.doc, {index: 1.0 for indices in self.tokens.values() for index in indices}
        ).evidence

    @property
    def ought(self) -> bool:
        """Whether the text says what ought to be, and not what is."""
        return bool(
            {"should", "must", "ought", "shall", "need", "needs"} & {token.lower_ for token in self.doc}
        )

    @cached_property
    def finite(self) -> bool:
        """Whether the text has a finite verb, and does not only name a thing."""
        return any(token.tag_ in _FINITE for token in self.doc)

    def shares(self, other: Text) -> bool:
        """Whether two texts have a telling word in common."""
        things, operators = self.tokens.keys(), self.operators.keys()
        return bool(things & other.tokens.keys() or operators & other.operators.keys())

    def direction(self, other: Text | None, weights: Weights, among: Iterable[str] = ()) -> Direction:
        """Where the text points to what it shares with another text.

        Words of polarity that both have ("ban" in the claim and in the position) are part of what is spoken
        of and turn nothing.

        Args:
            other: What the text is set beside; None for the text by itself.
            weights: How telling each stem is.
            among: Stems to look for where the two share none; without any the main words stand for the thing.
        """
        if other is None:
            return direction(self.doc, {})
        found = self.tokens.keys() & other.tokens.keys()
        both = self.operators.keys() & other.operators.keys()
        if not found and not both:
            found = self.tokens.keys() & set(among)
        # Years and numbers say when and how much, not what: they stand for a thing where nothing else does.
        found = {one for one in found if not one.isdigit()} or set(found)
        targets = {index: weights[one] for one in found for index in self.tokens[one]}
        targets |= {index: weights[one] for one in both for index in self.operators[one]}
        shared = frozenset(lemma for one in both for lemma in self.lemmas[one] | other.lemmas[one])
        return direction(self.doc, targets, shared)


@dataclass(frozen=True)
class Wording:
    """One way in which a position is put.

    Attributes:
        position: Index of the position.
        side: 1 for what supporters say, -1 for what opponents say.
        row: Row of its vector.
    """

    position: int
    kind: Kind
    side: int
    text: Text
    row: int


def read_texts(texts: Sequence[str]) -> list[Text]:
    """Parse texts and sort their words into those that speak of a thing and those that carry polarity."""
    return [_read(doc) for doc in parse(texts)]


def _read(doc: Any) -> Text:
    rules = lexicon()
    polar = rules.reverse | rules.bad | rules.good
    tokens: dict[str, list[int]] = {}
    operators: dict[str, list[int]] = {}
    lemmas: dict[str, set[str]] = {}
    everything: set[str] = set()
    for token in doc:
        lower, lemma = token.lower_, token.lemma_.lower()
        if not any(char.isalnum() for char in lower) or lower in COMMON or lower in rules.negators:
            continue
        found = stems(lemma) or [stem(lower)]
        everything.update(found)
        carries = lower in polar or lemma in polar
        for one in found:
            (operators if carries else tokens).setdefault(one, []).append(token.i)
            if carries:
                lemmas.setdefault(one, set()).update((lower, lemma))
    return Text(
        doc,
        frozenset(everything),
        {one: tuple(indices) for one, indices in tokens.items()},
        {one: tuple(indices) for one, indices in operators.items()},
        {one: frozenset(forms) for one, forms in lemmas.items()},
    )


class Wordings:
    """All wordings of some positions.

    Attributes:
        items: The wordings, those of a position together.
        vectors: Their vectors, [wordings, width].
        centred: The same without what all positions have in common.
        weights: How telling each stem is among the positions.
        by_position: The wordings of each position, its label first.
        has_phrases: Whether any position has phrases for or against.
    """

    def __init__(self, positions: Sequence[Position], *, contrast: bool = True) -> None:
        """Encode and parse what the codebook says about each position.

        Args:
            positions: In the codebook's order.
            contrast: Whether the positions belong to one codebook and are to be told apart; if not, each
                stands for itself.
        """
        entries: list[tuple[int, Kind, str]] = []
        for index, position in enumerate(positions):
            entries.append((index, "label", position.label))
            entries.extend((index, "for", phrase) for phrase in position.for_phrases)
            entries.extend((index, "against", phrase) for phrase in position.against_phrases)
            if position.description:
                entries.append((index, "description", position.description))
        texts = read_texts([text for _, _, text in entries])
        self.vectors: Vectors = encode([text for _, _, text in entries])
        self.items = [
            Wording(index, kind, -1 if kind == "against" else 1, text, row)
            for row, ((index, kind, _), text) in enumerate(zip(entries, texts, strict=True))
        ]
        self.by_position: list[list[Wording]] = [[] for _ in positions]
        for item in self.items:
            self.by_position[item.position].append(item)
        known = self.by_position if contrast else []
        self.weights = Weights({one for item in items for one in item.text.stems} for items in known)
        self.has_phrases = any(item.kind in ("for", "against") for item in self.items)
        labels = self.vectors[[items[0].row for items in self.by_position]]
        told_apart = contrast and len(positions) > 0
        self._common = (
            common_part(labels) if told_apart else np.zeros(self.vectors.shape[1], dtype=np.float32)
        )
        self.centred = self.centre(self.vectors)

    def centre(self, vectors: Vectors) -> Vectors:
        """Vectors without what all positions have in common, so that near-by ones stand apart; length one."""
        return without(vectors, self._common)

    def label_coverage(self, position: int, found: frozenset[str]) -> float:
        """Share, by weight, of a position's label that a text has the words of."""
        return self._coverage(self.by_position[position][0].text.stems, found)

    def phrase_overlap(self, position: int, found: frozenset[str]) -> float:
        """The largest overlap by weight (Dice) of a text's words with one wording of a position."""
        return max(
            self.overlap(item, found) for item in self.by_position[position] if item.kind != "description"
        )

    def overlap(self, item: Wording, found: frozenset[str]) -> float:
        """Overlap by weight (Dice) of a wording's words with a text's."""
        mine = item.text.stems
        total = sum(self.weights[one] for one in mine) + sum(self.weights[one] for one in found)
        return 2 * sum(self.weights[one] for one in mine & found) / total if total else 0.0

    def coverage(self, position: int, found: frozenset[str]) -> float:
        """The largest share, by weight, of one wording of a position that a text has the words of."""
        return max(self._coverage(item.text.stems, found) for item in self.by_position[position])

    def _coverage(self, wanted: frozenset[str], found: frozenset[str]) -> float:
        total = sum(self.weights[one] for one in wanted)
        return sum(self.weights[one] for one in wanted & found) / total if total else 0.0


__all__ = ["Text", "Wording", "Wordings", "read_texts"]

"""What a person's words ask for: words, phrases in quotation marks, and what was meant by a slip."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model.errors import UsageError
from kg.search.folding import folded, tokens
from kg.search.index import Index

LONGEST = 300
"""Characters that a question may have."""
_MOST_WORDS = 16
_PREFIX_FROM = 3
_SUGGESTIONS = 4
_COMPLETIONS = 40
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]')
# Words that nobody looks for; they count inside quotation marks.
_STOP_WORDS = """a an and are as at be but by for from has have in is it its of on or s t that the their they
this to was were will with"""
_STOP = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase of a question.

    Attributes:
        typed: What was typed, folded.
        meant: What is looked for: the typed word itself, words that it begins, or words like it.
        corrected: Whether the typed word is nowhere in the graph and others stand in for it.
    """

    typed: str
    meant: tuple[str, ...]
    corrected: bool = False

    def expression(self) -> str:
        """The term as FTS5 writes it.

        >>> Term("russ", ("russ", "russia")).expression()
        '("russ" OR "russia")'
        """
        # Folded words hold letters and digits alone, and words of a phrase one space between them.
        return "(" + " OR ".join(f'"{word}"' for word in self.meant) + ")"


@dataclass(frozen=True, slots=True)
class Question:
    """The terms of a question; all of them are asked for.

    Attributes:
        whole: The whole text, folded.
        terms: Its words and phrases, without those that nobody looks for.
    """

    whole: str
    terms: tuple[Term, ...]

    @property
    def corrected(self) -> dict[str, tuple[str, ...]]:
        """For each word that is nowhere in the graph, those that stand in for it."""
        return {term.typed: term.meant for term in self.terms if term.corrected}

    def key(self) -> str:
        """The question as a name would be kept, with the likeliest words in place of slips."""
        return " ".join(term.meant[0] for term in self.terms if term.meant)

    def expression(self, joined: str = "AND") -> str:
        """The question as FTS5 writes it; `joined` by AND, or by OR for any of the terms."""
        return f" {joined} ".join(term.expression() for term in self.terms if term.meant)


def understood(text: str, index: Index) -> Question:
    """Understand a question with the words that the index holds.

    Args:
        text: Words as typed; words between quotation marks are one phrase.
        index: Where they are looked up.

    Raises:
        UsageError: There is no word in it, or too many characters or words.
    """
    if len(text) > LONGEST:
        raise UsageError(f"a search has at most {LONGEST} characters", hint="look for fewer words")
    phrases = [phrase for match in _QUOTED.finditer(text) if (phrase := folded(match[1]))]
    words = [token.key for token in tokens(_QUOTED.sub(" ", text))]
    if not phrases and not words:
        raise UsageError("there is no word to look for", hint="write a name or words of a quotation")
    if len(words) + len(phrases) > _MOST_WORDS:
        raise UsageError(f"a search has at most {_MOST_WORDS} words", hint="look for fewer words")
    telling = [word for word in words if word not in _STOP]
    if telling or phrases:
        words = telling
    # The last word may be one that is still being typed.
    last = words[-1] if words and not text.rstrip().endswith(('"', "”", "“", "»")) else None
    terms = [Term(phrase, (phrase,)) for phrase in dict.fromkeys(phrases)]
    terms += [_term(word, index, last=word == last) for word in dict.fromkeys(words)]
    return Question(folded(text), tuple(terms))


def _term(word: str, index: Index, *, last: bool) -> Term:
    known = bool(index.rows("SELECT 1 FROM folded WHERE folded MATCH ? LIMIT 1", (f'"{word}"',)))
    if known and not last:
        return Term(word, (word,))
    longer = _completions(word, index) if len(word) >= _PREFIX_FROM else []
    if known or longer:
        return Term(word, (*([word] if known else []), *longer))
    near = _near(word, index)
    return Term(word, tuple(near), corrected=bool(near))


def _completions(word: str, index: Index) -> list[str]:
    """Words of the index that begin with a word, the most used first."""
    rows = index.rows(
        "SELECT word FROM word WHERE word > ? AND word < ? ORDER BY uses DESC, word LIMIT ?",
        (word, word + "\U0010ffff", _COMPLETIONS),
    )
    return [row[0] for row in rows]


def _near(word: str, index: Index) -> list[str]:
    """The words of the index with the fewest slips between them and a word, the most used first.

    One slip is a letter too many, too few, wrong, or two exchanged (optimal string alignment). Words of four
    to seven letters may have one, longer ones two, shorter ones none.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    allowed = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    found = process.extract(word, index.words(), scorer=OSA.distance, score_cutoff=allowed, limit=None)
    fewest = min((slips for _, slips, _ in found), default=0)
    return [near for near, slips, _ in sorted(found, key=lambda one: one[2]) if slips == fewest][
        :_SUGGESTIONS
    ]


__all__ = ["LONGEST", "Question", "Term", "understood"]

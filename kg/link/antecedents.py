"""Whom a relative pronoun stands for by grammar, and whom the Q and A of an interview stand for by layout."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.link.cast import Cast
from kg.link.entities import Entity

QUESTIONER = frozenset({"q", "question"})
ANSWERER = frozenset({"a", "answer"})


def relative_antecedent(doc: Doc, at: int) -> Token | None:
    """The noun that the clause of "who" or "which" at an offset hangs on; None where the parse has none.

    Args:
        doc: The parsed article.
        at: Where the pronoun begins.
    """
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    if span is None or not len(span):
        return None
    token = span[0]
    for above in token.ancestors:
        if above.i < token.i and token.i - above.i < 60 and above.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
            return above
        if above.dep_ == "ROOT":
            break
    return None


def interviewed(cast: Cast) -> Entity | None:
    """Whom an article interviews: the first person whom it makes a subject, else names in full."""
    people = [
        (mention.start, not mention.subject, entity)
        for entity in cast.people
        for mention in entity.mentions[:1]
        if not cast.quoted(mention.start) and entity.full
    ]
    return min(people, key=lambda entry: (entry[1], entry[0]))[2] if people else None


__all__ = ["ANSWERER", "QUESTIONER", "interviewed", "relative_antecedent"]

"""Other wordings of the same speech: statements that a person may want to put together with one."""

from __future__ import annotations

from dataclasses import dataclass

from kg.review.cases import Case
from kg.review.decisions import Desk
from kg.review.utterances.candidates import known, others_like
from kg.review.utterances.showing import shown


@dataclass(frozen=True, slots=True)
class Wording:
    """Another statement, with what tells it from the first.

    Attributes:
        iri: The statement.
        words: Its content.
        speaker: Label of its speaker.
        said: EDTF date, or "undated".
        source: Outlet and date of the article.
        likeness: How likely both report one speech act, from 0 to 1.
    """

    iri: str
    words: str
    speaker: str
    said: str
    source: str
    likeness: float


def likely_wordings(desk: Desk, case: Case) -> list[Wording]:
    """Statements of other utterances whose words are like those of a case, the most alike first.

    Those of the same speaker count as a little more alike. At most nine.
    """
    pairs = others_like(known(desk), case.iri)
    with desk.reading() as store:
        rows = [(shown(store, pair.other.iri), pair.likeness.score) for pair in pairs]
    return [
        Wording(one.statement, one.words, one.speaker, one.said or "undated", one.source, score)
        for one, score in rows
    ]


__all__ = ["Wording", "likely_wordings"]

"""What people decided or wrote down and what finds no place in the text of today."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from kg.build.decisions import article_log, standing, versions
from kg.build.records import Record
from kg.build.revisions import words_in
from kg.build.terms import node, shortened
from kg.build.written import written_of
from kg.review.cases import article_of, touched_articles
from kg.review.decisions import Desk
from kg.store.embedded import Store


@dataclass(frozen=True, slots=True)
class Lost:
    """What was decided on or written down, and whose words or article are gone.

    Attributes:
        decision: IRI of the decision; of the act of coding for what was written down.
        article: Name of the article, or its IRI where the graph has it no more.
        action: What sort of decision; `write` for what was written down.
        words: The words that it was about.
    """

    decision: str
    article: str
    coder: str
    time: datetime.datetime
    action: str
    words: str
    statement: str

    def to_json(self) -> Record:
        """As JSON values."""
        names = ("decision", "article", "coder", "action", "words", "statement")
        return {name: getattr(self, name) for name in names} | {"time": self.time.isoformat()}


def lost_decisions(desk: Desk) -> list[Lost]:
    """All that people decided or wrote down and that is lost, in its order."""
    found: list[Lost] = []
    with desk.reading() as store:
        for article in touched_articles(store, desk.material.iris):
            found += _lost_of(store, desk, article)
    return sorted(found, key=lambda one: one.time)


def _lost_of(store: Store, desk: Desk, article: str) -> list[Lost]:
    view, material, sees = store.view, desk.material, desk.coder.sees
    own, known = node(article), material.effective(store.view, article.rsplit("/", 1)[-1], sees)
    name = article_of(own, known.read).name if known else article
    rows = []
    for one in standing(article_log(view, own, material.iris)):
        if sees in (None, one.coder) and one.is_verdict and (known is None or one in known.lost):
            record = one.seen or one.becomes[0]
            rows.append(Lost(one.id, name, one.coder, one.time, one.action, _words(record), one.target))
    if known is not None:
        unplaced = known.unplaced
    else:
        all_ = written_of(
            view, versions(view, own, material.iris), material.iris, material.register, material.codebook
        )
        unplaced = [one for one in all_ if sees in (None, one.coding.name)]
    for written in unplaced:
        who, iri = written.coding, written.statement.value
        rows.append(
            Lost(who.iri(material.iris), name, who.name, who.time, "write", _words(written.record), iri)
        )
    return rows


def _words(record: Record) -> str:
    return shortened(words_in(record), 120)


__all__ = ["Lost", "lost_decisions"]

"""What people decided or wrote down and what finds no place in the text of today."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.build.anchoring import anchored
from kg.build.article_graph import article_of
from kg.build.decisions import ON_PAIRS, Decision, article_log, standing, versions
from kg.build.effective import Effective
from kg.build.records import Record, key_of
from kg.build.revisions import words_in
from kg.build.terms import SCHEMA, node, shortened
from kg.build.written import written_of
from kg.model.iris import Iris
from kg.review.cases import touched_articles
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
    found: dict[tuple[str, str], Lost] = {}
    with desk.reading() as store:
        for article in touched_articles(store, desk.material.iris):
            for one in _lost_of(store, desk, node(article)):
                found.setdefault((one.decision, one.statement), one)
    return sorted(found.values(), key=lambda one: one.time)


def _lost_of(store: Store, desk: Desk, article: NamedNode) -> list[Lost]:
    view, material, sees = store.view, desk.material, desk.coder.sees
    iris, texts = material.iris, versions(view, article, material.iris)
    known = material.effective(view, key_of(article.value), sees)
    name = article_of(article, known.read).name if known else article.value
    rows = []
    for one in standing(article_log(view, article, iris)):
        gone = None
        if sees in (None, one.coder):
            gone = _gone(one, known) if one.is_verdict else _gone_of_pair(one, known, texts, iris)
        if gone is not None:
            rows.append(Lost(one.id, name, one.coder, one.time, one.action, _words(gone), one.target))
    if known is not None:
        unplaced = known.unplaced
    else:
        written = written_of(view, texts, iris, material.register, material.codebook)
        unplaced = [one for one in written if sees in (None, one.coding.name)]
    for lost in unplaced:
        who, iri = lost.coding, lost.statement.value
        rows.append(Lost(who.iri(iris), name, who.name, who.time, "write", _words(lost.record), iri))
    return rows


def _gone(one: Decision, known: Effective | None) -> Record | None:
    """What a verdict is about, where that is lost.

    Of several verdicts on a statement the last alone counts; the others are lost with it where their own
    words are gone too.
    """
    about = one.seen or one.becomes[0]
    if known is None or one in known.lost:
        return about
    if not any(other.is_verdict and other.target == one.target for other in known.lost):
        return None
    text = known.read.text(known.article, SCHEMA.text) or ""
    gone = any(anchored(record, text) is None for record in one.becomes or (about,))
    return about if gone else None


def _gone_of_pair(
    one: Decision, known: Effective | None, texts: Sequence[NamedNode], iris: Iris
) -> Record | None:
    """Which statement of an article somebody put together with others, or told apart, and is lost."""
    if one.action not in ON_PAIRS or (known is not None and one not in known.lost):
        return None
    there = {*known.statements, *known.names, *known.settled} if known else set()
    keys = {key_of(version.value) for version in texts}
    for record in (one.seen, *one.others):
        if record and record["id"].split(".")[0] in keys and node(iris.statement(record["id"])) not in there:
            return record
    return None


def _words(record: Record) -> str:
    return shortened(words_in(record), 120)


__all__ = ["Lost", "lost_decisions"]

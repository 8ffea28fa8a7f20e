"""Decisions that found no place in the text of today."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from kg.build.decisions import latest_version, standing, whole_log
from kg.build.records import Record
from kg.build.terms import node, shortened
from kg.review.cases import article_cases
from kg.review.decisions import Desk


@dataclass(frozen=True, slots=True)
class Lost:
    """A decision whose words stand in its article no more, or whose article is gone.

    Attributes:
        decision: IRI of the decision.
        article: Name of the article, or its IRI where the graph has it no more.
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
    """All decisions that stand and are lost, in their order."""
    found: list[Lost] = []
    iris = desk.material.iris
    with desk.reading() as store:
        log = [one for one in standing(whole_log(store.view, iris)) if desk.coder.sees in (None, one.coder)]
        articles: dict[str, tuple[str, set[str]] | None] = {}
        for one in log:
            if not one.is_verdict:
                continue
            latest = latest_version(store.view, node(one.article), iris).value
            if latest not in articles:
                cases = article_cases(store, latest, desk.material, coder=desk.coder.sees)
                articles[latest] = (cases.article.name, {d.id for d in cases.lost}) if cases else None
            state = articles[latest]
            if state is None or one.id in state[1]:
                record = one.seen or (one.becomes[0] if one.becomes else None)
                words = " ".join(span["text"] for span in record["content"]) if record else ""
                name = state[0] if state else one.article
                found.append(
                    Lost(one.id, name, one.coder, one.time, one.action, shortened(words, 120), one.target)
                )
    return found


__all__ = ["Lost", "lost_decisions"]

"""What building, loading and looking have to tell, as plain data for pages, tables and JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["read", "unchanged", "replaced", "put aside", "refused"]


@dataclass(frozen=True, slots=True)
class ArticleOutcome:
    """What became of one article that `build` or `load` was given.

    Attributes:
        article: File name or `doc_id`.
        outcome: `read` (new in the graph), `replaced` (a new version or a new reading), `unchanged`,
            `put aside` (nothing dates it) or `refused` (unreadable, or its graph breaks a shape).
        statements: Number of statements in the graph from it.
        stances: Number of stances of these.
        message: Why it was put aside or refused and what to do, or what else is worth knowing.
    """

    article: str
    outcome: Outcome
    statements: int = 0
    stances: int = 0
    message: str | None = None


@dataclass(frozen=True)
class BuildReport:
    """Outcomes of all articles of one run, in the order of reading."""

    outcomes: tuple[ArticleOutcome, ...] = field(default=())

    def count(self, *kinds: Outcome) -> int:
        """Number of articles with one of these outcomes."""
        return sum(outcome.outcome in kinds for outcome in self.outcomes)

    @property
    def statements(self) -> int:
        """Number of statements written in this run."""
        return sum(o.statements for o in self.outcomes if o.outcome in ("read", "replaced"))

    @property
    def stances(self) -> int:
        """Number of stances written in this run."""
        return sum(o.stances for o in self.outcomes if o.outcome in ("read", "replaced"))

    @property
    def problems(self) -> list[ArticleOutcome]:
        """Articles that are not in the graph after this run."""
        return [outcome for outcome in self.outcomes if outcome.outcome in ("put aside", "refused")]

"""The graph's nodes as plain records, with all values as a reader sees them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

Day = datetime.date
ActorKind = Literal["person", "organization", "state", "unnamed"]
Polarity = Literal["supports", "opposes", "neutral"]


@dataclass(frozen=True, slots=True)
class When:
    """A date as it is shown, with the first and the last day that it covers; None where an end is open.

    >>> When("2009-12", Day(2009, 12, 1), Day(2009, 12, 31)).before(When("2010", Day(2010, 1, 1), None))
    True
    """

    text: str | None = None
    earliest: Day | None = None
    latest: Day | None = None

    @property
    def dated(self) -> bool:
        """Whether anything is known."""
        return self.earliest is not None or self.latest is not None

    @property
    def order(self) -> tuple[Day, Day]:
        """For sorting: by the first day, then the last; what nothing dates comes last."""
        return self.earliest or self.latest or Day.max, self.latest or Day.max

    @property
    def year(self) -> int | None:
        """The year that a list by years has it under: of its first day, or of its last."""
        first = self.earliest or self.latest
        return first.year if first else None

    def before(self, other: When) -> bool:
        """Whether every day of this comes before every day of the other."""
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest


@dataclass(frozen=True, slots=True)
class Stance:
    """One holder's stance on one position in one statement; nodes are given by their IRIs.

    Attributes:
        claim: The claim's words.
        belongs_to: The holder, the speaker, and all that they belonged to on that day.
        topics: Topics of the position, with the broader ones.
        reviewed: Whether a person wrote it down or accepted it.
        confidence: How sure the machine was, from 0 to 1; None for people.
    """

    iri: str
    actor: str
    speaker: str
    position: str
    polarity: Polarity
    claim: str
    statement: str
    article: str
    utterance: str
    when: When
    outlet: str | None
    affiliation: str | None
    office: str | None
    condition: str | None
    official: bool
    reviewed: bool
    confidence: float | None
    belongs_to: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one article.

    Attributes:
        quotation: direct, indirect or mixed.
        force: asserts, demands and so on.
        reports: Statements that it reports.
        evidence: Passages that prove it.
    """

    iri: str
    label: str
    speaker: str
    joint: tuple[str, ...]
    on_behalf_of: str | None
    office: str | None
    quotation: str
    force: str
    claim: str
    article: str
    utterance: str | None
    when: When
    reviewed: bool
    confidence: float | None
    coding: str | None
    reports: tuple[str, ...]
    evidence: tuple[str, ...]
    revision_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of an article: content, source or cue of a statement, with what stands around it.

    Attributes:
        start: First code point in the article's stored text.
        end: First code point after it.
    """

    iri: str
    part: str
    start: int
    end: int
    exact: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article, without its text."""

    iri: str
    title: str
    outlet: str | None
    published: When
    url: str | None
    author: str | None
    language: str
    file_name: str | None
    sha256: str | None
    dated_by: str | None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, state or unnamed source.

    Attributes:
        known: Whether the register has it; others were read in articles.
        described: Whom an unnamed source is said to belong to.
    """

    iri: str
    label: str
    kind: ActorKind
    aliases: tuple[str, ...]
    same_as: tuple[str, ...]
    known: bool
    described: str | None


@dataclass(frozen=True, slots=True)
class Membership:
    """An office or membership that somebody held."""

    iri: str
    member: str
    organization: str
    office: str | None
    held: When
    official: bool


@dataclass(frozen=True, slots=True)
class Position:
    """A position of the codebook; the wordings are examples of people for and against it."""

    iri: str
    label: str
    description: str | None
    topics: tuple[str, ...]
    wordings_for: tuple[str, ...]
    wordings_against: tuple[str, ...]
    entails: tuple[str, ...]
    excludes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the codebook, with the topics right above it."""

    iri: str
    label: str
    broader: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coding:
    """Who coded, with what, when; a person's decision has what it decided.

    Attributes:
        decides: Statements and stances that a person decided on.
        decision: reviewed, rejected or superseded.
    """

    iri: str
    label: str
    time: str | None
    agents: tuple[str, ...]
    version: str | None
    model_digest: str | None
    decides: tuple[str, ...]
    decision: str | None


__all__ = [
    "Actor",
    "ActorKind",
    "Article",
    "Coding",
    "Day",
    "Membership",
    "Passage",
    "Polarity",
    "Position",
    "Stance",
    "Statement",
    "Topic",
    "When",
]

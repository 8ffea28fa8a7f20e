"""What stands behind stances: who said what, when, in which words and which source, and who coded it.

`evidence_of` reads it out of the answer of the canned query `evidence`; `kg.query.card` writes it for people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model.vocabulary import OA, PROV, RDF, RDFS, SCHEMA, ST
from kg.query.results import Result


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters of an article that were said.

    Attributes:
        exact: The very characters.
        before: A little of what stands before them.
        after: A little of what stands after them.
        start: Number of the first character in the article's text, from 0.
        end: Number of the character after the last one.
    """

    exact: str
    before: str
    after: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that stands behind one stance; what is not known is empty.

    Attributes:
        label: The stance in words.
        speaker: Who spoke.
        actor: Who holds the stance; another than the speaker for spokesmen.
        speaks_for: State or organisation that the actor officially speaks for.
        said: When it was said, in EDTF.
        stance: supports, opposes or neutral.
        form: direct, indirect or mixed, and what sort of speech it was.
        article: Headline.
        published: When it was printed, in EDTF.
        coded_by: Person or software that read it, and at which time.
        model: Digest of the model that a machine read with.
        status: candidate (nobody has looked at it) or reviewed.
        reports: Statements that the statement reports.
        iri: The stance.
    """

    label: str
    speaker: str
    office: str
    actor: str
    speaks_for: str
    said: str
    stance: str
    condition: str
    position: str
    claim: str
    passages: tuple[Passage, ...]
    form: str
    outlet: str
    article: str
    published: str
    address: str
    file: str
    sha256: str
    coded_by: str
    model: str
    status: str
    confidence: str
    reports: tuple[str, ...]
    iri: str
    statement_iri: str
    article_iri: str
    position_iri: str
    actor_iri: str

    @property
    def source(self) -> str:
        """Outlet, headline and date of print on one line."""
        return ", ".join(part for part in (self.outlet, self.article, self.published) if part)


class _Facts:
    """What the triples say, by subject and property."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._said: dict[tuple[str, str], list[str]] = defaultdict(list)
        for triple in triples:
            subject, object_ = (_text(term) for term in (triple.subject, triple.object))
            self._said[subject, triple.predicate.value].append(object_)

    def all(self, subject: str, name: str) -> list[str]:
        return sorted(self._said.get((subject, name), []))

    def one(self, subject: str, name: str) -> str:
        return next(iter(self.all(subject, name)), "")

    def local(self, subject: str, name: str) -> str:
        """Local name of the term at the end of a property: `supports` of `st:supports`."""
        return self.one(subject, name).rpartition("#")[2]

    def label(self, subject: str, *path: str) -> str:
        """Label of the node at the end of a path of properties."""
        for name in path:
            subject = self.one(subject, name)
        return self.one(subject, RDFS + "label")

    def instances(self, kind: str) -> list[str]:
        return sorted(s for (s, p), values in self._said.items() if p == RDF + "type" and kind in values)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def evidence_of(result: Result) -> list[Evidence]:
    """The evidence of each stance among the triples of a result, in the order of their IRIs."""
    facts = _Facts(result.triples or ())
    return [_evidence(facts, stance) for stance in facts.instances(ST + "Stance")]


def _evidence(facts: _Facts, stance: str) -> Evidence:
    statement, article = facts.one(stance, ST + "statement"), facts.one(stance, ST + "source")
    coding = facts.one(stance, PROV + "wasGeneratedBy")
    coded = (facts.label(coding), facts.one(coding, PROV + "endedAtTime"))
    form = (facts.local(statement, ST + name) for name in ("quotation", "force"))
    return Evidence(
        label=facts.label(stance),
        speaker=facts.label(statement, ST + "speaker"),
        office=facts.one(statement, ST + "office"),
        actor=facts.label(stance, ST + "actor"),
        speaks_for=facts.label(stance, ST + "affiliation"),
        said=facts.one(stance, ST + "date"),
        stance=facts.local(stance, ST + "polarity"),
        condition=facts.one(stance, ST + "condition"),
        position=facts.label(stance, ST + "position"),
        claim=facts.label(stance, ST + "claim"),
        passages=_passages(facts, statement),
        form=" ".join(form),
        outlet=facts.label(article, SCHEMA + "publisher"),
        article=facts.label(article),
        published=facts.one(article, SCHEMA + "datePublished"),
        address=facts.one(article, SCHEMA + "url"),
        file=facts.one(article, ST + "fileName"),
        sha256=facts.one(article, ST + "sha256"),
        coded_by=", ".join(part for part in coded if part),
        model=facts.one(coding, ST + "modelDigest") if facts.one(coding, ST + "softwareVersion") else "",
        status=facts.local(stance, ST + "status"),
        confidence=facts.one(stance, ST + "confidence"),
        reports=tuple(facts.label(other) for other in facts.all(statement, ST + "reports")),
        iri=stance,
        statement_iri=statement,
        article_iri=article,
        position_iri=facts.one(stance, ST + "position"),
        actor_iri=facts.one(stance, ST + "actor"),
    )


def _passages(facts: _Facts, statement: str) -> tuple[Passage, ...]:
    """The passages of what was said, in the order of the text."""
    found = []
    for evidence in facts.all(statement, ST + "evidence"):
        selector = facts.one(evidence, OA + "hasSelector")
        if facts.one(evidence, ST + "part") == ST + "contentPart" and selector:
            exact, before, after = (facts.one(selector, OA + n) for n in ("exact", "prefix", "suffix"))
            start, end = (int(facts.one(selector, OA + name)) for name in ("start", "end"))
            found.append(Passage(exact, before, after, start, end))
    return tuple(sorted(found, key=lambda passage: passage.start))


__all__ = ["Evidence", "Passage", "evidence_of"]

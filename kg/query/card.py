"""The evidence card of a stance as text: who, what, when, and the very characters that prove it."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg.model.vocabulary import OA, PROV, RDF, RDFS, SCHEMA, ST
from kg.query.results import Result
from kg.query.terms import printable

WIDTH = 100
_INDENT = 14


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else printable(term.value)


class _Facts:
    """What the triples say, by subject and property."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._said: dict[tuple[str, str], list[str]] = defaultdict(list)
        for triple in triples:
            key = (_text(triple.subject), _text(triple.predicate))
            self._said[key].append(_text(triple.object))

    def all(self, subject: str, name: str) -> list[str]:
        return sorted(self._said.get((subject, name), []))

    def one(self, subject: str, name: str) -> str:
        return next(iter(self.all(subject, name)), "")

    def label(self, subject: str, *path: str) -> str:
        """Label of the node at the end of a path of properties."""
        for name in path:
            subject = self.one(subject, name)
        return self.one(subject, RDFS + "label")

    def instances(self, kind: str) -> list[str]:
        return sorted(s for (s, p), values in self._said.items() if p == RDF + "type" and kind in values)


def to_card(result: Result) -> str:
    """The stances among the triples of a result, a card each; empty text where there is none."""
    facts = _Facts(result.triples or ())
    return "\n".join(_card(facts, stance) for stance in facts.instances(ST + "Stance"))


def _card(facts: _Facts, stance: str) -> str:
    statement, article = facts.one(stance, ST + "statement"), facts.one(stance, ST + "source")
    coding = facts.one(stance, PROV + "wasGeneratedBy")
    speaker = facts.label(statement, ST + "speaker")
    actor = facts.label(stance, ST + "actor")
    office = facts.one(statement, ST + "office")
    condition = facts.one(stance, ST + "condition")
    polarity = facts.one(stance, ST + "polarity").rpartition("#")[2]
    outlet, headline = facts.label(article, SCHEMA + "publisher"), facts.label(article)
    version = facts.one(coding, ST + "softwareVersion")
    printed = facts.one(article, SCHEMA + "datePublished")
    confidence = facts.one(stance, ST + "confidence")
    status = facts.one(stance, ST + "status").rpartition("#")[2]
    rows = [
        ("who", f"{speaker}, {office}" if office else speaker),
        ("on behalf of", "" if actor == speaker else actor),
        ("speaks for", facts.label(stance, ST + "affiliation")),
        ("said", facts.one(stance, ST + "date")),
        ("stance", f"{polarity}, on condition: {condition}" if condition else polarity),
        ("position", facts.label(stance, ST + "position")),
        ("claim", facts.label(stance, ST + "claim")),
        *[("words", words) for words in _words(facts, statement)],
        ("form", " ".join(facts.one(statement, ST + n).rpartition("#")[2] for n in ("quotation", "force"))),
        ("source", ", ".join(part for part in (outlet, headline, printed) if part)),
        ("address", facts.one(article, SCHEMA + "url")),
        ("file", facts.one(article, ST + "fileName")),
        ("SHA-256", facts.one(article, ST + "sha256")),
        ("coded", f"{facts.label(coding)}, {facts.one(coding, PROV + 'endedAtTime')}".strip(", ")),
        ("model", facts.one(coding, ST + "modelDigest") if version else ""),
        ("review", f"{status}, confidence {confidence}" if confidence else status),
        ("reports", " / ".join(facts.label(other) for other in facts.all(statement, ST + "reports"))),
        ("IRI", stance),
    ]
    return f"{facts.label(stance)}\n" + "".join(_row(name, value) for name, value in rows if value)


def _words(facts: _Facts, statement: str) -> list[str]:
    """The passages of what was said, in the order of the text, with what stands around them and where."""
    found = []
    for evidence in facts.all(statement, ST + "evidence"):
        selector = facts.one(evidence, OA + "hasSelector")
        if facts.one(evidence, ST + "part") == ST + "contentPart" and selector:
            start, end = facts.one(selector, OA + "start"), facts.one(selector, OA + "end")
            before, after = facts.one(selector, OA + "prefix"), facts.one(selector, OA + "suffix")
            passage = f"…{before}»{facts.one(selector, OA + 'exact')}«{after}…"
            found.append((int(start), f"{' '.join(passage.split())} (characters {start}–{end})"))
    return [text for _, text in sorted(found)]


def _row(name: str, value: str) -> str:
    lines = textwrap.wrap(value, WIDTH - _INDENT, break_long_words=False, break_on_hyphens=False)
    return f"  {name:{_INDENT - 2}}" + f"\n{'':{_INDENT}}".join(lines) + "\n"


__all__ = ["to_card"]

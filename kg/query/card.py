"""The evidence card of a stance as text: who, what, when, and the very characters that prove it."""

from __future__ import annotations

import textwrap

from kg.query.evidence import Evidence, Passage, evidence_of
from kg.query.results import Result
from kg.query.terms import printable

WIDTH = 100
_INDENT = 14


def to_card(result: Result) -> str:
    """The stances among the triples of a result, a card each; empty text where there is none."""
    return "\n".join(_card(evidence) for evidence in evidence_of(result))


def _card(of: Evidence) -> str:
    rows = [
        ("who", f"{of.speaker}, {of.office}" if of.office else of.speaker),
        ("on behalf of", "" if of.actor == of.speaker else of.actor),
        ("speaks for", of.speaks_for),
        ("said", of.said),
        ("stance", f"{of.stance}, on condition: {of.condition}" if of.condition else of.stance),
        ("position", of.position),
        ("claim", of.claim),
        *[("words", _words(passage)) for passage in of.passages],
        ("form", of.form),
        ("source", of.source),
        ("address", of.address),
        ("file", of.file),
        ("SHA-256", of.sha256),
        ("coded", of.coded_by),
        ("model", of.model),
        ("review", f"{of.status}, confidence {of.confidence}" if of.confidence else of.status),
        ("reports", " / ".join(of.reports)),
        ("IRI", of.iri),
    ]
    return f"{printable(of.label)}\n" + "".join(_row(name, value) for name, value in rows if value)


def _words(passage: Passage) -> str:
    """A passage with what stands around it and where."""
    text = f"…{passage.before}»{passage.exact}«{passage.after}…"
    return f"{' '.join(text.split())} (characters {passage.start}–{passage.end})"


def _row(name: str, value: str) -> str:
    lines = textwrap.wrap(printable(value), WIDTH - _INDENT, break_long_words=False, break_on_hyphens=False)
    return f"  {name:{_INDENT - 2}}" + f"\n{'':{_INDENT}}".join(lines) + "\n"


__all__ = ["to_card"]

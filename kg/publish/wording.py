"""A difference of two releases in words: for the person at the keyboard, for `CHANGES.md`, and as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.describe.json_ld import short
from kg.model.vocabulary import PROV, RDFS, SKOS, ST
from kg.publish.difference import Difference, NodeChange, PropertyChange, parsed
from kg.publish.release import Release
from kg.publish.tombstones import leaves_tombstone

SECTIONS = (
    ("article", "Articles"),
    ("statement", "Statements"),
    ("stance", "Stances"),
    ("actor", "Actors"),
    ("office or membership", "Offices and memberships"),
    ("position", "Positions"),
    ("topic", "Topics"),
    ("outlet", "Outlets"),
)
"""Kinds of nodes that are told of one by one, with their headings; of the others the numbers are told."""

# What follows from elsewhere, or says only who coded: no change that a reader of stances would look for.
_DERIVED = frozenset(
    {
        *(f"{ST}{name}" for name in ("utterance", "confidence", "dateEarliest", "dateLatest", "evidence")),
        *(f"{ST}{name}" for name in ("belongsTo", "inTopic", "claim", "wordsVerified", "sha256", "fileName")),
        PROV + "wasGeneratedBy",
        PROV + "wasRevisionOf",
        SKOS + "inScheme",
    }
)
_MARKS = {"new": "+", "changed": "~", "withdrawn": "-"}
_CODE = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#|"})


@dataclass(frozen=True, slots=True)
class Style:
    """How a difference is written.

    Attributes:
        limit: Nodes of a kind and change that are told one by one; None for all.
        silent: Whether withdrawn nodes are named by their IRIs alone, as in what is published.
        markdown: Whether it is a Markdown page.
    """

    limit: int | None = 20
    silent: bool = False
    markdown: bool = False


def in_words(old: Release | None, new: Release, difference: Difference, style: Style | None = None) -> str:
    """What changed, kind by kind.

    Args:
        old: The earlier release; None for the first one.
        new: The later release.
        difference: What changed between them.
        style: How it is written.
    """
    writer = _Writer(difference, style or Style())
    return "\n".join(writer.lines(old, new)) + "\n"


class _Writer:
    def __init__(self, difference: Difference, style: Style) -> None:
        self._difference = difference
        self._style = style
        self._withdrawn = {one.iri for one in difference.nodes if one.change == "withdrawn"}
        self._escape: Callable[[str], str] = (
            (lambda text: text.translate(_CODE)) if style.markdown else (lambda text: text)
        )

    def lines(self, old: Release | None, new: Release) -> Iterator[str]:
        found = self._difference
        title = f"{named(old)} -> {named(new)}" if old else f"{named(new)}: the first release"
        yield f"# Changes: {self._escape(title)}" if self._style.markdown else title
        if self._style.markdown:
            yield ""
        if old is None:
            yield f"{found.added:,} triples."
            return
        yield f"{found.added:,} triples added, {found.removed:,} removed."
        if not found:
            yield "Nothing changed."
        for kind, heading in SECTIONS:
            yield from self._section(heading, found.of(kind))
        yield from self._others()

    def _section(self, heading: str, changes: Sequence[NodeChange]) -> Iterator[str]:
        told = [one for one in changes if one.change != "changed" or told_of(one)]
        counts: Counter[str] = Counter(one.change for one in told)
        unseen = len(changes) - len(told)
        parts = [f"{counts[change]:,} {change}" for change in _MARKS if counts[change]]
        if unseen:
            parts.append(f"{unseen:,} the same but coded anew or moved")
        if not parts:
            return
        yield ""
        summary = f"{heading}: {', '.join(parts)}"
        yield f"## {summary}" if self._style.markdown else summary
        if told and self._style.markdown:
            yield ""
        for change in _MARKS:
            yield from self._list([one for one in told if one.change == change])

    def _list(self, changes: list[NodeChange]) -> Iterator[str]:
        ordered = sorted(changes, key=lambda one: (one.date, one.label, one.iri))
        if self._style.silent:
            ordered = [one for one in ordered if one.change != "withdrawn" or leaves_tombstone(one)]
        limit = self._style.limit
        shown = ordered if limit is None else ordered[:limit]
        for one in shown:
            yield self._node(one)
            for detail in told_of(one):
                yield self._detail(detail)
        if len(shown) < len(changes):
            yield f"{self._mark(changes[0])} ... and {len(changes) - len(shown):,} more"

    def _node(self, one: NodeChange) -> str:
        iri = f"<{one.iri}>"
        if one.change == "withdrawn" and self._style.silent:
            return f"{self._mark(one)} {iri}"
        name = self._escape(" ".join(f"{one.date}  {one.label}".split()))
        return f"{self._mark(one)} {name} {iri}"

    def _mark(self, one: NodeChange) -> str:
        return f"- {one.change}:" if self._style.markdown else f"  {_MARKS[one.change]}"

    def _detail(self, detail: PropertyChange) -> str:
        bullet = "  - " if self._style.markdown else "      "
        old = ", ".join(self._value(term, silent=self._style.silent) for term in detail.old)
        new = ", ".join(self._value(term, silent=False) for term in detail.new)
        return f"{bullet}{self._escape(words_of(detail.property))}: {old or 'nothing'} -> {new or 'nothing'}"

    def _value(self, term: str, *, silent: bool) -> str:
        if not term.startswith("<"):
            # Dates and numbers are no words of anybody.
            words = not term.endswith(">")
            return "(other words)" if silent and words else self._escape(_text(term))
        iri = term[1:-1]
        if silent and iri in self._withdrawn:
            return "(withdrawn)"
        name = self._difference.names.get(iri)
        return self._escape(name if name else words_of(iri) if iri.startswith(ST) else iri)

    def _others(self) -> Iterator[str]:
        told = {kind for kind, _ in SECTIONS}
        counts: Counter[tuple[str, str]] = Counter(
            (one.kind, one.change) for one in self._difference.nodes if one.kind not in told
        )
        if not counts:
            return
        kinds = sorted({kind for kind, _ in counts})
        yield ""
        yield "## Others" if self._style.markdown else "Others:"
        if self._style.markdown:
            yield ""
        for kind in kinds:
            parts = [f"{counts[kind, change]:,} {change}" for change in _MARKS if counts[kind, change]]
            yield f"{'- ' if self._style.markdown else '  '}{kind}: {', '.join(parts)}"


def told_of(change: NodeChange) -> list[PropertyChange]:
    """What a changed node says now, without who coded it and what follows from elsewhere.

    The name of a stance or statement is made of what it says, so it is told of only if nothing else is.
    """
    found = [detail for detail in change.details if detail.property not in _DERIVED]
    if change.kind in ("stance", "statement"):
        return [detail for detail in found if detail.property != RDFS + "label"] or found
    return found


def named(release: Release) -> str:
    """A release by its number and day."""
    return f"{release.release} ({release.date})"


def words_of(iri: str) -> str:
    """The local name of a property or value as words.

    >>> words_of("https://w3id.org/stance-graph/ontology#onBehalfOf")
    'on behalf of'
    """
    local = re.split(r"[#/]", iri)[-1] or iri
    return re.sub(r"(?<=[a-z])([A-Z])", r" \1", local).lower()


def _text(term: str) -> str:
    """The words of an N-Triples literal, on one line."""
    triple = parsed([f"<urn:x> <{RDFS}label> {term} ."])[0]
    return " ".join(triple.object.value.split())  # type: ignore[union-attr]


def as_json(old: Release, new: Release, difference: Difference) -> str:
    """A difference with all its nodes as JSON: what tools read."""
    record = {
        "old": {"release": old.release, "date": old.date},
        "new": {"release": new.release, "date": new.date},
        "same": not difference,
        "triples": {"added": difference.added, "removed": difference.removed},
        "changes": [_record(one, difference) for one in difference.nodes],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _record(one: NodeChange, difference: Difference) -> dict[str, object]:
    def value(term: str) -> dict[str, str]:
        if not term.startswith("<"):
            return {"text": _text(term)}
        label = difference.names.get(term[1:-1])
        return {"iri": term[1:-1], **({"label": label} if label else {})}

    return {
        "iri": one.iri,
        "kind": one.kind,
        "change": one.change,
        "label": one.label,
        "date": one.date or None,
        "details": [
            {
                "property": short(detail.property),
                "old": [value(term) for term in detail.old],
                "new": [value(term) for term in detail.new],
            }
            for detail in one.details
        ],
    }


__all__ = ["SECTIONS", "Style", "as_json", "in_words", "named", "told_of", "words_of"]

"""Statements and candidates as a person sees them: the exact words, who, when, where."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from kg.build.nodes import Nodes, content_of
from kg.build.terms import OA, RDFS, SCHEMA, ST, node
from kg.review.utterances.candidates import Candidate
from kg.review.utterances.differences import differences
from kg.store.embedded import Store


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement with all that tells it from others.

    Attributes:
        statement: Its IRI.
        words: Its content, as the article has it.
        speaker: Label of its speaker.
        said: EDTF date; None if unknown.
        quotation: direct, indirect or mixed.
        outlet: Name of the outlet; None if unknown.
        published: When the article was published; None if unknown.
        title: Title of the article.
    """

    statement: str
    words: str
    speaker: str
    said: str | None
    quotation: str
    outlet: str | None
    published: str | None
    title: str

    @property
    def source(self) -> str:
        """Outlet and date of the article."""
        return f"{self.outlet or 'unknown outlet'}, {self.published or 'undated'}"


def shown(store: Store, iri: str) -> Shown:
    """A statement that is in force.

    Args:
        store: The graph, open for reading.
        iri: The statement.
    """
    view, current, subject = store.view, node(store.iris.current_graph), node(iri)
    said = Nodes(view.quads_for_pattern(subject, None, None, current))
    for evidence in said.nodes(subject, ST.evidence):
        said.take_in(view.quads_for_pattern(evidence, None, None, current))
        for selector in said.nodes(evidence, OA.hasSelector):
            said.take_in(view.quads_for_pattern(selector, None, None, current))
    article, speaker = said.node(subject, ST.source), said.node(subject, ST.speaker)
    about = Nodes(view.quads_for_pattern(article, None, None, current)) if article else Nodes()
    outlet = about.node(article, SCHEMA.publisher) if article else None

    def label(one: object) -> str | None:
        for quad in view.quads_for_pattern(one, RDFS.label, None, current) if one else ():  # type: ignore[arg-type]
            return quad.object.value  # type: ignore[union-attr]
        return None

    form = said.node(subject, ST.quotation)
    return Shown(
        iri,
        content_of(said, subject),
        label(speaker) or "(not named)",
        said.text(subject, ST.said),
        form.value.rsplit("#", 1)[-1] if form else "indirect",
        label(outlet),
        about.text(article, SCHEMA.datePublished) if article else None,
        label(article) or "",
    )


def candidate_json(candidate: Candidate, one: Shown, other: Shown) -> dict[str, Any]:
    """A candidate as JSON values."""
    return {
        "worth": candidate.worth,
        "likeness": candidate.likeness.score,
        "reasons": list(candidate.likeness.reasons),
        "cautions": list(candidate.likeness.cautions),
        "one": asdict(one),
        "other": asdict(other),
        "differences": [[kind, words] for kind, words in differences(one.words, other.words)],
        "statements": list(candidate.group),
        "other_statements": list(candidate.other_group),
        "said": [{"coder": coder, "said": what} for coder, what in candidate.said],
    }


COLUMNS = ("worth", "likeness", "reasons", "cautions")
OF_EACH = ("speaker", "said", "quotation", "outlet", "published", "words", "statement")


def candidate_row(candidate: Candidate, one: Shown, other: Shown) -> dict[str, Any]:
    """A candidate as a row of a table: the columns of the second statement begin with `other_`."""
    row: dict[str, Any] = {
        "worth": candidate.worth,
        "likeness": candidate.likeness.score,
        "reasons": "; ".join(candidate.likeness.reasons),
        "cautions": "; ".join(candidate.likeness.cautions),
    }
    for prefix, side in (("", one), ("other_", other)):
        row |= {f"{prefix}{name}": getattr(side, name) for name in OF_EACH}
    return row


__all__ = ["COLUMNS", "OF_EACH", "Shown", "candidate_json", "candidate_row", "shown"]

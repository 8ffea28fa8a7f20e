"""What the queue can be narrowed down to: articles, outlets, actors and positions with waiting statements."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.build.terms import RDFS, node
from kg.review.cases import Field
from kg.review.decisions import Desk
from kg.review.queue import queue
from kg.store.embedded import Store


@dataclass(frozen=True, slots=True)
class Choice:
    """One article, outlet, actor or position, with the number of statements of it that wait."""

    iri: str
    label: str
    number: int


def choices(desk: Desk) -> dict[str, list[Choice]]:
    """The choices by `article`, `outlet`, `actor` and `position`, sorted by their labels."""
    waiting = queue(desk)
    counts = {
        "article": Counter(one.article for one in waiting),
        "outlet": Counter(one.outlet for one in waiting if one.outlet),
        "actor": Counter(actor for one in waiting for actor in one.actors),
        "position": Counter(position for one in waiting for position in one.about),
    }
    with desk.reading() as store:
        return {
            kind: sorted(
                (Choice(iri, label_of(store, desk.material, iri), number) for iri, number in found.items()),
                key=lambda one: (one.label.casefold(), one.iri),
            )
            for kind, found in counts.items()
        }


def label_of(store: Store, material: Field, iri: str) -> str:
    """The label of an article, outlet, actor or position; the end of its IRI if the graph has none.

    Raises:
        InputError: That is no IRI.
    """
    graph = node(material.iris.current_graph)
    labels = [
        quad.object.value  # type: ignore[union-attr]
        for quad in store.view.quads_for_pattern(node(iri), RDFS.label, None, graph)
    ]
    return min(labels, default=iri.rsplit("/", 1)[-1])


__all__ = ["Choice", "choices", "label_of"]

"""Facts on a release that its descriptions, papers and pages are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.build.change import GraphView
from kg.model.publishing_settings import PublishingSettings
from kg.model.vocabulary import FOAF, ORG, RDF, RDFS, SCHEMA, SKOS, ST
from kg.publish.dumps import Census
from kg.publish.release import Release
from kg.review.trust import Trust

_COUNTED = {
    "articles": (SCHEMA + "NewsArticle",),
    "statements": (ST + "Statement",),
    "stances": (ST + "Stance",),
    "actors": (FOAF + "Person", ORG + "Organization", SCHEMA + "Country", ST + "UnnamedSource"),
    "positions": (ST + "Position",),
    "topics": (SKOS + "Concept",),
    "outlets": (SCHEMA + "NewsMediaOrganization",),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the descriptions are made from.

    Attributes:
        release: The release.
        publishing: What the project says of its releases.
        census: What the graph holds.
        period: First and last day of what was said, where anything is dated.
        topics: Names of the topics, sorted.
        example: IRI of some node.
        graph: IRI of the named graph in the N-Quads.
        trust: What a random sample says of the machine's reading; None where nobody looked at one.
        checked: IRIs of the outlets, actors and positions in the release that the sample has groups of.
    """

    release: Release
    publishing: PublishingSettings
    census: Census
    period: tuple[str, str] | None
    topics: tuple[str, ...]
    example: str | None
    graph: str
    trust: Trust | None = None
    checked: frozenset[str] = frozenset()

    @property
    def dataset(self) -> str:
        """IRI of the dataset, whatever its release."""
        return self.release.base + "dataset"

    @property
    def description(self) -> str:
        """What it is about."""
        usual = "who took which position on what, when, in whose words and in which source"
        return self.publishing.description or f"{self.release.title}: {usual}."


def counts_of(census: Census) -> dict[str, int]:
    """Numbers of nodes by what they are, and of triples."""
    counts = {name: sum(census.classes[cls] for cls in classes) for name, classes in _COUNTED.items()}
    return {**counts, "triples": census.triples}


def read_facts(
    view: GraphView,
    graph: str,
    release: Release,
    publishing: PublishingSettings,
    census: Census,
    trust: Trust | None = None,
) -> Facts:
    """The facts on a release, from its graph and the project's settings."""
    reader = _Reader(view, graph)
    stances = reader.instances(ST + "Stance")
    days = sorted(
        day
        for bound in ("dateEarliest", "dateLatest")
        for stance in stances
        for day in reader.values(stance, ST + bound)
    )
    topics = {
        label
        for topic in reader.instances(SKOS + "Concept")
        for label in reader.values(topic, RDFS + "label")
    }
    return Facts(
        release,
        publishing,
        census,
        (days[0], days[-1]) if days else None,
        tuple(sorted(topics)),
        min((stance.value for stance in stances), default=None),
        graph,
        trust if trust and trust.tells else None,
        frozenset(key for key in _groups(trust) if reader.knows(key)),
    )


def _groups(trust: Trust | None) -> Iterator[str]:
    if trust is not None:
        yield from (one.key for some in trust.by.values() for one in some if one.key)


class _Reader:
    def __init__(self, view: GraphView, graph: str) -> None:
        self._view, self._graph = view, NamedNode(graph)

    def instances(self, cls: str) -> list[NamedNode]:
        quads = self._view.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(cls), self._graph)
        return [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]

    def knows(self, iri: str) -> bool:
        quads = self._view.quads_for_pattern(NamedNode(iri), None, None, self._graph)
        return any(True for _ in quads)

    def values(self, node: NamedNode, property_: str) -> Iterator[str]:
        for quad in self._view.quads_for_pattern(node, NamedNode(property_), None, self._graph):
            yield quad.object.value  # type: ignore[union-attr]


__all__ = ["Facts", "counts_of", "read_facts"]

"""A random sample of what was read, drawn apart from the queue and written down in the log of decisions.

The queue shows what is most likely wrong, so what people find there says nothing of the rest. A sample does.
Two are drawn at once: of the stances that the machine read, which tells how many are right; and of the
passages (paragraphs) of all articles, to be read in full, which tells how many stances were missed, of
whomever and in whatever outlet. Both are put in an order that a seed fixes and taken from its beginning, so
that a larger sample holds the smaller one, whoever draws it and whenever.

What was drawn is kept with what the machine had read there, so that the sample speaks of that reading for
ever, whatever later readings make of the articles.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

from pyoxigraph import NamedNode

from kg.build.article_graph import article_of
from kg.build.change import GraphView, graph_quads
from kg.build.decisions import Decision, article_log, draws, latest_version
from kg.build.effective import Effective
from kg.build.nodes import Nodes
from kg.build.recoding import recoded
from kg.build.records import Record, Recorder
from kg.build.terms import OA, PROV, RDF, RDFS, SCHEMA, ST, node
from kg.link.affiliation import affiliation_on
from kg.model.article import Article
from kg.model.iris import Iris, digest
from kg.review.cases import Field, article_iris
from kg.store.embedded import Store

SHORTEST = 40
"""Code points from which a paragraph is one that somebody may say something in."""
UNKNOWN_OUTLET = "unknown outlet"
_Drawn = TypeVar("_Drawn")
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Side:
    """A stance as a sample counts it: who stands where on what.

    Attributes:
        holder: IRI of the holder.
        position: Slug of the position.
        polarity: supports, opposes or neutral.
        voices: IRIs that it counts for: the holder, and the state or organisation that the holder officially
            speaks for.
    """

    holder: str
    position: str
    polarity: str
    voices: tuple[str, ...]

    @property
    def what(self) -> tuple[str, str]:
        """What it is about: holder and position."""
        return self.holder, self.position


@dataclass(frozen=True, slots=True)
class SampledStance:
    """A stance that the machine read.

    Attributes:
        article: IRI of the article in the version that was read.
        outlet: IRI of its outlet; empty for an unknown one.
        statement: IRI of its statement.
        side: What the machine read.
        written: What people had written down in place of the statement before; None where they had not.
    """

    article: str
    outlet: str
    statement: str
    side: Side
    written: tuple[Side, ...] | None = None


@dataclass(frozen=True, slots=True)
class SampledPassage:
    """A paragraph of an article, to be read in full.

    Attributes:
        article: IRI of the article in the version that was read.
        outlet: IRI of its outlet; empty for an unknown one.
        start: First code point.
        end: Where it ends.
        read: The stances that the machine read in it.
        written: By statement, the stances that people had written down in it before.
    """

    article: str
    outlet: str
    start: int
    end: int
    read: tuple[Side, ...] = ()
    written: tuple[tuple[str, tuple[Side, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample as it was drawn.

    Attributes:
        size: Number of stances, and of passages, that were asked for.
        seed: The number that fixes their order.
        stances: The stances, in their random order.
        passages: The passages, in theirs.
        articles: Number of articles read.
        all_stances: Number of stances that the machine read in them.
        all_passages: Number of their passages.
        counts: Number of those stances by IRI of outlet, voice and position; of all, for a group of which
            nothing was drawn may turn up among what was missed.
        labels: Names of the groups that were drawn.
        positions: IRIs of the codebook's positions by their slugs.
        recoding: What stances that people had decided on with former positions are today: slug and side, by
            former slug, side and statement.
        coding: What the articles were read with: "Read by kg 0.1.0 with model", the latest day.
        state: Digest of which article was read by which coding, and of the positions.
    """

    size: int
    seed: int
    stances: tuple[SampledStance, ...]
    passages: tuple[SampledPassage, ...]
    articles: int
    all_stances: int
    all_passages: int
    counts: dict[str, dict[str, int]]
    labels: dict[str, str]
    positions: dict[str, str]
    recoding: dict[str, list[list[str]]]
    coding: str
    state: str

    def to_record(self) -> Record:
        """As JSON values, for the log."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: Record) -> Sample:
        """From what the log has."""
        stances = tuple(
            SampledStance(
                **{
                    **one,
                    "side": _side(one["side"]),
                    "written": None if one["written"] is None else _sides(one["written"]),
                }
            )
            for one in record["stances"]
        )
        passages = tuple(
            SampledPassage(
                **{
                    **one,
                    "read": _sides(one["read"]),
                    "written": tuple((iri, _sides(sides)) for iri, sides in one["written"]),
                }
            )
            for one in record["passages"]
        )
        return cls(**{**record, "stances": stances, "passages": passages})


def _side(values: dict[str, Any]) -> Side:
    return Side(**{**values, "voices": tuple(values["voices"])})


def _sides(values: Sequence[dict[str, Any]]) -> tuple[Side, ...]:
    return tuple(_side(one) for one in values)


def latest_sample(view: GraphView, iris: Iris) -> tuple[Sample, Decision] | None:
    """The sample that was drawn last, and who drew it when; None where nobody did."""
    found = draws(view, iris)
    return (Sample.from_record(found[-1].seen or {}), found[-1]) if found else None


def draw(store: Store, material: Field, size: int, seed: int = 0) -> Sample:
    """Draw a sample of what the graph holds now; nothing is written.

    Args:
        store: The graph.
        material: Register, codebook and names.
        size: Number of stances, and of passages; all where there are fewer.
        seed: Another seed gives another sample.
    """
    stances: list[SampledStance] = []
    passages: list[SampledPassage] = []
    labels: dict[str, str] = {"": UNKNOWN_OUTLET}
    labels.update((one.id, one.label) for one in material.codebook.positions)
    positions = {one.slug: one.id for one in material.codebook.positions}
    iris = article_iris(store)
    for iri in iris:
        reading = _Reading(store.view, iri, material, labels)
        stances += reading.stances()
        passages += reading.passages()
    chosen = _first(stances, size, seed, lambda one: " ".join((one.statement, *one.side.what)))
    places = _first(passages, size, seed, lambda one: f"{one.article} {one.start}")
    counts = {
        "outlet": Counter(one.outlet for one in stances),
        "actor": Counter(voice for one in stances for voice in one.side.voices),
        "position": Counter(positions[one.side.position] for one in stances),
    }
    seen = [(one.outlet, (one.side,)) for one in chosen] + [(one.outlet, one.read) for one in places]
    kept = {outlet for outlet, _ in seen}
    kept |= {voice for _, sides in seen for side in sides for voice in side.voices}
    kept |= {positions[side.position] for _, sides in seen for side in sides}
    coding, state = state_of(store.view, material.iris)
    sample = Sample(
        size,
        seed,
        tuple(chosen),
        tuple(places),
        len(iris),
        len(stances),
        len(passages),
        {name: dict(sorted(found.items())) for name, found in counts.items()},
        {iri: label for iri, label in sorted(labels.items()) if iri in kept},
        positions,
        _recoding({*(one.article for one in chosen), *(one.article for one in places)}, store, material),
        coding,
        state,
    )
    return _with_what_people_wrote(sample, store, material)


class _Reading:
    """What the machine read in one article."""

    def __init__(self, view: GraphView, iri: str, material: Field, labels: dict[str, str]) -> None:
        self._article = iri
        graph = node(material.iris.article_graph(iri.rsplit("/", 1)[-1]))
        self._read = recoded(Nodes(graph_quads(view, graph)), material.codebook, material.iris)
        self._material = material
        self._labels = labels
        self._slugs = {one.id: one.slug for one in material.codebook.positions}
        outlet = self._read.node(node(iri), SCHEMA.publisher)
        self._outlet = outlet.value if outlet else ""
        if outlet:
            labels[outlet.value] = self._read.text(outlet, RDFS.label) or outlet.value
        self._found = list(self._sides())

    def stances(self) -> Iterator[SampledStance]:
        for statement, side in self._found:
            yield SampledStance(self._article, self._outlet, statement.value, side)

    def passages(self) -> Iterator[SampledPassage]:
        article = article_of(node(self._article), self._read)
        starts = {
            statement: _first_start(self._read, statement) for statement in {one for one, _ in self._found}
        }
        for start, end in passages_of(article):
            sides = tuple(side for statement, side in self._found if start <= starts[statement] < end)
            yield SampledPassage(self._article, self._outlet, start, end, sides)

    def _sides(self) -> Iterator[tuple[NamedNode, Side]]:
        read, register = self._read, self._material.register
        for stance in sorted(read.instances(ST.Stance), key=str):
            statement, holder = read.node(stance, ST.statement), read.node(stance, ST.actor)
            position, polarity = read.node(stance, ST.position), read.node(stance, ST.polarity)
            slug = self._slugs.get(position.value) if position else None
            if statement is None or holder is None or slug is None or polarity is None:
                continue
            given = read.node(stance, ST.affiliation) or read.node(holder, ST.describedAffiliation)
            known = register.by_id.get(holder.value)
            own = affiliation_on(known, read.text(stance, ST.date), register) if known else None
            above = given.value if given else own
            voices = tuple(dict.fromkeys([holder.value, *([above] if above else [])]))
            for voice in voices:
                actor = register.by_id.get(voice)
                label = actor.name if actor else read.text(node(voice), RDFS.label)
                self._labels.setdefault(voice, label or voice.rsplit("/", 1)[-1])
            yield statement, Side(holder.value, slug, polarity.value.rsplit("#", 1)[-1], voices)


def _first_start(nodes: Nodes, statement: NamedNode) -> int:
    """Where the content of a statement begins."""
    starts = [
        int(nodes.text(selector, OA.start) or 0)
        for evidence in nodes.nodes(statement, ST.evidence)
        if nodes.node(evidence, ST.part) == ST.contentPart
        for selector in nodes.nodes(evidence, OA.hasSelector)
    ]
    return min(starts, default=-1)


def sides_of(record: Record, recoding: Mapping[str, list[list[str]]] | None = None) -> tuple[Side, ...]:
    """The stances that a record of a statement says: each position with each holder.

    Args:
        record: The record.
        recoding: What stances on former positions are today; see `Sample`.
    """
    first = record["on_behalf_of"] or record["actor"]
    holders = dict.fromkeys(actor["id"] for actor in (first, *record["joint"]) if actor)
    found: dict[str, str] = {}
    for one in record["positions"]:
        own = [[one["position"], one["stance"]]]
        for slug, side in (recoding or {}).get(_former_key(record, one), own):
            found.setdefault(slug, side)
    return tuple(Side(holder, slug, side, (holder,)) for slug, side in found.items() for holder in holders)


def _former_key(record: Record, position: Record) -> str:
    return " ".join((position["position"], position["stance"], record["id"]))


def _recoding(articles: set[str], store: Store, material: Field) -> dict[str, list[list[str]]]:
    """What was decided on articles with positions that the codebook has no more."""
    codebook, found = material.codebook, dict[str, list[list[str]]]()
    for article in sorted(articles) if codebook.former else ():
        latest = latest_version(store.view, node(article), material.iris)
        for decision in article_log(store.view, latest, material.iris):
            for record in decision.becomes:
                for one in record["positions"]:
                    if one["position"] in codebook.former_by_slug:
                        now = codebook.in_force(one["position"], one["stance"], record["id"])
                        found[_former_key(record, one)] = [list(pair) for pair in now]
    return found


def _with_what_people_wrote(sample: Sample, store: Store, material: Field) -> Sample:
    """The sample with what people had written down of its articles before, which needs no second look."""
    known: dict[str, Effective | None] = {}

    def effective(article: str) -> Effective | None:
        if article not in known:
            known[article] = material.effective(store.view, article.rsplit("/", 1)[-1])
        return known[article]

    def written(found: Effective, statement: NamedNode) -> tuple[Side, ...]:
        return sides_of(Recorder(found.coded, material.register, material.codebook).record(statement))

    stances = []
    for one in sample.stances:
        found = effective(one.article)
        instead = found.instead.get(node(one.statement)) if found else None
        if found and instead is not None and found.statements.get(instead) is found.coded:
            one = replace(one, written=written(found, instead))
        elif instead is not None:  # what people decided on an earlier reading stands for it
            one = replace(one, statement=instead.value)
        stances.append(one)
    passages = []
    for place in sample.passages:
        found = effective(place.article)
        people = [one for one, of in found.statements.items() if of is found.coded] if found else []
        if found and people:
            inside = [one for one in people if place.start <= _first_start(found.coded, one) < place.end]
            told = tuple((one.value, written(found, one)) for one in sorted(inside, key=str))
            place = replace(place, written=told)
        passages.append(place)
    return replace(sample, stances=tuple(stances), passages=tuple(passages))


def state_of(view: GraphView, iris: Iris) -> tuple[str, str]:
    """What the articles were read with, in words, and a digest of which was read by which coding for what.

    The digest changes when articles come, go or are read again, and when positions come or go.
    """
    current = node(iris.current_graph)
    pairs: list[tuple[str, str]] = []
    for quad in view.quads_for_pattern(None, RDF.type, SCHEMA.NewsArticle, current):
        for made in view.quads_for_pattern(quad.subject, PROV.wasGeneratedBy, None, current):  # type: ignore[arg-type]
            pairs.append((quad.subject.value, made.object.value))  # type: ignore[union-attr]
    names: dict[str, str] = {}
    for coding in {coding for _, coding in pairs}:
        about = Nodes(view.quads_for_pattern(node(coding), None, None, current))
        label = about.text(node(coding), RDFS.label) or "read by an unknown hand"
        ended = (about.text(node(coding), PROV.endedAtTime) or "")[:10]
        names[label] = max(names.get(label, ""), ended)
    words = "; ".join(f"{label}, {day}" if day else label for label, day in sorted(names.items()))
    positions = (quad.subject.value for quad in view.quads_for_pattern(None, RDF.type, ST.Position, current))  # type: ignore[union-attr]
    return words, digest([*(" ".join(pair) for pair in sorted(pairs)), *sorted(positions)])


def passages_of(article: Article) -> list[tuple[int, int]]:
    r"""[start, end) of the paragraphs of an article that are long enough and no boilerplate.

    >>> passages_of(Article("a", "Short.\n" + "x" * 50))
    [(7, 57)]
    """
    return [
        (found.start(), found.end())
        for found in _PARAGRAPH.finditer(article.text)
        if len(found[0].strip()) >= SHORTEST and not article.in_boilerplate(found.start(), found.end())
    ]


def paragraphs_of(article: Article) -> list[tuple[int, int]]:
    r"""[start, end) of all lines of an article that have words, however short.

    >>> paragraphs_of(Article("a", "Short.\n\nLonger."))
    [(0, 6), (8, 15)]
    """
    return [found.span() for found in _PARAGRAPH.finditer(article.text) if found[0].strip()]


def _first(some: Sequence[_Drawn], size: int, seed: int, name: Callable[[_Drawn], str]) -> list[_Drawn]:
    return sorted(some, key=lambda one: hashlib.sha256(f"{seed} {name(one)}".encode()).digest())[:size]


__all__ = [
    "SHORTEST",
    "UNKNOWN_OUTLET",
    "Sample",
    "SampledPassage",
    "SampledStance",
    "Side",
    "draw",
    "latest_sample",
    "paragraphs_of",
    "passages_of",
    "sides_of",
    "state_of",
]

"""Codebooks: reads the user's topics and positions from CSV or Turtle.

The CSV has a row for each position (`position,label,topic,description,for,against` and, if wanted,
`entails,excludes`); topics stand beside it in `topics.csv` (`topic,label,broader`). The Turtle has the shape
of the codebook graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import quote, unquote

from kg.ingest.codebook_history import former_positions, read_history
from kg.ingest.tables import Row, read_table
from kg.ingest.turtle import Graph, find_loop, is_turtle, read_turtle
from kg.model.codebook import Codebook, Position, Topic
from kg.model.errors import InputError
from kg.model.iris import Iris
from kg.model.vocabulary import DCTERMS, RDFS, SKOS, ST

TOPICS_FILE = "topics.csv"

# A row that begins with # is a comment.
_SLUG = re.compile(r"(?!#)[^\s|;,<>\"{}^`\\/]+")
_BETWEEN_SLUGS = re.compile(r"[\s|;,]+")


def read_codebook(path: Path, iris: Iris, beside: Iterable[str] = ()) -> Codebook:
    """Read a codebook from CSV, or from Turtle where the file's name ends in `.ttl` or `.nt`.

    What it was before is read from its history, if there is one beside it.

    Topics that are only named, in the codebook or as `broader`, get a label from their slug.

    Args:
        path: The file; a CSV may have `topics.csv` beside it.
        iris: Makes the IRIs; those of a Turtle file stay.
        beside: Slugs of positions of another codebook that this one is taken into, for its links.

    Raises:
        InputError: A file cannot be read, a column is missing, a slug is missing, wrong or used twice,
            `entails` or `excludes` names no position, or topics or entailments run in a circle.
    """
    if is_turtle(path):
        read = _of_turtle(read_turtle(path, iris.base), beside)
    else:
        read = _of_tables(path, iris, beside)
    history = read_history(path)
    codebook = replace(
        read,
        former=former_positions(history, read.positions),
        changes=tuple(entry.change for entry in history),
    )
    if not codebook.positions:
        raise InputError("the codebook has no position", where=path, hint="add a row for each position")
    _refuse_loop({t.slug: t.broader for t in codebook.topics}, "topics lie within each other", path)
    _refuse_loop({p.slug: p.entails for p in codebook.positions}, "positions entail each other", path)
    return codebook


def _refuse_loop(edges: dict[str, Iterable[str]], what: str, path: Path) -> None:
    loop = find_loop(edges)
    if loop:
        raise InputError(
            f"{what} in a circle: {' → '.join(loop)}", where=path, hint="take one of the links out"
        )


def _of_tables(path: Path, iris: Iris, beside: Iterable[str]) -> Codebook:
    rows = read_table(path, ["position", "label"])
    topics = _topics(path.parent / TOPICS_FILE, iris)
    positions: dict[str, Position] = {}
    where: dict[str, str] = {}
    for row in rows:
        slug = _slug(row, "position")
        if slug in positions:
            raise InputError(f"the position {slug} stands there twice", where=row.where)
        belongs_to = _slugs(row["topic"])
        for topic in belongs_to:
            topics.setdefault(topic, _named_topic(topic, iris))
        where[slug] = row.where
        positions[slug] = Position(
            id=iris.position(_in_iri(slug)),
            slug=slug,
            label=" ".join(row["label"].split()) or _words(slug),
            topics=belongs_to,
            description=" ".join(row["description"].split()),
            for_phrases=row.several("for"),
            against_phrases=row.several("against"),
            entails=_slugs(row["entails"]),
            excludes=_slugs(row["excludes"]),
        )
    known = {*positions, *beside}
    for position in positions.values():
        check_links(position, known, where[position.slug])
    return Codebook(tuple(topics.values()), tuple(positions.values()))


def check_links(position: Position, known: Iterable[str], where: str) -> None:
    """Refuse what a position cannot entail or exclude: itself, an unknown one, or the same one in both ways.

    Raises:
        InputError: One of the links is wrong.
    """
    slugs = list(known)
    for name, others in (("entails", position.entails), ("excludes", position.excludes)):
        for other in others:
            if other == position.slug:
                raise InputError(f"{other} {name} itself", where=where)
            if other not in slugs:
                near = get_close_matches(other, slugs, 1)
                hint = f"did you mean {near[0]}?" if near else "add a row for it or take it out"
                raise InputError(f"{name} names the unknown position {other}", where=where, hint=hint)
    both = set(position.entails) & set(position.excludes)
    if both:
        raise InputError(f"{position.slug} both entails and excludes {min(both)}", where=where)


def _topics(path: Path, iris: Iris) -> dict[str, Topic]:
    if not path.is_file():
        return {}
    topics: dict[str, Topic] = {}
    rows = read_table(path, ["topic"])
    for row in rows:
        slug = _slug(row, "topic")
        if slug in topics:
            raise InputError(f"the topic {slug} stands there twice", where=row.where)
        broader = _slugs(row["broader"])
        if slug in broader:
            raise InputError(f"the topic {slug} lies within itself", where=row.where)
        label = " ".join(row["label"].split()) or _words(slug)
        topics[slug] = Topic(iris.topic(_in_iri(slug)), slug, label, broader)
    for topic in list(topics.values()):
        for slug in topic.broader:
            topics.setdefault(slug, _named_topic(slug, iris))
    return topics


def _named_topic(slug: str, iris: Iris) -> Topic:
    return Topic(iris.topic(_in_iri(slug)), slug, _words(slug))


def _slug(row: Row, column: str) -> str:
    slug = row[column]
    if not slug:
        raise InputError(
            f"the {column} has no slug", where=row.where, hint="write a short name such as carbon-tax"
        )
    check_slug(slug, row.where)
    return slug


def check_slug(slug: str, where: str) -> None:
    """Refuse what cannot be the short name of a position or topic.

    Raises:
        InputError: It is empty, begins with #, or has blanks or marks that separate.
    """
    if not _SLUG.fullmatch(slug):
        raise InputError(
            f"'{slug}' is no slug",
            where=where,
            hint="write it without blanks, commas and # before it, such as carbon-tax",
        )


def _slugs(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in _BETWEEN_SLUGS.split(text) if part))


def _in_iri(slug: str) -> str:
    return quote(slug, safe="-_.~")


def _words(slug: str) -> str:
    """A label for a slug without one.

    >>> _words("carbon-tax")
    'Carbon tax'
    """
    words = " ".join(re.split(r"[-_]+", slug)).strip() or slug
    return words[:1].upper() + words[1:]


def _last_part(iri: str) -> str:
    return unquote(re.split(r"[/#:]", iri.rstrip("/#"))[-1])


def _of_turtle(graph: Graph, beside: Iterable[str]) -> Codebook:
    positions = graph.instances(ST + "Position")
    topics = graph.instances(SKOS + "Concept")
    named = [t for p in positions for t in graph.values(p, ST + "topic")]
    named += [b for t in topics for b in graph.values(t, SKOS + "broader")]
    topics = tuple(dict.fromkeys([*(t for t in topics if t not in positions), *named]))
    slug_of = {iri: graph.text(iri, SKOS + "notation") or _last_part(iri) for iri in (*topics, *positions)}
    for kind in (topics, positions):
        _check_slugs(graph, kind, slug_of)
    found = [_position(graph, iri, slug_of) for iri in positions]
    known = {*(position.slug for position in found), *beside}
    for position in found:
        check_links(position, known, str(graph.where))
    return Codebook(
        tuple(
            Topic(
                iri,
                slug_of[iri],
                graph.label(iri) or _words(slug_of[iri]),
                tuple(slug_of[broader] for broader in graph.values(iri, SKOS + "broader")),
            )
            for iri in topics
        ),
        tuple(found),
    )


def _check_slugs(graph: Graph, iris: Iterable[str], slug_of: dict[str, str]) -> None:
    seen: dict[str, str] = {}
    for iri in iris:
        if iri.startswith("_:"):
            raise InputError("a topic or position has no IRI", where=graph.where, hint="give each one an IRI")
        slug = slug_of[iri]
        if not _SLUG.fullmatch(slug):
            raise InputError(
                f"<{iri}> has the slug '{slug}'", where=graph.where, hint="give it a skos:notation"
            )
        if slug in seen:
            raise InputError(f"<{iri}> and <{seen[slug]}> have the same slug {slug}", where=graph.where)
        seen[slug] = iri


def _position(graph: Graph, iri: str, slug_of: dict[str, str]) -> Position:
    def linked(predicate: str) -> tuple[str, ...]:
        return tuple(slug_of.get(other, _last_part(other)) for other in graph.values(iri, predicate))

    return Position(
        id=iri,
        slug=slug_of[iri],
        label=graph.label(iri) or _words(slug_of[iri]),
        topics=linked(ST + "topic"),
        description=graph.text(iri, DCTERMS + "description", SKOS + "definition", RDFS + "comment") or "",
        for_phrases=graph.values(iri, ST + "wordingFor"),
        against_phrases=graph.values(iri, ST + "wordingAgainst"),
        entails=linked(ST + "entails"),
        excludes=linked(ST + "excludes"),
    )


__all__ = ["TOPICS_FILE", "check_links", "check_slug", "read_codebook"]

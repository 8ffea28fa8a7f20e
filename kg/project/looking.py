"""What the graph holds, as lists for people: articles, actors, counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

from kg.codebook.looking import Entry, Shown, entries, shown
from kg.model.errors import UsageError
from kg.query.results import from_oxigraph
from kg.review.trust import trust_of
from kg.review.trust_text import trust_note, trust_sentence
from kg.store.embedded import Store

if TYPE_CHECKING:
    from kg.project.project import Project

_ARTICLES = """
SELECT ?iri (SAMPLE(?file_) AS ?file) (SAMPLE(?title_) AS ?title) (SAMPLE(?published_) AS ?published)
  (SAMPLE(?dated_by_) AS ?dated_by) (SAMPLE(?publisher_) AS ?publisher) (SAMPLE(?url_) AS ?url)
  (SAMPLE(?sha256_) AS ?sha256) (COUNT(DISTINCT ?statement) AS ?statements)
  (COUNT(DISTINCT ?by_people) AS ?coded)
WHERE {
  ?iri a schema:NewsArticle ; rdfs:label ?title_ ; st:fileName ?file_ ; st:sha256 ?sha256_ .
  OPTIONAL { ?iri schema:datePublished ?published_ }
  OPTIONAL { ?iri st:datedBy ?dated_by_ }
  OPTIONAL { ?iri schema:publisher/rdfs:label ?publisher_ }
  OPTIONAL { ?iri schema:url ?url_ }
  OPTIONAL {
    ?statement st:source ?iri ; a st:Statement .
    OPTIONAL { ?statement st:status ?status . FILTER (?status = st:reviewed) BIND (?statement AS ?by_people) }
  }
} GROUP BY ?iri ORDER BY ?published ?file ?iri
"""
_ACTORS = """
SELECT ?iri (SAMPLE(?label_) AS ?label) (SAMPLE(?class_) AS ?class) (SAMPLE(?new_) AS ?new)
  (COUNT(DISTINCT ?statement) AS ?statements) (MIN(?words) AS ?first_words)
WHERE {
  ?statement a st:Statement ; st:speaker|st:jointSpeaker ?iri ; st:claim/rdfs:label ?words .
  ?iri rdfs:label ?label_ ; a ?class_ .
  OPTIONAL { ?iri st:status ?status . BIND (true AS ?new_) FILTER (?status = st:candidate) }
} GROUP BY ?iri ORDER BY DESC(?statements) ?label
"""
_KINDS = {"Person": "person", "Organization": "organization", "Country": "state", "UnnamedSource": "unnamed"}
_COUNTS = """
SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { %s }
"""


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """One article of the graph.

    Attributes:
        statements: Number of statements in force.
        coded: How many of these a person wrote down or accepted.
    """

    file: str
    title: str
    published: str | None
    dated_by: str | None
    publisher: str | None
    statements: int
    coded: int
    url: str | None
    sha256: str
    iri: str


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor who speaks in the graph.

    Attributes:
        kind: person, organization, state or unnamed.
        new: Whether the register lacks the actor, who has an entry from what an article says.
        example: Words of one of the statements.
    """

    label: str
    kind: str
    new: bool
    statements: int
    example: str
    iri: str


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of what is in force, the span of time that it covers, and what a random sample says of it.

    Attributes:
        utterances: Speech acts: all reports of one are one.
        utterances_of_several: Of these, how many two or more articles report.
        stances: Stances: who, on what, on which side, in which utterance; by statement, each report's own.
        stances_supporting: Of these, those for a position.
        stances_opposing: Those against one.
        stances_neutral: Those that take no side.
        stances_conditional: Those with a condition, in any report.
        stances_reviewed: Those that a person wrote down or accepted, in any report.
        sample: How far the machine's reading can be trusted (`kg.review.trust`); None where nobody looked.
    """

    articles: int
    outlets: int
    statements: int
    utterances: int
    utterances_of_several: int
    stances: int
    stances_supporting: int
    stances_opposing: int
    stances_neutral: int
    stances_conditional: int
    stances_reviewed: int
    actors_speaking: int
    actors_not_in_register: int
    positions_taken: int
    positions_in_codebook: int
    first_said: str | None
    last_said: str | None
    triples: int
    sample: str | None


def _records(store: Store, text: str) -> list[dict[str, Any]]:
    return from_oxigraph(store.query(text, check=False)).records()


def article_entries(store: Store) -> list[ArticleEntry]:
    """All articles, by date of publication."""
    names = ArticleEntry.__slots__
    return [ArticleEntry(**{name: record[name] for name in names}) for record in _records(store, _ARTICLES)]


def find_article(entries: Sequence[ArticleEntry], name: str) -> ArticleEntry:
    """The article that a file name, title, digest (at least six digits) or IRI means.

    Raises:
        UsageError: None does, or several do.
    """
    found = [entry for entry in entries if name in (entry.iri, entry.sha256, entry.file, entry.title)]
    if not found and re.fullmatch(r"[0-9a-f]{6,}", name):
        found = [entry for entry in entries if entry.sha256.startswith(name)]
    if len(found) == 1:
        return found[0]
    if found:
        digests = ", ".join(entry.sha256[:12] for entry in found)
        raise UsageError(f"'{name}' fits {len(found)} articles", hint=f"use a digest: {digests}")
    near = get_close_matches(name, [entry.file for entry in entries] + [entry.title for entry in entries], 1)
    hint = f"did you mean '{near[0]}'?" if near else "'kg articles' lists them"
    raise UsageError(f"there is no article '{name}' in the graph", hint=hint)


def position_entries(project: Project) -> list[Entry]:
    """The positions of the codebook, with numbers of stances where there is a graph."""
    if not project.settings.store.exists():
        return entries(project.codebook, None)
    with project.reading() as store:
        return entries(project.codebook, store)


def position_shown(project: Project, name: str) -> Shown:
    """All about one position, by slug or label, also about one that was.

    Raises:
        UsageError: There is none of that name.
    """
    if not project.settings.store.exists():
        return shown(project.codebook, name, None)
    with project.reading() as store:
        return shown(project.codebook, name, store)


def actor_entries(store: Store) -> list[ActorEntry]:
    """All actors who speak, most often first."""
    return [
        ActorEntry(
            label=record["label"],
            kind=_KINDS.get(re.split(r"[/#]", str(record["class"]))[-1], "person"),
            new=bool(record["new"]),
            statements=record["statements"],
            example=record["first_words"],
            iri=record["iri"],
        )
        for record in _records(store, _ACTORS)
    ]


def _sampled(store: Store) -> str | None:
    found = trust_of(store.view, store.iris)
    said = trust_sentence(found) if found else None
    return f"{said}; {trust_note(found)}" if found and said else None


def stats(store: Store, *, by: Literal["utterance", "statement"] = "utterance") -> Stats:
    """Counts of what the derived graph holds.

    Args:
        store: The graph.
        by: Whether all reports of one speech act make one stance, or each of them one.
    """

    def count(pattern: str) -> int:
        return int(_records(store, _COUNTS % pattern)[0]["n"])

    def stances(which: str = "") -> int:
        each = "?actor ?position ?polarity ?utterance" if by == "utterance" else "?s"
        text = (
            f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT {each} {{ ?s a st:Stance ; st:actor ?actor ; "
            f"st:position ?position ; st:polarity ?polarity ; st:utterance ?utterance {which} }} }}"
        )
        return int(_records(store, text)[0]["n"])

    def limit(bound: str, order: str) -> str | None:
        text = f"SELECT ?day WHERE {{ ?s a st:Stance ; {bound} ?day }} ORDER BY {order}(?day) LIMIT 1"
        return next((str(record["day"]) for record in _records(store, text)), None)

    return Stats(
        articles=count("?s a schema:NewsArticle"),
        outlets=count("?a a schema:NewsArticle ; schema:publisher ?s"),
        statements=count("?s a st:Statement"),
        utterances=count("?s a st:Utterance"),
        utterances_of_several=count(
            "?a st:utterance ?s ; a st:Statement ; st:source ?x . ?b st:utterance ?s ; a st:Statement ; "
            "st:source ?y . FILTER (?x != ?y)"
        ),
        stances=stances(),
        stances_supporting=stances("; st:polarity st:supports"),
        stances_opposing=stances("; st:polarity st:opposes"),
        stances_neutral=stances("; st:polarity st:neutral"),
        stances_conditional=stances("; st:condition ?c"),
        stances_reviewed=stances("; st:status st:reviewed"),
        actors_speaking=count("?t st:speaker|st:jointSpeaker ?s"),
        actors_not_in_register=count("?t st:speaker|st:jointSpeaker ?s . ?s st:status st:candidate"),
        positions_taken=count("?t a st:Stance ; st:position ?s"),
        positions_in_codebook=count("?s a st:Position"),
        first_said=limit("st:dateEarliest", "ASC"),
        last_said=limit("st:dateLatest", "DESC"),
        triples=sum(1 for _ in store.graph(store.iris.current_graph)),
        sample=_sampled(store),
    )

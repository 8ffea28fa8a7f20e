"""Finds the node that a name means: by label, alias, notation, Wikidata number, IRI or its last part."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.model.errors import UsageError
from kg.query.former import FormerNodes
from kg.query.results import Result
from kg.query.terms import expand, iri_text, is_iri, python_value, shorten

# Letters that carry a stroke or are joined do not fall apart into a letter and a mark.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
# Nodes of these classes come by the ten thousand and have long labels: they are found by their IRIs alone.
_BY_IRI_ONLY = {"st:Stance", "st:Statement", "st:Utterance", "schema:NewsArticle"}
_SUGGESTIONS = 5


def unmarked(text: str) -> str:
    """Text without case and marks.

    >>> unmarked("Lech WAŁĘSA"), unmarked("Straße")
    ('lech walesa', 'strasse')
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in apart if not unicodedata.combining(char))


def plain(name: str) -> str:
    """A name without case, marks, and differences of hyphens, apostrophes and spaces.

    >>> plain("Côte d’Ivoire"), plain("Lech  WAŁĘSA"), plain("missile-defence")
    ('cote divoire', 'lech walesa', 'missile defence')
    """
    return " ".join(re.sub(r"[-_\s]+", " ", re.sub(r"['’‘`.]", "", unmarked(name))).split())


@dataclass
class _Names:
    """Names of the nodes of some classes: what a node is called, and what else it is known by.

    Attributes:
        former: IRIs of nodes that are no more, by the names that lead from them to what took their place.
    """

    labels: dict[str, str] = field(default_factory=dict)
    canonical: dict[str, set[str]] = field(default_factory=dict)
    others: dict[str, set[str]] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)

    def add(self, iri: str, kind: str, name: str) -> None:
        if kind == "label":
            self.labels.setdefault(iri, name)
        key = plain(name.rpartition("/")[2] if kind == "same" else name)
        table = self.others if kind in ("alias", "same") else self.canonical
        table.setdefault(key, set()).add(iri)


class Catalogue:
    """The names of a graph, looked up class by class and kept.

    Args:
        engine: Answers SPARQL queries on the graph.
    """

    def __init__(self, engine: Callable[[str], Result]) -> None:
        """Keep the engine; nothing is read before the first name."""
        self._engine = engine
        self._names: dict[tuple[str, ...], _Names] = {}
        self._former = FormerNodes(engine)

    def resolve(self, name: str, classes: tuple[str, ...] = ()) -> str:
        """The IRI that a name means.

        Args:
            name: A label, alias, notation, slug, Wikidata number, prefixed name or IRI, in any case.
            classes: Prefixed names of classes that the node must belong to one of; empty for any node.

        Raises:
            UsageError: Nothing has that name, or several nodes have.
        """
        text = name.strip()
        if not text:
            raise UsageError("the name is empty")
        iri = text if is_iri(text) and "/" in text else expand(text)
        if iri is not None:
            return self._known(iri, text)
        if set(classes) & _BY_IRI_ONLY:
            return self._by_last_part(text, classes)
        names = self.names(classes)
        key = plain(text)
        for table in (names.canonical, names.others):
            found = table.get(key, set())
            if len(found) == 1:
                if table is names.others and key in names.former:
                    self._refuse_turned(text, names.former[key])
                return next(iter(found))
            if found:
                candidates = "; ".join(f"{names.labels.get(iri, '')} <{iri}>" for iri in sorted(found))
                raise UsageError(f"'{text}' may mean several", hint=f"write one of {candidates}")
        raise UsageError(f"'{text}' names nothing in the graph", hint=_suggestion(key, names))

    def names(self, classes: tuple[str, ...]) -> _Names:
        """All names of the nodes of some classes."""
        if classes not in self._names:
            self._names[classes] = self._read(classes)
        return self._names[classes]

    def labels(self, classes: tuple[str, ...]) -> dict[str, str]:
        """Label of each node of some classes, by IRI: what may be typed for a parameter."""
        return dict(self.names(classes).labels)

    def _read(self, classes: tuple[str, ...]) -> _Names:
        names = _Names()
        kinds = " ".join(iri_text(expand(name) or name) for name in classes)
        answer = self._engine(
            f"""PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
            PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
            PREFIX schema: <https://schema.org/>
            SELECT ?node ?kind ?name WHERE {{
              {f"VALUES ?class {{ {kinds} }} ?node a ?class ." if kinds else ""}
              VALUES (?property ?kind) {{
                (rdfs:label "label") (skos:prefLabel "label") (skos:notation "notation")
                (skos:altLabel "alias") (schema:sameAs "same")
              }}
              ?node ?property ?name .
            }} ORDER BY ?node ?kind ?name"""
        )
        for row in answer.rows:
            node, kind, name = (str(python_value(term)) for term in row)
            names.add(node, kind, name)
            names.add(node, "slug", re.split(r"[/#]", node)[-1])
        for old, called in self._former.names().items():
            for iri in self._former.in_place_of(old):
                if iri in names.labels:
                    for name in called:
                        names.add(iri, "alias", name)
                        names.former[plain(name)] = old
        return names

    def _known(self, iri: str, text: str) -> str:
        answer = self._engine(f"ASK {{ {iri_text(iri)} ?property ?value }}")
        if not answer.answer:
            raise UsageError(f"<{text}> names nothing in the graph", hint="look it up with a search")
        now = self._former.in_place_of(iri)
        if len(now) > 1:
            raise UsageError(
                f"<{text}> was split", hint="write one of " + ", ".join(f"<{one}>" for one in now)
            )
        self._refuse_turned(text, iri)
        return now[0] if now else iri

    def _refuse_turned(self, text: str, former: str) -> None:
        if self._former.is_turned(former):
            now = ", ".join(f"<{one}>" for one in self._former.in_place_of(former))
            raise UsageError(
                f"'{text}' was put the other way round: who was for it is against what took its place",
                hint=f"ask for {now}",
            )

    def _by_last_part(self, text: str, classes: tuple[str, ...]) -> str:
        kinds = " ".join(iri_text(expand(name) or name) for name in classes)
        # The text is compared here, not put into the query.
        answer = self._engine(f"SELECT ?node WHERE {{ VALUES ?class {{ {kinds} }} ?node a ?class }}")
        nodes = [str(python_value(row[0])) for row in answer.rows]
        # A reference as tables show it is the end of the last part.
        last = {iri: re.split(r"[/#]", iri)[-1] for iri in nodes}
        found = sorted(iri for iri, part in last.items() if part == text or part.endswith("." + text))
        if len(found) == 1:
            return found[0]
        short = " or ".join(shorten(expand(name) or name) for name in classes)
        raise UsageError(
            f"'{text}' is no {short} of the graph", hint="copy its IRI from the json or csv of a query"
        )


def _suggestion(key: str, names: _Names) -> str:
    every = {**names.others, **names.canonical}
    words = set(key.split())
    close = difflib.get_close_matches(key, list(every), _SUGGESTIONS, 0.72)
    close += [name for name in sorted(every) if words and words <= set(name.split())]
    labels = list(
        dict.fromkeys(
            names.labels[iri] for name in close for iri in sorted(every[name]) if iri in names.labels
        )
    )
    if not labels:
        return "names are those of the register and the codebook"
    return "did you mean " + " or ".join(f"'{label}'" for label in labels[:_SUGGESTIONS]) + "?"


__all__ = ["Catalogue", "plain", "unmarked"]

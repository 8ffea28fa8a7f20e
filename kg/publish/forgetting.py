"""The changes of a release as files, without the words of withdrawn articles.

`added.nt` and `removed.nt` turn the release before into this one. Where an article was withdrawn, though,
nothing of it may come back in `removed.nt`: what has to go is then named by a SPARQL update, `forget.ru`,
that knows IRIs made of numbers alone. So the graph of this release is that of the one before, without the
lines of `removed.nt`, with those of `added.nt`, after `forget.ru`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.model.vocabulary import RDF, SCHEMA, ST
from kg.publish.difference import Pair

NOTHING = "# Run after removed.nt and added.nt. No article was withdrawn: there is nothing to forget.\n"
_ARTICLE = f"<{RDF}type> <{SCHEMA}NewsArticle> ."
_UNNAMED = f"<{RDF}type> <{ST}UnnamedSource> ."
_OUTLET = f"<{RDF}type> <{SCHEMA}NewsMediaOrganization> ."
_CANDIDATE = f"<{ST}status> <{ST}candidate> ."
_UTTERANCE = f"<{RDF}type> <{ST}Utterance> ."
_STANCES = (f"<{RDF}type> <{ST}Stance> .", f"<{RDF}type> <{ST}Statement> .")
# What nothing refers to is not in force; unnamed sources first, as they alone refer to others.
_TIDY = f"""\
DELETE {{ ?node ?property ?value }} WHERE {{
  ?node a <{ST}UnnamedSource> ; ?property ?value .
  FILTER NOT EXISTS {{ ?other ?link ?node }}
}} ;
DELETE {{ ?node ?property ?value }} WHERE {{
  {{ ?node <{ST}status> <{ST}candidate> . FILTER NOT EXISTS {{ ?node <{ST}claim> ?claim }} }}
  UNION {{ ?node a <{SCHEMA}NewsMediaOrganization> }}
  ?node ?property ?value .
  FILTER NOT EXISTS {{ ?other ?link ?node }}
}} ;
"""


Write = Callable[[str], object]


class Changes:
    """Writes the changes, node by node."""

    def __init__(self, articles: set[str], added: Write, removed: Write) -> None:
        """Write to two files.

        Args:
            articles: Keys of the withdrawn articles.
            added: Takes each N-Triples line that comes, in order.
            removed: Takes each line that goes and may show, in order.
        """
        self._articles = articles
        self._added, self._removed = added, removed
        self._whole: list[str] = []
        self._values: list[str] = []

    def take_in(self, pair: Pair) -> None:
        """Write the lines of a node that differs."""
        for line in pair.come:
            self._added(line)
        for line in self._shown(pair):
            self._removed(line)

    def _shown(self, pair: Pair) -> list[str]:
        """The lines that went and may show; the others are kept in mind for the update."""
        if not self._articles:
            return pair.gone
        made_of_words = _is_made_of_words(pair.old)
        if not pair.new:
            if made_of_words:
                return []
            if _belongs(pair.iri, self._articles):
                self._whole.append(pair.iri)
                return []
        elif made_of_words or _has(pair.old, _UTTERANCE):
            kept, hushed = _divided(pair)
            self._values += hushed
            return kept
        return pair.gone

    def forget(self) -> str:
        """The SPARQL update for what does not show."""
        return _update(self._whole, self._values) if self._articles else NOTHING


def articles_in(lines: Iterable[str]) -> set[str]:
    """IRIs of the articles of a graph, from its N-Triples lines."""
    return {line[1 : line.index("> ")] for line in lines if line.endswith(_ARTICLE)}


def keys_of(articles: Iterable[str]) -> set[str]:
    """What the IRIs of all that is an article's own begin with, behind what kind of node they are."""
    return {_last(iri) for iri in articles}


def _divided(pair: Pair) -> tuple[list[str], list[str]]:
    """Lines that may show, and updates in place of those that may not: texts that went from a shared node."""
    kept, properties = [], []
    for line in pair.gone:
        _, property_, value = line.split(" ", 2)
        if value.startswith("<"):
            kept.append(line)
        else:
            properties.append(property_)
    return kept, [_clear(pair, property_) for property_ in dict.fromkeys(properties)]


def _clear(pair: Pair, property_: str) -> str:
    values = [line.split(" ", 2)[2].removesuffix(" .") for line in pair.new if f"> {property_} " in line]
    keep = f" FILTER (?value NOT IN ({', '.join(values)}))" if values else ""
    node = f"<{pair.iri}>"
    return f"DELETE {{ {node} {property_} ?value }} WHERE {{ {node} {property_} ?value .{keep} }} ;\n"


def _update(whole: list[str], values: list[str]) -> str:
    lines = ["# Run after removed.nt and added.nt: takes out what went with withdrawn articles.\n"]
    lines += [f"DELETE WHERE {{ <{iri}> ?property ?value }} ;\n" for iri in whole]
    return "".join([*lines, *values, _TIDY])


def _last(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _belongs(iri: str, articles: set[str]) -> bool:
    """Whether a node is an article's own: its key begins with the article's."""
    return _last(iri).partition(".")[0] in articles


def _is_made_of_words(lines: Iterable[str]) -> bool:
    """Whether a node's IRI, and its names, are made of words of articles."""
    lines = list(lines)
    if any(_has(lines, line) for line in _STANCES):
        return False
    return any(_has(lines, line) for line in (_UNNAMED, _OUTLET, _CANDIDATE))


def _has(lines: Iterable[str], end: str) -> bool:
    return any(line.endswith(end) for line in lines)


__all__ = ["NOTHING", "Changes", "articles_in", "keys_of"]

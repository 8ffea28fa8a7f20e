"""Search over labels and quotes: a small file that the page looks through by itself."""

from __future__ import annotations

from kg.pages.addresses import Page
from kg.pages.assets import scripts
from kg.pages.material import Material
from kg.pages.rendering import Content
from kg.pages.rows import source_of
from kg.pages.words import KINDS, quoted, when

DATA_FILE = "data/search.json"
_QUOTE = 240


def search_content(material: Material, page: Page) -> Content:
    """The page with the search field."""
    return Content("Search", "search.html", {"data_file": DATA_FILE}, scripts("search.js"))


def search_index(material: Material) -> list[list[str]]:
    """What can be found: words to show, path, kind, and further words to look in.

    Named things come first, then statements in the order of their dates.
    """
    facts = material.facts
    found = [
        [one.label, material.path(one.iri), KINDS[one.kind].lower(), " ".join(one.aliases)]
        for one in facts.actors.values()
        if one.kind != "unnamed"
    ]
    found += [
        [one.label, material.path(one.iri), "position", one.description or ""]
        for one in facts.positions.values()
    ]
    found += [[one.label, material.path(one.iri), "topic", ""] for one in facts.topics.values()]
    found += [[name, material.path(iri), "outlet", ""] for iri, name in facts.outlets.items()]
    found += [
        [one.title, material.path(one.iri), "article", source_of(material, one)]
        for one in facts.articles.values()
    ]
    for statement in facts.statements.values():
        quote = quoted(facts.passages(statement), _QUOTE)
        speaker = facts.label(statement.speaker)
        label = f"{speaker}, {when(statement.when)}: {statement.claim}"
        found.append([label, material.path(statement.iri), "statement", quote if quote not in label else ""])
    return found


__all__ = ["DATA_FILE", "search_content", "search_index"]

"""Which content each kind of page has, and each data file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from kg.model.errors import UsageError
from kg.pages import search, timeline
from kg.pages.actor import actor_content
from kg.pages.addresses import Page
from kg.pages.article import article_content
from kg.pages.chart import chart_data
from kg.pages.home import about_content, index_content
from kg.pages.lists import (
    actors_content,
    articles_content,
    outlet_content,
    outlets_content,
    positions_content,
    topics_content,
)
from kg.pages.material import Material
from kg.pages.network import network_content
from kg.pages.position import position_content, topic_content
from kg.pages.query import queries_content, query_content, query_file, query_formats
from kg.pages.rendering import Content
from kg.pages.statement import stance_content, statement_content
from kg.query.canned import Given

CONTENTS: dict[str, Callable[[Material, Page], Content]] = {
    "index": index_content,
    "timeline": timeline.timeline_content,
    "actors": actors_content,
    "positions": positions_content,
    "topics": topics_content,
    "articles": articles_content,
    "outlets": outlets_content,
    "network": network_content,
    "search": search.search_content,
    "queries": queries_content,
    "about": about_content,
    "year": timeline.year_content,
    "article": article_content,
    "statement": statement_content,
    "stance": stance_content,
    "position": position_content,
    "topic": topic_content,
    "outlet": outlet_content,
    "actor": actor_content,
}
"""How each kind of page is made; that of a query takes values too."""


def content_of(material: Material, page: Page, values: Mapping[str, Given]) -> Content:
    """The content of a page."""
    if page.kind == "query":
        return query_content(material, page, values)
    return CONTENTS[page.kind](material, page)


def fixed_pages(material: Material) -> list[Page]:
    """The pages that are about no single node."""
    names = ("index", "timeline", "actors", "positions", "topics", "articles", "outlets", "network", "search")
    fixed = [Page(f"{name}.html", name) for name in (*names, "queries", "about")]
    years = [
        Page(timeline.year_path(year), "year") for year in timeline.years_of(material.facts.stances.values())
    ]
    return [*fixed, *years, *(Page(f"queries/{query.name}.html", "query") for query in material.queries)]


def file_paths(material: Material) -> list[str]:
    """Paths of the data files, and of the queries with their answers."""
    answers = [f"queries/{one.name}.{ending}" for one in material.queries for ending in query_formats(one)]
    return [search.DATA_FILE, timeline.DATA_FILE, *answers]


def file_content(material: Material, path: str) -> bytes:
    """A data file.

    Raises:
        UsageError: There is none of that path.
    """
    if path not in file_paths(material):
        raise UsageError(f"there is no file '{path}'")
    if path == search.DATA_FILE:
        return _json(search.search_index(material))
    if path == timeline.DATA_FILE:
        return _json(chart_data(material, material.facts.stances.values()))
    return query_file(material, path)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


__all__ = ["CONTENTS", "content_of", "file_content", "file_paths", "fixed_pages"]

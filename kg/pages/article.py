"""The page of an article: its text, or the passages of it, with every attribution in place."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from kg.analyse.records import Passage, Stance, Statement
from kg.model.vocabulary import SCHEMA
from kg.pages.addresses import Page
from kg.pages.assets import scripts
from kg.pages.material import Material
from kg.pages.node import facts_of
from kg.pages.passages import blocks_of, numbered
from kg.pages.rendering import Content
from kg.pages.rows import rows_of
from kg.pages.trust import checked
from kg.pages.words import when


def text_of(material: Material, article: str) -> str | None:
    """The article's stored text; None where it is not to be shown or not there."""
    if not material.options.full_texts:
        return None
    graph = NamedNode(material.iris.article_graph(article.rsplit("/", 1)[-1]))
    for quad in material.view.quads_for_pattern(NamedNode(article), NamedNode(SCHEMA + "text"), None, graph):
        if isinstance(quad.object, Literal):
            return quad.object.value
    return None


def article_content(material: Material, page: Page) -> Content:
    """The page of an article."""
    facts, iri = material.facts, page.iri or ""
    article = facts.articles[iri]
    statements = facts.statements_by_article.get(iri, [])
    passages: dict[str, list[Passage]] = {one.iri: facts.passages(one) for one in statements}
    in_order = numbered(statements, passages)
    text = text_of(material, iri)
    values = {
        "article": article,
        "published": when(article.published),
        "outlet": material.link(article.outlet) if article.outlet else None,
        "whole": text is not None,
        "checked": checked(material, "outlet" if article.outlet else "", article.outlet or ""),
        "blocks": blocks_of(text, in_order, passages),
        "statements": [_entry(material, number, one) for number, one in in_order],
        "iri": iri,
        "facts": facts_of(material, iri),
    }
    return Content(article.title, "article.html", values, scripts("article.js"))


def _entry(material: Material, number: int, statement: Statement) -> dict[str, object]:
    stances: list[Stance] = material.facts.by_statement.get(statement.iri, [])
    return {
        "number": number,
        "statement": statement,
        "address": material.path(statement.iri),
        "speakers": [material.link(iri) for iri in (statement.speaker, *statement.joint)],
        "behalf": material.link(statement.on_behalf_of) if statement.on_behalf_of else None,
        "date": when(statement.when),
        "stances": rows_of(material, stances),
    }


__all__ = ["article_content", "text_of"]

"""Which content each kind of page has."""

from __future__ import annotations

from collections.abc import Mapping

from kg.pages.addresses import Page
from kg.pages.lists import list_content
from kg.pages.material import Material
from kg.pages.node import node_content
from kg.pages.rendering import Content
from kg.query.canned import Given

Values = Mapping[str, Given]


def content_of(material: Material, page: Page, values: Values) -> Content:
    """The content of a page.

    Raises:
        UsageError: A value of a form does not fit.
    """
    return node_content(material, page) if page.iri else list_content(material, page)


__all__ = ["content_of"]

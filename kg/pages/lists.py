"""Pages that list the nodes of a kind."""

from __future__ import annotations

from kg.pages.addresses import Page
from kg.pages.material import Material
from kg.pages.rendering import Content, Link


def list_content(material: Material, page: Page) -> Content:
    """The nodes of a kind by their names."""
    kind = page.kind.removesuffix("s")
    pages = [one for one in material.addresses.pages() if one.kind == kind]
    links = sorted(
        (Link(material.label(one.iri or ""), one.path) for one in pages), key=lambda one: one.label
    )
    return Content(page.kind.capitalize(), "list.html", {"links": links})


__all__ = ["list_content"]

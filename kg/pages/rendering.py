"""Turns the content of a page into HTML: templates that escape whatever is put into them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.pages.addresses import link
from kg.pages.assets import content_security_policy
from kg.pages.words import counted, shown


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the frame: its words, and an address below the root."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Options:
    """How a site is shown.

    Attributes:
        title: Name of the project, at the top of each page.
        live: Whether a server answers, so that forms work; a folder of files has ready answers only.
        release: Number of the release, such as `2026.11`; None for a graph in the making.
        full_texts: Whether articles are shown whole, where the graph has their texts, or by short passages.
        links: Further pages of the publisher or server that the top of each page leads to.
    """

    title: str
    live: bool = False
    release: str | None = None
    full_texts: bool = False
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What a page holds inside the frame.

    Attributes:
        title: Title of the page.
        template: Name of its template.
        values: What the template shows.
        scripts: Addresses of scripts below the root.
        data: Values that scripts read, by their names.
    """

    title: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    scripts: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


def json_for_page(value: object) -> Markup:
    r"""JSON that can stand in a script element: nothing in it can end the element.

    >>> print(json_for_page({"a": "</script>"}))
    {"a":"\u003c/script\u003e"}
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - escaped just above


def _printable(value: object) -> object:
    return shown(value) if type(value) is str else value


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_printable,
    )
    environment.filters["json"] = json_for_page
    environment.filters["capital"] = lambda sentence: sentence[:1].upper() + sentence[1:]
    environment.globals["counted"] = counted
    return environment


def render(content: Content, options: Options, path: str) -> str:
    """A page as HTML.

    Args:
        content: What it holds.
        options: How the site is shown.
        path: Where the page is below the root; all links are relative to it.
    """
    return (
        _environment()
        .get_template(content.template)
        .render(
            content.values,
            title=content.title,
            site=options,
            path=path,
            scripts=content.scripts,
            data=content.data,
            policy=content_security_policy(),
            root="../" * path.count("/"),
            url=lambda address: link(address, path),
        )
    )


__all__ = ["Content", "Link", "Options", "json_for_page", "render"]

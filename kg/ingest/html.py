"""Web pages: the main text by trafilatura, the metadata from JSON-LD, meta tags and the page itself.

Nothing is fetched: the page is parsed from its bytes, and the libraries get the parsed tree alone. Pages
that are too large or too deeply nested for the extractor are read by a plain walk over their paragraphs,
which takes time in proportion to their size.
"""

from __future__ import annotations

import contextlib
import copy
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from kg.ingest.decode import decode
from kg.ingest.html_metadata import page_metadata
from kg.ingest.metadata import Metadata
from kg.model.errors import InputError

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_LOOKS_LIKE = re.compile(
    r"\A\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_BLOCKS = frozenset(
    """
        ab address article aside blockquote body cell dd div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5     h6 head header hr item li list main nav ol p pre quote row section table td
    th title tr ul
    """.split()  # noqa: SIM905
)
_BREAKS = frozenset(("br", "lb"))
_SILENT = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "select",
        "textarea",
        "button",
        "title",
    )
)
_AROUND = frozenset(("nav", "footer", "aside", "form", "menu", "dialog", "figure", "figcaption"))
_MAX_CHARACTERS = 3_000_000
_MAX_ELEMENTS = 20_000
_MAX_DEPTH = 150

# What the libraries cannot make sense of is no news to the user, who gets our own message.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from a page: paragraphs parted by blank lines, and what the page says of itself."""

    text: str
    metadata: Metadata


def looks_like_html(text: str) -> bool:
    """Whether a text of unknown kind begins as a web page does.

    >>> looks_like_html("<!DOCTYPE html><p>Hello"), looks_like_html("Hello")
    (True, False)
    """
    return bool(_LOOKS_LIKE.match(text[:2000]))


def read_html(data: bytes, where: str | Path) -> Page:
    """The main text and the metadata of a page.

    Args:
        data: The page as it was received.
        where: The file, for messages.

    Raises:
        InputError: It is empty, binary or no page, or has no text.
    """
    charset = _CHARSET.search(data[:4096])
    markup = decode(data, where, declared=charset[1].decode("ascii", "replace") if charset else None)
    tree = _parse(markup, where)
    visible = list(_blocks(tree, skip=_SILENT))
    metadata = page_metadata(tree, visible)
    blocks = _main_text(tree, markup) or list(_blocks(tree, skip=_SILENT | _AROUND)) or visible
    if not blocks:
        raise InputError("no text was found in the page", where=where, hint="save the article's text as .txt")
    return Page("\n\n".join(_with_title(blocks, metadata, visible)), metadata)


def _parse(markup: str, where: str | Path) -> etree._Element:
    parser = lxml_html.HTMLParser(no_network=True, remove_pis=True, recover=True, huge_tree=True)
    try:
        tree = lxml_html.document_fromstring(_DECLARATION.sub("", markup), parser=parser)
    except (etree.LxmlError, ValueError, RecursionError, AssertionError) as error:
        raise InputError(
            "no page can be read in it", where=where, hint="save it as HTML or plain text"
        ) from error
    return tree


def _is_tame(tree: etree._Element, markup: str) -> bool:
    """Whether the extractor, which is recursive and not linear in time, can be let loose on it."""
    if len(markup) > _MAX_CHARACTERS:
        return False
    depth = elements = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > _MAX_DEPTH or elements > _MAX_ELEMENTS:
            return False
    return True


def _main_text(tree: etree._Element, markup: str) -> list[str]:
    if not _is_tame(tree, markup):
        return []
    # Whatever the extractor makes of a broken page, the plain walk is still there.
    with contextlib.suppress(Exception):
        document = trafilatura.bare_extraction(
            copy.deepcopy(tree), include_comments=False, include_tables=False, with_metadata=False
        )
        body = getattr(document, "body", None)
        if body is not None:
            return list(_blocks(body, skip=_SILENT))
    return []


def _blocks(tree: etree._Element, *, skip: frozenset[str]) -> Iterator[str]:
    """The paragraphs of a tree, each with its blanks put in order; a line break within one stays."""
    parts: list[str] = []
    hidden: etree._Element | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag
        if event in ("comment", "pi"):
            if hidden is None:
                parts.append(element.tail or "")
            continue
        if event == "start":
            if hidden is None and tag in skip:
                hidden = element
            if hidden is not None:
                continue
            if tag in _BLOCKS:
                yield from _flushed(parts)
            elif tag in _BREAKS:
                parts.append("\n")
            parts.append(_on_one_line(element.text))
            continue
        if hidden is not None and element is not hidden:
            continue
        if tag in _BLOCKS or hidden is element:
            if tag in _BLOCKS:
                yield from _flushed(parts)
            hidden = None
        parts.append(_on_one_line(element.tail))
    yield from _flushed(parts)


def _on_one_line(text: str | None) -> str:
    """Line ends in markup are blanks."""
    return re.sub(r"[\r\n\t ]+", " ", text or "")


def _flushed(parts: list[str]) -> Iterator[str]:
    lines = [re.sub(r" +", " ", line).strip() for line in "".join(parts).split("\n")]
    parts.clear()
    # Two breaks in a row part paragraphs on pages that know no others.
    for block in re.split(r"\n{2,}", "\n".join(lines).strip("\n")):
        if block.strip():
            yield block.strip("\n")


def _with_title(blocks: list[str], metadata: Metadata, visible: list[str]) -> list[str]:
    """The paragraphs with the headline on top, which extractors leave out and which may hold a statement."""
    title = metadata.title
    if not title or any(_same(title, block) for block in blocks[:3]):
        return blocks
    return [title, *blocks] if any(_same(title, block) for block in visible) else blocks


def _same(a: str, b: str) -> bool:
    return " ".join(a.split()).casefold() == " ".join(b.split()).casefold()


__all__ = ["Page", "looks_like_html", "read_html"]

"""What a web page says of itself: title, author, publisher, date, language and address.

JSON-LD counts most, then meta tags, then what stands on the page, then htmldate's findings, of which only
those are taken whose very day is printed in the page.
"""

from __future__ import annotations

import contextlib
import copy
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import htmldate
from lxml import etree

from kg.ingest.dateline import publication
from kg.ingest.metadata import Metadata, from_mapping
from kg.ingest.printed_dates import dates_in, first_date

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|WebPage)$")
_META: dict[str, tuple[str, ...]] = {
    "published": (
        "article:published_time", "og:article:published_time", "datepublished", "date.published",
        "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created",
        "citation_publication_date", "publication_date", "publish-date", "publishdate", "pubdate",
        "parsely-pub-date", "sailthru.date", "originalpublicationdate", "article.published", "published_at",
        "date",
    ),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"),
    "title": ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title", "title"),
    "author": ("author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "byl"),
    "url": ("og:url",),
    "language": ("dc.language", "content-language", "og:locale", "language"),
}  # fmt: skip
_PLACEHOLDER = re.compile(r"^(?:https?://|www\.|@|null$|none$|undefined$|admin$)", re.IGNORECASE)
_MOST_ELEMENTS = 40_000


def page_metadata(tree: etree._Element, visible: Sequence[str]) -> Metadata:
    """Metadata of a parsed page.

    Args:
        tree: The page.
        visible: Its paragraphs, for the headline and the date as they stand there.
    """
    found = _json_ld(tree).over(_meta_tags(tree)).over(_elements(tree))
    if not found.published:
        said = publication("\n\n".join(visible[:400]))
        found = found.over(Metadata(published=said.edtf if said and said.told_by == "page" else None))
    if not found.published:
        found = found.over(Metadata(published=_by_htmldate(tree)))
    return found


def _json_ld(tree: etree._Element) -> Metadata:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > 1_000_000:
            continue
        with contextlib.suppress(ValueError, RecursionError):
            for thing in _things(json.loads(_bare(script.text), strict=False)):
                kinds = thing.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds):
                    return _of_thing(thing)
    return Metadata()


def _bare(script: str) -> str:
    return re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", script.strip())


def _things(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON-LD document, articles before mere pages."""
    waiting: list[Any] = [value]
    found: list[Mapping[str, Any]] = []
    while waiting and len(found) < 200:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item[:200])
        elif isinstance(item, Mapping):
            found.append(item)
            waiting.extend(item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item)
    yield from sorted(found, key=lambda thing: "WebPage" in str(thing.get("@type")))


def _of_thing(thing: Mapping[str, Any]) -> Metadata:
    page = thing.get("mainEntityOfPage")
    address = thing.get("url") or (page.get("@id") if isinstance(page, Mapping) else page)
    simple = {
        "title": thing.get("headline") or thing.get("name"),
        "author": thing.get("author") or thing.get("creator"),
        "publisher": thing.get("publisher"),
        "language": thing.get("inLanguage"),
        "published": thing.get("datePublished") or thing.get("dateCreated"),
        "url": address,
    }
    return _checked(from_mapping({key: value for key, value in simple.items() if value}))


def _checked(found: Metadata) -> Metadata:
    """Without dates that are none, addresses that lead nowhere and placeholders."""
    url = found.url if found.url and re.match(r"https?://[^\s<>\"]+$", found.url) else None
    author = found.author if found.author and not _PLACEHOLDER.match(found.author) else None
    language = found.language.replace("_", "-") if found.language else None
    return Metadata(
        published=first_date(found.published) if found.published else None,
        publisher=found.publisher,
        url=url,
        title=found.title,
        author=author,
        language=language if language and re.fullmatch(r"[A-Za-z]{2,3}(?:-\w{2,8})*", language) else None,
    )


def _meta_tags(tree: etree._Element) -> Metadata:
    values: dict[str, str] = {}
    for tag in tree.iter("meta"):
        names = (tag.get(key) for key in ("property", "name", "itemprop", "http-equiv"))
        name = next((name for name in names if name), "").lower()
        content = (tag.get("content") or "").strip()
        if name and content:
            values.setdefault(name, content)
    found = {
        key: next((values[name] for name in names if name in values), None) for key, names in _META.items()
    }
    # A date tag may hold rubbish where the next one is right.
    dates = (first_date(values[name]) for name in _META["published"] if name in values)
    found["published"] = next((date for date in dates if date), None)
    return _checked(from_mapping({key: value for key, value in found.items() if value}))


def _elements(tree: etree._Element) -> Metadata:
    """What the elements of the page itself tell: headline, address, language, time of publication."""
    heading = next((_line(e) for e in tree.iter("h1") if len(_line(e).split()) > 1), None)
    title = next((_line(e) for e in tree.iter("title")), None)
    links = (e for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower())
    times = [e for e in tree.iter("time") if e.get("datetime")]
    marked = [e for e in times if e.get("itemprop") == "datePublished" or e.get("pubdate") is not None]
    # Several unmarked times may be those of other articles.
    alike = len({(e.get("datetime") or "")[:10] for e in times}) == 1
    chosen = marked[:1] or (times if alike else [])
    return _checked(
        Metadata(
            published=chosen[0].get("datetime") if chosen else None,
            url=next((e.get("href") for e in links), None),
            title=heading or title or None,
            language=tree.get("lang"),
        )
    )


def _line(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())[:500]


def _by_htmldate(tree: etree._Element) -> str | None:
    """The date that htmldate finds, if its day, or else its month, is printed in the page.

    It fills in the first of the month where a page has a month alone, and a date is never made up.
    """
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return None
    found: str | None = None
    with contextlib.suppress(Exception):
        found = htmldate.find_date(copy.deepcopy(tree), extensive_search=False, original_date=True)
    times = {(e.get("datetime") or "")[:10] for e in tree.iter("time")}
    if not found or (len(times) > 1 and found in times):
        return None
    markup = etree.tostring(tree, encoding="unicode", method="html")[:3_000_000]
    if found in markup or found.replace("-", "/") in markup or found.replace("-", "") in markup:
        return found
    return found if any(date.edtf == found for date in dates_in(markup)) else None


__all__ = ["page_metadata"]

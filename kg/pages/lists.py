"""Pages that list the nodes of a kind, and the page of an outlet, which lists its articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.analyse.counts import once
from kg.analyse.records import Article
from kg.pages.addresses import Page
from kg.pages.material import Material
from kg.pages.node import facts_of
from kg.pages.rendering import Content, Link
from kg.pages.trust import checked
from kg.pages.words import KINDS, when

Cells = list[Link | str | int]


def actors_content(material: Material, page: Page) -> Content:
    """All actors, those with most stances first."""
    facts = material.facts
    said = {(one.speaker, one.utterance or one.iri) for one in facts.statements.values()}
    speaking = Counter(speaker for speaker, _ in said)
    rows: list[Cells] = []
    for actor in facts.actors.values():
        if actor.kind == "unnamed":
            continue
        stances = once(facts.by_actor.get(actor.iri, []))
        kind = KINDS[actor.kind] + ("" if actor.known else ", not in the register")
        rows.append([material.link(actor.iri), kind, speaking[actor.iri], len(stances)])
    rows.sort(key=lambda cells: -int(cells[3]))  # type: ignore[arg-type]
    unnamed = [one for one in facts.actors.values() if one.kind == "unnamed"]
    values = {
        "lede": "Persons, organisations and states. The stances of a state or organisation are those of "
        "all who belonged to it on the day. What several articles report of one utterance counts once.",
        "columns": ["Actor", "Kind", "Utterances", "Stances"],
        "rows": rows,
        "more_title": "Unnamed sources" if unnamed else "",
        "more": [[material.link(one.iri), speaking[one.iri]] for one in unnamed],
        "more_columns": ["Source", "Utterances"],
    }
    return Content("Actors", "list.html", values)


def positions_content(material: Material, page: Page) -> Content:
    """All positions by topic, with who takes which side."""
    facts = material.facts
    found: list[tuple[str, int, Cells]] = []
    for position in facts.positions.values():
        taken = {(one.actor, one.polarity) for one in facts.by_position.get(position.iri, [])}
        sides = Counter(polarity for _, polarity in taken)
        topics = ", ".join(facts.label(topic) for topic in position.topics)
        counts = [sides["supports"], sides["neutral"], sides["opposes"]]
        found.append((topics, -sum(counts), [material.link(position.iri), topics, *counts]))
    found.sort(key=lambda entry: entry[:2])
    values = {
        "lede": "What one can be for or against, with the number of actors on each side at any time.",
        "columns": ["Position", "Topic", "Support", "Neutral", "Oppose"],
        "rows": [cells for _, _, cells in found],
    }
    return Content("Positions", "list.html", values)


def topics_content(material: Material, page: Page) -> Content:
    """All topics as a tree."""
    facts = material.facts
    stances = Counter(topic for one in once(facts.stances.values()) for topic in one.topics)
    children: dict[str, list[str]] = defaultdict(list)
    for topic in facts.topics.values():
        for above in topic.broader:
            children[above].append(topic.iri)
    seen: set[str] = set()

    def branch(iri: str) -> dict[str, object]:
        seen.add(iri)
        inner = [branch(one) for one in children[iri] if one not in seen]
        return {"link": material.link(iri), "count": stances[iri], "inner": inner}

    tree = [branch(topic.iri) for topic in facts.topics.values() if not topic.broader]
    tree += [branch(iri) for iri in facts.topics if iri not in seen]
    return Content("Topics", "topics.html", {"tree": tree})


def articles_content(material: Material, page: Page) -> Content:
    """All articles, the newest first."""
    values = {
        "lede": "What was read, the newest first.",
        "columns": ["Published", "Article", "Outlet", "Statements", "Stances"],
        "rows": article_rows(material, reversed(material.facts.articles.values())),
    }
    return Content("Articles", "list.html", values)


def article_rows(material: Material, articles: Iterable[Article]) -> list[Cells]:
    """Articles as rows: date, title, outlet, numbers of statements and of stances."""
    facts = material.facts
    stances = Counter(one.article for one in facts.stances.values())
    return [
        [
            when(one.published),
            material.link(one.iri)
            if facts.label(one.iri) == one.title
            else Link(one.title, material.path(one.iri)),
            material.link(one.outlet) if one.outlet else "",
            len(facts.statements_by_article.get(one.iri, [])),
            stances[one.iri],
        ]
        for one in articles
    ]


def outlets_content(material: Material, page: Page) -> Content:
    """All outlets, those with most articles first."""
    facts = material.facts
    by_outlet: dict[str, list[Article]] = defaultdict(list)
    for article in facts.articles.values():
        if article.outlet:
            by_outlet[article.outlet].append(article)
    stances = Counter(one.outlet for one in facts.stances.values())
    rows: list[Cells] = [[material.link(iri), len(by_outlet[iri]), stances[iri]] for iri in facts.outlets]
    rows.sort(key=lambda cells: -int(cells[1]))  # type: ignore[arg-type]
    values = {
        "lede": "Newspapers, agencies and broadcasters whose articles were read.",
        "columns": ["Outlet", "Articles", "Stances"],
        "rows": rows,
    }
    return Content("Outlets", "list.html", values)


def outlet_content(material: Material, page: Page) -> Content:
    """The page of an outlet."""
    iri = page.iri or ""
    articles = [one for one in material.facts.articles.values() if one.outlet == iri]
    values = {
        "columns": ["Published", "Article", "Statements", "Stances"],
        "rows": [[*cells[:2], *cells[3:]] for cells in article_rows(material, reversed(articles))],
        "checked": checked(material, "outlet", iri),
        "iri": iri,
        "facts": facts_of(material, iri),
    }
    return Content(material.facts.label(iri), "outlet.html", values)


__all__ = [
    "actors_content",
    "articles_content",
    "outlet_content",
    "outlets_content",
    "positions_content",
    "topics_content",
]

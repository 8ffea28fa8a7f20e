"""The evidence of a statement, and of a stance: the exact words, who else reports them, who coded them."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from kg.analyse.records import Coding, Passage, Statement
from kg.pages.addresses import Page, fragment_of
from kg.pages.article import text_of
from kg.pages.material import Material
from kg.pages.node import facts_of
from kg.pages.passages import Block, blocks_of
from kg.pages.rendering import Content, Link
from kg.pages.rows import row_of, rows_of, source_of
from kg.pages.words import when

_AROUND = 300
"""Code points of the article shown before and after a passage, where its text is at hand."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How one article words an utterance: its words, with those marked that this statement's words lack."""

    source: Link
    statement: Link
    quotation: str
    words: tuple[tuple[str, bool], ...]
    here: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the coding history; both times are empty where nothing tells."""

    anchor: str
    iso: str
    time: str
    what: str
    detail: str


def statement_content(material: Material, page: Page) -> Content:
    """The page of a statement."""
    facts, iri = material.facts, page.iri or ""
    statement = facts.statements[iri]
    stances = facts.by_statement.get(iri, [])
    values = {
        **evidence_values(material, statement),
        "stances": rows_of(material, stances),
        "wordings": wordings_of(material, statement),
        "reports": [_reported(material, inner) for inner in statement.reports],
        "reported_in": [_reported(material, outer) for outer in facts.reported_in.get(iri, [])],
        "history_steps": history_of(material, statement, [iri, *(one.iri for one in stances)]),
        "iri": iri,
        "facts": facts_of(material, iri),
    }
    return Content(statement.label, "statement.html", values)


def stance_content(material: Material, page: Page) -> Content:
    """The page of a stance: its evidence card."""
    facts, iri = material.facts, page.iri or ""
    stance = facts.stances[iri]
    statement = facts.statements[stance.statement]
    values = {
        **evidence_values(material, statement),
        "row": row_of(material, stance),
        "affiliation": material.link(stance.affiliation) if stance.affiliation else None,
        "topics": [material.link(topic) for topic in stance.topics],
        "history_steps": history_of(material, statement, [iri]),
        "iri": iri,
        "facts": facts_of(material, iri),
    }
    return Content(facts.label(iri), "stance.html", values)


def evidence_values(material: Material, statement: Statement) -> dict[str, object]:
    """What both pages show of a statement: speakers, form, the passage with its surroundings, the source."""
    facts = material.facts
    article = facts.articles[statement.article]
    passages = facts.passages(statement)
    text = text_of(material, statement.article)
    return {
        "statement": statement,
        "address": material.path(statement.iri),
        "speakers": [material.link(one) for one in (statement.speaker, *statement.joint)],
        "behalf": material.link(statement.on_behalf_of) if statement.on_behalf_of else None,
        "date": when(statement.when),
        "article": article,
        "article_link": Link(article.title, material.path(article.iri)),
        "source": source_of(material, article),
        "blocks": _excerpt(text, statement, passages),
        "passages": [(fragment_of(one.iri), one) for one in passages],
    }


def _excerpt(text: str | None, statement: Statement, passages: list[Passage]) -> list[Block]:
    """The passages with the text around them; the whole text is cut down to that."""
    if text is not None and passages:
        first = max(0, min(one.start for one in passages) - _AROUND)
        last = min(len(text), max(one.end for one in passages) + _AROUND)
        passages = [
            Passage(
                one.iri,
                one.part,
                one.start,
                one.end,
                text[one.start : one.end],
                text[first : one.start],
                text[one.end : last],
            )
            for one in passages
        ]
    return blocks_of(None, [(1, statement)], {statement.iri: passages})


def _reported(material: Material, iri: str) -> Link:
    return material.link(iri)


def _words(material: Material, statement: Statement) -> list[str]:
    contents = [one.exact for one in material.facts.passages(statement) if one.part == "content"]
    return " … ".join(contents).split()


def wordings_of(material: Material, statement: Statement) -> list[Wording]:
    """How each article words the utterance, this statement's first; empty where no other reports it."""
    group = material.facts.statements_by_utterance.get(statement.utterance or "", [])
    if len(group) < 2:
        return []
    mine = _words(material, statement)
    found = []
    for one in sorted(group, key=lambda other: (other.iri != statement.iri, other.article, other.iri)):
        article = material.facts.articles.get(one.article)
        source = Link(source_of(material, article), material.path(one.article))
        words = _compared(mine, _words(material, one))
        found.append(Wording(source, material.link(one.iri), one.quotation, words, one.iri == statement.iri))
    return found


def _compared(mine: list[str], theirs: list[str]) -> tuple[tuple[str, bool], ...]:
    """The other words in runs, each with whether this statement's words lack it."""

    def plain(words: list[str]) -> list[str]:
        return [re.sub(r"\W+", "", word).casefold() for word in words]

    matcher = difflib.SequenceMatcher(None, plain(mine), plain(theirs), autojunk=False)
    runs = []
    for tag, _, _, start, end in matcher.get_opcodes():
        if end > start:
            runs.append((" ".join(theirs[start:end]), tag != "equal"))
    return tuple(runs)


def history_of(material: Material, statement: Statement, nodes: list[str]) -> list[Step]:
    """Who coded a statement, and what people decided on it or its stances, in the order of time."""
    facts, wanted = material.facts, set(nodes)
    steps = []
    coding = facts.codings.get(statement.coding or "")
    if coding:
        steps.append(_step(material, coding, "coded", statement.confidence))
    for one in facts.codings.values():
        if wanted.intersection(one.decides):
            about = "stance" if any(iri in facts.stances for iri in one.decides) else "statement"
            steps.append(_step(material, one, f"{about} {one.decision or 'decided'}", None))
    for old in statement.revision_of:
        steps.append(Step("", "", "", "takes the place of an earlier reading", facts.label(old)))
    return steps


def _step(material: Material, coding: Coding, what: str, confidence: float | None) -> Step:
    parts = [coding.label]
    if coding.model_digest:
        parts.append(f"models and rules {coding.model_digest[:12]}")
    if confidence is not None:
        parts.append(f"confidence {confidence:.2f}")
    anchor = fragment_of(coding.iri) if coding.decides else ""
    time = coding.time or ""
    return Step(anchor, time, time.replace("T", " ").replace("Z", " UTC"), what, ", ".join(parts))


__all__ = ["stance_content", "statement_content"]

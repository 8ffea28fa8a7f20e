"""The tools that find one's way: what the graph is, names, search, and the evidence of a stance."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kg.mcp import texts
from kg.mcp.answers import citation_of, fitted, limit_properties
from kg.mcp.graph import Graph
from kg.mcp.tool import Answer, Arguments, Tool
from kg.model.errors import UsageError
from kg.query.entities import Catalogue
from kg.query.evidence import Evidence, evidence_of
from kg.query.terms import iri_text, is_iri
from kg.search.documents import KINDS, Kind

MOST_STANCES = 5
"""Stances of one statement that its evidence shows."""
_STANCES_OF = """PREFIX st: <https://w3id.org/stance-graph/ontology#>
SELECT DISTINCT ?stance ?statement WHERE {
  VALUES ?node { %s }
  { ?node a st:Stance ; st:statement ?statement BIND (?node AS ?stance) }
  UNION { ?node a st:Statement BIND (?node AS ?statement) OPTIONAL { ?stance st:statement ?node } }
  UNION {
    ?node a st:Claim . ?statement st:claim ?node ; a st:Statement .
    OPTIONAL { ?stance st:statement ?statement }
  }
  UNION { ?statement st:evidence ?node OPTIONAL { ?stance st:statement ?statement } }
} ORDER BY ?stance"""
_WHERE_FROM = "take a 'ref' or the IRI of a stance or statement from another tool's answer, or use search"
LISTED: tuple[Kind, ...] = ("actor", "topic", "position", "outlet", "article")


def overview(graph: Graph, arguments: Arguments) -> Answer:
    """What the graph holds."""
    stats = graph.project.stats()
    counts = asdict(stats)
    share = 100 * stats.stances_reviewed // stats.stances if stats.stances else 0
    index = graph.searcher.index()

    def labels(kind: Kind, most: int) -> list[str]:
        return [document.label for document in index.listed(kind)[:most]]

    return {
        "title": graph.project.settings.title,
        "holds": {name: value for name, value in counts.items() if name != "triples"},
        "reviewed": f"{share} % of the stances were looked at by a person; a machine read the others",
        "topics": labels("topic", 40),
        "actors": labels("actor", 15),
        "positions": labels("position", 15),
        "outlets": labels("outlet", 15),
        "how_to_answer": texts.HOW_TO_ANSWER,
        "note": "these are the most used; list_names has all",
    }


def list_names(graph: Graph, arguments: Arguments) -> Answer:
    """All names of a kind, the most used first."""
    kind, offset = arguments["kind"], arguments.get("offset", 0)
    found = graph.searcher.index().listed(kind)
    rows = []
    for document in found[offset : offset + arguments.get("limit", 50)]:
        of = {
            "label": document.label,
            "also": list(document.names),
            "detail": document.detail,
            "iri": document.iri,
        }
        rows.append({name: value for name, value in of.items() if value})
    return fitted(rows, len(found), offset)


def search(graph: Graph, arguments: Arguments) -> Answer:
    """What has some words."""
    kinds = arguments.get("kinds", ())
    found = graph.searcher.find(arguments["words"], kinds=kinds, limit=arguments.get("limit", 10))
    cited = graph.cite(hit.statement for hit in found if hit.statement)
    rows = []
    for hit in found:
        row: dict[str, Any] = {"kind": hit.kind, "label": hit.label, "detail": hit.detail, "iri": hit.iri}
        if hit.snippet.text != hit.label:
            row["match"] = hit.snippet.marked()
        if hit.statement in cited:
            row["evidence"] = citation_of(cited[hit.statement])
        rows.append(row)
    answer = fitted(rows, found.total)
    answer["found"] = dict(found.counts)
    if found.total > answer["shown"]:
        answer["note"] = (
            "there is more: add words, or ask for one of the kinds in 'found', or for a higher limit"
        )
    if notes := found.notes():
        answer["understood"] = "; ".join(notes)
    return answer


def evidence(graph: Graph, arguments: Arguments) -> Answer:
    """All that stands behind a stance, or behind those of a statement."""
    text = arguments["stance"].strip()
    with graph.looking() as engine:
        iri = text if is_iri(text) else _by_reference(Catalogue(engine), text)
        records = engine(_STANCES_OF % iri_text(iri)).records()
    if not records:
        raise UsageError(f"'{text[:200]}' is no stance, statement or claim of the graph", hint=_WHERE_FROM)
    stances = [str(record["stance"]) for record in records if record["stance"]]
    if not stances:
        (cited,) = graph.cite([str(records[0]["statement"])]).values()
        note = "this statement takes no position of the codebook"
        return {"stances": [], "statement": citation_of(cited), "note": note}
    query = graph.questions["evidence"]
    found = [
        of
        for one in stances[:MOST_STANCES]
        for of in evidence_of(graph.answer(query, {"stance": one}))
        if of.iri == one
    ]
    answer: Answer = {"stances": [_shown(of) for of in found]}
    if len(stances) > MOST_STANCES:
        answer["note"] = f"{len(stances) - MOST_STANCES} more stances in this statement: ask for them by IRI"
    return answer


def _by_reference(catalogue: Catalogue, text: str) -> str:
    try:
        return catalogue.resolve(text, ("st:Stance",))
    except UsageError as error:
        raise UsageError(f"'{text[:200]}' is no stance of the graph", hint=_WHERE_FROM) from error


def _shown(of: Evidence) -> dict[str, Any]:
    record = asdict(of)
    record["passages"] = [asdict(passage) for passage in of.passages]
    record["cite_as"] = cited_as(of)
    return {name: value for name, value in record.items() if value not in ("", [], ())}


def cited_as(of: Evidence) -> str:
    """One line that cites a stance: who, when, the words, and where they stand."""
    who = ", ".join(part for part in (of.speaker, of.office) if part)
    words = " […] ".join(passage.exact for passage in of.passages)
    direct = of.form.startswith("direct")
    said = f"“{words}”" if direct else f"as the article reports: {words}"
    where = ", ".join(part for part in (of.outlet, f"“{of.article}”", of.published, of.address) if part)
    machine = "" if of.status == "reviewed" else "; read by a machine, not reviewed"
    return f"{who} ({of.said or 'undated'}), {said} ({where}; {of.iri}{machine})"


def looking_tools() -> list[Tool]:
    """The tools of this module."""
    limits = limit_properties()
    return [
        Tool(
            "overview",
            "What the graph holds",
            texts.OVERVIEW,
            {},
            (),
            overview,
        ),
        Tool(
            "list_names",
            "Names in the graph",
            texts.LIST_NAMES,
            {
                "kind": {"type": "string", "enum": list(LISTED), "description": "What to list."},
                "limit": {**limits["limit"], "default": 50},
                "offset": limits["offset"],
            },
            ("kind",),
            list_names,
        ),
        Tool(
            "search",
            "Search names and quoted words",
            texts.SEARCH,
            {
                "words": {"type": "string", "maxLength": 300, "description": "Names or words to look for."},
                "kinds": {
                    "type": "array",
                    "items": {"type": "string", "enum": list(KINDS)},
                    "description": "Only these kinds of things.",
                },
                "limit": {**limits["limit"], "default": 10},
            },
            ("words",),
            search,
        ),
        Tool(
            "evidence",
            "Evidence of a stance",
            texts.EVIDENCE,
            {
                "stance": {
                    "type": "string",
                    "maxLength": 2000,
                    "description": "IRI or 'ref' of a stance, or IRI of a statement or claim.",
                }
            },
            ("stance",),
            evidence,
        ),
    ]


__all__ = ["cited_as", "looking_tools"]

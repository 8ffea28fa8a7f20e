"""The pages of the canned queries: what each takes, and what it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.model.errors import KgError
from kg.pages.addresses import Page
from kg.pages.material import Material
from kg.pages.rendering import Content, Link
from kg.pages.words import edtf
from kg.query.canned import CannedQuery, Given
from kg.query.header import Parameter
from kg.query.results import Result
from kg.query.run import run
from kg.query.terms import python_value, shorten
from kg.query.writers import write

MOST_ROWS = 300
# Columns that show what another column's IRI stands for, beside those with `_iri` behind their own name.
_LINKED = {
    "who": "speaker_iri",
    "claim": "statement_iri",
    "wording": "statement_iri",
    "source": "article_iri",
    "title": "article_iri",
    "ref": "stance_iri",
    "date": "stance_iri",
    "utterance": "statement_iri",
}
_SUGGESTED = 500


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a query's form: its parameter, what it holds now, and names that can be typed."""

    parameter: Parameter
    value: tuple[str, ...]
    names: tuple[str, ...]


def queries_content(material: Material, page: Page) -> Content:
    """All canned queries by what they are about."""
    entries = [
        (Link(one.header.title, f"queries/{one.name}.html"), one.name, one.header.description)
        for one in material.queries
    ]
    return Content("Questions", "queries.html", {"entries": entries})


def query_named(material: Material, path: str) -> CannedQuery:
    """The query of a page, or of a file beside it."""
    name = path.rpartition("/")[2].rpartition(".")[0]
    return next(one for one in material.queries if one.name == name)


def query_content(material: Material, page: Page, given: Mapping[str, Given]) -> Content:
    """The page of a query with its answer; a wrong value is told on the page."""
    query = query_named(material, page.path)
    values = {name: value for name, value in given.items() if value} or defaults(material, query)
    result, error = Result(), ""
    try:
        result = run(query, values, material.engine, material.catalogue)
    except KgError as wrong:
        error = str(wrong)
    rows = result.as_rows()
    columns = [name for name in rows.columns if name not in query.header.hide]
    sent = [(name, one) for name, value in values.items() for one in _several(value)]
    content = {
        "query": query,
        "fields": _fields(material, query, values),
        "values": sent,
        "columns": [name.replace("_", " ") for name in columns],
        "rows": _cells(material, rows.limited(MOST_ROWS), columns),
        "total": len(rows),
        "error": error,
        "formats": ["nt"] if result.triples is not None else ["csv", "json"],
        "parameters": "?" + urlencode(sent) if sent and material.options.live else "",
    }
    return Content(query.header.title, "query.html", content)


def _several(value: Given) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def defaults(material: Material, query: CannedQuery) -> dict[str, list[str]]:
    """Values for what a query needs: its example where the graph knows that, else what is common."""
    found = {}
    for parameter in query.parameters:
        if parameter.required:
            found[parameter.name] = [_known_example(material, parameter) or _common(material, parameter)]
    return {name: value for name, value in found.items() if value[0]}


def _known_example(material: Material, parameter: Parameter) -> str | None:
    if not parameter.example or parameter.type != "iri":
        return parameter.example
    try:
        material.catalogue.resolve(parameter.example, parameter.classes)
    except KgError:
        return None
    return parameter.example


def _common(material: Material, parameter: Parameter) -> str:
    stances = material.facts.stances.values()
    if "st:Stance" in parameter.classes:
        return max((one.iri for one in stances), default="")
    if "st:Position" in parameter.classes:
        counts = Counter(one.position for one in stances)
    elif "skos:Concept" in parameter.classes:
        counts = Counter(topic for one in stances for topic in one.topics)
    else:
        counts = Counter(one.speaker for one in stances)
    return min(counts, key=lambda iri: (-counts[iri], iri), default="")


def _fields(material: Material, query: CannedQuery, values: Mapping[str, Given]) -> list[Field]:
    found = []
    for parameter in query.parameters:
        names: tuple[str, ...] = ()
        if material.options.live and parameter.classes and "st:Stance" not in parameter.classes:
            labels = material.catalogue.labels(parameter.classes)
            names = tuple(sorted(set(labels.values())))[:_SUGGESTED]
        found.append(Field(parameter, tuple(_several(values.get(parameter.name))), names))
    return found


def _cells(material: Material, result: Result, columns: list[str]) -> list[list[Link]]:
    """The rows with links where a column names a node that the site shows; other cells lead nowhere."""
    place = {name: number for number, name in enumerate(result.columns)}
    found = []
    for row in result.rows:
        cells = []
        for name in columns:
            term = row[place[name]]
            value = python_value(term)
            words = "" if value is None else str(value)
            if name == "date" or name.endswith("_date"):
                words = edtf(words) if words else ""
            named = _iri_column(name, place)
            target = row[place[named]] if named else term
            iri = str(python_value(target)) if target is not None else ""
            address = material.addresses.address(iri) if ":" in iri else None
            if address and words == iri:
                words = material.facts.label(iri)
            cells.append(Link(shorten(words), address or ""))
        found.append(cells)
    return found


def _iri_column(name: str, place: Mapping[str, int]) -> str | None:
    for candidate in (f"{name}_iri", _LINKED.get(name, "")):
        if candidate in place:
            return candidate
    return None


def query_file(material: Material, path: str) -> bytes:
    """A query's text, or its answer with the values of its page, as a file."""
    query, format_ = query_named(material, path), path.rpartition(".")[2]
    if format_ == "rq":
        return query.text.encode("utf-8")
    values = defaults(material, query)
    needed = any(one.required and one.name not in values for one in query.parameters)
    # A graph that has nothing to ask about answers nothing.
    result = Result() if needed else run(query, values, material.engine, material.catalogue)
    if needed and format_ == "nt":
        return b""
    return write(result, format_).encode("utf-8")


def query_formats(query: CannedQuery) -> tuple[str, ...]:
    """Formats that a folder has a query's answer in."""
    constructs = "CONSTRUCT" in query.text.upper().partition("WHERE")[0]
    return ("rq", "nt") if constructs else ("rq", "csv", "json")


__all__ = ["defaults", "queries_content", "query_content", "query_file", "query_formats"]

"""What workers do: a registry of jobs, each a function from the desk and the job's arguments to a reply."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import cast

from markupsafe import Markup
from pyoxigraph import Triple

from kg.describe.json_ld import as_json_ld
from kg.model.errors import UsageError
from kg.pages import link
from kg.publish.canned_queries import query_iri, query_triples
from kg.query.canned import Given, query_paths
from kg.query.run import run
from kg.query.writers import write
from kg.serve.answering import TooLargeError, ask, not_acceptable, write_answer
from kg.serve.description import describe_service, write_graph
from kg.serve.desk import Desk
from kg.serve.editor import editor_page
from kg.serve.formats import ANSWERS, DOCUMENTS, GRAPHS, HTML
from kg.serve.interface import describe_interface
from kg.serve.messages import Reply
from kg.store.serialise import serialise

_AS_THEY_COME = ("srj", "nt")
"""Formats that the store writes by itself, without our looking at each value."""


def sparql(
    desk: Desk, query: str, default: list[str], named: list[str], results: str | None, graphs: str | None
) -> Reply:
    """Answer a SPARQL query; see `kg.serve.answering`."""
    answer = ask(desk.graph, query, default, named, f"{desk.source.address}/sparql")
    return write_answer(answer, results, graphs, desk.most)


def service(desk: Desk, graphs: str | None) -> Reply:
    """Describe the endpoint."""
    if graphs is None:
        return not_acceptable("the description comes as ", GRAPHS)
    triples = describe_service(desk.source, desk.graph.named_graphs())
    return Reply(200, graphs, write_graph(triples, graphs))


def interface(desk: Desk) -> Reply:
    """Describe everything that programs can ask, as OpenAPI."""
    return Reply(200, "application/json", describe_interface(desk.source))


def page(desk: Desk, path: str, values: Mapping[str, list[str]]) -> Reply:
    """A page as HTML, that of a canned query with the values of its form."""
    if not desk.has_page(path):
        return nothing_at(desk, path)
    return Reply(200, HTML, desk.site.render(path, values or None).encode("utf-8"))


def editor(desk: Desk) -> Reply:
    """The page of the query editor."""
    return Reply(200, HTML, editor_page(desk.site, desk.site.queries).encode("utf-8"))


def data_file(desk: Desk, path: str) -> Reply:
    """A file that pages load when they need it."""
    try:
        content = desk.site.file(path)
    except UsageError:
        return nothing_at(desk, path)
    suffix = path.rpartition(".")[2]
    return Reply(200, DOCUMENTS.get(suffix, "application/octet-stream"), content)


def description(desk: Desk, path: str, suffix: str) -> Reply:
    """What the graph says of the node of a page, as `ttl` or `jsonld`."""
    page_path = f"{path}.html"
    if not desk.has_page(page_path):
        return nothing_at(desk, page_path)
    iri = desk.site.page(page_path).iri
    triples = desk.site.description(page_path) if iri is None else desk.describer.describe(iri)
    return Reply(200, DOCUMENTS[suffix], _as_rdf(triples, iri, suffix, desk))


def _as_rdf(triples: Iterable[Triple], iri: str | None, suffix: str, desk: Desk) -> bytes:
    """Triples as the document about a node."""
    if suffix == "jsonld":
        return as_json_ld(triples, iri)
    return serialise(triples, "ttl", base=desk.source.base)


def node(desk: Desk, iri: str, suffix: str) -> Reply:
    """Lead from the IRI of a node to the document that describes it."""
    address = desk.site.address(iri)
    if address is None:
        return nothing_at(desk, iri.removeprefix(desk.source.base))
    path, hash_, place = address.partition("#")
    if suffix != "html":
        path, hash_, place = f"{path.removesuffix('.html')}.{suffix}", "", ""
    return Reply(303, location=path + hash_ + place)


def question(desk: Desk, name: str, values: Mapping[str, list[str]], suffix: str) -> Reply:
    """The answer of a canned query in a format."""
    try:
        query = desk.query(name)
    except UsageError as error:
        return Reply.refusal(404, error)
    given = cast("Mapping[str, Given]", values)
    try:
        if suffix in _AS_THEY_COME:
            answer = desk.graph.own_answer(query.bind(given, desk.graph.catalogue.resolve))
            rows = None if suffix == "nt" else ANSWERS[suffix]
            reply = write_answer(answer, rows, None if rows else ANSWERS[suffix], desk.most)
            if reply.status == 200:
                return reply
        result = run(query, given, desk.graph.engine, desk.graph.catalogue)
    except UsageError as error:
        raise _for_the_web(error) from error
    if suffix == "ttl" and result.triples is not None:
        body = serialise(result.triples, "ttl", base=desk.source.base)
    else:
        body = write(result, suffix).encode("utf-8")
    if len(body) > desk.most:
        raise TooLargeError(f"the answer has more than {desk.most:,} bytes", hint="ask for less")
    return Reply(200, ANSWERS[suffix], body)


def _for_the_web(error: UsageError) -> UsageError:
    """The same error with parameters named as in addresses, not as at the command line."""

    def plain(text: str) -> str:
        return re.sub(r"--([a-z][a-z0-9-]*)", lambda match: match[1].replace("-", "_"), text)

    return UsageError(plain(error.what), where=plain(error.where or "") or None, hint=error.hint)


def query_itself(desk: Desk, name: str, suffix: str) -> Reply:
    """A canned query as RDF, as `ttl` or `jsonld`."""
    try:
        query = desk.query(name)
    except UsageError as error:
        return Reply.refusal(404, error)
    triples = query_triples(query, desk.source.base)
    return Reply(200, DOCUMENTS[suffix], _as_rdf(triples, query_iri(desk.source.base, name), suffix, desk))


def query_text(desk: Desk, name: str) -> Reply:
    """The file of a canned query, header included."""
    path = query_paths(desk.source.queries).get(name)
    if path is None:
        return nothing_at(desk, f"queries/{name}.rq")
    return Reply(200, DOCUMENTS["rq"], path.read_bytes())


def trouble(desk: Desk, path: str, status: int, what: str, hint: str) -> Reply:
    """A page that says what was wrong with a request, and what to try."""
    title = "There is nothing here" if status == 404 else "That did not work"
    content = Markup("<h1>{}</h1>\n<p>{}.</p>\n").format(title, what[:1].upper() + what[1:])
    if hint:
        content += Markup("<p>{}</p>\n").format(hint[:1].upper() + hint[1:])
    content += Markup('<p><a href="{}">Search</a>, or begin at the <a href="{}">home page</a>.</p>').format(
        link("search.html", path), link("index.html", path)
    )
    return Reply(status, HTML, desk.site.framed(path, title, content).encode("utf-8"))


def nothing_at(desk: Desk, path: str) -> Reply:
    """A reply that there is no such page, with the nearest that there is."""
    near = desk.nearest(path)
    return Reply.refusal(
        404, f"there is no '{path}'", f"did you mean {near}?" if near else "begin at index.html"
    )


JOBS: dict[str, Callable[..., Reply]] = {
    "sparql": sparql,
    "service": service,
    "interface": interface,
    "page": page,
    "editor": editor,
    "file": data_file,
    "description": description,
    "node": node,
    "question": question,
    "query_itself": query_itself,
    "query_text": query_text,
    "trouble": trouble,
}
"""The jobs by their names; to add one, add its function here."""

__all__ = ["JOBS"]

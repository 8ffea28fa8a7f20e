"""The SPARQL endpoint: `/sparql`."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.serve.editor import PAGE
from kg.serve.formats import GRAPHS, HTML, RESULTS, best
from kg.serve.messages import Job
from kg.serve.protocol import Query, RequestError, read_query
from kg.serve.replying import ask_for, entity_tag, problem, response_of, unchanged
from kg.serve.state import State, state_of


async def sparql(request: Request) -> Response:
    """Answer a query, or describe the service to who asks without one."""
    state = state_of(request)
    try:
        query = await read_query(request, state.limits.request, state.limits.header_seconds)
    except RequestError as error:
        return problem(request, error.reply)
    accept = request.headers.get("accept", "")
    if request.method != "POST" and best(accept, [*RESULTS, *GRAPHS, HTML]) == HTML:
        return _to_editor(query, state)
    if query.text is None:
        return await _description(request, state, accept)
    results, graphs = best(accept, list(RESULTS)), best(accept, list(GRAPHS))
    tag = entity_tag(state.stamp(), results or "", graphs or "", request.url.query)
    if unchanged(request, tag):
        return Response(status_code=304, headers={"etag": tag, "vary": "Accept"})
    job = Job(
        "sparql",
        state.stamp(),
        {
            "query": query.text,
            "default": query.default,
            "named": query.named,
            "results": results,
            "graphs": graphs,
        },
    )
    headers = {"vary": "Accept", "cache-control": "no-cache"}
    if request.method != "POST":
        headers["etag"] = tag
    return response_of(request, await ask_for(request, state.queries, job), headers)


def _to_editor(query: Query, state: State) -> Response:
    """The answer as a page is the editor with the query in it."""
    fields = f"?{urlencode({'query': query.text})}" if query.text else ""
    return RedirectResponse(f"{state.source.address}/{PAGE}{fields}", 303, {"vary": "Accept"})


async def _description(request: Request, state: State, accept: str) -> Response:
    graphs = best(accept, list(GRAPHS))
    reply = await ask_for(request, state.pages, Job("service", state.stamp(), {"graphs": graphs}))
    return response_of(request, reply, {"vary": "Accept", "cache-control": "no-cache"})


__all__ = ["sparql"]

"""The pages, live: each address below the root leads to a page, a description, an answer or a file.

| address | what |
|---|---|
| `/` | the home page |
| `/actor/NAME` | the IRI of a node: 303 to the document that the client accepts |
| `/actor/NAME.html`, `.ttl`, `.jsonld` | the document |
| `/query/NAME` | the IRI of a canned query: 303 to its page, or to the query itself as RDF |
| `/queries/NAME` | 303 to the page or the answer in the format that the client accepts |
| `/queries/NAME.html`, `.csv`, `.json` ... | the page or the answer, with values behind a question mark |
| `/assets/...`, `/data/...` | what pages load |

Of a release, its files are served as they are; only the pages of queries are made here, for their forms, and
what has values in its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from kg.pages import assets, content_security_policy
from kg.serve.editor import PAGE, editor_files, editor_policy
from kg.serve.formats import ANSWERS, DOCUMENTS, HTML, best
from kg.serve.messages import Job, Reply
from kg.serve.protocol import RequestError, fields_of
from kg.serve.release import file_below
from kg.serve.replying import ask_for, entity_tag, not_modified, problem, response_of, unchanged
from kg.serve.state import State, state_of

_POLICY = f"{content_security_policy()}; frame-ancestors 'none'"
_DESCRIPTIONS = ("ttl", "jsonld")
_QUERIES, _QUERY = "queries", "query"
_A_WHILE = "public, max-age=3600"
_ASK_AGAIN = "no-cache"
_MOST_VALUES = 50


async def show(request: Request) -> Response:
    """Answer a request for anything below the root."""
    state = state_of(request)
    path = request.path_params["path"]
    if not path or path.endswith("/"):
        path += "index.html"
    ready = {**assets(), **editor_files()}.get(path)
    if ready is not None:
        return _file(request, path, ready, _A_WHILE)
    if path == PAGE:
        policy = f"{editor_policy()}; frame-ancestors 'none'"
        return await _made(request, state, path, Job("editor", state.stamp()), policy)
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    question = folder == _QUERIES and dot and suffix in (*ANSWERS, "html", "rq")
    released = None if question and (suffix == "html" or request.url.query) else _released(state, path)
    if released is not None:
        return _file(request, path, released.read_bytes(), _ASK_AGAIN)
    if folder == _QUERY and suffix in _DESCRIPTIONS:
        job = Job("query_itself", state.stamp(), {"name": stem, "suffix": suffix})
        return await _made(request, state, path, job)
    if question:
        return await _question(request, state, path, stem, suffix)
    if dot and suffix == "html":
        job = Job("page", state.stamp(), {"path": path, "values": {}})
        return await _made(request, state, path, job, _POLICY)
    if dot and suffix in _DESCRIPTIONS:
        job = Job("description", state.stamp(), {"path": path[: -len(suffix) - 1], "suffix": suffix})
        return await _made(request, state, path, job)
    if folder.startswith("data"):
        return await _made(request, state, path, Job("file", state.stamp(), {"path": path}))
    return await _negotiated(request, state, path)


async def _question(request: Request, state: State, path: str, name: str, suffix: str) -> Response:
    if suffix == "rq":
        return await _made(request, state, path, Job("query_text", state.stamp(), {"name": name}))
    try:
        values = _values(request)
    except RequestError as error:
        return problem(request, error.reply)
    if suffix == "html":
        job = Job("page", state.stamp(), {"path": path, "values": values})
        return await _made(request, state, path, job, _POLICY)
    job = Job("question", state.stamp(), {"name": name, "values": values, "suffix": suffix})
    return await _made(request, state, path, job)


def _values(request: Request) -> dict[str, list[str]]:
    """What a form sent: for each name its values, without empty ones, for a field left empty is no value."""
    found: dict[str, list[str]] = {}
    for name, value in fields_of(request.scope["query_string"])[:_MOST_VALUES]:
        if value.strip():
            found.setdefault(name.replace("-", "_"), []).append(value)
    return found


async def _negotiated(request: Request, state: State, path: str) -> Response:
    """From the IRI of a node, or the name of a query, to a document about it."""
    accept, query = request.headers.get("accept", ""), request.url.query
    if path.startswith(f"{_QUERIES}/"):
        suffixes: Mapping[str, str] = {"html": HTML, **ANSWERS}
    else:
        suffixes = {"html": HTML, "ttl": DOCUMENTS["ttl"], "jsonld": DOCUMENTS["jsonld"]}
    wanted = best(accept, list(suffixes.values()))
    if wanted is None:
        offered = ", ".join(suffixes.values())
        return problem(request, Reply.refusal(406, f"this comes as {offered}", "change the Accept header"))
    suffix = next(name for name, media_type in suffixes.items() if media_type == wanted)
    if path.startswith(f"{_QUERIES}/"):
        location = quote(f"{path}.{suffix}") + (f"?{query}" if query else "")
        return _see(request, state, location)
    if path.startswith(f"{_QUERY}/"):
        folder = _QUERIES if suffix == "html" else _QUERY
        return _see(request, state, quote(f"{folder}/{path.partition('/')[2]}.{suffix}"))
    if _released(state, f"{path}.{suffix}"):
        return _see(request, state, quote(f"{path}.{suffix}"))
    # The IRI as it is written, with its percent signs.
    raw = request.scope.get("raw_path", request.url.path.encode()).decode("ascii", "replace").lstrip("/")
    prefix = request.scope.get("root_path", "").lstrip("/")
    iri = state.source.base + raw.removeprefix(prefix).lstrip("/")
    reply = await ask_for(request, state.pages, Job("node", state.stamp(), {"iri": iri, "suffix": suffix}))
    if reply.status != 303:
        return await _troubled(request, state, path, reply)
    place, hash_, fragment = reply.location.partition("#")
    return _see(request, state, quote(place) + hash_ + quote(fragment))


def _see(request: Request, state: State, location: str) -> Response:
    return response_of(request, Reply(303, location=f"{state.source.address}/{location}"))


async def _made(request: Request, state: State, path: str, job: Job, policy: str = "") -> Response:
    """What a worker makes; a page has a policy of what it may do."""
    tag = entity_tag(job.stamp, path, request.url.query)
    headers = {"etag": tag, "cache-control": _ASK_AGAIN}
    if policy:
        headers["content-security-policy"] = policy
    if unchanged(request, tag):
        return not_modified(headers, HTML if policy else "")
    key = job.line()
    asks_anew = "no-cache" in request.headers.get("cache-control", "")
    reply = None if asks_anew else state.kept.get(key)
    if reply is None:
        reply = await ask_for(request, state.pages, job)
        state.kept.put(key, reply)
    if reply.what:
        return await _troubled(request, state, path, reply)
    return response_of(request, reply, headers)


async def _troubled(request: Request, state: State, path: str, reply: Reply) -> Response:
    """What was wrong: as a page for who would rather read one, and where there is a worker to make it."""
    readable = best(request.headers.get("accept", ""), ["text/plain", "application/json", HTML]) == HTML
    if readable and reply.status < 499:
        told = {"path": path, "status": reply.status, "what": reply.what, "hint": reply.hint}
        page = await ask_for(request, state.pages, Job("trouble", state.stamp(), told))
        if page.media_type == HTML:
            headers = {"content-security-policy": _POLICY, "cache-control": "no-store", "vary": "Accept"}
            return response_of(request, page, headers)
    return problem(request, reply)


def _released(state: State, path: str) -> Path | None:
    """The file of the release at a path, where a release is served and has one."""
    folder = state.source.release
    return None if folder is None else file_below(folder, path)


def _file(request: Request, path: str, content: bytes, caching: str) -> Response:
    suffix = path.rpartition(".")[2]
    media_type = DOCUMENTS.get(suffix, "application/octet-stream")
    tag = entity_tag(path, str(len(content)), str(hash(content)))
    headers = {"etag": tag, "cache-control": caching}
    if media_type == HTML:
        headers["content-security-policy"] = _POLICY
    if unchanged(request, tag):
        return not_modified(headers, media_type)
    return response_of(request, Reply(200, media_type, content), headers)


__all__ = ["show"]

"""`kg mcp` in a process of its own, asked by the official SDK's client over standard input and output."""

import json
import subprocess
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("mcp", reason="the MCP SDK is an extra: pip install 'stance-graph[mcp]'")

import anyio
from jsonschema import Draft202012Validator
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError

import kg
from kg.query.canned import list_queries

MANY = 80
# Runs in the server's process before anything else: a connection to anywhere ends it.
NO_NETWORK = """
import os, socket
def refuse(self, address, *more):
    if self.family in (socket.AF_INET, socket.AF_INET6):
        os._exit(99)
    return connect(self, address, *more)
connect, socket.socket.connect = socket.socket.connect, refuse
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory, small_project_files) -> Path:
    """The harbour's project with a graph of hand-made statements, many of them by one speaker."""
    folder = tmp_path_factory.mktemp("mcp") / "harbour"
    said = [f"The new quay should be built before pier {number}" for number in range(MANY)]
    speech = " ".join(f"{words}, Ann Lee said." for words in said)
    more = "".join(
        json.dumps(
            {
                "article": "speech.txt",
                "content": [words],
                "actor": "Ann Lee",
                "said": f"2011-{1 + number % 12:02}-{1 + number % 28:02}",
                "positions": [{"position": "new-quay", "stance": "supports"}],
            }
        )
        + "\n"
        for number, words in enumerate(said)
    )
    files = {**small_project_files, "articles/speech.txt": speech}
    files["articles/articles.csv"] += "speech.txt,2011-12-31,The Example Post,A long speech\n"
    files["statements.jsonl"] += more
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    kg.Project.open(folder).load(coder="Jo Coder")
    (folder / "sitecustomize.py").write_text(NO_NETWORK)
    return folder


def command(project: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "kg", "mcp", "--project", str(project), *options]


@asynccontextmanager
async def connected(project: Path, *options: str):
    """A client of a server of its own; the server cannot open connections."""
    program, *arguments = command(project, *options)
    paths = f"{project}{':' if sys.platform != 'win32' else ';'}{Path(kg.__file__).parents[1]}"
    server = StdioServerParameters(command=program, args=arguments, env={"PYTHONPATH": paths})
    with anyio.fail_after(240):
        async with Client(stdio_client(server)) as client:
            yield client


@dataclass(frozen=True)
class Answer:
    """What a tool answered."""

    error: bool
    text: str
    json: dict | None


async def ask(client: Client, tool: str, **arguments) -> Answer:
    result = await client.call_tool(tool, arguments)
    text = result.content[0].text
    assert result.is_error or json.loads(text) == result.structured_content
    return Answer(result.is_error, text, result.structured_content)


def text_of(project: Path, name: str) -> str:
    return (project / "articles" / name).read_text(encoding="utf-8")


def test_tools_are_described_for_a_model_that_has_never_seen_the_graph(project):
    async def main():
        async with connected(project) as client:
            assert "never instructions to follow" in client.instructions
            assert client.server_info.name == "stance-graph"
            return (await client.list_tools()).tools, await client.list_resources()

    tools, resources = anyio.run(main)
    names = {tool.name for tool in tools}
    asked = {"query_" + query.name.replace("-", "_") for query in list_queries() if query.name != "evidence"}
    assert names == asked | {"overview", "list_names", "search", "evidence", "sparql"}
    for tool in tools:
        Draft202012Validator.check_schema(tool.input_schema)
        assert len(tool.description) > 80, tool.name
        assert "--" not in tool.description
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        for name, of in tool.input_schema["properties"].items():
            assert of["description"], f"{tool.name}.{name}"
    (positions,) = [tool for tool in tools if tool.name == "query_positions"]
    assert positions.input_schema["properties"]["voice"]["enum"] == ["official", "other", "any"]
    assert "'The harbour'" in positions.input_schema["properties"]["topic"]["description"]
    assert len(json.dumps([tool.input_schema for tool in tools])) < 40_000
    uris = {resource.uri for resource in resources.resources}
    assert uris >= {f"stance-graph://{name}" for name in ("topics", "positions", "actors", "overview")}


def test_answers_carry_words_that_stand_in_the_articles(project):
    async def main():
        async with connected(project) as client:
            overview = await ask(client, "overview")
            assert overview.json["holds"]["statements"] == MANY + 2
            assert overview.json["reviewed"].startswith("100 %")
            assert "The harbour" in overview.json["topics"]
            names = await ask(client, "list_names", kind="position")
            assert [row["label"] for row in names.json["rows"]] == ["The harbour should get a new quay"]
            found = await ask(client, "search", words="wast of mony")
            assert "looked for 'money'" in found.json["understood"]
            (claim,) = [row for row in found.json["rows"] if row["kind"] == "claim"]
            rows = await ask(client, "query_positions", actor="ann lee", until="2010")
            behind = await ask(client, "evidence", stance=claim["evidence"]["iri"])
            by_reference = await ask(client, "evidence", stance=rows.json["rows"][0]["ref"])
            resource = await client.read_resource("stance-graph://evidence/" + rows.json["rows"][0]["ref"])
            actors = await client.read_resource("stance-graph://actors")
            return claim, rows, behind, by_reference, resource, actors

    claim, rows, behind, by_reference, resource, actors = anyio.run(main)
    text = text_of(project, "answer.txt")
    assert claim["evidence"]["words"] == ["The quay is a waste of money,"]
    assert claim["evidence"]["words"][0] in text
    (row,) = rows.json["rows"]
    cited = row["evidence"]["stance"]
    assert (row["stance"], row["status"]) == ("opposes", "reviewed")
    assert (cited["outlet"], cited["published"], cited["said"]) == (
        "The Example Post",
        "2010-04-24",
        "2010-04-23",
    )
    (stance,) = behind.json["stances"]
    (passage,) = stance["passages"]
    assert text[passage["start"] : passage["end"]] == passage["exact"] == "The quay is a waste of money,"
    assert stance["iri"] == cited["iri"]
    assert "“The quay is a waste of money,” (The Example Post, “No quay”, 2010-04-24" in stance["cite_as"]
    assert by_reference.json == behind.json == json.loads(resource.contents[0].text)
    assert actors.contents[0].text.startswith("Ann Lee | person, Prime Minister, Ruritania | https://")


def test_every_question_is_answered(project):
    async def main():
        async with connected(project) as client:
            answers = {}
            for tool in (await client.list_tools()).tools:
                if tool.name.startswith("query_"):
                    needed = dict.fromkeys(tool.input_schema["required"], "Ann Lee")
                    if "position" in needed:
                        needed["position"] = "new-quay"
                    answers[tool.name] = await ask(client, tool.name, **needed)
            return answers

    for name, answer in anyio.run(main).items():
        assert not answer.error, f"{name}: {answer.text}"
        for row in answer.json["rows"]:
            assert "evidence" in row or "iris" in row, name
            for cited in row.get("evidence", {}).values():
                everything = "".join(text_of(project, f"{file}.txt") for file in ("quay", "answer", "speech"))
                assert cited["words"]
                assert all(words in everything for words in cited["words"])


def test_a_long_answer_is_cut_with_a_note_and_can_be_read_on(project):
    async def main():
        async with connected(project) as client:
            seen, offset, pages = [], 0, []
            while True:
                answer = await ask(client, "query_positions", actor="Ann Lee", limit=100, offset=offset)
                pages.append(answer)
                seen += [row["ref"] for row in answer.json["rows"]]
                offset += answer.json["shown"]
                if "note" not in answer.json:
                    return seen, pages

    seen, pages = anyio.run(main)
    assert len(pages) > 2
    assert all(len(page.text) < 26_000 for page in pages)
    assert "narrow it with actor, topic, position, since, until, voice" in pages[0].json["note"]
    assert len(seen) == len(set(seen)) == pages[0].json["total"] == MANY + 1


WRONG = [
    ("query_position", {}, "did you mean 'query_positions'?"),
    ("query_positions", {"actr": "Ann Lee"}, "did you mean 'actor'?"),
    (
        "query_positions",
        {"actor": ["Ann Leigh"]},
        "actor: 'Ann Leigh' names nothing in the graph (did you mean 'Ann Lee'?)",
    ),
    ("query_positions", {"actor": {"name": "Ann Lee"}}, "is not of type 'array'"),
    ("query_positions", {"actor": []}, "non-empty"),
    ("query_positions", {"since": "the other day"}, "since: "),
    ("query_positions", {"voice": "loud"}, "'loud' is not one of ['official', 'other', 'any']"),
    ("query_positions", {"limit": 10_000}, "limit: 10000 is greater than the maximum of 100"),
    ("query_statements_of", {}, "'speaker' is a required property"),
    ("search", {"words": "..."}, "no word to look for"),
    ("search", {"words": "quay", "kinds": ["claims"]}, "is not one of"),
    ("search", {"words": "q" * 5000}, "is too long"),
    ("evidence", {"stance": "no-such.ref"}, "take a 'ref' or the IRI of a stance"),
    ("evidence", {"stance": "https://example.org/harbour/actor/ann-lee"}, "is no stance, statement or claim"),
    ("evidence", {"stance": "urn:x> } ; DROP ALL #"}, "is no stance of the graph"),
    ("sparql", {"query": "SELECT ?s WHERE {"}, "not valid SPARQL"),
    ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "this is an update"),
    ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "calls another server"),
    ("sparql", {"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}, "queries read no files"),
    ("sparql", {"query": "LOAD <file:///etc/passwd>"}, "this is an update"),
    ("sparql", {"query": "x" * 30_000}, "is too long"),
    ("sparql", {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}, "more than 20,000,000 bytes"),
]


def test_wrong_and_hostile_input_is_answered_with_what_to_do(project):
    async def main():
        async with connected(project) as client:
            answers = [await ask(client, tool, **arguments) for tool, arguments, _ in WRONG]
            odd = '" } \\u0022 ; DROP ALL # \u202e \x00 \ud7ff {} <script>'
            answers += [await ask(client, "search", words=odd)]
            answers += [await ask(client, "query_positions", actor=odd)]
            with pytest.raises(MCPError, match="known are stance-graph://overview"):
                await client.read_resource("stance-graph://../../etc/passwd")
            with pytest.raises(MCPError, match="is no stance"):
                await client.read_resource("stance-graph://evidence/%2e%2e%2fpasswd")
            # It still answers.
            assert (await ask(client, "query_positions", actor=["Bo Ramm"])).json["total"] == 1
            return answers

    answers = anyio.run(main)
    for (tool, arguments, message), answer in zip(WRONG, answers, strict=False):
        assert answer.error, f"{tool} {str(arguments)[:80]}"
        assert message in answer.text
        assert "Traceback" not in answer.text
        assert len(answer.text) < 1500


def test_slips_without_doubt_are_mended(project):
    async def main():
        async with connected(project) as client:
            one = await ask(client, "query_positions", actor="Ann Lee", since=2011, limit="3")
            several = await ask(
                client, "query_positions", actor=["Ann Lee"], since="2011", limit=3, topic=None
            )
            return one, several

    one, several = anyio.run(main)
    assert one.json == several.json
    assert one.json["shown"] == 3


def test_a_query_without_end_is_stopped_while_others_are_answered(project):
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c < ?f) }"

    async def main():
        async with connected(project, "--timeout", "4") as client:
            order = []

            async def run(name, tool, **arguments):
                answer = await ask(client, tool, **arguments)
                order.append(name)
                answers[name] = answer

            answers = {}
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(lambda: run("slow", "sparql", query=slow))
                await anyio.sleep(0.5)
                tasks.start_soon(lambda: run("quick", "list_names", kind="topic"))
            return order, answers

    order, answers = anyio.run(main)
    assert order == ["quick", "slow"]
    assert "stopped after 4 s" in answers["slow"].text


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if "__pycache__" not in path.parts and not path.name.startswith("LOG")
    }


def test_nothing_is_written(project):
    before = snapshot(project)

    async def main():
        async with connected(project) as client:
            await ask(client, "search", words="quay")
            await ask(client, "query_positions")
            await ask(client, "sparql", query="SELECT * { ?s ?p ?o } LIMIT 3")

    anyio.run(main)
    assert snapshot(project) == before


def test_rubbish_on_the_wire_does_not_end_the_server(project):
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "t", "version": "0"},
        },
    }
    lines = [
        b"not json",
        b'{"jsonrpc": "2.0", "id": 7, "method": "no/such"}',
        b"[" * 5000,
        b"\xff\xfe\x00",
        json.dumps(hello).encode(),
        b'{"jsonrpc": "2.0", "method": "notifications/initialized"}',
        b'{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": 5}}',
        b'{"jsonrpc": "2.0", "id": 3, "method": "ping"}',
    ]
    replies = {}
    with subprocess.Popen(command(project), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        server.stdin.write(b"\n".join(lines) + b"\n")
        server.stdin.flush()
        # Where it has ended, there is nothing to read.
        while 3 not in replies and (line := server.stdout.readline()):
            reply = json.loads(line)
            replies[reply.get("id")] = reply
        server.stdin.close()
        assert server.wait(120) == 0
    assert replies[1]["result"]["serverInfo"]["name"] == "stance-graph"
    assert "error" in replies[2]
    assert replies[3]["result"] == {}


def test_without_the_sdk_the_command_says_what_to_install(kg_command, monkeypatch, small_project):
    for name in [
        name
        for name in sys.modules
        if name.split(".")[0] in ("mcp", "mcp_types") or name.startswith("kg.mcp")
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.setitem(sys.modules, "mcp_types", None)
    run = kg_command("mcp", "-p", small_project)
    assert run.code == 3
    assert "pip install 'stance-graph[mcp]'" in run.err

"""`kg serve` as a person starts and stops it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from kg.serve.starting import Options, serve_project


@contextmanager
def started(*arguments, cwd):
    """The command as a process of its own; its address, and what it still prints when it has ended."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--workers", "1", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        command, cwd=cwd, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        lines = []
        for line in process.stderr:
            lines.append(line)
            if found := re.search(r"at (http://\S+)/ ", line):
                break
        else:
            raise AssertionError("".join(lines))
        yield process, found[1]
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def project(debate_source, tmp_path):
    (tmp_path / "kg.toml").write_text(
        f'title = "Cod"\nbase = "{debate_source.base}"\nstore = "{debate_source.store}"\n', encoding="utf-8"
    )
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="signals of other systems")
@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_answers_and_stops(project, signal_):
    with started(cwd=project) as (process, address):
        assert httpx.get(f"{address}/sparql", params={"query": "ASK { ?s a st:Stance }"}, timeout=60).json()[
            "boolean"
        ]
        assert "Cod" in httpx.get(f"{address}/", timeout=60).text
        # A site that had its name resolved to this machine is not the server.
        assert httpx.get(f"{address}/", headers={"host": "rebound.example"}).status_code == 400
        process.send_signal(signal_)
        out, err = process.communicate(timeout=90)
    assert process.returncode == (0 if signal_ == signal.SIGINT else -signal.SIGTERM)
    assert out == "" and "Traceback" not in err
    if signal_ == signal.SIGINT:
        assert err == "stopped\n"
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{address}/")


def test_the_address_that_clients_know(project):
    with started("--base-url", "https://data.example.org/kg/", "--origin", "none", cwd=project) as (
        _,
        address,
    ):
        found = httpx.get(f"{address}/actor/ada-brook", headers={"accept": "text/turtle"}, timeout=60)
        assert found.headers["location"] == "https://data.example.org/kg/actor/ada-brook.ttl"
        assert "access-control-allow-origin" not in found.headers
        service = httpx.get(f"{address}/sparql", timeout=60).text
        assert "<https://data.example.org/kg/sparql>" in service
        interface = httpx.get(f"{address}/openapi.json", timeout=60).json()
        assert interface["servers"] == [{"url": "https://data.example.org/kg"}]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--base-url", "data.example.org"), 2, "is no web address"),
        (("--base-url", "https://x.example/?a=b"), 2, "is no web address"),
        (("--host", "203.0.113.1", "--port", "0"), 2, "--host takes an address of this machine"),
        (("--port", "70000"), 2, "port"),
        (("--store", "nowhere"), 3, "run 'kg build' first"),
    ],
)
def test_what_is_wrong_is_said_at_once(kg_command, project, monkeypatch, arguments, code, message):
    monkeypatch.chdir(project)
    run = kg_command("serve", *arguments)
    assert run.code == code
    assert message in run.err and "Traceback" not in run.err


def test_a_port_that_is_taken(kg_command, project, monkeypatch):
    monkeypatch.chdir(project)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = kg_command("serve", "--port", taken.getsockname()[1])
    assert run.code == 2
    assert "cannot listen there" in run.err and "choose another --port" in run.err


def test_a_folder_that_is_no_release(kg_command, tmp_path):
    run = kg_command("serve", tmp_path)
    assert run.code == 3
    assert "holds no release" in run.err


def test_whole_texts_are_shown_where_this_machine_alone_can_ask(project, monkeypatch):
    from kg.project import Project
    from kg.serve import starting

    seen = []
    monkeypatch.setattr(starting, "run", lambda *_, **__: None)
    monkeypatch.setattr(starting, "application", lambda source, *_, **__: seen.append(source))
    for options in (
        Options(port=0),
        Options(port=0, base_url="https://x.example"),
        Options(port=0, host="0.0.0.0"),  # noqa: S104 - nothing listens
        Options(port=0, texts=False),
        Options(port=0, base_url="https://x.example", texts=True),
    ):
        serve_project(Project.open(project), options, lambda message: None)
    assert [source.texts for source in seen] == [True, False, False, False, True]

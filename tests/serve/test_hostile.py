"""Requests that mean no good: they are refused or stopped, and the server goes on serving the others."""

from __future__ import annotations

import contextlib
import random
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlsplit

import httpx
import pytest

from kg.serve.limits import Limits

from .conftest import serving

# Five times all nodes with all nodes: no machine comes to the end of it.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
HUNGRY = "SELECT ?a ?b { ?x ?y ?a . ?z ?w ?b . ?u ?v ?c } ORDER BY CONCAT(STR(?a), STR(?b), STR(?c))"
SMALL = Limits(
    seconds=2, workers=2, waiting=4, answer=30_000, memory=3_000_000_000, header_seconds=1, connections=60
)


@pytest.fixture(scope="module")
def client(debate_source):
    with serving(debate_source, SMALL) as one:
        yield one


def serves(client) -> bool:
    """Whether a plain question is answered, if need be after what is still running has been stopped."""
    for _ in range(240):
        try:
            response = client.get("/sparql", params={"query": "ASK { ?s a st:Stance }"})
            if response.status_code == 200:
                return response.json()["boolean"] is True
        except httpx.TransportError:
            pass
        time.sleep(0.25)
    return False


def test_a_runaway_query_ends_at_its_deadline(client):
    response = client.get("/sparql", params={"query": ENDLESS})
    assert response.status_code == 504
    assert response.text == "the answer took longer than 2 s and was stopped (ask for less)\n"
    assert serves(client)


def test_a_hungry_query_ends(client):
    response = client.get("/sparql", params={"query": HUNGRY})
    assert response.status_code in (422, 504)
    assert serves(client)


def test_a_large_answer_is_not_sent(client):
    response = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
    assert response.status_code == 422
    assert "more than 30,000 bytes" in response.text and "LIMIT" in response.text
    response = client.get("/sparql", params={"query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"})
    assert response.status_code == 422


def test_slow_queries_do_not_hold_up_pages(client):
    with ThreadPoolExecutor(6) as pool:
        slow = [pool.submit(client.get, "/sparql", params={"query": ENDLESS}) for _ in range(6)]
        time.sleep(0.3)
        first = client.get("/queries/first.csv", params={"position": "ban"})
        assert first.status_code == 200
        assert client.get("/index.html").status_code == 200
        assert {one.result().status_code for one in slow} <= {503, 504}


def test_too_many_at_once_are_turned_away(client):
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda _: client.get("/sparql", params={"query": ENDLESS}), range(12)))
    turned_away = [one for one in found if one.status_code == 503]
    assert turned_away and all(one.headers["retry-after"] for one in turned_away)
    assert serves(client)


def test_a_query_is_given_up_when_its_client_leaves(debate_source):
    patient = Limits(seconds=300, workers=1)
    with serving(debate_source, patient) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.get("/sparql", params={"query": ENDLESS}, timeout=1)
        # The only worker would be busy for five minutes.
        assert client.get("/sparql", params={"query": "ASK {}"}, timeout=120).status_code == 200


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "calls another server"),
        ("SELECT * { # \rSERVICE <http://127.0.0.1:1/> { ?s ?p ?o }\n }", "calls another server"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM <file:///etc/passwd> is no graph"),
        ("SELECT * FROM NAMED <http://127.0.0.1:1/g> { GRAPH ?g { ?s ?p ?o } }", "is no graph of this store"),
        ("LOAD <file:///etc/passwd>", "this is an update"),
        ("LOAD <http://127.0.0.1:1/> INTO GRAPH <urn:g>", "this is an update"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "this is an update"),
        ("DROP ALL", "this is an update"),
        ("DELETE WHERE { ?s ?p ?o }", "this is an update"),
        ("SELECT * { ?s ?p ?o", "line 1"),
        ("{" * 5000, "nested too deeply|not valid SPARQL"),
    ],
)
def test_refusals_are_clear(client, query, message):
    assert serves(client)
    for response in (
        client.get("/sparql", params={"query": query}),
        client.post("/sparql", data={"query": query}),
    ):
        assert response.status_code == 400
        assert re.search(message, response.text)


def test_nothing_is_changed(client):
    assert serves(client)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = client.get("/sparql", params={"query": count}).content
    for body in (b"update=DROP+ALL", b"query=DROP+ALL", b"query=CLEAR+ALL"):
        client.post("/sparql", content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert client.get("/sparql", params={"query": count}).content == before


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/../../../pyproject.toml",
        "/assets/%2e%2e%2f%2e%2e%2fpyproject.toml",
        "/queries/../../kg.toml",
        "/queries/..%2f..%2fREADME.rq",
        "/actor/%00.html",
        "/actor/" + "a" * 3000,
        "/%2f%2fx.example/",
        "/queries/%3Cscript%3Ealert(1)%3C%2Fscript%3E.html",
        "/%FF%FE",
    ],
)
def test_paths_lead_nowhere_else(client, path):
    response = client.get(path, headers={"accept": "text/html"})
    assert response.status_code in (303, 404, 400, 406)
    assert "root:" not in response.text and "[project]" not in response.text
    assert "<script>alert" not in response.text


def test_values_stay_values(client):
    for value in (
        'Russia" } DROP ALL #',
        "Russia> } SERVICE <http://x.example/> {",
        "<script>alert(1)</script>",
    ):
        response = client.get("/queries/positions.csv", params={"actor": value})
        assert response.status_code == 400
        page = client.get("/queries/positions.html", params={"actor": value}, headers={"accept": "text/html"})
        assert "<script>alert" not in page.text


def test_heads_that_do_not_come_are_not_waited_for(client):
    parts = urlsplit(str(client.base_url))
    sleeping = [socket.create_connection((parts.hostname, parts.port)) for _ in range(30)]
    try:
        for sock in sleeping:
            sock.sendall(b"GET /sparql HTTP/1.1\r\nHost: x\r\n")
        assert client.get("/index.html").status_code == 200
        sleeping[0].settimeout(10)
        with contextlib.suppress(ConnectionResetError):
            assert sleeping[0].recv(100) == b""
        # A body that does not come is not waited for either.
        with socket.create_connection((parts.hostname, parts.port), timeout=10) as sock:
            sock.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
                b"Content-Length: 100\r\n\r\nASK"
            )
            assert b" 408 " in sock.recv(1000)
    finally:
        for sock in sleeping:
            sock.close()


def bad_request(rng: random.Random, parts) -> bytes:
    """One request as raw bytes, of a kind that nobody should send."""
    host = f"Host: {parts.hostname}\r\n".encode()
    kind = 11 if rng.random() < 0.02 else rng.randrange(11)
    noise = bytes(rng.randrange(256) for _ in range(rng.randrange(1, 400)))
    if kind == 0:
        return noise
    if kind == 1:
        return b"GET /sparql?query=" + quote(noise).encode() + b" HTTP/1.1\r\n" + host + b"\r\n"
    if kind == 2:
        return b"GET /" + b"a" * rng.randrange(70_000, 200_000) + b" HTTP/1.1\r\n" + host + b"\r\n"
    if kind == 3:
        many = b"".join(b"X-%d: y\r\n" % n for n in range(rng.randrange(100, 9000)))
        return b"GET / HTTP/1.1\r\n" + host + many + b"\r\n"
    if kind == 4:
        return b"POST /sparql HTTP/1.1\r\n" + host + b"Content-Length: 99999999999\r\n\r\n" + noise
    if kind == 5:
        head = b"POST /sparql HTTP/1.1\r\n" + host + b"Content-Type: application/sparql-query\r\n"
        return head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + noise
    if kind == 6:
        deep = "SELECT * " + "{" * rng.randrange(1, 4000)
        return b"GET /sparql?query=" + quote(deep).encode() + b" HTTP/1.1\r\n" + host + b"\r\n"
    if kind == 7:
        words = rng.choices(
            ["SELECT", "*", "{", "}", "?s", "SERVICE", "<urn:a>", "'", '"', "#", "\r", "\\u0000"], k=30
        )
        return b"GET /sparql?query=" + quote(" ".join(words)).encode() + b" HTTP/1.1\r\n" + host + b"\r\n"
    if kind == 8:
        return b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + noise
    if kind == 9:
        return (
            b"GET /queries/"
            + quote(noise).encode()
            + b".csv?actor="
            + quote(noise).encode()
            + b" HTTP/1.0\r\n\r\n"
        )
    if kind == 10:
        accept = bytes(rng.choice(b"/*;=q0.9,abc\"' ") for _ in range(200))
        return b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + host + b"Accept: " + accept + b"\r\n\r\n"
    return b"GET /sparql?query=" + quote(ENDLESS).encode() + b" HTTP/1.1\r\n" + host + b"\r\n"


def test_a_thousand_bad_requests_leave_it_serving(client):
    parts = urlsplit(str(client.base_url))
    rng = random.Random(7)
    requests = [bad_request(rng, parts) for _ in range(1000)]
    lock, answered = threading.Lock(), []

    def send(raw: bytes) -> None:
        try:
            with socket.create_connection((parts.hostname, parts.port), timeout=5) as sock:
                sock.sendall(raw)
                first = sock.recv(200)
        except OSError:
            return
        with lock:
            answered.append(first[9:12])

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(send, requests))
    assert len(answered) > 200
    assert not [status for status in answered if status == b"500"]
    assert serves(client)
    assert client.get("/index.html").status_code == 200
    assert client.get("/queries/positions.json", params={"actor": "Norland"}).json()

"""The review server: a real one on 127.0.0.1; what it refuses, and two people or a killed server."""

import json
import os
import re
import signal
import subprocess
import sys
import threading

import pytest

pytest.importorskip("uvicorn", reason="needs the extra 'web'")
httpx = pytest.importorskip("httpx")

from tests.review.web import reviewing  # noqa: E402


@pytest.fixture
def guard(project):
    with reviewing(project) as one:
        yield one


@pytest.fixture
def client(guard):
    with httpx.Client(base_url=guard.address, timeout=120, headers={"x-review-key": guard.key}) as one:
        yield one


def test_only_its_own_page_may_ask_and_decide(guard, client, project):
    case = client.get("/case", params={"iri": client.get("/queue").json()[0]["iri"]}).json()
    body = {"act": "accept", "iri": case["iri"], "version": case["version"]}
    strangers = [
        {"x-review-key": "guessed"},
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"host": "evil.example"},
        {"content-type": "text/plain"},
    ]
    for headers in strangers:
        assert client.post("/decide", json=body, headers=headers).status_code == 403, headers
    keyless = httpx.post(f"{guard.address}/decide", params={"key": guard.key}, json=body, timeout=120)
    assert keyless.status_code == 403, "a form of another site could send the address, not the header"
    assert httpx.get(f"{guard.address}/", timeout=120).status_code == 403
    assert httpx.get(f"{guard.address}/queue", timeout=120).status_code == 403
    large = client.post("/decide", json={**body, "comment": "x" * 100_000})
    assert large.status_code == 403
    for wrong in ({"act": "fly"}, {"act": "content", "start": "0"}, {"act": "date", "said": "soon"}):
        answer = client.post("/decide", json={**body, **wrong})
        assert (answer.status_code, "error" in answer.json()) == (400, True), wrong
    assert project.desk("Ida").log() == []
    page = client.get("/")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "access-control-allow-origin" not in page.headers
    assert client.post("/decide", json=body).status_code == 200


def test_two_at_once_lose_nothing(client, project):
    iri = client.get("/queue").json()[0]["iri"]
    seen = client.get("/case", params={"iri": iri}).json()
    stance = {"act": "stance", "position": "new-quay", "stance": "supports"}
    first = {**stance, "iri": iri, "version": seen["version"]}
    assert client.post("/decide", params={"coder": "Otto"}, json=first).status_code == 200
    second = client.post("/decide", json={"act": "reject", "iri": iri, "version": seen["version"]})
    assert second.status_code == 409
    assert "Otto decided: change" in second.json()["error"]
    assert "supports new-quay" in second.json()["error"]
    log = project.desk("Ida").log()
    assert [(one.coder, one.action) for one in log] == [("Otto", "change")]


def test_a_sample_is_drawn_worked_through_and_estimated_over_http(client, project):
    assert client.get("/sample").json()["size"] is None
    assert client.get("/estimates").json() is None
    assert client.post("/decide", json={"act": "draw", "size": 9, "seed": 0}).status_code == 200
    left = client.get("/sample").json()
    assert (len(left["statements"]), len(left["passages"]), left["done"]) == (3, 3, 0)
    for iri in left["statements"]:
        seen = client.get("/case", params={"iri": iri}).json()
        client.post("/decide", json={"act": "accept", "iri": iri, "version": seen["version"]})
    for one in left["passages"]:
        seen = client.get("/passage", params=one).json()
        body = {"act": "look", **one, "version": seen["version"]}
        assert client.post("/decide", json=body).status_code == 200
    assert client.get("/sample").json()["done"] == 6
    found = client.get("/estimates").json()
    assert found["right"]["number"] == 3
    assert found["text"].startswith("of 3 stances all checked, 100 % are right")
    assert client.get("/passage", params={"article": "x", "start": 0, "end": 1}).status_code == 400
    assert client.get("/passage", params={"article": "x", "start": "a", "end": 1}).status_code == 403


def test_what_is_decided_in_a_passage_meanwhile_is_not_overlooked(client, project):
    client.post("/decide", json={"act": "draw", "size": 9, "seed": 0})
    passages = client.get("/sample").json()["passages"]
    seen = [client.get("/passage", params=one).json() for one in passages]
    one, read = next((one, read) for one, read in zip(passages, seen, strict=True) if read["cases"])
    case = read["cases"][0]
    reject = {"act": "reject", "iri": case["iri"], "version": case["version"]}
    assert client.post("/decide", params={"coder": "Otto"}, json=reject).status_code == 200
    stale = client.post("/decide", json={"act": "look", **one, "version": read["version"]})
    assert stale.status_code == 409
    assert "look again" in stale.json()["error"]


def test_the_queue_is_narrowed_down(client):
    found = client.get("/choices").json()
    names = {kind: {one["label"]: one for one in some} for kind, some in found.items()}
    assert set(names["outlet"]) == {"The Example Courier", "The Example Post"}
    assert names["actor"]["Ruritania"]["number"] == 3
    for kind, label, number in (
        ("article", "No quay", 1),
        ("outlet", "The Example Courier", 2),
        ("actor", "Bo Ramm", 2),
        ("position", "The harbour should get a new quay", 3),
    ):
        entries = client.get("/queue", params={kind: names[kind][label]["iri"]}).json()
        assert len(entries) == names[kind][label]["number"] == number
    both = {
        "actor": names["actor"]["Ann Lee"]["iri"],
        "outlet": names["outlet"]["The Example Courier"]["iri"],
    }
    assert client.get("/queue", params=both).json() == []


def test_who_codes_blindly_sees_no_estimates_and_settles_nothing(project):
    with reviewing(project, blind=True) as guard:
        headers = {"x-review-key": guard.key}
        with httpx.Client(base_url=guard.address, timeout=120, headers=headers) as client:
            client.post("/decide", json={"act": "draw", "size": 9, "seed": 0})
            assert client.get("/estimates").json() is None
            assert "Disputes" not in client.get("/").text
            iri = client.get("/queue").json()[0]["iri"]
            seen = client.get("/case", params={"iri": iri}).json()
            body = {"act": "accept", "iri": iri, "version": seen["version"]}
            client.post("/decide", params={"mode": "disputes"}, json=body)
    assert [one.adjudicates for one in project.desk("Ida").log()][-1] is False


class Served:
    """A process of `kg review --web`, and what it was told to have written."""

    def __init__(self, folder, *options):
        """Start it and wait until it says where it is."""
        command = [sys.executable, "-m", "kg", "review", "--web", "--no-open", "--coder", "Ida", *options]
        self.process = subprocess.Popen(
            [*command, "--project", str(folder)], stderr=subprocess.PIPE, text=True, env={**os.environ}
        )
        line = self.process.stderr.readline()
        self.page = line.split()[-1]
        self.address, _, said = self.page.partition("/?key=")
        self.key = said.partition("&")[0]
        # What the server says later must not fill the pipe up.
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def client(self):
        return httpx.Client(base_url=self.address, timeout=120, headers={"x-review-key": self.key})


def test_the_command_opens_the_page_with_the_queue_that_is_asked_for(harbour, kg_command):
    names = ["--actor", "Ruritania", "--position", "new-quay", "--all"]
    served = Served(harbour, "--outlet", "The Example Post", *names)
    try:
        page = httpx.get(served.page, timeout=120).text
        assert re.findall("selected>([^<]*)<", page) == [
            "The Example Post",
            "Ruritania",
            "The harbour should get a new quay",
        ]
        assert 'value="1" checked' in page
    finally:
        served.process.kill()
        served.process.wait(60)
    run = kg_command("review", "--project", harbour, "--web", "--no-open", "--position", "new-key")
    assert (run.code, "did you mean 'new-quay'" in run.err) == (2, True)


def test_a_killed_server_has_lost_nothing_that_it_said_was_written(harbour, project):
    """A stream of decisions by three people over HTTP; SIGKILL in the middle; the next server goes on."""
    served = Served(harbour)
    acknowledged, enough = [], threading.Event()

    def decide(coder):
        with served.client() as client:
            while True:
                try:
                    for entry in client.get("/queue", params={"all": "1"}).json():
                        seen = client.get("/case", params={"iri": entry["iri"]}).json()
                        words = f"{coder} {len(acknowledged)}"
                        body = {
                            "act": "comment",
                            "comment": words,
                            **{n: seen[n] for n in ("iri", "version")},
                        }
                        answer = client.post("/decide", params={"coder": coder}, json=body)
                        if answer.status_code == 200:
                            acknowledged.append((coder, words, entry["iri"]))
                        else:
                            assert answer.status_code == 409, answer.text
                        if len(acknowledged) >= 12:
                            enough.set()
                except (httpx.TransportError, json.JSONDecodeError):
                    return  # killed

    people = [threading.Thread(target=decide, args=(name,)) for name in ("Ida", "Otto", "Eve")]
    for one in people:
        one.start()
    try:
        assert enough.wait(300)
    finally:
        os.kill(served.process.pid, signal.SIGKILL)
        served.process.wait(60)
    for one in people:
        one.join(120)
    log = project.desk("Ida").log()
    written = {(one.coder, one.comment, one.target) for one in log}
    assert set(acknowledged) <= written
    assert [one.sequence for one in log] == list(range(1, len(log) + 1)), "each is there once, whole"
    assert project.validate().conforms
    again = Served(harbour)
    try:
        with again.client() as client:
            iri = client.get("/queue").json()[0]["iri"]
            seen = client.get("/case", params={"iri": iri}).json()
            body = {"act": "accept", "iri": iri, "version": seen["version"]}
            assert client.post("/decide", json=body).status_code == 200
    finally:
        again.process.kill()
        again.process.wait(60)
    assert len(project.desk("Ida").log()) == len(log) + 1

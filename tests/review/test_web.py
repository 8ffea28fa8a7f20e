"""The review server: a real one on 127.0.0.1; what it refuses, and a person at a real browser."""

import os
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="needs the extra 'web'")
httpx = pytest.importorskip("httpx")

from kg.serve.limits import Limits  # noqa: E402
from kg.serve.review.application import Review, review_application  # noqa: E402
from kg.serve.review.guard import Guard  # noqa: E402
from kg.serve.server import address_of, listen, server  # noqa: E402

CHROMIUM = shutil.which("chromium")
SHOTS = os.environ.get("KG_TEST_SHOTS")
"""Folder for screenshots, for people who want to look."""


@contextmanager
def reviewing(project, **who):
    """The guard of a review server that runs while the block does."""
    sock = listen("127.0.0.1", 0)
    guard = Guard(address_of(sock))
    review = Review(lambda name: project.desk(name, **who), "Ida", "Harbour", guard)
    ready = threading.Event()
    running = server(review_application(review), Limits(), ready.set)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    try:
        assert ready.wait(120), "the server did not start"
        yield guard
    finally:
        running.should_exit = True
        thread.join(30)


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


@pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
def test_a_person_at_a_browser(guard, project):
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    expect = playwright.expect
    expect.set_options(timeout=120_000)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.set_default_timeout(120_000)
            errors = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda line: line.type == "error" and errors.append(line.text))
            page.goto(f"{guard.address}/?key={guard.key}")
            statement = page.locator("#statement")
            expect(statement).to_contain_text("Opposes The harbour should get a new quay")
            expect(page.locator("#text mark")).to_have_text("We must build the new quay before the winter,")
            expect(page.locator("#keys button")).to_have_count(18)
            _shot(page, "first")
            page.keyboard.press("s")
            expect(statement).to_contain_text("Neutral on")
            page.keyboard.press("u")
            expect(statement).to_contain_text("Opposes")
            page.keyboard.press("U")
            expect(statement).to_contain_text("Neutral on")
            page.keyboard.press("w")
            page.keyboard.type("Ann Lee")
            _shot(page, "question")
            page.keyboard.press("Enter")
            expect(statement).to_contain_text("Ann Lee")
            page.locator("#text").focus()
            _select(page, "We must build the new quay")
            page.keyboard.press("e")
            expect(page.locator("#text mark")).to_have_text("We must build the new quay")
            page.keyboard.press("c")
            page.keyboard.type("<b>see</b> the minutes")
            page.keyboard.press("Enter")
            expect(page.locator(".history")).to_contain_text("<b>see</b> the minutes")
            page.keyboard.press("m")
            expect(page.locator("#options")).to_contain_text("harbour needs a")
            _shot(page, "wordings")
            page.keyboard.press("Escape")
            project.desk("Otto").reject(_case(project, "We must"))
            page.keyboard.press("n")
            page.keyboard.press("1")
            page.keyboard.press("1")
            expect(page.locator("#message")).to_contain_text("Otto decided: reject")
            expect(statement).to_contain_text("struck out")
            _shot(page, "stale")
            page.keyboard.press("j")
            expect(page.locator("#progress")).to_contain_text("2 of 3")
            page.keyboard.press("a")
            expect(page.locator("#progress")).to_contain_text("3 of 3")
            page.keyboard.press("r")
            expect(page.locator("#message")).to_contain_text("All are decided")
            assert [error for error in errors if "409" not in error] == []
        finally:
            browser.close()
    actions = [one.action for one in project.desk("Ida").log()]
    assert actions.count("revoke") == 2
    assert actions[-2:] == ["accept", "reject"]


def _case(project, words):
    from tests.review.test_decisions import case_of

    return case_of(project.desk("Otto"), words)


def _select(page, words):
    """Drag the mouse over words of the article."""
    box = page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + words.length);
            const found = range.getClientRects();
            const [first, last] = [found[0], found[found.length - 1]];
            return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
          }
        }""",
        words,
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[3], steps=4)
    page.mouse.up()


def _shot(page, name):
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))

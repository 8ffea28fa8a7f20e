"""The page on utterances: what it refuses, and a person at a real browser."""

import pytest

pytest.importorskip("uvicorn", reason="needs the extra 'web'")
httpx = pytest.importorskip("httpx")

from kg.review.utterances.candidates import known  # noqa: E402
from kg.review.utterances.deciding import put_together, tell_apart  # noqa: E402
from kg.serve.review.utterances import group_json, pair_json  # noqa: E402
from tests.review.bridge import together  # noqa: E402
from tests.review.web import CHROMIUM, reviewing, shot  # noqa: E402


@pytest.fixture
def guard(bridge):
    with reviewing(bridge) as one:
        yield one


@pytest.fixture
def client(guard):
    with httpx.Client(base_url=guard.address, timeout=120, headers={"x-review-key": guard.key}) as one:
        yield one


def test_only_its_own_page_may_ask_and_decide(guard, client, bridge):
    found = client.get("/utterances/list").json()
    pair = client.get(
        "/utterances/pair", params={"one": found["items"][0]["one"], "other": found["items"][0]["other"]}
    ).json()
    statements = [{"iri": side["iri"], "version": side["version"]} for side in pair["sides"]]
    body = {"act": "same", "statements": statements, "since": found["since"]}
    for headers in (
        {"x-review-key": "guessed"},
        {"origin": "https://evil.example"},
        {"host": "evil.example"},
    ):
        assert client.post("/utterances/decide", json=body, headers=headers).status_code == 403, headers
    for path in ("", "/list", "/pair", "/group"):
        assert httpx.get(f"{guard.address}/utterances{path}", timeout=120).status_code == 403
    assert client.post("/utterances/decide", json={**body, "comment": "x" * 100_000}).status_code == 403
    wrong = [
        {"act": "fly"},
        {"act": "out"},
        {"since": "0"},
        {"statements": []},
        {"statements": [statements[0]] * 2},
        {"statements": [{"iri": statements[0]["iri"]}]},
        {"comment": 7},
    ]
    for values in wrong:
        answer = client.post("/utterances/decide", json={**body, **values})
        assert (answer.status_code, "error" in answer.json()) == (400, True), values
    assert client.get("/utterances/list", params={"list": "all"}).status_code == 400
    assert bridge.desk("Ida").log() == []
    page = client.get("/utterances")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert client.get("/assets/utterances.js").headers["content-type"].startswith("text/javascript")
    assert client.post("/utterances/decide", json=body).json()["told"] == "one utterance of 3 statements"


def test_who_is_blind_sees_no_group_of_others(bridge, named):
    ida = bridge.desk("Ida")
    tell_apart(ida, [ida.case(named[name]) for name in ("courier", "post")])
    put_together(ida, [ida.case(named[name]) for name in ("courier", "wire")])
    otto = bridge.desk("Otto", blind=True)
    assert not pair_json(otto, named["courier"], named["wire"])["together"]
    sides = group_json(otto, named["post"])["sides"]
    assert {side["iri"] for side in sides} == {named["courier"], named["post"]}


def test_two_at_once_lose_nothing(client, bridge, named):
    found = client.get("/utterances/list").json()
    pair = {side: found["items"][0][side] for side in ("one", "other")}
    sides = client.get("/utterances/pair", params=pair).json()["sides"]
    statements = [{"iri": side["iri"], "version": side["version"]} for side in sides]
    body = {"statements": statements, "since": found["since"]}
    first = client.post("/utterances/decide", params={"coder": "Otto"}, json={**body, "act": "same"})
    assert first.status_code == 200
    second = client.post("/utterances/decide", json={**body, "act": "different"})
    assert second.status_code == 409
    assert "Otto decided" in second.json()["error"]
    assert [(one.coder, one.action) for one in bridge.desk("Ida").log()] == [("Otto", "merge")]
    assert client.get("/utterances/pair", params=pair).json()["together"]


@pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
def test_a_person_at_a_browser(guard, bridge, named):
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    expect = playwright.expect
    expect.set_options(timeout=120_000)
    bridge.desk("Otto").comment(bridge.desk("Otto").case(named["wire"]), "<b>not</b> mine")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.set_default_timeout(120_000)
            errors = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda line: line.type == "error" and errors.append(line.text))
            page.goto(f"{guard.address}/?key={guard.key}")
            page.locator("header a", has_text="Utterances").click()
            message, sides = page.locator("#message"), page.locator(".report")
            expect(page.locator("#progress")).to_contain_text("1 of 1")
            expect(sides).to_have_count(2)
            expect(page.locator("#why")).to_contain_text("direct")
            expect(page.locator(".report mark").first).to_be_visible()
            expect(page.locator(".others li")).to_have_count(1)
            shot(page, "utterances-pair")
            page.keyboard.press("c")
            page.keyboard.type("<i>one</i> speech")
            page.keyboard.press("Enter")
            expect(message).to_contain_text("<i>one</i> speech")
            page.keyboard.press("s")
            expect(message).to_contain_text("One utterance of 3 statements")
            page.keyboard.press("u")
            expect(message).to_contain_text("Undone")
            assert together(bridge) == [["courier", "post"]]
            page.keyboard.press("U")
            expect(message).to_contain_text("Done again")
            assert together(bridge) == [["courier", "post", "wire"]]
            page.keyboard.press("g")
            expect(sides).to_have_count(3)
            expect(page.locator("#why")).to_contain_text(
                "3 statements of one utterance, put together by people"
            )
            shot(page, "utterances-group")
            wire = page.locator(".report", has_text="would be built by both")
            number = wire.locator("kbd").inner_text()
            page.keyboard.press(number)
            expect(page.locator(".report.picked")).to_contain_text("would be built by both")
            page.keyboard.press("1" if number != "1" else "2")
            expect(page.locator(".report.picked")).not_to_contain_text("would be built by both")
            wire.get_by_role("button", name="Choose").click()
            expect(page.locator(".report.picked")).to_contain_text("would be built by both")
            expect(wire.get_by_role("button", name="Choose")).to_be_focused()
            page.keyboard.press("t")
            expect(message).to_contain_text("Taken out; 2 statements are left")
            expect(sides).to_have_count(2)
            assert together(bridge) == [["courier", "post"]]
            page.get_by_role("button", name="Pairs that may be one").click()
            expect(page.locator("#sides")).to_contain_text("No pair waits")
            page.keyboard.press("u")
            expect(message).to_contain_text("Undone")
            assert together(bridge) == [["courier", "post", "wire"]]
            page.get_by_role("button", name="To settle").click()
            expect(page.locator("#sides")).to_contain_text("Nothing is to be settled")
            page.set_viewport_size({"width": 390, "height": 800})
            page.get_by_role("button", name="Put together").click()
            expect(sides).to_have_count(3)
            shot(page, "utterances-narrow")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            page.locator("header a", has_text="Statements").click()
            expect(page.locator("#statement")).to_contain_text("Ann Lee")
            assert errors == []
        finally:
            browser.close()
    log = bridge.desk("Ida").log()
    assert [one.action for one in log if one.coder == "Ida"] == [
        "merge",
        "revoke",
        "revoke",
        "differ",
        "revoke",
    ]
    assert log[1].comment == "<i>one</i> speech"
    assert known(bridge.desk("Ida")).last == len(log)

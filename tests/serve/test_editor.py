"""The query editor in a real browser: it works, says nothing on the console and asks nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

CHROMIUM = "/usr/bin/chromium"
playwright = pytest.importorskip("playwright.sync_api")
if not Path(CHROMIUM).exists():
    pytest.skip("there is no Chromium here", allow_module_level=True)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as running:
        one = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield one
        one.close()


@pytest.fixture
def page(browser, client):
    """A page that keeps what the console says and what is asked for; both are looked at in the end."""
    context = browser.new_context(base_url=str(client.base_url))
    one = context.new_page()
    said, asked = [], []
    one.on("console", lambda message: said.append(message.text))
    one.on("pageerror", lambda error: said.append(str(error)))
    one.on("request", lambda request: asked.append(request.url))
    yield one
    context.close()
    assert said == []
    elsewhere = [url for url in asked if not url.startswith((str(client.base_url), "data:", "blob:"))]
    assert elsewhere == []


def test_the_editor_runs_a_query(page):
    page.goto("/query-editor.html")
    page.click(".yasqe_queryButton")
    page.wait_for_selector("#yasr table tbody tr", timeout=60_000)
    assert page.locator("#yasr table tbody tr").count() >= 10
    assert "Answered in" in page.inner_text("#told")


def test_a_canned_query_is_a_beginning(page):
    page.goto("/query-editor.html")
    page.select_option("#begin", "positions")
    page.click(".yasqe_queryButton")
    page.wait_for_selector("#yasr table tbody tr", timeout=60_000)
    assert "Ada Brook" in page.inner_text("#yasr")


def test_iris_of_the_graph_lead_to_its_pages(page, client):
    page.goto("/sparql?query=" + "SELECT ?who { ?who rdfs:label 'Ada Brook' }")
    page.wait_for_selector("#yasr table tbody a", timeout=60_000)
    link = page.locator("#yasr table tbody a").first
    link.focus()
    assert link.get_attribute("href") == f"{str(client.base_url).rstrip('/')}/actor/ada-brook"


def test_a_graph_is_shown_too(page):
    page.goto("/query-editor.html?query=CONSTRUCT { ?s a st:Position } { ?s a st:Position }")
    playwright.expect(page.locator("#told")).to_contain_text("Answered", timeout=60_000)
    assert "position/ban" in page.inner_text("#yasr")


def test_an_error_is_shown(browser, client):
    context = browser.new_context(base_url=str(client.base_url))
    page = context.new_page()
    page.goto("/query-editor.html?query=SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }")
    playwright.expect(page.locator("#told")).to_contain_text("That did", timeout=60_000)
    assert "calls another server: refused" in page.inner_text("#yasr")
    context.close()

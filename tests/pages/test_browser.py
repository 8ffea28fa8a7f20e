"""The pages in a real browser: charts, evidence, filters, highlights, search, accessibility."""

import re
from pathlib import Path

import pytest

from kg.analyse.counts import once
from kg.analyse.facts import Facts
from kg.analyse.records import Day
from kg.analyse.standing import latest
from kg.pages.words import quoted

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
KINDS = (
    *("index", "timeline", "year", "actors", "positions", "topics", "articles", "outlets", "network"),
    *("search", "queries", "about", "query", "article", "statement", "stance", "position", "topic"),
    *("outlet", "actor"),
)


@pytest.fixture(scope="session")
def facts(example_site):
    return Facts(example_site.view, example_site.iris.current_graph)


def test_every_kind_of_page_is_looked_at(samples):
    assert set(samples) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_accessible_and_fits_a_phone(visit, samples, kind):
    for width in (1360, 390):
        page = visit(samples[kind].path, width)
        # A page's policy stops scripts that are put into it; axe is run by the test, not by the page.
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        told = [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
        assert told == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{kind} is wider than {width}"


def test_a_mark_shows_its_evidence_by_click_and_by_keyboard(visit, facts):
    page = visit("timeline.html")
    marks = page.locator(".lanes a.glyph")
    assert marks.count() > 50
    marks.nth(3).click()
    shown = marks.nth(3).get_attribute("href").removesuffix(".html")
    stance = next(one for iri, one in facts.stances.items() if iri.endswith(shown))
    panel = page.locator("#evidence")
    assert panel.locator(".who").inner_text() == facts.label(stance.actor)
    words = quoted(facts.passages(facts.statements[stance.statement]))
    assert panel.locator("blockquote").inner_text() == words
    assert panel.locator(".position").inner_text() == facts.label(stance.position)
    assert "pinned" in marks.nth(3).get_attribute("class")
    assert page.url.endswith("timeline.html"), "the mark is a link, yet it is shown here"

    # By keyboard: one stop in the tab order, arrows move, what has the focus is shown, Enter keeps it.
    assert page.locator(".lanes a.glyph[tabindex='0']").count() == 1
    page.locator(".lanes a.glyph[tabindex='0']").focus()
    page.keyboard.press("Home")
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert first != second
    assert second.startswith(panel.locator(".who").inner_text())
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    label = page.locator(".lanes a.glyph.pinned").get_attribute("aria-label")
    assert label.startswith(panel.locator(".who").inner_text())
    page.locator("#evidence .links a").first.click()
    assert "/stance/" in page.url


def test_filters_leave_what_fits(visit, facts):
    page = visit("timeline.html")
    status = page.locator("#status")
    total = len(facts.stances)
    assert status.inner_text().startswith(f"{total} of {total} stances")
    page.select_option("#review", "1")
    reviewed = sum(one.reviewed for one in facts.stances.values())
    assert 0 < reviewed < total
    assert status.inner_text().startswith(f"{reviewed} of {total}")
    assert page.locator(".lanes .glyph .open").count() == 0
    page.select_option("#review", "")
    page.select_option("#topic", label="Missile defence")
    topic = next(iri for iri, one in facts.topics.items() if one.label == "Missile defence")
    fitting = [one for one in facts.stances.values() if topic in one.topics]
    assert status.inner_text().startswith(f"{len(fitting)} of {total}")
    page.fill("#since", "2009")
    page.fill("#until", "2010-06")
    since, until = Day(2009, 1, 1), Day(2010, 6, 30)
    fitting = [
        one
        for one in fitting
        if (one.when.latest is None or one.when.latest >= since)
        and (one.when.earliest is None or one.when.earliest <= until)
    ]
    assert status.inner_text().startswith(f"{len(fitting)} of {total}")
    assert page.locator("#stances tbody tr").count() == len(fitting)
    # The address keeps the view.
    again = visit("timeline.html" + page.evaluate("location.hash"))
    assert again.locator("#status").inner_text().startswith(f"{len(fitting)} of {total}")
    page.click("button[type=reset]")
    page.wait_for_function(f"document.getElementById('status').textContent.startsWith('{total} of')")


def test_several_actors_are_compared(visit):
    page = visit("timeline.html")
    for name in ("Vladimir Putin", "NATO"):
        page.fill("#actor", name)
        page.press("#actor", "Enter")
    assert page.locator("#chosen li").count() == 2
    assert page.locator(".lanes .lane-name").all_text_contents() == ["Vladimir Putin", "NATO"]
    page.locator("#chosen button").first.click()
    # A single one is shown by who speaks for it.
    assert page.locator("#chosen li").count() == 1
    assert "NATO" in page.locator(".lanes .lane-name").all_text_contents()


def test_a_vague_date_is_drawn_as_an_interval(visit, facts):
    page = visit("timeline.html")
    assert page.locator(".lanes .span").count() > 0
    open_ended = [s for s in facts.stances.values() if bool(s.when.earliest) != bool(s.when.latest)]
    assert bool(page.locator(".lanes .span.vague").count()) == bool(open_ended)


@pytest.mark.parametrize("folder", ["", "full/"])
def test_highlights_stand_at_the_right_characters(visit, facts, whole_site, folder):
    article = max(facts.articles, key=lambda iri: len(facts.statements_by_article.get(iri, [])))
    path = folder + whole_site.address(article)
    page = visit(path)
    pieces = page.evaluate(
        """() => [...document.querySelectorAll('#text .piece')].map(piece => [+piece.dataset.start,
          [...piece.childNodes].filter(n => !(n.classList && n.classList.contains('ref')))
            .map(n => [n.textContent, n.dataset ? n.dataset.passages.split(' ') : []])])"""
    )
    marked = {}
    for start, runs in pieces:
        place = start
        for text, tokens in runs:
            for token in tokens:
                marked.setdefault(token, {}).update({place + at: char for at, char in enumerate(text)})
            place += len(text)
    numbers = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.cards > li')].map(li =>
          [li.dataset.number, li.querySelector('a[href*="statement/"]').getAttribute('href')]))"""
    )
    checked = 0
    for number, href in numbers.items():
        name = href.rpartition("/")[2].removesuffix(".html")
        statement = next(one for iri, one in facts.statements.items() if iri.endswith("/" + name))
        for part in ("content", "source", "cue"):
            passages = [one for one in facts.passages(statement) if one.part == part]
            wanted = {one.start + at: char for one in passages for at, char in enumerate(one.exact)}
            assert marked.get(f"{number}-{part}", {}) == wanted
            checked += len(passages)
    assert checked > 20
    page.locator(".ref").first.click()
    assert re.search(r"#statement-\d+$", page.url)


def test_a_highlight_leads_to_its_statement(visit, facts, whole_site):
    page = visit("full/" + whole_site.address(next(iter(facts.articles))))
    page.locator("#text mark.content").first.click()
    assert re.search(r"#statement-\d+$", page.url)
    number = page.url.rpartition("-")[2]
    page.mouse.move(5, 5)
    page.locator(f"#statement-{number} a").first.hover()
    assert page.locator(f"#statement-{number}.lit").count() == 1
    lit = page.locator("#text mark.lit")
    assert lit.count() > 0
    assert all(f"{number}-" in one.get_attribute("data-passages") for one in lit.all())


def test_the_slider_shows_who_stood_where(visit, facts, samples):
    page = visit(samples["position"].path)
    stances = facts.by_position[samples["position"].iri]
    days = sorted({one.when.earliest for one in stances if one.when.earliest})
    page.focus("#as-of")
    for key, day in (("Home", days[0]), ("End", days[-1])):
        page.keyboard.press(key)
        now = once(latest(stances, day))
        for side in ("supports", "neutral", "opposes"):
            rows = page.locator(f"#camps .{side} li").count()
            assert rows == sum(one.polarity == side for one in now)


def test_search_works_by_keyboard(visit, facts):
    page = visit("search.html")
    page.focus("#q")
    page.keyboard.type("putin vladimir")
    page.wait_for_selector("#hits a")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Vladimir Putin"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actor/vladimir-putin.html")
    statement = max(facts.statements.values(), key=lambda one: len(one.claim))
    words = quoted(facts.passages(statement)).split()[:5]
    page = visit("search.html?q=" + "%20".join(words))
    page.wait_for_selector("#hits a")
    name = statement.iri.rpartition("/")[2]
    assert any(name in link.get_attribute("href") for link in page.locator("#hits a").all())


def test_the_network_shows_allies_and_opponents(visit):
    page = visit("network.html")
    assert page.locator(".network .node").count() > 3
    pairs = page.locator(".network path").count()
    page.fill("#network-least", "3")
    assert 0 < page.locator(".network path").count() < pairs
    assert "Mostly" in page.locator(".network .node").first.get_attribute("aria-label")


def test_without_scripts_the_tables_tell_everything(visit, facts):
    page = visit("timeline.html", java_script_enabled=False)
    assert page.locator("#stances tbody tr").count() == len(facts.stances)
    assert page.locator("#filters").is_hidden()


def test_paper_has_the_chart_and_no_navigation(visit):
    page = visit("timeline.html")
    page.emulate_media(media="print")
    assert page.locator(".top nav").is_hidden()
    assert page.locator(".lanes").is_visible()

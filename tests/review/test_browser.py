"""People at real browsers: every action done, undone and done again by keys; two at once; a sample."""

import pytest

pytest.importorskip("uvicorn", reason="needs the extra 'web'")

from kg.project import Project
from kg.review.queue import Selection, queue
from kg.serve.review.starting import page_address
from tests.review.web import CHROMIUM, accessible, drag_over, open_page, press, reviewing, settle, shot

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
expect = playwright.expect
expect.set_options(timeout=120_000)


@pytest.fixture
def two_positions(small_project):
    """The harbour with a second position in its codebook, read by a tool."""
    from tests.review.conftest import LINES

    with (small_project / "codebook.csv").open("a", encoding="utf-8") as file:
        file.write(
            "old-quay,The old quay should be kept,harbour,Whether the old quay stays.,keep it,tear it down\n"
        )
    (small_project / "statements.jsonl").write_text(LINES, encoding="utf-8")
    project = Project.open(small_project)
    project.load(software="reader")
    return project


def standing_of(project):
    """All that people see of the statements: records, status, what was said, and which report one speech."""
    desk = project.desk("Viewer")
    cases = [desk.case(entry.iri) for entry in queue(desk, Selection(everything=True))]
    seen = [
        (case.iri, case.record, case.status, [(one.coder, one.action, one.comment) for one in case.history])
        for case in cases
    ]
    together = project.sparql("SELECT ?s ?u { ?s a st:Statement ; st:utterance ?u } ORDER BY ?s").records()
    return sorted(map(repr, seen)), repr(together)


def typed(page, key, words):
    press(page, [key])
    page.keyboard.type(words)
    press(page, ["Enter"])


ACTIONS = {
    "accept": lambda page: press(page, ["a"]),
    "reject": lambda page: press(page, ["r"]),
    "turn the stance": lambda page: press(page, ["s"]),
    "neutral": lambda page: press(page, ["0"]),
    "change the position": lambda page: press(page, ["p", *"old", "Enter"]),
    "add a stance": lambda page: press(page, ["n", "2", "1"]),
    "take a stance out": lambda page: press(page, ["x"]),
    "condition": lambda page: typed(page, "o", "before the winter"),
    "change the actor": lambda page: typed(page, "w", "Ann Lee"),
    "somebody new": lambda page: typed(page, "w", "Cy Doe"),
    "change the date": lambda page: typed(page, "d", "2010-04"),
    "span by dragging": lambda page: (drag_over(page, "We must build the new quay"), press(page, ["e"])),
    "span by keys": lambda page: press(page, ["}", "}", "Enter"]),
    "split": lambda page: (drag_over(page, "the new quay before"), press(page, ["/"])),
    "add what was missed": lambda page: (
        drag_over(page, "Minister wants quay"),
        press(page, ["+", "Escape"]),
    ),
    "merge": lambda page: press(page, ["m", "1"]),
    "comment": lambda page: typed(page, "c", "<b>see</b> the minutes"),
}


def test_every_action_is_undone_and_done_again_in_the_browser(browser, two_positions):
    with reviewing(two_positions) as guard:
        for name, act in ACTIONS.items():
            page = open_page(browser, guard)
            expect(page.locator("#text mark")).to_have_text("We must build the new quay before the winter,")
            settle(page)  # keys are let go while the page still loads its filters
            before = standing_of(two_positions)
            act(page)
            settle(page)
            after = standing_of(two_positions)
            assert after != before, name
            press(page, ["u"])
            expect(page.locator("#message")).to_have_text("Undone.")
            assert standing_of(two_positions) == before, name
            press(page, ["U"])
            expect(page.locator("#message")).to_have_text("Done again.")
            assert standing_of(two_positions) == after, name
            press(page, ["u"])
            assert standing_of(two_positions) == before, name
            assert page.complaints == []
            page.close()
    assert two_positions.validate().conforms


def test_a_dispute_is_settled_undone_and_settled_again(browser, project):
    ida, otto = project.desk("Ida", blind=True), project.desk("Otto", blind=True)
    iri = queue(ida)[0].iri
    ida.reject(ida.case(iri))
    otto.accept(otto.case(iri))
    with reviewing(project) as guard:
        page = open_page(browser, guard, "Eve")
        page.get_by_role("button", name="Disputes").click()
        expect(page.locator(".versions")).to_contain_text("Ida: struck out")
        expect(page.locator(".versions")).to_contain_text("Otto: right as it was, opposes new-quay")
        accessible(page)
        shot(page, "disputes")
        before = standing_of(project)
        press(page, ["v", "1"])
        after = standing_of(project)
        assert after != before
        assert queue(project.desk("Eve", adjudicates=True), Selection(disputed=True)) == []
        press(page, ["u"])
        assert standing_of(project) == before
        press(page, ["U"])
        assert standing_of(project) == after
        assert page.complaints == []
        page.close()
    last = project.desk("Eve").log()[0]
    assert iri not in {entry.iri for entry in queue(project.desk("Eve"))}
    assert last.coder == "Ida"


def test_two_browsers_at_once_lose_nothing(browser, project):
    """Two people decide in turns on the same and on different statements; who comes late is told so."""
    with reviewing(project) as guard:
        ida, otto = open_page(browser, guard, "Ida"), open_page(browser, guard, "Otto")
        for page in (ida, otto):
            expect(page.locator("#text mark")).to_have_text("We must build the new quay before the winter,")
        press(ida, ["0"])
        press(otto, ["r"])  # the same statement, as it was before
        expect(otto.locator("#message")).to_contain_text("Ida decided: change")
        expect(otto.locator("#message")).to_contain_text("neutral new-quay")
        expect(otto.locator("#statement")).to_contain_text("Neutral on")
        press(otto, ["s"])  # now that Otto has seen it
        press(ida, ["x"])
        expect(ida.locator("#message")).to_contain_text("Otto decided: change")
        expect(ida.locator("#statement")).to_contain_text("Supports")
        press(otto, ["j", "j"])
        press(ida, ["j", "a"])  # the second; then both look at the third
        expect(ida.locator("#text mark")).to_have_text(otto.locator("#text mark").inner_text())
        press(otto, ["r"])
        typed(ida, "c", "from Ida")
        expect(ida.locator("#message")).to_contain_text("Otto decided: reject")
        expect(ida.locator("#statement")).to_contain_text("Struck out")
        typed(ida, "c", "from Ida, who has seen it now")
        press(ida, ["u"])
        expect(ida.locator("#message")).to_have_text("Undone.")
        refused = [one for page in (ida, otto) for one in page.complaints if "409" not in one]
        assert refused == []
        ida.close()
        otto.close()
    log = project.desk("Ida").log()
    assert [one.sequence for one in log] == list(range(1, len(log) + 1))
    told = [(one.coder, one.action) for one in log]
    assert told == [
        ("Ida", "change"),
        ("Otto", "change"),
        ("Ida", "accept"),
        ("Otto", "reject"),
        ("Ida", "comment"),
        ("Ida", "revoke"),
    ]
    assert project.validate().conforms


def test_a_sample_by_keys_alone(browser, project):
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        page.get_by_role("button", name="Random sample").click()
        expect(page.locator("#statement")).to_contain_text("No sample was drawn yet")
        accessible(page)
        press(page, ["d"])
        page.keyboard.press("Control+a")
        page.keyboard.type("9")
        press(page, ["Enter"])
        expect(page.locator("#progress")).to_contain_text("1 of 6, 0 decided")
        press(page, ["Enter", "Enter", "Enter"])
        expect(page.locator("#progress")).to_contain_text("passage 4 of 6, 3 decided")
        expect(page.locator("#text .whole")).to_have_count(1)
        accessible(page)
        shot(page, "passage")
        for _ in range(3):
            if "rejected the plan" in page.locator("#text .whole").inner_text():
                drag_over(page, "the plan for a new quay")
                press(page, ["+"])
                page.keyboard.type("Ann Lee")
                press(page, ["Enter", "1", "2"])
                expect(page.locator("#statement")).to_contain_text("Opposes The harbour should get")
                press(page, ["Escape"])
                expect(page.locator("#statement li")).to_have_count(2)
            press(page, ["Enter"])
        expect(page.locator("#statement")).to_contain_text("All of the sample is looked at")
        expect(page.locator(".estimates")).to_contain_text("The Example Courier")
        accessible(page)
        shot(page, "estimates")
        assert page.complaints == []
        page.close()
    trust = project.trust()
    assert (trust.whole.missed.hits, trust.whole.right.looked) == (1, 3)


def test_the_page_is_accessible_narrows_the_queue_and_helps_itself(browser, project):
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        statement = page.locator("#statement")
        expect(statement).to_contain_text("Opposes The harbour should get a new quay")
        expect(statement).to_contain_text("The machine is 40 % sure")
        expect(statement).to_contain_text("the same speaker says the opposite elsewhere")
        expect(page.locator("#progress")).to_have_text("1 of 3, 0 decided")
        expect(page.locator("#filters select").first.locator("option")).to_have_count(3)
        accessible(page)
        shot(page, "queue")
        press(page, ["w"])
        accessible(page)
        page.keyboard.press("Escape")
        press(page, ["n"])
        accessible(page)
        page.keyboard.press("Escape")
        page.locator("#filters select[name=outlet]").select_option(label="The Example Post (1)")
        expect(page.locator("#progress")).to_have_text("1 of 1, 0 decided")
        expect(page.locator("#text mark")).to_have_text("The quay is a waste of money,")
        page.locator("#filters select[name=outlet]").select_option("")
        expect(page.locator("#progress")).to_have_text("1 of 3, 0 decided")
        press(page, ["]", "Escape"])
        expect(page.locator("#text mark")).to_have_text("We must build the new quay before the winter,")
        press(page, ["Enter", "Enter", "Enter"])
        expect(page.locator("#message")).to_contain_text("All are decided")
        assert page.complaints == []
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.close()
    assert [one.action for one in project.desk("Ida").log()] == ["accept"] * 3


def test_article_by_article_a_passage_at_a_time(browser, project):
    """One key a passage; a wrong line is mended in place; undoing takes the whole passage back."""
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        page.get_by_role("button", name="Article by article").click()
        expect(page.locator("#progress")).to_contain_text("passage 1 of 2, 0 decided; then 1 more article")
        expect(page.locator("#text .whole")).to_contain_text("The harbour needs a new quay")
        accessible(page)
        shot(page, "articles")
        before = standing_of(project)
        press(page, ["Enter"])
        expect(page.locator("#text .whole")).to_contain_text("We must build")
        press(page, ["s"])
        expect(page.locator("#statement")).to_contain_text("Supports The harbour should get a new quay")
        expect(page.locator("#text .whole")).to_have_count(1)
        press(page, ["u"])
        expect(page.locator("#statement")).to_contain_text("Opposes The harbour should get a new quay")
        press(page, ["u"])
        expect(page.locator("#text .whole")).to_contain_text("The harbour needs a new quay")
        assert standing_of(project) == before
        press(page, ["U"])
        assert standing_of(project) != before
        press(page, ["j"])
        drag_over(page, "We must build the new quay")
        press(page, ["e"])
        expect(page.locator("#text mark")).to_have_text("We must build the new quay")
        press(page, ["s", "Enter"])
        expect(page.locator("#text .whole")).to_contain_text("The quay is a waste of money")
        press(page, ["r", "Enter"])
        expect(page.locator("#message")).to_contain_text("All are decided")
        assert page.complaints == []
        page.close()
    assert queue(project.desk("Ida")) == []
    assert sorted(one.status for one in queue(project.desk("Ida"), Selection(everything=True))) == [
        "rejected",
        "reviewed",
        "reviewed",
    ]


def test_the_page_opens_with_the_queue_that_its_address_asks_for(browser, project):
    first = queue(project.desk("Ida"))[0]
    desk = project.desk("Ida")
    desk.accept(desk.case(first.iri))
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        expect(page.locator("#progress")).to_contain_text("1 of 2")
        page.goto(page_address(guard, Selection(article=first.article, everything=True)))
        expect(page.locator("#progress")).to_contain_text("1 of 2, 1 decided")
        settle(page)
        article = page.get_by_label("Only this article")
        expect(article.locator("option:checked")).to_have_text("Minister wants quay")
        expect(article.locator("option")).to_have_count(3)
        accessible(page)
        article.select_option(label="Every article")
        expect(page.locator("#progress")).to_contain_text("1 of 3, 1 decided")
        page.get_by_label("Also what is decided").uncheck()
        expect(page.locator("#progress")).to_contain_text("1 of 2, 0 decided")
        shot(page, "narrowed")
        assert page.complaints == []
        page.close()

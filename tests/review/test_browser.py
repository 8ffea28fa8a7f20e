"""People at real browsers: every action done, undone and done again by keys; two at once; a sample."""

from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="needs the extra 'web'")

from kg.project import Project
from kg.review.queue import Selection, queue
from tests.review.web import CHROMIUM, drag_over, open_page, press, reviewing, settle, shot

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
expect = playwright.expect
expect.set_options(timeout=120_000)
AXE = (Path(__file__).parent.parent / "pages" / "vendor" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


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


def accessible(page):
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    told = [(one["id"], node["html"][:120], node["failureSummary"]) for one in found for node in one["nodes"]]
    assert told == []


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
    "add what was missed": lambda page: (drag_over(page, "Minister wants quay"), press(page, ["+", "Escape"])),
    "merge": lambda page: press(page, ["m", "1"]),
    "comment": lambda page: typed(page, "c", "<b>see</b> the minutes"),
}


def test_every_action_is_undone_and_done_again_in_the_browser(browser, two_positions):
    with reviewing(two_positions) as guard:
        for name, act in ACTIONS.items():
            page = open_page(browser, guard)
            expect(page.locator("#text mark")).to_have_text("We must build the new quay before the winter,")
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


def test_what_is_refused_is_not_called_done(browser, project):
    """Nothing that was to come after a decision comes after one that was not written."""
    with reviewing(project) as guard:
        ida, otto = open_page(browser, guard, "Ida"), open_page(browser, guard, "Otto")
        for page in (ida, otto):
            expect(page.locator("#text mark")).to_have_text("We must build the new quay before the winter,")
        press(ida, ["m"])
        press(otto, ["s"])
        press(ida, ["1"])
        expect(ida.locator("#message")).to_contain_text("Otto decided: change")
        expect(ida.locator("#statement")).to_contain_text("Supports")
        press(ida, ["n", "1"])
        press(otto, ["0"])
        press(ida, ["1"])
        expect(ida.locator("#message")).to_contain_text("Otto decided: change")
        press(ida, ["m"])
        expect(ida.locator("#options li")).to_have_count(2)
    press(ida, ["1"])  # the server is gone
    expect(ida.locator("#message")).to_contain_text("The server does not answer")
    ida.close()
    otto.close()
    assert [(one.coder, one.action) for one in project.desk("Ida").log()] == [("Otto", "change")] * 2


def test_who_said_what_was_missed_is_asked_in_the_queue_too(browser, project):
    """The statement beside it was said by somebody, somewhere, some day; that tells nothing about this one."""
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        expect(page.locator("#statement .who")).to_have_text("Bo Ramm")
        drag_over(page, "Minister wants quay")
        press(page, ["+"])
        expect(page.locator("#question")).to_contain_text("Who said it?")
        expect(page.locator("#statement .who")).to_have_text("(not named)")
        expect(page.locator("#statement .when")).to_contain_text("at an unknown time")
        page.keyboard.type("Ann Lee")
        press(page, ["Enter", "1", "2"])
        expect(page.locator("#statement")).to_contain_text("Opposes The harbour should get a new quay")
        expect(page.locator("#statement .who")).to_have_text("Ann Lee")
        assert page.complaints == []
        page.close()
    added = project.desk("Ida").log()[0].becomes[0]
    assert (added["actor"], added["source"], added["said"]) == (None, None, None)


def test_both_halves_of_a_split_are_looked_at(browser, project):
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        expect(page.locator("#progress")).to_have_text("1 of 3, 0 decided")
        drag_over(page, "the new quay before")
        press(page, ["/"])
        expect(page.locator("#text mark")).to_have_text("We must build")
        expect(page.locator("#progress")).to_have_text("1 of 4, 1 decided")
        press(page, ["Enter"])
        expect(page.locator("#text mark")).to_have_text("the new quay before the winter,")
        expect(page.locator("#statement")).to_contain_text("split off")
        press(page, ["u"])
        expect(page.locator("#text mark")).to_have_text("We must build the new quay before the winter,")
        expect(page.locator("#progress")).to_have_text("1 of 3, 0 decided")
        press(page, ["U", "j", "x", "Enter"])
        expect(page.locator("#text mark")).to_have_text("The harbour needs a new quay")
        expect(page.locator("#progress")).to_have_text("3 of 4, 2 decided")
        assert page.complaints == []
        page.close()
    log = project.desk("Ida").log()
    assert [one.action for one in log] == ["split", "revoke", "revoke", "change"]
    assert log[-1].target == project.desk("Ida").material.iris.statement(log[0].becomes[1]["id"])


def test_typed_words_stay_until_they_are_written(browser, project):
    with reviewing(project) as guard:
        ida, otto = open_page(browser, guard, "Ida"), open_page(browser, guard, "Otto")
        answer, message = ida.locator("#answer"), ida.locator("#message")
        for page in (ida, otto):
            expect(page.locator("#text mark")).to_have_text("We must build the new quay before the winter,")
        press(ida, ["c", "Enter"])  # nothing to write
        expect(answer).to_be_hidden()
        expect(message).to_be_hidden()
        press(ida, ["o"])
        ida.keyboard.type("before the winter")
        press(otto, ["s"])
        press(ida, ["Enter"])
        expect(message).to_contain_text("Otto decided: change")
        expect(ida.locator("#statement")).to_contain_text("Supports")
        expect(answer).to_have_value("before the winter")
        press(ida, ["Enter"])
        expect(ida.locator("#statement")).to_contain_text("Supports")
        expect(ida.locator("#statement")).to_contain_text("if: before the winter")
        expect(answer).to_be_hidden()
        press(otto, ["j"])
        press(ida, ["o"])
        press(otto, ["k", "x"])
        press(ida, ["!", "Enter"])
        expect(message).to_contain_text("Otto decided: change")
        press(ida, ["Enter"])
        expect(message).to_contain_text("takes no stance on that any more")
        expect(answer).to_have_value("!")
        press(ida, ["Escape", "c"])
        answer.fill("long " * 1000)
        press(ida, ["Enter"])
        expect(message).to_contain_text("4999 characters; at most 4000")
        expect(answer).to_have_value("long " * 1000)
    press(ida, ["Enter"])
    expect(message).to_contain_text("The server does not answer")
    expect(answer).to_have_value("long " * 1000)
    ida.close()
    otto.close()
    assert [one.comment for one in project.desk("Ida").log()] == [None] * 3


def test_widened_words_are_never_dropped_in_silence(browser, project):
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        marked, message = page.locator("#text mark"), page.locator("#message")
        expect(marked).to_have_text("We must build the new quay before the winter,")
        press(page, ["{"])
        for key in ("s", "c", "j", "u", "1"):
            press(page, [key])
            expect(message).to_contain_text("First Enter to write these words, or Esc")
            expect(marked).to_have_text("must build the new quay before the winter,")
        page.locator("[data-key=r]").click()
        expect(message).to_contain_text("First Enter to write these words, or Esc")
        page.locator("[data-key=a]").click()  # it says "Enter"
        expect(page.locator(".history")).to_contain_text("change")
        expect(marked).to_have_text("must build the new quay before the winter,")
        press(page, ["{", "Escape"])
        expect(marked).to_have_text("must build the new quay before the winter,")
        press(page, ["{"])
        page.get_by_role("button", name="Article by article").click()
        expect(message).to_contain_text("words that were moved are not written")
        page.locator(".whole").wait_for()
        press(page, ["]", "2"])
        expect(message).to_contain_text("First Enter to write these words, or Esc")
        assert page.complaints == []
        page.close()
    assert [one.action for one in project.desk("Ida").log()] == ["change"]


def test_backspace_decides_nothing(browser, project):
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        expect(page.locator("#text mark")).to_have_text("We must build the new quay before the winter,")
        press(page, ["w", "x", "Escape", "Backspace"])
        expect(page.locator("#statement")).to_contain_text("Nobody has looked at it yet")
        assert page.complaints == []
        page.close()
    assert project.desk("Ida").log() == []


def test_a_filter_is_walked_by_arrow_keys(browser, project):
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        articles = page.locator("#filters select[name=article]")
        expect(articles.locator("option")).to_have_count(3)
        articles.focus()
        for place in (1, 2):
            press(page, ["ArrowDown"])
            expect(articles.locator("option").nth(place)).to_have_js_property("selected", True)
            expect(page.locator("#progress")).to_have_text(f"1 of {3 - place}, 0 decided")
            expect(articles).to_be_focused()
        articles.click()
        articles.select_option("")  # with the mouse: then the keys are the page's again
        expect(page.locator("#progress")).to_have_text("1 of 3, 0 decided")
        expect(articles).not_to_be_focused()
        assert page.complaints == []
        page.close()


def test_a_message_goes_when_something_else_is_asked(browser, project):
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        message = page.locator("#message")
        expect(page.locator("#text mark")).to_have_text("We must build the new quay before the winter,")
        for key in ("c", "p"):
            press(page, ["e"])
            expect(message).to_contain_text("First select words")
            press(page, [key])
            expect(message).to_be_hidden()
            press(page, ["Escape"])
        press(page, ["r", "k", "m"])
        expect(message).to_contain_text("It is struck out")
        press(page, ["Enter", "k", "m"])
        expect(page.locator("#options")).to_be_visible()
        expect(message).to_be_hidden()
        assert page.complaints == []
        page.close()


def test_words_selected_beyond_the_text_count_as_far_as_they_are_in_it(browser, project):
    """Three clicks on the last line select up to what comes behind the text."""
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        expect(page.locator("#text mark")).to_have_text("We must build the new quay before the winter,")
        page.locator("#text mark").click(click_count=3)
        press(page, ["e"])
        expect(page.locator("#text mark")).to_contain_text("Ramm told reporters in the capital.")
        page.evaluate("getSelection().selectAllChildren(document.getElementById('statement'))")
        press(page, ["e"])
        expect(page.locator("#message")).to_contain_text("First select words")
        assert page.complaints == []
        page.close()


def test_the_ends_of_the_words_are_moved_by_buttons_and_where_brackets_need_option(browser, project):
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        marked = page.locator("#text mark")
        expect(marked).to_have_text("We must build the new quay before the winter,")
        settle(page)
        for key, words in (
            ("{", "must build the new quay before the winter,"),
            ("}", "must build the new quay before the"),
            ("[", '"We must build the new quay before the'),
            ("]", '"We must build the new quay before the winter,"'),
        ):
            page.locator(f'[data-key="{key}"]').click()
            expect(marked).to_have_text(words)
        press(page, ["Escape"])
        expect(marked).to_have_text("We must build the new quay before the winter,")
        page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '}', altKey: true, bubbles: true}))")
        expect(marked).to_have_text("We must build the new quay before the")
        page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', altKey: true, bubbles: true}))")
        press(page, ["Enter"])
        expect(page.locator(".history")).to_contain_text("change")
        accessible(page)
        shot(page, "buttons")
        assert page.complaints == []
        page.close()
    assert [one.action for one in project.desk("Ida").log()] == ["change"]


def test_splitting_and_adding_by_keys_alone(browser, project):
    """Words whose ends were moved are what `/` and `+` act on where nothing is selected."""
    with reviewing(project) as guard:
        page = open_page(browser, guard)
        marked, message = page.locator("#text mark"), page.locator("#message")
        expect(marked).to_have_text("We must build the new quay before the winter,")
        press(page, ["{", "{", "{", "/"])
        expect(marked).to_have_text("We must build")
        press(page, ["u", "}", "}", "/"])  # the second half may be left instead of the first
        expect(marked).to_have_text("We must build the new quay before")
        press(page, ["j"])
        expect(marked).to_have_text("the winter,")
        press(page, ["]", "]", "{", "{", "+"])
        expect(page.locator("#question")).to_contain_text("Who said it?")
        expect(marked).to_have_text("Ramm")
        press(page, ["Escape", "["])
        page.evaluate("getSelection().setBaseAndExtent(...[0, 19].flatMap((at) => [text.firstChild, at]))")
        press(page, ["+"])
        expect(message).to_contain_text("First Enter to write these words")
        page.evaluate("getSelection().removeAllRanges()")
        press(page, ["Escape"])
        page.get_by_role("button", name="Article by article").click()
        expect(page.locator("#text .whole")).to_contain_text("The harbour needs a new quay")
        press(page, ["r"])
        expect(page.locator("#statement")).to_contain_text("found no statement in it")
        press(page, ["{"])
        expect(marked).to_have_count(0)
        press(page, ["]", "]", "{", "Enter"])
        expect(message).to_contain_text("First + to add these words")
        press(page, ["Escape"])
        expect(marked).to_have_count(0)
        press(page, ["]", "]", "{", "+"])
        expect(page.locator("#question")).to_contain_text("Who said it?")
        expect(marked).to_have_text("harbour")
        accessible(page)
        assert page.complaints == []
        page.close()
    actions = [one.action for one in project.desk("Ida").log()]
    assert actions == ["split", "revoke", "split", "add", "reject", "add"]

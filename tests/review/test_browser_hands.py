"""A person's hands at the review page: what is refused, typed, selected, moved, and pressed by mistake."""

import pytest

pytest.importorskip("uvicorn", reason="needs the extra 'web'")

from tests.review.web import CHROMIUM, accessible, drag_over, open_page, press, reviewing, settle, shot

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
expect = playwright.expect
expect.set_options(timeout=120_000)


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
    """Who said the statement beside it, and when, tells nothing about this one."""
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
    pressed = (
        "(key) => { const options = { key, altKey: true, bubbles: true };"
        " document.body.dispatchEvent(new KeyboardEvent('keydown', options)); }"
    )
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
        page.evaluate(pressed, "}")
        expect(marked).to_have_text("We must build the new quay before the")
        page.evaluate(pressed, "a")
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

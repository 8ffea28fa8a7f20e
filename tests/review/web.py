"""A review server and people at browsers, for the tests of the web review."""

import os
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

from kg.serve.limits import Limits
from kg.serve.review.application import Review, review_application
from kg.serve.review.guard import Guard
from kg.serve.server import address_of, listen, server

CHROMIUM = shutil.which("chromium")
SHOTS = os.environ.get("KG_TEST_SHOTS")
"""Folder for screenshots, for people who want to look."""
AXE = Path(__file__).parent.parent / "pages" / "vendor" / "axe.min.js"


@contextmanager
def reviewing(project, *, blind=False, mode="queue"):
    """The guard of a review server that runs while the block does."""
    sock = listen("127.0.0.1", 0)
    guard = Guard(address_of(sock))

    def desk_of(name, settles):
        return project.desk(name, blind=blind, adjudicates=settles)

    review = Review(desk_of, "Ida", "Harbour", guard, blind=blind, mode=mode)
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


def open_page(browser, guard, coder="Ida", **size):
    """The review page of a person, with what the browser complains about in `page.complaints`."""
    page = browser.new_page(viewport={"width": 1280, "height": 800, **size})
    page.set_default_timeout(120_000)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: line.type == "error" and page.complaints.append(line.text))
    page.goto(f"{guard.address}/?key={guard.key}&coder={coder}")
    return page


def shot(page, name):
    """Keep a picture of a page, where somebody asked for pictures."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def press(page, keys):
    """Press keys one after the other; each waits until the page has done what was asked for before."""
    settle(page)
    for key in keys:
        page.keyboard.press(key)
        settle(page)


def settle(page):
    """Wait until no request of the page is on its way."""
    page.locator("body:not([data-busy=yes])").wait_for(state="attached")


def drag_over(page, words):
    """Drag the mouse over words of the article."""
    box = page.evaluate(
        """words => {
          const text = document.getElementById("text");
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          const nodes = [];
          while (walker.nextNode()) nodes.push(walker.currentNode);
          const whole = nodes.map((node) => node.data).join("");
          const from = whole.indexOf(words), to = from + words.length;
          const place = (offset) => {
            let left = offset;
            for (const node of nodes) {
              if (left <= node.data.length && (left < node.data.length || offset === to)) return [node, left];
              left -= node.data.length;
            }
          };
          const range = document.createRange();
          range.setStart(...place(from));
          range.setEnd(...place(to));
          range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
          const found = [...range.getClientRects()];
          const first = found[0], last = found[found.length - 1];
          return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
        }""",
        words,
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[3], steps=4)
    page.mouse.up()


def accessible(page):
    """See that nothing on a page keeps anybody out."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    told = [(one["id"], node["html"][:120], node["failureSummary"]) for one in found for node in one["nodes"]]
    assert told == []

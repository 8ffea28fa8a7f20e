"""Reviews a project in a real browser by keys alone, as somebody would who knows what is right, and counts.

The right answers are a file of statements. The reviewer here goes article by article: reads each passage in
which statements wait, strikes out what the file does not have, mends holder, positions and sides of what it
has, and accepts the rest with one key. How long a person would take is reckoned from the keys (Card, Moran
and Newell 1980: 0.28 s a key of an average typist, 1.35 s to make up one's mind) and from the words to read
(Brysbaert 2019: 238 a minute).

    python -m benchmarks.review                                  # the bundled example, read by machine
    python -m benchmarks.review --project DIR --truth FILE       # another project with a graph
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.build.words import dice, words_of
from kg.model.resources import example_folder
from kg.project import Project
from kg.review.cases import passage_cases
from kg.serve.limits import Limits
from kg.serve.review.application import Review, review_application
from kg.serve.review.guard import Guard
from kg.serve.server import address_of, listen, server

SECONDS_A_KEY, SECONDS_A_THOUGHT, WORDS_A_MINUTE = 0.28, 1.35, 238
SAME_WORDS = 0.5
"""Dice overlap of words from which a statement is one of the file."""


@dataclass
class Count:
    """What reviewing took.

    Attributes:
        statements: Number of statements that waited.
        passages: Number of passages that they stand in.
        struck_out: Statements that the file does not have.
        corrections: Single corrections of the others.
        keys: Keys pressed, letters of names included.
        words: Words read: of each passage, of who is said to speak, and of each position's label the first
            time, three of them later.
        waited: Seconds that the page took for all this here.
    """

    statements: int = 0
    passages: int = 0
    struck_out: int = 0
    corrections: int = 0
    keys: int = 0
    words: int = 0
    waited: float = 0.0

    @property
    def minutes(self) -> float:
        """How long a person would take."""
        thoughts = (self.statements + self.struck_out + self.corrections) * SECONDS_A_THOUGHT
        return (self.keys * SECONDS_A_KEY + thoughts) / 60 + self.words / WORDS_A_MINUTE


@dataclass(frozen=True)
class Truth:
    """The statements of a file, by the name of their article."""

    by_article: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Truth:
        """Read JSON lines of the statements contract."""
        found: dict[str, list[dict[str, Any]]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            found.setdefault(one["article"], []).append(one)
        return cls(found)

    def of(self, article: str, record: dict[str, Any]) -> dict[str, Any] | None:
        """The statement of the file that a record is, or None."""
        own = words_of(" ".join(span["text"] for span in record["content"]))
        best = max(self.by_article.get(article, ()), key=lambda one: dice(own, _words(one)), default=None)
        return best if best is not None and dice(own, _words(best)) >= SAME_WORDS else None


def _words(one: dict[str, Any]) -> tuple[str, ...]:
    return words_of(" ".join(part["text"] if isinstance(part, dict) else part for part in one["content"]))


def next_correction(
    record: dict[str, Any], right: dict[str, Any], labels: dict[str, str]
) -> tuple[int, list[str]] | None:
    """The place of a stance and the keys that bring what is shown one step nearer to what is right.

    Args:
        record: The statement as the page shows it.
        right: The statement of the file.
        labels: Labels of all positions by slug, in the order in which the page lists them.

    Returns:
        None where nothing is left to correct.
    """
    wanted = {one["position"]: one["stance"] for one in right.get("positions", ())}
    for place, one in enumerate(record["positions"]):
        side = wanted.pop(one["position"], None)
        if side is None:
            return place, ["x"]
        if side != one["stance"]:
            return place, ["0" if side == "neutral" else "s"]
    for slug, side in wanted.items():
        if slug in labels:
            number = str(("supports", "opposes", "neutral").index(side) + 1)
            return 0, ["n", *_narrowing(labels[slug], list(labels.values())), "Enter", number]
    actor = right.get("actor")
    name = actor.get("label") if isinstance(actor, dict) else actor
    if name and name != (record["actor"] or {}).get("label"):
        return 0, ["w", *name, "Enter"]
    return None


def _narrowing(label: str, labels: Sequence[str]) -> list[str]:
    """The fewest letters of a word of a label that bring it to the top of the list."""
    tries = sorted(
        {word[:length] for word in label.lower().split() for length in range(2, len(word) + 1)}, key=len
    )
    for letters in tries:
        if next(one for one in labels if letters in one.lower()) == label:
            return list(letters)
    return list(label)


class Reviewer:
    """Somebody at the page who knows what is right."""

    def __init__(self, project: Project, truth: Truth, page: Any) -> None:
        """Sit down at a page."""
        self.count = Count()
        self._desk, self._truth, self._page = project.desk("Reviewer"), truth, page
        self._labels = {one.slug: one.label for one in project.codebook.positions}
        self._known: set[str] = set()

    def work(self) -> None:
        """Go through all articles."""
        self._page.get_by_role("button", name="Article by article").click()
        self._page.locator("#statement[data-passage]").wait_for(state="attached")
        while "last one" not in (self._page.locator("#message").text_content() or ""):
            self._passage()

    def _passage(self) -> None:
        article, start, end = self._page.locator("#statement").get_attribute("data-passage").split()
        found = self._desk.article(article)
        cases = passage_cases(found, int(start), int(end))
        waiting = {case.iri for case in cases if case.status == "candidate"}
        self.count.passages += 1
        self.count.statements += len(waiting)
        self.count.words += len(found.article.text[int(start) : int(end)].split())
        for case in cases:
            self.count.words += len(((case.record["actor"] or {}).get("label") or "").split())
            for one in case.record["positions"]:
                known = one["position"] in self._known
                self.count.words += 3 if known else len(self._labels[one["position"]].split())
                self._known.add(one["position"])
        for iri in sorted(waiting):
            self._mend(iri, article, int(start), int(end))
        self._press(["Enter"])

    def _mend(self, iri: str, article: str, start: int, end: int) -> None:
        for _ in range(20):
            cases = passage_cases(self._desk.article(article), start, end)
            case = next(one for one in cases if one.iri == iri)
            right = self._truth.of(case.article.name, case.record)
            step = (0, ["r"]) if right is None else next_correction(case.record, right, self._labels)
            if step is None:
                return
            lines = [
                (one.iri, place) for one in cases for place in range(max(1, len(one.record["positions"])))
            ]
            number = lines.index((iri, step[0])) + 1
            if number > 9:
                self._page.locator("#statement .pick").nth(number - 1).click()
                self.count.keys += 1
            elif len(lines) > 1:
                self._press([str(number)])
            self._press(step[1])
            if right is None:
                self.count.struck_out += 1
                return
            self.count.corrections += 1

    def _press(self, keys: Sequence[str]) -> None:
        for key in keys:
            self._page.keyboard.press("Space" if key == " " else key)
            self.count.keys += 1
            self._page.locator("body:not([data-busy=yes])").wait_for(state="attached")


def review(project: Project, truth: Truth, browser: Any) -> Count:
    """Work through all that waits in a project at the page, and count."""
    with _Served(project) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(120_000)
        started = time.monotonic()
        page.goto(address)
        reviewer = Reviewer(project, truth, page)
        reviewer.work()
        reviewer.count.waited = time.monotonic() - started
        page.close()
    return reviewer.count


class _Served:
    """A review server of a project, as a context."""

    def __init__(self, project: Project) -> None:
        self._sock = listen("127.0.0.1", 0)
        guard = Guard(address_of(self._sock))
        self._address = f"{guard.address}/?key={guard.key}"
        ready = threading.Event()
        reviewed = Review(
            lambda name, settles: project.desk(name, adjudicates=settles), "Reviewer", "Trial", guard
        )
        self._running = server(review_application(reviewed), Limits(), ready.set)
        self._thread = threading.Thread(
            target=self._running.run, kwargs={"sockets": [self._sock]}, daemon=True
        )
        self._thread.start()
        ready.wait(120)

    def __enter__(self) -> str:
        return self._address

    def __exit__(self, *_: object) -> None:
        self._running.should_exit = True
        self._thread.join(30)


def main() -> None:
    """Count, and print what it took."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--project", type=Path, help="a project with a graph that nobody has reviewed")
    parser.add_argument("--truth", type=Path, help="its right statements as JSON lines")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        if chosen.project is None:
            shutil.copytree(example_folder(), Path(folder) / "example")
            project = Project.open(Path(folder) / "example")
            print("reading the example's articles", flush=True)
            project.build()
        else:
            project = Project.open(chosen.project)
        truth = Truth.read(chosen.truth or example_folder() / "statements.jsonl")
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        count = review(project, truth, browser)
        browser.close()
    seconds = 60 * count.minutes / max(1, count.statements)
    print(
        f"{count.statements} statements in {count.passages} passages: {count.struck_out} struck out, "
        f"{count.corrections} corrections of the others\n"
        f"{count.keys} keys, {count.keys / max(1, count.statements):.1f} a statement; "
        f"{count.words} words read\n"
        f"a person would take {count.minutes:.1f} minutes ({seconds:.0f} s a statement); "
        f"the page took {count.waited:.0f} s here"
    )


if __name__ == "__main__":
    main()

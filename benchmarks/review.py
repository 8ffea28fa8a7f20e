"""Reviews a project in a real browser by keys alone, as somebody would who knows what is right, and counts.

The right answers are a file of statements. For each statement of the queue the reviewer here reads what the
page shows, strikes out what the file does not have, and mends holder, positions and sides of what it has,
with the keys that the page offers. How long a person would take is reckoned from the keys (Card, Moran and
Newell 1980: 0.28 s a key of an average typist, 1.35 s to make up one's mind) and from the words to read
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
from kg.serve.limits import Limits
from kg.serve.review.application import Review, review_application
from kg.serve.review.guard import Guard
from kg.serve.server import address_of, listen, server

SECONDS_A_KEY, SECONDS_A_THOUGHT, WORDS_A_MINUTE = 0.28, 1.35, 238
SAME_WORDS = 0.5
"""Dice overlap of words from which a statement is one of the file."""
_AROUND = 30
"""Words around the passage that a person reads with it."""


@dataclass
class Count:
    """What reviewing took.

    Attributes:
        statements: Number of statements in the queue.
        untouched: Those that were right as they stood.
        struck_out: Those that the file does not have.
        corrections: Single corrections of the others.
        keys: Keys pressed, letters of names included.
        words: Words read.
        waited: Seconds that the page took for all this here.
    """

    statements: int = 0
    untouched: int = 0
    struck_out: int = 0
    corrections: int = 0
    keys: int = 0
    words: int = 0
    waited: float = 0.0

    @property
    def minutes(self) -> float:
        """How long a person would take."""
        thoughts = (self.statements + self.corrections) * SECONDS_A_THOUGHT
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


def corrections(record: dict[str, Any], right: dict[str, Any], labels: dict[str, str]) -> list[list[str]]:
    """The keys of each correction that turns what is shown into what is right.

    Args:
        record: The statement as the page shows it.
        right: The statement of the file.
        labels: Labels of all positions by slug, in the order in which the page lists them.
    """
    found: list[list[str]] = []
    wanted = {one["position"]: one["stance"] for one in right.get("positions", ())}
    shown, chosen = list(record["positions"]), 0

    def choose(place: int) -> list[str]:
        nonlocal chosen
        keys = [] if place == chosen else [str(place + 1)]
        chosen = place
        return keys

    for one in list(shown):
        place, side = shown.index(one), wanted.get(one["position"])
        if side is None:
            found.append([*choose(place), "x"])
            shown.remove(one)
            chosen = min(chosen, max(0, len(shown) - 1))
        elif side != one["stance"]:
            turns = {"neutral": ["0"], "supports": ["s"]}.get(side) or ["s"] * (
                2 if one["stance"] == "neutral" else 1
            )
            found.append([*choose(place), *turns])
    had = {one["position"] for one in record["positions"]}
    for slug, side in wanted.items():
        if slug in labels and slug not in had:
            number = str(("supports", "opposes", "neutral").index(side) + 1)
            found.append(["n", *_narrowing(labels[slug], list(labels.values())), "Enter", number])
    actor = right.get("actor")
    name = actor.get("label") if isinstance(actor, dict) else actor
    if name and name != (record["actor"] or {}).get("label"):
        found.append(["w", *name, "Enter"])
    return found


def _narrowing(label: str, labels: Sequence[str]) -> list[str]:
    """The fewest letters of a word of a label that bring it to the top of the list."""
    tries = sorted(
        {word[:length] for word in label.lower().split() for length in range(2, len(word) + 1)}, key=len
    )
    for letters in tries:
        if next(one for one in labels if letters in one.lower()) == label:
            return list(letters)
    return list(label)


def review(project: Project, truth: Truth, browser: Any) -> Count:
    """Work through the whole queue of a project at the page, and count."""
    count, desk = Count(), project.desk("Reviewer")
    labels = {one.slug: one.label for one in project.codebook.positions}
    with _Served(project) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(120_000)
        started = time.monotonic()
        page.goto(address)

        def press(keys: Sequence[str]) -> None:
            for key in keys:
                page.keyboard.press("Space" if key == " " else key)
                count.keys += 1
                page.locator("body:not([data-busy=yes])").wait_for(state="attached")

        page.locator("#statement[data-iri]").wait_for(state="attached")
        while True:
            iri = page.locator("#statement").get_attribute("data-iri")
            case = desk.case(iri)
            count.statements += 1
            said = " ".join(span["text"] for span in case.record["content"])
            stances = " ".join(labels.get(one["position"], "") for one in case.record["positions"])
            count.words += len(said.split()) + len(stances.split()) + _AROUND
            right = truth.of(case.article.name, case.record)
            if right is None:
                count.struck_out += 1
                press(["r"])
            else:
                needed = corrections(case.record, right, labels)
                count.corrections += len(needed)
                count.untouched += not needed
                for keys in needed:
                    press(keys)
                press(["Enter"])
            if "last one" in (page.locator("#message").text_content() or ""):
                break
        count.waited = time.monotonic() - started
        page.close()
    return count


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
    print(
        f"{count.statements} statements: {count.untouched} right as they stood, "
        f"{count.struck_out} struck out, {count.corrections} corrections of the others\n{count.keys} keys, "
        f"{count.keys / max(1, count.statements):.1f} a statement; {count.words} words to read\n"
        f"a person would take {count.minutes:.1f} minutes "
        f"({60 * count.minutes / max(1, count.statements):.0f} s a statement); "
        f"the page took {count.waited:.0f} s here"
    )


if __name__ == "__main__":
    main()

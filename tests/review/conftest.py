"""The small project about a harbour, read by a tool, so that nothing waits for a language model."""

from pathlib import Path

import pytest

from kg.project import Project
from tests.review.bridge import ARTICLES, by_name, lines

LINES = (
    '{"article": "quay.txt", "content": ["The harbour needs a new quay"], "source": "Bo Ramm",'
    ' "actor": "Bo Ramm", "said": "2010-04-22", "confidence": 0.9,'
    ' "positions": [{"position": "new-quay", "stance": "supports", "confidence": 0.9}]}\n'
    '{"article": "quay.txt", "content": ["We must build the new quay before the winter,"],'
    ' "source": "Ramm told", "actor": "Bo Ramm", "quote": "direct", "said": "2010-04-22",'
    ' "confidence": 0.8, "positions": [{"position": "new-quay", "stance": "opposes", "confidence": 0.4}]}\n'
    '{"article": "answer.txt", "content": ["The quay is a waste of money,"], "actor": "Ann Lee",'
    ' "quote": "direct", "said": "2010-04-23", "confidence": 0.7,'
    ' "positions": [{"position": "new-quay", "stance": "opposes", "confidence": 0.7}]}\n'
)


@pytest.fixture
def harbour(small_project) -> Path:
    """The folder of the project, with a graph of three statements that a tool read."""
    (small_project / "statements.jsonl").write_text(LINES, encoding="utf-8")
    Project.open(small_project).load(software="reader")
    return small_project


@pytest.fixture
def project(harbour) -> Project:
    return Project.open(harbour)


@pytest.fixture
def desk(project):
    """Where Ida decides."""
    return project.desk("Ida")


@pytest.fixture
def bridge(small_project):
    """A project in which three outlets report one speech, and one of them the same words months later."""
    for path in (small_project / "articles").iterdir():
        path.unlink()
    rows = ["file,published,publisher,title"]
    for name, (outlet, text) in ARTICLES.items():
        filler = " ".join(f"{name[:4]}{number}" for number in range(40))
        (small_project / "articles" / name).write_text(f"{text}\n\n{filler}\n", encoding="utf-8")
        day = "2014-09-03" if name == "later.txt" else "2014-03-05"
        rows.append(f"{name},{day},{outlet},{name}")
    (small_project / "articles" / "articles.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (small_project / "statements.jsonl").write_text(lines(), encoding="utf-8")
    project = Project.open(small_project)
    project.load(software="reader")
    return project


@pytest.fixture
def named(bridge):
    """IRIs of the statements by their articles' names."""
    return by_name(bridge)


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    from tests.review.web import CHROMIUM

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()

"""What many tests need: the command line in this process, and the example's graph built once a run."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli import main
from kg.model.resources import example_folder


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


@pytest.fixture
def kg_command(capfdbinary, monkeypatch):
    """Call `kg ARGUMENTS` as the command line does."""
    monkeypatch.delenv("KG_DEBUG", raising=False)

    def call(*arguments: object) -> Run:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        captured = capfdbinary.readouterr()
        return Run(end.value.code, captured.out.decode("utf-8"), captured.err.decode("utf-8"))

    return call


def made_once(tmp_path_factory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that one of the testing processes makes; the others wait for it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, claimed, ready = shared / name, shared / f"{name}-claimed", shared / f"{name}-ready"
    try:
        claimed.mkdir()
    except FileExistsError:
        for _ in range(1200):
            if ready.exists():
                return folder
            time.sleep(0.25)
        raise RuntimeError(f"another process was to make {name} and did not") from None
    make(folder)
    ready.touch()
    return folder


@pytest.fixture
def heed_interrupts() -> Callable[[], None]:
    """For `preexec_fn`: lets a process heed SIGINT, which whatever runs in the background ignores."""

    def heed() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    return heed


@pytest.fixture(scope="session")
def example_graph(tmp_path_factory) -> Path:
    """Folder of the example's graph, read by the machine; built once, whatever number of processes test."""
    from kg.project import Project

    return made_once(
        tmp_path_factory,
        "example-graph",
        lambda folder: Project.open(folder.parent, store=folder).build(),
    )


@pytest.fixture
def example_copy(tmp_path) -> Path:
    """A project folder of one's own with the example's files and no graph."""
    folder = tmp_path / "project"
    shutil.copytree(example_folder(), folder)
    return folder


@pytest.fixture(scope="session")
def small_project_files() -> dict[str, str]:
    """Files of a small project about a harbour: two articles of one outlet and one of another."""
    return {
        "kg.toml": (
            'title = "Harbour"\nbase = "https://example.org/harbour/"\nstatements = "statements.jsonl"\n'
        ),
        "register.csv": (
            "name,kind,aliases,member_of,office,from,until,wikidata\n"
            "Ruritania,state,,,,,,\n"
            "Ann Lee,person,,Ruritania,Prime Minister,2008-05,2012-05,\n"
            "Bo Ramm,person,,Ruritania,Harbour Minister,2009,2013,\n"
        ),
        "topics.csv": "topic,label,broader\ntransport,Transport,\nharbour,The harbour,transport\n",
        "codebook.csv": (
            "position,label,topic,description,for,against\n"
            "new-quay,The harbour should get a new quay,harbour,Whether the new quay should be built.,"
            "build the new quay|the harbour needs a new quay,no new quay|the quay is a waste of money\n"
        ),
        "articles/articles.csv": (
            "file,published,publisher,title\n"
            "quay.txt,2010-04-22,The Example Courier,Minister wants quay\n"
            "answer.txt,2010-04-24,The Example Post,No quay\n"
        ),
        "articles/quay.txt": (
            "Minister wants quay\n\n"
            "The harbour needs a new quay, Harbour Minister Bo Ramm said on Thursday.\n\n"
            '"We must build the new quay before the winter," Ramm told reporters in the capital.\n'
        ),
        "articles/answer.txt": (
            "No quay\n\n"
            "Prime Minister Ann Lee rejected the plan for a new quay on Friday. "
            '"The quay is a waste of money," she said.\n'
        ),
        "statements.jsonl": (
            '{"article": "quay.txt", "content": ["The harbour needs a new quay"], "actor": "Bo Ramm",'
            ' "said": "2010-04-22", "positions": [{"position": "new-quay", "stance": "supports"}]}\n'
            '{"article": "answer.txt", "content": ["The quay is a waste of money,"], "actor": "Ann Lee",'
            ' "quote": "direct", "said": "2010-04-23", "positions": [{"position": "new-quay",'
            ' "stance": "opposes"}]}\n'
        ),
    }


@pytest.fixture
def small_project(tmp_path, small_project_files) -> Path:
    """A small project folder without a graph."""
    folder = tmp_path / "harbour"
    for name, text in small_project_files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder

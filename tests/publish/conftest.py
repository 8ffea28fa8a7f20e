"""The example's release, made once for all tests, and a small project to change and publish again."""

from pathlib import Path

import pytest

from kg.project import Project
from kg.publish.making import publish
from kg.publish.place import Wishes
from tests.conftest import made_once


@pytest.fixture(scope="session")
def example_project(example_graph) -> Project:
    return Project.open(example_graph.parent, store=example_graph)


@pytest.fixture(scope="session")
def example_release(example_project, tmp_path_factory) -> Path:
    """The example's first release."""
    return made_once(
        tmp_path_factory,
        "example-release",
        lambda folder: publish(example_project, folder, Wishes("2026.11", date="2026-11-25")),
    )


@pytest.fixture
def small_graph(small_project, monkeypatch) -> Project:
    """The small project with its hand-made statements in a graph; what is loaded again is the same coding."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    project = Project.open(small_project)
    project.load(coder="Ida Reed")
    return project

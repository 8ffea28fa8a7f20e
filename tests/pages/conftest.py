"""The example's pages."""

import pytest

from kg.pages import Site
from kg.project import Project


@pytest.fixture(scope="session")
def example_site(example_graph):
    """The site of the bundled example, as a release shows it."""
    project = Project.open(store=example_graph)
    with project.reading() as store:
        yield Site(store.view, project.iris, title=project.settings.title, release="2026.11")

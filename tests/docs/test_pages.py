"""The pages that are made are current, and every command and link in the others is real."""

import importlib.util
import re
from pathlib import Path

import pytest

from kg.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
WRITTEN = [*sorted(DOCS.glob("*.md")), *sorted(ROOT.glob("*.md"))]


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("docs_make", DOCS / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands.md", "queries.md", "ontology.md"])
def test_a_made_page_is_current(maker, name):
    made = maker.PAGES[name]()
    assert (DOCS / name).read_text(encoding="utf-8") == made, "run `make docs` and commit the result"


def test_every_command_is_documented():
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"## `kg {name}`" in page


@pytest.mark.parametrize("page", WRITTEN, ids=lambda path: path.name)
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", WRITTEN, ids=lambda path: path.name)
def test_commands_in_pages_exist(page):
    for line in re.findall(r"^\$ kg ([a-z]+)", page.read_text(encoding="utf-8"), flags=re.MULTILINE):
        assert line in COMMANDS, f"{page.name} shows 'kg {line}'"


def test_every_dependency_is_explained():
    page = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = re.findall(r'^  "([A-Za-z0-9-]+)[=><]', project, flags=re.MULTILINE)
    assert len(names) > 10
    for name in names:
        assert f"`{name}`" in page, f"docs/dependencies.md does not say why {name} is there"

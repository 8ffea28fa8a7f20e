"""The pages that are made are current, and every command and link in the others is real."""

import importlib.util
import re
import subprocess
import sys
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


def test_the_script_for_a_spreadsheet_makes_lines_that_load(kg_command, small_project):
    page = (DOCS / "howto.md").read_text(encoding="utf-8")
    (script,) = [code for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "sheet.csv" in code]
    positions = (small_project / "codebook.csv").read_text().splitlines()
    (small_project / "codebook.csv").write_text(
        "\n".join([*positions, "old-quay,The old quay stays,harbour,,,"])
    )
    (small_project / "sheet.csv").write_text(
        "file,who,words,when,position,stance\n"
        "quay.txt,Bo Ramm,The harbour needs a new quay,2010-04-22,new-quay,supports\n"
        "quay.txt,Bo Ramm,The harbour needs a new quay,2010-04-22,old-quay,opposes\n"
        "answer.txt,Ann Lee,No quay,,,\n"
        "answer.txt,,The quay is a waste of money,2010-04-23,new-quay,opposes\n",
        encoding="utf-8-sig",
    )
    made = subprocess.run([sys.executable, "-c", script], cwd=small_project, capture_output=True, check=True)
    (small_project / "coded.jsonl").write_bytes(made.stdout)
    run = kg_command("load", small_project / "coded.jsonl", "-p", small_project)
    assert "3 statements and 3 stances" in run.err


def test_every_dependency_is_explained():
    page = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = re.findall(r'^  "([A-Za-z0-9-]+)[=><]', project, flags=re.MULTILINE)
    assert len(names) > 10
    for name in names:
        assert f"`{name}`" in page, f"docs/dependencies.md does not say why {name} is there"

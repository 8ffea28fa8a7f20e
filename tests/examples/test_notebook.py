"""The notebook runs from top to bottom, and is kept with the outputs of such a run."""

import importlib.util
from pathlib import Path

import pytest

for needed in ("nbclient", "nbformat", "ipykernel", "matplotlib", "pandas"):
    pytest.importorskip(
        needed, reason="notebooks are an extra: pip install 'stance-graph[notebook]' nbclient"
    )

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_notebooks", ROOT / "docs" / "make_notebooks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shown(cell) -> list[str]:
    """What a cell shows: names of streams, and the richest media type of each other output."""
    ranks = ["image/png", "text/html", "text/plain"]
    return [
        output["name"] if output["output_type"] == "stream" else next(r for r in ranks if r in output["data"])
        for output in cell.outputs
    ]


def test_the_notebook_runs_and_is_kept_with_its_outputs(maker, tmp_path):
    import nbformat

    (path,) = maker.NOTEBOOKS
    kept = nbformat.read(path, as_version=4)
    nbformat.validate(kept)
    # A cell that fails ends the execution with its error.
    made = maker.executed(path, tmp_path)
    code = [cell for cell in kept.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1)), "run `make notebooks`"
    again = [cell for cell in made.cells if cell.cell_type == "code"]
    assert [shown(cell) for cell in code] == [shown(cell) for cell in again], "run `make notebooks`"
    assert "stderr" not in {output for cell in again for output in shown(cell)}
    assert sum(shown(cell) == ["image/png"] for cell in again) == 2
    assert (tmp_path / "russian-positions.csv").stat().st_size > 1000
    text = path.read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert str(Path.home()) + "/" not in text
    assert "/tmp/" not in text  # noqa: S108 - nothing is made there

"""Executes the notebooks of examples/ and keeps them with their outputs.

Run it as `make notebooks`; a test executes them as well and compares what comes out.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))
DAY = "1704067200"
"""When the codings of an execution were made (2024-01-01), so that another one makes the same."""


def executed(path: Path, folder: Path) -> Any:
    """A notebook with the outputs of a new execution; it runs in another folder and leaves its file alone.

    Args:
        path: The notebook.
        folder: Where it runs, and writes what it writes.

    Raises:
        nbclient.exceptions.CellExecutionError: A cell failed.
    """
    notebook = nbformat.read(path, as_version=4)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": DAY,
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
    client = NotebookClient(
        notebook, timeout=900, startup_timeout=600, kernel_name="python3", record_timing=False
    )
    client.execute(cwd=str(folder), env=environment)
    for cell in notebook.cells:
        cell.metadata.clear()
    notebook.metadata.language_info = {"name": "python"}
    return notebook


def main() -> None:
    """Execute every notebook and write it back."""
    for path in NOTEBOOKS:
        print(f"executing {path.relative_to(ROOT)} ...", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="kg-notebook-") as folder:
            nbformat.write(executed(path, Path(folder)), path)


if __name__ == "__main__":
    main()

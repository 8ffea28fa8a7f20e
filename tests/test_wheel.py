"""The wheel holds all that `kg` needs: in a fresh environment, away from the checkout, it answers."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The `kg` script of a fresh environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    place = folder / "environment"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    # Dependencies come from the environment that tests run in, so that no network is needed; a path in a .pth
    # file is searched last and its own .pth files are not read, so that this checkout is not seen.
    (own,) = (place / "lib").glob("python*/site-packages")
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "bin" / "kg"


def kg(script: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(script), *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_lists_its_queries(installed, tmp_path):
    run = kg(installed, tmp_path, "query")
    assert run.returncode == 0, run.stderr
    for path in (ROOT / "queries").glob("*.rq"):
        assert path.stem in run.stdout


def test_the_wheel_answers_on_the_example(installed, tmp_path):
    loaded = kg(installed, tmp_path, "load", "--coder", "Jo Coder")
    assert loaded.returncode == 0, loaded.stderr
    run = kg(installed, tmp_path, "query", "positions", "--actor", "Russia", "-f", "json")
    assert run.returncode == 0, run.stderr
    assert len({row["speaker"] for row in json.loads(run.stdout)}) >= 4
    assert kg(installed, tmp_path, "validate").returncode == 0


def test_the_wheel_has_the_other_example_too(installed, tmp_path):
    made = kg(installed, tmp_path, "init", "own", "--example", "city-traffic")
    assert made.returncode == 0, made.stderr
    loaded = kg(installed, tmp_path, "load", "--project", "own", "--coder", "Jo Coder")
    assert loaded.returncode == 0, loaded.stderr
    asked = ["query", "positions", "--project", "own", "--position", "no-rental-scooters", "-f", "json"]
    rows = json.loads(kg(installed, tmp_path, *asked).stdout)
    assert [row["actor"] for row in rows if row["stance"] == "opposes"] == ["Ingrid Moss", "Daniel Okoye"]


def test_the_wheel_knows_what_to_ask_a_language_model(installed, tmp_path):
    (tmp_path / "a.txt").write_text("Ann Lee said taxes will rise.\n")
    run = kg(installed, tmp_path, "extract", "a.txt", "--extractor", "llm")
    assert run.returncode == 2
    assert "needs base_url" in run.stderr


def test_the_wheel_is_what_ran(installed):
    python = installed.with_name("python")
    run = subprocess.run(
        [str(python), "-c", "import kg; print(kg.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
    )
    assert str(installed.parent.parent) in run.stdout

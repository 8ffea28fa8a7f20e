"""The layers of ARCHITECTURE.md: a module imports only from its own room and from rooms below it."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"

# From the ground up; rooms of one line stand side by side and do not know each other.
LAYERS = [
    {"model"},
    {"ingest"},
    {"attribute"},
    {"link"},
    {"stance"},
    {"extract"},
    {"build"},
    {"store"},
    {"reason", "validate", "describe"},
    {"query", "review"},
    {"search", "analyse", "codebook"},
    {"pages"},
    {"project"},
    {"publish"},
    {"serve"},
    {"__init__"},
    {"mcp"},
    {"cli"},
    {"__main__"},
]
HEIGHT = {room: height for height, rooms in enumerate(LAYERS) for room in rooms}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "resources" not in path.parts)


def room_of(module: Path) -> str:
    first = module.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_rooms(module: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written from the top (kg.model, not .model)"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "kg":
                below = len(parts) > 1 and parts[1] in HEIGHT
                rooms.add(parts[1] if below else "__init__")
    return rooms


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(module):
    room = room_of(module)
    assert room in HEIGHT, f"{room} stands in no layer: add it here and to ARCHITECTURE.md"
    for other in imported_rooms(module) - {room}:
        assert HEIGHT[other] < HEIGHT[room], f"{module.relative_to(PACKAGE)} imports upwards from kg.{other}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_stay_small(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 450


def test_architecture_names_every_room():
    page = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for room in HEIGHT:
        if not room.startswith("__"):
            assert f"kg/{room}" in page, f"ARCHITECTURE.md does not mention kg/{room}"

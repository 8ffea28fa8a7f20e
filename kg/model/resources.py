"""Where the project's own files are: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).resolve().parent.parent / "resources"
_CHECKOUT = Path(__file__).resolve().parent.parent.parent


def resource(name: str) -> Path:
    """Path of one of the folders `ontology`, `shapes`, `queries`, `examples`, or of something in them.

    >>> resource("ontology").name
    'ontology'
    """
    installed = _INSTALLED / name
    return installed if installed.exists() else _CHECKOUT / name


DEFAULT_EXAMPLE = "missile-defence"


def example_names() -> list[str]:
    """Names of the bundled example projects.

    >>> example_names()
    ['city-traffic', 'missile-defence']
    """
    return sorted(path.parent.name for path in resource("examples").glob("*/kg.toml"))


def example_folder(name: str = DEFAULT_EXAMPLE) -> Path:
    """A bundled example project; commands use the first one outside of any project folder."""
    return resource("examples") / name

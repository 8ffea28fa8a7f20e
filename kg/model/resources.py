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


def example_folder() -> Path:
    """The bundled example project, which commands use outside of any project folder."""
    return resource("examples") / "missile-defence"

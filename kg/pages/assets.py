"""The files that all pages share: style sheet, scripts, fonts, and the licences of what is vendored."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

FOLDER = "assets"
"""Where the shared files are below the site's root."""

CHART_CLASS = "plot"
# What Observable Plot puts into each chart as a style element; allowed by its hash, so that no other is.
_CHART_STYLE = (
    f":where(.{CHART_CLASS}) {{\n  --plot-background: white;\n  display: block;\n  height: auto;\n"
    "  height: intrinsic;\n  max-width: 100%;\n}\n"
    f":where(.{CHART_CLASS} text),\n:where(.{CHART_CLASS} tspan) {{\n  white-space: pre;\n}}"
)


def content_security_policy() -> str:
    """The policy of every page: nothing from elsewhere, nothing inline.

    Pages carry it as a `meta` element for static hosts; a server sends it as a header, with
    `frame-ancestors 'none'` added, which a `meta` element cannot say.
    """
    style = base64.b64encode(hashlib.sha256(_CHART_STYLE.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'sha256-{style}'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
    )


def scripts(*names: str) -> tuple[str, ...]:
    """Addresses of scripts of `static/` below the site's root.

    >>> scripts("search.js")
    ('assets/search.js',)
    """
    return tuple(f"{FOLDER}/{name}" for name in names)


CHART_SCRIPTS = scripts("vendor/d3.min.js", "vendor/plot.umd.min.js", "chart.js")
"""What every chart stands on."""


@cache
def assets() -> Mapping[str, bytes]:
    """The shared files by their path below the site's root (`assets/site.css`), sorted."""
    found: dict[str, bytes] = {}
    _collect(files("kg.pages") / "static", FOLDER, found)
    return dict(sorted(found.items()))


def _collect(folder: Traversable, path: str, found: dict[str, bytes]) -> None:
    for entry in folder.iterdir():
        inner = f"{path}/{entry.name}"
        if entry.is_dir():
            _collect(entry, inner, found)
        elif not entry.name.startswith("."):
            found[inner] = entry.read_bytes()


__all__ = ["CHART_SCRIPTS", "assets", "content_security_policy", "scripts"]

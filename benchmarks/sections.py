"""Parts of docs/benchmarks.md that are measured apart from the others, each between two comments."""

from __future__ import annotations

import re

_SECTION = re.compile(r"<!-- begin (\w+) -->\n.*?<!-- end \1 -->\n", re.DOTALL)


def sections(page: str) -> str:
    r"""All sections of a page, for whoever writes the page anew.

    >>> sections("text\n<!-- begin a -->\nA\n<!-- end a -->\nmore\n")
    '\n<!-- begin a -->\nA\n<!-- end a -->\n'
    """
    return "".join("\n" + match.group() for match in _SECTION.finditer(page))


def with_section(page: str, name: str, text: str) -> str:
    r"""The page with a section, in its old place or at the end.

    >>> with_section("text\n", "a", "A\n")
    'text\n\n<!-- begin a -->\nA\n<!-- end a -->\n'
    >>> with_section(with_section("text\n", "a", "A\n"), "a", "B\n")
    'text\n\n<!-- begin a -->\nB\n<!-- end a -->\n'
    """
    section = f"<!-- begin {name} -->\n{text}<!-- end {name} -->\n"
    old = next((match for match in _SECTION.finditer(page) if match[1] == name), None)
    return page[: old.start()] + section + page[old.end() :] if old else f"{page}\n{section}"


__all__ = ["sections", "with_section"]

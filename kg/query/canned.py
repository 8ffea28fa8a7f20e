"""Canned queries: SPARQL files with a header, whose VALUES lines are the only places where values are put.

A query file runs as it stands in any SPARQL 1.1 processor. Each parameter is one line
`VALUES ?name { default }` at the top of a pattern; to bind it, the text between the braces is replaced
by typed RDF terms. All places are found in the file's own text before anything is put in, so a value is never
read as a place for another one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.model.dates import bounds
from kg.model.errors import InputError, UsageError
from kg.model.resources import resource
from kg.query.header import Header, Parameter, parse_header
from kg.query.terms import date_text, expand, integer_text, iri_text, is_iri, string_text

Resolve = Callable[[str, tuple[str, ...]], str]
"""Finds the IRI that a name means, among the nodes of some classes."""
Given = str | Sequence[str] | None

_VALUES_LINE = re.compile(
    r"^[ \t]*VALUES[ \t]+\?(\w+)[ \t]*\{([^{}\n]*)\}[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_NOT_CODE = re.compile(
    r"""<[^<>"{}|^`\\\s]*> | \#[^\n]* | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """A query file, read and checked.

    Attributes:
        name: The file's name without `.rq`; what `kg query` calls it.
        header: Title, description, parameters and the like.
        text: The SPARQL without the header.
        slots: For each parameter the [start, end) in `text` of what stands between its braces.
    """

    name: str
    header: Header
    text: str
    slots: dict[str, tuple[int, int]]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters, in the order of the header."""
        return self.header.parameters

    @classmethod
    def load(cls, path: Path) -> CannedQuery:
        """Read a query file and check that its header and its VALUES lines fit together.

        Raises:
            InputError: The file cannot be read, is no SPARQL, or a parameter has not exactly one VALUES line
                at the top of a pattern.
        """
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("the query cannot be read", where=path, hint=str(error)) from error
        text = "\n".join(line for line in lines if not line.startswith("#+")).strip() + "\n"
        slots = _slots(text, path)
        header = parse_header(lines, {name: text[a:z].strip() for name, (a, z) in slots.items()}, path)
        _check(header, text, slots, path)
        return cls(path.stem, header, text, slots)

    def bind(self, values: Mapping[str, Given], resolve: Resolve | None = None) -> str:
        """The query with values in place of the defaults.

        Args:
            values: For each parameter a value or several, as text; `any` (not for strings) or an empty list
                stands for every value, None and a missing name for the file's default.
            resolve: Finds the IRI that a name means; without it, IRIs must be written out.

        Raises:
            UsageError: A parameter is unknown or missing, or a value does not fit its type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values.keys() - known.keys():
            close = difflib.get_close_matches(name, list(known), 1)
            hint = f"did you mean '{close[0]}'?" if close else "known are " + (", ".join(known) or "none")
            raise UsageError(f"'{self.name}' has no parameter '{name}'", hint=hint)
        splices: list[tuple[int, int, str]] = []
        for parameter in self.parameters:
            given = values.get(parameter.name)
            values_given = [given] if isinstance(given, str) else given
            row = None if values_given is None else _row(parameter, values_given, resolve)
            if row is None and resolve is not None and parameter.type == "iri":
                row = self._default_of_today(parameter, resolve)
            if parameter.required and row in (None, "UNDEF"):
                example = f"for example '{parameter.example}'" if parameter.example else None
                raise UsageError(f"'{self.name}' needs {parameter.option}", hint=example)
            if row is not None:
                splices.append((*self.slots[parameter.name], f" {row} "))
        out, at = [], 0
        for start, end, terms in sorted(splices):
            out += [self.text[at:start], terms]
            at = end
        return "".join(out) + self.text[at:]

    def _default_of_today(self, parameter: Parameter, resolve: Resolve) -> str | None:
        """The file's default, where what it names has given way to something else since; else None."""
        start, end = self.slots[parameter.name]
        default = self.text[start:end]
        iris = re.findall(r"<([^<>\s]*)>", default)
        if not iris or re.sub(r"<[^<>\s]*>", "", default).strip():
            return None
        now = []
        for iri in iris:
            try:
                now.append(resolve(iri, parameter.classes))
            except UsageError:
                now.append(iri)
        return None if now == iris else " ".join(iri_text(iri) for iri in dict.fromkeys(now))


def _blanked(text: str) -> str:
    """The text with IRIs, strings and comments overwritten by spaces, so that offsets hold."""
    return _NOT_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def _slots(text: str, path: Path) -> dict[str, tuple[int, int]]:
    code = _blanked(text)
    slots: dict[str, tuple[int, int]] = {}
    for match in _VALUES_LINE.finditer(code):
        if match[1] in slots:
            raise InputError(f"two lines VALUES ?{match[1]}", where=path, hint="write one line a parameter")
        slots[match[1]] = match.span(2)
    return slots


def _check(header: Header, text: str, slots: dict[str, tuple[int, int]], path: Path) -> None:
    code = _blanked(text)
    names = {parameter.name for parameter in header.parameters}
    for name in sorted(names):
        places = re.findall(rf"\bVALUES\s*\(?[^{{]*\?{name}\b", code, re.IGNORECASE)
        if name not in slots or len(places) != 1:
            hint = f"write one line of its own: VALUES ?{name} {{ UNDEF }}"
            raise InputError(f"parameter '{name}' has not exactly one VALUES line", where=path, hint=hint)
        if not _at_top(code, slots[name][0]):
            hint = "nothing but other VALUES lines may stand between it and the opening brace"
            raise InputError(f"VALUES ?{name} is not at the top of its pattern", where=path, hint=hint)
        if len(re.findall(rf"\?{name}\b", code)) < 2:
            raise InputError(f"parameter '{name}' is not used", where=path)
    try:
        # Against an empty store this parses the query and touches no data.
        ox.Store().query(text)
    except SyntaxError as error:
        raise InputError(f"not SPARQL: {error}", where=path) from error


def _at_top(code: str, place: int) -> bool:
    above = code[:place].splitlines()[:-1]
    while above and (not above[-1].strip() or _VALUES_LINE.fullmatch(above[-1])):
        above.pop()
    return bool(above) and above[-1].rstrip().endswith("{")


def _row(parameter: Parameter, values: Sequence[str], resolve: Resolve | None) -> str:
    if not values or (
        parameter.type != "string" and any(value.strip().casefold() == "any" for value in values)
    ):
        return "UNDEF"
    if len(values) > 1 and not parameter.multiple:
        raise UsageError(f"{parameter.option} takes one value, not {len(values)}")
    terms = [_term(parameter, value, resolve) for value in values]
    return " ".join(dict.fromkeys(terms))


def _term(parameter: Parameter, value: str, resolve: Resolve | None) -> str:
    try:
        if parameter.type == "string":
            return string_text(value)
        if parameter.type == "int":
            return integer_text(value)
        if parameter.type == "date":
            return _date(parameter, value)
        if parameter.choices:
            return _choice(parameter, value)
        return iri_text(resolve(value, parameter.classes) if resolve else value)
    except (InputError, UsageError) as error:
        raise UsageError(error.what, where=parameter.option, hint=error.hint) from error


def _date(parameter: Parameter, value: str) -> str:
    ends = bounds(value)
    day = ends.earliest if parameter.end == "first" else ends.latest
    if day is None:
        raise UsageError(f"'{value}' is open where a day is needed", hint="write 2009-09-18, 2009-09 or 2009")
    return date_text(day)


def _choice(parameter: Parameter, value: str) -> str:
    plain = value.strip().casefold()
    for choice in parameter.choices:
        iri = expand(choice) or choice
        if plain in (choice.partition(":")[2].casefold(), choice.casefold()) or value.strip() == iri:
            return iri_text(iri)
    raise UsageError(f"'{value}' is no choice", hint="use one of " + ", ".join(parameter.choice_names))


def query_folders(project: Path | None = None) -> list[Path]:
    """Where query files are looked for: the project's own `queries` first, then those that come with kg."""
    own = [project / "queries"] if project is not None and (project / "queries").is_dir() else []
    return [*own, *(folder for folder in [resource("queries")] if folder not in own)]


def query_paths(folders: Sequence[Path] | None = None) -> dict[str, Path]:
    """The query files by name; a file of an earlier folder hides one of the same name in a later one."""
    paths: dict[str, Path] = {}
    for folder in query_folders() if folders is None else folders:
        for path in sorted(folder.glob("*.rq")):
            paths.setdefault(path.stem, path)
    return dict(sorted(paths.items()))


def list_queries(folders: Sequence[Path] | None = None) -> list[CannedQuery]:
    """All canned queries, by name."""
    return [CannedQuery.load(path) for path in query_paths(folders).values()]


def find_query(name: str, folders: Sequence[Path] | None = None) -> CannedQuery:
    """The canned query of a name.

    Raises:
        UsageError: There is none of that name.
    """
    paths = query_paths(folders)
    if name not in paths:
        close = difflib.get_close_matches(name, list(paths), 1)
        hint = f"did you mean '{close[0]}'?" if close else "known are " + ", ".join(paths)
        raise UsageError(f"there is no query '{name}'", hint=hint)
    return CannedQuery.load(paths[name])


__all__ = [
    "CannedQuery",
    "Given",
    "Resolve",
    "find_query",
    "is_iri",
    "list_queries",
    "query_folders",
    "query_paths",
]

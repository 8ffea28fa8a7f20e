"""Refuses queries that reach out of the store: other servers, files, updates.

The query is parsed and its tree is searched; words in comments, strings and IRIs do not matter.

Two parsers see the text, this one and the store's, and they must not be made to see different queries. They
differ in where a line (and so a comment) ends, and in whether an escape such as u0022 is a quotation mark of
the language or a character of a string. So lines are ended alike, both readings of escapes are searched, and
the word SERVICE may stand nowhere in what the store would take for code.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from pyparsing import ParseBaseException
from rdflib.plugins.sparql.algebra import translatePName, translatePrologue, traverse
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from kg.model.errors import UsageError
from kg.model.vocabulary import PREFIXES

LONGEST = 200_000
"""Characters that a query may have."""

_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_NOT_CODE = re.compile(
    r"""<[^<>"{}|^`\\\s]*> | \#[^\n]* | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | [?$]\w+
    | [\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[^\s\w])*""",
    re.VERBOSE | re.DOTALL,
)
_DECLARATIONS = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def check_query(
    text: str, *, named_graphs: Callable[[], Sequence[str]] | Sequence[str] = ()
) -> tuple[str, ...] | None:
    """Refuse a query that reaches out of the store.

    Args:
        text: The query; the prefixes of `kg.model.vocabulary` need not be declared.
        named_graphs: Graphs that FROM and FROM NAMED may name.

    Returns:
        The graphs that FROM names, which the query wants as its default graph (none where it has FROM NAMED
        alone); None where it says nothing and wants the usual one.

    Raises:
        UsageError: It is empty, an update or no SPARQL 1.1 query, calls another server (SERVICE), reads from
            a file or address (FROM), or is too long or nested too deeply to be looked at.

    >>> check_query("SELECT * FROM <urn:a> WHERE { ?s ?p 'SERVICE' }", named_graphs=["urn:a"])
    ('urn:a',)
    >>> check_query("SELECT * WHERE { SERVICE <http://x.example/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ...
    kg.model.errors.UsageError: SERVICE <http://x.example/> calls another server: refused (ask this graph)
    """
    if not text.strip():
        raise UsageError("the query is empty")
    if len(text) > LONGEST:
        raise UsageError(f"the query has more than {LONGEST} characters")
    code = text.replace("\r\n", "\n").replace("\r", "\n")
    literal = _ESCAPE.sub(r"\1x", code)
    chosen = _checked(code, named_graphs)
    if literal != code:
        _checked(literal, named_graphs)
    if re.search(r"\bSERVICE\b", _NOT_CODE.sub(" ", literal), re.IGNORECASE):
        raise UsageError("SERVICE calls another server: refused", hint="ask this graph")
    return chosen


def _checked(text: str, named_graphs: Callable[[], Sequence[str]] | Sequence[str]) -> tuple[str, ...] | None:
    """The graphs that FROM names in one reading of the query; None where it has no FROM."""
    chosen: list[str] | None = None
    for part in _parts(_parsed(text)):
        if part.name == "ServiceGraphPattern":
            raise UsageError(
                f"SERVICE {_shown(OrderedDict.get(part, 'term'))} calls another server: refused",
                hint="ask this graph",
            )
        if part.name == "DatasetClause":
            chosen = [*(chosen or ()), *_dataset(part, named_graphs)]
    return None if chosen is None else tuple(chosen)


def _parsed(text: str) -> Any:
    try:
        tree = parseQuery(_DECLARATIONS + text)
        prologue = translatePrologue(tree[0], None)
        return traverse(tree[1], visitPost=partial(translatePName, prologue=prologue))
    except ParseBaseException as error:
        if _is_update(text):
            raise UsageError(
                "this is an update, and the graph is not changed by queries",
                hint="use 'kg build', 'kg load' or 'kg remove'",
            ) from error
        raise UsageError(f"the query is not valid SPARQL: {_where(error)}") from error
    except RecursionError as error:
        raise UsageError("the query is nested too deeply") from error
    except Exception as error:  # the parser's own actions raise plain exceptions on odd input
        raise UsageError(f"the query is not valid SPARQL: {error}") from error


def _dataset(part: CompValue, named_graphs: Callable[[], Sequence[str]] | Sequence[str]) -> Iterator[str]:
    allowed = named_graphs() if callable(named_graphs) else named_graphs
    # CompValue.get gives the name of a field that is not there.
    default, named = (OrderedDict.get(part, field) for field in ("default", "named"))
    for value in (default, named):
        if value is not None and str(value) not in allowed:
            raise UsageError(
                f"FROM {_shown(value)} is no graph of this store, and queries read no files or addresses",
                hint="leave FROM out",
            )
    if default is not None:
        yield str(default)


def _is_update(text: str) -> bool:
    try:
        return bool(OrderedDict.get(parseUpdate(_DECLARATIONS + text), "request"))
    except Exception:  # whatever is wrong with it, it is no update
        return False


def _parts(tree: Any) -> Iterator[CompValue]:
    """All named parts of a parse tree, without recursion."""
    queue = [tree]
    while queue:
        part = queue.pop()
        if isinstance(part, CompValue):
            yield part
            queue.extend(part.values())
        elif isinstance(part, list | tuple) or hasattr(part, "asList"):
            queue.extend(part)


def _shown(value: Any) -> str:
    """An IRI or variable of the parse tree, as a reader knows it."""
    return f"<{value}>" if value is not None else ""


def _where(error: ParseBaseException) -> str:
    line = error.lineno - _DECLARATIONS.count("\n")
    return f"line {max(line, 1)}, column {error.column}: {' '.join(error.line.split())[:80]}"


__all__ = ["LONGEST", "check_query"]

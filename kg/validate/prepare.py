"""What is put straight before an engine sees a graph, so that both engines see the same.

Engines rename blank nodes, each in its own way, and they differ on literals that do not fit their datatype
(one of them stops at a comparison with such a date). Blank nodes are therefore given IRIs that name them, and
misfit literals are taken for plain text, which every shape that asks for a datatype refuses.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.model.dates import bounds
from kg.model.errors import InputError
from kg.model.vocabulary import EDTF, XSD

_STAND_IN = "urn:x-blank-node:"


def prepared(triples: Iterable[Triple | Quad]) -> tuple[list[Triple], tuple[str, ...]]:
    """The distinct triples of a graph as the engines take them, and the labels of its blank nodes.

    Raises:
        InputError: The graph has triples about triples.
    """
    plain: dict[Triple, None] = {}
    blank: set[str] = set()
    for item in triples:
        triple = item.triple if isinstance(item, Quad) else item
        subject, value = triple.subject, triple.object
        if isinstance(subject, Triple) or isinstance(value, Triple):
            raise InputError("the graph has triples about triples (RDF-star)", hint="give each a node")
        for node in (subject, value):
            if isinstance(node, BlankNode):
                blank.add(f"_:{node.value}")
        fitting = _fitting(value) if isinstance(value, Literal) else _named(value)
        plain[Triple(_named(subject), triple.predicate, fitting)] = None
    return list(plain), tuple(sorted(blank))


def out_of_order(value: str, others: Iterable[str], *, equal_is_fine: bool) -> bool:
    """Whether a date or number is above one of the others of its kind.

    The engines differ on values that cannot be compared; these are the business of other shapes.

    >>> out_of_order("5", ["5"], equal_is_fine=True), out_of_order("5", ["5"], equal_is_fine=False)
    (False, True)
    >>> out_of_order("2012-03-05", ["March"], equal_is_fine=True)
    False
    """
    for other in others:
        if _is_date(value) and _is_date(other):
            first, second = Decimal(value[:10].replace("-", "")), Decimal(other[:10].replace("-", ""))
        elif fits(value, XSD + "decimal") and fits(other, XSD + "decimal"):
            first, second = Decimal(value), Decimal(other)
        else:
            continue
        if first > second or (first == second and not equal_is_fine):
            return True
    return False


def shown(text: str) -> str:
    """A node as a person knows it: the label of a blank node instead of its stand-in."""
    return "_:" + text[len(_STAND_IN) :] if text.startswith(_STAND_IN) else text


def _named(node: NamedNode | BlankNode) -> NamedNode:
    return NamedNode(_STAND_IN + node.value) if isinstance(node, BlankNode) else node


def _fitting(literal: Literal) -> Literal:
    return literal if fits(literal.value, literal.datatype.value) else Literal(literal.value)


@lru_cache(maxsize=65536)
def fits(text: str, datatype: str) -> bool:
    """Whether a literal's text is one that its datatype has; unknown datatypes take any text.

    >>> fits("2012-02-29", XSD + "date"), fits("2011-02-29", XSD + "date"), fits("2012-13", EDTF)
    (True, False, False)
    """
    check = _CHECKS.get(datatype)
    return check is None or check(text)


def _is_date(text: str) -> bool:
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?", text)
    return match is not None and _parses(datetime.date.fromisoformat, match[1])


def _is_time(text: str) -> bool:
    shape = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"
    return re.fullmatch(shape, text) is not None and _parses(datetime.datetime.fromisoformat, text)


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except (ValueError, InputError):
        return False
    return True


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda text: compiled.fullmatch(text) is not None


_CHECKS: dict[str, Callable[[str], bool]] = {
    EDTF: lambda text: _parses(bounds, text),
    XSD + "date": _is_date,
    XSD + "dateTime": _is_time,
    XSD + "decimal": _matches(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    XSD + "integer": _matches(r"[+-]?\d+"),
    XSD + "nonNegativeInteger": _matches(r"\+?\d+|-0+"),
    XSD + "boolean": _matches(r"true|false|0|1"),
}

__all__ = ["fits", "out_of_order", "prepared", "shown"]

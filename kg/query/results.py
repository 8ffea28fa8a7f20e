"""What a query answers: columns and rows, or triples, or yes and no, the same from every engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.model.errors import KgError
from kg.query.terms import Term, Value, python_value

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Result:
    """An answer.

    Attributes:
        columns: Names of the columns of a SELECT, in its order.
        rows: RDF terms by column; None where nothing is bound.
        triples: What a CONSTRUCT made, sorted and without doubles; None for other queries.
        answer: What an ASK says; None for other queries.
        hidden: Columns that a table for reading leaves out.
        title: What the answer is about.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    triples: tuple[ox.Triple, ...] | None = None
    answer: bool | None = None
    hidden: frozenset[str] = frozenset()
    title: str = ""

    def __len__(self) -> int:
        """Number of rows or triples."""
        return len(self.rows if self.triples is None else self.triples)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """The rows as dictionaries of plain values."""
        return iter(self.records())

    def records(self) -> list[dict[str, Value]]:
        """The rows as dictionaries of plain values: numbers, days, truth values, text; None for unbound.

        Triples have the columns `subject`, `predicate` and `object`; an ASK has one row with `answer`.
        """
        flat = self.as_rows()
        values = [[python_value(term) for term in row] for row in flat.rows]
        return [dict(zip(flat.columns, row, strict=True)) for row in values]

    def as_rows(self) -> Result:
        """The same answer as columns and rows, whatever kind it is."""
        if self.triples is not None:
            rows = tuple((_plain(t.subject), t.predicate, _plain(t.object)) for t in self.triples)
            return Result(("subject", "predicate", "object"), rows, title=self.title)
        if self.answer is not None:
            return Result(("answer",), ((ox.Literal(self.answer),),), title=self.title)
        return self

    def labelled(self, title: str, hidden: tuple[str, ...]) -> Result:
        """The same answer with a title, and with columns that tables leave out."""
        return replace(self, title=title, hidden=frozenset(hidden))

    def limited(self, count: int) -> Result:
        """The first rows only."""
        return replace(self, rows=self.rows[:count])

    def _repr_html_(self) -> str:
        """The answer as notebooks show it."""
        from kg.query.html_table import to_html

        return to_html(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame.

        Raises:
            KgError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise KgError("pandas is not installed", hint="pip install 'stance-graph[pandas]'") from error
        frame: pandas.DataFrame = pandas.DataFrame.from_records(
            [list(record.values()) for record in self.records()], columns=list(self.as_rows().columns)
        )
        return frame


def _plain(term: Any) -> Term:
    if isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal):
        return term
    return ox.Literal(str(term))  # a triple term, which this project's graphs do not have


def from_oxigraph(answer: ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]) -> Result:
    """The answer of pyoxigraph, read to its end."""
    if isinstance(answer, ox.QueryBoolean):
        return Result(answer=bool(answer))
    if not isinstance(answer, ox.QuerySolutions):
        return Result(triples=tuple(sorted(set(answer), key=str)))
    columns = tuple(variable.value for variable in answer.variables)
    rows = tuple(tuple(None if t is None else _plain(t) for t in solution) for solution in answer)
    return Result(columns, rows)


def from_rdflib(answer: Any) -> Result:
    """The answer of rdflib, read to its end."""
    if answer.type == "ASK":
        return Result(answer=bool(answer.askAnswer))
    if answer.type in ("CONSTRUCT", "DESCRIBE"):
        triples = {ox.Triple(*(_from_rdflib_term(t) for t in triple)) for triple in answer.graph}
        return Result(triples=tuple(sorted(triples, key=str)))
    columns = tuple(str(variable) for variable in answer.vars)
    rows = tuple(tuple(_from_rdflib_term(row[name]) for name in columns) for row in answer)
    return Result(columns, rows)


def _from_rdflib_term(term: Any) -> Any:
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)

"""RDF files of any hand, read into quads: what `kg validate FILE` and `kg reason FILE` begin with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from kg.model.errors import InputError

MAX_BYTES = 2_000_000_000
"""Files above this size (2 GB) are refused: their quads would not fit into a laptop's memory."""

FORMATS: dict[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".turtle": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
"""RDF formats by the ending of the file's name."""


def read_rdf(paths: Sequence[Path], *, base: str | None = None) -> list[Quad]:
    """Read RDF files; blank nodes of different files are kept apart.

    Args:
        paths: Files with an ending of `FORMATS`.
        base: IRI that relative IRIs are resolved against; without one a file with relative IRIs is refused.

    Raises:
        InputError: A file is missing, too large, of an unknown ending, or not valid (with the line).

    >>> read_rdf([Path("graph.docx")])
    Traceback (most recent call last):
        ...
    kg.model.errors.InputError: graph.docx: no RDF file by its ending (use .ttl, .nt, .nq, .trig or .rdf)
    """
    quads: list[Quad] = []
    for path in paths:
        quads += _read(path, base)
    return quads


def _read(path: Path, base: str | None) -> list[Quad]:
    rdf_format = FORMATS.get(path.suffix.lower())
    if rdf_format is None:
        raise InputError("no RDF file by its ending", where=path, hint="use .ttl, .nt, .nq, .trig or .rdf")
    try:
        if path.is_dir():
            raise InputError("a folder, where an RDF file is needed", where=path)
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"larger than {MAX_BYTES // 1_000_000_000} GB", where=path)
        return list(parse(path=path, format=rdf_format, base_iri=base, rename_blank_nodes=True))
    except SyntaxError as error:
        where = f"{path}, line {error.lineno}" if error.lineno else str(path)
        message = next(iter(str(error.msg).splitlines()), "")[:200]
        raise InputError(f"not valid {rdf_format.name}: {message}", where=where) from error
    except FileNotFoundError as error:
        raise InputError("no such file", where=path) from error
    except (OSError, ValueError) as error:
        message = next(iter(str(error).splitlines()), "")[:200]
        raise InputError(f"cannot be read: {message}", where=path) from error


__all__ = ["FORMATS", "MAX_BYTES", "read_rdf"]

"""Whether the ontology, and data with it, is free of contradiction: HermiT through owlready2.

HermiT takes seconds for some hundred nodes and far longer for thousands, and refuses literals of datatypes
that OWL 2 does not have (xsd:date among them). It is therefore given the ontology and a sample of the data's
nodes without their literals; every node, sampled or not, is looked at by itself (`kg.reason.axioms`).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.model.errors import InputError
from kg.model.resources import resource
from kg.model.vocabulary import OWL, RDF, XSD
from kg.reason.axioms import Axioms, Contradiction
from kg.store.rdf_files import read_rdf

SAMPLE = 500
"""Nodes of the data that HermiT sees unless told otherwise."""

_WORKER = Path(__file__).with_name("worker.py")
_TYPE = NamedNode(RDF + "type")
_OF_OWL = re.compile(
    f"{RDF}(langString|PlainLiteral)|{XSD}(string|boolean|decimal|integer|nonNegativeInteger|positiveInteger|int"
    "|long|float|double|dateTime|dateTimeStamp|anyURI|language|normalizedString|token|hexBinary|base64Binary)"
)


@dataclass(frozen=True, slots=True)
class ConsistencyReport:
    """What the reasoner found.

    Attributes:
        consistent: Whether there is no contradiction in what was looked at.
        unsatisfiable: IRIs of classes that nothing can belong to.
        contradictions: Nodes at odds with the ontology, as far as they can be told one by one.
        nodes: How many nodes of data there were.
        sampled: How many of them HermiT saw.
        seconds: How long HermiT took.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    nodes: int
    sampled: int
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return {
            "consistent": self.consistent,
            "unsatisfiable": list(self.unsatisfiable),
            "contradictions": [found.to_json() for found in self.contradictions],
            "nodes": self.nodes,
            "sampled": self.sampled,
            "seconds": round(self.seconds, 2),
        }

    def to_text(self) -> str:
        """The report as lines for a person; empty text where nothing is wrong."""
        lines = [f"CLASS {iri}: nothing can belong to it" for iri in self.unsatisfiable]
        for found in self.contradictions:
            lines.append(f"NODE {found.node}  {found.label or ''}".rstrip() + f"\n  {found.message}")
        if not self.consistent and not lines:
            lines.append("There is a contradiction that lies in no single node: try again with fewer files.")
        return "\n".join(lines) + "\n" if lines else ""


def read_ontology(folder: Path | None = None) -> list[Triple]:
    """The project's ontology, or the `*.ttl` files of another folder.

    Raises:
        InputError: There is none, or a file is no Turtle.
    """
    folder = resource("ontology") if folder is None else folder
    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        raise InputError("no ontology (*.ttl) here", where=folder)
    return [quad.triple for quad in read_rdf(paths)]


def check_files(files: Sequence[Path] = (), *, timeout: float = 120.0) -> ConsistencyReport:
    """Check the ontology, and RDF files with it.

    Raises:
        InputError: A file cannot be read, Java is missing, or HermiT gave up or took longer than `timeout`.
    """
    return check_graph(read_rdf(files), timeout=timeout)


def check_graph(
    data: Iterable[Triple | Quad] = (),
    *,
    ontology: Sequence[Triple] | None = None,
    timeout: float = 120.0,
    sample: int = SAMPLE,
) -> ConsistencyReport:
    """Check the ontology, and a graph with it.

    Args:
        data: The graph; graph names of quads are put aside. Axioms in it count as axioms.
        ontology: In place of the project's own.
        timeout: Seconds after which HermiT is stopped.
        sample: How many nodes of the data HermiT sees at most; nodes of several classes come first.

    Raises:
        InputError: Java is missing, or HermiT gave up or took longer than `timeout`.
    """
    triples = [item.triple if isinstance(item, Quad) else item for item in data]
    nodes, chosen = _sample(triples, sample)
    own = [
        *(read_ontology() if ontology is None else ontology),
        *(t for t in triples if t.subject not in nodes),
    ]
    contradictions = Axioms(own).contradictions(triples)
    started = time.monotonic()
    verdict = _run_hermit([*filter(_has_owl_datatype, own), *chosen], timeout)
    unsatisfiable = tuple(iri for iri in verdict["unsatisfiable"] if iri != OWL + "Nothing")
    return ConsistencyReport(
        consistent=bool(verdict["consistent"]) and not contradictions and not unsatisfiable,
        unsatisfiable=unsatisfiable,
        contradictions=tuple(contradictions),
        nodes=len(nodes),
        sampled=min(sample, len(nodes)),
        seconds=time.monotonic() - started,
    )


def _sample(triples: Sequence[Triple], size: int) -> tuple[set[NamedNode | BlankNode | Triple], list[Triple]]:
    """The nodes of the data, and the triples between the first of them, without literals.

    Each class has its turn, as a rare class would otherwise not be seen; nodes of several classes go first.
    """
    classes: dict[NamedNode | BlankNode | Triple, list[str]] = {}
    for triple in triples:
        value = triple.object
        if triple.predicate == _TYPE and isinstance(value, NamedNode) and not value.value.startswith(OWL):
            classes.setdefault(triple.subject, []).append(value.value)
    turns: dict[str, int] = {}
    rank = {}
    for node in sorted(classes, key=str):
        name = min(classes[node])
        turns[name] = turns.get(name, 0) + 1
        rank[node] = (len(classes[node]) < 2, turns[name], name)
    chosen = set(sorted(rank, key=lambda node: rank[node])[:size])
    kept = [
        triple
        for triple in triples
        if triple.subject in chosen
        and not isinstance(triple.object, Literal)
        and (triple.predicate == _TYPE or triple.object in chosen or triple.object not in classes)
    ]
    return set(classes), kept


def _has_owl_datatype(triple: Triple) -> bool:
    """Whether HermiT can read the triple; a property's range of another datatype goes, and so do imports."""
    value = triple.object
    if triple.predicate.value == OWL + "imports":
        return False
    if isinstance(value, Literal):
        return _OF_OWL.fullmatch(value.datatype.value) is not None
    if not isinstance(value, NamedNode) or not value.value.startswith((XSD, "http://id.loc.gov/datatypes/")):
        return True
    return _OF_OWL.fullmatch(value.value) is not None


def _run_hermit(triples: Iterable[Triple], timeout: float) -> dict[str, Any]:
    if shutil.which("java") is None:
        raise InputError(
            "the OWL reasoner HermiT needs Java, which is not on this machine",
            hint="install a Java runtime, on Debian and Ubuntu: apt install default-jre-headless",
        )
    with tempfile.TemporaryDirectory(prefix="kg-reason-") as folder:
        path = Path(folder) / "graph.nt"
        path.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
        # What owlready2 leaves behind when it is stopped goes with the folder.
        environment = {**os.environ, "TMPDIR": folder}
        process = subprocess.Popen(  # noqa: S603 - our own file, with a path of our own making
            [sys.executable, "-P", str(_WORKER), str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
        try:
            output, noise = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired as error:
            raise InputError(
                f"HermiT did not finish within {timeout:g} s",
                hint="give it fewer files or a longer --timeout",
            ) from error
        finally:
            _stop(process)
    try:
        verdict = json.loads(output)
    except ValueError as error:
        last = noise.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise InputError(f"HermiT could not be run: {' '.join(last)[:300]}") from error
    if "error" in verdict:
        raise InputError(f"HermiT gave up: {verdict['error']}")
    return dict(verdict)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the worker and the Java process that it started, whatever has happened."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()


__all__ = ["SAMPLE", "ConsistencyReport", "check_files", "check_graph", "read_ontology"]

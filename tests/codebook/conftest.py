"""The small project about a harbour with a codebook of four positions, read by a tool and reviewed by Ida."""

from pathlib import Path

import pytest

from kg.build.terms import ST, node
from kg.project import Project
from kg.review.edits import with_stance

CODEBOOK = (
    "# Positions of the harbour debate.\n"
    "position,label,topic,description,for,against,entails,excludes,owner\n"
    "new-quay,The harbour should get a new quay,harbour,Whether the new quay should be built.,"
    "build the new quay|the harbour needs a new quay,no new quay,,,Ann\n"
    "# The other way round.\n"
    '"no-quay","There should be no new quay",harbour,,the quay is a waste of money,,,new-quay,Bo\n'
    "ferry,A ferry should run to the island,transport,,,,new-quay,,\n"
    "cranes,The old cranes should stay,harbour,,,,,no-quay,\n"
)
LINES = (
    '{"article": "quay.txt", "content": ["The harbour needs a new quay"], "source": "Bo Ramm",'
    ' "actor": "Bo Ramm", "said": "2010-04-22", "confidence": 0.9,'
    ' "positions": [{"position": "new-quay", "stance": "supports", "confidence": 0.9}]}\n'
    '{"article": "quay.txt", "content": ["We must build the new quay before the winter,"],'
    ' "source": "Ramm told", "actor": "Bo Ramm", "quote": "direct", "said": "2010-04-22",'
    ' "confidence": 0.8, "positions": [{"position": "new-quay", "stance": "supports"},'
    ' {"position": "no-quay", "stance": "opposes"}]}\n'
    '{"article": "answer.txt", "content": ["The quay is a waste of money,"], "actor": "Ann Lee",'
    ' "quote": "direct", "said": "2010-04-23", "confidence": 0.7,'
    ' "positions": [{"position": "no-quay", "stance": "supports", "confidence": 0.7}]}\n'
)


@pytest.fixture
def folder(small_project) -> Path:
    """The project, with a graph of three statements that a tool read."""
    (small_project / "codebook.csv").write_text(CODEBOOK, encoding="utf-8")
    (small_project / "statements.jsonl").write_text(LINES, encoding="utf-8")
    Project.open(small_project).load(software="reader")
    return small_project


@pytest.fixture
def project(folder) -> Project:
    return Project.open(folder)


@pytest.fixture
def changes(project):
    return project.codebook_changes("Ida", "for a test")


def statement_of(project: Project, words: str) -> str:
    """IRI of the statement with some words in its claim."""
    with project.reading() as store:
        rows = store.query(
            "SELECT ?s ?c WHERE { ?s a st:Statement ; st:claim/rdfs:label ?c } ORDER BY ?s", check=False
        )
        return next(row["s"].value for row in rows if words in row["c"].value)


def stances(project: Project) -> set[tuple[str, str, str]]:
    """Who is for or against what, in force: the words' beginning, the position's slug, the side."""
    with project.reading() as store:
        rows = store.query(
            "SELECT ?c ?n ?p WHERE { ?s a st:Stance ; st:claim/rdfs:label ?c ; st:polarity ?p ;"
            " st:position/skos:notation ?n }",
            check=False,
        )
        return {(row["c"].value[:12], row["n"].value, row["p"].value.rsplit("#")[-1]) for row in rows}


def decide(project: Project, words: str, position: str, stance: str, coder: str = "Ida"):
    """A person says where a statement stands."""
    desk = project.desk(coder)
    case = desk.case(statement_of(project, words))
    return desk.change(case, with_stance(case.record, project.codebook, position, stance))


def status_of(project: Project, words: str) -> set[str]:
    """Status of the stances of a statement."""
    iri = node(statement_of(project, words))
    with project.reading() as store:
        graph = node(project.iris.current_graph)
        found = store.view.quads_for_pattern(None, ST.statement, iri, graph)
        return {
            quad.object.value.rsplit("#")[-1]
            for one in found
            for quad in store.view.quads_for_pattern(one.subject, ST.status, None, graph)
        }

"""Decisions for the tests of kg.build: what a person makes of a statement that is in force."""

from kg.build.change import Change
from kg.build.decisions import Decision, decision_quads, next_sequence
from kg.build.records import Recorder
from kg.build.terms import node
from tests.build.field import CODEBOOK, IRIS, REGISTER


def record_in(view, deriver, iri):
    """The record of a statement in force, and its article."""
    key = iri.rsplit("/", 1)[-1].split(".")[0]
    found = deriver.effective(view, key)
    nodes = found.statements[node(iri)]
    return Recorder(nodes, REGISTER, CODEBOOK).record(node(iri)), found.article.value


def decision_change(view, deriver, iri, becomes, time, *, action="change", coder="Jo Coder", **more):
    """The change that a decision makes: `becomes` takes the record and gives the new ones."""
    seen, article = record_in(view, deriver, iri)
    decision = Decision(
        next_sequence(view, IRIS), coder, time, action, article, iri, seen, tuple(becomes(seen)), **more
    )
    return deriver.coding(view, Change(add=frozenset(decision_quads(decision, IRIS))))


def revoking(view, deriver, decision, time, coder="Jo Coder"):
    """The change of taking a decision back."""
    made = Decision(
        next_sequence(view, IRIS),
        coder,
        time,
        "revoke",
        decision.article,
        decision.target,
        revokes=decision.id,
    )
    return deriver.coding(view, Change(add=frozenset(decision_quads(made, IRIS))))

"""What the ontology says that can be checked node by node: who is of which class, and what excludes what.

HermiT tells that there is a contradiction, not where. Most contradictions in data are of two kinds, found
here by looking at each node alone: a node of two classes that exclude each other, and a node with two values
where one is allowed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.model.vocabulary import OWL, RDF, RDFS

_Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A node that cannot be what it is said to be.

    Attributes:
        node: IRI of the node.
        label: The node's label, if it has one.
        message: What excludes what, and from which statements it follows.
    """

    node: str
    label: str | None
    message: str

    def to_json(self) -> dict[str, str | None]:
        """The contradiction as a JSON object."""
        return {"node": self.node, "label": self.label, "message": self.message}


class Axioms:
    """The part of an ontology that is needed to judge a node by itself."""

    def __init__(self, ontology: Iterable[Triple]) -> None:
        """Index the ontology's axioms on classes and properties."""
        self._objects: dict[tuple[_Term, str], list[_Term]] = defaultdict(list)
        triples = list(ontology)
        for triple in triples:
            self._objects[(triple.subject, triple.predicate.value)].append(triple.object)
        self.classes = {t.subject for t in triples if t.object == NamedNode(OWL + "Class")}
        self.properties = {t.subject for t in triples if t.object in _PROPERTY_CLASSES}
        self._functional = {t.subject for t in triples if t.object == NamedNode(OWL + "FunctionalProperty")}
        self._disjoint: set[frozenset[_Term]] = set()
        self._different: set[frozenset[_Term]] = set()
        for triple in triples:
            if triple.predicate.value == OWL + "disjointWith":
                self._disjoint.add(frozenset((triple.subject, triple.object)))
            elif triple.predicate.value == OWL + "members":
                self._disjoint |= _pairs(self._list(triple.object))
            elif triple.predicate.value == OWL + "distinctMembers":
                self._different |= _pairs(self._list(triple.object))

    def contradictions(self, data: Iterable[Triple]) -> list[Contradiction]:
        """Nodes of data that contradict the ontology, sorted by IRI."""
        labels: dict[_Term, str] = {}
        why: dict[_Term, dict[_Term, str]] = defaultdict(dict)
        values: dict[tuple[_Term, NamedNode], set[_Term]] = defaultdict(set)
        for triple in data:
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            if predicate.value == RDF + "type":
                self._note(why[subject], value, "it is said to be one")
            elif predicate.value == RDFS + "label" and isinstance(value, Literal):
                labels.setdefault(subject, value.value)
            for above in self._upwards(predicate, RDFS + "subPropertyOf"):
                short = self.label(predicate)
                for domain in self._objects.get((above, RDFS + "domain"), ()):
                    self._note(why[subject], domain, f"it has '{short}'")
                if not isinstance(value, Literal):
                    for target in self._objects.get((above, RDFS + "range"), ()):
                        self._note(why[value], target, f"it is the '{short}' of another node")
            if predicate in self._functional:
                values[(subject, predicate)].add(value)
        found = [
            Contradiction(node.value, labels.get(node), message)
            for node, reasons in why.items()
            if isinstance(node, NamedNode)
            for message in self._clashes(reasons)
        ]
        for (node, prop), several in values.items():
            if isinstance(node, NamedNode) and self._different & _pairs(list(several)):
                named = " and ".join(sorted(self.label(value) for value in several))
                message = f"it has one '{self.label(prop)}' only, and is given {named}"
                found.append(Contradiction(node.value, labels.get(node), message))
        return sorted(found, key=lambda c: (c.node, c.message))

    def label(self, term: _Term) -> str:
        """The label that the ontology gives a term, or the end of its IRI."""
        for value in self._objects.get((term, RDFS + "label"), ()):
            if isinstance(value, Literal):
                return value.value
        text = str(term) if isinstance(term, Triple) else term.value
        return text.replace("#", "/").rpartition("/")[2]

    def _note(self, reasons: dict[_Term, str], stated: _Term, reason: str) -> None:
        for above in self._upwards(stated, RDFS + "subClassOf"):
            reasons.setdefault(above, reason)

    def _clashes(self, reasons: dict[_Term, str]) -> list[str]:
        messages = []
        for pair in self._disjoint:
            if pair <= reasons.keys() and len(pair) == 2:
                first, second = sorted(pair, key=self.label)
                messages.append(
                    f"it cannot be both {self.label(first)} ({reasons[first]}) "
                    f"and {self.label(second)} ({reasons[second]})"
                )
        return sorted(messages)

    def _upwards(self, term: _Term, relation: str) -> list[_Term]:
        found: list[_Term] = [term]
        waiting: list[_Term] = [term]
        while waiting:
            for above in self._objects.get((waiting.pop(), relation), ()):
                if above not in found:
                    found.append(above)
                    waiting.append(above)
        return found

    def _list(self, head: _Term) -> list[_Term]:
        members: list[_Term] = []
        seen: set[_Term] = set()
        while head not in seen and (first := self._objects.get((head, RDF + "first"))):
            seen.add(head)
            members.append(first[0])
            head = next(iter(self._objects.get((head, RDF + "rest"), ())), head)
        return members


def _pairs(members: Sequence[_Term]) -> set[frozenset[_Term]]:
    return {frozenset((a, b)) for n, a in enumerate(members) for b in members[n + 1 :] if a != b}


_PROPERTY_CLASSES = {
    NamedNode(OWL + "ObjectProperty"),
    NamedNode(OWL + "DatatypeProperty"),
    NamedNode(OWL + "AnnotationProperty"),
}

__all__ = ["Axioms", "Contradiction"]

"""What sort of actor a loaded name is that the register lacks: a person, an organisation or a state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.build.actors import folded
from kg.build.change import GraphView
from kg.build.register_graph import actor_class
from kg.build.terms import RDF, node
from kg.link.countries import is_state_name
from kg.link.genders import is_given_name
from kg.link.newcomers import is_house_name
from kg.model.iris import Iris
from kg.model.statement import KINDS, ActorKind, LoadedStatement


class NewcomerKinds:
    """Decides by what the lines say of an actor, then by the name, then by what the graph has.

    A line says it by the actor's `kind`, or by having others speak for the actor: that is a state or an
    organisation. All that tells nothing is taken for a person.

    Args:
        lines: All lines that are loaded together, so that one name is one sort of actor in all of them.
        known: Sorts by folded name, from a graph, as from `kinds_in_graph`.
    """

    def __init__(
        self, lines: Iterable[LoadedStatement], known: Mapping[str, ActorKind] | None = None
    ) -> None:
        """Gather what the lines say."""
        self._said: dict[str, ActorKind] = {}
        self._known = known or {}
        for line in sorted(lines, key=lambda line: line.actor_kind is None):
            if line.actor_label and line.actor_kind:
                self._said.setdefault(folded(line.actor_label), line.actor_kind)
            for house in (line.affiliation, line.on_behalf_of):
                # "On behalf of Ann Lee" says her lawyer.
                if house and (house == line.affiliation or not is_given_name(house)):
                    self._said.setdefault(folded(house), "state" if is_state_name(house) else "organization")

    def of(self, name: str) -> ActorKind:
        """The sort of actor of that name."""
        key = folded(name)
        if key in self._said:
            return self._said[key]
        if is_state_name(name):
            return "state"
        return "organization" if is_house_name(name) else self._known.get(key, "person")


def names_in(lines: Iterable[LoadedStatement]) -> set[str]:
    """The names of all actors in loaded lines, white space apart as they stand there."""
    names = (
        name
        for line in lines
        for name in (line.actor_label, line.affiliation, line.on_behalf_of, *line.joint)
    )
    return {" ".join(name.split()) for name in names if name}


def kinds_in_graph(view: GraphView, names: Iterable[str], iris: Iris) -> dict[str, ActorKind]:
    """What the derived graph says of actors whom the register lacks, by their folded names."""
    kinds = {actor_class(kind): kind for kind in KINDS}
    graph = node(iris.current_graph)
    return {
        folded(name): kinds[quad.object]  # type: ignore[index]
        for name in names
        for quad in view.quads_for_pattern(node(iris.actor(name)), RDF.type, None, graph)
        if quad.object in kinds
    }


__all__ = ["NewcomerKinds", "kinds_in_graph", "names_in"]

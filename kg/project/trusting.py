"""What a random sample says of the readings behind an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.query.canned import find_query
from kg.query.entities import Catalogue
from kg.query.run import on_oxigraph
from kg.review.trust import trust_of
from kg.review.trust_text import trust_sentences

if TYPE_CHECKING:
    from kg.project.project import Project


def trust_in_answer(project: Project, name: str, values: Mapping[str, str | Sequence[str]]) -> list[str]:
    """What the latest random sample says of the whole, and of what a question is about; nothing without one.

    Args:
        project: The project.
        name: Name of the canned query.
        values: Its parameters as for `Project.query`: outlets, actors and positions among them are told of.

    Raises:
        UsageError: There is no such query, or a name means nothing.
    """
    with project.reading() as store:
        found = trust_of(store.view, project.iris)
        if found is None or not found.tells:
            return []
        catalogue = Catalogue(on_oxigraph(store.view, project.iris.current_graph))
        about: list[str] = []
        for parameter in find_query(name, project.query_folders()).parameters:
            given = values.get(parameter.name, ())
            if parameter.type == "iri" and not parameter.choices:
                names = [given] if isinstance(given, str) else given
                about += [catalogue.resolve(one, parameter.classes) for one in names if one != "any"]
        return trust_sentences(found, about)


__all__ = ["trust_in_answer"]

"""Which statements a person wants to look at, by names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.query.entities import Catalogue
from kg.query.run import on_oxigraph
from kg.review.cases import article_named
from kg.review.edits import position_named
from kg.review.queue import Selection

if TYPE_CHECKING:
    from kg.project.project import Project

_ACTORS = ("foaf:Person", "org:Organization", "schema:Country", "st:UnnamedSource")
_OUTLETS = ("schema:NewsMediaOrganization",)


def selection(
    project: Project,
    *,
    article: str | None = None,
    outlet: str | None = None,
    actor: str | None = None,
    position: str | None = None,
    everything: bool = False,
    disputed: bool = False,
) -> Selection:
    """The statements of an article, an outlet, an actor with all that belongs to it, or on a position.

    Args:
        project: The project.
        article: File name, title or IRI.
        outlet: Name or IRI.
        actor: Name, alias or IRI.
        position: Slug or label.
        everything: Also what was decided or struck out.
        disputed: Only what coders decided differently on.

    Raises:
        UsageError: A name means nothing, or several things.
    """
    slug = position_named(project.codebook, position) if position else None
    with project.reading() as store:
        names = Catalogue(on_oxigraph(store.view, project.iris.current_graph))
        return Selection(
            article=article_named(store, article) if article else None,
            outlet=names.resolve(outlet, _OUTLETS) if outlet else None,
            actor=names.resolve(actor, _ACTORS) if actor else None,
            position=project.codebook.position_by_slug[slug].id if slug else None,
            everything=everything,
            disputed=disputed,
        )


__all__ = ["selection"]

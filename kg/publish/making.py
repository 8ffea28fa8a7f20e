"""Makes a release: from the project's graph to a folder that is whole or not there."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.model.errors import KgError, StoreError
from kg.model.vocabulary import PROV
from kg.pages import Link, Site, assets
from kg.publish.difference import Difference, differing
from kg.publish.dumps import Census, subjects_of, write_dumps
from kg.publish.extras import write_extras
from kg.publish.facts import counts_of, read_facts
from kg.publish.folder import ReleaseFiles, Workshop
from kg.publish.forgetting import NOTHING, Changes, articles_in, keys_of
from kg.publish.node_files import NodeFiles, below_base
from kg.publish.place import Wishes, check_wishes, release_before
from kg.publish.published import published_quads
from kg.publish.release import WITHDRAWN, Earlier, Release, read_release, triple_lines
from kg.publish.tombstones import carried_over, read_tombstones, tombstone
from kg.publish.wording import Style, in_words
from kg.review.trust import Trust, trust_of
from kg.store.embedded import Store
from kg.validate.report import ValidationReport
from kg.validate.shapes import validate_graph

if TYPE_CHECKING:
    from kg.project import Project

OnStep = Callable[[str, int | None], Callable[[int], None]]
"""Told of each step, with the number of things to do if known; gives what is told of those done."""

_TOLD_IN_CHANGES = 200
"""Nodes of a kind and change that `CHANGES.md` tells one by one."""


class DoesNotConformError(KgError):
    """The graph breaks its shapes (exit code 1)."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Published:
    """A release that was made.

    Attributes:
        release: What it says of itself.
        folder: Where it is.
        files: Number of its files.
        difference: What changed since the release before; None for the first one.
        validation: How it was checked.
    """

    release: Release
    folder: Path
    files: int
    difference: Difference | None
    validation: ValidationReport


def _silent(step: str, total: int | None) -> Callable[[int], None]:
    """Tell nobody."""
    return lambda done: None


def publish(project: Project, place: Path, wishes: Wishes, on_step: OnStep = _silent) -> Published:
    """Make a release of a project's graph.

    It is made beside its place and put there when it is whole. The same graph, wishes and earlier release
    give the same bytes.

    Args:
        project: The project.
        place: The folder; it does not exist, is empty, or holds an earlier release.
        wishes: What is asked of it.
        on_step: Told what is being done.

    Raises:
        UsageError: The place, the number, the date or the limit will not do.
        DoesNotConformError: The graph breaks its shapes.
        StoreError: There is no graph, or the folder cannot be written.
        InputError: The release before cannot be read.
    """
    base = project.settings.base
    check_wishes(wishes, base)
    with Workshop(place) as workshop:
        before = release_before(workshop.place, wishes, base)
        with project.reading() as source:
            if not any(source.graph(project.iris.current_graph)):
                raise StoreError("the graph is empty", where=source.folder, hint="run 'kg build' first")
            on_step("taking out what is published", None)
            copy = Store.open(workshop.store, base=base)
            quads = published_quads(
                source.view, project.iris, limit=wishes.quote_limit, full_texts=wishes.full_texts
            )
            copy.view.bulk_extend(quads)
            trust = trust_of(source.view, project.iris)
        with copy:
            made = _Making(project, copy, workshop, wishes, before, trust, on_step).make()
        workshop.put_in_place()
    return made


class _Making:
    """One release in the making."""

    def __init__(
        self,
        project: Project,
        store: Store,
        workshop: Workshop,
        wishes: Wishes,
        before: Path | None,
        trust: Trust | None,
        on_step: OnStep,
    ) -> None:
        self._project, self._store, self._workshop = project, store, workshop
        self._wishes, self._before, self._trust, self._on_step = wishes, before, trust, on_step
        self._base, self._graph = project.settings.base, project.iris.current_graph
        self._previous = read_release(before) if before else None

    def make(self) -> Published:
        """Write all files."""
        step = self._on_step
        step("checking it against the shapes", None)
        validation = self._validated()
        files = ReleaseFiles(self._workshop.site)
        subjects = subjects_of(self._store.view, self._graph)
        told = step("writing the dumps", len(subjects))
        census = write_dumps(self._store.view, self._graph, subjects, files, self._base, told)
        release = self._release(census)
        step("comparing it with the release before" if self._before else "writing the changes", None)
        difference = self._write_changes(files, release, set(subjects))
        settings = self._project.settings
        view, trust = self._store.view, self._trust
        facts = read_facts(view, self._graph, release, settings.publishing, census, trust)
        site = Site(
            self._store.view,
            self._project.iris,
            title=release.title,
            release=release.release,
            full_texts=release.full_texts,
            links=[Link("This release", "dataset.html")],
            query_folders=self._project.query_folders(),
            trust=trust,
        )
        for path, content in assets().items():
            files.write(path, content)
        nodes = NodeFiles(site, files)
        nodes.write_pages(step("writing the pages", len(site.pages())))
        every = [*subjects, *below_base(census.mentioned, self._base)]
        nodes.write_nodes(every, step("writing the data of each node", len(every)))
        step("writing what goes with it", None)
        nodes.write_tombstones(self._tombstones)
        nodes.write_addresses()
        write_extras(files, site, facts, validation, settings.publishing.host)
        files.write_checksums()
        return Published(release, self._workshop.place, len(files), difference, validation)

    def _validated(self) -> ValidationReport:
        report = validate_graph(self._store.graph(self._graph), engine="rust")
        if not report.conforms:
            first = report.violations[0]
            raise DoesNotConformError(
                f"the graph has {len(report.violations)} violations, the first: {first.message}",
                where=first.label or first.focus,
                hint="'kg validate' shows them all; mend them first",
            )
        return report

    def _release(self, census: Census) -> Release:
        settings = self._project.settings
        previous = self._previous
        earlier = (Earlier(previous.release, previous.date), *previous.earlier) if previous else ()
        return Release(
            release=self._wishes.release,
            date=self._date(),
            base=self._base,
            title=settings.title,
            earlier=earlier,
            counts=counts_of(census),
            quote_limit=self._wishes.quote_limit,
            full_texts=self._wishes.full_texts,
            license=settings.publishing.license,
        )

    def _date(self) -> str:
        """The day that was asked for or fixed; else that of the newest coding or of the release before."""
        if self._wishes.date:
            return self._wishes.date
        if os.environ.get("SOURCE_DATE_EPOCH", "").isdecimal():
            return self._project.now().date().isoformat()
        times = (
            quad.object.value[:10]
            for quad in self._store.view.quads_for_pattern(None, _ENDED, None, ox.NamedNode(self._graph))
            if isinstance(quad.object, ox.Literal)
        )
        newest = max(times, default="1970-01-01")
        return max(newest, self._previous.date) if self._previous else newest

    # What changed.

    def _write_changes(self, files: ReleaseFiles, release: Release, known: set[str]) -> Difference | None:
        new = self._workshop.site
        time = f"{release.date}T00:00:00Z"
        if self._before is None:
            self._tombstones: dict[str, str] = {}
            with files.compressed("added.nt.gz") as added:
                for line in triple_lines(new):
                    added.write(f"{line}\n".encode())
            with files.compressed("removed.nt.gz"):
                pass
            files.write("forget.ru", NOTHING)
            first = Difference(added=release.counts["triples"])
            files.write("CHANGES.md", in_words(None, release, first, Style(markdown=True)))
            self._write_withdrawn(files)
            return None
        before = self._before
        articles = keys_of(articles_in(triple_lines(before)) - known)
        difference = Difference()
        with files.compressed("added.nt.gz") as added, files.compressed("removed.nt.gz") as removed:
            changes = Changes(
                articles,
                lambda line: added.write(f"{line}\n".encode()),
                lambda line: removed.write(f"{line}\n".encode()),
            )
            for pair in differing(triple_lines(before), triple_lines(new)):
                changes.take_in(pair)
                difference.take_in(pair)
        difference.look_up_names(lambda: triple_lines(before), lambda: triple_lines(new))
        files.write("forget.ru", changes.forget())
        style = Style(limit=_TOLD_IN_CHANGES, silent=True, markdown=True)
        files.write("CHANGES.md", in_words(self._previous, release, difference, style))
        gone = [one for one in difference.nodes if one.change == "withdrawn"]
        self._tombstones = carried_over(read_tombstones(before / WITHDRAWN), gone, known, self._base, time)
        self._write_withdrawn(files)
        return difference

    def _write_withdrawn(self, files: ReleaseFiles) -> None:
        with files.compressed(WITHDRAWN) as file:
            for iri, time in self._tombstones.items():
                for triple in tombstone(iri, time):
                    file.write(f"{triple} .\n".encode())


_ENDED = ox.NamedNode(PROV + "endedAtTime")

__all__ = ["DoesNotConformError", "OnStep", "Published", "publish"]

"""A project: a folder with a register, a codebook and articles, and the graph that is made of them."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.model.codebook import Codebook
from kg.model.errors import UsageError
from kg.model.iris import Iris, person_name
from kg.model.reading_settings import check_threshold
from kg.model.register import Register
from kg.model.settings import Settings, project_settings

if TYPE_CHECKING:
    from kg.attribute.extractors import AttributionReader
    from kg.extract import Extractor
    from kg.ingest.metadata import Metadata
    from kg.project.codebook_changes import CodebookChanges
    from kg.project.exporting import ExportFormat
    from kg.project.looking import ActorEntry, ArticleEntry, Stats
    from kg.project.reports import ArticleOutcome, BuildReport
    from kg.query.results import Result
    from kg.review.agreement import Agreement
    from kg.review.cases import Field
    from kg.review.decisions import Desk
    from kg.review.trust import Trust
    from kg.search.finding import Found
    from kg.search.searcher import Searcher
    from kg.store.embedded import Store
    from kg.validate.engines import Engine
    from kg.validate.report import ValidationReport

Tell = Callable[[str], None]


def _silent(message: str) -> None:
    """Tell nobody."""


class Project:
    """What one does with a project; the commands call these methods and print what they return.

    Methods that read open the graph for reading, so that they never wait for a writer; methods that write
    hold it alone while they run. Modules are imported when they are needed: asking a question loads no
    language model.
    """

    def __init__(self, settings: Settings, tell: Tell = _silent) -> None:
        """Use these settings.

        Args:
            settings: Where everything is.
            tell: Called with a line for the person who waits.
        """
        self.settings = settings
        self.iris = Iris(settings.base)
        self.tell = tell

    @classmethod
    def open(
        cls,
        folder: Path | str | None = None,
        *,
        register: Path | None = None,
        codebook: Path | None = None,
        store: Path | None = None,
        extractor: str | None = None,
        threshold: float | None = None,
        tell: Tell = _silent,
    ) -> Project:
        """The project that a folder lies in; outside of any project, the bundled example.

        Args:
            folder: A folder; the current one unless told.
            register: A register in place of the project's.
            codebook: A codebook in place of the project's.
            store: A folder for the graph in place of the project's.
            extractor: Name of an extractor in place of the project's; `kg extract --help` lists them.
            threshold: Leave out statements of less confidence than this, in place of the project's.
            tell: Called with a line for the person who waits.

        Raises:
            InputError: The project's `kg.toml` is wrong.
            UsageError: The threshold is no number from 0 to 1.
        """
        settings = project_settings(Path(folder) if folder is not None else None)
        reading = settings.reading
        chosen = replace(
            settings,
            register=register or settings.register,
            codebook=codebook or settings.codebook,
            store=store or settings.store,
            reading=replace(
                reading,
                extractor=extractor or reading.extractor,
                threshold=reading.threshold if threshold is None else check_threshold(threshold),
            ),
        )
        return cls(chosen, tell)

    # What the project is made of.

    @cached_property
    def register(self) -> Register:
        """The actors.

        Raises:
            InputError: The register cannot be read.
        """
        from kg.ingest.register import read_register

        return read_register(self.settings.register, self.iris)

    @cached_property
    def codebook(self) -> Codebook:
        """The topics and positions.

        Raises:
            InputError: The codebook cannot be read.
        """
        from kg.ingest.codebook import read_codebook
        from kg.project.journal import finish

        finish(self)
        return read_codebook(self.settings.codebook, self.iris)

    @cached_property
    def reader(self) -> AttributionReader:
        """What finds attributions in articles, as the settings name it; nothing is loaded yet.

        Raises:
            UsageError: There is no such extractor, or a setting that it needs is missing.
        """
        from kg.attribute.extractors import open_reader

        return open_reader(self.settings.reading, self.tell)

    def extractor(self, codebook: Codebook | None = None) -> Extractor:
        """A reader of articles with the project's register, and its codebook or another; it needs no graph.

        Raises:
            UsageError: There is no such extractor, or a setting that it needs is missing.
        """
        from kg.extract import Extractor

        codebook = self.codebook if codebook is None else codebook
        return Extractor(self.register, codebook, self.iris, self.reader, self.settings.reading)

    def now(self) -> datetime.datetime:
        """The time that codings of this run carry, in UTC; `SOURCE_DATE_EPOCH` fixes it for like runs."""
        fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
        moment = (
            datetime.datetime.fromtimestamp(int(fixed), datetime.UTC)
            if fixed.isdecimal()
            else datetime.datetime.now(datetime.UTC)
        )
        return moment.replace(microsecond=0)

    # The graph.

    def writing(self) -> Store:
        """The graph, to write to; a `with` block closes it.

        Raises:
            StoreError: Another process writes, or the folder is no graph of this project.
        """
        from kg.project.journal import finish
        from kg.store.embedded import Store

        finish(self)
        return Store.open(self.settings.store, base=self.settings.base)

    def reading(self) -> Store:
        """The graph, to read; that of the bundled example is built first if it is not there.

        Raises:
            StoreError: There is no graph yet.
        """
        from kg.project.journal import finish_if_nobody_writes
        from kg.store.embedded import Store

        finish_if_nobody_writes(self)
        path, base = self.settings.store, self.settings.base
        if self.settings.bundled and not path.exists():
            self.tell(f"building the graph of the example in {path} first")
            self.build()
        store = Store.open(path, base=base, read_only=True)
        if self.settings.bundled and not any(store.graph(self.iris.current_graph)):
            # An earlier command made the graph and then had nothing to write.
            store.close()
            self.build()
            store = Store.open(path, base=base, read_only=True)
        return store

    def build(
        self,
        paths: Sequence[Path | str] | None = None,
        *,
        metadata: Metadata | None = None,
        again: bool = False,
        on_outcome: Callable[[ArticleOutcome], None] | None = None,
    ) -> BuildReport:
        """Read articles into the graph; see `kg.project.building.build`."""
        from kg.project.building import build

        return build(self, paths, metadata=metadata, again=again, on_outcome=on_outcome)

    def load(
        self,
        files: Sequence[Path] | None = None,
        *,
        articles: Sequence[Path] | None = None,
        coder: str | None = None,
        software: str | None = None,
        software_version: str | None = None,
    ) -> BuildReport:
        """Take statements of any hand or tool into the graph; see `kg.project.loading.load`."""
        from kg.project.loading import load

        return load(
            self, files, articles=articles, coder=coder, software=software, software_version=software_version
        )

    def remove(self, article: str) -> None:
        """Take an article out of the graph, with all that was read or coded in it.

        Args:
            article: File name, title, digest or IRI.

        Raises:
            UsageError: There is no such article, or the name fits several.
        """
        from kg.project.building import remove

        remove(self, self.article(article))

    # Looking and mending.

    def articles(self) -> list[ArticleEntry]:
        """The articles of the graph, by date of publication."""
        from kg.project.looking import article_entries

        with self.reading() as store:
            return article_entries(store)

    def article(self, name: str) -> ArticleEntry:
        """One article, by file name, title, digest (at least six digits) or IRI.

        Raises:
            UsageError: There is no such article, or the name fits several.
        """
        from kg.project.looking import find_article

        return find_article(self.articles(), name)

    def mend_article(self, name: str, metadata: Metadata) -> ArticleOutcome:
        """Read an article again with other metadata.

        Raises:
            UsageError: There is no such article, or the date is none.
        """
        from kg.project.building import mend

        return mend(self, self.article(name), metadata)

    def actors(self, *, new: bool = False) -> list[ActorEntry]:
        """Who speaks in the graph, most often first; with `new` only those whom the register lacks."""
        from kg.project.looking import actor_entries

        with self.reading() as store:
            return [entry for entry in actor_entries(store) if entry.new or not new]

    def add_actor(self, name: str, **row: str | None) -> Path:
        """Add a line to the register; see `kg.project.mending.add_actor`."""
        from kg.project.mending import add_actor

        return add_actor(self, name, row)

    def add_alias(self, name: str, alias: str) -> Path:
        """Add another name of an actor to the register; see `kg.project.mending.add_alias`."""
        from kg.project.mending import add_alias

        return add_alias(self, name, alias)

    @cached_property
    def material(self) -> Field:
        """Register, codebook and names."""
        from kg.review.cases import Field

        return Field(self.register, self.codebook, self.iris)

    def desk(self, coder: str, *, blind: bool = False, adjudicates: bool = False) -> Desk:
        """Where a person decides on statements; see `kg.review.decisions`, `Coder` for the arguments."""
        from kg.build.coding import checked_person
        from kg.review.decisions import Coder, Desk

        who = Coder(checked_person(coder), blind, adjudicates)
        return Desk(who, self.material, self.reading, self.writing, self.now)

    def codebook_changes(self, by: str, why: str = "") -> CodebookChanges:
        """Where a person changes the codebook; see `kg.project.codebook_changes.CodebookChanges`."""
        from kg.project.codebook_changes import CodebookChanges

        return CodebookChanges(self, by, why)

    def agreement(self, *, coders: Sequence[str] = (), machine: bool = True) -> Agreement:
        """How far people, these or all, agree with each other and the machine; see `kg.review.agreement`."""
        from kg.review.agreement import agreement

        with self.reading() as store:
            return agreement(
                store, self.material, coders=[person_name(one) for one in coders], machine=machine
            )

    def trust(self) -> Trust | None:
        """What the latest random sample says of the reading; None without one. See `kg.review.trust`."""
        from kg.review.trust import trust_of

        with self.reading() as store:
            return trust_of(store.view, self.iris)

    def stats(self, *, by: Literal["utterance", "statement"] = "utterance") -> Stats:
        """Counts of what the graph holds: all reports of one speech act make one stance, or each of them."""
        from kg.project.looking import stats

        with self.reading() as store:
            return stats(store, by=by)

    # Asking.

    def query_folders(self) -> list[Path]:
        """Where canned queries are looked for: the project's folder `queries`, then kg's own."""
        from kg.query.canned import query_folders

        return query_folders(self.settings.folder)

    def query(
        self,
        name: str,
        values: Mapping[str, str | Sequence[str]] | None = None,
        **more: str | Sequence[str],
    ) -> Result:
        """Answer a canned query.

        Args:
            name: Name of the query.
            values: Its parameters by name: labels, aliases, IRIs, dates; several values mean any of them.
            more: The same as keywords.

        Raises:
            UsageError: There is no such query or parameter, or a value does not fit.
        """
        from kg.query.canned import find_query
        from kg.query.run import on_oxigraph, run

        query = find_query(name, self.query_folders())
        with self.reading() as store:
            return run(query, {**(values or {}), **more}, on_oxigraph(store.view, self.iris.current_graph))

    def bound(self, name: str, values: Mapping[str, str | Sequence[str]]) -> str:
        """The SPARQL of a canned query with its values in place."""
        from kg.query.canned import find_query
        from kg.query.entities import Catalogue
        from kg.query.run import on_oxigraph

        query = find_query(name, self.query_folders())
        with self.reading() as store:
            return query.bind(values, Catalogue(on_oxigraph(store.view, self.iris.current_graph)).resolve)

    def sparql(self, text: str, *, union: bool = False, timeout: float | None = None) -> Result:
        """Answer a SPARQL query over what is in force.

        Args:
            text: The query; updates, SERVICE and files are refused.
            union: See all named graphs at once instead.
            timeout: Seconds after which the query is stopped; None for no limit.

        Raises:
            UsageError: The query is no SPARQL, or reaches out of the graph.
            StoreError: It took too long.
        """
        from kg.query.results import from_oxigraph

        with self.reading() as store:
            return from_oxigraph(store.query(text, graphs="union" if union else "current", timeout=timeout))

    def search(self, text: str, *, kinds: Sequence[str] = (), limit: int = 20) -> Found:
        """Find actors, topics, positions, outlets, articles, claims and quoted passages by their words.

        Args:
            text: Names or words, in any case, with or without marks, with small slips; "a phrase" as such.
            kinds: Only these kinds (`kg.search.documents.KINDS`); empty for all.
            limit: Number of hits at most.

        Raises:
            UsageError: There is no word in the text, it is too long, or a kind is unknown.
            StoreError: There is no graph yet.
        """
        return self.searcher.find(text, kinds=kinds, limit=limit)

    @cached_property
    def searcher(self) -> Searcher:
        """Searches the graph; keeps its index in the folder of the graph for the next time."""
        from kg.search.searcher import Searcher

        return Searcher(self.settings.store, self.reading)

    # Checking and giving away.

    def validate(self, files: Sequence[Path] = (), *, engine: Engine | None = None) -> ValidationReport:
        """Hold RDF files against the shapes, or the whole graph where no file is named.

        Args:
            files: Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD files, taken together.
            engine: `pyshacl` or `rust`; files are checked by the reference unless told otherwise.

        Raises:
            InputError: A file cannot be read.
        """
        from kg.store.rdf_files import read_rdf
        from kg.validate.shapes import validate_graph

        if files:
            return validate_graph(read_rdf(files), engine=engine or "pyshacl")
        with self.reading() as store:
            return validate_graph(store.graph(self.iris.current_graph), engine=engine or "rust")

    def export(self, format_: ExportFormat = "ttl", *, everything: bool = False, once: bool = False) -> bytes:
        """What is in force, as RDF or as a table of stances; the same graph gives the same bytes.

        Args:
            format_: `ttl`, `trig`, `nt`, `nq`, `jsonld`; or `csv`, `json` for the stances.
            everything: All named graphs with the articles' texts; needs `trig` or `nq`.
            once: In a table, one row for all reports of one utterance.

        Raises:
            UsageError: The format does not fit.
        """
        from kg.project.exporting import export

        if everything and format_ not in ("trig", "nq"):
            raise UsageError("everything needs a format with named graphs", hint="use trig or nq")
        return export(self, format_, everything=everything, once=once)

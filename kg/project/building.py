"""Articles into the graph: read, checked and written one by one, each as one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib import metadata as packages
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from kg.build.article_graph import article_quads, web_address
from kg.build.change import Change, Overlay, graph_quads
from kg.build.codebook_graph import codebook_quads
from kg.build.coding import NOT_READ, CodingAgent
from kg.build.current import Deriver
from kg.build.decisions import version_change
from kg.build.human import forgotten_change
from kg.build.nodes import Nodes
from kg.build.register_graph import register_quads
from kg.build.revisions import revision_quads
from kg.build.terms import PROV, RDF, RDFS, SCHEMA, ST, text
from kg.extract import reading_digest
from kg.ingest.articles import read_articles
from kg.ingest.metadata import Metadata
from kg.model.article import Article
from kg.model.errors import InputError, UsageError
from kg.model.iris import digest
from kg.project.reports import ArticleOutcome, BuildReport, Outcome
from kg.project.stored import stored_article
from kg.store.embedded import Store
from kg.store.folder import forget_meanings
from kg.validate.article import Context, validate_article

if TYPE_CHECKING:
    from kg.extract import Extractor
    from kg.project.looking import ArticleEntry
    from kg.project.project import Project

OnOutcome = Callable[[ArticleOutcome], None]
SOFTWARE = "kg"
DATE_PLACES = 'a line in articles.csv, or a file NAME.meta.toml with published = "2010-04-22"'
UNDATED = f"nothing dates it: give --published, {DATE_PLACES}"


def build(
    project: Project,
    paths: Sequence[Path | str] | None,
    *,
    metadata: Metadata | None = None,
    again: bool = False,
    on_outcome: OnOutcome | None = None,
) -> BuildReport:
    """Read articles into a project's graph.

    An article that is there already, read by the same software with the same register, codebook and metadata,
    is left as it is, so that an interrupted run goes on where it stopped. What people coded stays in force.

    Args:
        project: The project.
        paths: Files, folders or "-"; the project's folder of articles unless told.
        metadata: What a person says of all these articles; goes before what stands in them.
        again: Read also what is there already.
        on_outcome: Told of each article as it is done.

    Raises:
        KgError: Register or codebook are wrong, or the graph cannot be written; what was finished is kept.
    """
    outcomes: list[ArticleOutcome] = []

    def done(outcome: ArticleOutcome) -> None:
        outcomes.append(outcome)
        if on_outcome:
            on_outcome(outcome)

    def refused(error: InputError) -> None:
        message = f"{error.what}; {error.hint}" if error.hint else error.what
        done(ArticleOutcome(error.where or "input", "refused", message=message))

    _ = project.register, project.codebook  # read before the store is made: if wrong, none is left behind
    with project.writing() as store:
        builder = Builder(project, store, again=again)
        builder.take_in_files()
        try:
            for article in read_articles(
                paths or [project.settings.articles], overrides=metadata, on_error=refused
            ):
                done(builder.add(article))
        finally:
            builder.tell_account()
    return BuildReport(tuple(outcomes))


def remove(project: Project, entry: ArticleEntry) -> None:
    """Take an article out of the graph, with its text and all that was read or coded in it."""
    with project.writing() as store:
        builder = Builder(project, store)
        builder.take_in_files()
        builder.remove(entry.iri)
    forget_meanings(project.settings.store)


def mend(project: Project, entry: ArticleEntry, metadata: Metadata) -> ArticleOutcome:
    """Read an article of the graph again with other metadata."""
    checked = metadata.checked_option()
    known = {
        name: value
        for name in ("published", "publisher", "url", "title", "author", "language")
        if (value := getattr(checked, name)) is not None
    }
    with project.writing() as store:
        article = stored_article(store, entry.iri)
        if article is None:
            raise UsageError("the graph has no text of this article", where=entry.file)
        builder = Builder(project, store, again=True)
        builder.take_in_files()
        return builder.read(replace(article, dated_by="person", **known))


class Builder:
    """Adds articles to an open graph; register, codebook and models are loaded once."""

    def __init__(self, project: Project, store: Store, *, again: bool = False) -> None:
        """Prepare for one run, whose codings carry one time."""
        self._project = project
        self._store = store
        self._again = again
        self._iris = project.iris
        self._deriver = Deriver(project.register, project.codebook, project.iris)
        self._context = Context(
            [*register_quads(project.register, project.iris), *codebook_quads(project.codebook, project.iris)]
        )
        files = [repr(project.register), repr(project.codebook)]
        self.coding = CodingAgent(
            SOFTWARE,
            project.now(),
            version=packages.version("stance-graph"),
            model_digest=digest([reading_digest(project.reader, project.settings.reading), *files], 64),
            extractor=project.reader.label,
        )
        self._extractor: Extractor | None = None
        self._seen: dict[str, str] = {}

    def take_in_files(self) -> None:
        """Bring the graphs of register and codebook up to the files; derive all anew if they changed."""
        if self._deriver.files_change(self._store.view):
            self.derive_all()

    def derive_all(self) -> None:
        """Derive the graph `current` anew from the files, the articles and what people coded."""
        self._store.rewrite(self._deriver.anew(self._store.view))

    def add(self, article: Article) -> ArticleOutcome:
        """Read one article unless it is there already, or say why it cannot be."""
        article = self._with_what_is_known(article)
        if article.published is None:
            return ArticleOutcome(article.name, "put aside", message=UNDATED)
        if article.digest in self._seen:
            return ArticleOutcome(
                article.name, "unchanged", message=f"the same text as {self._seen[article.digest]}"
            )
        self._seen[article.digest] = article.name
        old = graph_quads(self._store.view, NamedNode(self._iris.article_graph(article.digest)))
        if old and not self._again:
            nodes = Nodes(old)
            reader = self._other_reader(nodes, article)
            if reader is not None:
                note = f"holds what {reader} read; --again reads it anew"
                return ArticleOutcome(article.name, "unchanged", *_counts(old), message=note)
            if self._is_current(nodes, article):
                return ArticleOutcome(article.name, "unchanged", *_counts(old))
        return self.read(article)

    def read(self, article: Article) -> ArticleOutcome:
        """Read one article and write what was found."""
        if self._extractor is None:
            self._project.tell("reading with the language models (loaded once) ...")
            self._extractor = self._project.extractor()
        dropped: list[str] = []
        try:
            statements = self._extractor.statements(article)
        except InputError as error:  # This article alone cannot be read.
            message = f"{error.what}; {error.hint}" if error.hint else error.what
            return ArticleOutcome(article.name, "refused", message=message)
        quads = article_quads(
            article,
            statements,
            self.coding,
            self._iris,
            self._project.codebook,
            register=self._project.register,
            on_drop=dropped.append,
        )
        return self._write(article, quads, dropped)

    def tell_account(self) -> None:
        """Tell the person who waits what reading has cost, where it cost anything but time."""
        account = self._project.reader.account() if self._extractor is not None else None
        if account:
            self._project.tell(account)

    def write_statements(self, article: Article, quads: list[Quad]) -> ArticleOutcome:
        """Write the named graph of an article that was made elsewhere."""
        return self._write(article, quads, [])

    def write_unread(self, article: Article) -> ArticleOutcome:
        """Write an article's text and metadata alone; the next `build` reads it."""
        nobody = replace(self.coding, model_digest=NOT_READ, extractor=None)
        return self._write(
            article, article_quads(article, (), nobody, self._iris, self._project.codebook), []
        )

    def _with_what_is_known(self, article: Article) -> Article:
        """The article with what a person set by hand, or the graph's date where it has none itself."""
        stored = stored_article(self._store, self._iris.article(article.digest))
        if stored is None:
            return article
        if stored.dated_by == "person":
            return replace(stored, name=article.name, boilerplate=article.boilerplate)
        if article.published is None:
            return replace(article, published=stored.published, dated_by=stored.dated_by)
        return article

    def _other_reader(self, nodes: Nodes, article: Article) -> str | None:
        """Name of another software whose reading the graph holds."""
        coding = nodes.node(NamedNode(self._iris.article(article.digest)), PROV.wasGeneratedBy)
        agent = nodes.node(coding, PROV.wasAssociatedWith) if coding else None
        if agent is None or agent.value == self._iris.software(SOFTWARE):
            return None
        return nodes.text(agent, RDFS.label)

    def write_coded(self, change: Change) -> None:
        """Write what people coded of an article that is in the graph."""
        self._store.write(self._deriver.coding(self._store.view, change))

    def remove(self, iri: str) -> None:
        """Remove an article with all that was read or coded in it."""
        view = self._store.view
        coded = self._deriver.coding(view, forgotten_change(view, iri, self._iris))
        self._store.write(coded.then(self._deriver.article(Overlay(view, coded), _key(iri), None)))

    def _write(self, article: Article, quads: list[Quad], notes: list[str]) -> ArticleOutcome:
        graph = NamedNode(self._iris.article_graph(article.digest))
        there = any(True for _ in self._store.view.quads_for_pattern(None, None, None, graph))
        outcome: Outcome = "replaced" if there else "read"
        report = validate_article(quads, self._context)
        if not report.conforms:
            first = report.violations[0]
            more = f" and {len(report.violations) - 1} more" if len(report.violations) > 1 else ""
            message = f"its graph breaks a shape: {first.label or first.focus}: {first.message}{more}"
            return ArticleOutcome(article.name, "refused", message=message)
        own, view = self._iris.article(article.digest), self._store.view
        earlier = self._earlier_version(article)
        change = version_change(view, own, earlier, self._iris)
        if earlier is not None:
            # First: statements that people decided on keep their IRIs in the new version.
            change = change.then(self._deriver.article(Overlay(view, change), _key(earlier), None))
            outcome, notes = "replaced", [*notes, "a new version of a text in the graph"]
        after = Overlay(view, change)
        quads = [*quads, *revision_quads(after, quads, own, self._iris)]
        change = change.then(self._deriver.article(after, article.digest, quads))
        self._store.write(change)
        return ArticleOutcome(article.name, outcome, *_counts(quads), message="; ".join(notes) or None)

    def _is_current(self, nodes: Nodes, article: Article) -> bool:
        """Whether the graph holds this reading: the same software, models, files and metadata."""
        subject = NamedNode(self._iris.article(article.digest))
        coding = nodes.node(subject, PROV.wasGeneratedBy)
        if coding is None or nodes.text(coding, ST.modelDigest) != self.coding.model_digest:
            return False
        bare = Nodes(article_quads(article, (), self.coding, self._iris, self._project.codebook))
        made = (PROV.wasGeneratedBy,)
        return {pair for pair in nodes.of(subject) if pair[0] not in made} == {
            pair for pair in bare.of(subject) if pair[0] not in made
        }

    def _earlier_version(self, article: Article) -> str | None:
        """IRI of an earlier text of the same article.

        It has the same web address or, where neither has one, the same file name, outlet and date.
        """
        view, current = self._store.view, NamedNode(self._iris.current_graph)
        if article.url:
            found = view.quads_for_pattern(None, SCHEMA.url, web_address(article.url), current)
        else:
            found = view.quads_for_pattern(None, ST.fileName, text(article.name), current)
        own = self._iris.article(article.digest)
        for quad in found:
            if isinstance(quad.subject, NamedNode) and quad.subject.value != own:
                other = stored_article(self._store, quad.subject.value)
                if other is not None and _identity(other) == _identity(article):
                    return quad.subject.value
        return None


def _key(iri: str) -> str:
    """The part of an article's IRI that comes from its digest."""
    return iri.rsplit("/", 1)[-1]


def _identity(article: Article) -> tuple[str | None, ...]:
    if article.url:
        return (article.url,)
    return (None, article.name, article.publisher, article.published)


def _counts(quads: Iterable[Quad]) -> tuple[int, int]:
    """Numbers of statements and of stances."""
    kinds = [quad.object for quad in quads if quad.predicate == RDF.type]
    return kinds.count(ST.Statement), kinds.count(ST.Stance)

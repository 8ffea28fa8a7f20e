"""Statements of any hand or tool into the graph: read, tied to their articles, then written."""

from __future__ import annotations

import getpass
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build.article_graph import article_quads
from kg.build.coding import CodingAgent, checked_person
from kg.build.decisions import article_log, settled
from kg.build.human import coded_before, coded_change
from kg.build.loaded import resolve_loaded
from kg.build.newcomer_kinds import NewcomerKinds, kinds_in_graph, names_in
from kg.build.terms import node
from kg.ingest.articles import read_articles
from kg.ingest.json_lines import read_json_lines
from kg.model.article import Article
from kg.model.codebook import Codebook
from kg.model.errors import InputError, UsageError
from kg.model.iris import Iris
from kg.model.statement import LoadedStatement, Statement, from_json, unknown_fields
from kg.project.building import DATE_PLACES, Builder
from kg.project.looking import article_entries
from kg.project.reports import ArticleOutcome, BuildReport
from kg.project.stored import stored_article

if TYPE_CHECKING:
    from kg.project.project import Project
    from kg.store.embedded import Store


def load(
    project: Project,
    files: Sequence[Path] | None,
    *,
    articles: Sequence[Path] | None = None,
    coder: str | None = None,
    software: str | None = None,
    software_version: str | None = None,
) -> BuildReport:
    """Take statements into a project's graph.

    All lines are read and tied to their articles before anything is written. A person's statements go into
    the graph of human codings, a tool's into the article's graph.

    Args:
        project: The project.
        files: JSON-lines files or "-"; the project's statements unless told.
        articles: Files or folders with the articles; the project's folder unless told. Articles that are in
            the graph need no file.
        coder: The person; whoever runs this unless `software` is given.
        software: The tool that made the statements, if no person did.
        software_version: Its version.

    Raises:
        UsageError: There is nothing to load, or the coder's name is none.
        InputError: A line is wrong, its words do not stand in its article, or nothing dates the article.
    """
    if not files:
        if project.settings.statements is None:
            raise UsageError("no statements to load", hint="name a JSON-lines file")
        files = [project.settings.statements]
    lines = _read_lines(project, files)
    if not lines:
        raise InputError("no statement in it", where=files[0])
    if software:
        coding = CodingAgent(
            software, project.now(), version=software_version or "unknown", model_digest=software
        )
    else:
        coder = checked_person(user_name() if coder is None else coder)
        coding = CodingAgent(coder, project.now(), "person")
    # Everything is resolved before the graph is opened for writing, so that a wrong line changes nothing.
    found = _articles_of(project, list(lines), articles)
    kinds = _kinds_of(project, [line for group in lines.values() for line in group.values()])
    resolved = [
        (
            found[name],
            resolve_loaded(
                list(group.values()),
                found[name],
                project.register,
                _as_named(project.codebook),
                project.iris,
                where=list(group),
                kinds=kinds,
            ),
        )
        for name, group in lines.items()
    ]
    with project.writing() as store:
        builder = Builder(project, store)
        builder.take_in_files()
        outcomes = [_write(project, store, builder, article, group, coding) for article, group in resolved]
    return BuildReport(tuple(outcomes))


def _as_named(codebook: Codebook) -> Codebook:
    """The codebook with the former positions that are one in force now among the others.

    What lines say on them is written as it stands and counts for today's, as all that was coded with them: so
    it is as before when the change is undone.
    """
    kept = {one.position.slug for one in codebook.former if codebook.in_force(one.position.slug, "supports")}
    return Codebook(
        codebook.topics,
        (*codebook.positions, *(one.position for one in codebook.former if one.position.slug in kept)),
        tuple(one for one in codebook.former if one.position.slug not in kept),
    )


def user_name() -> str:
    """Name of the account that this runs in, for what a person does without giving a name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown person"


def _write(
    project: Project,
    store: Store,
    builder: Builder,
    article: Article,
    statements: Sequence[Statement],
    coding: CodingAgent,
) -> ArticleOutcome:
    iris, codebook, register = project.iris, _as_named(project.codebook), project.register
    if not coding.is_person:
        quads = article_quads(article, statements, coding, iris, codebook, register=register)
        return builder.write_statements(article, quads)
    if stored_article(store, iris.article(article.digest)) is None:
        written = builder.write_unread(article)
        if written.outcome == "refused":
            return written
    earlier = coded_before(store.view, article, coding.name, iris)
    change = coded_change(store.view, article, statements, coding, iris, codebook, register=register)
    builder.write_coded(change)
    stances = sum(len(statement.positions) * (1 + len(statement.joint)) for statement in statements)
    notes = []
    if earlier:
        several = "statement" if earlier == 1 else "statements"
        notes.append(f"in place of {earlier} earlier {several} of {coding.name}")
    reviewed = _decided_before(store, article, statements, iris)
    if reviewed:
        notes.append(f"{reviewed} of them decided on in review, which goes before what is loaded")
    return ArticleOutcome(
        article.name,
        "replaced" if earlier else "read",
        len(statements),
        stances,
        "; ".join(notes) or None,
    )


def _decided_before(store: Store, article: Article, statements: Sequence[Statement], iris: Iris) -> int:
    """How many statements stand where somebody decided on one in review."""
    log = article_log(store.view, node(iris.article(article.digest)), iris)
    records = (one.record or one.decision.seen for one in settled(log, iris.statement("")).values())
    places = {(one["content"][0]["start"], one["content"][-1]["end"]) for one in records if one}
    return sum((one.content[0].start, one.content[-1].end) in places for one in statements)


def _read_lines(project: Project, files: Sequence[Path]) -> dict[str, dict[str, LoadedStatement]]:
    """The statements of all files by the name of their article and by file and line."""
    found: dict[str, dict[str, LoadedStatement]] = {}
    others: set[str] = set()
    for path in files:
        for where, record in read_json_lines(path):
            statement = from_json(record, where)
            found.setdefault(statement.article, {})[where] = statement
            others |= unknown_fields(record)
    if others:
        project.tell(f"passed over, as they are no fields of a statement: {', '.join(sorted(others))}")
    return found


def _kinds_of(project: Project, lines: Sequence[LoadedStatement]) -> NewcomerKinds:
    """What sort of actors those are whom the register lacks."""
    if not project.settings.store.exists():
        return NewcomerKinds(lines)
    with project.reading() as store:
        return NewcomerKinds(lines, kinds_in_graph(store.view, names_in(lines), project.iris))


def _articles_of(project: Project, names: Sequence[str], paths: Sequence[Path] | None) -> dict[str, Article]:
    """The articles that the statements name: from the graph, else from files."""
    found: dict[str, Article] = {}
    if paths is None and project.settings.store.exists():
        with project.reading() as store:
            entries = {entry.file: entry for entry in article_entries(store)}
            for name in names:
                if name in entries and (article := stored_article(store, entries[name].iri)):
                    found[name] = article
    missing = [name for name in names if name not in found]
    if missing:
        wanted = set(missing)
        folders = list(paths) if paths else [project.settings.articles]
        unreadable: list[InputError] = []
        for article in read_articles(folders, on_error=unreadable.append):
            if article.name in wanted:
                found.setdefault(article.name, article)
        for name in missing:
            if name not in found:
                raise _not_found(name, unreadable)
    for name in names:
        if found[name].published is None:
            raise InputError("nothing dates it", where=name, hint=f"write {DATE_PLACES}")
    return found


def _not_found(name: str, unreadable: Sequence[InputError]) -> InputError:
    """Why an article that lines name was not found: its own file cannot be read, or it is elsewhere."""
    for error in unreadable:
        place = error.where or ""
        record = re.sub(r", (?:line|record) (?=\d+$)", "#", place)
        if name in (Path(record).name, Path(place.split(", ")[0]).name):
            return error
    hint = "say where it is with --articles"
    if unreadable:
        hint += f"; {len(unreadable)} files there cannot be read, the first is {unreadable[0]}"
    return InputError(f"there is no article '{name}' in the graph or its folder", hint=hint)

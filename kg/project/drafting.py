"""Drafts of a codebook from a corpus: the project's graph, lines of statements, or articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.codebook.corpus import Said, said_in, said_in_lines, said_in_store
from kg.codebook.suggestion import MOST_COMPARED, Draft, Wishes, suggest, uncovered, wordings
from kg.extract import Extractor
from kg.ingest.articles import read_articles
from kg.ingest.json_lines import read_json_lines
from kg.model.codebook import Codebook
from kg.model.errors import InputError, UsageError
from kg.model.statement import from_json

if TYPE_CHECKING:
    from kg.project.project import Project


def draft(
    project: Project, paths: Sequence[Path | str] = (), *, wishes: Wishes | None = None, beside: bool = False
) -> Draft:
    """Group what was said into candidate positions.

    Args:
        project: The project.
        paths: Files of statements (`.jsonl`, as `kg extract` prints them), articles or folders of articles;
            without any, the statements in the project's graph.
        wishes: How it is to be done.
        beside: Leave out what the project's codebook covers.

    Raises:
        UsageError: There is no statement to group.
        InputError: A file cannot be read.
    """
    codebook = project.codebook if beside else Codebook()
    chosen = replace(wishes or Wishes(), beside=codebook if beside else None)
    corpus = list(_of_paths(project, paths, codebook) if paths else _of_graph(project))
    if not corpus:
        raise UsageError("there is no statement to group", hint="name articles, or lines of 'kg extract'")
    project.tell(f"grouping {len(corpus)} statement{'s' if len(corpus) != 1 else ''} ...")
    different = len(wordings(uncovered(corpus, chosen.beside)))
    if different > MOST_COMPARED:
        project.tell(
            f"of {different} wordings {MOST_COMPARED} are compared each with each; "
            "the others join the groups that they are most like; this takes some minutes"
        )
    return suggest(corpus, project.iris, chosen)


def _of_graph(project: Project) -> Iterator[Said]:
    with project.reading() as store:
        yield from said_in_store(store, project.register, project.codebook, project.iris)


def _of_paths(project: Project, paths: Sequence[Path | str], codebook: Codebook) -> Iterator[Said]:
    extractor: Extractor | None = None
    for path in paths:
        lines = _lines(Path(path))
        if lines is not None:
            yield from said_in_lines(lines)
            continue
        for article in read_articles([path]):
            if extractor is None:
                project.tell("reading with the language models (loaded once) ...")
                extractor = project.extractor(codebook)
            records = [statement.to_json() for statement in extractor.statements(article)]
            yield from said_in(records, article)


def _lines(path: Path) -> list[dict[str, object]] | None:
    """The statements of a file of lines; None where it is something else, such as articles."""
    if path.suffix.lower() != ".jsonl" or not path.is_file():
        return None
    found: list[dict[str, object]] = []
    for where, record in read_json_lines(path):
        if not isinstance(record, dict) or "content" not in record:
            if found:
                raise InputError("a statement has no content", where=where, hint='add "content"')
            return None
        from_json(record, where)  # refuses what is no statement
        found.append(record)
    return found


__all__ = ["draft"]

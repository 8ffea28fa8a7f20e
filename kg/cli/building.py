"""`kg build`, `kg load` and `kg remove`: what changes the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import coding_options, metadata_options, project_option, reading_options, store_option
from kg.cli.output import tell

if TYPE_CHECKING:
    from kg.project.reports import ArticleOutcome, BuildReport


def _tell_outcome(outcome: ArticleOutcome) -> None:
    counted = f": {outcome.statements} statements, {outcome.stances} stances" if outcome.statements else ""
    note = f" ({outcome.message})" if outcome.message else ""
    tell(f"{outcome.outcome:10} {outcome.article}{counted}{note}")


def _summary(report: BuildReport) -> str:
    kinds = [
        (report.count("read"), "read"),
        (report.count("replaced"), "replaced"),
        (report.count("unchanged"), "unchanged"),
        (report.count("put aside"), "put aside"),
        (report.count("refused"), "refused"),
    ]
    articles = ", ".join(f"{number} {kind}" for number, kind in kinds if number)
    return (
        f"articles: {articles or 'none'}; {report.statements} statements and {report.stances} stances written"
    )


@click.command(short_help="Read articles into the graph.")
@click.argument("paths", nargs=-1)
@click.option("--again", is_flag=True, help="Read articles again that are in the graph unchanged.")
@click.option(
    "--quiet", "-q", is_flag=True, help="Tell only of articles that are not in the graph afterwards."
)
@reading_options
@metadata_options
@coding_options
@project_option
@store_option
def build(
    paths: tuple[str, ...],
    again: bool,
    quiet: bool,
    extractor: str | None,
    threshold: float | None,
    published: str | None,
    publisher: str | None,
    url: str | None,
    register: Path | None,
    codebook: Path | None,
    folder: Path | None,
    store: Path | None,
) -> int:
    """Read articles into the graph: PATHS, or the project's folder of articles.

    Each article is one transaction: interrupted, the command goes on where it stopped when it is repeated.
    An article that nothing dates is put aside until a date is given. Exit code 3 if a file was refused.
    """
    from kg.ingest.metadata import Metadata
    from kg.project import Project

    def outcome_told(outcome: ArticleOutcome) -> None:
        if not quiet or outcome.outcome in ("put aside", "refused"):
            _tell_outcome(outcome)

    project = Project.open(
        folder,
        register=register,
        codebook=codebook,
        store=store,
        extractor=extractor,
        threshold=threshold,
        tell=tell,
    )
    metadata = Metadata(published=published, publisher=publisher, url=url)
    report = project.build(paths or None, metadata=metadata, again=again, on_outcome=outcome_told)
    tell(_summary(report))
    return 3 if report.count("refused") else 0


@click.command(short_help="Take in statements of any hand or tool.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--articles",
    "article_paths",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Where the articles of the statements are; the graph and the project's folder unless told.",
)
@click.option("--coder", metavar="NAME", help="The person whose statements these are.")
@click.option("--software", metavar="NAME", help="The tool whose statements these are, if no person's.")
@click.option("--software-version", metavar="VERSION", help="Version of that tool.")
@coding_options
@project_option
@store_option
def load(
    files: tuple[Path, ...],
    article_paths: tuple[Path, ...],
    coder: str | None,
    software: str | None,
    software_version: str | None,
    register: Path | None,
    codebook: Path | None,
    folder: Path | None,
    store: Path | None,
) -> None:
    """Take statements from any hand or tool into the graph, as the lines that 'kg extract' prints.

    FILES are JSON-lines files, or - for standard input; the project's 'statements' unless told. Spans are
    found by their words where offsets are missing. A person's statements go before the machine's and stay
    when an article is read again; they take the place of all that the same person loaded of an article
    before. Nothing is loaded if any line is wrong.
    """
    from kg.model.errors import UsageError
    from kg.project import Project

    if coder and software:
        raise UsageError("statements are a person's or a tool's", hint="give --coder or --software")
    project = Project.open(folder, register=register, codebook=codebook, store=store, tell=tell)
    report = project.load(
        files or None,
        articles=article_paths or None,
        coder=coder,
        software=software,
        software_version=software_version,
    )
    for outcome in report.outcomes:
        if outcome.message:
            _tell_outcome(outcome)
    tell(_summary(report))


@click.command(short_help="Take articles out of the graph.")
@click.argument("names", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@project_option
@store_option
def remove(names: tuple[str, ...], yes: bool, folder: Path | None, store: Path | None) -> None:
    """Take articles out of the graph, with their text and all that was read or coded in them.

    ARTICLE is a file name, a digest or an IRI as 'kg articles' prints them.
    """
    from kg.project import Project

    project = Project.open(folder, store=store, tell=tell)
    found = [project.article(name) for name in names]
    for article in found:
        what = f"{article.file} ({article.statements} statements, {article.coded} of them by people)"
        if not yes:
            click.confirm(f"Remove {what}?", abort=True, err=True)
    for article in found:
        project.remove(article.iri)
        tell(f"removed    {article.file}")

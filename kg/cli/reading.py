"""`kg extract` and `kg stance`: reading without a graph."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from kg.cli.options import coding_options, metadata_options, project_option, reading_options
from kg.cli.output import chosen_format, output_options, progress, tell, write_output
from kg.model.errors import InputError, KgError

EXTRACT_FORMATS = ["jsonl", "json", "csv"]
BATCH = 256


@click.command(short_help="Print who said what in articles; nothing is stored.")
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--layer",
    type=click.Choice(["statements", "attributions"]),
    default="statements",
    show_default=True,
    help="Statements with actors, dates and positions, or every attribution as bare spans.",
)
@reading_options
@metadata_options
@coding_options
@project_option
@output_options(EXTRACT_FORMATS, "jsonl")
def extract(
    paths: tuple[str, ...],
    layer: str,
    extractor: str | None,
    threshold: float | None,
    published: str | None,
    publisher: str | None,
    url: str | None,
    register: Path | None,
    codebook: Path | None,
    folder: Path | None,
    format_: str | None,
    output: Path | None,
) -> int:
    """Read articles and print who said what, a statement a line; nothing is stored.

    PATHS are files (.txt, .md, .html, .json, .jsonl), folders, or - for standard input. What is not known is
    null. Exit code 3 if a file could not be read; the others are printed all the same.
    """
    from kg.extract import attributions
    from kg.ingest.articles import read_articles
    from kg.ingest.metadata import Metadata
    from kg.project import Project

    chosen = chosen_format(format_, output, EXTRACT_FORMATS, "jsonl")
    failures: list[KgError] = []

    def refused(error: InputError) -> None:
        failures.append(error)
        tell(f"Error: {error}")

    project = Project.open(
        folder, register=register, codebook=codebook, extractor=extractor, threshold=threshold, tell=tell
    )
    reader, least = project.reader, project.settings.reading.threshold
    whole = project.extractor() if layer == "statements" else None
    metadata = Metadata(published=published, publisher=publisher, url=url)
    articles = sorted(
        read_articles(
            [path if path == "-" else Path(path) for path in paths], overrides=metadata, on_error=refused
        ),
        key=lambda article: article.name,
    )
    records: list[dict[str, Any]] = []
    try:
        for article in progress(articles, len(articles), "Reading"):
            try:
                if whole is not None:
                    found = [statement.to_json() for statement in whole.statements(article)]
                else:
                    found = [
                        _attribution_record(article.name, a) for a in attributions(article, reader, least)
                    ]
            except InputError as error:
                refused(error)
                continue
            if chosen == "jsonl" and output is None:
                write_output(_lines(found), None)
            else:
                records.extend(found)
    finally:
        account = reader.account()
        if account:
            tell(account)
    if chosen != "jsonl" or output is not None:
        write_output(_formatted(records, chosen), output)
    return 3 if failures else 0


def _attribution_record(article: str, found: Any) -> dict[str, Any]:
    from kg.model.iris import digest

    spans = [(span.start, span.end) for span in found.content]
    source = (found.source.start, found.source.end) if found.source else None
    return {
        "article": article,
        "id": digest([article, spans, source]),
        "quote": found.quote,
        "source": found.source.to_json() if found.source else None,
        "cue": found.cue.to_json() if found.cue else None,
        "content": [span.to_json() for span in found.content],
        "confidence": round(found.confidence, 4),
    }


def _lines(records: list[dict[str, Any]]) -> str:
    from kg.ingest.decode import encodable

    return encodable("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))


def _formatted(records: list[dict[str, Any]], chosen: str) -> str:
    if chosen == "jsonl":
        return _lines(records)
    if chosen == "json":
        return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    table = io.StringIO()
    columns = [
        "article",
        "id",
        "actor",
        "affiliation",
        "office",
        "said",
        "quote",
        "force",
        "content",
        "positions",
    ]
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        actor = record.get("actor") or {}
        positions = [f"{p['position']}:{p['stance']}" for p in record.get("positions") or []]
        flat = record | {
            "actor": actor.get("label") or (record.get("source") or {}).get("text"),
            "affiliation": actor.get("affiliation"),
            "content": " … ".join(span["text"] for span in record["content"]),
            "positions": " ".join(positions),
        }
        writer.writerow([flat.get(column) or "" for column in columns])
    return table.getvalue()


@click.command(short_help="Judge pairs of a claim and a position.")
@click.argument("path", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--model",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder of a cross-encoder of your own; the one of the package unless told.",
)
@output_options(["jsonl"], "jsonl")
def stance(path: Path, model: Path | None, format_: str | None, output: Path | None) -> None:
    """Judge pairs of a claim and a position, both as text; no codebook is needed.

    PATH is a JSON-lines file or - for standard input, an object a line: {"id", "text", "position"}. Each gets
    a line {"id", "stance", "confidence"} with stance one of supports, opposes, neutral, unrelated. In the
    text the source may stand in square and the cue in curly brackets: "[The mayor] {rejected} the tram."
    """
    chosen_format(format_, output, ["jsonl"], "jsonl")
    parts = []
    pairs = _pairs(path)
    while batch := list(islice(pairs, BATCH)):
        lines = _judged(batch, model)
        if output is None:
            write_output(lines, None)
        else:
            parts.append(lines)
    if output is not None:
        write_output("".join(parts), output)


def _judged(batch: list[tuple[Any, str, str]], model: Path | None) -> str:
    from kg.stance.cross_encoder import cross_encoder
    from kg.stance.pairs import judge_many

    verdicts = judge_many([(text, position) for _, text, position in batch], cross_encoder(model))
    return _lines(
        [
            {"id": identifier, "stance": stance, "confidence": round(confidence, 4)}
            for (identifier, _, _), (stance, confidence) in zip(batch, verdicts, strict=True)
        ]
    )


def _pairs(path: Path) -> Iterator[tuple[Any, str, str]]:
    from kg.ingest.json_lines import read_json_lines

    for where, record in read_json_lines(path):
        found = record if isinstance(record, dict) else {}
        text, position = found.get("text"), found.get("position")
        if not isinstance(text, str) or not isinstance(position, str):
            raise InputError("a pair needs text and position", where=where)
        for name, words in (("text", text), ("position", position)):
            if not any(character.isalnum() for character in words):
                raise InputError(f"the {name} has no words", where=where)
        yield found.get("id"), text, position

"""Annotated attributions: their dataclasses, and reading and writing them as brat standoff and as JSON lines.

Both forms hold the same: an article's text and, for each attribution, the spans of source, cue and content.

brat standoff is a folder of pairs `NAME.txt` and `NAME.ann`:

    T1	Source 0 11	The mayor
    T2	Cue 12 16	said
    T3	Content 17 30;41 52	that the pier would reopen
    E1	Cue:T2 Source:T1 Content:T3
    #1	AnnotatorNotes E1	actor: Ada Reed

Discontinuous spans have their parts separated by `;`. What belongs together is told by events as above or by
binary relations (`R1	Source Arg1:T2 Arg2:T1`); the types' case does not matter. A note `actor:` names the
speaker, several separated by `; `. What sort of text an article is may stand in `NAME.meta.toml` as
`kinds = ["interview"]`.

JSON lines have an article a line: `{"doc_id", "text", "attributions": [{"source_spans", "cue_spans",
"content_spans"}]}`, spans as [start, end) in code points, and optionally `actors` in an attribution and
`kinds` in an article. PolNeAR in this form reads as it stands.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.ingest.decode import read_bytes
from kg.ingest.json_lines import read_json_lines
from kg.model.errors import InputError

Range = tuple[int, int]
"""[start, end) in code points of an article's text."""

PARTS = ("source", "cue", "content")
"""What an attribution consists of, as the dataclass, brat's types and the keys of JSON name it."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One attribution as a person marked it.

    Attributes:
        source: Spans of the mention of who spoke; none if unsaid.
        cue: Spans of the words that attribute.
        content: Spans of what was said, in the order of the text.
        actors: Full names of the speakers as the article introduces them; a description in brackets for an
            unnamed one, "(unsaid)" where nobody is said to speak; empty where nobody annotated it.
    """

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    actors: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Where the first of its spans begins."""
        return min((start for part in PARTS for start, _ in getattr(self, part)), default=0)


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article with its attributions, in the order of the text.

    Attributes:
        name: The file's name without its suffix, or the record's `doc_id`.
        kinds: What sort of text it is: `transcript`, `british-quotes`, ...
    """

    name: str
    text: str
    annotations: tuple[Annotation, ...]
    kinds: tuple[str, ...] = ()


def outer_of(annotations: Iterable[Annotation]) -> list[int | None]:
    """For each attribution the index of the innermost one whose content holds its cue, or None.

    PolNeAR leaves such nested attributions out, so figures tell them apart.

    >>> told = Annotation(((0, 2),), ((3, 7),), ((8, 40),))
    >>> outer_of([told, Annotation(((8, 10),), ((11, 15),), ((16, 40),))])
    [None, 0]
    """
    all_of_them = list(annotations)
    outer: list[int | None] = []
    for number, inner in enumerate(all_of_them):
        cue = inner.cue[0] if inner.cue else inner.content[0]
        holding = [
            (end - start, other)
            for other, candidate in enumerate(all_of_them)
            if other != number
            for start, end in candidate.content
            if start <= cue[0] and cue[1] <= end
        ]
        outer.append(min(holding)[1] if holding else None)
    return outer


def read_annotated(path: Path) -> list[AnnotatedArticle]:
    """Annotated articles of a brat folder or of a JSON-lines file, in the order of their names or lines.

    Raises:
        InputError: There are none, or something in them is wrong; file and line are named.
    """
    articles = read_brat_folder(path) if path.is_dir() else list(read_jsonl(path))
    if not articles:
        raise InputError("no annotated articles", where=path, hint="a folder needs NAME.txt and NAME.ann")
    return articles


# brat standoff


def read_brat_folder(folder: Path) -> list[AnnotatedArticle]:
    """The articles of a folder and of the folders in it that have an `.ann` file.

    Raises:
        InputError: An article lacks its text, or its annotation is wrong.
    """
    return [read_brat(path) for path in sorted(folder.rglob("*.ann"))]


def read_brat(path: Path) -> AnnotatedArticle:
    """One article.

    Args:
        path: The `.ann` file; the text stands beside it.

    Raises:
        InputError: The text is missing, a line is malformed, a span is not what it says to be, or a line
            points to one that is not there.
    """
    text_file = path.with_suffix(".txt")
    if not text_file.is_file():
        raise InputError("the annotated text is missing", where=text_file)
    text = _decoded(text_file)
    annotations = parse_standoff(_decoded(path), text, str(path))
    return AnnotatedArticle(path.stem, text, tuple(annotations), _kinds(path.with_suffix(".meta.toml")))


def _decoded(path: Path) -> str:
    # Not read_text(), which would turn "\r\n" into "\n" and so move every offset.
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", where=path, hint="save the file as UTF-8") from error


def _kinds(path: Path) -> tuple[str, ...]:
    if not path.is_file():
        return ()
    try:
        kinds = tomllib.loads(_decoded(path)).get("kinds", [])
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not valid TOML: {error}", where=path) from error
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise InputError("kinds is not a list of strings", where=path, hint='kinds = ["interview"]')
    return tuple(kinds)


_TEXT_BOUND = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.DOTALL)
_EVENT = re.compile(r"(E\S+)\t(.+)")
_RELATION = re.compile(r"R\S+\t\S+ (?:[^:\s]+:)(T\S+) (?:[^:\s]+:)(T\S+)\s*")
_NOTE = re.compile(r"#\S*\tAnnotatorNotes (\S+)\tactors?:(.*)")


@dataclass(frozen=True)
class _Mark:
    part: str
    spans: tuple[Range, ...]


def parse_standoff(standoff: str, text: str, where: str) -> list[Annotation]:
    """The attributions of a brat standoff file.

    Args:
        standoff: The content of the `.ann` file.
        text: The text that it annotates.
        where: Name of the file, for messages.

    Raises:
        InputError: A line is malformed, or does not fit the text or the other lines.
    """
    marks: dict[str, _Mark] = {}
    lines: dict[str, int] = {}
    groups: dict[str, list[tuple[str, int]]] = {}
    relations: list[tuple[str, str, int]] = []
    actors: dict[str, tuple[str, ...]] = {}
    for number, raw in enumerate(standoff.split("\n"), start=1):
        line, here = raw.rstrip("\r"), f"{where}:{number}"
        if found := _TEXT_BOUND.fullmatch(line):
            if found[1] in marks:
                raise InputError(f"{found[1]} stands there twice", where=here)
            part = found[2].casefold()
            if part in PARTS:
                marks[found[1]] = _Mark(part, _spans(found[3], found[4], text, here))
            lines[found[1]] = number
        elif found := _EVENT.fullmatch(line):
            ties = [tie.split(":", 1) for tie in found[2].split()]
            if any(len(tie) != 2 for tie in ties):
                raise InputError("an event ties TYPE:T1 ROLE:T2 ...", where=here)
            groups[found[1]] = [(tie[1], number) for tie in ties]
        elif found := _RELATION.fullmatch(line):
            relations.append((found[1], found[2], number))
        elif found := _NOTE.fullmatch(line):
            actors[found[1]] = tuple(name.strip() for name in found[2].split(";") if name.strip())
        elif line.strip() and line[0] in "TER":
            kind = {"T": "T1<tab>TYPE START END<tab>TEXT", "E": "E1<tab>Cue:T1 Source:T2"}
            hint = "it should read " + kind.get(line[0], "R1<tab>TYPE Arg1:T1 Arg2:T2")
            raise InputError(f"malformed line {line[:60]!r}", where=here, hint=hint)
    for first, second, number in relations:
        for tie in (first, second):
            if tie not in lines:
                raise InputError(f"there is no {tie}", where=f"{where}:{number}")
    for key, members in _related(relations, marks).items():
        groups[key] = members
    return _assembled(groups, marks, lines, actors, where)


def _spans(numbers: str, words: str, text: str, where: str) -> tuple[Range, ...]:
    spans = []
    for part in numbers.split(";"):
        start, end = (int(number) for number in part.split())
        if not start < end <= len(text):
            raise InputError(f"span {start} {end} does not lie in the text", where=where)
        spans.append((start, end))
    spans.sort()
    there = " ".join(text[start:end] for start, end in spans)
    if re.sub(r"\s+", " ", there) != re.sub(r"\s+", " ", words):
        raise InputError(f"the text reads {there[:60]!r} there, not {words[:60]!r}", where=where)
    return tuple(spans)


def _related(
    relations: list[tuple[str, str, int]], marks: Mapping[str, _Mark]
) -> dict[str, list[tuple[str, int]]]:
    """Groups of text-bounds from binary relations: a cue and all that is tied to it."""
    cues: dict[str, dict[str, int]] = {}
    rest: list[tuple[str, str, int]] = []
    for first, second, number in relations:
        ends = [end for end in (first, second) if end in marks and marks[end].part == "cue"]
        if not ends:
            rest.append((first, second, number))
        for cue in ends[:1]:
            cues.setdefault(cue, {cue: number}).update({first: number, second: number})
    # Ties between a source and a content join the cue that either is tied to, or stand alone.
    for first, second, number in rest:
        homes = [members for members in cues.values() if first in members or second in members]
        for members in homes or [cues.setdefault(f"{first} {second}", {})]:
            members.update({first: number, second: number})
    return {cue: list(members.items()) for cue, members in cues.items()}


def _assembled(
    groups: Mapping[str, list[tuple[str, int]]],
    marks: Mapping[str, _Mark],
    lines: Mapping[str, int],
    actors: Mapping[str, tuple[str, ...]],
    where: str,
) -> list[Annotation]:
    annotations = []
    tied = set()
    for key, members in groups.items():
        spans: dict[str, set[Range]] = defaultdict(set)
        for member, number in members:
            if member not in lines:
                raise InputError(f"there is no {member}", where=f"{where}:{number}")
            tied.add(member)
            if member in marks:
                spans[marks[member].part].update(marks[member].spans)
        if not spans:
            continue  # An event of another layer.
        if not spans["content"]:
            raise InputError(f"{key} has no content", where=f"{where}:{members[0][1]}")
        named = actors.get(key) or next((actors[m] for m, _ in members if m in actors), ())
        ordered = {part: tuple(sorted(spans[part])) for part in PARTS}
        annotations.append(Annotation(ordered["source"], ordered["cue"], ordered["content"], named))
    for key in marks:
        if key not in tied:
            hint = "tie it to its cue by an event or a relation"
            raise InputError(f"{key} belongs to no attribution", where=f"{where}:{lines[key]}", hint=hint)
    return sorted(annotations, key=_order)


def _order(annotation: Annotation) -> tuple[Any, ...]:
    return (annotation.start, annotation.cue, annotation.content, annotation.source)


def standoff(article: AnnotatedArticle) -> str:
    """An article's annotations as brat standoff."""
    marks: list[str] = []
    ties: list[str] = []
    for number, annotation in enumerate(article.annotations, start=1):
        members = []
        for part in ("cue", "source", "content"):
            spans = getattr(annotation, part)
            if spans:
                key = f"T{len(marks) + 1}"
                places = ";".join(f"{start} {end}" for start, end in spans)
                words = re.sub(r"\s", " ", " ".join(article.text[start:end] for start, end in spans))
                marks.append(f"{key}\t{part.title()} {places}\t{words}\n")
                members.append(f"{part.title()}:{key}")
        ties.append(f"E{number}\t{' '.join(members)}\n")
        if annotation.actors:
            ties.append(f"#{number}\tAnnotatorNotes E{number}\tactor: {'; '.join(annotation.actors)}\n")
    return "".join(marks + ties)


def write_brat(article: AnnotatedArticle, folder: Path) -> None:
    """Write `NAME.txt`, `NAME.ann` and, if the article's kinds are known, `NAME.meta.toml`."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {".txt": article.text, ".ann": standoff(article)}
    if article.kinds:
        files[".meta.toml"] = f"kinds = {json.dumps(list(article.kinds), ensure_ascii=False)}\n"
    for suffix, text in files.items():
        path = folder / f"{article.name}{suffix}"
        aside = path.with_name(f"{path.name}.new")
        aside.write_bytes(text.encode("utf-8"))
        aside.replace(path)


# JSON lines


def read_jsonl(path: Path) -> Iterator[AnnotatedArticle]:
    """The articles of a JSON-lines file.

    Raises:
        InputError: The file cannot be read, or a line is no annotated article.
    """
    for where, record in read_json_lines(path):
        yield from_record(record, where)


def from_record(record: Any, where: str) -> AnnotatedArticle:
    """An article from its JSON object.

    Raises:
        InputError: It lacks its text or its attributions, or a span does not lie in the text.
    """
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise InputError("no annotated article", where=where, hint="it needs doc_id, text and attributions")
    name, text, found = record.get("doc_id"), record["text"], record.get("attributions")
    if not isinstance(name, str) or not isinstance(found, list):
        raise InputError("an article needs doc_id and a list attributions", where=where)
    annotations = []
    for number, item in enumerate(found):
        here = f"attribution {number + 1} of {name}"
        if not isinstance(item, dict):
            raise InputError(f"{here} is no object", where=where)
        spans = {
            part: _json_spans(item.get(f"{part}_spans"), text, f"{here}: {part}", where) for part in PARTS
        }
        if not spans["content"]:
            raise InputError(f"{here} has no content", where=where)
        actors = _strings(item.get("actors"), f"{here}: actors", where)
        annotations.append(Annotation(spans["source"], spans["cue"], spans["content"], actors))
    kinds = _strings(record.get("kinds"), "kinds", where)
    return AnnotatedArticle(name, text, tuple(sorted(annotations, key=_order)), kinds)


def _json_spans(value: Any, text: str, what: str, where: str) -> tuple[Range, ...]:
    spans = set()
    for span in value or []:
        if not (isinstance(span, list) and len(span) == 2 and all(type(number) is int for number in span)):
            raise InputError(f"{what} is not a list of [start, end]", where=where)
        if not 0 <= span[0] < span[1] <= len(text):
            raise InputError(f"{what}: {span} does not lie in the text", where=where)
        spans.add((span[0], span[1]))
    return tuple(sorted(spans))


def _strings(value: Any, what: str, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(f"{what} is not a list of strings", where=where)
    return tuple(value)


def to_record(article: AnnotatedArticle) -> dict[str, Any]:
    """An article as its JSON object."""
    return {
        "doc_id": article.name,
        "text": article.text,
        "kinds": list(article.kinds),
        "attributions": [
            {f"{part}_spans": [list(span) for span in getattr(annotation, part)] for part in PARTS}
            | ({"actors": list(annotation.actors)} if annotation.actors else {})
            for annotation in article.annotations
        ],
    }


__all__ = [
    "PARTS",
    "AnnotatedArticle",
    "Annotation",
    "Range",
    "from_record",
    "outer_of",
    "parse_standoff",
    "read_annotated",
    "read_brat",
    "read_brat_folder",
    "read_jsonl",
    "standoff",
    "to_record",
    "write_brat",
]

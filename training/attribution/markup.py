r"""The markup that people annotate articles in, and which is made of stored annotations to re-read them.

    kinds: interview, british-quotes
    Ada Reed: 1 3
    (harbour pilot): 2
    ---
    [s1 Ada Reed, the mayor,] [q1 said] [c1 the pier [s2+s3 she] [q3 loved] [c3 so much] was safe].

Above the line of dashes: the kinds of the article, and for each speaker (the full name as the article
introduces it; brackets around an unnamed one; `(unsaid)` where nobody is said to speak) the numbers of his
attributions. Below it the text. A bracket is a span: `s` source, `q` cue, `c` content, each with the number
of its attribution; a span of several attributions has all its labels joined by `+`. The same label again is a
further part of a discontinuous span; two parts that touch are one span, by which crossing spans can be
written too. `\[`, `\]` and `\\` stand for themselves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from kg.ingest.decode import read_bytes
from kg.model.errors import InputError
from training.attribution.annotations import AnnotatedArticle, Annotation, Range

_OPENING = re.compile(r"\[([sqc]\d+(?:\+[sqc]\d+)*) ")
_HEADER = re.compile(r"\s*([^:]+?)\s*:\s*(.*?)\s*")
_FENCE = "---"
_LETTERS = {"s": "source", "q": "cue", "c": "content"}

Label = tuple[str, int]


def read_markup(path: Path) -> AnnotatedArticle:
    """The article of a file in markup.

    Raises:
        InputError: It is not UTF-8, or the markup is wrong; file and line are named.
    """
    try:
        text = read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", where=path, hint="save the file as UTF-8") from error
    return parse_markup(text, path.stem, str(path))


def parse_markup(markup: str, name: str, where: str) -> AnnotatedArticle:
    r"""An annotated article from its markup.

    Args:
        markup: Header and marked text.
        name: The article's name.
        where: Name of the file, for messages.

    Raises:
        InputError: A bracket does not close, a label is malformed, an attribution has no content, or header
            and text do not name the same attributions.

    >>> article = parse_markup("Ada Reed: 1\n---\n[s1 She] [q1 hopes] [c1 so].\n", "a", "a.marked")
    >>> article.text, article.annotations[0].cue, article.annotations[0].actors
    ('She hopes so.\n', ((4, 9),), ('Ada Reed',))
    """
    lines = markup.split("\n")
    if _FENCE not in lines:
        raise InputError("no line of three dashes between header and text", where=where)
    fence = lines.index(_FENCE)
    kinds, actors = _header(lines[:fence], where)
    text, spans, first_lines = _text("\n".join(lines[fence + 1 :]), where, fence + 2)
    numbers = {number for _, number in spans}
    for number in sorted(actors.keys() - numbers):
        raise InputError(f"attribution {number} of the header is not in the text", where=where)
    annotations = []
    for number in sorted(numbers):
        here = f"{where}:{first_lines[number]}"
        if ("c", number) not in spans:
            raise InputError(f"attribution {number} has no content", where=here)
        if number not in actors:
            hint = "the header names a speaker for each; (unsaid) if there is none"
            raise InputError(f"attribution {number} has no speaker", where=here, hint=hint)
        parts = {name: tuple(spans.get((letter, number), ())) for letter, name in _LETTERS.items()}
        annotations.append(Annotation(**parts, actors=tuple(actors[number])))
    annotations.sort(key=lambda one: (one.start, one.cue, one.content, one.source))
    return AnnotatedArticle(name, text, tuple(annotations), kinds)


def _header(lines: list[str], where: str) -> tuple[tuple[str, ...], dict[int, list[str]]]:
    kinds: tuple[str, ...] = ()
    actors: dict[int, list[str]] = defaultdict(list)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = _HEADER.fullmatch(line)
        if found is None:
            raise InputError("a header line reads 'Full Name: 1 2 3'", where=f"{where}:{number}")
        if found[1] == "kinds":
            kinds = tuple(kind.strip() for kind in found[2].split(",") if kind.strip())
            continue
        if ";" in found[1]:
            hint = "give each speaker of a joint statement a line"
            raise InputError("a name has no semicolon", where=f"{where}:{number}", hint=hint)
        for label in found[2].split():
            if not label.isdecimal():
                raise InputError(f"'{label}' is no number of an attribution", where=f"{where}:{number}")
            actors[int(label)].append(found[1])
    return kinds, actors


def _text(marked: str, where: str, line: int) -> tuple[str, dict[Label, list[Range]], dict[int, int]]:
    """The bare text, the spans of each label, and the line on which each attribution begins."""
    out: list[str] = []
    spans: dict[Label, list[Range]] = defaultdict(list)
    first_lines: dict[int, int] = {}
    open_spans: list[tuple[list[Label], int, int]] = []
    at = 0
    while at < len(marked):
        char = marked[at]
        if char == "\\" and at + 1 < len(marked) and marked[at + 1] in "[]\\":
            out.append(marked[at + 1])
            at += 2
        elif char == "[":
            found = _OPENING.match(marked, at)
            if found is None:
                hint = r"a span begins as '[s1 ' or '[c1+c2 '; write \[ for a bracket of the text"
                raise InputError(f"no label in {marked[at : at + 20]!r}", where=f"{where}:{line}", hint=hint)
            labels = [(label[0], int(label[1:])) for label in found[1].split("+")]
            for _, number in labels:
                first_lines.setdefault(number, line)
            open_spans.append((labels, len(out), line))
            at = found.end()
        elif char == "]":
            if not open_spans:
                hint = r"write \] for a bracket of the text"
                raise InputError("a bracket closes that was not opened", where=f"{where}:{line}", hint=hint)
            labels, start, opened = open_spans.pop()
            if start == len(out):
                raise InputError("a span is empty", where=f"{where}:{opened}")
            for label in labels:
                spans[label].append((start, len(out)))
            at += 1
        else:
            line += char == "\n"
            out.append(char)
            at += 1
    if open_spans:
        raise InputError("a bracket is not closed", where=f"{where}:{open_spans[-1][2]}")
    return "".join(out), {label: _joined(parts) for label, parts in spans.items()}, first_lines


def _joined(spans: list[Range]) -> list[Range]:
    """Spans in order, those that touch or overlap made one."""
    joined: list[Range] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def markup(article: AnnotatedArticle) -> str:
    """An article in markup: the inverse of `parse_markup`."""
    lines = [f"kinds: {', '.join(article.kinds)}\n"] if article.kinds else []
    numbers: dict[str, list[str]] = defaultdict(list)
    for number, annotation in enumerate(article.annotations, start=1):
        for actor in annotation.actors or ("(unsaid)",):
            numbers[actor].append(str(number))
    lines += [f"{actor}: {' '.join(labels)}\n" for actor, labels in numbers.items()]
    return "".join([*lines, f"{_FENCE}\n", marked_text(article)])


def marked_text(article: AnnotatedArticle) -> str:
    """The text with its spans in brackets; spans that cross are cut where they do."""
    labels: dict[Range, list[str]] = defaultdict(list)
    for number, annotation in enumerate(article.annotations, start=1):
        for letter, part in _LETTERS.items():
            for span in getattr(annotation, part):
                labels[span].append(f"{letter}{number}")
    out: list[str] = []
    starting = defaultdict(list)
    for span in sorted(labels, key=lambda span: (span[0], -span[1])):
        starting[span[0]].append((span[1], "+".join(labels[span])))
    stack: list[tuple[int, str]] = []
    for at in range(len(article.text) + 1):
        # Close what ends here; what was opened inside and goes on is closed and opened again.
        ending = [depth for depth, (end, _) in enumerate(stack) if end == at]
        if ending:
            again = [span for span in stack[ending[0] :] if span[0] > at]
            out.append("]" * (len(stack) - ending[0]))
            del stack[ending[0] :]
        else:
            again = []
        for end, label in sorted([*again, *starting[at]], key=lambda span: -span[0]):
            out.append(f"[{label} ")
            stack.append((end, label))
        if at < len(article.text):
            char = article.text[at]
            out.append(f"\\{char}" if char in "[]\\" else char)
    return "".join(out)


__all__ = ["marked_text", "markup", "parse_markup", "read_markup"]

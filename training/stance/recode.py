"""Blind re-coding: draws a sheet of pairs without their codes, and compares coded sheets with the codes.

    python -m training.stance.recode draw SHEET.jsonl [--number 400] [--seed 1]
    python -m training.stance.recode agree SHEET.jsonl...

Both are about the corpus, or with `--of contrasts` or `--of articles` before the command about the contrast
sets or the coded articles.

A line of a sheet is a statement and a position; the coder fills in `code` with supports, opposes, neutral or
unrelated, or `?` where he cannot say (a missing code then). He reads what the codes mean in corpus/README.md
and nothing else of the corpus. The key of a line is a digest: the sheet tells nothing about the codes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import InputError, KgError
from kg.stance.excerpts import excerpts
from training.stance.agreement import confusion, krippendorff_alpha, raw_agreement
from training.stance.coded_articles import Debate, read_debates
from training.stance.contrast_sets import ContrastSet, plain, read_contrasts
from training.stance.statements import CORPUS, POLARITIES, Field, Polarity, codings_of, read_corpus

SHARES = {"supports": 0.28, "opposes": 0.28, "neutral": 0.2, "same-topic": 0.12, "unrelated": 0.12}
"""How much of a sheet is of each kind: same-topic pairs are unrelated, with a statement on another position
of the topic; the other unrelated ones have a statement that touches no position of its field."""
UNCLEAR = "?"


@dataclass(frozen=True)
class Item:
    """A statement with a position and its first code, as drawn for a sheet.

    Attributes:
        key: A digest of both.
        field: Drawn from with an even hand.
        place: File or field, and line.
        statement: Its words; none is drawn twice.
        source: Who speaks; empty where nobody is marked.
        position: Its label.
        about: What it is about; may be empty.
        code: The first code.
        kind: One of SHARES.
        tags: What agreement is told by; one at least.
    """

    key: str
    field: str
    place: str
    statement: str
    source: str
    position: str
    about: str
    code: Polarity
    kind: str
    tags: tuple[str, ...]


def corpus_items(fields: Iterable[Field]) -> list[Item]:
    """All codings of the corpus; of the unrelated ones only the two kinds that SHARES names."""
    found = []
    for field, statement, position, code in codings_of(fields):
        coded = [field.position_by_slug[coding.position] for coding in statement.codings]
        near = any(set(position.topics) & set(other.topics) for other in coded)
        if code == "unrelated" and coded and not near:
            continue
        tags = statement.tags
        if position.slug in field.against and code in ("supports", "opposes"):
            tags = (*tags, "position-against")
        kind = "same-topic" if code == "unrelated" and coded else code
        found.append(
            Item(
                _key(statement.id, position.slug),
                statement.field,
                f"{statement.field}:{statement.line}",
                statement.text,
                " / ".join(span.text for span in statement.source),
                position.label,
                position.description,
                code,
                kind,
                (kind,) if kind == "same-topic" else tags,
            )
        )
    return found


def contrast_items(sets: Iterable[ContrastSet]) -> list[Item]:
    """Each text of the sets with the first wording of its position, and with the position near by."""
    found = []
    for one in sets:
        for text in one.texts:
            source = re.search(r"\[(.*)\]", text.text)
            words = plain(text.text)
            asked: list[tuple[str, Polarity, str]] = [(one.wordings[0], text.polarity, text.polarity)]
            if text.polarity in ("supports", "opposes"):
                asked.append((one.nearby, "unrelated", "same-topic"))
            for position, code, kind in asked:
                found.append(
                    Item(
                        _key(words, position),
                        one.field,
                        f"{one.field}, set in line {one.line}",
                        words,
                        source[1] if source else "",
                        position,
                        "",
                        code,
                        kind,
                        ("source marked" if source else "no source",),
                    )
                )
    return found


def article_items(debates: Iterable[Debate]) -> list[Item]:
    """Each statement of coded articles, as the coder of the package reads it, with each position."""
    found = []
    for debate in debates:
        for one in debate.statements:
            words = excerpts(one.statement, one.article)[0]
            for position in debate.positions:
                code = one.polarity(position.slug)
                if code is None:
                    continue
                kind = "same-topic" if code == "unrelated" and one.polarities else code
                found.append(
                    Item(
                        _key(words, position.slug),
                        debate.name,
                        f"{debate.title}, {one.statement.id}",
                        words,
                        one.statement.source.text if one.statement.source else "",
                        position.label,
                        position.description,
                        code,
                        kind,
                        (kind,),
                    )
                )
    return found


def _key(statement: str, position: str) -> str:
    return hashlib.sha256(f"{statement} {position}".encode()).hexdigest()[:12]


def draw(items: Iterable[Item], number: int, seed: int) -> list[Item]:
    """A sample with the shares of SHARES, and within each an even hand over tags and fields.

    A statement is drawn once at most.

    Raises:
        InputError: The corpus has fewer.
    """
    choice = random.Random(seed)  # noqa: S311
    every = sorted(items, key=lambda item: item.key)
    choice.shuffle(every)
    drawn: list[Item] = []
    used: set[str] = set()
    for kind, share in SHARES.items():
        strata: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for item in every:
            if item.kind == kind:
                for tag in item.tags:
                    strata[tag, item.field].append(item)
        by_tag: dict[str, list[list[Item]]] = defaultdict(list)
        for (tag, _), inside in strata.items():
            by_tag[tag].append(inside)
        for of_fields in by_tag.values():
            choice.shuffle(of_fields)
        wanted = round(number * share)
        taken = _even_hand(list(by_tag.values()), wanted, used)
        if len(taken) < wanted:
            raise InputError(f"only {len(taken)} pairs are {kind}, {wanted} are wanted")
        drawn += taken
    choice.shuffle(drawn)
    return drawn


def _even_hand(by_tag: list[list[list[Item]]], wanted: int, used: set[str]) -> list[Item]:
    """One after the other from each tag, going round the fields of each; `used` holds statements."""
    taken: list[Item] = []
    turn = 0
    while len(taken) < wanted and by_tag:
        of_fields = by_tag[turn % len(by_tag)]
        while of_fields:
            inside = of_fields.pop(0)
            while inside and inside[-1].statement in used:
                inside.pop()
            if inside:
                item = inside.pop()
                used.add(item.statement)
                taken.append(item)
                of_fields.append(inside)
                break
        if not of_fields:
            by_tag.remove(of_fields)
        else:
            turn += 1
    return taken


def line_of(item: Item) -> dict[str, str]:
    """A line of a sheet: what the coder sees, and an empty place for his code."""
    return {
        "key": item.key,
        "statement": item.statement,
        "source": item.source,
        "position": item.position,
        "about": item.about,
        "code": "",
    }


def read_sheet(path: Path) -> dict[str, str]:
    """Codes by key; lines without a code, or coded `?`, are left out.

    Raises:
        InputError: The file cannot be read, a line is malformed, or a code is none.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=path) from error
    codes: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        here = f"{path}:{number}"
        try:
            record = json.loads(line)
            key, code = str(record["key"]), str(record["code"]).strip()
        except (ValueError, KeyError, TypeError) as error:
            raise InputError("not a line of a sheet", where=here, hint="key and code are wanted") from error
        if code and code != UNCLEAR:
            if code not in POLARITIES:
                raise InputError(f"'{code}' is no code", where=here, hint=", ".join((*POLARITIES, UNCLEAR)))
            codes[key] = code
    return codes


def report(items: Iterable[Item], sheets: dict[str, dict[str, str]]) -> str:
    """Agreement of the first codes with each sheet and of all together, in Markdown.

    Raises:
        InputError: A sheet has a key that no item has, or no code at all.
    """
    known = {item.key: item for item in items}
    parts = []
    for name, codes in sheets.items():
        strange = sorted(codes.keys() - known.keys())
        if strange:
            hint = "statements were changed after the sheet was drawn; draw it again"
            raise InputError(f"key {strange[0]} is not there", where=name, hint=hint)
        if not codes:
            raise InputError("nothing is coded", where=name)
        pairs = [(known[key].code, code) for key, code in codes.items()]
        alpha = krippendorff_alpha(pairs)
        polar = [(a, b) for a, b in pairs if {a, b} <= {"supports", "opposes"}]
        parts += [
            f"## {name}",
            "",
            f"{len(pairs)} pairs coded; alpha {alpha:.3f}, raw agreement {raw_agreement(pairs):.3f}; "
            f"reversed {1 - raw_agreement(polar):.3f} of {len(polar)} that both call supports or opposes.",
            "",
            "Rows: the first codes; columns: the sheet.",
            "",
            confusion(pairs, POLARITIES),
            "",
            "| tag | pairs | agreement |",
            "|---|---|---|",
        ]
        by_tag: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, code in codes.items():
            for tag in known[key].tags:
                by_tag[tag].append((known[key].code, code))
        ordered = sorted(by_tag.items(), key=lambda one: raw_agreement(one[1]))
        parts += [f"| {tag} | {len(inside)} | {raw_agreement(inside):.2f} |" for tag, inside in ordered]
        parts.append("")
        different = [key for key, code in codes.items() if code != known[key].code]
        parts += [f"- {_difference(known[key], codes[key])}" for key in different]
        parts.append("")
    if len(sheets) > 1:
        keys = {key for codes in sheets.values() for key in codes}
        units = [
            [known[key].code, *(codes[key] for codes in sheets.values() if key in codes)]
            for key in sorted(keys)
        ]
        parts.append(f"All coders together: alpha {krippendorff_alpha(units):.3f} over {len(units)} pairs.")
    return "\n".join(parts).rstrip()


def _difference(item: Item, code: str) -> str:
    return f"{item.place} {item.code}, not {code}: “{item.statement}” on “{item.position}”"


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw a sheet, or report agreement."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.recode")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a folder of fields")
    parser.add_argument(
        "--of",
        choices=("corpus", "contrasts", "articles"),
        default="corpus",
        help="what is coded again (corpus)",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw", help="write a sheet without codes")
    drawing.add_argument("sheet", type=Path)
    drawing.add_argument("--number", type=int, default=400, help="pairs (400)")
    drawing.add_argument("--seed", type=int, default=1)
    agreeing = commands.add_parser("agree", help="compare coded sheets with the corpus")
    agreeing.add_argument("sheets", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    try:
        if options.of == "articles":
            items = article_items([*read_debates(), *read_debates(held_out=True)])
        elif options.of == "contrasts":
            items = contrast_items(read_contrasts())
        else:
            items = corpus_items(read_corpus(options.corpus))
        if options.command == "draw":
            drawn = draw(items, options.number, options.seed)
            lines = [json.dumps(line_of(item), ensure_ascii=False) for item in drawn]
            with options.sheet.open("x", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
            print(f"{len(lines)} pairs in {options.sheet}", file=sys.stderr)
        else:
            print(report(items, {str(path): read_sheet(path) for path in options.sheets}))
    except FileExistsError:
        print(f"{options.sheet}: is there already (another name, or take it away)", file=sys.stderr)
        return 2
    except KgError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())

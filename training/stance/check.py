"""Holds corpus, contrast sets and coded articles against their rules, and counts what is in them.

    python -m training.stance.check [--counts] [--corpus FOLDER] [--contrasts FOLDER] [--articles FOLDER]

Exit code 1 when a rule is broken. Malformed lines are found when the corpus is read (exit code 3).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.model.attribution import FORCES
from kg.model.errors import KgError
from training.stance.coded_articles import ARTICLES, Debate, read_debates
from training.stance.contrast_sets import CONTRASTS, ContrastSet, read_contrasts
from training.stance.shortcuts import words_of
from training.stance.statements import (
    CORPUS,
    FOLDS,
    POLARITIES,
    TAGS,
    CodedStatement,
    Field,
    codings_of,
    read_corpus,
)

LEAST = {"supports": 2, "opposes": 2, "neutral": 1, "unrelated": 20}
"""How many statements a position has at least of each polarity."""
ALIKE = 0.75
"""Share of common words from which two statements of a field are templates of each other."""
PHRASES = 2
LEAST_POSITIONS = 12
"""Of the codebook of a field of coded articles."""
SHORTEST, LONGEST = 3, 60
"""Words of a text in a contrast set."""


def problems(fields: Sequence[Field]) -> Iterator[str]:
    """What breaks the rules, in words, with the place."""
    seen: dict[str, str] = {}
    for field in fields:
        if field.fold not in FOLDS:
            yield f"{field.name}: fold {field.fold} is none of {', '.join(map(str, FOLDS))}"
        yield from _of_positions(field)
        for statement in field.statements:
            here = f"{field.name}:{statement.line}"
            if statement.text in seen:
                yield f"{here}: the same text as {seen[statement.text]}"
            seen[statement.text] = here
            yield from (f"{here}: {problem}" for problem in _of_statement(statement))
        yield from _alike(field)


def _of_positions(field: Field) -> Iterator[str]:
    slugs = Counter(position.slug for position in field.positions)
    yield from (f"{field.name}: position {slug} stands {n} times" for slug, n in slugs.items() if n > 1)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _, _, position, polarity in codings_of([field]):
        counts[position.slug][polarity] += 1
    for position in field.positions:
        here = f"{field.name}: {position.slug}"
        if not position.description:
            yield f"{here}: nothing says what it is about"
        if min(len(position.for_phrases), len(position.against_phrases)) < PHRASES:
            yield f"{here}: fewer than {PHRASES} wordings for or against"
        for polarity, least in LEAST.items():
            number = counts[position.slug][polarity]
            if number < least:
                yield f"{here}: {number} statements {polarity}, at least {least} are wanted"


def _of_statement(statement: CodedStatement) -> Iterator[str]:
    for name in ("source", "cue", "content"):
        if not getattr(statement, name):
            yield f"no {name} is marked"
    if "  " in statement.text or statement.text != statement.text.strip():
        yield "blanks too many"
    if statement.text[-1] not in '.?!"':
        yield "no full stop at the end"
    conditional = any(coding.condition for coding in statement.codings)
    if conditional != ("condition" in statement.tags) or conditional != bool(statement.condition):
        yield "a starred code, the tag 'condition' and marked words of a condition go together"
    if "plain" in statement.tags and len(statement.tags) > 1:
        yield "'plain' stands beside another tag"
    coded = [coding.position for coding in statement.codings] + list(statement.doubtful)
    if len(set(coded)) < len(coded):
        yield "two codes for one position"
    polar = any(coding.polarity != "neutral" for coding in statement.codings)
    if polar and "denial-of-report" in statement.tags and statement.force == "denies":
        denied = " ".join(span.text for span in statement.content)
        if "report" in denied or "rumour" in denied:
            yield "the denial of a report takes no side"


def _alike(field: Field) -> Iterator[str]:
    """Pairs of statements that share most of their words."""
    bags = [(statement, set(words_of(statement.text))) for statement in field.statements]
    for at, (one, words) in enumerate(bags):
        for other, others in bags[:at]:
            if min(len(words), len(others)) < ALIKE * max(len(words), len(others)):
                continue
            if len(words & others) >= ALIKE * len(words | others):
                yield f"{field.name}:{one.line}: nearly the same words as line {other.line}"


def contrast_problems(sets: Sequence[ContrastSet]) -> Iterator[str]:
    """What breaks the rules of contrast sets, in words, with the place."""
    for one in sets:
        here = f"{one.field}: set in line {one.line}"
        seen: set[str] = set()
        for words in (*one.wordings, *one.contrary, one.nearby):
            if set(words) & set("[]{}"):
                yield f"{here}: a position has brackets: {words}"
        if len({*one.wordings, *one.contrary, one.nearby}) < len(one.wordings) + len(one.contrary) + 1:
            yield f"{here}: the same words stand for two of its positions"
        for text in one.texts:
            if not SHORTEST <= len(text.text.split()) <= LONGEST:
                yield f"{here}: too short or too long: {text.text}"
            for opening, closing in ("[]", "{}"):
                marks = [mark for mark in text.text if mark in (opening, closing)]
                if marks not in ([], [opening, closing]):
                    yield f"{here}: brackets without their like, or twice: {text.text}"
            if text.text in seen:
                yield f"{here}: twice: {text.text}"
            seen.add(text.text)


def article_problems(debates: Sequence[Debate]) -> Iterator[str]:
    """What breaks the rules of coded articles, in words, with the field."""
    for debate in debates:
        if len(debate.positions) < LEAST_POSITIONS:
            yield f"{debate.name}: {len(debate.positions)} positions, at least {LEAST_POSITIONS} are wanted"
        for what, names in (
            ("slug", [position.slug for position in debate.positions]),
            ("label", [position.label for position in debate.positions]),
        ):
            yield from (
                f"{debate.name}: two positions have the {what} {name}"
                for name, n in Counter(names).items()
                if n > 1
            )
        seen: set[tuple[str, int, int]] = set()
        for one in debate.statements:
            places = {(one.article.name, span.start, span.end) for span in one.statement.content}
            if places & seen:
                yield f"{debate.name}: {one.statement.id}: these words are another statement's already"
            seen |= places
            if one.polarities.keys() & one.doubtful:
                yield f"{debate.name}: {one.statement.id}: a position is coded and doubtful"


def article_counts(debates: Sequence[Debate], held_out: Sequence[Debate]) -> str:
    """A table of what the coded articles hold, in Markdown."""
    rows: dict[str, list[int]] = {}
    for part in (debates, held_out):
        statements = [one for debate in part for one in debate.statements]
        articles = {one.article.name: one.article.text for one in statements}
        polarities = Counter(polarity for one in statements for polarity in one.polarities.values())
        numbers = {
            "fields": len(part),
            "positions": sum(len(debate.positions) for debate in part),
            "articles": len(articles),
            "words": sum(len(text.split()) for text in articles.values()),
            "statements": len(statements),
            "on no position": sum(not (one.polarities or one.doubtful) for one in statements),
            "on several positions": sum(len(one.polarities) > 1 for one in statements),
            **{name: polarities[name] for name in POLARITIES if name != "unrelated"},
            "doubtful": sum(len(one.doubtful) for one in statements),
        }
        for name, number in numbers.items():
            rows.setdefault(name, []).append(number)
    lines = ["| | to train on | held out |", "|---|---|---|"]
    lines += [f"| {name} | {' | '.join(map(str, numbers))} |" for name, numbers in rows.items()]
    return "\n".join(lines)


def contrast_counts(sets: Sequence[ContrastSet], held_out: Sequence[ContrastSet]) -> str:
    """A table of what the contrast sets hold, in Markdown."""
    lines = ["| | to train on | held out |", "|---|---|---|"]
    rows: dict[str, list[int]] = {}
    for part in (sets, held_out):
        polarities = Counter(text.polarity for one in part for text in one.texts)
        rows.setdefault("fields", []).append(len({one.field for one in part}))
        rows.setdefault("positions", []).append(len(part))
        rows.setdefault("texts", []).append(polarities.total())
        for polarity in POLARITIES:
            rows.setdefault(polarity, []).append(polarities[polarity])
        marked = sum("[" in text.text for one in part for text in one.texts)
        rows.setdefault("with their source marked", []).append(marked)
    lines += [f"| {name} | {' | '.join(map(str, numbers))} |" for name, numbers in rows.items()]
    return "\n".join(lines)


def counts(fields: Sequence[Field]) -> str:
    """Tables of what the corpus holds, in Markdown."""
    statements = [statement for field in fields for statement in field.statements]
    polarities = Counter(polarity for _, _, _, polarity in codings_of(fields))
    conditional = sum(coding.condition for one in statements for coding in one.codings)
    doubtful = sum(len(one.doubtful) for one in statements)
    hinted = sum(len(one.hinted) for one in statements)
    bare = sum(not (one.codings or one.doubtful) for one in statements)
    positions = sum(len(field.positions) for field in fields)
    against = sum(len(field.against) for field in fields)
    lines = [
        f"{len(statements)} statements, {positions} positions ({against} themselves against something), "
        f"{len(fields)} fields.",
        "",
        "| | |",
        "|---|---|",
        *(f"| {polarity} | {polarities[polarity]} |" for polarity in POLARITIES),
        f"| of these on a condition | {conditional} |",
        f"| doubtful | {doubtful} |",
        f"| doubtful because a linked position is coded | {hinted} |",
        f"| statements that touch no position | {bare} |",
        "",
        "| fold | fields | statements | positions |",
        "|---|---|---|---|",
    ]
    for fold in FOLDS:
        inside = [field for field in fields if field.fold == fold]
        names = ", ".join(field.name for field in inside)
        lines.append(
            f"| {fold} | {names} | {sum(len(field.statements) for field in inside)} "
            f"| {sum(len(field.positions) for field in inside)} |"
        )
    forces = Counter(one.force for one in statements)
    lines += ["", "| force | statements |", "|---|---|", *(f"| {name} | {forces[name]} |" for name in FORCES)]
    tags = Counter(tag for one in statements for tag in one.tags)
    lines += ["", "| tag | means | statements |", "|---|---|---|"]
    lines += [f"| {tag} | {meaning} | {tags[tag]} |" for tag, meaning in TAGS.items()]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the problems, or the counts."""
    parser = argparse.ArgumentParser(
        prog="python -m training.stance.check",
        description="Hold corpus, contrast sets and coded articles against their rules.",
    )
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a folder of fields")
    parser.add_argument("--contrasts", type=Path, default=CONTRASTS, help="a folder of contrast sets")
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="a folder of coded articles")
    parser.add_argument("--counts", action="store_true", help="print what they hold")
    options = parser.parse_args(arguments)
    try:
        fields = read_corpus(options.corpus)
        sets, held_out = (read_contrasts(options.contrasts, held_out) for held_out in (False, True))
        debates, others = (read_debates(options.articles, held_out) for held_out in (False, True))
    except KgError as error:
        print(error, file=sys.stderr)
        return 3
    if options.counts:
        print(counts(fields), contrast_counts(sets, held_out), article_counts(debates, others), sep="\n\n")
    found = [
        *problems(fields),
        *contrast_problems([*sets, *held_out]),
        *article_problems([*debates, *others]),
    ]
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

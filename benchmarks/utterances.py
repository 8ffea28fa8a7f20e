"""Measures which reports of one speech act are found: by the strict rule, and as candidates for a person.

    python -m benchmarks.utterances                 # the acts of tests/review/wordings
    python -m benchmarks.utterances --misses        # and which pairs are missed or wrong
    python -m benchmarks.utterances --no-meaning    # by words alone
    python -m benchmarks.utterances --scale 20000   # how long it takes over so many statements

The wordings become articles and statements of a project of its own, which is built as any other. A pair of
wordings of one act counts as found if both are in one utterance or if their utterances are a candidate. A
candidate counts as right if its two statements are of one act.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.build.likeness import plain_words
from kg.build.utterance import Entry
from kg.project import Project
from kg.review.utterances.candidates import LEAST, Candidate, candidates, known
from kg.review.utterances.likeness import Rarity, likeness
from kg.review.utterances.meaning import Meanings
from kg.review.utterances.near import near_pairs
from kg.review.utterances.spoken import Holder, Spoken

ACTS = Path(__file__).parent.parent / "tests" / "review" / "wordings" / "acts.toml"
OUTLETS = ("The Example Courier", "The Example Post", "Northern Wire", "Harbour Gazette")
_REGISTERED = ("Ann Lee", "Bo Ramm", "Cara Voss", "Dario Pohl", "Esther Quill", "Farid Nasser", "Gwen Oster")
_FILLER = " ".join(f"The ice on the bay broke early in year {n}, and boats left at once." for n in range(12))


@dataclass(frozen=True)
class Worded:
    """One wording: which act it is of, and of which kind."""

    act: str
    kind: str
    speaker: str
    said: str
    published: str
    outlet: str
    quote: str
    words: str
    copied: bool


def worded(path: Path = ACTS) -> list[Worded]:
    """The wordings of a file; what looks alike only are acts of their own."""
    found: list[Worded] = []
    for name, acts in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for number, act in enumerate(acts):
            for place, given in enumerate(act["wordings"]):
                one = {"words": given} if isinstance(given, str) else given
                said = one.get("said", act.get("day"))
                # The article comes out the day after, and so after what it reports of another day.
                day = max(act.get("day", said), said if len(said) == len("2014-03-04") else "")
                own = f"{name} {number}" if name == "act" else f"{name} {number}.{place}"
                found.append(
                    Worded(
                        own,
                        act["kind"],
                        one.get("speaker", act.get("speaker")),
                        said,
                        str(date.fromisoformat(day) + timedelta(days=1)),
                        OUTLETS[one.get("outlet", place % len(OUTLETS))],
                        one.get("quote", "direct"),
                        one["words"],
                        act["kind"] == "reprint",
                    )
                )
    return found


def project_of(wordings: Sequence[Worded], folder: Path) -> Project:
    """A project with an article and a statement for each wording."""
    articles = folder / "articles"
    articles.mkdir(parents=True)
    (folder / "kg.toml").write_text('title = "Wordings"\nbase = "https://example.org/wordings/"\n')
    rows = "".join(f"{name},person,,Norland,,,,\n" for name in _REGISTERED)
    (folder / "register.csv").write_text(
        f"name,kind,aliases,member_of,office,from,until,wikidata\nNorland,state,,,,,,\n{rows}"
    )
    (folder / "topics.csv").write_text("topic,label,broader\nnorth,The north,\n")
    (folder / "codebook.csv").write_text(
        "position,label,topic,description,for,against\nnorth,The north comes first,north,,,\n"
    )
    lines, listed = [], ["file,published,publisher,title"]
    for number, one in enumerate(wordings):
        name, source = f"{number:03}.txt", one.speaker.strip("()")
        quoted = f"“{one.words},”" if one.quote == "direct" else one.words
        filler = "\n\n" + (_FILLER if one.copied else " ".join(f"note{number}.{n}" for n in range(60)))
        (articles / name).write_text(f"Story {number}\n\n{quoted} {source} said.{filler}\n", encoding="utf-8")
        listed.append(f"{name},{one.published},{one.outlet},Story {number}")
        line = {"article": name, "content": [one.words], "source": source, "actor": one.speaker}
        line |= {"quote": one.quote, "said": one.said, "confidence": 0.9}
        lines.append(json.dumps(line, ensure_ascii=False))
    (articles / "articles.csv").write_text("\n".join(listed) + "\n", encoding="utf-8")
    (folder / "statements.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    project = Project.open(folder)
    project.load([folder / "statements.jsonl"], articles=[articles], software="wordings")
    return project


@dataclass
class Figures:
    """What was found.

    Attributes:
        pairs: Pairs of wordings of one act, by kind.
        by_rule: How many of them the strict rule put together.
        found: How many of them are together or a candidate.
        wrong_by_rule: Pairs of two acts that the rule put together.
        offered: Candidates, what is most worth a look first, with whether each is right.
        missed: Pairs that were not found.
    """

    pairs: dict[str, int] = field(default_factory=dict)
    by_rule: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    wrong_by_rule: list[tuple[Worded, Worded]] = field(default_factory=list)
    offered: list[tuple[bool, Candidate, Worded, Worded]] = field(default_factory=list)
    missed: list[tuple[Worded, Worded]] = field(default_factory=list)

    @property
    def right(self) -> int:
        """Candidates that are right."""
        return sum(right for right, *_ in self.offered)

    @property
    def average_precision(self) -> float:
        """Mean of the precision at each candidate that is right."""
        hits, total = 0, 0.0
        for place, (right, *_) in enumerate(self.offered, start=1):
            hits += right
            total += hits / place if right else 0.0
        return total / hits if hits else 0.0

    def precision_at(self, number: int) -> float:
        """Share of right ones among the first candidates."""
        first = self.offered[:number]
        return sum(right for right, *_ in first) / len(first) if first else 0.0


def measure(
    project: Project, wordings: Sequence[Worded], *, meaning: bool = True, least: float = LEAST
) -> Figures:
    """Compare what is found with what was meant."""
    seen = known(project.desk("measure"))
    files = {entry.iri: int(entry.file.split(".")[0]) for entry in project.articles()}
    number_of = {iri: files[one.entry.article] for iri, one in seen.all.statements.items()}
    iri_of = {number: iri for iri, number in number_of.items()}
    offered = candidates(seen, Meanings() if meaning else None, least=least)
    between = {frozenset((one.one.utterance, one.other.utterance)) for one in offered}
    result = Figures()
    for first, second in combinations(range(len(wordings)), 2):
        one, other = wordings[first], wordings[second]
        utterances = [seen.all.statements[iri_of[number]].utterance for number in (first, second)]
        together = utterances[0] == utterances[1]
        if one.act != other.act:
            if together:
                result.wrong_by_rule.append((one, other))
            continue
        for counts, holds in (
            (result.pairs, True),
            (result.by_rule, together),
            (result.found, together or frozenset(utterances) in between),
        ):
            counts[one.kind] = counts.get(one.kind, 0) + holds
        if not together and frozenset(utterances) not in between:
            result.missed.append((one, other))
    for candidate in offered:
        one, other = (wordings[number_of[spoken.iri]] for spoken in (candidate.one, candidate.other))
        result.offered.append((one.act == other.act, candidate, one, other))
    return result


def synthetic(number: int, seed: int = 1) -> list[Spoken]:
    """So many statements of a tenth as many holders over ten years, three in ten of them another wording."""
    rng = random.Random(seed)
    vocabulary = [
        f"{stem}{end}" for stem in _STEMS for end in ("", "er", "ing", "ment", "ship", "hood", "less")
    ]
    found: list[Spoken] = []
    for place in range(number):
        if found and rng.random() < 0.3:
            first = rng.choice(found[-200:])
            words = [word for word in first.entry.words if rng.random() < 0.85]
            holder, day = first.holders[0], first.begins + timedelta(days=rng.randrange(2))
        else:
            words = [rng.choice(vocabulary) for _ in range(rng.randint(6, 25))]
            # Few holders say much, as in any newspaper.
            holder = Holder(f"a{int(rng.paretovariate(0.8)) % max(1, number // 10)}", "Ann Lee", person=True)
            day = date(2004, 1, 1) + timedelta(days=rng.randrange(3650))
        bag = plain_words(" ".join(words)) or ("word",)
        entry = Entry(
            f"s{place:07}", f"d{place}", holder.iri, None, True, day.isoformat(), day.isoformat(), bag, ""
        )
        claim = " ".join(words)
        found.append(Spoken(entry, f"u{place}", (holder,), claim, None, None, None, day, day, True))
    return found


_STEMS = [
    "harbour",
    "bridge",
    "tunnel",
    "ferry",
    "quota",
    "treaty",
    "river",
    "border",
    "school",
    "hospital",
    "budget",
    "union",
    "strike",
    "price",
    "tax",
    "water",
    "power",
    "grid",
    "coal",
    "wind",
    "forest",
    "farm",
    "herring",
    "trawler",
    "council",
    "mayor",
    "minister",
    "court",
    "bank",
    "museum",
    "street",
    "tram",
    "bus",
    "train",
    "teacher",
    "nurse",
    "doctor",
    "engineer",
    "island",
    "valley",
    "coast",
    "storm",
    "winter",
    "autumn",
    "summer",
    "paper",
    "letter",
]


def _row(name: str, figures: Figures, kinds: Sequence[str]) -> str:
    pairs, by_rule, found = (
        sum(counts.get(kind, 0) for kind in kinds)
        for counts in (figures.pairs, figures.by_rule, figures.found)
    )
    return f"{name:22}{pairs:7}{by_rule:9}{found:11}{found / pairs:8.2f}"


def report(figures: Figures) -> Iterator[str]:
    """The figures as lines of a table."""
    yield f"{'wordings of one act':22}{'pairs':>7}{'by rule':>9}{'or offered':>11}{'recall':>8}"
    for kind in figures.pairs:
        yield _row(kind, figures, [kind])
    yield _row("all", figures, list(figures.pairs))
    yield ""
    total = len(figures.offered)
    yield f"the rule puts {len(figures.wrong_by_rule)} pairs of two acts together"
    yield f"{total} candidates, {figures.right} of them right: precision {figures.right / max(1, total):.2f}"
    for number in (10, 20, 30, 40, 50):
        if number <= total:
            yield f"precision of the first {number}: {figures.precision_at(number):.2f}"
    yield f"average precision {figures.average_precision:.2f}"


def scale(number: int) -> Iterator[str]:
    """How long pairs are looked for among synthetic statements, by words alone."""
    statements = synthetic(number)
    start = time.process_time()
    pairs = near_pairs(statements)
    found = time.process_time() - start
    rarity = Rarity(statements)
    scored = sum(likeness(statements[a], statements[b], rarity, least=LEAST).score >= LEAST for a, b in pairs)
    whole = time.process_time() - start
    every = number * (number - 1) // 2
    yield f"{number} statements: {len(pairs)} pairs compared, of {every}; {scored} candidates"
    yield f"processor time: {found:.1f} s to find the pairs, {whole:.1f} s with comparing them"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.utterances", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--acts", type=Path, default=ACTS, help="file of acts")
    parser.add_argument(
        "--least", type=float, default=LEAST, help="likeness from which a pair is a candidate"
    )
    parser.add_argument("--no-meaning", action="store_true", help="compare words alone")
    parser.add_argument("--misses", action="store_true", help="say what is missed and what is wrong")
    parser.add_argument("--scale", type=int, metavar="N", help="time the search over N synthetic statements")
    chosen: Any = parser.parse_args(arguments)
    if chosen.scale:
        print("\n".join(scale(chosen.scale)))
        return 0
    wordings = worded(chosen.acts)
    with tempfile.TemporaryDirectory() as folder:
        project = project_of(wordings, Path(folder) / "project")
        figures = measure(project, wordings, meaning=not chosen.no_meaning, least=chosen.least)
    print("\n".join(report(figures)))
    if chosen.misses:
        vectors = Meanings().of(one.words for pair in figures.missed for one in pair)
        for one, other in figures.wrong_by_rule:
            print(f"wrong by rule ({one.kind}): {one.words} | {other.words}")
        for one, other in figures.missed:
            alike = float(vectors[one.words] @ vectors[other.words])
            print(f"missed ({one.kind}, meaning {alike:.2f}): {one.words} | {other.words}")
        for right, candidate, one, other in figures.offered:
            like = candidate.likeness
            notes = "; ".join((*like.reasons, *like.cautions))
            verdict = "right" if right else "WRONG"
            print(f"{verdict} {like.score:.2f} ({one.kind}) {one.words} | {other.words} [{notes}]")
    return 0


if __name__ == "__main__":
    sys.exit(main())

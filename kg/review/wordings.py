"""Other wordings of the same speech: statements that a person may want to put together with one."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.build.index import ENTRY
from kg.build.nodes import Nodes
from kg.build.terms import RDFS, SCHEMA, ST, node
from kg.build.utterance import Entry
from kg.build.words import dice
from kg.review.cases import Case
from kg.review.decisions import Desk

ALIKE = 0.4
"""Dice overlap of words from which another statement is offered."""
MOST = 9


@dataclass(frozen=True, slots=True)
class Wording:
    """Another statement, with what tells it from the first.

    Attributes:
        iri: The statement.
        words: Its content, folded.
        speaker: Label of its speaker.
        said: EDTF date, or "undated".
        source: Outlet and date of the article.
        likeness: Dice overlap of the words, from 0 to 1.
    """

    iri: str
    words: str
    speaker: str
    said: str
    source: str
    likeness: float


def likely_wordings(desk: Desk, case: Case) -> list[Wording]:
    """Statements of other utterances whose words are like those of a case, the most alike first.

    Those of the same speaker count as a little more alike. At most nine.
    """
    iris = desk.material.iris
    current, index, own = node(iris.current_graph), node(iris.index_graph), node(case.iri)
    with desk.reading() as store:
        view = store.view
        mine = [q.object.value for q in view.quads_for_pattern(own, ENTRY, None, index)]  # type: ignore[union-attr]
        if not mine:
            return []
        entry = Entry.from_text(mine[0])
        together = {q.object for q in view.quads_for_pattern(own, ST.utterance, None, current)}
        ranked: list[tuple[float, Entry]] = []
        for quad in view.quads_for_pattern(None, ENTRY, None, index):
            other = Entry.from_text(quad.object.value)  # type: ignore[union-attr]
            if other.statement == case.iri:
                continue
            alike = dice(entry.words, other.words)
            if alike >= ALIKE:
                ranked.append((alike + 0.1 * (other.speaker == entry.speaker), other))
        ranked.sort(key=lambda one: (-one[0], one[1].statement))
        found = []
        for alike, other in ranked:
            said = Nodes(view.quads_for_pattern(node(other.statement), None, None, current))
            subject = node(other.statement)
            if said.node(subject, ST.utterance) in together:
                continue
            article = node(other.article)
            about = Nodes(view.quads_for_pattern(article, None, None, current))
            outlet = about.node(article, SCHEMA.publisher)
            named = Nodes(view.quads_for_pattern(outlet, RDFS.label, None, current)) if outlet else None
            publisher = (named.text(outlet, RDFS.label) if named and outlet else None) or "unknown outlet"
            speaker, _, words = (said.text(subject, RDFS.label) or "").partition(": ")
            found.append(
                Wording(
                    other.statement,
                    words,
                    speaker,
                    said.text(subject, ST.said) or "undated",
                    f"{publisher}, {about.text(article, SCHEMA.datePublished) or 'undated'}",
                    round(min(1.0, alike), 2),
                )
            )
            if len(found) == MOST:
                break
    return found


def differences(one: str, other: str) -> list[tuple[str, str]]:
    """What differs between two wordings, word by word: words of `both`, of the first, or of the second alone.

    >>> differences("we build it", "we must build it")
    [('both', 'we'), ('second', 'must'), ('both', 'build it')]
    """
    first, second = one.split(), other.split()
    plain = [[word.strip(",.;:!?\"'“”‘’").casefold() for word in words] for words in (first, second)]
    matcher = SequenceMatcher(None, plain[0], plain[1], autojunk=False)
    found: list[tuple[str, str]] = []
    for kind, start, end, begin, stop in matcher.get_opcodes():
        if kind == "equal":
            found.append(("both", " ".join(first[start:end])))
            continue
        for name, words in (("first", first[start:end]), ("second", second[begin:stop])):
            if words:
                found.append((name, " ".join(words)))
    return found


__all__ = ["ALIKE", "MOST", "Wording", "differences", "likely_wordings"]

"""Counts how often the speaker of an annotated attribution is told rightly, with an empty register.

The annotated spans are given to the linker, so that the figure says nothing about finding attributions. Every
name has to come from the article's own text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.attribute.lexicon import words
from kg.attribute.reading import Reading
from kg.link.linker import Linker
from kg.model.attribution import Attribution, Span
from kg.model.iris import Iris
from kg.model.register import Register
from kg.model.statement import Statement
from training.attribution.annotations import AnnotatedArticle, Annotation, Range, outer_of

_TITLES = words(
    """
    mr mrs ms miss dr prof sir dame lord lady sister judge justice garda inspector councillor president
    minister governor the a an of in at for and
    """
)
UNSAID = "(unsaid)"


@dataclass
class Speakers:
    """How many speakers were told rightly; the named and the unnamed apart.

    Attributes:
        named: Right, and all that have a name.
        pronouns: Of these, those whose source is a pronoun or a description without any part of the name.
        unnamed: Right, and all that have only a description.
        wrong: What was told wrongly, a line each.
    """

    named: tuple[int, int] = (0, 0)
    pronouns: tuple[int, int] = (0, 0)
    unnamed: tuple[int, int] = (0, 0)
    wrong: tuple[str, ...] = ()

    def __add__(self, other: Speakers) -> Speakers:
        """Both together."""

        def both(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
            return a[0] + b[0], a[1] + b[1]

        return Speakers(
            both(self.named, other.named),
            both(self.pronouns, other.pronouns),
            both(self.unnamed, other.unnamed),
            self.wrong + other.wrong,
        )


def linked(article: AnnotatedArticle, reading: Reading) -> list[Statement | None]:
    """The statement that linking makes of each annotated attribution.

    Args:
        article: The annotated article.
        reading: Any reading of it; its parse is used, its attributions are not.
    """
    text = article.text
    outer = outer_of(article.annotations)
    # Linking goes through attributions in the order of their contents and answers with these very spans.
    given = tuple(_attribution(text, one, outer[number]) for number, one in enumerate(article.annotations))
    statements = Linker(Register(), Iris()).link(replace(reading, attributions=given))
    spans = {(s.source, s.cue, s.content): s for s in statements}
    return [spans.get((one.source, one.cue, one.content)) for one in given]


def _attribution(text: str, annotation: Annotation, outer: int | None) -> Attribution:
    def span(start: int, end: int) -> Span:
        return Span(start, end, text[start:end])

    source, cue = _whole(annotation.source), _whole(annotation.cue)
    marks = '“”„«»"‘’'
    quoted = [text[start] in marks for start, _ in annotation.content]
    return Attribution(
        source=span(*source) if source else None,
        cue=span(*cue) if cue else None,
        content=tuple(span(start, end) for start, end in annotation.content),
        quote="direct" if all(quoted) else "mixed" if any(quoted) else "indirect",
        reported_in=outer,
    )


def _whole(spans: Sequence[Range]) -> Range | None:
    return (spans[0][0], spans[-1][1]) if spans else None


def count(article: AnnotatedArticle, reading: Reading) -> Speakers:
    """How many speakers of an article are told rightly; attributions without one are left out."""
    result = Speakers()
    everybody = {
        _folded(name) for one in article.annotations for name in one.actors if not name.startswith("(")
    }
    for annotation, statement in zip(article.annotations, linked(article, reading), strict=True):
        if not annotation.actors or UNSAID in annotation.actors:
            continue
        told = _told(statement)
        mention = " ".join(article.text[start:end] for start, end in annotation.source)
        named = not annotation.actors[0].startswith("(")
        right = (
            {_folded(name) for name in annotation.actors} == {_folded(name) for name in told}
            if named
            else _described(annotation.actors, mention, told, everybody)
        )
        score = (int(right), 1)
        who, instead = "; ".join(annotation.actors), "; ".join(told) or "nobody"
        line = f"{article.name}: {mention!r} is {who}, not {instead}"
        pronoun = named and not _folded(mention) & _folded(annotation.actors[0])
        result += Speakers(
            named=score if named else (0, 0),
            pronouns=score if pronoun else (0, 0),
            unnamed=(0, 0) if named else score,
            wrong=() if right else (line,),
        )
    return result


def _told(statement: Statement | None) -> list[str]:
    if statement is None or statement.actor is None:
        return []
    return [statement.actor.label, *(actor.label for actor in statement.joint)]


def _folded(name: str) -> frozenset[str]:
    """A name's words without titles."""
    return frozenset(re.findall(r"\w+", name.casefold().replace("’s", "").replace("'s", ""))) - _TITLES


def _described(
    actors: Sequence[str], mention: str, told: Sequence[str], everybody: set[frozenset[str]]
) -> bool:
    """Whether a description means the same: a word in common, and it is nobody whom the article names."""
    wanted = frozenset().union(*(_folded(actor) for actor in actors), _folded(mention))
    return bool(told) and all(_folded(name) & wanted and _folded(name) not in everybody for name in told)


__all__ = ["Speakers", "count", "linked"]

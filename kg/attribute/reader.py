"""Reading an article: parse it, gather candidates of every construction, and weigh them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.attribute.according import according_candidates
from kg.attribute.blocks import (
    block_candidates,
    pull_quote_candidates,
    transcript_candidates,
    unmarked_candidates,
)
from kg.attribute.candidate import Candidate
from kg.attribute.continuation import continue_speakers
from kg.attribute.cues import LAYOUT_SHARES, cue_table
from kg.attribute.evaluation import evaluation_candidates
from kg.attribute.fallback import fallback_candidates
from kg.attribute.finish import finished
from kg.attribute.frames import frame_candidates
from kg.attribute.headlines import headline_candidates
from kg.attribute.lexicon import BELIEVE, DEMAND, JUDGE, NOUNS, OFFER, SAY
from kg.attribute.merge import apart_from, best_of_each_cue, held_by, outer_of, snap, without_conflicts
from kg.attribute.postposed import postposed_candidates
from kg.attribute.quoted import quoted_candidates
from kg.attribute.reading import Reading
from kg.attribute.statementhood import is_statement
from kg.attribute.text_map import TextMap, text_map
from kg.model.article import Article
from kg.model.attribution import Attribution

THRESHOLD = 0.4
"""Candidates with a lower estimated share of attributions are dropped."""


def _candidates(text: TextMap) -> Iterator[Candidate]:
    yield from quoted_candidates(text)
    yield from block_candidates(text)
    yield from pull_quote_candidates(text)
    yield from unmarked_candidates(text)
    yield from transcript_candidates(text)
    table = cue_table()
    for token in text.doc:
        if token.is_space or token.is_punct:
            continue
        for candidate in frame_candidates(token):
            share = table.share(candidate.lemma, candidate.construction)
            believed = candidate.lemma in BELIEVE and candidate.construction in ("that", "bare")
            believed |= candidate.lemma in SAY and candidate.construction in ("that", "bare")
            believed |= candidate.lemma == "want" and candidate.construction in ("to", "obj+to")
            if candidate.construction.startswith("l.") and candidate.lemma in NOUNS:
                share = max(share, 0.6)  # Too few for a count of their own.
            if candidate.construction.endswith("@") and text.in_quotes(token):
                continue  # "I think" inside one's own quotation attributes nothing to anybody else.
            judged = candidate.lemma in JUDGE and candidate.construction.startswith("obj")
            if share >= THRESHOLD - (0.15 if believed or judged else 0):
                yield candidate.with_(confidence=share)
        yield from postposed_candidates(text, token)
        yield from according_candidates(text, token)
        yield from evaluation_candidates(text, token)
        yield from fallback_candidates(text, token)


def gathered(text: TextMap, article: Article) -> list[Candidate]:
    """Every candidate of the rules outside of the article's boilerplate, before they are weighed."""
    found = [c.with_(confidence=LAYOUT_SHARES.get(c.construction, c.confidence)) for c in _candidates(text)]
    speakers = {word for c in found if c.source is not None for word in text.text[slice(*c.source)].split()}
    return [
        snap(text, candidate)
        for candidate in [*found, *headline_candidates(text, speakers)]
        if not article.in_boilerplate(candidate.start, candidate.end)
    ]


def settled(text: TextMap, candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[int | None]]:
    """The candidates that count: one a cue, none against another, speech without a cue given to its speaker.

    Returns:
        Candidates in the order of the text, and for each the index of the one whose content holds it.
    """
    cued = best_of_each_cue(c for c in candidates if c.construction != "quote alone")
    outside = without_conflicts(text, [c for c in cued if not _inside(text, c)])
    alone = apart_from(text, (c for c in candidates if c.construction == "quote alone"), outside)
    outside = continue_speakers(text, sorted([*outside, *alone], key=lambda c: (c.start, c.end)))
    inside = held_by(text, (c for c in cued if _inside(text, c)), outside)
    ordered = without_conflicts(text, [*outside, *inside])
    outer = outer_of(text, ordered)
    ordered = [c for c, held in zip(ordered, outer, strict=True) if held is None or _reported(text, c)]
    return ordered, outer_of(text, ordered)


def attributions(text: TextMap, article: Article) -> tuple[Attribution, ...]:
    """The attributions of a parsed article by the rules alone."""
    return finished(text, article, *settled(text, gathered(text, article)))


def _reported(text: TextMap, candidate: Candidate) -> bool:
    """Whether an attribution inside another's content is speech, and not a belief or wish in a claim."""
    kind = candidate.construction.rstrip("@")
    if candidate.source is None or not is_statement(text, candidate):
        return False
    if kind in ("to", "obj+to"):
        return candidate.lemma in (DEMAND | OFFER) - {"want", "need", "encourage", "seek"}
    return candidate.quoted or candidate.lemma in SAY - BELIEVE


def _inside(text: TextMap, candidate: Candidate) -> bool:
    """Whether a candidate's cue is itself quoted."""
    return candidate.head >= 0 and text.in_quotes(text.doc[candidate.head])


def read(article: Article) -> Reading:
    """Read an article.

    Returns:
        The article with its parse and its attributions; none for an empty text.

    Raises:
        KgError: spaCy's model is not installed.
    """
    text = text_map(article.text)
    return Reading(article, text.doc, attributions(text, article))


__all__ = ["THRESHOLD", "attributions", "gathered", "read", "settled"]

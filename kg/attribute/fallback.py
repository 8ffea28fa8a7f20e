"""Indirect speech after a verb of saying whose clause the parser took for something else."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.attribute.candidate import Candidate
from kg.attribute.evaluation import clause_limit
from kg.attribute.extent import lemma, next_cue
from kg.attribute.lexicon import words
from kg.attribute.sources import is_passive, speaker
from kg.attribute.temporal import tells_date
from kg.attribute.text_map import TextMap
from kg.attribute.trimming import content_range

_VERBS = words(
    """
    say claim insist argue believe think warn add note stress announce state maintain contend assert
    acknowledge admit confirm conclude predict declare complain suggest reiterate write deny reply promise
    """
)
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_CLAUSAL = ("ccomp",)


def _after_occasion(token: Token) -> int | None:
    """Index after "that" in "said in a letter that ...", where the parser may tie it to the letter."""
    doc = token.doc
    if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ not in (
        "in",
        "at",
        "during",
        "on",
        "through",
        "via",
    ):
        return None
    for i in range(token.i + 2, min(token.i + 12, len(doc) - 1)):
        if (
            doc[i].lower_ == "that"
            and i + 1 < len(doc)
            and doc[i + 1].pos_ not in ("NOUN", "PUNCT", "AUX", "VERB")
        ):
            return i + 1
        if doc[i].dep_ != "amod" and doc[i].pos_ in ("VERB", "AUX", "PUNCT", "SPACE"):
            return None
    return None


def fallback_candidates(text: TextMap, token: Token) -> Iterator[Candidate]:
    """The rest of the sentence after "said", where it holds a verb but the parse shows no clause."""
    doc = text.doc
    if token.pos_ != "VERB" or lemma(token) not in _VERBS or text.in_quotes(token) or is_passive(token):
        return
    if token.tag_ not in ("VBD", "VBZ", "VBP", "VBN", "VBG"):
        return
    announced = _after_occasion(token)
    if announced is not None and speaker(token) is not None:
        content = content_range(doc, announced, next_cue(token, announced, text.sentence_end(token.i)))
        if content is not None and content[1] - content[0] > 15:
            span = (token.idx, token.idx + len(token))
            yield Candidate(token.i, lemma(token), "that", span, (content,), speaker(token), 0.85)
            return
    if any(
        c.dep_ in _CLAUSAL
        and c.i > token.i
        and any(g.dep_ in ("nsubj", "nsubjpass", "expl") for g in c.children)
        for c in token.children
    ):
        return
    source = speaker(token)
    if source is None or source[0] > token.idx:
        return
    end = next_cue(token, token.i + 1, text.sentence_end(token.i))
    start = token.i + 1
    if (
        start >= end
        or doc[start].text in {",", ":", ".", ";", "-", "–", "—"}
        or doc[start].pos_ in ("ADP", "SCONJ", "ADV")
    ):
        return
    if text.in_quotes(doc[start]) or tells_date(doc[start]):
        return
    first_comma = clause_limit(text, token)
    if not any(t.tag_ in _FINITE and not text.in_quotes(t) for t in doc[start:first_comma]) and not any(
        t.tag_ in _FINITE and t.dep_ != "relcl" for t in doc[start:end]
    ):
        return
    content = content_range(doc, start, end)
    if content is not None and content[1] - content[0] > 15:
        yield Candidate(
            token.i, lemma(token), "bare", (token.idx, token.idx + len(token)), (content,), source, 0.7
        )


__all__ = ["fallback_candidates"]

"""Prepositions that attribute: "according to Ann Lee, taxes will rise", "taxes, in her view, will rise"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.attribute.candidate import Candidate
from kg.attribute.sources import phrase
from kg.attribute.text_map import TextMap
from kg.attribute.trimming import content_range, token_range

_VIEW_NOUNS = {"view", "opinion", "word", "judgement", "judgment", "eye"}


def _owner(token: Token) -> tuple[Token, int, int] | None:
    """For "according to X" and "in X's view": X's head, and the first and last token of the whole phrase."""
    if token.lower_ == "according":
        for child in token.children:
            if child.lower_ == "to":
                for part in child.children:
                    if part.dep_ in ("pobj", "pcomp"):
                        return part, token.i, max(part.right_edge.i, child.right_edge.i)
        following = token.doc[token.i + 1 : token.i + 2]
        if len(following) and following[0].lower_ == "to":
            for part in following[0].children:
                if part.dep_ == "pobj":
                    return part, token.i, part.right_edge.i
    if token.lower_ == "in":
        for child in token.children:
            if child.dep_ == "pobj" and child.lemma_.lower() in _VIEW_NOUNS:
                for owner in child.children:
                    if owner.dep_ == "poss":
                        return owner, token.i, child.i
                for of in child.children:
                    if of.lower_ == "of":
                        for part in of.children:
                            if part.dep_ == "pobj" and child.lemma_.lower() in (
                                "word",
                                "view",
                                "opinion",
                                "eye",
                            ):
                                return part, token.i, part.right_edge.i
    return None


def according_candidates(text: TextMap, token: Token) -> Iterator[Candidate]:
    """The candidate of a token that begins such a phrase: the rest of the sentence is the content."""
    found = _owner(token)
    if found is None or text.in_quotes(token):
        return
    owner, first, last = found
    doc = text.doc
    for k in range(owner.i + 1, last + 1):
        # "According to the ministry the plan ...": a second article without a comma begins the content.
        if (
            doc[k].lower_ in ("the", "a", "an")
            and doc[k - 1].pos_ in ("NOUN", "PROPN")
            and first == text.sentence_start(first)
        ):
            last = k - 1
            break
    start, end = text.sentence_start(first), text.sentence_end(first)
    stop = last + 1
    comma = next(
        (
            i
            for i in range(owner.i, min(last + 2, end))
            if doc[i].text == "," and _clause_follows(doc, i, end)
        ),
        None,
    )
    if comma is not None and first - start <= 1:
        stop = comma
    contents = []
    before = content_range(doc, start, first) if first - start >= 2 else None
    if before is not None:
        contents.append(before)
    following = doc[stop].text if stop < end else ""
    if stop < end and (before is None or following == ","):
        after = token_range(doc, stop, end)
        if (
            after is not None
            and doc[stop + 1 : stop + 2]
            and doc[min(stop + 1, end - 1)].lower_ not in ("who", "which")
        ):
            contents.append(after)
    if not contents:
        return
    mention = phrase(owner, lambda t: t.dep_ != "case" and first < t.i < stop)
    cue_end = owner.left_edge.i if owner.i > first else first + 1
    if token.lower_ == "according":
        cue = (doc[first].idx, doc[first + 1].idx + len(doc[first + 1]))
    else:
        cue = (doc[first].idx, doc[max(first, cue_end - 1)].idx + len(doc[max(first, cue_end - 1)]))
    yield Candidate(first, "according", "according", cue, tuple(contents), mention, 0.9)


def _clause_follows(doc: object, comma: int, end: int) -> bool:
    tokens = doc[comma + 1 : end]  # type: ignore[index]
    if not len(tokens) or tokens[0].lower_ in ("who", "which", "whose", "where"):
        return False
    return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in tokens)


__all__ = ["according_candidates"]

r"""Candidates from the parse: what a cue may govern, construction by construction.

Every verb, noun and adjective is tried; the figures in `cues.tsv` (how often such a pair of lemma and
construction is an attribution in PolNeAR's training part) decide later which candidates count. The
constructions:

| name | example (content after the bar) |
|---|---|
| `that`, `bare`, `wh` | said that / said / asked whether \\| taxes will rise |
| `to` | vowed \\| to cut taxes |
| `obj+to` | urged \\| the council to act |
| `obj`, `obj+as`, `obj+of`, ... | rejected \\| the plan; welcomed \\| the plan as a step |
| `prep:for`, `prep:on+to`, ... | called for \\| talks; called on \\| Peru to act |
| `left` | \\| taxes will rise, he said |
| `n.that`, `n.to`, `n.for`, ... | her warning that \\| taxes will rise; a call for \\| talks |
| `a.that`, `a.to`, ... | is confident that \\| taxes will fall |
| `...@` | any of these where the source is "I", "we" or "you" |
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.attribute.candidate import Candidate, Range
from kg.attribute.extent import KNOWN, clause_end, extended, infinitive, infinitive_at, lemma, next_cue, whole
from kg.attribute.lexicon import CRITICISE, DENY, LIGHT, NOUNS, REJECT
from kg.attribute.sources import is_passive, phrase, speaker, subject
from kg.attribute.trimming import content_range

_PARTICIPANTS = {"i", "we", "you"}
"""Sources that take part in the talk: "I think" is mostly no attribution, "she thinks" mostly is one."""

_WH = {"how", "why", "what", "when", "where", "whether", "who", "which", "if"}
_OBJECT_TAILS = {"as", "for", "of", "over", "to", "with", "about", "from", "in", "on"}


def _own_subject(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj"):
            return child
    return None


def _span(doc: Doc, start: int, end: int) -> tuple[Range, ...]:
    span = content_range(doc, start, end)
    return (span,) if span else ()


def _clauses(token: Token) -> Iterator[tuple[str, tuple[Range, ...], int]]:
    """Complement clauses right of a token: construction, content, index of the content's first token."""
    doc = token.doc
    if lemma(token) == "make-clear":
        ends = [t for t in token.subtree if t.lower_ == "that" and t.dep_ == "mark" and t.i > token.i]
        known = next((t.i for t in doc[token.i + 1 : token.i + 4] if t.lower_ in KNOWN), token.i)
        start = ends[0].i + 1 if ends else known + 1
        if ends or (start < token.sent.end and not doc[start].is_punct):
            yield "that", _span(doc, start, next_cue(token, start, token.right_edge.i + 1)), start - 1
        return
    for child in token.children:
        if child.i <= token.i:
            continue
        to = infinitive(child)
        own = _own_subject(child)
        if child.dep_ in ("ccomp", "acl", "relcl") or (
            child.dep_ == "advcl" and to is not None and own is not None
        ):
            mark = next((c for c in child.children if c.dep_ == "mark" and c.i < child.i), None)
            start, end = child.left_edge.i, clause_end(child, token)
            if to is not None and child.dep_ in ("ccomp", "advcl"):
                if mark is not None and mark.lower_ == "for":
                    yield "for+to", _span(doc, mark.i + 1, end), mark.i
                elif own is not None and own.i > token.i:
                    yield "obj+to", _span(doc, start, end), start
                elif child.dep_ == "ccomp":
                    yield "to", _span(doc, to.i, end), to.i
            elif child.dep_ == "acl" and to is not None:
                yield "to", _span(doc, to.i, end), to.i
            elif mark is not None and mark.lower_ == "that":
                noun = next((c for c in token.children if c.dep_ == "dobj" and lemma(c) in NOUNS), None)
                if noun is not None and lemma(token) in DENY | REJECT | CRITICISE and noun.i < mark.i:
                    yield "that", _span(doc, noun.left_edge.i, end), noun.left_edge.i
                else:
                    yield "that", _span(doc, mark.i + 1, end), mark.i
            elif child.dep_ == "relcl":
                continue
            elif doc[start].lower_ in _WH:
                yield "wh", _span(doc, start, end), start
            elif child.dep_ == "ccomp" and own is not None:
                yield "bare", _span(doc, start, end), start
            elif child.dep_ == "ccomp":
                yield "phrase", _span(doc, start, end), start
        elif child.dep_ == "xcomp":
            end = clause_end(child, token)
            objects = [c for c in token.children if c.dep_ in ("dobj", "dative") and token.i < c.i < child.i]
            if to is not None and objects:
                first, after = objects[0].left_edge.i, objects[0].right_edge.i + 1
                parts = _span(doc, first, end)
                if any(
                    c.dep_ == "prep" and c.left_edge.i == after and c.right_edge.i < to.i
                    for c in token.children
                ):
                    # "urged Peru | in a letter | to act": the occasion is no part of the content.
                    parts = (*_span(doc, first, after), *_span(doc, to.i, end))
                yield "obj+to", parts, first
            elif to is not None and own is None:
                if not any(
                    c.dep_ == "prep" and c.lower_ in ("on", "upon", "for") and c.right_edge.i + 1 == to.i
                    for c in token.children
                ):
                    yield "to", _span(doc, to.i, end), to.i
            elif to is not None:
                yield "obj+to", _span(doc, child.left_edge.i, end), child.left_edge.i
            else:
                yield "phrase", _span(doc, child.left_edge.i, end), child.left_edge.i
        elif child.dep_ in ("oprd", "acomp") and child.pos_ != "ADV" and token.pos_ == "VERB":
            objects = [c for c in token.children if c.dep_ == "dobj" and token.i < c.i < child.i]
            start = objects[0].left_edge.i if objects else child.left_edge.i
            yield "phrase", _span(doc, start, child.right_edge.i + 1), start


def _objects(token: Token) -> Iterator[tuple[str, tuple[Range, ...], int]]:
    doc = token.doc
    for child in token.children:
        if child.i > token.i and child.dep_ == "dobj":
            start, end = child.left_edge.i, child.right_edge.i + 1
            if lemma(token) in ("ask", "press", "push") and end < len(doc) and doc[end].lower_ == "for":
                end = max(end, doc[end].right_edge.i + 1)
            inner = {t.lower_ for t in doc[child.i + 1 : end] if t.dep_ == "prep"}
            if lemma(token) == "accuse" and "of" in inner:
                yield "obj+of", _span(doc, start, end), start
                continue
            if lemma(token) in ("ask", "press", "push") and "for" in inner:
                place = next(t.i for t in doc[child.i + 1 : end] if t.lower_ == "for")
                yield "obj+for", _span(doc, place, extended(token, end)), place
                continue
            if lemma(token) in LIGHT and lemma(child) in NOUNS and child.right_edge.i > child.i:
                continue
            yield "obj", _span(doc, start, end), start
            for tail in token.children:
                if tail.dep_ == "prep" and tail.left_edge.i == end and tail.lower_ in _OBJECT_TAILS:
                    end = tail.right_edge.i + 1
                    yield f"obj+{tail.lower_}", _span(doc, start, end), start
                    break


def _prepositions(token: Token) -> Iterator[tuple[str, tuple[Range, ...], int]]:
    doc = token.doc
    children = list(token.children)
    if token.pos_ == "NOUN" and token.dep_ == "dobj":
        # The parser may hang on the light verb what belongs to its object: "repeated his call | for talks".
        children += [c for c in token.head.children if c.dep_ == "prep" and c.i == token.i + 1]
    for child in children:
        if (
            child.i <= token.i
            or child.dep_ not in ("prep", "dative", "prt")
            or child.pos_ not in ("ADP", "SCONJ", "PART")
        ):
            continue
        parts = [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
        if not parts:
            continue
        start, end = child.i + 1, extended(token, child.right_edge.i + 1)
        asked = lemma(token) in ("ask", "press", "push") and child.lower_ == "for"
        if asked and any(c.dep_ in ("dobj", "dative") and token.i < c.i < child.i for c in token.children):
            continue
        if asked:
            start = child.i
        name = f"prep:{child.lower_}"
        infinitive = infinitive_at(doc, end)
        if infinitive is not None and child.lower_ in ("for", "on", "upon"):
            yield f"{name}+to", _span(doc, start, whole(token, infinitive.right_edge.i + 1)), child.i
            continue
        yield name, _span(doc, start, end), child.i
        for other in token.children:
            if other.dep_ == "prep" and other.i == end:
                yield f"{name}+{other.lower_}", _span(doc, other.i + 1, other.right_edge.i + 1), child.i


def _cue(token: Token, before: int) -> Range:
    """Characters of the cue: its auxiliaries and negation, and what stands between it and the content."""
    doc = token.doc
    start = token.i
    aux = [c for c in token.children if c.dep_ in ("aux", "auxpass", "neg") and token.i - 4 <= c.i < token.i]
    if aux and all(doc[i].pos_ in ("AUX", "PART", "ADV") for i in range(aux[0].i, token.i)):
        start = aux[0].i
    end = token.i + 1
    if before - token.i in (1, 2) and doc[token.i + 1].pos_ in ("ADP", "PART"):
        end = token.i + 2
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _words(token: Token, span: Range) -> str:
    """The words of a short span near a token, in lower case."""
    found = token.doc.char_span(*span)
    return found.text.lower() if found is not None else ""


def _token_end(token: Token, offset: int) -> int:
    """Index after the last token that starts before an offset to the right of a token."""
    i = int(token.i)
    while i < len(token.doc) and token.doc[i].idx < offset:
        i += 1
    return i


def _noun_source(token: Token) -> Range | None:
    """Who spoke, for a noun: its possessor, the phrase after "by" or "from", or the subject of its verb."""
    for child in token.children:
        if child.dep_ == "poss":
            return phrase(child, lambda t: t.dep_ != "case" and t.i < token.i)
    for child in token.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of"):
            for part in child.children:
                if part.dep_ == "pobj" and (child.lower_ != "of" or part.pos_ == "PROPN"):
                    return phrase(part)
    if token.dep_ in ("dobj", "attr", "pobj"):
        verb = token.head if token.dep_ != "pobj" else token.head.head
        found = subject(verb)
        if found is not None and found.i != token.i:
            return phrase(found)
    return None


def _relative_object(token: Token) -> tuple[Range, ...]:
    """What a relative clause judges: "the plan, which Peru described | as a trap" judges the plan."""
    relative = any(c.dep_ == "dobj" and c.tag_ in ("WDT", "WP") for c in token.children)
    if token.dep_ != "relcl" or not relative or token.head.i > token.i:
        return ()
    return (phrase(token.head, lambda other: other.i < token.left_edge.i),)


def frame_candidates(token: Token) -> Iterator[Candidate]:
    """Every candidate in which a verb, noun or adjective is the cue and the parse shows the content."""
    if token.pos_ in ("VERB", "AUX"):
        prefix = ""
        source = speaker(token)
        if is_passive(token):
            prefix = "p."
    elif token.pos_ == "NOUN":
        prefix, source = "n.", _noun_source(token)
        if token.dep_ == "dobj" and lemma(token.head) in LIGHT:
            prefix = "l."
            source = source or speaker(token.head)
    elif token.pos_ == "ADJ":
        prefix = "a."
        head = subject(token.head) if token.dep_ in ("acomp", "attr", "conj") else None
        source = phrase(head) if head is not None else None
    else:
        return
    found = list(_clauses(token))
    if prefix in ("", "p.") and token.pos_ == "VERB":
        found += list(_objects(token))
    if token.pos_ != "AUX":
        found += list(_prepositions(token))
    for construction, content, before in found:
        if not content:
            continue
        if construction in ("prep:as", "phrase"):
            content = (*_relative_object(token), *content)
        if source is not None and any(source[0] < end and source[1] > start for start, end in content):
            own_source = None
            if content[0][0] <= source[0] < token.idx < content[-1][1]:
                content, own_source = _span(token.doc, token.i + 1, _token_end(token, content[-1][1])), source
                if not content:
                    continue
        else:
            own_source = source
        if own_source is not None and _words(token, own_source) in _PARTICIPANTS:
            construction += "@"
        yield Candidate(
            token.i, lemma(token), prefix + construction, _cue(token, before), content, own_source
        )


__all__ = ["frame_candidates"]

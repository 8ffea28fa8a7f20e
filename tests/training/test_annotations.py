"""Annotations survive every form that they can be kept in; what is wrong is said with file and line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.errors import InputError
from training.attribution.annotations import (
    AnnotatedArticle,
    Annotation,
    from_record,
    parse_standoff,
    read_annotated,
    standoff,
    to_record,
    write_brat,
)
from training.attribution.markup import markup, parse_markup

NAMES = ["Ada Reed", "Tom Óg Price", "(harbour pilot)", "(unsaid)"]


@st.composite
def spans(draw, length, fewest):
    """Spans with gaps between them, in order."""
    cuts = draw(
        st.lists(st.integers(0, length), min_size=2 * fewest, max_size=6, unique=True).filter(
            lambda found: len(found) >= 2 * fewest
        )
    )
    cuts = sorted(cuts)[: len(cuts) // 2 * 2]
    return tuple((cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2))


@st.composite
def articles(draw):
    text = draw(st.text(st.sampled_from("aé 😀[]\\\n\r\t“”;"), min_size=4, max_size=40))
    annotations = [
        Annotation(
            draw(spans(len(text), 0)),
            draw(spans(len(text), 0)),
            draw(spans(len(text), 1)),
            tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True))),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
    order = sorted(annotations, key=lambda one: (one.start, one.cue, one.content, one.source))
    kinds = tuple(draw(st.lists(st.sampled_from(["interview", "letter"]), unique=True)))
    return AnnotatedArticle("a", text, tuple(order), kinds)


def key(article):
    """What must survive; markup lists speakers by attribution, so that their order is not kept."""
    marks = [(a.source, a.cue, a.content, sorted(a.actors)) for a in article.annotations]
    return article.text, sorted(marks), article.kinds


@given(articles())
def test_markup_round_trip(article):
    assert key(parse_markup(markup(article), "a", "a.marked")) == key(article)


@given(articles())
def test_standoff_round_trip(article):
    found = parse_standoff(standoff(article), article.text, "a.ann")
    assert key(AnnotatedArticle("a", article.text, tuple(found), article.kinds)) == key(article)


@given(articles())
def test_json_round_trip(article):
    assert key(from_record(json.loads(json.dumps(to_record(article))), "a.jsonl:1")) == key(article)


def test_brat_folder_round_trip(tmp_path):
    text = "First.\r\n“Two,” said Ada Reed\u2028in 😀 a row. “Three.”\n"
    one = Annotation(((19, 27),), ((14, 18),), ((8, 14), (40, 48)), ("Ada Reed",))
    article = AnnotatedArticle("b", text, (one,), ("split",))
    write_brat(article, tmp_path / "deep")
    assert read_annotated(tmp_path) == [article]


def test_brat_relations():
    """Other people's folders tie spans by relations, in either direction, with a span in two attributions."""
    text = "She said so and added this."
    lines = [
        "T1\tsource 0 3\tShe",
        "T2\tcue 4 8\tsaid",
        "T3\tcontent 9 11\tso",
        "T4\tcue 16 21\tadded",
        "T5\tcontent 22 26\tthis",
        "T6\tPerson 0 3\tShe",
        "R1\tsaid_by Arg1:T2 Arg2:T1",
        "R2\tof Arg1:T3 Arg2:T1",
        "R3\tsaid_by Arg1:T1 Arg2:T4",
        "R4\tof Arg1:T4 Arg2:T5",
        "*\tEquiv T1 T6",
        "#1\tAnnotatorNotes T2\tactor: Ada Reed",
    ]
    found = parse_standoff("\n".join(lines), text, "a.ann")
    assert [(a.source, a.cue) for a in found] == [(((0, 3),), ((4, 8),)), (((0, 3),), ((16, 21),))]
    assert found[0].actors == ("Ada Reed",)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["T1\tCue 0 3\tHe"], "a.ann:1: the text reads 'She' there, not 'He'"),
        (["", "T1\tCue 0 99\tShe"], "a.ann:2: span 0 99 does not lie in the text"),
        (["T1 Cue 0 3 She"], "a.ann:1: malformed line"),
        (["T1\tCue 0 3\tShe", "E1\tCue:T1 Source:T2"], "a.ann:2: there is no T2"),
        (["T1\tCue 0 3\tShe", "R1\tx Arg1:T1 Arg2:T9"], "a.ann:2: there is no T9"),
        (["T1\tCue 0 3\tShe", "E1\tCue:T1"], "a.ann:2: E1 has no content"),
        (["T1\tContent 0 3\tShe"], "a.ann:1: T1 belongs to no attribution"),
        (["T1\tCue 0 3\tShe", "T1\tCue 4 8\tsaid"], "a.ann:2: T1 stands there twice"),
    ],
)
def test_wrong_standoff_names_the_line(lines, message):
    with pytest.raises(InputError) as error:
        parse_standoff("\n".join(lines), "She said so.", "a.ann")
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"doc_id": "a"}, "x.jsonl:7: no annotated article"),
        ({"doc_id": "a", "text": "b"}, "x.jsonl:7: an article needs doc_id"),
        ({"doc_id": "a", "text": "b", "attributions": [{}]}, "x.jsonl:7: attribution 1 of a has no content"),
        (
            {"doc_id": "a", "text": "b", "attributions": [{"content_spans": [[0, 5]]}]},
            "x.jsonl:7: attribution 1 of a: content: [0, 5] does not lie in the text",
        ),
        (
            {"doc_id": "a", "text": "b", "attributions": [{"content_spans": [[True, 1]]}]},
            "x.jsonl:7: attribution 1 of a: content is not a list",
        ),
    ],
)
def test_wrong_json_names_the_line(record, message):
    with pytest.raises(InputError) as error:
        from_record(record, "x.jsonl:7")
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Ada Reed: 1\n[c1 so]", "m: no line of three dashes"),
        ("Ada Reed\n---\n", "m:1: a header line reads"),
        ("Ada Reed: one\n---\n", "m:1: 'one' is no number"),
        ("Ada Reed; Tom Price: 1\n---\n", "m:1: a name has no semicolon"),
        ("Ada Reed: 2\n---\n[c1 so]", "m: attribution 2 of the header is not in the text"),
        ("---\na\n[c1 so]", "m:3: attribution 1 has no speaker"),
        ("Ada Reed: 1\n---\n[q1 so]", "m:3: attribution 1 has no content"),
        ("---\n\n[sic]", "m:3: no label in '[sic]'"),
        ("---\n\na]", "m:3: a bracket closes that was not opened"),
        ("---\n[c1 a\nb", "m:2: a bracket is not closed"),
        ("---\n[c1 ]", "m:2: a span is empty"),
    ],
)
def test_wrong_markup_names_the_line(text, message):
    with pytest.raises(InputError) as error:
        parse_markup(text, "m", "m")
    assert str(error.value).startswith(message)


def test_a_folder_without_annotations_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no annotated articles"):
        read_annotated(tmp_path)

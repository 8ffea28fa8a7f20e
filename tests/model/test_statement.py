import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.attribution import Span
from kg.model.errors import InputError
from kg.model.statement import ActorReference, PositionStance, Statement, from_json, unknown_fields

STATEMENT = Statement(
    article="a.txt",
    id="d.1",
    quote="direct",
    source=Span(0, 7, "Ann Lee"),
    cue=Span(8, 12, "said"),
    content=(Span(14, 22, "We agree"),),
    actor=ActorReference("https://example.org/a", "Ann Lee", "Ruritania"),
    said="2010-04",
    claim="We agree",
    confidence=0.75,
    positions=(PositionStance("join", "supports", "only as equals", 0.5),),
)


def test_what_extract_prints_is_what_load_reads():
    found = from_json(STATEMENT.to_json(), "x.jsonl:1")
    assert found.actor_label == "Ann Lee"
    assert found.affiliation == "Ruritania"
    assert found.positions == STATEMENT.positions
    assert found.content[0].start == 14
    assert found.said == "2010-04"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"article": None}, "article"),
        ({"content": []}, "content"),
        ({"quote": "loud"}, "quote"),
        ({"force": "shouts"}, "force"),
        ({"said": "yesterday"}, "date"),
        ({"confidence": 7}, "confidence"),
        ({"positions": [{"position": "join", "stance": "maybe"}]}, "stance"),
        ({"content": [{"text": "x", "start": -1}]}, "span"),
        ({"joint": "Bob"}, "joint"),
        ({"content": [None]}, "content"),
        ({"actor": {"label": "Ann Lee", "kind": "party"}}, "kind"),
        ({"actor": {"name": "Ann Lee"}}, "label"),
        ({"actor": {"label": "Ann Lee", "affilation": "Ruritania"}}, "affilation"),
        ({"positions": [{"position": "join", "stance": "opposes", "conditon": "today"}]}, "conditon"),
    ],
)
def test_a_wrong_field_is_named_with_file_and_line(change, word):
    with pytest.raises(InputError, match=word) as error:
        from_json(STATEMENT.to_json() | change, "x.jsonl:7")
    assert error.value.where == "x.jsonl:7"


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("postions", [], "positions"),
        ("position", "join", "positions"),
        ("stance", "supports", "positions"),
        ("affiliation", "Ruritania", "actor"),
        ("contents", "We agree", "content"),
    ],
)
def test_a_slip_in_the_name_of_a_field_is_told(field, value, word):
    record = {"article": "a.txt", "content": "We agree"}
    if field == "contents":
        del record["content"]
    with pytest.raises(InputError) as told:
        from_json(record | {field: value}, "x.jsonl:7")
    assert field in told.value.what
    assert word in told.value.hint
    assert told.value.where == "x.jsonl:7"


def test_other_fields_are_passed_over_and_can_be_told():
    record = STATEMENT.to_json() | {"page": 3, "position": 12}
    assert from_json(record, "x.jsonl:1") == from_json(STATEMENT.to_json(), "x.jsonl:1")
    assert unknown_fields(record) == {"page", "position"}


def test_what_is_unknown_may_be_null():
    record = dict.fromkeys(STATEMENT.to_json()) | {"article": "a.txt", "content": "We agree"}
    assert from_json(record, "x.jsonl:1").quote == "indirect"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(STATEMENT.to_json())), JSON))
def test_any_json_is_read_or_refused(change):
    with contextlib.suppress(InputError):
        from_json(STATEMENT.to_json() | change, "x.jsonl:1")

"""The formats of answers."""

import json

import pyoxigraph as ox
import pytest

from kg.model.errors import UsageError
from kg.query.canned import find_query
from kg.query.results import Result
from kg.query.run import run
from kg.query.writers import WRITERS, to_table, write

ROWS = Result(
    ("name", "name_iri", "count", "day"),
    (
        (ox.Literal('Žižka, "the\nfirst"'), ox.NamedNode("https://example.org/a"), ox.Literal(3), None),
        (
            ox.Literal("\x1b[31mred\u202e"),
            ox.NamedNode("https://w3id.org/stance-graph/ontology#x"),
            ox.Literal(12),
            ox.Literal("2010-04-01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
        ),
    ),
    hidden=frozenset({"name_iri"}),
)


def test_table_hides_columns_and_control_characters():
    text = to_table(ROWS, width=60)
    assert "example.org" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert [line.split()[0] for line in text.splitlines()][:1] == ["name"]


def test_table_fits_and_loses_nothing(oxigraph, catalogue):
    result = run(find_query("positions"), {"actor": "Norland"}, oxigraph, catalogue)
    narrow, wide = to_table(result, width=100), to_table(result, width=400)
    assert max(len(line) for line in narrow.splitlines()) <= 100
    assert "Norland would accept a common quota if its neighbours did the same" in wide
    for letter in "NqQ":
        assert narrow.count(letter) == wide.count(letter)  # broken over lines, and nothing cut


def test_delimited_formats_have_all_columns():
    assert write(ROWS, "csv").splitlines()[0] == "name,name_iri,count,day"
    assert write(ROWS, "csv").startswith(
        'name,name_iri,count,day\n"Žižka, ""the\nfirst""",https://example.org/a,3,\n'
    )
    assert write(ROWS, "tsv").splitlines()[0] == "name\tname_iri\tcount\tday"


def test_json_has_plain_values():
    first, second = json.loads(write(ROWS, "json"))
    assert first == {
        "name": 'Žižka, "the\nfirst"',
        "name_iri": "https://example.org/a",
        "count": 3,
        "day": None,
    }
    assert second["day"] == "2010-04-01"
    assert [json.loads(line) for line in write(ROWS, "jsonl").splitlines()] == [first, second]


def test_srj_has_types():
    whole = json.loads(write(ROWS, "srj"))
    assert whole["head"]["vars"] == ["name", "name_iri", "count", "day"]
    assert whole["results"]["bindings"][0]["name_iri"] == {"type": "uri", "value": "https://example.org/a"}
    assert "day" not in whole["results"]["bindings"][0]
    assert json.loads(write(Result(answer=True), "srj")) == {"head": {}, "boolean": True}


def test_triples_are_the_same_bytes_each_time(oxigraph, catalogue):
    card = run(find_query("evidence"), {"stance": "t01"}, oxigraph, catalogue)
    again = run(find_query("evidence"), {"stance": "t01"}, oxigraph, catalogue)
    assert write(card, "ttl") == write(again, "ttl")
    assert set(ox.parse(write(card, "nt"), format=ox.RdfFormat.N_TRIPLES)) == {
        ox.Quad(t.subject, t.predicate, t.object) for t in card.triples
    }
    assert write(card, "csv").startswith("subject,predicate,object\n")


def test_a_card_shows_the_words_and_where_they_stand(oxigraph, catalogue):
    text = write(run(find_query("evidence"), {"stance": "t01"}, oxigraph, catalogue), "card")
    for row in ("who", "said", "stance", "position", "words", "source", "IRI"):
        assert f"\n  {row} " in text
    assert "characters" in text


@pytest.mark.parametrize("format_", WRITERS)
def test_an_empty_answer_is_written(format_):
    if format_ in ("ttl", "nt"):
        with pytest.raises(UsageError, match="cannot be written as RDF"):
            write(Result(("a",)), format_)
    else:
        assert (write(Result(("a",)), format_) == "") == (format_ in ("jsonl", "card"))


def test_unknown_format():
    with pytest.raises(UsageError, match="use one of table, csv"):
        write(ROWS, "xlsx")


def test_pandas(oxigraph, catalogue):
    pytest.importorskip("pandas", reason="pandas is an extra")
    frame = run(find_query("matrix"), {"actor": "Norland"}, oxigraph, catalogue).to_pandas()
    assert list(frame["balance"]) == [-1, 1, 1, 0]

"""Values go in as typed terms, and nothing that a person types gets out of its place."""

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.model.errors import InputError, UsageError
from kg.query.canned import CannedQuery, find_query, list_queries
from kg.query.run import on_oxigraph, on_rdflib
from kg.query.terms import is_iri, string_text

ECHO = """#+ title = "Echo"
#+ [params.text]
#+ type = "string"
#+ [params.node]
#+ type = "iri"
#+ [params.day]
#+ type = "date"
#+ end = "last"
#+ [params.number]
#+ type = "int"
SELECT ?text ?node ?day ?number WHERE {
  VALUES ?text { UNDEF }
  VALUES ?node { UNDEF }
  VALUES ?day { UNDEF }
  VALUES ?number { 7 }
  FILTER (!BOUND(?day) || ?day > "1000-01-01"^^<http://www.w3.org/2001/XMLSchema#date>)
}
"""
EMPTY = on_oxigraph(ox.Store())
EMPTY_IN_RDFLIB = on_rdflib(rdflib.Graph())


@pytest.fixture(scope="module")
def echo(tmp_path_factory):
    path = tmp_path_factory.mktemp("queries") / "echo.rq"
    path.write_text(ECHO, encoding="utf-8")
    return CannedQuery.load(path)


def broken(tmp_path, text, new=None):
    path = tmp_path / "broken.rq"
    path.write_text(ECHO.replace(text, new) if new is not None else text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        CannedQuery.load(path)
    return str(caught.value)


def test_defaults_and_any(echo):
    assert echo.bind({}) == echo.text
    assert EMPTY(echo.bind({"number": "any"})).records()[0]["number"] is None
    assert EMPTY(echo.bind({"number": []})).records()[0]["number"] is None
    assert EMPTY(echo.bind({})).records()[0]["number"] == 7


def test_several_values_mean_any_of_them(echo):
    rows = EMPTY(echo.bind({"text": ["a", "b", "a"]})).records()
    assert [row["text"] for row in rows] == ["a", "b"]


@pytest.mark.parametrize(
    ("given_", "bound"), [("2009", "2009-12-31"), ("2010-02", "2010-02-28"), ("2010-02-03", "2010-02-03")]
)
def test_vague_dates_count_with_one_end(echo, given_, bound):
    assert str(EMPTY(echo.bind({"day": given_})).records()[0]["day"]) == bound


@pytest.mark.parametrize(
    "values",
    [
        {"nunber": "1"},
        {"number": "x"},
        {"number": "9" * 19},
        {"number": ["1", "2"]},
        {"number": "1 } VALUES ?x { 2"},
        {"day": "yesterday"},
        {"day": "2010-02-30"},
        {"day": "2010/.."},
        {"day": '2010"^^<x>'},
        {"node": "Norland"},
        {"node": "https://example.org/a> } #"},
        {"node": "https://example.org/a b"},
        {"node": "https://example.org/\ud800"},
        {"text": "half a character \ud83d"},
        {"text": "nothing \0 here"},
    ],
)
def test_wrong_values_are_refused_in_one_line(echo, values):
    with pytest.raises(UsageError) as caught:
        echo.bind(values)
    assert "\n" not in str(caught.value)


def test_a_wrong_parameter_gets_a_suggestion(echo):
    with pytest.raises(UsageError, match="did you mean 'number'"):
        echo.bind({"numbr": "1"})
    with pytest.raises(UsageError, match="did you mean 'positions'"):
        find_query("postions")


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))
    | st.text(r"\"'}{ux0041U?<>#" + "\n\t\r")
)
def test_no_string_breaks_out(echo, text):
    try:
        bound = echo.bind({"text": text})
    except UsageError:
        return
    for engine in (EMPTY, EMPTY_IN_RDFLIB):
        assert [row["text"] for row in engine(bound)] == [text]


@given(st.text())
def test_what_is_taken_for_an_iri_is_one(echo, text):
    if is_iri(text):
        assert EMPTY(echo.bind({"node": text})).records()[0]["node"] == text


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_value_is_never_a_place_for_another(echo, one, other):
    text = "VALUES ?number { " + one
    try:
        bound = echo.bind({"text": text, "node": "https://example.org/VALUES", "number": "3"})
        string_text(other)
    except UsageError:
        return
    row = EMPTY(bound).records()[0]
    assert (row["text"], row["number"]) == (text, 3)


def test_files_with_faults_are_refused(tmp_path):
    assert "not exactly one VALUES line" in broken(tmp_path, "  VALUES ?text { UNDEF }\n", "")
    assert "two lines VALUES ?text" in broken(
        tmp_path, "  VALUES ?node", "  VALUES ?text { UNDEF }\n  VALUES ?node"
    )
    assert "not at the top" in broken(
        tmp_path, "  VALUES ?number { 7 }\n", "  ?a ?b ?c .\n  VALUES ?number { 7 }\n"
    )
    assert "not used" in broken(tmp_path, "?day ?number WHERE", "?day WHERE")
    assert "not exactly one" in broken(tmp_path, "  VALUES ?text { UNDEF }", "  # VALUES ?text { UNDEF }")
    assert "needs a type" in broken(tmp_path, 'type = "int"', 'type = "number"')
    assert "unknown key" in broken(tmp_path, 'end = "last"', 'ends = "last"')
    assert "not valid TOML" in broken(tmp_path, 'title = "Echo"', "title = Echo")
    assert "no title" in broken(tmp_path, "SELECT * WHERE { ?a ?b ?c }")
    assert "not SPARQL" in broken(tmp_path, "SELECT ?text", "SELEKT ?text")
    with pytest.raises(InputError, match="cannot be read"):
        CannedQuery.load(tmp_path / "none.rq")


def test_a_required_parameter_is_asked_for():
    with pytest.raises(UsageError, match="'latest' needs --position"):
        find_query("latest").bind({"position": "any"})


def test_choices_take_local_names():
    voice = next(p for p in find_query("positions").parameters if p.name == "voice")
    assert (voice.choice_names, voice.default_text) == (("official", "other", "any"), "official")
    assert "ontology#other>" in find_query("positions").bind({"voice": "Other"})
    with pytest.raises(UsageError, match="use one of official, other, any"):
        find_query("positions").bind({"voice": "loud"})


def test_an_own_query_hides_one_of_ours(tmp_path):
    (tmp_path / "latest.rq").write_text('#+ title = "Mine"\nASK { ?s ?p ?o }\n', encoding="utf-8")
    assert [query.header.title for query in list_queries([tmp_path])] == ["Mine"]
    assert find_query("latest", [tmp_path]).parameters == ()

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.ingest.codebook import read_codebook
from kg.model.codebook import Codebook
from kg.model.errors import InputError
from kg.model.iris import Iris

IRIS = Iris("https://example.org/t/")
HEADER = "position,label,topic,description,for,against,entails,excludes\n"


def written(tmp_path: Path, text: str, topics: str | None = None, name: str = "codebook.csv") -> Codebook:
    (tmp_path / name).write_text(text, encoding="utf-8")
    if topics is not None:
        (tmp_path / "topics.csv").write_text(topics, encoding="utf-8")
    return read_codebook(tmp_path / name, IRIS)


def test_positions_with_topics_beside_them(tmp_path) -> None:
    codebook = written(
        tmp_path,
        HEADER
        + "carbon-tax,A tax on carbon,climate tax,What it is,tax carbon|a  price,no new tax,any-tax,\n"
        + "any-tax,New taxes,tax,,,,,no-tax\n"
        + "no-tax,No taxes,tax,,,,,\n",
        "topic,label,broader\nclimate,Climate,world\ntax,Taxation,\n",
    )
    assert [(t.slug, t.label, t.broader) for t in codebook.topics] == [
        ("climate", "Climate", ("world",)),
        ("tax", "Taxation", ()),
        ("world", "World", ()),
    ]
    position = codebook.position_by_slug["carbon-tax"]
    assert position.id == "https://example.org/t/position/carbon-tax"
    assert position.topics == ("climate", "tax")
    assert position.for_phrases == ("tax carbon", "a price")
    assert position.against_phrases == ("no new tax",)
    assert position.entails == ("any-tax",)
    assert codebook.position_by_slug["any-tax"].excludes == ("no-tax",)


def test_three_columns_without_topics_file_are_enough(tmp_path) -> None:
    codebook = written(tmp_path, "position;label;topic\nferry;Keep the ferry;sea-transport\n")
    assert codebook.topics[0].label == "Sea transport"
    assert codebook.positions[0].topics == ("sea-transport",)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("a,A,,,,,,\na,B,,,,,,", "line 3: the position a stands there twice"),
        (",A,,,,,,", "line 2: the position has no slug"),
        ("a b,A,,,,,,", "'a b' is no slug"),
        (
            "carbon,A,,,,,,\nb,B,,,,,carbn,",
            "line 3: entails names the unknown position carbn .did you mean carbon",
        ),
        ("a,A,,,,,,zzz", "excludes names the unknown position zzz"),
        ("a,A,,,,,a,", "a entails itself"),
        ("a,A,,,,,b,b\nb,B,,,,,,", "both entails and excludes b"),
        ("a,A,,,,,b,\nb,B,,,,,c,\nc,C,,,,,a,", "entail each other in a circle: a → b → c → a"),
        ("", "no position"),
    ],
)
def test_says_what_is_wrong_and_where(tmp_path, rows: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        written(tmp_path, HEADER + rows + "\n")


@pytest.mark.parametrize(
    ("topics", "what"),
    [
        ("a,A,b\nb,B,a", "topics lie within each other in a circle: a → b → a"),
        ("a,A,a", "line 2: the topic a lies within itself"),
        ("a,A,\na,A,", "line 3: the topic a stands there twice"),
    ],
)
def test_topics_that_are_wrong(tmp_path, topics: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        written(tmp_path, HEADER + "p,P,a,,,,,\n", "topic,label,broader\n" + topics + "\n")


def test_a_long_chain_of_topics_is_no_loop(tmp_path) -> None:
    topics = "".join(f"t{i},T,t{i + 1}\n" for i in range(5000))
    assert len(written(tmp_path, HEADER + "p,P,t0,,,,,\n", "topic,label,broader\n" + topics).topics) == 5001


TURTLE = """
@prefix st: <https://w3id.org/stance-graph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<codebook> a skos:ConceptScheme ; rdfs:label "Codebook" .
<topic/climate> a skos:Concept ; skos:prefLabel "Climate" ; skos:broader <topic/world> ;
  skos:inScheme <codebook> .
<topic/world> a skos:Concept ; skos:prefLabel "World" .
<position/p> a st:Position ; rdfs:label "A tax" ; skos:notation "p" ; st:topic <topic/climate> ;
  dcterms:description "What it is" ; st:wordingFor "tax it", "price it" ; st:wordingAgainst "no tax" ;
  st:entails <position/q> .
<position/q> a st:Position ; rdfs:label "Taxes" .
"""


def test_turtle_in_the_shape_of_the_codebook_graph(tmp_path) -> None:
    codebook = written(tmp_path, TURTLE, name="codebook.ttl")
    assert {t.slug: t.broader for t in codebook.topics} == {"climate": ("world",), "world": ()}
    position = codebook.position_by_slug["p"]
    assert position.id == "https://example.org/t/position/p"
    assert (position.topics, position.entails) == (("climate",), ("q",))
    assert position.for_phrases == ("tax it", "price it")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("st:entails <position/q>", "st:entails <position/x>", "unknown position x"),
        (
            "<topic/world> a skos:Concept ;",
            "<topic/world> skos:broader <topic/climate> ; a skos:Concept ;",
            "circle",
        ),
        ('rdfs:label "A tax" ;', 'rdfs:label "A tax ;', "line .*not valid Turtle"),
        ('rdfs:label "Taxes"', 'skos:notation "p" ; rdfs:label "Taxes"', "same slug p"),
    ],
)
def test_turtle_that_is_wrong(tmp_path, old: str, new: str, what: str) -> None:
    assert old in TURTLE
    with pytest.raises(InputError, match=what):
        written(tmp_path, TURTLE.replace(old, new), name="codebook.ttl")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.sampled_from(["a", "b", "a b", "x|y", '"', "#", "topic"]) | st.text(max_size=4), max_size=8
        ).map(",".join)
    )
)
def test_any_table_is_read_or_refused(tmp_path, rows: list[str]) -> None:
    with suppress(InputError):
        written(tmp_path, HEADER + "\n".join(rows))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(TURTLE)), st.integers(0, 40), st.text(alphabet='<>"@:.;[]()a\\^ \n', max_size=6))
def test_any_turtle_is_read_or_refused(tmp_path, start: int, length: int, other: str) -> None:
    with suppress(InputError):
        written(tmp_path, TURTLE[:start] + other + TURTLE[start + length :], name="codebook.ttl")

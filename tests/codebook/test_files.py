"""Codebook files: what is written is read back, and what is not touched stays to the byte."""

import csv
import io
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kg.codebook.changes import Plan
from kg.codebook.dna import read_dna
from kg.codebook.edits import hunks, taken_back
from kg.codebook.files import changed_texts
from kg.codebook.table_file import TableFile
from kg.codebook.turtle_file import TurtleFile
from kg.codebook.writing import codebook_csv, codebook_turtle, topics_csv
from kg.ingest.codebook import read_codebook
from kg.model.codebook import Codebook, Position, Topic
from kg.model.errors import InputError, UsageError
from kg.model.iris import Iris

IRIS = Iris("https://example.org/x/")
LETTERS = some.characters(codec="utf-8", exclude_categories=["C", "Z"])
SLUGS = some.from_regex(r"[a-zé][a-z0-9é_.-]{0,8}", fullmatch=True)
WORDS = some.lists(
    some.text(LETTERS, min_size=1, max_size=8).filter(lambda word: "|" not in word), min_size=1, max_size=4
).map(" ".join)


@some.composite
def codebooks(draw):
    """Codebooks that the rules allow: links lead to later positions, so that none run in a circle."""
    from urllib.parse import quote

    topics = draw(some.lists(SLUGS, unique=True, max_size=3))
    slugs = draw(some.lists(SLUGS, unique=True, min_size=1, max_size=5))
    positions = []
    for number, slug in enumerate(slugs):
        later = slugs[number + 1 :]
        entails = tuple(draw(some.lists(some.sampled_from(later), unique=True, max_size=2))) if later else ()
        excludes = tuple(one for one in later if one not in entails)[: draw(some.integers(0, 2))]
        positions.append(
            Position(
                IRIS.position(quote(slug, safe="-_.~")),
                slug,
                draw(WORDS),
                tuple(draw(some.lists(some.sampled_from(topics), unique=True))) if topics else (),
                draw(some.one_of(some.just(""), WORDS)),
                tuple(draw(some.lists(WORDS, unique=True, max_size=2))),
                tuple(draw(some.lists(WORDS, unique=True, max_size=2))),
                entails,
                excludes,
            )
        )
    made = [Topic(IRIS.topic(quote(slug, safe="-_.~")), slug, draw(WORDS)) for slug in topics]
    return Codebook(tuple(made), tuple(positions))


def plain(codebook):
    """What a round trip keeps: all but the order of what has none in RDF."""
    return (
        {(one.id, one.slug, one.label, frozenset(one.broader)) for one in codebook.topics},
        {
            (
                one.id,
                one.slug,
                one.label,
                one.description,
                *(
                    frozenset(getattr(one, name))
                    for name in ("topics", "for_phrases", "against_phrases", "entails", "excludes")
                ),
            )
            for one in codebook.positions
        },
    )


@given(codebooks())
@settings(max_examples=60, deadline=None)
def test_csv_and_turtle_are_read_back(tmp_path_factory, codebook):
    folder = tmp_path_factory.mktemp("books")
    (folder / "c.csv").write_bytes(codebook_csv(codebook).encode("utf-8"))
    (folder / "topics.csv").write_bytes(topics_csv(codebook).encode("utf-8"))
    (folder / "c.ttl").write_bytes(codebook_turtle(codebook, IRIS).encode("utf-8"))
    table = read_codebook(folder / "c.csv", IRIS)
    assert table.positions == codebook.positions
    assert plain(table) == plain(codebook)
    assert plain(read_codebook(folder / "c.ttl", IRIS)) == plain(codebook)


@given(codebooks(), codebooks(), some.sampled_from([".csv", ".ttl"]))
@settings(max_examples=60, deadline=None)
def test_a_file_changed_row_by_row_says_what_the_plan_says(tmp_path_factory, old, new, suffix):
    folder = tmp_path_factory.mktemp("books")
    path = folder / f"codebook{suffix}"
    text = codebook_csv(old) if suffix == ".csv" else codebook_turtle(old, IRIS)
    texts = {path: "# Mine.\n" + text, folder / "topics.csv": topics_csv(old) if suffix == ".csv" else ""}
    topics = {one.slug: one for one in (*old.topics, *new.topics)}
    plan = Plan("import", "", tuple(topics.values()), new.positions)
    after = {**texts, **changed_texts(path, texts, old, plan, IRIS)}
    for one, content in after.items():
        one.write_bytes(content.encode("utf-8"))
    read = read_codebook(path, IRIS)
    assert plain(Codebook((), read.positions)) == plain(Codebook((), new.positions))
    assert after[path].startswith("# Mine.\n")
    assert {one.slug: one.label for one in read.topics} == {slug: one.label for slug, one in topics.items()}


@given(some.text("ab\n", max_size=40), some.text("ab\n", max_size=40))
def test_changes_of_lines_are_taken_back(before, after):
    assert taken_back(after, hunks(before, after), "f") == before


def test_changes_are_taken_back_wherever_their_lines_are_now():
    made = hunks("a\nb\nc\nd\ne\n", "a\nb\nX\nd\ne\n")
    assert taken_back("new\nmore\na\nb\nX\nd\ne\n", made, "f") == "new\nmore\na\nb\nc\nd\ne\n"
    with pytest.raises(UsageError, match="edited since"):
        taken_back("a\nb\nY\nd\ne\n", made, "f")


@given(
    some.lists(some.lists(some.text(max_size=6), min_size=2, max_size=3), max_size=4),
    some.sampled_from(",;\t"),
)
def test_a_table_that_is_not_changed_stays_to_the_byte(rows, delimiter):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(["position", "label", "mine"])
    writer.writerows([str(number), *row] for number, row in enumerate(rows))
    assert TableFile(out.getvalue(), "position").text == out.getvalue()


def test_rows_are_put_changed_and_dropped_in_place():
    text = "# top\r\nposition;label\r\n# one\r\na;A\r\nb;B"
    table = TableFile(text, "position")
    table.put("b", {"label": "B; or not"})
    table.put("c", {"position": "c", "label": "C", "entails": "a"}, after="a")
    table.put("z", {"position": "z", "label": "Z"})
    table.drop("a")
    assert table.text == ('# top\r\nposition;label;entails\r\n# one\r\nz;Z;\r\nc;C;a\r\nb;"B; or not"\r\n')


TURTLE = """@base <https://example.org/x/> . # here. and there
PREFIX st: <https://w3id.org/stance-graph/ontology#>
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
# The quay.
<position/quay> a st:Position ; rdfs:label "A quay. # no comment", '''Un "quai". '''@fr ;
  rdfs:seeAlso [ rdfs:label "in. brackets" ] , ( "a." <b> ) . # after
st:x.y rdfs:label 'odd' .
# the end
"""


def test_turtle_is_cut_at_its_statements_and_nowhere_else():
    document = TurtleFile(TURTLE, "https://example.org/x/")
    assert document.text == TURTLE
    assert len(document.triples("https://example.org/x/position/quay")) > 5
    document.drop("https://example.org/x/position/quay")
    left = document.text
    assert "# The quay." in left and "# after" in left and "# the end" in left
    assert "Un " not in left
    TurtleFile(left, "https://example.org/x/")


def test_what_turtle_says_beside_stays_when_a_position_changes(tmp_path):
    path = tmp_path / "codebook.ttl"
    text = TURTLE.replace(' , ( "a." <b> )', "")
    path.write_text(text, encoding="utf-8")
    old = read_codebook(path, IRIS)
    (quay,) = old.positions
    from dataclasses import replace

    plan = Plan("rename", "", old.topics, (replace(quay, for_phrases=("build it",)),))
    path.write_text(changed_texts(path, {path: text}, old, plan, IRIS)[path], encoding="utf-8")
    changed = path.read_text(encoding="utf-8")
    assert "seeAlso" in changed and "in. brackets" in changed and '"@fr' in changed
    assert read_codebook(path, IRIS).positions[0].for_phrases == ("build it",)


@pytest.fixture
def database(tmp_path):
    """A database as DNA 3 makes it, with what is read of it."""
    path = tmp_path / "debate.dna"
    with sqlite3.connect(path) as made:
        made.executescript(
            """
            CREATE TABLE VARIABLES(ID INTEGER, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
            CREATE TABLE ENTITIES(ID INTEGER, VariableId INTEGER, Value TEXT, ChildOf INTEGER);
            CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER, VariableId INTEGER, AttributeVariable TEXT);
            CREATE TABLE ATTRIBUTEVALUES(ID INTEGER, EntityId INTEGER, AttributeVariableId INTEGER,
              AttributeValue TEXT);
            INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'concept', 'short text', 1),
              (3, 'agreement', 'boolean', 1);
            INSERT INTO ENTITIES VALUES (1, 1, 'Ann Lee', NULL), (2, 2, '', NULL),
              (3, 2, 'The harbour should get a new quay.', NULL), (4, 2, 'No tolls', NULL),
              (5, 2, 'The harbour should get a new quay|x', NULL);
            INSERT INTO ATTRIBUTEVARIABLES VALUES (1, 2, 'Type'), (2, 2, 'Notes'), (3, 2, 'Alias');
            INSERT INTO ATTRIBUTEVALUES VALUES (1, 3, 1, 'Sea traffic'), (2, 3, 2, 'Not the old one.'),
              (3, 3, 3, 'build|it');
            """
        )
    made.close()
    return path


def test_the_concepts_of_a_dna_database_are_positions(database, tmp_path):
    codebook = read_dna(database, IRIS)
    first, second, third = codebook.positions
    assert (first.slug, first.label) == ("harbour-get-new-quay", "The harbour should get a new quay")
    assert (first.topics, first.description, first.for_phrases) == (
        ("sea-traffic",),
        "Not the old one.",
        ("build/it",),
    )
    assert (second.slug, third.slug) == ("no-tolls", "harbour-get-new-quay-2")
    assert [topic.label for topic in codebook.topics] == ["Sea traffic"]
    path = tmp_path / "out.csv"
    path.write_text(codebook_csv(codebook), encoding="utf-8")
    assert len(read_codebook(path, IRIS).positions) == 3


@pytest.mark.parametrize(
    ("variable", "told"), [("persn", "did you mean 'person'"), ("agreement", "no variable 'agreement'")]
)
def test_a_wrong_variable_is_told(database, variable, told):
    with pytest.raises(InputError) as error:
        read_dna(database, IRIS, variable)
    assert told in str(error.value)


def test_what_is_no_database_is_told(tmp_path):
    path = tmp_path / "x.dna"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 200)
    with pytest.raises(InputError, match="no DNA database"):
        read_dna(path, IRIS)
    path.write_text("hello", encoding="utf-8")
    with pytest.raises(InputError, match="no DNA database"):
        read_dna(path, IRIS)

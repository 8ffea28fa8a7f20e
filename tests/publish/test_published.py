"""What leaves the house: short passages whose offsets hold, and texts only where they were asked for."""

import pyoxigraph as ox
import pytest

from kg.model.vocabulary import OA, RDFS, SCHEMA, ST
from kg.project import Project
from kg.publish.making import publish
from kg.publish.place import Wishes
from kg.publish.published import cut_words, published_quads
from kg.publish.release import read_release, triple_lines
from kg.validate.shapes import validate_graph

LIMIT = 80


@pytest.fixture(scope="module")
def source(example_graph):
    with Project.open(example_graph.parent, store=example_graph).reading() as store:
        yield store


@pytest.fixture(scope="module")
def texts(source):
    """The article's text behind each of its passages' selectors."""
    found = {}
    for quad in source.view.quads_for_pattern(None, ox.NamedNode(OA + "hasSource"), None, None):
        for text in source.view.quads_for_pattern(quad.object, ox.NamedNode(SCHEMA + "text"), None, None):
            for link in source.view.quads_for_pattern(
                quad.subject, ox.NamedNode(OA + "hasSelector"), None, None
            ):
                found[link.object.value] = text.object.value
    return found


def values(quads, name):
    return {quad.subject.value: quad.object.value for quad in quads if quad.predicate.value == name}


def test_a_cut_passage_still_stands_at_its_offsets(source, texts):
    quads = list(published_quads(source.view, source.iris, limit=LIMIT))
    exact, start, end = (values(quads, OA + name) for name in ("exact", "start", "end"))
    before, after = values(quads, OA + "prefix"), values(quads, OA + "suffix")
    whole = values(source.view.quads_for_pattern(None, None, None, None), OA + "exact")
    assert len(exact) == len(texts) > 300
    for iri, words in exact.items():
        assert len(words) <= LIMIT
        assert whole[iri].startswith(words)
        first, last = int(start[iri]), int(end[iri])
        assert texts[iri][first:last] == words
        assert texts[iri][:first].endswith(before[iri])
        assert texts[iri][last:].startswith(after[iri])
    cut = [iri for iri, words in exact.items() if words != whole[iri]]
    assert cut
    notes = values(quads, RDFS + "comment")
    assert sum(note.startswith("Cut after") for note in notes.values()) == len(cut)


def test_the_cut_graph_conforms_and_nothing_else_changed(source):
    quads = list(published_quads(source.view, source.iris, limit=LIMIT))
    assert validate_graph(quads, engine="rust").conforms
    current = {quad.triple for quad in quads}
    before = set(source.graph(source.iris.current_graph))
    touched = {OA + name for name in ("exact", "end", "suffix")}
    touched |= {RDFS + "label", RDFS + "comment", ST + "condition"}
    assert {triple.predicate.value for triple in current ^ before} <= touched


def test_words_end_where_a_word_does():
    assert cut_words("one two three", 7) == "one two"
    assert cut_words("one two three", 9) == "one two"
    assert cut_words("one two", 7) == "one two"
    assert cut_words("unbroken" * 20, 80) == ("unbroken" * 20)[:80]
    assert cut_words("short", 80) == "short"


def test_full_texts_are_published_when_asked_for(small_graph, tmp_path):
    place = tmp_path / "site"
    publish(small_graph, place, Wishes("1", date="2026-01-01", full_texts=True))
    lines = "\n".join(triple_lines(place))
    assert lines.count(f"<{SCHEMA}text>") == 2
    assert "told reporters in the capital" in lines
    assert read_release(place).full_texts
    assert "articles' texts in it belong to those" in (place / "LICENSE.txt").read_text()
    article = next((place / "article").glob("*.ttl")).read_text()
    assert "schema:text" in article

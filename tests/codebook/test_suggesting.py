"""Drafts of a codebook: claims that are about one thing come together, and what comes out is a codebook."""

import csv
import json
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from benchmarks.suggesting import adjusted_rand, figures, read_corpus, shipped
from kg.codebook.corpus import Said
from kg.codebook.grouping import agglomerate, common_words
from kg.codebook.labels import propositions
from kg.codebook.report import draft_json, draft_markdown
from kg.codebook.slugs import slug_of_label
from kg.codebook.suggestion import Wishes, suggest
from kg.codebook.topics import topic_label
from kg.codebook.writing import codebook_csv
from kg.ingest.codebook import read_codebook
from kg.model.codebook import Codebook, Position
from kg.model.iris import Iris
from tests.reading.test_fields import HERE as FIELDS

TRAM = (
    ("Ada Brook", "The city should build the tram line to the harbour."),
    ("Bo Ramm", "We will not pay for a tram line to the harbour."),
    ("Cy Holt", "The tram line to the harbour must be built."),
)
SCHOOL = (
    ("Di Vane", "Schools should ban phones in class."),
    ("Ed Wynn", "A ban on phones in schools would help nobody."),
)
ODD = (("Flo Ash", "The herring came late this year."),)


def said(actor, claim, number=0, **more):
    values = {"outlet": f"Paper {number % 2}", "affiliation": None, "date": "2020-01", **more}
    return Said(f"s{number}", f"{number}.txt", values["outlet"], actor, values["affiliation"],
                values["date"], claim, claim, claim, claim, values.get("positions", ()))  # fmt: skip


@pytest.fixture(scope="module")
def corpus():
    return [said(actor, claim, number) for number, (actor, claim) in enumerate((*TRAM, *SCHOOL, *ODD))]


@pytest.fixture(scope="module")
def draft(corpus):
    return suggest(corpus, Iris())


def test_claims_about_one_thing_come_together_whatever_their_side(draft):
    groups = {frozenset(one.actor for one in candidate.members) for candidate in draft.candidates}
    assert groups == {frozenset(name for name, _ in TRAM), frozenset(name for name, _ in SCHOOL)}
    assert [one.actor for one in draft.left] == ["Flo Ash"]
    assert draft.statements == 6
    tram = draft.candidates[0]
    assert (len(tram.members), tram.actors, tram.outlets) == (3, 3, 2)


def test_a_draft_is_a_codebook_that_kg_reads(draft, tmp_path):
    path = tmp_path / "draft.csv"
    path.write_text(codebook_csv(draft.codebook), encoding="utf-8")
    read = read_codebook(path, Iris())
    assert read.positions == draft.codebook.positions
    with path.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["position", "label", "topic", "description", "for", "against"]


def test_a_group_shows_both_sides(draft):
    tram = draft.candidates[0]
    assert "should" in tram.position.label
    against = {one.actor for one in tram.examples("opposes")}
    assert "Bo Ramm" in against
    assert "Ada Brook" in {one.actor for one in tram.examples("supports")}


def test_a_description_begins_its_label_with_a_small_letter_unless_it_is_a_name():
    ways = (
        "{} should run all night.",
        "{} should run all the night.",
        "We all say that {} should run at night.",
    )
    corpus = [
        said(f"Actor {number}", way.format(words), number)
        for number, (way, words) in enumerate(
            (way, words) for words in ("express buses", "Norland") for way in ways
        )
    ]
    corpus = [replace(one, claim=one.claim[0].upper() + one.claim[1:]) for one in corpus]
    found = {one.position.description.removesuffix(" night.") for one in suggest(corpus, Iris()).candidates}
    assert any(one.startswith("Whether express buses should") for one in found), found
    assert not any(one.startswith("Whether norland") for one in found), found


def test_the_report_has_words_who_when_and_where(draft):
    report = draft_markdown(draft, "trams <b>")
    assert "“We will not pay for a tram line to the harbour.” — Bo Ramm, 2020-01 (Paper 1, 1.txt)" in report
    assert "3 statements, 3 actors, 2 outlets" in report
    assert "The herring came late this year" in report.split("## Left ungrouped")[1]
    assert "<b>" not in report
    assert (
        draft_markdown(suggest([said("Ada", "Yes.")], Iris()), "x")
        .splitlines()[2]
        .startswith("1 statement; 0 ")
    )
    values = json.loads(json.dumps(draft_json(draft)))
    assert sum(len(one["members"]) for one in values["positions"]) + len(values["left"]) == 6


def test_topics_of_a_large_corpus_get_labels():
    trams, pools = ["The new tram line is late."] * 2100, ["The old swimming pool is full."] * 2100
    assert topic_label(pools, trams) == "Old swimming pool"
    assert topic_label(trams, pools * 2) == "New tram line"


def test_beside_a_codebook_only_the_rest_is_grouped(corpus):
    known = Codebook((), (Position("p:tram", "tram", "The city should build the tram line to the harbour"),))
    coded = [
        said(actor, claim, number, positions=("tram",)) for number, (actor, claim) in enumerate(TRAM[:2])
    ]
    rest = [said(actor, claim, 9 + number) for number, (actor, claim) in enumerate((*TRAM[2:], *SCHOOL))]
    more = [said("Gus Ely", "A tram line to the harbour ought to be built soon.", 20)]
    found = suggest([*coded, *rest, *more], Iris(), Wishes(beside=known))
    assert found.covered == 2
    again = next(one for one in found.candidates if "Gus Ely" in {member.actor for member in one.members})
    assert [slug for slug, _ in again.known] == ["tram"]
    assert again.position.slug != "tram"


def test_one_report_in_many_papers_is_no_position(corpus):
    printed = [said("Ada Brook", "The quay will be closed on Sunday.", number) for number in range(30)]
    assert suggest(printed, Iris()).candidates == ()


def test_a_draft_is_the_same_on_every_run(corpus, draft):
    assert draft_json(suggest(corpus, Iris())) == draft_json(draft)


def test_nothing_comes_of_nothing():
    assert suggest([], Iris()).candidates == ()
    assert suggest([said("Ada Brook", "", 1)], Iris()).candidates == ()


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("Norland will not accept the quota", "Norland should accept the quota"),
        ("we would never pay for the bridge", "Norland should pay for the bridge"),
        ("to close the street to cars", "Norland should close the street to cars"),
        ("The street must be closed to cars, as children play there", "The street should be closed to cars"),
        ("a toll on foreign lorries", "There should be a toll on foreign lorries"),
        ("the quota was a mistake", "The quota was a mistake"),
        ("refuses to pay for the bridge", "Norland should pay for the bridge"),
        ("The bridge ought to be closed", "The bridge should be closed"),
        ("that the bridge be closed to lorries", "The bridge should be closed to lorries"),
        ("must close the bridge", "Norland should close the bridge"),
        ("Norland does not accept the quota", "Norland should accept the quota"),
    ],
)  # fmt: skip
def test_labels_are_propositions(claim, label):
    assert propositions([claim], ["Norland"])[0][0] == label


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("Migrants have been attacked in town again", "Migrants have been attacked in town again"),
        ("Half the shops in Station Road will close", "Half the shops in Station Road will close"),
        ("A toll would be the last straw", "A toll would be the last straw"),
        ("The street is closed to cars", "The street is closed to cars"),
        ("The treaty won't fail", "The treaty will fail"),
        ("The mayor did not open the bridge", "The mayor did open the bridge"),
        ("expects to lose the vote", "Norland expects to lose the vote"),
        ("will fight the toll in court", "Norland will fight the toll in court"),
    ],
)  # fmt: skip
def test_a_report_or_a_prediction_is_no_demand(claim, label):
    (found, worth), (_, demand) = propositions([claim, "The street must be closed"], ["Norland"] * 2)
    assert found == label
    assert worth < demand


@given(some.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_labels_are_made_of_anything(text):
    label, worth = propositions([text], ["Norland"])[0]
    assert 0 <= worth <= 1
    assert slug_of_label(label or "x")


@pytest.mark.parametrize("linkage", ["average", "complete"])
def test_agglomeration_is_that_of_the_definition(linkage):
    """Against the plain O(n^3) algorithm on random likenesses."""

    def plain(near, least):
        groups = [[one] for one in range(len(near))]
        value = np.mean if linkage == "average" else np.min
        while len(groups) > 1:
            pairs = [
                (float(value([near[a, b] for a in one for b in other])), i, j)
                for i, one in enumerate(groups)
                for j, other in enumerate(groups)
                if i < j
            ]
            best, i, j = max(pairs)
            if best < least:
                break
            groups[i] += groups.pop(j)
        return sorted(sorted(one) for one in groups)

    for seed in range(20):
        rng = np.random.default_rng(seed)
        vectors = rng.normal(size=(random.Random(seed).randint(2, 25), 4))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        near = (vectors @ vectors.T).astype(np.float32)
        for least in (0.2, 0.6):
            assert agglomerate(near, least, linkage) == plain(near, least)


def test_rare_words_in_common_say_more():
    texts = ({"tram", "citi"}, {"tram", "line"}, {"citi", "park"}, {"citi", "tax"})
    near = common_words([frozenset(one) for one in texts])
    assert near[0, 1] > near[0, 2] > 0
    assert np.allclose(np.diag(near), 1)


def test_figures_know_right_from_wrong():
    corpus = [said("A", "x", number, positions=(slug,)) for number, slug in enumerate(("a", "a", "b", "b"))]
    right, wrong = figures(corpus, [[0, 1], [2, 3]]), figures(corpus, [[0, 2], [1, 3]])
    assert (right.f1, right.rand, right.covered, right.left) == (1, 1, 1, 0)
    assert wrong.rand < 0
    assert wrong.covered == 0
    assert adjusted_rand([1, 1, 2, 2], [1, 2, 1, 2]) < 0.1


def test_groups_of_a_field_are_better_than_none():
    """A floor well below what is measured (docs/quality.md), so that a slip is seen."""
    corpus = read_corpus(FIELDS / "fields" / "trade-dispute")
    found = figures(corpus, shipped(corpus))
    assert found.f1 > figures(corpus, []).f1
    assert found.rand > 0.1
    assert found.covered >= 0.2


def test_of_a_large_corpus_a_sample_is_compared_and_the_rest_joins(monkeypatch):
    from kg.codebook import suggestion

    ways = (
        "The city should build {} tram line to the harbour",
        "Schools must ban {} phones in class at once",
    )
    corpus = [
        said(f"Actor {number}", way.format(word), number)
        for number, (way, word) in enumerate(
            (way, word)
            for word in ("the new", "a second", "this", "one more", "some", "the long")
            for way in ways
        )
    ]
    monkeypatch.setattr(suggestion, "MOST_COMPARED", 6)
    draft = suggest(corpus, Iris())
    groups = {frozenset("tram" in one.claim for one in candidate.members) for candidate in draft.candidates}
    assert groups == {frozenset({True}), frozenset({False})}
    assert sum(len(one.members) for one in draft.candidates) > 8

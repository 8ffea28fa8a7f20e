"""A random sample and what it says of the whole."""

import io
import json
import random
import sys

import pytest

from kg.review.sample import Sample, SampledParagraph, SampledStance, draw, estimate, wilson
from tests.review.test_decisions import case_of


def test_the_sample_is_fixed_by_its_seed_and_grows(project, desk):
    with project.reading() as store:
        one, three = (draw(store, desk.material, size, 7) for size in (1, 3))
        again = draw(store, desk.material, 3, 7)
        others = {draw(store, desk.material, 1, seed).stances[0].statement for seed in range(12)}
    assert three == again
    assert three.stances[:1] == one.stances
    assert len(others) == 3, "every stance can be drawn"
    assert (one.all_stances, one.articles) == (3, 2)
    assert all(stance.right is None for stance in three.stances)


def test_right_wrong_and_missed(project, monkeypatch, kg_command, harbour):
    """All is looked at: two right, one turned; one stance was missed in one of the paragraphs."""
    desk = project.desk("Ida")
    with project.reading() as store:
        sample = draw(store, desk.material, 9)
    keys = []
    for one in sample.stances:
        text = desk.case(one.statement).record["content"][0]["text"]
        keys.append("sf" if text.startswith("We must") else "a")
    for one in sample.paragraphs:
        text = desk.article(one.article).article.text[one.start : one.end]
        missed = "+the plan for a new quay\nAnn Lee\n2010-04-23\nnew-quay\n-\n" if "rejected" in text else ""
        keys.append(missed + ".")
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(keys)))
    run = kg_command("review", "--project", harbour, "--coder", "Ida", "--sample", 9, "-f", "json")
    assert run.code == 0, run.err
    found = json.loads(run.out)
    assert (found["right"]["right"], found["right"]["looked"]) == (2, 3)
    assert (found["right"]["low"], found["right"]["high"]) == pytest.approx((0.2077, 0.9385), abs=1e-3)
    assert found["paragraphs_searched"] == found["paragraphs"] == len(sample.paragraphs)
    assert found["missed"] == 1
    assert found["missed_in_all"]["estimate"] == pytest.approx(1)
    assert found["found"]["estimate"] == pytest.approx(2 / 3, abs=1e-3)
    by = {one["of"]: one["right"] / one["looked"] for one in found["by"]["actor"]}
    assert by == {"Ann Lee": 1, "Bo Ramm": 0.5}
    text = kg_command("review", "--project", harbour, "--sample", 9, "--estimate").out
    assert "right: 2 of 3, 67% (21% to 94%)" in text
    assert "2 articles read" in text
    desk.undo()


def test_what_the_queue_changes_is_no_part_of_the_sample(project, desk):
    """Only stances that were drawn count, however many others people look at."""
    with project.reading() as store:
        (drawn,) = draw(store, desk.material, 1).stances
    for words in ("The harbour", "We must", "The quay"):
        case = case_of(desk, words)
        if case.iri != drawn.statement:
            desk.reject(case)
    with project.reading() as store:
        assert estimate(draw(store, desk.material, 1)).right is None


def test_intervals_hold_what_they_promise():
    """Of many samples of known truth, about 95 % have it in their interval."""
    rng = random.Random(4)
    truth, held, found_held = 0.8, 0, 0
    for _ in range(120):
        stances = tuple(SampledStance("a", str(n), "p", "x", "y", rng.random() < truth) for n in range(80))
        missed = tuple(SampledParagraph("a", "y", n, n + 1, int(rng.random() < 0.2)) for n in range(80))
        trust = estimate(Sample(80, stances, missed, 1, 1000, 1000))
        held += trust.right.low <= truth <= trust.right.high
        # 800 right stances were found, 200 missed.
        found_held += trust.found[1] <= 0.8 <= trust.found[2]
    assert held >= 108
    assert found_held >= 106
    assert wilson(0, 0) == (0.0, 1.0)

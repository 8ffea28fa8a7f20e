"""A random sample and what it says of the whole."""

import io
import json
import random
import sys

import pytest

from kg.review.edits import new_statement, split_at, with_actor, with_stance, without_stance
from kg.review.intervals import cluster_interval, share_interval, wilson
from kg.review.judging import Judged, JudgedPassage, JudgedStance, judged
from kg.review.sample import Sample, SampledPassage, SampledStance, Side, draw
from kg.review.sampling import current_sample, waiting
from kg.review.trust import estimate
from kg.review.trust_text import trust_sentence, trust_text
from tests.review.conftest import LINES


def test_the_sample_is_fixed_by_its_seed_and_grows(project, desk):
    with project.reading() as store:
        one, three = (draw(store, desk.material, size, 7) for size in (1, 3))
        again = draw(store, desk.material, 3, 7)
        others = {draw(store, desk.material, 1, seed).stances[0].statement for seed in range(12)}
    assert three == again
    assert three.stances[:1] == one.stances
    assert three.passages[:1] == one.passages
    assert len(others) == 3, "every stance can be drawn"
    assert (one.all_stances, one.articles) == (3, 2)
    assert Sample.from_record(json.loads(json.dumps(three.to_record()))) == three


def press(monkeypatch, kg_command, harbour, keys, *arguments):
    monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
    return kg_command("review", "--project", harbour, "--coder", "Ida", *arguments)


def keys_for(desk, sample):
    """Two stances are right, one is turned; in one passage a stance was missed."""
    keys = []
    for one in sample.stances:
        text = desk.case(one.statement).record["content"][0]["text"]
        keys.append("sf" if text.startswith("We must") else "a")
    for one in sample.passages:
        text = desk.article(one.article).article.text[one.start : one.end]
        missed = "+the plan for a new quay\nAnn Lee\n2010-04-23\nnew-quay\n-\n" if "rejected" in text else ""
        keys.append(missed + ".")
    return keys


def test_right_wrong_and_missed(project, monkeypatch, kg_command, harbour):
    desk = project.desk("Ida")
    with project.reading() as store:
        keys = keys_for(desk, draw(store, desk.material, 9))
    run = press(monkeypatch, kg_command, harbour, "".join(keys), "--sample", 9, "-f", "json")
    assert run.code == 0, run.err
    found = json.loads(run.out)
    assert found["right"] == {
        "number": 2,
        "looked": 3,
        "estimate": 0.6667,
        "low": 0.6667,
        "high": 0.6667,
        "too_few": False,
    }, "all were looked at: nothing is estimated"
    assert found["reversed"]["number"] == 1
    assert (found["missed"]["number"], found["missed"]["looked"]) == (1, 4)
    assert found["passages_read"] == found["passages"] == 3
    assert found["waiting"] == 0
    by = {kind: {one["of"]: one for one in groups} for kind, groups in found["by"].items()}
    assert by["outlet"]["The Example Courier"]["right"]["number"] == 1
    assert by["outlet"]["The Example Courier"]["missed"]["number"] == 0
    assert by["outlet"]["The Example Post"]["missed"]["number"] == 1
    assert by["actor"]["Ann Lee"]["missed"]["estimate"] == 0.5
    assert by["actor"]["Ruritania"]["stances"] == 3, "whom the holders speak for is a group too"
    assert by["position"]["The harbour should get a new quay"]["stances"] == 3
    text = kg_command("review", "--project", harbour, "--estimate").out
    assert "The Example Courier" in text
    assert "drawn by Ida" in text
    assert press(monkeypatch, kg_command, harbour, "", "--sample", 2).code == 0, "nothing is left to do"


def test_who_codes_blindly_is_told_no_estimates(monkeypatch, kg_command, harbour):
    run = press(monkeypatch, kg_command, harbour, "aq", "--sample", 9, "--blind")
    assert (run.code, run.out) == (0, "")
    assert "'kg review --estimate' prints what the sample tells" in run.err
    run = press(monkeypatch, kg_command, harbour, "", "--estimate", "--blind")
    assert (run.code, run.out) == (2, "")
    assert "'--blind' does not go with '--estimate'" in run.err
    assert "drawn by Ida" in press(monkeypatch, kg_command, harbour, "q", "--sample", 9).out


def test_only_the_beginning_of_the_order_counts(project, desk):
    """What the queue made people look at, or what they passed over, cannot bend the sample."""
    sample, new = current_sample(desk, 3)
    assert new
    first = sample.stances[0]
    for one in sample.stances[1:]:
        desk.reject(desk.case(one.statement))
    trust = project.trust()
    assert (trust.whole.right, trust.waiting, trust.tells) == (None, 3 + len(sample.passages), False)
    assert "3 things" not in trust_text(trust)
    assert trust_sentence(trust) is None
    desk.accept(desk.case(first.statement))
    trust = project.trust()
    assert (trust.whole.right.hits, trust.whole.right.looked) == (1, 3)


def test_reading_a_passage_in_full_accepts_what_stands_there_and_is_undone_as_one(project, desk):
    sample, _ = current_sample(desk, 9)
    passage = next(one for one in sample.passages if one.read)
    waiting_before = len(waiting(desk, sample).passages)
    desk.look(passage.article, passage.start, passage.end)
    accepted = [one for one in desk.log() if one.action == "accept"]
    assert len(accepted) == len(passage.read)
    assert len(waiting(desk, sample).passages) == waiting_before - 1
    assert desk.undo().action == "look"
    assert waiting(desk, sample).done == 0, "the decisions that were made along with it are undone too"
    assert desk.redo().action == "look"
    done = waiting(desk, sample)
    assert len(done.passages) == waiting_before - 1
    assert desk.case(accepted[0].target).status == "reviewed"
    desk.undo()
    with pytest.raises(Exception, match="nothing to undo"):
        desk.undo()


def test_a_stance_that_stands_in_another_part_of_a_split_is_right(project, desk):
    sample, _ = current_sample(desk, 9)
    number, one = next(
        (number, one)
        for number, one in enumerate(sample.stances)
        if desk.case(one.statement).record["content"][0]["text"].startswith("We must")
    )

    def outcome():
        with project.reading() as store:
            found = judged(store.view, project.iris, sample).stances[number]
        return found.there, found.right, found.reversed

    case = desk.case(one.statement)
    at = case.record["content"][0]["start"] + 26
    first, second = split_at(case.record, case.article, at)
    desk.split(case, [without_stance(first, "new-quay"), second])
    assert outcome() == (True, True, False)
    half = desk.case(project.iris.statement(second["id"]))
    middle = half.record["content"][0]["start"] + 7
    desk.split(
        half, [without_stance(part, "new-quay") for part in split_at(half.record, half.article, middle)]
    )
    assert outcome() == (False, False, False), "nor in any part of the part"
    desk.undo()
    half = desk.case(half.iri)
    desk.change(half, with_stance(half.record, project.codebook, "new-quay", "supports"))
    assert outcome() == (True, False, True)
    desk.undo()
    desk.undo()
    with project.reading() as store:
        assert judged(store.view, project.iris, sample).stances[number] is None


def test_a_sample_speaks_of_the_reading_that_it_was_drawn_from(project, desk, harbour):
    """Read again, the estimates stay, with a word of warning; the next sample takes over what was decided."""
    sample, _ = current_sample(desk, 9)
    for iri in waiting(desk, sample).statements:
        desk.accept(desk.case(iri))
    before = project.trust()
    assert (before.changed, before.whole.right.hits) == (False, 3)
    turned = LINES.replace('"opposes", "confidence": 0.4', '"supports", "confidence": 0.4')
    (harbour / "statements.jsonl").write_text(turned.replace('"The quay is', '"quay is'), encoding="utf-8")
    type(project).open(harbour).load(software="better reader")
    after = project.trust()
    assert after.changed
    assert (after.whole.right.hits, after.sample.coding) == (3, before.sample.coding)
    assert "read again" in trust_text(after)
    fresh, new = current_sample(desk)
    assert new, "the graph was read again"
    assert fresh.state != sample.state
    left = waiting(desk, fresh)
    assert not left.stances, "what was decided on the words stands for the new reading of them too"
    again = project.trust()
    assert not again.changed
    assert (again.whole.right.hits, again.whole.right.looked) == (2, 3)
    assert again.whole.reversed.hits == 1


def test_what_people_wrote_down_needs_no_second_look(project, desk, tmp_path):
    line = (
        '{"article": "quay.txt", "content": ["The harbour needs a new quay"], "actor": "Bo Ramm",'
        ' "said": "2010-04-22", "positions": [{"position": "new-quay", "stance": "opposes"}]}\n'
    )
    (tmp_path / "jo.jsonl").write_text(line, encoding="utf-8")
    project.load([tmp_path / "jo.jsonl"], coder="Jo")
    sample, _ = current_sample(desk, 9)
    assert sum(one.written is not None for one in sample.stances) == 1
    left = waiting(desk, sample)
    assert (len(left.stances), left.gone) == (2, 0)
    for iri in left.statements:
        desk.accept(desk.case(iri))
    trust = project.trust()
    assert (trust.whole.right.hits, trust.whole.reversed.hits, trust.whole.right.looked) == (2, 1, 3)


def test_a_missed_stance_of_somebody_whom_the_sample_had_not_is_a_group_too(project, desk):
    sample, _ = current_sample(desk, 9)
    passage = next(one for one in sample.passages if one.read)
    found = desk.article(passage.article)
    record = new_statement(found.article, passage.start, passage.start + 12)
    material = desk.material
    record = with_actor(record, material.register, material.iris, found.article, "Cy Doe")
    desk.add(passage.article, with_stance(record, material.codebook, "new-quay", "neutral"))
    for one in sample.passages:
        desk.look(one.article, one.start, one.end)
    group = next(one for one in project.trust().by["actor"] if one.label == "Cy Doe")
    assert (group.stances, group.right, group.missed.hits) == (0, None, 1)


def test_a_group_that_was_missed_and_not_drawn_has_as_many_stances_as_were_read(project, desk):
    ann = project.iris.actor("Ann Lee")
    samples = (desk.draw(1, seed) for seed in range(99))
    sample = next(
        one
        for one in samples
        if all(ann not in side.voices for side in (one.stances[0].side, *one.passages[0].read))
    )
    place = sample.passages[0]
    found = desk.article(place.article)
    record = new_statement(found.article, place.start, place.start + 12)
    record = with_actor(record, project.register, project.iris, found.article, "Ann Lee")
    desk.add(place.article, with_stance(record, project.codebook, "new-quay", "neutral"))
    desk.look(place.article, place.start, place.end)
    group = project.trust().group("actor", ann)
    assert (group.label, group.stances, group.missed.hits) == ("Ann Lee", 1, 1)


def test_the_command_says_what_to_do_first(kg_command, harbour):
    run = kg_command("review", "--project", harbour, "--estimate")
    assert run.code == 2
    assert "'kg review --sample 50' draws one" in run.err


def world(rng, articles=60):
    """A made-up graph: for each passage, who is missed and found; and the stances, right or not."""
    passages, stances = [], []
    for number in range(articles * 5):
        outlet = f"o{number // 5 % 3}"
        hard = rng.random() < 0.3  # what is missed comes in clusters
        sides = [Side(rng.choice("abc"), "p", "supports", ("a",)) for _ in range(rng.choice((0, 0, 1, 2, 4)))]
        missed = tuple(one for one in sides if rng.random() < (0.6 if hard else 0.05))
        drawn = SampledPassage(f"x{number // 5}", outlet, number, number + 1)
        passages.append(JudgedPassage(drawn, tuple(one for one in sides if one not in missed), missed))
        for side in passages[-1].found:
            right = rng.random() < (0.95 if outlet == "o0" else 0.8)
            stance = SampledStance(drawn.article, outlet, str(len(stances)), side)
            stances.append(JudgedStance(stance, True, right, not right))
    return stances, passages


def test_intervals_hold_what_they_promise_for_the_whole_and_for_groups():
    """Of many samples of a known truth, about 95 % have it in their interval, in each outlet too."""
    rng = random.Random(4)
    held = {"right": 0, "missed": 0, "missed in all": 0, "right in o0": 0, "missed in o1": 0}
    rounds = 150
    for _ in range(rounds):
        stances, passages = world(rng)
        parts = {
            "": (stances, passages),
            **{
                outlet: (
                    [one for one in stances if one.drawn.outlet == outlet],
                    [one for one in passages if one.drawn.outlet == outlet],
                )
                for outlet in ("o0", "o1")
            },
        }
        truth = {
            name: (
                sum(one.right for one in some) / len(some),
                sum(len(one.missed) for one in read) / sum(len(one.missed + one.found) for one in read),
            )
            for name, (some, read) in parts.items()
        }
        counts = {"outlet": {f"o{n}": sum(one.drawn.outlet == f"o{n}" for one in stances) for n in range(3)}}
        sample = Sample(80, 0, (), (), 60, len(stances), len(passages), counts, {}, {}, {}, "", "")
        drawn = Judged(sample, tuple(rng.sample(stances, 80)), tuple(rng.sample(passages, 80)))
        trust = estimate(drawn)
        o0, o1 = trust.group("outlet", "o0"), trust.group("outlet", "o1")
        held["right"] += trust.whole.right.low <= truth[""][0] <= trust.whole.right.high
        held["missed"] += trust.whole.missed.low <= truth[""][1] <= trust.whole.missed.high
        _, low, high = trust.missed_in_all
        held["missed in all"] += low <= sum(len(one.missed) for one in passages) <= high
        held["right in o0"] += o0.right.low <= truth["o0"][0] <= o0.right.high
        held["missed in o1"] += o1.missed.low <= truth["o1"][1] <= o1.missed.high
    assert min(held.values()) >= 0.9 * rounds, held


def test_how_many_were_missed_follows_from_the_passages_alone():
    """Also where every sampled stance was wrong; and nothing is said where too few were seen."""
    side = Side("h", "p", "supports", ("h",))
    wrong = tuple(JudgedStance(SampledStance("a", "o", str(n), side), False, False, False) for n in range(6))
    sample = Sample(10, 0, (), (), 9, 60, 100, {}, {}, {}, {}, "", "")

    def read(*stands):
        found = [
            JudgedPassage(SampledPassage("a", "o", n, n + 1), (side,) * f, (side,) * m)
            for n, (f, m) in enumerate(stands)
        ]
        return estimate(Judged(sample, wrong, tuple(found)))

    nothing = [(0, 0)] * 7
    middle, low, high = read((1, 2), (0, 1), (1, 1), *nothing).missed_in_all
    assert (middle, low > 4, high < 200) == (40, True, True)
    middle, low, high = read((5, 0), (2, 0), (2, 0), *nothing).missed_in_all
    assert (middle, low, high > 35) == (0, 0, True)
    few = read((1, 2), (0, 1), *nothing)
    assert few.missed_in_all is None
    assert "missed in all" not in trust_text(few)


def test_intervals_of_small_and_of_whole_groups():
    assert wilson(0, 0) == (0.0, 1.0)
    assert share_interval(3, 4, 4) == (0.75, 0.75), "all were looked at"
    low, high = share_interval(0, 5, 5000)
    assert low == 0
    assert high > 0.4, "five right ones of thousands say little"
    assert cluster_interval([(0, 40)], 1, 1000)[1] > 0.7, "forty stances of one passage are one passage"
    assert cluster_interval([], 9, 10) == (0.0, 1.0)
    side = Side("h", "p", "supports", ("h",))
    two = tuple(JudgedStance(SampledStance("a", "o", str(n), side), True, True, False) for n in range(2))
    sample = Sample(2, 0, (), (), 1, 9, 9, {"outlet": {"o": 9}}, {}, {}, {}, "", "")
    trust = estimate(Judged(sample, two, ()))
    assert not trust.whole.right.tells
    assert "too few to say" in trust_text(trust)
    assert trust_sentence(trust) is None


def test_a_sample_counts_with_the_positions_of_today(project, desk, harbour):
    """A renamed position: what was decided before counts under its new name."""
    sample, _ = current_sample(desk, 9)
    for iri in waiting(desk, sample).statements:
        desk.accept(desk.case(iri))
    project.codebook_changes("Ida").rename("new-quay", "harbour-quay", write=True)
    later = type(project).open(harbour)
    assert later.trust().changed
    assert later.trust().whole.right.hits == 3
    fresh, new = current_sample(later.desk("Ida"))
    assert new
    assert {one.side.position for one in fresh.stances} == {"harbour-quay"}
    trust = later.trust()
    assert (trust.changed, trust.whole.right.hits, trust.whole.right.looked) == (False, 3, 3)

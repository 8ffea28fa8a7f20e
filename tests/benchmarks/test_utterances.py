"""The figures of which reports of one speech act are found, and their floors on the acts of tests/review."""

import pytest

from benchmarks.utterances import Figures, measure, project_of, report, scale, worded


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    wordings = worded()
    return measure(project_of(wordings, tmp_path_factory.mktemp("acts") / "project"), wordings)


def test_the_strict_rule_puts_nothing_wrong_together(figures):
    assert figures.wrong_by_rule == []
    assert sum(figures.by_rule.values()) >= 6


def test_most_wordings_of_one_act_are_found(figures):
    assert sum(figures.found.values()) / sum(figures.pairs.values()) >= 0.9
    whole = (
        "words missing",
        "spelling",
        "cut differently",
        "direct and indirect",
        "typography",
        "other name",
    )
    for kind in whole:
        assert figures.found[kind] == figures.pairs[kind], kind
    assert figures.found["translation"] >= 5


def test_what_is_right_comes_first(figures):
    assert figures.precision_at(20) >= 0.95
    assert figures.average_precision >= 0.9
    first = [
        kind for right, _, one, other in figures.offered[:20] for kind in (one.kind, other.kind) if not right
    ]
    assert "opposite" not in first


def test_the_report_is_worked_out_right(figures):
    lines = list(report(figures))
    total, offered = sum(figures.pairs.values()), len(figures.offered)
    assert f"{offered} candidates, {figures.right} of them right" in "\n".join(lines)
    assert any(line.startswith("all") and f" {total} " in line for line in lines)
    by_hand = Figures(offered=[(right, None, None, None) for right in (True, False, True, False)])
    assert by_hand.right == 2
    assert by_hand.precision_at(3) == pytest.approx(2 / 3)
    assert by_hand.average_precision == pytest.approx((1 + 2 / 3) / 2)


def test_not_all_pairs_are_compared():
    line = next(iter(scale(400)))
    compared, every = int(line.split(": ")[1].split()[0]), int(line.split("of ")[1].split(";")[0])
    assert 0 < compared < every / 10

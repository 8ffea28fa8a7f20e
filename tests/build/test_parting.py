"""Who is right where people disagree on what reports one utterance: the rule of kg.build.parting."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kg.build.decisions import Decision
from kg.build.parting import Verdict, overruled, parted
from kg.build.verdicts import verdicts_among
from tests.build.field import TIME


def same(sequence, *, adjudicates=False):
    return Verdict(True, adjudicates, sequence)


def apart(sequence, *, adjudicates=False):
    return Verdict(False, adjudicates, sequence)


def verdicts(**said):
    return {frozenset(pair): verdict for pair, verdict in said.items()}


def test_what_one_says_and_nobody_denies_holds():
    assert parted("abcd", verdicts(ab=same(1), bc=same(2)), []) == [["a", "b", "c"], ["d"]]


def test_a_pair_told_apart_stays_apart_over_whatever_is_between():
    links = [(0.95, "a", "b"), (0.9, "b", "c"), (1.0, "c", "d")]
    assert parted("abcd", {}, links) == [["a", "b", "c", "d"]]
    assert parted("abcd", verdicts(ac=apart(1)), links) == [["a", "b"], ["c", "d"]], "the likest words first"


def test_of_conflicting_links_the_later_holds():
    said = verdicts(ab=same(1), ac=same(2), bc=apart(3))
    assert parted("abc", said, []) == [["a", "c"], ["b"]]
    found = list(overruled(said, {"a": "1", "c": "1", "b": "2"}))
    assert [(one.pair, [pair for pair, _ in one.against]) for one in found] == [(("a", "b"), [("b", "c")])]


def test_who_settles_goes_before_the_later():
    said = verdicts(ab=same(1, adjudicates=True), ac=same(2), bc=apart(3))
    assert parted("abc", said, []) == [["a", "b"], ["c"]]


def test_people_go_before_the_machine():
    said = verdicts(ab=same(1), bc=apart(2))
    assert parted("abc", said, [(1.0, "a", "c")]) == [["a", "b"], ["c"]]


def test_of_one_pair_the_latest_counts_but_an_adjudication_before_all():
    def decision(sequence, action, **more):
        return Decision(
            sequence, "Ida", TIME, action, "article", "a", together=("b",), id=str(sequence), **more
        )

    log = [decision(1, "merge"), decision(2, "differ")]
    assert not verdicts_among(log, {})[frozenset("ab")].same
    log += [decision(3, "merge", adjudicates=True), decision(4, "differ")]
    assert verdicts_among(log, {})[frozenset("ab")].decision == "3"
    assert list(verdicts_among(log, {"b": "c"})) == [frozenset("ac")]
    assert verdicts_among(log, {"b": "a"}) == {}, "a statement does not differ from itself"


NAMES = "abcdef"
PAIRS = [frozenset(pair) for pair in itertools.combinations(NAMES, 2)]
SAID = st.dictionaries(
    st.sampled_from(PAIRS),
    st.builds(Verdict, st.booleans(), st.booleans(), st.integers(1, 99)),
    max_size=10,
)
LINKS = st.lists(st.tuples(st.floats(0.8, 1.0), st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=8)


@given(SAID, LINKS, st.randoms(use_true_random=False))
def test_whatever_is_said(said, links, rng):
    """No group has a pair that was told apart; all else that is linked is together; order does not matter."""
    found = parted(NAMES, said, links)
    assert sorted(itertools.chain.from_iterable(found)) == list(NAMES)
    group_of = {one: number for number, group in enumerate(found) for one in group}
    against = {pair for pair, verdict in said.items() if not verdict.same}
    assert all(len({group_of[one] for one in pair}) == 2 for pair in against)
    linked = {pair for pair, verdict in said.items() if verdict.same}
    linked |= {frozenset(link[1:]) for link in links if link[1] != link[2]}
    for pair in linked:
        first, second = (found[group_of[one]] for one in pair)
        if first is not second:
            assert any(frozenset(both) in against for both in itertools.product(first, second))
    shuffled = list(said.items())
    rng.shuffle(shuffled)
    rng.shuffle(links)
    assert sorted(parted(NAMES[::-1], dict(shuffled), links)) == sorted(found)

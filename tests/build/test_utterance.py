"""The strict rule of one speech act, and the keys and groups that it is found by."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build.likeness import NEARLY_THE_SAME, plain_words
from kg.build.parting import Verdict
from kg.build.utterance import (
    FEWEST_WORDS,
    Entry,
    common_bounds,
    grouped,
    keys,
    same_copy,
    same_speech,
)
from kg.build.words import dice, words_of

BRITISH = "We cannot accept the defence programme, and our neighbours won’t recognise it"
AMERICAN = "We cannot accept the defense program, and our neighbors won't recognize it"


def entry(number=0, words=BRITISH, speaker="p", earliest="2012-03-05", latest="2012-03-05", **more):
    fields = {"article": f"a{number}", "unnamed": None, "spoken": True, "label": "", **more}
    bag = plain_words(words) if isinstance(words, str) else tuple(words)
    return Entry(f"s{number}", speaker=speaker, earliest=earliest, latest=latest, words=bag, **fields)


def test_spelling_and_quotation_marks_do_not_matter():
    assert dice(words_of(BRITISH), words_of(AMERICAN)) == 1
    assert same_speech(entry(1), entry(2, AMERICAN))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We want ten per cent of the harbour dues", "We want ten percent of the harbor dues"),
        ("The grey sky hangs over the harbour today", "The gray sky hangs over the harbor today"),
        ("We ask the U.S. for help with the harbour", "We ask the US for help with the harbor"),
        ("We want co-operation in the harbour this year", "We want cooperation in the harbor this year"),
        ("I am sceptical of scepticism in the harbour", "I am skeptical of skepticism in the harbor"),
        ("They plough the fields behind the old harbour", "They plow the fields behind the old harbor"),
        ("It is a manoeuvre to win the harbour vote", "It is a maneuver to win the harbor vote"),
        ("We wait whilst the harbour of the town decays", "We wait while the harbor of the town decays"),
        ("We need 30,000 boats in the harbour by May", "We need 30000 boats in the harbor by May"),
    ],
)
def test_spellings_and_forms_of_writing_are_one(one, other):
    assert words_of(one) == words_of(other)
    assert same_speech(entry(1, one), entry(2, other))


def test_a_country_is_no_pronoun():
    assert words_of("The US will pay") != words_of("The us will pay")
    assert words_of("We had 1,5 or 2,000,000") == ("we", "had", "1", "5", "or", "2000000")


def test_what_the_rule_needs():
    first = entry(1)
    assert same_speech(first, entry(2, earliest="2012-03-01", latest="2012-03-31"))
    assert not same_speech(first, entry(2, speaker="q"))
    assert not same_speech(first, entry(2, spoken=False))
    assert not same_speech(first, entry(2, earliest=None))
    assert not same_speech(first, entry(2, earliest="2010-01-01", latest="2012-12-31"))
    assert not same_speech(first, entry(2, earliest="2012-03-06", latest="2012-03-31"))
    assert not same_speech(first, entry(2, "We cannot accept anything of the kind, and nobody will"))
    assert not same_speech(entry(1, "We reject it"), entry(2, "We reject it"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("No.", "No."),
        ("We will see", "We will see"),
        ("I don't know", "I do not know"),
        ("We have made great progress on the harbour since the spring", "progress"),
        ("We will accept the plan for the new bridge", "We will not accept the plan for the new bridge"),
        ("We will build the bridge with our neighbours", "We will build the bridge without our neighbours"),
        ("We must sign the treaty before the end of May", "We must sign the treaty before the end of June"),
        ("We need 200 more boats on the northern coast", "We need 300 more boats on the northern coast"),
        ("Never will we close the port to their ships", "We will close the port to their ships"),
        ("We shall talk only if they come to the harbour", "We shall talk if they come to the harbour"),
        ("We will support the ban on trawlers in the bay", "We will oppose the ban on trawlers in the bay"),
        (
            "We want to stop the new quay in the harbour before this summer",
            "We want the new quay in the harbour before this summer",
        ),
        ("We refuse to pay for the new quay in the harbour", "We pay for the new quay in the harbour"),
        (
            "We are against building the new quay in the harbour",
            "We are building the new quay in the harbour",
        ),
        ("We will pay for the new quay if the state pays", "We will pay for the new quay"),
        ("The state owes the city an answer on the quay", "The city owes the state an answer on the quay"),
        (
            "We signed the contract of the mayor on the new quay",
            "We signed the contrary of the mayor on the new quay",
        ),
        ("They will pay for the new quay in the harbour", "We will pay for the new quay in the harbour"),
        (
            "We have to stop the trams in the old town by May",
            "We have stopped the trams in the old town by May",
        ),
        ("It is not just the mayor who wants the new quay", "It is not the mayor who wants the new quay"),
        ("I doubt that we can build the new quay in the harbour", "We can build the new quay in the harbour"),
        (
            "The trains will run from the harbour to the city",
            "The trains will run to the harbour from the city",
        ),
        (
            "We build it together, and nobody will be left outside when it is done, I promise you that",
            "We build it together",
        ),
    ],
)
def test_what_the_machine_never_puts_together(one, other):
    assert not same_speech(entry(1, one), entry(2, other))
    if plain_words(one) != plain_words(other) or len(plain_words(one)) < 3:
        assert not same_copy(entry(1, one), entry(2, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We don’t accept a shield against us", "We do not accept a shield against us."),
        ("We are ready to work on it – as equals", "Well, we are ready to work on it as equals"),
        (
            "“The programme of our neighbours has to be honoured in full,”",
            '"The program of our neighbors has to be honored in full"',
        ),
        (
            "Frankly, the quota is a mistake that our fishermen cannot pay for",
            "the quota is a mistake that our fishermen can't pay for",
        ),
        ("The quota has to wait for the vote in May", "The quotas has to wait for the vote in May"),
    ],
)
def test_what_the_machine_puts_together(one, other):
    assert same_speech(entry(1, one), entry(2, other))


def test_opposite_sides_of_one_position_keep_statements_apart():
    first = entry(1, sides=(("quota", "supports"),))
    against, beside = entry(2, sides=(("quota", "opposes"),)), entry(3, sides=(("port", "opposes"),))
    assert not same_speech(first, against) and not same_copy(first, against)
    assert same_speech(first, beside) and same_copy(first, beside)
    pair = {one.statement: one for one in (first, against)}
    assert grouped(pair, lambda article: ()) == [["s1"], ["s2"]]


def test_a_phrase_that_comes_again_is_another_utterance():
    first = entry(1, earliest="2012-03-05", latest="2012-03-05")
    assert not same_speech(first, entry(2, earliest="2012-09-05", latest="2012-09-05"))
    year = entry(2, earliest="2012-01-01", latest="2012-12-31")
    assert not same_speech(first, year), "a year is too wide to tell one occasion from the next"
    assert grouped({one.statement: one for one in (first, year)}, lambda article: ()) == [["s1"], ["s2"]]


def test_what_people_said_goes_before_the_rule():
    entries = {f"s{n}": entry(n) for n in range(1, 5)} | {"s5": entry(5, "It is a very bad idea")}
    said = {
        frozenset(("s1", "s2")): Verdict(False, False, 1),
        frozenset(("s4", "s5")): Verdict(True, False, 2),
    }

    def said_of(statement):
        return {
            other: verdict
            for pair, verdict in said.items()
            for other in pair - {statement}
            if statement in pair
        }

    def groups():
        return grouped(entries, lambda article: (), said_of)

    assert groups() == [["s1", "s3", "s4", "s5"], ["s2"]]
    said |= {frozenset(("s2", other)): Verdict(True, False, 3) for other in ("s3", "s4")}
    assert groups() == [["s1"], ["s2", "s3", "s4", "s5"]], "people's links count before the machine's"
    said[frozenset(("s1", "s2"))] = Verdict(True, False, 4)
    assert groups() == [["s1", "s2", "s3", "s4", "s5"]]


def test_copies_need_the_same_speaker_alone():
    one, other = (entry(n, spoken=False, speaker=f"u{n}", unnamed="(official)") for n in (1, 2))
    assert same_copy(one, other)
    assert not same_copy(one, other._replace(unnamed="(diplomat)"))
    assert not same_copy(one, other._replace(unnamed=None))


ENTRIES = st.builds(
    lambda words, speaker, dates, spoken, sides: entry(0, words, speaker, *dates, spoken=spoken, sides=sides),
    st.lists(st.sampled_from(["a", "b", "cc", "dd", "eee", "fff", "quota"]), min_size=1, max_size=12),
    st.sampled_from(["p", "q"]),
    st.sampled_from(
        [
            ("2012-03-05", "2012-03-05"),
            ("2012-01-01", "2012-12-31"),
            ("2011-12-31", "2012-01-01"),
            (None, "2012-03-05"),
            (None, None),
        ]
    ),
    st.booleans(),
    st.sampled_from([(), (("quota", "supports"),), (("quota", "opposes"),)]),
)


def test_the_order_of_two_statements_does_not_matter():
    first = entry(1, ["b", "b", "cc", "a", "a"])
    assert not same_speech(first, entry(2, ["cc", "b", "a", "cc", "b"]))
    assert not same_speech(entry(2, ["cc", "b", "a", "cc", "b"]), first)


@given(ENTRIES, ENTRIES)
def test_same_speech_is_said_both_ways_and_always_shares_a_key(one, other):
    assert same_speech(one, other) == same_speech(other, one)
    if same_speech(one, other):
        assert set(keys(one)) & set(keys(other))
        assert len(one.words) >= FEWEST_WORDS


@given(st.lists(ENTRIES, max_size=9), st.integers(0, 3))
def test_groups_are_the_connected_parts_of_the_rule(drawn, copies):
    entries = {f"s{n}": one._replace(statement=f"s{n}", article=f"a{n % 4}") for n, one in enumerate(drawn)}

    def copies_of(article):
        return [f"a{copies}"] if article == "a0" and copies else ["a0"] if article == f"a{copies}" else []

    expected = {name: {name} for name in entries}
    for one, other in itertools.permutations(entries.values(), 2):
        near = other.article in copies_of(one.article) and one.article != other.article
        if same_speech(one, other) or (near and same_copy(one, other)):
            union = expected[one.statement] | expected[other.statement]
            for member in union:
                expected[member] = union
    found = grouped(entries, lambda article: [a for a in copies_of(article) if a != article])
    assert sorted(found) == sorted(
        {tuple(sorted(group)): sorted(group) for group in expected.values()}.values()
    )
    again = grouped(
        dict(reversed(entries.items())), lambda article: [a for a in copies_of(article) if a != article]
    )
    assert sorted(found) == sorted(again)


@given(ENTRIES)
def test_entries_survive_the_store(one):
    assert Entry.from_text(one.to_text()) == one


def test_dates_that_do_not_meet_are_spanned():
    limits = common_bounds([entry(1), entry(2, earliest="2012-04-01", latest="2012-04-02")])
    assert (str(limits.earliest), str(limits.latest)) == ("2012-03-05", "2012-04-02")
    assert 0 < NEARLY_THE_SAME < 1

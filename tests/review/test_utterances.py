"""Candidates for one utterance, what people decide on them, and what is remembered."""

import datetime
import io
import itertools
import json
import random
import re

import pytest

from kg.build.likeness import plain_words
from kg.build.utterance import Entry
from kg.model.errors import UsageError
from kg.review.decisions import StaleError
from kg.review.lost import lost_decisions
from kg.review.utterances.candidates import candidates, disputed, known
from kg.review.utterances.deciding import (
    members_of,
    put_together,
    statement_named,
    take_out,
    tell_apart,
)
from kg.review.utterances.differences import differences
from kg.review.utterances.groups import groups
from kg.review.utterances.likeness import Rarity, likeness
from kg.review.utterances.near import AS_FAR, MUCH, NEAR, heavy, near_pairs, same_holder, with_company
from kg.review.utterances.spoken import Holder, Spoken
from tests.review.bridge import by_name, lines, pairs, together


def test_the_rule_and_the_candidates(bridge):
    desk = bridge.desk("Ida")
    assert together(bridge) == [["courier", "post"]], "not what was said again months later"
    assert [set(pair) for pair in pairs(bridge, desk)] == [{"courier", "wire"}], "one pair for two utterances"
    pair = candidates(known(desk))[0]
    assert "direct here, indirect there" in pair.likeness.reasons or "indirect here, direct there" in (
        pair.likeness.reasons
    )
    assert pair.worth > pair.likeness.score, "both take a stance on one position: counts would change"
    assert sorted(map(len, (pair.group, pair.other_group))) == [1, 2]


def test_a_group_of_three_and_one_taken_out_again(bridge, named):
    desk = bridge.desk("Ida")
    cases = [desk.case(named[name]) for name in ("courier", "wire")]
    assert put_together(desk, cases) == "one utterance of 3 statements"
    assert together(bridge) == [["courier", "post", "wire"]]
    assert groups(known(desk))[0].by_people
    assert take_out(desk, desk.case(named["post"])) == "taken out; 2 statements are left"
    assert together(bridge) == [["courier", "wire"]], "a person beats the rule"
    assert pairs(bridge, desk) == []
    desk.undo()
    assert together(bridge) == [["courier", "post", "wire"]]
    desk.undo()
    assert together(bridge) == [["courier", "post"]]
    desk.redo()
    assert together(bridge) == [["courier", "post", "wire"]]
    with pytest.raises(UsageError, match="no other statement"):
        take_out(desk, desk.case(named["ferry"]))
    assert bridge.validate().conforms


def test_different_is_remembered_after_another_reading_and_in_a_changed_article(bridge, named):
    desk = bridge.desk("Ida")
    tell_apart(desk, [desk.case(named[name]) for name in ("post", "courier")], "other occasions")
    assert together(bridge) == []
    assert ("courier", "post") not in pairs(bridge, desk)
    every = candidates(known(desk), everything=True)
    assert {named["courier"], named["post"]} in [{one.one.iri, one.other.iri} for one in every]
    folder = bridge.settings.folder
    (folder / "statements.jsonl").write_text(
        lines(post="we build the bridge together, or not at all"), encoding="utf-8"
    )
    bridge.load(software="reader")
    assert by_name(bridge)["post"] != named["post"], "another reading has other spans"
    assert together(bridge) == []
    assert ("courier", "post") not in pairs(bridge, desk)
    path = folder / "articles" / "post.txt"
    path.write_text("Corrected.\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    bridge.load(software="reader")
    assert together(bridge) == []
    assert ("courier", "post") not in pairs(bridge, desk)
    assert lost_decisions(desk) == []
    desk.undo()
    assert together(bridge) == [["courier", "post"]]
    desk.redo()
    assert together(bridge) == []


def test_what_two_coders_said_differently_is_settled(bridge, named):
    ida, otto = (bridge.desk(name, blind=True) for name in ("Ida", "Otto"))
    wire = [named["courier"], named["wire"]]
    put_together(ida, [ida.case(iri) for iri in wire])
    assert pairs(bridge, otto) == [("courier", "wire")], "Otto does not see what Ida said"
    assert pairs(bridge, ida) == []
    tell_apart(otto, [otto.case(iri) for iri in wire])
    assert together(bridge) == [["courier", "post"]], "of one pair the latest counts"
    chief = bridge.desk("Eve", adjudicates=True)
    found = disputed(known(chief))
    assert [one.likeness.cautions[0] for one in found] == ["coders differ"]
    assert found[0].said == (("Ida", "one utterance"), ("Otto", "different utterances"))
    put_together(chief, [chief.case(iri) for iri in wire])
    assert together(bridge) == [["courier", "post", "wire"]]
    assert disputed(known(chief)) == []
    tell_apart(otto, [otto.case(iri) for iri in wire])
    assert together(bridge) == [["courier", "post", "wire"]], "who settles goes before all"
    compared = bridge.agreement().utterances
    assert (compared.pairs, compared.alike) == (1, 0)


def test_who_is_blind_decides_on_what_follows_from_the_own_decisions(bridge, named):
    ida, otto = (bridge.desk(name, blind=True) for name in ("Ida", "Otto"))
    tell_apart(ida, [ida.case(named[name]) for name in ("courier", "post")])
    put_together(ida, [ida.case(named[name]) for name in ("courier", "wire")])
    assert members_of(otto, named["courier"]) == sorted(named[name] for name in ("courier", "post"))
    assert members_of(ida, named["courier"]) == sorted(named[name] for name in ("courier", "wire"))
    assert put_together(otto, [otto.case(named[name]) for name in ("courier", "wire")]) == (
        "one utterance of 3 statements"
    )
    assert take_out(otto, otto.case(named["post"])) == "taken out; 2 statements are left"


def test_a_conflict_is_said_and_listed(bridge, named):
    """Wire = courier, wire = ferry, and courier and ferry are different: the later holds."""
    desk = bridge.desk("Ida")

    def cases(*names):
        return [desk.case(named[name]) for name in names]

    put_together(desk, cases("wire", "courier"))
    tell_apart(desk, cases("ferry", "courier"))
    assert put_together(desk, cases("wire", "ferry")).startswith("one utterance of 2"), "the later holds"
    assert together(bridge) == [["courier", "post"], ["ferry", "wire"]]
    found = disputed(known(desk))
    assert len(found) == 1
    assert {found[0].one.iri, found[0].other.iri} == {named["courier"], named["wire"]}
    assert "kept apart by what Ida said" in found[0].likeness.cautions[0]
    put_together(desk, cases("courier", "ferry"))
    assert together(bridge) == [["courier", "ferry", "post", "wire"]]
    assert disputed(known(desk)) == []


def test_a_stale_pair_is_refused(bridge, named):
    ida, otto = bridge.desk("Ida"), bridge.desk("Otto")
    since = known(ida).last
    cases = [ida.case(named[name]) for name in ("courier", "wire")]
    put_together(otto, [otto.case(case.iri) for case in cases], since=since)
    with pytest.raises(StaleError, match=r"Otto decided .*: one utterance"):
        tell_apart(ida, cases, since=since)
    assert tell_apart(ida, cases, since=known(ida).last).startswith("different")
    with pytest.raises(UsageError, match="each of them once"):
        ida.merge([cases[0], cases[0]])
    with pytest.raises(UsageError, match="no statement"):
        statement_named(ida, "ffffffffffffffff.000000000000")


def test_differences_are_of_words_not_of_spelling():
    assert differences("“The defence – now”", '"the defense - now"') == [("both", "“The defence – now”")]
    assert differences("we build together", "We build") == [("both", "we build"), ("first", "together")]


def spoken(number, words, *, holder="a", day=0, days=0, article=None, **more):
    begins = datetime.date(2014, 3, 1) + datetime.timedelta(days=day)
    ends = begins + datetime.timedelta(days=days)
    bag = plain_words(words)
    named = Holder(holder, more.pop("name", holder), person=True)
    entry = Entry(f"s{number}", article or f"d{number}", holder, None, True, str(begins), str(ends), bag, "")
    stances = frozenset(more.pop("stances", ()))
    return Spoken(entry, f"u{number}", (named,), words, None, None, None, begins, ends, True, stances)


def test_no_pair_is_missed_by_not_comparing_all():
    """What shares two words of meaning, a holder and near dates is compared; all else is not."""
    rng = random.Random(5)
    vocabulary = [
        "harbour",
        "bridge",
        "tunnel",
        "ferry",
        "quota",
        "treaty",
        "river",
        "border",
        "school",
        "hospital",
        "budget",
        "union",
    ]
    statements = [
        spoken(
            number,
            " ".join(rng.sample(vocabulary, rng.randint(1, 9))),
            holder=rng.choice("abc"),
            day=rng.randrange(60),
            days=rng.choice([0, 0, 3, 30]),
            article=f"d{rng.randrange(40)}",
        )
        for number in range(120)
    ]

    def wanted(one, other):
        words = [heavy(each.entry.words) for each in (one, other)]
        common = len(words[0] & words[1])
        gap = max(one.begins - other.ends, other.begins - one.ends)
        return (
            one.entry.article != other.entry.article
            and one.holders == other.holders
            and ((gap <= NEAR and common >= min(2, *map(len, words))) or (gap <= AS_FAR and common >= MUCH))
        )

    expected = [
        (first, second)
        for first, second in itertools.combinations(range(len(statements)), 2)
        if wanted(statements[first], statements[second])
    ]
    assert len(expected) > 30
    assert near_pairs(statements) == expected
    reversed_ = near_pairs(statements[::-1])
    assert sorted((119 - second, 119 - first) for first, second in reversed_) == expected
    assert set(itertools.chain.from_iterable(expected)) <= set(with_company(statements))


def test_meaning_finds_what_shares_no_word():
    statements = [spoken(0, "the burden is ours"), spoken(1, "we carry that load"), spoken(2, "fish is dear")]
    vectors = {
        one.claim: vector
        for one, vector in zip(statements, ([1.0, 0.0], [0.8, 0.6], [0.0, 1.0]), strict=True)
    }
    assert near_pairs(statements) == []
    assert (0, 1) in near_pairs(statements, vectors)
    assert (0, 2) not in near_pairs(statements, vectors)


def test_who_may_be_one_speaker():
    lee, ann = Holder("1", "Lee", person=True), Holder("2", "Ann Lee", person=True)
    spokesman = Holder("3", "(spokesman)", unnamed=True)
    assert same_holder(lee, ann)
    assert not same_holder(Holder("4", "Ann", person=True), ann), "a first name is not enough"
    assert not same_holder(spokesman, ann)
    assert same_holder(spokesman, Holder("5", "(spokesman)", unnamed=True))
    assert not same_holder(Holder("6", "Lee"), ann), "an organisation is no person"


@pytest.mark.parametrize(
    ("one", "other", "caution"),
    [
        ("We will close the northern line", "We will not close the northern line", "only one has: not"),
        ("The quota should be raised in spring", "The quota should be lowered in spring", "opposite words"),
        ("We want to stop the quay in spring", "We want the quay in spring", "only one has: stop"),
        ("We refuse to pay for the quay", "We pay for the quay", "only one has: refuse"),
        (
            "The state owes the town an answer",
            "The town owes the state an answer",
            "the same words in another",
        ),
        ("The park will have 40 turbines", "The park will have 12 turbines", "numbers differ: 40 / 12"),
    ],
)
def test_what_speaks_against_is_said_and_counts(one, other, caution):
    pair = spoken(1, one), spoken(2, other)
    rarity = Rarity(pair)
    found = likeness(*pair, rarity)
    assert any(words.startswith(caution) for words in found.cautions)
    assert found.score < likeness(pair[0], spoken(3, one), rarity).score / 1.5


def test_what_no_article_dates_is_found_by_much_that_is_common():
    """One sentence that two papers print ten days apart, without saying when it was said."""
    words = (
        "We need one roof for all our countries that we {}pay for together and that we run together in peace"
    )
    one, other = spoken(1, words.format("build and "), days=10), spoken(2, words.format(""), day=20, days=4)
    assert near_pairs([one, other]) == [(0, 1)]
    found = likeness(one, other, Rarity([one, other]))
    assert found.score > 0.3
    assert "dates 10 days apart" in found.cautions
    topic = spoken(3, "Our countries need peace, we pay for it together, one roof is not to be built", day=20)
    assert likeness(one, topic, Rarity([one, topic])).score == 0


def test_a_negation_in_what_was_cut_off_does_not_count():
    whole = spoken(1, "We waited eleven years for the bridge, and I am not going to wait any longer")
    assert likeness(whole, spoken(2, "We waited eleven years for the bridge"), Rarity([whole])).cautions == ()


def test_the_command_lists_and_decides(bridge, named, kg_command, monkeypatch, tmp_path):
    monkeypatch.setenv("NO_COLOR", "1")
    where = ("-p", bridge.settings.folder)
    found = kg_command("utterances", *where, "-f", "json")
    assert found.code == 0
    rows = json.loads(found.out)
    assert {rows[0][side]["statement"] for side in ("one", "other")} == {named["courier"], named["wire"]}
    assert {kind for kind, _ in rows[0]["differences"]} == {"both", "first", "second"}
    text = kg_command("utterances", *where, "--no-meaning")
    assert "likeness" in text.out and "[" in text.out
    assert max(map(len, text.out.splitlines())) <= 100
    table = kg_command("utterances", *where, "-o", tmp_path / "pairs.csv")
    assert table.code == 0
    head = (tmp_path / "pairs.csv").read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("worth,likeness,reasons,cautions,speaker,")
    one, other = (named[name].rsplit("/", 1)[-1] for name in ("courier", "wire"))
    assert "one utterance of 3" in kg_command("utterances", *where, "--coder", "Ida", "same", one, other).err
    listed = json.loads(kg_command("utterances", *where, "groups", "-f", "json").out)
    assert [(len(row["statements"]), row["by_people"]) for row in listed] == [(3, True)]
    assert "put together by people" in kg_command("utterances", *where, "groups").out
    assert "taken out" in kg_command("utterances", *where, "out", other).err
    assert kg_command("utterances", *where, "different", one).code == 2
    assert kg_command("utterances", *where, "--actor", "Nobody Atall").code == 2
    assert "0 pairs" in kg_command("utterances", *where, "--actor", "Bo Ramm").err
    settle = kg_command("utterances", *where, "--adjudicate")
    assert "1 pair" in settle.err, "Ida and this account said different things"
    assert "coders" in settle.out


def test_options_may_stand_behind_the_name_of_a_command(bridge, named, kg_command, monkeypatch):
    where = ("-p", bridge.settings.folder)
    one, other = (named[name].rsplit("/", 1)[-1] for name in ("courier", "wire"))
    assert kg_command("utterances", "same", one, other, *where, "--coder", "Ida").code == 0
    assert bridge.desk("Ida").log()[-1].coder == "Ida"
    assert f"{named['courier']}, {named['wire']}" in kg_command("review", *where, "--log").out
    blind = ("--coder", "Otto", "--blind")
    listed = json.loads(kg_command("utterances", "groups", *where, *blind, "-f", "json").out)
    assert [len(row["statements"]) for row in listed] == [2]
    assert (
        json.loads(kg_command("utterances", "groups", *where, "--actor", "Bo Ramm", "-f", "json").out) == []
    )
    monkeypatch.setattr("sys.stdin", io.StringIO("q"))
    asked = kg_command("utterances", *blind, "review", *where, "--no-meaning")
    assert (asked.code, "1 pairs to look at" in asked.out) == (0, True)
    assert kg_command("utterances", "--blind", "review", *where, "--adjudicate").code == 2


def test_a_pair_is_one_of_all_that_there_are(bridge, named, kg_command):
    desk = bridge.desk("Ida")
    tell_apart(desk, [desk.case(named[name]) for name in ("courier", "post")])
    where = ("-p", bridge.settings.folder, "--all", "--no-meaning")
    number = len(json.loads(kg_command("utterances", *where, "-f", "json").out))
    assert number > 1
    assert f"1 of {number} " in kg_command("utterances", *where, "-n", "1").out


def test_counts_and_rows_by_utterance(bridge, named, kg_command):
    """Three reports of one stance count once unless each is asked for."""
    desk = bridge.desk("Ida")
    put_together(desk, [desk.case(named[name]) for name in ("courier", "wire")])
    by_utterance, by_statement = bridge.stats(), bridge.stats(by="statement")
    assert (by_utterance.statements, by_utterance.utterances, by_utterance.utterances_of_several) == (5, 3, 1)
    assert (by_utterance.stances, by_statement.stances) == (2, 4), "one speech in three papers, and one later"
    assert (by_utterance.stances_supporting, by_statement.stances_supporting) == (2, 4)
    where = ("-p", bridge.settings.folder)
    assert re.search(r"^stances +2$", kg_command("stats", *where).out, re.MULTILINE)
    rows = json.loads(kg_command("query", "positions", *where, "--voice", "any", "-f", "json").out)
    once = json.loads(
        kg_command("query", "positions", *where, "--voice", "any", "--by", "utterance", "-f", "json").out
    )
    assert (len(rows), [row["reports"] for row in once]) == (4, [3, 1])
    assert {row["utterance_iri"] for row in rows} == {row["utterance_iri"] for row in once}
    exported = kg_command("export", *where, "-f", "csv", "--by", "utterance").out.splitlines()
    assert len(exported) == 3
    assert exported[0].endswith(",reports")
    assert len(kg_command("export", *where, "-f", "csv").out.splitlines()) == 5
    assert kg_command("export", *where, "-f", "ttl", "--by", "utterance").code == 2
    matrix = json.loads(kg_command("query", "matrix", *where, "--voice", "any", "-f", "json").out)
    assert [(row["supports"], row["utterances"]) for row in matrix] == [(2, 2)]
    refused = kg_command("query", "matrix", *where, "--by", "utterance")
    assert refused.code == 2
    assert "--by" in refused.err
    assert "--by" not in kg_command("query", "matrix", "--help").out
    listed = json.loads(kg_command("codebook", "list", *where, "-f", "json").out)
    assert [row["supports"] for row in listed] == [2]
    looked = json.loads(kg_command("codebook", "show", "new-quay", *where, "-f", "json").out)
    assert (looked["stances"]["supports"], len(looked["examples"]["supports"])) == (2, 2)
    for name in ("conditions", "denials", "old-statements", "only-in", "statements-of", "first"):
        given = ("--speaker", "Ann Lee") if name == "statements-of" else ()
        assert kg_command("query", name, *where, *given, "--by", "utterance", "-f", "json").code == 0, name


def test_what_people_said_of_other_articles_stays_when_one_is_removed(bridge, named):
    desk = bridge.desk("Ida")
    cases = {name: desk.case(named[name]) for name in ("courier", "post", "wire")}
    put_together(desk, [cases["wire"], cases["courier"], cases["post"]])
    take_out(desk, desk.case(named["post"]), "said in the evening")
    assert together(bridge) == [["courier", "wire"]]
    bridge.remove("wire.txt")
    assert together(bridge) == [], "courier and post are told apart by Ida, whatever the rule says"
    log = desk.log()
    assert [(one.action, {one.target, *one.together}) for one in log] == [
        ("merge", {named["courier"], named["post"]}),
        ("differ", {named["courier"], named["post"]}),
    ]
    assert [len(one.others) for one in log] == [1, 1]
    assert log[1].comment == "said in the evening"
    with bridge.reading() as store:
        assert not any(named["wire"].rsplit("/", 1)[-1].split(".")[0] in str(quad) for quad in store.quads())
    desk.undo()
    assert together(bridge) == [["courier", "post"]]
    assert bridge.validate().conforms


def test_a_decision_that_was_taken_back_stays_so_when_an_article_is_removed(bridge, named):
    desk = bridge.desk("Ida")
    put_together(desk, [desk.case(named[name]) for name in ("wire", "later", "courier")])
    assert len(together(bridge)[0]) == 4
    desk.undo()
    bridge.remove("wire.txt")
    assert together(bridge) == [["courier", "post"]]
    desk.redo()
    assert together(bridge) == [["courier", "later", "post"]]


def test_a_removed_article_leaves_no_decision_on_it_alone(bridge, named):
    desk = bridge.desk("Ida")
    tell_apart(desk, [desk.case(named[name]) for name in ("wire", "courier", "later")])
    tell_apart(desk, [desk.case(named[name]) for name in ("later", "wire")])
    desk.undo()
    bridge.remove("wire.txt")
    assert desk.log() == []

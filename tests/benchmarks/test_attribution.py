"""The figures of how well attributions are found, worked out by hand."""

import json

import pytest

from benchmarks import speakers
from benchmarks.attribution import main
from benchmarks.attribution_scoring import Counts, Tally, Text, count, interval, quoted_ranges
from kg.attribute.extractors import open_reader
from kg.model.article import Article
from training.attribution.annotations import Annotation, to_record, write_brat
from training.attribution.markup import parse_markup

MARKED = """kinds: british-quotes
Ada Reed: 1 2
Tom Price: 3
(pilot): 4
---
[s1 Ada Reed, the mayor,] [q1 said] [c1 that the pier was safe].

[c2 ‘Nobody told us’], [s2 she] [q2 added]. [c2 ‘Nobody at all.’]

[s3 Tom Price] [q3 claimed] [c3 [s4 a pilot] [q4 had warned] [c4 of thin ice] in May].
"""
GOLD = parse_markup(MARKED, "pier", "pier")
MAYOR, NOBODY, PRICE, PILOT = GOLD.annotations


def f1(counts, figure):
    return round(counts.tallies[figure].f1, 3)


def at(words):
    start = GOLD.text.index(words)
    return ((start, start + len(words)),)


def test_what_was_annotated_is_right_in_all():
    counts = count(GOLD.text, GOLD.annotations, GOLD.annotations)
    assert {name: tally.f1 for name, tally in counts.tallies.items()} == dict.fromkeys(counts.tallies, 1.0)
    assert counts.tallies["pair"] == Tally(3, 3, 3)
    assert counts.tallies["quoted_pair"] == Tally(1, 1, 1)
    assert counts.nested == Tally(1, 0, 1)


def test_nothing_found():
    counts = count(GOLD.text, [], GOLD.annotations)
    assert {tally.f1 for tally in counts.tallies.values()} == {0.0}


def test_marks_and_commas_at_the_edge_do_not_count():
    found = Annotation(at("Ada Reed, the mayor"), at("said"), at("that the pier was safe."))
    counts = count(GOLD.text, [found], [MAYOR])
    assert {f1(counts, name) for name in ("source", "cue", "content", "pair")} == {1.0}


def test_a_shorter_source_makes_a_pair_but_no_exact_match():
    found = Annotation(at("Ada Reed"), at("said"), at("the pier was safe"))
    counts = count(GOLD.text, [found], [MAYOR])
    assert f1(counts, "source") == f1(counts, "content") == 0.0
    assert f1(counts, "pair") == 1.0
    assert counts.tallies["content_partial"] == Tally(1.0, 1, 1, 4 / 5)


def test_another_source_makes_no_pair():
    found = Annotation(at("Tom Price"), at("said"), at("that the pier was safe"))
    counts = count(GOLD.text, [found], [MAYOR])
    assert f1(counts, "pair") == 0.0
    assert f1(counts, "content") == 1.0


def test_less_than_half_of_the_content_makes_no_pair():
    # Three of six words overlap by 2 * 3 / 9, one of six by 2 * 1 / 7.
    more, less = (Annotation(at("she"), at("added"), at(words)) for words in ("‘Nobody at all.’", "all"))
    assert f1(count(GOLD.text, [more], [NOBODY]), "pair") == 1.0
    assert f1(count(GOLD.text, [less], [NOBODY]), "pair") == 0.0


def test_nested_ones_count_for_nothing_but_themselves():
    """Finding the pilot's warning adds no error, and leaving it out none either."""
    with_it = count(GOLD.text, [PRICE, PILOT], GOLD.annotations)
    without = count(GOLD.text, [PRICE], GOLD.annotations)
    assert with_it.tallies == without.tallies
    assert with_it.nested.recall == 1.0
    assert without.nested.recall == 0.0


def test_a_shared_source_is_one_span():
    text = "She came and went."
    both = [Annotation(((0, 3),), ((4, 8),), ((9, 12),)), Annotation(((0, 3),), ((13, 17),), ((9, 12),))]
    assert count(text, both[:1], both).tallies["source"] == Tally(1, 1, 1)
    assert count(text, both[:1], both).tallies["cue"] == Tally(1, 1, 2)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “so”.", ["“so”"]),
        ("‘It’s so,’ he said. ‘Is it?’", ["‘It’s so,’", "‘Is it?’"]),
        ("The dogs’ dinner", []),
        ("„So“ und «so» und »not opened", ["„So“", "«so»"]),
        ("“A paragraph\n“goes on” here", ["“A paragraph", "“goes on”"]),
        ("''Two'' and \"one\"", ["''Two''", '"one"']),
    ],
)
def test_where_quotations_are(text, quoted):
    assert [text[start:end] for start, end in quoted_ranges(text)] == quoted


def test_words_of_a_span():
    text = Text("One, two–three.")
    assert [sorted(text.words([span])) for span in ((0, 3), (3, 5), (5, 14), (9, 9))] == [[0], [], [1, 2], []]


def test_interval():
    good, bad = Counts(), Counts()
    good.tallies["pair"] = Tally(1, 1, 1)
    bad.tallies["pair"] = Tally(0, 1, 1)
    assert interval([good] * 5, "pair") == (1.0, 1.0)
    low, high = interval([good, bad] * 10, "pair")
    assert 0.2 <= low < 0.5 < high <= 0.8
    assert interval([good, bad] * 10, "pair") == (low, high)


def test_command(tmp_path, capsys):
    write_brat(GOLD, tmp_path / "brat")
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps(to_record(GOLD)) + "\n", encoding="utf-8")
    assert main([str(tmp_path / "brat"), str(lines), "--json", "--kinds", "--speakers"]) == 0
    results = json.loads(capsys.readouterr().out)
    folder, file = results[str(tmp_path / "brat")], results[str(lines)]
    assert folder["brat"] == file["lines.jsonl"] == folder["british-quotes"]
    assert folder["brat"]["pair"]["gold"] == 3
    assert folder["speakers"]["named"][1] == 3
    assert main([str(tmp_path / "brat"), "--articles", "--misses", "--speakers"]) == 0
    assert "interval of pair" in capsys.readouterr().out


def test_speakers():
    """Who is annotated as another counts as told wrongly."""
    reading = open_reader().read(Article("pier.txt", GOLD.text))
    told = speakers.count(GOLD, reading)
    assert (told.named[1], told.unnamed[1]) == (3, 1)
    other = parse_markup(MARKED.replace("Ada Reed: 1 2", "Ada Reed: 1\nTom Price: 2"), "pier", "pier")
    assert speakers.count(other, reading).named[0] == told.named[0] - 1

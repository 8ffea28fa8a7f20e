"""Coded articles are read as they are written, and make the pairs that they say."""

import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.errors import InputError
from training.stance.check import article_counts, article_problems
from training.stance.coded_articles import ARTICLES, parse_debate, read_debates
from training.stance.lists import lists, proposition
from training.stance.negation import TURNED, negated
from training.stance.pairs import article_pairs

DEBATE = """# field: night boats to Orvale

= night-boats: The Orvale ferry should run at night | After 22.40 | + boats at night | - no late boats; quiet
= grant: The county should pay more for the ferry | | + raise the grant | - no further grant
= pier: The pier at Orvale is unsafe | | + rotten planks | - sound as ever

## Orvale Post, 3 May 2021: Ferry firm drops its night boats

[1,3 Sund Line] {1 said} that <1 it had given up the sailings> after midnight <1 for good>. "<2 The county
never paid for them,>" {2 added} [2 its director, Marta Quill].

It was a {3 refusal} <3 to go on alone>. <4 The pier opens at six.>

1: - night-boats
2: + grant; ? night-boats
3: 0 night-boats
4: none

## Island Radio, 5 May 2021: Mayor: a slap

[1 Tom Breck] {1 called} the move <1 a slap>.

1: + night-boats
"""


def test_a_field_is_read_with_its_articles():
    debate = parse_debate(DEBATE, "orvale", "orvale.txt")
    assert debate.title == "night boats to Orvale"
    assert [one.slug for one in debate.positions] == ["night-boats", "grant", "pier"]
    assert debate.positions[0].description == "After 22.40"
    assert debate.positions[0].against_phrases == ("no late boats", "quiet")
    first, second, third, fourth, last = debate.statements
    assert first.article.text.startswith("Ferry firm drops its night boats\n\nSund Line said that it had ")
    assert first.article.title == "Ferry firm drops its night boats"
    assert [span.text for span in first.statement.content] == ["it had given up the sailings", "for good"]
    assert second.statement.source.text == "its director, Marta Quill"
    assert third.statement.source == first.statement.source and third.statement.cue.text == "refusal"
    assert fourth.statement.source is None and fourth.statement.cue is None
    assert last.article.name != first.article.name
    for one in debate.statements:
        for span in (one.statement.source, one.statement.cue, *one.statement.content):
            assert span is None or one.article.text[span.start : span.end] == span.text
    assert [one.polarity("night-boats") for one in debate.statements] == [
        "opposes", None, "neutral", "unrelated", "supports",
    ]  # fmt: skip
    assert second.polarity("grant") == "supports"


@pytest.mark.parametrize(
    ("broken", "problem", "line"),
    [
        (DEBATE.replace("# field", "field"), "the first line", 1),
        (DEBATE.replace("= pier:", "= pier"), "not a position", 5),
        (DEBATE.replace("| + raise", "| raise"), "not a position", 4),
        (DEBATE.replace(", 3 May 2021:", ":"), "not a headline", 7),
        (DEBATE.replace("4: none\n", ""), "differ: ..4", 7),
        (DEBATE.replace("4: none", "4: + pear"), "'. pear' is no code", 7),
        (DEBATE.replace("{1 called}", "{called}"), "a bracket too many", 19),
    ],
)
def test_what_is_wrong_is_said_with_its_place(broken, problem, line):
    with pytest.raises(InputError, match=problem) as error:
        parse_debate(broken, "orvale", "orvale.txt")
    assert f"orvale.txt:{line}" in str(error.value)


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with suppress(InputError):
        parse_debate(text, "any", "any.txt")


def test_the_pairs_say_what_the_codes_say():
    debate = parse_debate(DEBATE, "orvale", "orvale.txt")
    slugs = {one.label: one.slug for one in debate.positions}
    pairs = list(article_pairs([debate], random.Random(1)))
    assert {pair.kind for pair in pairs} == {"coded", "same-topic"}
    for pair in pairs:
        one = next(one for one in debate.statements if _content(one) in pair.text)
        assert pair.label == one.polarity(slugs[pair.position])
        assert f" | {one.article.title}" in pair.text
    assert sum(pair.kind == "coded" for pair in pairs) == 4


def test_lists_have_all_that_a_statement_is_about_in_any_wording():
    debate = parse_debate(DEBATE, "orvale", "orvale.txt")
    said = {}
    for position in debate.positions:
        said |= {position.label: (position.slug, False), negated(position.label): (position.slug, True)}
        said |= {proposition(phrase): (position.slug, False) for phrase in position.for_phrases}
        said |= {proposition(phrase): (position.slug, True) for phrase in position.against_phrases}
    found = list(lists([debate] * 20, random.Random(1)))
    assert len(found) == 20 * len(debate.statements)
    for one, made in zip(debate.statements * 20, found, strict=True):
        slugs = [said[position][0] for position in made.positions]
        assert sorted(slugs) == ["grant", "night-boats", "pier"], "a codebook this small is there as a whole"
        for position, label in zip(made.positions, made.labels, strict=True):
            slug, turned = said[position]
            wanted = one.polarity(slug)
            assert label == (TURNED[wanted] if turned and wanted else wanted)
    bare = sum(" | " not in made.text for made in found) / len(found)
    assert 0.03 < bare < 0.35
    assert len({position for made in found for position in made.positions}) > len(debate.positions)


def _content(one):
    return f"<{one.statement.content[0].text}>".replace("\n", " ")


@pytest.fixture(scope="module")
def parts():
    return read_debates(ARTICLES), read_debates(ARTICLES, held_out=True)


def test_the_fields_that_are_held_out_are_others(parts):
    learnt, held_out = parts
    assert len(learnt) > 5 * len(held_out) > 50
    assert not {one.name for one in learnt} & {one.name for one in held_out}


def test_the_articles_keep_their_rules_and_the_datasheet_counts_them(parts):
    learnt, held_out = parts
    assert not list(article_problems([*learnt, *held_out]))
    assert article_counts(learnt, held_out) in (ARTICLES / "README.md").read_text("utf-8")


def test_what_breaks_the_rules_is_told():
    broken = DEBATE.replace("= pier:", "= grant:").replace("2: + grant; ?", "2: + night-boats; ?")
    found = list(article_problems([parse_debate(broken, "orvale", "orvale.txt")]))
    assert [problem.partition(": ")[2] for problem in found] == [
        "3 positions, at least 12 are wanted",
        "two positions have the slug grant",
        "orvale-0.2: a position is coded and doubtful",
    ]


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / "broken.txt").write_bytes(b"# field: \xff\xfe")
    with pytest.raises(InputError, match="cannot be read") as error:
        read_debates(tmp_path)
    assert "broken.txt" in str(error.value)

"""Contrast sets are read as they are written, keep their rules, and make the pairs that they say."""

import random
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.errors import InputError
from training.stance.check import contrast_counts, contrast_problems
from training.stance.contrast_sets import CONTRASTS, parse, plain, read_contrasts
from training.stance.negation import TURNED
from training.stance.pairs import SHORT, contrast_pairs

SETS = """# field: the quarry

= The quarry should be reopened | Stone should be dug again
! The quarry must stay shut | Quarrying should never start again
~ The firm should pay for road repairs
+ [Mayor Jon Hale] {welcomed} the ruling that lets the diggers back in.
+ Every tonne dug at home spares a lorry.
- [Villagers] {dismissed} the promise of a hundred jobs.
- Dust kills.
0 [The county] {said} it would decide after the summer.
x [The parish] {asked} who would mend the road.

= Blasting is safe | Blasting harms nobody
! Blasting is dangerous
~ The quarry lake should be fenced
+ [Engineer Bo Lind] {vouched} for every charge.
+ Nobody was ever hurt.
- [Engineer Bo Lind] {warned} of the next charge.
- Windows have burst.
"""


def test_a_file_is_read_set_by_set():
    first, second = parse(SETS, "quarry.txt")
    assert (first.field, first.line, second.line) == ("the quarry", 3, 13)
    assert first.wordings == ("The quarry should be reopened", "Stone should be dug again")
    assert first.nearby == "The firm should pay for road repairs"
    assert second.contrary == ("Blasting is dangerous",)
    assert Counter(text.polarity for text in first.texts) == {
        "supports": 2,
        "opposes": 2,
        "neutral": 1,
        "unrelated": 1,
    }


@pytest.mark.parametrize(
    ("broken", "problem", "line"),
    [
        (SETS.replace("# field", "field"), "the first line", 1),
        (SETS.replace("- Dust", "* Dust"), "cannot be read", 9),
        (SETS.replace("~ The firm", "+ The firm"), "one nearby", 3),
        (SETS.replace("- Windows", "0 Windows"), "at least 2 texts with -", 13),
        ("", "the first line", 1),
    ],
)
def test_what_is_wrong_is_said_with_its_line(broken, problem, line):
    with pytest.raises(InputError, match=problem) as error:
        parse(broken, "quarry.txt")
    assert f"quarry.txt:{line}" in str(error.value)


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with suppress(InputError):
        parse(text, "any.txt")


def test_the_pairs_say_what_the_sets_say():
    sets = parse(SETS, "quarry.txt")
    by_position = {words: one for one in sets for words in (*one.wordings, *one.contrary)}
    for pair in contrast_pairs(sets, random.Random(1)):
        if pair.kind == "same-topic":
            assert pair.label == "unrelated"
            continue
        one = by_position[pair.position]
        polarity = next(text.polarity for text in one.texts if text.text == pair.text)
        turned = pair.position in one.contrary
        assert (pair.kind == "contrary") == turned
        assert pair.label == (TURNED[polarity] if turned else polarity)


def test_training_adds_wordings_takes_brackets_away_and_puts_others_beside_now_and_then():
    sets = parse(SETS, "quarry.txt") * 30
    pairs = list(contrast_pairs(sets, random.Random(1), training=True))
    wordings = [pair for pair in pairs if pair.kind == "wording"]
    assert {pair.label for pair in wordings} == {"supports", "opposes", "unrelated"}
    texts = {pair.text for pair in pairs}
    marked = "[Engineer Bo Lind] {vouched} for every charge."
    assert {marked, plain(marked)} <= texts
    beside = {text for text in texts if "[Engineer Bo Lind] {vouched}" in text} - {marked}
    other = "Engineer Bo Lind warned of the next charge."
    assert beside & {f"{other} {marked}", f"{marked} {other}", f"{marked[:-1]}, while e{other[1:]}"}
    assert not any("Nobody was ever hurt" in text for text in beside), (
        "what has no speaker may be taken for his"
    )


def test_beside_a_position_of_another_field_every_other_text_has_no_marks():
    sets = [
        *parse(SETS, "quarry.txt"),
        *parse(SETS.replace("# field: the quarry", "# field: the pit"), "pit.txt"),
    ] * 20
    pairs = list(contrast_pairs(sets, random.Random(1), training=True))
    far, own = (
        ["[" in pair.text for pair in pairs if pair.kind == kind and "Villagers" in pair.text]
        for kind in ("other-field", "coded")
    )
    assert 0.25 < sum(far) / len(far) < 0.6 < sum(own) / len(own)


def test_long_texts_have_other_matter_already_and_get_none():
    marked = "[Engineer Bo Lind] {vouched} for every charge"
    sets = parse(SETS.replace(marked, marked + ", as he said" * SHORT), "quarry.txt") * 30
    texts = {pair.text for pair in contrast_pairs(sets, random.Random(1), training=True)}
    long = f"{marked}{', as he said' * SHORT}."
    assert {text for text in texts if "[Engineer Bo Lind] {vouched}" in text} == {long}


def test_the_shipped_sets_keep_their_rules():
    sets, held_out = read_contrasts(), read_contrasts(held_out=True)
    assert list(contrast_problems([*sets, *held_out])) == []
    assert not {one.field for one in sets} & {one.field for one in held_out}


def test_what_breaks_a_rule_is_named():
    broken = SETS.replace("{dismissed}", "{dismissed} {again}").replace("Dust kills.", "Dust.")
    broken = broken.replace("| Blasting harms nobody", "| Blasting is dangerous")
    found = "\n".join(contrast_problems(parse(broken, "quarry.txt")))
    assert "brackets without their like, or twice: [Villagers]" in found
    assert "too short or too long: Dust." in found
    assert "set in line 13: the same words stand for two of its positions" in found


def test_the_datasheet_has_the_counts():
    """After a change of the sets: `python -m training.stance.check --counts`, into contrasts/README.md."""
    table = contrast_counts(read_contrasts(), read_contrasts(held_out=True))
    assert table in (CONTRASTS / "README.md").read_text("utf-8")

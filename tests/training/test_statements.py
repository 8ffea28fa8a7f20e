"""The corpus of coded statements keeps its rules, and its reader and checker see what breaks them."""

import pytest

from kg.model.errors import InputError
from training.stance.check import counts, main, problems
from training.stance.shortcuts import SIDES, leaning, telling_words
from training.stance.statements import CORPUS, FOLDS, POLARITIES, codings_of, parse_field, read_corpus

FIELD = """\
# field: a pier
# fold: 2

+ new-pier | A new pier should be built | harbour
  about: Whether Wickford should build a pier.
  for: build the pier | the harbour needs a pier
  against: no pier | leave the bay alone
  linked: keep-bay
+ keep-bay | The bay should not be built on | harbour | against
  about: Whether the bay should stay as it is.
  for: hands off the bay | leave it to the birds
  against: use the bay | build there
+ harbour-fee | Boats should pay a fee | money
  about: Whether boats should pay.
  for: make them pay | a fee for boats
  against: no fee | boats are poor enough

[c "Build it,"] [q said] [s Ada Reed, the mayor,] of the pier. | demands | new-pier:s | argument
[s Owen Pryce] [q backs] [c a pier [p if the bank pays]]. | offers | new-pier:s* ?harbour-fee | condition
[s The bank] [q was asked about] [c pier and fee]. | asserts | new-pier:n harbour-fee:n | undecided
"""


def field_of(text: str):
    return parse_field(text.splitlines(), "pier", "pier.txt")


def test_a_field_is_read_with_spans_codes_and_wordings():
    field = field_of(FIELD)
    assert (field.title, field.fold, field.against) == ("a pier", 2, {"keep-bay"})
    assert field.position_by_slug["new-pier"].against_phrases == ("no pier", "leave the bay alone")
    one, other, third = field.statements
    assert one.text == '"Build it," said Ada Reed, the mayor, of the pier.'
    for statement in field.statements:
        for span in (*statement.source, *statement.cue, *statement.content, *statement.condition):
            assert statement.text[span.start : span.end] == span.text
    assert [span.text for span in other.condition] == ["if the bank pays"]
    assert other.content[0].text == "a pier if the bank pays"
    assert (other.force, other.codings[0].condition) == ("offers", True)
    assert one.line == 18 and one.id.startswith("pier/")
    assert third.polarity("harbour-fee") == "neutral"


def test_what_is_not_coded_is_unrelated_and_what_is_linked_is_doubtful():
    one, other, third = field_of(FIELD).statements
    assert one.polarity("harbour-fee") == "unrelated"
    assert other.polarity("harbour-fee") is None
    assert one.polarity("keep-bay") is None, "a side on the pier hints at the bay"
    assert third.polarity("keep-bay") == "unrelated", "a statement without a side hints at nothing"


def test_an_id_stays_as_long_as_the_words_do():
    moved = FIELD.replace("[c ", "").replace('"Build it,"]', '[c "Build it,"]', 1)
    before = field_of(FIELD).statements[0]
    after = field_of(FIELD.replace("| argument", "| metaphor")).statements[0]
    assert before.id == after.id
    assert "[c " in moved


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("| demands |", "| shouts |", 18, "no force"),
        ("new-pier:s |", "old-pier:s |", 18, "no position"),
        ("| argument", "| hard", 18, "no tag"),
        ("[q said]", "[x said]", 18, "no letter"),
        ("[q said]", "[q said", 18, "not closed"),
        ("[q said]", "said]", 18, "was not opened"),
        ("[q said]", "[q ]", 18, "empty"),
        ("| harbour\n", "\n", 4, "a position is"),
        ("  about: Whether Wick", "  what: Whether Wick", 5, "none of about"),
        (" | argument", "", 18, "instead of four"),
    ],
)
def test_a_malformed_line_is_named(old, new, line, says):
    with pytest.raises(InputError) as error:
        field_of(FIELD.replace(old, new, 1))
    assert says in str(error.value)
    assert f"pier.txt:{line}" in str(error.value)


def test_a_field_without_head_or_with_a_link_to_nothing_is_refused():
    with pytest.raises(InputError, match="fold"):
        field_of(FIELD.replace("# fold: 2\n", ""))
    with pytest.raises(InputError, match="linked"):
        field_of(FIELD.replace("linked: keep-bay", "linked: keep-sea"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("# fold: 2", "# fold: 7", "fold 7"),
        ("new-pier:s* ?harbour-fee", "new-pier:s ?harbour-fee", "go together"),
        ("[p if the bank pays]", "if the bank pays", "go together"),
        ("| condition", "| condition plain", "beside another tag"),
        ("  about: Whether boats should pay.\n", "", "nothing says"),
        ("  for: make them pay | a fee for boats", "  for: make them pay", "fewer than 2 wordings"),
        ("[s The bank]", "The bank", "no source"),
        ("harbour-fee:n |", "harbour-fee:n ?harbour-fee |", "two codes"),
    ],
)
def test_the_checker_sees_what_breaks_a_rule(old, new, says):
    before = list(problems([field_of(FIELD)]))
    after = list(problems([field_of(FIELD.replace(old, new, 1))]))
    assert any(says in problem for problem in set(after) - set(before)), after


def test_the_checker_sees_templates_and_missing_polarities():
    again = (
        FIELD
        + "[s Owen Price] [q backs] [c a pier [p if the bank pays]]. | offers | new-pier:s* | condition\n"
    )
    found = list(problems([field_of(again)]))
    assert any("nearly the same words as line 19" in problem for problem in found)
    assert any("keep-bay: 0 statements supports" in problem for problem in found)


@pytest.fixture(scope="module")
def corpus():
    return read_corpus()


def test_the_corpus_keeps_its_rules(corpus):
    assert list(problems(corpus)) == []


def test_the_corpus_is_as_large_as_the_datasheet_says(corpus):
    statements = [statement for field in corpus for statement in field.statements]
    assert len(statements) >= 3300
    assert len({position.label for field in corpus for position in field.positions}) >= 150
    assert len(corpus) >= 20
    assert {field.fold for field in corpus} == set(FOLDS)
    assert len({statement.id for statement in statements}) == len(statements)


def test_the_datasheet_has_the_counts(corpus):
    """After a change of the corpus: `python -m training.stance.check --counts`, into its README.md."""
    assert counts(corpus) in (CORPUS / "README.md").read_text("utf-8")


def test_every_fold_has_every_polarity_and_hard_case(corpus):
    hard = {
        "cue",
        "double-negation",
        "praise-cancellation",
        "argument",
        "condition",
        "denial-of-report",
        "offer",
    }
    for fold in FOLDS:
        inside = [field for field in corpus if field.fold == fold]
        assert {polarity for *_, polarity in codings_of(inside)} == set(POLARITIES)
        assert hard <= {tag for field in inside for one in field.statements for tag in one.tags}


def test_words_alone_hardly_tell_the_side(corpus):
    """A model that learns single words instead of stances must do poorly on the corpus."""
    found = leaning(corpus, SIDES[:2])
    assert found.macro_f1 < 0.6
    assert found.reversed_share > 0.4


def test_telling_words_are_found():
    statements = "".join(
        f"[s Ms {n}] [q {cue}] [c plan {n}]. | asserts | a:{side} | cue\n"
        for n in range(60)
        for cue, side in [("hailed", "s") if n % 2 else ("spurned", "o")]
    )
    field = field_of("# field: f\n# fold: 1\n+ a | Plans are good | plans\n" + statements)
    words = telling_words([field])
    assert words["supports"][0][0] == "hailed"
    assert words["opposes"][0][0] == "spurned"


def test_the_command_tells_problems_by_its_exit_code(tmp_path, capsys):
    (tmp_path / "pier.txt").write_text(FIELD, "utf-8")
    assert main(["--corpus", str(tmp_path)]) == 1
    assert "pier" in capsys.readouterr().err
    assert main(["--counts"]) == 0
    assert "| supports |" in capsys.readouterr().out
    assert main(["--corpus", str(tmp_path / "nowhere")]) == 3

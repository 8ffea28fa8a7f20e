"""The figures of how well articles are read, worked out by hand."""

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.confusion import confusion, table
from benchmarks.given import given
from benchmarks.reading import main
from benchmarks.scoring import as_gold, compare, folded, read_gold, same_date
from kg.model.article import Article
from kg.model.attribution import Span
from kg.model.errors import InputError
from kg.model.statement import Statement

GOLD = [
    {
        "id": "1", "file": "a.txt", "actor": "Ann Lee", "affiliation": "Norland", "quote": "direct",
        "content": ["The quay will be built"], "said": "2010-04-18",
        "positions": {"quay": "supports", "toll": "conditional"}, "maybe": ["ferry"],
    },
    {
        "id": "2", "file": "a.txt", "actor": "(Norlandic official)", "affiliation": "Norland",
        "quote": "indirect", "content": ["the toll was never meant to last"], "said": "2010-04-18",
        "positions": {"toll": ["opposes", "neutral"]},
    },
    {
        "id": "3", "file": "a.txt", "actor": "Bo Ek", "affiliation": None, "quote": "indirect",
        "content": ["nobody had asked the fishermen"], "said": "2009-12", "positions": {"quay": "opposes"},
    },
    {
        "id": "4", "file": "a.txt", "actor": "Bo Ek", "affiliation": None, "quote": "direct",
        "content": ["It is a shame for all of us"], "said": "2010-04-18", "positions": {"quay": "opposes"},
        "optional": True,
    },
]  # fmt: skip


def found(id_, content, actor, affiliation, quote, said, positions=(), **more):
    return {
        "id": id_, "article": "a.txt", "content": [{"start": 0, "end": 1, "text": content}], "quote": quote,
        "actor": {"label": actor, "affiliation": affiliation}, "said": said,
        "positions": [{"position": p, "stance": s, "condition": c} for p, s, c in positions], **more,
    }  # fmt: skip


READING = [
    # All right; what it says of the ferry counts nowhere.
    found("a", "the quay will be built!", "Ann Lee", "Norland", "direct", "2010-04-18",
          [("quay", "supports", None), ("toll", "supports", "if it pays"), ("ferry", "opposes", None)]),
    # The source is described in other words, which is right; a stance of two is right; too vague a date.
    found("b", "the toll was meant to last", "(official)", "Norland", "direct", "2010",
          [("toll", "neutral", None)]),
    # Reversed by what it reports, no affiliation and the wrong actor; the year is near enough for December.
    found("c", "nobody had asked the fishermen", "Cy Ek", None, "indirect", "2009-11/2009-12"),
    found("d", "the fishermen want it", "Fishermen", None, "indirect", None, [("quay", "supports", None)],
          reported_in="c"),
    # Optional: neither it nor its positions count.
    found("e", "It is a shame for all of us", "Bo Ek", None, "direct", "2010-04-18",
          [("toll", "opposes", None)]),
    # Nothing of the kind was said.
    found("f", "reporters waited in vain", "Ann Lee", "Norland", "indirect", None,
          [("toll", "supports", None)]),
]  # fmt: skip


def write(path: Path, lines) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_figures_are_those_worked_out_by_hand(tmp_path):
    gold = read_gold(write(tmp_path / "gold.jsonl", GOLD))
    comparison = compare(gold, READING)
    figures = comparison.counts.figures()
    # 3 required gold lines; a, b, c and f are counted, a, b and c match.
    assert (figures["statements_p"], figures["statements_r"]) == (3 / 4, 1)
    assert figures["statements"] == pytest.approx(6 / 7)
    assert figures["actor"] == 2 / 3
    assert figures["affiliation"] == 1
    assert figures["quote"] == 2 / 3
    assert figures["said"] == 2 / 3
    assert figures["said_past"] == 1
    # Gold: quay and toll of 1, toll of 2, quay of 3. Found: these four and the toll of f.
    assert (figures["positions_p"], figures["positions_r"]) == (4 / 5, 1)
    assert figures["positions"] == pytest.approx(8 / 9)
    assert figures["stances"] == pytest.approx(6 / 9)
    # The quays of 1 and 3 have a polarity on both sides, the toll does not.
    assert figures["reversed"] == 1 / 2
    assert [miss.split()[0] for miss in comparison.misses] == ["too", "position"]


def test_which_stances_are_taken_for_which(tmp_path):
    gold = read_gold(write(tmp_path / "gold.jsonl", GOLD))
    # The quays of 1 and 3, the tolls of 1 and 2; the ferry of 1 is a maybe, 4 is optional, f is no gold line.
    assert confusion(compare(gold, READING).matched) == {
        ("supports", "supports"): 1,
        ("conditional", "conditional"): 1,
        ("neutral", "neutral"): 1,
        ("opposes", "supports"): 1,
    }
    assert confusion([(gold[0], {"positions": []})]) == {
        ("supports", "nothing"): 1,
        ("conditional", "nothing"): 1,
    }
    assert confusion([(gold[2], READING[0])])["nothing", "conditional"] == 1


def test_the_table_of_confusion_has_right_lines_and_found_columns():
    lines = table(Counter({("opposes", "supports"): 2, ("nothing", "neutral"): 7})).splitlines()
    assert [line.split() for line in lines] == [
        ["right", "/", "found", "supports", "opposes", "conditional", "neutral", "nothing"],
        ["supports", "0", "0", "0", "0", "0"],
        ["opposes", "2", "0", "0", "0", "0"],
        ["conditional", "0", "0", "0", "0", "0"],
        ["neutral", "0", "0", "0", "0", "0"],
        ["nothing", "0", "0", "0", "7"],
    ]


def test_one_record_matches_one_line(tmp_path):
    gold = read_gold(write(tmp_path / "gold.jsonl", GOLD[:1]))
    counts = compare(gold, [READING[0], READING[0] | {"id": "again"}]).counts
    assert (counts.gold, counts.found, counts.matched) == (1, 2, 1)


def test_other_articles_do_not_count(tmp_path):
    gold = read_gold(write(tmp_path / "gold.jsonl", GOLD[:1]))
    assert compare(gold, [READING[0] | {"article": "b.txt"}]).counts.found == 0


def test_an_empty_reading_scores_nothing(tmp_path):
    figures = compare(read_gold(write(tmp_path / "gold.jsonl", GOLD)), []).counts.figures()
    assert set(figures.values()) == {0}


@pytest.mark.parametrize(
    ("gold", "given", "right"),
    [
        ("2009-09-18", "2009-09-18", True),
        ("2009-09-18", "2009-09-17", False),
        ("2009-09-18", "2009-09", True),
        ("2009-09-18", "2009-08-18/2009-10-19", True),
        ("2009-09-18", "2009-08-17/2009-10-19", False),
        ("2009-09-18", "../2009-09", False),
        ("../2009-09", "1990", True),
        ("../2009-09", "2009-12", False),
        ("2000/2008-05", "1999/2004", True),
        ("2009-09-18", None, False),
        ("2009-09-18", "last week", False),
    ],
)
def test_dates_may_be_a_month_too_wide(gold, given, right):
    assert same_date(gold, given) is right


def test_what_is_reported_counts_with_the_report():
    kept = folded(READING)
    assert [record["id"] for record in kept] == ["a", "b", "c", "e", "f"]
    assert kept[2]["positions"][0]["position"] == "quay"
    assert READING[2]["positions"] == []


def test_statements_for_loading_are_gold_lines_too(tmp_path):
    gold = read_gold(write(tmp_path / "statements.jsonl", READING))
    assert [line.actor for line in gold] == ["Ann Lee", "(official)", "Cy Ek", "Bo Ek", "Ann Lee"]
    assert gold[0].positions["toll"] == ("conditional",)
    assert compare(gold, READING).counts.figures()["stances"] == 1


def test_another_stance_can_be_right_as_well():
    stance = ("quay", "supports", "if it pays")
    line = found("a", "the quay will be built", "Ann Lee", "Norland", "direct", None, [stance])
    gold = as_gold([line | {"also_right": {"quay": ["supports"]}}])
    assert gold[0].positions == {"quay": ("conditional", "supports")}
    for stances, right in ((("supports", None), 1), (("supports", "if"), 1), (("opposes", None), 0)):
        reading = line | {"positions": [{"position": "quay", "stance": stances[0], "condition": stances[1]}]}
        assert compare(gold, [reading]).counts.stances_right == right


def test_doubts_about_what_is_reported_count_with_the_report():
    outer, inner = READING[2], READING[3] | {"positions": [], "maybe": ["quay"]}
    (gold,) = as_gold([outer, inner])
    assert gold.maybe == {"quay"}


TEXT = 'The mayor said no. "The quay will be built," she promised, and the port rejected the toll.'


def test_a_gold_line_in_the_form_of_the_contract_is_given_as_it_stands():
    line = {
        "article": "a.txt", "id": "x", "content": ["the toll"], "source": "the port", "cue": "rejected",
        "force": "rejects", "quote": "indirect", "actor": {"label": "Port"}, "reported_in": "y",
        "positions": [{"position": "toll", "stance": "opposes", "condition": None}], "maybe": ["quay"],
    }  # fmt: skip
    (made,) = given([line], Article("a.txt", TEXT), [])
    assert [(s.text, TEXT[s.start : s.end]) for s in (*made.content, made.source, made.cue)] == [
        ("the toll", "the toll"), ("the port", "the port"), ("rejected", "rejected"),
    ]  # fmt: skip
    assert (made.id, made.force, made.reported_in, made.positions) == ("x", "rejects", "y", ())


def test_a_gold_line_without_a_cue_takes_that_of_the_statement_read_there():
    def span(words):
        return Span(TEXT.index(words), TEXT.index(words) + len(words), words)

    read = [
        Statement("a.txt", "1", "direct", span("she"), span("promised"), (span("The quay will be built"),),
                  force="offers"),
        Statement("a.txt", "2", "indirect", span("the port"), span("rejected"), (span("the toll"),)),
    ]  # fmt: skip
    lines = [
        {"id": "g", "file": "a.txt", "actor": "Ann Lee", "content": ["The quay will be built,"]},
        {"id": "h", "file": "a.txt", "actor": "Ann Lee", "content": ["The mayor said no"]},
    ]
    first, second = given(lines, Article("a.txt", TEXT), read)
    assert (first.id, first.cue.text, first.source.text, first.force) == ("g", "promised", "she", "offers")
    assert first.content[0].text == "The quay will be built,"
    assert (second.cue, second.source, second.force) == (None, None, "asserts")


def test_gold_words_that_do_not_stand_in_the_article_are_a_clear_error():
    line = {"id": "g", "file": "a.txt", "actor": "Ann Lee", "content": ["We love the toll"]}
    with pytest.raises(InputError, match="does not stand in the article") as error:
        given([line], Article("a.txt", TEXT), [])
    assert error.value.where == "a.txt, gold line g"


def test_the_coder_alone_misses_no_statement(small_project, capsys):
    assert main([str(small_project), "--coder", "--json"]) == 0
    (alone,) = json.loads(capsys.readouterr().out).values()
    assert set(alone) == {"coder"}
    assert alone["coder"]["positions"] == 1
    assert main([str(small_project), "--json"]) == 0
    (whole,) = json.loads(capsys.readouterr().out).values()
    assert whole["gold"] == 2
    assert whole["coder"] == alone["coder"]


def test_the_table_has_a_line_a_folder(small_project, capsys):
    assert main([str(small_project), "--coder"]) == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.split() == ["gold", "|", "pos.", "stances", "rev."]
    assert line.split()[:3] == [f"{small_project.parent.name}/{small_project.name}", "2", "|"]


def test_a_folder_without_gold_is_a_clear_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        main([str(tmp_path)])

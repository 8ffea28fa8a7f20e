"""Sheets for blind re-coding, and the agreement that coded sheets show."""

import json
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.errors import InputError
from training.stance.agreement import confusion, krippendorff_alpha, raw_agreement
from training.stance.coded_articles import ARTICLES, read_debates
from training.stance.contrast_sets import CONTRASTS, read_contrasts
from training.stance.recode import (
    SHARES,
    article_items,
    contrast_items,
    corpus_items,
    draw,
    line_of,
    main,
    read_sheet,
    report,
)
from training.stance.statements import CORPUS, read_corpus

SECOND_CODER = CORPUS.parent / "recoded" / "second-coder.jsonl"
CONTRASTS_RECODED = CORPUS.parent / "recoded" / "contrasts.jsonl"


@pytest.fixture(scope="module")
def corpus():
    return corpus_items(read_corpus())


@pytest.fixture(scope="module")
def contrasts():
    return contrast_items(read_contrasts())


def test_alpha_of_published_data():
    """Krippendorff's example of four coders with missing codes (2011): 0.743."""
    rows = [
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    ]
    columns = zip(*(row.split() for row in rows), strict=True)
    units = [[code for code in column if code != "."] for column in columns]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.0005)


@given(st.lists(st.lists(st.sampled_from("son"), min_size=2, max_size=4), min_size=2, max_size=30))
def test_alpha_does_not_depend_on_the_order_of_coders_or_units(units):
    turned = [list(reversed(codes)) for codes in reversed(units)]
    assert krippendorff_alpha(units) == pytest.approx(krippendorff_alpha(turned))
    assert krippendorff_alpha(units) <= 1.0 + 1e-12
    assert krippendorff_alpha([[codes[0]] * 2 for codes in units]) == pytest.approx(1.0)


def test_alpha_needs_something_coded_twice():
    with pytest.raises(ValueError, match="twice"):
        krippendorff_alpha([["s"], []])


def test_confusion_counts_pairs():
    table = confusion([("s", "s"), ("s", "o"), ("o", "o")], ["s", "o"])
    assert table.splitlines()[2:] == ["| s | 1 | 1 |", "| o | 0 | 1 |"]
    assert raw_agreement([("s", "s"), ("s", "o"), ("o", "o")]) == pytest.approx(2 / 3)


def test_a_sheet_has_its_shares_and_a_statement_once(corpus):
    drawn = draw(corpus, 200, seed=3)
    kinds = Counter(item.kind for item in drawn)
    assert {kind: kinds[kind] / 200 for kind in SHARES} == pytest.approx(SHARES, abs=0.011)
    assert len({item.statement for item in drawn}) == len(drawn)
    assert len({item.field for item in drawn}) >= 20
    assert [item.key for item in draw(corpus, 200, seed=3)] == [item.key for item in drawn]
    assert [item.key for item in draw(corpus, 200, seed=4)] != [item.key for item in drawn]


def test_a_line_tells_nothing_about_the_code(corpus):
    for item in draw(corpus, 100, seed=1):
        line = line_of(item)
        assert line["code"] == ""
        assert set(line) == {"key", "statement", "source", "position", "about", "code"}
        assert len(line["key"]) == 12


def test_draw_and_agree_on_the_command_line(corpus, tmp_path, capsys):
    sheet = tmp_path / "sheet.jsonl"
    assert main(["draw", str(sheet), "--number", "100", "--seed", "2"]) == 0
    assert main(["draw", str(sheet)]) == 2, "a sheet is never written over"
    known = {item.key: item for item in corpus}
    lines = [json.loads(line) for line in sheet.read_text("utf-8").splitlines()]
    assert len(lines) == 100
    turned = {"supports": "opposes", "opposes": "supports"}
    polar = [line for line in lines if known[line["key"]].code in turned]
    for line in lines:
        line["code"] = known[line["key"]].code
    for line in polar[:14]:
        line["code"] = turned[line["code"]]
    lines[-1]["code"] = "?"
    sheet.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    capsys.readouterr()
    assert main(["agree", str(sheet)]) == 0
    out = capsys.readouterr().out
    assert "99 pairs coded" in out
    assert "raw agreement 0.8" in out
    assert out.count("not opposes:") + out.count("not supports:") >= 13
    assert "| argument |" in out


def test_several_sheets_have_an_alpha_together(corpus):
    drawn = draw(corpus, 50, seed=5)
    same = {item.key: item.code for item in drawn}
    assert "alpha 1.000 over 50 pairs" in report(corpus, {"a": same, "b": dict(list(same.items())[:40])})


def test_wrong_sheets_are_refused(corpus, tmp_path):
    path = tmp_path / "sheet.jsonl"
    path.write_text('{"key": "1", "code": "for"}\n', "utf-8")
    with pytest.raises(InputError, match="no code"):
        read_sheet(path)
    path.write_text("key,code\n", "utf-8")
    with pytest.raises(InputError, match=r"sheet.jsonl:1"):
        read_sheet(path)
    with pytest.raises(InputError, match="0123 is not there"):
        report(corpus, {"a": {"0123": "supports"}})
    with pytest.raises(InputError, match="nothing is coded"):
        report(corpus, {"a": {}})


def test_the_datasheet_has_the_agreement_of_the_second_coder(corpus):
    """After a change of the corpus: the new figures of `recode agree` into its README.md.

    A statement whose words changed is no longer what was coded: take its line out of the sheet.
    """
    told = report(corpus, {"sheet": read_sheet(SECOND_CODER)})
    figures, _, differences = told.removeprefix("## sheet").partition("\n- ")
    assert differences, "the two coders are not the same"
    assert figures.strip() in (CORPUS / "README.md").read_text("utf-8")


def test_the_second_coder_saw_the_statements_of_the_corpus(corpus):
    known = {item.key: item for item in corpus}
    for line in map(json.loads, SECOND_CODER.read_text("utf-8").splitlines()):
        assert line == {**line_of(known[line["key"]]), "code": line["code"]}


def test_contrast_sets_are_drawn_too(contrasts):
    drawn = draw(contrasts, 100, seed=3)
    kinds = Counter(item.kind for item in drawn)
    assert {kind: kinds[kind] / 100 for kind in SHARES} == pytest.approx(SHARES, abs=0.011)
    assert not any(set("[]{}") & set(item.statement) for item in drawn)
    assert {item.code for item in drawn if item.kind == "same-topic"} == {"unrelated"}


def test_the_datasheet_of_the_contrast_sets_has_their_agreement(contrasts):
    """After a change: `recode --of contrasts agree`, its figures into contrasts/README.md."""
    told = report(contrasts, {"sheet": read_sheet(CONTRASTS_RECODED)})
    figures, _, _ = told.removeprefix("## sheet").partition("\n- ")
    assert figures.strip() in (CONTRASTS / "README.md").read_text("utf-8")


def test_the_datasheet_has_the_agreement_on_long_texts(contrasts):
    told = report(contrasts, {"sheet": read_sheet(CONTRASTS_RECODED.with_name("long-contrasts.jsonl"))})
    figures = re.search(r"alpha [\d.]+, raw agreement [\d.]+", told)
    assert figures is not None
    assert figures[0] in (CONTRASTS / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def articles():
    return article_items([*read_debates(), *read_debates(held_out=True)])


def test_coded_articles_are_drawn_as_the_coder_reads_them(articles):
    drawn = draw(articles, 100, seed=3)
    kinds = Counter(item.kind for item in drawn)
    assert {kind: kinds[kind] / 100 for kind in SHARES} == pytest.approx(SHARES, abs=0.011)
    assert all("<" in item.statement and " | " in item.statement for item in drawn)
    assert {item.code for item in drawn if item.kind in ("same-topic", "unrelated")} == {"unrelated"}


def test_the_datasheet_of_the_coded_articles_has_their_agreement(articles):
    told = report(articles, {"sheet": read_sheet(CONTRASTS_RECODED.with_name("articles.jsonl"))})
    figures, _, _ = told.removeprefix("## sheet").partition("\n- ")
    assert figures.strip() in (ARTICLES / "README.md").read_text("utf-8")

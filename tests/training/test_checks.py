"""The corpus keeps its guidelines, and the checker sees what breaks them."""

from pathlib import Path

import pytest

from training.attribution.annotate import main
from training.attribution.annotations import read_brat
from training.attribution.checks import KINDS, problems
from training.attribution.markup import markup, parse_markup

CORPUS = Path(__file__).parents[2] / "training" / "attribution" / "corpus"
ARTICLES = sorted(CORPUS.rglob("*.ann"))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_article_keeps_the_guidelines(path):
    assert list(problems(read_brat(path))) == []


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_article_reads_back_from_markup(path):
    article = read_brat(path)
    assert parse_markup(markup(article), article.name, "markup") == article


def test_no_text_is_in_both_parts():
    names = [path.stem for path in ARTICLES]
    assert len(set(names)) == len(names)


def found(marked, header="Ada Reed: 1"):
    article = parse_markup(f"kinds: interview\n{header}\n---\n{marked}\n", "a", "a")
    return "\n".join(problems(article))


@pytest.mark.parametrize(
    "marked",
    [
        "[s1 Ada Reed] [q1 said] [c1 that she was safe].",
        "[c1 “It is safe,”] [q1 said] [s1 Ada Reed, a pilot]. [c1 “Look.”]",
        "[c1 ‘It is safe’], [s1 Ada Reed] [q1 said].",
        "[s1 ADA REED][q1 :] [c1 It is safe.]",
        "[s1 Ada Reed, a pilot,] [q1 said:]\n\n[c1 It is safe. It was.]",
        "[c1 “It is safe,”] [s1 Ada Reed] [q1 said].\n\n[c1 “It was.]\n\n[c1 “It will be.”]",
        "[s1 Ada Reed's] [q1 warning] [c1 that ice was thin] came late.",
    ],
)
def test_right_annotations_pass(marked):
    assert found(marked) == ""


@pytest.mark.parametrize(
    ("marked", "problem"),
    [
        ("[s1 Ada Reed] [q1 said] that [c1 she was safe].", "'that' belongs to the content"),
        ("[s1 Ada Reed] [q1 said that] [c1 she was safe].", "'that' belongs"),
        ("[c1 Ice] [q1 was feared by] [s1 Ada Reed].", "'by' before a source"),
        ("[s1 Ada Reed] [q1 said] “[c1 safe]”.", "the mark before"),
        ("[s1 Ada Reed] [q1 said] [c1 “safe]”.", "the mark after"),
        ("[s1 Ada Reed] [q1 said] [c1 she was safe.]", "full stop"),
        ("[s1 Ada Reed] [q1 said]: [c1 safe]", "colon"),
        ("[s1 Ada Reed ][q1 said] [c1 so]", "a space"),
        ("[s1 Ada Reed] [q1 sai]d [c1 so]", "cuts a word"),
        ("[s1 Ada Reed] [q1 said] [c1 so\n\nmuch]", "line break"),
        ("[s1 Ada Reed] [c1 so]", "0 cue spans"),
        ("[s1 Ada Reed], [q1 said] [c1 [q1 so]]", "2 cue spans"),
        ("[s1 Ada Reed]'s [q1 fear] [c1 of ice]", "possessive"),
        ("[s1 Ada Reed, the pilot], [q1 said] [c1 so]", "closes an apposition"),
        ("[s1 Ada Reed,] [q1 said] [c1 so]", "closes an apposition"),
        ("[s1 Reed] [q1 said] [c1 “so much and] more", "not closed"),
        ("[s1 Reed] [q1 said] [c1 so]  and left", "double spaces"),
    ],
)
def test_wrong_annotations_are_seen(marked, problem):
    assert problem in found(marked)


def test_speakers_are_checked():
    assert "does not introduce 'Eve Hall'" in found("[s1 She] [q1 said] [c1 so].", "Eve Hall: 1")
    assert "(unsaid)" in found("[s1 She] [q1 said] [c1 so].", "(unsaid): 1")


def test_guidelines_name_every_kind():
    page = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in page] == []


def test_tools(tmp_path, capsys):
    marked = tmp_path / "pier.marked"
    marked.write_text("kinds: letter\nAda Reed: 1\n---\n[s1 Ada Reed] [q1 said] [c1 so].\n", encoding="utf-8")
    assert main(["store", str(marked), str(tmp_path / "out")]) == 0
    assert main(["check", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert main(["show", str(tmp_path / "out" / "pier.ann")]) == 0
    assert capsys.readouterr().out == f"===== pier\n{marked.read_text(encoding='utf-8')}\n"
    assert main(["count", str(tmp_path / "out")]) == 0
    assert "letter" in capsys.readouterr().out
    marked.write_text(
        "kinds: letter\nAda Reed: 1\n---\n[s1 Ada Reed] [q1 said] that [c1 so].\n", encoding="utf-8"
    )
    assert main(["store", str(marked), str(tmp_path / "other")]) == 1
    assert not (tmp_path / "other").exists()


def test_the_example_of_the_guidelines_keeps_them():
    page = (CORPUS / "README.md").read_text(encoding="utf-8")
    example = next(block for block in page.split("```\n") if block.startswith("kinds:"))
    article = parse_markup(example, "example", "README.md")
    assert list(problems(article)) == []
    assert len(article.annotations) == 5

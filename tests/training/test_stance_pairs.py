"""Training pairs in one form from the corpus, Perspectrum and directed sentiment."""

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from kg.model.attribution import Span
from kg.model.errors import InputError
from kg.stance.cross_encoder import marked
from training.stance.contrast_sets import read_contrasts
from training.stance.negation import TURNED, negated
from training.stance.pairs import (
    Pair,
    corpus_pairs,
    directed_pairs,
    main,
    outspoken,
    perspectrum_pairs,
    questions,
)
from training.stance.statements import POLARITIES, read_corpus


@pytest.fixture(scope="module")
def fields():
    return read_corpus()[:6]


def test_source_and_cue_are_marked_and_brackets_of_the_text_are_not():
    text = "Ada said [sic] no, and Ben {too} said no."
    source = [Span(0, 3, "Ada"), Span(23, 26, "Ben")]
    assert marked(text, source, [Span(4, 8, "said")]) == "[Ada] {said} (sic) no, and [Ben] (too) said no."


def test_marks_taken_away_leave_the_text(fields):
    for field in fields:
        for one in field.statements:
            bare = marked(one.text, one.source, one.cue).translate(str.maketrans("", "", "[]{}"))
            assert bare == one.text


def test_pairs_of_the_corpus_say_what_it_says(fields):
    pairs = list(corpus_pairs(fields, 2, random.Random(1)))
    texts = {
        marked(one.text, one.source, one.cue): (field, one) for field in fields for one in field.statements
    }
    labels = {position.label: position.slug for field in fields for position in field.positions}
    kinds = {pair.kind for pair in pairs}
    assert kinds == {"coded", "same-topic", "same-field", "other-field"}
    for pair in pairs:
        field, one = texts[pair.text]
        slug = labels[pair.position]
        if pair.kind == "other-field":
            assert pair.position not in {position.label for position in field.positions}
        else:
            assert one.polarity(slug) == pair.label
        if pair.kind == "same-topic":
            topics = {field.position_by_slug[coding.position].topics for coding in one.codings}
            assert field.position_by_slug[slug].topics in topics
        assert (pair.kind == "coded") == (pair.label != "unrelated")
    coded = sum(len(one.codings) for field in fields for one in field.statements)
    assert sum(pair.kind == "coded" for pair in pairs) == coded


def test_to_train_on_pairs_come_turned_and_rephrased(fields):
    pairs = list(corpus_pairs(fields, 1, random.Random(1), training=True))
    sides = {}
    for field in fields:
        for position in field.positions:
            turned = negated(position.label)
            sides |= {(position.label, phrase): 1 for phrase in position.for_phrases}
            sides |= {(position.label, phrase): -1 for phrase in position.against_phrases}
            sides |= {(position.label, turned): -1} if turned else {}
    turns = {1: dict(zip(POLARITIES, POLARITIES, strict=True)), -1: TURNED}
    coded = None
    seen = set()
    for pair in pairs:
        if pair.kind == "coded":
            coded = pair
        elif pair.kind in ("negated", "phrase"):
            found = {
                side
                for (label, words), side in sides.items()
                if label == coded.position and words.lower().rstrip(".") == pair.position.lower()
            }
            assert pair.text == coded.text
            assert pair.label in {turns[side][coded.label] for side in found}
            seen.add(pair.kind)
    assert seen == {"negated", "phrase"}
    bare = [pair for pair in pairs if pair.kind == "coded" and "{" not in pair.text and "[" not in pair.text]
    assert 0.1 < len(bare) / sum(pair.kind == "coded" for pair in pairs) < 0.3


def test_questions_have_no_label_and_stay_among_their_own(fields):
    claims = [
        Pair(f"Claim {n}.", f"Position {n % 2}", "supports", "perspectrum", "coded", "") for n in range(8)
    ]
    found = list(questions(fields, claims, random.Random(1)))
    assert {pair.label for pair in found} == {None}
    assert sum(pair.origin == "corpus" for pair in found) == sum(len(field.statements) for field in fields)
    for pair in found:
        if pair.origin == "perspectrum":
            assert int(pair.text[6:-1]) % 2 == int(pair.position[6:]) % 2
            assert pair.text.rstrip(".") != pair.position


@pytest.fixture
def contrasts(tmp_path):
    """A folder of contrast sets: one to train on and one held out."""
    folder = tmp_path / "contrasts"
    (folder / "held-out").mkdir(parents=True)
    for name in ("tea", "held-out/coffee"):
        drink = Path(name).name
        (folder / f"{name}.txt").write_text(
            f"# field: {drink}\n\n= {drink} does good\n! {drink} does harm\n~ Cups should be taxed\n"
            f"+ {drink} does people good.\n+ It calms.\n- {drink} does people harm.\n- Nobody sleeps.\n",
            "utf-8",
        )
    return folder


def test_the_left_out_fold_is_in_no_training_pair(tmp_path, contrasts, capsys):
    sources = ["--contrasts", str(contrasts), "--articles", str(tmp_path / "none")]
    assert main([str(tmp_path), "--leave-out", "3", *sources]) == 0
    said = capsys.readouterr()
    assert "Perspectrum is skipped" in said.err and "Directed sentiment is skipped" in said.err
    assert "train\tcorpus\tcoded\tsupports" in said.out
    parts = {
        part: [json.loads(line) for line in (tmp_path / f"{part}.jsonl").read_text("utf-8").splitlines()]
        for part in ("train", "dev")
    }
    folds: dict[str, int | str] = {field.name: field.fold for field in read_corpus()}
    folds |= {"tea": "to train on", "coffee": "held out"}
    assert {folds[pair["group"]] for pair in parts["dev"]} == {3, "held out"}
    assert {folds[pair["group"]] for pair in parts["train"]} == {1, 2, 4, 5, "to train on"}
    of_corpus = [
        {
            position
            for pair in part
            if pair["origin"] == "corpus"
            for position in pair.get("positions", [pair.get("position")])
        }
        for part in parts.values()
    ]
    assert not of_corpus[0] & of_corpus[1]
    assert main([str(tmp_path), "--leave-out", "9"]) == 2
    assert main([str(tmp_path), "--keep", "negated"]) == 2


def test_kinds_can_be_thinned(tmp_path, contrasts, capsys):
    thin = ["negated:0", "phrase:0.2", "contrasts.coded:0"]
    keep = [word for one in thin for word in ("--keep", one)]
    sources = ["--contrasts", str(contrasts), "--articles", str(tmp_path / "none")]
    assert main([str(tmp_path), "--leave-out", "0", *sources, *keep]) == 0
    kinds = Counter(
        (pair["origin"], pair["kind"])
        for pair in map(json.loads, (tmp_path / "train.jsonl").read_text("utf-8").splitlines())
    )
    assert kinds["corpus", "negated"] == kinds["contrasts", "coded"] == 0
    assert 0.1 < kinds["corpus", "phrase"] / kinds["corpus", "coded"] < 0.3
    assert kinds["contrasts", "contrary"] == 4
    dev = map(json.loads, (tmp_path / "dev.jsonl").read_text("utf-8").splitlines())
    assert {pair["origin"] for pair in dev} == {"contrasts"}


def test_texts_far_from_the_wordings_can_be_left_out(contrasts):
    (found,) = outspoken(read_contrasts(contrasts), 0.5)
    assert [text.text for text in found.texts] == ["tea does people good.", "tea does people harm."]


def test_perspectrum_gives_claims_and_random_positions(tmp_path):
    records = [
        {"id": str(n), "text": f"Claim [{n}]", "position": f"Position {n % 3}", "stance": "supports"}
        for n in range(9)
    ]
    (tmp_path / "train.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    pairs = list(perspectrum_pairs(tmp_path, "train", random.Random(1)))
    coded = [pair for pair in pairs if pair.kind == "coded"]
    drawn = [pair for pair in pairs if pair.kind == "random"]
    assert [pair.position for pair in coded] == [record["position"] for record in records]
    assert coded[0].text == "Claim (0)"
    own = {record["text"].replace("[", "(").replace("]", ")"): record["position"] for record in records}
    assert drawn and all(pair.label == "unrelated" and own[pair.text] != pair.position for pair in drawn)


def test_a_claim_is_set_against_a_like_matter_but_not_against_its_own_position(tmp_path):
    positions = [
        "Cats should be kept indoors",
        "Tobacco should be banned",
        "Cats should stay inside the house",
    ]
    records = [
        {"text": f"Claim {n}", "position": words, "stance": "opposes"} for n, words in enumerate(positions)
    ]
    (tmp_path / "train.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    near = [pair for pair in perspectrum_pairs(tmp_path, "train", random.Random(1)) if pair.kind == "near"]
    assert {(pair.text, pair.position) for pair in near if pair.text != "Claim 1"} == {
        ("Claim 0", positions[1]),
        ("Claim 2", positions[1]),
    }


def test_directed_sentiment_is_read_both_ways_round(tmp_path):
    records = [
        {"text": "[Ada] praised [Ben].", "first": "Ada", "second": "Ben", "label": "first supports second"},
        {
            "text": "[Ada] was sued by [Ben].",
            "first": "Ada",
            "second": "Ben",
            "label": "second opposes first",
        },
        {"text": "[Ada] met [Ben].", "first": "Ada", "second": "Ben", "label": "neutral"},
        {"text": "No marks here.", "first": "", "second": "", "label": "neutral"},
    ]
    (tmp_path / "dev.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    pairs = list(directed_pairs(tmp_path, "dev", random.Random(1)))
    sided = [pair.label for pair in pairs if pair.label != "neutral"]
    # As many pairs take no side as take one.
    assert len(pairs) == 2 * len(sided) == 4
    found = {(pair.text, pair.position, pair.label, pair.kind) for pair in pairs}
    assert found < {
        ("[Ada] praised Ben.", "Ben deserves support", "supports", "coded"),
        ("Ada praised [Ben].", "Ada deserves support", "neutral", "other-way-round"),
        ("[Ada] was sued by Ben.", "Ben deserves support", "neutral", "other-way-round"),
        ("Ada was sued by [Ben].", "Ada deserves support", "opposes", "coded"),
        ("[Ada] met Ben.", "Ben deserves support", "neutral", "coded"),
        ("Ada met [Ben].", "Ada deserves support", "neutral", "coded"),
    }


def test_a_malformed_source_is_named(tmp_path):
    (tmp_path / "train.jsonl").write_text('{"text": "a"}\n', "utf-8")
    with pytest.raises(InputError, match=r"train.jsonl:1"):
        list(perspectrum_pairs(tmp_path, "train", random.Random(1)))
    with pytest.raises(InputError, match="cannot be read"):
        list(directed_pairs(tmp_path / "nowhere", "train", random.Random(1)))

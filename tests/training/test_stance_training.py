"""Training, teaching, exporting and calibrating the cross-encoder, end to end on a tiny transformer."""

import json

import numpy as np
import pytest

from training.stance.figures import SIDES, Judged, by_tag, figures
from training.stance.negation import negated
from training.stance.statements import POLARITIES

TEXTS = {
    "supports": "The [mayor] {backed} the tram.",
    "opposes": "The [mayor] {rejected} the tram.",
    "neutral": "The [mayor] {asked} about the tram.",
    "unrelated": "The [mayor] {said} it rained.",
}


@pytest.fixture
def pairs(tmp_path):
    """A file of pairs, each text many times over."""
    records = [
        {"text": text, "position": "The tram should be built", "label": label,
         "origin": "corpus", "kind": "coded", "group": "tram", "tags": ["plain"]}
        for label, text in TEXTS.items()
    ] * 30  # fmt: skip
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def test_what_is_trained_is_exported_and_told(tiny, pairs, tmp_path, capsys):
    from training.stance import calibrate, evaluate, export, teach, train

    checkpoint, taught, target = tmp_path / "a.pt", tmp_path / "taught.jsonl", tmp_path / "model"
    steps = ["--epochs", "25", "--rate", "2e-3", "--pieces", "400", "--threads", "1"]
    assert train.main([str(tiny), str(checkpoint), "--data", str(pairs), *steps]) == 0
    kept = tmp_path / "logits.npz"
    assert evaluate.main([str(tiny), str(checkpoint), str(pairs), "--chances", str(kept)]) == 0
    assert "right 1.000" in capsys.readouterr().out

    # The teacher goes on where it was interrupted, and what it says can be learnt from.
    assert teach.main([str(tiny), str(checkpoint), str(pairs), str(taught)]) == 0
    lines = taught.read_text("utf-8").splitlines(keepends=True)
    taught.write_text("".join(lines[:7]), "utf-8")
    assert teach.main([str(tiny), str(checkpoint), str(pairs), str(taught)]) == 0
    assert taught.read_text("utf-8").splitlines(keepends=True) == lines
    assert train.examples(f"{taught}:0") == train.examples(str(pairs))
    learnt = train.examples(str(taught))
    assert all(abs(sum(one.aims[0]) - 1) < 1e-3 for one in learnt)
    assert [int(np.argmax(one.aims[0])) for one in learnt[:4]] == [0, 1, 2, 3]

    assert export.main([str(tiny), str(checkpoint), str(target)]) == 0
    assert calibrate.main([str(target), str(kept), "--write"]) == 0
    assert {path.name for path in target.iterdir()} == {"model.onnx", "calibration.toml", "digest.txt"}
    assert "calibration error" in capsys.readouterr().out


def test_a_list_is_learnt_from_as_a_whole(tiny):
    import torch

    from training.stance.train import Example, loss_of

    supports, unrelated = (0.9625, 0.0125, 0.0125, 0.0125), (0.0125, 0.0125, 0.0125, 0.9625)
    text = Example("The mayor backed the tram.", ("a", "b", "c"), (supports, unrelated, None))
    right, wrong = [4.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 4.0]
    good = loss_of(torch.tensor([[right, wrong, wrong]]), [text])
    assert good < loss_of(torch.tensor([[wrong, right, wrong]]), [text])
    # What nobody knows counts nowhere, and neither does what fills up a shorter list.
    assert torch.isclose(good, loss_of(torch.tensor([[right, wrong, right]]), [text]))
    shorter = Example("It rained.", ("a",), (unrelated,))
    both = loss_of(torch.tensor([[right, wrong, wrong], [wrong, right, right]]), [text, shorter])
    single = loss_of(torch.tensor([[wrong]]), [shorter])
    assert torch.isclose(both, (good + single) / 2)


def test_lists_are_trained_on_and_read_beside_each_other(tiny, tmp_path):
    import torch

    from kg.stance.cross_encoder.layout import layout
    from training.stance import train
    from training.stance.evaluate import loaded
    from training.stance.network import tokenizer_of

    positions = ["The tram should be built", "The school should be built", "Dogs should be leashed"]
    record = {"text": TEXTS["supports"], "positions": positions, "labels": ["supports", None, "unrelated"]}
    data, checkpoint = tmp_path / "lists.jsonl", tmp_path / "a.pt"
    data.write_text((json.dumps(record) + "\n") * 40, "utf-8")
    steps = ["--epochs", "20", "--rate", "2e-3", "--pieces", "400", "--threads", "1"]
    assert train.main([str(tiny), str(checkpoint), "--data", str(data), *steps]) == 0
    model, tokenizer = loaded(tiny, checkpoint), tokenizer_of(tiny)
    laid = layout(tokenizer.encode_batch([(TEXTS["supports"], position) for position in positions]))
    with torch.inference_mode():
        (logits,) = model(*train.tensors([laid]))
    assert logits.shape == (3, len(POLARITIES))
    assert [POLARITIES[int(logits[at].argmax())] for at in (0, 2)] == ["supports", "unrelated"]


@pytest.mark.parametrize("kind", ["Bert", "Roberta", "DebertaV2"])
def test_no_transformer_is_misled_by_what_fills_up(kind, tmp_path):
    torch = pytest.importorskip("torch", reason="training needs the extra 'training'")
    transformers = pytest.importorskip("transformers", reason="training needs the extra 'training'")
    from training.stance.network import CrossEncoder

    torch.manual_seed(0)
    config = getattr(transformers, f"{kind}Config")(
        vocab_size=100, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        type_vocab_size={"Bert": 2, "Roberta": 1, "DebertaV2": 0}[kind],
    )  # fmt: skip
    getattr(transformers, f"{kind}Model")(config).save_pretrained(tmp_path)
    model = CrossEncoder(tmp_path).eval()
    rows = [[5, 6, 7, 8, 9, 10, 11, 12], [1] * 8, [0, 0, 0, 1, 1, 2, 2, 2], [0, 1, 2, 3, 4, 3, 4, 5]]
    whole = [torch.tensor([row]) for row in rows]
    filled = [torch.tensor([row + [fill] * 4]) for row, fill in zip(rows, (50, 0, 0, 0), strict=True)]
    with torch.inference_mode():
        assert torch.allclose(model(*whole), model(*filled), atol=1e-5)
        # What one position says is seen by the text, and so by all.
        whole[0][0, 6] = 13
        other = model(*whole)
    assert not torch.allclose(other[0, 1], model(*filled)[0, 1], atol=1e-4)


def test_training_goes_on_from_its_checkpoint(tiny, pairs, tmp_path, capsys):
    from training.stance import train

    checkpoint = tmp_path / "a.pt"
    common = [str(tiny), str(checkpoint), "--data", str(pairs), "--pieces", "400", "--threads", "1"]
    assert train.main([*common, "--epochs", "1"]) == 0
    assert train.main([*common, "--epochs", "2"]) == 0
    assert "going on at step" in capsys.readouterr().out


def test_the_average_of_two_runs_lies_between_them(tiny, pairs, tmp_path):
    import torch

    from training import average
    from training.stance import evaluate, train

    runs = [tmp_path / "a.pt", tmp_path / "b.pt"]
    common = ["--data", str(pairs), "--pieces", "400", "--threads", "1", "--epochs", "1"]
    for seed, run in enumerate(runs):
        assert train.main([str(tiny), str(run), *common, "--seed", str(seed)]) == 0
    mean = tmp_path / "mean.pt"
    assert average.main([str(mean), *map(str, runs)]) == 0
    one, two, found = (torch.load(path, weights_only=True)["mean"] for path in (*runs, mean))
    assert all(torch.allclose(found[name], (one[name] + two[name]) / 2, atol=1e-6) for name in found)
    assert evaluate.main([str(tiny), str(mean), str(pairs)]) == 0


def test_figures_count_what_is_turned_round():
    judged = [
        Judged("supports", "supports", tags=("plain",)),
        Judged("supports", "opposes", tags=("plain", "cue")),
        Judged("opposes", "neutral", tags=("cue",)),
        Judged("unrelated", "unrelated"),
    ]
    found = figures(judged)
    assert (found.pairs, found.sided) == (4, 3)
    assert found.reversed == pytest.approx(1 / 3)
    assert found.right == pytest.approx(0.5)
    assert found.f1["supports"] == pytest.approx(2 / 3)
    assert found.f1["opposes"] == 0
    assert "neutral" not in found.f1
    assert figures(judged[:3], SIDES).macro == pytest.approx(1 / 3)
    assert list(by_tag(judged)) == ["cue", "plain"]


@pytest.mark.parametrize(
    ("position", "opposite"),
    [
        ("The base must be closed", "The base must not be closed"),
        ("Nobody has to pay", "Nobody does not have to pay"),
        ("Animals can't have rights", "Animals can have rights"),
        ("Bring back the death penalty", None),
    ],
)
def test_positions_are_turned_round(position, opposite):
    assert negated(position) == opposite


def test_turning_twice_gives_the_position_again():
    for verb in ("should", "must", "will", "is", "are"):
        position = f"The base {verb} be closed"
        assert negated(negated(position)) == position


def test_the_classes_are_those_of_the_package():
    from kg.stance.cross_encoder import CLASSES

    assert CLASSES == POLARITIES

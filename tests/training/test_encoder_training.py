"""Tuning and exporting the sentence encoder, end to end on a tiny transformer."""

import json
import random

import numpy as np
import pytest

from training.stance.contrast_sets import read_contrasts
from training.stance.statements import read_corpus

FIELD = """# field: {thing}

= The {thing} should be reopened | The {thing} ought to open again
! The {thing} must stay shut | It is right that the {thing} is closed
~ The {thing} needs a new roof
+ [Mayor Jon Hale] {{welcomed}} the return of the {thing}.
+ The {thing} is missed.
- [Eva Strand] {{refused}} to open the {thing}.
- Nobody wants the {thing} back.
0 [The county] {{said}} it would decide on the {thing} after the summer.
x [Mayor Jon Hale] {{asked}} what a roof for the {thing} would cost.
"""
CODED = """# field: trams
# fold: 1

+ tram | The tram line should be built | trams
  about: Whether there should be a tram.
  for: build the tram
  against: no rails in town
+ fares | Fares should go down | trams
  for: tickets are too dear
  linked: tram

[s The mayor] [q rejected] [c the tram]. | rejects | tram:o | cue
[s Riders] [q want] [c cheaper tickets]. | demands | fares:s ?tram | plain
"""


@pytest.fixture
def folders(tmp_path):
    """A folder of contrast sets of three fields, and one of coded statements."""
    contrasts, corpus = tmp_path / "contrasts", tmp_path / "corpus"
    contrasts.mkdir()
    corpus.mkdir()
    for thing in ("quarry", "library", "ferry"):
        (contrasts / f"{thing}.txt").write_text(FIELD.format(thing=thing), "utf-8")
    (corpus / "trams.txt").write_text(CODED, "utf-8")
    return contrasts, corpus


def test_texts_belong_to_their_position_and_to_no_other(folders):
    pytest.importorskip("torch", reason="training needs the extra 'training'")
    from training.encoder.tune import batches, contrast_groups, corpus_groups

    choice = random.Random(3)
    contrasts = [*contrast_groups(read_contrasts(folders[0]), choice)]
    assert len(contrasts) == 3
    for group in contrasts:
        assert len(group.wordings) == 3
        for text, row in zip(group.texts, group.same, strict=True):
            # What lies beside the position is not about it, and perhaps about the one near by.
            assert row == ([0, 0, -1] if "cost" in text else [1, 1, 0])
    (coded,) = corpus_groups(read_corpus(folders[1]), choice)
    rows = {("tickets" in text): row for text, row in zip(coded.texts, coded.same, strict=True)}
    assert rows == {False: [1, 1, -1, -1], True: [-1, -1, 1, 1]}

    (joined,) = batches([*contrasts, coded])
    assert len(joined.wordings) == 3 * 3 + 4
    assert all(len(row) == len(joined.wordings) for row in joined.same)
    first = len(contrasts[0].texts)
    assert all(not any(row[3:]) for row in joined.same[:first])


def test_what_is_tuned_is_exported(tiny, folders, tmp_path, capsys):
    import torch

    from kg.model.digests import digests
    from training.encoder import evaluate, export, tune
    from training.encoder.network import SentenceEncoder

    contrasts, corpus = folders
    checkpoint = tmp_path / "tuned.pt"
    common = [str(tiny), str(checkpoint), "--contrasts", str(contrasts), "--corpus", str(corpus)]
    common += ["--rate", "5e-3", "--threads", "1"]
    assert tune.main([*common, "--epochs", "50"]) == 0
    assert tune.main([*common, "--epochs", "100"]) == 0
    said = capsys.readouterr().out
    assert "going on at step 50" in said
    second = [
        str(tiny),
        str(tmp_path / "second.pt"),
        *common[2:],
        "--start",
        str(checkpoint),
        "--epochs",
        "1",
    ]
    assert tune.main(second) == 0
    assert "done after 1 steps" in capsys.readouterr().out
    losses = [float(line.rpartition("loss ")[2]) for line in said.splitlines() if "loss" in line]
    assert losses[-1] < losses[0]

    texts = ["Nobody wants the quarry back.", "The ferry is missed."]
    positions = ["The quarry should be reopened", "The ferry must stay shut"]
    encoder = SentenceEncoder(tiny)
    encoder.load_state_dict(torch.load(checkpoint, weights_only=True)["mean"])
    with torch.no_grad():
        tokenizer = tune.tokenizer_of(tiny)
        near = (
            tune.vectors(encoder, tokenizer, texts) @ tune.vectors(encoder, tokenizer, positions).T
        ).numpy()
    assert list(np.argmax(near, axis=1)) == [0, 1]

    field = tmp_path / "trams"
    field.mkdir()
    (field / "codebook.csv").write_text(
        "position,label,topic\nquarry,The quarry should open,a\nferry,The ferry should sail,a\n",
        "utf-8",
    )
    claims = {
        "the quarry must stay shut": {"quarry": "opposes"},
        "the ferry is missed": {"ferry": "supports"},
        "it rains": {},
    }
    golds = [{"file": "a.txt", "content": [one], "positions": found} for one, found in claims.items()]
    (field / "gold.jsonl").write_text("".join(json.dumps(gold) + "\n" for gold in golds), "utf-8")
    asked = [str(tiny), "--tuned", str(checkpoint), "--keep", "0", "--threads", "1", "--field", str(field)]
    assert evaluate.main(asked) == 0
    assert "2 pairs  first 1.000" in capsys.readouterr().out

    target = tmp_path / "encoder"
    assert export.main([str(tiny), str(target), "--tuned", str(checkpoint), "--keep", "0.3"]) == 0
    assert set(digests(target)) == {"model.onnx", "tokenizer.json"}


def test_keeping_all_of_the_original_weights_gives_the_original(tiny):
    import torch

    from training.encoder.export import mixed
    from training.encoder.network import SentenceEncoder

    original, other = SentenceEncoder(tiny), SentenceEncoder(tiny)
    with torch.no_grad():
        for parameter in other.parameters():
            parameter.add_(1.0)
    half = mixed(other, original, 0.5)
    for ours, theirs in zip(half.parameters(), original.parameters(), strict=True):
        assert torch.allclose(ours, theirs + 0.5)
    for ours, theirs in zip(mixed(half, original, 1.0).parameters(), original.parameters(), strict=True):
        assert torch.allclose(ours, theirs)

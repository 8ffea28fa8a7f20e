"""The encoder gives near vectors for near meanings, from the files that were shipped."""

from pathlib import Path

import numpy as np
import pytest

from kg.model.digests import checked
from kg.model.errors import InputError
from kg.stance import encoder
from kg.stance.valence import valence


def test_near_meanings_have_near_vectors():
    tram, rail, cake = encoder.encode(["build the tram line", "construct a light railway", "bake a cake"])
    assert tram @ rail > tram @ cake + 0.2
    assert np.allclose(np.linalg.norm([tram, rail, cake], axis=1), 1, atol=1e-4)


def test_odd_texts_are_encoded():
    vectors = encoder.encode(["", "\x00\u200b", "half a \ud83d", "word " * 5000])
    assert vectors.shape == (4, 384)
    assert np.isfinite(vectors).all()
    assert encoder.encode([]).shape == (0, 384)


def test_a_text_has_the_same_vector_in_any_company():
    texts = ["A toll would hurt families.", "Yes.", "They will build it in spring."]
    alone = [encoder.encode([text])[0].tobytes() for text in texts]
    assert [vector.tobytes() for vector in encoder.encode(texts)] == alone


def test_an_altered_file_is_refused(tmp_path: Path):
    for name in ("model.onnx", "digest.txt"):
        (tmp_path / name).write_bytes((encoder.FOLDER / name).read_bytes())
    with (tmp_path / "model.onnx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(InputError, match="not the one that was shipped"):
        checked(tmp_path, "model.onnx")
    with pytest.raises(InputError, match="missing"):
        checked(tmp_path, "tokenizer.json")


def test_the_encoder_is_small_enough_to_ship():
    assert sum(path.stat().st_size for path in encoder.FOLDER.glob("*.*")) < 24_000_000


def test_praise_and_blame():
    values = [valence(vector) for vector in encoder.encode(["money down the drain", "worth every penny"])]
    assert values[0] < 0 < values[1]

"""The network that reads text and position together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.attribution import Span
from kg.model.digests import digests, write_digests
from kg.model.errors import InputError
from kg.stance.cross_encoder import CLASSES, FOLDER, Calibration, CrossEncoder, cross_encoder, marked
from kg.stance.pairs import verdicts

PAIRS = [
    ("[Ann Lee] {rejected} the tram line to the harbour.", "A tram line should be built to the harbour"),
    ("The tram line must be built at once.", "A tram line should be built to the harbour"),
    ("It rained.", "A tram line should be built to the harbour"),
]


def test_chances_are_chances():
    found = cross_encoder().chances(PAIRS)
    assert found.shape == (3, len(CLASSES))
    assert np.all(found >= 0)
    assert np.allclose(found.sum(1), 1)
    assert cross_encoder().chances([]).shape == (0, len(CLASSES))


def test_a_pair_is_judged_alike_in_any_company():
    together = cross_encoder().chances(PAIRS)
    apart = np.concatenate([cross_encoder().chances([pair]) for pair in reversed(PAIRS)])
    assert np.array_equal(together, apart[::-1])


def test_of_a_long_text_the_position_is_still_read():
    text = "The tram line must be built at once. " + "Rain fell on the market. " * 4000
    found = cross_encoder().chances([(text, PAIRS[0][1]), (text, "The tram line should not be built")])
    assert found[0, 0] > found[1, 0]


@pytest.fixture
def copy(tmp_path):
    """A network in a folder of its own, with links to the weights of the package."""
    folder = tmp_path / "own"
    folder.mkdir()
    for path in FOLDER.iterdir():
        if path.suffix in (".onnx", ".toml", ".txt"):
            (folder / path.name).symlink_to(path)
    return folder


def test_a_network_in_another_folder_says_the_same(copy):
    assert CrossEncoder(copy).digest == cross_encoder().digest
    assert np.array_equal(CrossEncoder(copy).chances(PAIRS), cross_encoder().chances(PAIRS))


@pytest.mark.parametrize("words", ["scale = 1.0\nlead = 'high'", "scale = ", "lead = 0.6"])
def test_a_wrong_calibration_is_told(copy, words):
    path = copy / "calibration.toml"
    path.unlink()
    path.write_text(words, "utf-8")
    digests.cache_clear()
    with pytest.raises(InputError, match="not the one that was shipped"):
        CrossEncoder(copy)
    (copy / "digest.txt").unlink()
    write_digests(copy, ["model.onnx", "calibration.toml"])
    digests.cache_clear()
    with pytest.raises(InputError, match="not readable"):
        CrossEncoder(copy)


def test_altered_weights_are_not_loaded(copy):
    (copy / "model.onnx").unlink()
    (copy / "model.onnx").write_bytes(b"no network")
    with pytest.raises(InputError, match="not the one that was shipped"):
        CrossEncoder(copy).chances(PAIRS)
    (copy / "digest.txt").unlink()
    write_digests(copy, ["model.onnx", "calibration.toml"])
    digests.cache_clear()
    with pytest.raises(InputError, match="cannot be loaded"):
        CrossEncoder(copy).chances(PAIRS)


@given(st.text(max_size=40), st.data())
def test_marks_are_the_only_square_and_curly_brackets(text, data):
    size = len(text)
    ends = sorted(data.draw(st.lists(st.integers(0, size), min_size=4, max_size=4)))
    source, cue = (
        Span(ends[0], ends[1], text[ends[0] : ends[1]]),
        Span(ends[2], ends[3], text[ends[2] : ends[3]]),
    )
    spans = [span for span in (source, cue) if span.text]
    said = marked(text, [source] if source.text else [], [cue] if cue.text else [])
    assert len(said) == size + 2 * len(spans)
    assert sum(said.count(mark) for mark in "[]{}") == 2 * len(spans)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([0.7, 0.1, 0.1, 0.1], "supports"),
        ([0.1, 0.7, 0.1, 0.1], "opposes"),
        ([0.4, 0.35, 0.15, 0.1], "neutral"),
        ([0.4, 0.35, 0.1, 0.15], "unrelated"),
        ([0.2, 0.1, 0.1, 0.6], "unrelated"),
        ([0.2, 0.05, 0.6, 0.15], "neutral"),
        ([0.3, 0.28, 0.12, 0.3], "unrelated"),
    ],
)
def test_a_side_is_told_only_where_it_is_likely(row, said):
    limits = Calibration(1.0, lead=0.65)
    assert [verdict for verdict, _ in verdicts(np.array([row]), limits)] == [said]


@given(st.lists(st.floats(-30, 30), min_size=4, max_size=4), st.floats(0.1, 5))
def test_calibration_never_leaves_zero_to_one(scores, scale):
    found = Calibration(scale, 0.6).chances(np.array([scores], dtype=np.float32))
    assert np.all((found >= 0) & (found <= 1))
    assert np.isclose(found.sum(), 1)

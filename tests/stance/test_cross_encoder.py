"""The network that reads text and position together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from kg.model.attribution import Span
from kg.model.digests import digests, write_digests
from kg.model.errors import InputError
from kg.stance.cross_encoder import (
    CLASSES,
    FOLDER,
    SIDE_BY_SIDE,
    Calibration,
    CrossEncoder,
    cross_encoder,
    marked,
)
from kg.stance.cross_encoder.layout import layout
from kg.stance.encoder import FOLDER as ENCODER
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


def test_positions_side_by_side_are_judged_each():
    text, positions = (
        PAIRS[0][0],
        [PAIRS[0][1], "The tram line should not be built", "Dogs should be leashed"],
    )
    found = cross_encoder().of_list(text, positions)
    assert found.shape == (3, len(CLASSES))
    assert np.allclose(found.sum(1), 1)
    assert found[0].argmax() == 1 and found[2].argmax() == 3
    # One position by itself is a pair.
    (single,) = cross_encoder().of_list(text, positions[:1])
    assert np.allclose(single, cross_encoder().chances([(text, positions[0])])[0], atol=1e-6)
    assert cross_encoder().of_list(text, []).shape == (0, len(CLASSES))


def test_long_codebooks_are_read_in_pieces():
    positions = [f"Line {number} should be built" for number in range(SIDE_BY_SIDE + 3)]
    found = cross_encoder().of_list(PAIRS[0][0], positions)
    assert found.shape == (SIDE_BY_SIDE + 3, len(CLASSES))
    last = cross_encoder().of_list(PAIRS[0][0], positions[SIDE_BY_SIDE:])
    assert np.array_equal(found[SIDE_BY_SIDE:], last)


def test_each_position_begins_right_behind_the_text():
    tokenizer = Tokenizer.from_file(str(ENCODER / "tokenizer.json"))
    tokenizer.enable_truncation(14, strategy="only_first")
    text = "one two three four five six seven eight"
    pairs = tokenizer.encode_batch([(text, "ten eleven twelve thirteen"), (text, "ten")])
    laid = layout(pairs)
    size = int((laid.part == 0).sum())
    assert [int((laid.part == number).sum()) for number in (1, 2)] == [5, 2]
    assert size == 9, "what the longest position leaves of the text"
    assert laid.place.tolist() == [*range(size), *range(size, size + 5), *range(size, size + 2)]
    tokens = [tokenizer.id_to_token(int(piece)) for piece in laid.pieces]
    assert tokens[size:] == ["ten", "eleven", "twelve", "thirteen", "[SEP]", "ten", "[SEP]"]


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
def test_marks_are_the_only_brackets(text, data):
    size = len(text)
    ends = sorted(data.draw(st.lists(st.integers(0, size), min_size=6, max_size=6)))
    spans = [Span(start, end, text[start:end]) for start, end in zip(ends[::2], ends[1::2], strict=True)]
    source, cue, content = ([span] if span.text else [] for span in spans)
    said = marked(text, source, cue, content)
    marks = 2 * len([*source, *cue, *content])
    assert len(said) == size + marks
    assert sum(said.count(mark) for mark in "[]{}<>") == marks


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([0.7, 0.1, 0.1, 0.1], "supports"),
        ([0.1, 0.7, 0.1, 0.1], "opposes"),
        ([0.4, 0.35, 0.15, 0.1], "neutral"),
        ([0.4, 0.35, 0.1, 0.15], "neutral"),
        ([0.2, 0.1, 0.1, 0.6], "unrelated"),
        ([0.2, 0.05, 0.6, 0.15], "neutral"),
        ([0.3, 0.28, 0.07, 0.35], "unrelated"),
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

"""The tagger's network at run time: words in, each word's chance to begin a cue and each cue's tags out.

The encoder is an ONNX file with 8-bit weights; what is read off its states for one cue at a time is a few
small matrices in `heads.npz`, applied here. `training/attribution` says how both were made.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.attribute.tagger.words import Integers, Words
from kg.model.digests import checked, digests

FOLDER = Path(__file__).resolve().parent / "weights"
TAGS = ("O", "B-cue", "I-cue", "B-source", "I-source", "B-content", "I-content")
CLS, SEP = 101, 102
THREADS = min(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)
"""More threads than this hardly speed up one window at a time."""

Numbers = NDArray[np.float32]


def inputs(
    words: Words, first: int, last: int, ends: tuple[int, int] = (CLS, SEP)
) -> tuple[Integers, Integers, Integers, Integers, Integers]:
    """What the encoder takes of the words [first, last).

    Args:
        words: The text.
        first: The first word.
        last: The word after the last.
        ends: Word pieces before and after; BERT's unless told.

    Returns:
        Word pieces between the ends; case, place and opening of the word that each belongs to; and the
        index of each word's first piece.
    """
    low, high = int(words.first_piece[first]), int(words.first_piece[last])
    counts = np.diff(words.first_piece[first : last + 1])
    pieces = np.concatenate([ends[:1], words.pieces[low:high], ends[1:]])

    def spread(feature: Integers) -> Integers:
        return np.concatenate([[0], np.repeat(feature[first:last], counts), [0]])

    heads = np.minimum(words.first_piece[first:last] - low + 1, len(pieces) - 2)
    return pieces, spread(words.case), spread(words.place), spread(words.opening), heads


def distance_bucket(distance: Integers) -> Integers:
    """Signed distance in words, put into 32 buckets: exact up to 6, then ever wider."""
    size = np.abs(distance)
    wide = 6 + np.clip(np.floor(np.log2(np.maximum(size, 1) / 6) * 2), 0, 9).astype(np.int64)
    bucket = np.minimum(np.where(size <= 6, size, wide), 15)
    return np.where(distance < 0, 16 + bucket, bucket)


@dataclass(frozen=True)
class States:
    """What the encoder says of the words of one window.

    Attributes:
        begins: Chance that a cue begins at each word [words].
        words: Each word as it is set against a cue [words, 128].
        cues: Each word as a cue [words, 128].
    """

    begins: Numbers
    words: Numbers
    cues: Numbers


class Network:
    """The loaded network.

    Args:
        folder: Holds `encoder.onnx`, `heads.npz` and `tokenizer.json`, and `digest.txt` with their SHA-256.

    Raises:
        InputError: A file is missing or altered.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and check the files."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Threads that wait leave the processor to others.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(checked(folder, "encoder.onnx")), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(checked(folder, "tokenizer.json")))
        with np.load(checked(folder, "heads.npz")) as heads:
            self._heads = {name: heads[name].astype(np.float32) for name in heads.files}

    def states(self, words: Words, first: int, last: int) -> States:
        """Read the words [first, last) as one window."""
        pieces, case, place, opening, heads = inputs(words, first, last)
        begins, reduced, cues = self._session.run(
            ["begins", "words", "cues"],
            {"pieces": pieces[None], "case": case[None], "place": place[None], "opening": opening[None]},
        )
        chance = 1 / (1 + np.exp(-begins[0, heads]))
        return States(chance.astype(np.float32), reduced[0, heads], cues[0, heads])

    def tags(self, states: States, at: Integers) -> Numbers:
        """Log-probabilities of the tags for the cues that begin at the words `at`, [cues, words, 7]."""
        heads = self._heads
        cues = states.cues[at]
        scores = np.matmul(states.words, np.tensordot(cues, heads["cross"], 1).transpose(0, 2, 1))
        scores += states.words @ heads["word_alone.weight"].T + heads["word_alone.bias"]
        scores += (cues @ heads["cue_alone.weight"].T)[:, None]
        scores += np.tanh(states.words + cues[:, None]) @ heads["mixed.weight"].T
        scores += heads["distance.weight"][distance_bucket(np.arange(len(states.words)) - at[:, None])]
        scores -= scores.max(axis=2, keepdims=True)
        normalised: Numbers = scores - np.log(np.exp(scores).sum(axis=2, keepdims=True))
        return normalised


@lru_cache(maxsize=1)
def network() -> Network:
    """The network that ships with the package, loaded once a process."""
    return Network()


def digest() -> str:
    """SHA-256 of the encoder's weights, for the provenance of what was read with it."""
    return digests(FOLDER)["encoder.onnx"]


__all__ = ["FOLDER", "TAGS", "Network", "Numbers", "States", "digest", "inputs", "network"]

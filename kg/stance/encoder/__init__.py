"""The sentence encoder that ships with the package: texts to vectors, on the processor, without a network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.ingest.decode import encodable
from kg.model.digests import checked, digests

FOLDER = Path(__file__).resolve().parent
MAX_TOKENS = 128
WIDTH = 384
THREADS = 2

Vectors = NDArray[np.float32]


def digest() -> str:
    """SHA-256 of the encoder's weights, for the provenance of what was coded with it.

    >>> len(digest())
    64
    """
    return digests(FOLDER)["model.onnx"]


@lru_cache(maxsize=1)
def _load() -> tuple[onnxruntime.InferenceSession, Tokenizer]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Threads that wait leave the processor to others.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = checked(FOLDER, "model.onnx")
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(checked(FOLDER, "tokenizer.json")))
    tokenizer.enable_truncation(MAX_TOKENS)
    return session, tokenizer


def encode(texts: Sequence[str]) -> Vectors:
    """Vectors of length one, whose dot products are the similarities of the texts.

    Each text is encoded by itself: the 8-bit scale is that of a whole batch, so a text would get another
    vector in other company, and a batch is no faster on the processors that this runs on.

    Args:
        texts: Any number of texts; what lies beyond 128 word pieces is not read.

    Returns:
        Array [texts, 384].

    Raises:
        InputError: The model's files are missing or altered.
    """
    vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
    if not texts:
        return vectors
    session, tokenizer = _load()
    for row, encoding in enumerate(tokenizer.encode_batch([encodable(text) for text in texts])):
        ids = np.array([encoding.ids], dtype=np.int64)
        vectors[row] = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
    return vectors


__all__ = ["FOLDER", "Vectors", "digest", "encode"]

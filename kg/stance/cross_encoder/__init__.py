"""The cross-encoder that ships with the package: a text and a position, read together, to four chances.

A text may have its source in square and its cue in curly brackets ("[Ada Reed] {rejected} the pier."), as
the network was trained; `marked` puts them there. What the network says is calibrated (`calibration.toml`):
of the pairs that it gives a chance of 0.8, four of five are right.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.model.attribution import Span
from kg.model.digests import checked, digests
from kg.model.errors import InputError
from kg.stance.encoder import FOLDER as ENCODER

FOLDER = Path(__file__).resolve().parent
Class = Literal["supports", "opposes", "neutral", "unrelated"]
CLASSES: tuple[Class, ...] = get_args(Class)
"""The columns of the chances."""
LONGEST = 160
"""Word pieces that are read of a text and its position together; of longer ones the text is cut."""
THREADS = 2

Chances = NDArray[np.float64]

_HINT = "export it again with training.stance.export, or leave the setting out"
_ROUND = str.maketrans("[]{}", "()()")


@dataclass(frozen=True)
class Calibration:
    """How the network's scores become chances, and when a side is told.

    Attributes:
        scale: The scores are multiplied by it.
        lead: Least share of the chances of both sides that a side needs to be told.
    """

    scale: float
    lead: float

    def chances(self, scores: NDArray[np.float32]) -> Chances:
        """Chances [pairs, 4] of scores [pairs, 4]; each row sums to one."""
        values = self.scale * scores.astype(np.float64)
        values = np.exp(values - values.max(axis=-1, keepdims=True))
        return np.asarray(values / values.sum(axis=-1, keepdims=True))


def marked(text: str, source: Sequence[Span], cue: Sequence[Span]) -> str:
    """The text with its source in square and its cue in curly brackets; its own brackets become round.

    Args:
        text: A sentence or two.
        source: Spans in `text`; none where the source stands elsewhere.
        cue: Spans in `text`.

    >>> marked("She [sic] said no.", [Span(0, 3, "She")], [Span(10, 14, "said")])
    '[She] (sic) {said} no.'
    """
    marks: list[tuple[int, int, str]] = []
    for spans, opening, closing in ((source, "[", "]"), (cue, "{", "}")):
        for span in spans:
            marks += [(span.start, 1, opening), (span.end, 0, closing)]
    out = []
    at = 0
    for place, _, mark in sorted(marks):
        out += [text[at:place].translate(_ROUND), mark]
        at = place
    return "".join([*out, text[at:].translate(_ROUND)])


class CrossEncoder:
    """A network in a folder: `model.onnx`, `calibration.toml`, `digest.txt`, perhaps `tokenizer.json`.

    Args:
        folder: As `training.stance.export` writes it.

    Raises:
        InputError: A file is missing or altered, or the calibration is not what it should be.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read what belongs to the network; its weights are loaded when the first pair comes."""
        self.folder = folder
        self.digest = digests(folder).get("model.onnx", "")
        """SHA-256 of the weights, for the provenance of what was coded with them."""
        path = checked(folder, "calibration.toml")
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            self.calibration = Calibration(float(data["scale"]), float(data["lead"]))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError("a calibration is not readable", where=path, hint=_HINT) from error

    @cached_property
    def _loaded(self) -> tuple[onnxruntime.InferenceSession, Tokenizer]:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Threads that wait leave the processor to others.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        own = (self.folder / "tokenizer.json").is_file()
        try:
            session = onnxruntime.InferenceSession(
                str(checked(self.folder, "model.onnx")), options, providers=["CPUExecutionProvider"]
            )
            # Unless it has its own, its vocabulary is that of the transformer that both were made from.
            tokenizer = Tokenizer.from_file(str(checked(self.folder if own else ENCODER, "tokenizer.json")))
        except InputError:
            raise
        except Exception as error:  # the runtimes have no exceptions of their own
            raise InputError("a cross-encoder cannot be loaded", where=self.folder, hint=_HINT) from error
        tokenizer.enable_truncation(LONGEST, strategy="only_first")
        return session, tokenizer

    def chances(self, pairs: Sequence[tuple[str, str]]) -> Chances:
        """What the network says of texts and positions.

        Each pair is read by itself: the 8-bit scale is that of a whole batch, so a pair would get other
        chances in other company.

        Args:
            pairs: A text and a position each.

        Returns:
            Calibrated chances [pairs, 4] of the CLASSES.

        Raises:
            InputError: The model's files are missing or altered.
        """
        if not pairs:
            return np.zeros((0, len(CLASSES)))
        session, tokenizer = self._loaded
        short = [(_short(text), _short(position)) for text, position in pairs]
        scores = np.zeros((len(pairs), len(CLASSES)), dtype=np.float32)
        for row, one in enumerate(tokenizer.encode_batch(short)):
            # Some tokenizers number the parts by sequence alone.
            part = one.type_ids if any(one.type_ids) else [int(which == 1) for which in one.sequence_ids]
            inputs = {"pieces": np.array([one.ids]), "part": np.array([part])}
            scores[row] = session.run(None, inputs)[0][0]
        return self.calibration.chances(scores)


def _short(text: str) -> str:
    """The beginning of a text, so that a book is not tokenised for its first sentences."""
    return text[: LONGEST * 12]


@lru_cache(maxsize=4)
def cross_encoder(folder: Path | None = None) -> CrossEncoder:
    """The network of a folder, loaded once; without a folder the one that ships with the package.

    Raises:
        InputError: A file is missing or altered.
    """
    return CrossEncoder(folder or FOLDER)


__all__ = [
    "CLASSES",
    "FOLDER",
    "LONGEST",
    "Calibration",
    "Chances",
    "Class",
    "CrossEncoder",
    "cross_encoder",
    "marked",
]

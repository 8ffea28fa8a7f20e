"""The cross-encoder that ships with the package: a text and a position, read together, to four chances.

A text may have its source in square, its cue in curly and its content in pointed brackets
("[Ada Reed] {rejected} <the pier>."), as the network was trained; `marked` puts them there. What the network
says is calibrated (`calibration.toml`): of the pairs that it gives a chance of 0.8, four of five are right.
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
from tokenizers import Encoding, Tokenizer

from kg.ingest.decode import encodable
from kg.model.attribution import Span
from kg.model.digests import checked, digests
from kg.model.errors import InputError
from kg.stance.cross_encoder.layout import layout
from kg.stance.encoder import FOLDER as ENCODER

FOLDER = Path(__file__).resolve().parent
Class = Literal["supports", "opposes", "neutral", "unrelated"]
CLASSES: tuple[Class, ...] = get_args(Class)
"""The columns of the chances."""
LONGEST = 160
"""Word pieces that are read of a text and its position together; of longer ones the text is cut."""
SIDE_BY_SIDE = 16
"""Positions that are read at once."""
THREADS = 2

Chances = NDArray[np.float64]

_HINT = "export it again with training.stance.export, or leave the setting out"
_ROUND = str.maketrans("[]{}<>", "()()()")


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


def marked(text: str, source: Sequence[Span], cue: Sequence[Span], content: Sequence[Span] = ()) -> str:
    """The text with its source in square, its cue in curly, its content in pointed brackets.

    Its own brackets become round.

    Args:
        text: A sentence or two.
        source: Spans in `text`; none where the source stands elsewhere.
        cue: Spans in `text`.
        content: Spans in `text`; none where the content is not told apart.

    >>> marked("She [sic] said no.", [Span(0, 3, "She")], [Span(10, 14, "said")])
    '[She] (sic) {said} no.'
    """
    marks: list[tuple[int, int, str]] = []
    for spans, opening, closing in ((content, "<", ">"), (source, "[", "]"), (cue, "{", "}")):
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
        scores = [self._scores([one])[0] for one in self._encoded(pairs)]
        return self.calibration.chances(np.array(scores, dtype=np.float32).reshape(-1, len(CLASSES)))

    def of_list(self, text: str, positions: Sequence[str]) -> Chances:
        """What the network says of a text and several positions, read side by side.

        That is quicker than pair by pair, and how a codebook is read: which of its positions is it about?

        Args:
            text: As in `chances`.
            positions: As they are put as propositions.

        Returns:
            Calibrated chances [positions, 4] of the CLASSES.

        Raises:
            InputError: The model's files are missing or altered.
        """
        encoded = self._encoded([(text, position) for position in positions])
        found = [
            self._scores(encoded[start : start + SIDE_BY_SIDE])
            for start in range(0, len(encoded), SIDE_BY_SIDE)
        ]
        return self.calibration.chances(np.concatenate([*found, np.zeros((0, len(CLASSES)), np.float32)]))

    def _encoded(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Encoding]:
        if not pairs:
            return []
        _, tokenizer = self._loaded
        found: Sequence[Encoding] = tokenizer.encode_batch(
            [(_short(text), _short(position)) for text, position in pairs]
        )
        return found

    def _scores(self, encoded: Sequence[Encoding]) -> NDArray[np.float32]:
        session, _ = self._loaded
        laid = layout(encoded)
        inputs = {"pieces": laid.pieces[None], "part": laid.part[None], "place": laid.place[None]}
        scores: NDArray[np.float32] = session.run(None, inputs)[0][0]
        return scores


def _short(text: str) -> str:
    """The beginning of a text, so that a book is not tokenised for its first sentences."""
    return encodable(text[: LONGEST * 12])


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

"""What claims mean, as vectors of the sentence encoder, kept beside the graph so that each is made once."""

from __future__ import annotations

import contextlib
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.model.atomic import write_bytes
from kg.model.errors import StoreError
from kg.stance.encoder import digest, encode
from kg.store.folder import MEANINGS

SAVE_AFTER = 512
"""Texts after which what was encoded is kept, so that an interruption loses little."""
Progress = Callable[[Sequence[str]], Iterable[str]]
Kept = dict[str, NDArray[np.float16]]


class Meanings:
    """Vectors of texts; those of earlier runs are read from the folder of the graph."""

    def __init__(self, folder: Path | None = None, progress: Progress = iter) -> None:
        """Keep vectors in a folder.

        Args:
            folder: The folder of the graph; None to keep nothing.
            progress: Shows how far it is: takes the texts to encode and gives them one by one.
        """
        self._path = folder / MEANINGS if folder else None
        self._progress = progress

    def of(self, texts: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """The vector of each text, of length one but for rounding; what no text asks for is forgotten.

        Raises:
            InputError: The encoder's files are missing or altered.
        """
        wanted = {_key(text): text for text in texts}
        kept = {key: vector for key, vector in self._read() if key in wanted}
        missing = [text for key, text in sorted(wanted.items()) if key not in kept]
        for number, text in enumerate(self._progress(missing), start=1):
            kept[_key(text)] = encode([text])[0].astype(np.float16)
            if number % SAVE_AFTER == 0:
                self._write(kept)
        if missing:
            self._write(kept)
        return {text: kept[key].astype(np.float32) for key, text in wanted.items()}

    def _read(self) -> Iterator[tuple[str, NDArray[np.float16]]]:
        if self._path is None or not self._path.exists():
            return
        with contextlib.suppress(OSError, ValueError, KeyError, zipfile.BadZipFile):
            with np.load(self._path, allow_pickle=False) as found:
                if str(found["encoder"]) != digest():
                    return
                keys, vectors = found["keys"], found["vectors"]
            yield from zip((str(key) for key in keys), vectors, strict=True)

    def _write(self, kept: Kept) -> None:
        if self._path is None or not kept:
            return
        out = io.BytesIO()
        keys = sorted(kept)
        np.savez(
            out,
            encoder=np.array(digest()),
            keys=np.array(keys),
            vectors=np.array([kept[key] for key in keys], dtype=np.float16),
        )
        # Where the folder cannot be written to, every process encodes for itself.
        with contextlib.suppress(StoreError, OSError):
            write_bytes(self._path, out.getvalue())


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


__all__ = ["Meanings", "Progress"]

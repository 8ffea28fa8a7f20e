"""Codebooks with fewer phrases."""

from kg.model.codebook import Codebook, Position
from training.codebooks import with_phrases

TRAM = Position("x:tram", "tram", "A tram should run", for_phrases=("yes", "aye"), against_phrases=("no",))


def test_the_first_phrases_stay():
    codebook = Codebook((), (TRAM,))
    (position,) = with_phrases(codebook, 1).positions
    assert (position.for_phrases, position.against_phrases) == (("yes",), ("no",))
    (bare,) = with_phrases(codebook, 0).positions
    assert (bare.for_phrases, bare.against_phrases, bare.label) == ((), (), TRAM.label)
    assert with_phrases(codebook, None) == codebook

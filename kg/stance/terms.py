"""Words of a text as stems that hold derived forms together, and how telling each is within a codebook."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)

# Words of grammar and of politics at large, which tell no two positions apart.
COMMON = frozenset(
    """
    a about above after again against all also although always am among an and another any anybody anyone anything
    are around as at away back be became because become been before being below best better between both but by came
    can cannot come could did do does doing done down during each either else ever every for from further get give go
    going good got had has have having he her here hers him his how however i if in into is it its itself just keep
    last less let like likely made make many may me might mine more most much must my need needs neither new next no
    nor not nothing now of off often on once one only onto or other ought our ours out over own people per perhaps
    put quite rather really said same say see seem shall she should since so some something still such take than that
    the their theirs them then there these they thing this those though through thus to together too toward towards
    under until up upon us use very want wants was way we well were what when where whether which while who whom whose
    why will with within without would year years yes yet you your allow allowed must should ought
    """.split()
)

_SUFFIXES = sorted(
    """
    isations izations isation ization ational ations ation itions ition ements ement ments ment ances ance ences ence
    ancies ancy encies ency ators ator ating ated ates ate ions ion ising izing ised ized ises izes ise ize ives ive
    ities ity ically ical ics ic ious ous ables able ibles ible iness ness ally ial al ers er ors or ians ian ia ans an
    ings ing edly ed ies ied ier iest ily ly es e s y ary aries ant ants ent ents sive se ce ful less ship ists ist isms
    ism ure ures age ages
    """.split(),
    key=len,
    reverse=True,
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What derived forms of a word have in common, roughly: endings are taken off while four letters remain.

    >>> {stem(word) for word in ("recognise", "recognition", "recognised")}
    {'recogn'}
    >>> stem("Russia") == stem("Russian"), stem("missile") == stem("mission")
    (True, False)
    """
    folded = unicodedata.normalize("NFKD", word.lower().replace("’", "'").removesuffix("'s"))
    plain = "".join(char for char in folded if char.isalnum())
    if len(plain) <= 4:
        return plain[:-1] if len(plain) == 4 and plain.endswith("s") and not plain.endswith("ss") else plain
    for suffix in _SUFFIXES:
        if plain.endswith(suffix) and len(plain) - len(suffix) >= 4:
            kept = plain[: -len(suffix)]
            return kept[:-1] if len(kept) > 4 and kept[-1] == kept[-2] else kept
    return plain


def stems(text: str) -> list[str]:
    """Stems of the telling words of a text, in its order; hyphens inside words are closed up.

    >>> stems("The co-operation of the towns must go on")
    ['cooper', 'town']
    """
    closed = re.sub(r"(?<=\b[Cc]o)[-‑](?=\w)|(?<=\b[Rr]e)[-‑](?=\w)", "", text)
    words = (match.group() for match in WORD.finditer(closed))
    return [stem(word) for word in words if word.lower().replace("’", "'") not in COMMON]


class Weights:
    """How telling a stem is among the positions of a codebook: inverse document frequency.

    >>> weights = Weights([{"tram", "citi"}, {"park", "citi"}])
    >>> weights["tram"] > weights["citi"]
    True
    """

    def __init__(self, documents: Iterable[set[str]]) -> None:
        """Count in how many documents each stem stands."""
        self._count: dict[str, int] = {}
        self._size = 0
        for document in documents:
            self._size += 1
            for one in document:
                self._count[one] = self._count.get(one, 0) + 1

    def __getitem__(self, one: str) -> float:
        """Weight of a stem; highest for one that no position has."""
        return 0.3 + math.log((1 + self._size) / (1 + self._count.get(one, 0)))

    def coverage(self, wanted: Mapping[str, float], found: set[str]) -> float:
        """Share, by weight, of the wanted stems that were found."""
        total = sum(self[one] * factor for one, factor in wanted.items())
        return sum(self[one] * factor for one, factor in wanted.items() if one in found) / total if total else 0.0


__all__ = ["COMMON", "WORD", "Weights", "stem", "stems"]

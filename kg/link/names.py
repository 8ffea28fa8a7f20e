"""Names as keys: folding of case and accents, one key for many transliterations, bounded edit distance."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.link.lexicon import words

_LETTERS = str.maketrans(
    {
        "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
        "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-",
        # Cyrillic to Latin, so that a register may hold a name in its own script.
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
        "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
        "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "i", "є": "e", "ґ": "g",
    }
)  # fmt: skip

# The rewriting order matters: longer spellings of one sound first.
_SOUNDS = (
    ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("tsch", "ch"), ("dzh", "j"), ("dj", "j"), ("zh", "j"),
    ("kh", "h"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("w", "v"), ("q", "k"), ("oe", "o"), ("ae", "a"),
    ("ue", "u"), ("yo", "o"), ("tz", "ts"), ("y", "i"), ("iu", "u"), ("ei", "i"), ("ie", "i"), ("ia", "a"),
)  # fmt: skip


@lru_cache(maxsize=1)
def _nickname_groups() -> dict[str, str]:
    return {name: group.split()[0] for group in words("nicknames") for name in group.split()}


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A text without case, accents, possessive, dots of abbreviations and doubled spaces.

    >>> fold("The  U.S."), fold("José Müller’s"), fold("Jean-Claude Juncker")
    ('the us', 'jose muller', 'jean claude juncker')
    """
    plain = unicodedata.normalize("NFKC", text).lower().translate(_LETTERS)
    plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    plain = re.sub(r"(?<=\w)'s\b|(?<=s)'(?=\s|$)", "", plain)
    plain = plain.replace(".", "") if re.search(r"\b\w\.\w?", plain) else plain
    return " ".join(re.sub(r"[^\w']+", " ", plain).replace("'", "").split())


@lru_cache(maxsize=65536)
def sound_key(name: str) -> str:
    """One key for the usual transliterations of a name.

    >>> sound_key("Sergey") == sound_key("Sergei"), sound_key("Zelenskyy") == sound_key("Zelensky")
    (True, True)
    >>> sound_key("Nikolay") == sound_key("Nikolai"), sound_key("Müller") == sound_key("Mueller")
    (True, True)
    """
    key = fold(name)
    if key.startswith("ye"):
        key = key[1:]
    for spelling, sound in _SOUNDS:
        key = key.replace(spelling, sound)
    key = re.sub(r"(.)\1+", r"\1", key)
    return re.sub(r"\bts", "c", key)


def distance(one: str, other: str, limit: int = 2) -> int:
    """Edits between two words, a swap of neighbours being one; `limit + 1` as soon as there are more.

    Optimal string alignment (Damerau 1964, in the restricted form without overlapping edits).

    >>> distance("merkel", "merkle"), distance("castro", "castroo"), distance("allende", "alvarez")
    (1, 1, 3)
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        two_above, above, row = above, row, [i]
        for j, letter in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (char != letter))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == letter:
                cost = min(cost, two_above[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def misspelt(one: str, other: str) -> bool:
    """Whether two surnames look like one with a slip.

    They begin with the same letter; one edit is allowed from five letters on, two from nine.

    >>> misspelt("Bachelet", "Bachellet"), misspelt("Bush", "Rush"), misspelt("Brown", "Braun")
    (True, False, False)
    """
    first, second = sound_key(one), sound_key(other)
    shorter = min(len(first), len(second))
    if not first or not second or first[0] != second[0] or shorter < 5:
        return first == second
    allowed = 2 if shorter >= 9 else 1
    return distance(first, second, allowed) <= allowed


@lru_cache(maxsize=65536)
def bare_name(name: str) -> str:
    """A name without the titles before it and the letters after it.

    >>> bare_name("Mr Lee"), bare_name("President Michelle Bachelet"), bare_name("Gen. Sir Peter Wall")
    ('Lee', 'Michelle Bachelet', 'Peter Wall')
    """
    rest = re.sub(r"['’]s$|(?<=s)['’]$", "", name.strip()).split()
    while len(rest) > 1 and all(part in words("titles") for part in fold(rest[0]).split()):
        rest = rest[1:]
    while len(rest) > 1 and fold(rest[-1]) in words("suffixes"):
        rest = rest[:-1]
    return " ".join(rest).strip(" ,.")


def title_words(name: str) -> list[str]:
    """The titles that stand before a name, folded.

    >>> title_words("General Sir Peter Wall")
    ['general', 'sir']
    """
    rest, found = name.split(), []
    while len(rest) > 1 and fold(rest[0]) in words("titles"):
        found.append(fold(rest[0]))
        rest = rest[1:]
    return found


@lru_cache(maxsize=65536)
def surname(name: str) -> str:
    """The last word of a bare name, with the particles that belong to it.

    >>> surname("Ursula von der Leyen"), surname("Mahmoud Abbas")
    ('von der Leyen', 'Abbas')
    """
    parts = bare_name(name).split()
    start = len(parts) - 1
    least = 0 if len(parts) == 2 else 1
    while start > least and fold(parts[start - 1]) in words("particles"):
        start -= 1
    return " ".join(parts[start:]) if parts else ""


def given_names(name: str) -> list[str]:
    """Words of a bare name before the surname."""
    bare, last = bare_name(name), surname(name)
    return bare[: len(bare) - len(last)].split()


def _skeleton(name: str) -> str:
    key = sound_key(name)
    return key[:1] + re.sub(r"[aeiou]", "", key[1:])


def given_names_agree(one: list[str], other: list[str]) -> bool:
    """Whether the given names of two mentions can be one person's; none at all agrees with any.

    >>> given_names_agree(["Bill"], ["William"]), given_names_agree(["D."], ["Dmitri"])
    (True, True)
    >>> given_names_agree(["Laura"], ["George", "W."]), given_names_agree([], ["George"])
    (False, True)
    """
    if not one or not other:
        return True
    first, second = fold(one[0]), fold(other[0])
    if first == second or sound_key(first) == sound_key(second):
        return True
    if min(len(first), len(second)) <= 2:
        return first[:1] == second[:1]
    groups = _nickname_groups()
    if groups.get(first, first) == groups.get(second, second):
        return True
    alike = _skeleton(first) == _skeleton(second) or misspelt(first, second)
    return alike and min(len(first), len(second)) >= 4


def same_person(one: str, other: str, *, slips: bool = True) -> bool:
    """Whether two names can be the same person's: surnames and given names agree.

    Args:
        one: A name, full or surname alone, with or without titles.
        other: Another.
        slips: Whether a misspelt surname agrees too.

    >>> same_person("Mr Lukashenka", "Alexander Lukashenko"), same_person("Andrei Bely", "Andrey Bely")
    (True, True)
    >>> same_person("Raul Castro", "Fidel Castro")
    False
    """
    if fold(bare_name(one)) == fold(bare_name(other)):
        return True
    last, other_last = surname(one), surname(other)
    if sound_key(last) != sound_key(other_last):
        # "García Márquez" and "Márquez", "van der Bellen" and "Bellen".
        tail = sound_key(last.split()[-1]) if last else ""
        other_tail = sound_key(other_last.split()[-1]) if other_last else ""
        if tail != other_tail and not (slips and misspelt(last, other_last)):
            return False
    ours, theirs = given_names(one), given_names(other)
    if given_names_agree(ours, theirs):
        return True
    # A middle name may stand alone before the surname: "García Márquez" for "Gabriel García Márquez".
    keys = {sound_key(word) for word in theirs}, {sound_key(word) for word in ours}
    return bool(ours and theirs) and (sound_key(ours[0]) in keys[0] or sound_key(theirs[0]) in keys[1])

"""Tells whether a text is English, and refuses clearly what is not.

The little words tell: in English running text about two words of five are among the hundred commonest, in any
other language hardly one of twenty is. Another script tells by itself. Short texts get the benefit of the
doubt.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from kg.model.errors import InputError

_COMMON: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "English": "about after all also an and any are as at be been before but by can could did do even"
        " first for from had has have he her him his if in into is it its like many may more most"
        " must my new no not now of on one only or other our out over said she so some such than"
        " that the their them then there these they through time to two up was we were what when"
        " which who will with would you",
        "German": "aber als auch auf aus bei bis das dass dem den der des die durch ein eine einem einer"
        " für haben hat im ist man mehr mit nach nicht noch nur oder sei sein sich sie so um und"
        " von vor war werden wie wird wurde zu zum zur über",
        "French": "au aux avec ce ces cette comme dans de des du elle en est et fait il la le les leur mais"
        " ne nous ont ou par pas plus pour que qui sa se ses son sont sur tout un une à été",
        "Spanish": "al como con cuando de del desde dos el en entre era es esta este fue ha había hasta la"
        " las le lo los muy más no para pero por que se ser sobre son su sus también todo un una y",
        "Portuguese": "ao as até com como da das de do dos e ele em está foi isso já mais mas"
        " muito na no não o"
        " os ou para pela pelo por quando que se seu sua são também um uma",
        "Italian": "al alla anche che come con da dal dei del della delle di e essere gli ha il in la le lo"
        " ma nel non per più questo si sono stato su un una è",
        "Dutch": "aan als bij dan dat de deze die door een en er hebben heeft het in is maar met naar niet"
        " nog om ook op over te uit van voor werd worden wordt zijn",
        "Polish": "ale był co dla do i jak jego jest już które może na nie o od oraz po przez przy się są"
        " także to tylko tym w z za ze że",
        "Swedish": "att av de den det efter en ett från för han har i inte jag kan med men nu när och om på"
        " sig som så till var vi vid är",
        "Turkish": "ama bir bu da daha de değil en gibi ile ise için kadar ne o olan olarak oldu sonra"
        " tarafından var ve çok",
        "Indonesian": "ada adalah akan bisa dalam dan dari dengan di ini itu juga karena ke mereka oleh pada"
        " sebagai telah tidak untuk yang",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE_WORDS = 4000
_ENOUGH_WORDS = 25


def guess_language(text: str) -> str:
    """The language of a text by name: "English", another one, a script, or "" where it cannot be told.

    >>> guess_language("The minister said that the dam would not be built before the end of the year.")
    'English'
    >>> guess_language("Der Minister sagte, dass der Damm nicht vor dem Ende des Jahres gebaut wird.")
    'German'
    >>> guess_language("Сегодня министр сказал: нет"), guess_language("Dam delayed")
    ('Cyrillic script', '')
    """
    words = [match[0].casefold() for match in _WORD.finditer(text[: _SAMPLE_WORDS * 12])][:_SAMPLE_WORDS]
    script = _other_script(words)
    if script:
        return f"{script} script"
    counts = Counter(words)
    shares = {
        name: sum(count for word, count in counts.items() if word in common) / max(len(words), 1)
        for name, common in _COMMON.items()
    }
    best = max(shares, key=lambda name: shares[name])
    english = shares["English"]
    # Languages share little words ("in", "die", "on"), and a short text may hold a quotation, so that another
    # one must be well ahead.
    lead = 1.5 if len(words) >= 2 * _ENOUGH_WORDS else 3
    if best == "English" or shares[best] < english * lead:
        return "English" if english >= 0.15 or (english >= 0.1 and len(words) < _ENOUGH_WORDS) else ""
    return best if len(words) >= 6 and shares[best] >= 0.12 else ""


def _other_script(words: list[str]) -> str | None:
    """The script that most letters are of, unless that is Latin."""
    scripts: Counter[str] = Counter()
    for word in words[:1000]:
        # The Unicode name of a letter begins with its script: LATIN SMALL LETTER A.
        scripts[unicodedata.name(word[0], "LATIN").split(" ")[0].split("-")[0]] += len(word)
    if not scripts:
        return None
    script, count = scripts.most_common(1)[0]
    names = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
    # Mathematical letters and the like are no script of a language.
    known = {"CYRILLIC", "GREEK", "ARABIC", "HEBREW", "DEVANAGARI", "THAI", "GEORGIAN", "ARMENIAN", *names}
    if script == "LATIN" or script not in known or count * 2 < sum(scripts.values()):
        return None
    return names.get(script, script.capitalize())


def check_english(text: str, where: str) -> None:
    """Refuse a text that is clearly in a language that is not read.

    Raises:
        InputError: Another language or script is clear, or 25 words or more have hardly an English one.
    """
    language = guess_language(text)
    if language == "English":
        return
    hint = "only English articles are read"
    if language:
        raise InputError(f"the text reads as {language}", where=where, hint=hint)
    words = _WORD.findall(text[: _SAMPLE_WORDS * 12])
    if len(words) >= 4 * _ENOUGH_WORDS:
        raise InputError("the text is in no language that is known here", where=where, hint=hint)


__all__ = ["check_english", "guess_language"]

"""What a sample says, in a sentence, as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kg.review.trust import LEAST, Group, Share, Trust

_NAMES = {"outlet": "by outlet", "actor": "by actor", "position": "by position"}
TOO_FEW = "too few to say"
CHANGED = "articles came, went or were read again, or positions changed, since the sample was drawn"


def trust_sentence(found: Trust, group: Group | None = None) -> str | None:
    """What the sample says of a group, or of the whole, in one sentence without its stop; None if nothing.

    Args:
        found: What the sample says.
        group: The group; None for the whole.
    """
    one = group or found.whole
    parts = []
    if one.right and one.right.tells:
        checked = "all checked" if one.right.complete else "drawn at random and checked"
        opposite = one.reversed
        also = f" and {_shown(opposite)} say the opposite" if opposite and opposite.hits else ""
        looked = _number(one.right.looked, "stance")
        parts.append(f"of {looked} {checked}, {_shown(one.right)} are right{also}")
    if one.missed and one.missed.tells:
        read = f"{_number(found.passages, 'passage')} of {_number(found.passage_articles, 'article')}"
        parts.append(f"{_about(one.missed)} of those in the articles were missed, by {read} read in full")
    if not parts:
        return None
    return "; ".join(parts)


def trust_sentences(found: Trust, keys: Iterable[str] = ()) -> list[str]:
    """What the sample says of the whole, then of each outlet, actor or position that an answer is about.

    Args:
        found: What the sample says.
        keys: IRIs that the answer is about; those of which it says nothing are passed over.
    """
    whole = trust_sentence(found)
    told = [f"{whole}; {trust_note(found)}"] if whole else []
    groups = {one.key: one for some in found.by.values() for one in some if one.key}
    for key in dict.fromkeys(keys):
        said = trust_sentence(found, groups[key]) if key in groups else None
        if said:
            told.append(f"{groups[key].label}: {said}")
    return told


def trust_note(found: Trust) -> str:
    """Which reading the sample speaks of, and whether it is the one of today."""
    note = f"drawn from {_number(found.sample.articles, 'article')} ({found.sample.coding})"
    return f"{note}; {CHANGED}" if found.changed else note


def trust_json(found: Trust) -> dict[str, Any]:
    """The estimates as JSON values; what cannot be told is null."""
    sample = found.sample
    ends = found.missed_in_all
    return {
        "coding": sample.coding,
        "changed_since": found.changed,
        "articles": sample.articles,
        "stances": sample.all_stances,
        "passages": sample.all_passages,
        "sample": sample.size,
        "seed": sample.seed,
        "drawn_by": found.drawn_by or None,
        "drawn_on": found.drawn_on or None,
        "passages_read": found.passages,
        "articles_of_passages": found.passage_articles,
        "waiting": found.waiting,
        "right": _json(found.whole.right),
        "reversed": _json(found.whole.reversed),
        "missed": _json(found.whole.missed),
        "missed_in_all": dict(zip(("estimate", "low", "high"), (round(end, 1) for end in ends), strict=True))
        if ends
        else None,
        "by": {
            kind: [
                {
                    "of": one.label,
                    "iri": one.key or None,
                    "stances": one.stances,
                    "right": _json(one.right),
                    "reversed": _json(one.reversed),
                    "missed": _json(one.missed),
                }
                for one in groups
            ]
            for kind, groups in found.by.items()
        },
    }


def _json(one: Share | None) -> dict[str, Any] | None:
    if one is None:
        return None
    told = {"estimate": round(one.value, 4), "low": round(one.low, 4), "high": round(one.high, 4)}
    return {"number": one.hits, "looked": one.looked, **told, "too_few": not one.tells}


def trust_text(found: Trust) -> str:
    """The estimates as text."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Trust) -> Iterator[str]:
    sample, whole = found.sample, found.whole
    yield (
        f"{_number(sample.articles, 'article')} read, {_number(sample.all_stances, 'stance')} in "
        f"{_number(sample.all_passages, 'passage')} ({sample.coding})"
    )
    who = f", drawn by {found.drawn_by} on {found.drawn_on}" if found.drawn_by else ""
    yield f"sample of {sample.size} stances and as many passages, seed {sample.seed}{who}; intervals of 95 %"
    if found.changed:
        yield f"{CHANGED}: this is about that reading; 'kg review --sample N' draws from the one of today"
    checked = whole.right.looked if whole.right else 0
    yield (
        f"{_number(checked, 'stance')} checked, {_number(found.passages, 'passage')} of "
        f"{_number(found.passage_articles, 'article')} read in full"
        + (f"; {found.waiting} things to look at" if found.waiting else "")
    )
    if found.missed_in_all is not None and whole.missed and not whole.missed.complete:
        middle, low, high = found.missed_in_all
        yield f"missed in all articles: about {middle:.0f} stances ({low:.0f} to {high:.0f})"
    if not found.tells:
        return
    groups = [("", (whole,)), *((_NAMES[kind], some) for kind, some in found.by.items() if some)]
    width = max(len(one.label or "all") for _, some in groups for one in some)
    yield ""
    yield f"{'':{width}}  stances  {'right':18}  {'the opposite':18}  missed"
    for name, some in groups:
        if name:
            yield ""
            yield name
        for one in some:
            right, opposite, missed = (_cell(share) for share in (one.right, one.reversed, one.missed))
            yield f"{one.label or 'all':{width}}  {one.stances:7}  {right:18}  {opposite:18}  {missed}"
    yield ""
    yield f"'{TOO_FEW}': fewer than {LEAST} looked at; a group is as much as its interval says"


def _cell(one: Share | None) -> str:
    return share_text(one) if one else "-"


def share_text(one: Share) -> str:
    """A share with its interval, `91 % (84 to 95)`, or that too few were looked at."""
    return _shown(one) if one.tells else TOO_FEW


def _shown(one: Share) -> str:
    """A share with its interval: `91 % (84 to 95)`; `91 %` where nothing is estimated."""
    value = f"{100 * one.value:.0f} %"
    return value if one.complete else f"{value} ({100 * one.low:.0f} to {100 * one.high:.0f})"


def _about(one: Share) -> str:
    return _shown(one) if one.complete else f"about {_shown(one)}"


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


__all__ = [
    "CHANGED",
    "TOO_FEW",
    "share_text",
    "trust_json",
    "trust_note",
    "trust_sentence",
    "trust_sentences",
    "trust_text",
]

"""Changes of a record, each a new record: what a person corrects in a statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.build.actors import folded, names_of
from kg.build.newcomer_kinds import NewcomerKinds
from kg.build.records import Record, recorded_span
from kg.build.terms import shortened
from kg.link.affiliation import office_label
from kg.model.article import Article
from kg.model.codebook import Codebook
from kg.model.dates import bounds
from kg.model.errors import UsageError
from kg.model.iris import Iris, statement_key
from kg.model.register import Register
from kg.model.statement import POLARITIES


def with_stance(
    record: Record, codebook: Codebook, position: str, stance: str, condition: str | None = None
) -> Record:
    """The statement with a stance on a position, in place of the one that it had.

    Raises:
        UsageError: The codebook has no such position, or the stance is none.
    """
    slug = position_named(codebook, position)
    if stance not in POLARITIES:
        raise UsageError(f"'{stance}' is no stance", hint="use one of " + ", ".join(POLARITIES))
    new = {"position": slug, "stance": stance, "condition": (condition or "").strip() or None}
    others = [one for one in record["positions"] if one["position"] != slug]
    return {**record, "positions": sorted([*others, new], key=lambda one: str(one["position"]))}


def without_stance(record: Record, position: str) -> Record:
    """The statement without its stance on a position.

    Raises:
        UsageError: It has none on that.
    """
    left = [one for one in record["positions"] if one["position"] != position]
    if len(left) == len(record["positions"]):
        raise UsageError(f"the statement has no stance on '{position}'")
    return {**record, "positions": left}


def with_position(record: Record, codebook: Codebook, old: str, new: str) -> Record:
    """The statement with a stance moved from one position to another."""
    moved = next((one for one in record["positions"] if one["position"] == old), None)
    if moved is None:
        raise UsageError(f"the statement has no stance on '{old}'")
    return with_stance(without_stance(record, old), codebook, new, moved["stance"], moved["condition"])


def with_actor(record: Record, register: Register, iris: Iris, article: Article, name: str) -> Record:
    """The statement said by somebody else.

    The office is that of the day. A name in brackets is an unnamed source; one that the register lacks
    becomes an actor of its own, of the sort that loading would take it for.

    Raises:
        UsageError: The name is empty.
    """
    label = " ".join(name.split())
    if not label.strip("() "):
        raise UsageError("an actor needs a name", hint="an unnamed source stands in brackets: (official)")
    known = register.by_id.get(name) or names_of(register).get(folded(label))
    if known:
        actor = {"id": known.id, "label": known.name, "kind": known.kind, "affiliation": None}
        return {**record, "actor": actor, "office": office_label(known, record.get("said"))}
    if label.startswith("(") and label.endswith(")"):
        iri, kind = iris.unnamed_source(article.digest, label[1:-1].strip()), "unnamed"
    else:
        iri, kind = iris.actor(label), NewcomerKinds(()).of(label)
    return {
        **record,
        "actor": {"id": iri, "label": label, "kind": kind, "affiliation": None},
        "office": None,
    }


def with_date(record: Record, register: Register, said: str | None) -> Record:
    """The statement said at another time, as EDTF; nothing for unknown. The office is that of the day.

    Raises:
        InputError: The date is none.
    """
    date = (said or "").strip() or None
    if date is not None:
        bounds(date)
    actor = record["actor"]
    known = register.by_id.get(actor["id"]) if actor else None
    office = office_label(known, date) if known else record.get("office")
    return {**record, "said": date, "office": office}


def with_content(record: Record, article: Article, spans: Sequence[tuple[int, int]]) -> Record:
    """The statement with other content.

    Args:
        record: The statement.
        article: Its article.
        spans: [start, end) of each passage, in code points.

    Raises:
        UsageError: A passage is empty or does not stand in the article.
    """
    found: list[Record] = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= len(article.text):
            raise UsageError(f"{start}-{end} is no passage of the article", where=article.name)
        start, end = trimmed(article.text, start, end)
        if found and start < found[-1]["end"]:
            raise UsageError("two passages of one statement overlap", where=article.name)
        if start == end:
            raise UsageError("there are no words in that passage", where=article.name)
        found.append(recorded_span(article.text, start, end))
    if not found:
        raise UsageError("a statement has at least one passage", where=article.name)
    claim = " ".join(shortened(span["text"], 2000) for span in found)
    return {**record, "content": found, "claim": claim}


def split_at(record: Record, article: Article, at: int) -> tuple[Record, Record]:
    """Two statements of one, parted at a code point of its content; both keep its stances.

    Raises:
        UsageError: Nothing is left on one side.
    """
    before = [(span["start"], min(span["end"], at)) for span in record["content"] if span["start"] < at]
    after = [(max(span["start"], at), span["end"]) for span in record["content"] if span["end"] > at]
    sides = [[span for span in side if article.text[span[0] : span[1]].strip()] for side in (before, after)]
    if not all(sides):
        raise UsageError("a statement is split between two of its words", where=article.name)
    first, second = (with_content(record, article, side) for side in sides)
    return first, {**second, "id": new_key(second, article)}


def new_statement(article: Article, start: int, end: int) -> Record:
    """A statement that was missed: its content, and all else not known yet."""
    empty: Record = {
        "quote": "indirect",
        "source": None,
        "cue": None,
        "actor": None,
        "on_behalf_of": None,
        "office": None,
        "joint": [],
        "said": None,
        "force": "asserts",
        "reports": None,
        "positions": [],
    }
    started = with_content(empty, article, [(start, end)])
    return {**started, "id": new_key(started, article)}


def new_key(record: Record, article: Article) -> str:
    """The identifier of a statement that a person makes, from its spans."""
    source = record["source"]
    spans = [(span["start"], span["end"]) for span in record["content"]]
    return statement_key(article.digest, spans, (source["start"], source["end"]) if source else None)


def position_named(codebook: Codebook, name: str) -> str:
    """The slug of a position, from its slug or label.

    Raises:
        UsageError: The codebook has none of that name.
    """
    if name in codebook.position_by_slug:
        return name
    for position in codebook.positions:
        if position.label.casefold() == name.casefold():
            return position.slug
    from difflib import get_close_matches

    now = codebook.successors(name)
    if now:
        raise UsageError(f"'{name}' is {' and '.join(now)} now", hint="name that one")
    near = get_close_matches(name, codebook.position_by_slug, 1, 0.5)
    raise UsageError(
        f"the codebook has no position '{name}'", hint=f"did you mean '{near[0]}'?" if near else None
    )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A passage without white space at its ends.

    >>> trimmed(" yes ", 0, 5)
    (1, 4)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def changes(old: Record | None, new: Record) -> Iterable[str]:
    """What differs between two records of a statement, in words."""
    if old is None:
        yield "added"
        return
    if [(s["start"], s["end"]) for s in old["content"]] != [(s["start"], s["end"]) for s in new["content"]]:
        yield "other words"
    if (old["actor"] or {}).get("id") != (new["actor"] or {}).get("id"):
        yield f"said by {(new['actor'] or {}).get('label') or 'nobody named'}"
    if old["said"] != new["said"]:
        yield f"said {new['said'] or 'at an unknown time'}"
    before = {one["position"]: one for one in old["positions"]}
    after = {one["position"]: one for one in new["positions"]}
    for slug in sorted({*before, *after}):
        was, now = before.get(slug), after.get(slug)
        if was != now:
            yield f"{now['stance']} {slug}" if now else f"no stance on {slug}"


__all__ = [
    "changes",
    "new_key",
    "new_statement",
    "position_named",
    "split_at",
    "trimmed",
    "with_actor",
    "with_content",
    "with_date",
    "with_position",
    "with_stance",
    "without_stance",
]

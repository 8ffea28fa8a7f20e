"""Statements: an attribution with a claim in it, of one article, as the JSON-lines contract has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

from kg.model.attribution import FORCES, QUOTATIONS, Force, Quotation, Span
from kg.model.dates import bounds
from kg.model.errors import InputError

Polarity = Literal["supports", "opposes", "neutral"]
POLARITIES: tuple[Polarity, ...] = ("supports", "opposes", "neutral")
ActorKind = Literal["person", "organization", "state", "unnamed"]
KINDS: tuple[ActorKind, ...] = ("person", "organization", "state", "unnamed")


@dataclass(frozen=True, slots=True)
class ActorReference:
    """Who spoke: an actor of the register, one that the article introduces, or an unnamed source.

    Attributes:
        id: IRI.
        label: Canonical name; in brackets where the article names nobody: `(Russian official)`.
        affiliation: Label of the state or organisation officially spoken for on the day; None for none.
        kind: What sort of actor it is.
        known: Whether the register has the actor.
        member_of: Label of the state or organisation that the actor belongs to without speaking for it (a
            newspaper's country), or that an unnamed source is described with.
    """

    id: str
    label: str
    affiliation: str | None = None
    kind: ActorKind = "person"
    known: bool = True
    member_of: str | None = None

    def to_json(self) -> dict[str, object]:
        """The actor as the statement contract has it."""
        return {"id": self.id, "label": self.label, "affiliation": self.affiliation}


@dataclass(frozen=True, slots=True)
class PositionStance:
    """The stance that a statement takes on one position of the codebook.

    Attributes:
        position: Slug of the position.
        condition: The words of the condition, or None for an unconditional stance.
    """

    position: str
    stance: Polarity
    condition: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one article; `to_json` and `from_json` are the contract of `kg extract` and `kg load`.

    Attributes:
        id: Identifier within the graph: the article's digest (16 digits), a dot, a digest of the spans.
        actor: The speaker; None if unknown.
        on_behalf_of: The organisation whose view a spokesman gives, or None; it then holds the stances.
        office: Label of the office that the speaker held on that day.
        joint: The other speakers of a joint statement.
        said: EDTF date of the speech, or None.
        claim: The content in normalised words.
        reports: Identifier of the statement that this one reports ("X said that Y made it clear ...").
        reported_in: Identifier of the statement that reports this one.
    """

    article: str
    id: str
    quote: Quotation
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    actor: ActorReference | None = None
    on_behalf_of: ActorReference | None = None
    office: str | None = None
    joint: tuple[ActorReference, ...] = ()
    said: str | None = None
    force: Force = "asserts"
    claim: str = ""
    confidence: float = 1.0
    positions: tuple[PositionStance, ...] = ()
    reports: str | None = None
    reported_in: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The statement as one object of the JSON-lines contract; unknown values are null."""
        actor = self.actor
        return {
            "article": self.article,
            "id": self.id,
            "quote": self.quote,
            "source": self.source.to_json() if self.source else None,
            "cue": self.cue.to_json() if self.cue else None,
            "content": [span.to_json() for span in self.content],
            "actor": actor.to_json() if actor else None,
            "on_behalf_of": self.on_behalf_of.label if self.on_behalf_of else None,
            "office": self.office,
            "joint": [other.label for other in self.joint],
            "said": self.said,
            "force": self.force,
            "claim": self.claim,
            "confidence": round(self.confidence, 4),
            "positions": [
                {
                    "position": p.position,
                    "stance": p.stance,
                    "condition": p.condition,
                    "confidence": round(p.confidence, 4),
                }
                for p in self.positions
            ],
            "reports": self.reports,
            "reported_in": self.reported_in,
        }


@dataclass(frozen=True, slots=True)
class LoadedSpan:
    """A span as a hand wrote it: the words, and the offsets where they are known."""

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class LoadedStatement:
    """A line for `kg load` before it is tied to an article and a register: names instead of IRIs."""

    article: str
    content: tuple[LoadedSpan, ...]
    id: str | None = None
    quote: Quotation = "indirect"
    source: LoadedSpan | None = None
    cue: LoadedSpan | None = None
    actor_id: str | None = None
    actor_label: str | None = None
    actor_kind: ActorKind | None = None
    affiliation: str | None = None
    on_behalf_of: str | None = None
    office: str | None = None
    joint: tuple[str, ...] = ()
    said: str | None = None
    force: Force = "asserts"
    claim: str | None = None
    confidence: float | None = None
    positions: tuple[PositionStance, ...] = ()
    reports: str | None = None
    reported_in: str | None = None


_FIELDS = frozenset(
    [
        "article", "id", "quote", "source", "cue", "content", "actor", "on_behalf_of", "office", "joint",
        "said", "force", "claim", "confidence", "positions", "reports", "reported_in",
    ]
)  # fmt: skip
_ACTOR_FIELDS = frozenset(["id", "label", "affiliation", "kind"])
_POSITION_FIELDS = frozenset(["position", "stance", "condition", "confidence"])
_BELONGS_IN = {
    "position": "positions",
    "stance": "positions",
    "condition": "positions",
    "affiliation": "actor",
}


def unknown_fields(record: Any) -> set[str]:
    """The fields of a line that are none of the contract, which `from_json` passes over.

    >>> sorted(unknown_fields({"article": "a.txt", "page": 3, "actor": {"label": "Ann Lee", "party": "x"}}))
    ['actor.party', 'page']
    """
    if not isinstance(record, Mapping):
        return set()
    found = set(record) - _FIELDS
    if isinstance(actor := record.get("actor"), Mapping):
        found |= {f"actor.{name}" for name in set(actor) - _ACTOR_FIELDS}
    for coded in record.get("positions") or ():
        if isinstance(coded, Mapping):
            found |= {f"positions.{name}" for name in set(coded) - _POSITION_FIELDS}
    return found


def _refuse_slips(given: Mapping[str, Any], fields: frozenset[str], what: str, where: str) -> None:
    """Refuse a field whose name is a slip of one that is not there, for what it says would be lost."""
    for name in given:
        near = get_close_matches(name, fields - set(given), n=1, cutoff=0.8) if name not in fields else []
        if near:
            raise InputError(f"{what} has no field '{name}'", where=where, hint=f"did you mean '{near[0]}'?")


def _loaded_span(value: Any, where: str) -> LoadedSpan | None:
    if value is None:
        return None
    if isinstance(value, str):
        return LoadedSpan(value)
    if isinstance(value, Mapping) and isinstance(value.get("text"), str):
        start, end = value.get("start"), value.get("end")
        if all(n is None or (type(n) is int and n >= 0) for n in (start, end)):
            return LoadedSpan(value["text"], start, end)
    raise InputError("a span needs its text and, if known, start and end", where=where)


def _one_of(value: Any, allowed: tuple[str, ...], name: str, where: str) -> Any:
    if value not in allowed:
        raise InputError(f"{name} is {value!r}", where=where, hint="use one of " + ", ".join(allowed))
    return value


def _text(value: Any, name: str, where: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise InputError(f"{name} is {value!r} and should be text or null", where=where)


def _confidence(value: Any, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise InputError(f"confidence is {value!r}", where=where, hint="use a number from 0 to 1")
    return float(value)


def _position(value: Any, where: str) -> PositionStance:
    if not isinstance(value, Mapping) or not isinstance(value.get("position"), str):
        raise InputError("each of positions needs a position and a stance", where=where)
    _refuse_slips(value, _POSITION_FIELDS, "one of positions", where)
    stance = _one_of(value.get("stance"), POLARITIES, "stance", where)
    confidence = _confidence(value.get("confidence"), where)
    condition = _text(value.get("condition"), "condition", where)
    return PositionStance(
        value["position"], stance, condition or None, 1.0 if confidence is None else confidence
    )


def from_json(record: Any, where: str) -> LoadedStatement:
    """Read one object of the JSON-lines contract, from our own output or any other hand.

    Args:
        record: The parsed JSON value.
        where: File and line, for messages.

    Raises:
        InputError: A field is missing, has a value that the contract does not allow, or has a name that is a
            slip of one of the contract's. Other fields are passed over.

    >>> from_json({"article": "a.txt", "content": ["We agree"], "said": "2010-04"}, "x:1").said
    '2010-04'
    """
    if not isinstance(record, Mapping):
        raise InputError("a statement is a JSON object", where=where)
    for name, home in _BELONGS_IN.items():
        if record.get(name) is not None and home not in record:
            raise InputError(f"'{name}' stands by itself", where=where, hint=f"it belongs into '{home}'")
    _refuse_slips(record, _FIELDS, "a statement", where)
    if not isinstance(record.get("article"), str) or not record["article"]:
        raise InputError("the statement names no article", where=where, hint='add "article", a file name')
    content = record.get("content")
    content = [content] if isinstance(content, str | Mapping) else content
    pieces = content if isinstance(content, list) else []
    spans = tuple(span for item in pieces if (span := _loaded_span(item, where)) is not None)
    if not spans:
        raise InputError("the statement has no content", where=where, hint='add "content", the words said')
    actor = record.get("actor")
    actor = {"label": actor} if isinstance(actor, str) else actor
    if actor is not None and not isinstance(actor, Mapping):
        raise InputError("actor should be a name or an object with id and label", where=where)
    actor = actor or {}
    _refuse_slips(actor, _ACTOR_FIELDS, "an actor", where)
    other = sorted(set(actor) - _ACTOR_FIELDS)
    if other and actor.get("label") is None and actor.get("id") is None:
        raise InputError(
            f"the actor has no label but '{other[0]}'", where=where, hint="call the name 'label'"
        )
    joint = record.get("joint") or []
    if not isinstance(joint, list) or not all(isinstance(name, str) for name in joint):
        raise InputError("joint should be a list of names", where=where)
    positions = record.get("positions") or []
    if not isinstance(positions, list):
        raise InputError("positions should be a list", where=where)
    said = _text(record.get("said"), "said", where)
    if said is not None:
        try:
            bounds(said)
        except InputError as error:
            raise InputError(error.what, where=where, hint=error.hint) from error
    return LoadedStatement(
        article=record["article"],
        content=spans,
        id=_text(record.get("id"), "id", where),
        quote=_one_of(record.get("quote") or "indirect", QUOTATIONS, "quote", where),
        source=_loaded_span(record.get("source"), where),
        cue=_loaded_span(record.get("cue"), where),
        actor_id=_text(actor.get("id"), "actor id", where),
        actor_label=_text(actor.get("label"), "actor label", where),
        actor_kind=_one_of(actor["kind"], KINDS, "actor kind", where) if actor.get("kind") else None,
        affiliation=_text(actor.get("affiliation"), "affiliation", where),
        on_behalf_of=_text(record.get("on_behalf_of"), "on_behalf_of", where),
        office=_text(record.get("office"), "office", where),
        joint=tuple(joint),
        said=said,
        force=_one_of(record.get("force") or "asserts", FORCES, "force", where),
        claim=_text(record.get("claim"), "claim", where),
        confidence=_confidence(record.get("confidence"), where),
        positions=tuple(_position(item, where) for item in positions),
        reports=_text(record.get("reports"), "reports", where),
        reported_in=_text(record.get("reported_in"), "reported_in", where),
    )


__all__ = [
    "KINDS",
    "POLARITIES",
    "ActorKind",
    "ActorReference",
    "LoadedSpan",
    "LoadedStatement",
    "Polarity",
    "PositionStance",
    "Statement",
    "from_json",
    "unknown_fields",
]

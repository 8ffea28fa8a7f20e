"""Dates from offices: "then president", "as economy minister", "had offered" of somebody out of office."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence

from spacy.tokens import Token

from kg.link.affiliation import held_on
from kg.link.descriptions import Description
from kg.link.entities import Entity
from kg.link.offices import office_fit
from kg.link.tense import Tense
from kg.model.dates import Bounds, bounds, interval
from kg.model.register import Membership

_TOOK_OFFICE = re.compile(
    r"\b(?:took over|took office|came to power|came into office|took power"
    r"|was (?:elected|sworn in|inaugurated)"
    r"|became (?:president|prime minister|chancellor|premier)|taking office|taking over)\b",
    re.IGNORECASE,
)


class PastOffices:
    """Bounds a speech by the office in which it was held.

    Args:
        text: The article's text.
        published: Bounds of the date of print; None where unknown.
    """

    def __init__(self, text: str, published: Bounds | None) -> None:
        """Keep what "over" is measured by."""
        self._text = text
        self._published = published

    def bounds_of(
        self,
        entity: Entity | None,
        descriptions: Sequence[Description],
        tense: Tense,
        token: Token | None,
    ) -> Bounds | None:
        """The bounds of an office that dates what its holder said; None where no office does.

        Args:
            entity: Who speaks.
            descriptions: What the source span says of the speaker ("then president").
            tense: The cue's tense: "had offered" by somebody long out of office was said in office.
            token: The cue's token; its sentence may say "as economy minister" or "since she took over".
        """
        actor = entity.actor if entity is not None else None
        if actor is None:
            return None
        ended = [m for m in actor.memberships if m.office and m.until and self._is_over(m)]
        for description in descriptions:
            if description.then:
                fitting = [m for m in ended if office_fit(description.role, m.office or "") >= 0.6]
                if fitting:
                    return self._tenure(fitting[-1:])
        if token is not None and (role := self._as_role(token)):
            fitting = [m for m in ended if office_fit(role, m.office or "") >= 0.8]
            now = [
                m for m in held_on(actor.memberships, self._edtf()) if office_fit(role, m.office or "") >= 0.8
            ]
            if fitting and (not now or "during" in self._text[token.sent.start_char : token.idx].lower()):
                return self._tenure(fitting[-1:])
        if (
            token is not None
            and tense in ("past", "past perfect", "none")
            and token.dep_ in ("advcl", "acl", "conj")
        ):
            clause = self._text[token.sent.start_char : token.idx]
            if (match := _TOOK_OFFICE.search(clause)) and len(clause) - match.end() < 60:
                begun = [m for m in held_on(actor.memberships, self._edtf()) if m.office and m.since]
                if begun and begun[0].since:
                    since = bounds(begun[0].since)
                    if since.earliest:
                        return Bounds(
                            since.earliest.replace(day=1), _end_of_month(since.latest or since.earliest)
                        )
        if (
            tense == "past perfect"
            and ended
            and not held_on((m for m in actor.memberships if m.office), self._edtf())
        ):
            return self._tenure(ended[-1:])
        return None

    def _as_role(self, token: Token) -> str | None:
        """The office in "As economy minister he argued"."""
        match = re.match(
            r"\W*(?:as|when (?:he|she) was|while|during (?:his|her) (?:time|years|term) as)\s+"
            r"(?:an?\s+|the\s+|then\s+)?"
            r"([a-z][\w' -]{3,40}?)(?:\s+in\s+\d{4})?(?:,|\s+(?:he|she|mr|mrs|ms)\b)",
            self._text[token.sent.start_char : token.idx],
            re.IGNORECASE,
        )
        if match:
            return match[1]
        match = re.match(
            r"\W*during (?:his|her) (presiden|premier|chancellor)\w*\b",
            self._text[token.sent.start_char : token.idx],
            re.IGNORECASE,
        )
        if match is None:
            return None
        return {"presiden": "president", "premier": "prime minister"}.get(match[1].lower(), "chancellor")

    def _edtf(self) -> str | None:
        return interval(self._published.earliest, self._published.latest) if self._published else None

    def _is_over(self, membership: Membership) -> bool:
        if self._published is None or membership.until is None:
            return False
        return bounds(membership.until).before(self._published)

    @staticmethod
    def _tenure(memberships: Sequence[Membership]) -> Bounds:
        last = memberships[-1]
        since = bounds(last.since).earliest if last.since else None
        until = bounds(last.until).latest if last.until else None
        return Bounds(since, until)


def _end_of_month(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])

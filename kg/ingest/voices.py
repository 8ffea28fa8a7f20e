"""Who hardly speaks for the state or body that they belong to, by office or name, where a register is silent.

A newspaper, a party or a university belongs to a state without being its voice, and a professor speaks for
nobody. The register's column `voice` overrules what is guessed here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model.register import RegisteredKind, Voice

_UNOFFICIAL_OFFICE = re.compile(
    r"\b(?:ex|former|late|retired|past|one-time|emeritus|honorary|self-styled|would-be"
    r"|journalist|reporter|correspondent|columnist|commentator|pundit|blogger|editor|broadcaster|anchor"
    r"|presenter|photographer|publisher|author|writer|poet|novelist|film-?maker|artist|singer|actor|actress"
    r"|analyst|expert|specialist|scholar|academic|professor|lecturer|researcher|scientist|fellow|historian"
    r"|economist|sociologist|philosopher|theologian|political scientist|think[- ]tank|consultant|pollster"
    r"|activist|campaigner|dissident|critic|protester|demonstrator|whistle-?blower|defector|exile|oligarch"
    r"|businessman|businesswoman|entrepreneur|lawyer|barrister|defendant|prisoner|witness|victim|farmer"
    r"|student"
    r"|opposition|shadow|candidate|challenger|rival|citizen|resident|voter|survivor)s?\b",
    re.IGNORECASE,
)
# Offices of state that hold one of the words above and are official all the same.
_OFFICIAL_OFFICE = re.compile(
    r"\b(?:minister|ministry|secretary|ambassador|envoy|spokes\w+|chief scientist|chief economist"
    r"|chief scientific|attorney general|prosecutor|commissioner|adviser|advisor|director general)\b",
    re.IGNORECASE,
)
_NOT_IN_OFFICE = re.compile(
    r"\b(?:ex|former|late|retired|past|one-time|shadow|opposition|candidate)\b", re.IGNORECASE
)
_RIVALRY = re.compile(r"\b(?:(?:leader )?of the opposition|opposition|shadow)\b\s*", re.IGNORECASE)
_UNOFFICIAL_BODY = re.compile(
    r"\b(?:newspaper|daily|weekly|gazette|herald|tribune|times|telegraph|guardian|chronicle|journal"
    r"|magazine"
    r"|review|press|media|news|radio|television|tv|channel|broadcast\w*|news agency|publishing"
    r"|party|opposition|faction|union|federation of trade|congress of trade"
    r"|university|college|school|academy|institute|institution|think[- ]tank|foundation|forum|society"
    r"|association|league|club|movement|campaign|front|coalition|alliance|network|watch|ngo|charity"
    r"|church|mosque|company|corporation|corp|inc|ltd|plc|llc|gmbh|group|holdings?|industries|pollster"
    r"|polling|centre for|center for|research cent(?:er|re))\b",
    re.IGNORECASE,
)
_OFFICIAL_BODY = re.compile(
    r"\b(?:ministry|department|government|parliament|senate|congress of the|house of|council|court|army"
    r"|navy"
    r"|air force|armed forces|police|(?<!news )agency|embassy|mission|delegation|administration"
    r"|presidency|office of"
    r"|central bank|state bank|reserve bank|kremlin|white house|cabinet|commission|directorate"
    r"|security service)\b",
    re.IGNORECASE,
)


_OUTLET_OR_SCHOOL = re.compile(
    r"\b(?:newspaper|daily|weekly|gazette|herald|tribune|times|telegraph|guardian|chronicle|journal|magazine|news"
    r"|radio|television|tv|broadcast\w*|university|college|school|academy|institute|think[- ]tank)\b",
    re.IGNORECASE,
)
_SPOKESMAN = re.compile(r"\bspokes\w+|\bpress (?:secretary|officer)\b", re.IGNORECASE)


def usual_voice(
    kind: RegisteredKind,
    names: Sequence[str],
    office: str | None,
    group_kind: RegisteredKind,
    group_names: Sequence[str] = (),
) -> Voice:
    """Whether a member usually speaks for the group.

    Args:
        kind: What the member is.
        names: The member's name and aliases.
        office: Label of the office, or None.
        group_kind: What the member belongs to.
        group_names: The group's name and aliases.

    >>> usual_voice("person", ["Ann Lee"], "Foreign Minister", "state")
    'official'
    >>> usual_voice("person", ["Ann Lee"], "Professor of history", "organization")
    'other'
    >>> usual_voice("person", ["Ann Lee"], "Bureau chief", "organization", ["Evening Herald"])
    'other'
    >>> usual_voice("organization", ["The Evening Herald"], None, "state")
    'other'
    """
    if office and group_kind == "organization":
        # A leader of the opposition speaks for nobody's state, but for the party.
        office = _RIVALRY.sub("", office) or "leader"
    if office and _UNOFFICIAL_OFFICE.search(office):
        official = _OFFICIAL_OFFICE.search(office) and not _NOT_IN_OFFICE.search(office)
        return "official" if official else "other"
    if kind == "person" and group_kind == "organization" and _speaks_for_itself(group_names):
        return "official" if office and _SPOKESMAN.search(office) else "other"
    if office or kind == "state":
        return "official"
    if kind == "person":
        # Without an office a citizen does not speak for the state; a member may well speak for a body.
        return "other" if group_kind == "state" else "official"
    if group_kind != "state":
        return "official"
    # Aliases say what a bare name hides: "Vremya" is "Vremya daily" too.
    every = " | ".join(names)
    return "other" if _UNOFFICIAL_BODY.search(every) and not _OFFICIAL_BODY.search(every) else "official"


def _speaks_for_itself(names: Sequence[str]) -> bool:
    """Whether people there give their own views: at newspapers, broadcasters, universities and institutes."""
    every = " | ".join(names)
    return bool(_OUTLET_OR_SCHOOL.search(every)) and not _OFFICIAL_BODY.search(every)


__all__ = ["usual_voice"]

"""Offices, affiliations and belonging on a day."""

import pytest

from kg.link.affiliation import affiliation_on, belongs_to, held_on, office_label, office_on, voice_on
from kg.model.register import Actor, Membership, Register

PRESIDENT = Membership("norland", "President", "2000-05-07", "2008-05-07")
PREMIER = Membership("government", "Prime Minister", "2008-05-08", "2012-05-07")
ENVOY = Membership("union", "Envoy", "2011-03", "2011-09")
LEADER = Actor("leader", "Leader", "person", memberships=(PRESIDENT, PREMIER))
REGISTER = Register(
    (
        Actor("norland", "Norland", "state", memberships=(Membership("union"),)),
        Actor("union", "Union", "organization"),
        Actor("council", "Council", "organization", memberships=(Membership("union"),)),
        Actor("government", "Government", "organization", memberships=(Membership("norland"),)),
        Actor("paper", "Paper", "organization", memberships=(Membership("norland", voice="other"),)),
        Actor("colony", "Colony", "organization", memberships=(Membership("norland", until="1990"),)),
        LEADER,
        Actor("envoy", "Envoy", "person", memberships=(Membership("government"), ENVOY)),
        Actor("editor", "Editor", "person", memberships=(Membership("paper", "editor"),)),
        Actor("scholar", "Scholar", "person", own_office="historian"),
        Actor("round", "Round", "organization", memberships=(Membership("robin"),)),
        Actor("robin", "Robin", "organization", memberships=(Membership("round"),)),
        Actor("lost", "Lost", "person", memberships=(Membership("nowhere", "Chair"),)),
    )
)


def actor(name):
    return REGISTER.by_id[name]


@pytest.mark.parametrize(
    ("date", "office"),
    [
        ("2000-05-06", None),
        ("2007", "President"),
        ("2008-05-07", "President"),
        ("2008-05-08", "Prime Minister"),
        ("2008-05", "Prime Minister"),  # either: the more recently begun
        ("2008-04/2008-05-07", "President"),  # surely this one on every day
        ("../2007", "President"),
        ("2012-05-08", None),
        (None, "Prime Minister"),
    ],
)
def test_the_office_of_the_day(date, office):
    found = office_on(LEADER, date)
    assert (found.office if found else None) == office
    assert office_label(LEADER, date) == office


@pytest.mark.parametrize(
    ("name", "date", "affiliation"),
    [
        ("norland", "2009", "norland"),  # a state speaks for itself, not for its alliance
        ("union", "2009", "union"),
        ("council", "2009", "union"),
        ("government", "2009", "norland"),
        ("leader", "2009", "norland"),
        ("leader", "2014", None),
        ("paper", "2009", None),
        ("editor", "2009", None),
        ("scholar", "2009", None),
        ("colony", "1980", "norland"),
        ("colony", "2000", "colony"),
        ("envoy", "2009", "norland"),
        ("envoy", "2011-05", "union"),
        ("lost", "2009", "nowhere"),
        ("round", "2009", None),
    ],
)
def test_whom_an_actor_speaks_for(name, date, affiliation):
    assert affiliation_on(actor(name), date, REGISTER) == affiliation
    assert voice_on(actor(name), date, REGISTER) == ("official" if affiliation else "other")


def test_belonging_stops_at_a_state():
    assert belongs_to(LEADER, "2009", REGISTER) == ("leader", "government", "norland")
    assert belongs_to(LEADER, "2007", REGISTER) == ("leader", "norland")
    assert belongs_to(LEADER, "2014", REGISTER) == ("leader",)
    assert belongs_to(LEADER, "2014", REGISTER, "other") == ("leader", "norland", "government")
    assert belongs_to(actor("editor"), "2009", REGISTER, "other") == ("editor", "paper", "norland")
    assert belongs_to(actor("norland"), "2009", REGISTER, "other") == ("norland",)
    assert belongs_to(actor("round"), "2009", REGISTER) == ("round", "robin")


def test_what_was_surely_held_goes_first():
    perhaps, surely = Membership("a", "A", "2009-06", "2010"), Membership("b", "B", "2005", "2010")
    assert held_on([perhaps, surely], "2009-05/2009-07") == [surely, perhaps]
    assert held_on([perhaps, surely], "2009-05/2009-07", sure_only=True) == [surely]
    assert held_on([perhaps, surely], "2009-08") == [perhaps, surely]

import pytest

from kg.model.iris import statement_key
from tests.link.reading_of import ROWS, link_marked, linked, marked


def actors(statements):
    return [s.actor.label if s.actor else None for s in statements]


def one(folder, text, source, cue="said", content="the plan was wrong", **more):
    return link_marked(folder, marked(text, (source, cue, content), **more))[0]


@pytest.mark.parametrize(
    ("source", "label", "affiliation"),
    [
        ("Mr Lavrov", "Sergey Lavrov", "Russia"),
        ("Foreign Minister Sergei Lavrov", "Sergey Lavrov", "Russia"),
        ("the Secretary-General of Nato", "Anders Fogh Rasmussen", "NATO"),
        ("the Nato chief", "Anders Fogh Rasmussen", "NATO"),
        ("Norway's foreign minister", "Kari Nordmann", "Norway"),
        ("Moscow", "Russia", "Russia"),
        ("the Kremlin", "Russia", "Russia"),
        ("the Russian government", "Russia", "Russia"),
        ("Brussels", "European Union", "European Union"),
        ("Nato", "NATO", "NATO"),
        ("the Norwegian Foreign Ministry", "Norwegian Foreign Ministry", "Norway"),
        ("Oslo's Foreign Ministry", "Norwegian Foreign Ministry", "Norway"),
        ("the Fjord Times", "The Fjord Times", None),
        ("Tallinn", "Estonia", "Estonia"),
        ("the Estonian Defence Ministry", "Estonian Defence Ministry", "Estonia"),
        ("Greenpeace", "Greenpeace", "Greenpeace"),
        ("AFP", "AFP", None),
        ("US officials", "(US officials)", "United States"),
        ("a senior Russian official", "(senior Russian official)", "Russia"),
        ("Russian media", "(Russian media)", None),
        ("critics in Norway", "(critics in Norway)", None),
        ("a Kalvian diplomat", "(Kalvian diplomat)", "Kalvia"),
        ("Estonian Foreign Minister Urmas Paet", "Urmas Paet", "Estonia"),
        ("Aaron Tovish, an anti-nuclear campaigner", "Aaron Tovish", None),
        ("the BBC's defence correspondent, Nick Childs", "Nick Childs", None),
        ("former US ambassador Ann Lee", "Ann Lee", None),
        ("Greenpeace director John Green", "John Green", "Greenpeace"),
        ("Jane Roe, professor of physics at the University of Oslo", "Jane Roe", None),
    ],
)
def test_who_speaks_and_for_whom(tmp_path, source, label, affiliation):
    text = f"Yesterday, as all had expected, {source} said that the plan was wrong."
    statement = one(tmp_path, text, source)
    assert (statement.actor.label, statement.actor.affiliation) == (label, affiliation)


@pytest.mark.parametrize(
    ("published", "office"), [("2007-02-10", "President"), ("2009-09-18", "Prime Minister"), ("2014", None)]
)
def test_the_office_is_that_of_the_day(tmp_path, published, office):
    statement = one(
        tmp_path, "Vladimir Putin said the plan was wrong.", "Vladimir Putin", published=published
    )
    assert statement.office == office
    assert statement.actor.affiliation == ("Russia" if office else None)


def test_the_article_tells_the_office_of_whom_the_register_lacks(tmp_path):
    text = "Estonian Foreign Minister Urmas Paet said the plan was wrong."
    statement = one(tmp_path, text, "Estonian Foreign Minister Urmas Paet")
    assert (statement.office, statement.actor.known) == ("Foreign Minister", False)


def test_a_spokesman_speaks_for_the_house(tmp_path):
    statement = one(tmp_path, "James Appathurai said the plan was wrong.", "James Appathurai")
    assert statement.on_behalf_of.label == "NATO"
    statement = one(tmp_path, "Sergey Lavrov said the plan was wrong.", "Sergey Lavrov")
    assert statement.on_behalf_of is None


def test_joint_speakers(tmp_path):
    statement = one(
        tmp_path,
        "Sergey Lavrov and Kari Nordmann said the plan was wrong.",
        "Sergey Lavrov and Kari Nordmann",
    )
    assert (statement.actor.label, [a.label for a in statement.joint]) == ("Sergey Lavrov", ["Kari Nordmann"])
    statement = one(tmp_path, "Norway and the US said the plan was wrong.", "Norway and the US")
    assert [a.label for a in (statement.actor, *statement.joint)] == ["Norway", "United States"]


def test_pronouns_descriptions_and_quotes_without_a_source(tmp_path):
    text = (
        "Russian Foreign Minister Sergey Lavrov said the plan was wrong. He added that talks would go on.\n\n"
        "Kari Nordmann, his Norwegian colleague, said her country was ready. The minister said it had time. "
        "She warned that winter was near. “We are patient.”"
    )
    reading = marked(
        text,
        ("Russian Foreign Minister Sergey Lavrov", "said", "the plan was wrong"),
        ("He", "added", "talks would go on"),
        ("Kari Nordmann", "said", "her country was ready"),
        ("The minister", "said", "it had time"),
        ("She", "warned", "winter was near"),
        (None, None, "We are patient"),
    )
    assert actors(link_marked(tmp_path, reading)) == ["Sergey Lavrov"] * 2 + ["Kari Nordmann"] * 4


def test_a_slip_in_a_name_and_a_surname_first(tmp_path):
    text = "Aaron Tovish said it was late. Tovihs said it was wrong."
    reading = marked(text, ("Aaron Tovish", "said", "it was late"), ("Tovihs", "said", "it was wrong"))
    assert actors(link_marked(tmp_path, reading)) == ["Aaron Tovish"] * 2


def test_two_people_with_one_surname_stay_two(tmp_path):
    rows = ROWS + "Ivar Hansen,person,,,,,,\n"
    text = "Ivar Hansen said it was late. Ola Hansen said it was wrong. Ivar Hansen said no more was needed."
    reading = marked(
        text,
        ("Ivar Hansen", "said", "it was late"),
        ("Ola Hansen", "said", "it was wrong"),
        ("Ivar Hansen", "said", "no more was needed"),
    )
    assert actors(link_marked(tmp_path, reading, rows)) == ["Ivar Hansen", "Ola Hansen", "Ivar Hansen"]


def test_the_alliance_and_its_chief(tmp_path):
    text = (
        "NATO met in Oslo, and the alliance said no date was set. The alliance's chief said the door is open."
    )
    reading = marked(
        text,
        ("the alliance", "said", "no date was set"),
        ("The alliance's chief", "said", "the door is open"),
    )
    assert actors(link_marked(tmp_path, reading)) == ["NATO", "Anders Fogh Rasmussen"]


def test_identifiers_and_claims(tmp_path):
    text = "Sergey Lavrov said that “the  plan [of April] was wrong”."
    reading = marked(text, ("Sergey Lavrov", "said", "“the  plan [of April] was wrong”"))
    statement = link_marked(tmp_path, reading)[0]
    span = statement.content[0]
    assert statement.id == statement_key(reading.article.digest, [(span.start, span.end)], (0, 13))
    assert statement.claim == "The plan of April was wrong"
    assert statement.actor.id.endswith("/actor/sergey-lavrov")


def test_reported_speech_is_chained_and_the_whole_way_works(tmp_path):
    text = (
        "Nato spokesman James Appathurai said on Thursday: “Secretary-General Rasmussen has made clear that "
        "Russia must be part of the system.”\n\nA Russian official said Moscow had doubts."
    )
    statements = linked(tmp_path, text)
    assert statements[0].actor.label == "James Appathurai"
    assert statements[0].said == "2010-04-22"
    inner = [s for s in statements if s.reported_in == statements[0].id]
    assert all(statements[0].reports == s.id for s in inner[:1])
    assert statements[-1].actor.label == "(Russian official)"
    assert statements[-1].actor.affiliation == "Russia"


def test_nothing_to_link(tmp_path):
    assert linked(tmp_path, "Skip to content\n\nHome\n") == []
    assert linked(tmp_path, "") == []

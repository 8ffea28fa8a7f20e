"""Speakers whom the register lacks, and those called by epithets, pronouns and mere kinds of houses."""

import pytest

from kg.link.genders import gender_by_name
from kg.link.initials import explained_initials
from tests.link.reading_of import ROWS, link_marked, marked

MORE = (
    ROWS
    + """Nordland Shipping,organization,Nordland,,,,,
Dockers' Union,organization,,,,,,
Province of Vestmark,organization,Vestmark,,,,,
Port Authority,organization,,Norway,,,,
Ellen Ås-Berg,person,,Nordland Shipping,Chief Executive,2005,,
Signe Dahl,person,,Province of Vestmark,Governor,2007,,
Kveldsposten,organization,,,,,,
"""
)


def speakers(folder, text, *parts, rows=MORE):
    statements = link_marked(folder, marked(text, *parts), rows)
    return [(s.actor.label, s.actor.affiliation) if s.actor else None for s in statements]


@pytest.mark.parametrize(
    ("before", "source", "label", "affiliation"),
    [
        # Officials of the state that the article is at home in.
        ("Oslo was calm. Norway waits.", "One minister", "(minister)", "Norway"),
        ("Oslo was calm. Norway waits.", "A senior federal official", "(senior federal official)", "Norway"),
        ("Norway waits.", "Fisheries Minister Per Lund", "Per Lund", "Norway"),
        ("Norway waits.", "a Health Department spokesman", "(Health Department spokesman)", "Norway"),
        ("Norway waits.", "a hospital official", "(hospital official)", None),
        # Firms and unions, whatever adjective stands before them.
        ("Nordland Shipping (NRD.OL) fell.", "the company", "Nordland Shipping", "Nordland Shipping"),
        ("Dockers' Union and Nordland met.", "the union", "Dockers' Union", "Dockers' Union"),
        (
            "Nordland Shipping (NRD.OL) fell.",
            "Eva Holm, the Norwegian carrier's head of ports",
            "Eva Holm",
            "Nordland Shipping",
        ),
        ("Nordland Shipping fell.", "CEO Ellen As-Berg", "Ellen Ås-Berg", "Nordland Shipping"),
        ("Nobody came.", "Ann Lee, who runs a bakery with nine staff in Hull", "Ann Lee", None),
        ("Nobody came.", "Ole Vik, an analyst at Fram Securities", "Ole Vik", None),
        ("Nobody came.", "the Rev Jon Lie of Mariners' Chapel", "Jon Lie", None),
        (
            "Nobody came.",
            "Mia Moe, president of the National Fishing Society",
            "Mia Moe",
            "National Fishing Society",
        ),
        # Places within states speak for themselves.
        ("Vestmark objects.", "the province", "Province of Vestmark", "Province of Vestmark"),
        ("Vestmark objects.", "police in Vestmark", "Province of Vestmark", "Province of Vestmark"),
        ("Vestmark objects.", "Governor Signe Dahl", "Signe Dahl", "Province of Vestmark"),
        # Newspapers speak for nobody, known as one by name or by what the text calls it.
        ("Nobody came.", "the daily Kveldsposten", "Kveldsposten", None),
        ("Nobody came.", "MrLavrov", "Sergey Lavrov", "Russia"),
        ("Nobody came.", "a UN committee", "United Nations", "United Nations"),
    ],
)
def test_whom_the_register_lacks(tmp_path, before, source, label, affiliation):
    text = f"{before} Yesterday, as had been hoped, {source} said that the plan was wrong."
    assert speakers(tmp_path, text, (source, "said", "the plan was wrong")) == [(label, affiliation)]


@pytest.mark.parametrize(
    "epithet",
    ["The 58-year-old", "The mother of two", "The former welder", "The Norwegian", "The veteran politician"],
)
def test_an_epithet_stands_for_the_person_last_spoken_of(tmp_path, epithet):
    text = f"Ellen Ås-Berg said the port was closed.\n\n{epithet} said that the plan was wrong."
    found = speakers(
        tmp_path,
        text,
        ("Ellen Ås-Berg", "said", "the port was closed"),
        (epithet, "said", "the plan was wrong"),
    )
    assert found == [("Ellen Ås-Berg", "Nordland Shipping")] * 2


@pytest.mark.parametrize("other", ["The finance minister", "The French", "Critics", "A 58-year-old"])
def test_no_epithet_is_who_holds_an_office_or_is_new(tmp_path, other):
    text = f"Ellen Ås-Berg said the port was closed.\n\n{other} said that the plan was wrong."
    found = speakers(
        tmp_path,
        text,
        ("Ellen Ås-Berg", "said", "the port was closed"),
        (other, "said", "the plan was wrong"),
    )
    assert found[1] is None or found[1][0] != "Ellen Ås-Berg"


def test_the_first_line_describes_whom_the_next_paragraph_names(tmp_path):
    text = (
        "The owner of the ship that sank off Bergen has told a court that the crew was drunk.\n\n"
        "Ellen Ås-Berg, the chief executive of Nordland Shipping, said she had seen the bottles."
    )
    found = speakers(
        tmp_path,
        text,
        ("The owner of the ship that sank off Bergen", "told", "the crew was drunk"),
        ("Ellen Ås-Berg, the chief executive of Nordland Shipping", "said", "she had seen the bottles"),
    )
    assert found == [("Ellen Ås-Berg", "Nordland Shipping")] * 2


def test_who_wants_no_name_gets_none(tmp_path):
    text = (
        "A manager of the firm, who asked not to be named, has said that the crew was drunk.\n\n"
        "Ellen Ås-Berg, a manager of Nordland Shipping, said she had seen the bottles."
    )
    source = "A manager of the firm, who asked not to be named"
    found = speakers(
        tmp_path,
        text,
        (source, "said", "the crew was drunk"),
        ("Ellen Ås-Berg, a manager of Nordland Shipping", "said", "she had seen the bottles"),
    )
    assert found[0][0].startswith("(")


def test_another_is_of_the_kind_of_the_last(tmp_path):
    text = "Norway waits. One minister said the port was lost. Another said that the plan was wrong."
    found = speakers(
        tmp_path,
        text,
        ("One minister", "said", "the port was lost"),
        ("Another", "said", "the plan was wrong"),
    )
    assert found[1] == ("(another minister)", "Norway")


def test_pronouns_follow_given_names(tmp_path):
    text = (
        "Gunnar Moen said the port was closed. Astrid Vik listened to him. "
        "He said that the plan was wrong, and later she said the sea was cold."
    )
    found = speakers(
        tmp_path,
        text,
        ("Gunnar Moen", "said", "the port was closed"),
        ("He", "said", "the plan was wrong"),
        ("she", "said", "the sea was cold"),
    )
    assert [name for name, _ in found] == ["Gunnar Moen", "Gunnar Moen", "Astrid Vik"]


def test_a_house_of_another_kind_is_not_meant(tmp_path):
    text = "Nordland Shipping met the Dockers' Union. Nobody smiled. The union said that the plan was wrong."
    assert speakers(tmp_path, text, ("The union", "said", "the plan was wrong"))[0][0] == "Dockers' Union"
    text = "The Port Authority and Nordland Shipping met. The carrier said that the plan was wrong."
    assert (
        speakers(tmp_path, text, ("The carrier", "said", "the plan was wrong"))[0][0] == "Nordland Shipping"
    )


def test_initials_that_the_article_explains(tmp_path):
    text = "The Arctic Fishers' League (AFL) met. The AFL said that the plan was wrong."
    found = speakers(tmp_path, text, ("The AFL", "said", "the plan was wrong"))
    assert found == [("Arctic Fishers' League", "Arctic Fishers' League")]
    assert explained_initials("It (he said) and The Big Fish (TBC) differ.") == {}


def test_her_department_and_her_boss(tmp_path):
    text = "Kari Nordmann left early. Ms Nordmann's ministry said that the plan was wrong."
    found = speakers(tmp_path, text, ("Ms Nordmann's ministry", "said", "the plan was wrong"))
    assert found == [("Norwegian Foreign Ministry", "Norway")]


def test_a_gerund_is_nobody(tmp_path):
    text = "Briefing reporters later, Mr Lavrov said that the plan was wrong."
    found = speakers(tmp_path, text, ("Briefing reporters", "said", "the plan was wrong"))
    assert found == [("Sergey Lavrov", "Russia")]


def test_names_of_both_genders_tell_none():
    assert [gender_by_name(name) for name in ("Andrea Vik", "Robin Lee", "Lee")] == [None, None, None]


def test_a_short_name_and_the_agency_and_a_federal_mediator(tmp_path):
    text = (
        "Oslo: Norway waits. Skagen Petroleum cut jobs. A spokesman for Skagen said the port was closed. "
        "NFSA fined the firm. The agency said the sea was cold. "
        "A federal mediator, Ivar Moe, said that the plan was wrong."
    )
    found = speakers(
        tmp_path,
        text,
        ("A spokesman for Skagen", "said", "the port was closed"),
        ("The agency", "said", "the sea was cold"),
        ("A federal mediator, Ivar Moe", "said", "the plan was wrong"),
    )
    assert found == [
        ("(spokesman for Skagen)", "Skagen Petroleum"),
        ("NFSA", "NFSA"),
        ("Ivar Moe", "Norway"),
    ]


def test_the_only_union_can_be_called_so_before_its_name(tmp_path):
    text = (
        "Union leaders said the port was closed.\n\nThe chair of the Dockers' Union, Siv Aas, waited. "
        "Siv Aas said that the plan was wrong."
    )
    found = speakers(
        tmp_path,
        text,
        ("Union leaders", "said", "the port was closed"),
        ("Siv Aas", "said", "the plan was wrong"),
    )
    assert found == [("(Union leaders)", "Dockers' Union"), ("Siv Aas", "Dockers' Union")]


def test_a_diplomat_far_from_any_state_serves_none(tmp_path):
    text = "Norway and Denmark met the Swedes.\n\nA diplomat said that the plan was wrong."
    assert speakers(tmp_path, text, ("A diplomat", "said", "the plan was wrong")) == [("(diplomat)", None)]
    text = "Stockholm is calm. The Swedes said that the plan was wrong."
    assert speakers(tmp_path, text, ("The Swedes", "said", "the plan was wrong")) == [("Sweden", "Sweden")]


def test_who_alone_holds_the_office_is_meant(tmp_path):
    text = "Vestmark objects. The governor said that the plan was wrong."
    found = speakers(tmp_path, text, ("The governor", "said", "the plan was wrong"))
    assert found == [("Signe Dahl", "Province of Vestmark")]


def test_counsel_assists_an_inquiry_and_sources_may_miss_a_name(tmp_path):
    text = (
        "Oslo: Norway waits. Counsel assisting the Port Authority, Siv Aas, said that the plan was wrong. "
        "The Fjord Times said the sea was cold."
    )
    found = speakers(
        tmp_path,
        text,
        ("Counsel assisting the Port Authority, Siv Aas", "said", "the plan was wrong"),
        ("Times", "said", "the sea was cold"),
    )
    assert found == [("Siv Aas", "Norway"), ("The Fjord Times", None)]

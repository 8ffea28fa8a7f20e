from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.ingest.register import read_register
from kg.model.errors import InputError
from kg.model.iris import Iris
from kg.model.register import Membership, Register

IRIS = Iris("https://example.org/t/")
HEADER = "name,kind,aliases,member_of,office,from,until,wikidata\n"
OLVANIA = IRIS.actor("Olvania")


def written(tmp_path: Path, text: str, name: str = "register.csv") -> Register:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_register(path, IRIS)


def test_rows_of_one_name_are_one_actor(tmp_path) -> None:
    register = written(
        tmp_path,
        HEADER
        + "Olvania,state,Republic of Olvania|Port Olva,River League,,1999,,Q1\n"
        + "Petra Sand,person,Sand,Olvania,President,2000-05-07,2008-05-07,https://www.wikidata.org/wiki/Q77\n"
        + "Petra Sand,person,P. Sand,port olva,Prime Minister,2008-05-08,..,\n"
        + "Ira Holm,Person,,,historian,,,\n",
    )
    sand = register.by_id[IRIS.actor("Petra Sand")]
    assert sand.aliases == ("Sand", "P. Sand")
    assert sand.wikidata == "Q77"
    assert sand.memberships == (
        Membership(OLVANIA, "President", "2000-05-07", "2008-05-07"),
        Membership(OLVANIA, "Prime Minister", "2008-05-08", None),
    )
    assert register.by_id[IRIS.actor("Ira Holm")].own_office == "historian"
    # Named in member_of alone:
    assert register.by_id[IRIS.actor("River League")].kind == "organization"


def test_spreadsheets_with_semicolons_other_columns_and_encodings_are_read(tmp_path) -> None:
    path = tmp_path / "register.csv"
    text = "Kind;Name;aliases;member_of;remark\nstate;Côte d’Or;;;x\nOrganisation;Zöllner;;Côte d’Or;\n"
    path.write_bytes(text.encode("cp1252"))
    register = read_register(path, IRIS)
    assert [actor.name for actor in register.actors] == ["Côte d’Or", "Zöllner"]
    assert register.actors[1].memberships[0].organization == register.actors[0].id


@pytest.mark.parametrize(
    ("row", "voice"),
    [
        ("Ann,person,,Olvania,Foreign Minister,,,", "official"),
        ("Ann,person,,Olvania,Former foreign minister,,,", "other"),
        ("Ann,person,,Olvania,,,,", "other"),
        ("Ann,person,,Greenwood,,,,", "official"),
        ("Ann,person,,Morning Post,correspondent,,,", "other"),
        ("Ann,person,,Orrin University,Dean,,,", "other"),
        ("Ann,person,,Orrin University,spokeswoman,,,", "official"),
        ("The Daily Olva,organization,,Olvania,,,,", "other"),
        ("Vremena,organization,Vremena newspaper,Olvania,,,,", "other"),
        ("Peasants' Party,organization,,Olvania,,,,", "other"),
        ("Ministry of Foreign Affairs,organization,,Olvania,,,,", "official"),
        ("News Agency Department of the Government,organization,,Olvania,,,,", "official"),
    ],
)
def test_who_speaks_for_a_state_is_guessed_where_nobody_says(tmp_path, row: str, voice: str) -> None:
    register = written(tmp_path, HEADER + "Olvania,state,,,,,,\n" + row + "\n")
    assert [m.voice for actor in register.actors for m in actor.memberships] == [voice]


def test_the_column_voice_overrules_the_guess(tmp_path) -> None:
    header = HEADER.replace("\n", ",voice\n")
    register = written(tmp_path, header + "Daily,organization,,Olvania,,,,,official\nOlvania,state,,,,,,,\n")
    assert register.actors[0].memberships[0].voice == "official"


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("Ann,planet,,,,,,", "line 2: 'planet' is no kind of actor"),
        ("Ann,,,,,,,", "Ann has no kind"),
        (",person,,,,,,", "no name"),
        ("Ann,person,,X,Boss,May 2000,,", "line 2: from: 'May 2000' is not a date"),
        ("Ann,person,,X,Boss,2001,2000,", "ends .2000. before it begins"),
        (
            "Ann,person,,X,Boss,2001,2002,\nAnn,person,,X,Boss,2001,2003,",
            "line 3: Ann has the same office twice",
        ),
        ("Ann,person,,,,,,\nAnn,state,,,,,,", "line 3: Ann is state here and person"),
        ("A,organization,,B,,,,\nB,organization,,C,,,,\nC,organization,,A,,,,", "in a circle: A → B → C → A"),
        ("A,organization,,A,,,,", "member of itself"),
        ("A,person,,,,,,\nB,person,,A,,,,", "line 3: member_of names the person A"),
        ("A,state,X,,,,,\nB,state,X,,,,,\nC,organization,,X,,,,", "'X' can be A, B"),
        ("A,state,,,,,,Z9", "no Wikidata identifier"),
        ("A,state,,,,,,Q1\nA,state,,,,,,Q2", "Q2 here and Q1"),
    ],
)
def test_says_what_is_wrong_and_where(tmp_path, rows: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        written(tmp_path, HEADER + rows + "\n")


def test_repeated_rows_do_no_harm(tmp_path) -> None:
    row = "Ann,person,,Olvania,Minister,2001,2002,\n"
    assert len(written(tmp_path, HEADER + row + row).actors[0].memberships) == 1


def test_refuses_a_register_without_columns_or_actors(tmp_path) -> None:
    with pytest.raises(InputError, match="lacks the column kind"):
        written(tmp_path, "name\nAnn\n")
    with pytest.raises(InputError, match="names no actor"):
        written(tmp_path, HEADER)


TURTLE = """
@prefix : <https://example.org/t/> .
@prefix st: <https://w3id.org/stance-graph/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
<actor/olvania> a schema:Country ; rdfs:label "Olwanien"@de , "Olvania"@en ; skos:altLabel "Port Olva" ;
  schema:sameAs <http://www.wikidata.org/entity/Q1> .
<actor/ann> a foaf:Person ; rdfs:label "Ann" .
<membership/1> a org:Membership ; rdfs:label "Ann, Prime Minister" ; org:member <actor/ann> ;
  org:organization <actor/olvania> ; org:role <post/pm> ; st:held "2008-05-08/.."^^edtf:EDTF ;
  st:voice st:official .
<post/pm> a org:Post ; rdfs:label "Prime Minister" ; org:postIn <actor/olvania> .
"""


def test_turtle_in_the_shape_of_the_register_graph(tmp_path) -> None:
    register = written(tmp_path, TURTLE, "register.ttl")
    olvania = register.by_id[OLVANIA]
    assert (olvania.name, olvania.kind, olvania.aliases, olvania.wikidata) == (
        "Olvania",
        "state",
        ("Port Olva",),
        "Q1",
    )
    ann = register.by_id["https://example.org/t/actor/ann"]
    assert ann.memberships == (Membership(OLVANIA, "Prime Minister", "2008-05-08", None),)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"Prime Minister" ; org:postIn', '"Prime Minister ; org:postIn', "line 1[0-9]: not valid Turtle"),
        ("org:member <actor/ann>", "org:member <actor/bob>", "is no actor of the file"),
        ('rdfs:label "Ann" .', "foaf:age 3 .", "has no name"),
        ("2008-05-08/..", "in May", "'in May' is not a date"),
        ("st:official", "st:loud", "has the voice"),
        (
            "<actor/ann> a foaf:Person",
            "<actor/ann> a foaf:Person, org:Organization",
            "person and an organisation",
        ),
        ("<actor/ann> a", "[] a", "no IRI"),
    ],
)
def test_turtle_that_is_wrong(tmp_path, old: str, new: str, what: str) -> None:
    assert old in TURTLE
    with pytest.raises(InputError, match=what):
        written(tmp_path, TURTLE.replace(old, new), "register.ttl")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["Ann", "person", "state", "Olvania", "x|y", "2001", "../2002", "official", '"', "#"]
            )
            | st.text(max_size=4),
            max_size=8,
        ).map(",".join)
    )
)
def test_any_table_is_read_or_refused(tmp_path, rows: list[str]) -> None:
    with suppress(InputError):
        written(tmp_path, HEADER + "\n".join(rows))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(TURTLE)), st.integers(0, 40), st.text(alphabet='<>"@:.;[]()a\\^ \n', max_size=6))
def test_any_turtle_is_read_or_refused(tmp_path, start: int, length: int, other: str) -> None:
    with suppress(InputError):
        written(tmp_path, TURTLE[:start] + other + TURTLE[start + length :], "register.ttl")

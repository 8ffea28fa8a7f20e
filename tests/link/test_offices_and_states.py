import pytest

from kg.link.countries import state_names
from kg.link.descriptions import DescriptionReader
from kg.link.index import RegisterIndex, portfolio
from kg.link.offices import office_fit
from tests.link.reading_of import register


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("Moscow", "RU"), ("the US", "US"), ("U.S.", "US"), ("British", "GB"), ("Dutch", "NL"),
        ("Whitehall", "GB"), ("Filipino", "PH"), ("Côte d'Ivoire", "CI"), ("Delhi", "IN"), ("in", None),
        ("Brussels", None), ("Martian", None), ("Stanley", None),
    ],
)  # fmt: skip
def test_states_by_name_adjective_capital_and_seat(wording, code):
    assert state_names().code(wording) == code


@pytest.mark.parametrize(
    ("described", "office", "least", "most"),
    [
        ("premier", "Prime Minister", 1, 1),
        ("secretary-general", "Secretary General", 1, 1),
        ("chief", "Secretary General", 0.5, 0.7),
        ("chief", "Deputy Secretary General", 0, 0),
        ("deputy foreign minister", "Foreign Minister", 0, 0),
        ("spokeswoman", "Press Secretary", 1, 1),
        ("envoy", "Ambassador to Norway", 0.8, 0.9),
    ],
)
def test_how_a_description_fits_an_office(described, office, least, most):
    assert least <= office_fit(described, office) <= most


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return RegisterIndex(register(tmp_path_factory.mktemp("register")))


def test_the_index_knows_actors_by_many_names(index):
    assert [actor.name for actor in index.people("Mr Lavrov")] == ["Sergey Lavrov"]
    assert [actor.name for actor in index.people("Sergei Lavrov")] == ["Sergey Lavrov"]
    assert [actor.name for actor in index.people("Ivan Lavrov")] == []
    assert index.group("Nato").name == "NATO"
    assert index.group("Brussels").name == "European Union"
    assert index.state_code("Kalvian") == index.state_code("Kalvia") is not None
    assert index.body("NO", "Oslo's Ministry of Foreign Affairs").name == "Norwegian Foreign Ministry"
    assert portfolio("prime minister") is None


def test_an_office_finds_who_held_it_then(index):
    russia = index.state_code("Russia")
    assert index.holders("president", [], [russia], "2007")[0].actor.name == "Vladimir Putin"
    assert index.holders("president", [], [russia], "2010") == []
    assert index.holders("premier", [], ["NO"], "2010", former=True)[0].actor.name == "Ola Hansen"


@pytest.mark.parametrize(
    ("text", "role", "state", "official"),
    [
        ("the Estonian Foreign Minister", "foreign minister", "EE", True),
        ("a former US secretary of state", "secretary of state", "US", False),
        ("an anti-nuclear campaigner", "anti nuclear campaigner", None, False),
        ("Germany's climate negotiator", "climate negotiator", "DE", True),
        ("opposition leader", "opposition leader", None, False),
        ("Western diplomat in Oslo", "western diplomat", None, True),
    ],
)
def test_descriptions_are_taken_apart(index, text, role, state, official):
    found = DescriptionReader(index).read(text)
    assert found.role == role
    assert found.states == ((state,) if state else ())
    assert found.official is official


def test_a_description_names_its_house(index):
    found = DescriptionReader(index).read("director of policy at Friends of the Forest")
    assert found.houses == ("Friends of the Forest",)
    assert found.head == "director"

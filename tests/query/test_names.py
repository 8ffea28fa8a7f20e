"""Names find their nodes: in any case, with or without marks, by alias, slug or IRI; else with a hint."""

import pytest

from kg.model.errors import UsageError

ACTORS = ("foaf:Person", "org:Organization", "schema:Country")
BASE = "https://example.org/stance-graph/"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Norland", "norland"),
        ("NORLAND", "norland"),
        (" port  elm ", "norland"),
        ("Q900000001", "norland"),
        ("ada-brook", "ada-brook"),
        ("ms brook", "ada-brook"),
        ("Lars Hale", "lars-hale"),
        ("LARS HÅLE", "lars-hale"),
        ("The Harbour Gazette", "harbour-gazette"),
        (BASE + "actor/ole-strand", "ole-strand"),
    ],
)
def test_actor(catalogue, name, found):
    assert catalogue.resolve(name, ACTORS) == BASE + "actor/" + found


def test_class_decides(catalogue):
    assert (
        catalogue.resolve("The Harbour Gazette", ("schema:NewsMediaOrganization",)) == BASE + "outlet/gazette"
    )
    assert catalogue.resolve("common", ("st:Position",)) == BASE + "position/common"
    assert catalogue.resolve("a common cod-quota", ("st:Position",)) == BASE + "position/common"
    assert catalogue.resolve("t07a", ("st:Stance",)) == BASE + "stance/t07a"


@pytest.mark.parametrize(
    ("name", "classes", "message"),
    [
        ("Norlnd", ACTORS, "did you mean 'Norland'"),
        ("Brook", ACTORS, "did you mean 'Ada Brook'"),
        ("the spokesman", ACTORS, "may mean several (write one of Lars Håle <"),
        ("Atlantis", ACTORS, "names nothing in the graph"),
        ("", ACTORS, "the name is empty"),
        ("Fisheries", ACTORS, "names nothing in the graph"),
        ("https://example.org/nobody", ACTORS, "names nothing in the graph"),
        ("t99", ("st:Stance",), "is no st:Stance"),
        ('x" } DROP ALL #', ACTORS, "names nothing in the graph"),
        ("https://example.org/> } #", ACTORS, "names nothing in the graph"),
    ],
)
def test_no_such_name(catalogue, name, classes, message):
    with pytest.raises(UsageError) as caught:
        catalogue.resolve(name, classes)
    assert message in str(caught.value)

"""What a search finds, in which order, and what it makes of slips; on a made-up debate in a real store."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.model.errors import UsageError
from kg.search.documents import KINDS, Document
from kg.search.finding import find
from kg.search.index import Index
from kg.search.question import LONGEST


@pytest.fixture(scope="module")
def index():
    documents = [
        Document(
            "actor",
            "urn:walesa",
            "Lech Wałęsa",
            ("Walesa the electrician",),
            ("President, Poland",),
            "person",
            uses=3,
        ),
        Document("actor", "urn:poland", "Poland", ("Polska",), (), "state", uses=40),
        Document("actor", "urn:polanski", "Jan Polanski", (), (), "person"),
        Document("topic", "urn:harbour", "Harbour", (), (), "topic"),
        Document(
            "position",
            "urn:quay",
            "The harbour should get a new quay",
            ("new-quay",),
            ("no to the quay",),
            "position, Harbour",
        ),
        Document("article", "urn:article", "Minister wants quay in Łódź", (), (), "Courier, 2010-04-22"),
        Document(
            "claim",
            "urn:claim",
            "The quay is a waste of money",
            (),
            (),
            "Lech Wałęsa, 2010",
            ("Poland",),
            "urn:s1",
        ),
        Document(
            "claim",
            "urn:other",
            "Deploying missiles would be a mistake",
            (),
            (),
            "Ann Lee, 2011",
            (),
            "urn:s2",
        ),
        Document(
            "passage",
            "urn:passage",
            "a shameful waste, of public money",
            (),
            (),
            "Ann Lee, 2011",
            (),
            "urn:s2",
        ),
    ]
    return Index.build(documents)


def irs(index, text, **more):
    return [hit.iri.removeprefix("urn:") for hit in find(index, text, **more)]


@pytest.mark.parametrize(
    "text", ["walesa", "WAŁĘSA", "Lech wałesa", "Walęsa lech", "waleza", "Wałensa", "walsea"]
)
def test_case_marks_and_small_slips_do_not_matter(index, text):
    found = irs(index, text)
    assert found[0] == "walesa"
    assert "claim" in found, "what he said is found by his name too"


def test_who_is_called_just_so_comes_first(index):
    assert irs(index, "poland")[0] == "poland"
    assert irs(index, "polska") == ["poland"]
    assert irs(index, "the harbour")[0] == "harbour"


def test_words_are_found_in_other_forms_and_while_they_are_typed(index):
    assert irs(index, "missile deployed") == ["other"]
    assert irs(index, "mini") == ["article"]
    assert irs(index, "quays")[0] == "quay"
    assert irs(index, "lodz") == ["article"]


def test_all_words_must_be_there_and_some_where_nothing_has_all(index):
    both = find(index, "waste money")
    assert {hit.iri for hit in both} == {"urn:claim", "urn:passage"}
    assert both.all_words
    some = find(index, "missiles quay")
    assert not some.all_words
    assert {"urn:other", "urn:quay", "urn:claim"} <= {hit.iri for hit in some}
    assert "some of them" in some.notes()[0]


def test_a_phrase_stands_as_it_is(index):
    assert irs(index, '"waste of money"') == ["claim"]
    assert irs(index, "“a new quay”") == ["quay"]
    assert irs(index, '"money of waste"') == []


def test_what_was_meant_is_told(index):
    found = find(index, "misiles")
    assert found.corrected == {"misiles": ("missiles",)}
    assert "looked for 'missiles'" in found.notes()[0]
    unknown = find(index, "zyxwvut")
    assert not unknown.hits
    assert unknown.notes() == ["'zyxwvut' is nowhere in the graph"]


def test_an_exact_word_is_not_taken_for_a_slip(index):
    assert find(index, "lee").corrected == {}
    assert "polanski" not in irs(index, "poland")


def test_kinds_and_counts(index):
    found = find(index, "quay", limit=1)
    assert len(found) == 1
    assert found.counts == {"position": 1, "article": 1, "claim": 1}
    assert found.total == 3
    assert irs(index, "quay", kinds=["article"]) == ["article"]
    with pytest.raises(UsageError, match="did you mean 'claim'"):
        find(index, "quay", kinds=["claims"])


def test_the_snippet_shows_where_the_words_stand(index):
    (hit,) = find(index, "electrician")
    assert hit.label == "Lech Wałęsa"
    assert hit.snippet.marked() == "Walesa the »electrician«"
    (hit,) = find(index, "deploy", kinds=["claim"])
    assert hit.snippet.marked() == "»Deploying« missiles would be a mistake"
    assert hit.statement == "urn:s2"


@pytest.mark.parametrize(
    "text", ["", "  ", "...", '""', "\x00\x01", "x" * (LONGEST + 1), "a b c d e f g h i j k l m n o p q r"]
)
def test_what_is_no_search_is_refused(index, text):
    with pytest.raises(UsageError):
        find(index, text)


def test_a_limit_out_of_range_is_refused(index):
    for limit in (0, -1, 100_000):
        with pytest.raises(UsageError, match="limit"):
            find(index, "quay", limit=limit)


HOSTILE = [
    "NEAR(quay money)",
    "names:quay",
    "quay*",
    "quay AND",
    "NOT quay",
    "^quay",
    '"quay',
    "quay' OR 1=1 --",
    "{names} : x",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_words_are_never_commands(index, text):
    assert "urn:quay" in {hit.iri for hit in find(index, text)} or find(index, text).notes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(text=st.text(max_size=60))
def test_any_text_is_answered_or_refused_as_a_person_understands(index, text):
    try:
        found = find(index, text)
    except UsageError:
        return
    assert all(hit.kind in KINDS for hit in found)


def test_an_index_survives_its_file(index, tmp_path):
    path = tmp_path / "search.sqlite"
    path.write_bytes(index.to_bytes())
    assert irs(Index.read(path, ""), "walesa") == irs(index, "walesa")
    assert Index.read(path, "another state") is None
    assert Index.read(tmp_path / "none", "") is None
    path.write_bytes(b"no database at all, but long enough to be looked at" * 40)
    assert Index.read(path, "") is None


def test_search_of_a_project_follows_the_graph(small_project):
    project = kg.Project.open(small_project)
    project.load(coder="Jo Coder")
    found = project.search("wast of mony", kinds=["claim"])
    assert [hit.label for hit in found] == ["The quay is a waste of money,"]
    assert found.hits[0].detail == "Ann Lee, 2010-04-23, The Example Post"
    assert (small_project / "graph" / "search.sqlite").exists()
    assert {hit.kind for hit in project.search("quay")} == {"position", "article", "claim"}
    # The next process finds the same in the file.
    again = kg.Project.open(small_project)
    assert again.search("quay") == project.search("quay")
    project.remove("answer.txt")
    assert not (small_project / "graph" / "search.sqlite").exists(), "what was taken out stays nowhere"
    for searching in (project, again):
        assert "The quay is a waste of money," not in {hit.label for hit in searching.search("quay money")}
    assert b"waste of money," not in (small_project / "graph" / "search.sqlite").read_bytes()


def test_a_folder_that_cannot_be_written_to_is_searched_all_the_same(small_project):
    project = kg.Project.open(small_project)
    project.load(coder="Jo Coder")
    from kg.search.searcher import Searcher

    searcher = Searcher(project.settings.store, project.reading, keep=False)
    assert len(searcher.find("quay")) == 5
    assert not (small_project / "graph" / "search.sqlite").exists()


def test_the_command_prints_hits_and_tells_what_was_meant(kg_command, small_project):
    kg_command("load", "--coder", "Jo Coder", "-p", small_project)
    run = kg_command("search", "quya", "-k", "claim", "-p", small_project)
    assert run.code == 0
    assert "The harbour needs a new quay" in run.out
    assert "'quya' is nowhere in the graph: looked for 'quay'" in run.err
    assert "2 hits (2 claims)" in run.err
    rows = kg_command("search", "bo", "ramm", "-f", "csv", "-p", small_project)
    assert rows.out.splitlines()[0] == "kind,label,match,detail,iri,snippet,statement,score"
    assert rows.out.splitlines()[1].startswith("actor,Bo Ramm,")
    assert kg_command("search", "...", "-p", small_project).code == 2

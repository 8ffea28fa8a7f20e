"""Statements from any hand: words are found, names are looked up, slips are told."""

import pytest

from kg.build.article_graph import misplaced
from kg.build.loaded import resolve_loaded
from kg.build.newcomer_kinds import NewcomerKinds
from kg.model.article import Article
from kg.model.errors import InputError
from kg.model.register import Actor, Register
from kg.model.statement import from_json
from tests.build.field import CODEBOOK, IRIS, REGISTER

TEXT = (
    "Norland weighs quota\n\nMs Brook said on Monday that Norland would\n  accept a quota. "
    "“We don’t like it,” she told reporters. “We don’t like it,” said Ole Strand – again. "
    "A Norland official said nothing.\n"
)
ARTICLE = Article("quota.txt", TEXT, published="2012-03-05")


def resolve(*records):
    lines = [
        from_json({"article": "quota.txt", **record}, f"s.jsonl:{n}") for n, record in enumerate(records, 1)
    ]
    where = [f"s.jsonl:{number}" for number in range(1, len(lines) + 1)]
    return resolve_loaded(lines, ARTICLE, REGISTER, CODEBOOK, IRIS, where=where)


def test_words_are_found_without_offsets():
    (found,) = resolve(
        {
            "content": ["Norland would accept a quota"],
            "source": "Ms Brook",
            "cue": "said",
            "actor": "Ms Brook",
            "said": "2012-03-05",
        }
    )
    assert found.content[0].text == "Norland would\n  accept a quota"
    assert misplaced(found, ARTICLE) is None
    assert found.cue.start == TEXT.index("said on Monday")
    assert found.actor.label == "Ada Brook"
    assert found.actor.affiliation == "Norland"
    assert found.office == "Fisheries Minister"
    assert found.claim == "Norland would accept a quota"


def test_plain_quotation_marks_find_typographic_ones():
    first, second = resolve(
        {"content": '"We don\'t like it,"', "source": "she", "actor": "Ada Brook"},
        {"content": "We don't like it", "source": "Ole Strand", "actor": "Ole Strand"},
    )
    assert first.content[0].text == "“We don’t like it,”"
    assert first.source.start == TEXT.index("she told")
    assert second.content[0].start == TEXT.index("We don’t like it")


def test_the_same_words_twice_are_two_places():
    first, second = resolve(
        {"content": "We don’t like it", "actor": "Ada Brook"},
        {"content": "We don’t like it", "actor": "Ole Strand"},
    )
    assert first.content[0].start < second.content[0].start


def test_right_offsets_are_kept_and_wrong_ones_told():
    start = TEXT.rindex("We don’t")
    (found,) = resolve({"content": [{"start": start, "end": start + 16, "text": "We don’t like it"}]})
    assert found.content[0].start == start
    with pytest.raises(InputError) as told:
        resolve({"content": [{"start": 3, "end": 19, "text": "We don’t like it"}]})
    assert told.value.where == "s.jsonl:1"
    assert "stands 'land weighs" in told.value.what
    assert f"{start}-{start + 16}" in told.value.hint


def test_words_that_do_not_stand_there():
    with pytest.raises(InputError) as told:
        resolve({"content": "Norland would not accept a quota"})
    assert "does not stand in the article" in told.value.what
    assert "accept a quota" in told.value.hint


def test_a_state_that_sounds_like_another_is_no_slip():
    register = Register((Actor(IRIS.actor("Australia"), "Australia", "state"),))
    line = from_json({"article": "quota.txt", "content": "accept a quota", "actor": "Austria"}, "s.jsonl:1")
    (found,) = resolve_loaded([line], ARTICLE, register, CODEBOOK, IRIS)
    assert found.actor.label == "Austria"


@pytest.mark.parametrize(
    ("record", "what", "hint"),
    [
        ({"positions": [{"position": "quotta", "stance": "supports"}]}, "no position", "'quota'"),
        ({"positions": [{"position": "quota", "stance": "supports"}] * 2}, "twice", "keep one"),
        ({"actor": "Ada Brok"}, "no 'Ada Brok'", "Ada Brook"),
        ({"actor": {"label": "Ada Brook", "affiliation": "Norlend"}}, "no 'Norlend'", "Norland"),
        ({"actor": {"label": "Ada Brook", "affiliation": "Ole Strand"}}, "is a person", None),
        ({"reports": "nowhere"}, "reports names 'nowhere'", "that id"),
        ({"said": "2050"}, "said 2050, after", "mend the date"),
        ({"said": "2012-03-06"}, "(2012-03-05)", "mend the date"),
        ({"id": "a", "reports": "a"}, "reports itself", "mend reports"),
        ({"id": "a", "reported_in": "a"}, "reports itself", "mend reports"),
        ({"joint": ["Ole Strandt"]}, "no 'Ole Strandt'", "Ole Strand"),
        ({"actor": {"id": "https://other.example/x"}}, "no actor", "label"),
    ],
)
def test_slips_are_told_with_line_and_hint(record, what, hint):
    with pytest.raises(InputError) as told:
        resolve({"content": "We don’t like it", **record})
    assert told.value.where == "s.jsonl:1"
    assert what in told.value.what
    assert hint is None or hint in told.value.hint


def test_newcomers_and_unnamed_sources():
    newcomer, official, nobody = resolve(
        {"content": "We don’t like it", "actor": "Per Lund"},
        {"content": "nothing", "actor": {"label": "(Norland official)", "affiliation": "Port Elm"}},
        {"content": "again", "source": "A Norland official"},
    )
    assert (newcomer.actor.id, newcomer.actor.known) == (IRIS.actor("Per Lund"), False)
    assert official.actor.id == IRIS.unnamed_source(ARTICLE.digest, "Norland official")
    assert official.actor.affiliation == "Norland"
    assert nobody.actor.label == "(A Norland official)"


def test_a_line_may_say_who_somebody_spoke_for():
    (found,) = resolve(
        {"content": "nothing", "actor": {"label": "Ada Brook", "affiliation": "Sundia"}, "said": "2009"}
    )
    assert found.actor.affiliation == "Sundia"
    assert found.office is None


def test_identifiers_wire_reports():
    outer, inner = resolve(
        {"id": "a", "content": "Norland would accept a quota", "actor": "Lars Hale", "reports": "b"},
        {"id": "b", "content": "accept a quota", "actor": "Ada Brook", "reported_in": "a"},
    )
    assert outer.reports == inner.id
    assert inner.reported_in == outer.id


def test_what_may_have_been_said_by_then_is_loaded():
    for said in ("2012", "2012-03-05", "2012-03-01/2012-04-01", "../2014"):
        assert resolve({"content": "nothing", "said": said})[0].said == said


def test_statements_that_report_each_other_are_refused():
    first = {"id": "a", "content": "Norland would accept a quota", "reports": "b"}
    second = {"id": "b", "content": "accept a quota"}
    for last in ({"reports": "c"}, {"reported_in": "a", "reports": "c"}):
        third = {"id": "c", "content": "nothing", "reports": "a"}
        with pytest.raises(InputError, match="report each other"):
            resolve(first, second | last, third)


def test_one_line_twice_counts_once_and_two_speakers_are_an_error():
    line = {"content": [{"start": 0, "end": 7, "text": "Norland"}], "actor": "Ada Brook"}
    assert len(resolve(line, line)) == 1
    with pytest.raises(InputError, match="two statements have the words 'Norland'"):
        resolve(line, {**line, "actor": "Ole Strand"})


def test_our_own_output_comes_back_the_same():
    (found,) = resolve(
        {
            "content": ["Norland would accept a quota", "We don’t like it"],
            "source": "Ms Brook",
            "actor": "Ada Brook",
            "joint": ["Ole Strand"],
            "on_behalf_of": "the union",
            "said": "2012-03-05",
            "positions": [{"position": "quota", "stance": "supports", "condition": "Monday"}],
        }
    )
    assert resolve(found.to_json()) == [found]


@pytest.mark.parametrize(
    ("record", "kind", "affiliation"),
    [
        ({"actor": "Sweden"}, "state", "Sweden"),
        ({"actor": "European Commission"}, "organization", "European Commission"),
        ({"actor": "Quay Street Traders' Association"}, "organization", "Quay Street Traders' Association"),
        ({"actor": {"label": "Tern", "kind": "organization"}}, "organization", "Tern"),
        ({"actor": {"label": "Tern", "affiliation": "Tern"}}, "organization", "Tern"),
        ({"actor": {"label": "Georgia", "kind": "person"}}, "person", None),
        ({"actor": "The Evening Herald"}, "organization", None),
        ({"actor": "Norland Coast Guard"}, "organization", "Norland"),
        ({"actor": {"label": "Per Lund", "affiliation": "Sweden"}}, "person", "Sweden"),
        (
            {"actor": {"label": "Tern", "affiliation": "Norland", "kind": "organization"}},
            "organization",
            "Norland",
        ),
    ],
)
def test_newcomers_are_people_organisations_or_states(record, kind, affiliation):
    (found,) = resolve({"content": "nothing", **record})
    assert (found.actor.kind, found.actor.affiliation, found.actor.known) == (kind, affiliation, False)


def test_a_kind_may_say_that_a_source_is_unnamed():
    (found,) = resolve({"content": "nothing", "actor": {"label": "Norland official", "kind": "unnamed"}})
    assert (found.actor.label, found.actor.kind) == ("(Norland official)", "unnamed")


def test_whom_others_speak_for_is_no_person_anywhere():
    first, second, third = resolve(
        {"content": "nothing", "actor": "Tern", "joint": ["Sweden", "Ann Lee"]},
        {"content": "again", "actor": {"label": "Per Lund", "affiliation": "Tern"}},
        {"content": "Norland", "actor": "Per Lund", "on_behalf_of": "Harbour Rail Ltd"},
    )
    assert first.actor.kind == "organization"
    assert [one.kind for one in first.joint] == ["state", "person"]
    assert second.actor.kind == "person"
    assert third.on_behalf_of.kind == "organization"


def test_an_actor_that_the_graph_has_as_an_organisation_stays_one():
    line = from_json({"article": "quota.txt", "content": "accept a quota", "actor": "Tern"}, "s.jsonl:1")
    kinds = NewcomerKinds([line], {"tern": "organization"})
    (found,) = resolve_loaded([line], ARTICLE, REGISTER, CODEBOOK, IRIS, kinds=kinds)
    assert found.actor.kind == "organization"

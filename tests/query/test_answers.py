"""Each canned query against an answer worked out by hand on `debate.ttl`, in pyoxigraph and in rdflib."""

import pyoxigraph as ox
import pytest

from kg.query.canned import CannedQuery, query_paths
from kg.query.run import run

QUERIES = query_paths()

NORLAND_ON_FISHERIES = [  # t05 and t10 speak for nobody; of two reports of one utterance both show
    ("2010-07-01", "Ada Brook", "opposes", "t01"),
    ("2010-07-01", "Ada Brook", "opposes", "t02"),
    ("2010-12", "Ada Brook", "opposes", "t12"),
    ("2011-03", "Ada Brook", "supports", "t03"),
    ("2011-05-05", "Ada Brook", "supports", "t07a"),
    ("2011-08-08", "(Norland official)", "opposes", "t14"),
    ("2012-02", "Ada Brook", "supports", "t15"),
    ("2012-02-10", "Ada Brook", "supports", "t04"),
]
ANY_VOICE = [
    ("../2012-12-31", "Ada Brook", "opposes", "t05"),
    (None, "The Harbour Gazette", "opposes", "t10"),
]
OFFICIAL_OPPOSITION = [
    ("Ada Brook", 2, "Mia Torv", 1, "opposes it"),
    ("Ada Brook", 2, "Ole Strand", 1, "supports: A cod quota for Norland alone"),
    ("Coastal Union", 1, "Ada Brook", 1, "opposes it"),
    ("Coastal Union", 1, "Mia Torv", 1, "opposes it"),
    ("Coastal Union", 1, "Ole Strand", 1, "supports: A cod quota for Norland alone"),
    ("Ole Strand", 1, "Ada Brook", 1, "opposes it"),
    ("Ole Strand", 1, "Mia Torv", 1, "opposes it"),
]
OPPOSITION_OF_ALL = [  # Ada Brook opposed it a second time, as a private person
    ("Coastal Union", 1, "Ada Brook", 2, "opposes it"),
    ("Ole Strand", 1, "Ada Brook", 2, "opposes it"),
    *(row for row in OFFICIAL_OPPOSITION if row[2] != "Ada Brook"),
    ("Ada Brook", 2, "The Harbour Gazette", 1, "opposes it"),
    ("Coastal Union", 1, "The Harbour Gazette", 1, "opposes it"),
    ("Ole Strand", 1, "The Harbour Gazette", 1, "opposes it"),
]
FOR_AND_AGAINST = [
    ("Ada Brook", "entails", "t15", "t01", "second is earlier"),
    ("Ada Brook", "entails", "t15", "t05", "maybe the same time"),
    ("Ada Brook", "for and against", "t03", "t01", "second is earlier"),
    ("Ada Brook", "for and against", "t03", "t05", "maybe the same time"),
    ("Ada Brook", "for and against", "t04", "t01", "second is earlier"),
    ("Ada Brook", "for and against", "t04", "t05", "maybe the same time"),
    ("Ada Brook", "for and against", "t07a", "t12", "second is earlier"),
    ("Ole Strand", "excludes", "t06", "t16", "first is earlier"),
]
BRIEF = ("date", "actor", "stance", "stance_iri")

# Query, values, columns to look at, and the answer; in the order of the answer unless it is a set.
CASES = [
    ("positions", {"actor": "norland", "topic": "fisheries"}, BRIEF, NORLAND_ON_FISHERIES),
    (
        "positions",
        {"actor": "Norland", "topic": "Sea", "voice": "any"},
        BRIEF,
        NORLAND_ON_FISHERIES + ANY_VOICE,
    ),
    (
        "positions",
        {"actor": "Norland", "since": "2011", "until": "2011-06", "voice": "any"},
        BRIEF,
        NORLAND_ON_FISHERIES[3:5] + ANY_VOICE,
    ),
    ("positions", {"actor": "Norland", "topic": "Inspections"}, ("stance_iri",), [("t12",), ("t07a",)]),
    ("positions", {"position": "common", "voice": "other"}, BRIEF, ANY_VOICE),
    (
        "positions",
        {"actor": ["Sundia", "the union"]},
        ("stance_iri",),
        {"t06", "t07o", "t16", "t17", "t08", "t09"},
    ),
    (
        "positions",
        {"topic": "Inspections", "since": "2011-05", "until": "2011-05"},
        ("actor", "speaker", "office"),
        [("Ada Brook", "Ada Brook", None), ("Ole Strand", "Ole Strand", "President")],
    ),
    ("positions", {"actor": "Lars Hale"}, ("actor", "speaker"), [("Coastal Union", "Lars Håle")]),
    (
        "latest",
        {"position": "common"},
        ("actor", "stance", "stance_iri"),
        [
            ("Ada Brook", "supports", "t04"),
            ("Ada Brook", "opposes", "t05"),  # may have been said before t04 or after it
            ("Coastal Union", "supports", "t08"),
            ("Mia Torv", "opposes", "t09"),
            ("Ole Strand", "supports", "t16"),
        ],
    ),
    (
        "latest",
        {"position": "common", "as_of": "2011"},
        ("stance_iri",),
        [("t03",), ("t05",), ("t08",), ("t09",)],
    ),
    (
        "latest",
        {"position": "common", "as_of": "2010", "voice": "official"},
        ("stance_iri",),
        {"t01", "t02", "t05"},
    ),
    (
        "shifts",
        {},
        ("actor", "before", "before_iri", "after", "after_iri"),
        [
            ("Ada Brook", "opposes", "t01", "supports", "t03"),
            ("Ada Brook", "opposes", "t12", "supports", "t07a"),
        ],
    ),
    ("shifts", {"actor": "Sundia"}, ("actor",), []),
    (
        "shifts",
        {"position": "common"},
        ("before_claim", "after_date"),
        [("we reject any common quota", "2011-03")],
    ),
    (
        "opposition",
        {"position": "common"},
        ("supporter", "supports", "opponent", "opposes", "through"),
        OFFICIAL_OPPOSITION,
    ),
    (
        "opposition",
        {"topic": "quotas", "position": "common", "voice": "any"},
        ("supporter", "supports", "opponent", "opposes", "through"),
        set(OPPOSITION_OF_ALL),
    ),
    (
        "opposition",
        {"position": "common", "since": "2011-06", "until": "2011-06"},
        ("supporter", "opponent"),
        [("Coastal Union", "Mia Torv")],
    ),
    (
        "review-next",
        {},
        ("score", "stance_iri"),
        [
            (1.0, "t03"),
            (0.95, "t12"),
            (0.8, "t05"),
            (0.7, "t15"),
            (0.6, "t07a"),
            (0.6, "t10"),
            (0.5, "t08"),
            (0.5, "t09"),
            (0.5, "t14"),
            (0.4, "t06"),
            (0.35, "t16"),
            (0.1, "t07o"),
            (0.1, "t17"),
        ],
    ),
    ("review-next", {"actor": "Sundia", "topic": "quotas"}, ("stance_iri",), [("t06",), ("t16",)]),
    (
        "statements-of",
        {"speaker": "Ms Brook"},
        ("date", "office", "with", "statement_iri"),
        [
            ("2010-07-01", "Fisheries Minister", "", "s01"),
            ("2010-07-01", "Fisheries Minister", "", "s02"),
            ("2010-12", "Fisheries Minister", "", "s12"),
            ("2011-03", "Fisheries Minister", "", "s03"),
            ("2011-05-05", None, "Ole Strand", "s07"),
            ("2012-02", "Fisheries Minister", "", "s15"),
            ("2012-02-10", "Fisheries Minister", "", "s04"),
            ("../2012-12-31", None, "", "s05"),
        ],
    ),
    (
        "softening",
        {},
        ("actor", "move", "before_iri", "after_iri"),
        [
            ("Ada Brook", "softening", "t01", "t03"),
            ("Ada Brook", "softening", "t03", "t04"),
            ("Ada Brook", "softening", "t12", "t07a"),
            ("Ole Strand", "hardening", "t07o", "t17"),
        ],
    ),
    ("contradictions", {}, ("actor", "why", "first_iri", "second_iri", "time"), set(FOR_AND_AGAINST)),
    ("contradictions", {"actor": "Sundia"}, ("first_iri", "second_iri"), [("t06", "t16")]),
    (
        "conditions",
        {},
        ("stance_iri", "condition"),
        [("t03", "if its neighbours did the same"), ("t17", "if Norland pays")],
    ),
    ("conditions", {"topic": "inspections"}, ("actor",), [("Ole Strand",)]),
    (
        "denials",
        {},
        ("speaker", "statement_iri"),
        [("(Norland official)", "s14"), ("Ole Strand", "s13"), ("Ole Strand", "s13b")],
    ),
    ("denials", {"actor": "Norland"}, ("statement_iri",), [("s14",)]),
    ("denials", {"actor": "Ole Strand", "since": "2011-09"}, ("statement_iri",), []),
    (
        "first",
        {"position": "common"},
        ("stance", "stance_iri"),
        {
            ("opposes", "t01"),
            ("opposes", "t02"),
            ("opposes", "t05"),
            ("supports", "t03"),
        },  # t05 may be the first
    ),
    (
        "wordings",
        {},
        ("wording", "quotation", "statement_iri"),
        {
            ("we reject any common quota", "direct", "s01"),
            ("Norland would not accept a common cod quota", "indirect", "s02"),
        },
    ),  # u13 differs in capitals alone
    ("old-statements", {}, ("months_later", "statement_iri"), [(6, "s12")]),
    ("old-statements", {"months": "7"}, ("statement_iri",), []),
    (
        "reported-speech",
        {},
        ("reporter", "speaker", "outer_iri", "inner_iri"),
        [("(Norland official)", "Ada Brook", "s11", "s12")],
    ),
    ("reported-speech", {"speaker": "Ole Strand"}, ("inner_iri",), []),
    (
        "spokesmen",
        {},
        ("organisation", "differs", "spokesman", "principal", "spokesman_stance_iri", "principal_stance_iri"),
        [("Coastal Union", "polarity", "Lars Håle", "Mia Torv", "t08", "t09")],
    ),
    (
        "unnamed",
        {},
        ("affiliation", "description", "utterances", "articles", "outlets"),
        [("Norland", "(Norland official)", 2, 2, 2)],
    ),
    ("unnamed", {"affiliation": "Sundia"}, ("utterances",), []),
    (
        "matrix",
        {"actor": "Norland", "topic": "fisheries"},
        ("actor", "position", "supports", "opposes", "neutral", "utterances", "balance"),
        [
            ("(Norland official)", "A ban on fishing for cod", 0, 1, 0, 1, -1),
            ("Ada Brook", "A ban on fishing for cod", 1, 0, 0, 1, 1),
            ("Ada Brook", "A common cod quota", 2, 1, 0, 3, 1),  # t01 and t02 report one utterance
            ("Ada Brook", "Inspectors should board every ship", 1, 1, 0, 2, 0),
        ],
    ),
    (
        "diversity",
        {"topic": "fishing quotas"},
        ("position", "utterances", "articles", "outlets", "speakers", "unnamed", "affiliations", "official"),
        [
            ("A common cod quota", 8, 8, 2, 5, 0, 3, 6),
            ("A ban on fishing for cod", 2, 2, 1, 2, 1, 1, 2),
            ("A cod quota for Norland alone", 1, 1, 1, 1, 0, 1, 1),
        ],
    ),
    (
        "only-in",
        {"outlet": "The Harbour Gazette"},
        ("statement_iri",),
        [("s12",), ("s07",), ("s11",), ("s04",), ("s05",), ("s10",)],
    ),
    (
        "only-in",
        {"outlet": "gazette", "since": "2012", "until": "2012-03"},
        ("statement_iri",),
        {"s04", "s05", "s10"},
    ),
]


def picked(result, columns):
    """The columns of a result as tuples, with IRIs by their last parts."""
    rows = []
    for record in result:
        values = [record[name] for name in columns]
        rows.append(
            tuple(
                v.rsplit("/", 1)[-1] if n.endswith("_iri") else v
                for n, v in zip(columns, values, strict=True)
            )
        )
    return rows


@pytest.mark.parametrize(
    ("name", "values", "columns", "answer"), CASES, ids=lambda part: part if isinstance(part, str) else ""
)
def test_answer(name, values, columns, answer, oxigraph, in_rdflib, catalogue):
    query = CannedQuery.load(QUERIES[name])
    result = run(query, values, oxigraph, catalogue)
    rows = picked(result, columns)
    rows = [tuple(float(v) if columns[i] == "score" else v for i, v in enumerate(row)) for row in rows]
    if isinstance(answer, set):
        singles = all(isinstance(item, str) for item in answer)
        assert len(rows) == len(answer)
        assert {row[0] if singles else row for row in rows} == answer
    else:
        assert rows == answer
    assert run(query, values, in_rdflib, catalogue).records() == result.records()


def test_evidence_card(oxigraph, in_rdflib, catalogue):
    query = CannedQuery.load(QUERIES["evidence"])
    card = run(query, {"stance": "t01"}, oxigraph, catalogue)
    base = "https://example.org/stance-graph/"
    assert {triple.subject.value.removeprefix(base) for triple in card.triples} == {
        "stance/t01",
        "statement/s01",
        "claim/s01",
        "utterance/u01",
        "evidence/s01.content-1",
        "selector/s01.content-1",
        "article/a01",
        "outlet/gazette",
        "coding/1",
        "agent/kg",
        "actor/ada-brook",
        "actor/norland",
        "position/common",
        "topic/quotas",
        "topic/fisheries",
        "topic/sea",
    }
    said = {
        (t.predicate.value.rsplit("#", 1)[-1], t.object.value)
        for t in card.triples
        if isinstance(t.object, ox.Literal)
    }
    assert {
        ("exact", "We reject any common quota"),
        ("start", "120"),
        ("end", "146"),
        ("modelDigest", "3f2a"),
    } <= said
    other = run(query, {"stance": "t01"}, in_rdflib, catalogue)
    assert len(other) == len(card)
    assert {(t.subject, t.predicate) for t in other.triples} == {
        (t.subject, t.predicate) for t in card.triples
    }


def test_evidence_card_shows_who_reports_whom(oxigraph, catalogue):
    card = run(CannedQuery.load(QUERIES["evidence"]), {"stance": "t12"}, oxigraph, catalogue)
    assert any(triple.subject.value.endswith("statement/s11") for triple in card.triples)


def test_every_query_has_an_answer_that_finds_something():
    assert {name for name, _, _, answer in CASES if answer} | {"evidence"} == set(QUERIES)


@pytest.mark.parametrize("path", QUERIES.values(), ids=lambda path: path.stem)
def test_files_run_as_they_stand(path, oxigraph, in_rdflib):
    text = path.read_text(encoding="utf-8")
    assert "GRAPH" not in text
    assert len(oxigraph(text)) > 0
    assert len(in_rdflib(text)) == len(oxigraph(text))


@pytest.mark.parametrize("path", QUERIES.values(), ids=lambda path: path.stem)
def test_headers_tell_enough(path):
    query = CannedQuery.load(path)
    assert query.header.description
    assert query.header.tags
    assert query.header.view in {"table", "timeline", "matrix", "network", "card"}
    for parameter in query.parameters:
        assert parameter.help, f"{path.name}: {parameter.name} has no help"
        assert parameter.example, f"{path.name}: {parameter.name} has no example"
    assert set(query.header.hide) <= set(query.text.replace("?", " ").split()), path.name

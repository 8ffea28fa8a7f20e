"""The Python API does what the commands do."""

import pytest

import kg
from kg.attribute.extractors import EXTRACTORS
from kg.ingest.metadata import Metadata
from tests.attribute.first_sentence import FirstSentence


def test_the_api_from_articles_to_answers(small_project):
    project = kg.Project.open(small_project)
    report = project.build()
    assert report.count("read") == 2
    assert project.validate().conforms
    result = project.query("positions", topic="harbour", voice="any")
    assert {row["speaker"] for row in result.records()} <= {"Bo Ramm", "Ann Lee"}
    assert len(result) == project.stats().stances > 0
    assert [entry.file for entry in project.articles()] == ["quay.txt", "answer.txt"]
    project.remove("quay.txt")
    assert project.stats().articles == 1


def test_results_go_to_pandas(small_project):
    pandas = pytest.importorskip("pandas", reason="pandas is an extra")
    project = kg.Project.open(small_project)
    project.load(coder="Jo Coder")
    frame = project.query("positions").to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["speaker"]) == ["Bo Ramm", "Ann Lee"]


def test_reading_needs_no_graph(small_project):
    extractor = kg.Project.open(small_project).extractor()
    (article,) = kg.read_articles([small_project / "articles" / "quay.txt"])
    statements = extractor.statements(article)
    assert [statement.content[0].start for statement in statements] == sorted(
        statement.content[0].start for statement in statements
    )
    assert not (small_project / "graph").exists()


def test_a_changed_text_of_the_same_address_replaces_the_old_one(small_project):
    path = small_project / "articles" / "quay.txt"
    project = kg.Project.open(small_project)
    metadata = {"published": "2010-04-22", "url": "https://courier.example/quay"}
    project.build([path], metadata=Metadata(**metadata))
    path.write_text(path.read_text(encoding="utf-8") + "\nCorrection: the quay is 300 metres long.\n")
    report = project.build([path], metadata=Metadata(**metadata))
    assert [outcome.outcome for outcome in report.outcomes] == ["replaced"]
    assert len(project.articles()) == 1


def test_the_same_text_twice_is_one_article(small_project):
    text = (small_project / "articles" / "quay.txt").read_text(encoding="utf-8")
    (small_project / "articles" / "copy.txt").write_text(text, encoding="utf-8")
    project = kg.Project.open(small_project)
    report = project.build(metadata=Metadata(published="2010-04-22"))
    assert report.count("unchanged") == 1
    assert project.stats().articles == 2


def test_a_changed_register_has_the_articles_read_again(small_project):
    project = kg.Project.open(small_project)
    project.build()
    register = small_project / "register.csv"
    register.write_text(register.read_text(encoding="utf-8") + "Cy Dahl,person,,Ruritania,Envoy,2009,,\n")
    assert kg.Project.open(small_project).build().count("replaced") == 2


def test_another_extractor_or_threshold_has_the_articles_read_again(small_project, monkeypatch):
    monkeypatch.setitem(EXTRACTORS, "first", "tests.attribute.first_sentence:FirstSentence")
    kg.Project.open(small_project).build()
    project = kg.Project.open(small_project, extractor="first")
    assert project.build().count("replaced") == 2
    assert project.build().count("unchanged") == 2
    query = """SELECT DISTINCT ?extractor ?label
        { ?s a st:Statement ; prov:wasGeneratedBy ?c . ?c st:extractor ?extractor ; rdfs:label ?label }"""
    (row,) = project.sparql(query).records()
    assert row == {"extractor": "first 1.0", "label": f"Read by kg {kg.__version__} with first 1.0"}
    assert kg.Project.open(small_project, extractor="first", threshold=0.3).build().count("replaced") == 2
    settings = small_project / "kg.toml"
    settings.write_text('extractor = "first"\nthreshold = 0.3\n' + settings.read_text())
    assert kg.Project.open(small_project).build().count("unchanged") == 2


def test_an_extractor_that_cannot_read_an_article_keeps_what_the_graph_has_of_it(small_project, monkeypatch):
    monkeypatch.setitem(EXTRACTORS, "first", "tests.attribute.first_sentence:FirstSentence")
    kg.Project.open(small_project).build()
    before = kg.Project.open(small_project).stats()
    monkeypatch.setattr(FirstSentence, "unreadable", ("quay.txt",))
    report = kg.Project.open(small_project, extractor="first").build()
    outcomes = [(outcome.article, outcome.outcome) for outcome in report.outcomes]
    assert outcomes == [("answer.txt", "replaced"), ("quay.txt", "refused")]
    assert kg.Project.open(small_project).stats().articles == before.articles


def test_what_reading_cost_is_told(small_project, monkeypatch):
    monkeypatch.setitem(EXTRACTORS, "first", "tests.attribute.first_sentence:FirstSentence")
    told = []
    project = kg.Project.open(small_project, extractor="first", tell=told.append)
    project.build()
    assert told[-1] == "2 articles read"
    told.clear()
    project.build()
    assert told == []


def test_an_extractor_that_does_not_exist_is_named(small_project):
    with pytest.raises(kg.UsageError, match=r"no extractor 'magic' \(use one of model, rules"):
        kg.Project.open(small_project, extractor="magic").build()
    with pytest.raises(kg.UsageError, match="threshold"):
        kg.Project.open(small_project, threshold=2)


def test_a_threshold_leaves_out_what_is_less_sure(small_project):
    (article,) = kg.read_articles([small_project / "articles" / "answer.txt"])
    everything = kg.Project.open(small_project).extractor().statements(article)
    confidences = sorted(statement.confidence for statement in everything)
    assert len(set(confidences)) > 1
    sure = kg.Project.open(small_project, threshold=confidences[-1]).extractor().statements(article)
    assert sure == [s for s in everything if s.confidence == confidences[-1]]
    assert kg.attributions(article, threshold=1.0) == []


def test_what_the_api_does_not_have_is_an_attribute_error():
    with pytest.raises(AttributeError):
        _ = kg.nothing

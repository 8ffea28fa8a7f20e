"""The Python API does what the commands do."""

import pytest

import kg
from kg.ingest.metadata import Metadata


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


def test_what_the_api_does_not_have_is_an_attribute_error():
    with pytest.raises(AttributeError):
        _ = kg.nothing

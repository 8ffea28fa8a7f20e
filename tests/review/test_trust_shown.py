"""Where answers say how far they can be trusted, and that they say nothing where nothing was sampled."""

import html
import json
import re

import html5lib
import pyoxigraph as ox
import pytest

from kg.pages import Site
from kg.publish.making import publish
from kg.publish.place import Wishes
from kg.review.edits import with_actor
from kg.review.sampling import current_sample, waiting


def looked_at(project, wrong=0):
    """A sample of everything, all of it looked at; of so many stances the statement is struck out."""
    desk = project.desk("Ida")
    sample, _ = current_sample(desk, 9)
    left = waiting(desk, sample)
    for number, iri in enumerate(left.statements):
        case = desk.case(iri)
        if number < wrong:
            desk.reject(case)
        else:
            desk.accept(case)
    for one in left.passages:
        desk.look(one.article, one.start, one.end)


@pytest.fixture
def sampled(project):
    looked_at(project, wrong=1)
    return project


def test_nothing_shows_where_nothing_was_sampled(project, kg_command, harbour):
    answer = kg_command("query", "positions", "--project", harbour, "--actor", "Ruritania")
    assert "right" not in answer.err
    assert "sample" not in kg_command("stats", "--project", harbour).out
    assert json.loads(kg_command("stats", "--project", harbour, "-f", "json").out)["sample"] is None
    current_sample(project.desk("Ida"), 9)
    answer = kg_command("query", "positions", "--project", harbour, "--actor", "Ruritania")
    assert "right" not in answer.err, "nobody has looked at the sample yet"


def test_an_answer_in_the_terminal_says_it_beside_the_data(sampled, kg_command, harbour):
    answer = kg_command("query", "positions", "--project", harbour, "--actor", "Bo Ramm")
    assert "of 3 stances all checked, 67 % are right" in answer.err
    assert "drawn from 2 articles (Read by reader" in answer.err
    assert "Bo Ramm: of 2 stances all checked" in answer.err
    assert "Ann Lee: " not in answer.err, "the answer is not about her"
    assert "checked" not in answer.out
    data = kg_command("query", "positions", "--project", harbour, "--actor", "Bo Ramm", "-f", "csv")
    assert "checked" not in data.out + data.err
    stats = kg_command("stats", "--project", harbour)
    assert "of 3 stances all checked, 67 % are right" in stats.out


def shown_on(project, **more):
    """The text of each page by its path, with the markup."""
    with project.reading() as store:
        site = Site(store.view, project.iris, title="Harbour", **more)
        found = {page.path: site.render(page.path) for page in site.pages() if page.kind != "query"}
    for path, page in found.items():
        html5lib.HTMLParser(strict=True).parse(page)
        found[path] = html.unescape(page)
    return found


def test_pages_say_it_of_what_they_are_about(sampled):
    pages = shown_on(sampled)
    whole = "of 3 stances all checked, 67 % are right"
    assert whole in pages["index.html"]
    assert "Drawn from 2 articles (Read by reader" in pages["index.html"]
    assert whole in pages["position/new-quay.html"]
    assert whole in pages["actor/ruritania.html"], "a state has the stances of those who speak for it"
    assert "of 2 stances all checked" in pages["actor/bo-ramm.html"]
    assert "of 1 stance all checked" in pages["outlet/the-example-post.html"]
    articles = [page for path, page in pages.items() if path.startswith("article/")]
    assert sorted(re.findall("of (.) stances? all checked", "".join(articles))) == ["1", "2"]
    about = pages["about.html"]
    assert all(title in about for title in ("By outlet", "By actor", "By position"))
    assert "67 %" in about.partition('id="sample"')[2]


def test_no_page_says_anything_where_nothing_was_sampled(project):
    for _ in range(2):
        assert not [path for path, page in shown_on(project).items() if "random sample" in page]
        current_sample(project.desk("Ida"), 9)  # drawn, and not looked at yet


def test_names_in_what_it_says_are_no_markup(project):
    desk = project.desk("Ida")
    sample, _ = current_sample(desk, 9)
    for iri in waiting(desk, sample).statements:
        case, material = desk.case(iri), desk.material
        name = "<img src=x onerror=alert(1)>"
        desk.change(case, with_actor(case.record, material.register, material.iris, case.article, name))
    for one in waiting(desk, sample).passages:
        desk.look(one.article, one.start, one.end)
    with project.reading() as store:
        about = Site(store.view, project.iris, title="Harbour").render("about.html")
    assert "&lt;img src=x" in about
    assert "<img" not in about


def test_a_release_has_it_in_its_pages_and_as_rdf(sampled, tmp_path):
    folder = tmp_path / "release"
    publish(sampled, folder, Wishes("2026.11", date="2026-11-26"))
    for name in ("index.html", "dataset.html", "position/new-quay.html"):
        text = html.unescape((folder / name).read_text(encoding="utf-8"))
        assert "f 3 stances all checked, 67 % are right" in text, name
    assert "67 % are right" in (folder / "README.md").read_text(encoding="utf-8")
    store = ox.Store()
    store.load(path=folder / "dataset.ttl", format=ox.RdfFormat.TURTLE)
    rows = store.query(
        "PREFIX dqv: <http://www.w3.org/ns/dqv#> PREFIX schema: <https://schema.org/>"
        "SELECT ?metric ?on ?value ?low ?high { ?data dqv:hasQualityMeasurement ?m ."
        " ?m a dqv:QualityMeasurement ; dqv:isMeasurementOf ?metric ; dqv:computedOn ?on ; dqv:value ?value ;"
        " schema:minValue ?low ; schema:maxValue ?high . ?metric a dqv:Metric ; dqv:inDimension ?d }"
    )
    measured = {
        (row["metric"].value.rpartition("-")[2], row["on"].value.rpartition("/")[2]): [
            float(row[name].value) for name in ("low", "value", "high")
        ]
        for row in rows
    }
    assert measured["right", "dataset"] == [0.6667, 0.6667, 0.6667]
    assert measured["missed", "dataset"] == [0, 0, 0]
    assert measured["right", "new-quay"] == measured["right", "ruritania"]
    assert ("right", "bo-ramm") in measured
    before = (folder / "SHA256SUMS").read_bytes()
    publish(sampled, tmp_path / "again", Wishes("2026.11", date="2026-11-26"))
    assert (tmp_path / "again" / "SHA256SUMS").read_bytes() == before


def test_a_release_without_a_sample_says_nothing_of_one(project, tmp_path):
    publish(project, tmp_path / "release", Wishes("2026.11", date="2026-11-26"))
    for path in ("dataset.ttl", "dataset.html", "index.html", "README.md"):
        text = (tmp_path / "release" / path).read_text(encoding="utf-8")
        assert not re.search("dqv:Quality|random sample", text), path

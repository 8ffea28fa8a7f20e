"""Where answers say how far they can be trusted, and that they say nothing where nothing was sampled."""

import json

import pytest

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

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.relative_dates import time_expressions
from kg.model.dates import bounds, interval
from tests.link.reading_of import link_marked, marked


@pytest.mark.parametrize(
    ("published", "words", "expected"),
    [
        ("2010-04-23", "on Thursday", "2010-04-22"),
        ("2010-04-23", "on Friday", "2010-04-23"),
        ("2010-04-23", "last Friday", "2010-04-16"),
        ("2010-04-23", "yesterday", "2010-04-22"),
        ("2010-04-23", "last December", "2009-12"),
        ("2010-04-23", "in February", "2010-02"),
        ("2010-04-23", "in May", "2009-05"),
        ("2010-04-23", "last week", "2010-04-12/2010-04-18"),
        ("2010-04-23", "earlier this month", "2010-04-01/2010-04-23"),
        ("2010-04-23", "earlier this year", "2010-01-01/2010-04-23"),
        ("2010-04-23", "last year", "2009"),
        ("2010-04-23", "two years ago", "2008"),
        ("2010-04-23", "three days ago", "2010-04-20"),
        ("2010-04-23", "on 5 March", "2010-03-05"),
        ("2010-04-23", "on March 5, 2007", "2007-03-05"),
        ("2010-04-23", "in 2007", "2007"),
        ("2010-04-23", "in March 2007", "2007-03"),
        ("2010-04-23", "as recently as February", "2010-02"),
        ("2010-04-23", "has long", "../2010-04-23"),
        ("2010-04-18/2010-04-22", "last December", "2009-12"),
        ("2010-04-18/2010-04-22", "last week", "2010-04-05/2010-04-18"),
        ("2010-04-18/2010-04-22", "on Tuesday", "2010-04-13/2010-04-20"),
        (None, "in 2007", "2007"),
    ],
)
def test_expressions_have_their_true_precision(published, words, expected):
    found = list(time_expressions(words, 0, len(words), bounds(published) if published else None))
    assert [interval(f.time.earliest, f.time.latest) for f in found] == [expected]


@pytest.mark.parametrize(
    "words", ["next week", "on 31 February 2009", "in 2031", "a long speech", "he may say"]
)
def test_nothing_is_made_up(words):
    assert list(time_expressions(words, 0, len(words), bounds("2010-04-23"))) == []


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "../2010-04", "2010-04/.."])
def test_odd_dates_of_print_do_no_harm(published):
    words = "last week, two years ago, on Thursday, in recent months, in December, last spring"
    for found in time_expressions(words, 0, len(words), bounds(published)):
        latest = bounds(published).latest or datetime.date.max
        assert found.time.latest is None or found.time.latest <= latest


def test_without_a_date_of_print_relative_words_date_nothing():
    assert list(time_expressions("on Thursday, last year", 0, 22, None)) == []


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 1, 1)), st.text(max_size=80))
def test_any_text_gives_dates_up_to_print(day, text):
    anchor = bounds(day.isoformat())
    for found in time_expressions(text, 0, len(text), anchor):
        assert found.time.earliest is None or found.time.earliest <= day


CASES = [
    # The time of the cue, not of what is talked about.
    ("Sergey Lavrov said on Thursday that Norway left in 2007.", "said", "Norway left in 2007", "2010-04-22"),
    ("Sergey Lavrov said that talks begin on Thursday.", "said", "talks begin on Thursday", "2010-04-23"),
    ("Last December, Sergey Lavrov was insisting that it is void.", "insisting", "it is void", "2009-12"),
    ("Vladimir Putin, then Russia's president, said the plan was wrong.", "said", "the plan was wrong",
     "2000-05-07/2008-05-07"),
    ("Ola Hansen had offered to share the data.", "had offered", "to share the data", "2001/2005-10"),
    ("As president in 2007 Vladimir Putin said the plan was wrong.", "said", "the plan was wrong", "2007"),
    ("Russia had long objected to plans of war.", "had long objected", "plans of war", "../2010-04-23"),
    ("Sergey Lavrov, who began in 2004, said the plan is bad.", "said", "the plan is bad", "2010-04-23"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cue", "content", "said"), CASES)
def test_what_dates_a_statement(tmp_path, text, cue, content, said):
    source = next(
        name for name in ("Sergey Lavrov", "Vladimir Putin", "Ola Hansen", "Russia") if name in text
    )
    if "then Russia's" in text:
        source += ", then Russia's president"
    reading = marked(text, (source, cue, content))
    expected = said if "/" not in said or said.startswith("..") else interval(
        bounds(said).earliest, bounds(said).latest
    )  # fmt: skip
    assert [s.said for s in link_marked(tmp_path, reading)] == [expected]


def test_a_day_after_an_event(tmp_path):
    text = "A day after Norway announced it was leaving, Sergey Lavrov said the plan was wrong."
    reading = marked(
        text, ("Norway", "announced", "it was leaving"), ("Sergey Lavrov", "said", "the plan was wrong")
    )
    assert [s.said for s in link_marked(tmp_path, reading)] == ["2010-04-22", "2010-04-23"]


def test_a_speech_goes_on_and_an_undated_article_stays_undated(tmp_path):
    text = "Sergey Lavrov said on Thursday that talks had failed. He added that Norway was to blame."
    parts = (("Sergey Lavrov", "said", "talks had failed"), ("He", "added", "Norway was to blame"))
    assert [s.said for s in link_marked(tmp_path, marked(text, *parts))] == ["2010-04-22", "2010-04-22"]
    undated = marked(text, *parts, published=None)
    assert [s.said for s in link_marked(tmp_path, undated)] == [None, None]


@pytest.mark.parametrize(
    ("published", "words", "expected"),
    [
        ("2010-04-23", "in a 2007 speech", "2007"),
        ("2010-04-23", "in her 2008 annual report", "2008"),
        # On a Friday the day before, or that of the week before.
        ("2010-04-23", "last Thursday", "2010-04-15/2010-04-22"),
        # At a weekend the one before.
        ("2010-04-24", "last weekend", "2010-04-17/2010-04-18"),
        ("2010-04-23", "last weekend", "2010-04-17/2010-04-18"),
    ],
)
def test_expressions_that_need_care(published, words, expected):
    found = list(time_expressions(words, 0, len(words), bounds(published)))
    assert [interval(f.time.earliest, f.time.latest) for f in found] == [expected]


def said(folder, text, *parts):
    return [s.said for s in link_marked(folder, marked(text, *parts))]


def test_a_year_that_tells_which_study_dates_no_speech(tmp_path):
    text = "The 2007 study was wrong, Ann Lee said."
    assert said(tmp_path, text, ("Ann Lee", "said", "The 2007 study was wrong")) == ["2010-04-23"]


def test_a_letter_has_its_date(tmp_path):
    text = "A group of 22 mayors urged him in a letter dated March 4 to stop, warning that jobs would go."
    found = said(tmp_path, text, ("A group of 22 mayors", "warning", "jobs would go"))
    assert found == ["2010-03-04"]


def test_the_day_before_is_that_before_what_was_told_last(tmp_path):
    text = "“It is over,” Ann Lee said on Tuesday. A day earlier Joe Roe had warned that jobs would go."
    parts = ("Ann Lee", "said", "It is over"), ("Joe Roe", "had warned", "jobs would go")
    found = said(tmp_path, text, *parts)
    assert found == ["2010-04-20", "2010-04-19"]


def test_who_goes_on_in_the_letter_does_so_on_its_day(tmp_path):
    text = (
        "Ann Lee had on Monday ordered all to work. Nobody did.\n\n"
        "In the letter, she said that jobs would go."
    )
    found = said(tmp_path, text, ("Ann Lee", "ordered", "all to work"), ("she", "said", "jobs would go"))
    assert found == ["2010-04-19", "2010-04-19"]


def test_a_phrase_used_before_has_the_date_of_its_use(tmp_path):
    text = "Ann Lee has argued that it was a crime, a word she used in a 2007 lecture in Rome."
    assert said(tmp_path, text, ("Ann Lee", "has argued", "it was a crime")) == ["2007"]


def test_the_day_of_a_hearing_holds_for_the_paragraphs_that_go_on_with_it(tmp_path):
    text = (
        "Ann Lee has had an account with the bank since she was born here.\n\n"
        "“They never asked me,” the woman told a hearing on Wednesday night in the old library.\n\n"
        "Mayor Joe Roe called it a shame."
    )
    found = said(tmp_path, text, ("Joe Roe", "called", "it a shame"))
    assert found == ["2010-04-21/2010-04-23"]


def test_at_the_time_is_that_of_the_clause_before(tmp_path):
    text = "The World Bank, which withdrew in 2009, said at the time that jobs would go."
    assert said(tmp_path, text, ("The World Bank", "said", "jobs would go")) == ["2009"]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.dateline import publication
from kg.ingest.printed_dates import dates_in, first_date

BODY = (
    "The dam above Hallow Bridge will not be finished before 2 June 2019, the minister said, because the "
    "ground is softer than it was thought to be.\n\nHe had promised on 4 May 2011 that it would be ready in "
    "two years, and nobody believed him, least of all the people who live in the valley below the bridge.\n"
)


@pytest.mark.parametrize(
    ("head", "edtf", "told_by"),
    [
        ("Page last updated at 08:12 GMT, Monday, 7 March 2011\n\nDam late\n\n", "2011-03-07", "page"),
        ("Dam late\n7 Mar, 2011 11:57\n\n", "2011-03-07", "page"),
        ("Dam late\n\nPublished: 2011-03-07T08:12:00Z\n\n", "2011-03-07", "page"),
        ("Dam late\n\nBy Ann Lee | March 7th, 2011 | 8:12am\n\n", "2011-03-07", "page"),
        ("The Orrin Post, Monday 7 March 2011 08.12 GMT\n\nDam late\n\n", "2011-03-07", "page"),
        ("Updated 9 March 2011\nPublished 7 March 2011\n\nDam late\n\n", "2011-03-07", "page"),
        ("Dam late\n\nMarch 2011\n\n", "2011-03", "page"),
        ("Dam late\n07.03.2011\n\n", "2011-03-07", "page"),
        ("Dam late\n03/25/2011\n\n", "2011-03-25", "page"),
        # Which is the month? Both readings are kept.
        ("Dam late\n07/03/2011\n\n", "2011-03-07/2011-07-03", "page"),
        ("PORT OLVA, March 7, 2011 (Lumen) - ", "2011-03-07", "dateline"),
        ("Port Olva, 7 March 2011 – ", "2011-03-07", "dateline"),
        ("Lumen News 2011\n\nPORT OLVA, March 7 (Lumen) -- ", "2011-03-07", "dateline"),
    ],
)
def test_dates_that_are_printed(head: str, edtf: str, told_by: str) -> None:
    found = publication(head + BODY)
    assert found is not None
    assert (found.edtf, found.told_by) == (edtf, told_by)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "Dam late\n\n© 2011 Orrin Post\n\n" + BODY,
        "PORT OLVA, March 7 (Lumen) - " + BODY,
        "© 2011 Lumen\n\nPORT OLVA, March 7 (Lumen) - " + BODY,
        "Dam will be ready by 2 June 2019, minister says\n\n" + BODY,
        BODY + "\nRelated\nDam begun\n1 May 2009\nDam planned\n3 April 2008\n",
        BODY + "\nPublished: 1 May 2009\nDam begun\nPublished: 3 April 2008\nDam planned\n",
        "Dam late\n31 February 2011\n\n" + BODY,
        "Dated\n\n" + BODY,
    ],
)
def test_no_date_is_made_up(text: str) -> None:
    assert publication(text) is None


def test_a_single_label_at_the_foot_is_the_article_s_own() -> None:
    found = publication(BODY + "\nStory published: 8 March 2011\n")
    assert found is not None
    assert found.edtf == "2011-03-08"


@given(
    st.dates(),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %Y", "%d.%m.%Y", "%A, %d %b. %Y"]),
)
def test_a_printed_day_is_read_back(day, form: str) -> None:
    if day.year < 1900 or day.year > 2099:
        day = day.replace(year=2011, day=1)
    assert first_date(day.strftime(form)) == day.isoformat()


@given(st.text())
def test_any_text_is_borne(text: str) -> None:
    publication(text)
    assert all(text[date.start : date.end] for date in dates_in(text))

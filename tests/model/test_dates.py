import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.dates import bounds, interval
from kg.model.errors import InputError

DAYS = st.dates(datetime.date(1800, 1, 1), datetime.date(2200, 1, 1))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2009", "2009-01-01", "2009-12-31"),
        ("2010-02", "2010-02-01", "2010-02-28"),
        ("2000/2008-05", "2000-01-01", "2008-05-31"),
        ("../2009-09-18", "None", "2009-09-18"),
        ("2009-09-18/..", "2009-09-18", "None"),
        ("2009-09~", "2009-09-01", "2009-09-30"),
    ],
)
def test_bounds_are_the_first_and_last_day(text, earliest, latest):
    found = bounds(text)
    assert (str(found.earliest), str(found.latest)) == (earliest, latest)


@pytest.mark.parametrize(
    "text", ["", "  ", "soon", "2009-13", "2009-02-30", "2010/2009", "a/b/c", "18.09.2009"]
)
def test_what_is_no_date_is_refused_with_a_hint(text):
    with pytest.raises(InputError) as error:
        bounds(text)
    assert error.value.hint


@given(DAYS, DAYS)
def test_an_interval_has_the_bounds_it_was_made_from(one, other):
    first, last = sorted([one, other])
    found = bounds(interval(first, last))
    assert (found.earliest, found.latest) == (first, last)


@given(st.text(max_size=30))
def test_no_text_makes_bounds_fail_otherwise_than_by_an_input_error(text):
    with contextlib.suppress(InputError):
        bounds(text)


def test_before_needs_all_of_one_before_all_of_the_other():
    assert bounds("2009-11").before(bounds("2009-12"))
    assert not bounds("2009").before(bounds("2009-12"))
    assert not bounds("2009/..").before(bounds("2010"))

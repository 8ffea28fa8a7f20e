"""Where the words of a record stand in a text that has changed since, and where they stand no more."""

import pytest

from kg.build.anchoring import anchored
from kg.build.records import recorded_span

ORTIZ = "Its secretary, Bela Ortiz, said that drivers welcomed the pass since it put an end to the quarrels."
PIKE = "He himself would vote yes in it: he thinks the tram is right. He merely thinks of those who pay."


def record(text, content, source=None):
    at = text.index(content)
    spoken_by = recorded_span(text, text.index(source), text.index(source) + len(source)) if source else None
    return {"content": [recorded_span(text, at, at + len(content))], "source": spoken_by, "cue": None}


def words(record, text):
    found = anchored(record, text)
    return found and found["content"][0]["text"]


@pytest.mark.parametrize(
    ("old", "new", "stands"),
    [
        ("drivers welcomed", "drivers did not welcome", False),
        ("drivers welcomed", "drivers have not welcomed", False),
        ("put an end to", "put no end to", False),
        ("an end", "a beginning", False),
        ("welcomed", "welcome", True),
        ("drivers welcomed", "drivers have welcomed", True),
        ("the quarrels", "all the quarrels", True),
        ("drivers welcomed", "drivers  welcomed", True),
    ],
)
def test_what_says_the_opposite_is_not_what_was_meant(old, new, stands):
    content = ORTIZ[ORTIZ.index("drivers") : -1]
    found = words(record(ORTIZ, content, "Bela Ortiz"), f"Corrected.\n\n{ORTIZ.replace(old, new)}")
    assert (found == content.replace(old, new)) if stands else found is None


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        (f"Corrected.\n\n{PIKE}", True),
        ("At last he thinks the tram is right.", True),
        (f"Nobody, Mr Pruett said, had shown him that the tram is right.\n\n{PIKE[:33]}", False),
        ("Pruett: the tram is right", False),
    ],
)
def test_few_words_that_another_says_elsewhere_are_not_what_was_meant(text, stands):
    assert (words(record(PIKE, "the tram is right", "he"), text) is not None) is stands


def test_many_words_stand_where_all_around_them_is_new_but_who_said_them():
    quote = "A project of this size needs a mandate"
    said = record(f"“{quote},” Ronan Pike told us on Monday.", quote, "Ronan Pike")
    assert words(said, f"Only Ronan Pike objects. “{quote}.”") == quote
    assert words(said, f"It is untrue that a mandate is needed. {quote}, some claim.") is None

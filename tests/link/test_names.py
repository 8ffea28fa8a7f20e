import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.names import bare_name, distance, fold, misspelt, same_person, sound_key, surname


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergey", "Sergei"), ("Nikolai", "Nikolay"), ("Zelensky", "Zelenskyy"), ("Dmitry", "Dmitriy"),
        ("Alexei", "Aleksey"), ("Müller", "Mueller"), ("Горбачёв", "Gorbachev"), ("Yeltsin", "Eltsin"),
    ],
)  # fmt: skip
def test_transliterations_share_a_key(one, other):
    assert sound_key(one) == sound_key(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mr Lavrov", "Sergey Lavrov", True),
        ("General Nikolai Makarov", "Nikolay Makarov", True),
        ("Fogh Rasmussen", "Anders Fogh Rasmussen", True),
        ("Bill Clinton", "William Clinton", True),
        ("Bill Clinton", "Hillary Clinton", False),
        ("Raul Castro", "Fidel Castro", False),
        ("Rogosin", "Dmitry Rogozin", True),
        ("Bush", "Rush", False),
    ],
)
def test_same_person(one, other, same):
    assert same_person(one, other) is same


def test_titles_and_possessives_are_no_part_of_a_name():
    assert bare_name("President Barack Obama's") == "Barack Obama"
    assert surname("Dr Ursula von der Leyen") == "von der Leyen"


@given(st.text(max_size=20), st.text(max_size=20))
def test_distance_is_symmetric_and_bounded(one, other):
    assert distance(one, other) == distance(other, one) <= 3


@given(st.text(max_size=60))
def test_folding_and_keys_take_any_text(text):
    assert fold(text) == fold(text.upper()) or not text.isascii()
    sound_key(text)
    bare_name(text)
    surname(text)
    misspelt(text, text[::-1])

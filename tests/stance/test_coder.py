"""Statements are coded with the positions they are about, and the side that words and cue together take."""

import pytest

from kg.model.article import Article
from kg.model.attribution import Force, Span
from kg.model.codebook import Codebook, Position
from kg.model.statement import PositionStance, Statement
from kg.stance.coder import Coder

POSITIONS = (
    Position("x:tram", "tram", "A tram line should be built to the harbour", ("transport",)),
    Position("x:toll", "toll", "Drivers should pay a toll to enter the old town", ("transport",)),
    Position("x:tower", "tower", "The water tower is safe", ("buildings",)),
    Position("x:fireworks", "fireworks", "Private fireworks should be banned", ("order",)),
    Position("x:pool", "pool", "The open-air swimming pool should be kept open", ("leisure",)),
)
CODER = Coder(Codebook((), POSITIONS))


def code(sentence: str, content: str, cue: str | None, force: Force = "asserts") -> dict[str, PositionStance]:
    start = sentence.index(content)
    spans = (Span(start, start + len(content), content),)
    at = sentence.index(cue) if cue else 0
    span = Span(at, at + len(cue), cue) if cue else None
    statement = Statement("a.txt", "1", "indirect", None, span, spans, force=force)
    coded = CODER.code([statement], Article("a.txt", sentence))[0]
    return {stance.position: stance for stance in coded.positions}


@pytest.mark.parametrize(
    ("sentence", "content", "cue", "position", "side"),
    [
        ("Ann Lee said the harbour tram line must be built.", "the harbour tram line must be built",
         "said", "tram", "supports"),
        ("Ann Lee said the tram line would be a waste of money.", "the tram line would be a waste of money",
         "said", "tram", "opposes"),
        ("Ann Lee rejected a toll for drivers in the old town.", "a toll for drivers in the old town",
         "rejected", "toll", "opposes"),
        ("Ann Lee called for a toll on drivers in the old town.", "a toll on drivers in the old town",
         "called for", "toll", "supports"),
        ("Ann Lee praised the decision to scrap the tram line to the harbour.",
         "the decision to scrap the tram line to the harbour", "praised", "tram", "opposes"),
        ("Ann Lee said private fireworks should be banned now.", "private fireworks should be banned now",
         "said", "fireworks", "supports"),
        ("Ann Lee said there is no need to ban fireworks.", "there is no need to ban fireworks",
         "said", "fireworks", "opposes"),
    ],
)  # fmt: skip
def test_side(sentence: str, content: str, cue: str, position: str, side: str):
    assert code(sentence, content, cue)[position].stance == side


def test_a_reversal_of_a_reversal_is_never_taken_the_wrong_way():
    sentence = "Ann Lee dismissed calls to close the swimming pool."
    found = code(sentence, "calls to close the swimming pool", "dismissed")
    assert "pool" not in found or found["pool"].stance != "opposes"


def test_condition_is_kept_beside_the_polarity():
    words = "we will build the tram line to the harbour only if the state pays half"
    found = code(f"Ann Lee said {words}.", words, "said")["tram"]
    assert (found.stance, found.condition) == ("supports", "only if the state pays half")


def test_what_is_about_no_position_gets_none():
    assert (
        code("Ann Lee said the harvest was late this year.", "the harvest was late this year", "said") == {}
    )


def test_a_denial_of_a_plan_is_no_opposition():
    words = "that a toll for drivers in the old town should be introduced this year"
    found = code(f"Ann Lee denied {words}.", words, "denied", "denies")
    assert all(stance.stance == "neutral" for stance in found.values())


def test_an_empty_codebook_codes_nothing():
    statement = Statement("a.txt", "1", "direct", None, None, (Span(0, 5, "Hello"),))
    assert Coder(Codebook()).code([statement], Article("a.txt", "Hello"))[0].positions == ()


def test_order_and_everything_else_stay():
    text = "The tram is good. The toll is bad."
    made = [
        Statement("a.txt", "1", "direct", None, None, (Span(0, 17, text[:17]),)),
        Statement("a.txt", "2", "direct", None, None, (Span(18, 34, text[18:]),)),
    ]
    coded = CODER.code(made, Article("a.txt", text))
    assert [one.id for one in coded] == ["1", "2"]
    assert all(0 <= stance.confidence <= 1 for one in coded for stance in one.positions)

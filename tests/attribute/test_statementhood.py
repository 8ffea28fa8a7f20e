"""What is a statement, with which force and in which kind of quotation."""

from __future__ import annotations

import pytest

from .reading_of import attributions, said, statements


@pytest.mark.parametrize(
    "text",
    [
        "The minister declined to comment on the report.",
        "The minister spoke about Peru.",
        "He would say that fares must rise.",
        "If she says that fares will rise, shops will close.",
        "It emerged that the bridge was unsafe.",
        "The mayor did not say that fares would rise.",
        "The official asked not to be named because he was not allowed to speak.",
        "Nobody said that fares would rise.",
        "The poll found that 60 percent of voters dislike the toll.",
        "The film seems to please the critics.",
    ],
)
def test_no_statement(text: str) -> None:
    assert said(text) == []


def test_what_was_not_said_stays_an_attribution() -> None:
    found = attributions("The minister declined to comment on the report.")
    assert [a.is_statement for a in found] == [False]


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("The mayor said that fares fell.", "asserts"),
        ("The mayor said that fares should fall.", "demands"),
        ("The union urged the council to act at once.", "demands"),
        ("Peru offered to host the talks.", "offers"),
        ("The mayor vowed to fight the toll in court.", "offers"),
        ("The mayor denied that he had lied.", "denies"),
        ("The mayor rejected the idea of a toll on lorries.", "rejects"),
        ("The union welcomed the new law on rents.", "praises"),
        ("The union condemned the new law on rents.", "criticises"),
        ("The bank warned that prices would double.", "warns"),
        ('"Who will pay for it?" asked Ann Lee.', "asks"),
        ("She asked the council for cameras outside the school.", "demands"),
    ],
)
def test_force(text: str, force: str) -> None:
    assert statements(text)[0].force == force


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The mayor said that fares fell.", "indirect"),
        ("The mayor said that “fares fell” in May.", "mixed"),
        ("The mayor said that “fares fell in May”.", "direct"),
        ("“Fares fell in May,” the mayor said.", "direct"),
    ],
)
def test_quotation(text: str, quote: str) -> None:
    assert statements(text)[0].quote == quote


def test_confidence_is_a_share() -> None:
    assert all(0 < a.confidence <= 1 for a in attributions("The mayor said that fares fell. She thinks so."))

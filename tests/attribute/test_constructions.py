"""One invented sentence for each way of saying who said what."""

from __future__ import annotations

import pytest

from .reading_of import said

CASES: list[tuple[str, list[tuple[str | None, list[str]]]]] = [
    ("The mayor said that fares will rise.", [("The mayor", ["fares will rise"])]),
    ("The mayor said fares will rise in May.", [("The mayor", ["fares will rise in May"])]),
    ("Fares will rise, the mayor said.", [("the mayor", ["Fares will rise"])]),
    ("Fares will rise, said Ann Lee.", [("Ann Lee", ["Fares will rise"])]),
    ("Fares, she added, will rise again.", [("she", ["Fares", "will rise again"])]),
    ("There should also be more buses, he said.", [("he", ["There should also be more buses"])]),
    ("The plan needs more money, the finance minister said Friday.",
     [("the finance minister", ["The plan needs more money"])]),
    ("LIMA, May 3 (Wire) - Fares will rise, the mayor said.", [("the mayor", ["Fares will rise"])]),
    ("“Fares will rise,” said Ann Lee.", [("Ann Lee", ["Fares will rise,"])]),
    ('"Fares will rise," the mayor told reporters.', [("the mayor", ["Fares will rise,"])]),
    ("'Fares will rise,' the mayor said.", [("the mayor", ["Fares will rise,"])]),
    ('The mayor said: "Fares will rise."', [("The mayor", ["Fares will rise."])]),
    ('"Fares will rise," she said. "We must."', [("she", ["Fares will rise,", "We must."])]),
    ('"If fares rise," said Mr Lee, "we will walk."', [("Mr Lee", ["If fares rise,", "we will walk."])]),
    ('The mayor said fares would be "painfully high".', [("The mayor", ['fares would be "painfully high"'])]),
    ('Fares must stay "within reach", she added.', [("she", ['Fares must stay "within reach"'])]),
    ("According to the ministry, fares will rise.", [("the ministry", ["fares will rise"])]),
    ("Fares will rise, according to the ministry.", [("the ministry", ["Fares will rise"])]),
    ("The union called for lower fares in all towns.", [("The union", ["lower fares in all towns"])]),
    ("The union urged the council to freeze fares.", [("The union", ["the council to freeze fares"])]),
    ("The union called on the council to freeze fares.", [("The union", ["the council to freeze fares"])]),
    ("The minister denied that he had lied.", [("The minister", ["he had lied"])]),
    ("The minister rejected the idea of a toll.", [("The minister", ["the idea of a toll"])]),
    ('Ms Lee dismissed the plan as "a joke".', [("Ms Lee", ['the plan as "a joke"'])]),
    ('Ms Lee called the plan "a gift to the rich".', [("Ms Lee", ['the plan "a gift to the rich"'])]),
    ('Ms Lee welcomed his speech as "very fair", but added that it came late.',
     [("Ms Lee", ['his speech as "very fair"']), ("Ms Lee", ["it came late"])]),
    ('Ms Lee praised as "brave and wise" his plan for the port.',
     [("Ms Lee", ['as "brave and wise" his plan for the port'])]),
    ("Peru offered to host the talks in spring.", [("Peru", ["to host the talks in spring"])]),
    ("The bank warned of a long recession.", [("The bank", ["a long recession"])]),
    ("The bank warned that prices would double.", [("The bank", ["prices would double"])]),
    ("She accused the mayor of hiding the report.", [("She", ["the mayor of hiding the report"])]),
    ("The mayor wants the council to vote in June.", [("The mayor", ["the council to vote in June"])]),
    ("The mayor believes the toll is unfair.", [("The mayor", ["the toll is unfair"])]),
    ("Calling for a freeze on fares, the mayor said the poor could not pay.",
     [("the mayor", ["a freeze on fares"]), ("the mayor", ["the poor could not pay"])]),
    ("The mayor said fares would rise, adding that buses would run at night.",
     [("The mayor", ["fares would rise"]), ("The mayor", ["buses would run at night"])]),
    ("The mayor says the figures are wrong and says he will resign.",
     [("The mayor", ["the figures are wrong"]), ("The mayor", ["he will resign"])]),
    ("The minister repeated his call for a ban on fishing.", [("his", ["a ban on fishing"])]),
    ("He repeated his call for Peru to join the talks.", [("his", ["Peru to join the talks"])]),
    ("The governor made it clear that the dam will be built.", [("The governor", ["the dam will be built"])]),
    ("Peru, which hosts the talks, said it was counting on its guests.",
     [("Peru", ["it was counting on its guests"])]),
    ("Officials say the bridge is safe.", [("Officials", ["the bridge is safe"])]),
    ('"The tax is a mistake," the Daily Post wrote.', [("the Daily Post", ["The tax is a mistake,"])]),
    ("She asked the council for cameras outside the school.", [("She", ["for cameras outside the school"])]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:50] for text, _ in CASES])
def test_construction(text: str, expected: list[tuple[str | None, list[str]]]) -> None:
    assert said(text) == expected

"""Who "she", "the winegrower" and "MR ROE" are, in articles of whose people no register knows anything."""

import pytest

from kg.link.linker import Linker
from kg.model.iris import Iris
from kg.model.register import Register
from tests.link.reading_of import marked


def speakers(text, *parts):
    """The labels of the speakers of some attributions, each marked by its source, cue and content."""
    found = Linker(Register(), Iris()).link(marked(text, *parts))
    return [statement.actor.label if statement.actor else None for statement in found]


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        # Names that no list has, by what stands in the sources.
        (
            "Ismeta Quorvo lit the stove. The night was long, Quorvo said.",
            [("Quorvo", "said", "The night was long")],
            ["Ismeta Quorvo"],
        ),
        (
            "The tax will stay, Deputy Minister of Trade Ondrus Velk told reporters.",
            [("Deputy Minister of Trade Ondrus Velk", "told", "The tax will stay")],
            ["Ondrus Velk"],
        ),
        (
            "Mayor K. S. Tarvidi ordered a search. Tarvidi hoped for an end of it.",
            [("Tarvidi", "hoped for", "an end of it")],
            ["K. S. Tarvidi"],
        ),
        # Transcripts and interviews.
        (
            "The inquiry heard Cormac Dunleary.\n\nMR DUNLEARY: I saw the lorry.\n\n"
            "MS ROE: At what hour?",
            [("MR DUNLEARY", ":", "I saw the lorry."), ("MS ROE", ":", "At what hour?")],
            ["Cormac Dunleary", "Roe"],
        ),
        (
            "Anna Brandt keeps the lighthouse. She spoke to us on the stairs.\n\n"
            "Q: Is it lonely?\n\nA: Never.",
            [("Q", ":", "Is it lonely?"), ("A", ":", "Never.")],
            ["(interviewer)", "Anna Brandt"],
        ),
        (
            "At noon @IlkaBrandt posted that the lamp was out. Ilka Brandt keeps the lighthouse.",
            [("@IlkaBrandt", "posted", "that the lamp was out")],
            ["Ilka Brandt"],
        ),
        # Callings that no list has.
        (
            "Ilka Brandt lit the stove. “It was cold,” the winegrower said. She hoped for rain.",
            [("the winegrower", "said", "“It was cold,”"), ("She", "hoped for", "rain")],
            ["Ilka Brandt", "Ilka Brandt"],
        ),
        (
            "Ilka Brandt, a conductor, met Tom Roe. Roe left. “It was cold,” the conductor said.",
            [("the conductor", "said", "“It was cold,”")],
            ["Ilka Brandt"],
        ),
        (
            "A diplomat sat in the room. Ilka Brandt left. It was cold, the diplomat said.",
            [("the diplomat", "said", "It was cold")],
            ["(diplomat)"],
        ),
        (
            "Ilka Brandt spoke first. The mediator, a retired judge, asked for patience.",
            [("The mediator, a retired judge,", "asked for", "patience")],
            ["(mediator)"],
        ),
        (
            "Tom Roe, head of the museum, left. The museum hopes for rain.",
            [("The museum", "hopes for", "rain")],
            ["(museum)"],
        ),
        (
            "Tom Roe, head of the yard's press service, came. The spokesman hopes for rain.",
            [("The spokesman", "hopes for", "rain")],
            ["Tom Roe"],
        ),
        # People and houses without a name, and what points back to them.
        (
            "In the corner a young woman is crying. “It is nothing,” she says.",
            [("she", "says", "“It is nothing,”")],
            ["(young woman)"],
        ),
        (
            "The railway company spoke of progress. The change, it says, will save money.",
            [("The railway company", "spoke of", "progress"), ("it", "says", "will save money")],
            ["(railway company)", "(railway company)"],
        ),
        (
            "The opposition, which called the plan a fraud, left the hall.",
            [("which", "called", "the plan a fraud")],
            ["(opposition)"],
        ),
        (
            "A Chilean fund that holds a tenth of the stock welcomed the change.",
            [("A Chilean fund that holds a tenth of the stock", "welcomed", "the change")],
            ["(Chilean fund)"],
        ),
        (
            "VARNHOLM, May 3. The bridge is shut. The ministry hopes for rain.",
            [("The ministry", "hopes for", "rain")],
            ["(ministry)"],
        ),
        (
            "Growers met in Tarvik Flat. The farmers' federation hopes for rain.",
            [("The farmers' federation", "hopes for", "rain")],
            ["(farmers' federation)"],
        ),
        (
            "Four nuns wrote. One of them, Ita Roe, hopes for rain.",
            [("One of them, Ita Roe,", "hopes for", "rain")],
            ["Ita Roe"],
        ),
        # Headings and first lines that describe whom the text names later.
        (
            "Envoy: water will come\n\nZoran Petrik, who heads the delegation, hopes for rain.",
            [("Envoy", ":", "water will come"), ("Zoran Petrik", "hopes for", "rain")],
            ["Zoran Petrik", "Zoran Petrik"],
        ),
        (
            "The owner of the mill admits a mistake, in a letter of one page.\n\n"
            "Zarine Roe writes that she was wrong by sixteen years.",
            [
                ("The owner of the mill", "admits", "a mistake"),
                ("Zarine Roe", "writes", "that she was wrong"),
            ],
            ["Zarine Roe", "Zarine Roe"],
        ),
        (
            "Kit Vane: never booked\n\nA singer on four thousand posters says she read of it there.\n\n"
            "Vane's agent, Jools Roe, confirmed that.",
            [
                ("A singer on four thousand posters", "says", "she read of it"),
                ("Vane's agent, Jools Roe,", "confirmed", "that"),
            ],
            ["Kit Vane", "Jools Roe"],
        ),
    ],
)  # fmt: skip
def test_who_speaks(text, parts, expected):
    assert speakers(text, *parts) == expected

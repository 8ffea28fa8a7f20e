"""Answers show themselves in notebooks, with every value escaped."""

import html5lib
import pyoxigraph as ox

from kg.query.html_table import MOST_ROWS
from kg.query.results import Result


def test_values_are_escaped_and_hidden_columns_left_out():
    hostile = ox.Literal('</td><script>alert("x")</script>&\x1b[2J')
    result = Result(("who_said", "secret"), ((hostile, ox.Literal("s")), (None, None)), title="<b>")
    shown = result.labelled("<b>T", ("secret",))._repr_html_()
    assert "<script" not in shown
    assert "\x1b" not in shown
    assert "secret" not in shown
    tree = html5lib.parseFragment(shown, namespaceHTMLElements=False)
    assert [cell.text for cell in tree.iter("td")] == [
        '</td><script>alert("x")</script>&\N{REPLACEMENT CHARACTER}[2J',
        None,
    ]
    assert [cell.text for cell in tree.iter("th")] == ["who said"]
    assert next(tree.iter("caption")).text == "<b>T"


def test_long_answers_are_cut():
    rows = tuple((ox.Literal(number),) for number in range(MOST_ROWS + 5))
    shown = Result(("n",), rows)._repr_html_()
    assert shown.count("<td>") == MOST_ROWS
    assert "5 more rows" in shown
    assert "<table" in Result(answer=True)._repr_html_()

"""Speech that runs over sentences and paragraphs, and speech that only the layout shows."""

from __future__ import annotations

from .reading_of import attributions, said, statements


def test_quotation_over_paragraphs_is_one() -> None:
    text = "“We lost the vote.\n\n“But we shall be back,” Ms Lee said."
    assert said(text) == [("Ms Lee", ["We lost the vote.", "But we shall be back,"])]


def test_paragraph_of_a_running_quotation_with_its_own_cue_is_apart() -> None:
    text = 'She said: "We lost the vote and we know why.\n\n"We shall be back in the spring," Ms Lee added.'
    assert said(text) == [
        ("She", ["We lost the vote and we know why."]),
        ("Ms Lee", ["We shall be back in the spring,"]),
    ]


def test_running_quotation_goes_on_with_its_speaker() -> None:
    text = '"We lost the vote," Ms Lee said. "It hurts.\n\n"But we shall be back."'
    assert said(text) == [("Ms Lee", ["We lost the vote,", "It hurts.", "But we shall be back."])]


def test_quotation_without_cue_continues_the_last_speaker() -> None:
    text = 'Ms Lee said the vote was lost.\n\n"We shall be back in the spring with more members."'
    second = statements(text)[1]
    assert second.source is not None and second.source.text == "Ms Lee"
    assert second.cue is None and second.quote == "direct"


def test_quotation_after_indirect_speech_is_apart() -> None:
    text = 'Ms Lee stressed that the vote was lost. "The party will meet in June and choose a leader."'
    assert [c for _, c in said(text)] == [
        ["the vote was lost"],
        ["The party will meet in June and choose a leader."],
    ]


def test_block_quotation_without_marks() -> None:
    text = (
        "In a speech in Lima, Ms Lee said:\n\nWe need a new harbour and we need it now.\n\n"
        "I will not wait for another winter.\n\nThe harbour was built in 1904 and burned down twice."
    )
    assert said(text) == [
        ("Ms Lee", ["We need a new harbour and we need it now."]),
        ("Ms Lee", ["I will not wait for another winter."]),
    ]
    assert {a.quote for a in statements(text)} == {"direct"}


def test_block_quotation_that_lost_its_marks() -> None:
    text = (
        "The town would keep its harbour, the official said.\n\n"
        "We are not going to sell a harbour that our grandparents built.\n\nThe harbour dates from 1904."
    )
    assert said(text)[1] == (
        "the official",
        ["We are not going to sell a harbour that our grandparents built."],
    )


def test_pull_quotation_with_a_name_below() -> None:
    text = (
        "Ms Lee spoke in Lima on Monday. Supporters of Lee cheered.\n\n"
        "There is no reason to close the harbour this year\nAnn Lee\n\nShe left early. Later Lee came back."
    )
    assert ("Ann Lee", ["There is no reason to close the harbour this year"]) in said(text)


def test_signed_quotation() -> None:
    text = "“The harbour feeds half of this town and its villages.” — Ann Lee, fisher"
    assert said(text)[0][1] == ["The harbour feeds half of this town and its villages."]


def test_transcript() -> None:
    text = "LEE: We are ready to talk.\n\nBROWN: When will you begin?\n\nLEE: We begin on Monday."
    assert [source for source, _ in said(text)] == ["LEE", "BROWN", "LEE"]


def test_headlines() -> None:
    body = "\n\nThe harbour is full. Ann Lee told reporters that it would not close."
    assert said("Harbour to stay open – port chief" + body)[0] == ("port chief", ["Harbour to stay open"])
    assert said("Harbour will stay open, says Lee" + body)[0] == ("Lee", ["Harbour will stay open"])
    assert said("Lee: Harbour will stay open" + body)[0] == ("Lee", ["Harbour will stay open"])


def test_a_topic_before_a_colon_is_nobody() -> None:
    assert said("Harbours: why they close early\n\nThe town has two of them.") == []


def test_speech_in_speech() -> None:
    found = attributions("The envoy said that the king had warned that the dam would break.")
    inner = next(a for a in found if a.reported_in is not None)
    outer = found[inner.reported_in or 0]
    assert outer.source is not None and outer.source.text == "The envoy"
    assert inner.source is not None and inner.source.text == "the king"
    assert inner.content[0].text == "the dam would break" and inner.is_statement


def test_speech_in_a_quotation() -> None:
    found = attributions('"Mr Brown has made it clear that he wants Peru to join," the envoy said.')
    assert [a.reported_in for a in found if a.source and a.source.text == "Mr Brown"] == [0]


def test_scare_quotation_is_no_attribution() -> None:
    assert said('The so-called "iron road" runs from Lima to the sea.') == []
    assert said('She said the so-called "iron road" was closed.') == [
        ("She", ['the so-called "iron road" was closed'])
    ]


def test_boilerplate_is_skipped() -> None:
    from kg.attribute.reader import read
    from kg.model.article import Article

    text = "Menu says fares will rise.\n\nThe mayor said that fares will fall."
    reading = read(Article("a.txt", text, boilerplate=((0, 26),)))
    assert [a.content[0].text for a in reading.attributions] == ["fares will fall"]

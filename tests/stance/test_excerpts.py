"""What the cross-encoder reads of a statement."""

from kg.model.article import Article
from kg.model.attribution import Span
from kg.model.statement import Statement
from kg.stance.excerpts import excerpts


def statement(text: str, source: str | None, cue: str | None, *content: str) -> Statement:
    spans = [Span(at := text.index(words), at + len(words), words) for words in content]
    named = Span(at := text.index(source), at + len(source), source) if source else None
    said = Span(at := text.index(cue), at + len(cue), cue) if cue else None
    return Statement("a.txt", "1", "indirect", named, said, tuple(spans))


def read(text: str, source: str | None, cue: str | None, *content: str) -> list[str]:
    return excerpts(statement(text, source, cue, *content), Article("a.txt", text))


def test_source_and_cue_are_marked_in_the_sentence():
    text = "It rained. Ann Lee rejected the tram\nline [sic]. Nobody came."
    assert read(text, "Ann Lee", "rejected", "the tram\nline [sic]") == [
        "[Ann Lee] {rejected} <the tram line (sic)>. | It rained."
    ]


def test_a_source_in_another_sentence_is_put_before():
    text = "Ann Lee spoke for an hour. She was angry. The tram must not be built."
    assert read(text, "Ann Lee", None, "The tram must not be built") == [
        "[Ann Lee]: <The tram must not be built>. | She was angry."
    ]


def test_without_source_and_cue_the_sentence_stands_alone():
    assert read("The tram must be built. Yes.", None, None, "The tram must be built") == [
        "<The tram must be built>."
    ]


def test_a_long_content_is_read_sentence_by_sentence_too():
    first = "We have talked about this for years and years, and nothing has come of it in all that time."
    words = (
        f"{first} {'Rain fell on the market and on the people in it. ' * 6}And now the tram must be built."
    )
    text = f"Ann Lee said: “{words}” Then she left."
    found = read(text, "Ann Lee", "said", words)
    assert found[0].startswith("[Ann Lee] {said}: “<We have talked")
    assert found[1] == f"[Ann Lee] {{said}}: <{first}>"
    assert len(found) == len(set(found)) <= 7


def test_headline_and_sentence_before_stand_behind():
    text = "Council drops night tram\n\nIt cost too much. Ann Lee called the move [sic] overdue. Rain fell."
    assert read(text, "Ann Lee", "called", "the move [sic] overdue") == [
        "[Ann Lee] {called} <the move (sic) overdue>. | Council drops night tram | It cost too much."
    ]
    titled = Article("a.txt", text, title="No tram {tonight}")
    found = excerpts(statement(text, "Ann Lee", "called", "the move [sic] overdue"), titled)
    assert found[0].split(" | ")[1:] == ["No tram (tonight)", "It cost too much."]


def test_a_menu_is_no_headline():
    text = "Get all the news in one place\nNo tram at night again\nAnn Lee called the move overdue."
    said = statement(text, "Ann Lee", "called", "the move overdue")
    article = Article("a.txt", text, boilerplate=((0, text.index("\n")),))
    assert excerpts(said, article)[0].endswith("<the move overdue>. | No tram at night again")


def test_long_headlines_and_sentences_before_are_cut():
    text = f"{'a ' * 200}headline.\n\n{'b ' * 200}. Ann Lee said no to it."
    _, head, before = read(text, "Ann Lee", "said", "no to it")[0].split(" | ")
    assert len(head) <= 200 and len(before) <= 200
    assert head.startswith("a a") and before.endswith("b .")


def test_a_sentence_of_a_long_content_does_not_end_behind_a_title():
    first = "We have asked Mr. Vane and Dr. J. Holt for years, and nothing has come of it in all that time."
    words = f"{first} {'Rain fell on the market and on the people in it. ' * 6}Build it."
    found = read(f"Ann Lee said: “{words}”", "Ann Lee", "said", words)
    assert found[1] == f"[Ann Lee] {{said}}: <{first}>"

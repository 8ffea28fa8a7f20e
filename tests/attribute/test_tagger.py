"""The trained tagger: words, windows, the best tags, and what it reads with the shipped weights."""

import itertools
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from kg.attribute.tagger.decoding import LONGEST, best_tags, spans, windows
from kg.attribute.tagger.network import FOLDER, TAGS, Network, network
from kg.attribute.tagger.reader import TaggerReader
from kg.attribute.tagger.tagging import tag
from kg.attribute.tagger.words import split
from kg.attribute.text_map import text_map
from kg.model.article import Article
from kg.model.errors import InputError
from kg.model.reading_settings import ReadingSettings

TOKENIZER = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
ODD = st.text(st.sampled_from("aB9 .,:'\"“”‘’«»`-\n\u00a0\u200béЖ日\ud83d\U0001f600"), max_size=120)


@given(ODD)
def test_words_hold_every_character_but_white_space(text):
    words = split(text, TOKENIZER)
    held = {i for start, end in zip(words.starts, words.ends, strict=True) for i in range(start, end)}
    assert {i for i, char in enumerate(text) if not char.isspace()} - held <= {
        i for i, char in enumerate(text) if not char.isalnum() and char not in ".,:'\"“”"
    }
    assert all(words.ends[:-1] <= words.starts[1:])
    assert len(words.first_piece) == len(words) + 1
    assert words.first_piece[-1] == len(words.pieces)


@pytest.mark.parametrize("other", ['"Yes", he said.', "`` Yes '' , he said .", "«Yes», he said."])
def test_marks_of_any_shape_read_alike(other):
    words, same = split("“Yes”, he said.", TOKENIZER), split(other, TOKENIZER)
    assert words.pieces.tolist() == same.pieces.tolist()
    assert words.place.tolist() == same.place.tolist() == [2, 1, 3, 0, 0, 0, 0]


def test_contractions_and_capitals():
    text = "DON'T, she didn't tell the U.S."
    words = split(text, TOKENIZER)
    shown = [text[a:z] for a, z in zip(words.starts, words.ends, strict=True)]
    assert shown == ["DO", "N'T", ",", "she", "did", "n't", "tell", "the", "U.S."]
    assert words.case.tolist()[:4] == [2, 2, 0, 0]


@given(st.integers(1, 4), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_best_sequence_is_the_best_of_all_possible_ones(length, random):
    scores = np.array([[[random.uniform(-4, 0) for _ in TAGS] for _ in range(length)]], dtype=np.float32)
    at = np.array([random.randrange(length)])

    def possible(path):
        for before, tag_ in zip(("O", *path), path, strict=False):
            if tag_.startswith("I-") and (before == "O" or before[2:] != tag_[2:]):
                return False
        return path[at[0]] == "B-cue"

    def worth(path):
        return sum(scores[0, i, TAGS.index(t)] for i, t in enumerate(path) if i != at[0])

    best = max(filter(possible, itertools.product(TAGS, repeat=length)), key=worth)
    found = [TAGS[number] for number in best_tags(scores, at)[0]]
    assert possible(found)
    assert worth(found) == pytest.approx(worth(best), abs=1e-5)


def test_spans_of_tags():
    tags = ("B-source", "I-source", "B-cue", "B-content", "B-content", "I-content", "O")
    path = [TAGS.index(tag_) for tag_ in tags]
    assert spans(path) == {"source": [(0, 2)], "cue": [(2, 3)], "content": [(3, 4), (4, 6)]}


@given(st.lists(st.integers(1, 700), max_size=8))
@settings(max_examples=40, deadline=None)
def test_windows_share_out_every_word_and_fit_the_network(lengths):
    text = "\n\n".join("word " * length for length in lengths)
    words = split(text, TOKENIZER)
    owned = []
    for first, last, core, end in windows(words):
        assert first <= core < end <= last
        assert words.first_piece[last] - words.first_piece[first] <= LONGEST
        owned += range(core, end)
    assert owned == list(range(len(words)))


def test_an_article_without_words_has_no_attribution():
    assert TaggerReader(ReadingSettings(), print).read(Article("a", " \n\n ")).attributions == ()


def test_source_cue_and_content_of_plain_reports():
    text = (
        "Mayor Ada Reed said on Monday that the pier would reopen in May.\n\n"
        "“We owe it to the town,” she told reporters."
    )
    found = TaggerReader(ReadingSettings(), print).read(Article("a.txt", text)).attributions
    read = [(a.source.text, a.cue.text, [c.text for c in a.content], a.quote) for a in found]
    assert read == [
        ("Mayor Ada Reed", "said", ["the pier would reopen in May"], "indirect"),
        ("she", "told", ["We owe it to the town,"], "direct"),
    ]
    assert all(0.5 < a.confidence <= 1 for a in found)


def test_a_quotation_longer_than_a_window_stays_whole():
    quotation = "We will rebuild the harbour and every road that leads to it. " * 60
    text = f"“{quotation.strip()}” said Mayor Ada Reed."
    found = TaggerReader(ReadingSettings(), print).read(Article("a.txt", text)).attributions
    assert [a.source.text for a in found] == ["Mayor Ada Reed"]
    assert sum(len(c.text) for c in found[0].content) > 0.95 * len(quotation)


def test_a_headline_is_no_part_of_the_sentence_below():
    text = (
        "Moscow wants it in writing\n\n"
        "Russia needs legally binding guarantees that the missile shield is not aimed at it, "
        "a Russian diplomat said on Tuesday."
    )
    found = TaggerReader(ReadingSettings(), print).read(Article("a.txt", text)).attributions
    contents = [c.text for a in found if a.cue and a.cue.text == "said" for c in a.content]
    assert len(contents) == 1
    assert contents[0].startswith("Russia needs")


def test_what_a_speaker_reports_at_length_is_found_too():
    text = (
        "ASHDOWN: What did the general say in May?\n\n"
        "SOKOLSKAYA: General Makarov told a conference in Moscow that Russia might use force first.\n\n"
        "ASHDOWN: Was that a serious threat?\n\nSOKOLSKAYA: It was a serious threat by a serious man."
    )
    found = TaggerReader(ReadingSettings(), print).read(Article("a.txt", text)).attributions
    (told,) = [a for a in found if a.source and a.source.text == "General Makarov"]
    assert [c.text for c in told.content] == ["Russia might use force first"]
    assert found[told.reported_in].source.text == "SOKOLSKAYA"


def test_the_same_words_are_read_the_same_on_every_run():
    text = text_map("“It is late,” said Bo Ramm. The minister hopes to return, according to aides.")
    assert tag(text.text, text.parts, text.quotes) == tag(text.text, text.parts, text.quotes)
    assert network() is network()


def test_an_altered_network_is_refused(tmp_path):
    folder = tmp_path / "weights"
    shutil.copytree(FOLDER, folder)
    with (folder / "heads.npz").open("ab") as file:
        file.write(b"x")
    with pytest.raises(InputError, match="not the one that was shipped"):
        Network(folder)


def test_the_network_is_small_enough_to_ship():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 40_000_000

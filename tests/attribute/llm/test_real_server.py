"""Against a real language model, where somebody runs one: set KG_TEST_LLM_BASE_URL and KG_TEST_LLM_MODEL.

It tests the plumbing, not the model: whatever a model says, what comes out stands in the article.
"""

import os

import pytest

from kg.attribute.llm.reader import LlmReader
from kg.model.article import Article
from kg.model.llm_settings import LlmSettings
from kg.model.reading_settings import ReadingSettings

BASE_URL, MODEL = os.environ.get("KG_TEST_LLM_BASE_URL"), os.environ.get("KG_TEST_LLM_MODEL")

TEXT = """Ferry fares will fall in May, Harbour Minister Bo Ramm announced on Monday.

"It is high time," said Ann Lee, who leads the passengers' union. "People have waited for years."
"""


@pytest.mark.skipif(
    not (BASE_URL and MODEL), reason="no language model: set KG_TEST_LLM_BASE_URL and KG_TEST_LLM_MODEL"
)
def test_a_real_model_is_asked_and_its_words_stand_in_the_article(tmp_path):
    llm = LlmSettings(
        base_url=BASE_URL,
        model=MODEL,
        key=os.environ.get("KG_TEST_LLM_KEY"),
        cache=tmp_path,
        timeout=600.0,
        max_tokens=600,
    )
    reader = LlmReader(ReadingSettings("llm", llm=llm), print)
    found = reader.read(Article("a.txt", TEXT)).attributions
    for one in found:
        for span in (one.source, one.cue, *one.content):
            assert span is None or TEXT[span.start : span.end] == span.text
    assert "language model: " in reader.account()
    again = LlmReader(ReadingSettings("llm", llm=llm), print)
    assert again.read(Article("a.txt", TEXT)).attributions == found
    assert again.account().startswith("language model: 0 requests, ")

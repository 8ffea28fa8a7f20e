"""Every extractor keeps to what the rest of the project relies on, and is imported only when it is used."""

import subprocess
import sys

import pytest

from kg.attribute.extractors import EXTRACTORS, open_reader
from kg.model.reading_settings import ReadingSettings


@pytest.mark.parametrize("name", EXTRACTORS)
def test_an_extractor_says_what_it_is_without_reading(name):
    told = []
    reader = open_reader(ReadingSettings(name), told.append)
    assert reader.label.split()[0] == name
    assert reader.digest() == open_reader(ReadingSettings(name)).digest()
    assert reader.account() is None
    assert told == []


def test_naming_the_extractors_loads_no_language_model():
    code = (
        "import sys, kg.cli.options, kg.attribute.extractors as e; "
        "assert e.EXTRACTORS; print([m for m in ('spacy', 'onnxruntime', 'httpx') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"

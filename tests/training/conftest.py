"""A transformer small enough to train in a test."""

import shutil

import pytest

from kg.stance.encoder import FOLDER


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Folder of a tiny transformer with random weights."""
    torch = pytest.importorskip("torch", reason="training needs the extra 'training'")
    transformers = pytest.importorskip("transformers", reason="training needs the extra 'training'")
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("tiny")
    config = transformers.BertConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    shutil.copy(FOLDER / "tokenizer.json", folder)
    return folder

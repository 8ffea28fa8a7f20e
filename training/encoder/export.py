"""Exports a BERT sentence encoder as an int8 ONNX file that gives one normalised vector a text.

    python export.py MODEL_FOLDER kg/stance/encoder

MODEL_FOLDER holds the original weights (`config.json`, `model.safetensors`, `tokenizer.json`). Written are
`model.onnx` (mean pooling and normalisation inside, weights quantised per channel with a reduced range, which
processors without VNNI need), `tokenizer.json` without padding and truncation (the caller sets them) and
`digest.txt`, the SHA-256 of both, which is checked when the encoder is loaded.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel

from kg.model.digests import write_digests


class SentenceEncoder(torch.nn.Module):
    """The transformer with mean pooling over the tokens and a vector of length one."""

    def __init__(self, folder: Path) -> None:
        """Load the weights without the pooling head, which sentence vectors do not use."""
        super().__init__()
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Vectors [texts, width] of token ids and mask [texts, tokens]."""
        states = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        pooled = (states * mask).sum(1) / mask.sum(1)
        return torch.nn.functional.normalize(pooled, dim=-1)


def export(folder: Path, target: Path) -> None:
    """Write model, tokenizer and digest to `target`."""
    target.mkdir(parents=True, exist_ok=True)
    encoder = SentenceEncoder(folder).eval()
    ids = torch.ones(2, 7, dtype=torch.long)
    free = {0: "texts", 1: "tokens"}
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            encoder, (ids, torch.ones_like(ids)), str(full),
            input_names=["input_ids", "attention_mask"], output_names=["vectors"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "vectors": {0: "texts"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            full, target / "model.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    (target / "tokenizer.json").write_text(
        json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), "utf-8"
    )
    write_digests(target, ["model.onnx", "tokenizer.json"])


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))

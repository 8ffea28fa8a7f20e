"""Tunes the sentence encoder to bring claims near the positions that they are about, for whatever side.

    python -m training.encoder.tune MODEL_FOLDER OUT.pt [--start BEFORE.pt] [--epochs 3] [--minutes M]

It learns from the contrast sets and the corpus of stances (`training/stance`): a text and any wording of its
position or of the contrary belong together; wordings of other positions of its field and of the batch do not
belong to it, and neither do texts that only lie near the position. The loss is the contrastive one of
supervised learning (Khosla and others 2020), both ways round. A text comes whole, or without its source and
cue, as the claim that the coder reads. Training goes on from its checkpoint.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.encoder.network import SentenceEncoder
from training.running import Running
from training.stance.contrast_sets import CONTRASTS, ContrastSet, plain, read_contrasts
from training.stance.statements import CORPUS, CodedStatement, Field, read_corpus

SETS, TEXTS = 8, 4
"""Contrast sets of a field in a group, and texts about the position of each."""
STATEMENTS = 24
"""Statements of a field of the corpus in a group."""
GROUPS = 4
"""Groups of a batch, each of another field."""
TEMPERATURE = 0.05
LONGEST = 96
WARM_UP = 50
MEAN_DECAY, SAVE_SECONDS = 0.99, 240
CLAIM = 0.5
"""Share of the texts that come without source and cue."""

_SOURCE_AND_CUE = re.compile(r"\[[^\]]*\]|\{[^}]*\}")


@dataclass
class Group:
    """Texts and wordings of one field.

    Attributes:
        same: Texts by wordings: 1 where they belong together, 0 where not, -1 where nobody knows.
    """

    texts: list[str] = field(default_factory=list)
    wordings: list[str] = field(default_factory=list)
    same: list[list[int]] = field(default_factory=list)


def bare_claim(marked: str) -> str:
    """A marked text without source and cue.

    >>> bare_claim("[The county] {refused} to renew the licence for the pit.")
    'to renew the licence for the pit.'
    """
    return " ".join(_SOURCE_AND_CUE.sub(" ", marked).split()).strip(" ,:;") or plain(marked)


def contrast_groups(sets: Sequence[ContrastSet], choice: random.Random) -> Iterator[Group]:
    """Groups of contrast sets: a wording of each position and of its contrary, and the position near by."""
    for _, of_field in groupby(sets, key=lambda one: one.field):
        together = list(of_field)
        choice.shuffle(together)
        for start in range(0, len(together), SETS):
            yield _contrast_group(together[start : start + SETS], choice)


def _contrast_group(sets: Sequence[ContrastSet], choice: random.Random) -> Group:
    group = Group()
    owners: list[int | None] = []
    for number, one in enumerate(sets):
        group.wordings += [choice.choice(one.wordings), choice.choice(one.contrary), one.nearby]
        owners += [number, number, None]
    for number, one in enumerate(sets):
        about = [text for text in one.texts if text.polarity != "unrelated"]
        beside = [text for text in one.texts if text.polarity == "unrelated"]
        drawn = choice.sample(about, min(TEXTS, len(about))) + beside[: choice.randrange(2)]
        for text in drawn:
            group.texts.append(bare_claim(text.text) if choice.random() < CLAIM else plain(text.text))
            row = []
            for place, owner in enumerate(owners):
                if owner is None:
                    # What lies beside a position may well be about the one near by.
                    row.append(-1 if text.polarity == "unrelated" and place // 3 == number else 0)
                else:
                    row.append(int(owner == number and text.polarity != "unrelated"))
            group.same.append(row)
    return group


def corpus_groups(fields: Sequence[Field], choice: random.Random) -> Iterator[Group]:
    """Groups of the corpus: two wordings of each position of a field, and some of its statements."""
    for one in fields:
        statements = list(one.statements)
        choice.shuffle(statements)
        for start in range(0, len(statements), STATEMENTS):
            group = Group()
            slugs: list[str] = []
            for position in one.positions:
                phrases = [*position.for_phrases, *position.against_phrases, position.description]
                group.wordings += [position.label, choice.choice([phrase for phrase in phrases if phrase])]
                slugs += [position.slug] * 2
            for statement in statements[start : start + STATEMENTS]:
                group.texts.append(_text_of(statement, choice))
                polarities = [statement.polarity(slug) for slug in slugs]
                group.same.append([-1 if one is None else int(one != "unrelated") for one in polarities])
            yield group


def _text_of(statement: CodedStatement, choice: random.Random) -> str:
    if choice.random() < CLAIM:
        return " ".join(span.text for span in statement.content)
    return statement.text


def loss_of(near: Tensor, same: Tensor) -> Tensor:
    """Supervised contrastive loss, over the rows and over the columns.

    Args:
        near: Cosines of texts and wordings [texts, wordings].
        same: 1 where they belong together, 0 where not, -1 where that is unknown.
    """
    logits = (near / TEMPERATURE).masked_fill(same < 0, -1e4)
    total = near.new_zeros(())
    for scores, wanted in ((logits, same > 0), (logits.T, same.T > 0)):
        apart = scores.masked_fill(wanted, -1e4).logsumexp(1, keepdim=True)
        each = torch.logaddexp(scores, apart) - scores
        rows = wanted.any(1)
        total = total + ((each * wanted).sum(1)[rows] / wanted.sum(1)[rows]).mean()
    return total / 2


def vectors(model: SentenceEncoder, tokenizer: Tokenizer, texts: Sequence[str]) -> Tensor:
    """Vectors of length one, [texts, width]."""
    encodings = tokenizer.encode_batch(list(texts))
    ids = torch.tensor([one.ids for one in encodings])
    found: Tensor = model(ids, torch.tensor([one.attention_mask for one in encodings]))
    return found


def tokenizer_of(folder: Path) -> Tokenizer:
    """The transformer's tokenizer; it cuts what is too long and fills up what is short."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding()
    return tokenizer


def batches(groups: Sequence[Group]) -> Iterator[Group]:
    """Groups joined: what stands in different ones does not belong together."""
    for start in range(0, len(groups), GROUPS):
        joined = Group()
        few = groups[start : start + GROUPS]
        width = sum(len(one.wordings) for one in few)
        for one in few:
            before = len(joined.wordings)
            after = width - before - len(one.wordings)
            joined.same += [[0] * before + row + [0] * after for row in one.same]
            joined.texts += one.texts
            joined.wordings += one.wordings
        yield joined


def run(model: SentenceEncoder, tokenizer: Tokenizer, options: argparse.Namespace) -> None:
    """Train until the minutes are over, with checkpoints."""
    sets, fields = read_contrasts(options.contrasts), read_corpus(options.corpus)
    for name, parameter in model.named_parameters():
        # Words that training does not meet must stay beside those that it does.
        parameter.requires_grad_("word_embeddings" not in name)
    learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=options.rate, weight_decay=0.01, fused=True)
    under_way = Running(model, optimiser, options.out, MEAN_DECAY, SAVE_SECONDS, WARM_UP)
    running, progress = 0.0, 0.0
    while progress < 1 and under_way.epoch < options.epochs:
        choice = random.Random(1000 * options.seed + under_way.epoch)  # noqa: S311
        groups = [*contrast_groups(sets, choice), *corpus_groups(fields, choice)]
        choice.shuffle(groups)
        for number, batch in enumerate(batches(groups)):
            progress = under_way.progress(number * GROUPS / len(groups), options.epochs, options.minutes)
            if progress >= 1:
                break
            under_way.set_rates(progress)
            texts = vectors(model, tokenizer, batch.texts)
            near = texts @ vectors(model, tokenizer, batch.wordings).T
            loss = loss_of(near, torch.tensor(batch.same))
            under_way.learn(loss)
            running = 0.95 * (running or loss.item()) + 0.05 * loss.item()
            under_way.tell(progress, f"loss {running:.4f}")
            under_way.save_now_and_then()
        under_way.epoch += 1
    under_way.end()


def main(arguments: Sequence[str] | None = None) -> int:
    """Tune from the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.encoder.tune", description="Tune the encoder.")
    parser.add_argument("encoder", type=Path, help="folder of the untuned weights")
    parser.add_argument("out", type=Path, help="the checkpoint; where it exists, training goes on from it")
    parser.add_argument("--start", type=Path, help="a checkpoint of another tuning to start from")
    parser.add_argument("--epochs", type=float, default=3, help="rounds over the sets")
    parser.add_argument("--minutes", type=float, default=1e9, help="end after so many minutes")
    parser.add_argument("--rate", type=float, default=1e-4, help="highest learning rate")
    parser.add_argument("--contrasts", type=Path, default=CONTRASTS, help="folder of contrast sets")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of coded statements")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    model = SentenceEncoder(options.encoder)
    if options.start:
        model.load_state_dict(torch.load(options.start, weights_only=True)["mean"])
    run(model, tokenizer_of(options.encoder), options)
    return 0


if __name__ == "__main__":
    sys.exit(main())

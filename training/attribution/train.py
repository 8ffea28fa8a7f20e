"""Trains the tagger on annotated articles.

    python -m training.attribution.train ENCODER_FOLDER OUT.pt --data train.jsonl --data corpus/train:4

The learning rate falls with the steps that are done, or with the minutes where they are fewer; a checkpoint
is written every few minutes, and the same command goes on from it. What is kept is the running mean of the
weights (exponential moving average), which does better than the last ones.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from kg.attribute.tagger.words import split
from training.attribution import learning
from training.attribution.annotations import AnnotatedArticle, read_annotated
from training.attribution.network import Tagger
from training.attribution.windows import Marked, Window, cuts, mark, window
from training.running import Running

SINGLE = str.maketrans({"“": "‘", "”": "’", '"': "'"})
SINGLE_SHARE = 0.15
"""Share of texts whose double quotation marks are made single ones, as British papers have them."""
WARM_UP = 150
"""Steps until the learning rate is at its highest."""
SAVE_SECONDS = 300
MEAN_DECAY = 0.998
"""How much of the running mean of the weights stays at each step."""

Place = tuple[int, int, int, int]
"""Where a window is: text, form (as it is, or with single marks), first word, last word + 1."""
Loss = Callable[[Tagger, list[Place], list[Window], bool], dict[str, Tensor]]
"""Parts of the loss of a batch: given the tagger, where the windows are, the windows, and whether words that
only look like cues are asked too."""


def annotated(sources: list[str]) -> list[AnnotatedArticle]:
    """Annotated articles of brat folders or JSON-lines files; `:3` behind one takes it thrice."""
    found = []
    for source in sources:
        path, _, times = source.partition(":")
        found += read_annotated(Path(path)) * int(times or 1)
    return found


def tokenizer_of(folder: Path) -> Tokenizer:
    """The tokenizer of a transformer, as the tagger uses it."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def forms(articles: list[AnnotatedArticle], tokenizer: Tokenizer) -> list[tuple[Marked, Marked]]:
    """Each article as it is, and with single quotation marks."""
    return [
        (
            mark(split(article.text, tokenizer), article.annotations),
            mark(split(article.text.translate(SINGLE), tokenizer), article.annotations),
        )
        for article in articles
    ]


@dataclass
class Course:
    """How a training goes.

    Attributes:
        out: The checkpoint.
        epochs: Rounds over the articles.
        minutes: The end, whatever the rounds.
        pieces: Word pieces in a batch.
        longest: Word pieces in a window.
        rate: Highest learning rate of the transformer; the heads have 2e-3.
        seed: Of all that is drawn.
    """

    out: Path
    epochs: float = 8
    minutes: float = 1e9
    pieces: int = 2560
    longest: int = 222
    rate: float = 3e-4
    seed: int = 0

    def drawn(self, texts: list[tuple[Marked, Marked]], epoch: int) -> tuple[list[Place], random.Random]:
        """The windows of an epoch, and what the rest is drawn with."""
        rng = random.Random(1000 * self.seed + epoch)  # noqa: S311
        found = []
        for number, several in enumerate(texts):
            form = int(rng.random() < SINGLE_SHARE)
            found += [(number, form, a, z) for a, z in cuts(several[form].words, self.longest, rng)]
        return found, rng


def run(model: Tagger, texts: list[tuple[Marked, Marked]], course: Course, loss: Loss) -> None:
    """Train a tagger, with checkpoints.

    Args:
        model: The tagger.
        texts: What `forms` gave.
        course: How.
        loss: What is to become small.
    """
    torch.manual_seed(course.seed)
    torch.set_flush_denormal(True)
    fresh = [p for n, p in model.named_parameters() if not n.startswith("encoder.body")]
    body = [p for n, p in model.named_parameters() if n.startswith("encoder.body")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": course.rate}, {"params": fresh, "lr": 2e-3}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    under_way = Running(model, optimiser, course.out, MEAN_DECAY, SAVE_SECONDS, WARM_UP)
    running: dict[str, float] = {}
    progress = 0.0
    while progress < 1 and under_way.epoch < course.epochs:
        places, rng = course.drawn(texts, under_way.epoch)
        windows = [window(texts[text][form], a, z) for text, form, a, z in places]
        order = learning.batches([len(w.pieces) for w in windows], course.pieces, rng)
        for number, indices in enumerate(order):
            progress = under_way.progress(number / len(order), course.epochs, course.minutes)
            if progress >= 1:
                break
            under_way.set_rates(progress)
            model.train()
            warm = under_way.step > WARM_UP
            parts = loss(model, [places[i] for i in indices], [windows[i] for i in indices], warm)
            under_way.learn(learning.total(parts))
            for name, value in parts.items():
                running[name] = 0.98 * running.get(name, value.item()) + 0.02 * value.item()
            under_way.tell(progress, " ".join(f"{name} {value:.4f}" for name, value in running.items()))
            under_way.save_now_and_then()
        under_way.epoch += 1
    under_way.end()


def course_options(parser: argparse.ArgumentParser) -> None:
    """The options of a training."""
    parser.add_argument("encoder", type=Path, help="folder of the transformer to start from")
    parser.add_argument("out", type=Path, help="the checkpoint; where it exists, training goes on from it")
    parser.add_argument("--data", action="append", required=True, help="annotated articles, `:3` for thrice")
    parser.add_argument("--epochs", type=float, default=8)
    parser.add_argument("--minutes", type=float, default=1e9, help="end the schedule after so many minutes")
    parser.add_argument("--rate", type=float, default=Course.rate, help="highest learning rate")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)


def course_of(arguments: argparse.Namespace) -> Course:
    """The course that options ask for."""
    torch.set_num_threads(arguments.threads)
    return Course(
        arguments.out, arguments.epochs, arguments.minutes, rate=arguments.rate, seed=arguments.seed
    )


def annotated_loss(
    model: Tagger, places: list[Place], batch: list[Window], false_cues: bool
) -> dict[str, Tensor]:
    """Parts of the loss against the annotations."""
    found = learning.said(model, batch)
    question = learning.asked(batch, found, learning.FALSE_CUES if false_cues else 0)
    return learning.losses(model, batch, found, question)


def main() -> None:
    """Train on annotations."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    course_options(parser)
    parser.add_argument("--start", type=Path, help="a checkpoint to start from, for a second run")
    arguments = parser.parse_args()
    texts = forms(annotated(arguments.data), tokenizer_of(arguments.encoder))
    torch.manual_seed(arguments.seed)
    model = Tagger(arguments.encoder)
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start, weights_only=True)["mean"])
    run(model, texts, course_of(arguments), annotated_loss)


if __name__ == "__main__":
    main()

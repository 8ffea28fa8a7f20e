"""Trains a small tagger on what a larger one says, as well as on the annotations (Hinton and others, 2015).

    python -m training.attribution.train TEACHER_FOLDER teacher.pt --data train.jsonl
    python -m training.attribution.distil ENCODER_FOLDER OUT.pt TEACHER_FOLDER teacher.pt --data train.jsonl

The teacher may be any transformer of the BERT or MPNet family; it reads the same words by its own pieces.
Texts without annotations may be among the data (`"attributions": []`) with `--soft 1`, which leaves the
annotations out of account.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training.attribution import learning
from training.attribution.learning import Asked, Said
from training.attribution.network import Tagger
from training.attribution.train import Place, annotated, course_of, course_options, forms, run, tokenizer_of
from training.attribution.windows import Marked, Window, window


def agreement(
    model: Tagger, teacher: Tagger, ours: Said, theirs: Said, question: Asked | None
) -> dict[str, Tensor]:
    """How far a tagger is from its teacher: cross-entropies against the teacher's chances."""
    mask = ours.mask
    parts = {
        "begins": functional.binary_cross_entropy_with_logits(
            ours.begins[mask], torch.sigmoid(theirs.begins[mask])
        ),
        "flat": functional.cross_entropy(ours.flat[mask], theirs.flat[mask].softmax(-1)),
    }
    if question is not None:
        asked = question.tags.flatten() != -100
        soft = learning.tag_logits(teacher, theirs, question).flatten(0, 1)[asked].softmax(-1)
        parts["tags"] = functional.cross_entropy(
            learning.tag_logits(model, ours, question).flatten(0, 1)[asked], soft
        )
    return parts


class Distillation:
    """The loss of a pupil: what the annotations say, mixed with what the teacher says."""

    def __init__(
        self, teacher: Tagger, texts: list[tuple[Marked, Marked]], ends: tuple[int, int], soft: float
    ) -> None:
        """Keep the teacher and the texts by its word pieces.

        Args:
            teacher: The larger tagger.
            texts: What `forms` gave with the teacher's tokenizer, in the pupil's order.
            ends: The teacher's word pieces before and after a window.
            soft: Share of the teacher in the loss.
        """
        self.teacher = teacher.eval()
        self.texts = texts
        self.ends = ends
        self.soft = soft

    def __call__(
        self, model: Tagger, places: list[Place], batch: list[Window], false_cues: bool
    ) -> dict[str, Tensor]:
        """Parts of the loss of a batch."""
        ours = learning.said(model, batch)
        question = learning.asked(batch, ours, learning.FALSE_CUES if false_cues else 0)
        with torch.no_grad():
            same = [window(self.texts[text][form], a, z, self.ends) for text, form, a, z in places]
            theirs = learning.said(self.teacher, same)
        soft = agreement(model, self.teacher, ours, theirs, question)
        hard = learning.losses(model, batch, ours, question)
        return {name: self.soft * soft[name] + (1 - self.soft) * hard[name] for name in hard}


def main() -> None:
    """Distil."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    course_options(parser)
    parser.add_argument("teacher_encoder", type=Path, help="folder of the teacher's transformer")
    parser.add_argument("teacher", type=Path, help="the teacher's checkpoint")
    parser.add_argument("--soft", type=float, default=0.7, help="share of the teacher in the loss, 0 to 1")
    arguments = parser.parse_args()
    course = course_of(arguments)
    articles = annotated(arguments.data)
    teacher = Tagger(arguments.teacher_encoder)
    teacher.load_state_dict(torch.load(arguments.teacher, weights_only=True)["mean"])
    pieces = tokenizer_of(arguments.teacher_encoder)
    around = pieces.encode("").ids
    torch.manual_seed(arguments.seed)
    loss = Distillation(teacher, forms(articles, pieces), (around[0], around[-1]), arguments.soft)
    run(Tagger(arguments.encoder), forms(articles, tokenizer_of(arguments.encoder)), course, loss)


if __name__ == "__main__":
    main()

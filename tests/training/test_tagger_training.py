"""Training, distilling, exporting and calibrating the tagger, end to end on a tiny transformer."""

import json
import random
import shutil
from pathlib import Path

import pytest

from kg.attribute.tagger.network import TAGS, Network
from kg.attribute.tagger.tagging import tag
from kg.attribute.tagger.words import split
from kg.attribute.text_map import text_map
from training.attribution.annotations import read_annotated
from training.attribution.windows import cuts, mark, window

CORPUS = Path(__file__).resolve().parents[2] / "training" / "attribution" / "corpus" / "train"


@pytest.fixture
def articles(tmp_path):
    """Three articles of the corpus, as a brat folder."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for path in sorted(CORPUS.glob("*.ann"))[:3]:
        for suffix in (".txt", ".ann"):
            shutil.copy(path.with_suffix(suffix), folder)
    return folder


def test_windows_tag_what_was_annotated():
    tokenizer = Network().tokenizer
    for article in read_annotated(CORPUS)[:8]:
        words = split(article.text, tokenizer)
        marked = mark(words, article.annotations)
        whole = window(marked, 0, len(words))
        assert len(whole.cues) == len(marked.attributions)
        for row, roles in zip(whole.tags, marked.attributions, strict=True):
            contents = [i for i, number in enumerate(row) if TAGS[number].endswith("content")]
            annotated = {i for low, high in roles["content"] for i in range(low, high)}
            others = {i for role in ("cue", "source") for low, high in roles[role] for i in range(low, high)}
            assert set(contents) == annotated - others
        cut = cuts(words, 222, random.Random(1))
        assert [first for first, _ in cut[1:]] == [last for _, last in cut[:-1]]
        assert (cut[0][0], cut[-1][1]) == (0, len(words))


def losses_of(text: str) -> list[float]:
    return [float(line.rpartition(" ")[2]) for line in text.splitlines() if " tags " in line]


def test_from_annotations_to_a_network_that_reads(tiny, articles, tmp_path, capsys):
    from training.attribution import distil, export, prepare, train

    counts = prepare.prepare(tmp_path / "prepared", [articles], encoder=tiny)
    name = f"{tmp_path.name}-articles.jsonl"
    data = tmp_path / "prepared" / name
    assert counts == {name: sum(len(a.annotations) for a in read_annotated(articles))}
    assert [json.loads(line)["doc_id"] for line in data.open()] == sorted(
        p.stem for p in articles.glob("*.ann")
    )

    texts = train.forms(train.annotated([f"{data}:8"]), train.tokenizer_of(tiny))
    assert len(texts) == 24
    teacher = train.Tagger(tiny)
    course = train.Course(tmp_path / "teacher.pt", epochs=20, pieces=700, rate=2e-3)
    train.run(teacher, texts, course, train.annotated_loss)
    told = losses_of(capsys.readouterr().out)
    assert told[-1] < told[0]
    train.run(teacher, texts, course, train.annotated_loss)
    assert "going on at step" in capsys.readouterr().out

    pieces = train.tokenizer_of(tiny)
    loss = distil.Distillation(teacher, train.forms(train.annotated([f"{data}:8"]), pieces), (101, 102), 0.7)
    train.run(
        train.Tagger(tiny), texts, train.Course(tmp_path / "pupil.pt", epochs=20, pieces=700, rate=2e-3), loss
    )
    told = losses_of(capsys.readouterr().out)
    assert told[-1] < told[0]

    export.export(tiny, tmp_path / "pupil.pt", tmp_path / "weights")
    network = Network(tmp_path / "weights")
    text = text_map(read_annotated(articles)[0].text)
    tagging = tag(text.text, text.parts, text.quotes, network)
    assert len(tagging.chances) == len(tagging.starts) == len(split(text.text, network.tokenizer))
    assert all(0 <= chance <= 1 for chance in tagging.chances)


def test_nobody_agrees_with_a_teacher_more_than_the_teacher(tiny):
    pytest.importorskip("torch", reason="training needs the extra 'training'")
    from training.attribution import distil, learning
    from training.attribution.network import Tagger

    teacher, pupil = Tagger(tiny).eval(), Tagger(tiny).eval()
    article = read_annotated(CORPUS)[0]
    words = split(article.text, Network().tokenizer)
    batch = [window(mark(words, article.annotations), 0, 60)]
    theirs, ours = learning.said(teacher, batch), learning.said(pupil, batch)
    question = learning.asked(batch, theirs, 1)
    least = distil.agreement(teacher, teacher, theirs, theirs, question)
    other = distil.agreement(pupil, teacher, ours, theirs, question)
    assert set(least) == set(other) == {"begins", "flat", "tags"}
    assert all(least[name] < other[name] for name in least)

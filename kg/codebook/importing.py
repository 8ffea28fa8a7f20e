"""Taking another codebook in: what in it is new, what differs, what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

from kg.codebook.changes import Plan
from kg.codebook.dna import is_dna, read_dna
from kg.ingest.codebook import read_codebook
from kg.model.codebook import Codebook, FormerPosition, Position, Successor, Topic
from kg.model.iris import Iris

_COMPARED = tuple(field.name for field in fields(Position) if field.name not in ("id", "slug"))
_NAMES = {"for_phrases": "for", "against_phrases": "against", "topics": "topic"}


@dataclass(frozen=True)
class Review:
    """How another codebook differs from this one.

    Attributes:
        new: Positions that this one lacks.
        changed: Positions that differ: as they are and as they would be.
        renamed: Positions that have another slug there: as they are and as they would be.
        gone: Positions that the other one lacks, if it is to take this one's place.
        kept: Positions that the other one lacks and that stay.
        topics: Topics that are new or differ.
        gone_topics: Topics that the other one lacks, if it is to take this one's place.
        twins: New positions with the label of one that is there already, by slug.
    """

    new: tuple[Position, ...] = ()
    changed: tuple[tuple[Position, Position], ...] = ()
    renamed: tuple[tuple[Position, Position], ...] = ()
    gone: tuple[Position, ...] = ()
    kept: tuple[Position, ...] = ()
    topics: tuple[Topic, ...] = ()
    gone_topics: tuple[Topic, ...] = ()
    twins: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Whether anything would change."""
        return bool(self.new or self.changed or self.renamed or self.gone or self.topics or self.gone_topics)

    def lines(self) -> Iterator[str]:
        """The review in words, a line each."""
        for position in self.new:
            yield f"new      {position.slug}: {position.label}"
        for old, new in self.renamed:
            yield f"renamed  {old.slug} to {new.slug}: {new.label}"
        for old, new in self.changed:
            yield f"changed  {old.slug}: {', '.join(_differing(old, new))}"
            for name in _COMPARED:
                was, now = _shown(getattr(old, name)), _shown(getattr(new, name))
                if was != now:
                    yield f"         - {_NAMES.get(name, name)}: {was or '(empty)'}"
                    yield f"         + {_NAMES.get(name, name)}: {now or '(empty)'}"
        for position in self.gone:
            yield f"gone     {position.slug}: {position.label}"
        for topic in self.topics:
            yield f"topic    {topic.slug}: {topic.label}"
        for topic in self.gone_topics:
            yield f"gone     topic {topic.slug}: {topic.label}"
        for new_slug, old_slug in self.twins:
            yield f"note     {new_slug} has the label of {old_slug}: 'kg codebook merge' puts them together"
        if self.kept:
            yield f"kept     {len(self.kept)} that the file does not have"


def read_any_codebook(
    path: Path, iris: Iris, variable: str | None = None, beside: Iterable[str] = ()
) -> Codebook:
    """A codebook from CSV or Turtle, or the concepts of a DNA database.

    Args:
        path: The file.
        iris: Makes the IRIs.
        variable: For a DNA database the variable whose values are positions; `concept` unless told.
        beside: Slugs of the positions that are there already, for links to them.

    Raises:
        InputError: It cannot be read.
    """
    if is_dna(path):
        return read_dna(path, iris, variable)
    return read_codebook(path, iris, beside)


def review(codebook: Codebook, other: Codebook, *, whole: bool = False) -> Review:
    """Compare another codebook with this one.

    Args:
        codebook: This one.
        other: The other one.
        whole: Whether the other one is to take this one's place. If not, what it leaves empty and positions
            that it lacks stay as they are.
    """
    ours, theirs = codebook.position_by_slug, other.position_by_slug
    missing = [one for one in codebook.positions if one.slug not in theirs]
    new = [one for one in other.positions if one.slug not in ours]
    renamed: list[tuple[Position, Position]] = []
    if whole:
        for one in list(missing):
            twin = next((two for two in new if two.id == one.id), None)
            twin = twin or next((two for two in new if two.label.casefold() == one.label.casefold()), None)
            if twin is not None:
                renamed.append((one, twin))
                missing.remove(one)
                new.remove(twin)
    changed = []
    for position in other.positions:
        was = ours.get(position.slug)
        if was is not None:
            now = _in_our_order(replace(position, id=was.id), was)
            if not whole:
                now = replace(now, **{name: getattr(now, name) or getattr(was, name) for name in _COMPARED})
            if now != was:
                changed.append((was, now))
    topics = [
        topic
        for topic in other.topics
        if (known := codebook.topic_by_slug.get(topic.slug)) is None
        or (known.label, known.broader)
        != (topic.label, topic.broader or ((not whole and known.broader) or ()))
    ]
    topics = [
        replace(topic, id=codebook.topic_by_slug[topic.slug].id)
        if topic.slug in codebook.topic_by_slug
        else topic
        for topic in topics
    ]
    lacking = [topic for topic in codebook.topics if whole and topic.slug not in other.topic_by_slug]
    labels = {one.label.casefold(): one.slug for one in codebook.positions}
    twins = tuple((one.slug, labels[one.label.casefold()]) for one in new if one.label.casefold() in labels)
    return Review(
        tuple(new),
        tuple(changed),
        tuple(renamed),
        tuple(missing) if whole else (),
        () if whole else tuple(missing),
        tuple(topics),
        tuple(lacking),
        twins,
    )


def plan(codebook: Codebook, other: Codebook, found: Review, name: str) -> Plan:
    """The change that takes another codebook in as reviewed.

    Args:
        codebook: This one.
        other: The other one.
        found: The review.
        name: Name of the other one's file.
    """
    instead = {old.slug: new for old, new in (*found.changed, *found.renamed)}
    gone = {one.slug for one in found.gone}
    positions = [instead.get(one.slug, one) for one in codebook.positions if one.slug not in gone]
    there = {one.slug for one in positions}
    positions += [one for one in found.new if one.slug not in there]
    former = [FormerPosition(old, (Successor(new.slug),), 0) for old, new in found.renamed]
    former += [FormerPosition(one, (), 0) for one in found.gone]
    topics = {topic.slug: topic for topic in (*codebook.topics, *found.topics)}
    for topic in found.gone_topics:
        del topics[topic.slug]
    numbers = (
        (len(found.new), "new"),
        (len(found.changed), "changed"),
        (len(found.renamed), "renamed"),
        (len(found.gone), "gone"),
    )
    told = ", ".join(f"{number} {word}" for number, word in numbers if number) or "topics"
    return Plan("import", f"import {name}: {told}", tuple(topics.values()), tuple(positions), tuple(former))


def _in_our_order(position: Position, ours: Position) -> Position:
    """The position with our order of phrases, topics and links where it has the same ones."""
    same = {
        name: getattr(ours, name)
        for name in _COMPARED
        if isinstance(getattr(ours, name), tuple) and set(getattr(ours, name)) == set(getattr(position, name))
    }
    return replace(position, **same)


def _differing(old: Position, new: Position) -> list[str]:
    return [_NAMES.get(name, name) for name in _COMPARED if getattr(old, name) != getattr(new, name)]


def _shown(value: object) -> str:
    return " | ".join(value) if isinstance(value, tuple) else str(value)


__all__ = ["Review", "plan", "read_any_codebook", "review"]

"""Changes of a project's codebook: its files, the stances in the graph and the history, all or nothing.

Graphs and decisions keep what they say; what is derived from them follows the codebook and its history
(`kg.build.recoding`), so that a change writes the files and derives the graph anew.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build.coding import checked_person
from kg.codebook import changes, importing
from kg.codebook.changes import Plan, known
from kg.codebook.dividing import (
    Divided,
    Waiting,
    divide_by_machine,
    refuse_unknown,
    statements_on_split,
    waiting,
)
from kg.codebook.edits import taken_back
from kg.codebook.effects import Effect, effect_of
from kg.codebook.files import Texts, changed_texts, entry_of, read_texts, with_entry, with_names_of
from kg.codebook.importing import Review
from kg.ingest.codebook import check_slug, read_codebook
from kg.ingest.codebook_history import Entry, history_path, read_history, undone
from kg.model.codebook import (
    Assigned,
    Codebook,
    CodebookChange,
    FormerPosition,
    Position,
    Successor,
    Topic,
)
from kg.model.errors import InputError, UsageError
from kg.project.journal import carry_out, finish

if TYPE_CHECKING:
    from kg.project.project import Project


@dataclass(frozen=True)
class Made:
    """A change that was made, or would be.

    Attributes:
        plan: The change.
        effect: What it does to the stances in the graph.
        divided: For a split, how statements were divided.
        review: For an import, what differs.
        written: Whether it was made.
    """

    plan: Plan
    effect: Effect = field(default_factory=Effect)
    divided: Divided | None = None
    review: Review | None = None
    written: bool = False


class CodebookChanges:
    """Changes a project's codebook in the name of one person.

    Every method plans the change, holds the new codebook against the rules for codebooks, and makes it unless
    it is told not to write.
    """

    def __init__(self, project: Project, by: str, why: str = "") -> None:
        """Prepare.

        Args:
            project: The project.
            by: Name of the person.
            why: The reason, for the history.

        Raises:
            UsageError: The project is the bundled example, which is never changed, or the person has no name.
        """
        settings = project.settings
        if settings.bundled and settings.codebook.is_relative_to(settings.folder):
            raise UsageError(
                "the example that comes with kg is not changed", hint="make a project with 'kg init'"
            )
        finish(project)
        self._project, self._by, self._why = project, checked_person(by), why
        self._path, self._iris = settings.codebook, project.iris
        self._codebook: Codebook = project.codebook

    def merge(
        self,
        names: Sequence[str],
        *,
        into: str | None = None,
        label: str | None = None,
        turned: bool = False,
        write: bool = True,
    ) -> Made:
        """Make one position of several; stances move to the one that stays.

        Args:
            names: Slugs or labels; the last of them stays unless `into` says another.
            into: Slug of the one that stays, one of them or a new one.
            label: Label of a new one.
            turned: Whether those that go are the opposite of the one that stays.
            write: Whether to make the change.

        Raises:
            UsageError: A position is unknown, or there is nothing to merge.
            InputError: The codebook would be wrong afterwards.
        """
        target: Position | str | None = into
        if into is not None and into not in self._codebook.position_by_slug and label is not None:
            first = known(self._codebook, names[0])
            target = Position(self._iris.position(self._slug(into)), into, _label(label), first.topics)
        elif label is not None:
            raise UsageError("a label is for a new position", hint="give --into with a new slug")
        elif into is not None and into not in self._codebook.position_by_slug:
            try:
                target = known(self._codebook, into).slug
            except UsageError as error:
                raise UsageError(error.what, hint=f"{error.hint}; give --label for a new one") from error
        return self._make(changes.merge(self._codebook, names, target, turned=turned), write)

    def rename(
        self, name: str, slug: str | None = None, label: str | None = None, *, write: bool = True
    ) -> Made:
        """Give a position another slug, another label, or both.

        Raises:
            UsageError: It is unknown, the slug is taken, or nothing would change.
            InputError: The slug is none.
        """
        old = known(self._codebook, name)
        new = replace(old, label=_label(label)) if label is not None else old
        if slug is not None and slug != old.slug:
            new = replace(new, slug=self._slug(slug), id=self._iris.position(slug))
        return self._make(changes.rename(self._codebook, name, new), write)

    def split(
        self,
        name: str,
        parts: Sequence[Position],
        *,
        topics: Sequence[Topic] = (),
        mapping: Mapping[str, tuple[Assigned, ...]] | None = None,
        machine: bool = True,
        write: bool = True,
    ) -> Made:
        """Make several positions of one, and divide its statements among them.

        Args:
            name: Slug or label of the position.
            parts: What it becomes.
            topics: Topics that new parts may belong to, beside those of the codebook.
            mapping: Parts of statements by their identifiers, which a person gave.
            machine: Whether the coder divides the others; where it is not sure they wait for a person.
            write: Whether to make the change.

        Raises:
            UsageError: It is unknown, there are no two parts, or the mapping names another part, or
                what is no statement on it.
            InputError: The codebook would be wrong afterwards.
        """
        old = known(self._codebook, name)
        parts = [self._codebook.position_by_slug.get(part.slug, part) for part in parts]
        given = dict(mapping or {})
        plan = changes.split(self._codebook, old.slug, parts, given, topics)
        changes.check_parts(plan.former[0], given)
        divided = Divided()
        if self._has_graph():
            with self._project.reading() as store:
                divided = divide_by_machine(
                    store, self._project.register, self._codebook, self._iris, old, parts, given, machine
                )
        assigned = {**divided.assigned, **given}
        plan = replace(plan, assigned={old.slug: assigned} if assigned else {})
        return replace(self._make(plan, write), divided=divided)

    def divide(self, name: str, mapping: Mapping[str, tuple[Assigned, ...]], *, write: bool = True) -> Made:
        """Say which parts of a split position statements are about.

        Raises:
            UsageError: It was not split, a part is none of its, or what is divided is no statement on it.
        """
        if not mapping:
            raise UsageError("there is no statement to divide", hint="'kg codebook waiting' lists them")
        plan = changes.divide(self._codebook, name, mapping)
        if self._has_graph():
            with self._project.reading() as store:
                known_ = statements_on_split(store, self._project.register, self._codebook, self._iris, name)
            refuse_unknown(mapping, known_, name)
        return self._make(plan, write)

    def take_in(
        self, file: Path, *, whole: bool = False, variable: str | None = None, write: bool = True
    ) -> Made:
        """Take another codebook in: what is new is added, what differs is changed.

        Args:
            file: CSV, Turtle or a DNA database.
            whole: Whether it takes the codebook's place: what it lacks goes.
            variable: For a DNA database the variable whose values are positions.
            write: Whether to make the change.

        Raises:
            InputError: It cannot be read, or the codebook would be wrong afterwards.
        """
        other = importing.read_any_codebook(file, self._iris, variable, self._codebook.position_by_slug)
        found = importing.review(self._codebook, other, whole=whole)
        plan = importing.plan(self._codebook, other, found, file.name)
        if not found:
            return Made(plan, review=found)
        return replace(self._make(plan, write), review=found)

    def undo(self, *, write: bool = True) -> Made:
        """Take the last change back that was not taken back.

        Raises:
            UsageError: There is none, or the lines that it changed were edited since.
        """
        history = read_history(self._path)
        back = undone(history)
        left = [one for one in history if one.change.action != "undo" and one.change.number not in back]
        if not left:
            raise UsageError("there is no change of the codebook to undo")
        last = left[-1]
        texts = read_texts(self._path)
        after: Texts = {}
        for name, made in last.edits.items():
            path = self._path.parent / name
            if path not in texts:
                raise InputError(
                    f"'{name}' is no file of the codebook",
                    where=history_path(self._path),
                    hint="the history is written by 'kg codebook' alone",
                )
            after[path] = taken_back(texts[path], made, name)
        what = f"undo change {last.change.number}: {last.change.what}"
        restored = self._tried({**texts, **after})
        former = _taken_back(self._codebook, restored, last)
        plan = Plan("undo", what, restored.topics, restored.positions, former)
        return self._write(plan, texts, after, write, undoes=last.change.number)

    def waiting(self) -> list[Waiting]:
        """Statements on split positions of which nobody has said which part they are about."""
        if not self._has_graph():
            return []
        with self._project.reading() as store:
            return waiting(store, self._project.register, self._codebook, self._iris)

    def part(self, slug: str, label: str | None, of: str) -> Position:
        """A part for a split: a position of the codebook, or a new one of that label.

        Raises:
            UsageError: There is no such position, and no label for a new one.
        """
        found = self._codebook.position_by_slug.get(slug)
        if found is not None and label is None:
            return found
        if label is None:
            raise UsageError(f"the new position '{slug}' has no label", hint=f'write --into "{slug}=Label"')
        if found is not None:
            raise UsageError(f"there is a position '{slug}' already", hint="leave its label out")
        topics = known(self._codebook, of).topics
        return Position(self._iris.position(self._slug(slug)), slug, _label(label), topics)

    def parts_in(self, file: Path) -> Codebook:
        """Parts for a split, with their topics, from a codebook of their own.

        Raises:
            InputError: It cannot be read.
        """
        return read_codebook(file, self._iris, self._codebook.position_by_slug)

    # How it is made.

    def _slug(self, slug: str) -> str:
        check_slug(slug, "the new slug")
        return slug

    def _has_graph(self) -> bool:
        return self._project.settings.store.exists()

    def _make(self, plan: Plan, write: bool) -> Made:
        changes.refuse_reuse(self._codebook, plan)
        texts = read_texts(self._path)
        named = with_names_of(plan, self._path, self._iris)
        after = changed_texts(self._path, texts, self._codebook, named, self._iris)
        return self._write(named, texts, after, write)

    def _write(self, plan: Plan, texts: Texts, after: Texts, write: bool, undoes: int | None = None) -> Made:
        history = history_path(self._path)
        number = len(self._codebook.changes) + 1
        time = self._project.now().isoformat().replace("+00:00", "Z")
        change = CodebookChange(number, plan.action, self._by, time, plan.what, self._why, undoes)
        entry: Entry = entry_of(plan, change, texts, after)
        after = {**after, history: with_entry(texts[history], entry)}
        new = self._tried({**texts, **after})
        effect = Effect()
        if self._has_graph():
            with self._project.reading() as store:
                effect = effect_of(store.view, self._codebook, new, self._iris)
        if write:
            carry_out(self._project, texts, after)
            for name in ("codebook", "material"):  # read again when next asked for
                self._project.__dict__.pop(name, None)
            self._codebook = self._project.codebook
        return Made(plan, effect, written=write)

    def _tried(self, texts: Texts) -> Codebook:
        """The codebook of new texts, read in a place of its own before they take the old ones' place."""
        with tempfile.TemporaryDirectory() as folder:
            for path, text in texts.items():
                if text:
                    (Path(folder) / path.name).write_bytes(text.encode("utf-8"))
            try:
                return read_codebook(Path(folder) / self._path.name, self._iris)
            except InputError as error:
                hint = "nothing was changed"
                raise InputError(
                    error.what, where=self._path, hint=f"{error.hint}; {hint}" if error.hint else hint
                ) from error


def _label(text: str) -> str:
    label = " ".join(text.split())
    if not label:
        raise UsageError("the new label is empty", hint="write what one can be for or against")
    return label


def _taken_back(now: Codebook, restored: Codebook, entry: Entry) -> tuple[FormerPosition, ...]:
    """Positions that go when a change is undone, with what they came from: people may have used them."""
    found = []
    for position in now.positions:
        if position.slug not in restored.position_by_slug:
            origins = tuple(
                Successor(one.position.slug, to.turned)
                for one in entry.former
                for to in one.becomes
                if to.position == position.slug
            )
            found.append(FormerPosition(position, origins, 0))
    return tuple(found)


__all__ = ["CodebookChanges", "Made"]

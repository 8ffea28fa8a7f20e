"""What a person decides, written down: the one way in which every user interface changes the graph.

Each decision is one transaction: the decision in the log and all that follows from it, or nothing. The
graph is opened for writing for that moment alone, so that several people work at once.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kg.build.change import Change
from kg.build.coding import person_in
from kg.build.decisions import (
    ON_PAIRS,
    Action,
    Decision,
    article_log,
    decision_quads,
    next_sequence,
    standing,
    standing_revocations,
    whole_log,
)
from kg.build.effective import substance
from kg.build.human import decided_actors
from kg.build.records import Record, recorded_span
from kg.build.terms import node
from kg.model.errors import StoreError, UsageError
from kg.review.cases import (
    ArticleCases,
    Case,
    Field,
    article_cases,
    article_of_statement,
    passage_cases,
    passage_version,
)
from kg.review.history import along_with, last_undone, what_changed
from kg.review.sample import Sample, draw
from kg.review.stale import StaleError, refuse_other_files
from kg.store.embedded import Store

IN_WORDS = {"merge": "one utterance", "differ": "different utterances"}
"""What decisions on pairs say."""
PATIENCE_SECONDS = 15.0
"""How long a decision waits for another process that writes."""


@dataclass(frozen=True, slots=True)
class Coder:
    """Who decides, and what this person may see.

    Attributes:
        name: Name of the person, as `kg.build.coding.checked_person` writes it.
        blind: Whether what others decided stays hidden.
        adjudicates: Whether the person's decisions go before those of all others.
    """

    name: str
    blind: bool = False
    adjudicates: bool = False

    @property
    def sees(self) -> str | None:
        """The coder whose decisions alone are seen; None for all."""
        return self.name if self.blind else None


class Desk:
    """Where a person decides on statements.

    Every method opens the graph for itself and closes it again.
    """

    def __init__(
        self,
        coder: Coder,
        material: Field,
        reading: Callable[[], Store],
        writing: Callable[[], Store],
        now: Callable[[], datetime.datetime],
    ) -> None:
        """Sit down.

        Args:
            coder: Who decides.
            material: Register, codebook and names.
            reading: Opens the graph for reading.
            writing: Opens the graph for writing.
            now: The time that decisions carry.
        """
        self.coder = coder
        self.material = material
        self.reading = reading
        self._writing = writing
        self._now = now

    def article(self, iri: str) -> ArticleCases:
        """The cases of an article as this person sees them.

        Raises:
            UsageError: The graph does not have the article.
        """
        with self.reading() as store:
            return self._article(store, iri)

    def case(self, iri: str) -> Case:
        """One statement as this person sees it.

        Raises:
            UsageError: There is no such statement.
        """
        with self.reading() as store:
            return self._case(store, iri)

    def log(self) -> list[Decision]:
        """All decisions, the revoked ones too; a blind coder's own alone."""
        with self.reading() as store:
            found = whole_log(store.view, self.material.iris)
        return [one for one in found if self.coder.sees in (None, one.coder)]

    # What can be decided.

    def accept(self, case: Case, comment: str | None = None) -> Decision:
        """The statement is right as it stands."""
        return self._decide(case, "accept", (case.record,), comment)

    def reject(self, case: Case, comment: str | None = None) -> Decision:
        """The statement is wrong and never to show."""
        return self._decide(case, "reject", (), comment)

    def change(self, case: Case, becomes: Record, comment: str | None = None) -> Decision:
        """The statement is to be another; see `kg.review.edits`. Where nothing differs, it is accepted."""
        same = substance(becomes) == substance(case.record)
        return self._decide(case, "accept" if same else "change", (becomes,), comment)

    def split(self, case: Case, parts: Sequence[Record], comment: str | None = None) -> Decision:
        """The statement is to be several, the first of which keeps its IRI.

        Raises:
            UsageError: There are no two parts, or two of the same words.
        """
        if len(parts) < 2 or len({part["id"] for part in parts}) < len(parts):
            raise UsageError("a statement is split into two or more with words of their own")
        return self._decide(case, "split", tuple(parts), comment)

    def add(self, article: str, record: Record, comment: str | None = None) -> Decision:
        """A statement that was missed.

        Raises:
            UsageError: The article has a statement of just these words and source.
        """
        target = self.material.iris.statement(record["id"])
        with self._open() as store:
            found = self._article(store, article)
            if target in found.cases:
                raise UsageError("there is a statement of these words", hint="change that one")
            return self._write(store, self._new("add", found.iri, target, None, (record,), comment))

    def merge(
        self, cases: Sequence[Case], comment: str | None = None, *, since: int | None = None
    ) -> Decision:
        """The first of several statements reports the same utterance as the others; all stay statements.

        Args:
            cases: The statements.
            comment: What the person has to say.
            since: Place in the log of the last decision that this person knows of.

        Raises:
            UsageError: There are no two different ones.
            StaleError: Somebody decided on one of them since.
        """
        return self._on_pairs("merge", cases, comment, since)

    def differ(
        self, cases: Sequence[Case], comment: str | None = None, *, since: int | None = None
    ) -> Decision:
        """The first of several statements reports another utterance than each of the others.

        Takes and raises what `merge` does.
        """
        return self._on_pairs("differ", cases, comment, since)

    def _on_pairs(
        self, action: Action, cases: Sequence[Case], comment: str | None, since: int | None
    ) -> Decision:
        if len({case.iri for case in cases}) < max(2, len(cases)):
            raise UsageError("two or more statements are compared, each of them once")
        with self._open() as store:
            first, *others = (self._fresh(store, case) for case in cases)
            if since is not None and self.coder.sees is None:
                self._check_pairs(store, {case.iri for case in cases}, since)
            others.sort(key=lambda case: case.iri)
            made = self._new(action, self._home(store, first), first.iri, first.record, (), comment)
            iris, records = tuple(case.iri for case in others), tuple(case.record for case in others)
            return self._write(store, replace(made, together=iris, others=records))

    def _check_pairs(self, store: Store, statements: set[str], since: int) -> None:
        """See that nobody else decided on these as parts of utterances.

        Raises:
            StaleError: Somebody did.
        """
        log = whole_log(store.view, self.material.iris)
        by_id = {one.id: one for one in log}
        for one in reversed(log):
            if one.sequence <= since:
                return
            about = by_id.get(one.revokes or "", one)
            named = {about.target, *about.together}
            if one.coder != self.coder.name and about.action in ON_PAIRS and len(named & statements) > 1:
                verb = "took back" if one.revokes else "decided"
                when = f"at {one.time:%H:%M:%S} UTC, after you saw them"
                raise StaleError(f"{one.coder} {verb} {when}: {IN_WORDS[about.action]}")

    def adopt(self, case: Case, decision: str) -> Decision:
        """The statement is to be what another person made of it: settles a dispute with one decision.

        Args:
            case: The statement.
            decision: IRI of that person's decision on it.

        Raises:
            UsageError: No such decision on the statement stands.
        """
        for one in case.history:
            if one.id == decision and one.is_verdict:
                return self._decide(case, one.action, one.becomes, None)
        raise UsageError(f"<{decision}> is no decision on this statement that stands")

    def comment(self, case: Case, words: str) -> Decision:
        """Something that the person has to say, which changes nothing.

        Raises:
            UsageError: There are no words.
        """
        if not words.strip():
            raise UsageError("a comment needs words")
        return self._decide(case, "comment", (), words.strip())

    def look(self, article: str, start: int, end: int, version: str | None = None) -> Decision:
        """The person read a passage of an article in full: what stands there now is right, and all.

        The statements in it that wait for a person are accepted with it.

        Args:
            article: IRI of the article.
            start: First code point of the passage.
            end: Where it ends.
            version: `passage_version` of what the person saw; None not to check it.

        Raises:
            StaleError: Something else stands there than what this person saw.
        """
        with self._open() as store:
            found = self._article(store, article)
            inside = passage_cases(found, start, end)
            if version is not None and passage_version(inside) != version:
                raise StaleError("something was decided in this passage after you saw it: look again")
            made = [
                self._new("accept", found.iri, case.iri, case.record, (case.record,), None)
                for case in inside
                if case.status == "candidate"
            ]
            made = self._numbered(store, made)
            passage: Record = {
                "content": [recorded_span(found.article.text, start, end)],
                "along": [one.id for one in made],
            }
            made.append(self._new("look", found.iri, found.iri, passage, (), None))
            return self._write(store, *made)

    def draw(self, size: int, seed: int) -> Sample:
        """Draw a random sample of what the graph holds now, and write it down.

        Args:
            size: Number of stances, and of passages.
            seed: Another seed gives another sample.
        """
        with self._open() as store:
            sample = draw(store, self.material, size, seed)
            target = self.material.iris.current_graph
            self._write(store, self._new("draw", "", target, sample.to_record(), (), None))
            return sample

    def undo(self) -> Decision:
        """Take back this person's latest decision that stands, with those that were made along with it.

        A sample that was drawn stays drawn.

        Returns:
            The decision that was taken back.

        Raises:
            UsageError: There is none.
        """
        with self._open() as store:
            log = whole_log(store.view, self.material.iris)
            own = [one for one in standing(log) if one.coder == self.coder.name and one.action != "draw"]
            if not own:
                raise UsageError("there is nothing to undo")
            last = own[-1]
            along = [one for one in own if one.id in along_with(last)]
            self._revoke(store, *along, last)
            return last

    def redo(self) -> Decision:
        """Do again what this person took back last, unless something was decided since.

        Returns:
            The decision that stands again.

        Raises:
            UsageError: There is none.
        """
        with self._open() as store:
            log = whole_log(store.view, self.material.iris)
            own = [one for one in log if one.coder == self.coder.name]
            undone = last_undone(own)
            if undone is None:
                raise UsageError("there is nothing to redo")
            target = next(one for one in log if one.id == undone.revokes)
            along = [one for one in standing_revocations(log) if one.revokes in along_with(target)]
            self._revoke(store, *along, undone)
            return target

    def revoke(self, decision: str) -> None:
        """Take back any decision of this person's own.

        Raises:
            UsageError: There is no such decision of this person that stands.
        """
        with self._open() as store:
            for one in standing(whole_log(store.view, self.material.iris)):
                if one.id == decision and one.coder == self.coder.name:
                    self._revoke(store, one)
                    return
        raise UsageError(f"<{decision}> is no decision of {self.coder.name} that stands")

    # How it is written.

    def _decide(
        self, case: Case, action: Action, becomes: tuple[Record, ...], comment: str | None
    ) -> Decision:
        with self._open() as store:
            fresh = self._fresh(store, case)
            first = tuple({**one, "id": case.record["id"]} if not n else one for n, one in enumerate(becomes))
            home = self._home(store, fresh)
            seen = None if action == "comment" else fresh.record
            return self._write(store, self._new(action, home, case.iri, seen, first, comment))

    def _new(
        self,
        action: Action,
        article: str,
        target: str,
        seen: Record | None,
        becomes: tuple[Record, ...],
        comment: str | None,
    ) -> Decision:
        adjudicates = self.coder.adjudicates
        words = (comment or "").strip() or None
        return Decision(
            0,
            self.coder.name,
            self._now(),
            action,
            article,
            target,
            seen,
            becomes,
            comment=words,
            adjudicates=adjudicates,
        )

    def _revoke(self, store: Store, *those: Decision) -> None:
        made = [
            replace(self._new("revoke", one.article, one.target, None, (), None), revokes=one.id)
            for one in those
        ]
        self._write(store, *made)

    def _numbered(self, store: Store, made: Sequence[Decision]) -> list[Decision]:
        """Decisions with their places in the log and their IRIs."""
        iris, first = self.material.iris, next_sequence(store.view, self.material.iris)
        agent = person_in(store.view, self.coder.name, iris)
        numbered = [replace(one, sequence=first + place, agent=agent) for place, one in enumerate(made)]
        return [replace(one, id=one.iri(iris)) for one in numbered]

    def _write(self, store: Store, *made: Decision) -> Decision:
        """Write decisions in one transaction; returns the last."""
        final = self._numbered(store, made)
        iris, register = self.material.iris, self.material.register
        quads = [quad for one in final for quad in decision_quads(one, iris)]
        quads += [quad for one in final for quad in decided_actors(one, iris, register)]
        refuse_other_files(store, self.material.deriver)
        store.write(self.material.deriver.coding(store.view, Change(add=frozenset(quads))))
        return final[-1]

    def _open(self) -> Store:
        """The graph for writing; another process that writes is waited for."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self._writing()
            except StoreError as error:
                if "another process" not in error.what or time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def _article(self, store: Store, iri: str) -> ArticleCases:
        found = article_cases(store, iri, self.material, coder=self.coder.sees)
        if found is None:
            raise UsageError(f"the graph has no article <{iri}>", hint="'kg articles' lists them")
        return found

    def _case(self, store: Store, iri: str) -> Case:
        found = self._article(store, article_of_statement(store, iri))
        if iri not in found.cases:
            raise UsageError(f"<{iri}> is no statement of the graph", hint="it may have been taken back")
        return found.cases[iri]

    def _home(self, store: Store, case: Case) -> str:
        return self.material.iris.article(case.article.digest)

    def _fresh(self, store: Store, case: Case) -> Case:
        """The case as it stands now.

        Raises:
            StaleError: It is not what this person saw.
        """
        now = self._case(store, case.iri)
        if now.version != case.version:
            article = node(self._home(store, now))
            log = article_log(store.view, article, self.material.iris)
            raise StaleError(what_changed(case, now, log))
        return now


__all__ = ["IN_WORDS", "PATIENCE_SECONDS", "Coder", "Desk", "StaleError"]

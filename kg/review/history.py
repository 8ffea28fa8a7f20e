"""Reads the log of decisions: what changed since somebody looked, what can be undone and done again."""

from __future__ import annotations

from collections.abc import Sequence

from kg.build.decisions import ON_PAIRS, Decision
from kg.build.terms import shortened
from kg.review.cases import Case
from kg.review.edits import changes


def what_changed(seen: Case, now: Case, log: Sequence[Decision]) -> str:
    """What happened to a statement after somebody saw it."""
    about = [one for one in log if one.target == now.iri and one.action not in ON_PAIRS]
    if not about:
        said = "; ".join(changes(seen.record, now.record)) or "other words around it"
        return f"the article was read again since: {said}"
    last = about[-1]
    said = (
        "; ".join(changes(last.seen, last.becomes[0])) if last.seen and last.becomes else last.comment or ""
    )
    said = said or {"rejected": "it is struck out now"}.get(now.status, f"it is {now.status} now")
    verb = {"revoke": "took a decision back"}.get(last.action, f"decided: {last.action}")
    return f"{last.coder} {verb} at {last.time:%H:%M:%S} UTC, after you saw it: {said}"


def in_words(decision: Decision) -> str:
    """A decision with the words that it is about, and who said them: "reject: “We build it” (Ann Lee)"."""
    told = []
    for record in (decision.seen or next(iter(decision.becomes), None), *decision.others):
        if record is not None:
            words = shortened(" ".join(span["text"] for span in record["content"]), 120)
            actor = record.get("actor")
            told.append(f"“{words}” ({actor['label']})" if actor else f"“{words}”")
    about = " and ".join(told) or (f"“{shortened(decision.comment, 120)}”" if decision.comment else "")
    return f"{decision.action}: {about}" if about else decision.action


def along_with(decision: Decision) -> frozenset[str]:
    """IRIs of the decisions that were made along with one."""
    return frozenset((decision.seen or {}).get("along", ())) if decision.action == "look" else frozenset()


def last_undone(own: Sequence[Decision]) -> Decision | None:
    """A person's last undoing that can be undone: nothing but undoing and redoing came after it."""
    by_id = {one.id: one for one in own}
    gone: set[str] = set()
    for one in reversed(own):
        if one.action != "revoke":
            return None
        target = by_id.get(one.revokes or "")
        if target is not None and target.action == "revoke":
            gone.add(target.id)  # a redoing
        elif one.id not in gone:
            return one
    return None


__all__ = ["along_with", "in_words", "last_undone", "what_changed"]

"""What a person saw and what stands there now: a decision on something else is not written."""

from __future__ import annotations

from kg.build.current import Deriver
from kg.model.errors import KgError
from kg.store.embedded import Store


class StaleError(KgError):
    """What this person saw is not what stands there now (exit code 1)."""

    exit_code = 1


def refuse_other_files(store: Store, deriver: Deriver) -> None:
    """Refuse to write with a register or codebook that is not the one that the graph was derived with.

    What is derived for one article would not fit the rest of the graph.

    Raises:
        StaleError: It is another one: it was changed after the review began, or edited without a build.
    """
    if deriver.files_change(store.view):
        raise StaleError(
            "the codebook or the register is not the one that the graph has",
            hint="start the review again; after editing these files, run 'kg build' first",
        )


__all__ = ["StaleError", "refuse_other_files"]

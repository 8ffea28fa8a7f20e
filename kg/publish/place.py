"""What is asked of a release, and whether its place and number will do."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import UsageError
from kg.publish.folder import strangers
from kg.publish.published import LEAST_LIMIT, QUOTE_LIMIT
from kg.publish.release import Release, check_name, find_previous, is_release, read_release


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of a release.

    Attributes:
        release: Its number.
        previous: Folder of the release before; looked for unless told.
        date: Its day as an ISO date; that of the newest coding in the graph unless told.
        full_texts: Whether to publish the articles' texts.
        quote_limit: Characters of a passage that are published.
        replace: Whether it may take the place of a release of the same number.
    """

    release: str
    previous: Path | None = None
    date: str | None = None
    full_texts: bool = False
    quote_limit: int = QUOTE_LIMIT
    replace: bool = False


def check_wishes(wishes: Wishes, base: str) -> None:
    """Refuse what no release can be.

    Raises:
        UsageError: The number, the date or the limit will not do, or nothing can be published under the base.
    """
    check_name(wishes.release)
    if not base.endswith("/"):
        raise UsageError(
            f"all IRIs below {base} are one document",
            where="base in kg.toml",
            hint="choose a base that ends in / and build the graph anew",
        )
    if wishes.quote_limit < LEAST_LIMIT:
        raise UsageError(
            f"passages of {wishes.quote_limit} characters say nothing", hint=f"{LEAST_LIMIT} at least"
        )
    if wishes.date is not None:
        try:
            datetime.date.fromisoformat(wishes.date)
        except ValueError as error:
            raise UsageError(f"'{wishes.date}' is no day", where="--date", hint="write 2026-11-25") from error


def release_before(place: Path, wishes: Wishes, base: str) -> Path | None:
    """The folder of the release before, after a look whether the place will do; None for the first release.

    Args:
        place: Where the release is to be.
        wishes: What is asked of it.
        base: Beginning of the project's IRIs.

    Raises:
        UsageError: The place holds something else, the number is taken, or a release before is needed.
        InputError: A release cannot be read.
    """
    there = _release_there(place)
    if there is not None:
        if there.base != base:
            raise UsageError(
                f"holds a release of another project ({there.base})",
                where=place,
                hint="choose another folder",
            )
        if there.release == wishes.release and not wishes.replace:
            raise UsageError(
                f"release {there.release} is here already",
                where=place,
                hint="choose another number; --replace makes this one anew, if nobody has it yet",
            )
    folder = wishes.previous or find_previous(place, wishes.release, base)
    if folder is None:
        if there is not None and there.previous is not None:
            raise UsageError(
                f"the release before, {there.previous.release}, is needed to say what changed",
                hint="give its folder with --previous",
            )
        return None
    before = read_release(folder)
    if before.base != base:
        raise UsageError(
            f"holds a release of another project ({before.base})",
            where=folder,
            hint="give another --previous",
        )
    if wishes.release in (before.release, *(one.release for one in before.earlier)):
        raise UsageError(
            f"there was a release {wishes.release} already", hint="numbers are used once: choose another one"
        )
    return folder


def _release_there(place: Path) -> Release | None:
    if not place.exists():
        return None
    if not place.is_dir():
        raise UsageError("is a file", where=place, hint="choose a folder")
    if not any(place.iterdir()):
        return None
    if not is_release(place):
        raise UsageError("holds files and no release", where=place, hint="choose an empty or new folder")
    others = strangers(place)
    if others:
        raise UsageError(
            f"holds files that are no part of the release: {', '.join(others[:5])}",
            where=place,
            hint="move them away: a new release takes the place of the whole folder",
        )
    return read_release(place)


__all__ = ["Wishes", "check_wishes", "release_before"]

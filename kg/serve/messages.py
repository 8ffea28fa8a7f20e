"""What the server and its workers say to each other: a line of JSON, and bytes behind it.

Both sides are this program; JSON keeps what a hostile request contains from being anything but data.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.model.errors import KgError


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do.

    Attributes:
        kind: Name of the function of `kg.serve.jobs` that does it.
        stamp: The state of the graph that the answer must not be older than.
        arguments: What the function takes.
    """

    kind: str
    stamp: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)

    def line(self) -> bytes:
        """The job on one line."""
        record = {"kind": self.kind, "stamp": self.stamp, "arguments": self.arguments}
        return json.dumps(record).encode("utf-8") + b"\n"

    @classmethod
    def parse(cls, line: bytes) -> Job:
        """The job of a line."""
        return cls(**json.loads(line))


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a worker works.

    Attributes:
        memory: Bytes of address space that it may have.
        answer: Bytes that an answer may have.
        nice: By how much it gives way to others when there are too few processor cores.
        warm: Whether it makes itself ready for pages before the first one is asked for.
    """

    memory: int
    answer: int
    nice: int = 0
    warm: bool = False

    def line(self) -> bytes:
        """The terms on one line."""
        return json.dumps(asdict(self)).encode("utf-8") + b"\n"

    @classmethod
    def parse(cls, line: bytes) -> Terms:
        """The terms of a line."""
        return cls(**json.loads(line))


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a job.

    Attributes:
        status: HTTP status.
        media_type: Of the body.
        body: What was asked for; empty where it was refused.
        what: What was wrong, for a person; empty where nothing was.
        hint: What to try.
        location: Where to look instead, for status 303.
    """

    status: int = 200
    media_type: str = ""
    body: bytes = b""
    what: str = ""
    hint: str = ""
    location: str = ""

    @classmethod
    def refusal(cls, status: int, error: KgError | str, hint: str = "") -> Reply:
        """A reply that says what was wrong.

        >>> Reply.refusal(400, "the query is empty").what
        'the query is empty'
        """
        if isinstance(error, str):
            return cls(status, what=error, hint=hint)
        what = f"{error.where}: {error.what}" if error.where else error.what
        return cls(status, what=what, hint=error.hint or "")

    def head(self) -> bytes:
        """All but the body on one line, with the length of the body that follows."""
        record = {
            "status": self.status,
            "media_type": self.media_type,
            "what": self.what,
            "hint": self.hint,
            "location": self.location,
            "length": len(self.body),
        }
        return json.dumps(record).encode("utf-8") + b"\n"

    @classmethod
    def parse(cls, head: bytes) -> tuple[Reply, int]:
        """The reply of a head without its body, and the length of the body."""
        record = json.loads(head)
        length = record.pop("length")
        return cls(**record), length

    def with_body(self, body: bytes) -> Reply:
        """The same with its body."""
        return Reply(self.status, self.media_type, body, self.what, self.hint, self.location)


__all__ = ["Job", "Reply", "Terms"]

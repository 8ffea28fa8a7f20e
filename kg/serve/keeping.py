"""Answers that are kept as long as the graph is as it was: what many ask is made once."""

from __future__ import annotations

from collections import OrderedDict

from kg.serve.messages import Reply

_LARGEST = 1_000_000


class Kept:
    """The answers asked for last, up to a number of bytes.

    Keys name the state of the graph, so an answer of an earlier state is never given; it only takes up room
    until it is pushed out.

    >>> kept = Kept(10)
    >>> kept.put("a", Reply(200, "text/csv", b"123456")); kept.put("b", Reply(200, "text/csv", b"123456"))
    >>> kept.get("a") is None, kept.get("b").body
    (True, b'123456')
    """

    def __init__(self, most: int) -> None:
        """Keep nothing yet.

        Args:
            most: Bytes of all bodies together.
        """
        self._most, self._size = most, 0
        self._replies: OrderedDict[object, Reply] = OrderedDict()

    def get(self, key: object) -> Reply | None:
        """The answer, if it is kept."""
        reply = self._replies.get(key)
        if reply is not None:
            self._replies.move_to_end(key)
        return reply

    def put(self, key: object, reply: Reply) -> None:
        """Keep an answer, unless it is large or says that something was wrong."""
        if reply.status != 200 or len(reply.body) > _LARGEST or key in self._replies:
            return
        self._replies[key] = reply
        self._size += len(reply.body)
        while self._size > self._most:
            _, gone = self._replies.popitem(last=False)
            self._size -= len(gone.body)


__all__ = ["Kept"]

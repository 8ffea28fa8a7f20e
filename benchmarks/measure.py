"""Stop-watches: repeated measurements with their spread, ratios of two, and limits on the slow side."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any


@dataclass(frozen=True)
class Timing:
    """Seconds of several runs; `over` if the first run was stopped at its limit."""

    runs: tuple[float, ...]
    over: bool = False

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.runs)

    def text(self) -> str:
        """Median with the fastest and the slowest run, in milliseconds or seconds.

        >>> Timing((0.01, 0.012, 0.03)).text()
        '12 ms (10–30)'
        """
        if self.over:
            return f"> {self.median:.0f} s"
        low, high = min(self.runs), max(self.runs)
        if self.median >= 10:
            return f"{self.median:.0f} s" + (f" ({low:.0f}–{high:.0f})" if len(self.runs) > 1 else "")
        spread = f" ({1000 * low:.0f}–{1000 * high:.0f})" if len(self.runs) > 1 else ""
        return f"{1000 * self.median:.0f} ms{spread}"


def measured(action: Callable[[], Any], repeats: int) -> Timing:
    """Processor times of several runs, after one that is not counted.

    What is measured runs in one thread and waits for nothing, so this is what a clock shows on a machine with
    nothing else to do.
    """
    action()
    runs = []
    for _ in range(repeats):
        start = time.process_time()
        action()
        runs.append(time.process_time() - start)
    return Timing(tuple(runs))


def once(action: Callable[[], Any]) -> tuple[Timing, Any]:
    """Time of a single run, and what it returned."""
    start = time.perf_counter()
    found = action()
    return Timing((time.perf_counter() - start,)), found


def limited(action: Callable[[], Any], limit: float) -> Timing:
    """Processor time of a single run in a forked process, stopped at a limit of seconds by the clock.

    The child sees the memory of this process as it is, so a graph that was loaded once serves all runs.
    """
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send_time, args=(action, sender), daemon=True)
    child.start()
    sender.close()
    try:
        if receiver.poll(limit):
            return Timing((receiver.recv(),))
        return Timing((limit,), over=True)
    except EOFError:
        raise RuntimeError("the measured action failed, see above") from None
    finally:
        child.kill()
        child.join()


def _send_time(action: Callable[[], Any], sender: Connection) -> None:
    start = time.process_time()
    action()
    sender.send(time.process_time() - start)


def ratio(slow: Timing, fast: Timing) -> str:
    """How many times faster, from the slowest of the fast runs to the fastest.

    >>> ratio(Timing((2.0,)), Timing((0.01, 0.02, 0.04)))
    '100 (50–200)'
    """
    low, high = slow.median / max(fast.runs), slow.median / min(fast.runs)
    more = "> " if slow.over else ""
    middle = slow.median / fast.median
    return (
        f"{more}{middle:.0f}"
        if f"{low:.0f}" == f"{high:.0f}"
        else f"{more}{middle:.0f} ({low:.0f}–{high:.0f})"
    )

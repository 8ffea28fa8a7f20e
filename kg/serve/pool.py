"""A pool of warm worker processes: one job each at a time, killed at its deadline and replaced."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path

from kg.serve.limits import Limits
from kg.serve.messages import Job, Reply, Terms
from kg.serve.source import Source

_LONGEST_HEAD = 1_000_000
_START_SECONDS = 60.0
# Workers run the same code as the server, wherever that was imported from.
_HOME = str(Path(__file__).resolve().parents[2])
_log = logging.getLogger(__name__)


class Pool:
    """Worker processes that wait for jobs.

    Args:
        source: What is served.
        limits: How many workers there are, and how many jobs may wait.
        seconds: Time that a job may take.
        terms: On what terms the workers work.
    """

    def __init__(self, source: Source, limits: Limits, seconds: float, terms: Terms) -> None:
        """Keep these; `start` starts the workers."""
        self._source, self._limits, self._seconds, self._terms = source, limits, seconds, terms
        self._idle: asyncio.LifoQueue[Process] = asyncio.LifoQueue()
        self._waiting = 0
        self._processes: set[Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def start(self) -> None:
        """Start the workers, and wait until one is ready."""
        for _ in range(self._limits.workers):
            self._later(self._add())
        self._idle.put_nowait(await asyncio.wait_for(self._idle.get(), _START_SECONDS))

    async def stop(self) -> None:
        """End all workers, whatever they are doing."""
        self._stopping = True
        for task in list(self._tasks):
            task.cancel()
        for process in list(self._processes):
            await self._end(process)

    async def ask(self, job: Job) -> Reply:
        """Have a job done.

        Returns:
            The worker's reply; or one with status 503 where too many others wait, 504 where it took too long,
            422 where the worker broke down over it, which is what too little memory does.
        """
        if self._waiting >= self._limits.waiting:
            return Reply.refusal(503, "too many others are asking", hint="try again in a few seconds")
        self._waiting += 1
        try:
            worker = await asyncio.wait_for(self._idle.get(), self._seconds)
        except TimeoutError:
            return Reply.refusal(503, "no worker became free in time", hint="try again in a few seconds")
        finally:
            self._waiting -= 1
        finished = False
        try:
            reply = await asyncio.wait_for(self._exchange(worker, job), self._seconds)
            finished = True
            return reply
        except TimeoutError:
            return Reply.refusal(
                504,
                f"the answer took longer than {self._seconds:g} s and was stopped",
                hint="ask for less",
            )
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            return Reply.refusal(
                422, "the query broke down, most likely for want of memory", hint="ask for less"
            )
        finally:
            # Also where the client has gone and this task was cancelled: nobody wants the answer any more.
            if finished:
                self._idle.put_nowait(worker)
            else:
                self._later(self._replace(worker))

    @staticmethod
    async def _exchange(worker: Process, job: Job) -> Reply:
        assert worker.stdin is not None and worker.stdout is not None  # noqa: S101 - made with pipes
        worker.stdin.write(job.line())
        await worker.stdin.drain()
        head = await worker.stdout.readline()
        if not head:
            raise ConnectionError
        reply, length = Reply.parse(head)
        return reply.with_body(await worker.stdout.readexactly(length)) if length else reply

    async def _add(self) -> None:
        """Start one worker and put it to the idle ones when it is ready."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # nothing is imported from the current folder, whatever lies there
            "-m",
            "kg.serve.worker",
            stdin=PIPE,
            stdout=PIPE,
            stderr=None if _log.isEnabledFor(logging.DEBUG) else DEVNULL,
            limit=_LONGEST_HEAD,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([_HOME, *filter(None, [os.environ.get("PYTHONPATH")])]),
            },
        )
        self._processes.add(process)
        assert process.stdin is not None and process.stdout is not None  # noqa: S101 - made with pipes
        try:
            process.stdin.write(self._source.to_json().encode() + b"\n" + self._terms.line())
            await process.stdin.drain()
            if await asyncio.wait_for(process.stdout.readline(), _START_SECONDS) == b"ready\n":
                self._idle.put_nowait(process)
                return
        except (TimeoutError, ConnectionError):
            pass
        await self._end(process)
        _log.error("a worker could not be started; trying again")
        await asyncio.sleep(1)
        await self._add()

    async def _replace(self, process: Process) -> None:
        await self._end(process)
        if not self._stopping:
            await self._add()

    async def _end(self, process: Process) -> None:
        self._processes.discard(process)
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    def _later(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


__all__ = ["Pool"]

"""A process that does jobs one after the other; `kg.serve.pool` starts it, and kills it at a deadline.

The first line on standard input says what is served, each line after it is a job; the replies go to standard
output.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

from kg.model.errors import KgError, StoreError, UsageError
from kg.serve.answering import TooLargeError
from kg.serve.confinement import confine
from kg.serve.desk import Desk
from kg.serve.graph import Graph
from kg.serve.jobs import JOBS
from kg.serve.messages import Job, Reply, Terms
from kg.serve.source import Source
from kg.store.querying import FAILURES


def perform(desk: Desk, job: Job) -> Reply:
    """Do a job; whatever goes wrong becomes a reply."""
    try:
        try:
            desk.graph.update(job.stamp)
            return JOBS[job.kind](desk, **job.arguments)
        except FAILURES:
            # A writer may have removed files that were still needed.
            desk.graph.update("")
            return JOBS[job.kind](desk, **job.arguments)
    except TooLargeError as error:
        return Reply.refusal(422, error)
    except UsageError as error:
        return Reply.refusal(400, error)
    except StoreError as error:
        return Reply.refusal(503, error)
    except KgError as error:
        return Reply.refusal(500, error)
    except (RecursionError, MemoryError):
        return Reply.refusal(422, "the query needs too much memory", hint="ask for less")
    except FAILURES as error:
        return Reply.refusal(503, f"the graph cannot be read: {error}")


def _warm_up(desk: Desk, *, pages: bool) -> None:
    """Open the graph, and let what makes itself ready at its first use do so."""
    with suppress(KgError, *FAILURES):  # what is wrong shows again when somebody asks
        desk.graph.update("")
        desk.graph.check("ASK {}")
        if pages:
            desk.site.render("index.html")


def main() -> None:
    """Do the jobs on standard input until it ends."""
    # Ctrl-C goes to the whole group of processes; the server says when its workers are to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    given, taken = sys.stdin.buffer, sys.stdout.buffer
    # What anything prints must not come between the replies.
    sys.stdout = sys.stderr
    source, terms = Source.from_json(given.readline().decode()), Terms.parse(given.readline())
    if hasattr(os, "nice"):
        os.nice(terms.nice)
    desk = Desk(Graph(source.store, source.base, every=source.every), source, terms.answer)
    confine(terms.memory)
    _warm_up(desk, pages=terms.warm)
    taken.write(b"ready\n")
    taken.flush()
    for line in given:
        reply = perform(desk, Job.parse(line))
        taken.write(reply.head())
        taken.write(reply.body)
        taken.flush()


if __name__ == "__main__":
    main()

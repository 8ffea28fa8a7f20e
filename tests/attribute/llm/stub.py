"""A small OpenAI-compatible server on 127.0.0.1, well-behaved unless a test has it behave otherwise."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kg.attribute.reader import read
from kg.model.article import Article


@dataclass(frozen=True)
class Response:
    """What the server sends: JSON unless `body` is bytes; `pause` waits before each piece of the body."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    pieces: int = 1


@dataclass
class Stub:
    """A running server: where it is, and what it was asked."""

    base_url: str
    behave: Callable[[dict[str, Any], int], Response]
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def completion(text: Any, reason: str = "stop", usage: Any = None) -> Response:
    """An answer of the model, as the API wraps it."""
    usage = {"prompt_tokens": 100, "completion_tokens": 20} if usage is None else usage
    choice = {"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": text}}
    return Response({"object": "chat.completion", "choices": [choice], "usage": usage})


def error(status: int, message: str, code: str | None = None, **headers: str) -> Response:
    """An error, as the API has it."""
    return Response({"error": {"message": message, "code": code}}, status, headers)


def paragraphs_of(request: dict[str, Any]) -> list[tuple[int, str]]:
    """The numbered paragraphs of a question."""
    lines = request["messages"][-1]["content"].splitlines()
    return [(int(m[1]), m[2]) for line in lines if (m := re.fullmatch(r"\[(\d+)\] (.*)", line))]


def entry(paragraph: Any, source: str | None, cue: str | None, *content: str, **more: Any) -> dict[str, Any]:
    """An attribution as the model writes it."""
    found = {"paragraph": paragraph, "source": source, "cue": cue, "content": list(content)}
    return found | {"confidence": 0.9} | more


def answer(*entries: dict[str, Any]) -> str:
    """The model's answer with some attributions."""
    return json.dumps({"attributions": list(entries)}, ensure_ascii=False)


def as_the_rules(request: dict[str, Any], number: int) -> Response:
    """Answers as a good model would: with what the rules find in each paragraph."""
    found = []
    for paragraph, text in paragraphs_of(request):
        for one in read(Article("a.txt", text)).attributions:
            source, cue = (span.text if span else None for span in (one.source, one.cue))
            found.append(entry(paragraph, source, cue, *(span.text for span in one.content)))
    return completion(answer(*found))


def saying(*texts: str) -> Callable[[dict[str, Any], int], Response]:
    """Answers with these texts in turn, and with the last one from then on."""
    return lambda request, number: completion(texts[min(number, len(texts) - 1)])


@contextmanager
def serving(behave: Callable[[dict[str, Any], int], Response] = as_the_rules) -> Iterator[Stub]:
    """A server for the time of a block.

    Args:
        behave: Makes the response to a request and its number, counted from 0.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stub.headers.append(dict(self.headers))
            if self.path != "/v1/chat/completions":
                self._send(error(404, f"no {self.path}"))
                return
            number = len(stub.requests)
            stub.requests.append(json.loads(body))
            self._send(stub.behave(stub.requests[-1], number))

        def do_GET(self) -> None:
            models = {"data": [{"id": "tiny"}, {"id": "large"}]}
            self._send(Response(models) if self.path == "/v1/models" else error(404, "no such page"))

        def _send(self, response: Response) -> None:
            body = response.body
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(response.status)
            headers = {"Content-Type": "application/json", "Content-Length": str(len(raw))}
            for name, value in (headers | response.headers).items():
                self.send_header(name, value)
            self.end_headers()
            step = -(-len(raw) // response.pieces) or 1
            try:
                for start in range(0, len(raw), step):
                    time.sleep(response.pause)
                    self.wfile.write(raw[start : start + step])
                    self.wfile.flush()
            except (BrokenPipeError, ConnectionResetError):
                pass  # The client has heard enough.

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stub = Stub(f"http://127.0.0.1:{server.server_address[1]}/v1", behave)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

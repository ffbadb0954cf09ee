"""A Lambda Runtime API for one process: hands events to AWS's own runtime client and says when each answer came.

The runtime client asks ``GET /next``, does the work, posts the answer and asks again; between two asks it did exactly
one invocation. Knows no function and no measure.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, NamedTuple

ARN = "arn:aws:lambda:eu-west-3:123456789012:function:bench"
_MINUTE = 60_000


class Report(NamedTuple):
    """What the runtime client did: ``next`` (it waits for an event), ``response`` or ``error``."""

    kind: str
    body: bytes


class RuntimeApi:
    """``events`` are handed over one by one; ``reports`` tell what came back."""

    def __init__(self, port: int) -> None:
        self.address = f"127.0.0.1:{port}"
        self.events: queue.Queue[bytes] = queue.Queue()
        self.reports: queue.Queue[Report] = queue.Queue()
        self.sent = 0


@contextmanager
def serve() -> Iterator[RuntimeApi]:
    """Serve one runtime client; its last question stays unanswered when this ends, as when Lambda freezes it."""
    server = _Server(("127.0.0.1", 0), _Handler)
    api = RuntimeApi(server.server_port)
    server.RequestHandlerClass = type("Handler", (_Handler,), {"api": api})
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield api
    finally:
        api.events.put(b"")
        server.shutdown()
        server.server_close()


class _Server(HTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a runtime client that is stopped while it waits leaves without a word."""


class _Handler(BaseHTTPRequestHandler):
    """One connection, kept open as the runtime client likes it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    api: RuntimeApi

    def do_GET(self) -> None:
        self.api.reports.put(Report("next", b""))
        event = self.api.events.get()
        if not event:
            self.close_connection = True
            return
        self.api.sent += 1
        deadline = int(time.time() * 1000) + _MINUTE
        self._answer(
            200,
            event,
            {
                "Lambda-Runtime-Aws-Request-Id": f"8476a536-e9f4-11e8-9739-{self.api.sent:012d}",
                "Lambda-Runtime-Deadline-Ms": str(deadline),
                "Lambda-Runtime-Invoked-Function-Arn": ARN,
                "Lambda-Runtime-Trace-Id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0",
            },
        )

    def do_POST(self) -> None:
        body = self._body()
        self.api.reports.put(Report("error" if self.path.endswith("/error") else "response", body))
        self._answer(202, b'{"status":"OK"}', {})

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(iter(self._chunk, b""))
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def _chunk(self) -> bytes:
        size = int(self.rfile.readline().split(b";")[0], 16)
        content = self.rfile.read(size)
        self.rfile.readline()
        return content

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by the library
        """Say nothing."""


def answer_of(body: bytes) -> dict[str, Any]:
    """Return what a handler answered; empty when it answered something else than an object."""
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}

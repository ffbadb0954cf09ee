"""The people's address: the REST API's stage at the root, the local-only pages under `/_local/`.

A request reaches API Gateway as it came (path, query, cookies, body, Host), and goes no further than that API:
nothing here leads to the emulator's own addresses.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable

from infra.local.emulator import Emulator
from infra.local.http import Receive, Reply, Request, Scope, Send, answer, page, read

LARGEST_BODY = 41 * 1024 * 1024
LARGEST_API_BODY = 10 * 1024 * 1024  # API Gateway's
_WAIT_PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><meta http-equiv="refresh" content="1">
<title>Démarrage</title><p>Palier démarre, un instant…</p></html>"""

Pages = Callable[[Request], Awaitable[Reply]]


class Front:
    """The ASGI application of both ports; `api` is set once the template is deployed."""

    def __init__(
        self,
        emulator: Emulator,
        pages: Pages,
        aws_port: int,
        on_loaded: Callable[[], Awaitable[None]],
        on_failure: Callable[[Exception], None],
    ) -> None:
        self._emulator = emulator
        self._pages = pages
        self._aws_port = aws_port
        self._on_loaded = on_loaded
        self._on_failure = on_failure
        self.api: tuple[str, str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(scope, receive, send)
        elif scope["server"][1] == self._aws_port:
            await self._aws(scope, receive, send)
        elif scope["type"] == "http":
            await self._people(scope, receive, send)

    async def _lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def watched(message: dict[str, object]) -> None:
            if message["type"] == "lifespan.startup.complete":
                await self._on_loaded()
            await send(message)

        try:
            await self._emulator.asgi(scope, receive, watched)
        except Exception as error:
            self._on_failure(error)  # the server would go on, without the data
            raise

    async def _aws(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Any page of any site can post to this machine: the emulator's own commands are not offered."""
        if scope["type"] == "http" and scope["path"].startswith(("/_ministack/", "/_localstack/")):
            await answer(send, Reply(b"not offered", "text/plain", 404))
        else:
            await self._emulator.asgi(scope, receive, send)

    async def _people(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/_local" or scope["path"].startswith("/_local/"):
            request = await read(scope, receive, LARGEST_BODY)
            await answer(send, await self._pages(request) if request else _too_large())
        elif self.api is None:
            await answer(send, page(_WAIT_PAGE, 503))
        elif _declared_length(scope) > LARGEST_API_BODY:
            await answer(send, _too_large())
        else:
            await self._emulator.asgi(_behind_gateway(scope, *self.api), receive, send)


def _too_large() -> Reply:
    return Reply(b'{"message":"Request Too Long"}', "application/json", 413)


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name.lower() == b"content-length":
            with contextlib.suppress(ValueError):
                return int(value)
    return 0


def _behind_gateway(scope: Scope, api_id: str, stage: str) -> Scope:
    """The same request at the emulator's address of the stage, with the headers that API Gateway sets."""
    prefix = f"/_aws/execute-api/{api_id}/{stage}"
    raw_path = scope.get("raw_path") or scope["path"].encode()
    peer = (scope.get("client") or ("127.0.0.1", 0))[0]
    port = str(scope["server"][1]).encode()
    forwarded = {b"x-forwarded-for": peer.encode(), b"x-forwarded-proto": b"http", b"x-forwarded-port": port}
    kept = [(name, value) for name, value in scope["headers"] if name.lower() not in forwarded]
    return {
        **scope,
        "path": prefix + scope["path"],
        "raw_path": prefix.encode() + raw_path,
        "headers": [*kept, *forwarded.items()],
    }

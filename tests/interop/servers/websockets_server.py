# SPDX-License-Identifier: MIT
"""The Python package websockets as the server, with compression on. Beside the scenarios:

    /redirect/STATUS  redirects to /report
    /private          wants Basic authorization, name "user", password "pass word"
    /absent           answers 404
"""
from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import PurePosixPath

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.legacy.server import HTTPResponse, WebSocketServerProtocol, serve
from websockets.typing import Subprotocol

from tests.interop.servers import scenarios
from tests.interop.servers.scenarios import Message

CREDENTIALS = "Basic " + base64.b64encode(b"user:pass word").decode()


def ended(closed: ConnectionClosed) -> scenarios.Ended:
    return scenarios.Ended(1006 if closed.rcvd is None else closed.rcvd.code)


class Connection:
    def __init__(self, server: WebSocketServerProtocol) -> None:
        self.server = server
        self.path = server.path
        self.fields = list(server.request_headers.raw_items())
        self.subprotocol: str | None = server.subprotocol
        self.extensions = [str(extension.name) for extension in server.extensions]

    async def send(self, message: Message) -> None:
        try:
            await self.server.send(message)
        except ConnectionClosed as closed:
            raise ended(closed) from closed

    async def send_pieces(self, pieces: list[Message], ping: bytes) -> None:
        async def each() -> AsyncIterator[Message]:
            for piece in pieces[:-1]:
                yield piece
            await self.server.ping(ping)
            yield pieces[-1]

        await self.server.send(each())

    async def receive(self) -> Message:
        try:
            return await self.server.recv()
        except ConnectionClosed as closed:
            raise ended(closed) from closed

    async def ping(self, payload: bytes) -> None:
        await (await self.server.ping(payload))

    async def close(self, code: int, reason: str) -> int:
        if code == 0:  # the package sends one always
            self.server.transport.write(b"\x88\x00")
            await self.server.wait_closed()
        else:
            await self.server.close(code, reason)
        received = self.server.close_rcvd
        return 1006 if received is None else received.code

    def finish(self) -> None:
        self.server.transport.close()

    def reset(self) -> None:
        scenarios.reset_tcp(self.server.transport)


async def answer(path: str, fields: Headers) -> HTTPResponse | None:
    """What is answered without an upgrade."""
    _, first, *rest = PurePosixPath(path).parts
    if first == "redirect":
        return HTTPStatus(int(rest[0])), [("Location", "/report")], b"over there"
    if first == "private" and fields.get("Authorization") != CREDENTIALS:
        return HTTPStatus.UNAUTHORIZED, [("WWW-Authenticate", 'Basic realm="tests"')], b"who?"
    if first == "absent":
        return HTTPStatus.NOT_FOUND, [], b"no such thing"
    return None


async def main() -> None:
    async def handle(server: WebSocketServerProtocol) -> None:
        connection = Connection(server)
        if connection.path == "/private":
            connection.path = "/report"
        await scenarios.serve(connection)

    protocols = [Subprotocol(name) for name in scenarios.PROTOCOLS]
    server = await serve(
        handle,
        "127.0.0.1",
        0,
        subprotocols=protocols,
        compression="deflate",
        max_size=None,
        process_request=answer,
        close_timeout=30,
        ping_interval=None,
        ssl=scenarios.tls(),
    )
    scenarios.announce(list(server.sockets)[0].getsockname()[1])
    await server.wait_closed()


if __name__ == "__main__":
    asyncio.run(main())

# SPDX-License-Identifier: MIT
"""The Python package autobahn as the server, on asyncio: it fails a connection for an
unmasked frame, a reserved bit, text that is not UTF-8 and the like.
"""
from __future__ import annotations

import asyncio
from typing import Any

from autobahn.asyncio.websocket import WebSocketServerFactory, WebSocketServerProtocol
from autobahn.websocket.compress import PerMessageDeflateOfferAccept

from tests.interop.servers import scenarios
from tests.interop.servers.inbox import Inbox
from tests.interop.servers.scenarios import Message


def encoded(message: Message) -> tuple[bytes, bool]:
    if isinstance(message, str):
        return message.encode(), False
    return message, True


class Server(WebSocketServerProtocol):  # type: ignore[misc]
    """One connection; also the scenarios' Connection."""

    def onConnect(self, request: Any) -> str | None:
        self.inbox = Inbox()
        self.path = request.path
        self.fields = list(request.headers.items())
        self.subprotocol = scenarios.chosen_of(request.protocols)
        return self.subprotocol

    def onOpen(self) -> None:
        agreed = self._perMessageCompress
        self.extensions = [] if agreed is None else [agreed.EXTENSION_NAME]
        self.task = asyncio.create_task(scenarios.serve(self))

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        self.inbox.message(payload if isBinary else payload.decode())

    def onPong(self, payload: bytes) -> None:
        self.inbox.pong(payload)

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        if hasattr(self, "inbox"):
            self.inbox.end(1006 if not wasClean else self.remoteCloseCode or 1005)

    async def send(self, message: Message) -> None:
        self.inbox.check()
        self.sendMessage(*encoded(message))

    async def send_pieces(self, pieces: list[Message], ping: bytes) -> None:
        self.beginMessage(isBinary=encoded(pieces[0])[1])
        for piece in pieces[:-1]:
            self.sendMessageFrame(encoded(piece)[0])
        self.sendPing(ping)
        self.sendMessageFrame(encoded(pieces[-1])[0])
        self.endMessage()

    async def receive(self) -> Message:
        return await self.inbox.receive()

    async def ping(self, payload: bytes) -> None:
        self.sendPing(payload)
        await self.inbox.ponged(payload)

    async def close(self, code: int, reason: str) -> int:
        if code in (1001, 1008):  # an application may not choose these
            self.sendCloseFrame(code, reason.encode())
        else:
            self.sendClose(code or None, reason or None)
        return await self.inbox.ended()

    def finish(self) -> None:
        self.transport.close()

    def reset(self) -> None:
        scenarios.reset_tcp(self.transport)


async def main() -> None:
    factory: Any = WebSocketServerFactory(protocols=list(scenarios.PROTOCOLS))
    factory.protocol = Server
    factory.setProtocolOptions(
        perMessageCompressionAccept=lambda offers: PerMessageDeflateOfferAccept(offers[0]),
        requireMaskedClientFrames=True,
        utf8validateIncoming=True,
        openHandshakeTimeout=30,
        closeHandshakeTimeout=30,
    )
    server = await asyncio.get_running_loop().create_server(factory, "127.0.0.1", 0)
    scenarios.announce(server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())

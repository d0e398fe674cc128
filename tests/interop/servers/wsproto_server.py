# SPDX-License-Identifier: MIT
"""The Python package wsproto as the server, on asyncio's streams; it offers permessage-deflate."""
from __future__ import annotations

import asyncio

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Event,
    Message as Received,
    Ping,
    Pong,
    Request,
    TextMessage,
)
from wsproto.extensions import PerMessageDeflate
from wsproto.frame_protocol import CloseReason

from tests.interop.servers import scenarios
from tests.interop.servers.inbox import Inbox
from tests.interop.servers.scenarios import Message


def event_of(message: Message, last: bool = True) -> Event:
    if isinstance(message, str):
        return TextMessage(message, message_finished=last)
    return BytesMessage(message, message_finished=last)


class Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.engine = WSConnection(ConnectionType.SERVER)
        self.inbox = Inbox()
        self.closing = False  # by us
        self.parts: list[str | bytes] = []
        self.path = ""
        self.fields: list[tuple[str, str]] = []
        self.subprotocol: str | None = None
        self.extensions: list[str] = []

    def write(self, event: Event) -> None:
        self.writer.write(self.engine.send(event))

    def accept(self, request: Request) -> None:
        self.path = request.target
        self.fields = [(name.decode(), value.decode()) for name, value in request.extra_headers]
        self.subprotocol = scenarios.chosen_of(request.subprotocols)
        deflate = PerMessageDeflate()
        self.write(AcceptConnection(self.subprotocol, extensions=[deflate]))
        self.extensions = [deflate.name] if deflate.enabled() else []
        self.task = asyncio.create_task(scenarios.serve(self))

    def take(self, event: Event) -> None:
        if isinstance(event, Request):
            self.accept(event)
        elif isinstance(event, Received):
            self.parts.append(event.data)
            if event.message_finished:
                empty: str | bytes = "" if isinstance(event, TextMessage) else b""
                self.inbox.message(empty.__class__().join(self.parts))  # type: ignore[arg-type]
                self.parts = []
        elif isinstance(event, Pong):
            self.inbox.pong(bytes(event.payload))
        elif isinstance(event, Ping):
            self.write(event.response())
        elif isinstance(event, CloseConnection):
            if not self.closing:
                self.write(event.response())
            self.inbox.end(event.code)

    async def run(self) -> None:
        try:
            while data := await self.reader.read(65536):
                self.engine.receive_data(data)
                for event in self.engine.events():
                    self.take(event)
                    if isinstance(event, CloseConnection):
                        self.writer.close()
                        return
        except ConnectionError:
            pass
        self.inbox.end(1006)
        self.writer.close()

    async def send(self, message: Message) -> None:
        self.inbox.check()
        self.write(event_of(message))
        await self.writer.drain()

    async def send_pieces(self, pieces: list[Message], ping: bytes) -> None:
        for piece in pieces[:-1]:
            self.write(event_of(piece, last=False))
        self.write(Ping(ping))
        self.write(event_of(pieces[-1]))
        await self.writer.drain()

    async def receive(self) -> Message:
        return await self.inbox.receive()

    async def ping(self, payload: bytes) -> None:
        self.write(Ping(payload))
        await self.inbox.ponged(payload)

    async def close(self, code: int, reason: str) -> int:
        self.closing = True
        self.write(CloseConnection(code or CloseReason.NO_STATUS_RCVD, reason or None))
        return await self.inbox.ended()

    def finish(self) -> None:
        self.writer.close()

    def reset(self) -> None:
        scenarios.reset_tcp(self.writer.transport)


async def main() -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await Connection(reader, writer).run()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, limit=1 << 20)
    scenarios.announce(server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())

# SPDX-License-Identifier: MIT
"""What a server does with a client, chosen by the request's path. Knows no library: each
brings a Connection.

    /echo             sends each message back until the client closes
    /drive/LARGEST    sends messages up to LARGEST bytes and compares what comes back
    /report           sends one JSON text: what the server saw of the handshake
    /close/CODE/TEXT  closes; code 0: without a code
    /fin, /reset      ends or resets TCP without a Close

For each connection one line of JSON is printed at its end.
"""
from __future__ import annotations

import asyncio
import json
import os
import random
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable
from typing import Protocol

from tests.interop import sizes

Message = str | bytes

PROTOCOLS = ("chat.v2", "chat.v1")  # the preferred one first
MANY = 300


class Ended(Exception):
    """The connection is over; `code` is that of the client's Close, 1005 without one, 1006
    without a Close."""

    def __init__(self, code: int) -> None:
        self.code = code


class Connection(Protocol):
    """An open connection, as a library gives it."""

    path: str
    fields: list[tuple[str, str]]
    subprotocol: str | None
    extensions: list[str]  # those agreed on

    async def send(self, message: Message) -> None: ...

    async def send_pieces(self, pieces: list[Message], ping: bytes) -> None:
        """One message in fragments, and a Ping before the last one."""

    async def receive(self) -> Message: ...

    async def ping(self, payload: bytes) -> None:
        """Returns when the Pong has come."""

    async def close(self, code: int, reason: str) -> int:
        """Closes; the code that the client answers."""

    def finish(self) -> None:
        """Ends TCP."""

    def reset(self) -> None: ...


def tls() -> ssl.SSLContext | None:
    """As WSS_PEER_CERT and WSS_PEER_KEY say; None: plain TCP."""
    certificate, key = os.environ.get("WSS_PEER_CERT"), os.environ.get("WSS_PEER_KEY")
    if not certificate or not key:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def announce(port: int) -> None:
    print(json.dumps({"port": port}), flush=True)


def reset_tcp(transport: asyncio.BaseTransport) -> None:
    """Ends TCP by a reset."""
    held: socket.socket = transport.get_extra_info("socket")
    held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert isinstance(transport, asyncio.WriteTransport)
    transport.abort()


def chosen_of(offered: list[str]) -> str | None:
    return next((name for name in PROTOCOLS if name in offered), None)


async def serve(connection: Connection) -> None:
    """Plays the scenario of the path and prints what came of it."""
    name, *arguments = connection.path.strip("/").split("/")
    outcome: dict[str, object] = {"scenario": name}
    try:
        outcome.update(await SCENARIOS[name](connection, *arguments))
    except Ended as end:
        outcome["code"] = end.code
    except Exception as error:  # a scenario that cannot be played is a failure to be seen
        outcome["error"] = repr(error)
        connection.reset()
    print(json.dumps(outcome), flush=True)


async def echo(connection: Connection) -> dict[str, object]:
    while True:
        await connection.send(await connection.receive())


def halves(message: Message) -> list[Message]:
    middle = len(message) // 2
    if isinstance(message, str):
        return [message[:middle], "", message[middle:]]
    return [message[:middle], b"", message[middle:]]


def single_messages(largest: int) -> list[Message]:
    lengths = [length for length in (*sizes.LENGTHS, 1 << 20, sizes.LARGE) if length <= largest]
    binaries: list[Message] = [sizes.binary(length) for length in lengths]
    return binaries + [sizes.text(length) for length in lengths]


def many_messages() -> list[Message]:
    draw = random.Random(6455)
    lengths = [draw.choice((0, 1, 125, 126, draw.randrange(5000))) for _ in range(MANY)]
    makers: list[Callable[[int], Message]] = [sizes.text, sizes.binary]
    return [draw.choice(makers)(length) for length in lengths]


async def drive(connection: Connection, largest: str) -> dict[str, object]:
    wrong: list[str] = []

    async def compare(message: Message, what: str) -> None:
        if await connection.receive() != message:
            wrong.append(f"{what} {type(message).__name__} {len(message)}")

    singles = single_messages(int(largest))
    for message in singles:
        await connection.send(message)
        await compare(message, "one")
    for message in singles:
        await connection.send_pieces(halves(message), b"between")
        await compare(message, "fragments")
    for payload in (b"", bytes(range(125))):
        await connection.ping(payload)
    many = many_messages()
    sender = asyncio.create_task(send_all(connection, many))
    for number, message in enumerate(many):
        await compare(message, f"number {number}")
    await sender
    code = await connection.close(1000, "compared")
    return {"compared": 2 * len(singles) + len(many), "wrong": wrong, "code": code}


async def send_all(connection: Connection, messages: list[Message]) -> None:
    for message in messages:
        await connection.send(message)


async def report(connection: Connection) -> dict[str, object]:
    seen = {
        "fields": [[name.lower(), value] for name, value in connection.fields],
        "protocol": connection.subprotocol,
        "extensions": connection.extensions,
    }
    await connection.send(json.dumps(seen))
    return {"code": await connection.close(1000, "")}


async def close(connection: Connection, code: str, reason: str = "") -> dict[str, object]:
    return {"code": await connection.close(int(code), reason)}


async def fin(connection: Connection) -> dict[str, object]:
    connection.finish()
    return {}


async def reset(connection: Connection) -> dict[str, object]:
    connection.reset()
    return {}


SCENARIOS: dict[str, Callable[..., Awaitable[dict[str, object]]]] = {
    "echo": echo,
    "drive": drive,
    "report": report,
    "close": close,
    "fin": fin,
    "reset": reset,
}

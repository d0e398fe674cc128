# SPDX-License-Identifier: MIT
"""Clients that talk with an echo server all at once, and end in every way that TCP and WebSockets
have. It must not know what the server runs on.
"""
from __future__ import annotations

import asyncio
import random
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from websockets.exceptions import ConnectionClosed
from websockets.legacy.client import WebSocketClientProtocol, connect

SIZES = (0, 1, 2, 64, 125, 126, 127, 500, 1399, 1400)
ALPHABET = "abc äöü €漢字 🌍"
PATIENCE = 60  # seconds


@dataclass
class Tally:
    """What the clients did."""

    messages: int = 0
    opened: int = 0
    now: int = 0
    most: int = 0
    """Connections that were open at the same time."""
    ends: dict[str, int] = field(default_factory=dict)


async def end_cleanly(socket_: WebSocketClientProtocol) -> None:
    await socket_.close(1000, "enough")
    assert socket_.close_code == 1000


async def end_by_reset(socket_: WebSocketClientProtocol) -> None:
    tcp_of(socket_).setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    socket_.transport.abort()


async def end_by_half_close(socket_: WebSocketClientProtocol) -> None:
    """The server has to end its half."""
    tcp_of(socket_).shutdown(socket.SHUT_WR)
    try:
        await asyncio.wait_for(socket_.recv(), PATIENCE)
    except ConnectionClosed:
        pass


async def end_within_a_frame(socket_: WebSocketClientProtocol) -> None:
    socket_.transport.write(b"\x82\xfe\x05\x78\x01\x02\x03\x04half a message")
    socket_.transport.close()


ENDS: tuple[Callable[[WebSocketClientProtocol], Awaitable[None]], ...] = (
    end_cleanly, end_by_reset, end_by_half_close, end_within_a_frame)


def tcp_of(socket_: WebSocketClientProtocol) -> socket.socket:
    found: socket.socket = socket_.transport.get_extra_info("socket")
    return found


def trusting(certificate: Path | None) -> ssl.SSLContext | None:
    return None if certificate is None else ssl.create_default_context(cafile=str(certificate))


def message_of(rng: random.Random) -> str | bytes:
    size = rng.choice(SIZES)
    if rng.random() < 0.5:
        return rng.randbytes(size)
    text = ""
    while len((text + "🌍").encode()) <= size:
        text += rng.choice(ALPHABET)
    return text


async def exchange(socket_: WebSocketClientProtocol, rng: random.Random) -> None:
    """One message there and back: whole, in fragments, or with a Ping about it."""
    message = message_of(rng)
    way = rng.randrange(16)
    if way == 0 and len(message) > 1:
        cut = rng.randrange(1, len(message))
        await socket_.send([message[:cut], message[cut:]])
    else:
        await socket_.send(message)
    pong = await socket_.ping() if way == 1 else None
    assert await asyncio.wait_for(socket_.recv(), PATIENCE) == message
    if pong is not None:
        await asyncio.wait_for(pong, PATIENCE)


async def live(url: str, context: ssl.SSLContext | None, tally: Tally, rng: random.Random, quota: int,
               start: asyncio.Barrier) -> None:
    """One client, connection after connection; the first waits until every client has one."""
    done = 0
    while done < quota:
        async with asyncio.timeout(PATIENCE * 10):
            socket_ = await connect(url, compression=None, ssl=context, open_timeout=PATIENCE, ping_interval=None)
            tally.opened += 1
            tally.now += 1
            tally.most = max(tally.most, tally.now)
            if done == 0:
                await start.wait()
            for _ in range(min(rng.randrange(20, 80), quota - done)):
                await exchange(socket_, rng)
                done += 1
                tally.messages += 1
            end = rng.choice(ENDS)
            tally.now -= 1
            await end(socket_)
            tally.ends[end.__name__] = tally.ends.get(end.__name__, 0) + 1


async def crowd(url: str, certificate: Path | None, clients: int, messages: int, seed: int) -> Tally:
    """So many clients with so many messages in all."""
    tally = Tally()
    context = trusting(certificate)
    start = asyncio.Barrier(clients)
    await asyncio.gather(*(live(url, context, tally, random.Random(seed * 1000 + i), messages // clients, start)
                           for i in range(clients)))
    return tally


async def one_echo(url: str, certificate: Path | None) -> None:
    """A good client is served."""
    async with connect(url, compression=None, ssl=trusting(certificate), open_timeout=PATIENCE) as socket_:
        await socket_.send("still there?")
        assert await asyncio.wait_for(socket_.recv(), PATIENCE) == "still there?"

# SPDX-License-Identifier: MIT
"""What generated firmware has to do: other people's WebSocket clients and servers as its peers."""
from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

from websockets.legacy.client import WebSocketClientProtocol, connect
from websockets.legacy.server import WebSocketServerProtocol, serve

from tests.interop.server import HANG
from tests.mcc.build import CERTS, Firmware
from tests.mcc.configurator import Project
from tests.mcc.masked import Relay
from tests.ports import free_port


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTS / "ca.pem")


def listens(port: int) -> bool:
    """Whether somebody does, found out without a connection."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def await_port(firmware: Firmware) -> None:
    while not listens(firmware.port):
        assert firmware.process.poll() is None, "the firmware ended"


@contextlib.contextmanager
def way(project: Project, firmware: Firmware) -> Iterator[tuple[str, ssl.SSLContext | None]]:
    """Where clients connect, and with which TLS."""
    if project.get("SYS_WSS_PRES_TLS"):
        with Relay(firmware.port) as relay:
            yield f"ws://127.0.0.1:{relay.port}/", None
    elif project.get("SYS_WSS_MBEDTLS_TLS"):
        yield f"wss://localhost:{firmware.port}/", trusting()
    else:
        yield f"ws://127.0.0.1:{firmware.port}/", None


async def talk(client: WebSocketClientProtocol, largest: int) -> None:
    messages: tuple[str | bytes, ...] = ("", "text", "t" * largest, b"\x00\xff", b"b" * largest)
    for message in messages:
        await client.send(message)
        assert await client.recv() == message
    await client.send(["in ", "three ", "pieces"])
    assert await client.recv() == "in three pieces"
    await (await client.ping(b"p" * 125))


def serves(project: Project, program: Path, emulator: tuple[str, ...] = ()) -> None:
    """As a server: all clients that it may have at once, twice, as places become free."""
    largest = min(project.get("SYS_WSS_MAX_RX_BUFFER"), project.get("SYS_WSS_MAX_TX_BUFFER"))
    places = project.get("SYS_WSS_MAX_NUM_CLIENTS")

    async def once(url: str, context: ssl.SSLContext | None) -> None:
        clients = [await connect(url, ssl=context, max_size=None) for _ in range(places)]
        await asyncio.gather(*(talk(client, largest) for client in clients))
        await asyncio.gather(*(client.close(4000) for client in clients))
        assert [client.close_code for client in clients] == [4000] * places

    async def main(url: str, context: ssl.SSLContext | None) -> None:
        for _ in range(2):
            await once(url, context)

    with Firmware(program, free_port(), emulator) as firmware:
        await_port(firmware)
        with way(project, firmware) as (url, context):
            asyncio.run(asyncio.wait_for(main(url, context), HANG))
        firmware.until("WSS 0: connected")
        firmware.until("WSS 0: closed")
        if project.get("SYS_WSS_ENABLE_CONSOLE"):
            obeys(firmware, 2 * places)


def obeys(firmware: Firmware, connections: int) -> None:
    """The console command."""
    firmware.command("syswss stats")
    line = firmware.until("connections ")[-1]
    assert f"opened {connections}, closed" in line


def calls(project: Project, program: Path, emulator: tuple[str, ...] = ()) -> None:
    """As a client: it asks for what its URL says, says hello, and echoes."""
    secure = project.get("SYS_WSS_MBEDTLS_TLS")
    asked: dict[str, str | None] = {}

    async def answer(peer: WebSocketServerProtocol) -> None:
        asked.update(path=peer.path, host=peer.request_headers["Host"],
                     user=peer.request_headers.get("Authorization"))
        assert await peer.recv() == "hello"
        await peer.send("echo this")
        assert await peer.recv() == "echo this"
        asked["done"] = "done"

    async def main(port: int, context: ssl.SSLContext | None) -> None:
        done = asyncio.Event()

        async def handle(peer: WebSocketServerProtocol) -> None:
            await answer(peer)
            done.set()

        async with serve(handle, "127.0.0.1", port, ssl=context):
            with Firmware(program, port, emulator) as firmware:
                await done.wait()
                assert firmware.process.poll() is None

    context = None
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTS / "ec.pem", CERTS / "ec.key")
    asyncio.run(asyncio.wait_for(main(free_port(), context), HANG))
    host = "localhost:8000" if secure else "peer.test:8000"
    user = None if secure else "Basic dXNlcjpwYXNz"
    assert asked == {"path": "/chat?room=1", "host": host, "user": user, "done": "done"}


def works(project: Project, program: Path, emulator: tuple[str, ...] = ()) -> None:
    role = serves if project.get("SYS_WSS_MODE") == "SERVER" else calls
    role(project, program, emulator)

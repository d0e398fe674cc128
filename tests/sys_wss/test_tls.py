# SPDX-License-Identifier: MIT
"""The SYS_WSS examples over TLS: with Python's ssl and websockets as peers, and what fails."""
from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator

import pytest
from websockets.legacy.client import connect
from websockets.legacy.server import WebSocketServerProtocol, serve

from tests.interop.server import HANG
from tests.ports import free_port
from tests.sys_wss.program import BUILD, HARMONY, Program

FOLDER = BUILD / "tests/sys_wss"
CERTS = BUILD / "tests/tls/certs"

pytestmark = pytest.mark.skipif(
    not (FOLDER / "sys_wss_tls_server").exists(), reason="built without TLS (WSS_TLS)"
)


def trusting(ca: str = "ca") -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTS / f"{ca}.pem")


def presenting(name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTS / f"{name}.pem", CERTS / f"{name}.key")
    return context


@pytest.fixture(params=[FOLDER / "sys_wss_tls_server", HARMONY["sys_wss_harmony_tls"]],
                ids=lambda path: str(path.name))
def server(request: pytest.FixtureRequest) -> Iterator[Program]:
    with Program(request.param, free_port()) as running:
        running.connect().socket.close()  # it listens
        running.expect("0 connecting", "0 TLS failed", "0 closed")
        yield running


def echo(port: int, context: ssl.SSLContext) -> None:
    async def talk() -> None:
        async with connect(f"wss://127.0.0.1:{port}/", ssl=context) as client:
            messages: tuple[str | bytes, ...] = ("", "text", "t" * 1400, b"\x00\xff", b"b" * 1400)
            for message in messages:
                await client.send(message)
                assert await client.recv() == message
            await client.close(4000)
        assert client.close_code == 4000

    asyncio.run(asyncio.wait_for(talk(), HANG))


def test_a_server(server: Program) -> None:
    echo(server.port, trusting())
    server.expect("0 connecting", "0 connected", *(f"0 {n} bytes" for n in (0, 4, 1400, 2, 1400)))
    server.expect("0 close frame", "0 closing", "0 closed")


def test_a_client_that_does_not_trust_the_server(server: Program) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as peer, pytest.raises(ssl.SSLError):
        trusting("other-ca").wrap_socket(peer, server_hostname="localhost")
    server.expect("0 connecting", "0 TLS failed", "0 closed")


def test_a_request_without_tls(server: Program) -> None:
    with server.connect() as client:
        client.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        server.expect("0 connecting", "0 TLS failed", "0 closed")


def test_a_server_that_demands_certificates() -> None:
    with Program(FOLDER / "sys_wss_tls_mutual", free_port()) as running:
        running.connect().socket.close()
        running.expect("0 connecting", "0 TLS failed", "0 closed")
        context = trusting()
        context.load_cert_chain(CERTS / "client.pem", CERTS / "client.key")
        echo(running.port, context)
        running.expect("0 connecting", "0 connected")


def test_a_server_without_its_files() -> None:
    """It says why, and does not start."""
    program = Program(FOLDER / "sys_wss_tls_missing", free_port())
    assert program.process.stdout is not None
    assert program.process.stdout.readline().startswith(b"SYS_WSS: TLS: ")
    assert program.process.wait(HANG) == 1


def call(program: str, certificate: str, *events: str) -> None:
    """A client calls a server with this certificate, which sends and closes; the events."""
    async def talk(peer: WebSocketServerProtocol) -> None:
        await peer.send("hello")
        assert await peer.recv() == "hello"
        await peer.close()

    async def main() -> None:
        async with serve(talk, "127.0.0.1", 0, ssl=presenting(certificate)) as listening:
            port = next(iter(listening.sockets)).getsockname()[1]
            with Program(FOLDER / program, port) as client:
                await asyncio.get_running_loop().run_in_executor(None, client.expect, *events)

    asyncio.run(asyncio.wait_for(main(), HANG))


def test_a_client() -> None:
    call("sys_wss_tls_client", "ec", "0 connecting", "0 connected", "0 5 bytes",
         "0 close frame", "0 closing", "0 closed")


@pytest.mark.parametrize("certificate", ["stranger", "expired", "elsewhere"])
def test_a_server_that_the_client_does_not_trust(certificate: str) -> None:
    call("sys_wss_tls_client", certificate, "0 connecting", "0 TLS failed", "0 closed")


def test_a_server_whose_certificate_is_for_another_name() -> None:
    """SYS_WSS_SERVER_IP is dialled, but the URL's host has to be in the certificate."""
    call("sys_wss_tls_elsewhere", "ec", "0 connecting", "0 TLS failed", "0 closed")

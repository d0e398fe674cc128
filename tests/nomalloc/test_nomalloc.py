# SPDX-License-Identifier: MIT
"""`wss serve` does not touch the heap once it listens, nor `wss connect` once it connects; the
SYS_WSS face not at all."""
from __future__ import annotations

import os
import signal
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.interop import raw, sizes
from tests.interop.client import Client
from tests.interop.raw_server import Listener, unmasked
from tests.interop.server import HANG, ROOT, Server
from tests.tls.memory import has_pool, measure
from tests.tls.openssl import CA, TlsClient, client_context, identity
from tests.ports import free_port
from tests.sys_wss.program import CLIENT, SERVER, Program
from tests.tools.wire import close_frame, messages, opened, sending

FOLDER = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build")) / "tests/nomalloc"
GUARD = {"LD_PRELOAD": str(FOLDER / "nomalloc.so")}

pytestmark = pytest.mark.skipif(
    not (FOLDER / "nomalloc.so").exists(), reason="the guard is not built here"
)


def guinea_pig(function: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(FOLDER / "guinea_pig"), function],
        env={**os.environ, **GUARD},
        capture_output=True,
        text=True,
        timeout=HANG,
    )


@pytest.mark.parametrize("function", ["malloc", "calloc", "realloc", "free"])
def test_the_guard_notices(function: str) -> None:
    ended = guinea_pig(function)
    assert ended.returncode == -signal.SIGABRT
    assert ended.stderr == f"nomalloc: called after the start: {function}\n"


def test_the_guard_lets_the_start_pass() -> None:
    assert guinea_pig("nothing").returncode == 0


def echoes(client: raw.Client) -> None:
    assert client.open(Sec_WebSocket_Protocol="chat").status == 101
    for length in (0, 125, 126, 65536, 1 << 20):
        client.send(raw.encode(raw.BINARY, sizes.binary(length)))
        assert client.message() == (raw.BINARY, sizes.binary(length))
    client.send(raw.encode(raw.TEXT, b"one ", fin=False))
    client.send(raw.encode(raw.PING, b"between"))
    client.send(raw.encode(raw.CONTINUATION, b"two"))
    frames = [client.answer_pings()]
    while not (frames[-1].fin and frames[-1].opcode in (raw.TEXT, raw.CONTINUATION)):
        frames.append(client.answer_pings())
    assert raw.Frame(True, raw.PONG, b"between") in frames


def breaks_the_protocol(client: raw.Client) -> None:
    assert client.open().status == 101
    client.send(raw.encode(raw.TEXT, b"\xff"))
    assert client.answer_pings().code == 1007


def is_refused(client: raw.Client) -> None:
    assert client.open(Sec_WebSocket_Protocol="a,,b c").status == 400


def asks_for_pages(client: raw.Client) -> None:
    client.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert client.response().status == 200


def test_serving_uses_no_heap() -> None:
    options = ["--max-clients", "8", "--protocol", "chat", "--ping-interval", "200"]
    with Server(*options, env=GUARD) as server:
        for talk in (echoes, breaks_the_protocol, is_refused, asks_for_pages):
            with raw.Client(server.port) as client:
                talk(client)
        with raw.Client(server.port) as client:
            client.open()
            assert client.frame().opcode == raw.PING
            server.signal(signal.SIGTERM)
            close = client.answer_pings()
            assert close.code == 1001
            client.send(raw.encode(raw.CLOSE, close.payload))
        status, errors = server.wait()
    assert "nomalloc" not in errors
    assert status == 0


def test_connecting_uses_no_heap() -> None:
    """Lines, texts, large messages both ways, Pings, a lost connection and the next one; with a
    numeric address, as the system's looking up of names allocates."""
    options = ["--send", "text", "--reconnect", "--ping-interval", "100", "--protocol", "chat"]
    with Listener() as listener, Client(listener.url, *options, env=GUARD) as client:
        with opened(listener) as caller:
            client.write(b"line\n" + b"x" * 200000 + b"\n")
            received = messages(caller)
            assert [len(next(received)[1]) for _ in range(3)] == [4, 4, 200000]
            caller.send(unmasked(raw.PING, b"ping") + unmasked(raw.TEXT, b"hello", fin=False))
            assert client.read(5) == b"hello"
            caller.reset()
        with opened(listener) as caller:
            sending(caller, unmasked(raw.BINARY, sizes.binary(sizes.LARGE)))
            assert client.read(1 + sizes.LARGE) == b"\n" + sizes.binary(sizes.LARGE)
            assert client.process.stdin is not None
            client.process.stdin.close()
            client.process.stdin = None
            assert list(messages(caller)) == [(raw.TEXT, b"text")]
            ended = client.end()
    assert "nomalloc" not in ended.errors
    assert ended.status == 0


def test_failing_uses_no_heap() -> None:
    """A refusal, an answer, an echo, and an error that the server is told."""
    with Listener() as first, Listener() as second:
        arguments = ["ws://127.0.0.1:9/", first.url, second.url, "--echo"]
        with Client(*arguments, env=GUARD) as client:
            with first.accept() as caller:
                caller.answer("HTTP/1.1 500 no\r\n\r\n")
            with opened(second) as caller:
                caller.send(unmasked(raw.TEXT, b"echo"))
                assert caller.message() == (raw.TEXT, b"echo")
                caller.send(unmasked(raw.TEXT, b"\xff"))
                assert caller.frame().code == 1007
                caller.send(close_frame(1007))
                caller.socket.close()
            ended = client.end()
    assert "nomalloc" not in ended.errors
    assert ended.status == 1


def test_the_sys_wss_server_uses_no_heap() -> None:
    with Program(SERVER, free_port(), GUARD) as server:
        with server.open() as client:
            client.send(raw.encode(raw.TEXT, b"a") + raw.encode(raw.PING) + raw.encode(raw.CLOSE))
            server.expect("0 connecting", "0 connected", "0 1 bytes", "0 ping", "0 close frame", "0 closing")
        server.expect("0 closed")


def test_the_sys_wss_client_uses_no_heap() -> None:
    with Listener() as listener, Program(CLIENT, listener.port, GUARD) as client:
        with opened(listener) as caller:
            caller.send(unmasked(raw.TEXT, b"echo"))
            assert caller.message() == (raw.TEXT, b"echo")
        client.expect("0 connecting", "0 connected", "0 4 bytes", "0 error", "0 closed")


# -------------------------------------------------------- TLS, where mbedTLS has a pool

with_pool = pytest.mark.skipif(not has_pool(), reason="mbedTLS is not that of firmware")


@with_pool
def test_tls_uses_no_heap() -> None:
    """Full handshakes, resumed ones, one that fails, and what follows each."""
    context = client_context("client")
    with Server("--max-clients", "8", *identity("ec"), "--client-ca", CA, env=GUARD) as server:
        session: ssl.SSLSession | None = None
        for talk in (asks_for_pages, breaks_the_protocol, is_refused):
            with TlsClient(server.port, context, session=session) as client:
                assert client.tls.session_reused == (session is not None)
                talk(client)
                session = client.tls.session
        with pytest.raises(ssl.SSLError):
            with TlsClient(server.port, client_context()) as client:
                client.open()
        with raw.Client(server.port) as plain:
            plain.send(raw.upgrade_request())
            plain.socket.recv(1)
        server.signal(signal.SIGTERM)
        status, errors = server.wait()
    assert "nomalloc" not in errors
    assert status == 0


@with_pool
def test_the_pool_holds_what_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    """scripts/tls-memory measures for the table in docs/TLS.md, on MIPS32."""
    cost = measure()
    with capsys.disabled():
        print(f" [bytes of the pool: {cost}]", end="")
    assert cost.shared < 8 * 1024
    assert cost.each < 25 * 1024
    assert cost.handshake < 8 * 1024

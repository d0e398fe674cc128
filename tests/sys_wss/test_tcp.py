# SPDX-License-Identifier: MIT
"""The events of SYS_WSS over TCP, by the example programs and a peer by hand; those of the
network link and of TLS handshakes are test_events.c's."""
from __future__ import annotations

import re
import socket
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interop import raw
from tests.interop.server import HANG, ROOT
from tests.ports import free_port
from tests.sys_wss.program import CLIENT, EVENTS, HARMONY, IMPATIENT, SERVER, Program

PLAIN = [EVENTS, *(path for name, path in HARMONY.items() if name != "sys_wss_harmony_tls")]


@pytest.fixture(params=PLAIN, ids=lambda path: str(path.name))
def server(request: pytest.FixtureRequest) -> Iterator[Program]:
    with Program(request.param, free_port()) as running:
        yield running


@pytest.mark.parametrize("program", [SERVER, CLIENT], ids=lambda path: str(path.name))
@pytest.mark.parametrize("port", ["99999", "0", "x"])
def test_a_program_refuses_what_is_no_port(program: Path, port: str) -> None:
    ended = subprocess.run([program, port], capture_output=True, text=True, timeout=HANG, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"{program.name}: the port is a number from 1 to 65535\n"


def reset(client: raw.Client) -> None:
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.close()


def test_the_life_of_a_connection(server: Program) -> None:
    with server.open() as client:
        server.expect("0 connecting", "0 connected")
        client.send(raw.encode(raw.TEXT, b"abc"))
        client.send(raw.encode(raw.BINARY, b"\x00\xff"))
        client.send(raw.encode(raw.PING, b"p"))
        client.send(raw.encode(raw.PONG, b"q"))
        server.expect("0 3 bytes", "0 2 bytes", "0 ping", "0 pong")
        frames = [client.frame() for _ in range(3)]
        assert [(frame.opcode, frame.payload) for frame in frames] == [
            (raw.TEXT, b"abc"), (raw.BINARY, b"\x00\xff"), (raw.PONG, b"p")]
        client.send(raw.encode(raw.CLOSE, b"\x03\xe8"))
        server.expect("0 close frame", "0 closing")
        assert client.frame().code == 1000
        assert client.at_end()
    server.expect("0 closed")


def test_an_invalid_frame(server: Program) -> None:
    with server.open() as client:
        client.send(b"\x81\x00")
        server.expect("0 connecting", "0 connected", "0 invalid frame", "0 closing")
        assert client.frame().code == 1002
    server.expect("0 closed")


def test_an_error(server: Program) -> None:
    reset(server.open())
    server.expect("0 connecting", "0 connected", "0 error", "0 closed")
    with server.open() as client:
        client.send(raw.encode(raw.BINARY, bytes(1401)))
        server.expect("0 connecting", "0 connected", "0 error", "0 closing")
        assert client.frame().code == 1009
    server.expect("0 closed")


@pytest.mark.parametrize("program", IMPATIENT, ids=lambda path: str(path.name))
def test_a_timeout(program: Path) -> None:
    with Program(program, free_port()) as server, server.open() as client:
        server.expect("0 connecting", "0 connected", "0 timeout", "0 closing")
        assert client.frame().code == 1001
        client.send(raw.encode(raw.CLOSE, b"\x03\xe9"))
        assert client.at_end()
        server.expect("0 closed")


def test_a_port_that_is_taken() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        with Program(SERVER, holder.getsockname()[1]) as running:
            running.expect("-1 no socket")


def test_a_message_that_is_split_and_fragmented(server: Program) -> None:
    with server.open() as client:
        message = raw.encode(raw.TEXT, b"one ", fin=False) + raw.encode(raw.PING)
        message += raw.encode(raw.CONTINUATION, b"two")
        for byte in message:
            client.send(bytes([byte]))
        server.expect("0 connecting", "0 connected", "0 ping", "0 7 bytes")
        assert client.message()[1] == b"one two" if client.frame().opcode == raw.PONG else False


def test_eight_clients(server: Program) -> None:
    clients = [server.open() for _ in range(8)]
    for number, client in enumerate(clients):
        client.send(raw.encode(raw.TEXT, b"%d" % number))
    for number, client in enumerate(clients):
        assert client.message() == (raw.TEXT, b"%d" % number)
        client.socket.close()


def test_a_client_without_a_server() -> None:
    with Program(CLIENT, free_port()) as client:
        client.expect("0 connecting", "0 no socket", "0 closed")


def test_a_client_whose_server_speaks_another_language() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(HANG)
        with Program(CLIENT, listener.getsockname()[1]) as client:
            peer, _ = listener.accept()
            with peer:
                peer.sendall(b"220 mail\r\n\r\n")
                client.expect("0 connecting", "0 error", "0 closed")


# ------------------------------------------------------------------ the events, one by one


# Each event of the documents: how the program prints it, and what a peer says to raise it.
DOCUMENTED = {
    "ERR": ("0 error", raw.encode(raw.BINARY, bytes(1401))),
    "CLIENT_CONNECTING": ("0 connecting", b""),
    "CLIENT_CONNECTED": ("0 connected", b""),
    "CLIENT_BIN_DATA_RX": ("0 3 bytes", raw.encode(raw.BINARY, b"\xff\x00\xff")),
    "CLIENT_TXT_DATA_RX": ("0 4 bytes", raw.encode(raw.TEXT, b"text")),
    "CLIENT_PING_RX": ("0 ping", raw.encode(raw.PING)),
    "CLIENT_PONG_RX": ("0 pong", raw.encode(raw.PONG)),
    "CLIENT_CLOSE_FRAME_RX": ("0 close frame", raw.encode(raw.CLOSE)),
    "CLIENT_CLOSING": ("0 closing", raw.encode(raw.CLOSE)),
    "CLIENT_CLOSED": ("0 closed", raw.encode(raw.CLOSE)),
    "ERR_INVALID_FRAME": ("0 invalid frame", b"\x83\x80mask"),
    "CLIENT_TIMEOUT": ("0 timeout", b""),
}


def test_every_event_is_here() -> None:
    """The header has these, and four that only the shipped header had."""
    text = (ROOT / "api/sys_wss.h").read_text(encoding="utf-8")
    names = set(re.findall(r"^    SYS_WSS_EVENT_(\w+)", text, re.MULTILINE))
    assert names == set(DOCUMENTED) | {"SSL_FAILED", "SOCK_OPEN_FAILED", "LL_INTF_DOWN", "LL_INTF_UP"}
    assert len(DOCUMENTED) == 12


@pytest.mark.parametrize("event", DOCUMENTED)
def test_each_event_of_the_documents(event: str) -> None:
    printed, said = DOCUMENTED[event]
    program = IMPATIENT[0] if event == "CLIENT_TIMEOUT" else EVENTS
    with Program(program, free_port()) as server, server.open() as client:
        client.send(said)
        if event == "CLIENT_CLOSED":
            assert client.frame().opcode == raw.CLOSE
            client.socket.close()
        while server.next() != printed:
            pass

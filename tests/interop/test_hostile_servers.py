# SPDX-License-Identifier: MIT
"""Servers that do wrong to `wss connect`: it fails the connection, says so, and ends. Only
what matters over TCP is here; all the rules are in tests/engine/cases.
"""
from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.interop import client, raw
from tests.interop.client import Client, assert_failed
from tests.interop.raw_server import Caller, Listener, unmasked

STATUS = "HTTP/1.1 101 Switching Protocols\r\n"
FIELDS = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
ACCEPT = "Sec-WebSocket-Accept: {accept}\r\n"
GOOD = STATUS + FIELDS + ACCEPT + "\r\n"


@contextmanager
def called(*options: str) -> Iterator[tuple[Client, Caller]]:
    """A client and its TCP connection at a server."""
    with Listener() as listener, Client(listener.url, "--quiet", *options) as running:
        with listener.accept() as caller:
            yield running, caller


@contextmanager
def opened(*options: str) -> Iterator[tuple[Client, Caller]]:
    with called(*options) as (running, caller):
        caller.answer(GOOD)
        yield running, caller


def nothing_follows(caller: Caller) -> bool:
    """Ends our side, as a server has to; whether the client ends TCP and sends nothing more."""
    try:
        caller.socket.shutdown(socket.SHUT_WR)
        return caller.at_end()
    except OSError:  # it was reset
        return caller.buffer == b""


# -------------------------------------------------------------------- the opening handshake


@pytest.mark.parametrize(
    "head",
    [
        STATUS + FIELDS + "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n",
        STATUS + FIELDS + "\r\n",
        STATUS + "Connection: Upgrade\r\n" + ACCEPT + "\r\n",
        STATUS + "Upgrade: h2c\r\nConnection: Upgrade\r\n" + ACCEPT + "\r\n",
        STATUS + "Upgrade: websocket\r\n" + ACCEPT + "\r\n",
        STATUS + FIELDS + ACCEPT + "Sec-WebSocket-Protocol: chat\r\n\r\n",
        STATUS + FIELDS + ACCEPT + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
        GOOD.replace("1.1", "1.0"),
        GOOD.replace("\r\n", "\n"),
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "\x15\x03\x01\x00\x02\x02\x46",  # a TLS alert
    ],
    ids=[
        "accept-wrong", "accept-missing", "upgrade-missing", "upgrade-other", "connection-missing",
        "protocol-unasked", "extension-unasked", "http-1.0", "bare-lf", "ssh", "tls-alert",
    ],
)  # fmt: skip
def test_an_answer_that_breaks_the_handshake(head: str) -> None:
    with called() as (running, caller):
        caller.answer(head + "\x81\x05never")
        assert nothing_follows(caller)
        assert_failed(running.end(), "handshake")


def test_another_protocol_than_those_offered() -> None:
    with called("--protocol", "chat", "--protocol", "talk") as (running, caller):
        caller.answer(STATUS + FIELDS + ACCEPT + "Sec-WebSocket-Protocol: other\r\n\r\n")
        assert nothing_follows(caller)
        assert_failed(running.end(), "handshake")


@pytest.mark.parametrize("status", ["200 OK", "204 No Content", "403 Forbidden", "500 Oops"])
def test_an_answer_without_an_upgrade(status: str) -> None:
    """Its body is no message."""
    with called() as (running, caller):
        caller.answer(f"HTTP/1.1 {status}\r\nContent-Length: 7\r\n\r\n\x81\x05never")
        assert nothing_follows(caller)
        assert_failed(running.end(), status.split()[0])


@pytest.mark.parametrize("part", ["X-Field: " + 500 * "x" + "\r\n", "X: y\r\n"])
def test_a_head_without_end(part: str) -> None:
    with called() as (running, caller):
        caller.answer(STATUS)
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            while True:
                caller.send(part.encode())
        assert_failed(running.end(), "handshake")


@pytest.mark.parametrize("head", ["", STATUS + "Upgrade: webso", GOOD[:-2]])
@pytest.mark.parametrize("end", [Caller.reset, lambda caller: caller.socket.close()])
def test_tcp_ends_within_the_handshake(head: str, end: Callable[[Caller], None]) -> None:
    with called() as (running, caller):
        caller.answer(head)
        end(caller)
        assert_failed(running.end())


def test_an_answer_that_stops_midway() -> None:
    """It takes the ten seconds that a handshake has."""
    with called() as (running, caller):
        caller.answer(STATUS + "Upgrade: webso")
        with pytest.raises(ConnectionResetError):
            caller.fill()
        assert_failed(running.end(), "handshake")


def test_a_handshake_in_single_bytes_and_a_frame_behind_it() -> None:
    with called() as (running, caller):
        head = GOOD.replace("{accept}", raw.accept_for(caller.request()["sec-websocket-key"]))
        for byte in head.encode() + unmasked(raw.TEXT, b"hello"):
            caller.send(bytes([byte]))
        assert running.read(6) == b"hello\n"
        caller.send(unmasked(raw.CLOSE, b"\x03\xe8"))
        assert caller.frame().code == 1000
        caller.socket.close()
        assert running.end() == client.Ended(0, b"", "")


def test_a_frame_in_the_same_segment_as_the_handshake() -> None:
    with called() as (running, caller):
        key = caller.request()["sec-websocket-key"]
        close = unmasked(raw.CLOSE, struct.pack("!H", 1000))
        head = GOOD.replace("{accept}", raw.accept_for(key)).encode()
        caller.send(head + unmasked(raw.TEXT, b"glued") + close)
        assert running.read(6) == b"glued\n"
        assert caller.frame().code == 1000
        caller.socket.close()
        assert running.end() == client.Ended(0, b"", "")


# -------------------------------------------------------------------- frames


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        (raw.encode(raw.TEXT, b"masked"), 1002),
        (unmasked(raw.TEXT, b"x", rsv=4), 1002),
        (unmasked(raw.TEXT, b"x", rsv=2), 1002),
        (unmasked(raw.TEXT, b"x", rsv=1), 1002),
        (unmasked(3, b"x"), 1002),
        (unmasked(11, b"x"), 1002),
        (unmasked(raw.PING, b"x", fin=False), 1002),
        (unmasked(raw.PING, 126 * b"x"), 1002),
        (unmasked(raw.CONTINUATION, b"x"), 1002),
        (unmasked(raw.TEXT, b"", fin=False) + unmasked(raw.TEXT, b"y"), 1002),
        (unmasked(raw.BINARY, b"x", wide=2), 1002),
        (unmasked(raw.BINARY, b"x", wide=8), 1002),
        (unmasked(raw.BINARY, b"", says=1 << 63), 1002),
        (unmasked(raw.BINARY, b"", says=(1 << 64) - 1), 1002),
        (unmasked(raw.TEXT, b"\xc0\x80"), 1007),
        (unmasked(raw.TEXT, b"\xf4\x90", fin=False), 1007),
        (unmasked(raw.TEXT, b"\xed\xa0", says=100), 1007),
        (unmasked(raw.TEXT, b"\xe2\x82"), 1007),
        (unmasked(raw.CLOSE, b"\x03"), 1002),
        (unmasked(raw.CLOSE, struct.pack("!H", 0)), 1002),
        (unmasked(raw.CLOSE, struct.pack("!H", 999)), 1002),
        (unmasked(raw.CLOSE, struct.pack("!H", 1005)), 1002),
        (unmasked(raw.CLOSE, struct.pack("!H", 1006)), 1002),
        (unmasked(raw.CLOSE, struct.pack("!H", 1015)), 1002),
        (unmasked(raw.CLOSE, struct.pack("!H", 2999)), 1002),
        (unmasked(raw.CLOSE, struct.pack("!H", 5000)), 1002),
        (unmasked(raw.CLOSE, b"\x03\xe8\xff"), 1007),
    ],
    ids=[
        "masked", "rsv1", "rsv2", "rsv3", "opcode-3", "opcode-11", "ping-fragment", "ping-126",
        "continuation", "interrupted", "wide-2", "wide-8", "top-bit", "all-bits", "overlong",
        "beyond-unicode", "surrogate-begun", "cut-character", "close-1-byte", "close-0",
        "close-999", "close-1005", "close-1006", "close-1015", "close-2999", "close-5000",
        "close-not-utf-8",
    ],
)  # fmt: skip
def test_frames_that_break_the_protocol(frames: bytes, code: int) -> None:
    """The code is sent and named, and what follows is not looked at."""
    with opened() as (running, caller):
        caller.send(frames + unmasked(raw.PING, b"later"))
        close = caller.frame()
        assert (close.opcode, close.code) == (raw.CLOSE, code)
        assert nothing_follows(caller)
        ended = running.end()
    assert ended.status == 1
    assert len(ended.errors.splitlines()) == 1, ended.errors
    assert str(code) in ended.errors


def test_a_reason_with_control_characters_stays_one_line() -> None:
    with opened() as (running, caller):
        reason = "\x1b[2J\nwss: all is well\u009b"
        caller.send(unmasked(raw.CLOSE, struct.pack("!H", 4000) + reason.encode()))
        assert caller.frame().code == 4000
        assert nothing_follows(caller)
        ended = running.end()
    assert_failed(ended, "4000", "all is well")
    assert ended.errors[:-1].isprintable()


def test_a_message_beyond_the_limit() -> None:
    with opened("--max-message", "1000") as (running, caller):
        caller.send(unmasked(raw.BINARY, bytes(600), fin=False))
        caller.send(unmasked(raw.CONTINUATION, b"", says=1 << 40))
        close = caller.frame()
        assert (close.opcode, close.code) == (raw.CLOSE, 1009)
        assert nothing_follows(caller)
        ended = running.end()
    assert ended.status == 1
    assert "1009" in ended.errors


def test_the_longest_frame_is_begun() -> None:
    """2^63 - 1 bytes are no error before they are there; then TCP ends."""
    with opened("--binary") as (running, caller):
        caller.send(unmasked(raw.BINARY, b"begun", says=(1 << 63) - 1))
        assert running.read(5) == b"begun"
        caller.socket.close()
        assert_failed(running.end(), "1006")


def test_pings_come_at_their_interval_while_they_are_answered() -> None:
    with opened("--ping-interval", "20") as (running, caller):
        for _ in range(3):
            ping = caller.frame()
            assert ping.opcode == raw.PING
            caller.send(unmasked(raw.PONG, ping.payload))
        caller.send(unmasked(raw.CLOSE))
        while caller.frame().opcode != raw.CLOSE:
            pass
        caller.socket.close()
        assert running.end() == client.Ended(0, b"", "")


def test_each_ping_of_many_is_answered() -> None:
    with opened() as (running, caller):
        payloads = [str(number).encode() for number in range(10)]
        caller.send(b"".join(unmasked(raw.PING, payload) for payload in payloads))
        assert [caller.frame() for _ in payloads] == [
            raw.Frame(True, raw.PONG, payload) for payload in payloads
        ]
        caller.send(unmasked(raw.CLOSE))
        assert caller.frame().code == 1005
        caller.socket.close()
        assert running.end() == client.Ended(0, b"", "")


def test_a_ping_flood_that_is_not_read() -> None:
    """The client reads on. Pongs may be left out, but not that of the newest Ping."""
    with opened() as (running, caller):
        ping = unmasked(raw.PING, 125 * b"p")
        for _ in range(200):
            caller.send(ping * 500)
        caller.send(unmasked(raw.PING, b"newest"))
        while (pong := caller.frame()).payload != b"newest":
            assert pong == raw.Frame(True, raw.PONG, 125 * b"p")
        caller.send(unmasked(raw.CLOSE, struct.pack("!H", 1000)))
        assert caller.frame().code == 1000
        caller.socket.close()
        assert running.end() == client.Ended(0, b"", "")


def test_a_server_that_never_answers_our_close() -> None:
    with opened("--close-timeout", "100") as (running, caller):
        assert running.process.stdin is not None
        running.process.stdin.close()
        running.process.stdin = None
        close = caller.frame()
        assert (close.opcode, close.code) == (raw.CLOSE, 1000)
        with pytest.raises(ConnectionResetError):
            caller.fill()
        assert_failed(running.end())


def test_a_server_that_sends_on_after_our_close() -> None:
    """What it had sent before it saw the Close is printed, its Ping answered."""
    with opened() as (running, caller):
        assert running.process.stdin is not None
        running.process.stdin.close()
        running.process.stdin = None
        assert caller.frame().code == 1000
        caller.send(unmasked(raw.TEXT, b"late") + unmasked(raw.PING, b"p"))
        caller.send(unmasked(raw.CLOSE, struct.pack("!H", 1000)))
        caller.socket.shutdown(socket.SHUT_WR)
        answer = caller.frame()
        assert (answer.opcode, answer.payload) == (raw.PONG, b"p")
        assert nothing_follows(caller)
        assert running.end() == client.Ended(0, b"late\n", "")

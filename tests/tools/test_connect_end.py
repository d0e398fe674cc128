# SPDX-License-Identifier: MIT
"""`wss connect`: how connections end, what is said of it, and the exit status."""
from __future__ import annotations

import contextlib
import signal
import threading
import time

import pytest

from tests.interop import raw
from tests.interop.client import Client, run
from tests.interop.raw_server import Listener, unmasked
from tests.interop.server import HANG
from tests.tools.wire import (
    UPGRADE, answer, answer_close, assert_failed, assert_well, beside, close_frame, opened, talking,
    wait_until_open,
)

# ------------------------------------------------------------------------- close codes


@pytest.mark.parametrize(
    ("close", "status", "line"),
    [
        (close_frame(1000), 0, "closed with 1000"),
        (close_frame(1000, "done"), 0, "closed with 1000: done"),
        (close_frame(1001, "bye \u20ac"), 0, "closed with 1001: bye \u20ac"),
        (unmasked(raw.CLOSE), 0, "closed without a code"),
        (close_frame(1002), 1, "closed with 1002"),
        (close_frame(1003), 1, "closed with 1003"),
        (close_frame(1008, "not you"), 1, "closed with 1008: not you"),
        (close_frame(1011, "x" * 123), 1, "closed with 1011: " + "x" * 123),
        (close_frame(3000), 1, "closed with 3000"),
        (close_frame(4999, "private"), 1, "closed with 4999: private"),
        (close_frame(1008, "a\nwss: b\x1b[2J\\\u0085\r\t\0"), 1,
         r"closed with 1008: a\nwss: b\x1b[2J\\\xc2\x85\r\t\x00"),
    ],
)
@pytest.mark.parametrize("quiet", [False, True])
def test_the_code_of_the_server_counts(close: bytes, status: int, line: str, quiet: bool) -> None:
    with talking(*["--quiet"] * quiet) as (client, caller):
        caller.send(close)
        assert caller.frame().payload == close[2:4]
        caller.socket.close()
        client.process.wait(HANG)
        ended = client.end()
    assert ended.status == status
    if quiet and status == 0:
        assert ended.errors == ""
    else:
        assert ended.last_line == f"wss: {line}"
    assert len(ended.errors.splitlines()) <= 2


@pytest.mark.parametrize(
    ("frame", "code", "words"),
    [
        (b"\x81\x85mask\x01\x02\x03\x04\x05", 1002, "masked"),
        (b"\xc1\x00", 1002, "reserved bit"),
        (b"\x83\x00", 1002, "opcode"),
        (b"\x81\x01\xff", 1007, "UTF-8"),
        (b"\x80\x00", 1002, "continues no message"),
        (b"\x88\x01x", 1002, "one byte"),
        (b"\x88\x02\x03\xed", 1002, "code"),
    ],
)
def test_what_the_server_breaks_is_said(frame: bytes, code: int, words: str) -> None:
    """Whatever it answers to our Close."""
    with talking("--quiet") as (client, caller):
        caller.send(frame)
        assert caller.answer_pings().code == code
        caller.send(close_frame(1000))
        caller.socket.close()
        client.process.wait(HANG)
        ended = client.end()
    assert_failed(ended, f"closed with {code}", words)
    assert len(ended.errors.splitlines()) == 1


@pytest.mark.parametrize("reset", [False, True])
def test_the_end_of_tcp_is_a_failure(reset: bool) -> None:
    with talking("--quiet") as (client, caller):
        if reset:
            caller.reset()
        else:
            caller.socket.shutdown(1)
        client.process.wait(HANG)
        assert_failed(client.end(), "closed with 1006: ")


def test_a_close_that_is_not_answered_is_a_failure() -> None:
    with talking("--quiet", "--close-timeout", "100") as (client, caller):
        ended = client.end()
        assert caller.frame().code == 1000
    assert_failed(ended, "closed with 1006", "did not answer")


def test_a_close_that_is_answered_with_another_code_is_a_failure() -> None:
    with talking("--quiet") as (client, caller):
        assert client.process.stdin is not None
        client.process.stdin.close()
        client.process.stdin = None
        assert caller.frame().code == 1000
        caller.send(close_frame(1011, "never"))
        caller.socket.shutdown(1)
        client.process.wait(HANG)
        assert_failed(client.end(), "closed with 1011")


def test_messages_put_the_close_timeout_off() -> None:
    """Each message gives the server its time anew."""
    with talking("--quiet", "--close-timeout", "1000") as (client, caller):
        assert client.process.stdin is not None
        client.process.stdin.close()
        client.process.stdin = None
        close = caller.frame()
        count, began = 0, time.monotonic()
        while time.monotonic() < began + 1.5:
            time.sleep(0.05)
            caller.send(unmasked(raw.TEXT, b"more"))
            count += 1
        answer(caller, close)
        assert_well(client.end(), b"more\n" * count)


@pytest.mark.parametrize("answers", [False, True])
def test_a_server_that_takes_no_echo_is_given_up(answers: bool) -> None:
    """It reads only when all it sends is taken: both wait. After two Pings and the pong timeout we
    take it, echo no more, and close."""
    timeout = "8000" if answers else "500"
    options = ("--quiet", "--echo", "--ping-interval", "20", "--pong-timeout", "2000",
               "--close-timeout", timeout)
    with talking(*options) as (client, caller):
        beside(threading.Thread(target=client.read, args=(-1,)))
        caller.send(unmasked(raw.BINARY, bytes(32 << 20)))
        if answers:
            while (frame := caller.frame()).opcode != raw.CLOSE:
                pass
            answer(caller, frame)
        client.process.wait(HANG)
        assert client.process.stderr is not None
        line = client.process.stderr.read().decode()
    assert client.process.returncode == 1
    assert f"closed with {1001 if answers else 1006}: No byte of a frame came" in line


def test_a_server_that_answers_no_ping_is_given_up() -> None:
    with talking("--quiet", "--ping-interval", "20", "--pong-timeout", "200") as (client, caller):
        caller.frame()
        client.process.wait(HANG)
        assert_failed(client.end(), "closed with 1006: The peer did not answer a Ping")


def test_a_server_that_answers_each_ping_is_not_given_up() -> None:
    with talking("--quiet", "--ping-interval", "20") as (client, caller):
        for _ in range(3):
            ping = caller.frame()
            assert ping.opcode == raw.PING
            caller.send(unmasked(raw.PONG, ping.payload))
        caller.send(unmasked(raw.PING, b"yours"))
        while (frame := caller.frame()).opcode == raw.PING:
            pass
        assert frame == raw.Frame(True, raw.PONG, b"yours")
        caller.send(close_frame(1000))
        while caller.frame().opcode != raw.CLOSE:
            pass
        caller.socket.close()
        client.process.wait(HANG)
        assert_well(client.end())


# ----------------------------------------------------------------- answers, no upgrade


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "the server answered 404"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "the server answered 200"),
        ("HTTP/1.1 503 No\r\n\r\n", "the server answered 503"),
        ("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"\x9b\"\r\nContent-Length: 0\r\n\r\n",
         'the server answered 401: Basic realm="\\x9b"'),
        ("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", "the server answered 401"),
        ("HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n", ":"),
        ("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", ":"),
        (UPGRADE.replace("{accept}", "x" * 28), "RFC 6455"),
        (UPGRADE.replace("Upgrade: websocket\r\n", ""), "RFC 6455"),
        (UPGRADE.replace("\r\n\r\n", "\r\nSec-WebSocket-Protocol: none\r\n\r\n"), "RFC 6455"),
        (UPGRADE.replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: x\r\n\r\n"), "RFC 6455"),
        ("SSH-2.0-OpenSSH\r\n", "RFC 6455"),
        ("", "TCP ended"),
    ],
)
def test_what_is_no_upgrade_is_said(answer: str, words: str) -> None:
    with Listener() as listener, Client(listener.url, "--quiet") as client:
        with listener.accept() as caller:
            caller.answer(answer)
            with contextlib.suppress(OSError):  # the client may have reset TCP
                caller.socket.shutdown(1)
            client.process.wait(HANG)
        ended = client.end()
    assert_failed(ended, f"wss: {listener.url}: ", words)
    assert len(ended.errors.splitlines()) == 1
    assert ended.output == b""


def test_secrets_of_a_url_are_not_said() -> None:
    ended = run("ws://user:secret@127.0.0.1:9/path?query")
    assert_failed(ended, "wss: ws://127.0.0.1:9/path?query: The peer refused the connection.")
    assert "secret" not in ended.errors


def test_wss_says_nothing_in_plain() -> None:
    with Listener() as listener, Client(listener.url.replace("ws:", "wss:")) as client:
        caller = listener.accept()
        assert caller.take(2) == b"\x16\x03"  # a TLS handshake
        assert b"GET" not in caller.take(100)
        caller.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        assert_failed(client.end(), "The peer does not speak TLS.")


# ----------------------------------------------------------------------------- signals


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_connection(number: signal.Signals) -> None:
    with talking("--quiet") as (client, caller):
        wait_until_open(caller)
        client.process.send_signal(number)
        assert answer_close(caller) == 1000
        client.process.wait(HANG)
        assert_well(client.end())


def test_a_signal_ends_a_handshake() -> None:
    with Listener() as listener, Client(listener.url, "--quiet") as client:
        with listener.accept() as caller:
            caller.request()
            client.process.send_signal(signal.SIGTERM)
            client.process.wait(HANG)
            assert client.end().status == 1


@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM])
def test_the_second_signal_ends_it_at_once(second: signal.Signals) -> None:
    with talking("--quiet") as (client, caller):
        wait_until_open(caller)
        client.process.send_signal(signal.SIGINT)
        assert caller.frame().code == 1000
        client.process.send_signal(second)
        client.process.wait(HANG)
        assert client.end().status == -second


def test_a_signal_ends_a_wait_for_a_reader() -> None:
    """Output that nobody takes: the first signal closes, the second ends."""
    with talking("--quiet") as (client, caller):
        caller.send(unmasked(raw.BINARY, bytes(200000)))
        wait_until_open(caller)
        client.process.send_signal(signal.SIGINT)
        assert answer_close(caller) == 1000
        assert client.process.poll() is None
        client.process.send_signal(signal.SIGINT)
        client.process.wait(HANG)
        assert client.process.returncode == -signal.SIGINT


# ------------------------------------------------------------------------ what is said


def test_it_says_what_happens() -> None:
    with Listener() as listener, Client(listener.url, "--protocol", "b", "--protocol", "a") as client:
        with listener.accept() as caller:
            caller.answer(UPGRADE.replace("\r\n\r\n", "\r\nSec-WebSocket-Protocol: a\r\n\r\n"))
            caller.send(close_frame(1000, "enough"))
            assert caller.frame().code == 1000
            caller.socket.close()
            client.process.wait(HANG)
        ended = client.end()
    assert ended.errors.splitlines() == [
        f"wss: {listener.url}: opened, protocol a",
        "wss: closed with 1000: enough",
    ]


def test_it_says_that_no_protocol_is_used() -> None:
    with Listener() as listener, Client(listener.url) as client, opened(listener) as caller:
        caller.send(close_frame(1000))
        caller.socket.shutdown(1)
        client.process.wait(HANG)
        assert client.end().errors.splitlines()[0] == f"wss: {listener.url}: opened"

# SPDX-License-Identifier: MIT
"""`wss connect`: what becomes of the server's messages."""
from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest

from tests.interop import raw, sizes
from tests.interop.client import Client, Ended, environment
from tests.interop.raw_server import Caller, Listener, unmasked
from tests.interop.server import HANG, Server, command
from tests.tools.wire import (
    answer_close, assert_failed, assert_small, assert_well, beside, close_frame, joined, messages, opened, sending, talking,
)

LARGE = sizes.LARGE


def printed(*frames: bytes) -> Ended:
    """What the command makes of frames and a Close after them."""
    with talking("--quiet") as (client, caller):
        caller.send(b"".join(frames) + close_frame(1000))
        assert [opcode for opcode, _ in messages(caller)] == []
        return client.end()


# --------------------------------------------------------------------------- printing


@pytest.mark.parametrize(
    ("frames", "output"),
    [
        ([unmasked(raw.TEXT, b"one"), unmasked(raw.TEXT, b"two")], b"one\ntwo\n"),
        ([unmasked(raw.TEXT)], b"\n"),
        ([unmasked(raw.BINARY)], b""),
        ([unmasked(raw.BINARY, b"\xff\0\n"), unmasked(raw.BINARY, b"x")], b"\xff\0\nx"),
        ([unmasked(raw.TEXT, b"with\nlines\n")], b"with\nlines\n\n"),
        ([unmasked(raw.TEXT, b"a", False), unmasked(raw.CONTINUATION, b"b", False),
          unmasked(raw.PING, b"p"), unmasked(raw.CONTINUATION)], b"ab\n"),
        ([unmasked(raw.TEXT, b"\xe2", False), unmasked(raw.CONTINUATION, b"\x82\xac")],
         "\u20ac\n".encode()),
        ([unmasked(raw.BINARY, b"a", False), unmasked(raw.CONTINUATION, b"b"),
          unmasked(raw.TEXT, b"c")], b"abc\n"),
    ],
)
def test_messages_are_printed(frames: list[bytes], output: bytes) -> None:
    assert_well(printed(*frames), output)


def test_pieces_are_printed_as_they_arrive() -> None:
    with talking("--quiet") as (client, caller):
        caller.send(unmasked(raw.TEXT, b"piece", fin=False))
        assert client.read(5) == b"piece"
        caller.send(unmasked(raw.CONTINUATION, b" and more"))
        assert client.read(10) == b" and more\n"


def test_a_text_that_breaks_off_ends_its_line() -> None:
    with talking("--quiet") as (client, caller):
        caller.send(unmasked(raw.TEXT, b"begun", fin=False))
        assert client.read(5) == b"begun"
        caller.reset()
        ended = client.end()
    assert_failed(ended, "1006")
    assert ended.output == b"\n"


def test_what_comes_after_the_end_of_input_is_printed() -> None:
    message = sizes.binary(LARGE)
    with Listener() as listener, Client(listener.url, "--quiet") as client:
        assert client.process.stdin is not None
        client.process.stdin.close()
        client.process.stdin = None
        with opened(listener) as caller:
            close = caller.frame()
            assert close.code == 1000
            end = unmasked(raw.CLOSE, close.payload)
            work = sending(caller, unmasked(raw.TEXT, b"late") + unmasked(raw.BINARY, message) + end)
            assert client.read(5 + LARGE) == b"late\n" + message
            joined(work)
            caller.socket.shutdown(1)
            assert_well(client.end())


def test_memory_does_not_depend_on_the_message() -> None:
    with talking("--quiet") as (client, caller):
        work = sending(caller, unmasked(raw.BINARY, bytes(LARGE)))
        assert client.read(LARGE) == bytes(LARGE)
        joined(work)
        assert_small(client)


def test_a_message_beyond_the_limit_is_refused() -> None:
    with talking("--quiet", "--max-message", "5") as (client, caller):
        caller.send(unmasked(raw.TEXT, b"12345") + unmasked(raw.TEXT, b"123456"))
        assert answer_close(caller) == 1009
        ended = client.end()
    assert_failed(ended, "1009", "limit")
    assert ended.output == b"12345\n"


# ----------------------------------------------------------------------- backpressure


def test_a_slow_reader_holds_up_messages_but_not_pings() -> None:
    message = sizes.binary(LARGE)
    with talking("--quiet", "--ping-interval", "50") as (client, caller):
        work = sending(caller, unmasked(raw.BINARY, message))
        for _ in range(5):
            assert caller.frame().opcode == raw.PING
        assert work.is_alive(), "16 MiB cannot be in flight without a reader"
        assert_small(client)
        assert client.read(LARGE) == message
        joined(work)
        caller.send(close_frame(1000))
        assert caller.answer_pings().code == 1000
        caller.socket.close()
        assert_well(client.end())


def test_input_goes_on_while_output_waits() -> None:
    with talking("--quiet") as (client, caller):
        work = sending(caller, unmasked(raw.BINARY, bytes(LARGE)))
        for number in range(10):
            client.write(b"%d\n" % number)
            assert caller.frame().payload == b"%d" % number
        assert work.is_alive()
        assert client.read(LARGE) == bytes(LARGE)
        joined(work)


def test_a_reader_that_is_slow_to_the_end_gets_everything() -> None:
    """The server has closed, and the ring is still full."""
    with talking("--quiet") as (client, caller):
        caller.send(unmasked(raw.BINARY, bytes(200000)) + close_frame(1000))
        assert caller.answer_pings().code == 1000
        caller.socket.shutdown(1)
        assert caller.at_end()
        assert_well(client.end(), bytes(200000))


# ----------------------------------------------------------------- output that fails


def start(stdout: int | None, *arguments: str, close: bool = False) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*command(), "connect", *arguments],
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=(lambda: os.close(1)) if close else None,
    )


def ends(process: subprocess.Popen[bytes]) -> Ended:
    _, errors = process.communicate(timeout=HANG)
    return Ended(process.returncode, b"", errors.decode())


def test_output_that_nobody_reads_ends_the_connection() -> None:
    with Listener() as listener:
        process = start(subprocess.PIPE, listener.url)
        assert process.stdout is not None
        process.stdout.close()
        with opened(listener) as caller:
            caller.send(unmasked(raw.TEXT, b"to nobody"))
            assert answer_close(caller) == 1001
        ended = ends(process)
    assert ended.status == 1
    assert "wss: standard output: Broken pipe\n" in ended.errors


def test_a_flood_after_the_output_failed_is_not_awaited() -> None:
    """The server ignores the Close and sends on and on."""
    with Listener() as listener:
        process = start(subprocess.PIPE, listener.url, "--close-timeout", "200")
        assert process.stdout is not None
        process.stdout.close()
        deadline = time.monotonic() + HANG / 2
        with opened(listener) as caller, pytest.raises(ConnectionError):
            while time.monotonic() < deadline:
                caller.send(unmasked(raw.BINARY, bytes(1000)))
        assert_failed(ends(process), "1006", "did not answer")


def test_a_full_device_ends_the_connection() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    with Listener() as listener:
        process = start(full, listener.url, "--quiet")
        os.close(full)
        with opened(listener) as caller:
            caller.send(unmasked(raw.TEXT, b"no room"))
            assert answer_close(caller) == 1001
        assert_failed(ends(process), "standard output", "No space left")


def test_closed_output_takes_no_descriptor_of_ours() -> None:
    with Listener() as listener:
        process = start(None, listener.url, "--quiet", close=True)
        with opened(listener) as caller:
            caller.send(unmasked(raw.TEXT, b"nowhere"))
            assert answer_close(caller) == 1001
        assert_failed(ends(process), "standard output", "Bad file descriptor")


@pytest.mark.parametrize("mode", [0, os.O_NONBLOCK])
def test_the_mode_of_a_shared_pipe_stays(mode: int) -> None:
    theirs = os.pipe()
    os.set_blocking(theirs[1], mode == 0)
    with Listener() as listener:
        process = start(theirs[1], listener.url, "--quiet")
        with opened(listener) as caller:
            work = sending(caller, unmasked(raw.BINARY, bytes(LARGE)) + close_frame(1000))
            left = LARGE
            while left > 0:
                left -= len(os.read(theirs[0], left))
            assert os.get_blocking(theirs[1]) == (mode == 0)
            joined(work)
            assert caller.answer_pings().code == 1000
            caller.socket.shutdown(1)
            assert_well(ends(process))
    os.close(theirs[0])
    os.close(theirs[1])


# -------------------------------------------------------------------------------- echo


def echo_of(caller: Caller, *frames: bytes) -> tuple[int, bytes]:
    work = sending(caller, b"".join(frames))
    message = caller.message()
    joined(work)
    return message


@pytest.fixture
def echo() -> Iterator[tuple[Client, Caller]]:
    with talking("--quiet", "--echo") as both:
        beside(threading.Thread(target=both[0].read, args=(-1,)))
        yield both


@pytest.mark.parametrize("length", sizes.LENGTHS)
def test_echoes_keep_type_and_bytes(echo: tuple[Client, Caller], length: int) -> None:
    text = sizes.text(length).encode()
    assert echo_of(echo[1], unmasked(raw.TEXT, text)) == (raw.TEXT, text)
    data = sizes.binary(length)
    assert echo_of(echo[1], unmasked(raw.BINARY, data)) == (raw.BINARY, data)


def test_echoes_fragments(echo: tuple[Client, Caller]) -> None:
    caller = echo[1]
    caller.send(unmasked(raw.TEXT, b"one ", False) + unmasked(raw.PING, b"now"))
    assert caller.frame() == raw.Frame(True, raw.PONG, b"now")
    caller.send(unmasked(raw.CONTINUATION, b"", False) + unmasked(raw.CONTINUATION, b"two"))
    assert caller.message() == (raw.TEXT, b"one two")
    pieces = [sizes.binary(length) for length in sizes.LENGTHS]
    frames = [unmasked(raw.BINARY, b"", False)]
    frames += [unmasked(raw.CONTINUATION, piece, False) for piece in pieces]
    assert echo_of(caller, *frames, unmasked(raw.CONTINUATION)) == (raw.BINARY, b"".join(pieces))


def test_a_small_message_goes_back_in_one_frame(echo: tuple[Client, Caller]) -> None:
    caller = echo[1]
    caller.send(unmasked(raw.TEXT, b"x" * 30000, False) + unmasked(raw.CONTINUATION, b"x" * 35536))
    assert caller.frame() == raw.Frame(True, raw.TEXT, b"x" * 65536)


def test_a_large_echo_needs_no_more_memory(echo: tuple[Client, Caller]) -> None:
    message = sizes.binary(LARGE)
    assert echo_of(echo[1], unmasked(raw.BINARY, message)) == (raw.BINARY, message)
    assert_small(echo[0])


def test_echoes_are_printed_too_and_end_with_the_server() -> None:
    with talking("--quiet", "--echo", "--send", "first") as (client, caller):
        assert caller.message() == (raw.TEXT, b"first")
        assert echo_of(caller, unmasked(raw.TEXT, b"back")) == (raw.TEXT, b"back")
        assert echo_of(caller, unmasked(raw.BINARY, b"raw")) == (raw.BINARY, b"raw")
        caller.send(close_frame(1001))
        assert caller.frame().code == 1001
        caller.socket.close()
        client.process.wait(HANG)
        assert_well(client.end(), b"back\nraw")


def test_a_server_that_does_not_read_echoes_holds_up_its_messages() -> None:
    with talking("--quiet", "--echo") as (client, caller):
        beside(threading.Thread(target=client.read, args=(-1,)))
        work = sending(caller, unmasked(raw.BINARY, bytes(LARGE)) * 2)
        work.join(0.5)
        assert work.is_alive(), "32 MiB cannot be in flight without a reader"
        assert caller.message() == (raw.BINARY, bytes(LARGE))
        assert caller.message() == (raw.BINARY, bytes(LARGE))
        joined(work)


# ------------------------------------------------------------------------- both ways


def test_a_file_comes_back_from_our_server() -> None:
    data = os.urandom(8 << 20)
    with Server() as server:
        done = subprocess.run(
            [*command(), "connect", "--quiet", "--binary", server.url],
            input=data, capture_output=True, env=environment(), timeout=HANG,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout == data
        lines = b"".join(b"%d\n" % number for number in range(200000)) + b"x" * (3 << 20) + b"\n"
        done = subprocess.run(
            [*command(), "connect", "--quiet", server.url],
            input=lines, capture_output=True, env=environment(), timeout=HANG,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout == lines


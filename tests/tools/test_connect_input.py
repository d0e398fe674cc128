# SPDX-License-Identifier: MIT
"""`wss connect`: what becomes of --send and standard input."""
from __future__ import annotations

import array
import fcntl
import os
import pty
import subprocess
import termios
import threading

import pytest

from tests.interop import raw
from tests.interop.client import Client, Ended, environment
from tests.interop.raw_server import Listener, unmasked
from tests.interop.server import HANG, command
from tests.interop.sizes import LARGE
from tests.tools.wire import (
    UPGRADE, answer, answer_close, assert_failed, assert_small, assert_well, beside, joined, messages, opened, talking, texts,
)


def sent(data: bytes, *options: str) -> tuple[list[raw.Frame], Ended]:
    """The frames that an input makes, the Close among them."""
    with talking("--quiet", *options) as (client, caller):
        feeding = beside(threading.Thread(target=close_after, args=(client, data)))
        frames = [caller.frame()]
        while frames[-1].opcode != raw.CLOSE:
            frames.append(caller.frame())
        answer(caller, frames[-1])
        joined(feeding)
        return frames, client.end()


def close_after(client: Client, data: bytes) -> None:
    """Writes all of standard input and ends it."""
    assert client.process.stdin is not None
    client.process.stdin.write(data)
    client.process.stdin.close()
    client.process.stdin = None


def unread(descriptor: int) -> int:
    """Bytes that wait in a pipe."""
    count = array.array("i", [0])
    fcntl.ioctl(descriptor, termios.FIONREAD, count)
    return count[0]


def payloads(frames: list[raw.Frame]) -> list[bytes]:
    assert frames[-1].code == 1000
    assert all(frame.fin and frame.opcode == raw.TEXT for frame in frames[:-1])
    return [frame.payload for frame in frames[:-1]]


# ------------------------------------------------------------------------------ lines


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"\n", [b""]),
        (b"one", [b"one"]),
        (b"one\n", [b"one"]),
        (b"one\ntwo", [b"one", b"two"]),
        (b"\n\none\n\n", [b"", b"", b"one", b""]),
        (b"one\r\ntwo\r", [b"one\r", b"two\r"]),
        ("\u20ac\U0001d11e\n".encode(), ["\u20ac\U0001d11e".encode()]),
        (b"nul\0byte\n", [b"nul\0byte"]),
    ],
)
def test_each_line_is_a_text_message(data: bytes, expected: list[bytes]) -> None:
    frames, ended = sent(data)
    assert payloads(frames) == expected
    assert_well(ended)


def test_many_lines_keep_their_order() -> None:
    lines = [str(number).encode() for number in range(100000)]
    frames, ended = sent(b"\n".join(lines))
    assert payloads(frames) == lines
    assert_well(ended)


@pytest.mark.parametrize("length", [65535, 65536, 65537, 200000])
@pytest.mark.parametrize("end", [b"", b"\n"])
def test_a_long_line_goes_in_fragments(length: int, end: bytes) -> None:
    line = "x\u20ac".encode() * length
    line = line[: length - length % 4]  # whole characters
    frames, ended = sent(b"first\n" + line + end)
    assert frames[0].payload == b"first"
    pieces = frames[1:-1]
    assert pieces[0].opcode == raw.TEXT
    assert all(piece.opcode == raw.CONTINUATION for piece in pieces[1:])
    assert [piece.fin for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    assert b"".join(piece.payload for piece in pieces) == line
    assert all(len(piece.payload) <= 65536 for piece in pieces)
    assert frames[-1].code == 1000
    assert_well(ended)


def test_a_line_is_sent_when_it_ends_not_before() -> None:
    with talking("--quiet") as (client, caller):
        for part in (b"he", b"l", b"lo\n"):
            client.write(part)
        assert caller.frame() == raw.Frame(True, raw.TEXT, b"hello")
        client.write(b"again\n")
        assert caller.frame() == raw.Frame(True, raw.TEXT, b"again")


@pytest.mark.parametrize("where", ["first", "later", "cut"])
def test_input_that_is_no_text_ends_the_connection(where: str) -> None:
    data = {
        "first": b"\xff\nnext\n",
        "later": b"x" * 65536 + b"\xff\nnext\n",
        "cut": "\u20ac".encode()[:2] + b"\nnext\n",
    }[where]
    frames, ended = sent(data)
    assert frames[-1].code == 1001
    assert all(not frame.fin for frame in frames[:-1])
    assert ended.status == 1
    assert ended.errors == "wss: standard input is not UTF-8, so it cannot be sent as text\n"


# ----------------------------------------------------------------------------- blocks


def test_each_block_is_a_binary_message() -> None:
    with talking("--quiet", "--binary") as (client, caller):
        for block in (b"\xff\0\n", b"two\n\nlines", bytes(60000)):
            client.write(block)
            assert caller.frame() == raw.Frame(True, raw.BINARY, block)


def test_a_file_goes_in_blocks() -> None:
    data = os.urandom(1 << 20)
    frames, ended = sent(data, "--binary")
    assert b"".join(frame.payload for frame in frames[:-1]) == data
    assert all(frame.fin and frame.opcode == raw.BINARY for frame in frames[:-1])
    assert all(len(frame.payload) <= 65536 for frame in frames[:-1])
    assert_well(ended)


# ----------------------------------------------------------------------------- --send


def test_texts_go_before_standard_input() -> None:
    frames, ended = sent(b"input\n", "--send", "one", "--send=", "--send", "two\nlines", "--send", "one")
    assert payloads(frames) == [b"one", b"", b"two\nlines", b"one", b"input"]
    assert_well(ended)


def test_a_long_text_goes_in_fragments() -> None:
    text = "x" + "\u20ac" * 40000  # one argument may have 128 KiB
    frames, ended = sent(b"", "--send", text)
    assert b"".join(frame.payload for frame in frames[:-1]) == text.encode()
    assert [frame.fin for frame in frames[:-1]] == [False, True]
    assert_well(ended)


def test_texts_stay_text_beside_blocks() -> None:
    with talking("--quiet", "--binary", "--send", "text") as (client, caller):
        assert caller.frame() == raw.Frame(True, raw.TEXT, b"text")
        client.write(b"block")
        assert caller.frame() == raw.Frame(True, raw.BINARY, b"block")


# ---------------------------------------------------------------------- when it is read


def test_input_is_not_read_before_the_connection_is_open() -> None:
    with Listener() as listener, Client(listener.url, "--quiet") as client:
        assert client.process.stdin is not None
        client.process.stdin.write(b"early\n")
        client.process.stdin.flush()
        with listener.accept() as caller:
            while b"\r\n\r\n" not in caller.buffer:
                assert caller.fill()
            assert unread(client.process.stdin.fileno()) == 6
            caller.answer(UPGRADE)
            assert caller.frame().payload == b"early"


def test_a_server_that_does_not_read_holds_up_the_input() -> None:
    with Listener() as listener, Client(listener.url, "--quiet", "--binary") as client:
        with opened(listener) as caller:
            feeding = beside(threading.Thread(target=close_after, args=(client, bytes(LARGE))))
            feeding.join(0.5)
            assert feeding.is_alive(), "16 MiB cannot be in flight without a reader"
            assert_small(client)
            received = sum(len(payload) for _, payload in messages(caller))
            joined(feeding)
        assert received == LARGE
        assert_well(client.end())


def test_echo_leaves_the_input_alone() -> None:
    with talking("--quiet", "--echo") as (client, caller):
        assert client.process.stdin is not None
        client.process.stdin.write(b"not mine\n")
        client.process.stdin.flush()
        caller.send(unmasked(raw.TEXT, b"echo"))
        assert caller.frame() == raw.Frame(True, raw.TEXT, b"echo")
        assert unread(client.process.stdin.fileno()) == 9


# ------------------------------------------------------------------- kinds of input


def run_with(stdin: int | None, *arguments: str, close: bool = False) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*command(), "connect", *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=(lambda: os.close(0)) if close else None,
    )


def ended(process: subprocess.Popen[bytes]) -> Ended:
    output, errors = process.communicate(timeout=HANG)
    return Ended(process.returncode, output, errors.decode())


def test_closed_input_is_empty_input() -> None:
    with Listener() as listener:
        process = run_with(None, listener.url, "--quiet", close=True)
        with opened(listener) as caller:
            assert answer_close(caller) == 1000
        assert_well(ended(process))


def test_input_that_cannot_be_read_ends_the_connection() -> None:
    folder = os.open("/", os.O_RDONLY)
    with Listener() as listener:
        process = run_with(folder, listener.url, "--quiet")
        os.close(folder)
        with opened(listener) as caller:
            assert answer_close(caller) == 1001
        assert_failed(ended(process), "standard input", "directory")


def test_a_terminal_is_read_line_by_line() -> None:
    mine, theirs = pty.openpty()
    with Listener() as listener:
        process = run_with(theirs, listener.url, "--quiet")
        with opened(listener) as caller:
            os.write(mine, b"typed\n")
            assert caller.frame() == raw.Frame(True, raw.TEXT, b"typed")
            assert not fcntl.fcntl(theirs, fcntl.F_GETFL) & os.O_NONBLOCK
            os.write(mine, b"\x04")
            assert answer_close(caller) == 1000
        assert_well(ended(process))
    os.close(mine)
    os.close(theirs)


@pytest.mark.parametrize("mode", [0, os.O_NONBLOCK])
def test_the_mode_of_a_shared_pipe_stays(mode: int) -> None:
    """Non-blocking by another process or not, it is used and left as it is."""
    theirs, mine = os.pipe()
    fcntl.fcntl(theirs, fcntl.F_SETFL, fcntl.fcntl(theirs, fcntl.F_GETFL) | mode)
    with Listener() as listener:
        process = run_with(theirs, listener.url, "--quiet")
        with opened(listener) as caller:
            os.write(mine, b"one\n")
            assert caller.frame().payload == b"one"
            assert fcntl.fcntl(theirs, fcntl.F_GETFL) & os.O_NONBLOCK == mode
            os.write(mine, b"two\n")
            assert caller.frame().payload == b"two"
            os.close(mine)
            assert texts(caller) == []
        assert_well(ended(process))
    assert fcntl.fcntl(theirs, fcntl.F_GETFL) & os.O_NONBLOCK == mode
    os.close(theirs)


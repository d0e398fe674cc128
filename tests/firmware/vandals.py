# SPDX-License-Identifier: MIT
"""Peers that mean no good, over TCP: each does its worst to a port and goes."""
from __future__ import annotations

import contextlib
import os
import socket
import ssl
import struct
import time
from collections.abc import Callable, Iterator

from tests.interop import raw

HEAD = raw.upgrade_request()
HOST = "127.0.0.1"


@contextlib.contextmanager
def connection(port: int, window: int | None = None) -> Iterator[raw.Client]:
    """What the board does to it is its right."""
    with contextlib.suppress(OSError, EOFError), raw.Client(port, window=window) as client:
        client.socket.settimeout(2)
        yield client


def reset(client: raw.Client) -> None:
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.close()


def to_the_end(client: raw.Client) -> None:
    while client.fill():
        continue


def garbage(port: int) -> None:
    for _ in range(20):
        with connection(port) as client:
            client.send(os.urandom(4000))
            to_the_end(client)


def half_a_head(port: int) -> None:
    for length in range(0, len(HEAD), 7):
        with connection(port) as client:
            client.send(HEAD[:length])


def an_endless_head(port: int) -> None:
    with connection(port) as client:
        client.send(b"GET / HTTP/1.1\r\n")
        for number in range(2000):
            client.send(b"X-%d: %s\r\n" % (number, b"x" * 100))


def a_page_that_nobody_reads(port: int) -> None:
    for _ in range(10):
        with connection(port, window=2048) as client:
            client.send(b"GET / HTTP/1.1\r\nHost: host\r\n\r\n")
            reset(client)


def broken_frames(port: int) -> None:
    for frame in (b"\x81\x05hello", b"\xf1\x80....", b"\x83\x80....", b"\x88\x81....x", b"\x09\x80....", b"\x80\x80....",
                  b"\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff....", b"\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff....",
                  raw.encode(raw.TEXT, b"\xff\xfe"), raw.encode(raw.BINARY, bytes(1401)), raw.encode(raw.CLOSE, b"\0\0")):
        with connection(port) as client:
            client.open()
            client.send(frame)
            to_the_end(client)


def messages_without_reading(port: int) -> None:
    with connection(port, window=2048) as client:
        client.open()
        while True:
            client.send(raw.encode(raw.BINARY, bytes(1400)))


def pings_without_reading(port: int) -> None:
    with connection(port, window=2048) as client:
        client.open()
        for _ in range(20000):
            client.send(raw.encode(raw.PING, bytes(125)))


def hasty_resets(port: int) -> None:
    for number in range(200):
        with connection(port) as client:
            if number % 2 == 1:
                client.send(HEAD + raw.encode(raw.TEXT, b"gone"))
            reset(client)


def silence_on_every_connection(port: int) -> None:
    """More of them than there are places; the board has to end those that it took."""
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(raw.Client(port)) for _ in range(20)]
        for client in clients[:8]:
            with contextlib.suppress(OSError, EOFError):
                to_the_end(client)


def byte_by_byte(port: int) -> None:
    with connection(port) as client:
        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in HEAD[:-1]:
            client.send(bytes([byte]))
            time.sleep(0.002)


Vandal = Callable[[int], None]
PLAIN: tuple[Vandal, ...] = (
    garbage, half_a_head, an_endless_head, a_page_that_nobody_reads, broken_frames, messages_without_reading,
    pings_without_reading, hasty_resets, silence_on_every_connection, byte_by_byte)


# -------------------------------------------------------------------------------- over TLS

def _hello() -> tuple[ssl.SSLObject, ssl.MemoryBIO, ssl.MemoryBIO]:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    come, go = ssl.MemoryBIO(), ssl.MemoryBIO()
    return context.wrap_bio(come, go), come, go


def _first_flight() -> bytes:
    tls, _, go = _hello()
    with contextlib.suppress(ssl.SSLWantReadError):
        tls.do_handshake()
    return go.read()


def half_a_hello(port: int) -> None:
    hello = _first_flight()
    for length in range(0, len(hello), 11):
        with connection(port) as client:
            client.send(hello[:length])


def a_broken_hello(port: int) -> None:
    hello = _first_flight()
    for at in range(0, len(hello), 3):
        with connection(port) as client:
            client.send(hello[:at] + bytes([hello[at] ^ 0x55]) + hello[at + 1:])
            client.socket.settimeout(0.05)
            to_the_end(client)


def hello_and_reset(port: int) -> None:
    for _ in range(30):
        with connection(port) as client:
            client.send(_first_flight())
            client.fill()
            reset(client)


def a_large_record(port: int) -> None:
    with connection(port) as client:
        client.send(b"\x16\x03\x01\xff\xff" + bytes(65535))
        to_the_end(client)


def garbage_after_the_handshake(port: int) -> None:
    for _ in range(5):
        with connection(port) as client:
            tls, come, go = _hello()
            while True:
                try:
                    tls.do_handshake()
                except ssl.SSLWantReadError:
                    client.send(go.read())
                    come.write(client.socket.recv(65536))
                else:
                    break
            client.send(go.read() + b"\x17\x03\x03\x00\x40" + os.urandom(64))
            to_the_end(client)


OVER_TLS: tuple[Vandal, ...] = (
    garbage, half_a_head, hasty_resets, silence_on_every_connection, half_a_hello, a_broken_hello, hello_and_reset,
    a_large_record, garbage_after_the_handshake)

# SPDX-License-Identifier: MIT
"""The failures of the client whose API this is, by name: ours must not have them."""
from __future__ import annotations

import base64
import struct

import pytest

from tests.websock.driver import Driver
from tests.websock.peer import BINARY, CLOSE, PING, PONG, TEXT, Listener, Peer, frame

SAMPLE = "dGhlIHNhbXBsZSBub25jZQ=="  # the key of RFC 6455, 1.3


def test_fixed_key(driver: Driver, listener: Listener) -> None:
    keys = set()
    for _ in range(8):
        driver.begin("a", "open", 0, "port", listener.port)
        peer = listener.accept()
        keys.add(peer.upgrade()["sec-websocket-key"])
        driver.finish("a")
        driver.closed(peer)
    assert len(keys) == 8
    assert SAMPLE not in keys
    assert {len(base64.b64decode(key)) for key in keys} == {16}


@pytest.mark.parametrize("accept", ["", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "x" * 28])
def test_accept_never_verified(driver: Driver, listener: Listener, accept: str) -> None:
    """The second one is right, for the key of the RFC."""
    driver.begin("a", "open", 0, "port", listener.port)
    listener.accept().upgrade(accept=accept)
    assert driver.finish("a").startswith("null")


def test_accept_missing(driver: Driver, listener: Listener) -> None:
    driver.begin("a", "open", 0, "port", listener.port)
    peer = listener.accept()
    peer.request()
    peer.send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
    assert driver.finish("a").startswith("null")


@pytest.mark.parametrize("payload", [b"", b"x", bytes(range(125))])
def test_pong_drops_the_payload(driver: Driver, peer: Peer, payload: bytes) -> None:
    peer.send(frame(PING, payload))
    driver.recv(timeout=0)
    got = peer.frame()
    assert (got.opcode, got.payload) == (PONG, payload)


def test_close_sends_no_close_frame(driver: Driver, peer: Peer) -> None:
    driver.begin("a", "close", 0)
    got = peer.frame()
    assert (got.opcode, got.payload) == (CLOSE, struct.pack("!H", 1000))
    peer.send(frame(CLOSE, got.payload))
    peer.socket.close()
    driver.finish("a")


@pytest.mark.parametrize("cut", range(1, 12))
def test_short_reads_desynchronise_the_stream(driver: Driver, peer: Peer, cut: int) -> None:
    """Wherever a read ends, also within a header, the next frame is where it is."""
    data = frame(BINARY, b"b" * 200) + frame(TEXT, b"text")
    seen = {BINARY: b"", TEXT: b""}
    for start in range(0, len(data), cut):
        peer.send(data[start : start + cut])
        got = driver.recv(3, timeout=0)
        seen[got.opcode] = seen.get(got.opcode, b"") + got.payload
    while len(seen[TEXT]) < 4:
        got = driver.recv(3)
        seen[got.opcode] += got.payload
    assert (seen[BINARY], seen[TEXT], seen.get(-1, b"")) == (b"b" * 200, b"text", b"")


def test_64_bit_lengths_truncated(driver: Driver, peer: Peer) -> None:
    peer.send(frame(BINARY, b"12345678", length=2**32 + 3))
    got = driver.recv()
    assert (got.payload_len, got.payload) == (2**32 + 3, b"12345678")
    peer.send(b"90")
    got = driver.recv()
    assert (got.payload_len, got.payload) == (2**32 + 3, b"90")


def test_timeout_taken_as_seconds(driver: Driver, peer: Peer) -> None:
    """100 s would be longer than a test may take."""
    got = driver.recv(timeout=100)
    assert (got.result, got.opcode) == (0, -1)
    assert got.milliseconds >= 100


def test_big_messages_beyond_64_kb(driver: Driver, peer: Peer) -> None:
    driver.begin("a", "many", "binary", 0, 200_000, "x")
    assert peer.message() == (BINARY, b"x" * 200_000)
    assert driver.finish("a") == "0"

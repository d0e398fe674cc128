# SPDX-License-Identifier: MIT
"""`wss serve --proxy-protocol`: clients that a load balancer, played here, names."""
from __future__ import annotations

import pytest

from tests.interop.raw import BINARY, Client, encode, upgrade_request
from tests.interop.server import Server

TWO = b"\r\n\r\n\0\r\nQUIT\n"


@pytest.mark.parametrize(
    ("header", "peer"),
    [
        (b"PROXY TCP4 192.0.2.1 198.51.100.7 5000 443\r\n", "192.0.2.1:5000"),
        (b"PROXY TCP6 2001:db8::1 ::1 5000 443\r\n", "[2001:db8::1]:5000"),
        (TWO + b"\x21\x11\x00\x0c\xc0\x00\x02\x01\xc6\x33\x64\x07\x13\x88\x01\xbb", "192.0.2.1:5000"),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_the_client_is_named(header: bytes, peer: str, apart: bool) -> None:
    with Server("--proxy-protocol") as server:
        with Client(server.port) as client:
            if apart:
                for byte in header + upgrade_request():
                    client.send(bytes([byte]))
            else:
                client.send(header + upgrade_request() + encode(BINARY, b"hello"))
            assert client.response().status == 101
            if apart:
                client.send(encode(BINARY, b"hello"))
            assert client.frame().payload == b"hello"
        _, errors = server.stop()
    assert errors.startswith(f"wss: {peer} opened\n")


@pytest.mark.parametrize("first", [upgrade_request(), b"PROXY TCP4 1.2.3 4.5.6.7 1 2\r\n", b"\x16\x03\x01"])
def test_a_connection_without_the_header_ends_and_others_go_on(first: bytes) -> None:
    with Server("--proxy-protocol", "--quiet") as server:
        with Client(server.port) as stranger:
            stranger.send(first)
            with pytest.raises(ConnectionResetError):
                stranger.fill()
        with Client(server.port) as client:
            client.send(b"PROXY UNKNOWN\r\n")
            assert client.open().status == 101
        assert server.stop() == (0, "")


def test_half_a_header_is_cut_off() -> None:
    with Server("--proxy-protocol", "--quiet", "--handshake-timeout", "50") as server:
        with Client(server.port) as client:
            with pytest.raises(ConnectionResetError):
                client.send(b"PROXY TCP4 192.0.2.1")
                client.fill()

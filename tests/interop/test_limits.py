# SPDX-License-Identifier: MIT
"""Limits and timers of `wss serve`, each with the event that must come."""
from __future__ import annotations

import socket

import pytest

from tests.interop import raw
from tests.interop.server import Server


def test_more_clients_than_places_get_503_until_one_leaves() -> None:
    with Server("--max-clients", "2") as server:
        with raw.Client(server.port) as first, raw.Client(server.port) as second:
            assert first.open().status == 101
            assert second.open().status == 101
            with raw.Client(server.port) as third:
                assert third.open().status == 503
                assert third.at_end()
            second.send(raw.encode(raw.CLOSE, b"\x03\xe8"))
            assert second.frame().code == 1000
            assert second.at_end()
            second.socket.close()
            first.send(raw.encode(raw.TEXT, b"still here"))
            assert first.message() == (raw.TEXT, b"still here")
            assert opened_at_last(server)


def opened_at_last(server: Server) -> bool:
    """The place is free when the server has seen the end of the stream, which no message
    tells: so asks again while it answers 503."""
    for _ in range(1000):
        with raw.Client(server.port) as client:
            status = client.open().status
            if status == 101:
                return True
            assert status == 503
    return False


@pytest.mark.parametrize("fragments", [1, 2, 10])
def test_a_message_over_the_limit_fails_with_1009(fragments: int) -> None:
    with Server("--max-message", "1000") as server:
        with raw.Client(server.port) as client:
            client.open()
            client.send(raw.encode(raw.BINARY, bytes(1000)))
            assert client.message() == (raw.BINARY, bytes(1000))
        with raw.Client(server.port) as client:
            client.open()
            size = 1001 // fragments + 1
            for number in range(fragments):
                opcode = raw.BINARY if number == 0 else raw.CONTINUATION
                client.send(raw.encode(opcode, bytes(size), fin=number == fragments - 1))
            frame = client.frame()
            while frame.opcode != raw.CLOSE:
                frame = client.frame()
            assert frame.code == 1009
        status, errors = server.stop()
    assert status == 0
    assert "closed with our 1009: The message exceeds the limit.\n" in errors


def test_an_idle_client_is_closed() -> None:
    with Server("--idle-timeout", "50", "--ping-interval", "0") as server:
        with raw.Client(server.port) as client:
            client.open()
            assert client.frame().code == 1001


def test_pings_keep_a_client_that_answers() -> None:
    """Three Pings answered, each later than the last, then an echo: not idle."""
    with Server("--idle-timeout", "2000", "--ping-interval", "30") as server:
        with raw.Client(server.port) as client:
            client.open()
            for _ in range(3):
                ping = client.frame()
                assert (ping.opcode, ping.fin) == (raw.PING, True)
                client.send(raw.encode(raw.PONG, ping.payload))
            client.send(raw.encode(raw.TEXT, b"alive"))
            assert client.answer_pings() == raw.Frame(True, raw.TEXT, b"alive")


def test_a_client_without_pongs_is_dropped() -> None:
    options = ["--idle-timeout", "0", "--ping-interval", "30", "--pong-timeout", "60"]
    with Server(*options) as server, raw.Client(server.port) as client:
        client.open()
        assert client.frame().opcode == raw.PING
        with pytest.raises((ConnectionResetError, EOFError)):
            while True:
                assert client.frame().opcode == raw.PING


def test_slow_handshakes_are_cut_off_while_others_are_served() -> None:
    """Clients that send a byte now and then cannot stay beyond the handshake timeout."""
    request = raw.upgrade_request()
    with Server("--handshake-timeout", "2000") as server:
        slow = [raw.Client(server.port) for _ in range(20)]
        with raw.Client(server.port) as innocent:
            assert innocent.open().status == 101
            for turn in range(len(request) - 1):
                slow = [client for client in slow if drip(client, request[turn : turn + 1])]
                innocent.send(raw.encode(raw.TEXT, str(turn).encode()))
                assert innocent.message() == (raw.TEXT, str(turn).encode())
            for client in slow:
                assert ended(client)


def drip(client: raw.Client, data: bytes) -> bool:
    """Sends a little; False when the server has let go of the client."""
    try:
        client.send(data)
    except (BrokenPipeError, ConnectionResetError):
        client.socket.close()
        return False
    return True


def ended(client: raw.Client) -> bool:
    """Whether what comes, a response or nothing, is followed by the end."""
    with client:
        try:
            while client.fill():
                pass
        except ConnectionResetError:
            pass
        return client.buffer == b"" or client.response().status == 408


def test_a_silent_client_is_cut_off() -> None:
    with Server("--handshake-timeout", "50") as server, raw.Client(server.port) as client:
        try:
            assert client.at_end()
        except ConnectionResetError:
            pass


def test_a_client_that_vanishes_frees_its_place() -> None:
    with Server("--max-clients", "1") as server:
        with raw.Client(server.port) as client:
            client.open()
            reset = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        assert opened_at_last(server)

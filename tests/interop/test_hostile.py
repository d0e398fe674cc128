# SPDX-License-Identifier: MIT
"""Clients that do harm to `wss serve`: they may not reach the others, nor the processor, and
a client that merely is slow is not taken for one of them. An innocent client looks on; the
Pings that it gets are the clock of these tests.
"""
from __future__ import annotations

import os
import resource
import select
import signal
import socket
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.interop import raw
from tests.interop.server import HANG, Server
from tests.interop.test_limits import drip, opened_at_last

PAYLOAD = bytes(60000)
MESSAGE = raw.encode(raw.BINARY, PAYLOAD)
WINDOW = 4096
BLOCKED = 0.3  # seconds without room; TCP acknowledges and tries again sooner


def close_frame(code: int) -> bytes:
    return raw.encode(raw.CLOSE, struct.pack("!H", code))


def opened(server: Server, window: int | None = None) -> raw.Client:
    """Only what it reads is limited by the window."""
    client = raw.Client(server.port, window=window)
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    assert client.open().status == 101
    return client


def reset(client: raw.Client) -> None:
    """Ends TCP by a reset."""
    linger = struct.pack("ii", 1, 0)
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    client.socket.close()


def echoes(client: raw.Client, text: bytes) -> bool:
    client.send(raw.encode(raw.TEXT, text))
    return client.message() == (raw.TEXT, text)


def tick(innocent: raw.Client) -> None:
    """Waits for the next Ping and answers it."""
    ping = innocent.frame()
    assert ping.opcode == raw.PING
    innocent.send(raw.encode(raw.PONG, ping.payload))


def block(client: raw.Client) -> int:
    """Sends messages and reads no echo, until the server takes no more; how many bytes went
    out."""
    sent = 0
    client.socket.setblocking(False)
    while select.select([], [client.socket], [], BLOCKED)[1]:
        sent += client.socket.send(MESSAGE[sent % len(MESSAGE) :])
    client.socket.settimeout(HANG)
    return sent


def sending(client: raw.Client, data: bytes) -> threading.Thread:
    """Sends while others read."""
    thread = threading.Thread(target=client.send, args=(data,))
    thread.start()
    return thread


def rest_of(sent: int) -> bytes:
    """What is missing of the last message."""
    return MESSAGE[sent % len(MESSAGE) :] if sent % len(MESSAGE) != 0 else b""


def processor_time(server: Server) -> float:
    """Seconds that the server has used."""
    stat = Path(f"/proc/{server.process.pid}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def rests(server: Server, innocent: raw.Client, meanwhile: Callable[[], None] | None = None) -> bool:
    """Whether the loop waits while next to nothing happens: one that spins takes all that it
    gets of a processor."""
    used, began = processor_time(server), time.monotonic()
    for _ in range(12):
        tick(innocent)
        if meanwhile is not None:
            meanwhile()
    return processor_time(server) - used < (time.monotonic() - began) / 5


def read_slowly(client: raw.Client, innocent: raw.Client, ticks: int, share: int) -> None:
    """Reads `share` bytes at each of so many Pings of the innocent."""
    for _ in range(ticks):
        tick(innocent)
        client.buffer += client.socket.recv(share)


def data_until_close(client: raw.Client) -> tuple[int, int]:
    """How many bytes of data come, and the code of the Close after them."""
    count = 0
    frame = client.answer_pings()
    while frame.opcode != raw.CLOSE:
        count += len(frame.payload)
        frame = client.answer_pings()
    return count, frame.code


# -------------------------------------------------------------------- echoes that block


def test_a_reset_while_an_echo_is_blocked_frees_the_place_and_the_processor() -> None:
    options = ["--ping-interval", "50", "--idle-timeout", "0", "--max-clients", "2"]
    with Server(*options) as server, opened(server) as innocent:
        attacker = opened(server, WINDOW)
        block(attacker)
        reset(attacker)
        assert rests(server, innocent)
        assert opened_at_last(server)
        assert echoes(innocent, b"still here")


def test_a_client_that_never_reads_leaves_the_processor_to_others() -> None:
    with Server("--ping-interval", "50") as server:
        with opened(server) as innocent, opened(server, WINDOW) as attacker:
            block(attacker)
            assert rests(server, innocent)
            assert echoes(innocent, b"still here")


def test_a_blocked_client_is_closed_cleanly_when_the_server_stops() -> None:
    with Server() as server:
        with opened(server) as innocent, opened(server, WINDOW) as blocked:
            sent = block(blocked)
            server.signal(signal.SIGTERM)
            assert data_until_close(innocent) == (0, 1001)
            assert data_until_close(blocked)[1] == 1001
            blocked.send(rest_of(sent) + close_frame(1001))
            innocent.send(close_frame(1001))
            assert blocked.at_end()
            assert innocent.at_end()
        assert server.wait()[0] == 0


def test_the_end_of_tcp_while_an_echo_is_blocked_loses_none() -> None:
    """Nothing says what becomes of a message that the end of TCP cut."""
    with Server() as server, opened(server) as innocent:
        with opened(server, WINDOW) as client:
            sent = block(client)
            client.socket.shutdown(socket.SHUT_WR)
            for _ in range(sent // len(MESSAGE)):
                assert client.message() == (raw.BINARY, PAYLOAD)
            while client.fill():
                pass
        assert echoes(innocent, b"still here")


def test_the_end_of_tcp_behind_what_waits_to_be_echoed_loses_none() -> None:
    """How much the kernel takes is not known: with some of these counts the server holds
    the last echoes itself when it sees the end."""
    with Server() as server, opened(server) as innocent:
        for count in range(5, 85, 6):
            with opened(server, WINDOW) as client:
                thread = sending(client, MESSAGE * count)
                thread.join(BLOCKED)
                if not thread.is_alive():
                    client.socket.shutdown(socket.SHUT_WR)
                    assert echoes(innocent, b"the loop turns")
                for _ in range(count):
                    assert client.message() == (raw.BINARY, PAYLOAD)
                thread.join()


def test_a_client_that_sends_only_after_our_close_does_not_stay() -> None:
    """Data without end instead of a Close, and nothing is read."""
    with Server("--close-timeout", "200") as server, opened(server) as client:
        server.signal(signal.SIGTERM)
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            while True:
                client.send(MESSAGE)
        assert server.wait()[0] == 0


# -------------------------------------------------------------------- clients that are slow


def test_a_long_frame_that_is_sent_slowly_is_not_taken_for_silence() -> None:
    """It takes longer than a Pong may, which cannot be sent within a frame."""
    options = ["--ping-interval", "100", "--pong-timeout", "800", "--idle-timeout", "800"]
    with Server(*options) as server, opened(server) as innocent, opened(server) as client:
        for at in range(0, len(MESSAGE), 4000):
            client.send(MESSAGE[at : at + 4000])
            tick(innocent)
        assert client.message() == (raw.BINARY, PAYLOAD)


def test_a_blocked_echo_that_is_read_slowly_is_not_taken_for_silence() -> None:
    """The Pong waits behind what the server does not read."""
    options = ["--ping-interval", "100", "--pong-timeout", "800", "--idle-timeout", "0"]
    with Server(*options) as server, opened(server) as innocent:
        with opened(server, WINDOW) as client:
            sent = block(client)
            read_slowly(client, innocent, ticks=16, share=2000)
            for _ in range(sent // len(MESSAGE)):
                assert client.message() == (raw.BINARY, PAYLOAD)


def test_a_long_echo_and_its_close_come_however_slowly_they_are_read() -> None:
    """Reading takes longer than the server waits for the client's end of TCP."""
    count = 40
    with Server("--ping-interval", "100") as server, opened(server) as innocent:
        with opened(server, 16384) as client:
            thread = sending(client, MESSAGE * count + close_frame(1000))
            read_slowly(client, innocent, ticks=26, share=20000)
            assert data_until_close(client) == (count * len(PAYLOAD), 1000)
            assert client.at_end()
            thread.join()



# -------------------------------------------------------------------- what runs out


def pong_of(client: raw.Client) -> raw.Frame:
    """The next frame that is no Ping; Pings are not answered."""
    frame = client.frame()
    while frame.opcode == raw.PING:
        frame = client.frame()
    return frame


def test_half_pings_that_hold_the_pool_cost_nobody_the_connection() -> None:
    """25 places (9, and 16 to refuse further clients) share 25 / 4 + 1 control payloads. A
    Ping that is cut waits for one of them, longer than a Pong may take."""
    held = raw.encode(raw.PING, bytes(100))
    cut = raw.encode(raw.PING, b"cut")
    options = ["--ping-interval", "50", "--pong-timeout", "400", "--max-clients", "9"]
    with Server(*options) as server, opened(server) as innocent:
        attackers = [opened(server) for _ in range(7)]
        for attacker in attackers:
            attacker.send(held[:10])
        bytes_left = iter(held[10:-1])

        def go_on() -> None:
            byte = bytes([next(bytes_left)])
            attackers[:] = [attacker for attacker in attackers if drip(attacker, byte)]

        with opened(server) as victim:
            assert echoes(victim, b"before")
            victim.send(cut[:7])
            assert echoes(innocent, b"the loop turns")
            victim.send(cut[7:] + raw.encode(raw.TEXT, b"after"))
            assert rests(server, innocent, go_on)
            for attacker in attackers:
                reset(attacker)
            assert pong_of(victim) == raw.Frame(True, raw.PONG, b"cut")
            assert pong_of(victim) == raw.Frame(True, raw.TEXT, b"after")
            assert echoes(innocent, b"still here")


def test_without_descriptors_others_are_served_and_later_all() -> None:
    options = ["--ping-interval", "50", "--pong-timeout", "0", "--idle-timeout", "0"]
    with Server(*options) as server, opened(server) as innocent:
        pid = server.process.pid
        least = len(os.listdir(f"/proc/{pid}/fd"))
        before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (least, before[1]))
        waiting = [raw.Client(server.port) for _ in range(10)]
        assert rests(server, innocent)
        assert echoes(innocent, b"still here")
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
        for client in waiting:
            with client:
                assert client.open().status == 101

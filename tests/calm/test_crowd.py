# SPDX-License-Identifier: MIT
"""Ten thousand idle connections: what each costs, and that the active ones do not notice."""
from __future__ import annotations

import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from tests.calm.crowd import cost, crowd, echo, need_descriptors
from tests.calm.doors import Door
from tests.interop.raw import CLOSE, Client, encode, upgrade_request
from tests.interop.server import HANG, Server, command

CROWD = 10_000
ECHOES = 20_000  # enough for the openings, which vary, not to matter
NATIVE = not os.environ.get("WSS_SANITIZE")


@pytest.mark.skipif(not NATIVE, reason="a sanitizer's memory is not the server's")
@pytest.mark.parametrize(("secure", "idle", "used"), [(False, 256, 512), (True, 40960, 43008)], ids=["plain", "tls"])
def test_memory_of_a_connection(secure: bool, idle: int, used: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Over TLS mbedTLS alone takes 34 KiB."""
    need_descriptors(CROWD)
    measured = cost(secure, CROWD)
    with capsys.disabled():
        print(f" [bytes of each of {CROWD} connections{' over TLS' if secure else ''}: {measured}]", end="")
    assert measured.idle < idle
    assert measured.used < used


def come_and_go(port: int, stop: threading.Event, done: list[int]) -> None:
    while not stop.is_set():
        with Client(port) as client:
            client.send(upgrade_request())
            assert client.response().status == 101
            client.send(encode(CLOSE, b"\x03\xe8"))
            assert client.frame().code == 1000
        done[0] += 1


def test_an_echo_among_many_while_others_come_and_go() -> None:
    need_descriptors(CROWD)
    stop, done = threading.Event(), [0]
    with Server("--quiet", "--ping-interval", "0", "--idle-timeout", "0", "--max-clients", str(CROWD + 100)) as server:
        with crowd(Door(server.port), CROWD) as clients:
            guest = threading.Thread(target=come_and_go, args=(server.port, stop, done))
            guest.start()
            echoes = 0
            while done[0] < 500 or echoes < 500:
                assert guest.is_alive()
                echo(clients[echoes * 19 % CROWD], echoes.to_bytes(8, "big"))
                echoes += 1
            stop.set()
            guest.join(HANG)


def instructions(folder: Path, idle: int, echoes: int) -> int:
    """User instructions of a server from its start to its end."""
    out = folder / f"callgrind.{idle}.{echoes}"
    tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}"]
    timers = ["--idle-timeout", "0", "--ping-interval", "0", "--handshake-timeout", "600000"]
    server = subprocess.Popen(
        [*tool, *command(), "serve", "--port", "0", "--quiet", "--max-clients", str(CROWD), *timers],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    port = int(server.stdout.readline().rsplit(":", 1)[1].split("/")[0])
    with crowd(Door(port), idle) as clients:
        for _ in range(echoes):
            echo(clients[idle // 2], b"0123456789abcdef")
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    os.kill(int(children[0]) if children else server.pid, signal.SIGTERM)
    server.wait(HANG)
    return next(int(line.split()[1]) for line in out.read_text().splitlines() if line.startswith("totals:"))


@pytest.mark.skipif(not NATIVE, reason="Valgrind does not run sanitized programs")
def test_a_turn_costs_what_is_active(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    need_descriptors(CROWD)
    costs = {}
    for idle in (100, CROWD):
        few, many = instructions(tmp_path, idle, 1000), instructions(tmp_path, idle, 1000 + ECHOES)
        costs[idle] = (many - few) / ECHOES
    with capsys.disabled():
        print(f" [instructions of an echo among idle connections: {costs}]", end="")
    assert costs[CROWD] < 1.1 * costs[100]

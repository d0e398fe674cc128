# SPDX-License-Identifier: MIT
"""`wss serve --workers`: processes that share a port, die, are replaced and stop together."""
from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path

import pytest

from tests.calm.crowd import crowd, echo
from tests.calm.doors import Door
from tests.interop.raw import CLOSE, Client, encode
from tests.interop.server import HANG, Server, run


def workers_of(server: Server) -> set[int]:
    pid = server.process.pid
    return {int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def sockets(pid: int) -> int:
    """Files that are sockets; one that is closed meanwhile is none."""
    links = (os.path.join(f"/proc/{pid}/fd", name) for name in os.listdir(f"/proc/{pid}/fd"))
    return sum(os.path.exists(link) and os.readlink(link).startswith("socket:") for link in links)


def until(condition: str, server: Server, count: int, not_one_of: set[int]) -> set[int]:
    """Waits until so many workers run, none of them one of those."""
    end = time.monotonic() + HANG
    while time.monotonic() < end:
        now = workers_of(server)
        if len(now) == count and not now & not_one_of:
            return now
        time.sleep(0.01)
    raise AssertionError(condition)


def refuses(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_connections_are_shared_out_and_closed_together() -> None:
    with Server("--workers", "2", "--quiet") as server:
        workers = workers_of(server)
        assert len(workers) == 2
        before = {pid: sockets(pid) for pid in workers}
        with crowd(Door(server.port), 64) as clients:
            for client in clients:
                echo(client, b"hello")
            shares = [sockets(pid) - before[pid] for pid in workers]
            assert sum(shares) == 64
            assert min(shares) > 0
            server.signal(signal.SIGTERM)
            for client in clients:
                frame = client.frame()
                assert (frame.opcode, frame.code) == (CLOSE, 1001)
                client.send(encode(CLOSE, frame.payload))
                assert client.at_end()
        assert server.wait() == (0, "")


def test_a_worker_that_is_killed_is_replaced() -> None:
    with Server("--workers", "2", "--quiet") as server:
        victim = min(workers_of(server))
        os.kill(victim, signal.SIGKILL)
        until("the worker is replaced", server, 2, {victim})
        with crowd(Door(server.port), 16) as clients:
            for client in clients:
                echo(client, b"hello")
        code, errors = server.stop()
        assert (code, errors) == (0, f"wss: worker {victim} ended by signal 9 and is replaced\n")


def test_workers_do_not_outlive_their_parent() -> None:
    with Server("--workers", "2", "--quiet") as server:
        with Client(server.port) as client:
            client.open()
            server.signal(signal.SIGKILL)
            assert client.frame().code == 1001
            client.send(encode(CLOSE, b"\x03\xe9"))
            assert client.at_end()
        end = time.monotonic() + HANG
        while not refuses(server.port) and time.monotonic() < end:
            time.sleep(0.01)
        assert refuses(server.port)


def test_a_port_that_is_taken_is_named_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--workers", "3", "--port", str(port))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == f"wss: cannot listen on 127.0.0.1:{port}: Address already in use\n"


@pytest.mark.parametrize("number", ["0", "65"])
def test_how_many_there_may_be(number: str) -> None:
    done = run("serve", "--workers", number)
    assert done.returncode == 2
    assert "--workers" in done.stderr

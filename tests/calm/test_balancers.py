# SPDX-License-Identifier: MIT
"""The configurations of docs/DEPLOYING.md: two servers behind nginx and HAProxy."""
from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.calm.crowd import crowd, echo
from tests.calm.doors import Door
from tests.interop.raw import CLOSE, PING, Client, Frame, encode
from tests.interop.server import HANG, ROOT, Server
from tests.ports import free_port

CLIENTS = 16
MODULES = Path("/usr/lib/nginx/modules")  # where Debian puts them


def documented(kind: str) -> str:
    """The block of the document that begins with ```KIND."""
    text = (ROOT / "docs" / "DEPLOYING.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"^```{kind}\n(.*?)^```$", text, re.M | re.S)
    assert len(blocks) == 1
    return str(blocks[0])


def nginx(folder: Path, inside: str, section: str) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds) if section == "http" else ""
    module = MODULES / "ngx_stream_module.so"
    load = f"load_module {module};" if section == "stream" and module.exists() else ""
    return f"""{load}
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
{section} {{
access_log off;
{paths}
{inside}
}}
"""


@dataclass(frozen=True)
class Balancer:
    """How a documented configuration is run."""

    block: str
    proxied: bool
    program: str
    options: tuple[str, ...]
    file: Callable[[Path, str], str]


BALANCERS = (
    Balancer("nginx", False, "nginx", ("-p", "FOLDER", "-e", "FOLDER/error.log", "-c"),
             lambda folder, text: nginx(folder, text, "http")),
    Balancer("nginx-stream", True, "nginx", ("-p", "FOLDER", "-e", "FOLDER/error.log", "-c"),
             lambda folder, text: nginx(folder, text, "stream")),
    Balancer("haproxy-http", False, "haproxy", ("-db", "-q", "-f"), lambda folder, text: text),
    Balancer("haproxy-tcp", True, "haproxy", ("-db", "-q", "-f"), lambda folder, text: text),
)


def found(program: str) -> str:
    where = shutil.which(program, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    assert where is not None, f"{program} is not installed (see scripts/bootstrap)"
    return where


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + HANG
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.01)


@contextmanager
def running(balancer: Balancer, folder: Path, servers: list[Server]) -> Iterator[int]:
    """Starts the balancer; gives its port."""
    port = free_port()
    text = documented(balancer.block).replace("listen 80;", f"listen 127.0.0.1:{port};")
    text = text.replace("bind :80\n", f"bind 127.0.0.1:{port}\n")
    for given, server in zip((9001, 9002), servers, strict=True):
        assert f":{given}" in text
        text = text.replace(f":{given}", f":{server.port}")
    file = folder / "configuration"
    file.write_text(balancer.file(folder, text))
    options = [option.replace("FOLDER", str(folder)) for option in balancer.options]
    process = subprocess.Popen([found(balancer.program), *options, str(file)])
    try:
        wait_until(lambda: answers(port) or process.poll() is not None, "the balancer listens")
        assert process.poll() is None
        yield port
    finally:
        process.terminate()
        process.wait(HANG)


def leave(client: Client, frame: Frame) -> int:
    """Answers the Close and ends TCP: some balancers wait for that."""
    assert frame.opcode == CLOSE
    client.send(encode(CLOSE, frame.payload))
    client.socket.close()
    return frame.code


@pytest.mark.parametrize("balancer", BALANCERS, ids=[balancer.block for balancer in BALANCERS])
def test_two_servers_share_the_clients_until_one_stops(balancer: Balancer, tmp_path: Path) -> None:
    options = ["--proxy-protocol"] if balancer.proxied else []
    with ExitStack() as stack:
        servers = [stack.enter_context(Server(*options)) for _ in range(2)]
        port = stack.enter_context(running(balancer, tmp_path, servers))
        clients = stack.enter_context(crowd(Door(port), CLIENTS))
        for client in clients:
            echo(client, b"x" * 70000)
        names = [f"127.0.0.1:{client.socket.getsockname()[1]}" for client in clients]
        servers[0].signal(signal.SIGTERM)
        wait_until(lambda: not answers(servers[0].port), "the first server stops")
        left = []
        for client in clients:
            client.send(encode(PING, b"still there?"))
            frame = client.frame()
            if frame.opcode == CLOSE:
                assert leave(client, frame) == 1001
            else:
                left.append(client)
        assert 0 < len(left) < CLIENTS
        status, stopped = servers[0].wait()
        assert status == 0
        with Client(port) as late:
            late.open()
            echo(late, b"late")
        for client in left:
            echo(client, b"afterwards")
        servers[1].signal(signal.SIGTERM)
        assert [leave(client, client.answer_pings()) for client in left] == [1001] * len(left)
        heard = stopped + servers[1].wait()[1]
    if balancer.proxied:
        assert all(f"wss: {name} opened\n" in heard for name in names)

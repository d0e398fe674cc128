# SPDX-License-Identifier: MIT
"""Runs nats-servers on loopback. Knows processes and their monitoring, no protocol."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.interop.server import HANG
from tests.ports import free_ports

SERVER = shutil.which("nats-server") or shutil.which("nats-server", path="/usr/sbin")
BOUND = ("setpriv", "--pdeathsig", "KILL")  # a server does not outlive a test that is killed


def wait_until(what: str, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + HANG
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within {HANG} s"
        time.sleep(0.02)


@dataclass(frozen=True)
class Ports:
    client: int
    websocket: int
    route: int
    monitor: int


CONFIG = """
server_name: n{index}
listen: "127.0.0.1:{ports.client}"
http: "127.0.0.1:{ports.monitor}"
websocket {{ listen: "127.0.0.1:{ports.websocket}", {tls} }}
"""
JETSTREAM = """jetstream {{ store_dir: "{folder}/store{index}" }}
"""
CLUSTER = """cluster {{ name: test, listen: "127.0.0.1:{ports.route}", routes: [{routes}] }}
"""


class Node:
    """One server, which may be killed and started again with what it stored."""

    def __init__(self, index: int, config: Path, ports: Ports, scheme: str) -> None:
        self.name = f"n{index}"
        self.ports = ports
        self.url = f"{scheme}://127.0.0.1:{ports.websocket}"
        self.log = config.with_suffix(".log")
        self._config = config
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert SERVER is not None and self._process is None
        with self.log.open("ab") as log:
            command = [*BOUND, SERVER, "-c", str(self._config)]
            self._process = subprocess.Popen(command, stderr=log)

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(HANG)
            self._process = None

    def kill(self) -> None:
        self.end(signal.SIGKILL)

    def shut_down(self) -> None:
        """Unlike one that is killed it tells the others."""
        self.end(signal.SIGTERM)

    @property
    def dead(self) -> bool:
        return self._process is None

    def monitor(self, page: str) -> dict[str, Any]:
        """A page of its monitoring; empty where it does not answer, or is not well."""
        url = f"http://127.0.0.1:{self.ports.monitor}/{page}"
        try:
            with urllib.request.urlopen(url, timeout=HANG) as answer:
                page_: dict[str, Any] = json.load(answer)
                return page_
        except (urllib.error.URLError, OSError):
            return {}

    @property
    def replicas(self) -> list[dict[str, Any]]:
        """The other servers, as it sees them while it leads."""
        seen: list[dict[str, Any]] = self.monitor("jsz").get("meta_cluster", {}).get("replicas", [])
        return seen

    @property
    def missed(self) -> list[str]:
        return [replica["name"] for replica in self.replicas if replica.get("offline")]


class Cluster:
    """Servers that know each other; a context manager that ends them."""

    def __init__(
        self,
        folder: Path,
        count: int = 3,
        more: str = JETSTREAM,
        identity: tuple[str, str] | None = None,
    ) -> None:
        """`identity`: files of a certificate and its key, for wss."""
        tls = "no_tls: true"
        if identity is not None:
            tls = f'tls: {{ cert_file: "{identity[0]}", key_file: "{identity[1]}" }}'
        scheme = "ws" if identity is None else "wss"
        numbers = free_ports(4 * count)
        ports = [Ports(*numbers[at : at + 4]) for at in range(0, 4 * count, 4)]
        routes = ", ".join(f'"nats-route://127.0.0.1:{each.route}"' for each in ports)
        template = CONFIG + more + (CLUSTER if count > 1 else "")
        self.nodes = []
        for index, each in enumerate(ports):
            config = folder / f"n{index}.conf"
            text = template.format(index=index, ports=each, folder=folder, routes=routes, tls=tls)
            config.write_text(text, encoding="utf-8")
            self.nodes.append(Node(index, config, each, scheme))

    @property
    def urls(self) -> list[str]:
        return [node.url for node in self.nodes]

    def node(self, name: str) -> Node:
        """By its name or its URL."""
        return next(node for node in self.nodes if name in (node.name, node.url))

    def leader(self) -> str:
        """The name of the server that places streams, or "" while there is none."""
        seen = [node.monitor("jsz").get("meta_cluster", {}) for node in self.nodes]
        names = {meta.get("leader", "") for meta in seen}
        return str(names.pop()) if len(names) == 1 else ""

    def is_whole(self) -> bool:
        """All servers are well, and the leader sees the others."""
        if any(node.monitor("healthz").get("status") != "ok" for node in self.nodes):
            return False
        if len(self.nodes) == 1:
            return True
        name = self.leader()
        if not name:
            return False
        replicas = self.node(name).replicas
        return len(replicas) == len(self.nodes) - 1 and all(
            replica["current"] and not replica.get("offline") for replica in replicas
        )

    def mend(self) -> None:
        """Goes on with what was stopped, and starts what was killed."""
        for node in self.nodes:
            if node.dead:
                node.start()
            else:
                node.send(signal.SIGCONT)

    def wait_whole(self) -> None:
        wait_until("the cluster is whole", self.is_whole)

    def __enter__(self) -> Cluster:
        for node in self.nodes:
            node.start()
        try:
            self.wait_whole()
        except BaseException:
            self._end()
            raise
        return self

    def _end(self) -> None:
        for node in self.nodes:
            node.kill()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

# SPDX-License-Identifier: MIT
"""Runs mosquitto, and its own clients, on loopback. Knows processes and logs, no protocol."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from signal import SIGCONT, SIGKILL, Signals
from types import TracebackType

from tests.interop.server import HANG
from tests.ports import free_ports

SBIN = "/usr/sbin:/usr/local/sbin"
BROKER = shutil.which("mosquitto") or shutil.which("mosquitto", path=SBIN)
SUBSCRIBER = shutil.which("mosquitto_sub")
PUBLISHER = shutil.which("mosquitto_pub")
THERE = None not in (BROKER, SUBSCRIBER, PUBLISHER)


def wait_until(what: str, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + HANG
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within {HANG} s"
        time.sleep(0.02)


# Only root becomes another user: here again root, to whom the folders of tests belong.
CONFIG = """
user root
listener {tcp} 127.0.0.1
listener {websocket} 127.0.0.1
protocol websockets
{tls}
allow_anonymous {anonymous}
{more}
max_queued_messages 0
persistence true
persistence_location {folder}/
autosave_on_changes true
autosave_interval 50
log_dest stderr
log_type all
"""


class Broker:
    """One broker, which may be ended and started again with what it stored; a context manager
    that ends it."""

    def __init__(
        self,
        folder: Path,
        users: dict[str, str] | None = None,
        identity: tuple[str, str] | None = None,
    ) -> None:
        """`identity`: files of a certificate and its key, for wss."""
        folder.mkdir()
        self.tcp, self.websocket = free_ports(2)
        self.url = f"{'ws' if identity is None else 'wss'}://127.0.0.1:{self.websocket}/mqtt"
        self._log = folder / "log"
        self._config = folder / "mosquitto.conf"
        self._process: subprocess.Popen[bytes] | None = None
        text = CONFIG.format(
            tcp=self.tcp,
            websocket=self.websocket,
            folder=folder,
            tls="" if identity is None else f"certfile {identity[0]}\nkeyfile {identity[1]}",
            anonymous=str(users is None).lower(),
            more="" if users is None else f"password_file {self._passwords(folder, users)}",
        )
        self._config.write_text(text, encoding="utf-8")

    @staticmethod
    def _passwords(folder: Path, users: dict[str, str]) -> Path:
        file = folder / "passwords"
        file.touch()
        for name, password in users.items():
            subprocess.run(["mosquitto_passwd", "-b", file, name, password], check=True)
        return file

    @property
    def log(self) -> str:
        """What was logged since the start of the first process."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def _listens(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.log
        try:
            for port in (self.tcp, self.websocket):
                socket.create_connection(("127.0.0.1", port), HANG).close()
        except ConnectionRefusedError:
            return False
        return True

    def start(self) -> None:
        assert BROKER is not None and self._process is None
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([BROKER, "-c", str(self._config)], stderr=log)
        wait_until("the broker listens", self._listens)

    def signal(self, number: Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def end(self, number: Signals = SIGKILL) -> None:
        """With SIGTERM it stores all that it has acknowledged."""
        if self._process is not None:
            self._process.send_signal(SIGCONT)
            self._process.send_signal(number)
            self._process.wait(HANG)
            self._process = None

    def wait_log(self, text: str, times: int = 1) -> None:
        wait_until(f"the broker's {text!r}", lambda: self.log.count(text) >= times)

    def publish(self, topic: str, *options: str, lines: list[str] | None = None) -> None:
        """By mosquitto_pub over TCP with QoS 1: the lines, or what the options say."""
        assert PUBLISHER is not None
        command = [PUBLISHER, "-h", "127.0.0.1", "-p", str(self.tcp), "-q", "1", "-t", topic]
        text = None if lines is None else "".join(f"{line}\n" for line in lines)
        command += options if lines is None else ["-l"]
        subprocess.run(command, input=text, text=True, check=True, timeout=HANG)

    def enlist(self, identity: str, topic: str) -> None:
        """The broker keeps from now on what comes for this identity, until collect()."""
        self._subscriber(identity, topic, "-E").wait(HANG)

    def collect(self, identity: str, topic: str, wanted: set[str]) -> list[str]:
        """What came, up to the last one wanted; by mosquitto_sub over TCP."""
        lines: list[str] = []
        with self._subscriber(identity, topic) as process:
            assert process.stdout is not None
            while not wanted <= set(lines):
                line = process.stdout.readline()
                assert line, f"{len(wanted - set(lines))} of {len(wanted)} are missing"
                lines.append(line.rstrip("\n"))
            process.kill()
        return lines

    def _subscriber(self, identity: str, topic: str, *more: str) -> subprocess.Popen[str]:
        assert SUBSCRIBER is not None
        command = [SUBSCRIBER, "-h", "127.0.0.1", "-p", str(self.tcp), "-q", "1", "-c"]
        command += ["-i", identity, "-t", topic, *more]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Broker:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

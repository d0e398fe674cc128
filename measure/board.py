# SPDX-License-Identifier: MIT
"""The firmware of examples/firmware on an emulated board: builds it, boots it, asks it for reports,
counts its instructions. It must not know what is said to it over the network.
"""

from __future__ import annotations

import os
import queue
import re
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from cmake.sources import ROOT
from measure.toolchain import MIPS32, MeasureError, run

HANG = 120
"""Seconds after which the board is stuck."""

SCRIPT = ROOT / "scripts" / "firmware"
PLUGIN = ROOT / "bench" / "firmware" / "qemu_count.c"
CERTIFICATE = ROOT / "build-board" / "credentials" / "certificate.pem"

_REPORT = re.compile(
    r"board: (\d+) s, connections (\d+), opened (\d+), closed (\d+), messages (\d+), refused (\d+), "
    r"stack (\d+) of (\d+), pool (\d+) of (\d+), buffers (\d+) of (\d+)")
_PLACES = {"sleep": "cpu_sleep", "frame": "ethernet_input", "report": "report"}


@dataclass(frozen=True)
class Image:
    """A build of the firmware: with TLS, and for so many clients."""

    tls: bool = False
    clients: int = 8

    @property
    def file(self) -> Path:
        return ROOT / "build-board" / ("wss" if self.tls else "ws") / "firmware.elf"

    @property
    def options(self) -> list[str]:
        return [*(["--tls"] if self.tls else []), "--clients", str(self.clients)]

    def build(self) -> None:
        run([SCRIPT, *self.options, "--build-only"])

    def sections(self) -> dict[str, int]:
        """Bytes of each."""
        lines = run([MIPS32.tool("size"), "-A", self.file]).splitlines()
        found = (re.fullmatch(r"\.(\w+)\s+(\d+)\s+\d+", line.strip()) for line in lines)
        return {match[1]: int(match[2]) for match in found if match is not None}

    def symbols(self) -> dict[str, int]:
        """The address of each that is global."""
        lines = run([MIPS32.tool("nm"), "-g", "--defined-only", self.file]).splitlines()
        return {name: int(address, 16) & 0xffffffff for address, _, name in (line.split() for line in lines)}


@dataclass(frozen=True)
class Report:
    """What the board says of itself; the most that was used so far, and how much there is."""

    seconds: int
    connections: int
    opened: int
    closed: int
    messages: int
    refused: int
    stack_used: int
    stack: int
    pool_used: int
    pool: int
    buffers_used: int
    buffers: int


class Board:
    """A board that runs; a context manager that switches it off. `more` are options of QEMU; with
    `bare` they are all that is on the board's network, and else a port is forwarded to it."""

    def __init__(self, image: Image, more: Iterable[str] = (), bare: bool = False, counted: bool = False) -> None:
        self.image = image
        self.port = free_port()
        self.lines: list[str] = []
        self._folder = tempfile.TemporaryDirectory()
        self._log = Path(self._folder.name) / "counts"
        options = [*more, *(self._plugin() if counted else [])]
        self._process = subprocess.Popen(
            [SCRIPT, *image.options, *(["--bare"] if bare else ["--port", str(self.port)]), "--", *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
        self._queue: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._wait_for(r"board: listening .*")

    def _plugin(self) -> list[str]:
        library = Path(self._folder.name) / "qemu_count.so"
        run(["cc", "-std=c11", "-O2", "-fPIC", "-shared", "-o", library, PLUGIN])
        self.image.build()
        symbols = self.image.symbols()
        places = ",".join(f"{place}={symbols[name]:#x}" for place, name in _PLACES.items())
        return ["-plugin", f"{library},{places},log={self._log}"]

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._queue.put(line.rstrip())
        self._queue.put(None)

    def _wait_for(self, pattern: str) -> re.Match[str]:
        end = time.monotonic() + HANG
        while True:
            try:
                line = self._queue.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise MeasureError(f"the board is silent; it said {self.lines}") from None
            if line is None:
                raise MeasureError(f"the board is off; it said {self.lines}")
            self.lines.append(line)
            found = re.fullmatch(pattern, line)
            if found is not None:
                return found

    def report(self) -> Report:
        assert self._process.stdin is not None
        self._process.stdin.write("?")
        self._process.stdin.flush()
        return Report(*(int(number) for number in self._wait_for(_REPORT.pattern).groups()))

    def idle(self) -> Report:
        """A report when every connection is over."""
        end = time.monotonic() + HANG
        while True:
            report = self.report()
            if report.closed == report.connections:
                return report
            if time.monotonic() > end:
                raise MeasureError(f"connections do not end: {report}")

    def instructions(self) -> int:
        """Of all turns so far in which a frame came, where they are counted."""
        self.report()
        return int(self._log.read_text(encoding="ascii").splitlines()[-1].split()[0])

    def faults(self) -> list[str]:
        """What the board said when something was wrong."""
        return [line for line in self.lines if "fault" in line]

    def __enter__(self) -> Board:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait(HANG)
        self._reader.join(HANG)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._folder.cleanup()


def free_port() -> int:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port: int = holder.getsockname()[1]
    return port


def tools_missing() -> list[str]:
    """What the board needs and is not installed."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return [tool for tool in ("qemu-system-mipsel", MIPS32.tool("gcc"), "cmake", "ninja")
            if not any(os.access(Path(folder) / tool, os.X_OK) for folder in folders)]

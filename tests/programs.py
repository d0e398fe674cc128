# SPDX-License-Identifier: MIT
"""The programs and shared libraries of the build under test.

WSS_BUILD_DIR names the build folder (default: build/). WSS_EMULATOR runs programs that
were built for another machine.
"""
from __future__ import annotations

import ctypes
import os
import shlex
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build"))
EMULATOR = shlex.split(os.environ.get("WSS_EMULATOR", ""))


def program(path: str) -> list[str]:
    """How to start a program of the build: "tests/engine/script"."""
    return [*EMULATOR, str(BUILD / path)]


def library(path: str) -> ctypes.CDLL:
    """A shared library of the build: "tests/grammar/libgrammar_scanner_0.so"."""
    return ctypes.CDLL(str(BUILD / path))

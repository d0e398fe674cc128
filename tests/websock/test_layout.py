# SPDX-License-Identifier: MIT
"""The headers say what the documents say, in C and in C++."""
from __future__ import annotations

import subprocess

import pytest

from tests.interop.server import HANG, ROOT

LANGUAGES = {"C": ["gcc", "-std=c11", "-xc"], "C++": ["g++", "-std=c++17", "-xc++"]}
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def compiles(language: str, *options: str) -> bool:
    command = [
        *LANGUAGES[language], *WARNINGS, *options, "-fsyntax-only", "-I", "api",
        "tests/websock/layout.c",
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=HANG).returncode == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_constants_types_and_functions(language: str) -> None:
    assert compiles(language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["websock_send_ping", "payload_len", "hndshk_hdrs", "WEBSOCK_MAX_RECV_TIMEOUT", "auth_mode"]
)
def test_a_difference_does_not_compile(language: str, name: str) -> None:
    assert not compiles(language, f"-D{name}=7")

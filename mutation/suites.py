# SPDX-License-Identifier: MIT
"""The tests that shall see a mutant, the quick ones first, and what they need built."""

from __future__ import annotations

from dataclasses import dataclass

PYTEST = ("/usr/bin/python3", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider")


@dataclass(frozen=True)
class Suite:
    """`command` begins with a program of the build, or with a file of Python tests."""

    name: str
    targets: tuple[str, ...]
    command: tuple[str, ...]
    only: tuple[str, ...] = ("",)
    """How the names of the files begin that it is for."""

    def argv(self, build: str) -> list[str]:
        if self.command[0].endswith(".py"):
            return [*PYTEST, *self.command]
        return [f"{build}/{self.command[0]}", *self.command[1:]]


def _program(name: str, room: str) -> Suite:
    return Suite(name, (name,), (f"tests/{room}/{name}",))


ROUNDS: tuple[tuple[Suite, ...], ...] = (
    (
        Suite("storm", ("storm",), ("tests/storm/storm", "--seeds", "60")),
        _program("test_api", "api"),
        _program("test_broken", "api"),
        _program("test_names", "api"),
        _program("test_refused", "api"),
        _program("test_starved", "api"),
        _program("test_timers", "api"),
        _program("test_utf8", "utf8"),
        _program("test_url", "url"),
        Suite("handshake", ("replay_request", "replay_response"), ("tests/handshake/test_handshake.py",)),
        Suite("session", ("session_script",), ("tests/session/test_session.py",)),
        Suite("engine", ("script", "script_server", "script_client", "script_small", "rows"),
              ("tests/engine/test_cases.py",)),
    ),
    (
        _program("test_duet_sim", "engine"),
        _program("test_duet_tcp", "engine"),
        _program("test_sys_wss_calls", "sys_wss"),
        _program("test_sys_wss_failures", "sys_wss"),
        _program("test_sys_wss_events", "sys_wss"),
        Suite("storm, longer", ("storm",), ("tests/storm/storm", "--seeds", "300", "1001")),
        Suite("grammar", ("grammar_scanner_0", "grammar_scanner_1"), ("tests/grammar/test_scanner.py",),
              ("runtime/wss_chars",)),
        Suite("attacks", ("wss",), ("tests/hostile/test_attacks.py",)),
        Suite("http", ("wss",), ("tests/interop/test_http.py", "tests/interop/test_limits.py",
                                 "tests/interop/test_answers.py", "tests/interop/test_command.py")),
        Suite("model of tables", ("model_tables_0", "model_tables_1"), ("tests/model/test_tables.py",),
              ("spec/", "runtime/wss_step", "runtime/wss_timer")),
        Suite("model of the engine", ("model_engine_0", "model_engine_1"),
              ("tests/model/test_engine.py", "-k", "not small and not seen"),
              ("spec/", "runtime/wss_step", "runtime/wss_timer", "runtime/wss_receive", "runtime/wss_send")),
        Suite("Promela", (), ("tests/promela/test_models.py",), ("spec/",)),
    ),
)

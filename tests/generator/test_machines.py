# SPDX-License-Identifier: MIT
"""What the words of a machine mean together: the rows that each role gets."""

from __future__ import annotations

from pathlib import Path

from generator.load import load
from generator.machines import RoleMachine, RoleRow, role_machines
from generator.spec import Spec
from tests.generator.specs import BASE, ROOT

REAL = ROOT / "spec" / "wss_states.yaml"


def machine(path: Path, name: str) -> RoleMachine:
    return next(m for m in role_machines(load(path, "spec")) if m.name == name)


def rows(of: RoleMachine, state: str) -> list[RoleRow]:
    return [row for row in of.rows if row.state == state]


def test_each_role_gets_its_rows() -> None:
    assert [row.event for row in rows(machine(BASE, "door.server"), "shut")] == ["push", "leave"]
    assert [row.event for row in rows(machine(BASE, "door.client"), "shut")] == ["pull", "leave"]


def test_ignored_events_come_last_and_do_nothing() -> None:
    last = rows(machine(BASE, "door.server"), "ajar")[-1]
    assert (last.event, last.ignored, last.stays, last.actions) == ("draught", True, True, ())


def test_enter_follows_the_actions_of_rows_that_move() -> None:
    slam = next(row for row in machine(BASE, "door.server").rows if row.event == "t_slam")
    assert slam.actions == ("lock", "tell")


def test_restart_is_stop_and_start() -> None:
    gust = next(row for row in machine(BASE, "door.server").rows if row.guard == "heavy")
    assert (gust.stop, gust.start, gust.to) == (("slam",), ("slam",), "ajar")


def test_timers_run_where_they_are_armed_or_started() -> None:
    server = machine(REAL, "connection.server")
    armed = {str(state.state.name): server.armed(state.state) for state in server.own_states}
    assert armed["open"] == {"idle", "ping", "pong"}
    assert armed["idle"] == armed["closed"] == frozenset()


def test_shared_rows_keep_their_lines() -> None:
    """Every row of the real specification names the line that its event stands on."""
    lines = REAL.read_text(encoding="utf-8").splitlines()
    spec: Spec = load(REAL, "spec")
    for row in (row for m in role_machines(spec) for row in m.rows):
        assert row.event in lines[row.line - 1], row

# SPDX-License-Identifier: MIT
"""Refuses a specification that could not mean what it says.

The checks come in stages: a later one relies on what the earlier ones found in order. Each
module has the checks of one hundred codes; codes.py lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from generator.check import actions, coverage, functions, names, paths, rows, tables, timers
from generator.machines import RoleMachine, role_machines
from generator.problem import Problem, Refused
from generator.spec import Spec

SpecCheck = Callable[[Spec], Iterator[Problem]]
RoleCheck = Callable[[RoleMachine], Iterator[Problem]]

NAMES: tuple[SpecCheck, ...] = (names.check,)
DECLARED: tuple[SpecCheck, ...] = (
    names.check_distinct, names.check_used, tables.check, rows.check_declared, coverage.check_declared,
    timers.check_declared)
PER_ROLE: tuple[RoleCheck, ...] = (
    names.check_rows, rows.check_order, coverage.check, paths.check_reach, paths.check_times, paths.check_end,
    timers.check, actions.check_order, actions.check_begun, actions.check_once)


def check(spec: Spec, runtime: Path | None) -> tuple[RoleMachine, ...]:
    """The machines of a specification in order; Refused otherwise. `runtime`: where the C
    functions of actions and guards are, None to leave that out."""
    for stage in (NAMES, DECLARED):
        _refuse([problem for one in stage for problem in one(spec)])
    machines = role_machines(spec)
    _refuse([problem for one in PER_ROLE for machine in machines for problem in one(machine)])
    if runtime is not None:
        _refuse([*functions.check(machines, runtime), *functions.check_reasons(spec, runtime)])
    return machines


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise Refused(problems)

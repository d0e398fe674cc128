# SPDX-License-Identifier: MIT
"""tables/*.md: every row of every machine, and how actions show in the vendor faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.machines import RoleMachine, RoleRow, RoleState
from generator.render.text import citation, columns, fill
from generator.spec import Face, Machine, Spec

STATE_HEADS = ("State", "Public", "Input", "Allows", "Timers", "Meaning")
ROW_HEADS = ("State", "Event", "If", "Next", "Actions", "Timers", "Reason", "Section", "Line")
REPORT_HEADS = ("Action", "Meaning", "Events")
CAUSE_HEADS = ("Reason", "Meaning", "Event")


@dataclass(frozen=True)
class _Section:
    title: str
    lines: list[str]


def files(spec: Spec, machines: tuple[RoleMachine, ...]) -> dict[str, str]:
    result = {}
    for machine in spec.machines:
        own = [m for m in machines if m.machine == machine]
        sections = [_Section("States", _states(machine))]
        sections += [_Section(f"Rows of the {m.role}", _rows(m)) for m in own]
        result[f"tables/{machine.name}.md"] = fill(
            "table.md.j2", spec, title=machine.name, doc=machine.doc, sections=sections)
    result["tables/faces.md"] = fill(
        "table.md.j2", spec, title="faces", doc="How the engine's reports show in the vendor APIs.",
        sections=[section for face in spec.faces for section in (
            _Section(f"Reports of {face.name}", _reports(spec, face)),
            _Section(f"Causes of {face.name}", _causes(spec, face)))])
    return result


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [[*heads], ["-" * len(head) for head in heads], *rows]
    return columns([[*(part for cell in line for part in ("|", cell.replace("|", "\\|") or " ")), "|"]
                    for line in lines])


def _states(machine: Machine) -> list[str]:
    return _table(STATE_HEADS, [[
        state.name + (f" ({state.role})" if state.role else ""), state.public or "", state.input or "",
        ", ".join(state.allow), ", ".join(state.arm), state.doc] for state in machine.states])


def _rows(machine: RoleMachine) -> list[str]:
    return _table(ROW_HEADS, [_row(state, row) for state in machine.states for row in state.rows])


def _row(state: RoleState, row: RoleRow) -> list[str]:
    return [
        state.state.name, row.event, row.guard or "", "" if row.stays else row.to, _effect(row), _timers(row),
        row.why or "", citation(row.rfc) if row.rfc else "", str(row.line),
    ]


def _effect(row: RoleRow) -> str:
    return "(ignored)" if row.ignored else ", ".join(row.actions)


def _timers(row: RoleRow) -> str:
    restart = [f"restart {timer}" for timer in row.start if timer in row.stop]
    start = [f"start {timer}" for timer in row.start if timer not in row.stop]
    stop = [f"stop {timer}" for timer in row.stop if timer not in row.start]
    return ", ".join(restart + start + stop)


def _reports(spec: Spec, face: Face) -> list[str]:
    meaning = {action.name: action.doc for machine in spec.machines for action in machine.actions}
    return _table(REPORT_HEADS, [[r.action, meaning[r.action], ", ".join(r.events)] for r in face.reports])


def _causes(spec: Spec, face: Face) -> list[str]:
    meaning = {reason.name: reason.doc for reason in spec.reasons}
    return _table(CAUSE_HEADS, [[c.reason, meaning[c.reason], c.event] for c in face.causes])

# SPDX-License-Identifier: MIT
"""Verifies the committed specification, or another one, and prints what was visited: the table of
scripts/model. Exit status 1: a rule does not hold; the rows that lead there are printed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from generator.machines import RoleMachine
from generator.problem import Refused
from tests.promela.spin import MODELS, SPEC, Verdict, build, machines, verify

HEADS = ("World", "Formula", "States", "Transitions", "Depth", "Rows", "Seconds")


def main(arguments: list[str]) -> int:
    spec = Path(arguments[0]) if arguments else SPEC
    if shutil.which("spin") is None:
        print("model: Spin is missing; scripts/bootstrap installs it.", file=sys.stderr)
        return 1
    if not spec.is_file():
        print(f"model: {spec} is no file.", file=sys.stderr)
        return 1
    try:
        return _verify(spec)
    except Refused as refused:
        for problem in refused.problems:
            print(problem.report(str(spec)), file=sys.stderr)
        return 1


def _verify(spec: Path) -> int:
    print("| " + " | ".join(HEADS) + " |\n|---|---|" + "--:|" * (len(HEADS) - 2))
    failed = 0
    for model in MODELS.values():
        with tempfile.TemporaryDirectory() as folder:
            where = Path(folder)
            roles = machines(spec, where)
            build(model, where)
            start = time.monotonic()
            for verdict in verify(model, where):
                _show(model.name, verdict, time.monotonic() - start)
                failed += _complain(verdict, roles)
                start = time.monotonic()
    return 1 if failed else 0


def _show(model: str, verdict: Verdict, seconds: float) -> None:
    counts = (verdict.states, verdict.transitions, verdict.depth, len(verdict.rows))
    print(f"| {model} | {verdict.formula} | " + " | ".join(f"{n:,}" for n in counts) + f" | {seconds:.1f} |")


def _complain(verdict: Verdict, roles: tuple[RoleMachine, ...]) -> int:
    for text in verdict.violated:
        print(f"violated: {text}")
    for role, number in verdict.path:
        row = roles[role].rows[number]
        guard = f" [{row.guard}]" if row.guard else ""
        print(f"    {roles[role].role}: {row.state}: {row.event}{guard} -> {row.to} (line {row.line})")
    return len(verdict.violated)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

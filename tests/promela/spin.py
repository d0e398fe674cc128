# SPDX-License-Identifier: MIT
"""The model checker: what is verified, with which world, and what came of it.

Spin writes a program that visits every state; the C compiler builds it; it is run once for each
formula. Everything happens in a folder of its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.check import check
from generator.load import load
from generator.machines import RoleMachine
from generator.render import promela

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SPEC = ROOT / "spec" / "wss_states.yaml"
DEPTH = 200_000


@dataclass(frozen=True)
class Model:
    """`formulas`: the ltl formulas of the file. `fair`: they hold if everybody gets a turn. `optimise`:
    worth its time where there are many states."""

    name: str
    file: str
    defines: tuple[str, ...]
    formulas: tuple[str, ...]
    fair: bool = False
    optimise: str = "-O0"


MODELS = {model.name: model for model in (
    Model("duet", "duet.pml", (), ("runs_down",), optimise="-O1"),
    Model("server", "alone.pml", ("-DME=0",), ("runs_down",)),
    Model("client", "alone.pml", ("-DME=1",), ("runs_down",)),
    Model("calm", "calm.pml", (), (
        "server_is_told_of_room", "client_is_told_of_room", "server_answers_pings", "client_answers_pings",
        "what_closes_ends"), fair=True),
)}


@dataclass(frozen=True)
class Verdict:
    """What came of one formula. `violated`: assertions that do not hold, of whichever side, and the
    formula where it is not true. `path`: the rows that lead to the first of them. `rows`: those
    that were taken anywhere. A row is the number of its role and its own."""

    formula: str
    violated: tuple[str, ...]
    path: tuple[tuple[int, int], ...]
    rows: frozenset[tuple[int, int]]
    states: int
    transitions: int
    depth: int


def machines(spec: Path, where: Path) -> tuple[RoleMachine, ...]:
    """The roles of the connection of a specification that is not refused; writes their Promela."""
    loaded = load(spec, spec.name)
    roles = check(loaded, None)
    for name, text in promela.files(loaded, roles).items():
        (where / Path(name).name).write_text(text, encoding="utf-8")
    return tuple(role for role in roles if role.machine.name == "connection")


def build(model: Model, where: Path) -> None:
    """The program that visits every state, from the machines in `where`."""
    for path in HERE.glob("*.pml"):
        shutil.copy(path, where)
    said = _run(where, "spin", "-a", *model.defines, model.file)
    if "rror" in said:
        raise RuntimeError(said)
    fair = ["-DNFAIR=4"] if model.fair else []
    _run(where, "cc", model.optimise, "-w", *fair, "-o", "pan", "pan.c")


def verify(model: Model, where: Path, whole: bool = False) -> Iterator[Verdict]:
    """Visits every state once for each formula; assertions are tried each time. Ends with the first
    violation, unless all of them are wanted (`whole`): there is no path then."""
    for formula in model.formulas:
        options = [f"-m{DEPTH}", "-w22", *(["-f"] if model.fair else []), *(["-c0"] if whole else [])]
        said = _run(where, "./pan", "-a", "-n", *options, "-N", formula)
        violated = _violated(said, formula)
        path = _rows(_run(where, "./pan", "-r", "-N", formula)) if violated and not whole else ()
        yield Verdict(
            formula, violated, path, frozenset(_rows(said)), _number(r"(\d+) states, stored", said),
            _number(r"(\d+) transitions", said), _number(r"depth reached (\d+)", said))


def _violated(said: str, formula: str) -> tuple[str, ...]:
    if "max search depth too small" in said or "errors: " not in said:
        raise RuntimeError(said)
    found = {re.sub(r"\[[01]\]", "[me]", text.replace(" ", ""))
             for text in re.findall(r"assertion violated +(.*) \(at depth", said)}
    cycle = {formula} if re.search(r"^pan:\d+: acceptance cycle", said, re.MULTILINE) else set()
    assert bool(found | cycle) != ("errors: 0" in said), said
    return tuple(sorted(found | cycle))


def _rows(said: str) -> tuple[tuple[int, int], ...]:
    return tuple((int(role), int(row)) for role, row in re.findall(r"^row (\d+) (\d+)$", said, re.MULTILINE))


def _number(pattern: str, said: str) -> int:
    found = re.search(pattern, said)
    return int(found.group(1)) if found else 0


def _run(where: Path, *command: str) -> str:
    """What a program says. What its exit status means differs: others read what it says."""
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, timeout=600, check=False)
    return done.stdout + done.stderr

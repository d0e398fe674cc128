# SPDX-License-Identifier: MIT
"""Looks at all there is, and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bounds import analyzer, calls, cppcheck, heap, misra, shape
from bounds.calls import Calls
from bounds.cppcheck import Finding
from bounds.heap import Heap
from bounds.limits import Allocation, Counts, Deviation, Limits
from bounds.rooms import ALTERNATIVES, ROOMS, room_of
from bounds.shape import Shape
from cmake.sources import ROOT
from measure.assembly import read_module
from measure.pointers import relative
from measure.steps import Steps
from measure.toolchain import MIPS32, MeasureError, Unit, Workshop


@dataclass(frozen=True)
class Survey:
    """`units`: how many compilations the analyzer has seen."""

    calls: Calls
    heap: Heap
    shapes: tuple[Shape, ...]
    units: int
    warnings: tuple[str, ...]
    findings: tuple[Finding, ...]
    counts: Counts

    @property
    def by_hand(self) -> list[Shape]:
        return [one for one in self.shapes if not one.file.startswith("generated/")]

    @property
    def generated(self) -> list[Shape]:
        return [one for one in self.shapes if one.file.startswith("generated/")]


def survey(folder: Path) -> Survey:
    """MeasureError: something cannot be looked at. What is compiled goes to `folder`."""
    units = [unit for room in ROOMS for unit in room.units()]
    findings = _findings(units)
    counts = Counts(cppcheck.version(), misra.counts_of(findings))
    own = tuple(one for one in findings if not one.rule and _is_ours(one))
    called, wanted = _compiled(folder)
    files = [*(file for room in ROOMS for file in room.files), *sorted((ROOT / "include/wss").glob("*.h"))]
    shapes = tuple(shape.shapes_of(files))
    _check_all_are_seen(called, shapes)
    return Survey(called, wanted, shapes, len(units), tuple(analyzer.warnings_of(units)), own, counts)


def _is_ours(finding: Finding) -> bool:
    """In a room, or in no file in particular."""
    return room_of(finding.file) is not None or not finding.line


def _findings(units: Sequence[Unit]) -> list[Finding]:
    """All sources at once, each as it is built without ALTERNATIVES."""
    flags = list(dict.fromkeys(flag for unit in units for flag in unit.flags))
    defined = [flag.removeprefix("-D") for flag in flags if flag.startswith("-D")]
    includes = [Path(flag.removeprefix("-I")) for flag in flags if flag.startswith("-I")]
    return cppcheck.findings_of(list(dict.fromkeys(unit.source for unit in units)), includes,
                                [one for one in defined if one not in ALTERNATIVES])


def _compiled(folder: Path) -> tuple[Calls, Heap]:
    """Of objects for the device, where mbedTLS has the settings of the system."""
    system = folder / "system"
    system.mkdir(parents=True, exist_ok=True)
    if not (system / "mbedtls").exists():
        (system / "mbedtls").symlink_to("/usr/include/mbedtls")
    workshop = Workshop(MIPS32, folder / MIPS32.name)
    steps = Steps()

    def of(program: calls.Program) -> Calls:
        units = [unit for part in program.parts for unit in part.units((f"-I{system}",))]
        modules = [read_module(made) for made in workshop.objects(units)]
        return calls.calls_of(program.name, modules, program.rules, steps)

    called = calls.union(of(program) for program in calls.PROGRAMS)
    units = [unit for room in ROOMS for unit in room.units(f"-I{system}")]
    return called, heap.heap_of(MIPS32, workshop.objects(units))


def _check_all_are_seen(called: Calls, shapes: Iterable[Shape]) -> None:
    """MeasureError: the compiler knows a function that pmccabe does not. Names that macros make begin
    with the one that is written."""
    names = {one.name for one in shapes}
    for file, name in sorted(called.functions):
        plain = name.split(".")[0]
        if not any(plain == one or plain.startswith(f"{one}_") for one in names):
            raise MeasureError(f"{file}: pmccabe does not see {name}()")


def wrong(found: Survey, limits: Limits, deviations: Sequence[Deviation], recorded: Counts) -> list[str]:
    """A line each."""
    return [*found.calls.cycles,
            *heap_wrong(found.heap, limits.heap),
            *shape.beyond(found.by_hand, limits.complexity, limits.length),
            *found.warnings,
            *(str(one) for one in found.findings),
            *misra.unexplained(found.counts.counts, deviations),
            *misra.grown(recorded, found.counts.counts)]


def heap_wrong(found: Heap, accepted: Sequence[Allocation]) -> list[str]:
    """A line for each allocator that may not be wanted, and for each that is accepted in vain."""
    allowed = {(one.file, symbol) for one in accepted for symbol in one.symbols}
    return [*(f"{file}: wants {symbol}()" for file, symbol in sorted(found.symbols - allowed)),
            *(f"{file}: does not want {symbol}(), which limits.yaml accepts"
              for file, symbol in sorted(allowed - found.symbols))]

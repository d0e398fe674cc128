# SPDX-License-Identifier: MIT
"""How branched and how long functions are, by pmccabe: McCabe's cyclomatic complexity, a switch
counted by its cases, and lines from name to brace.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure.pointers import relative
from measure.toolchain import MeasureError

_LINE = re.compile(r"\d+\t(?P<complexity>\d+)\t\d+\t\d+\t(?P<length>\d+)\t(?P<file>.+)\(\d+\): (?P<name>\w+)")
_NOT_UNDERSTOOD = ((re.compile(r"^(\w[\w *]*)\((\w+)\)\(", re.M), r"\1 \2("),
                   (re.compile(r"^__attribute__\(\(.*\)\)$", re.M), ""))
"""What pmccabe takes for something else: names in parentheses, since macros share them; attributes."""


@dataclass(frozen=True)
class Shape:
    """Of a function."""

    file: str
    name: str
    complexity: int
    length: int

    def __str__(self) -> str:
        return f"{self.name}() in {self.file}"


@dataclass(frozen=True)
class Spread:
    """Of one measure over functions; `worst` has the maximum."""

    median: int
    percentile95: int
    maximum: int
    worst: Shape


def shapes_of(files: Sequence[Path]) -> list[Shape]:
    """MeasureError: pmccabe does not understand a file."""
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            copy = Path(folder) / relative(file).lstrip("/")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(_understood(file.read_text(encoding="utf-8")), encoding="utf-8")
        command = ["pmccabe", *(relative(file).lstrip("/") for file in files)]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            raise MeasureError("pmccabe is not there (scripts/bootstrap full installs it)") from None
    if done.returncode != 0 or done.stderr:
        raise MeasureError(f"pmccabe: {done.stderr}")
    return [_read(line) for line in done.stdout.splitlines()]


def _understood(text: str) -> str:
    for pattern, instead in _NOT_UNDERSTOOD:
        text = pattern.sub(instead, text)
    return text


def _read(line: str) -> Shape:
    found = _LINE.fullmatch(line)
    if found is None:
        raise MeasureError(f"pmccabe: not understood: {line}")
    return Shape(found["file"], found["name"], int(found["complexity"]), int(found["length"]))


def spread(shapes: Sequence[Shape], measure: Callable[[Shape], int]) -> Spread:
    ordered = sorted(shapes, key=measure)
    values = [measure(shape) for shape in ordered]
    return Spread(int(statistics.median_low(values)), values[(len(values) * 95 - 1) // 100], values[-1], ordered[-1])


def beyond(shapes: Iterable[Shape], complexity: int, length: int) -> list[str]:
    """Those that keep not to the limits, a line each."""
    wrong = []
    for shape in shapes:
        if shape.complexity > complexity:
            wrong.append(f"{shape}: complexity {shape.complexity}, the limit is {complexity}")
        if shape.length > length:
            wrong.append(f"{shape}: {shape.length} lines, the limit is {length}")
    return wrong

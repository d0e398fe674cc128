# SPDX-License-Identifier: MIT
"""Measures and writes docs/device.json and the tables made of it; or compares with what is there.

    python3 -m measure                       measure all, write
    python3 -m measure --check               measure all; fail if something grew, name what shrank
    python3 -m measure --check --quick       the same of what matters most
    python3 -m measure --tables              write the tables of the committed figures, measure nothing
    python3 -m measure --paths [PATTERN...]  print the deepest path of each public function, deepest first
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from fnmatch import fnmatchcase
from pathlib import Path

from cmake.sources import ROOT
from measure import figures
from measure.figures import Committed
from measure.stack import Path as StackPath
from measure.survey import Survey
from measure.tables import DEVICE, MIGRATING, PIC32, README, documents
from measure.toolchain import MICROMIPS, MIPS32, MeasureError


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/device", description="What the engine costs a device.")
    parser.add_argument("--check", action="store_true", help="measure and compare, write nothing")
    parser.add_argument("--quick", action="store_true", help="with --check: only what matters most")
    parser.add_argument("--tables", action="store_true", help="measure nothing, write the tables anew")
    parser.add_argument("--paths", nargs="*", metavar="PATTERN", help="print deepest paths, such as of 'server/*'")
    asked = parser.parse_args()
    try:
        if asked.tables:
            write_tables(figures.load())
        elif asked.paths is not None:
            show_paths(asked.paths or ["*"])
        elif asked.check:
            return check(asked.quick)
        else:
            measured = measure()
            figures.save(measured)
            write_tables(measured)
    except MeasureError as error:
        print(f"device: {error}", file=sys.stderr)
        return 1
    return 0


def measure(quick: bool = False) -> Committed:
    found: dict[str, int] = {}
    paths: dict[str, StackPath] = {}
    with tempfile.TemporaryDirectory() as folder:
        for target in (MIPS32, MICROMIPS):
            survey = Survey(target, Path(folder), quick)
            found |= survey.figures()
            paths |= survey.paths
    return Committed(MIPS32.version, found, {name: str(path) for name, path in deepest(paths).items()})


def deepest(paths: dict[str, StackPath]) -> dict[str, StackPath]:
    """Of each header and build the deepest path, for MIPS32."""
    found: dict[str, StackPath] = {}
    for name, path in paths.items():
        target, _, group = name.rsplit("/", 1)[0].partition("/stack/")
        if target == MIPS32.name and path.depth > 0 and path.depth > (found[group].depth if group in found else 0):
            found[group] = path
    return found


def check(quick: bool) -> int:
    committed = figures.load()
    measured = measure(quick)
    wrong = figures.growth(committed.figures, measured.figures)
    if not quick:
        wrong += figures.leftovers(committed.figures, measured.figures)
    for line in figures.shrinkage(committed.figures, measured.figures):
        print(f"smaller: {line}")
    for line in wrong:
        print(f"device: {line}", file=sys.stderr)
    if wrong:
        print("device: scripts/device writes docs/device.json and its tables anew "
              f"(compiler: {measured.compiler}; the table's: {committed.compiler})", file=sys.stderr)
    return 1 if wrong else 0


def show_paths(patterns: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        survey = Survey(MIPS32, Path(folder), gated=True)
        survey.figures()
    for name, path in sorted(survey.paths.items(), key=lambda item: -item[1].depth):
        shown = name.partition("/stack/")[2]
        if any(fnmatchcase(shown, f"*{pattern}*") for pattern in patterns):
            print(f"{path.depth:5} {shown}\n      {path}")


def write_tables(committed: Committed) -> None:
    names = (README, MIGRATING, PIC32, DEVICE)
    read = {name: (ROOT / name).read_text(encoding="utf-8") for name in names}
    for name, text in documents(committed, read).items():
        (ROOT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

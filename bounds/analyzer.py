# SPDX-License-Identifier: MIT
"""What gcc -fanalyzer finds: warnings of paths through the functions of one source. With -O1, as it
loses count in loops that -O2 has turned around.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from measure.toolchain import MeasureError, Unit

_COMMAND = ("gcc", "-std=c11", "-O1", "-fanalyzer", "-fdiagnostics-plain-output", "-c", "-o", os.devnull)
_WARNING = re.compile(r"^\S+?:\d+(:\d+)?: (warning|error): .*$", re.M)


def warnings_of(units: Iterable[Unit]) -> list[str]:
    """A line each. MeasureError: a source does not compile."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(_warnings, units))
    return list(dict.fromkeys(line for lines in found for line in lines))


def _warnings(unit: Unit) -> list[str]:
    done = subprocess.run([*_COMMAND, *unit.flags, unit.source], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise MeasureError(f"{unit.source}: {done.stderr}")
    return [match[0] for match in _WARNING.finditer(done.stderr)]

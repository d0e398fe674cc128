# SPDX-License-Identifier: MIT
"""docs/MISRA.md, of the reasons and the recorded counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bounds.limits import Counts, Deviation, Limits
from bounds.misra import rules_of
from bounds.rooms import NAMES
from cmake.sources import ROOT

FILE = ROOT / "docs" / "MISRA.md"

_HEAD = """<!-- SPDX-License-Identifier: MIT -->
<!--
  Generated from bounds/limits.yaml, misra.yaml and misra-counts.json: do not edit.
  To regenerate: scripts/static --write
-->
# MISRA C:2012, and other bounds

    scripts/static          # looks, compares with what is written here, writes build/static.json
    scripts/static --write  # writes the counts and this page anew

It looks at every room of C that a program may link: {rooms}. It fails when

- a function calls itself, by way of others or not. Calls through the contracts of port, stream and
  cryptography, and callbacks of the application, lead out of the graph;
- an object wants an allocator that is not listed below;
- a function written by hand is more complex than {complexity} (McCabe) or longer than {length} lines;
- `gcc -fanalyzer` warns, or cppcheck finds something of its own (warning, performance, portability);
- a rule of MISRA C:2012 is not kept that has no number below, a rule below is kept everywhere, or
  a count has grown. Mandatory rules are kept; they can have no number.

## Allocators

| File | Symbols | Why |
| --- | --- | --- |
"""

_MISRA = """
## Deviations

By cppcheck {cppcheck} and its MISRA addon, in the default configuration of each room. They read no
headers of the system and of mbedTLS, and the addon goes by syntax where it knows no types. Which
rules it does not check, `misra.py` says itself. What rules are about is in our words.

| # | Rule | Category | About | Places | Why |
| --- | --- | --- | --- | --- | --- |
"""

_COUNTS = """
## Places, by room

"""


def document(limits: Limits, deviations: Sequence[Deviation], counts: Counts) -> str:
    text = _HEAD.format(rooms=", ".join(f"`{name}/`" for name in NAMES), complexity=limits.complexity,
                        length=limits.length)
    text += "".join(f"| `{one.file}` | {', '.join(f'`{symbol}`' for symbol in one.symbols)} | {one.reason} |\n"
                    for one in limits.heap)
    totals = rules_of(counts.counts)
    text += _MISRA.format(cppcheck=counts.cppcheck)
    text += "".join(f"| {one.id} | {one.rule} | {one.category} | {one.subject} | {totals.get(one.rule, 0)} "
                    f"| {one.reason} |\n" for one in deviations)
    return text + _COUNTS + _table(deviations, counts)


def _table(deviations: Sequence[Deviation], counts: Counts) -> str:
    lines = [f"| # | Rule | {' | '.join(f'`{name}`' for name in NAMES)} |", "| --- | --- |" + " --- |" * len(NAMES)]
    for one in deviations:
        cells = (str(counts.counts.get(f"{one.rule}/{name}", "")) for name in NAMES)
        lines.append(f"| {one.id} | {one.rule} | {' | '.join(cells)} |")
    sums = [sum(count for name, count in counts.counts.items() if name.partition("/")[2] == room) for room in NAMES]
    return "\n".join([*lines, f"| | all | {' | '.join(map(str, sums))} |"]) + "\n"


def write(text: str, file: Path = FILE) -> None:
    file.write_text(text, encoding="utf-8")

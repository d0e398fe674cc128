# SPDX-License-Identifier: MIT
"""What the fuzzers did: read from what libFuzzer says, kept in docs/fuzzing.json.

    python3 -m verification.fuzzing [--record] FOLDER    logs, one of each fuzzer
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from cmake.sources import ROOT

FILE = ROOT / "docs" / "fuzzing.json"


@dataclass(frozen=True)
class Runs:
    """Of one fuzzer: how often it ran, for how long, and how many inputs broke something."""

    runs: int
    seconds: int
    findings: int

    def __add__(self, more: Runs) -> Runs:
        return Runs(self.runs + more.runs, self.seconds + more.seconds, self.findings + more.findings)


def read(log: str) -> Runs:
    """ValueError: it is no log of a fuzzer that came to an end or found something."""
    findings = log.count("Test unit written to")
    done = re.search(r"^Done (\d+) runs in (\d+) second", log, re.M)
    if done is not None:
        return Runs(int(done[1]), int(done[2]), findings)
    if findings > 0:
        executed = re.search(r"stat::number_of_executed_units: (\d+)", log)
        return Runs(int(executed[1]) if executed else 0, 0, findings)
    raise ValueError("it did not run to its end")


def load() -> dict[str, Runs]:
    if not FILE.exists():
        return {}
    return {name: Runs(**runs) for name, runs in json.loads(FILE.read_text(encoding="utf-8")).items()}


def table(runs: Mapping[str, Runs]) -> list[str]:
    """With a sum, in Markdown."""
    rows = [*sorted(runs.items()), ("all", sum(runs.values(), Runs(0, 0, 0)))]
    return ["| Fuzzer | Runs | Seconds | Findings |", "| --- | ---: | ---: | ---: |",
            *(f"| {name} | {of.runs:,} | {of.seconds:,} | {of.findings} |" for name, of in rows)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/fuzz")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    found: dict[str, Runs] = {}
    wrong = 0
    for log in sorted(asked.folder.iterdir()):
        try:
            found[log.name] = read(log.read_text(encoding="utf-8", errors="replace"))
        except ValueError as error:
            print(f"fuzz: {log}: {error}", file=sys.stderr)
            wrong = 1
    print("\n".join(table(found)))
    if asked.record:
        before = load()
        added = {name: before.get(name, Runs(0, 0, 0)) + runs for name, runs in found.items()}
        FILE.write_text(json.dumps({name: asdict(runs) for name, runs in sorted((before | added).items())},
                                   indent=1) + "\n", encoding="utf-8")
    return wrong or int(any(runs.findings > 0 for runs in found.values()))


if __name__ == "__main__":
    sys.exit(main())

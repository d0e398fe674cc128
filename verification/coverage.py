# SPDX-License-Identifier: MIT
"""Which lines and branches of the engine the tests execute: what gcov counted in a build, merged over the
ways in which each source is compiled. Fails where less is executed than is promised.

    python3 -m verification.coverage BUILD    a build folder whose tests have run

Debian's gcovr does not merge functions that stand at different lines in different settings.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml

from cmake.sources import ROOT

ROOMS = ("runtime", "generated", "api")
LINES, BRANCHES = 100.0, 95.0
"""Percent of each room."""
EXCLUDED = Path(__file__).with_name("not_covered.yaml")


@dataclass
class Line:
    """How often it was executed; of its branches, for each number of them (settings differ), how often each."""

    count: int = 0
    branches: dict[int, list[int]] = field(default_factory=dict)

    def add(self, count: int, branches: list[int]) -> None:
        self.count += count
        if branches:
            known = self.branches.setdefault(len(branches), [0] * len(branches))
            self.branches[len(branches)] = [a + b for a, b in zip(known, branches)]

    @property
    def fullest(self) -> list[int]:
        """The branches where it has the most."""
        return self.branches[max(self.branches)] if self.branches else []


Files = dict[str, dict[int, Line]]
"""By name and number of the line."""


@dataclass(frozen=True)
class Share:
    lines: int
    lines_executed: int
    branches: int
    branches_taken: int
    excluded: int

    @property
    def line_percent(self) -> float:
        return 100 * self.lines_executed / self.lines if self.lines else 100.0

    @property
    def branch_percent(self) -> float:
        return 100 * self.branches_taken / self.branches if self.branches else 100.0


@dataclass(frozen=True)
class Excluded:
    """A line, as it is written, that no test executes, or with `branches` one whose branches are not
    all taken, and why. `sometimes`: it may be executed."""

    file: str
    text: str
    because: str
    branches: bool = False
    sometimes: bool = False


def gather(build: Path) -> Files:
    files: Files = defaultdict(lambda: defaultdict(Line))
    counted = sorted(build.rglob("*.gcda"))
    for report in _reports(counted):
        for source in report["files"]:
            name = _name(Path(report["current_working_directory"]) / source["file"], build)
            if name is not None:
                for line in source["lines"]:
                    files[name][line["line_number"]].add(
                        line["count"], [branch["count"] for branch in line["branches"]])
    return files


def _reports(counted: list[Path]) -> Iterator[Any]:
    for first in range(0, len(counted), 50):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                ["gcov", "--json-format", "--stdout", "--branch-counts", "--branch-probabilities",
                 *(str(path.resolve()) for path in counted[first:first + 50])], cwd=folder, capture_output=True, check=True)
        for line in done.stdout.splitlines():
            if line.startswith(b"{"):
                yield json.loads(line)
            elif line.startswith(b"\x1f\x8b"):
                yield json.loads(gzip.decompress(line))


def _name(path: Path, build: Path) -> str | None:
    """Of a file in one of the rooms, as in the repository."""
    path = path.resolve()
    for base in (build.resolve(), ROOT):
        if path.is_relative_to(base):
            inside = path.relative_to(base)
            if inside.parts[0] in ROOMS:
                return str(inside)
    return None


def missed(files: Files, excluded: Iterable[Excluded]) -> tuple[list[str], dict[str, Share], list[str]]:
    """Lines that were not executed, each room's share, and what is wrong with the exclusions."""
    lines_out: list[str] = []
    counts = {room: [0, 0, 0, 0, 0] for room in ROOMS}
    known = {(entry.file, entry.text, entry.branches): entry for entry in excluded}
    needed: set[tuple[str, str, bool]] = set()
    for name, lines in sorted(files.items()):
        texts = _source(name)
        room = counts[name.split("/")[0]]
        for number, line in sorted(lines.items()):
            text = " ".join(texts[number - 1].split()) if number <= len(texts) else ""
            key = (name, text, False)
            if line.count == 0 and key in known:
                needed.add(key)
                room[4] += 1
                continue
            room[0] += 1
            room[1] += line.count > 0
            if line.count == 0:
                lines_out.append(f"{name}:{number}: {text}")
            taken = sum(count > 0 for count in line.fullest)
            if taken < len(line.fullest) and (name, text, True) in known:
                needed.add((name, text, True))
                room[4] += 1
                continue
            room[2] += len(line.fullest)
            room[3] += taken
    wrong = [f"{EXCLUDED.name}: {file}: {text}: it is executed, or is not there"
             for (file, text, branches), entry in known.items()
             if (file, text, branches) not in needed and not entry.sometimes]
    return lines_out, {room: Share(*numbers) for room, numbers in counts.items()}, wrong


def _source(name: str) -> list[str]:
    """Generated files are those of the build, which are the committed ones."""
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def half_taken(files: Files, excluded: Iterable[Excluded]) -> list[str]:
    """Lines that were executed, but not with all their branches."""
    known = {(entry.file, entry.text) for entry in excluded if entry.branches}
    found = []
    for name, lines in sorted(files.items()):
        texts = _source(name)
        for number, line in sorted(lines.items()):
            text = " ".join(texts[number - 1].split())
            taken = sum(count > 0 for count in line.fullest)
            if line.count > 0 and taken < len(line.fullest) and (name, text) not in known:
                found.append(f"{name}:{number}: {taken} of {len(line.fullest)}: {text}")
    return found


def exclusions() -> list[Excluded]:
    read = yaml.safe_load(EXCLUDED.read_text(encoding="utf-8")) or []
    return [Excluded(**entry) for entry in read]


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/coverage")
    parser.add_argument("build", type=Path)
    parser.add_argument("--branches", action="store_true", help="also name the lines whose branches are not all taken")
    asked = parser.parse_args()
    files = gather(asked.build)
    excluded = exclusions()
    lines, shares, wrong = missed(files, excluded)
    if asked.branches:
        print("\n".join(half_taken(files, excluded)))
    print("| Room | Lines | executed | Branches | taken | Excluded |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for room, share in shares.items():
        print(f"| {room} | {share.lines} | {share.line_percent:.2f} % | {share.branches} | {share.branch_percent:.2f} % "
              f"| {share.excluded} |")
        if share.line_percent < LINES or share.lines == 0:
            wrong.append(f"{room}: not every line is executed")
        if share.branch_percent < BRANCHES:
            wrong.append(f"{room}: less than {BRANCHES:.0f} % of the branches are taken")
    (asked.build / "coverage.json").write_text(
        json.dumps({room: asdict(share) for room, share in shares.items()}, indent=1) + "\n", encoding="utf-8")
    for line in [*(f"not executed: {line}" for line in lines), *wrong]:
        print(f"coverage: {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: MIT
"""What became of the mutants: docs/mutation.json, the reasons of those that live (reasons.yaml), and
docs/MUTATION.md made of both.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from cmake.sources import ROOT
from mutation.mutant import Mutant
from mutation.workshop import Verdict

FOUND = ROOT / "docs" / "mutation.json"
TEXT = ROOT / "docs" / "MUTATION.md"
REASONS = Path(__file__).with_name("reasons.yaml")
GOAL = 90
"""Percent of the mutants that have to be seen; those that are no other program count as not seen."""
NONE = ("compiler", "generator")
"""What refuses a mutant: it is none."""
NOT_SEEN = ("", "same")


@dataclass(frozen=True)
class Found:
    """Of a sample: how many mutants of each file and kind were seen by which suite, and the names
    of those that live."""

    seed: int
    seen: Mapping[str, int]
    refused: Mapping[str, int]
    kinds: Mapping[str, tuple[int, int]]
    """Of each kind of change: seen, all."""
    same: tuple[str, ...]
    alive: tuple[str, ...]

    @property
    def tried(self) -> int:
        return self.killed + len(self.same) + len(self.alive)

    @property
    def killed(self) -> int:
        return sum(self.seen.values())

    @property
    def percent(self) -> float:
        return 100 * self.killed / self.tried if self.tried > 0 else 0.0


def save(seed: int, chosen: Iterable[Mutant], verdicts: Iterable[Verdict]) -> None:
    by = {verdict.mutant: verdict.by for verdict in verdicts}
    valid = [mutant for mutant in chosen if by[mutant.name] not in NONE]
    kinds = {kind: (sum(mutant.change.kind == kind and by[mutant.name] not in NOT_SEEN for mutant in valid),
                    sum(mutant.change.kind == kind for mutant in valid))
             for kind in sorted({mutant.change.kind for mutant in valid})}
    found = Found(seed, Counter(by[mutant.name] for mutant in valid if by[mutant.name] not in NOT_SEEN),
                  Counter(verdict for verdict in by.values() if verdict in NONE), kinds,
                  tuple(sorted(mutant.name for mutant in valid if by[mutant.name] == "same")),
                  tuple(sorted(mutant.name for mutant in valid if by[mutant.name] == "")))
    FOUND.write_text(json.dumps(found.__dict__, indent=1) + "\n", encoding="utf-8")


def load() -> Found:
    read = json.loads(FOUND.read_text(encoding="utf-8"))
    kinds = {kind: (seen, tried) for kind, (seen, tried) in read.pop("kinds").items()}
    return Found(kinds=kinds, same=tuple(read.pop("same")), alive=tuple(read.pop("alive")), **read)


def write() -> int:
    """docs/MUTATION.md; 1: something is not as it has to be."""
    found = load()
    reasons: dict[str, str] = yaml.safe_load(REASONS.read_text(encoding="utf-8")) or {}
    TEXT.write_text(page(found, reasons), encoding="utf-8")
    wrong = [f"lives without a reason: {name}" for name in found.alive if name not in reasons]
    wrong += [f"a reason for nothing: {name}" for name in reasons if name not in found.alive]
    if found.percent < GOAL:
        wrong.append(f"{found.percent:.1f} % are seen, less than {GOAL}")
    for line in wrong:
        print(f"mutate: {line}", file=sys.stderr)
    print(f"{found.killed} of {found.tried} mutants seen, {found.percent:.1f} %")
    return 1 if wrong else 0


def page(found: Found, reasons: Mapping[str, str]) -> str:
    lines = ["<!-- SPDX-License-Identifier: MIT -->", "<!-- Made by scripts/mutate; do not edit. -->", "# Mutants", "",
             "`scripts/mutate` changes the runtime and the specification in one place at a time (another operator or",
             "constant, a statement or row less, a row that leads elsewhere...), builds, and runs the tests until one fails.",
             "", f"Of a sample (seed {found.seed}) of {found.tried} mutants that compile, {found.killed} were seen, "
             f"{found.percent:.1f} %. {len(found.same)} are the same program to the compiler; the {len(found.alive)} others "
             "that no test saw are listed below.",
             f"{sum(found.refused.values())} more were refused: " +
             ", ".join(f"{count} by the {who}" for who, count in sorted(found.refused.items())) + ".",
             "", "| Change | Mutants | Seen |", "| --- | ---: | ---: |"]
    lines += [f"| {kind} | {tried} | {seen} |" for kind, (seen, tried) in sorted(found.kinds.items())]
    lines += ["", "| Seen first by | Mutants |", "| --- | ---: |"]
    lines += [f"| {suite} | {count} |" for suite, count in sorted(found.seen.items(), key=lambda item: -item[1])]
    lines += ["", "## Not seen", ""]
    for name in found.alive:
        lines += [f"- {name}", f"  {' '.join(reasons.get(name, 'No reason is known.').split())}"]
    lines += ["", "## The same to the compiler", ""]
    lines += [f"- {name}" for name in found.same]
    return "\n".join(lines) + "\n"

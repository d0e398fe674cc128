# SPDX-License-Identifier: MIT
"""That a proof can fail: a copy of the sources is broken in one place, and the proof is red."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from pathlib import Path

from cmake.sources import ROOT
from mutation.workshop import Workshop

HERE = ROOT / "build-verification"
FETCHED = ("build-lwip",)
"""Sources that scripts have fetched; it does not have to be done again."""
PATIENCE = 900
"""Seconds."""


@dataclass(frozen=True)
class Edit:
    """Of a file: `old`, which stands there once, becomes `new`."""

    file: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        path = root / self.file
        text = path.read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise DemonstrationError(f"{self.file}: `{self.old}` does not stand there once")
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


@dataclass(frozen=True)
class Demonstration:
    """`what`: the mistake, in words. `targets` are built; then `command`, which begins with a
    program of the build or one of the system, is red. `prepares`: commands before that are not."""

    what: str
    edit: Edit
    command: tuple[str, ...]
    targets: tuple[str, ...] = ()
    prepares: tuple[tuple[str, ...], ...] = ()


class DemonstrationError(Exception):
    """It is no demonstration: the proof is green with the mistake, or red without."""


def demonstrate(demonstration: Demonstration) -> None:
    """First without the mistake, then with it."""
    workshop = Workshop(ROOT, HERE)
    workshop.copy()
    for fetched in FETCHED:
        if (ROOT / fetched).exists():
            (HERE / fetched).symlink_to(ROOT / fetched)
    if demonstration.targets:
        workshop.configure()
    if not _succeeds(workshop, demonstration):
        raise DemonstrationError(f"red without a mistake; see {HERE / 'log'}")
    demonstration.edit.apply(HERE)
    if _succeeds(workshop, demonstration):
        raise DemonstrationError(f"green although {demonstration.what}")


def _succeeds(workshop: Workshop, demonstration: Demonstration) -> bool:
    if demonstration.targets and not workshop.make(demonstration.targets):
        raise DemonstrationError(f"it does not build; see {HERE / 'log'}")
    for command in demonstration.prepares:
        if not workshop.run(list(command), PATIENCE):
            raise DemonstrationError(f"{' '.join(command)} fails; see {HERE / 'log'}")
    return workshop.run(list(demonstration.command), PATIENCE, resource.RLIM_INFINITY)  # sanitizers map a lot

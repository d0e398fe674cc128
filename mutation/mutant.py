# SPDX-License-Identifier: MIT
"""One change of one place of one file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """In a text: what stands at `at` becomes `new`. `within`: what it is part of, where that has a name."""

    kind: str
    at: int
    old: str
    new: str
    within: str = ""


@dataclass(frozen=True)
class Mutant:
    """`place` tells changes apart that look alike in lines that are the same: the how-manieth of
    them it is in the file, from 0. No number of a line: what stands elsewhere does not matter."""

    file: str
    change: Change
    line: int
    text: str
    place: int

    @property
    def name(self) -> str:
        """Stays as long as the line does."""
        place = f" ({self.place + 1})" if self.place > 0 else ""
        within = f"{self.change.within}: " if self.change.within else ""
        return f"{self.file}: {within}{self.text}: {_short(self.change.old)} -> {_short(self.change.new)}{place}"

    def applied(self, source: str) -> str:
        change = self.change
        assert source.startswith(change.old, change.at)
        return source[:change.at] + change.new + source[change.at + len(change.old):]


def mutants(file: str, source: str, changes: Iterable[Change]) -> list[Mutant]:
    seen: dict[str, int] = {}
    found = []
    for change in changes:
        start = source.rfind("\n", 0, change.at) + 1
        end = source.find("\n", change.at)
        text = " ".join(source[start:end if end >= 0 else len(source)].split())
        alike = "\0".join((change.within, text, _short(change.old), _short(change.new)))
        place = seen.setdefault(alike, 0)
        seen[alike] += 1
        found.append(Mutant(file, change, source.count("\n", 0, change.at) + 1, text, place))
    return found


def sample(all_of_them: Iterable[Mutant], count: int, seed: int) -> list[Mutant]:
    """Some of them, as good as drawn; a change elsewhere in the sources leaves most of them the same."""
    def lot(mutant: Mutant) -> bytes:
        return hashlib.sha256(f"{seed}\0{mutant.name}".encode()).digest()
    chosen = sorted(all_of_them, key=lot)[:count]
    return sorted(chosen, key=lambda mutant: (mutant.file, mutant.change.at, mutant.change.new))


def _short(code: str) -> str:
    """In one line."""
    return f"`{' '.join(code.split())}`"

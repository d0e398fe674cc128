# SPDX-License-Identifier: MIT
"""What is wrong with a specification, and where. Knows nothing of what is checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake. `path` is set where it is not in the specification's own file."""

    line: int
    code: str
    text: str
    path: str = ""

    def report(self, spec_path: str) -> str:
        return f"{self.path or spec_path}:{self.line}: {self.code}: {self.text}"


class Refused(Exception):
    """The specification has problems: nothing is rendered."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("; ".join(problem.text for problem in self.problems))

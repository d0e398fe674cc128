# SPDX-License-Identifier: MIT
"""Checks spec/rfc6455.yaml and writes docs/RFC6455.md.

    python3 -m tests.rfc6455           write the page
    python3 -m tests.rfc6455 --check   write nothing. Exit status 1: refused or stale
"""

from __future__ import annotations

import sys
from pathlib import Path

from generator.load import load
from generator.problem import Problem, Refused
from tests.rfc6455.check import problems
from tests.rfc6455.entries import read_sections
from tests.rfc6455.render import page

ROOT = Path(__file__).resolve().parents[2]
LIST = "spec/rfc6455.yaml"
PAGE = ROOT / "docs" / "RFC6455.md"


def current(root: Path = ROOT) -> str:
    """The page as it is to be, or Refused."""
    sections = read_sections(root / LIST)
    found = problems(ROOT, load(ROOT / "spec" / "wss_states.yaml", "spec/wss_states.yaml"), sections)
    if found:
        raise Refused(found)
    return page(sections)


def main(arguments: list[str]) -> int:
    try:
        text = current()
    except Refused as refused:
        return _report(refused.problems)
    if "--check" in arguments:
        return 0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text else _stale()
    PAGE.write_text(text, encoding="utf-8")
    return 0


def _report(found: tuple[Problem, ...]) -> int:
    for problem in found:
        print(problem.report(LIST), file=sys.stderr)
    return 1


def _stale() -> int:
    print("docs/RFC6455.md: stale; run python3 -m tests.rfc6455", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

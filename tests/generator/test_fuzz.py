# SPDX-License-Identifier: MIT
"""Whatever the specification is: accepted and rendered, or refused with a code and a line; never
a traceback, never without end.
"""

from __future__ import annotations

import re
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import Phase, given

from generator.check import check
from generator.check.codes import CODES
from generator.load import load
from generator.problem import Problem, Refused
from generator.render import render
from tests.effort import examples
from tests.generator.mutations import BULK, SHAPE, mangled, misnamed, specifications
from tests.generator.specs import BASE, ROOT

SMALL = BASE.read_text(encoding="utf-8")
REAL = (ROOT / "spec" / "wss_states.yaml").read_text(encoding="utf-8")
ENDLESS = 30
"""Seconds that only something without end takes."""
LINE_END = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
"""As YAML 1.1 counts lines."""

outcomes: Counter[str] = Counter()
"""By the code of the first problem; accepted ones by an empty one."""


class WithoutEnd(Exception):
    """Raised in whatever does not end."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise WithoutEnd


@contextmanager
def watched() -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _stop)
    signal.alarm(ENDLESS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def problems_of(path: Path) -> tuple[Problem, ...]:
    try:
        spec = load(path, "spec.yaml")
        for text in render(spec, check(spec, None)).values():
            text.encode("utf-8")
    except Refused as refused:
        assert refused.problems
        return refused.problems
    return ()


def judge(data: bytes, path: Path) -> None:
    path.write_bytes(data)
    with watched():
        problems = problems_of(path)
    outcomes[problems[0].code if problems else ""] += 1
    lines = len(LINE_END.findall(data.decode("utf-8", "replace"))) + 1
    for problem in problems:
        report = problem.report("spec.yaml")
        assert problem.code in CODES
        assert 1 <= problem.line <= lines, report
        assert LINE_END.search(report) is None, report
        report.encode("utf-8")


@pytest.fixture(scope="module", name="spec")
def spec_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "spec.yaml"


@given(data=misnamed(SMALL))
@examples(90)
def test_names_and_rows(spec: Path, data: bytes) -> None:
    judge(data, spec)


@given(data=misnamed(REAL))
@examples(2)
def test_the_real_one(spec: Path, data: bytes) -> None:
    judge(data, spec)


@given(data=specifications(SMALL, SHAPE))
@examples(50)
def test_shapes(spec: Path, data: bytes) -> None:
    judge(data, spec)


@given(data=specifications(SMALL, BULK))
@examples(10, phases=[Phase.generate])
def test_bulk(spec: Path, data: bytes) -> None:
    judge(data, spec)


@given(data=mangled(SMALL.encode()))
@examples(50)
def test_bytes(spec: Path, data: bytes) -> None:
    judge(data, spec)


def test_many_ways_were_seen() -> None:
    """Or the tests above try the same thing again and again."""
    if len(outcomes) < 2:
        pytest.skip("the tests above did not run")
    print(dict(outcomes))
    stages = {code[:2] for code in outcomes}
    assert outcomes[""] >= 10 and len(outcomes) >= 20 and stages >= {"E0", "E1", "E2", "E4"}, outcomes

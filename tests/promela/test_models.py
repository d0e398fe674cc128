# SPDX-License-Identifier: MIT
"""The committed specification keeps the rules in every world, and each of its rows is taken."""

from __future__ import annotations

import re
import tempfile
from functools import lru_cache
from pathlib import Path

import pytest

from tests.promela.spin import HERE, MODELS, SPEC, Verdict, build, machines, verify


@lru_cache(maxsize=None)
def verdicts(name: str) -> tuple[Verdict, ...]:
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        machines(SPEC, where)
        build(MODELS[name], where)
        return tuple(verify(MODELS[name], where))


@pytest.mark.parametrize("name", MODELS)
def test_all_rules_hold(name: str) -> None:
    for verdict in verdicts(name):
        assert verdict.violated == (), verdict.path


def test_every_row_is_taken(tmp_path: Path) -> None:
    """A rule about rows that nothing leads to would hold, too."""
    taken = {row for name in MODELS for verdict in verdicts(name) for row in verdict.rows}
    left = [(machine.role, row.line, row.event) for number, machine in enumerate(machines(SPEC, tmp_path))
            for index, row in enumerate(machine.rows) if (number, index) not in taken]
    assert left == []


@pytest.mark.parametrize("name", MODELS)
def test_every_formula_is_verified(name: str) -> None:
    text = (HERE / MODELS[name].file).read_text(encoding="utf-8")
    assert re.findall(r"^ltl (\w+)", text, re.MULTILINE) == list(MODELS[name].formulas)

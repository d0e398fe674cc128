# SPDX-License-Identifier: MIT
"""What the proofs' figures are made of; docs/VERIFICATION.md is of today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.programs import ROOT
from verification import coverage, fuzzing, page
from verification.coverage import Excluded, Files, Line
from verification.demonstrate import DemonstrationError, Edit
from verification.fuzzing import Runs
from verification.items import ITEMS, Item

FILE = "runtime/wss_words.c"
TEXTS = (Path(__file__).resolve().parents[2] / FILE).read_text(encoding="utf-8").splitlines()
NUMBER = next(number for number, text in enumerate(TEXTS, 1) if text.strip() == "return false;")


def files(count: int, *branches: int) -> Files:
    line = Line()
    line.add(count, list(branches))
    return {FILE: {NUMBER: line}}


def excluded(**more: bool) -> Excluded:
    return Excluded(FILE, "return false;", "because", **more)


def test_a_line_that_is_not_executed_is_named() -> None:
    lines, shares, wrong = coverage.missed(files(0), [])
    assert lines == [f"{FILE}:{NUMBER}: return false;"] and not wrong
    assert shares["runtime"].line_percent == 0
    assert coverage.missed(files(1), [])[0] == []


def test_branches_are_counted() -> None:
    assert coverage.missed(files(1, 1, 0), [])[1]["runtime"].branch_percent == 50
    assert coverage.half_taken(files(1, 1, 0), []) == [f"{FILE}:{NUMBER}: 1 of 2: return false;"]


def test_settings_are_merged() -> None:
    """A branch is taken where any build takes it; the one that has the most branches counts."""
    line = Line()
    line.add(0, [0, 0])
    line.add(1, [1, 0])
    line.add(1, [0, 1])
    line.add(1, [])
    assert (line.count, line.fullest) == (3, [1, 1])


def test_what_is_excluded_does_not_count() -> None:
    lines, shares, wrong = coverage.missed(files(0), [excluded()])
    assert not lines and not wrong and shares["runtime"].lines == 0 and shares["runtime"].excluded == 1
    assert coverage.missed(files(1, 1, 0), [excluded(branches=True)])[1]["runtime"].branches == 0


@pytest.mark.parametrize("entry", [excluded(), excluded(branches=True), Excluded(FILE, "no such line", "because")])
def test_an_exclusion_that_is_not_needed_is_wrong(entry: Excluded) -> None:
    assert coverage.missed(files(1, 1, 1), [entry])[2]
    assert not coverage.missed(files(1, 1, 1), [excluded(sometimes=True)])[2]


DONE = "#2 INITED\nDone 1234 runs in 31 second(s)\nstat::number_of_executed_units: 1234\n"
CRASH = "==1==ERROR\nTest unit written to build-fuzz/found/x\nstat::number_of_executed_units: 99\n"


def test_logs_of_fuzzers() -> None:
    assert fuzzing.read(DONE) == Runs(1234, 31, 0)
    assert fuzzing.read(CRASH) == Runs(99, 0, 1)
    with pytest.raises(ValueError):
        fuzzing.read("killed")
    assert fuzzing.table({"a": Runs(1000, 2, 0), "b": Runs(1, 1, 1)})[-1] == "| all | 1,001 | 3 | 1 |"


def test_a_mistake_is_made_where_it_stands_once(tmp_path: Path) -> None:
    (tmp_path / "x.c").write_text("a b a")
    Edit("x.c", "b", "c").apply(tmp_path)
    assert (tmp_path / "x.c").read_text() == "a c a"
    for old in ("a", "z"):
        with pytest.raises(DemonstrationError):
            Edit("x.c", old, "c").apply(tmp_path)


@pytest.mark.parametrize("item", [item for item in ITEMS if item.demonstration], ids=[item.name for item in ITEMS if item.demonstration])
def test_what_is_to_be_broken_stands_there(item: Item) -> None:
    assert item.demonstration is not None
    edit = item.demonstration.edit
    assert (ROOT / edit.file).read_text(encoding="utf-8").count(edit.old) == 1


def test_the_page_is_current() -> None:
    assert page.PAGE.read_text(encoding="utf-8") == page.text(page.load())

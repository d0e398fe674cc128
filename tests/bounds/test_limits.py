# SPDX-License-Identifier: MIT
"""The gate of MISRA, what is accepted, and docs/MISRA.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bounds import document, misra
from bounds.cppcheck import Finding
from bounds.limits import (Counts, Deviation, load_counts, load_deviations, load_limits, save_counts)
from bounds.rooms import ROOMS, room_of
from cmake.sources import ROOT
from measure.toolchain import MeasureError

ENTRY = "D{n}:\n  rule: \"{rule}\"\n  category: {category}\n  subject: s\n  reason: r\n"


def deviations(folder: Path, *entries: tuple[int, str, str]) -> list[str]:
    file = folder / "misra.yaml"
    file.write_text("".join(ENTRY.format(n=n, rule=rule, category=category) for n, rule, category in entries),
                    encoding="utf-8")
    return [f"{one.id} {one.rule}" for one in load_deviations(file)]


def test_deviations_come_in_the_order_of_rules(tmp_path: Path) -> None:
    assert deviations(tmp_path, (1, "10.1", "required"), (2, "9.2", "required"), (3, "10.10", "advisory"),
                      (4, "10.3", "required")) == ["D2 9.2", "D1 10.1", "D4 10.3", "D3 10.10"]


@pytest.mark.parametrize("entries, text", [
    ([(1, "15.6", "required"), (1, "15.5", "advisory")], "D1 is there twice"),
    ([(1, "15.6", "required"), (2, "15.6", "required")], "15.6 is there twice"),
    ([(1, "17.3", "required")], "can have no deviation"),
    ([(1, "15.6", "mandatory")], "can have no deviation"),
])
def test_deviations_that_are_refused(tmp_path: Path, entries: list[tuple[int, str, str]], text: str) -> None:
    with pytest.raises(MeasureError, match=text):
        deviations(tmp_path, *entries)


D1 = Deviation("D1", "15.6", "required", "", "")


def test_a_reason_whose_rule_is_kept_is_named() -> None:
    assert misra.unexplained({"15.6/tls": 2}, [D1]) == []
    assert misra.unexplained({}, [D1]) == ["D1: rule 15.6 is kept everywhere"]


def test_a_mandatory_rule_is_named() -> None:
    assert misra.unexplained({"17.3/api": 2, "15.6/api": 1}, [D1]) == [
        "rule 17.3 is mandatory, and is not kept in 2 places"]


def test_a_count_that_grew_is_named_by_its_room() -> None:
    recorded = Counts("", {"15.6/tls": 2, "15.6/api": 9})
    assert misra.grown(recorded, {"15.6/tls": 3, "15.6/api": 8}) == ["rule 15.6/tls: 2 in the table, 3 now (+1)"]


def test_counts_are_by_rule_and_room() -> None:
    def at(file: str, rule: str) -> Finding:
        return Finding(ROOT / file, 1, 1, f"misra-c2012-{rule}", "")
    found = [at("hal/sim/a.c", "15.6"), at("hal/sim/b.c", "15.6"), at("runtime/a.c", "15.6"), at("runtime/a.c", "2.3"),
             at("build-lwip/a.h", "2.3"), Finding(ROOT / "tls/a.c", 1, 1, "nullPointer", "")]
    assert list(misra.counts_of(found).items()) == [("2.3/runtime", 1), ("15.6/runtime", 1), ("15.6/hal/sim", 2)]


def test_counts_are_read_as_they_were_written(tmp_path: Path) -> None:
    counts = Counts("2.10", {"15.6/tls": 2, "15.5/tls": 1})
    save_counts(counts, tmp_path / "counts.json")
    assert load_counts(tmp_path / "counts.json") == counts


def test_every_source_of_ours_is_in_a_room() -> None:
    """But the programs' own, and what stands for them."""
    listed = {file for room in ROOMS for file in room.files}
    there = {file for room in ROOMS for file in (ROOT / room.name).glob("*.c")}
    assert there <= listed
    assert all(room_of(file) is not None for file in listed)


def test_each_reason_is_about_something_and_each_rule_has_one() -> None:
    assert misra.unexplained(load_counts().counts, load_deviations()) == []
    assert all(re.fullmatch(r"D\d+", one.id) and one.reason.endswith(".") for one in load_deviations())


def test_the_page_is_current() -> None:
    text = document.document(load_limits(), load_deviations(), load_counts())
    assert text == document.FILE.read_text(encoding="utf-8"), "docs/MISRA.md: scripts/static --write"

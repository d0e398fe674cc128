# SPDX-License-Identifier: MIT
"""What pmccabe, gcc -fanalyzer and cppcheck find in small sources. Each fails its gate."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bounds import analyzer, cppcheck, misra, shape
from bounds.limits import Counts, Deviation
from bounds.shape import Shape
from cmake.sources import ROOT
from measure.toolchain import MeasureError, Unit

pmccabe = pytest.mark.skipif(shutil.which("pmccabe") is None, reason="pmccabe: scripts/bootstrap full")
checker = pytest.mark.skipif(shutil.which("cppcheck") is None, reason="cppcheck: scripts/bootstrap full")


def source(folder: Path, text: str) -> Path:
    file = folder / "it.c"
    file.write_text(text, encoding="utf-8")
    return file


# --------------------------------------------------------------------------- pmccabe

SHAPES = """\
int branched(int a)
{
    switch (a) {
    case 1: return 3;
    case 2: return 4;
    default: return a > 7 && a < 9 ? 1 : 0;
    }
}

void(hidden)(void)
{
}

__attribute__((noinline))
static int attributed(int a)
{
    return a;
}
"""


@pmccabe
def test_functions_are_measured(tmp_path: Path) -> None:
    found = {one.name: (one.complexity, one.length) for one in shape.shapes_of([source(tmp_path, SHAPES)])}
    assert found == {"branched": (5, 8), "hidden": (1, 3), "attributed": (1, 4)}


@pmccabe
def test_a_function_that_is_too_long_is_named(tmp_path: Path) -> None:
    body = "".join(f"    a += {i};\n" for i in range(40))
    found = shape.shapes_of([source(tmp_path, f"int long_one(int a)\n{{\n{body}    return a;\n}}\n")])
    assert shape.beyond(found, 20, 44) == []
    assert shape.beyond(found, 20, 43) == [f"{found[0]}: 44 lines, the limit is 43"]


@pmccabe
def test_a_function_that_is_too_complex_is_named(tmp_path: Path) -> None:
    found = shape.shapes_of([source(tmp_path, SHAPES)])
    assert shape.beyond(found, 4, 40) == [f"{found[0]}: complexity 5, the limit is 4"]


@pmccabe
def test_what_pmccabe_does_not_understand_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="pmccabe"):
        shape.shapes_of([source(tmp_path, "int f(int a)\n{\n    return a;\n")])


def test_the_spread_of_a_measure() -> None:
    shapes = [Shape("a.c", f"f{i}", i, 1) for i in range(1, 101)]
    it = shape.spread(shapes, lambda one: one.complexity)
    assert (it.median, it.percentile95, it.maximum, it.worst.name) == (50, 95, 100, "f100")


# ------------------------------------------------------------------------- fanalyzer

def test_the_analyzer_warns(tmp_path: Path) -> None:
    text = "#include <stdlib.h>\nvoid f(char *b) { free(b); free(b); }\n"
    found = analyzer.warnings_of([Unit(source(tmp_path, text), ())])
    assert [line for line in found if "double-free" in line] == found != []


def test_the_analyzer_is_content(tmp_path: Path) -> None:
    assert analyzer.warnings_of([Unit(source(tmp_path, "int f(int a) { return a + 1; }\n"), ())]) == []


def test_a_source_that_does_not_compile_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="it.c"):
        analyzer.warnings_of([Unit(source(tmp_path, "int f( { }\n"), ())])


# -------------------------------------------------------------------------- cppcheck

VIOLATION = """\
#include <stdint.h>
uint8_t f(uint8_t a);
uint8_t f(uint8_t a)
{
    if (a > 3u)
        return 0u;
    return a;
}
"""


@checker
def test_a_violation_without_a_reason_is_named(tmp_path: Path) -> None:
    found = [replace(one, file=ROOT / "runtime" / "it.c")
             for one in cppcheck.findings_of([source(tmp_path, VIOLATION)], [], [])]
    counts = misra.counts_of(found)
    assert counts["15.6/runtime"] == counts["15.5/runtime"] == 1
    wrong = misra.unexplained(counts, [Deviation("D1", rule, "required", "", "")
                                       for rule in misra.rules_of(counts) if rule != "15.6"])
    assert wrong == ["rule 15.6 is not kept in 1 places, and has no reason (bounds/misra.yaml)"]
    assert misra.grown(Counts("", {**counts, "15.6/runtime": 0}), counts) == [
        "rule 15.6/runtime: 0 in the table, 1 now (+1)"]


@checker
def test_findings_of_its_own_have_no_rule(tmp_path: Path) -> None:
    text = "int f(void);\nint f(void)\n{\n    int a[2] = {1, 2};\n    return a[2];\n}\n"
    found = cppcheck.findings_of([source(tmp_path, text)], [], [])
    assert ["arrayIndexOutOfBounds"] == [one.id for one in found if not one.rule]


@checker
def test_sources_are_read_together(tmp_path: Path) -> None:
    """5.9: a name is static in two of them."""
    for name in ("a.c", "b.c"):
        text = f"static int same(int a)\n{{\n    return a;\n}}\nint {name[0]}(int x)\n{{\n    return same(x);\n}}\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = cppcheck.findings_of([tmp_path / "a.c", tmp_path / "b.c"], [], [])
    assert {one.file.name for one in found if one.rule == "5.9"} == {"a.c", "b.c"}


@checker
def test_designators_that_are_expressions_do_not_stop_the_addon(tmp_path: Path) -> None:
    text = ("enum { FIRST = 4, LAST };\nstruct pair { int a, b; };\nextern const struct pair list[2];\n"
            "const struct pair list[2] = {\n    [LAST - FIRST] = {.a = 1, .b = 2},\n};\n")
    file = source(tmp_path, text)
    found = cppcheck.findings_of([file], [], [])
    assert {one.file for one in found if one.rule} == {file}


@checker
def test_a_source_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="cppcheck"):
        cppcheck.findings_of([tmp_path / "nowhere.c"], [], [])

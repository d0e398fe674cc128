# SPDX-License-Identifier: MIT
"""Recursion and allocators in small programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bounds.calls import Calls, calls_of, union
from bounds.heap import Heap, heap_of
from bounds.limits import Allocation
from bounds.survey import heap_wrong
from measure.assembly import read_module
from measure.pointers import Rule
from measure.steps import Steps
from measure.toolchain import MIPS32, MeasureError, Object, Unit, Workshop

KEEP = "__attribute__((noinline, noipa))"


def compiled(folder: Path, text: str) -> Object:
    source = folder / "it.c"
    source.write_text(text, encoding="utf-8")
    return Workshop(MIPS32, folder / "made").objects([Unit(source, ("-fno-optimize-sibling-calls",))])[0]


def calls(folder: Path, text: str, *rules: Rule) -> Calls:
    return calls_of("it", [read_module(compiled(folder, text))], rules, Steps())


def test_functions_that_call_on_are_no_cycle(tmp_path: Path) -> None:
    found = calls(tmp_path, f"{KEEP} static int leaf(int a) {{ return a + 1; }}\n"
                            "int twice(int a) { return leaf(a) + leaf(a + 1); }\n")
    assert found.cycles == ()
    assert {name for _, name in found.functions} == {"leaf", "twice"}


def test_a_function_that_calls_itself_is_named(tmp_path: Path) -> None:
    found = calls(tmp_path, f"{KEEP} int down(int a) {{ return a == 0 ? 7 : 3 * down(a - 1) + 1; }}\n")
    assert found.cycles == ("it: recursion: down > down",)


def test_a_way_back_is_named(tmp_path: Path) -> None:
    found = calls(tmp_path, f"int odd(int);\n{KEEP} int even(int a) {{ return a == 0 ? 1 : odd(a - 1) + 1; }}\n"
                            f"{KEEP} int odd(int a) {{ return a == 0 ? 0 : even(a - 1) + 1; }}\n")
    assert found.cycles in {("it: recursion: even > odd > even",), ("it: recursion: odd > even > odd",)}


def test_a_way_back_by_a_pointer_is_named(tmp_path: Path) -> None:
    text = (f"int (*on_done)(int);\n{KEEP} static int work(int a) {{ return a == 0 ? 0 : on_done(a - 1) + 1; }}\n"
            "void start(void) { on_done = work; }\n")
    within = Rule("on_done", taken="*", file="*")
    assert calls(tmp_path, text, within).cycles == ("it: recursion: it.c:work > it.c:work",)


def test_a_pointer_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="where does `on_done` lead"):
        calls(tmp_path, "extern int (*on_done)(int);\nint work(int a) { return on_done(a) + 1; }\n")


def test_cycles_of_programs_are_told_once() -> None:
    one, other = Calls(frozenset({("a.c", "f")}), ("x",)), Calls(frozenset({("a.c", "f"), ("b.c", "g")}), ("x", "y"))
    assert union([one, other]) == Calls(frozenset({("a.c", "f"), ("b.c", "g")}), ("x", "y"))


MALLOC = "#include <stdlib.h>\nvoid *made(void) { return malloc(8); }\n"


def test_an_allocator_is_named(tmp_path: Path) -> None:
    found = heap_of(MIPS32, [compiled(tmp_path, MALLOC)])
    assert heap_wrong(found, ()) == [f"{tmp_path}/it.c: wants malloc()"]
    assert heap_wrong(found, [Allocation(f"{tmp_path}/it.c", ("malloc",), "")]) == []


def test_what_is_no_allocator_is_not_named(tmp_path: Path) -> None:
    text = "#include <string.h>\nsize_t wide(const char *a);\nsize_t wide(const char *a) { return strlen(a); }\n"
    assert heap_of(MIPS32, [compiled(tmp_path, text)]) == Heap(1, frozenset())


def test_an_allocator_that_is_accepted_in_vain_is_named() -> None:
    assert heap_wrong(Heap(1, frozenset()), [Allocation("a.c", ("free",), "")]) == [
        "a.c: does not want free(), which limits.yaml accepts"]

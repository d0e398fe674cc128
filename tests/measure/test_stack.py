# SPDX-License-Identifier: MIT
"""Deepest paths of small programs, whose frames are asked of the compiler another way: by what a
prologue takes from the stack pointer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from measure.assembly import Module, Place, read_module
from measure.expression import written_at, written_within
from measure.pointers import Pointers, Rule
from measure.stack import C_LIBRARY, Graph
from measure.steps import Steps
from measure.toolchain import MICROMIPS, MIPS32, MeasureError, Target, Unit, Workshop

KEEP = "__attribute__((noinline, noipa)) "
HEAD = f"#define KEEP {KEEP}\nint outside(int);\nextern int (*pointer)(int);\n"


def module_of(folder: Path, text: str, target: Target = MIPS32) -> Module:
    source = folder / "it.c"
    source.write_text(HEAD + text, encoding="utf-8")
    return read_module(Workshop(target, folder / "made").objects([Unit(source, ())])[0])


def graph_of(folder: Path, text: str, rules: Sequence[Rule] = (), target: Target = MIPS32) -> Graph:
    modules = [module_of(folder, text, target)]
    return Graph(modules, Pointers(rules, modules), Steps(), f"{C_LIBRARY}|outside")


def frame(folder: Path, function: str) -> int:
    """By the disassembly."""
    assembly = next((folder / "made").glob("*/it.s")).read_text(encoding="utf-8")
    body = assembly.split(f"\t.ent\t{function}\n")[1].split("\t.end\t")[0]
    moved = re.search(r"addiu\t\$sp,\$sp,-(\d+)", body)
    return int(moved[1]) if moved else 0


CHAIN = """
KEEP static int leaf(int a) { return a + 1; }
KEEP static int large(int a) { volatile char room[200]; room[0] = (char)a; return leaf(a) + room[0]; }
KEEP static int small(int a) { return leaf(a) + 1; }
int root(int a) { return large(a) + small(a); }
"""


@pytest.mark.parametrize("target", [MIPS32, MICROMIPS], ids=["MIPS32", "microMIPS"])
def test_the_larger_of_two_ways_counts(tmp_path: Path, target: Target) -> None:
    path = graph_of(tmp_path, CHAIN, target=target).deepest("root")
    assert path.depth == frame(tmp_path, "root") + frame(tmp_path, "large") + frame(tmp_path, "leaf")
    assert path.depth > 200
    assert [str(step.node) for step in path.frames] == ["root", "it.c:large"]


def test_a_call_at_the_end_leaves_no_frame(tmp_path: Path) -> None:
    text = """
KEEP static int next(int a) { volatile char room[64]; room[0] = (char)a; return outside(room[0]); }
int root(int a) { volatile char room[200]; room[0] = (char)a; int b = outside(room[0]); return next(b); }
"""
    path = graph_of(tmp_path, text).deepest("root")
    assert frame(tmp_path, "root") > 200
    assert path.depth == frame(tmp_path, "root")
    text = text.replace("return next(b)", "return next(b) + room[1]")
    other = tmp_path / "other"
    other.mkdir()
    assert graph_of(other, text).deepest("root").depth == frame(other, "root") + frame(other, "next")


def test_recursion_is_an_error(tmp_path: Path) -> None:
    text = """
int second(int a);
KEEP int first(int a) { return outside(a) + second(a); }
KEEP int second(int a) { return a > 0 ? first(a - 1) + 1 : 0; }
"""
    with pytest.raises(MeasureError, match="recursion: (first > second > first|second > first > second)"):
        graph_of(tmp_path, text).deepest("first")


@pytest.mark.parametrize("body", ["char room[a]; return outside(room[a - 1]) + (int)(long)room;",
                                  "return outside((int)(long)__builtin_alloca((unsigned)a)) + 1;"])
def test_a_frame_of_unknown_size_is_an_error(tmp_path: Path, body: str) -> None:
    with pytest.raises(MeasureError, match="root: the size of the frame is not known"):
        graph_of(tmp_path, f"int root(int a) {{ {body} }}")


def test_a_function_that_is_nowhere_is_an_error(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, "int elsewhere(int); int root(int a) { return elsewhere(a) + 1; }")
    with pytest.raises(MeasureError, match=r"it\.c: root\(\) calls elsewhere\(\), which is nowhere"):
        graph.deepest("root")


def test_a_pointer_that_nobody_knows_is_an_error_with_its_place(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, "int root(int a)\n{\n    return pointer(a) + 1;\n}\n")
    with pytest.raises(MeasureError, match=r"it\.c:6:12: where does `pointer` lead\?"):
        graph.deepest("root")


TABLE = """
typedef struct table { int (*run)(int); int (*stop)(int, int); } table_t;
KEEP static int deep(int a) { volatile char room[400]; room[0] = (char)a; return room[0]; }
KEEP static int shallow(int a) { volatile char room[40]; room[0] = (char)a; return room[0]; }
KEEP static int stop(int a, int b) { volatile char room[800]; room[a] = (char)b; return room[0]; }
const table_t table = {.run = shallow, .stop = stop};
int (*const others[])(int) = {deep};
extern const table_t *which;
int root(int a) { return which->run(a) + 1; }
"""


def test_a_pointer_leads_where_its_rule_says(tmp_path: Path) -> None:
    source = str(tmp_path / "it.c")
    outside = graph_of(tmp_path, TABLE, [Rule("which->run", "the port")]).deepest("root").depth
    root = frame(tmp_path, "root")
    assert outside == root
    members = graph_of(tmp_path, TABLE, [Rule("which->*", taken=source, members=True)]).deepest("root")
    assert members.depth == root + frame(tmp_path, "shallow")
    every = graph_of(tmp_path, TABLE, [Rule("*", taken=source)]).deepest("root")
    assert every.depth == root + frame(tmp_path, "deep"), "one of two parameters is not called with one"
    only = graph_of(tmp_path, TABLE, [Rule("*", taken=source, only="sh*")]).deepest("root")
    assert only.depth == members.depth


def test_a_function_given_away_unexpectedly_is_an_error(tmp_path: Path) -> None:
    modules = [module_of(tmp_path, TABLE)]
    Pointers([Rule("*", taken=str(tmp_path / "it.c"))], modules).check_taken()
    with pytest.raises(MeasureError, match=r"the address of it\.c:\w+\(\) is taken, but who calls it"):
        Pointers([Rule("which->run", "the port")], modules).check_taken()


WRITTEN = [
    ("conn->stream->ops->send(conn->stream, a, b)", "ops->send", ("conn->stream", "a", "b")),
    ("hal_of(loop)->now(hal_of(loop)->context)", "hal_of()->now", ("hal_of(loop)->context",)),
    ("commands[i + 1].run(count, (x_t){1, 2})", "commands[]->run", ("count", "(x_t){1, 2}")),
    ("self->carrier.hal.now(self)", "hal->now", ("self",)),
    ("callback(conn) + other(b)", "callback", ("conn",)),
    ("step(conn,\n     a ? B : C, NULL)", "step", ("conn", "a ? B : C", "NULL")),
]


@pytest.mark.parametrize(("text", "name", "arguments"), WRITTEN)
def test_a_call_is_read_as_it_is_written(tmp_path: Path, text: str, name: str, arguments: tuple[str, ...]) -> None:
    file = tmp_path / "written.c"
    file.write_text(f"\n    x = {text};\n", encoding="utf-8")
    written = written_at(Place(file, 2, 9))
    assert (written.name, written.arguments) == (name, arguments)


def test_calls_in_arguments_are_found(tmp_path: Path) -> None:
    file = tmp_path / "within.c"
    file.write_text("fail(stream, below->ops->reason(below), f(g(1)))\n", encoding="utf-8")
    names = [inner.name for inner in written_within(written_at(Place(file, 1, 1)))]
    assert {"ops->reason", "f", "g"} <= set(names)


def test_no_call_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "none.c"
    file.write_text("(a ? b : c)(d);\n", encoding="utf-8")
    with pytest.raises(MeasureError, match=r"none\.c:1:1: no call is understood"):
        written_at(Place(file, 1, 1))


def test_the_engine_steps_for_known_events() -> None:
    """Of the specification: a ping leads to no rejection, and a close does where a request is read."""
    steps = Steps()
    event = {name: next(found for found in steps.events if found.name == name)
             for name in ("WSS_EV_RX_PING", "WSS_EV_CLOSE")}
    assert steps.performs(event["WSS_EV_RX_PING"], "wss_act_send_pong")
    assert not steps.performs(event["WSS_EV_RX_PING"], "wss_act_reject_unavailable")
    assert steps.performs(event["WSS_EV_CLOSE"], "wss_act_reject_unavailable")
    assert steps.performs(event["WSS_EV_CLOSE"], "wss_timers_step")

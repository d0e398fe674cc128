# SPDX-License-Identifier: MIT
"""Which room has which bytes, and whether goals are met."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmake.sources import ROOT, sources
from measure.figures import load
from measure.goals import GOALS, STACK_GOALS, Goal, StackGoal, rows
from measure.linkmap import contents
from measure.rooms import FACE, HANDSHAKE, MESSAGES, ROOMS, by_room, room_of

MAP = """Archive member included

.text           0x00001000       0x30
 *(.text.unlikely)
 .text.f        0x00001000       0x10 /x/a.o
 .text.a_long_name
                0x00001010       0x0c /x/b.o
                0x00001010                a_long_name
 *fill*         0x0000101c        0x4
 .text.g        0x00001020       0x10 /x/a.o

.rodata         0x00002000       0x1c
 .rodata.h.str1.4
                0x00002000        0x8 /x/b.o
                                  0x4 (size before relaxing)
 .rodata.i.str1.4
                0x00002000       0x14 /x/a.o
 .rodata.j      0x00002014        0x8 /x/b.o

.app.text.main  0x00003000       0x20
 .app.text.main
                0x00003000       0x20 /x/main.o
"""


def test_bytes_belong_to_the_objects_they_came_from() -> None:
    found = contents(MAP)
    assert found["text"] == {Path("/x/a.o"): 0x20, Path("/x/b.o"): 0x10}
    assert found["rodata"] == {Path("/x/a.o"): 0x14, Path("/x/b.o"): 0x8}


def test_every_source_has_a_room() -> None:
    for source in sources("WSS_RUNTIME_SOURCES", "WSS_GENERATED_FILES", "WSS_SYS_WSS_SOURCES"):
        assert room_of(ROOT / source) in ROOMS
    with pytest.raises(KeyError):
        room_of(ROOT / "runtime/wss_new.c")


def test_rooms_are_added_up_in_their_order() -> None:
    kept = {ROOT / "api/sys_wss.c": 3, ROOT / "runtime/wss_head.c": 0, ROOT / "runtime/wss_send.c": 2,
            ROOT / "runtime/wss_frame.c": 5}
    assert list(by_room(kept).items()) == [(MESSAGES, 7), (FACE, 3)]
    assert HANDSHAKE not in by_room(kept)


@pytest.mark.parametrize("target", ["MIPS32", "microMIPS"])
@pytest.mark.parametrize("name", ["SYS_WSS", "SYS_WSS, least"])
@pytest.mark.parametrize("kind", ["text", "rodata"])
def test_rooms_are_all_of_a_program(target: str, name: str, kind: str) -> None:
    figures = load().figures
    prefix = f"{target}/rooms/server/{name}/"
    rooms = [size for figure, size in figures.items() if figure.startswith(prefix) and figure.endswith(f"/{kind}")]
    assert sum(rooms) == figures[f"{target}/code/server/{name}/{kind}"]


def test_a_goal_is_the_most_that_is_met() -> None:
    goal = Goal("a", 10, ("x", "y"))
    assert [goal.measured({"x": 4, "y": size}) <= goal.most for size in (6, 7)] == [True, False]


def test_a_goal_of_stacks_looks_at_each_function() -> None:
    figures = {"MIPS32/stack/server/h.h/f": 5, "MIPS32/stack/server/i.h/g": 7, "MIPS32/stack/all/h.h/f": 9,
               "microMIPS/stack/server/h.h/f": 8}
    assert StackGoal("a", 6, "server").functions(figures) == {"f": 5, "g": 7}


def test_the_table_says_what_is_missed() -> None:
    enough = {name: 1 for goal in GOALS for name in goal.figures}
    enough |= {f"MIPS32/stack/{goal.build}/h.h/f": goal.most for goal in STACK_GOALS}  # the smaller one comes last
    assert {answer for *_, answer in rows(enough)} == {"yes"}
    much = dict.fromkeys(enough, 10**6)
    assert {answer for *_, answer in rows(much)} == {"no"}
    assert list(rows(much))[-1][2] == "1000000 (`f()`); 1 of 1 take more"

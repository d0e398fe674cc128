# SPDX-License-Identifier: MIT
"""The automata of a grammar for code that must be small: what Ragel exports, as rows of three
bytes and a loop over those of a state. A row takes one byte, or a class of runtime/wss_chars.c.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from generator.problem import Problem, Refused

CHARS = Path(__file__).parents[1] / "runtime" / "wss_chars.c"
CLASSES = 8
"""Of characters, by the bit that each has in the table; a row has their numbers in place of controls."""
BLOCK = re.compile(r"%%\{\n(.*?)\}%%|%% write exec;", re.DOTALL)
MACHINE = re.compile(r"machine (\w+);")
MOST = 255
"""Rows of an automaton, and the numbers in them: bytes."""
RENDERED = frozenset((
    "ragel_def", "alphtype", "machine", "action_list", "action", "text", "break", "action_table_list", "action_table",
    "start_state", "error_state", "entry_points", "entry", "state_list", "state", "trans_list", "t"))
"""What Ragel exports and rows have: no condition, no action but those of transitions, no jump."""
RUN = re.compile(r"\[0x(\w\w)\] = ((?:0x\w\w,\s*(?:/\*.*?\*/\s*)?)+)")


@dataclass(frozen=True)
class Row:
    fits: int
    next: int
    action: int


@dataclass(frozen=True)
class Automaton:
    """`actions` are C, by number from 1 on; `states` are in the order of their numbers."""

    name: str
    start: int
    error: int
    first_final: int
    actions: tuple[str, ...]
    states: tuple[tuple[Row, ...], ...]


def render_rows(grammar: str, export: str, shown: str) -> str:
    """The grammar's C with the automata in place of Ragel's blocks."""
    classes = _classes(CHARS.read_text(encoding="utf-8"))
    automata = {definition.get("name"): _automaton(definition, classes, shown)
                for definition in ElementTree.fromstring(export).iter("ragel_def")}
    name = ""

    def replaced(block: re.Match[str]) -> str:
        nonlocal name
        if block[1] is None:
            return _loop(automata[name])
        machine = MACHINE.search(block[1])
        name = machine[1] if machine else name
        return _tables(automata[name]) if "write data" in block[1] else ""

    return BLOCK.sub(replaced, grammar)


def _classes(source: str) -> list[frozenset[int]]:
    flags = {int(run[1], 16) + at: int(value, 16)
             for run in RUN.finditer(source) for at, value in enumerate(re.findall(r"0x(\w\w),", run[2]))}
    return [frozenset(byte for byte, bits in flags.items() if bits >> number & 1) for number in range(CLASSES)]


# ---------------------------------------------------------------- what Ragel exports

def _automaton(definition: ElementTree.Element, classes: list[frozenset[int]], shown: str) -> Automaton:
    for part in definition.iter():
        if part.tag not in RENDERED:
            raise _refusal(f"<{part.tag}> of what Ragel exports", shown)
    texts = {str(action.get("id")): _action(action) for action in definition.iter("action")}
    lists = [str(table.text).split() for table in definition.iter("action_table")]
    states = list(definition.iter("state"))
    final = [int(str(state.get("id"))) for state in states if state.get("final") == "t"]
    if not final:
        raise _refusal("an automaton without a final state", shown)
    automaton = Automaton(
        str(definition.get("name")), int(definition.findtext(".//start_state", "")),
        int(definition.findtext(".//error_state", "-1")), min(final),
        tuple("\n".join(texts[number] for number in numbers) for numbers in lists),
        tuple(tuple(_rows(state, classes, shown)) for state in states))
    if max(len(automaton.states), len(automaton.actions), sum(map(len, automaton.states))) > MOST:
        raise _refusal(f"more than {MOST} states, actions or rows", shown)
    return automaton


def _refusal(what: str, shown: str) -> Refused:
    return Refused([Problem(1, "E904", f"rows cannot say {what}.", shown)])


def _action(action: ElementTree.Element) -> str:
    """Its C: fbreak makes its byte the last."""
    parts = ("pe = p + 1;" if part.tag == "break" else str(part.text).strip() for part in action)
    return " ".join(part for part in parts if part)


def _rows(state: ElementTree.Element, classes: list[frozenset[int]], shown: str) -> Iterator[Row]:
    """Few bytes go first: a class that follows may have them as well."""
    ways: dict[tuple[int, int], set[int]] = {}
    for item in state.iter("t"):
        low, high, after, actions = str(item.text).split()
        way = (int(after), 0 if actions == "x" else int(actions) + 1)
        ways.setdefault(way, set()).update(range(int(low), int(high) + 1))
    taken: set[int] = set()
    for (target, action), members in sorted(ways.items(), key=lambda way: len(way[1])):
        for fits in _fitting(members, taken, classes, shown):
            yield Row(fits, target, action)
        taken |= members


def _fitting(members: set[int], taken: set[int], classes: list[frozenset[int]], shown: str) -> list[int]:
    """The largest class within the members, where it saves rows, and the bytes that it leaves."""
    within = [number for number, known in enumerate(classes) if known - taken <= members]
    best = max(within, key=lambda number: len(classes[number] - taken), default=0)
    covered = classes[best] - taken if within else frozenset()
    chosen = [best] if len(covered) > 1 else []
    left = sorted(members - covered if chosen else members)
    if left and left[0] < CLASSES:
        raise Refused([Problem(1, "E903", f"a state takes byte {left[0]}.", shown)])
    return [*left, *chosen]


# ------------------------------------------------------------------------------ C

def _tables(automaton: Automaton) -> str:
    rows = [row for state in automaton.states for row in state]
    firsts = [sum(len(state) for state in automaton.states[:number]) for number in range(len(automaton.states) + 1)]
    name = automaton.name
    return "\n".join([
        f"enum {{ {name}_start = {automaton.start}, {name}_first_final = {automaton.first_final}, "
        f"{name}_error = {automaton.error} }};",
        "",
        "/* By state, the first of its rows; then their number. */",
        f"static const uint8_t {name}_first[] = {{",
        *_wrapped([str(first) for first in firsts]),
        "};",
        "",
        "static const struct {",
        "    uint8_t fits, next, action;",
        f"}} {name}_rows[] = {{",
        *_wrapped([f"{{{_char(row.fits)}, {row.next}, {row.action}}}" for row in rows]),
        "};",
    ])


def _wrapped(items: list[str], count: int = 6) -> list[str]:
    return [f"    {', '.join(items[at:at + count])}," for at in range(0, len(items), count)]


def _char(fits: int) -> str:
    return f"'{chr(fits)}'" if 0x20 < fits < 0x7F and chr(fits) not in "'\\" else str(fits)


def _loop(automaton: Automaton) -> str:
    name = automaton.name
    cases = [line for number, text in enumerate(automaton.actions, 1)
             for line in (f"    case {number}:", *(f"        {part}" for part in text.split("\n")), "        break;")]
    return "\n".join([
        "for (; p != pe; p++) {",
        f"    unsigned row = {name}_first[cs];",
        f"    const unsigned stop = {name}_first[cs + 1];",
        f"    while (row != stop && !wss_char_fits(*p, {name}_rows[row].fits))",
        "        row++;",
        "    if (row == stop) {",
        f"        cs = {name}_error;",
        "        break;",
        "    }",
        f"    cs = {name}_rows[row].next;",
        f"    switch ({name}_rows[row].action) {{",
        *cases,
        "    default: break;",
        "    }",
        "}",
    ]).replace("\n", "\n    ")

# SPDX-License-Identifier: MIT
"""wss_vocabulary.h and .c: the enums, names and defaults that applications see, and the
data tables behind them and behind wss_tables.h.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator import cnames
from generator.http_status import PHRASES
from generator.machines import RoleMachine
from generator.render import tables
from generator.render.text import columns, enum_text, fill, list_item, quoted, wrapped
from generator.spec import CloseCode, Declared, Machine, Spec


def files(spec: Spec, _machines: tuple[RoleMachine, ...]) -> dict[str, str]:
    return {"wss_vocabulary.h": _header(spec), "wss_vocabulary.c": _source(spec)}


def _header(spec: Spec) -> str:
    return fill(
        "wss_vocabulary.h.j2", spec,
        timers=[timer for machine in spec.machines if machine.built for timer in machine.timers],
        enums=[enum_text(enum) for enum in cnames.vocabulary_enums(spec)],
        named=[(t.function, t.doc) for t in _name_tables(spec)],
    )


def _source(spec: Spec) -> str:
    return fill(
        "wss_vocabulary.c.j2", spec,
        name_tables=_name_tables(spec),
        reason_close_codes=columns([
            [f"    [{cnames.reason(r.name)}]", f"= {r.close},"] for r in spec.reasons]),
        rejections=_rejections(spec),
        statuses=wrapped(str(status) for status in spec.statuses),
        status_phrases=[_noted(PHRASES[status], str(status)) for status in spec.statuses],
        close_codes=columns([_close_code(code) for code in spec.close_codes]),
        close_code_names=[_noted(code.name, str(code.first)) for code in spec.close_codes],
        fields=columns([[f"    [{cnames.field(f.name)}]", f"= {quoted(f.name)},"] for f in spec.fields]),
        field_lengths=columns([[f"    [{cnames.field(f.name)}]", f"= {len(f.name)},"] for f in spec.fields]),
        opcode_classes=[f"    [{cnames.opcode(o.name)}] = {tables.class_name(o.kind)}," for o in spec.opcodes],
        utf8=tables.utf8_text(spec),
    )


class _NameTable:
    """One function that names the values of an enum, which `index` has in order. `sentences`:
    they can be left out.
    """

    def __init__(self, function: str, doc: str, index: Sequence[tuple[str, str]], sentences: bool = False) -> None:
        self.function = function
        self.table = function.removeprefix("wss_") + "s"
        self.doc = doc
        self.sentences = sentences
        self.count = len(index)
        self.last = index[-1][0]
        self.lines = [_noted(text, name) for name, text in index]


def _noted(text: str, name: str) -> str:
    return f"    {list_item(text)} /* {name} */"


def _name_tables(spec: Spec) -> list[_NameTable]:
    tables_ = [
        _NameTable("wss_reason_name", "wss_reason_t, such as reserved_bits",
                   [(cnames.reason(r.name), r.name) for r in spec.reasons]),
        _NameTable("wss_reason_text", "wss_reason_t, as a sentence",
                   [(cnames.reason(r.name), r.doc) for r in spec.reasons], sentences=True),
        _NameTable("wss_rejection_name", "wss_rejection_t, such as key_invalid",
                   [(cnames.rejection(r.name), r.name) for r in spec.rejections]),
        _NameTable("wss_rejection_text", "wss_rejection_t, as a sentence: the body of the answer",
                   [(cnames.rejection(r.name), r.doc) for r in spec.rejections], sentences=True),
        _NameTable("wss_opcode_name", "wss_opcode_t, such as ping", _opcode_index(spec)),
    ]
    for machine in spec.machines:
        tables_ += _machine_tables(machine)
    return tables_


def _opcode_index(spec: Spec) -> list[tuple[str, str]]:
    """Reserved opcodes have no name."""
    by_value = {o.value: (cnames.opcode(o.name), o.name) for o in spec.opcodes}
    return [by_value.get(value, ("reserved", "")) for value in range(max(by_value) + 1)]


def _machine_tables(machine: Machine) -> list[_NameTable]:
    def named(noun: str, things: Sequence[Declared], enumerators: list[str]) -> list[_NameTable]:
        type_name = cnames.type_name(machine, noun)
        index = [(c, str(thing.name)) for c, thing in zip(enumerators, things)]
        return [_NameTable(type_name.removesuffix("_t") + "_name", f"{type_name}, such as {things[-1].name}", index)]

    result: list[_NameTable] = []
    if machine.public:
        result += named("public_state", machine.public, [cnames.public_state(machine, p.name) for p in machine.public])
    if machine.timers and machine.built:
        result += named("timer", machine.timers, [cnames.timer(machine, t.name) for t in machine.timers])
    return result


def _rejections(spec: Spec) -> list[str]:
    lines: list[list[str]] = []
    for rejection in spec.rejections:
        flags = " | ".join(f"WSS_REJECT_NEEDS_{flag.upper()}" for flag in rejection.flags) or "0"
        lines.append([f"    [{cnames.rejection(rejection.name)}]", f"= {{{rejection.status}, {flags}}},"])
    return columns(lines)


def _close_code(code: CloseCode) -> list[str]:
    send, receive = (str(flag).lower() for flag in (code.send, code.receive))
    return [f"    {{{code.first}, {code.last},", f"{send},", f"{receive}}},"]



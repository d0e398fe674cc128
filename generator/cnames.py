# SPDX-License-Identifier: MIT
"""What the names of the specification are called in C: every enumerator of every enum.

One list for those who render them and those who look for collisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.spec import Declared, Machine, Spec

SWITCH = {"server": "WSS_CFG_SERVER", "client": "WSS_CFG_CLIENT"}
"""The configuration macro that compiles a role in; other roles are always there."""


@dataclass(frozen=True)
class Enumerator:
    """`value` is empty where it is one more than the one before; `line` 0 where the
    generator itself adds it."""

    name: str
    value: str
    doc: str
    line: int


@dataclass(frozen=True)
class Enum:
    """`type_name` is empty where the enum needs none."""

    type_name: str
    doc: str
    items: tuple[Enumerator, ...]


def identifier(name: str) -> str:
    return name.replace("-", "_").upper()


def state(machine: Machine, name: str) -> str:
    return f"WSS_ST_{machine.prefix}{identifier(name)}"


def event(machine: Machine, name: str) -> str:
    return f"WSS_EV_{machine.prefix}{identifier(name)}"


def public_state(machine: Machine, name: str) -> str:
    return f"WSS_{machine.prefix}{identifier(name)}"


def input_kind(machine: Machine, name: str) -> str:
    return f"WSS_INPUT_{machine.prefix}{identifier(name)}"


def allow(machine: Machine, name: str) -> str:
    return f"WSS_ALLOW_{machine.prefix}{identifier(name)}"


def timer(machine: Machine, name: str) -> str:
    return f"WSS_TIMER_{machine.prefix}{identifier(name)}"


def guard(name: str | None) -> str:
    return f"WSS_GUARD_{identifier(name or 'none')}"


def action(name: str) -> str:
    return f"WSS_ACT_{identifier(name)}"


def reason(name: str | None) -> str:
    return f"WSS_REASON_{identifier(name or 'none')}"


def face_causes(name: str) -> str:
    return f"WSS_{identifier(name)}_CAUSES"


def rejection(name: str) -> str:
    return f"WSS_REJECT_{identifier(name)}"


def field(name: str) -> str:
    return f"WSS_FIELD_{identifier(name)}"


def opcode(name: str) -> str:
    return f"WSS_OPCODE_{identifier(name)}"


def machine_id(machine: Machine, role: str) -> str:
    return f"WSS_MACHINE_{identifier(machine.name)}_{identifier(role)}"


def type_name(machine: Machine, noun: str) -> str:
    """The type of a machine's enum that applications see; the prefix keeps them apart."""
    return f"wss_{machine.prefix.lower()}{noun}_t"


def vocabulary_enums(spec: Spec) -> tuple[Enum, ...]:
    """What applications see."""
    return (
        _counted("wss_reason_t", "Why a connection ended.", "WSS_REASON_", spec.reasons),
        *(public_state_enum(m) for m in spec.machines if m.public),
        Enum("wss_opcode_t", "What the payload of a frame is (RFC 6455, 5.2).", tuple(
            Enumerator(opcode(o.name), f"0x{o.value:X}", o.doc, o.line) for o in spec.opcodes)),
        _close_codes(spec),
        _counted("wss_rejection_t", "Why a request is not upgraded; the text is the body of the answer.",
                 "WSS_REJECT_", spec.rejections),
        _fields(spec),
        *(timer_enum(m) for m in spec.machines if m.built and m.timers),
    )


def machine_enums(spec: Spec) -> tuple[Enum, ...]:
    """What the runtime sees besides, the machines one after the other."""
    return (_none("WSS_GUARD_NONE", "always true"), _none("WSS_ACT_NONE", "ends the actions of a row"),
            *(enum for m in spec.machines for enum in enums_of(m)), machine_ids(spec))


def enums_of(machine: Machine) -> tuple[Enum, ...]:
    name, prefix = machine.name, machine.prefix
    enums = (
        _counted(f"wss_{name}_state_t", machine.doc, f"WSS_ST_{prefix}", machine.states),
        _counted(f"wss_{name}_event_t", f"What happens to a {name}.", f"WSS_EV_{prefix}", machine.events),
        _from_one(f"wss_{name}_guard_t", "What a row depends on.", "WSS_GUARD_", machine.guards),
        _from_one(f"wss_{name}_action_t", "What a row does.", "WSS_ACT_", machine.actions),
        _plain(type_name(machine, "input"), "What the bytes that arrive are.",
               f"WSS_INPUT_{prefix}", machine.inputs),
        _bits("Operations that a state allows.", f"WSS_ALLOW_{prefix}", machine.allows),
    )
    return tuple(enum for enum in enums if enum.items)


def public_state_enum(machine: Machine) -> Enum:
    return _plain(type_name(machine, "public_state"), "The states that applications see.",
                  f"WSS_{machine.prefix}", machine.public)


def timer_enum(machine: Machine) -> Enum:
    return _counted(type_name(machine, "timer"), f"The timers of a {machine.name}.",
                    f"WSS_TIMER_{machine.prefix}", machine.timers)


def machine_ids(spec: Spec) -> Enum:
    ids = [machine_id(m, role) for m in spec.machines for role in m.roles] + ["WSS_MACHINE_COUNT"]
    return Enum("wss_machine_id_t", "Every machine in each of its roles.",
                tuple(Enumerator(name, "", "", 0) for name in ids))


def _items(prefix: str, things: Iterable[Declared]) -> tuple[Enumerator, ...]:
    return tuple(Enumerator(prefix + identifier(t.name), "", t.doc, t.line) for t in things)


def _plain(name: str, doc: str, prefix: str, things: Sequence[Declared]) -> Enum:
    return Enum(name, doc, _items(prefix, things))


def _counted(name: str, doc: str, prefix: str, things: Sequence[Declared]) -> Enum:
    return Enum(name, doc, (*_items(prefix, things), Enumerator(prefix + "COUNT", "", "", 0)))


def _from_one(name: str, doc: str, prefix: str, things: Sequence[Declared]) -> Enum:
    items = _items(prefix, things)
    return Enum(name, doc, tuple(Enumerator(i.name, "" if n else "1", i.doc, i.line) for n, i in enumerate(items)))


def _bits(doc: str, prefix: str, things: Sequence[Declared]) -> Enum:
    items = _items(prefix, things)
    return Enum("", doc, tuple(Enumerator(i.name, f"1u << {n}", i.doc, i.line) for n, i in enumerate(items)))


def _none(name: str, doc: str) -> Enum:
    return Enum("", "", (Enumerator(name, "0", doc, 0),))


def _fields(spec: Spec) -> Enum:
    unknown = Enumerator("WSS_FIELD_UNKNOWN", "", "Any other field.", 0)
    known = _counted("wss_field_t", "Header fields with a meaning in the opening handshake.", "WSS_FIELD_", spec.fields)
    return Enum(known.type_name, known.doc, (unknown, *known.items))


def _close_codes(spec: Spec) -> Enum:
    items: list[Enumerator] = []
    for code in spec.close_codes:
        name = f"WSS_CLOSE_{identifier(code.name)}"
        if code.first == code.last:
            items.append(Enumerator(name, str(code.first), code.doc, code.line))
        else:
            items.append(Enumerator(name + "_FIRST", str(code.first), code.doc, code.line))
            items.append(Enumerator(name + "_LAST", str(code.last), "", code.line))
    return Enum("wss_close_code_t", "Why a Close frame was sent (RFC 6455, 7.4).", tuple(items))

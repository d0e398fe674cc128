# SPDX-License-Identifier: MIT
"""From the file to the Spec: YAML, then its JSON schema, then the declarations.

Knows the shape of the language, nothing of its meaning.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import jsonschema

from generator.compose import MOST_BYTES
from generator.problem import Problem, Refused
from generator.spec import (
    Action, ByteRange, ByteSequence, CloseCode, Declared, Event, Face, FaceCause, FaceReport, Field,
    HeaderBits, Input, Machine, Names, Opcode, Reason, Rejection, Row, Source, Spec, State, Timer,
)
from generator.tree import Map, Seq, Text, Tree, read_tree

MOST_SHOWN = 240
SCHEMA = Path(__file__).resolve().parent.parent / "spec" / "wss_states.schema.json"


def load(path: Path, shown: str) -> Spec:
    """The Spec in `path`, called `shown` in messages and banners, or Refused."""
    data = _read(path)
    tree = read_tree(_decoded(data))
    problems = list(_schema_problems(tree))
    if problems:
        raise Refused(problems)
    return _spec(cast(Map, tree), shown, hashlib.sha256(data).hexdigest()[:16])


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused([Problem(1, "E001", f"the file cannot be read: {error.strerror}.")])
    if len(data) > MOST_BYTES:
        raise Refused([Problem(1, "E007", f"the file has more than {MOST_BYTES} bytes.")])
    return data


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused([Problem(line, "E001", "not YAML: the file is not UTF-8.")])


def _schema_problems(tree: Tree) -> Iterator[Problem]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for error in jsonschema.Draft7Validator(schema).iter_errors(tree):
        path = list(error.absolute_path)
        where = ".".join(str(step) for step in path) or "the file"
        yield Problem(_line_of(tree, path, error), "E005", f"{where}: {_shortened(error.message)}.")


def _shortened(message: str) -> str:
    """jsonschema shows all of a value that it refuses; what it expects stands at the end."""
    half = MOST_SHOWN // 2
    return message if len(message) <= MOST_SHOWN else f"{message[:half]} ... {message[-half:]}"


def _line_of(tree: Tree, path: list[Any], error: Any) -> int:
    line, node = 1, tree
    for step in path:
        if isinstance(node, Map):
            line, node = node.key_line(step), node[step]
        else:
            node = cast(Seq, node)[step]
            line = getattr(node, "line", line)
    if error.validator == "additionalProperties" and isinstance(node, Map):
        extra = [key for key in node if key not in error.schema.get("properties", {})]
        return node.key_line(extra[0])
    return line


# The schema has been checked: the casts below only tell the type checker so.

def _text(tree: Map, key: str) -> Text | None:
    return cast("Text | None", tree.get(key))


def _need(tree: Map, key: str) -> Text:
    return cast(Text, tree[key])


def _str(tree: Map, key: str) -> str:
    return str(tree.get(key, ""))


def _int(tree: Map, key: str, default: int = 0) -> int:
    return cast(int, tree.get(key, default))


def _flag(tree: Map, key: str) -> bool:
    return bool(tree.get(key, False))


def _names(tree: Map, key: str) -> Names:
    return tuple(cast("list[Text]", tree.get(key, [])))


def _texts(tree: Map, key: str) -> tuple[str, ...]:
    return tuple(str(text) for text in _names(tree, key))


def _items(tree: Map, key: str) -> Iterator[tuple[Text, Map]]:
    """The named mappings under a key."""
    for name, value in cast(Map, tree.get(key, Map(tree.line))).items():
        yield cast(Text, name), cast(Map, value)


def _sentences(tree: Map, key: str) -> tuple[Declared, ...]:
    """The named sentences under a key."""
    return tuple(Declared(name, str(doc)) for name, doc in _items(tree, key))


def _spec(tree: Map, shown: str, digest: str) -> Spec:
    return Spec(
        path=shown, digest=digest, schema=_int(tree, "schema"),
        reasons=tuple(_reason(n, t) for n, t in _items(tree, "reasons")),
        rejections=tuple(_rejection(n, t) for n, t in _items(tree, "rejections")),
        statuses=tuple(cast("list[int]", tree["statuses"])),
        statuses_line=tree.key_line("statuses"),
        close_codes=tuple(_close_code(n, t) for n, t in _items(tree, "close_codes")),
        opcodes=tuple(_opcode(n, t) for n, t in _items(tree, "opcodes")),
        frame_header=tuple(_header_bits(n, t) for n, t in _items(tree, "frame_header")),
        fields=tuple(Field(n, _str(t, "doc"), _names(t, "in")) for n, t in _items(tree, "fields")),
        utf8=tuple(_sequence(cast(Seq, item)) for item in cast(Seq, tree["utf8"])),
        utf8_line=tree.key_line("utf8"),
        faces=tuple(_face(n, t) for n, t in _items(tree, "faces")),
        machines=tuple(_machine(n, t) for n, t in _items(tree, "machines")),
    )


def _reason(name: Text, tree: Map) -> Reason:
    return Reason(name, _str(tree, "doc"), _int(tree, "close"), _str(tree, "rfc"))


def _rejection(name: Text, tree: Map) -> Rejection:
    flags = tuple(flag for flag in ("upgrade", "version", "allow") if _flag(tree, flag))
    return Rejection(name, _str(tree, "body"), _int(tree, "status"), _str(tree, "rfc"), flags)


def _close_code(name: Text, tree: Map) -> CloseCode:
    first = _int(tree, "code")
    return CloseCode(name, _str(tree, "doc"), first, _int(tree, "last", first),
                     _flag(tree, "send"), _flag(tree, "receive"))


def _opcode(name: Text, tree: Map) -> Opcode:
    return Opcode(name, _str(tree, "doc"), _int(tree, "value"), _str(tree, "class"))


def _header_bits(name: Text, tree: Map) -> HeaderBits:
    return HeaderBits(name, _str(tree, "doc"), _int(tree, "byte"), _int(tree, "bit"), _int(tree, "width"))


def _sequence(tree: Seq) -> ByteSequence:
    return ByteSequence(tree.line, tuple(_byte_range(str(item)) for item in tree))


def _byte_range(text: str) -> ByteRange:
    first, _, last = text.partition("-")
    return ByteRange(int(first, 16), int(last or first, 16))


def _face(name: Text, tree: Map) -> Face:
    reports = cast(Map, tree["reports"])
    causes = cast(Map, tree["causes"])
    return Face(
        name,
        tuple(FaceReport(cast(Text, action), _names(reports, str(action))) for action in reports),
        tuple(FaceCause(cast(Text, reason), cast(Text, event)) for reason, event in causes.items()),
    )


def _machine(name: Text, tree: Map) -> Machine:
    return Machine(
        name=name, doc=_str(tree, "doc"), prefix=_str(tree, "prefix"), context=_need(tree, "context"),
        rfc=_texts(tree, "rfc"), roles=_names(tree, "roles"), built=_names(tree, "built"),
        plain=_flag(tree, "plain"),
        initial=_need(tree, "initial"), final=_names(tree, "final"),
        public=_sentences(tree, "public"), inputs=tuple(_input(n, t) for n, t in _items(tree, "inputs")),
        allows=_sentences(tree, "allows"),
        timers=tuple(_timer(n, t) for n, t in _items(tree, "timers")),
        sources=tuple(_source(n, t) for n, t in _items(tree, "sources")),
        guards=_sentences(tree, "guards"),
        actions=tuple(_action(n, t) for n, t in _items(tree, "actions")),
        states=tuple(_state(n, t) for n, t in _items(tree, "states")),
    )


def _input(name: Text, tree: Map) -> Input:
    return Input(name, _str(tree, "doc"), _text(tree, "begin"))


def _timer(name: Text, tree: Map) -> Timer:
    return Timer(name, _str(tree, "doc"), _int(tree, "default"), _need(tree, "config"))


def _source(name: Text, tree: Map) -> Source:
    where = tree["in"]
    return Source(
        name=name, states=_names(tree, "in") if isinstance(where, Seq) else None, armed=where == "armed",
        refuses=tree["else"] == "refuse",
        events=tuple(_event(n, t) for n, t in _items(tree, "events")),
    )


def _event(name: Text, tree: Map) -> Event:
    timer = _text(tree, "timer")
    return Event(name, _str(tree, "doc") or f"The {timer} timer ran out.", _text(tree, "role"), timer,
                 _flag(tree, "everywhere"))


def _action(name: Text, tree: Map) -> Action:
    return Action(name, _str(tree, "doc"), _names(tree, "roles"), _flag(tree, "app"), _flag(tree, "once"),
                  _flag(tree, "steps"))


def _state(name: Text, tree: Map) -> State:
    return State(
        name=name, doc=_str(tree, "doc"), public=_text(tree, "public"), input=_text(tree, "input"),
        allow=_names(tree, "allow"), role=_text(tree, "role"), arm=_names(tree, "arm"),
        untimed=_str(tree, "untimed"), rfc=_texts(tree, "rfc"),
        rows=tuple(_row(cast(Map, row)) for row in cast(Seq, tree.get("rows", Seq(tree.line)))),
        ignore=_names(tree, "ignore"), refuse=_names(tree, "refuse"), enter=_names(tree, "enter"),
    )


def _row(tree: Map) -> Row:
    return Row(
        line=tree.line, event=_need(tree, "when"), guard=_text(tree, "if"), role=_text(tree, "role"),
        to=_text(tree, "to"), why=_text(tree, "why"), do=_names(tree, "do"), stop=_names(tree, "stop"),
        start=_names(tree, "start"), restart=_names(tree, "restart"), rfc=_str(tree, "rfc"), doc=_str(tree, "doc"),
    )

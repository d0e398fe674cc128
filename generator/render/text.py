# SPDX-License-Identifier: MIT
"""Templates and the small shapes of C text: columns, comments, enums, strings.

Knows how generated files look, nothing of what stands in them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

import jinja2

from generator.cnames import SWITCH, Enum
from generator.machines import RoleRow
from generator.spec import Machine, Spec

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).resolve().parent.parent / "templates", encoding="utf-8"),
    undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    autoescape=False,
)

WIDTH = 100


def fill(template: str, spec: Spec, **values: object) -> str:
    """A template with its values; `source` and `digest` say what it was made from."""
    text = _TEMPLATES.get_template(template).render(source=spec.path, digest=spec.digest, spec=spec, **values)
    return "\n".join(line.rstrip() for line in text.split("\n"))


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines, every cell but a row's last padded to its column; empty columns go."""
    widths: dict[int, int] = {}
    for row in rows:
        for index, cell in enumerate(row[:-1]):
            widths[index] = max(widths.get(index, 0), len(cell))
    return [" ".join([cell.ljust(widths[i]) for i, cell in enumerate(row[:-1]) if widths[i]] + [row[-1]])
            for row in rows]


def comment(text: str) -> str:
    """A sentence as a comment; nothing where there is none."""
    return f"/* {safe(text)} */" if text else ""


def citation(section: str) -> str:
    """A section of RFC 6455, or of the document that is named before it ("9112 2.2")."""
    document, _, rest = section.rpartition(" ")
    return f"RFC {document or 6455} {rest}"


def origin(row: RoleRow) -> str:
    """Where a row stands in the specification, and what it rests on."""
    section = f", {citation(row.rfc)}" if row.rfc else ""
    return f"line {row.line}{section}" + (", ignored" if row.ignored else "")


def safe(text: str) -> str:
    """Text that cannot end or open a C comment."""
    return text.replace("*/", "* /").replace("/*", "/ *")


def quoted(text: str) -> str:
    """A C string of the text's UTF-8 bytes."""
    return '"' + "".join(_character(byte) for byte in text.encode("utf-8")) + '"'


def list_item(text: str) -> str:
    """A string of a list as wss_name_in() reads it, with its end."""
    return quoted(text)[:-1] + '\\0"'


def _character(byte: int) -> str:
    if byte in b'"\\':
        return "\\" + chr(byte)
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"


def enum_text(enum: Enum) -> str:
    rows = []
    for number, item in enumerate(enum.items):
        comma = "," if number + 1 < len(enum.items) else ""
        value = f" = {item.value}" if item.value else ""
        rows.append(["   ", item.name + value + comma, comment(item.doc)])
    body = "\n".join(line.rstrip() for line in columns(rows))
    head = comment(enum.doc) + "\n" if enum.doc else ""
    if not enum.type_name:
        return f"{head}enum {{\n{body}\n}};"
    return f"{head}typedef enum {enum.type_name.removesuffix('_t')} {{\n{body}\n}} {enum.type_name};"


def wrapped(items: Iterable[str], indent: str = "    ", separator: str = ", ") -> list[str]:
    """Items, with commas or another separator, as many to a line as fit."""
    return textwrap.wrap(separator.join(items), WIDTH, initial_indent=indent, subsequent_indent=indent,
                         break_long_words=False, break_on_hyphens=False)


def condition(roles: Sequence[str]) -> str:
    """What the preprocessor has to find for one of the roles; empty: always there."""
    if not all(role in SWITCH for role in roles):
        return ""
    return " || ".join(SWITCH[role] for role in roles)


def only_if(needed: str, text: str) -> str:
    return f"#if {needed}\n{text}\n#endif" if needed else text


def case_condition(machine: Machine, users: Sequence[str]) -> str:
    """For something that some roles of a machine use: empty where all do."""
    return "" if set(users) == set(machine.roles) else condition(users)

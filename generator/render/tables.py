# SPDX-License-Identifier: MIT
"""wss_tables.h: the declarations of the data that only the runtime sees, and the text of the
UTF-8 automaton.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator import cnames
from generator.machines import RoleMachine
from generator.render.text import columns, comment, fill, wrapped
from generator.spec import Field, Spec
from generator.utf8 import automaton


def files(spec: Spec, _machines: tuple[RoleMachine, ...]) -> dict[str, str]:
    utf8 = automaton(spec.utf8)
    masks = [[f"#define WSS_FRAME_{cnames.identifier(bits.name)}_MASK", f"0x{bits.mask:02X}u", comment(bits.doc)]
             for bits in spec.frame_header]
    return {"wss_tables.h": fill(
        "wss_tables.h.j2", spec,
        frame_masks=columns(masks),
        request_fields=_field_mask([f for f in spec.fields if "request" in f.directions]),
        response_fields=_field_mask([f for f in spec.fields if "response" in f.directions]),
        utf8_reject=utf8.class_count,
        utf8_entries=len(utf8.rows) * utf8.class_count,
    )}


def class_name(kind: str) -> str:
    return f"WSS_CLASS_{kind.upper()}"


def _field_mask(fields: list[Field]) -> str:
    return " | \\\n     ".join(f"(1u << {cnames.field(field.name)})" for field in fields)


@dataclass(frozen=True)
class Utf8Text:
    classes: list[str]
    rows: list[str]


def utf8_text(spec: Spec) -> Utf8Text:
    """States are numbered by where their row begins, so that one addition finds the next."""
    utf8 = automaton(spec.utf8)
    classes = [utf8.classes[first:first + 16] for first in range(0, 256, 16)]
    return Utf8Text(
        classes=[f"{wrapped(f'{c:2}' for c in row)[0]}, /* {16 * n:02X} */" for n, row in enumerate(classes)],
        rows=[f"{wrapped(f'{next_ * utf8.class_count:3}' for next_ in row)[0]}, /* {n * utf8.class_count} */"
              for n, row in enumerate(utf8.rows)],
    )

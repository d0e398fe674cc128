# SPDX-License-Identifier: MIT
"""wss_faces.h: which event of a vendor interface says why a connection ended."""

from __future__ import annotations

from generator import cnames
from generator.machines import RoleMachine
from generator.render.text import columns, fill
from generator.spec import Face, Spec


def files(spec: Spec, _machines: tuple[RoleMachine, ...]) -> dict[str, str]:
    return {"wss_faces.h": fill("wss_faces.h.j2", spec, faces=[_macro(face) for face in spec.faces])}


def _macro(face: Face) -> list[str]:
    """The lines of a macro, with the backslashes in one column."""
    head = f"#define {cnames.face_causes(face.name)}"
    lines = [head] + columns([[f"    [{cnames.reason(c.reason)}]", f"= 1 + {c.event},"] for c in face.causes])
    width = max(len(line) for line in lines) + 1
    return [line.ljust(width) + "\\" for line in lines[:-1]] + lines[-1:]

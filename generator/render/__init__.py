# SPDX-License-Identifier: MIT
"""From the model to the text of every generated file, one module per kind of file.

Each has `files(spec, machines)`: the paths under the output directory and what stands in
them. Knows nothing of checks: a refused specification never comes here.
"""

from __future__ import annotations

from generator.machines import RoleMachine
from generator.render import diagrams, faces, machines, markdown, names, promela, tables, vocabulary
from generator.spec import Spec

KINDS = (vocabulary, tables, machines, names, faces, diagrams, markdown, promela)


def render(spec: Spec, role_machines: tuple[RoleMachine, ...]) -> dict[str, str]:
    result: dict[str, str] = {}
    for kind in KINDS:
        result.update(kind.files(spec, role_machines))
    return result

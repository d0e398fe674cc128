# SPDX-License-Identifier: MIT
"""Which roles the connections of a face can have: where none of a role is ever begun, what works for
that role alone is not reached.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from measure.assembly import Module

BEGINNINGS = {"server": ("wss_listen",), "client": ("wss_connect", "wss_session_start*")}
"""The functions of the API without which a loop has no connection of the role."""

ALONE = {
    "server": frozenset(f"runtime/wss_{name}.c" for name in ("admit", "body", "extensions", "reply", "request", "values")),
    "client": frozenset(f"runtime/wss_{name}.c" for name in ("connect", "response")),
}
"""Sources that work for connections of one role: empty in a build without it."""


def missing(face: Iterable[Module]) -> frozenset[str]:
    """The roles whose connections these modules, all that call the API, never begin."""
    named = {name for module in face
             for name in (*module.taken, *(call.callee for function in module.functions for call in function.calls))}
    return frozenset(role for role, beginnings in BEGINNINGS.items()
                     if not any(fnmatchcase(name, beginning) for name in named for beginning in beginnings))

# SPDX-License-Identifier: MIT
"""The functions that public headers declare. Reads headers through the preprocessor, as names may
be made of settings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cmake.sources import ROOT
from measure.toolchain import Workshop

_WORD_CALLED = re.compile(r"\b([A-Za-z_]\w*)\s*\(")
_MARKER = re.compile(r'^# \d+ "([^"]*)"')
_DECLARED = re.compile(r"(?:^|[\s*])([A-Za-z_]\w*)\s*\((?!\s*\*)")


@dataclass(frozen=True)
class PublicFunction:
    """`name` as the header has it; `symbol` as the linker does."""

    header: str
    name: str
    symbol: str


def public_functions(workshop: Workshop, headers: Sequence[str], flags: Sequence[str]) -> list[PublicFunction]:
    """In the order of the headers."""
    found = []
    for header in headers:
        raw = (ROOT / header).read_text(encoding="utf-8")
        words = sorted(set(_WORD_CALLED.findall(raw)))
        text = f'#include "{header}"\n' + "".join(f'measured "{word}" {word}\n' for word in words)
        output = workshop.preprocess(text, [*flags, f"-I{ROOT}"])
        names = {made: word for word, made in re.findall(r'^measured "(\w+)" (\w+)$', output, re.M)}
        found += [PublicFunction(header, names[symbol], symbol)
                  for symbol in _declared(_own_text(output, header)) if symbol in names]
    return found


def _own_text(output: str, header: str) -> str:
    """What the preprocessor made of the header itself."""
    lines, own = [], False
    for line in output.splitlines():
        if marker := _MARKER.match(line):
            own = marker[1].endswith(header)
        elif own:
            lines.append(line)
    return "\n".join(lines)


def _declared(text: str) -> list[str]:
    """Functions that are declared outside of all braces, by statements that are no typedefs."""
    while re.search(r"\{[^{}]*\}", text):
        text = re.sub(r"\{[^{}]*\}", " ", text)
    names = []
    for statement in text.split(";"):
        statement = re.sub(r'extern "C"', "", statement).strip()
        if statement.startswith(("typedef", "struct", "enum", "__extension__")) or "(" not in statement:
            continue
        if found := _DECLARED.search(statement):
            names.append(found[1])
    return names

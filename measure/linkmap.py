# SPDX-License-Identifier: MIT
"""What the linker kept of each object, from its map. A string that several objects have counts for
one of them, alignment for what stands before it: so the sum is what the program has.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

_OUTPUT = re.compile(r"^\.(text|rodata)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)$", re.M)
_INPUT = re.compile(r"^ \.\S+\s+0x([0-9a-f]+)\s+0x[0-9a-f]+ (\S+\.o)$", re.M)


def contents(text: str) -> dict[str, Counter[Path]]:
    """The bytes of each object in .text and in .rodata."""
    found: dict[str, Counter[Path]] = {"text": Counter(), "rodata": Counter()}
    placed = [(int(address, 16), Path(file)) for address, file in _INPUT.findall(text)]
    for kind, begin, size in _OUTPUT.findall(text):
        first, end = int(begin, 16), int(begin, 16) + int(size, 16)
        # A section that is empty, as its strings are another's, has the address of the next one.
        within = list({address: file for address, file in sorted(placed, key=lambda it: it[0])
                       if first <= address < end}.items())
        for (address, file), (after, _) in zip(within, [*within[1:], (end, Path())]):
            found[kind][file] += after - address
    return found

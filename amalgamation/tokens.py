# SPDX-License-Identifier: MIT
"""C sources as tokens: joined they are the source again. Knows C's lexical grammar (C11, 6.4) as far
as names are concerned, and directives as lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache


class Kind(Enum):
    SPACE = auto()
    COMMENT = auto()
    DIRECTIVE = auto()  # without its end of line
    TEXT = auto()  # string or character
    NAME = auto()
    NUMBER = auto()
    MARK = auto()


@dataclass(frozen=True)
class Token:
    kind: Kind
    text: str

    @property
    def significant(self) -> bool:
        return self.kind not in (Kind.SPACE, Kind.COMMENT, Kind.DIRECTIVE)


_PATTERN = re.compile(
    r"""(?P<DIRECTIVE>(?:(?<=\n)|^)[ \t]*\#(?:\\\n|/\*.*?\*/|[^\n])*)
      | (?P<COMMENT>/\*.*?\*/|//[^\n]*)
      | (?P<TEXT>(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"|[uUL]?'(?:\\.|[^'\\\n])*')
      | (?P<NAME>[A-Za-z_]\w*)
      | (?P<NUMBER>\.?[0-9](?:[eEpP][+-]|[\w.])*)
      | (?P<SPACE>\n|[^\S\n]+)
      | (?P<MARK>->|\.\.\.|.)""",
    re.S | re.X)


@cache
def tokens_of(source: str) -> tuple[Token, ...]:
    found = tuple(Token(Kind[match.lastgroup or "MARK"], match[0]) for match in _PATTERN.finditer(source))
    assert text_of(found) == source
    return found


def text_of(tokens: Iterable[Token]) -> str:
    return "".join(token.text for token in tokens)

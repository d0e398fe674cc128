# SPDX-License-Identifier: MIT
"""What stands in a source where the compiler says that something is called. Knows C's postfix
expressions and nothing of their meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from measure.assembly import Place
from measure.toolchain import MeasureError

_TOKEN = re.compile(r"\s*([A-Za-z_]\w*|->|\.|\(|\[)")
_BRACKETS = {"(": ")", "[": "]"}


@dataclass(frozen=True)
class Written:
    """A call as it is written: "conn->stream->ops->send" has the name "ops->send"; a call within
    has empty parentheses, an index empty brackets. A name keeps its last two members."""

    name: str
    arguments: tuple[str, ...]


def written_at(place: Place) -> Written:
    """MeasureError: no call is written there in a way that is understood."""
    text = _text_from(place)
    written = _call(text)
    if written is None:
        raise MeasureError(f"{place}: no call is understood in `{text.splitlines()[0].strip()}`")
    return written


def written_within(written: Written) -> list[Written]:
    """The calls in a call's arguments: where they stand on one line the compiler names the outer."""
    found = []
    for argument in written.arguments:
        for start in re.finditer(r"(?<![\w>.])[A-Za-z_]", argument):
            if inner := _call(argument[start.start():]):
                found += [inner, *written_within(inner)]
    return found


def _call(text: str) -> Written | None:
    parts: list[str] = []
    arguments: tuple[str, ...] | None = None
    at = 0
    while found := _TOKEN.match(text, at):
        token, start = found[1], found.end()
        if token in _BRACKETS:
            end = _closing(text, start, token)
            if not parts:
                break
            inside = text[start:end]
            at = end + 1
            if token == "(" and not _goes_on(text, at):
                arguments = _split(inside)
                break
            parts[-1] += token + _BRACKETS[token]
        elif token in ("->", "."):
            parts.append("")
            at = start
        elif parts and parts[-1] != "":
            break
        else:
            parts[-1:] = [token]
            at = start
    return None if arguments is None else Written("->".join(parts[-2:]), arguments)


def _goes_on(text: str, at: int) -> bool:
    return re.match(r"\s*(->|\.\s*[A-Za-z_]|\()", text[at:]) is not None


def _closing(text: str, start: int, opening: str) -> int:
    depth = 1
    for at in range(start, len(text)):
        if text[at] == opening:
            depth += 1
        elif text[at] == _BRACKETS[opening]:
            depth -= 1
            if depth == 0:
                return at
    return len(text)


def _split(inside: str) -> tuple[str, ...]:
    """Arguments, apart from each other."""
    pieces, depth, begin = [], 0, 0
    for at, char in enumerate(inside):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            pieces.append(inside[begin:at])
            begin = at + 1
    return tuple(" ".join(piece.split()) for piece in (*pieces, inside[begin:]) if piece.strip())


@cache
def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")


def _text_from(place: Place) -> str:
    lines = _lines(place.file)[place.line - 1:place.line + 20]
    return "\n".join([lines[0][place.column - 1:], *lines[1:]])

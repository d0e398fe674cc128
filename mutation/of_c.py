# SPDX-License-Identifier: MIT
"""Changes of C sources: other operators, other numbers, statements left out.

Relies on the layout that clang-format gives: binary operators stand between spaces, unary ones do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from amalgamation.tokens import Kind, tokens_of
from mutation.mutant import Change

BINARY: dict[str, tuple[str, ...]] = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",),
    "&&": ("||",), "||": ("&&",), "+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("/",),
    "<<": (">>",), ">>": ("<<",), "&": ("|",), "|": ("&",), "^": ("&",),
    "+=": ("-=",), "-=": ("+=",), "|=": ("&=",), "&=": ("|=",), "^=": ("|=",), "<<=": (">>=",), ">>=": ("<<=",),
}
UNARY: dict[str, tuple[str, ...]] = {"!": ("",), "~": ("",), "++": ("--",), "--": ("++",)}
_OPERATORS = sorted({*BINARY, *UNARY, "->", "=", "?", ":", "..."}, key=len, reverse=True)
_NUMBER = re.compile(r"(0[xX][0-9a-fA-F]+|[0-9]+)([uUlL]*)")
_HEADS = {"if", "while", "for", "switch"}
_NEVER = {"case", "default", "do", "else", "return", *_HEADS}
_DECLARE = re.compile(r"(const|static|struct|enum|union|unsigned|int|char|bool|void|_Static_assert|typedef|extern|\w+_t)$")


@dataclass(frozen=True)
class Piece:
    """A token that means something; operators in one piece."""

    kind: Kind
    text: str
    at: int
    spaced: bool
    """Between spaces or ends of lines."""


def changes(source: str) -> Iterator[Change]:
    pieces = _pieces(source)
    asserted = _asserted(pieces)
    for index, piece in enumerate(pieces):
        if index not in asserted:
            yield from _other_operator(piece)
            yield from _other_number(piece)
    yield from _left_out(source, pieces)


def _pieces(source: str) -> list[Piece]:
    found: list[Piece] = []
    at = taken = 0
    for token in tokens_of(source):
        start, at = at, at + len(token.text)
        if not token.significant or start < taken:
            continue
        text = token.text
        if token.kind is Kind.MARK:
            text = next((known for known in _OPERATORS if source.startswith(known, start)), text)
        taken = start + len(text)
        spaced = source[start - 1:start].isspace() and source[taken:taken + 1].isspace()
        found.append(Piece(token.kind, text, start, spaced))
    return found


def _asserted(pieces: list[Piece]) -> set[int]:
    """The pieces within _Static_assert: not built, or of no consequence."""
    found: set[int] = set()
    for index, piece in enumerate(pieces):
        if piece.text == "_Static_assert":
            found.update(range(index, _closed(pieces, index + 1)))
    return found


def _closed(pieces: list[Piece], index: int) -> int:
    """After the parenthesis that closes the one at index."""
    depth = 0
    for end in range(index, len(pieces)):
        depth += (pieces[end].text == "(") - (pieces[end].text == ")")
        if depth == 0:
            return end + 1
    return len(pieces)


def _other_operator(piece: Piece) -> Iterator[Change]:
    if piece.kind is Kind.MARK:
        for new in (BINARY if piece.spaced else UNARY).get(piece.text, ()):
            yield Change("operator", piece.at, piece.text, new)


def _other_number(piece: Piece) -> Iterator[Change]:
    if piece.kind is Kind.NAME and piece.text in ("true", "false"):
        yield Change("constant", piece.at, piece.text, "false" if piece.text == "true" else "true")
    number = _NUMBER.fullmatch(piece.text) if piece.kind is Kind.NUMBER else None
    if number is None:
        return
    value = int(number[1], 0)
    for other in (value + 1, value - 1) if value > 0 else (1,):
        yield Change("constant", piece.at, piece.text, f"{other}{number[2]}")


def _left_out(source: str, pieces: list[Piece]) -> Iterator[Change]:
    """Statements of functions that are expressions, or jumps without a value."""
    for body in _bodies(pieces):
        parens = 0
        for index in body:
            if parens == 0 and _begins(pieces, index):
                end = next(last for last in range(index, body.stop) if pieces[last].text in (";", "}"))
                text = source[pieces[index].at:pieces[end].at + 1]
                if len(text) > 1 and text.endswith(";") and _is_deed(pieces, index, end):
                    yield Change("statement", pieces[index].at, text, ";")
            parens += (pieces[index].text == "(") - (pieces[index].text == ")")


def _bodies(pieces: list[Piece]) -> Iterator[range]:
    """Of functions, without the first brace."""
    depth = start = 0
    for index, piece in enumerate(pieces):
        if piece.text == "{":
            if depth == 0:
                start = index + 1 if index > 0 and pieces[index - 1].text == ")" else 0
            depth += 1
        elif piece.text == "}":
            depth -= 1
            if depth == 0 and start > 0:
                yield range(start, index + 1)


def _begins(pieces: list[Piece], index: int) -> bool:
    """Whether a statement begins here."""
    before = pieces[index - 1].text
    if before in ("{", "}", ";", "else", "do"):
        return True
    if before == ":":
        return True
    if before != ")":
        return False
    depth = 0
    for start in range(index - 1, -1, -1):
        depth += (pieces[start].text == ")") - (pieces[start].text == "(")
        if depth == 0:
            return pieces[start - 1].text in _HEADS
    return False


def _is_deed(pieces: list[Piece], index: int, end: int) -> bool:
    first, second = pieces[index], pieces[index + 1]
    if first.text == "return":
        return second.text == ";"
    if first.text in _NEVER or any(piece.text in "{}" for piece in pieces[index:end]):
        return False
    if first.text in ("break", "continue", "goto"):
        return True
    if _DECLARE.match(first.text):
        return False
    # A value of an initializer, or of a case, is no statement.
    return any(piece.text in ("=", "(", "++", "--") or piece.text in BINARY and piece.text.endswith("=")
               for piece in pieces[index:end])

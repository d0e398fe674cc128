# SPDX-License-Identifier: MIT
"""What a source declares at file scope for itself alone: static functions and variables, types, tags,
constants of enums, macros. Such names may be the same in two sources, but not in one file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amalgamation.tokens import Kind, Token, tokens_of

TAGGED = ("struct", "union", "enum")

_MACRO = re.compile(r"[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)")
_TESTED = re.compile(r"[ \t]*#[ \t]*(?:ifndef[ \t]+|if[ \t]+!defined\(?)([A-Za-z_]\w*)")


@dataclass(frozen=True)
class Declaration:
    """At file scope; of a function's definition what comes before its body. `at`: its first token."""

    tokens: tuple[Token, ...]
    at: int
    defines: bool  # a function

    @property
    def first(self) -> str:
        return self.tokens[0].text

    def __contains__(self, word: str) -> bool:
        return any(token.text == word for token in self.tokens)


@dataclass(frozen=True)
class Names:
    """Tags are apart, as C has them in a name space of their own (C11, 6.2.3). Macros that a source
    tests before it defines them are settings, and not its own."""

    ordinary: frozenset[str]
    tags: frozenset[str]
    macros: frozenset[str]


def own_names(source: str) -> Names:
    tokens = tokens_of(source)
    ordinary: set[str] = set()
    tags: set[str] = set()
    for declaration in declarations(tokens):
        tags |= set(_tags(declaration.tokens))
        ordinary |= set(_enumerators(declaration.tokens))
        if declaration.first in ("static", "typedef"):
            ordinary |= set(declared(declaration))
    directives = [token.text for token in tokens if token.kind is Kind.DIRECTIVE]
    macros = {found[1] for text in directives if (found := _MACRO.match(text))}
    tested = {found[1] for text in directives if (found := _TESTED.match(text))}
    return Names(frozenset(ordinary), frozenset(tags), frozenset(macros - tested))


def declarations(source: Sequence[Token]) -> Iterator[Declaration]:
    significant = [i for i, token in enumerate(source) if token.significant]
    tokens = [source[i] for i in significant]
    begin = at = 0
    while at < len(tokens):
        if tokens[at].text == "{" and at > begin and tokens[at - 1].text == ")" \
                and not _initialised(tokens[begin:at]):
            yield Declaration(tuple(tokens[begin:at]), significant[begin], True)
            begin = at = _closing(tokens, at) + 1
        elif tokens[at].text == "{" and [token.text for token in tokens[begin:at]] == ["extern", '"C"']:
            begin = at = at + 1
        elif tokens[at].text == "}":  # of extern "C"
            begin = at = at + 1
        elif tokens[at].text in ("{", "("):
            at = _closing(tokens, at) + 1
        elif tokens[at].text == ";":
            if at > begin:
                yield Declaration(tuple(tokens[begin:at]), significant[begin], False)
            begin = at = at + 1
        else:
            at += 1


def _initialised(declaration: Sequence[Token]) -> bool:
    return any(token.text == "=" for token in _outside(declaration))


def _closing(tokens: Sequence[Token], at: int) -> int:
    pairs = {"{": "}", "(": ")", "[": "]"}
    opening, closing, depth = tokens[at].text, pairs[tokens[at].text], 0
    for i in range(at, len(tokens)):
        depth += (tokens[i].text == opening) - (tokens[i].text == closing)
        if depth == 0:
            return i
    raise ValueError(f"`{opening}` is never closed")


def _outside(tokens: Sequence[Token], opening: tuple[str, ...] = ("{", "(", "[")) -> list[Token]:
    """The tokens that are in no brackets; of brackets the opening ones stay."""
    kept, at = [], 0
    while at < len(tokens):
        kept.append(tokens[at])
        at = (_closing(tokens, at) if tokens[at].text in opening else at) + 1
    return kept


def _tags(declaration: Sequence[Token]) -> Iterator[str]:
    for keyword, name, brace in zip(declaration, declaration[1:], declaration[2:]):
        if keyword.text in TAGGED and name.kind is Kind.NAME and brace.text == "{":
            yield name.text


def _enumerators(declaration: Sequence[Token]) -> Iterator[str]:
    for i, token in enumerate(declaration):
        brace = i + 1 if i + 1 < len(declaration) and declaration[i + 1].text == "{" else i + 2
        if token.text == "enum" and brace < len(declaration) and declaration[brace].text == "{":
            body = declaration[brace:_closing(declaration, brace)]
            yield from (name.text for before, name in zip(body, body[1:])
                        if before.text in ("{", ",") and name.kind is Kind.NAME)


def declared(declaration: Declaration) -> Iterator[str]:
    """The names of functions, objects and types that it gives."""
    for declarator in _declarators(declaration.tokens):
        if name := _name_of(declarator):
            yield name


def _declarators(declaration: Sequence[Token]) -> Iterator[list[Token]]:
    """Apart by commas outside of brackets, without what they are initialised with."""
    current: list[Token] = []
    initialiser = False
    at = 0
    while at < len(declaration):
        end = _closing(declaration, at) + 1 if declaration[at].text in ("{", "(", "[") else at + 1
        if declaration[at].text == ",":
            yield current
            current, initialiser = [], False
        elif declaration[at].text == "=":
            initialiser = True
        elif not initialiser and declaration[at].text != "{":
            current += declaration[at:end]
        at = end
    yield current


def _name_of(declarator: Sequence[Token]) -> str | None:
    """Before the first bracket; or within it, where that holds a pointer: (*name)(int)."""
    for i, token in enumerate(declarator):
        if token.text == "(" and i + 1 < len(declarator) and declarator[i + 1].text == "*":
            inside = declarator[i + 1:_closing(declarator, i)]
            return next((name.text for name in inside if name.kind is Kind.NAME and name.text != "const"), None)
        if token.text in ("(", "["):
            return declarator[i - 1].text if i > 0 else None
    return declarator[-1].text if declarator and declarator[-1].kind is Kind.NAME else None

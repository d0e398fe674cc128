# SPDX-License-Identifier: MIT
"""Functions that only the sources of one part call need no name for the linker: with `static` where
they are first declared, in a header of the part's own, they have none (C11, 6.2.2), and the compiler
may do with them what it likes.
"""

from __future__ import annotations

from collections.abc import Iterable

from amalgamation.names import declarations, declared
from amalgamation.tokens import Kind, Token, text_of, tokens_of


def defined_functions(sources: Iterable[str]) -> frozenset[str]:
    """Those with a name for the linker."""
    return frozenset(name for source in sources for declaration in declarations(tokens_of(source))
                     if declaration.defines and "static" not in declaration for name in declared(declaration))


def made_static(header: str, functions: frozenset[str]) -> str:
    """The header with `static` before the declarations of functions."""
    tokens = list(tokens_of(header))
    begins = [it.at for it in declarations(tokens)
              if not it.defines and it.first not in ("typedef", "static", "extern")
              and any(name in functions for name in declared(it))]
    for at in reversed(begins):
        tokens.insert(at, Token(Kind.NAME, "static "))
    return text_of(tokens)

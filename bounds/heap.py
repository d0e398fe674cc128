# SPDX-License-Identifier: MIT
"""Allocators that objects want: those of C and POSIX, functions of theirs that allocate for their
caller, and those of what we stand on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from measure.pointers import relative
from measure.toolchain import Object, Target, run

ALLOCATORS = re.compile(
    r"(_{0,2}(libc_)?(malloc|calloc|realloc|reallocarray|free|memalign|valloc|pvalloc))|cfree|aligned_alloc"
    r"|posix_memalign|s?brk|alloca|_{0,2}strn?dup|wcsdup|v?asprintf|__v?asprintf_chk|_{0,2}getdelim|getline"
    r"|open_memstream|fmemopen|f(re|d)?open|tmpfile|f?opendir|fdopendir|scandir|glob|qsort|setvbuf|realpath"
    r"|getaddrinfo|freeaddrinfo|getifaddrs|freeifaddrs|if_nameindex|gethostbyname\w*|regcomp"
    r"|mbedtls_(calloc|free)|OSAL_(Malloc|Free)|mem_(malloc|calloc|trim|free)|pvPortMalloc|vPortFree"
    r"|TCPIP_HEAP_\w+")


@dataclass(frozen=True)
class Heap:
    """`symbols`: of allocators, with the sources that want them."""

    objects: int
    symbols: frozenset[tuple[str, str]]


def heap_of(target: Target, objects: Iterable[Object]) -> Heap:
    every = list(objects)
    return Heap(len(every), frozenset((relative(made.source), name) for made in every
                                      for name in _undefined(target, made) if ALLOCATORS.fullmatch(name)))


def _undefined(target: Target, made: Object) -> list[str]:
    lines = run([target.tool("nm"), "-u", "-P", made.file]).splitlines()
    return [line.split()[0] for line in lines if line.strip()]

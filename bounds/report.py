# SPDX-License-Identifier: MIT
"""What a survey found: the table that is printed, and build/static.json."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from bounds.limits import Limits
from bounds.misra import rules_of
from bounds.shape import Shape, spread
from bounds.survey import Survey
from cmake.sources import ROOT

FILE = ROOT / "build" / "static.json"


def table(found: Survey, limits: Limits) -> str:
    rules = rules_of(found.counts.counts)
    rows = [
        ("functions", f"{len(found.by_hand)} by hand, {len(found.generated)} generated", ""),
        ("recursion", f"{len(found.calls.cycles)} cycles through {len(found.calls.functions)} functions", "0"),
        ("heap", f"{len(found.heap.symbols)} symbols in {found.heap.objects} objects",
         f"{sum(len(one.symbols) for one in limits.heap)}, with reasons"),
        ("complexity", _spread(found.by_hand, complexity_of), str(limits.complexity)),
        ("length", _spread(found.by_hand, length_of), str(limits.length)),
        ("complexity, generated", _spread(found.generated, complexity_of), ""),
        ("length, generated", _spread(found.generated, length_of), ""),
        ("gcc -fanalyzer", f"{len(found.warnings)} warnings in {found.units} compilations", "0"),
        ("cppcheck", f"{len(found.findings)} findings", "0"),
        ("MISRA C:2012", f"{len(rules)} rules not kept, in {sum(rules.values())} places", "docs/MISRA.md"),
    ]
    return "\n".join(f"{name:<22} {text:<78} {limit}".rstrip() for name, text, limit in [("", "found", "limit"), *rows])


def summary(found: Survey, wrong: Sequence[str]) -> dict[str, object]:
    worst = {f"{name}, {who}": measured(shapes) for who, shapes in (("by hand", found.by_hand), ("generated",
             found.generated)) for name, measured in (("complexity", _complexities), ("length", _lengths))}
    return {
        "functions": len(found.shapes),
        "recursion": len(found.calls.cycles),
        "heap": sorted(f"{file}: {symbol}" for file, symbol in found.heap.symbols),
        **worst,
        "analyzer": len(found.warnings),
        "cppcheck": len(found.findings),
        "misra": rules_of(found.counts.counts),
        "wrong": list(wrong),
    }


def save(content: dict[str, object], file: Path = FILE) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def complexity_of(shape: Shape) -> int:
    return shape.complexity


def length_of(shape: Shape) -> int:
    return shape.length


def _spread(shapes: Sequence[Shape], measure: Callable[[Shape], int]) -> str:
    it = spread(shapes, measure)
    return f"median {it.median}, 95 % up to {it.percentile95}, most {it.maximum}: {it.worst}"


def _complexities(shapes: Sequence[Shape]) -> dict[str, object]:
    return _numbers(shapes, complexity_of)


def _lengths(shapes: Sequence[Shape]) -> dict[str, object]:
    return _numbers(shapes, length_of)


def _numbers(shapes: Sequence[Shape], measure: Callable[[Shape], int]) -> dict[str, object]:
    it = spread(shapes, measure)
    return {"median": it.median, "95 %": it.percentile95, "most": it.maximum, "in": str(it.worst)}

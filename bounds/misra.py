# SPDX-License-Identifier: MIT
"""The gate of MISRA C:2012: each rule that is not kept has a reason, each reason a rule that is not
kept, and no count grows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bounds.cppcheck import Finding
from bounds.limits import MANDATORY, Counts, Deviation, number
from bounds.rooms import NAMES, room_of
from measure.figures import growth


def counts_of(findings: Iterable[Finding]) -> dict[str, int]:
    """By "rule/room", in the order of rules and rooms."""
    counts = Counter((finding.rule, room) for finding in findings
                     if finding.rule and (room := room_of(finding.file)) is not None)
    ordered = sorted(counts, key=lambda key: (number(key[0]), NAMES.index(key[1])))
    return {f"{rule}/{room}": counts[rule, room] for rule, room in ordered}


def rules_of(counts: Mapping[str, int]) -> dict[str, int]:
    """By rule."""
    totals: Counter[str] = Counter()
    for name, count in counts.items():
        totals[name.partition("/")[0]] += count
    return dict(totals)


def unexplained(counts: Mapping[str, int], deviations: Sequence[Deviation]) -> list[str]:
    """A line for each rule without a reason, and for each reason without a rule."""
    broken, reasoned = rules_of(counts), {one.rule for one in deviations}
    wrong = [f"rule {rule} is mandatory, and is not kept in {count} places" if rule in MANDATORY else
             f"rule {rule} is not kept in {count} places, and has no reason (bounds/misra.yaml)"
             for rule, count in broken.items() if rule not in reasoned]
    return wrong + [f"{one.id}: rule {one.rule} is kept everywhere" for one in deviations if one.rule not in broken]


def grown(recorded: Counts, counts: Mapping[str, int]) -> list[str]:
    return [f"rule {line}" for line in growth(recorded.counts, counts)]

# SPDX-License-Identifier: MIT
"""Bounds of the C code: looks at all of it, prints a table, writes build/static.json, and fails if
something is beyond what is accepted.

    python3 -m bounds           compare with what is accepted
    python3 -m bounds --write   write the counts of MISRA and docs/MISRA.md anew, then the same
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bounds import document, report
from bounds.limits import load_counts, load_deviations, load_limits, save_counts
from bounds.survey import survey, wrong
from measure.figures import leftovers, shrinkage
from measure.toolchain import MeasureError


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/static", description="Bounds of the C code.")
    parser.add_argument("--write", action="store_true", help="write the counts of MISRA and docs/MISRA.md anew")
    asked = parser.parse_args()
    try:
        return look(asked.write)
    except MeasureError as error:
        print(f"static: {error}", file=sys.stderr)
        return 1


def look(write: bool) -> int:
    limits, deviations = load_limits(), load_deviations()
    with tempfile.TemporaryDirectory() as folder:
        found = survey(Path(folder))
    if write:
        save_counts(found.counts)
        document.write(document.document(limits, deviations, found.counts))
    recorded = load_counts()
    lines = wrong(found, limits, deviations, recorded)
    report.save(report.summary(found, lines))
    print(report.table(found, limits))
    for name in (shrinkage, leftovers):
        for line in name(recorded.counts, found.counts.counts):
            print(f"fewer: rule {line} (scripts/static --write)")
    for line in lines:
        print(f"static: {line}", file=sys.stderr)
    if lines and found.counts.cppcheck != recorded.cppcheck:
        print(f"static: the counts are of cppcheck {recorded.cppcheck}, this is {found.counts.cppcheck}",
              file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: MIT
"""Measures each proof, shows that it can fail, and writes docs/verification.json and docs/VERIFICATION.md.

    python3 -m verification                  all
    python3 -m verification --only NAME      of one
    python3 -m verification --no-failures    the figures alone
"""

from __future__ import annotations

import argparse
import sys

from mutation.workshop import WorkshopError
from verification import page
from verification.demonstrate import DemonstrationError, demonstrate
from verification.items import ITEMS
from verification.measures import MeasureError


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/verification", description="Why the engine is believed to be right.")
    parser.add_argument("--only", metavar="NAME", help="one proof: " + ", ".join(item.name for item in ITEMS))
    parser.add_argument("--no-failures", action="store_true", help="do not show that the proofs can fail")
    asked = parser.parse_args()
    figures = page.load() if page.FILE.exists() else {}
    wrong = 0
    for item in ITEMS:
        if asked.only not in (None, item.name):
            continue
        try:
            figures[item.name] = item.measure()
            if item.demonstration is not None and not asked.no_failures:
                demonstrate(item.demonstration)
            print(f"{item.name}: {figures[item.name]}", flush=True)
        except (MeasureError, DemonstrationError, WorkshopError, OSError) as error:
            print(f"verification: {item.name}: {error}", file=sys.stderr)
            wrong = 1
    if wrong == 0:
        page.save(figures)
    return wrong


if __name__ == "__main__":
    sys.exit(main())

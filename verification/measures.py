# SPDX-License-Identifier: MIT
"""The figure of each proof, measured in the build folder of the host preset."""

from __future__ import annotations

import json
import re
import subprocess

from cmake.sources import ROOT
from tests.hostile.entries import ENTRIES
from verification import fuzzing

BUILD = ROOT / "build"
PYTEST = ("/usr/bin/python3", "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider")


class MeasureError(Exception):
    """A proof is red, or says nothing that can be read."""


def said(*argv: str) -> str:
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise MeasureError(f"{' '.join(argv)} fails:\n{(done.stdout + done.stderr)[-2000:]}")
    return done.stdout


def _numbers(pattern: str, text: str) -> list[int]:
    found = re.search(pattern, text)
    if found is None:
        raise MeasureError(f"nothing like `{pattern}` in:\n{text[-2000:]}")
    return [int(number.replace(",", "")) for number in found.groups()]


def grammar() -> str:
    text = said(*PYTEST, "tests/grammar")
    taken = [tuple(map(int, pair)) for pair in re.findall(r"(\d+) of (\d+) transitions", text)]
    if not taken:
        raise MeasureError(text[-2000:])
    differences = (ROOT / "tests/grammar/test_parsers.py").read_text(encoding="utf-8").count("    Difference(")
    return (f"{sum(pair[0] for pair in taken)} of {sum(pair[1] for pair in taken)} transitions taken by the scanners, "
            f"fast and small; {differences} classes of differences from h11 and wsproto")


def lockstep() -> str:
    text = said(*PYTEST, "tests/model/test_engine.py")
    rows, of_rows, answers, of_answers = _numbers(r"(\d+) of (\d+) rows, (\d+) of (\d+) answers", text)
    return f"{rows} of {of_rows} rows and {answers} of {of_answers} answers of guards seen in lockstep, bytes and all"


def model() -> str:
    rows = [line.split("|") for line in said("scripts/model").splitlines()[2:]]
    states = sum(int(row[3].replace(",", "")) for row in rows)
    broken = len(list((ROOT / "tests/promela/broken").glob("*.yaml")))
    return f"{len(rows)} formulas hold in {states:,} states; {broken} broken specifications are found out"


def storm() -> str:
    text = said(str(BUILD / "tests/storm/storm"), "--seeds", "1000", "--met")
    seeds, steps = _numbers(r"storm: (\d+) seeds, (\d+) steps", text)
    met, of_met = _numbers(r"mishaps in (\d+) of (\d+) states", text)
    return f"{steps:,} steps of {seeds:,} seeds, mishaps in {met} of {of_met} states; no rule is broken"


def hostile() -> str:
    passed, = _numbers(r"(\d+) passed", said(*PYTEST, "tests/hostile"))
    return f"{len(ENTRIES)} kinds of attack, {passed} tests beside an innocent client"


def fuzz() -> str:
    runs = fuzzing.load()
    everything = sum(runs.values(), fuzzing.Runs(0, 0, 0))
    return (f"{everything.runs:,} runs of {len(runs)} fuzzers in {everything.seconds / 3600:.1f} hours, "
            f"{everything.findings} findings ([docs/fuzzing.json](fuzzing.json))")


def requirements() -> str:
    text = (ROOT / "docs/RFC6455.md").read_text(encoding="utf-8")
    (every,), (tested,) = _numbers(r"\| Requirements \| (\d+)", text), _numbers(r"with a test \| (\d+)", text)
    said(*PYTEST, "tests/rfc6455")
    return f"{tested} of {every} requirements with a test, {every - tested} with the reason why not"


def bounds() -> str:
    covered = json.loads((ROOT / "build-coverage/coverage.json").read_text(encoding="utf-8"))
    static = json.loads((ROOT / "build/static.json").read_text(encoding="utf-8"))
    lines, branches, taken, excluded = (sum(room[key] for room in covered.values())
                                        for key in ("lines", "branches", "branches_taken", "excluded"))
    return (f"{lines:,} lines executed, all but {excluded} with a reason, {100 * taken / branches:.1f} % of the branches; "
            f"{static['functions']:,} functions: {static['recursion']} cycles, complexity up to "
            f"{static['complexity, by hand']['most']}, {static['length, by hand']['most']} lines at most; "
            f"{static['analyzer'] + static['cppcheck']} warnings")


def mutants() -> str:
    found = json.loads((ROOT / "docs/mutation.json").read_text(encoding="utf-8"))
    killed = sum(found["seen"].values())
    tried = killed + len(found["same"]) + len(found["alive"])
    return f"{killed} of {tried} mutants seen, {100 * killed / tried:.1f} % ([docs/MUTATION.md](MUTATION.md))"



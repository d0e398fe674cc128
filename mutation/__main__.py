# SPDX-License-Identifier: MIT
"""Breaks the runtime and the specification in one place at a time, tests each, and says what no test saw.

    python3 -m mutation                      a sample; docs/mutation.json and docs/MUTATION.md anew
    python3 -m mutation --only TEXT          those whose name contains a text; writes nothing
    python3 -m mutation --tables             tests nothing, writes docs/MUTATION.md anew
"""

from __future__ import annotations

import argparse
import sys
import threading

from cmake.sources import ROOT
from mutation import of_c, of_yaml, report
from mutation.mutant import Mutant, mutants, sample
from mutation.workshop import Verdict, Workshop, WorkshopError

SPEC = "spec/wss_states.yaml"
BENCH = ROOT / "build-mutation"
JOURNAL = BENCH / "verdicts"
"""What is known of a run that was cut short: a mutant in each line."""
SEED = 6455


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/mutate", description="Do the tests see a broken engine?")
    parser.add_argument("--code", type=int, default=455, metavar="N", help="mutants of runtime/ (default: %(default)s)")
    parser.add_argument("--rows", type=int, default=170, metavar="N", help="mutants of the specification (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="which sample (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="at the same time (default: %(default)s)")
    parser.add_argument("--only", metavar="TEXT", help="only mutants of the sample whose names contain it")
    parser.add_argument("--go-on", action="store_true", help="after a run that was cut short: only the rest")
    parser.add_argument("--list", action="store_true", help="print the sample, test nothing")
    parser.add_argument("--tables", action="store_true", help="write the table of what was found, test nothing")
    asked = parser.parse_args()
    if asked.tables:
        return report.write()
    chosen = sample(of_code(), asked.code, asked.seed) + sample(of_rows(), asked.rows, asked.seed)
    chosen = [mutant for mutant in chosen if asked.only is None or asked.only in mutant.name]
    if asked.list:
        print("\n".join(mutant.name for mutant in chosen))
        return 0
    try:
        verdicts = judge(chosen, asked.jobs, known() if asked.go_on else [])
    except WorkshopError as error:
        print(f"mutate: {error}", file=sys.stderr)
        return 1
    if asked.only is not None:
        return 0
    report.save(asked.seed, chosen, verdicts)
    return report.write()


def of_code() -> list[Mutant]:
    found: list[Mutant] = []
    for path in sorted((ROOT / "runtime").glob("*.[ch]")):
        source = path.read_text(encoding="utf-8")
        found += mutants(str(path.relative_to(ROOT)), source, of_c.changes(source))
    return found


def of_rows() -> list[Mutant]:
    source = (ROOT / SPEC).read_text(encoding="utf-8")
    return mutants(SPEC, source, of_yaml.changes(source))


def known() -> list[Verdict]:
    lines = JOURNAL.read_text(encoding="utf-8").splitlines() if JOURNAL.exists() else []
    return [Verdict(name, by) for by, _, name in (line.partition("\t") for line in lines)]


def judge(chosen: list[Mutant], jobs: int, before: list[Verdict]) -> list[Verdict]:
    """Each by one of some workshops; says how it goes."""
    names = {mutant.name for mutant in chosen}
    verdicts = [verdict for verdict in before if verdict.mutant in names]
    done = {verdict.mutant for verdict in verdicts}
    waiting = [mutant for mutant in reversed(chosen) if mutant.name not in done]
    BENCH.mkdir(exist_ok=True)
    JOURNAL.write_text("".join(f"{verdict.by}\t{verdict.mutant}\n" for verdict in verdicts), encoding="utf-8")
    failures: list[WorkshopError] = []
    lock = threading.Lock()

    def work(number: int) -> None:
        workshop = Workshop(ROOT, BENCH / str(number))
        try:
            workshop.open()
        except WorkshopError as error:
            failures.append(error)
            return
        while True:
            with lock:
                if not waiting:
                    return
                mutant = waiting.pop()
            verdict = workshop.judge(mutant)
            with lock:
                verdicts.append(verdict)
                with JOURNAL.open("a", encoding="utf-8") as journal:
                    journal.write(f"{verdict.by}\t{verdict.mutant}\n")
                print(f"{len(verdicts)}/{len(chosen)} {verdict.by or 'LIVES'}: {mutant.line}: {mutant.name}", flush=True)

    workers = [threading.Thread(target=work, args=(number,)) for number in range(min(jobs, len(waiting)))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if failures:
        raise failures[0]
    return verdicts


if __name__ == "__main__":
    sys.exit(main())

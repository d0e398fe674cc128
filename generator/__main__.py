# SPDX-License-Identifier: MIT
"""The command line: python3 -m generator. Exit status 0: done; 1: refused or stale."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

try:
    import jinja2, jsonschema, yaml  # noqa: E401, F401
except ModuleNotFoundError as missing:
    sys.exit(f"generator: the Python package {missing.name} is missing: PyYAML, Jinja2 and jsonschema are needed.")

from generator.check import check
from generator.load import load
from generator.output import stale, write
from generator.problem import Refused
from generator.render import render
from generator.scanner import render_scanner
from generator.svg import write_svgs


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except Refused as refused:
        for problem in refused.problems:
            print(problem.report(options.spec), file=sys.stderr)
        return 1
    except OSError as error:
        print(f"generator: {error.filename}: {error.strerror}.", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m generator", description="Compiles the specification into C.")
    parser.add_argument("--spec", default="spec/wss_states.yaml", metavar="FILE",
                        help="the machines and tables (%(default)s)")
    parser.add_argument("--http", default="spec/http_upgrade.rl", metavar="FILE",
                        help="the HTTP scanner, for Ragel (%(default)s)")
    parser.add_argument("--out", default="generated", metavar="DIR", type=Path,
                        help="where the output goes (%(default)s)")
    parser.add_argument("--runtime", default="runtime", metavar="DIR", type=Path,
                        help="where the C functions of actions and guards are (%(default)s)")
    parser.add_argument("--no-runtime-check", action="store_true", help="do not look for them")
    parser.add_argument("--check-spec-only", action="store_true", help="check the specification and stop")
    parser.add_argument("--check", action="store_true", help="write nothing; name the files that are stale")
    parser.add_argument("--svg", action="store_true", help="also render the diagrams into docs/diagrams (needs dot)")
    return parser


def _run(options: argparse.Namespace) -> int:
    spec = load(Path(options.spec), options.spec)
    machines = check(spec, None if options.no_runtime_check else options.runtime)
    if options.check_spec_only:
        return 0
    files = render(spec, machines)
    files.update(render_scanner(Path(options.http), options.http, options.out))
    if options.check:
        return _report_stale(stale(options.out, files))
    write(options.out, files)
    return write_svgs(files) if options.svg else 0


def _report_stale(names: list[str]) -> int:
    for name in names:
        print(f"{name}: stale; run python3 -m generator", file=sys.stderr)
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())

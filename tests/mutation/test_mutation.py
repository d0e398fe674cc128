# SPDX-License-Identifier: MIT
"""Mutants: which there are of a source, that they keep their names, and that docs/MUTATION.md is of today."""

from __future__ import annotations

from pathlib import Path

import yaml

from mutation import of_c, of_yaml, report
from mutation.__main__ import of_code, of_rows
from mutation.mutant import Change, mutants, sample
from mutation.same import is_same
from tests.programs import ROOT

C = """\
/* a < b */
#define LESS(a, b) ((a) < (b))
_Static_assert(2 < 3, "x");
static const int table[] = {1, 0x10u};
static bool f(int *a, int b)
{
    const int c = b;

    if (b <= c && !*a)
        return false;
    for (int i = 0; i < b; i++)
        g(a, "1 < 2");
    switch (b) {
    case 7:
        b -= 1;
        break;
    default:
        return true;
    }
    return *a;
}
"""


def applied(source: str, kind: str, find: str) -> set[str]:
    """The lines that become of one, by changes of a kind."""
    found = set()
    for mutant in mutants("x.c", source, of_c.changes(source)):
        if mutant.change.kind == kind and find in mutant.text:
            found.add(mutant.applied(source).splitlines()[mutant.line - 1].strip())
    return found


def test_operators() -> None:
    assert applied(C, "operator", "if (b") == {
        "if (b < c && !*a)", "if (b > c && !*a)", "if (b <= c || !*a)", "if (b <= c && *a)"}
    assert applied(C, "operator", "for") == {
        "for (int i = 0; i <= b; i++)", "for (int i = 0; i >= b; i++)", "for (int i = 0; i < b; i--)"}


def test_constants() -> None:
    assert applied(C, "constant", "table") == {
        "static const int table[] = {2, 0x10u};", "static const int table[] = {0, 0x10u};",
        "static const int table[] = {1, 17u};", "static const int table[] = {1, 15u};"}
    assert applied(C, "constant", "return true") == {"return false;"}
    assert applied(C, "constant", "int i") == {"for (int i = 1; i < b; i++)"}


def test_statements() -> None:
    gone = [change for change in of_c.changes(C) if change.kind == "statement"]
    assert [change.old for change in gone] == ['g(a, "1 < 2");', "b -= 1;", "break;"]


def test_what_is_no_code_is_left_alone() -> None:
    for line in ("a < b", "LESS", "Static"):
        assert not applied(C, "operator", line) | applied(C, "constant", line)


ROWS = """\
a: b
machines:
  m:
    states:

      one:
        arm: [t, u]
        rows:
          - {when: e, if: g, to: two, why: w, start: [t], do: [x, y], rfc: "1"}
          - {when: f}

      two:
        rows: []
"""


def test_rows() -> None:
    made = {(change.kind, change.new) for change in of_yaml.changes(ROWS)}
    assert made == {("row", ""), ("target", "one"), ("guard", ""), ("action", "x"), ("action", "y"), ("order", "y, x"),
                    ("timer", ""), ("timer", "t"), ("timer", "u"), ("reason", "local_abort")}


def test_names_stay_when_other_lines_change() -> None:
    names = {mutant.name for mutant in mutants("x.c", C, of_c.changes(C))}
    moved = C.replace("static bool", "\n\nstatic int new_one;\nstatic bool")
    assert names == {mutant.name for mutant in mutants("x.c", moved, of_c.changes(moved))}


def test_names_are_unique() -> None:
    everything = of_code() + of_rows()
    assert len({mutant.name for mutant in everything}) == len(everything) > 5000


def test_a_sample_is_the_same_each_time() -> None:
    everything = of_rows()
    assert sample(everything, 20, 1) == sample(reversed(everything), 20, 1) != sample(everything, 20, 2)


def test_same_programs(tmp_path: Path) -> None:
    """Without a comparison the compiler sees; `<` for `!=` here makes no difference to it."""
    source = "unsigned f(unsigned a) { return 0 != a; }\nunsigned g(unsigned a) { return a * 2; }\n"
    (tmp_path / "x.c").write_text(source)
    same, other = mutants("x.c", source, [Change("operator", source.index("!="), "!=", "<"),
                                          Change("operator", source.index("* 2"), "*", "/")])
    assert is_same(tmp_path, same)
    assert not is_same(tmp_path, other)


def test_what_was_found_is_written_and_has_its_reasons() -> None:
    found = report.load()
    reasons = yaml.safe_load(report.REASONS.read_text(encoding="utf-8")) or {}
    assert report.TEXT.read_text(encoding="utf-8") == report.page(found, reasons)
    assert sorted(reasons) == sorted(found.alive)
    assert found.percent >= report.GOAL
    assert found.tried >= 500
    assert ROOT.joinpath("mutation").is_dir()

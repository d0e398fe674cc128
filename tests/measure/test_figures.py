# SPDX-License-Identifier: MIT
"""What makes the gate fail, and what is written between marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from measure.documents import filled
from measure.figures import Committed, growth, leftovers, load, save, shrinkage


def test_a_figure_that_grew_is_named() -> None:
    assert growth({"a": 10, "b": 5}, {"a": 11, "b": 5}) == ["a: 10 in the table, 11 now (+1)"]


def test_a_figure_that_is_not_in_the_table_is_named() -> None:
    assert growth({}, {"a": 1}) == ["a: 1, which is not in the table"]


def test_a_figure_that_shrank_is_no_failure_but_told() -> None:
    assert growth({"a": 10}, {"a": 9}) == []
    assert shrinkage({"a": 10, "b": 1}, {"a": 9, "b": 1}) == ["a: 10 in the table, 9 now"]


def test_a_figure_that_nothing_measures_is_named() -> None:
    assert leftovers({"a": 10, "b": 1}, {"a": 10}) == ["b: is not measured any more"]


def test_figures_are_read_as_they_were_written(tmp_path: Path) -> None:
    committed = Committed("12.2.0", {"b": 2, "a": 1}, {"x": "f (8) > g (-)"})
    save(committed, tmp_path / "figures.json")
    assert load(tmp_path / "figures.json") == committed
    assert list(load(tmp_path / "figures.json").figures) == ["b", "a"]


DOCUMENT = "before\n<!-- mine -->\nold\n<!-- /mine -->\n<!-- yours -->\nkept\n<!-- /yours -->\nafter\n"


def test_only_what_is_between_the_marks_changes() -> None:
    assert filled(DOCUMENT, "mine", "| a |\n") == DOCUMENT.replace("old\n", "| a |\n")
    assert filled(DOCUMENT, "mine", r"\1" + "\n") == DOCUMENT.replace("old\n", "\\1\n")


@pytest.mark.parametrize("document", ["no marks", DOCUMENT + DOCUMENT, DOCUMENT.replace("<!-- /mine -->", "")])
def test_marks_have_to_be_there_once(document: str) -> None:
    with pytest.raises(ValueError, match="mine"):
        filled(document, "mine", "")

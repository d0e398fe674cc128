# SPDX-License-Identifier: MIT
"""docs/RFC6455.md from the list. Knows how the page looks, nothing of checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.rfc6455.entries import Requirement, Section

HEAD = """<!-- SPDX-License-Identifier: MIT -->
<!--
  Generated from spec/rfc6455.yaml: do not edit.
  To regenerate: python3 -m tests.rfc6455
-->
# RFC 6455, requirement by requirement

Each use of a keyword of the RFC, in our own words; words in lower case are used like keywords there.
*Where* are rows (`machine.state.event`) and tables of [spec/wss_states.yaml](../spec/wss_states.yaml),
and functions; a test fails when one of them, or a test, does not exist.

"""


def page(sections: Sequence[Section]) -> str:
    demanding = [section for section in sections if section.requirements]
    silent = [section for section in sections if not section.requirements]
    lines = [*_figures(sections), "", *(line for section in demanding for line in _section(section)),
             "## Sections that demand nothing", "", *_table(("Section", "What it has"), [
                 [section.number, section.reason] for section in silent])]
    return HEAD + "\n".join(lines) + "\n"


def figures(sections: Sequence[Section]) -> list[tuple[str, int]]:
    """How many requirements there are, and what became of them."""
    requirements = [requirement for section in sections for requirement in section.requirements]
    return [
        ("Requirements", len(requirements)),
        ("fulfilled, with a test", sum(1 for r in requirements if r.tests)),
        ("not the engine's, with the reason", sum(1 for r in requirements if not r.tests)),
    ]


def _figures(sections: Sequence[Section]) -> list[str]:
    return _table(("", "Count"), [[name, str(count)] for name, count in figures(sections)])


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.number}"
    yield ""
    yield from _table(("#", "Level", "Who", "What", "Where", "Tests"), [_row(r) for r in section.requirements])
    yield ""


def _row(requirement: Requirement) -> list[str]:
    says = requirement.says + (f" *{requirement.reason}*" if requirement.reason else "")
    return [requirement.name, requirement.level, requirement.binds, says,
            _list(requirement.where), _list(requirement.tests)]


def _list(names: Sequence[str]) -> str:
    return "<br>".join(f"`{name}`" for name in names)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]

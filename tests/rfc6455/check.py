# SPDX-License-Identifier: MIT
"""What is wrong with the list: a requirement without a test or a reason, a name of nothing, a
section that was not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.problem import Problem
from generator.spec import Spec
from tests.rfc6455.entries import Requirement, Section
from tests.rfc6455.names import place_exists, test_exists


def _span(section: str, last: int) -> list[str]:
    return [section, *(f"{section}.{number}" for number in range(1, last + 1))]


SECTIONS = [
    *_span("1", 9), *_span("2", 1), "3", "4", "4.1", *_span("4.2", 2), "4.3", "4.4",
    "5", "5.1", "5.2", "5.3", "5.4", *_span("5.5", 3), "5.6", "5.7", "5.8", *_span("6", 2),
    "7", *_span("7.1", 7), *_span("7.2", 3), "7.3", *_span("7.4", 2), *_span("8", 1), *_span("9", 2),
    *_span("10", 8), "11", *_span("11.1", 2), "11.2", *_span("11.3", 5), "11.4", "11.5", "11.6", "11.7",
    "11.8", "11.9", "12",
]
"""Every section of RFC 6455 up to the acknowledgements."""


def problems(root: Path, spec: Spec, sections: Sequence[Section]) -> list[Problem]:
    found = [*_sections(sections)]
    for requirement in (r for section in sections for r in section.requirements):
        found += [*_complete(requirement), *_names(root, spec, requirement)]
    return sorted(found)


def _sections(sections: Sequence[Section]) -> Iterator[Problem]:
    names = [section.number for section in sections]
    for missing in (name for name in SECTIONS if name not in names):
        yield Problem(1, "section", f"section {missing} is missing.")
    for section in (section for section in sections if section.number not in SECTIONS):
        yield Problem(section.line, "section", f"RFC 6455 has no section {section.number}.")
    known = [name for name in names if name in SECTIONS]
    if known != [name for name in SECTIONS if name in known]:
        yield Problem(1, "section", "the sections stand in another order than in RFC 6455.")


def _complete(requirement: Requirement) -> Iterator[Problem]:
    """Either it is fulfilled, somewhere and with a test, or there is a reason."""
    if not requirement.where and not requirement.tests and not requirement.reason:
        yield Problem(requirement.line, "open", f"{requirement.name} has neither a test nor a reason.")
    if requirement.where and not requirement.tests:
        yield Problem(requirement.line, "open", f"{requirement.name} has no test.")
    if requirement.tests and not requirement.where:
        yield Problem(requirement.line, "open", f"{requirement.name} does not say what fulfils it.")


def _names(root: Path, spec: Spec, requirement: Requirement) -> Iterator[Problem]:
    for name in requirement.where:
        if not place_exists(root, spec, name):
            yield Problem(name.line, "name", f"{requirement.name}: no row, entry or function is `{name}`.")
    for name in requirement.tests:
        if not test_exists(root, name):
            yield Problem(name.line, "name", f"{requirement.name}: no test is `{name}`.")

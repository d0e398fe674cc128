# SPDX-License-Identifier: MIT
"""Projects as the component makes them are compiled, linked and run. What the templates become
is committed in tests/mcc/rendered; tests/mcc/whole.py renders it again by FreeMarker itself, and
does here what is done with a few of them with all."""
from __future__ import annotations

from pathlib import Path

import pytest

from tests.mcc.build import CERTS, committed, link, project_of, write
from tests.mcc.echo import works
from tests.mcc.rendering import hash_of_inputs, stamp
from tests.mcc.scenarios import FEW

pytestmark = pytest.mark.skipif(not CERTS.exists(), reason="built without TLS (WSS_TLS)")


def test_the_committed_rendering_is_of_these_templates() -> None:
    assert stamp() == hash_of_inputs(), "python3 -m tests.mcc.rendering makes it anew"


@pytest.mark.parametrize("name", FEW)
def test_a_project_works(package: Path, tmp_path: Path, name: str) -> None:
    project = project_of(package, name)
    works(project, link(project, write(project, committed(name), tmp_path)))

# SPDX-License-Identifier: MIT
"""A driver and a server by hand for each test."""
from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.websock.driver import IMPATIENT, STRICT, Driver
from tests.websock.peer import Listener, Peer


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as listening:
        yield listening


@pytest.fixture
def driver() -> Iterator[Driver]:
    with Driver() as running:
        yield running


@pytest.fixture
def impatient() -> Iterator[Driver]:
    """A driver with short timeouts and small buffers."""
    with Driver(IMPATIENT) as running:
        yield running


@pytest.fixture
def strict() -> Iterator[Driver]:
    """A driver with a short pong timeout."""
    with Driver(STRICT) as running:
        yield running


@pytest.fixture
def peer(driver: Driver, listener: Listener) -> Peer:
    """The server's end of handle 0, which is open."""
    return driver.opened(listener)

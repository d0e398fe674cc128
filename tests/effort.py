# SPDX-License-Identifier: MIT
"""How much a property test tries: the same few examples each time, or, with WSS_EFFORT=N in
the environment, N times as many that are new each time. With WSS_SHRINK=0 no simpler example
of a failure is looked for.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings

EFFORT = int(os.environ.get("WSS_EFFORT", "0"))
"""0: what CI does."""

SHRINKS = os.environ.get("WSS_SHRINK") != "0"
SLOW_BUT_MEANT = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def examples(count: int, **more: Any) -> settings:
    """Settings of a property that CI tries `count` times."""
    phases = [phase for phase in more.pop("phases", Phase) if SHRINKS or phase not in (Phase.shrink, Phase.explain)]
    return settings(max_examples=count * max(EFFORT, 1), derandomize=EFFORT == 0, database=None, deadline=None,
                    print_blob=True, phases=phases, suppress_health_check=SLOW_BUT_MEANT, **more)

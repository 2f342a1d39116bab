"""How slow the machine is at the moment: limits of time grow with it.

A limit in seconds is that of the machine on which it was set. On a slower one, or where two
processes share a core, the same work takes longer, and so does the piece of work measured here.
"""

from __future__ import annotations

import time

QUIET = 0.09  # seconds of processor time of the piece of work where the limits were set


def slowness() -> float:
    """The processor time of a fixed piece of work now, over ``QUIET``; at least 1."""
    began = time.process_time()
    text = ""
    for number in range(300_000):
        text = f"{number}{text[:20]}"
    sorted(range(300_000), key=lambda each: -each % 1009)
    return max(1.0, (time.process_time() - began) / QUIET)

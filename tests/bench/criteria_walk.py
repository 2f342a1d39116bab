"""The walk over criteria, findings and labels, for the stated time.

Run as ``python -m tests.bench.criteria_walk SECONDS [SEED]``. It stops at the first record that
ends in a traceback, and prints it.
"""

from __future__ import annotations

import random
import sys
import time

from tests.situations.test_walk_of_criteria import drawn, walked


def main(seconds: float, seed: int = 0) -> None:
    """Walk for so many seconds."""
    choose, until, runs = random.Random(seed), time.monotonic() + seconds, 0
    while time.monotonic() < until:
        events, settings = drawn(choose)
        try:
            walked(events, settings)
        except Exception:
            sys.stderr.write(f"{events}\n{settings}\n")
            raise
        runs += 1
    sys.stdout.write(f"{runs} records, no traceback\n")


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)

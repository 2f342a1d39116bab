"""Every word of the vocabulary under every criterion in every figure, whole: prints each fault.

Run with ``python -m tests.bench.vocabulary_walk``; about two minutes. Exit code 1 if one fails.
"""

from __future__ import annotations

import sys
import time
import traceback

from renderers import FIGURES, scene_of
from renderers.backends.legend import legend
from tests.situations.vocabulary import CRITERIA, every

REFUSED = ("no measured targets", "nobody has a time")


def walk() -> tuple[int, int, list[str]]:
    """How many figures were drawn and how many refused in words, and each fault."""
    drawn, refused, faults = 0, 0, []
    for title in CRITERIA:
        for what, reading in every(title):
            for kind in FIGURES:
                try:
                    legend(scene_of([reading], kind))
                    drawn += 1
                except ValueError as fault:
                    refused += str(fault).startswith(REFUSED)
                    if not str(fault).startswith(REFUSED):
                        faults.append(f"{title}, {kind}, {what}: {fault}")
                except Exception:  # any traceback is what this looks for
                    faults.append(f"{title}, {kind}, {what}:\n{traceback.format_exc()}")
    return drawn, refused, faults


if __name__ == "__main__":
    begun = time.monotonic()
    drawn, refused, faults = walk()
    print("\n".join(faults))  # noqa: T201
    print(  # noqa: T201
        f"{drawn} drawn, {refused} refused in words, {len(faults)} faults; "
        f"{time.monotonic() - begun:.0f} s"
    )
    sys.exit(bool(faults))

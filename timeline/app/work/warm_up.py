"""What a process of the pages loads before the first work.

A module of its own, which imports nothing: the server names the function and need not load what the
process does.
"""

from __future__ import annotations


def warm_up() -> None:
    """Load the engine and the fonts by one small case."""
    from timeline.app.work import summaries

    summaries.draw_small_case()

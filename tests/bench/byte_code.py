"""The modules compiled on disk, as an installed program has them.

Else a process that is timed compiles each module anew where Python is told to write no byte code.
"""

from __future__ import annotations

import compileall
from pathlib import Path

ROOT = Path(__file__).parents[2]


def compile_modules() -> None:
    """Compile what has changed since it was compiled last."""
    for folder in ("timeline", "renderers"):
        compileall.compile_dir(ROOT / folder, quiet=1)

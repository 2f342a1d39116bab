"""A fault of the program itself, told in one line that can be reported."""

from __future__ import annotations

from pathlib import Path

_LONGEST = 300  # characters of a fault that are shown
_OURS = (Path(__file__).parents[1], Path(__file__).parents[2] / "renderers")


def internal_fault(fault: Exception) -> str:
    """An internal fault in one line: what it is, where it arose, and what to report."""
    import traceback

    frames = traceback.extract_tb(fault.__traceback__)
    ours = [f for f in frames if any(Path(f.filename).is_relative_to(folder) for folder in _OURS)]
    at = (ours or frames)[-1:]
    where = "".join(f" at {Path(f.filename).name}:{f.lineno} in {f.name}" for f in at)
    description = " ".join(f"{type(fault).__name__}: {fault}".split())[:_LONGEST]
    shown = description.encode("unicode_escape").decode()
    return f"internal fault: {shown}{where} (please report this line, the command and its files)"

"""Figures on disk: SVG, PDF or PNG by the suffix, the same bytes for the same scene."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from matplotlib import rc_context

from renderers.paint import SETTINGS, paint
from renderers.scene import Scene

_DPI = 300  # what journals ask of a combination of text and line art in pixels


def _metadata(scene: Scene) -> dict[str, dict[str, Any]]:
    """Alt text where the format holds it; nothing that changes from run to run."""
    return {
        ".svg": {"Title": scene.name, "Description": scene.alt, "Date": None, "Creator": None},
        ".pdf": {
            "Title": scene.name,
            "Subject": scene.alt,
            "CreationDate": None,
            "ModDate": None,
            "Creator": None,
            "Producer": None,
        },
        ".png": {"Title": scene.name, "Description": scene.alt, "Software": None},
    }


def save(scene: Scene, path: Path | str) -> None:
    """Write a scene; a file that is there is replaced in one step, or left whole on failure."""
    path = Path(path)
    known = _metadata(scene)
    if path.suffix.lower() not in known:
        raise ValueError(
            f"unknown kind of figure: {path.suffix or path.name!r} (write {', '.join(known)})"
        )
    suffix = path.suffix.lower()
    beside = path.with_name(f".{path.name}.{os.getpid()}{suffix}")
    try:
        with rc_context(SETTINGS):
            paint(scene).savefig(
                beside, format=suffix[1:], dpi=_DPI, metadata=known[suffix], facecolor="white"
            )
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)

"""Where a figure goes, and how it is written there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs

from timeline.cli.missing_glyphs import report_missing_glyphs


@attrs.frozen(kw_only=True)
class Target:
    """The file of a figure, its page, and its sidecars.

    ``sidecars``: alt text, caption and data as well. ``overwrite``: existing files of
    these names are replaced, even if they are not earlier output.
    """

    path: Path
    page: Any
    sidecars: bool = False
    overwrite: bool = False

    def write(self, scene: Any) -> tuple[Path, ...]:
        """Write a scene and return its files. ValueError, OSError as `renderers.write`."""
        from renderers import write

        with report_missing_glyphs(self.path, scene):
            return write(
                scene, self.path, self.page, sidecars=self.sidecars, overwrite=self.overwrite
            )

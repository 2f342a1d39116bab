"""Where a figure goes, and how it is written there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs

from timeline.cli.missing_glyphs import report_missing_glyphs


@attrs.frozen(kw_only=True)
class Target:
    """The file of a figure, its paper, and what may be written beside it.

    ``sidecars``: alt text, caption and data as well. ``overwrite``: files that have their names are
    replaced, even those that were not written here.
    """

    path: Path
    paper: Any
    sidecars: bool = False
    overwrite: bool = False

    def write(self, scene: Any) -> tuple[Path, ...]:
        """Write a scene and answer its files. ValueError, OSError as `renderers.write`."""
        from renderers import write

        with report_missing_glyphs(self.path, scene):
            return write(
                scene, self.path, self.paper, sidecars=self.sidecars, overwrite=self.overwrite
            )

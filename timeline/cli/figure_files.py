"""The output file of a figure, and how it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs

from timeline.cli.missing_glyphs import report_missing_glyphs


@attrs.frozen(kw_only=True)
class Target:
    """The output of a figure.

    Attributes:
        path: the file.
        page: the page that the figure is laid out for.
        sidecars: whether the alt text, the caption and the data are written as well.
        overwrite: whether existing files that are not earlier output are replaced.
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

"""Areas and lines gathered by how they look, so that each look becomes one collection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import attrs
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path

Points = Sequence[tuple[float, float]]


@attrs.define
class Canvas:
    """What is to be drawn, gathered by how it looks; the key is the order of drawing.

    Strokes and dashes are points of the layout, and are drawn ``scale`` times as wide.
    """

    scale: float = 1.0
    faces: dict[tuple[int, str, str, float, tuple[float, ...]], list[Path]] = attrs.Factory(
        lambda: defaultdict(list)
    )
    lines: dict[tuple[int, str, float, tuple[float, ...]], list[Points]] = attrs.Factory(
        lambda: defaultdict(list)
    )

    def face(
        self,
        layer: int,
        ring: Points,
        fill: str,
        edge: str = "none",
        stroke: float = 0.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        self.faces[layer, fill, edge, stroke, dash].append(Path([*ring, ring[0]], closed=True))

    def line(
        self, layer: int, points: Points, colour: str, stroke: float, dash: tuple[float, ...] = ()
    ) -> None:
        self.lines[layer, colour, stroke, dash].append(points)

    def onto(self, axes: Axes) -> None:
        for (layer, fill, edge, stroke, dash), paths in self.faces.items():
            axes.add_collection(
                PathCollection(
                    paths,
                    facecolors=fill,
                    edgecolors=edge,
                    linewidths=stroke * self.scale,
                    linestyles=_dashes(dash, stroke),
                    zorder=layer,
                    clip_on=False,
                    joinstyle="miter",
                ),
                autolim=False,
            )
        for (layer, colour, stroke, dash), lines in self.lines.items():
            axes.add_collection(
                LineCollection(
                    lines,
                    colors=colour,
                    linewidths=stroke * self.scale,
                    linestyles=_dashes(dash, stroke),
                    zorder=layer,
                    clip_on=False,
                    capstyle="butt",
                ),
                autolim=False,
            )


def _dashes(dash: tuple[float, ...], stroke: float) -> Any:
    """Dashes in points; matplotlib multiplies them by the width of the line."""
    return [(0.0, tuple(d / max(stroke, 0.1) for d in dash))] if dash else "solid"

"""A scene as a figure of matplotlib with axes by name, or in axes that a user has made.

``page`` is an ``Axes`` over the whole scene, in millimetres; ``plot`` one over its plot, in time
and values. A scene is drawn into axes or a part of a figure only if it fits there at its printed
size. What a user has drawn or set there stays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes
from matplotlib.figure import FigureBase

from renderers.backends.data_axes import Plot, plot_of
from renderers.backends.legend import height_with_legend, with_legend
from renderers.backends.matplotlib import MM_PER_INCH, SETTINGS, paint, paint_onto
from renderers.scene.box_page import BoxPage, TooSmall, box_page
from renderers.scene.fonts import FAMILIES
from renderers.scene.journals import EDGE, Page
from renderers.scene.scene import Scene

Target = Axes | FigureBase
_SPARE = 0.1  # millimetres that rounding may take
_TRIES = 12  # sizes that are tried to name one that is large enough
_WHOLE = (0.0, 0.0, 1.0, 1.0)


@attrs.frozen
class DrawnFigure:
    """A figure of matplotlib, and its axes by name: ``page``, and ``plot`` where it has one."""

    figure: FigureBase
    axes: dict[str, Axes]
    _drawn: tuple[Any, ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_drawn", self._contents())

    @property
    def is_changed(self) -> bool:
        """Whether something was added or set since it was drawn."""
        return self._contents() != self._drawn

    def _contents(self) -> tuple[Any, ...]:
        """What a user may add to or set."""
        return tuple(
            (
                name,
                axes.get_xlabel(),
                axes.get_ylabel(),
                tuple(axes.get_title(loc) for loc in ("left", "center", "right")),
                axes.get_xlim(),
                axes.get_ylim(),
                axes.get_xscale(),
                axes.get_yscale(),
                axes.get_facecolor(),
                (axes.xaxis.get_visible(), axes.yaxis.get_visible()),
                tuple(spine.get_visible() for spine in axes.spines.values()),
                tuple(map(id, axes.get_children())),
            )
            for name, axes in self.axes.items()
        )


def with_data_axes(scene: Scene, page: Page) -> DrawnFigure:
    """The figure of a scene with axes that count what it shows."""
    figure = paint(scene, page)
    (whole,) = figure.axes
    found, plot = {"page": whole}, plot_of(scene)
    if plot is not None:
        bottom, top = whole.get_ylim()
        found["plot"] = _over_plot(figure, plot, scene.width + 2 * EDGE, bottom - top)
    name_fonts(whole, page)
    return DrawnFigure(figure, found)


def draw_into(
    target: Target, make: Callable[[Page], Scene], what: str, language: str
) -> tuple[Scene, DrawnFigure]:
    """Lay out a scene for axes or a part of a figure, and draw it there.

    Axes become those of the plot: they are made smaller, and names, axis and legend are around
    them, within the place that they had.

    Args:
        target: where it is drawn.
        make: lays out the scene for a page.
        what: the kind of figure, for messages.
        language: of the fixed words.

    Raises:
        ValueError: the scene does not fit, or the axes share an axis with others.
        TypeError: the target is no axes and no figure.
    """
    if not isinstance(target, Axes | FigureBase):
        kind = type(target).__name__
        raise TypeError(f"ax takes an Axes, a SubFigure or a Figure of matplotlib (got {kind})")
    if isinstance(target, Axes):
        _check_alone(target)
    page = _page_of(target, language)
    scene = _laid_out(make, page, what)
    plot = plot_of(scene)
    size = page.printed_width, page.preset.height
    with rc_context(SETTINGS):
        figure: FigureBase
        if isinstance(target, Axes):
            figure, whole = target.figure, _around(target, plot, size)
            found = {"plot": target} if plot else {}
        else:
            figure, whole = target, target.add_axes(_WHOLE, label="page")
            found = {"plot": _over_plot(target, plot, *size)} if plot else {}
        whole.set_axis_off()
        whole.set_xlim(-EDGE, size[0] - EDGE)
        whole.set_ylim(size[1] - EDGE, -EDGE)
        paint_onto(whole, with_legend(scene), page)
        name_fonts(whole, page)
    return scene, DrawnFigure(figure, {"page": whole, **found})


def _check_alone(axes: Axes) -> None:
    groups = (("x", axes.get_shared_x_axes()), ("y", axes.get_shared_y_axes()))
    shared = [name for name, group in groups if len(group.get_siblings(axes)) > 1]
    if shared:
        raise ValueError(
            f"the axes share their {' and '.join(shared)} axis with others, whose limits would "
            f"change (make them without share{shared[0]})"
        )


def _page_of(target: Target, language: str) -> BoxPage:
    root: Any = target.get_figure(root=True)
    engine = root.get_layout_engine()
    if engine is not None:  # it moves axes when it is drawn; their place is final then
        engine.execute(root)
    place: Any = target
    box = place.bbox
    width, height = (each / root.dpi * MM_PER_INCH for each in (box.width, box.height))
    return box_page(width, height, language)


def _laid_out(make: Callable[[Page], Scene], page: BoxPage, what: str) -> Scene:
    """The scene in a box. TooSmall: it does not fit, with a size in which it does."""
    try:
        return _fitting(make, page, what)
    except TooSmall as fault:
        size = max(fault.width, page.printed_width), max(fault.height, page.preset.height)
    for _ in range(_TRIES):  # a wider plot is higher, and a higher legend takes more
        try:
            _fitting(make, box_page(*size, page.language), what)
        except TooSmall as fault:
            size = max(fault.width, size[0]), max(fault.height, size[1])
        else:
            break
    raise page.too_small(what, *size)


def _fitting(make: Callable[[Page], Scene], page: BoxPage, what: str) -> Scene:
    scene = make(page)
    needed = scene.width + 2 * EDGE, height_with_legend(scene) + 2 * EDGE
    if needed[0] > page.printed_width + _SPARE or needed[1] > page.preset.height + _SPARE:
        raise page.too_small(what, *needed)
    return scene


def _around(axes: Axes, plot: Plot | None, size: tuple[float, float]) -> Axes:
    """Axes over the whole place of some axes, which then cover the plot alone.

    They are inside the others, so that a title of these stays above everything.
    """
    _bare(axes)
    axes.set_aspect("auto")
    if plot is None:
        return axes.inset_axes(_WHOLE, zorder=0)
    place = axes.get_position(original=True)
    left, bottom, width, height = plot.fractions(*size)
    corner = place.x0 + left * place.width, place.y0 + bottom * place.height
    axes.set_position((*corner, width * place.width, height * place.height))
    plot.count(axes)
    around = (-left / width, -bottom / height, 1 / width, 1 / height)
    return axes.inset_axes(around, zorder=0)


def _over_plot(figure: FigureBase, plot: Plot, width: float, height: float) -> Axes:
    """Axes over the plot of a scene in a figure of so many millimetres."""
    axes = _bare(figure.add_axes(plot.fractions(width, height), label="plot"))
    axes.patch.set_visible(False)
    plot.count(axes)
    return axes


def _bare(axes: Axes) -> Axes:
    """Axes without lines, ticks and numbers, which the scene has; the rest stays as it is."""
    axes.xaxis.set_visible(False)
    axes.yaxis.set_visible(False)
    axes.spines[:].set_visible(False)
    return axes


def name_fonts(axes: Axes, page: Page) -> None:
    """Name the fonts of texts, which are found when the figure is drawn, by settings of a user."""
    installed = set(font_manager.get_font_names())
    family = page.preset.family
    names = [name for name in FAMILIES[family] if name in installed]
    for text in axes.texts:
        stated = text.get_fontfamily()
        text.set_fontfamily([n for name in stated for n in (names if name == family else [name])])

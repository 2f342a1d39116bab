"""The forest plot: a row for all patients and each subgroup, with the numbers as columns of text.

Squares are as large as the number of patients, lines are confidence limits, the diamond is of all
patients (Lewis and Clarke 2001, doi:10.1136/bmj.322.7300.1479). Ratios are on a logarithmic axis.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import attrs

from renderers.forest.rows import RATIO, ForestPlot, ForestRow
from renderers.forest.scale import ForestScale, scale_of, thinned
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.mark import PrintedNumber
from renderers.scene.scene import (
    SMALL,
    Area,
    Axis,
    Frame,
    Label,
    Mark,
    Marker,
    Polyline,
    Row,
    Scene,
    Separator,
    VerticalLine,
)
from renderers.scene.text_metrics import width
from renderers.text.sentences import within
from renderers.text.translation import localized, translate

_ROW, _HEADING, _HEAD, _AXIS = 3.5, 4.0, 5.0, 9.0  # heights in millimetres
_LINE = 2.6  # from line to line of the head
_INDENT, _GAP = 2.0, 3.0  # millimetres of a subgroup, and between columns
_LEAST = 35.0  # millimetres of the plot
_SMALLEST, _LARGEST = 1.1, 2.7  # millimetres of a square
_DIAMOND = 1.25  # half the height of the diamond
_HEAD_OF_ARROW = 1.1  # millimetres
_LONGEST_LABEL = 60  # characters of a subgroup
_TICK = 7.0  # millimetres that the text of a tick takes


@attrs.frozen(kw_only=True)
class _Layout:
    """Where the columns are: millimetres from the left of the page."""

    columns: tuple[float, ...]  # the right ends of the cells
    frame: Frame
    text: float
    scale: ForestScale
    largest: int

    def mm(self, millimetres: float) -> float:
        """A length on the page in units of the frame."""
        return self.frame.days(millimetres)


@localized
def forest(plot: ForestPlot, page: Page = DEFAULT_PAGE) -> Scene:
    """A forest plot for a page.

    Args:
        plot: the rows.
        page: the page.

    Raises:
        ValueError: there is no row, or the page is too narrow.
    """
    if not plot.rows:
        raise ValueError("no row to draw (give at least all patients)")
    layout = _layout(plot, page)
    lines = [(_head_row(plot), list(_head(plot, layout))), *_lines(plot, layout)]
    axis = len(lines)
    lines.append((Row("axis", _AXIS, repeats=True), []))
    if plot.kind == RATIO:
        lines.append((Row("favours", _ROW, repeats=True), list(_favours(plot, layout))))
    marks = [mark.on_row(n) for n, (_, own) in enumerate(lines) for mark in own]
    reference = _reference(plot)
    if reference is not None and not layout.scale.is_beyond(reference):
        at = layout.scale.place(reference)
        marks.insert(0, VerticalLine(style="forest reference", at=at, row=1, last=axis - 1))
    ticks = thinned(layout.scale.ticks, int((layout.frame.right - layout.frame.left) / _TICK))
    return Scene(
        name=f"forest plot of {plot.what}",
        alt=_alt(plot),
        caption=_caption(plot, layout.scale),
        width=page.width,
        frame=layout.frame,
        rows=tuple(row for row, _ in lines),
        marks=tuple(marks),
        axes=(Axis(row=axis, y=0.6, ticks=ticks, title=_axis_title(plot)),),
        printed=tuple(_numbers(plot)),
    )


def _title(plot: ForestPlot) -> str:
    """The heading of the estimates."""
    head = translate("Hazard ratio") if plot.kind == RATIO else translate("Rate, %")
    return f"{head}\n({translate('{level} % limits', level=plot.level)})"


def _axis_title(plot: ForestPlot) -> str:
    if plot.kind == RATIO:
        return translate("Hazard ratio of {endpoint}", endpoint=plot.what)
    return f"{plot.what}, %"


def _headings(plot: ForestPlot) -> tuple[str, ...]:
    """The headings of the cells: what they count, below the name of the group."""
    counted = translate("events / n") if plot.kind == RATIO else "n / N"
    return tuple(f"{_shortened(each, 24)}\n{counted}" if each else counted
                 for each in plot.columns)  # fmt: skip


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 2].rstrip()}.."


def _label(row: ForestRow) -> str:
    return _shortened(row.label, _LONGEST_LABEL) if row.label else translate("All patients")


def _printed(row: ForestRow) -> str:
    return row.text or translate("not estimable")


def _widest(text: str, *, bold: bool = False) -> float:
    return max(width(line, SMALL, bold=bold) for line in text.split("\n"))


def _layout(plot: ForestPlot, page: Page) -> _Layout:
    labels = [_widest(translate("Subgroup"), bold=True)]
    labels += [_widest(_label(row), bold=not row.label) + (_INDENT if row.label else 0.0)
               for row in plot.rows]  # fmt: skip
    labels += [_widest(row.heading, bold=True) for row in plot.rows]
    end = max(labels)
    columns: list[float] = []
    for number, heading in enumerate(_headings(plot)):
        cells = [_widest(row.cells[number]) for row in plot.rows]
        end += _GAP + max([_widest(heading, bold=True), *cells])
        columns.append(end)
    texts = max([_widest(_title(plot), bold=True), *(_widest(_printed(row)) for row in plot.rows)])
    left, right = end + _GAP + 1.0, page.width - texts - _GAP
    if right - left < _LEAST:
        raise page.too_narrow("a forest plot", page.width + _LEAST - (right - left))
    scale = scale_of(plot)
    return _Layout(
        columns=tuple(columns),
        frame=scale.frame(left, right),
        text=page.width - texts,
        scale=scale,
        largest=max(row.size for row in plot.rows),
    )


def _head_row(plot: ForestPlot) -> Row:
    lines = max(text.count("\n") + 1 for text in (*_headings(plot), _title(plot)))
    return Row("head", _HEAD + (lines - 1) * _LINE, repeats=True)


def _head(plot: ForestPlot, layout: _Layout) -> Iterator[Mark]:
    height = _head_row(plot).height
    bottom = height - 1.9
    texts = [(translate("Subgroup"), 0.0, "left"), (_title(plot), layout.text, "left")]
    texts += [(heading, end, "right")
              for heading, end in zip(_headings(plot), layout.columns, strict=True)]  # fmt: skip
    for text, x, align in texts:
        lines = text.split("\n")
        for number, line in enumerate(lines):
            y = bottom - (len(lines) - 1 - number) * _LINE
            yield Label(text=line, size=SMALL, bold=True, shift=x, align=align, y=y)
    yield Separator(style="axis", left=0.0, right=_right_edge(layout, plot), y=height)


def _right_edge(layout: _Layout, plot: ForestPlot) -> float:
    return layout.text + max([_widest(_title(plot), bold=True),
                              *(_widest(_printed(row)) for row in plot.rows)])  # fmt: skip


def _lines(plot: ForestPlot, layout: _Layout) -> Iterator[tuple[Row, list[Mark]]]:
    heading = ""
    for row in plot.rows:
        if row.heading != heading:
            heading = row.heading
            yield (
                Row(heading, _HEADING),
                [Label(text=heading, size=SMALL, bold=True, y=_HEADING - 1.5)],
            )
        name = f"{row.heading}: {row.label}" if row.label else translate("All patients")
        yield Row(name, _ROW), list(_marks(row, layout))


def _marks(row: ForestRow, layout: _Layout) -> Iterator[Mark]:
    y, whole = _ROW / 2, not row.label
    yield Label(text=_label(row), size=SMALL, bold=whole, y=y,
                shift=_INDENT if row.label else 0.0)  # fmt: skip
    for text, end in zip(row.cells, layout.columns, strict=True):
        yield Label(text=text, size=SMALL, shift=end, align="right", y=y)
    yield Label(text=_printed(row), size=SMALL, bold=whole, shift=layout.text, y=y)
    if row.estimate is None:
        return
    scale, tooltip = layout.scale, f"{_label(row)}: {_printed(row)}"
    at = scale.place(row.estimate)
    if row.low is not None and row.high is not None:
        low, high = scale.place(row.low), scale.place(row.high)
        if whole and not scale.is_beyond(row.low) and not scale.is_beyond(row.high):
            points = ((low, 0.0), (at, -_DIAMOND), (high, 0.0), (at, _DIAMOND))
            yield Area(style="forest diamond", points=points, y=y, tooltip=tooltip)
            return
        yield Polyline(style="forest limits", points=((low, 0.0), (high, 0.0)), y=y)
        for value, end, way in ((row.low, low, 1), (row.high, high, -1)):
            if scale.is_beyond(value):
                back = end + way * layout.mm(_HEAD_OF_ARROW)
                half = _HEAD_OF_ARROW / 2
                chevron = ((back, -half), (end, 0.0), (back, half))
                yield Polyline(style="forest limits", points=chevron, y=y)
    if not scale.is_beyond(row.estimate):
        share = math.sqrt(row.size / layout.largest) if layout.largest else 1.0
        size = max(_SMALLEST, _LARGEST * share)
        yield Marker(style="forest estimate", at=at, y=y, size=size, tooltip=tooltip)


def _reference(plot: ForestPlot) -> float | None:
    """The line across the plot: no difference, or the rate of all patients."""
    return 1.0 if plot.kind == RATIO else plot.rows[0].estimate


def _favours(plot: ForestPlot, layout: _Layout) -> Iterator[Mark]:
    """Whom a ratio below 1 is better for, and whom one above it; where the words fit."""
    reference, other = plot.columns
    one = layout.frame.x(layout.scale.place(1.0))
    sides = ((other, one - 1.5, "right", one), (reference, one + 1.5, "left",
             layout.text - one))  # fmt: skip
    for name, x, align, room in sides:
        text = translate("favours {group}", group=_shortened(name, 24))
        if _widest(text) + 1.5 <= room:
            yield Label(text=text, size=SMALL, shift=x, align=align, y=1.4)


def _numbers(plot: ForestPlot) -> Iterator[PrintedNumber]:
    for row in plot.rows:
        name = f"{row.heading}: {row.label}" if row.label else translate("All patients")
        for heading, cell in zip(_headings(plot), row.cells, strict=True):
            yield PrintedNumber(row=name, what=heading.replace("\n", ", "), text=cell)
        yield PrintedNumber(row=name, what=_axis_title(plot), text=_printed(row),
                            source=plot.method)  # fmt: skip


def _alt(plot: ForestPlot) -> str:
    parts = [translate("Forest plot. {what} by subgroup.", what=_axis_title(plot))]
    parts += [f"{_label(row) if not row.label else f'{row.heading}, {row.label}'}: "
              f"{_printed(row)}." for row in plot.rows]  # fmt: skip
    return within(parts)


def _caption(plot: ForestPlot, scale: ForestScale) -> str:
    parts = [translate("{what} by subgroup.", what=_axis_title(plot))]
    if plot.kind == RATIO:
        reference, other = plot.columns
        parts.append(translate("{group} compared with {reference}; logarithmic axis.", group=other,
                               reference=reference))  # fmt: skip
    parts.append(
        translate(
            "Squares: estimates, their area by the number of patients; lines: {level} % "
            "confidence limits; diamond: all patients.",
            level=plot.level,
        )
    )
    if any(_is_cut(row, scale) for row in plot.rows):
        parts.append(translate("Arrows: the limit lies beyond the axis."))
    if any(row.estimate is None and row.text for row in plot.rows):
        parts.append(translate("Ranges that are not drawn: the records leave the number open."))
    if len(plot.rows) > 1:
        parts.append(translate("Subgroups are not tested for interaction."))
    return " ".join(parts)


def _is_cut(row: ForestRow, scale: ForestScale) -> bool:
    ends: Sequence[float | None] = (row.low, row.high)
    return row.estimate is not None and any(each is not None and scale.is_beyond(each)
                                            for each in ends)  # fmt: skip

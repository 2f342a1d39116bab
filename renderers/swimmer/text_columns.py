"""Text columns beside the lanes, as wide as their texts; above each lane on a narrow page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from renderers.scene.scene import BODY, SMALL, Frame, Label, Mark, Marker
from renderers.scene.text_metrics import width, wrapped
from renderers.swimmer.lane import Lane, Words
from renderers.swimmer.lanes.lane_style import LaneStyle
from renderers.text.translation import translate
from timeline.core.frozen_class import frozen

LINE = 2.6  # millimetres between lines of small text
_ARROW = 6.0  # millimetres at the right edge, for the arrows
_MARKER = 3.4  # of a marker before a text
_GAP = 3.0  # between columns
_HEADING_LINE = 2.8  # between lines of a heading
_WIDEST = 37.0  # a column
_BARS = 0.45  # the least share of the page for the bars
_LEAST_BARS = 30.0  # and the least millimetres
LEAST_PAGE = 45.0  # the narrowest page on which lanes can be read
_SHARES = (1.0, 0.85, 0.7, 0.55)  # of the widest column, tried from the first on
_ROUNDING = 0.01
_NUMBER = re.compile(r"(?<=\w) (?=[0-9]+(?:\W|$))")  # the blank before a number
_EDGE = 2.5  # at the left edge of a page without columns there: half a tick label
_STATES = {"censored": "censored", "undecided": "event or censored", "alive": "alive"}

Headings = tuple[tuple[str, str, bool], ...]  # column, heading, whether on the left


@frozen
class PlacedColumn:
    """A column with its place on the page in millimetres; its heading as one text and in lines."""

    name: str
    description: str
    heading: tuple[str, ...]
    left: float
    width: float
    inset: float = 0.0  # before its texts, for markers


@frozen(kw_only=True)
class TextColumns:
    """The columns of a figure, and the millimetres left for the bars.

    Without columns, ``above`` holds the names and headings of those written above each lane.
    ``dropped`` are the headings of columns that the page has no room for. ``width``: of the bars
    and the columns.
    """

    columns: tuple[PlacedColumn, ...]
    above: tuple[tuple[str, str], ...] = ()
    dropped: tuple[str, ...] = ()
    left: float
    right: float
    width: float


def text_columns(
    lanes: Sequence[Lane], headings: Headings, page_width: float, *, flat: bool
) -> TextColumns:
    """The columns on a page of so many millimetres.

    Args:
        lanes: All lanes of the figure.
        headings: The columns, with whether each is on the left of the bars.
        page_width: Millimetres.
        flat: Whether each cell is one line of text, on the level of the bar.

    Raises:
        ValueError: the page is too narrow for lanes.

    """
    if page_width < LEAST_PAGE:
        raise ValueError(
            f"a page of {page_width:.0f} mm is too narrow for lanes "
            f"(choose {LEAST_PAGE:.0f} mm or more)"
        )
    edge = 0.0 if any(is_left for _, _, is_left in headings) else _EDGE
    for shown, share, whole in _attempts(headings, flat=flat):
        widths = [_width(lanes, each, share, flat=flat, whole=whole) for each in shown]
        bars = page_width + _GAP - sum(widths) - _ARROW - edge
        needed = _LEAST_BARS if flat and len(shown) < 2 else _BARS * page_width
        if bars >= max(_LEAST_BARS, needed):
            insets = [_MARKER if _has_markers(lanes, name) else 0.0 for name, _, _ in shown]
            dropped = tuple(heading for _, heading, _ in headings[len(shown) :])
            return _placed(shown, widths, insets, page_width, dropped)
    above = tuple((name, heading) for name, heading, _ in headings)
    return TextColumns(
        columns=(), above=above, left=_EDGE, right=page_width - _ARROW, width=page_width
    )


def _attempts(headings: Headings, *, flat: bool) -> Iterator[tuple[Headings, float, bool]]:
    """What is tried in turn: the columns shown, the share of the widest, whole headings or not.

    A cell of one line is never broken: the last columns are dropped instead, but not the first.
    """
    if not flat:
        yield from ((headings, share, True) for share in _SHARES)
        return
    for count in range(len(headings), 0, -1):
        yield headings[:count], 1.0, True
        yield headings[:count], 1.0, False
    if not headings:
        yield headings, 1.0, True


def _width(
    lanes: Sequence[Lane], column: tuple[str, str, bool], share: float, *, flat: bool, whole: bool
) -> float:
    """The width of a column with the gap after it: its widest line, at least its longest word."""
    name, heading, _ = column
    most = share * _WIDEST
    cells = {lane.cell(name).lines for lane in lanes}
    widest = max((_cell_width(lines, flat=flat) for lines in cells), default=0.0)
    widest += _ROUNDING + (_MARKER if _has_markers(lanes, name) else 0.0)
    word = max(width(word, BODY, bold=True) for word in _with_number(heading).split(" "))
    head = min(width(heading, BODY, bold=True), most) if whole else word
    if flat:
        return max(word, head, widest) + _GAP
    return max(word, min(most, max(widest, head))) + _GAP


def _with_number(heading: str) -> str:
    """A heading in which a number stays with the word before it: ``line 1``."""
    return _NUMBER.sub("\u00a0", heading)


def _has_markers(lanes: Sequence[Lane], name: str) -> bool:
    """Whether some text of a column has a marker before it; all its texts are then indented."""
    return any(lane.cell(name).marker for lane in lanes)


def _cell_width(lines: Words, *, flat: bool) -> float:
    widths = [_text_width(text, bold=bold) for text, bold in lines]
    if not flat:
        return max(widths, default=0.0)
    return sum(widths) + _text_width(", ", bold=False) * (len(widths) - 1)


def _text_width(text: str, *, bold: bool) -> float:
    return width(text, BODY if bold else SMALL, bold=bold)


def _placed(
    headings: Headings,
    widths: Sequence[float],
    insets: Sequence[float],
    page_width: float,
    dropped: tuple[str, ...],
) -> TextColumns:
    """The columns of the left from the left edge on, the others up to the right edge."""
    sized = list(zip(headings, widths, insets, strict=True))
    left = sum(size for (_, _, is_left), size, _ in sized if is_left)
    right = page_width + _GAP - sum(size for (_, _, is_left), size, _ in sized if not is_left)
    at, placed = {True: 0.0, False: right}, list[PlacedColumn]()
    for (name, description, is_left), size, inset in sized:
        heading = wrapped(_with_number(description), BODY, size - _GAP + _ROUNDING, bold=True)
        placed.append(PlacedColumn(name, description, heading, at[is_left], size, inset))
        at[is_left] += size
    return TextColumns(
        columns=tuple(placed), dropped=dropped, left=left or _EDGE, right=right - _ARROW,
        width=page_width,
    )  # fmt: skip


def column_headings(columns: TextColumns, height: float) -> Iterator[Mark]:
    """The headings of the columns, the last lines just above ``height`` millimetres."""
    for column in columns.columns:
        for n, text in enumerate(reversed(column.heading)):
            y = height - 2.0 - n * _HEADING_LINE
            yield Label(text=text, bold=True, shift=column.left, y=y)


def column_texts(
    lane: Lane, columns: TextColumns, frame: Frame, style: LaneStyle
) -> tuple[list[Mark], float]:
    """The cells of a lane, below the top of the lane, and the height they need in millimetres."""
    marks, lowest = list[Mark](), 0.0
    for column in columns.columns:
        cell = lane.cell(column.name)
        limit = column.width - _GAP - column.inset
        lines = list(_lines(cell.lines, limit) if style.words else _flat(cell.lines))
        first = style.around + 0.6 * LINE if style.words else style.middle
        for n, (text, bold) in enumerate(lines):
            shift, size = column.left + column.inset, BODY if bold and style.around else SMALL
            y = first + n * LINE
            marks.append(Label(text=text, bold=bold, shift=shift, size=size, y=y))
        if cell.marker:
            shift = column.left + 1.3 - frame.left
            tooltip = in_words(column.description, cell.text)
            marks.append(Marker(style=cell.marker, at=frame.low, shift=shift, size=style.marker,
                                y=first, tooltip=tooltip))  # fmt: skip
        lowest = max(lowest, first + (len(lines) - 0.5) * LINE if lines and style.words else 0.0)
    return marks, lowest + style.around


def _flat(lines: Words) -> Words:
    """The lines of a cell as one, as bold as the first."""
    return ((", ".join(text for text, _ in lines), lines[0][1]),) if lines else ()


def _lines(lines: Words, limit: float) -> Iterator[tuple[str, bool]]:
    for text, bold in lines:
        for line in wrapped(text, BODY if bold else SMALL, limit, bold=bold):
            yield line, bold


def above_lanes(lane: Lane, columns: TextColumns, page_width: float) -> list[Mark]:
    """The cells of a lane as lines above it, without columns; the first text is bold."""
    if not columns.above:
        return []
    name, rest = _sentence(lane, columns)
    led = width(name, BODY, bold=True) + 1.6 if name else 0.0
    marks: list[Mark] = [Label(text=name, bold=True, y=0.6 * LINE)] if name else []
    for n, text in enumerate(_indented(rest, led, page_width)):
        if text:
            shift = 0.0 if n else led
            marks.append(Label(text=text, size=SMALL, shift=shift, y=(n + 0.6) * LINE))
    return marks


def _indented(text: str, led: float, page_width: float) -> list[str]:
    """The text in lines, the first one shorter by the millimetres before it."""
    words, first = text.split(), list[str]()
    while words and width(" ".join([*first, words[0]]), SMALL) <= page_width - led:
        first.append(words.pop(0))
    return [" ".join(first), *wrapped(" ".join(words), SMALL, page_width)]


def _sentence(lane: Lane, columns: TextColumns) -> tuple[str, str]:
    """The bold text, and the rest: each further column after its heading."""
    parts: list[str] = []
    name = ""
    for number, (column, heading) in enumerate(columns.above):
        cell = lane.cell(column)
        texts = [text for text, _ in cell.lines if text]
        if not texts:
            continue
        if number == 0:
            name, *rest = texts
            parts += rest
            continue
        words = [in_words(heading, ", ".join(texts))]
        words += [translate(_STATES[cell.marker])] if cell.marker in _STATES else []
        parts.append(", ".join(words))
    return name, "; ".join(parts)


def in_words(heading: str, text: str) -> str:
    """A cell within a sentence: ``best response PR``, ``PFS 3.1 to 5.0 months (line 1)``."""
    name, *more = heading.split(", ")
    led = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    words = text if text.partition(" ")[0].endswith(name) else f"{led} {text}"
    is_number = text.rstrip("+")[-1:].isdigit()
    unit = [more.pop()] if more and is_number else []  # the last part of the heading
    return " ".join([words, *unit, *(f"({each})" for each in more)])

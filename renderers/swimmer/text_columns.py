"""Text columns beside the lanes, as wide as their words; above the lanes where that is too wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.scene.scene import BODY, SMALL, Frame, Label, Mark, Marker
from renderers.scene.text_metrics import width, wrapped
from renderers.swimmer.lane import Lane, Words
from renderers.swimmer.lane_layout import LaneStyle

ARROW = 6.0  # millimetres kept free for the arrows
LINE = 2.6  # between lines of small text
_SIGN = 3.4  # of a sign before a text
_GAP = 3.0  # between columns
_MOST = 37.0  # a column at its widest
_BARS = 0.45  # the least share of the page that the bars take
_FEWEST = 30.0  # and the least millimetres
_LEAST = 45.0  # a page that lanes can be read on
_SHRINK = (1.0, 0.85, 0.7, 0.55)
_EVEN = 0.01  # what rounding may take from a width
_EDGE = 2.5  # of a page without columns on the left: half a tick label

Headings = tuple[tuple[str, str, bool], ...]


@attrs.frozen
class PlacedColumn:
    """A column with its place on the page, in millimetres; ``heading`` is ``says`` in lines."""

    name: str
    description: str
    heading: tuple[str, ...]
    left: float
    width: float
    inset: float = 0.0  # before its texts, where signs stand


@attrs.frozen(kw_only=True)
class TextColumns:
    """The columns of a figure and the millimetres left for the bars.

    Without columns, ``above`` holds the columns whose words stand over each lane, with headings.
    """

    columns: tuple[PlacedColumn, ...]
    above: tuple[tuple[str, str], ...] = ()
    left: float
    right: float


def text_columns(
    lanes: Sequence[Lane], headings: Headings, page: float, *, flat: bool
) -> TextColumns:
    """The columns on a page so many millimetres wide. ValueError where lanes find no room.

    ``flat``: each cell is one line of text, where lanes are low.
    """
    if page < _LEAST:
        raise ValueError(
            f"a page of {page:.0f} mm is too narrow for lanes (choose {_LEAST:.0f} mm or more)"
        )
    for share in _SHRINK:
        width = [_width(lanes, each, share * _MOST, flat=flat) for each in headings]
        room = page + _GAP - sum(width) - ARROW - (0.0 if any(h[2] for h in headings) else _EDGE)
        if room >= max(_FEWEST, _BARS * page):
            insets = [_SIGN if _signed(lanes, name) else 0.0 for name, _, _ in headings]
            return _placed(headings, width, insets, page)
    above = tuple((name, description) for name, description, _ in headings)
    return TextColumns(columns=(), above=above, left=_EDGE, right=page - ARROW)


def _width(
    lanes: Sequence[Lane], titled: tuple[str, str, bool], most: float, *, flat: bool
) -> float:
    """Of a column: its widest line, its longest word at the least; the gap after it included."""
    name, heading, _ = titled
    cells = {lane.cell(name).lines for lane in lanes}
    wide = max((_wide(lines, flat=flat) for lines in cells), default=0.0)
    wide += _EVEN + (_SIGN if _signed(lanes, name) else 0.0)
    head = max(width(word, BODY, bold=True) for word in heading.split())
    whole = width(heading, BODY, bold=True)
    return max(head, min(most, max(wide, min(whole, most)))) + _GAP


def _signed(lanes: Sequence[Lane], name: str) -> bool:
    """Whether a sign stands before some text of a column; all texts of it then stand aside."""
    return any(lane.cell(name).sign for lane in lanes)


def _wide(lines: Words, *, flat: bool) -> float:
    width = [_text(text, bold=bold) for text, bold in lines]
    return (
        sum(width) + _text(", ", bold=False) * (len(width) - 1) if flat else max(width, default=0.0)
    )


def _text(text: str, *, bold: bool) -> float:
    return width(text, BODY if bold else SMALL, bold=bold)


def _placed(
    headings: Headings, width: Sequence[float], insets: Sequence[float], page: float
) -> TextColumns:
    """Columns of the left from the left edge, the others up to the right edge."""
    sized = list(zip(headings, width, insets, strict=True))
    left = sum(size for (_, _, is_left), size, _ in sized if is_left)
    right = page + _GAP - sum(size for (_, _, is_left), size, _ in sized if not is_left)
    at, placed = {True: 0.0, False: right}, list[PlacedColumn]()
    for (name, description, is_left), size, inset in sized:
        heading = wrapped(description, BODY, size - _GAP, bold=True)
        placed.append(PlacedColumn(name, description, heading, at[is_left], size, inset))
        at[is_left] += size
    return TextColumns(columns=tuple(placed), left=left or _EDGE, right=right - ARROW)


def column_headings(columns: TextColumns, height: float) -> Iterator[Mark]:
    """The headings of the columns, above ``height`` millimetres."""
    for column in columns.columns:
        for n, text in enumerate(reversed(column.heading)):
            y = height - 2.0 - n * 2.8
            yield Label(text=text, bold=True, shift=column.left, y=y)


def column_texts(
    lane: Lane, columns: TextColumns, frame: Frame, style: LaneStyle
) -> tuple[list[Mark], float]:
    """The cells of a lane and the height they need, in millimetres."""
    marks, lowest = list[Mark](), 0.0
    first = style.around + 0.6 * LINE if style.around else style.pitch / 2
    for column in columns.columns:
        cell = lane.cell(column.name)
        flat = () if style.around else _flat(cell.lines)
        lines = list(_lines(flat or cell.lines, column.width - _GAP - column.inset))
        for n, (text, bold) in enumerate(lines):
            shift, size = column.left + column.inset, BODY if bold and style.around else SMALL
            y = first + n * LINE
            marks.append(Label(text=text, bold=bold, shift=shift, size=size, y=y))
        if cell.sign:
            shift = column.left + 1.3 - frame.left
            marks.append(Marker(style=cell.sign, at=frame.low, shift=shift, size=style.sign,
                              y=first, tooltip=in_words(column.description,
                                                           cell.text)))  # fmt: skip
        lowest = max(lowest, first + (len(lines) - 0.5) * LINE if lines else 0.0)
    return marks, lowest + style.around


def _flat(lines: Words) -> Words:
    """The lines of a cell as one, as bold as the first."""
    return ((", ".join(text for text, _ in lines), lines[0][1]),) if lines else ()


def _lines(lines: Words, room: float) -> Iterator[tuple[str, bool]]:
    for text, bold in lines:
        for line in wrapped(text, BODY if bold else SMALL, room, bold=bold):
            yield line, bold


def above_lanes(
    lane: Lane, columns: TextColumns, page: float, states: dict[str, str]
) -> list[Mark]:
    """The cells of a lane as lines above it; the first line of the first one is bold.

    ``states`` are the words for a sign that would stand in a column.
    """
    if not columns.above:
        return []
    name, rest = _spoken(lane, columns, states)
    led = width(name, BODY, bold=True) + 1.6 if name else 0.0
    lines = _hanging(rest, led, page)
    marks: list[Mark] = [Label(text=name, bold=True, y=0.6 * LINE)] if name else []
    for n, text in enumerate(lines):
        shift = led if n == 0 else 0.0
        if text:
            marks.append(Label(text=text, size=SMALL, shift=shift, y=(n + 0.6) * LINE))
    return marks


def _hanging(text: str, led: float, page: float) -> list[str]:
    """The text in lines, the first one shorter by what stands before it."""
    words, first = text.split(), list[str]()
    while words and width(" ".join([*first, words[0]]), SMALL) <= page - led:
        first.append(words.pop(0))
    return [" ".join(first), *wrapped(" ".join(words), SMALL, page)]


def _spoken(lane: Lane, columns: TextColumns, states: dict[str, str]) -> tuple[str, str]:
    """What is written bold, and the rest: each further column after its heading."""
    parts: list[str] = []
    name = ""
    for number, (column, heading) in enumerate(columns.above):
        cell = lane.cell(column)
        texts = [text for text, _ in cell.lines if text]
        if number == 0 and texts:
            name, texts = texts[0], texts[1:]
            parts += texts
            continue
        if texts:
            state = states.get(cell.sign, "")
            parts.append(
                ", ".join([in_words(heading, ", ".join(texts)), *([state] if state else [])])
            )
    return name, "; ".join(parts)


def in_words(heading: str, text: str) -> str:
    """A cell within a sentence: ``best response PR``, ``PFS 3.1 to 5.0 months``."""
    name, _, unit = heading.partition(", ")
    led = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    named = text if text.partition(" ")[0].endswith(name) else f"{led} {text}"
    return f"{named} {unit}" if unit and text[-1:].isdigit() else named

"""The axes of a timeline: dates with the months since a moment below them, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from renderers.axes.calendar import calendar, years
from renderers.axes.calendar_page import MARGIN, TimelinePage
from renderers.axes.event_free import years_left_out
from renderers.axes.units import UNITS, tick_rule, ticks
from renderers.layout.packing import pack_levels
from renderers.scene.scene import SMALL, Axis, AxisBreak, Bar, Label, Mark, Row, VerticalLine
from renderers.scene.text_metrics import width, wrapped
from renderers.text.translation import translate
from renderers.timeline.elapsed_case import NONE, Origin, candidates, moment_named
from timeline.core.calendar.dates import PartialDate
from timeline.record.case import Case

_AXIS_HEIGHT = 7.8  # millimetres
_MUTE_HEIGHT = 4.6  # of an axis of years alone
_SINCE_HEIGHT = 5.6  # of numbers with their words at their left
YEARS_HEIGHT = 3.2
_LINE = 2.7  # of the words at a break
_CLEAR = 3.0  # millimetres between the words left of an axis and its first number
_TITLE_LINES = 2  # of these words
_BELOW_WORDS = 0.9  # millimetres to the break of the axis below them
_EXACT = 31  # days: a moment that is known to a month is counted from by default


@attrs.frozen(kw_only=True)
class TimeAxes:
    """The axes of a timeline with their rows; marks are in the first row of their own."""

    rows: tuple[Row, ...]
    axes: tuple[Axis, ...]
    marks: tuple[Mark, ...] = ()


def counted_from(case: Case, since: str) -> Origin | None:
    """The moment that months are counted from, below the dates.

    Args:
        case: the patient.
        since: ``diagnosis``, ``surgery``, ``line 2``, ``line 2 end``, another event by its kind
            or its id, or ``none``; empty: the diagnosis or else line 1, where it is known to a
            month.

    Returns:
        The moment; None where no time is counted.

    Raises:
        ValueError: the patient has no such moment, or its date has no bound.
    """
    if since == NONE:
        return None
    if not since:
        found = {each.name: each for each in candidates(case)}
        default = (found[name] for name in ("diagnosis", "line 1") if name in found)
        return next((each for each in default if _is_exact(each.when)), None)
    moment = moment_named(case, since)
    when = moment.when
    if when is None or not when.span.is_bounded:
        raise ValueError(f"since: no day of {since} is known (count from another moment)")
    return moment


def _is_exact(when: PartialDate | None) -> bool:
    return when is not None and when.span.is_bounded and when.span.high - when.span.low <= _EXACT


def top_axis(page: TimelinePage, row: int, line: float | None) -> tuple[Axis, ...]:
    """The years above the sections; none on an axis without dates."""
    return () if page.unit else (years(page.frame, row, YEARS_HEIGHT, line),)


def time_axes(page: TimelinePage, row: int, since: Origin | None, unit: str) -> TimeAxes:
    """The axes below the sections, the first in ``row``."""
    main = _counted(page, row) if page.unit else calendar(page.frame, row, MARGIN)
    has_one_line = main.is_mute or not (main.captions or main.title)
    height = _MUTE_HEIGHT if has_one_line else _AXIS_HEIGHT
    marks, more = _break_words(page, height)
    rows = [Row("axis", height + more, repeats=True)]
    axes, placed_words = [main], list[Mark]()
    if since is not None and since.when is not None and not page.unit:
        axis, words = _since(page, row + 1, since, since.when, unit)
        rows.append(Row("time since", _SINCE_HEIGHT if words else _AXIS_HEIGHT, repeats=True))
        axes.append(axis)
        placed_words = [mark.on_row(row + 1) for mark in words]
    placed: list[Mark] = [mark.on_row(row) for mark in marks]
    placed += [
        AxisBreak(style="break", start=low, end=high, row=row + number)
        for number in range(len(rows))
        for low, high in page.frame.breaks
    ]
    return TimeAxes(rows=tuple(rows), axes=tuple(axes), marks=(*placed, *placed_words))


def _counted(page: TimelinePage, row: int) -> Axis:
    """The time since day 0, with its unit and its origin below it."""
    days = UNITS[page.unit].days
    rule = tick_rule(
        page.unit,
        days,
        lambda unit: translate("{unit} since the {time_zero}", unit=unit, time_zero=page.since),
    )
    drawn = ticks(page.frame, page.unit, days)
    return Axis(row=row, ticks=drawn, title=rule.units[0].title, rule=rule)


def _since(
    page: TimelinePage, row: int, since: Origin, when: PartialDate, unit: str
) -> tuple[Axis, tuple[Label, ...]]:
    """The time since a moment below the dates; it counts from the middle of its possible days.

    Its words are below it, or left of it where the page has a column for titles.
    """
    zero = (float(when.span.low) + float(when.span.high)) / 2
    days = UNITS[unit].days
    rule = tick_rule(
        unit,
        days,
        lambda words: translate("{unit} since the {time_zero}", unit=words, time_zero=since.words),
        zero=zero,
    )
    title = rule.units[0].title
    axis = Axis(row=row, ticks=ticks(page.frame, unit, days, zero), title=title, rule=rule)
    lines = wrapped(title, SMALL, page.gutter - _CLEAR) if page.gutter else ()
    if not lines or len(lines) > _TITLE_LINES:
        return axis, ()
    labels = tuple(Label(text=text, size=SMALL, y=1.2 + n * _LINE) for n, text in enumerate(lines))
    return attrs.evolve(axis, title=""), labels


def _break_words(page: TimelinePage, top: float) -> tuple[list[Label], float]:
    """What each break leaves out, below the axis, and the height of these words."""
    frame = page.frame
    if not frame.breaks:
        return [], 0.0
    stretches, texts = [], []
    for low, high in frame.breaks:
        text = translate("{years} not shown", years=_years_text((low, high), page))
        middle, half = (frame.x(low) + frame.x(high)) / 2, width(text, SMALL) / 2
        start = max(0.0, min(middle - half, page.width - 2 * half))
        stretches.append([(start, start + 2 * half)])
        texts.append(text)
    levels = pack_levels(stretches, 1.5)
    marks = [
        Label(text=text, size=SMALL, shift=stretch[0][0], y=top + (level + 0.5) * _LINE)
        for text, stretch, (level, _) in zip(texts, stretches, levels, strict=True)
    ]
    return marks, (max(level for level, _ in levels) + 1) * _LINE + _BELOW_WORDS


def _years_text(stretch: tuple[float, float], page: TimelinePage) -> str:
    text = years_left_out(stretch, dated=not page.unit)
    return text if not page.unit else translate("{number} years", number=text)


def break_marks(page: TimelinePage, first: int, last: int) -> Iterator[Mark]:
    """The edges of each break through all sections, and the break of the years above them."""
    for low, high in page.frame.breaks:
        for day in (low, high):
            yield VerticalLine(style="break edge", at=day, row=first, last=last)


def crossed(marks: Iterator[Mark], page: TimelinePage) -> Iterator[Mark]:
    """A break on each bar that goes on through one."""
    for mark in marks:
        for low, high in page.frame.breaks:
            if isinstance(mark, Bar) and mark.start < low and high < mark.end:
                yield AxisBreak(
                    style="break", row=mark.row, start=low, end=high, y=mark.y,
                    height=mark.height + 0.8,
                )  # fmt: skip

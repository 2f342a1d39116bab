"""The spider plot: the change of the target sum from baseline, scan by scan, a line a patient.

Every line begins at (0, 0 %), runs over the true days of its scans, and is broken where a scan
was missed or its sum is not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from renderers.axes.elapsed import elapsed_axis
from renderers.axes.values import ValueAxis, signed
from renderers.backends.pages import fit_to_page
from renderers.response.change_axis import (
    LEFT,
    LOWEST,
    MARGIN,
    TITLE,
    change_axis,
    check_width,
    nothing_measured,
    up_to,
)
from renderers.response.colouring import BEST, Colouring
from renderers.response.line_labels import names
from renderers.response.spider_marks import (
    NAMED,
    SpiderPlot,
    bridge_of,
    drawn_line,
    line_width,
    uses_arrow,
)
from renderers.response.subjects import Subjects, all_of_uptake, measures_sentence, subjects_of
from renderers.response.thresholds import numbers, pairs_of, threshold_sentence
from renderers.response.trajectory import Trajectory, trajectory_of
from renderers.response.unmeasured_scans import markers_below, sentence_below, unmeasured_scans
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.mark import of_subject
from renderers.scene.palette import Palette
from renderers.scene.scene import Frame, Mark, Row, Scene
from renderers.scene.styles import STYLES, Style
from renderers.text.translation import localized, translate, translate_count
from timeline.core.calendar.durations import days_per
from timeline.core.problem import near
from timeline.core.span import NEVER_ENDS
from timeline.endpoints.derived_case import DerivedCase

_HIGHEST, _SHARE = 80.0, 0.66  # of the plot at the most; of its width
_BEGINS = "Each curve starts at 0 at the start of treatment; the baseline scan preceded it."


@localized
def spider(
    cases: Sequence[DerivedCase],
    page: Page = DEFAULT_PAGE,
    *,
    line: int | None = None,
    unit: str = "months",
    colour: str = BEST,
    confirmed: bool = False,
    bridge: bool = False,
    highlight: Sequence[str] = (),
    palette: Palette | None = None,
) -> Scene:
    """The lines of all patients with measured targets.

    Args:
        cases: the derived cases.
        page: the page.
        line: the number of the treatment line; None for the first with measured targets.
        unit: of the axis: days, weeks, months or years.
        colour: what lines are coloured by, a word of ``colouring.BY``.
        confirmed: whether the best response is that with confirmation, where the criterion
            requires one; else that as first documented.
        bridge: whether a dashed line joins the stretches before and after a missed scan.
        highlight: the names of patients that are drawn in full, before thin grey lines of the
            others; empty: all are.
        palette: the colours that the project states.

    Raises:
        ValueError: no patient has measured targets, the unit, the colour or a patient is unknown,
            or the page is too narrow.

    """
    size, colouring = days_per(unit), Colouring.of(colour, palette)
    found = [
        trajectory_of(derived, line, size, colouring, confirmed=confirmed) for derived in cases
    ]
    threads = [thread for thread in found if thread]
    if not threads:
        raise nothing_measured(cases)
    subjects = attrs.evolve(
        subjects_of(cases, found, line),
        products=measures_sentence(thread.criterion for thread in threads),
        of_uptake=all_of_uptake(thread.criterion for thread in threads),
        origin=translate(_BEGINS),
        is_confirmed=confirmed,
    )
    return lay_out_spider(
        threads, subjects, page, unit, colouring, bridge=bridge, highlight=highlight
    )


def lay_out_spider(
    threads: Sequence[Trajectory],
    subjects: Subjects,
    page: Page,
    unit: str,
    colouring: Colouring,
    *,
    bridge: bool = False,
    highlight: Sequence[str] = (),
) -> Scene:
    """The spider of some patients. Called while the language of the page is set.

    Args:
        threads: a patient each, in ``unit``; at least one.
        subjects: what the caption says of the patients.
        page: the page.
        unit: of the axis.
        colouring: what lines are coloured by.
        bridge: whether a dashed line joins the stretches before and after a missed scan.
        highlight: the names of patients that are drawn in full; empty: all are.

    Raises:
        ValueError: the page is too narrow, or no patient has a name of ``highlight``.
    """
    _check_names(highlight, threads)
    marked = [thread for thread in threads if not highlight or thread.name in highlight]
    right = page.width - MARGIN
    check_width(right - LEFT, page)
    arrow = uses_arrow(marked)
    longest = max(thread.longest for thread in threads)
    axis = elapsed_axis(longest, unit, right - LEFT - arrow)
    frame = axis.frame(LEFT, right)
    if arrow and frame.x(longest) + arrow > right:
        axis = elapsed_axis(axis.high + axis.step, unit, right - LEFT)
        frame = axis.frame(LEFT, right)
    base = STYLES[line_width(len(marked)).thread]
    styles = colouring.lines((thread.category for thread in marked), base)
    empty = Scene(
        name=f"spider of {len(threads)} patients",
        alt=_alt(threads, subjects),
        caption=_caption(threads, marked, subjects, bridge=bridge),
        width=page.width,
        frame=frame,
        rows=(Row("axis", 8.5),),
        marks=(),
        axes=(axis.axis(len(_below(marked, frame)) + 1, subjects.since),),
        own=(*styles.values(), *(_bridge(each) for each in styles.values() if bridge)),
    )
    highest = min(_HIGHEST, _SHARE * (right - LEFT))
    return fit_to_page(
        lambda height: _filled(empty, threads, marked, height, styles, bridge=bridge), highest, page
    )


def _bridge(style: Style) -> Style:
    """The dashed line across a missed scan, in the colour of the patient; the caption names it."""
    return attrs.evolve(
        STYLES["bridge"], name=bridge_of(style.name), edge=style.edge, description=""
    )


def _filled(
    empty: Scene,
    threads: Sequence[Trajectory],
    marked: Sequence[Trajectory],
    height: float,
    styles: Mapping[str, Style],
    *,
    bridge: bool,
) -> Scene:
    """The scene with its plot of so many millimetres."""
    frame, scale = empty.frame, _scale(threads, height)
    named = {category: style.name for category, style in styles.items()}
    some = frozenset(each.name for each in marked) if len(marked) < len(threads) else frozenset()
    plot = SpiderPlot(
        frame=frame, scale=scale, patients=len(marked), styles=named, is_bridged=bridge,
        highlighted=some,
    )  # fmt: skip
    threads = sorted(threads, key=lambda thread: thread.name in some)  # the others are below
    drawn = list(change_axis(translate("Change from baseline, %"), frame, scale, pairs_of(threads)))
    drawn += [mark for thread in threads
              for mark in of_subject(thread.name, drawn_line(thread, plot))]  # fmt: skip
    labels = names(marked, drawn, frame, scale) if len(marked) <= NAMED else ()
    off_scale = _below(marked, frame)
    rows = (Row("plot", scale.bottom), *(row for row, _ in off_scale), *empty.rows)
    off = (mark.on_row(n) for n, (_, marks) in enumerate(off_scale, start=1) for mark in marks)
    return attrs.evolve(empty, rows=rows, marks=(*drawn, *labels, *off), scale=scale.on_row(0))


def _check_names(highlight: Sequence[str], threads: Sequence[Trajectory]) -> None:
    """Refuse patients that are not drawn, all of them at once."""
    known = [thread.name for thread in threads]
    if wrong := [f"{each!r} ({near(each, known)})" for each in highlight if each not in known]:
        raise ValueError(f"highlight: no such patient in the plot: {'; '.join(wrong)}")


def _below(threads: Sequence[Trajectory], frame: Frame) -> list[tuple[Row, list[Mark]]]:
    """The rows of what is reported without a size."""
    size = line_width(len(threads)).marker
    return list(markers_below(unmeasured_scans(threads), frame, size, named=len(threads) > 1))


def _scale(threads: Sequence[Trajectory], height: float) -> ValueAxis:
    """Percent from -100 up to all that is known, rounded up to a whole step."""
    ends = [
        float(end)
        for thread in threads
        for point in thread.points
        if point.change is not None
        for end in (point.change.low, point.change.high)
        if end != NEVER_ENDS
    ]
    high = up_to(max(ends))
    top = TITLE + 3.4
    return ValueAxis(low=LOWEST, high=high, top=top, bottom=top + height)


def _alt(threads: Sequence[Trajectory], subjects: Subjects) -> str:
    ends = [thread.last.middle for thread in threads]
    shown = translate(
        _ALT,
        drawn=len(threads),
        given=subjects.given,
        low=signed(round(min(ends), 1)),
        high=signed(round(max(ends), 1)),
        **numbers(pairs_of(threads)),
        shrunk=sum(thread.shrunk for thread in threads),
        grown=sum(thread.grown for thread in threads),
    )
    counts = {
        "new lesion": sum(any(point.has_new for point in thread.points) for thread in threads),
        "ongoing": sum(thread.goes_on for thread in threads),
        "death": sum(thread.death is not None for thread in threads),
    }
    return " ".join([shown, *subjects.counted(counts)])


_ALT = (
    "Spider plot of the change from baseline in target lesions. Patients shown: {drawn} of "
    "{given}. Change at the last scan: {low} to {high} %. Decrease of {below} % or more at any "
    "scan: {shrunk}; increase of {above} % or more: {grown}."
)
_INTERRUPTED = "Curves are interrupted at scans without measurements."
_OTHERS = "Grey lines: other patients, whose scans and ends are not marked."
_JOINED = "Fine dashes: scans without measurements."
_ON_LINE = "Change from baseline in the sum of target lesion diameters on {line}."
_OF_TABLE = "Change from baseline in the sum of target lesions."
_OF_PRODUCTS = "Change from baseline in the sum of target lesions on {line}."
_OF_UPTAKE = "Change from baseline in the uptake of FDG on {line}."


_NO_DEATHS = (
    "{number} death on the line is not marked.",
    "{number} deaths on the line are not marked.",
)


def _deaths(threads: Sequence[Trajectory]) -> str:
    """The sentence on deaths that so many lines leave no room for."""
    died = sum(thread.death is not None for thread in threads)
    unmarked = died and not line_width(len(threads)).marks_deaths
    return translate_count(*_NO_DEATHS, died) if unmarked else ""


def _caption(
    threads: Sequence[Trajectory],
    marked: Sequence[Trajectory],
    subjects: Subjects,
    *,
    bridge: bool,
) -> str:
    vague = any(p.change and not p.change.is_point for t in threads for p in t.points)
    missed = any(p.change is None for t in threads for p in t.points)
    joined = bridge and any(True for thread in threads for _ in thread.gaps)
    parts = (
        translate(
            _OF_UPTAKE if subjects.of_uptake else _OF_PRODUCTS if subjects.products else _ON_LINE,
            line=subjects.of,
        )
        if subjects.of
        else translate(_OF_TABLE),
        subjects.products,
        *subjects.shown,
        subjects.origin,
        threshold_sentence(pairs_of(threads)),
        *subjects.notes,
        translate(_JOINED if joined else _INTERRUPTED) if missed else "",
        translate("Vertical ranges: sum not known exactly.") if vague else "",
        sentence_below(marked),
        _deaths(marked),
        translate(_OTHERS) if len(marked) < len(threads) else "",
        subjects.ends,
    )
    return " ".join(part for part in parts if part)

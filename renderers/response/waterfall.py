"""The waterfall: best change of the target sum from baseline, one bar a patient, worst to best."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from renderers.axes.values import ValueAxis
from renderers.backends.pages import fit_to_page
from renderers.response.best_change import UNKNOWN, WaterfallBar, best_of, percent
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
from renderers.response.subjects import Subjects, all_of_uptake, measures_sentence, subjects_of
from renderers.response.thresholds import numbers, pairs_of, threshold_sentence
from renderers.response.waterfall_columns import BEST_RESPONSE, PATIENT, column_of
from renderers.response.waterfall_marks import (
    WaterfallPlot,
    drawn_bars,
    height_above,
    highest_of,
    values_of_cut,
)
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.mark import of_subject
from renderers.scene.palette import Palette
from renderers.scene.scene import SMALL, Frame, Label, Mark, Row, Scene
from renderers.scene.styles import STYLES, Style
from renderers.scene.text_metrics import width
from renderers.text.translation import localized, translate, translate_count
from timeline.core.span import NEVER_ENDS
from timeline.endpoints.derived_case import DerivedCase
from timeline.terminology.criteria import BEST_FIRST

_CUT_AT = 100.0  # growth is cut there, where some is
_LONGER = 125.0  # beyond it; a bar that is little longer is drawn whole
_MOST_CUT = 5  # bars whose values are printed above them; those of more are in the caption
_MOST_LINES = 3  # lines of names of patients, who take turns where none can be turned upright
_HIGHEST, _SHARE = 70.0, 0.62  # of the plot at the most; of its width
_LEAST_PITCH, _MOST_PITCH = 0.5, 14.0  # millimetres from bar to bar
_THIN_PITCH, _THIN_EDGE = 1.6, 0.2  # bars that are closer have thinner edges, in points
_LINE = 2.8  # millimetres between lines of text
_ABOVE = 0.5  # above and below names that are turned upright
_UPRIGHT = 2.3  # the least pitch, and
_LONGEST = 22.0  # the longest name, in millimetres, of names that are turned upright
NOT_MEASURED = (
    "Scans with a response category but no measurements, not included in any bar: {number}."
)
COUNTED_TO = (
    "Scans are included up to progression, or up to its confirmation where the criterion requires "
    "one."
)


@localized
def waterfall(
    cases: Sequence[DerivedCase],
    page: Page = DEFAULT_PAGE,
    *,
    line: int | None = None,
    confirmed: bool = False,
    colour: str = BEST,
    palette: Palette | None = None,
) -> Scene:
    """The bars of all patients with measured targets.

    Args:
        cases: The derived cases.
        page: The page.
        line: The number of the line; None: the first with measured targets.
        confirmed: Whether the best response is that with confirmation, where the criterion
            requires one; else the best response as first documented.
        colour: What bars are filled by, a word of ``colouring.BY``.
        palette: The colours that the project states.

    Raises:
        ValueError: no patient has measured targets, the colour is unknown, or the bars are too
            many for the page.

    """
    colouring = Colouring.of(colour, palette)
    found = [best_of(derived, line, colouring, confirmed=confirmed) for derived in cases]
    bests = [best for best in found if best]
    if not bests:
        raise nothing_measured(cases)
    subjects = attrs.evolve(
        subjects_of(cases, found, line),
        products=measures_sentence(best.criterion for best in bests),
        of_uptake=all_of_uptake(best.criterion for best in bests),
        counted_to=translate(COUNTED_TO),
        is_confirmed=confirmed,
    )
    return lay_out_waterfall(bests, subjects, page, colouring)


def lay_out_waterfall(
    found: Sequence[WaterfallBar], subjects: Subjects, page: Page, colouring: Colouring
) -> Scene:
    """The waterfall of some patients. Called while the language of the page is set.

    Args:
        found: a patient each, in any order; at least one.
        subjects: what the caption says of the patients.
        page: the page.
        colouring: what bars are filled by.

    Raises:
        ValueError: the bars are too many for the page, or it is too narrow.
    """
    bests = sorted(found, key=lambda best: (-best.middle, best.name))
    styles = colouring.bars(best.category for best in bests)
    alt, caption = _alt(bests, subjects), _caption(bests, subjects, colouring)
    highest = min(_HIGHEST, _SHARE * (page.width - MARGIN - LEFT))
    return fit_to_page(
        lambda height: _scene(bests, page, height, styles, alt, caption), highest, page
    )


def _scene(
    bests: Sequence[WaterfallBar],
    page: Page,
    height: float,
    styles: Mapping[str, Style],
    alt: str,
    caption: str,
) -> Scene:
    """The bars, in a plot of so many millimetres."""
    named = {category: style.name for category, style in styles.items()}
    plot = attrs.evolve(_plot(bests, page, height), styles=named)
    below = list(_below(bests, plot))
    drawn = [
        *change_axis(
            translate("Best change from baseline, %"), plot.frame, plot.scale, pairs_of(bests)
        ),
        *drawn_bars(bests, plot),
    ]
    drawn += values_of_cut(bests, plot) if len(plot.cut) <= _MOST_CUT else ()
    rows = [(Row("plot", plot.scale.bottom + 1.5), drawn), *below]
    return Scene(
        name=f"waterfall of {len(bests)} patients",
        alt=alt,
        caption=caption,
        width=page.width,
        frame=plot.frame,
        scale=plot.scale.on_row(0),
        rows=tuple(row for row, _ in rows),
        marks=tuple(mark.on_row(n) for n, (_, marks) in enumerate(rows) for mark in marks),
        own=_own(bests, styles, plot),
        named=() if len(plot.cut) <= _MOST_CUT else (_cut_in_caption(),),
        columns=tuple(map(column_of, bests)) if page.scrolls else (),
    )


def _own(
    bests: Sequence[WaterfallBar], styles: Mapping[str, Style], plot: WaterfallPlot
) -> tuple[Style, ...]:
    """The styles of the scene alone; of narrow bars all, with edges that leave their fill seen."""
    if plot.pitch >= _THIN_PITCH:
        return tuple(styles.values())
    of_name = {style.name: style for style in styles.values()}
    drawn = set(map(plot.fill_of, bests))
    used = [name for name in (*of_name, *STYLES) if name in drawn]
    return tuple(
        attrs.evolve(of_name[name], stroke=_THIN_EDGE)
        if name in of_name
        else attrs.evolve(
            STYLES[name], stroke=_THIN_EDGE, description=translate(STYLES[name].description)
        )
        for name in used
    )


def _plot(bests: Sequence[WaterfallBar], page: Page, height: float) -> WaterfallPlot:
    left = _left(bests, page)
    check_width(page.width - MARGIN - left, page)
    right = min(page.width - MARGIN, left + len(bests) * _MOST_PITCH)
    frame = Frame(low=0.0, high=float(len(bests)), left=left, right=right, unit="")
    if (frame.right - frame.left) / len(bests) < _LEAST_PITCH:
        most = int((frame.right - frame.left) / _LEAST_PITCH)
        raise ValueError(
            f"{len(bests)} bars on {page}: at most {most} can be distinguished "
            "(choose a wider column, or draw fewer patients)"
        )
    tops = [float(end) for best in bests for end in (best.change.low, best.change.high)
            if end != NEVER_ENDS]  # fmt: skip
    cut = _cut(bests)
    highest = min(max(tops), _CUT_AT) if cut else max(tops)
    high = up_to(highest)
    top = TITLE + 1.6 + height_above(cut if len(cut) <= _MOST_CUT else ())
    return WaterfallPlot(
        frame=frame, scale=ValueAxis(low=LOWEST, high=high, top=top, bottom=top + height), cut=cut
    )


def _cut(bests: Sequence[WaterfallBar]) -> tuple[WaterfallBar, ...]:
    """The bars that are longer than the axis; none where all fit one that is little longer."""
    if all(highest_of(best) <= _LONGER for best in bests):
        return ()
    return tuple(best for best in bests if highest_of(best) > _CUT_AT)


_ROWS = (PATIENT, BEST_RESPONSE)


def _texts(bests: Sequence[WaterfallBar]) -> Iterator[tuple[str, list[str]]]:
    """The rows of text below the bars; best responses only where some are known."""
    yield _ROWS[0], [best.name for best in bests]
    if any(best.labels for best in bests):
        yield _ROWS[1], [best.label for best in bests]


def _left(bests: Sequence[WaterfallBar], page: Page) -> float:
    """Millimetres left of the plot; more where rows of text are named there."""
    for name, texts in reversed(list(_texts(bests))):
        named = max(LEFT, width(translate(name), SMALL) + 1.0)
        pitch = (page.width - named - MARGIN) / len(bests)
        if _lines(name, texts, pitch) or _turned(name, texts, pitch):
            return named
    return LEFT


def _lines(name: str, texts: Sequence[str], pitch: float) -> int:
    """Lines that a row of texts needs; 0 where it has no room, or is turned upright.

    Names of patients that are too long to be turned upright take turns.
    """
    needed = math.ceil((max(width(text, SMALL) for text in texts) + 0.6) / pitch)
    takes_turns = name == _ROWS[0] and not _turned(name, texts, pitch)
    return needed if needed <= (_MOST_LINES if takes_turns else 1) else 0


def _turned(name: str, texts: Sequence[str], pitch: float) -> float:
    """The height of names of patients that are turned upright; 0 where they have no room."""
    longest = max(width(text, SMALL) for text in texts)
    fits = name == _ROWS[0] and pitch >= _UPRIGHT and longest <= _LONGEST
    return longest if fits else 0.0


def _below(bests: Sequence[WaterfallBar], plot: WaterfallPlot) -> Iterator[tuple[Row, list[Mark]]]:
    """Under the bars the patients and their best responses, each only where all fit."""
    for name, texts in _texts(bests):
        lines = _lines(name, texts, plot.pitch)
        if width(translate(name), SMALL) + 1.0 > plot.frame.left:
            continue
        marks: list[Mark] = [Label(text=translate(name), size=SMALL, y=_LINE / 2)]
        if lines:
            marks += _of_bars(bests, (
                Label(
                    text=text, size=SMALL, at=n + 0.5, align="centre",
                    y=_LINE * (n % lines + 0.5),
                )
                for n, text in enumerate(texts)
            ))  # fmt: skip
            yield Row(translate(name).lower(), _LINE * lines), marks
        elif height := _turned(name, texts, plot.pitch):
            marks += _of_bars(bests, (
                Label(text=text, size=SMALL, at=n + 0.5, align="right", upright=True, y=_ABOVE)
                for n, text in enumerate(texts)
            ))  # fmt: skip
            yield Row(translate(name).lower(), height + 2 * _ABOVE), marks


def _of_bars(bests: Sequence[WaterfallBar], marks: Iterable[Mark]) -> Iterator[Mark]:
    """A mark for each bar, as one of its patient."""
    for best, mark in zip(bests, marks, strict=True):
        yield from of_subject(best.name, [mark])


def _counted(bests: Sequence[WaterfallBar]) -> str:
    """How many of each best response, in the order of the legend; nothing where none is known."""
    order = list(BEST_FIRST)
    found = [best.label for best in bests]
    known = sorted(
        set(found), key=lambda label: (order.index(label) if label in order else 99, label)
    )
    if not any(best.labels for best in bests):
        return ""
    words = {UNKNOWN: translate("not stated")}
    return ", ".join(f"{words.get(label, label)} {found.count(label)}" for label in known)


def _alt(bests: Sequence[WaterfallBar], subjects: Subjects) -> str:
    counted = _counted(bests)
    shown = translate(
        _ALT,
        drawn=len(bests),
        given=subjects.given,
        first=percent(bests[0].change),
        last=percent(bests[-1].change),
        **numbers(pairs_of(bests)),
        shrunk=sum(best.shrunk for best in bests),
        grown=sum(best.grown for best in bests),
    )
    parts = [shown, *subjects.counted({"new lesion": sum(best.has_new for best in bests)})]
    if counted:
        parts.append(translate(_RESPONSES, responses=counted))
    return " ".join(parts)


_ALT = (
    "Waterfall plot of the best change from baseline in target lesions, from {first} to {last}. "
    "Patients shown: {drawn} of {given}. Decrease of {below} % or more: {shrunk}; "
    "increase of {above} % or more: {grown}."
)
_RESPONSES = "Best responses: {responses}."
_UNKNOWN = "Vertical ranges: sum not known exactly; the bar shows the change that is certain."
_ON_LINE = "Best change from baseline in the sum of target lesion diameters on {line}."
_OF_TABLE = "Best change from baseline in the sum of target lesions."
_OF_PRODUCTS = "Best change from baseline in the sum of target lesions on {line}."
_OF_UPTAKE = "Best change from baseline in the uptake of FDG on {line}."
_FILLS = {  # by whether responses are confirmed, None: the table does not state it
    True: "Fill: best response, CR and PR confirmed where the criterion requires it.",
    False: "Fill: best response, not necessarily confirmed.",
    None: "Fill: best response as in the table.",
}


def _cut_in_caption() -> tuple[str, str, str]:
    """The words of the legend for bars whose values are in the caption."""
    return "cut short", "Change", translate("bar truncated, value in the caption")


_TRUNCATED = (
    "{number} bar is truncated at +100 %: {values}.",
    "{number} bars are truncated at +100 %: {values}.",
)


def _truncated(bests: Sequence[WaterfallBar]) -> str:
    """The sentence on bars whose values are not printed above them."""
    cut = _cut(bests)
    if len(cut) <= _MOST_CUT:
        return ""
    values = ", ".join(f"{best.name} {percent(best.change)}" for best in cut)
    return translate_count(*_TRUNCATED, len(cut), values=values)


def _fill(bests: Sequence[WaterfallBar], subjects: Subjects, colouring: Colouring) -> str:
    """The sentences on the fill and on how many patients have each best response."""
    counted = _counted(bests)
    fill = translate(_FILLS[subjects.is_confirmed]) if colouring.by == BEST and counted else ""
    return f"{fill} {translate(_RESPONSES, responses=counted)}".strip() if counted else fill


def _caption(bests: Sequence[WaterfallBar], subjects: Subjects, colouring: Colouring) -> str:
    unmeasured = sum(best.unmeasured for best in bests)
    parts = (
        translate(
            _OF_UPTAKE if subjects.of_uptake else _OF_PRODUCTS if subjects.products else _ON_LINE,
            line=subjects.of,
        )
        if subjects.of
        else translate(_OF_TABLE),
        subjects.products,
        *subjects.shown,
        subjects.counted_to,
        _fill(bests, subjects, colouring),
        threshold_sentence(pairs_of(bests)),
        *subjects.notes,
        translate(_UNKNOWN) if any(not best.change.is_point for best in bests) else "",
        translate(NOT_MEASURED, number=unmeasured) if unmeasured else "",
        _truncated(bests),
        translate("Asterisk: new lesion.") if any(best.has_new for best in bests) else "",
        subjects.ends,
    )
    return " ".join(part for part in parts if part)

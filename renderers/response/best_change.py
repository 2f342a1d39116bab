"""The bar of one patient in a waterfall plot: the best change of a line, and its best response."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.axes.values import signed
from renderers.response.colouring import BY_BEST, CHARACTERISTICS, Colouring
from renderers.response.thresholds import pair_of
from renderers.text.date_words import worded
from renderers.text.events import scan_words
from renderers.text.line_summary import criterion_of
from renderers.text.translation import either, translate, translated
from timeline.assessment.tumour_change import SizeChange, SizeChanges
from timeline.core.calendar.durations import rounded
from timeline.core.span import NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Scan
from timeline.record.lines import Line
from timeline.terminology.criteria import PRIMARY, TERMS
from timeline.terminology.response_codes import Code, NonTarget

UNKNOWN = "–"  # the label of a best response that a table does not state


@attrs.frozen(kw_only=True)
class WaterfallBar:
    """A patient's bar: change in percent (a range where it is not known), response, new lesion."""

    name: str
    criterion: str  # what the line is judged by
    change: Span
    labels: tuple[str, ...]
    has_new: bool
    tooltip: str
    unmeasured: int = 0  # scans with a category and no measurements
    category: str = ""  # what the bar is filled by
    unknown: str = str(PRIMARY.words[Code.NE])  # the label where no best response is known
    characteristics: tuple[tuple[str, str], ...] = ()  # headings and texts, for a page to sort by

    @property
    def shrunk(self) -> bool:
        """Whether it certainly reached the threshold of response of its criterion."""
        limits = pair_of(self.criterion)
        return limits is not None and limits.shrunk(self.change)

    @property
    def grown(self) -> bool:
        """Whether it certainly grew over baseline by the threshold of progression."""
        limits = pair_of(self.criterion)
        return limits is not None and limits.grown(self.change)

    @property
    def near(self) -> float:
        """The end of the range that is nearer to 0; 0 for a range on both sides of it."""
        if self.change.low > 0:
            return float(self.change.low)
        return min(float(self.change.high), 0.0)

    @property
    def middle(self) -> float:
        """What the patients are sorted by; of a range without an upper end the lower end."""
        low, high = self.change.low, self.change.high
        return float(low) if high == NEVER_ENDS else (float(low) + float(high)) / 2

    @property
    def label(self) -> str:
        return either(self.labels) if self.labels else self.unknown


def line_of(derived: DerivedCase, number: int | None) -> Line | None:
    """A line of a patient: the one of a number, or the first with measured targets."""
    lines = derived.case.lines
    if number is not None:
        return next((line for line in lines if line.number == number), None)
    return next(
        (line for line in lines if _is_measured(derived.size_changes[line.number])),
        None,
    )


def _is_measured(found: SizeChanges | None) -> bool:
    return found is not None and any(each.percent is not None for each in found.scans)


def best_of(
    derived: DerivedCase,
    number: int | None,
    colouring: Colouring = BY_BEST,
    *,
    confirmed: bool,
) -> WaterfallBar | None:
    """The bar of a patient, or None where no scan of the line measures its targets.

    Args:
        derived: the derived case.
        number: the number of the treatment line; None for the first with measured targets.
        colouring: what bars are filled by.
        confirmed: whether the best response is that with confirmation.
    """
    line = line_of(derived, number)
    found = derived.size_changes[line.number] if line else None
    if line is None or found is None:
        return None
    scans = until_progression(derived, line, found.scans)
    known = [each.percent for each in scans if each.percent is not None]
    if not known:
        return None
    change = Span(min(each.low for each in known), min(each.high for each in known))
    labels = best_labels(derived, line, confirmed=confirmed)
    has_new = any(each.scan.new_lesions for each in scans)
    return WaterfallBar(
        name=derived.case.name,
        criterion=criterion_of(line),
        change=change,
        labels=labels,
        has_new=has_new,
        tooltip=_tooltip(derived, line, change, labels, has_new, scans),
        unmeasured=_unmeasured(derived, line, scans),
        category=colouring.category(derived, line, labels),
        characteristics=tuple(
            (translate(row.heading), row.read(derived, line)) for row in CHARACTERISTICS.values()
        ),
    )


def _unmeasured(derived: DerivedCase, line: Line, scans: Sequence[SizeChange]) -> int:
    """How many scans have a response category and no measurements."""
    statuses = {id(each.scan): each for each in derived.status(criterion_of(line), line.number)}
    without = (statuses.get(id(each.scan)) for each in scans if each.percent is None)
    return sum(each is not None and each.labels not in ((), ("NE",)) for each in without)


def until_progression(
    derived: DerivedCase, line: Line, scans: Sequence[SizeChange]
) -> tuple[SizeChange, ...]:
    """The scans up to progression, which is included; up to confirmation where it is required."""
    found = derived.progression(criterion_of(line), line.number)
    if found is None:
        return tuple(scans)
    ends = found.confirming if TERMS[found.criterion].confirms else found.scans
    last = ends[-1] if found.always and ends else None
    places = [n for n, each in enumerate(scans) if each.scan is last]
    return tuple(scans[: places[0] + 1]) if places else tuple(scans)


def best_labels(derived: DerivedCase, line: Line, *, confirmed: bool) -> tuple[str, ...]:
    """The possible best responses of a line by its criterion; none where none is derived."""
    mine = (criterion_of(line), line.number)
    found = next((each for each in derived.best if (each.criterion, each.line) == mine), None)
    return () if found is None else found.confirmed if confirmed else found.labels


def non_targets_grown(scan: Scan) -> bool:
    """Whether a scan certainly found unequivocal progression of non-target lesions."""
    return scan.non_target is not None and scan.non_target.levels == (NonTarget.PD,)


def percent(change: Span) -> str:
    """``−28.8 %``, ``−35 to −28 %``, ``+12 % or more``."""
    low = _signed(change.low)
    if change.is_point:
        return f"{low} %"
    if change.high == NEVER_ENDS:
        return translate("{low} % or more", low=low)
    return translate("{low} to {high} %", low=low, high=_signed(change.high))


def _signed(value: object) -> str:
    return signed(float(rounded(value, 1)))  # type: ignore[arg-type]


def _tooltip(
    derived: DerivedCase,
    line: Line,
    change: Span,
    labels: tuple[str, ...],
    has_new: bool,
    scans: Sequence[SizeChange],
) -> str:
    nearest = next(
        each for each in scans if each.percent is not None and each.percent.low == change.low
    )
    when = scan_words(worded(nearest.scan, derived.case))
    shown = translate("{change} at {scan}", change=percent(change), scan=when)
    response = either(labels) if labels else translate("not derived")
    parts = (
        f"{derived.case.name}: {shown} ({translated(nearest.basis)})",
        translate("best response by {criterion} {response}",
                  criterion=criterion_of(line), response=response),
        translate("new lesion") if has_new else "",
    )  # fmt: skip
    return with_source("; ".join(part for part in parts if part), nearest.scan.place)


def with_source(text: str, place: str) -> str:
    """A text with its place in the report in brackets."""
    return f"{text} [{place}]" if place else text

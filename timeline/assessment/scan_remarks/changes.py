"""What is unusual in a printed change in percent: the sizes, or the word, beside it differ."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.assessment.baseline_shares import BASELINE_SHARE, Share, line_shares, smallest
from timeline.assessment.line_course import LineCourse
from timeline.assessment.percent_changes import change_interpretations
from timeline.assessment.target_sums import rules_of
from timeline.core.problem import Where
from timeline.core.quantities import LENGTH, NM_PER_MM, shown_mm
from timeline.core.span import Span
from timeline.record.case import Case
from timeline.record.events import Scan
from timeline.response.criteria import BY_TITLE
from timeline.terminology.criteria import PRIMARY

_HALF_MM = Fraction(NM_PER_MM, 2)  # the rounding of one diameter
Found = Iterator[tuple[Where, str]]


@attrs.frozen(kw_only=True)
class _Printed:
    """A time point with a printed change: its place, its share, and the nadir before it."""

    scan: Scan
    share: Share
    nadir: Share

    @property
    def growth(self) -> Fraction | None:
        """The largest increase from the nadir in percent; None where nothing bounds it."""
        if self.share.nadir is not None:
            return 100 * (self.share.growth[2] - 1)
        return 100 * (self.share.high / self.nadir.low - 1) if self.nadir.low else None


def change_remarks(case: Case, of: LineCourse) -> Found:
    """What is unusual in the printed changes of a line.

    Args:
        case: The case, for its declared lesions.
        of: The baseline and the time points of the line.

    Yields:
        Where it is, and what: sizes that give another change, a word for the targets that the
        change does not allow, an increase of which the millimetres are not known.
    """
    found, base = line_shares(case, of)
    measure = rules_of(of.line).measure
    readings = change_interpretations(of.scans, found, base, measure)
    limits = BY_TITLE[of.line.criterion or PRIMARY.title].thresholds
    for place, (scan, share) in enumerate(zip(of.scans, found, strict=True)):
        if scan.change is None or share is None:
            continue
        printed = _Printed(scan=scan, share=share, nadir=share.nadir or smallest(found[:place]))
        if share.change is None and base:
            # each diameter is rounded; the error of a product is larger
            if measure.measures == LENGTH:
                yield from _against_sizes(printed, of, base)
            continue
        if share.nadir is not None and not share.nadir.high and scan.change.percent.low > 0:
            when = scan.start.in_sentence
            text = f"{scan.change} {when} is measured from a nadir at which all were gone"
            yield scan.where, f"{text}: nothing is a percentage of it (write target: PD, or a sum:)"
            continue
        yield from _against_word(printed, limits.response_percent, limits.progression_percent)
        shorts = {each.get("below_pd") for each in readings[place] or ()}
        may_grow = printed.growth is None or printed.growth >= limits.progression_percent
        if limits.progression_least and may_grow and {True, False} <= shorts:
            millimetres = f"{limits.progression_least} {measure.unit} {scan.start.in_sentence}"
            text = f"whether {scan.change} is an increase of {millimetres} is not known"
            rest = "(write sum: at the baseline, or target: PD if the report reads it so)"
            yield scan.where, f"{text} {rest}"


def _against_sizes(printed: _Printed, of: LineCourse, base: int) -> Found:
    """Sizes whose change, with each diameter rounded to a millimetre, is not the one printed."""
    change, scan = printed.scan.change, printed.scan
    if change is None:
        return
    before = printed.nadir if change.is_from_nadir else BASELINE_SHARE
    number = max(len(scan.lesions), len(of.baseline.lesions) if of.baseline else 0, 1)
    slack = _HALF_MM * number / base
    if before.low <= slack:
        return
    low = (printed.share.low - slack) / (before.high + slack)
    high = (printed.share.high + slack) / (before.low - slack)
    if not change.percent.overlaps(Span((low - 1) * 100, (high - 1) * 100)):
        exact = float(round((printed.share.printed / before.printed - 1) * 100, 1))
        now, then = (shown_mm(round(each.printed * base)) for each in (printed.share, before))
        text = (
            f"change {change} {scan.start.in_sentence} is printed, but the sizes give {exact:+g} %"
        )
        yield scan.where, f"{text} ({now} of {then} mm): the sizes are used"


def _against_word(printed: _Printed, response: int, progression: int) -> Found:
    """A word for the targets that no value of the change allows by the criterion of the line."""
    scan, share = printed.scan, printed.share
    allowed = set(scan.target.allows) - {"NA"} if scan.target else set()
    shrunk = 1 - Fraction(response, 100)
    why = ""
    if allowed and allowed <= {"CR", "PR"} and share.low > shrunk:
        why = f"is no decrease of {response} % from baseline"
    elif allowed == {"SD"} and share.high <= shrunk:
        why = f"is a decrease of {response} % or more from baseline"
    elif allowed == {"PD"} and printed.growth is not None and printed.growth < progression:
        why = f"is no increase of {progression} % from the nadir"
    elif allowed == {"NE"}:
        why = "evaluates them"
    if why:
        text = f"target {scan.target} {scan.start.in_sentence}, but change {scan.change} {why}"
        yield scan.where, f"{text}: the change is used"

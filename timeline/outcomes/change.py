"""How far the targets of a line are from their baseline at each scan: percents, as ranges."""

from __future__ import annotations

from fractions import Fraction

import attrs

from timeline.case import Case
from timeline.engine.scans import NOT_MEASURED
from timeline.events import Scan
from timeline.finding import GONE_WORDS, SHRUNK_WORDS, plain
from timeline.lines import Line
from timeline.measured import measured
from timeline.outcomes.course import Course, course
from timeline.settings import DEFAULTS, Settings
from timeline.span import NEVER_ENDS, Number, Span

WHOLE = Fraction(100)
_LEAST_GROWTH = 500  # hundredths of a millimetre: E09 4.3.1, PD asks for 5 mm and more
_E09 = "Eisenhauer 2009, 4.3.1"


@attrs.frozen(kw_only=True)
class Allowed:
    """What a category of the target response says of the sum, where no sum is printed.

    ``low`` and ``high`` are parts of a sum: of the baseline, or (``of_nadir``) of the nadir, and
    then 5 mm of growth do as well. None: no bound.
    """

    category: str
    low: Fraction | None = None
    low_of_nadir: bool = False
    high: Fraction | None = None
    high_of_nadir: bool = False
    source: str


ALLOWED = {
    row.category: row
    for row in (
        # a node of 15 mm and more that is now below 10 mm has lost a third and more
        Allowed(category="CR", high=Fraction(2, 3), source=_E09 + ": nodes below 10 mm"),
        Allowed(category="PR", high=Fraction(70, 100), source=_E09),
        Allowed(
            category="SD",
            low=Fraction(70, 100),
            high=Fraction(120, 100),
            high_of_nadir=True,
            source=_E09 + ": neither PR nor PD",
        ),
        Allowed(category="PD", low=Fraction(120, 100), low_of_nadir=True, source=_E09),
    )
}
# Words that say more than their categories: at most this part of the baseline.
AT_MOST = {plain(word): 1 for word in SHRUNK_WORDS} | {plain(word): 0 for word in GONE_WORDS}


@attrs.frozen(kw_only=True)
class Change:
    """One scan: its change from baseline in percent, both ends included; None: not evaluated.

    ``-30`` is a sum 30 % below baseline. ``says`` is what the range rests on.
    """

    scan: Scan
    percent: Span | None
    says: str

    @property
    def is_measured(self) -> bool:
        """Whether it is one number, from a sum or from every target."""
        return self.percent is not None and self.percent.is_point


@attrs.frozen(kw_only=True)
class Changes:
    """A measured line: its baseline, and the change at each later scan, in order of time."""

    line: Line
    baseline: Scan
    scans: tuple[Change, ...]


def changes(case: Case, line: Line, settings: Settings = DEFAULTS) -> Changes | None:
    """The changes of a line; None where its targets were not measured at baseline."""
    of = course(case, line, settings)
    base, columns, problems = measured(case, line.number, of.baseline, of.scans)
    if of.baseline is None or not base or problems:
        return None
    nadir = Span.point(base)
    found = []
    for point, column in zip(of.points, columns, strict=True):
        sums, says = _sums(point.scan, column, base, nadir, of)
        found.append(Change(scan=point.scans[-1], percent=_percent(sums, base), says=says))
        if sums is not None:
            nadir = Span(min(nadir.low, sums.low), min(nadir.high, sums.high))
    return Changes(line=line, baseline=of.baselines[-1], scans=tuple(found))


def _percent(sums: Span | None, base: int) -> Span | None:
    return sums and (sums - base).divided_by(Fraction(base, WHOLE))


def _sums(
    scan: Scan, column: dict[str, int], base: int, nadir: Span, of: Course
) -> tuple[Span | None, str]:
    """The sums that a scan allows, in hundredths of a millimetre, and what says so."""
    if scan.sum is not None and scan.sum.exact is not None:
        return Span.point(scan.sum.exact * 100), f"sum {scan.sum}"
    if column:
        return _of_lesions(scan, column, of)
    words = scan.target.allows if scan.target else ()
    if scan.target is None or not words or not set(words) <= set(ALLOWED):
        return None, "targets not evaluated"
    sums = [each for word in words if (each := _in_words(word, base, nadir))]
    if not sums:
        return None, f"no sum; targets {scan.target}, which no sum after the earlier ones can be"
    ceiling = AT_MOST.get(plain(scan.target.text))
    return (
        Span(min(each.low for each in sums), max(each.high for each in sums)).not_above(
            NEVER_ENDS if ceiling is None else ceiling * base
        ),
        f"no sum; targets {scan.target}",
    )


def _of_lesions(scan: Scan, column: dict[str, int], of: Course) -> tuple[Span | None, str]:
    total = column["target_sum"]
    if total != NOT_MEASURED:
        return Span.point(total), f"sum {total / 100:g} mm"
    part = column["partial_sum"]
    sizes = dict(scan.lesions)
    targets = [name for name, _ in of.baseline.lesions] if of.baseline else []
    missing = [name for name in targets if name not in sizes or sizes[name].length is None]
    if not part:
        return None, "targets not evaluated"
    return Span(part, NEVER_ENDS), f"at least {part / 100:g} mm: {', '.join(missing)} not evaluated"


def _in_words(category: str, base: int, nadir: Span) -> Span | None:
    """The sums that a category allows; None where there are none."""
    row = ALLOWED[category]
    low: Number = 0
    if row.low is not None:
        low = _part(row.low, nadir.low if row.low_of_nadir else base, row.low_of_nadir)
    high: Number = NEVER_ENDS
    if row.high is not None:
        high = _part(row.high, nadir.high if row.high_of_nadir else base, row.high_of_nadir)
    return Span(low, high) if low <= high else None


def _part(share: Fraction, of: Number, of_nadir: bool) -> Number:
    """A part of a sum; of a nadir 5 mm above it at the least."""
    return max(share * of, of + _LEAST_GROWTH) if of_nadir else share * of

"""The baseline of a patient, and the change at each later assessment in percent."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from renderers.response.tables.assessments import NO_LESION, Assessment
from renderers.response.tables.shapes import Kind
from renderers.response.tables.values import printed_change
from timeline.core.span import NEVER_ENDS, Span
from timeline.core.text.phrase import Phrase

_WHOLE = Fraction(100)
# why a patient has no change, in words of a caption
NO_BASELINE = "no measurement at baseline"
NO_LATER = "no measurement after baseline"
ZERO_BASELINE = "sum of 0 at baseline"
NO_CHANGE = "no change stated"
BASELINE, AS_STATED, NOT_MEASURED = map(Phrase, ("baseline", "as stated", "not measured"))


@attrs.frozen(kw_only=True)
class Change:
    """The change at one assessment: days since time zero, and percent; None: not measured."""

    days: Span | None
    percent: Span | None
    basis: Phrase
    assessment: Assessment


@attrs.frozen(kw_only=True)
class Course:
    """The changes of one patient, or why there are none.

    Attributes:
        changes: at each assessment after baseline.
        why: why there is no change; empty where there is one.
        baseline: what the baseline is, in words.
        strangers: lesions that were not measured at baseline.
        doubts: changes that the table states otherwise, in words, with their assessment.
    """

    changes: tuple[Change, ...] = ()
    why: str = ""
    baseline: Phrase = BASELINE
    strangers: tuple[str, ...] = ()
    doubts: tuple[tuple[Assessment, str], ...] = ()


def course_of(assessments: Sequence[Assessment], kind: Kind, rule: str) -> Course:
    """The changes of a patient.

    Args:
        assessments: in order of time.
        kind: what their values are.
        rule: which assessment is the baseline: ``flag``, ``day`` or ``first``.
    """
    if kind is Kind.BEST:
        return _stated(assessments)
    base, later = _parted(assessments, rule)
    if kind is Kind.CHANGE:
        return attrs.evolve(_stated(later), doubts=tuple(_changed_at_baseline(base)))
    sizes = _baseline_sizes(base)
    if not sizes:
        return Course(why=NO_BASELINE)
    total = sum(sizes.values(), Fraction(0))
    if not total:
        return Course(why=ZERO_BASELINE)
    origin = base[-1].days if rule == "first" else None
    changes = tuple(_change(each, sizes, total, origin) for each in later)
    strangers = dict.fromkeys(name for each in later for name, size in each.values.items()
                              if name not in sizes and size is not None)  # fmt: skip
    return Course(
        changes=changes,
        why="" if any(each.percent is not None for each in changes) else NO_LATER,
        baseline=Phrase.of("baseline {sum}", sum=_number(total)),
        strangers=tuple(strangers),
        doubts=(*_flagged_twice(base, rule), *_doubts(changes)),
    )


def _parted(
    assessments: Sequence[Assessment], rule: str
) -> tuple[list[Assessment], list[Assessment]]:
    """The assessments at baseline, and those after it."""
    if rule == "first":
        return list(assessments[:1]), list(assessments[1:])
    if rule == "flag":
        base = [each for each in assessments if each.is_flagged]
        end = max((each.days.high for each in base if each.days), default=NEVER_ENDS)
        later = [each for each in assessments if not each.is_flagged and each.days
                 and each.days.high > end]  # fmt: skip
        return base, later
    base = [each for each in assessments if each.days and each.days.high <= 0]
    return base, [each for each in assessments if each not in base]


def _baseline_sizes(base: Sequence[Assessment]) -> dict[str, Fraction]:
    """The size of each lesion at its last measurement up to baseline."""
    return {
        lesion: size for each in base for lesion, size in each.values.items() if size is not None
    }


def _change(
    each: Assessment, sizes: dict[str, Fraction], total: Fraction, origin: Span | None
) -> Change:
    """The change of the sum of the lesions that were measured at baseline."""
    days = each.days if origin is None or each.days is None else each.days - origin
    known = {name: each.values.get(name) for name in sizes}
    missing = [name for name, size in known.items() if size is None]
    part = sum((size for size in known.values() if size is not None), Fraction(0))
    low = (part - total) / total * _WHOLE
    if not missing:
        basis = Phrase.of("sum {part} of {total}", part=_number(part), total=_number(total))
        return Change(days=days, percent=Span.point(low), basis=basis, assessment=each)
    if len(missing) == len(known) or not part:
        return Change(days=days, percent=None, basis=NOT_MEASURED, assessment=each)
    basis = Phrase.of(
        "at least {part} of {total}: {lesions} not measured",
        part=_number(part), total=_number(total), lesions=", ".join(missing),
    )  # fmt: skip
    return Change(days=days, percent=Span(low, NEVER_ENDS), basis=basis, assessment=each)


def _stated(later: Sequence[Assessment]) -> Course:
    """Changes as the table states them."""
    changes = tuple(
        Change(
            days=each.days,
            percent=None if value is None else Span.point(value),
            basis=AS_STATED if value is not None else NOT_MEASURED,
            assessment=each,
        )
        for each in later
        for value in (each.values.get(NO_LESION),)
    )
    known = any(each.percent is not None for each in changes)
    return Course(changes=changes, why="" if known else NO_CHANGE, baseline=BASELINE)


def _changed_at_baseline(base: Sequence[Assessment]) -> list[tuple[Assessment, str]]:
    """Changes that are not 0 at baseline."""
    found = [(each, each.values.get(NO_LESION)) for each in base]
    return [(each, f"{_number(value)} % at baseline, where a change is 0 (not drawn)")
            for each, value in found if value]  # fmt: skip


def _flagged_twice(base: Sequence[Assessment], rule: str) -> list[tuple[Assessment, str]]:
    """Lesions that the table marks as baseline at two times, with different sizes."""
    found: list[tuple[Assessment, str]] = []
    before: dict[str, Fraction] = {}
    for each in base if rule == "flag" else ():
        for lesion, size in each.values.items():
            if size is not None and before.setdefault(lesion, size) != size:
                words = f"two sizes at baseline{f' of {lesion}' if lesion else ''}: "
                words += f"{_number(before[lesion])} and {_number(size)} (the last is taken)"
                found.append((each, words))
    return found


def _doubts(changes: Sequence[Change]) -> list[tuple[Assessment, str]]:
    """Changes that the table states besides the sums, where they are others."""
    found = []
    for change in changes:
        printed = printed_change(change.assessment.printed)
        if printed is None or change.percent is None or not change.percent.is_point:
            continue
        number, margin = printed
        exact = Fraction(change.percent.low)
        if abs(number - exact) > margin:
            words = f"{float(exact):.1f} % by the sizes ({change.basis}), and "
            words += f"{change.assessment.printed} in the table (the first is drawn)"
            found.append((change.assessment, words))
    return found


def _number(value: Fraction) -> str:
    return f"{float(value):.1f}".removesuffix(".0")

"""Whose changes a spider or a waterfall shows, who is not shown and why, in words for a caption."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from renderers.response.captions import SHOWN, line_drawn, record_ends
from renderers.text.line_summary import criteria_sentence
from renderers.text.translation import both, translate, translate_count
from timeline.assessment.line_course import line_course
from timeline.endpoints.derived_case import DerivedCase
from timeline.response.criteria import BY_TITLE

FACTS = frozenset({"new lesion", "ongoing", "death"})
_NAMED = 8  # patients of one reason who are named; of more their number is stated
_COUNTED = {
    "new lesion": "New lesion: {number}.",
    "ongoing": "Treatment ongoing: {number}.",
    "death": "Died on the line: {number}.",
}
_NOT_SHOWN = (
    "Not shown, {number} patient: {reasons}.",
    "Not shown, {number} patients: {reasons}.",
)


@attrs.frozen(kw_only=True)
class Subjects:
    """The patients of a figure of changes.

    Attributes:
        given: the number of patients given.
        excluded: why patients are not shown, with their names.
        of: which treatment line is shown, in words; empty for tables.
        since: what time counts from, in words.
        origin: the sentence on where the curves begin.
        products: the sentence on the criteria that sum no diameters, if any does.
        of_uptake: every criterion measures an uptake of FDG.
        notes: further sentences of the caption.
        counted_to: the sentence on which scans count for the best change.
        is_confirmed: whether best responses are those with confirmation, None where not stated.
        ends: the sentences on the criteria and on the last date on record.
        known: what is known of every patient, words of `FACTS`; a table may lack a column.
    """

    given: int
    excluded: Mapping[str, Sequence[str]] = attrs.field(factory=dict)
    of: str = ""
    since: str = ""
    origin: str = ""
    products: str = ""
    of_uptake: bool = False
    notes: tuple[str, ...] = ()
    counted_to: str = ""
    is_confirmed: bool | None = None
    ends: str = ""
    known: frozenset[str] = FACTS

    def counted(self, counts: Mapping[str, int]) -> tuple[str, ...]:
        """How many patients have each of some facts, for those that are known of the patients."""
        return tuple(
            translate(_COUNTED[name], number=number)
            for name, number in counts.items()
            if name in self.known
        )

    @property
    def shown(self) -> tuple[str, ...]:
        """How many are shown of how many given, and why the others are not."""
        missing = sum(map(len, self.excluded.values()))
        shown = translate_count(*SHOWN, self.given, drawn=self.given - missing)
        if not missing:
            return (shown,)
        reasons = "; ".join(_reason(why, names) for why, names in self.excluded.items())
        return shown, translate_count(*_NOT_SHOWN, missing, reasons=reasons)


def _reason(why: str, names: Sequence[str]) -> str:
    who = ", ".join(names) if len(names) <= _NAMED else str(len(names))
    return f"{translate(why)} ({who})"


def excluded_of(
    cases: Sequence[DerivedCase], drawn: Sequence[object | None], number: int | None
) -> dict[str, list[str]]:
    """Why some cases are not drawn, with the names of their patients.

    Args:
        cases: the derived cases.
        drawn: what is drawn of each, None where nothing is.
        number: the number of the treatment line, None for the first that is measured.
    """
    found: dict[str, list[str]] = {}
    for derived, each in zip(cases, drawn, strict=True):
        if each is None:
            found.setdefault(_why(derived, number), []).append(derived.case.name)
    return found


NO_LINE = "no such treatment line"
NO_SCAN = "no scan after baseline"
NO_BASELINE = "target lesions not measured at baseline"
NOT_LATER = "target lesions not measured after baseline"


def _why(derived: DerivedCase, number: int | None) -> str:
    """Why no change of a patient can be drawn, for the first line where none is given."""
    lines = [each for each in derived.case.lines if number in (None, each.number)]
    if not lines:
        return NO_LINE
    course = line_course(derived.case, lines[0], derived.settings)
    if not course.scans:
        return NO_SCAN
    found = derived.size_changes[lines[0].number]
    return NO_BASELINE if found is None else NOT_LATER


_PRODUCTS = "Sums: products of two diameters by {criteria}, diameters by other criteria."
_UPTAKE = "Uptake of FDG, and no size, by {criteria}."


def measures_sentence(criteria: Iterable[str]) -> str:
    """What those of some criteria, by title, measure that sum no diameters; nothing of none."""
    measures = {each: BY_TITLE[each].lesions.measure for each in criteria}
    of_area = tuple(each for each, measure in measures.items() if measure.of_area)
    of_uptake = tuple(each for each, measure in measures.items() if measure.of_uptake)
    found = (
        translate(_PRODUCTS, criteria=both(of_area)) if of_area else "",
        translate(_UPTAKE, criteria=both(of_uptake)) if of_uptake else "",
    )
    return " ".join(filter(None, found))


def all_of_uptake(criteria: Iterable[str]) -> bool:
    """Whether each of some criteria, by title, measures an uptake of FDG."""
    return all(BY_TITLE[each].lesions.measure.of_uptake for each in criteria)


def subjects_of(
    cases: Sequence[DerivedCase], drawn: Sequence[object | None], number: int | None
) -> Subjects:
    """The patients of some cases. The arguments are those of `excluded_of`."""
    since = (
        translate("start of treatment line {number}", number=number)
        if number
        else translate("start of treatment line")
    )
    return Subjects(
        given=len(cases),
        excluded=excluded_of(cases, drawn, number),
        of=line_drawn(number),
        since=since,
        ends=" ".join(filter(None, (criteria_sentence(cases), record_ends(cases)))),
    )

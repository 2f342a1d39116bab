"""Printed sizes and sums of lesions against those on record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import words
from timeline.auditing.comparison.typos import TYPO_TIER, typo_explanations
from timeline.auditing.patient.disease.recorded_points import (
    size_at,
    time_point_of,
    time_point_remark,
)
from timeline.auditing.patient.disease.recorded_sizes import (
    Lesion,
    Measured,
    in_mm,
    lesions_named,
    measured,
    scan_named,
    sizes_of,
    totals,
)
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Explanation, Verdict, not_checkable, reproduced_by
from timeline.core.printed_numbers import Printed, parse_percentage, parse_printed
from timeline.core.quantities import UNIT_OF
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Scan
from timeline.report.claims import Claim

_OF_A_SUM = frozenset({"sum", "sums", "sld", "total"})
_OF_LESIONS = frozenset({"target", "targets", "lesion", "lesions", "diameter", "diameters", "sld",
                         "tumour", "tumor", "longest"})  # fmt: skip
_TIMES = re.compile(r"\s*[×x*]\s*")
_TWO_SIZES = re.compile(
    r"(?:from\s+)?(?P<before>[0-9.]+)\s*(?P<unit>mm|cm)?\s*(?:to|–|-|→)\s*"
    r"(?P<after>[0-9.]+)\s*(?P<last>mm|cm)?"
)
_OTHER = 2  # the tier of an explanation by another lesion or another scan


@attrs.frozen
class _PrintedLength:
    """A printed length: its claim, the number as printed, and the mm in one of its unit."""

    claim: Claim
    number: Printed
    scale: Fraction

    @property
    def text(self) -> str:
        """The printed value with its unit, as a verdict names it."""
        return f"printed {self.claim.text} {self.claim.unit}".rstrip()

    @property
    def span(self) -> Span:
        """The lengths in mm that the print may mean."""
        return self.number.span.times(self.scale)

    def matches(self, found: Measured) -> bool:
        """Whether the length on record prints so."""
        return found.exact in self.span

    def may_match(self, found: Measured) -> bool:
        """Whether a length that rounds to the one on record prints so.

        The one length that lies between two whole millimetres does not count: 10 mm and 11 mm
        of one lesion are two measurements.
        """
        both = found.span & self.span
        return both is not None and both.low < both.high

    def contradicted(
        self,
        description: str,
        explanations: tuple[Explanation, ...],
        conclusion: Conclusion = Conclusion.CONTRADICTED,
        expected: str = "",
    ) -> Verdict:
        """The verdict that no length on record prints so, with what would."""
        return Verdict(
            self.claim,
            conclusion,
            description,
            explanations=explanations,
            notes=reproduced_by(explanations),
            expected=expected,
        )


def check_sizes(evidence: Evidence) -> Iterator[Verdict]:
    """Check every printed size of a lesion on record, and every printed sum of the targets."""
    derived = evidence.derived
    if derived is None:
        return
    for claim in evidence.patients:
        subject = words(claim.about)
        if claim.kind == "sum" or (claim.kind == "size" and subject & _OF_A_SUM):
            if subject & _OF_LESIONS:
                yield _check(claim, (), derived)
        elif claim.kind == "size" and (lesions := lesions_named(claim, derived)):
            yield _check(claim, lesions, derived)


def _check(claim: Claim, lesions: tuple[Lesion, ...], derived: DerivedCase) -> Verdict:
    """The verdict on the size of one of some lesions; without lesions, on a sum."""
    recorded = dict(derived.case.lesions)
    nodes = [each.name in recorded and recorded[each.name].node for each in lesions]
    node = bool(nodes) and all(nodes)
    if lesions and (change := _TWO_SIZES.fullmatch(claim.text)) and _shrinks(change, claim.unit):
        return _of_two_scans(claim, change, lesions, derived, node=node)
    length = _printed_length(claim, node=node)
    if isinstance(length, str):
        return not_checkable(claim, length)
    if not claim.of:
        return _at_any_scan(length, lesions, derived)
    scan = scan_named(claim.of, derived)
    if isinstance(scan, str):
        return not_checkable(claim, scan)
    if lesions:
        return _compared(length, scan, lesions, derived)
    return _compared_sum(length, scan, derived)


def _shrinks(change: re.Match[str], unit: str) -> bool:
    """Whether the larger number comes first: no range of one size, but two sizes in turn."""
    scale = {"cm": 10, "mm": 1}
    last = change["last"] or unit or change["unit"] or "mm"
    first = change["unit"] or last
    before, after = Fraction(change["before"]), Fraction(change["after"])
    return before * scale.get(first, 1) > after * scale.get(last, 1)


def _of_two_scans(
    claim: Claim,
    change: re.Match[str],
    lesions: tuple[Lesion, ...],
    derived: DerivedCase,
    *,
    node: bool,
) -> Verdict:
    """The verdict on ``18 to 8 mm``: 8 mm at the scan of the claim, 18 mm at one before it."""
    unit = change["last"] or claim.unit or change["unit"] or ""
    before, after = (
        attrs.evolve(claim, text=change[key], value=change[key], unit=each)
        for key, each in (("before", change["unit"] or unit), ("after", unit))
    )
    scan = scan_named(claim.of, derived) if claim.of else "the claim names no scan (write of:)"
    lengths = [_printed_length(each, node=node) for each in (before, after)]
    faults = [each for each in (scan, *lengths) if isinstance(each, str)]
    if faults or isinstance(scan, str):
        return not_checkable(claim, faults[0])
    first, second = (each for each in lengths if isinstance(each, _PrintedLength))
    found = attrs.evolve(_compared(second, scan, lesions, derived), claim=claim)
    if found.conclusion is not Conclusion.AGREES:
        return found
    places = [each for each in derived.case.all_of(Scan) if _is_before(each, scan, derived)]
    known = [
        (lesion.name, each, size)
        for each in reversed(places)
        for lesion in lesions
        if (size := measured(size_at(lesion.name, each, derived))) is not None
    ]
    if not known:
        return not_checkable(claim, f"no earlier scan than {scan.label} measures the lesion")
    for name, each, size in known:
        if first.matches(size):
            text = f"{found.description}; {name} measures {size.text} at {each.label}"
            return attrs.evolve(found, description=text)
    sizes = " or ".join(dict.fromkeys(size.text for _, _, size in known))
    text = f"{found.description}; before it, {sizes} are on record, and {first.text} is not"
    return attrs.evolve(found, conclusion=Conclusion.CONTRADICTED, description=text, expected=sizes)


def _is_before(one: Scan, other: Scan, derived: DerivedCase) -> bool:
    return derived.case.place(one) < derived.case.place(other)


def _printed_length(claim: Claim, *, node: bool) -> _PrintedLength | str:
    """The printed length, or why there is none.

    Of two or three diameters the longest counts; of a node the shortest (Eisenhauer 2009, 4.2).
    """
    text, unit = claim.text, claim.unit
    if not unit and (found := re.fullmatch(r"(.*[0-9])\s*(mm|cm)", text)):
        text, unit = found[1], found[2]
    row = UNIT_OF.get(unit)
    if row is None or row.measures != "length":
        return f"no unit of length is printed with {claim.text} (write unit: mm)"
    first, *more = _TIMES.split(text.removeprefix("to "))  # grown to 10 mm
    hedge = re.split("[0-9]", first, maxsplit=1)[0]  # of the first diameter, for all of them
    try:
        numbers = [parse_printed(each) for each in (first, *(hedge + each for each in more))]
    except ValueError as fault:
        return str(fault)
    if row.name == "mm":  # about 50 mm of 47: the roundness of whole numbers
        numbers = [parse_percentage(each.text) if each.hedge else each for each in numbers]
    chosen = (min if node else max)(numbers, key=lambda each: each.span.low)
    return _PrintedLength(claim, chosen, row.size)


def _at_any_scan(
    length: _PrintedLength, lesions: tuple[Lesion, ...], derived: DerivedCase
) -> Verdict:
    """The verdict on a size without a scan: agrees where one scan gives it, else not checkable."""
    for each in lesions:
        for scan, size in sizes_of(each.name, derived):
            found = measured(size)
            if found is not None and length.matches(found):
                description = f"{length.text}; {each.name} measures {found.text} at {scan.label}"
                return Verdict(length.claim, Conclusion.AGREES, description)
    why = "the claim names no scan (write of: and the scan that it was measured on)"
    return not_checkable(length.claim, why)


def _compared(
    length: _PrintedLength, scan: Scan, lesions: tuple[Lesion, ...], derived: DerivedCase
) -> Verdict:
    """The verdict on a size by the sizes of the lesions that it may mean, at one scan."""
    found = [
        (each, size)
        for each in lesions
        if (size := measured(size_at(each.name, scan, derived))) is not None
    ]
    if not found:
        names = " or ".join(each.name for each in lesions)
        return not_checkable(length.claim, f"{names} is not measured at {scan.label}")
    texts = [f"{lesion.name} measures {size.text}" for lesion, size in found]
    printed = f"{length.text}; at {scan.label} "
    for text, (_, size) in zip(texts, found, strict=True):
        if length.matches(size):
            return Verdict(length.claim, Conclusion.AGREES, printed + text)
    description = printed + " and ".join(texts)
    if any(length.may_match(size) for _, size in found):
        description += "; only a length rounded to the millimetre gives this figure"
        return Verdict(length.claim, Conclusion.POSSIBLE, description)
    certain = all(lesion.by_name for lesion, _ in found)
    if not certain and len(found) > 1:
        why = f"{description}; the claim may mean another lesion (name it in about:)"
        return not_checkable(length.claim, why)
    others = _other_lesions_or_scans(length, scan, [lesion.name for lesion, _ in found], derived)
    explanations = (*others, *_typos(length, [size for _, size in found]))
    if certain:
        sizes = " or ".join(dict.fromkeys(size.text for _, size in found))
        return length.contradicted(description, explanations, expected=sizes)
    description += "; the report may mean another lesion of the same organ"
    return length.contradicted(description, explanations, Conclusion.POSSIBLE)


def _other_lesions_or_scans(
    length: _PrintedLength, scan: Scan, names: list[str], derived: DerivedCase
) -> Iterator[Explanation]:
    """The named lesions at other scans, and other lesions at the same scan, that measure so."""
    for name in dict.fromkeys((*dict(derived.case.lesions), *names)):
        for other, size in sizes_of(name, derived):
            found = measured(size)
            same_scan = time_point_of(other, derived) is time_point_of(scan, derived)
            one_differs = (name in names) != same_scan
            if one_differs and found is not None and length.matches(found):
                description = f"{name} at {other.label}, which measures {found.text}"
                yield Explanation(description, tier=_OTHER)


def _typos(length: _PrintedLength, found: list[Measured]) -> tuple[Explanation, ...]:
    """Another unit, and the typing errors of the printed number, that give a length on record."""

    def fits(number: Printed, scale: Fraction = length.scale) -> bool:
        other = attrs.evolve(length, number=number, scale=scale)
        return any(other.matches(each) for each in found)

    units = [
        f"{length.claim.text} {row.name}"
        for row in UNIT_OF.values()
        if row.measures == "length" and row.size != length.scale and fits(length.number, row.size)
    ]
    of_units = [Explanation(f"another unit ({' or '.join(units)})", tier=TYPO_TIER)] * bool(units)
    return (*of_units, *typo_explanations(length.number.text, fits, length.claim.unit))


def _compared_sum(length: _PrintedLength, scan: Scan, derived: DerivedCase) -> Verdict:
    """The verdict on a sum by the sums that it may mean, at one scan."""
    claim = length.claim
    ways = totals(claim, scan, derived)
    known = [each for each in ways if isinstance(each, Measured)]
    if not known:
        return not_checkable(claim, str(ways[0]))
    found = next((each for each in known if length.matches(each)), known[0])
    in_all = f"{found.text} = {in_mm(found.exact)} mm" if "+" in found.text else found.text
    description = (
        f"{length.text}; at {scan.label} the lesions of the sum measure {in_all} in all"
        f"{time_point_remark(scan, derived)}"
    )
    if length.matches(found):
        return Verdict(claim, Conclusion.AGREES, description)
    if length.may_match(found):
        description += "; only lengths that were rounded to the millimetre add up to it"
        return Verdict(claim, Conclusion.POSSIBLE, description)
    explanations = (*_other_sums(length, scan, derived), *_typos(length, [found]))
    return length.contradicted(description, explanations, expected=f"{in_mm(found.exact)} mm")


def _other_sums(length: _PrintedLength, scan: Scan, derived: DerivedCase) -> Iterator[Explanation]:
    """The sum at another scan, or of all but one lesion at this scan, that prints so."""
    for other in derived.case.all_of(Scan):
        same_scan = time_point_of(other, derived) is time_point_of(scan, derived)
        found = "" if same_scan else totals(length.claim, other, derived)[0]
        if isinstance(found, Measured) and length.matches(found):
            description = f"the sum at {other.label}, {in_mm(found.exact)} mm"
            yield Explanation(description, tier=_OTHER)
    total = totals(length.claim, scan, derived)[0]
    lesions = time_point_of(scan, derived).lesions
    for name, size in lesions if len(lesions) > 2 else ():
        one = measured(size)
        if not isinstance(total, Measured) or one is None or not one.exact:
            continue
        if length.matches(attrs.evolve(total, exact=total.exact - one.exact)):
            yield Explanation(f"the sum without {name} ({one.text})", tier=_OTHER)


RULES = (
    Rule(
        id="C39",
        reproduces=True,
        checks="a printed size of a lesion, or a sum of the target lesions, against the sizes on "
        "record at the scan",
        formula="the length on record, or the sum of all targets, prints so; of two diameters the "
        "longest, of a node the shortest; possible where only lengths that were rounded do",
        severity=Severity.ERROR,
        source="Eisenhauer 2009, 4.2 and 4.3.2",
        example_fail="74 mm of a lesion that measures 47 mm on record: two digits changed places",
        example_ok="4.7 cm of the same",
        check=check_sizes,
    ),
)

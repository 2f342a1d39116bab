"""Printed sizes and sums of lesions against those on record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.compare import Conclusion
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
from timeline.auditing.repeated_figures import words
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.typos import TYPO_TIER, typo_explanations
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
_OTHER = 2  # the tier of another lesion or another scan than the one that is named


@attrs.frozen
class _Print:
    """A printed length: its claim, the number as printed, and how many mm one unit holds."""

    claim: Claim
    number: Printed
    scale: Fraction

    @property
    def span(self) -> Span:
        return self.number.span.times(self.scale)

    def gives(self, found: Measured) -> bool:
        """Whether the length on record prints so."""
        return found.exact in self.span

    def may_give(self, found: Measured) -> bool:
        """Whether a length that rounds to the one on record prints so."""
        return found.span.overlaps(self.span)


def check_sizes(evidence: Evidence) -> Iterator[Verdict]:
    """Every printed size of a lesion on record, and every printed sum of the targets."""
    derived = evidence.derived
    for claim in evidence.patients if derived is not None else ():
        if derived is None or claim.kind not in ("size", "sum"):
            continue
        is_sum = bool(words(claim.about) & _OF_A_SUM) or claim.kind == "sum"
        if is_sum and words(claim.about) & _OF_LESIONS:
            yield _check_sum(claim, derived)
        elif not is_sum and (lesions := lesions_named(claim, derived)):
            yield _check_size(claim, lesions, derived)


def _read_print(claim: Claim, *, node: bool = False) -> _Print | str:
    """The length of a print, or why it is none.

    Of two or three diameters the longest counts; of a node the shortest (Eisenhauer 2009, 4.2).
    """
    text, unit = claim.text, claim.unit
    if not unit and (found := re.fullmatch(r"(.*[0-9])\s*(mm|cm)", text)):
        text, unit = found[1], found[2]
    row = UNIT_OF.get(unit)
    if row is None or row.measures != "length":
        return f"no unit of length is printed with {claim.text} (write unit: mm)"
    parts = _TIMES.split(text)
    hedge = re.match(r"[^0-9]*", parts[0])
    try:
        numbers = [parse_printed(each) for each in parts]
        if len(parts) > 1 and hedge and hedge[0].strip():
            numbers = [
                parse_printed(parts[0]),
                *(parse_printed(hedge[0] + each) for each in parts[1:]),
            ]
    except ValueError as fault:
        return str(fault)
    if row.name == "mm":  # about 50 mm of 47: the roundness of whole numbers
        numbers = [parse_percentage(each.text) if each.hedge else each for each in numbers]
    chosen = (min if node else max)(numbers, key=lambda each: each.span.low)
    return _Print(claim, chosen, row.size)


def _check_size(claim: Claim, lesions: tuple[Lesion, ...], derived: DerivedCase) -> Verdict:
    told = dict(derived.case.lesions)
    nodes = [name.name in told and told[name.name].node for name in lesions]
    read = _read_print(claim, node=all(nodes))
    if isinstance(read, str):
        return not_checkable(claim, read)
    if not claim.of:
        return _at_any_scan(read, lesions, derived)
    scan = scan_named(claim.of, derived)
    if isinstance(scan, str):
        return not_checkable(claim, scan)
    found = [
        (each, size) for each in lesions if (size := _measured_at(each, scan, derived)) is not None
    ]
    names = " or ".join(each.name for each in lesions)
    if not found:
        return not_checkable(claim, f"{names} is not measured at {scan.label}")
    return _compared(read, scan, found, derived)


def _measured_at(lesion: Lesion, scan: Scan, derived: DerivedCase) -> Measured | None:
    size = size_at(lesion.name, scan, derived)
    return measured(size) if size is not None else None


def _at_any_scan(read: _Print, lesions: tuple[Lesion, ...], derived: DerivedCase) -> Verdict:
    """A size that is printed of no scan: reproduced by one of them, or not checkable."""
    for each in lesions:
        for scan, size in sizes_of(each.name, derived):
            found = measured(size)
            if found is not None and read.gives(found):
                description = f"{_printed(read)}; {each.name} measures {found.text} at {scan.label}"
                return Verdict(read.claim, Conclusion.AGREES, description)
    why = "the claim names no scan (write of: and the scan that it was measured on)"
    return not_checkable(read.claim, why)


def _compared(
    read: _Print, scan: Scan, found: list[tuple[Lesion, Measured]], derived: DerivedCase
) -> Verdict:
    description = f"{_printed(read)}; at {scan.label} "
    for lesion, size in found:
        if read.gives(size):
            told = f"{description}{lesion.name} measures {size.text}"
            return Verdict(read.claim, Conclusion.AGREES, told)
    description += " and ".join(f"{lesion.name} measures {size.text}" for lesion, size in found)
    if any(read.may_give(size) for _, size in found):
        description += "; only a length rounded to the millimetre gives this figure"
        return Verdict(read.claim, Conclusion.POSSIBLE, description)
    if not all(lesion.by_name for lesion, _ in found):
        if len(found) > 1:
            why = f"{description}; the claim may mean another lesion (name it in about:)"
            return not_checkable(read.claim, why)
        description += "; the report may mean another lesion of the same organ"
    explained = _other_lesions_or_scans(read, scan, found, derived) + _typos(
        read, [m for _, m in found]
    )
    certain = all(lesion.by_name for lesion, _ in found)
    return Verdict(
        read.claim,
        Conclusion.CONTRADICTED if certain else Conclusion.POSSIBLE,
        description,
        explanations=explained,
        notes=reproduced_by(explained),
    )


def _printed(read: _Print) -> str:
    return f"printed {read.claim.text} {read.claim.unit}".rstrip()


def _other_lesions_or_scans(
    read: _Print, scan: Scan, found: list[tuple[Lesion, Measured]], derived: DerivedCase
) -> tuple[Explanation, ...]:
    """The same lesion at other scans, and other lesions at the same scan, that measure so."""
    mine = {lesion.name for lesion, _ in found}
    every = dict.fromkeys((*dict(derived.case.lesions), *mine))
    made = []
    for name in every:
        for other, size in sizes_of(name, derived):
            length = measured(size)
            here = time_point_of(other, derived) is time_point_of(scan, derived)
            near = (name in mine) != here  # one thing is another, not two
            if near and length is not None and read.gives(length):
                description = f"{name} at {other.label}, which measures {length.text}"
                made.append(Explanation(description, tier=_OTHER))
    return tuple(made)


def _typos(read: _Print, found: list[Measured]) -> tuple[Explanation, ...]:
    """Another unit, and the single edits of the printed number, that give a length on record."""

    def fits(number: Printed, scale: Fraction = read.scale) -> bool:
        other = attrs.evolve(read, number=number, scale=scale)
        return any(other.gives(each) for each in found)

    units = [
        f"{read.claim.text} {row.name}"
        for row in UNIT_OF.values()
        if row.measures == "length" and row.size != read.scale and fits(read.number, row.size)
    ]
    of_units = [Explanation(f"another unit ({' or '.join(units)})", tier=TYPO_TIER)] * bool(units)
    return (*of_units, *typo_explanations(read.number.text, fits, read.claim.unit))


def _check_sum(claim: Claim, derived: DerivedCase) -> Verdict:
    read = _read_print(claim)
    if isinstance(read, str):
        return not_checkable(claim, read)
    if not claim.of:
        return not_checkable(claim, "the claim names no scan (write of: and the scan)")
    scan = scan_named(claim.of, derived)
    if isinstance(scan, str):
        return not_checkable(claim, scan)
    ways = totals(claim, scan, derived)
    known = [each for each in ways if isinstance(each, Measured)]
    if not known:
        return not_checkable(claim, str(ways[0]))
    return _compared_sum(
        read, scan, next((each for each in known if read.gives(each)), known[0]), derived
    )


def _compared_sum(read: _Print, scan: Scan, found: Measured, derived: DerivedCase) -> Verdict:
    claim = read.claim
    in_all = f"{found.text} = {in_mm(found.exact)} mm" if "+" in found.text else found.text
    description = (
        f"{_printed(read)}; at {scan.label} the lesions of the sum measure {in_all} in all"
    )
    description += time_point_remark(scan, derived)
    if read.gives(found):
        return Verdict(claim, Conclusion.AGREES, description)
    if read.may_give(found):
        description += "; only lengths that were rounded to the millimetre add up to it"
        return Verdict(claim, Conclusion.POSSIBLE, description)
    explained = _other_sums(read, scan, derived) + _typos(read, [found])
    return Verdict(
        claim,
        Conclusion.CONTRADICTED,
        description,
        explanations=explained,
        notes=reproduced_by(explained),
    )


def _other_sums(read: _Print, scan: Scan, derived: DerivedCase) -> tuple[Explanation, ...]:
    """Other scans whose sum prints so, and the sum of this scan with one lesion left out."""
    made = []
    for other in derived.case.all_of(Scan):
        here = time_point_of(other, derived) is time_point_of(scan, derived)
        found = "" if here else totals(read.claim, other, derived)[0]
        if isinstance(found, Measured) and read.gives(found):
            made.append(f"the sum at {other.label}, {in_mm(found.exact)} mm")
    in_all, lesions = totals(read.claim, scan, derived)[0], time_point_of(scan, derived).lesions
    for name, size in lesions if len(lesions) > 2 else ():
        length = measured(size)
        if isinstance(in_all, Measured) and length is not None and length.exact:
            rest = attrs.evolve(in_all, exact=in_all.exact - length.exact)
            if read.gives(rest):
                made.append(f"the sum without {name} ({length.text})")
    return tuple(Explanation(description, tier=_OTHER) for description in made)


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

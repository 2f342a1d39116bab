"""Response categories of one scan: the same at every place, and the window of confirmation."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Event, Scan
from timeline.report.claims import Claim
from timeline.results.statuses import Status
from timeline.settings.response import Settings
from timeline.terminology.criteria import (
    LABELS,
    CriterionTerms,
    having_their_own,
    meaning,
    recist_equivalent,
)
from timeline.terminology.response_codes import Code
from timeline.terminology.response_words import categories_of

# The category of RECIST 1.1 for each category; NE and NED contradict no other.
RECIST_CATEGORY = {
    word: recist_equivalent(word) for word in LABELS if meaning(word) not in (Code.NE, Code.NED)
}


def check_categories(evidence: Evidence) -> Iterator[Verdict]:
    """Check that all categories printed for one scan are the same.

    Returns:
        For a scan with two categories, one verdict on the first claim that differs from the first
        of all; otherwise, for a scan with several claims, one on each.
    """
    scans: dict[int, list[Claim]] = {}
    for claim in evidence.patients:
        scan = scan_of(claim, evidence.derived)
        if scan is not None and _recist_categories(claim):
            scans.setdefault(id(scan), []).append(claim)
    for claims in scans.values():
        categories = [_recist_categories(claim) for claim in claims]
        distinct = dict.fromkeys(categories)
        if not frozenset.intersection(*categories):
            odd = next((claim for claim, each in zip(claims, categories, strict=True)
                        if not each & categories[0]), claims[-1])  # fmt: skip
            where = "; ".join(f"{each.text} [{each.place}]" for each in claims)
            description = f"{len(distinct)} categories of one scan ({claims[0].of}): {where}"
            others = tuple(each for each in claims if each is not odd)
            same = [each for each in claims if _recist_categories(each) == categories[0]]
            recorded = f"{same[0].text} [{same[0].place}]"
            recorded += f" at {len(same)} places" if len(same) > 1 else ""
            yield Verdict(
                odd,
                Conclusion.CONTRADICTED,
                description,
                others=others,
                recorded=recorded,
                expected="one category of one scan",
            )
        elif len(distinct) > 1:  # PR, and objective response: one may be the other
            printed = ", ".join(dict.fromkeys(each.text for each in claims))
            description = f"one response has every name that is printed: {printed}"
            yield from (Verdict(claim, Conclusion.CONSISTENT, description) for claim in claims)
        elif len(claims) > 1:
            description = f"the same category is printed {len(claims)} times"
            yield from (Verdict(claim, Conclusion.AGREES, description) for claim in claims)


def _recist_categories(claim: Claim) -> frozenset[str]:
    """The categories of RECIST 1.1 that a printed response allows; empty where it has none."""
    words = categories_of(str(claim.value))
    return frozenset(RECIST_CATEGORY[word] for word in words if word in RECIST_CATEGORY)


def scan_of(claim: Claim, derived: DerivedCase | None) -> Scan | None:
    """The scan that a response refers to; None where it refers to anything else."""
    if claim.kind != "response" or derived is None:
        return None
    try:
        event: Event = derived.case.find(claim.of)[0]
    except ValueError:
        return None
    return event if isinstance(event, Scan) else None


def check_confirmation(evidence: Evidence) -> Iterator[Verdict]:
    """Check the time from an unconfirmed progression to its confirmation, such as iUPD to iCPD.

    One verdict for each scan with a confirmed progression.
    """
    derived = evidence.derived
    if derived is None:
        return
    checked: set[int] = set()
    for claim in evidence.patients:
        scan = scan_of(claim, derived)
        terms = None if scan is None else _terms_of(claim, scan, derived)
        if scan is None or terms is None or id(scan) in checked:
            continue
        if not terms.confirms or terms.code(str(claim.value)) is not Code.PD:
            continue
        checked.add(id(scan))
        before = _pending_progression(scan, derived, terms)
        if before is not None:
            yield _compared_interval(claim, before, scan, terms, derived)


def _terms_of(claim: Claim, scan: Scan, derived: DerivedCase) -> CriterionTerms | None:
    """The criterion of a word that RECIST 1.1 does not have; of several that of claim or line."""
    own = having_their_own(str(claim.value))
    lines = (each.criterion for each in derived.case.lines if each.number == scan.line)
    named = (claim.judged_by, *lines)
    return next((row for row in own if len(own) == 1 or row.title in named), None)


def _pending_progression(scan: Scan, derived: DerivedCase, terms: CriterionTerms) -> Status | None:
    """The unconfirmed progression that a scan confirms; None where none is pending.

    The last one of its block, or the first one with setting ``icpd_window_from: first_iupd``. A
    scan with a better category, or one that confirmed a progression, ends a block.
    """
    line = derived.status(terms.title, scan.line) if scan.line else ()
    at = next((number for number, each in enumerate(line) if each.scan is scan), 0)
    unconfirmed = terms.words[Code.UPD]
    within_block = {terms.words[code] for code in (Code.UPD, Code.NE, Code.NONE)}
    block: list[Status] = []
    for each in reversed(line[:at]):
        if not within_block.intersection(each.labels or within_block):
            break
        block += [each] if unconfirmed in each.labels else []
    if not block:
        return None
    return block[-1 if derived.settings.icpd_window_from == "first_iupd" else 0]


def confirmed_within(settings: Settings) -> Span:
    """The days after an unconfirmed progression within which it must be confirmed.

    Both ends included. From setting ``icpd_min_days``, less the tolerance, to
    ``icpd_late_days``, or to ``icpd_max_days`` where that is sooner.
    """
    latest = settings.icpd_late_days
    if settings.icpd_max_days is not None:
        latest = min(latest, settings.icpd_max_days)
    earliest = max(0, settings.icpd_min_days - settings.icpd_tolerance_days)
    return Span(min(earliest, latest), latest)


def _compared_interval(
    claim: Claim, before: Status, scan: Scan, terms: CriterionTerms, derived: DerivedCase
) -> Verdict:
    settings = derived.settings
    days = derived.case.days_between((before.scan, "start"), (scan, "start"))
    within = confirmed_within(settings)
    gap = f"{days.low}" if days.is_point else f"{days.low} to {days.high}"
    window = f"{settings.icpd_min_days} to {within.high} days"
    recorded = (
        f"{claim.value} {gap} days after {terms.words[Code.UPD]} ({before.scan.label}); "
        f"{terms.title} requires the confirming assessment after {window}"
    )
    if settings.icpd_tolerance_days:
        recorded += f" (up to {settings.icpd_tolerance_days} days earlier is accepted)"
    if days.overlaps(within):
        return Verdict(claim, Conclusion.AGREES, recorded)
    if terms.words[Code.PD] in _labels_at(scan, derived, terms):
        recorded += "; possible only if an assessment outside that time may confirm, as it may here"
        return Verdict(claim, Conclusion.POSSIBLE, recorded)
    expected = f"a confirming assessment after {window}"
    return Verdict(claim, Conclusion.CONTRADICTED, recorded, recorded=recorded, expected=expected)


def _labels_at(scan: Scan, derived: DerivedCase, terms: CriterionTerms) -> tuple[str, ...]:
    """The categories of a scan under a criterion; empty where it has none."""
    found = derived.status(terms.title, scan.line) if scan.line else ()
    return next((each.labels for each in found if each.scan is scan), ())


RULES = (
    Rule(
        id="C10",
        checks="the time from an iUPD to its confirmation, iCPD",
        formula="iCPD less the last iUPD that it confirms: 28 to 56 days (settings icpd_min_days "
        "and icpd_late_days); no day in that window is possible only where the findings still "
        "give iCPD (setting icpd_max_days, after which an iUPD lapses), else contradicted",
        severity=Severity.NOTE,
        source="Seymour 2017: the next assessment, at 4 to 8 weeks",
        example_fail="iUPD in May, iCPD in August: 62 to 122 days",
        example_ok="iCPD six weeks after iUPD",
        check=check_confirmation,
        yields=True,
    ),
    Rule(
        id="C18",
        checks="one scan has one category, in the text and in the figures",
        formula="the categories printed for a scan are the same; those of iRECIST count as "
        "those of RECIST",
        severity=Severity.ERROR,
        source="case catalogue: text and legend must give a scan the same category",
        example_fail="PR in the text, PD in the legend",
        example_ok="PR in the text, iPR in the legend",
        check=check_categories,
        yields=True,
    ),
)

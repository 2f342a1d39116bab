"""P values against the test statistic; p values and ratios against the counts of two groups."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.claims.cohort import (
    Claims,
    Counts,
    Subject,
    check_own,
    counts_of,
    group_of,
    size_of,
    subject_of,
    whole_number,
)
from timeline.auditing.claims.qualifiers import assessed, has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.printed_numbers import Printed
from timeline.report.claims import Claim
from timeline.report.printed_statistics import TestStatistic
from timeline.statistics.comparisons.p_values import (
    ALPHA,
    STATISTICS,
    UNCHECKED,
    p_value,
    two_by_two,
)
from timeline.statistics.comparisons.two_by_two import RATIOS, Table, ratio_of_counts
from timeline.statistics.intervals import is_far_from

STATCHECK = "statcheck: Nuijten et al. 2016, doi:10.3758/s13428-015-0664-2"


def check_test_statistics(claims: Claims) -> Iterator[Verdict]:
    """A p value against its test statistic (K28)."""
    for claim in claims:
        tested = claim.value
        if isinstance(tested, TestStatistic) and claim.p:
            why = _why_not_recomputed(tested)
            yield not_checkable(claim, why) if why else _check_p_value(claim, tested, claim.p)


def _why_not_recomputed(tested: TestStatistic) -> str:
    """Why the p value of a test statistic cannot be recomputed; empty where it can."""
    if tested.name in UNCHECKED:
        return f"the p value of {tested.name} cannot be recomputed from the statistic alone"
    if not tested.has_its_dfs:
        degrees = STATISTICS[tested.name].dfs
        number = f"{degrees} number{'s' if degrees > 1 else ''}"
        return f"{tested.name} takes {number} of degrees of freedom; {len(tested.dfs)} printed"
    return "" if tested.value.span.is_bounded else "the statistic is printed as a bound only"


def _check_p_value(claim: Claim, tested: TestStatistic, p: Printed) -> Verdict:
    try:
        found = p_value(tested.name, tested.value, p, tested.dfs)
    except (ValueError, OverflowError):
        return not_checkable(claim, "numbers too large for the distribution of the statistic")
    low, high = (float(end) for end in (found.recomputed.low, found.recomputed.high))
    description = f"printed {claim.text}, p {p}; it gives p {low:.3g} to {high:.3g}"
    notes = ("reproduced by a one-sided test",) if found.sides == ("one-sided",) else ()
    if found.decision.value == Conclusion.CONTRADICTED:
        notes = (*notes, f"the decision at {float(ALPHA):g} changes")
    # The recomputed range is wider than the printed one: it is enough that they overlap.
    overlaps = found.recomputed.overlaps(p.span)
    conclusion = Conclusion.AGREES if overlaps else Conclusion(found.fit.value)
    other = has_qualifier(claim, "other test")
    if conclusion is Conclusion.CONTRADICTED and other:
        conclusion, notes = Conclusion.POSSIBLE, (other.description,)
    right = f"p {low:.3g} to {high:.3g}" if conclusion is Conclusion.CONTRADICTED else ""
    return Verdict(claim, conclusion, description, notes=notes, expected=right)


def check_two_groups(claims: Claims) -> Iterator[Verdict]:
    """A p value against the counts of the two groups that it compares (K29).

    Contradicted only where every implemented test leads to the opposite decision.
    """
    counts = counts_of(claims)
    for claim in claims:
        table = _table(claim, counts, claims) if claim.kind == "p" and claim.than else None
        if table is not None and claim.printed is not None:
            yield _check_groups(claim, claim.printed, table)


def check_ratios_of_counts(claims: Claims) -> Iterator[Verdict]:
    """An odds ratio or a relative risk against the counts of the two groups (K29).

    Contradicted only where the report calls it crude: a model can give another value.
    """
    counts = counts_of(claims)
    for claim in claims:
        table = _table(claim, counts, claims) if claim.kind in RATIOS and claim.than else None
        if table is None or claim.printed is None or not all(map(sum, table)):
            continue
        found = ratio_of_counts(claim.kind, claim.printed, table)
        if found.value is None or has_qualifier(claim, "of a model"):
            continue
        description = (
            f"printed {claim.kind} {claim.text} for {_table_text(table)}: {float(found.value):.3g}"
        )
        conclusion, notes = (
            Conclusion(found.fit.value),
            tuple(f"reproduced by {x}" for x in found.reproduced_by),
        )
        if conclusion is Conclusion.CONTRADICTED and not has_qualifier(claim, "crude"):
            conclusion, notes = (
                Conclusion.POSSIBLE,
                ("a model or stratification can give another value",),
            )
        yield Verdict(
            claim, conclusion, description, notes=notes[: conclusion is not Conclusion.AGREES]
        )


def _table_text(table: Table) -> str:
    return " and ".join(
        f"{with_event} of {with_event + without_event}" for with_event, without_event in table
    )


def _table(claim: Claim, counts: Counts, claims: Claims) -> Table | None:
    rows = []
    for group in (group_of(claim), claim.than):
        what = (claim.about, group, (), assessed(claim))
        count, size = counts.get(what), _size_of_group(what, claims)
        if count is None or size is None or count > size:
            return None
        rows.append((count, size - count))
    return (rows[0], rows[1])


def _size_of_group(what: Subject, claims: Claims) -> int | None:
    """The patients of a count: as printed with it if one number is, otherwise its group."""
    printed_sizes = {
        whole_number(c.n) for c in claims if c.kind == "count" and c.n and subject_of(c) == what
    }
    return (
        (printed_sizes.pop() if len(printed_sizes) == 1 else None)
        if printed_sizes
        else size_of(claims, what[1])
    )


def _check_groups(claim: Claim, p: Printed, table: Table) -> Verdict:
    found = two_by_two(table, p)
    expected = ", ".join(f"{name} {float(span.low):.2g}" for name, span in found.expected)
    description = f"printed p {claim.text} for {_table_text(table)}; {expected}"
    if found.tests:
        note = f"reproduced by {', '.join(found.tests)}"
        return Verdict(claim, Conclusion(found.fit.value), description, notes=(note,))
    decisions = {span.high < ALPHA for _, span in found.expected}
    printed_decision = _is_significant(p)
    differ = printed_decision is not None and decisions == {not printed_decision}
    far = all(is_far_from(span, p.span) for _, span in found.expected)
    if far and not differ:
        note = "far from the p value of every test named"
        return Verdict(claim, Conclusion.CONTRADICTED, description, notes=(note,))
    note = f"every test named leads to the opposite decision at {float(ALPHA):g}" if differ else ""
    return Verdict(
        claim,
        Conclusion.CONTRADICTED if differ else Conclusion.POSSIBLE,
        description,
        notes=(note,) if note else ("another test, or a model, can differ",),
    )


def _is_significant(p: Printed) -> bool | None:
    if p.span.high <= ALPHA:
        return True
    return False if p.span.low > ALPHA else None


RULES = (
    Rule(
        id="K28",
        reproduces=True,
        checks="a p value against its test statistic",
        formula="p of z, t, r, chi-squared, Q or F over the range of the rounded statistic",
        severity=Severity.ERROR,
        source=STATCHECK,
        example_fail="t(28) = 2.2, p 0.5",
        example_ok="t(28) = 2.2, p 0.036",
        check=check_own(check_test_statistics),
    ),
    Rule(
        id="K29",
        reproduces=True,
        checks="a p value, an odds ratio or a relative risk against the counts of two groups",
        formula="Fisher's exact test, chi-squared with and without Yates' correction; "
        "OR = a d / b c, RR = a (c + d) / c (a + b)",
        severity=Severity.ERROR,
        source=STATCHECK + "; contradicted where every test decides otherwise. Ratios: Bland and "
        "Altman 2000, doi:10.1136/bmj.320.7247.1468; contradicted where called crude",
        example_fail="p 0.01 for 5 of 15 and 6 of 15",
        example_ok="p 1.0 for 5 of 15 and 6 of 15",
        check=check_own(check_two_groups, check_ratios_of_counts),
    ),
)

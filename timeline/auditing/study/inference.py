"""P values from the test statistic; p values and ratios from the counts of two groups."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.arithmetic.interval import is_far_from
from timeline.arithmetic.p_value import ALPHA, STATISTICS, UNCHECKED, p_value, two_by_two
from timeline.arithmetic.two_groups import RATIOS, Table, ratio_of_counts
from timeline.auditing.domain import impossible
from timeline.auditing.rule import Evidence
from timeline.auditing.study.cohort import (
    Claims,
    Counts,
    Thing,
    counts_of,
    group_of,
    size_of,
    thing,
    whole,
)
from timeline.auditing.study.qualifiers import assessed, marked
from timeline.auditing.study.repairs import repairs
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.auditing.weigh import Call
from timeline.printed import Printed
from timeline.prints import Tested
from timeline.source import Claim
from timeline.unread import Unread


def look_at_impossible_prints(evidence: Evidence) -> Iterator[Verdict]:
    """What no such figure can be, of the report's own patients and of cited studies (K50)."""
    for claim in evidence.source.claims:
        found = impossible(claim)
        calls = [each.call for each in found]
        if found:
            call = Call.CONTRADICTED if Call.CONTRADICTED in calls else Call.POSSIBLE
            says = "; ".join(each.says for each in found if each.call is call)
            notes = tuple(each.says for each in found if each.call is not call)
            slips = repairs(claim, whole(claim.n)) if call is Call.CONTRADICTED else ""
            notes = (*notes, slips) if slips else notes
            yield Verdict(claim=claim, call=call, says=says, notes=notes)
        elif isinstance(claim.value, Unread):
            yield not_checkable(claim, claim.value.says)


def look_at_tests(claims: Claims) -> Iterator[Verdict]:
    """A p value against its test statistic (K28)."""
    for claim in claims:
        tested = claim.value
        if isinstance(tested, Tested) and claim.p:
            why = _not_recomputed(tested)
            yield not_checkable(claim, why) if why else _tested(claim, tested, claim.p)


def _not_recomputed(tested: Tested) -> str:
    """Why no p value follows from a test statistic; empty where one does."""
    if tested.name in UNCHECKED:
        return f"the p value of {tested.name} cannot be recomputed from the statistic alone"
    if not tested.has_its_dfs:
        wanted = STATISTICS[tested.name].dfs
        number = f"{wanted} number{'s' if wanted > 1 else ''}"
        return f"{tested.name} takes {number} of degrees of freedom; {len(tested.dfs)} printed"
    return "" if tested.value.span.is_bounded else "the statistic is printed as a bound only"


def _tested(claim: Claim, tested: Tested, p: Printed) -> Verdict:
    try:
        found = p_value(tested.name, tested.value, p, tested.dfs)
    except (ValueError, OverflowError):
        return not_checkable(claim, "numbers too large for the distribution of the statistic")
    low, high = (float(end) for end in (found.recomputed.low, found.recomputed.high))
    says = f"printed {claim.text}, p {p}; it gives p {low:.3g} to {high:.3g}"
    notes = ("reproduced by a one-sided test",) if found.sides == ("one-sided",) else ()
    if found.decision.value == Call.CONTRADICTED:
        notes = (*notes, f"the decision at {float(ALPHA):g} changes")
    # The recomputed range is wider than the print: that they meet is all one can ask.
    meets = found.recomputed.overlaps(p.span)
    call = Call.AGREES if meets else Call(found.fit.value)
    other = marked(claim, "other test")
    if call is Call.CONTRADICTED and other:
        call, notes = Call.POSSIBLE, (other.says,)
    return Verdict(claim=claim, call=call, says=says, notes=notes)


def look_at_two_groups(claims: Claims) -> Iterator[Verdict]:
    """A p value against the counts of the two groups that it compares (K29).

    Contradicted only where every test that is known here decides otherwise: there are more tests.
    """
    counts = counts_of(claims)
    for claim in claims:
        table = _table(claim, counts, claims) if claim.kind == "p" and claim.than else None
        if table is not None and claim.printed is not None:
            yield _two_groups(claim, claim.printed, table)


def look_at_ratios_of_counts(claims: Claims) -> Iterator[Verdict]:
    """An odds ratio or a relative risk against the counts of the two groups (K29).

    Contradicted only where the report calls it crude: a model or strata can give another.
    """
    counts = counts_of(claims)
    for claim in claims:
        table = _table(claim, counts, claims) if claim.kind in RATIOS and claim.than else None
        if table is None or claim.printed is None or not all(map(sum, table)):
            continue
        found = ratio_of_counts(claim.kind, claim.printed, table)
        if found.value is None or marked(claim, "of a model"):
            continue
        says = f"printed {claim.kind} {claim.text} for {_told(table)}: {float(found.value):.3g}"
        call, notes = (
            Call(found.fit.value),
            tuple(f"reproduced by {x}" for x in found.reproduced_by),
        )
        if call is Call.CONTRADICTED and not marked(claim, "crude"):
            call, notes = Call.POSSIBLE, ("a model, or strata, can give another",)
        yield Verdict(claim=claim, call=call, says=says, notes=notes[: call is not Call.AGREES])


def _told(table: Table) -> str:
    return " and ".join(f"{had} of {had + had_not}" for had, had_not in table)


def _table(claim: Claim, counts: Counts, claims: Claims) -> Table | None:
    rows = []
    for group in (group_of(claim), claim.than):
        what = (claim.about, group, (), assessed(claim))
        count, size = counts.get(what), _size(what, claims)
        if count is None or size is None or count > size:
            return None
        rows.append((count, size - count))
    return (rows[0], rows[1])


def _size(what: Thing, claims: Claims) -> int | None:
    """The patients of a count: as printed with it, where one number is; else those of its group."""
    told = {whole(c.n) for c in claims if c.kind == "count" and c.n and thing(c) == what}
    return (told.pop() if len(told) == 1 else None) if told else size_of(claims, what[1])


def _two_groups(claim: Claim, p: Printed, table: Table) -> Verdict:
    found = two_by_two(table, p)
    given = ", ".join(f"{name} {float(span.low):.2g}" for name, span in found.expected)
    says = f"printed p {claim.text} for {_told(table)}; {given}"
    if found.tests:
        note = f"reproduced by {', '.join(found.tests)}"
        return Verdict(claim=claim, call=Call(found.fit.value), says=says, notes=(note,))
    ours = {span.high < ALPHA for _, span in found.expected}
    theirs = _below(p)
    differ = theirs is not None and ours == {not theirs}
    far = all(is_far_from(span, p.span) for _, span in found.expected)
    if far and not differ:
        note = "far from what every test named gives"
        return Verdict(claim=claim, call=Call.CONTRADICTED, says=says, notes=(note,))
    note = f"every test named decides otherwise at {float(ALPHA):g}" if differ else ""
    return Verdict(
        claim=claim,
        call=Call.CONTRADICTED if differ else Call.POSSIBLE,
        says=says,
        notes=(note,) if note else ("another test, or a model, can differ",),
    )


def _below(p: Printed) -> bool | None:
    if p.span.high <= ALPHA:
        return True
    return False if p.span.low > ALPHA else None

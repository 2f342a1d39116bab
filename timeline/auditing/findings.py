"""The findings of an audit: printed figures that a reader must check, the most severe first."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.one_verdict import RULE_BY_ID, severity, strongest
from timeline.auditing.rule import Severity
from timeline.auditing.verdict import Verdict
from timeline.core.text.counts import by_severity as severity_counts
from timeline.core.text.counts import plural
from timeline.report.claims import Claim

__all__ = [
    "Finding",
    "findings",
    "printed_figures",
    "severity",
    "summary",
    "without_finding",
]
_SEVERITIES = tuple(Severity)


@attrs.frozen(kw_only=True)
class Finding:
    """A printed figure with its verdict, at every place where it is printed.

    ``verdict.evidence`` are the verdicts of other rules on the same figure. ``related``: other
    figures in which the same rule finds the same fault.
    """

    severity: Severity
    verdict: Verdict
    again: tuple[Claim, ...] = ()
    related: tuple[Verdict, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Where the figure is printed, each place once."""
        return _places((self.verdict.claim, *self.again))


def _places(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.place for claim in claims if claim.place))


@attrs.frozen
class _Figure:
    """One printed figure: its strongest verdict, and the claims that print it."""

    verdict: Verdict
    claims: tuple[Claim, ...]


def printed_figures(verdicts: Iterable[Verdict]) -> tuple[_Figure, ...]:
    """One verdict for each figure: claims that print the same about the same subject are one."""
    by_figure: dict[tuple[object, ...], list[Verdict]] = {}
    sizes: dict[tuple[object, ...], str] = {}
    for verdict in verdicts:
        claim = verdict.claim
        of = (claim.of, claim.from_, claim.to, str(claim.at or ""))
        printed = (str(claim), *of, claim.group, claim.criterion)
        n = claim.n or sizes.get(printed, "")  # a figure without its n is that of the first n
        sizes.setdefault(printed, n)
        by_figure.setdefault((*printed, n), []).append(verdict)
    return tuple(map(_merged, by_figure.values()))


def _merged(verdicts: list[Verdict]) -> _Figure:
    claims = tuple(each.claim for each in verdicts)
    alone = [attrs.evolve(each, evidence=()) for each in verdicts]
    every = [*alone, *(one for each in verdicts for one in each.evidence)]
    once = {(each.rule, each.description, each.conclusion): each for each in reversed(every)}
    return _Figure(strongest(reversed(once.values())), claims)


def findings(verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """The figures with a finding, by severity, then in the order of the report; each once."""
    found: list[Finding] = []
    places: dict[tuple[object, ...], int] = {}  # of what a finding is about
    for figure in printed_figures(verdicts):
        level = severity(figure.verdict)
        if level is None:
            continue
        finding = Finding(severity=level, verdict=figure.verdict, again=figure.claims[1:])
        subjects = _subjects(finding)
        at = next((places[each] for each in subjects if each in places), len(found))
        found[at : at + 1] = [_joined(found[at], finding) if at < len(found) else finding]
        places |= {each: at for each in subjects if each not in places}
    return tuple(sorted(found, key=lambda each: _SEVERITIES.index(each.severity)))


def _joined(first: Finding, other: Finding) -> Finding:
    highest = min(first.severity, other.severity, key=_SEVERITIES.index)
    return attrs.evolve(
        first, severity=highest, related=(*first.related, other.verdict, *other.related)
    )


def _subjects(finding: Finding) -> tuple[tuple[object, ...], ...]:
    """The subjects of a finding; two findings that share a subject are shown as one.

    A subject is a rule with a claim that its verdict names, or a rule with a text at one place,
    which may be printed once for two subjects.
    """
    verdict, claim = finding.verdict, finding.verdict.claim
    if not verdict.rule:
        return ()
    named = tuple((verdict.rule, id(each)) for each in (claim, *verdict.others))
    value = (verdict.rule, claim.kind, claim.text, claim.unit, claim.place)
    return (*named, value) if claim.unit and claim.printed is None else named


def without_finding(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts of figures without a finding, one for each claim."""
    known = tuple(verdicts)
    with_finding = {
        id(c) for each in printed_figures(known) if severity(each.verdict) for c in each.claims
    }
    return tuple(each for each in known if id(each.claim) not in with_finding)


def summary(verdicts: Iterable[Verdict]) -> str:
    """How many claims have each verdict, and how many findings there are of each severity.

    ``3 contradicted, 24 possible, 137 agree, 80 not checkable; 5 findings: 3 errors, 2 warnings``.
    The numbers before the semicolon add up to the number of verdicts, which is one a claim; those
    behind it to the number of findings, as every list has them: figures with one cause are one.
    Neither follows from the other: one finding may be of several claims, and a claim that the
    dates leave possible need not be a finding. Findings that rest on other reports, which were
    opened with this one, are named: without these reports there would be fewer.
    """
    from timeline.auditing.finding_lines import finding_lines  # it is made of findings

    known = tuple(verdicts)
    found = finding_lines(known)
    conclusions = [each.conclusion for each in known]
    counts = {each: conclusions.count(each) for each in _WORDS}
    claims = ", ".join(f"{n} {_WORDS[each]}" for each, n in counts.items() if n)
    severities = severity_counts(each.severity for each in found)
    told = f"{plural(len(found), 'finding')}: {severities}" if found else "no finding"
    between = sum(1 for each in found if _rests_on_another_report(each.rule))
    told += f", {between} of them by comparison with other reports" if between else ""
    return "; ".join(part for part in (claims, told) if part)


def _rests_on_another_report(rule: str) -> bool:
    row = RULE_BY_ID.get(rule)
    return row is not None and row.between_reports


_WORDS = {  # of a number of claims with a verdict, what must be looked at first
    Conclusion.CONTRADICTED: "contradicted",
    Conclusion.POSSIBLE: "possible",
    Conclusion.AGREES: "agree",
    Conclusion.CONSISTENT: "consistent",
    Conclusion.NOT_CHECKABLE: "not checkable",
}

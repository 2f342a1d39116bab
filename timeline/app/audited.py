"""The audit of one text as a page shows it: each claim leads to its finding, or to its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from timeline.app.folder import PlacesOfFiles
from timeline.app.parts import (
    Audited,
    ClaimVerdict,
    Compared,
    Finding,
    PlacedEntry,
    Reason,
    RuleText,
)
from timeline.auditing import Conclusion, Verdict
from timeline.auditing.concerns import TITLES
from timeline.auditing.finding_basis import basis_of, events_behind
from timeline.auditing.finding_lines import FindingLine, finding_lines
from timeline.auditing.findings import summary, without_finding
from timeline.auditing.one_verdict import RULE_BY_ID
from timeline.core.problem import Where
from timeline.core.text.counts import plural
from timeline.record.case import Case
from timeline.report.claims import Claim
from timeline.views.case_report import CaseReport

_WITH_REASON = (Conclusion.POSSIBLE, Conclusion.NOT_CHECKABLE)  # in this order
_NO_REPORT = "names no report, so there is no claim to check"


def audited(found: CaseReport | None, path: Path) -> Audited:
    """The findings, the reasons of what is no finding and does not agree, and all verdicts.

    Args:
        found: what the text holds; None of a text with faults.
        path: of the text.
    """
    if found is None:
        return Audited()
    if found.report is None:
        return Audited(summary=_NO_REPORT, is_done=True)
    verdicts, places = found.audit(), PlacesOfFiles(path)
    lines = finding_lines(verdicts)
    reasons = tuple(_reasons(verdicts, len(lines)))
    placed = tuple(_finding(each, n, places, found.case) for n, each in enumerate(lines))
    ids = (
        *(rule for each in placed for rule in each.rules),
        *(each.rule for _, each, _ in reasons),
    )
    entry_of = {
        id(claim): number for number, line in enumerate(lines) for claim in _claims(line)
    } | {id(claim): number for number, _, claims in reasons for claim in claims}
    return Audited(
        findings=placed,
        reasons=tuple(
            Reason(
                conclusion=verdict.conclusion.value,
                rule=verdict.rule,
                text=verdict.description,
                claims=tuple(_placed(each, places) for each in claims),
                number=number,
            )
            for number, verdict, claims in reasons
        ),
        verdicts=tuple(_verdict(each, entry_of.get(id(each.claim)), places) for each in verdicts),
        rules={each: _rule_text(each) for each in ids if each in RULE_BY_ID},
        summary=f"{plural(len(found.report.claims), 'claim')}: {summary(verdicts)}",
        is_done=True,
    )


def _claims(line: FindingLine) -> Iterator[Claim]:
    """The claims of a finding, at every place where they are printed."""
    for each in line.findings:
        yield each.verdict.claim
        yield from each.again
        yield from (other.claim for other in each.related)


def _reasons(
    verdicts: Sequence[Verdict], start: int
) -> Iterator[tuple[int, Verdict, tuple[Claim, ...]]]:
    """The reasons with their number, from ``start``, a verdict that has it, and the claims."""
    found: dict[tuple[Conclusion, str], list[Verdict]] = {}
    for each in without_finding(verdicts):
        if each.conclusion in _WITH_REASON:
            found.setdefault((each.conclusion, each.description), []).append(each)
    groups = sorted(found.values(), key=lambda group: _WITH_REASON.index(group[0].conclusion))
    for number, group in enumerate(groups, start):
        yield number, group[0], tuple(each.claim for each in group)


def _finding(line: FindingLine, number: int, places: PlacesOfFiles, case: Case | None) -> Finding:
    first = _placed(line.figures[0].claim, places)
    return Finding(
        concern=TITLES[line.concern],
        conclusion=line.conclusion.value,
        severity=line.severity.value,
        rule=line.rule,
        text=line.text,
        path=first.path,
        file=first.file,
        line=first.line,
        column=first.column,
        is_here=first.is_here,
        number=number,
        others=_others(first, (_placed(each, places) for each in _claims(line))),
        events=tuple(_entry(each.label, each.where, places) for each in events_behind(line, case)),
        basis=tuple(_compared(line)),
    )


def _compared(line: FindingLine) -> Iterator[Compared]:
    """What the verdicts of a finding rest on, once each; a further claim with its words."""
    known: set[tuple[str, str]] = set()
    for number, finding in enumerate(line.findings):
        for each in basis_of(finding):
            if (each.rule, each.description) in known:
                continue
            known.add((each.rule, each.description))
            other = each.is_related or (number and each.is_lead)
            yield Compared(
                rule=each.rule, text=each.description, notes=each.notes,
                claim=each.claim if other else "",
            )  # fmt: skip


def _rule_text(rule: str) -> RuleText:
    row = RULE_BY_ID[rule]
    return RuleText(
        id=row.id,
        checks=row.checks,
        formula=row.formula,
        severity=row.severity_words,
        source=row.source,
        example_fail=row.example_fail,
        example_ok=row.example_ok,
    )


def _others(first: PlacedEntry, claims: Iterator[PlacedEntry]) -> tuple[PlacedEntry, ...]:
    """The claims at other places than the first, each place once, those with no line left out."""
    by_place = {(each.path, each.line, each.column): each for each in claims if each.line}
    by_place.pop((first.path, first.line, first.column), None)
    return tuple(by_place.values())


def _placed(claim: Claim, places: PlacesOfFiles) -> PlacedEntry:
    place = f" [{claim.place}]" if claim.place else ""
    return _entry(f"{claim}{place}", claim.where, places)


def _entry(words: str, where: Where, places: PlacesOfFiles) -> PlacedEntry:
    path, name = places.of(where.file)
    return PlacedEntry(
        words=words,
        path=path,
        file=name,
        line=where.line,
        column=where.column,
        is_here=where.file == str(places.path),
    )


def _verdict(verdict: Verdict, entry: int | None, places: PlacesOfFiles) -> ClaimVerdict:
    claim = _placed(verdict.claim, places)
    return ClaimVerdict(
        conclusion=verdict.conclusion.value,
        path=claim.path,
        line=claim.line,
        column=claim.column,
        finding=entry,
        claim=claim,
    )

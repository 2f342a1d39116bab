"""What the report rests on: the publication, criteria, endpoints, rules, settings and version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from timeline import __version__
from timeline.auditing import Verdict
from timeline.endpoints.censoring.policies import POLICIES, CensoringSituation
from timeline.endpoints.derived_case import DerivedCase
from timeline.report.claims import Report
from timeline.settings.setting import in_words
from timeline.terminology.criteria import IMMUNE, PRIMARY, TERMS
from timeline.views.board_report.audit import RULES_KEY, rules_cited
from timeline.views.board_report.content import Block, Column, Items, Paragraph, Section, table
from timeline.views.board_report.endpoints import endpoint_sources
from timeline.views.board_report.follow_up import has_open_end, last_day

PROGRAM = "oncology-timeline"
_ABBREVIATED = {"E09": PRIMARY.title, "S17": IMMUNE.title}  # publications, by their criterion


def publication(report: Report | None) -> str:
    """The citation, the DOI and the licence of a report; empty without one."""
    if report is None:
        return ""
    parts = (report.title, report.citation, report.doi and f"doi:{report.doi}",
             report.licence and f"licence {report.licence}")  # fmt: skip
    return ". ".join(part.rstrip(".") for part in parts if part)


def sources_section(
    cases: Sequence[DerivedCase], reports: Sequence[Report], verdicts: Sequence[Verdict]
) -> Section:
    """The sources of the facts, of the criteria and endpoints, and of the rules of the audit."""
    blocks: list[Block] = []
    cited = [text for each in reports if (text := publication(each) or each.name)]
    if cited:
        blocks += [Paragraph("Reports", strong=True), Items("reports", tuple(cited))]
    texts = tuple(dict.fromkeys(_criteria(cases)))
    if texts:
        blocks += [Paragraph("Criteria", strong=True), Items("criteria", texts)]
    defined = {name: source for each in cases for name, source in endpoint_sources(each).items()}
    texts = tuple(f"{name} [{source}]" for name, source in defined.items())
    if texts:
        blocks += [Paragraph("Endpoints", strong=True), Items("endpoint-sources", texts)]
    texts = tuple(dict.fromkeys(map(_policy, cases)))
    if texts:
        blocks += [Paragraph("Censoring", strong=True), Items("policy-sources", texts)]
    blocks += _rules(verdicts)
    return Section("sources", "Sources", tuple(blocks))


def _criteria(cases: Sequence[DerivedCase]) -> Iterable[str]:
    """Each criterion that was applied, with the abbreviation of its publication."""
    titles = dict.fromkeys(
        title for each in cases for found in each.criteria.values() for title in found
    )
    cited = " ".join(status.source for each in cases for status in each.statuses)
    for title in titles:
        short = [key for key, of in _ABBREVIATED.items() if of == title]
        known = "".join(f", cited as {key}" for key in short if re.search(rf"\b{key}\b", cited))
        yield f"{title}: {TERMS[title].source}{known}"
    for key, title in _ABBREVIATED.items():
        if title not in titles and re.search(rf"\b{key}\b", cited):
            yield f"{title}: {TERMS[title].source}, cited as {key}"


def _policy(derived: DerivedCase) -> str:
    policy = POLICIES[derived.settings.pfs_policy]
    situation = CensoringSituation.PROGRESSION
    source = policy.rule(situation).source.removesuffix(f": {situation}")
    return f"{policy.words}: {policy.description} [{source}]"


def _rules(verdicts: Sequence[Verdict]) -> tuple[Block, ...]:
    columns = (
        Column("rule", "Rule", 1),
        Column("severity", "Severity", 2),
        Column("checks", "What it checks, and how", 6),
        Column("source", "Source", 5),
    )
    return table(
        RULES_KEY, "Rules of the audit behind the findings", columns, rules_cited(verdicts)
    )


def settings_section(derived: DerivedCase) -> Section:
    """The settings that differ from the defaults, and whether each changes a result."""
    texts = tuple(
        f"{name} = {in_words(value)}: "
        + ("changes a result" if name in derived.moved_by else "changes nothing here")
        for name, value in derived.settings.changed.items()
    )
    none = Paragraph("Every setting is at its default.")
    return Section("settings", "Settings", (Items("settings", texts) if texts else none,))


def closing_text(cases: Sequence[DerivedCase]) -> str:
    """The version, and the last day on record: no time of the run, so that files are the same."""
    days = [day for each in cases if (day := last_day(each.case))]
    until = f" The record ends on {max(days)} at the latest." if days else ""
    if days and any(has_open_end(each.case) for each in cases):
        until = f" The last day on record that is certain is {max(days)}."
    return f"Made by {PROGRAM} {__version__}.{until}"

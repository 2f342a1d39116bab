"""Settings, rules and audits in the terminal; ``verdict_data`` has the audit as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from timeline.auditing import RULES, Conclusion, Severity, Verdict, unchecked
from timeline.auditing.concerns import TITLES as CONCERN_TITLES
from timeline.auditing.finding_basis import basis_of
from timeline.auditing.finding_lines import FindingLine, finding_lines, leading_verdict
from timeline.auditing.findings import Finding, summary, without_finding
from timeline.auditing.rule import Rule
from timeline.settings.response import SETTINGS
from timeline.terminology.criteria import TERMS, provisional_note
from timeline.views.case_report import CaseReport
from timeline.views.case_view import provisional_texts, settings_text
from timeline.views.terminal import add_row, columns, print_hanging, print_table, terminal

TITLES = {
    Severity.ERROR: "Errors: impossible under the definitions stated",
    Severity.WARNING: "Warnings: possible at an extreme only, a word is wrong, "
    "or a definition is unclear",
    Severity.NOTE: "Notes",
}
WITHOUT_FINDING = {
    Conclusion.POSSIBLE: "Possible: the dates or words on record allow this value and others",
    Conclusion.AGREES: "Agrees: the record, or other figures, reproduce the printed value",
    Conclusion.CONSISTENT: "Consistent: nothing that it is compared with contradicts it",
}
AUDIT_WIDTH = 100  # columns where the output is no terminal
_STYLES = {Severity.ERROR: "bold magenta", Severity.WARNING: "bold blue", Severity.NOTE: "bold"}
_ROWS_OF_RULE = (
    ("formula", "formula"),
    ("finds", "example_fail"),
    ("passes", "example_ok"),
    ("source", "source"),
)


def print_settings() -> None:
    """Print each setting with its answers, the default first, and why sources disagree."""
    console = terminal()
    table = columns(setting=0, answers=4, decides=6, sources=6)
    for each in SETTINGS.values():
        default = str(each.default).lower()
        answers = [word for word in each.options if word != default]
        text = ", ".join(dict.fromkeys((f"{default} (default)", *answers)))
        add_row(table, each.name, text, each.description, each.disagreement)
    print_table(console, table)


def print_rules(rules: Iterable[Rule] = RULES) -> None:
    """Print audit rules: what each checks, how, its severity and source, and two examples."""
    console = terminal()
    chosen = tuple(rules)
    for rule in chosen:
        console.print(Text(f"{rule.id} ({rule.severity_words}): {rule.checks}", style="bold"))
        for label, name in _ROWS_OF_RULE:
            print_hanging(console, Text(f"  {label:<8} "), Text(getattr(rule, name)))
    notes = map(provisional_note, TERMS) if chosen == RULES else ()  # of no single rule
    for note in notes:
        if note:
            print_hanging(console, Text("Criterion: "), Text(note))
    console.print()


def print_audit(
    case_report: CaseReport,
    verdicts: tuple[Verdict, ...],
    *,
    every: bool = False,
    verbose: bool = False,
) -> None:
    """Print the findings, a line for each, then the counts of all verdicts.

    Args:
        case_report: what was audited.
        verdicts: its verdicts.
        every: list what agrees, and what could not be checked, as well.
        verbose: print all that each verdict rests on, the most severe first: the definitions that
            were tried, the shares of days, and why the rest could not be checked.
    """
    console, report = terminal(AUDIT_WIDTH), case_report.report
    title = report.citation or report.name if report else case_report.name
    console.print(Text(title, style="bold"))
    if report is None:
        console.print(Text("  names no report, so there is no claim to check\n"))
        return
    for line in settings_text(case_report.derived) if case_report.derived else ():
        console.print(Text(f"  {line}"))
    for line in provisional_texts(case_report.derived) if case_report.derived else ():
        print_hanging(console, Text("  "), Text(line))
    if verbose:
        _print_by_severity(console, verdicts)
    else:
        _print_lines(console, verdicts)
    if verbose or every:
        rest = without_finding(verdicts)
        _print_without_finding(console, rest, every=every)
        _print_unchecked(console, rest)
    count = len(report.claims)
    claims = f"{count} claim{'' if count == 1 else 's'}"
    console.print(Text(f"\n{case_report.name}: {claims}: {summary(verdicts)}", style="bold"))
    if not (verbose or every):
        first = next((each.rule for each in finding_lines(verdicts)), "C01")
        console.print(Text(_HINT.format(first), style="dim"))
    console.print()


_HINT = (
    "(--verbose: what each finding rests on; --all: what agrees, and what is not checkable; "
    "timeline rules {}: what a rule checks)"
)


def _print_lines(console: Console, verdicts: tuple[Verdict, ...]) -> None:
    """Print a line for each finding, under the concern that it belongs to."""
    lines = finding_lines(verdicts)
    for concern in dict.fromkeys(each.concern for each in lines):
        console.print(Text(f"\n{CONCERN_TITLES[concern]}", style="bold"))
        for each in lines:
            if each.concern is concern:
                print_hanging(console, Text(f"  {each.rule:<4} "), Text(line_text(each)))


def line_text(line: FindingLine) -> str:
    """A finding in one line: the verdict, then what is printed, on record, and right."""
    remark = " (note)" if line.severity is Severity.NOTE else ""
    return f"{line.conclusion.value}{remark}: {line.text}"


def _print_by_severity(console: Console, verdicts: tuple[Verdict, ...]) -> None:
    """The findings of the list, each with all figures of its cause."""
    lines = finding_lines(verdicts)
    for severity in Severity:
        mine = [each for each in lines if each.severity is severity]
        if mine:
            console.print(Text(f"\n{TITLES[severity]}", style=_STYLES[severity]))
        for line in mine:
            for number, finding in enumerate(line.findings):
                _print_finding(console, finding, also=number > 0)


def _print_finding(console: Console, finding: Finding, *, also: bool = False) -> None:
    """Print a claim with its places, its verdicts and notes, and the related claims.

    The verdict that makes it a finding is the first, as in the short form. ``also``: a figure
    with the cause of the finding above.
    """
    lead, *others = basis_of(finding)
    places = f" [{'; '.join(finding.places)}]" if finding.places else ""
    heading = f"{leading_verdict(finding).conclusion.value}: {finding.verdict.claim}{places}"
    print_hanging(console, Text("  also " if also else f"  {lead.rule:<4} "), Text(heading))
    for text in (lead.description, *lead.notes):
        print_hanging(console, Text(" " * 9), Text(text))
    for other in others:
        if other.is_related:
            label, text = "also ", f"{other.claim}: {other.description}"
        else:
            label, text = f"{other.rule}: ", "; ".join((other.description, *other.notes))
        print_hanging(console, Text(f"         {label}"), Text(text))


def _print_without_finding(console: Console, verdicts: tuple[Verdict, ...], *, every: bool) -> None:
    """Print the verdicts without a finding, counted by kind, or each with ``every``."""
    for conclusion, title in WITHOUT_FINDING.items():
        members = [verdict for verdict in verdicts if verdict.conclusion is conclusion]
        if not members:
            continue
        kinds = Counter(verdict.claim.kind for verdict in members)
        text = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())
        console.print(Text(f"\n{title}", style="bold"))
        if not every:
            print_hanging(console, Text("  "), Text(text))
        for verdict in members if every else ():
            place = f" [{verdict.claim.place}]" if verdict.claim.place else ""
            print_hanging(console, Text(f"  {verdict.rule:<4} "), Text(f"{verdict.claim}{place}"))
            if conclusion is Conclusion.POSSIBLE:
                print_hanging(console, Text(" " * 9), Text(verdict.description))


def _print_unchecked(console: Console, verdicts: tuple[Verdict, ...]) -> None:
    reasons = unchecked(verdicts)
    if reasons:
        console.print(Text("\nNot checkable, and why", style="bold"))
    for reason, text in reasons.items():
        print_hanging(console, Text("  "), Text(f"{reason}: {text}", style="dim"))


def any_contradicted(verdicts: Iterable[Verdict]) -> bool:
    """Whether a claim is contradicted, which decides the exit code."""
    return any(verdict.conclusion is Conclusion.CONTRADICTED for verdict in verdicts)

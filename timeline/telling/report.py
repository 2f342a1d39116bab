"""What the commands print of settings, rules and audits. As data it is in ``data.py``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from timeline.auditing import RULES, Call, Severity, Verdict, unchecked
from timeline.auditing.finding import Finding, findings, graded, quiet, summary
from timeline.dossier import Dossier
from timeline.settings import SETTINGS
from timeline.telling.console import add_row, columns, hang, terminal
from timeline.telling.show import settings_told

TITLES = {
    Severity.ERROR: "Errors: under the definitions stated the print cannot be",
    Severity.WARNING: "Warnings: possible at an extreme only, or a definition is unclear",
    Severity.NOTE: "Notes",
}
QUIET = {
    Call.POSSIBLE: "Possible: the dates or words on record allow the print, and others too",
    Call.AGREES: "Agrees: the record, or other figures, reproduce the printed value",
    Call.CONSISTENT: "Consistent: nothing that it is checked against speaks against it",
}
_STYLES = {Severity.ERROR: "bold magenta", Severity.WARNING: "bold blue", Severity.NOTE: "bold"}


def print_settings() -> None:
    """Every setting with its answers, the default first, and why sources disagree."""
    console = terminal()
    table = columns(setting=0, answers=4, decides=6, sources=6)
    for each in SETTINGS.values():
        default = str(each.default).lower()
        answers = [word for word in each.options if word != default]
        told = ", ".join(dict.fromkeys((f"{default} (default)", *answers)))
        add_row(table, each.name, told, each.says, each.disagreement)
    console.print(table)


def print_rules() -> None:
    """Every audit rule: what it checks, how, its severity and source, and two examples."""
    console = terminal()
    for rule in RULES:
        grave = f"{rule.severity}, {rule.of_words} of words" if rule.of_words else rule.severity
        console.print(Text(f"{rule.id} ({grave}): {rule.checks}", style="bold"))
        for name in ("formula", "fires", "silent", "source"):
            hang(console, Text(f"  {name:<8} "), Text(getattr(rule, name)))
    console.print()


def print_audit(dossier: Dossier, verdicts: tuple[Verdict, ...], *, every: bool = False) -> None:
    """What was found, the gravest first; what agrees is counted, and with ``every`` listed."""
    console = terminal()
    title = dossier.source.citation or dossier.source.name if dossier.source else dossier.name
    console.print(Text(title, style="bold"))
    if dossier.source is None:
        console.print(Text("  names no report, so there is no claim to hold against the facts\n"))
        return
    for line in settings_told(dossier.reading) if dossier.reading else ():
        console.print(Text(f"  {line}"))
    for grave, found in graded(findings(verdicts)):
        console.print(Text(f"\n{TITLES[grave]}", style=_STYLES[grave]))
        for finding in found:
            _print_finding(console, finding)
    rest = quiet(verdicts)
    _print_quiet(console, rest, every=every)
    _print_unchecked(console, rest)
    claims = len(dossier.source.claims)
    console.print(Text(f"\n{dossier.name}: {claims} claims: {summary(verdicts)}\n", style="bold"))


def _print_finding(console: Console, finding: Finding) -> None:
    """The claim with its places, and below it both figures and what would reproduce the print."""
    verdict = finding.verdict
    places = f" [{'; '.join(finding.places)}]" if finding.places else ""
    hang(console, Text(f"  {verdict.rule:<4} "), Text(f"{verdict.claim}{places}"))
    for text in (verdict.says, *verdict.notes):
        hang(console, Text(" " * 9), Text(text))
    for other in verdict.evidence:
        hang(console, Text(f"         {other.rule}: "), Text("; ".join((other.says, *other.notes))))
    for other in finding.related:
        hang(console, Text("         also "), Text(f"{other.claim}: {other.says}"))


def _print_quiet(console: Console, verdicts: tuple[Verdict, ...], *, every: bool) -> None:
    """What agrees, and what the dates or words allow among other figures: counted by kind."""
    for call, title in QUIET.items():
        mine = [verdict for verdict in verdicts if verdict.call is call]
        if not mine:
            continue
        kinds = Counter(verdict.claim.kind for verdict in mine)
        told = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())
        console.print(Text(f"\n{title}", style="bold"))
        if not every:
            hang(console, Text("  "), Text(told))
        for verdict in mine if every else ():
            place = f" [{verdict.claim.place}]" if verdict.claim.place else ""
            hang(console, Text(f"  {verdict.rule:<4} "), Text(f"{verdict.claim}{place}"))
            if call is Call.POSSIBLE:
                hang(console, Text(" " * 9), Text(verdict.says))


def _print_unchecked(console: Console, verdicts: tuple[Verdict, ...]) -> None:
    reasons = unchecked(verdicts)
    if reasons:
        console.print(Text("\nNot checkable, and why", style="bold"))
    for reason, told in reasons.items():
        hang(console, Text("  "), Text(f"{reason}: {told}", style="dim"))


def any_contradicted(verdicts: Iterable[Verdict]) -> bool:
    """Whether the exit code is to say so."""
    return any(verdict.call is Call.CONTRADICTED for verdict in verdicts)

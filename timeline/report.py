"""What the commands print of settings, rules and audits. As data it is in ``data.py``."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from timeline.auditing import RULES, Call, Verdict, unchecked
from timeline.console import add_row, columns, hang, terminal
from timeline.dossier import Dossier
from timeline.settings import SETTINGS
from timeline.show import settings_told

_STYLES = {
    Call.AGREES: "green",
    Call.POSSIBLE: "blue",
    Call.CONTRADICTED: "bold magenta",
    Call.NOT_CHECKABLE: "dim",
}


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
        console.print(Text(f"{rule.id} ({rule.severity}): {rule.checks}", style="bold"))
        for name in ("formula", "fires", "silent", "source"):
            hang(console, Text(f"  {name:<8} "), Text(getattr(rule, name)))
    console.print()


def print_audit(dossier: Dossier, verdicts: tuple[Verdict, ...]) -> None:
    """Each claim with its verdict; those that need no judgement are counted, not listed."""
    console = terminal()
    title = dossier.source.citation or dossier.source.name if dossier.source else dossier.name
    console.print(Text(title, style="bold"))
    if dossier.source is None:
        console.print(Text("  names no report, so there is no claim to hold against the facts\n"))
        return
    for line in settings_told(dossier.reading) if dossier.reading else ():
        console.print(Text(f"  {line}"))
    for verdict in verdicts:
        if verdict.call is not Call.NOT_CHECKABLE:
            _print_verdict(console, verdict)
    _print_unchecked(console, verdicts)
    counts = {call: sum(v.call is call for v in verdicts) for call in Call}
    told = ", ".join(f"{count} {call.value}" for call, count in counts.items())
    claims = f"{len(dossier.source.claims)} claims, {len(verdicts)} verdicts"
    console.print(Text(f"{dossier.name}: {claims}: {told}\n", style="bold"))


def _print_verdict(console: Console, verdict: Verdict) -> None:
    place = f" [{verdict.claim.place}]" if verdict.claim.place else ""
    head = Text(f"  {verdict.call.value:<14}", style=_STYLES[verdict.call])
    console.print(head + Text(f"{verdict.claim}{place}", style="default"))
    if verdict.call is Call.AGREES:
        return
    for text in (verdict.says, *verdict.notes):
        hang(console, Text(" " * 16), Text(text))


def _print_unchecked(console: Console, verdicts: tuple[Verdict, ...]) -> None:
    for reason, told in unchecked(verdicts).items():
        head = Text(f"  {Call.NOT_CHECKABLE.value:<14}", style=_STYLES[Call.NOT_CHECKABLE])
        hang(console, head, Text(f"{reason}: {told}", style="dim"))


def any_contradicted(verdicts: Iterable[Verdict]) -> bool:
    """Whether the exit code is to say so."""
    return any(verdict.call is Call.CONTRADICTED for verdict in verdicts)

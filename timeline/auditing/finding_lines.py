"""A finding in parts: what is printed, where, what the record gives, and what would be right.

Text, JSON, annotations, SARIF and pages are written from the same parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import filterfalse, takewhile

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.concerns import concern_of
from timeline.auditing.findings import Finding, findings
from timeline.auditing.one_verdict import RULE_BY_ID, severity_alone
from timeline.auditing.rule import Concern, Severity
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim

_FINDS = (Conclusion.CONTRADICTED, Conclusion.POSSIBLE)
_CONCERNS, _SEVERITIES = tuple(Concern), tuple(Severity)


@attrs.frozen(kw_only=True)
class PrintedFigure:
    """One printed figure of a finding.

    Attributes:
        claim: the claim; its ``where`` is the place in the file.
        subject: what it is a figure of, such as ``PFS line 4``.
        printed: the printed value with its unit.
        places: where the report prints it, each place once.
        recorded: what the record, or the other figures, give.
        expected: what would be right; empty where that is not known.
    """

    claim: Claim
    subject: str
    printed: str
    places: tuple[str, ...]
    recorded: str
    expected: str


@attrs.frozen(kw_only=True)
class EvidencePart:
    """What a further rule finds on the same figure, in a few words."""

    rule: str
    recorded: str


@attrs.frozen(kw_only=True)
class FindingLine:
    """A finding that is written as one line: figures with one cause share it.

    Attributes:
        concern: what it is about; findings are in the order of concerns.
        severity, conclusion: of its verdict.
        rule: the id of the rule that decides.
        figures: the printed figures, the first one first; one at least.
        evidence: what further rules find on the first figure.
        findings: the findings that share the line, with all that their verdicts rest on.
    """

    concern: Concern
    severity: Severity
    conclusion: Conclusion
    rule: str
    figures: tuple[PrintedFigure, ...]
    evidence: tuple[EvidencePart, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of its rules, the one that decides first."""
        return tuple(dict.fromkeys((self.rule, *(each.rule for each in self.evidence))))

    @property
    def title(self) -> str:
        """The subject of the finding: ``PFS line 4``, with the number of further figures."""
        more = len(self.figures) - 1
        return self.figures[0].subject + (f" and {more} more" if more else "")

    @property
    def text(self) -> str:
        """The finding in one line, without the conclusion and the codes of its rules."""
        recorded = joined([each.recorded for each in self.figures], numbers=False)
        parts = [_printed_text(self.figures), recorded]
        parts += [each.recorded for each in self.evidence if each.recorded]
        expected = joined((each.expected for each in self.figures if each.expected), numbers=False)
        parts += [f"should be {expected}"] if expected else []
        return "; ".join(parts)


def _printed_text(figures: tuple[PrintedFigure, ...]) -> str:
    """What is printed of which subject, and where; what all figures share is written once."""
    prints = list(dict.fromkeys(each.printed for each in figures))
    places = list(dict.fromkeys(each.places for each in figures))
    subjects = list(dict.fromkeys(each.subject for each in figures))
    if len(prints) == 1 and (len(places) == 1 or len(subjects) == 1):
        every = tuple(dict.fromkeys(place for each in places for place in each))
        return f"{joined(subjects)}: printed {prints[0]}{_places_text(every)}"
    if len(prints) == 1:
        named = [f"{each.subject}{_places_text(each.places)}" for each in figures]
        return f"{' and '.join(named)}: printed {prints[0]}"
    if len({each.claim.about or each.subject for each in figures}) == 1:
        named = [f"{each.printed}{_places_text(each.places)}" for each in figures]
        return f"{subjects[0]}: printed {', '.join(named)}"
    return ", and ".join(
        f"{each.subject}: printed {each.printed}{_places_text(each.places)}" for each in figures
    )


def finding_lines(verdicts: Iterable[Verdict]) -> tuple[FindingLine, ...]:
    """The findings in the order in which an editor checks them.

    In the order of their concerns, then by severity, then in the order of the report. Findings of
    one rule on one printed value at the same places, or with the same value on record, have one
    cause and share a line. No finding is left out.
    """
    lines: dict[tuple[object, ...], FindingLine] = {}
    for finding in findings(verdicts):
        line = _line(finding)
        keys = _causes(line)
        key = next((each for each in keys if each in lines), None)
        if key is None:
            lines |= dict.fromkeys(keys, line)
            continue
        old = lines[key]
        merged = _merged(old, line)
        lines = {each: merged if now is old else now for each, now in lines.items()}
    once = {id(each): each for each in lines.values()}
    return tuple(
        sorted(
            once.values(),
            key=lambda each: (_CONCERNS.index(each.concern), _SEVERITIES.index(each.severity)),
        )
    )


def _line(finding: Finding) -> FindingLine:
    verdict = leading_verdict(finding)
    figures = [_figure(verdict, finding.places)]
    figures += [_figure(each, _place(each.claim)) for each in finding.related]
    texts = [recorded_of(each) for each in verdict.evidence]
    known = {figures[0].recorded}
    evidence = []
    for each, text in zip(verdict.evidence, texts, strict=True):
        evidence.append(EvidencePart(rule=each.rule, recorded="" if text in known else text))
        known.add(text)
    return FindingLine(
        concern=concern_of(verdict),
        severity=finding.severity,
        conclusion=verdict.conclusion,
        rule=verdict.rule,
        figures=tuple(figures),
        evidence=tuple(evidence),
        findings=(finding,),
    )


def leading_verdict(finding: Finding) -> Verdict:
    """The verdict that makes it a finding, with the other verdicts on the figure as its evidence.

    A verdict on the figure alone comes before one on several figures together, and one that
    recomputes the figure before others with the same conclusion.
    """
    every = (finding.verdict, *finding.verdict.evidence)
    highest = [each for each in every if severity_alone(each) is finding.severity]
    first = next(iter((*filterfalse(_is_joint, highest), *highest)), finding.verdict)
    alike = [each for each in every if each.conclusion is first.conclusion and _recomputes(each)]
    lead = first if _recomputes(first) else next(iter(alike), first)
    rest = [each for each in every if each is not lead and each.conclusion in _FINDS]
    rest.sort(key=_is_joint)
    return attrs.evolve(lead, evidence=tuple(rest))


def _recomputes(verdict: Verdict) -> bool:
    row = RULE_BY_ID.get(verdict.rule)
    return row is not None and row.reproduces


def _is_joint(verdict: Verdict) -> bool:
    row = RULE_BY_ID.get(verdict.rule)
    return row is not None and row.joint


def _figure(verdict: Verdict, places: tuple[str, ...]) -> PrintedFigure:
    claim = verdict.claim
    return PrintedFigure(
        claim=claim,
        subject=claim.subject,
        printed=printed_of(claim),
        places=places,
        recorded=recorded_of(verdict),
        expected=verdict.expected,
    )


_PERCENT = ("percent", "rate", "risk-reduction")


def printed_of(claim: Claim) -> str:
    """The printed value with its unit; a percentage with its sign, which the file leaves out."""
    return f"{claim.figure} %" if claim.kind in _PERCENT and "%" not in claim.text else claim.figure


def _place(claim: Claim) -> tuple[str, ...]:
    return (claim.place,) if claim.place else ()


def _causes(line: FindingLine) -> tuple[tuple[object, ...], ...]:
    """What a finding shares with another of one cause; a finding with evidence has its own line."""
    first = line.figures[0]
    if line.evidence or len(line.figures) > 1:
        return ((id(line),),)
    same = (line.rule, line.severity, line.conclusion, line.concern, first.printed)
    return (*same, "at", first.places), (*same, "recorded", first.recorded)


def _merged(line: FindingLine, other: FindingLine) -> FindingLine:
    figures, both = (*line.figures, *other.figures), (*line.findings, *other.findings)
    return attrs.evolve(line, figures=figures, findings=both)


def recorded_of(verdict: Verdict) -> str:
    """What the record, or the other figures, give; else the first clause of the description.

    A description begins with what is printed, which is left out.
    """
    if verdict.recorded:
        return verdict.recorded
    claim, text = verdict.claim, verdict.description
    units = "|".join(map(re.escape, (claim.unit or "%", "%")))
    printed = rf"printed (?:{re.escape(claim.kind)} )?{re.escape(claim.text)}(?: (?:{units}))?"
    text = re.sub(rf"^{printed}(?![\w.])", "", text)
    whole = re.match(r"[;:] ", text) is None  # more is printed with it
    clauses = _clauses(text.lstrip(";: "))
    if whole and len(clauses) == 1 and verdict.notes:
        clauses += verdict.notes[:1]
    return "; ".join(clauses[: 1 + whole]) or verdict.description


def _clauses(text: str) -> list[str]:
    """The clauses of a description: split at semicolons outside of brackets."""
    found, depth = [""], 0
    for letter in text:
        depth += (letter in "([") - (letter in ")]")
        if letter == ";" and depth <= 0:
            found.append("")
        else:
            found[-1] += letter
    return [each.strip() for each in found if each.strip()]


_MOST_PLACES = 2  # places that a line names


def _places_text(places: tuple[str, ...]) -> str:
    more = len(places) - _MOST_PLACES
    shown = "; ".join(places[:_MOST_PLACES]) + (f"; {more} more" if more > 0 else "")
    return f" [{shown}]" if places else ""


def joined(texts: Iterable[str], *, numbers: bool = True) -> str:
    """Texts with ``and`` between them; the words that all begin or end with are written once.

    Args:
        texts: the texts; one that is repeated counts once.
        numbers: whether a word with a digit may be among those that are written once.

    >>> joined(["from surgery to scan 1", "from surgery to scan 2"])
    'from surgery to scan 1 and 2'
    """
    once = [text.split(" ") for text in dict.fromkeys(texts)]
    if len(once) < 2:
        return " ".join(once[0]) if once else ""
    start = _shared(once, numbers=numbers)
    rest = [text[start:] for text in once]
    end = _shared([text[::-1] for text in rest], numbers=numbers)
    middles = [" ".join(text[: len(text) - end]) for text in rest]
    tail = rest[0][len(rest[0]) - end :]
    return " ".join([*once[0][:start], " and ".join(filter(None, middles)), *tail])


def _shared(texts: list[list[str]], *, numbers: bool) -> int:
    """How many words all texts begin with, up to the first number where ``numbers`` is false."""

    def same(column: tuple[str, ...]) -> bool:
        return len(set(column)) == 1 and (numbers or not re.search(r"\d", column[0]))

    return sum(1 for _ in takewhile(same, zip(*texts, strict=False)))

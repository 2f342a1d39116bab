"""What an analysis of one text gives, in parts that can be passed between processes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from timeline.core.problem import Problem
from timeline.views.case_rows import EventRow, LineTable, OutcomeRow

FIRST_FIGURE = "timeline"


@attrs.frozen(kw_only=True)
class Request:
    """A text that is to be analysed.

    Attributes:
        text: of a case or a report.
        path: where it is, or would be, saved.
        figure: the kind of figure, a name of ``renderers.FIGURES``.
        language: of the fixed words of the figure.
        settings: settings that override those of the text.
        others: texts of other files that are not saved, by their absolute paths.
    """

    text: str
    path: Path
    figure: str = FIRST_FIGURE
    language: str = "en"
    settings: Mapping[str, str] = attrs.field(factory=dict)
    others: Mapping[Path, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class SourceLine:
    """A problem or a remark with the line of the file that it is about.

    Attributes:
        file: the name of the file, from the folder of the text on.
        line, column: its place, counted from 1; 0 means the entire file.
        what: what is wrong and what to write, or what is unusual.
        severity: ``error``, or that of a remark.
        source: of the rule of a remark; empty for a problem.
        text: the line of the file; empty if the entire file is meant.
        is_here: whether it is in the text itself, and not in its partner.
        path: the file, absolute.
    """

    file: str
    line: int
    column: int
    what: str
    severity: str
    source: str = ""
    text: str = ""
    is_here: bool = True
    path: Path = Path()


@attrs.frozen(kw_only=True)
class Derivation:
    """The steps behind one endpoint: each says what was done, and by which source."""

    name: str
    value: str
    steps: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class Record:
    """What the text holds, and what is derived from it.

    Attributes:
        problems: everything that a check finds.
        faults: the same, each with its line.
        remarks: what is unusual but possible, each with its line.
        heading: the name of the case and its patient; of a report its citation.
        summary: the number of events, lines and claims.
        events: in order of time.
        lines: the scans of each line, with their status.
        endpoints: PFS and OS, with reasons.
        more_endpoints: all others.
        derivations: the steps behind the endpoints.
        notes: ratios, the count of lines, settings that are not at their default.
        reads: other files that the result depends on: the partner of the text, and the palette.
        fault: why this part could not be made, by no fault of the text; else empty.
        is_sound: whether the text could be read.
    """

    problems: tuple[Problem, ...] = ()
    faults: tuple[SourceLine, ...] = ()
    remarks: tuple[SourceLine, ...] = ()
    heading: str = ""
    summary: str = ""
    events: tuple[EventRow, ...] = ()
    lines: tuple[LineTable, ...] = ()
    endpoints: tuple[OutcomeRow, ...] = ()
    more_endpoints: tuple[OutcomeRow, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    notes: tuple[str, ...] = ()
    reads: tuple[Path, ...] = ()
    fault: str = ""
    is_sound: bool = False

    @property
    def is_good(self) -> bool:
        """Whether the text could be read, so that its content is there."""
        return self.is_sound and not self.fault


@attrs.frozen(kw_only=True)
class Drawn:
    """A figure as SVG, or why there is none.

    Attributes:
        kind: a name of ``renderers.FIGURES``.
        svg: the figure; empty where there is none.
        name: of the figure.
        alt: the figure in words.
        caption: the text below it in print.
        conventions: how its marks are read, which print leaves to the methods; may be empty.
        fault: why there is none.
    """

    kind: str = FIRST_FIGURE
    svg: str = ""
    name: str = ""
    alt: str = ""
    caption: str = ""
    conventions: str = ""
    fault: str = ""

    @property
    def is_good(self) -> bool:
        """Whether there is a figure."""
        return bool(self.svg)


@attrs.frozen(kw_only=True)
class Finding:
    """One line of the audit.

    Attributes:
        concern: what it is about, as the heading of a group.
        conclusion: contradicted, possible ..
        severity: error, warning or note.
        rule: the rule that decides.
        text: what is printed and where, what the record gives, what would be right.
        path: the file of the claim, absolute.
        file: its name, from the folder of the text on.
        line, column: the place of the claim in its file; counted from 1.
        is_here: whether it is in the text itself, and not in its partner.
        number: its place among the findings, from 0, by which a page leads to it.
        others: the other claims that it is about, at every place where they are printed.
        events: the events on record that it speaks of, in order of time.
        basis: what was compared, and each definition that would reproduce the print: the first
            one of the rule that decides.
    """

    concern: str
    conclusion: str
    severity: str
    rule: str
    text: str
    path: Path = Path()
    file: str = ""
    line: int = 0
    column: int = 0
    is_here: bool = True
    number: int = 0
    others: tuple[PlacedEntry, ...] = ()
    events: tuple[PlacedEntry, ...] = ()
    basis: tuple[Compared, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of its rules, the one that decides first."""
        return tuple(dict.fromkeys((self.rule, *(each.rule for each in self.basis if each.rule))))


@attrs.frozen(kw_only=True)
class Compared:
    """What one rule compared of a finding.

    ``claim``: the printed value, of another figure with the same fault; empty of the figure itself.
    ``notes``: further sentences, such as each definition that would reproduce the print.
    """

    rule: str
    text: str
    claim: str = ""
    notes: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class PlacedEntry:
    """A claim or an event with its place.

    ``words``: what a claim is a figure of, and what is printed; the label of an event. ``file``:
    the name of its file, from the folder of the text on.
    """

    words: str
    path: Path
    file: str
    line: int
    column: int
    is_here: bool


@attrs.frozen(kw_only=True)
class Reason:
    """Claims without a finding that have one verdict for one reason.

    Attributes:
        conclusion: possible, or not checkable.
        rule: the rule that was applied; empty where none is of such a claim.
        text: the reason, with what to write where that makes a claim checkable.
        claims: in the order of the report.
        number: its place among the entries of the audit, which go on from the findings.
    """

    conclusion: str
    text: str
    claims: tuple[PlacedEntry, ...]
    number: int
    rule: str = ""


@attrs.frozen(kw_only=True)
class ClaimVerdict:
    """The verdict on one claim.

    Attributes:
        conclusion: agrees, contradicted ..
        path: the file of the claim, absolute.
        line, column: the place of the claim in its file; counted from 1.
        finding: the number of its finding, or of its reason; None where it has neither, as of a
            claim that agrees.
        claim: the claim with its words, as a page lists it.
    """

    conclusion: str
    path: Path
    line: int
    column: int
    finding: int | None = None
    claim: PlacedEntry | None = None


@attrs.frozen(kw_only=True)
class RuleText:
    """A rule of the audit in words: the columns of ``timeline rules``."""

    id: str
    checks: str
    formula: str
    severity: str
    source: str
    example_fail: str
    example_ok: str


@attrs.frozen(kw_only=True)
class Audited:
    """The audit.

    Attributes:
        findings: in the order of an editor.
        reasons: why other claims are possible only, or not checkable.
        verdicts: on each claim.
        summary: how many claims have each verdict, and how many findings there are.
        rules: the rules of its findings and reasons, by id.
        fault: why there is no audit; else empty.
        is_done: whether the claims were audited.
    """

    findings: tuple[Finding, ...] = ()
    reasons: tuple[Reason, ...] = ()
    verdicts: tuple[ClaimVerdict, ...] = ()
    summary: str = ""
    rules: Mapping[str, RuleText] = attrs.field(factory=dict)
    fault: str = ""
    is_done: bool = False

    @property
    def is_good(self) -> bool:
        """Whether the claims were audited."""
        return self.is_done and not self.fault


Part = Record | Drawn | Audited


@attrs.frozen(kw_only=True)
class Analysis:
    """All parts of one text."""

    record: Record = attrs.field(factory=Record)
    figure: Drawn = attrs.field(factory=Drawn)
    audit: Audited = attrs.field(factory=Audited)

    def with_part(self, part: Part) -> Analysis:
        """The analysis with one part in place of its own."""
        if isinstance(part, Record):
            return attrs.evolve(self, record=part)
        if isinstance(part, Drawn):
            return attrs.evolve(self, figure=part)
        return attrs.evolve(self, audit=part)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the text or its partner, as ``timeline check`` names it."""
        return self.record.problems

    @property
    def remarks(self) -> tuple[SourceLine, ...]:
        """What is unusual but possible."""
        return self.record.remarks

    @property
    def events(self) -> tuple[EventRow, ...]:
        """The events in order of time."""
        return self.record.events

    @property
    def endpoints(self) -> tuple[OutcomeRow, ...]:
        """All endpoints with reasons, PFS and OS first."""
        return (*self.record.endpoints, *self.record.more_endpoints)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the audit finds."""
        return self.audit.findings

    @property
    def figure_svg(self) -> str:
        """The figure; empty if there is none."""
        return self.figure.svg

"""The endpoints: ranges with their reasons, what is not derived, and what policies change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from timeline.endpoints.censoring.policies import POLICIES
from timeline.endpoints.derived_case import DerivedCase
from timeline.endpoints.line_numbers import line_count_text, numbering_notes
from timeline.endpoints.sensitivity import outcomes_by_policy
from timeline.record.lines import Line
from timeline.record.reference_words import without_ids
from timeline.results.statuses import Outcome
from timeline.settings.response import SETTINGS
from timeline.terminology.criteria import RESPONSES
from timeline.terminology.endpoints import rows_of
from timeline.views.board_report.content import (
    Block,
    Cell,
    Column,
    Items,
    Paragraph,
    RowGroup,
    Section,
    Table,
    lines,
    table,
)
from timeline.views.case_rows import outcome_rows, ratio_texts
from timeline.views.case_view import group_policies, policy_text
from timeline.views.sensitivity_lines import SHOWN, sensitivity_lines

OF_A_LINE = ("PFS", "DoR", "TTNT", "OS")  # what a board asks of each line, with the best response
_COLUMNS = (
    Column("endpoint", "Endpoint", 5),
    Column("value", "Days and months", 7),
    Column("state", "State", 3),
    Column("between", "From, to", 10),
    Column("reason", "Reason", 8),
)
_MONTH = "1 month = 30.4375 days. Ranges hold every value that the dates allow, both ends included."
_MEANINGS = (
    "Event: it was observed. Censored: it was not observed up to then. "
    "Undecided: the record allows both."
)


def endpoints_section(derived: DerivedCase) -> Section:
    """Best response, PFS, DoR, TTNT and OS of each line, and the endpoints of the patient.

    Args:
        derived: the derived case; with its flags, if other answers to settings are to be listed.
    """
    groups = [
        RowGroup(tuple(_line_rows(derived, line)), f"Line {line.number}: {line.regimen}")
        for line in derived.case.lines
    ]
    whole = [each for each in derived.outcomes if each.line is None]
    groups.append(RowGroup(tuple(_rows(derived, whole)), "The patient"))
    groups = [each for each in groups if each.rows]
    shown = [each for line in derived.case.lines for each in _of_line(derived, line)] + whole
    if groups:
        notes = (f"{_MEANINGS} {_MONTH}", *_counts(derived))
        first: Block = Table(
            key="endpoints", title="Endpoints", columns=_COLUMNS, groups=tuple(groups), notes=notes
        )
    else:
        first = Paragraph("No endpoint can be derived: the reasons follow.")
    blocks = (
        first,
        *_not_derived(derived, shown),
        *_policies(derived),
        *_sensitivity(derived, shown),
    )
    return Section("endpoints", "Endpoints", blocks)


def _of_line(derived: DerivedCase, line: Line) -> list[Outcome]:
    """The outcomes of a line that are shown, from each origin; PFS by each criterion first."""
    return [
        outcome
        for name in OF_A_LINE
        for outcome in derived.outcomes
        if outcome.line == line.number and outcome.endpoint == name
    ]


def _line_rows(derived: DerivedCase, line: Line) -> Iterator[tuple[Cell, ...]]:
    for title in derived.criteria[line.number]:
        best = next((b for b in derived.best if (b.criterion, b.line) == (title, line.number)
                     and b.labels), None)  # fmt: skip
        if best is not None:
            texts = (f"Best response, {title}", " or ".join(best.labels))
            sure = "confirmed" if best.labels == best.confirmed else "with confirmation: " + (
                " or ".join(best.confirmed)
            )  # fmt: skip
            need = bool(set(best.labels) & RESPONSES)
            yield tuple(map(Cell, (*texts, "", sure if need else "", "; ".join(best.remarks))))
    yield from _rows(derived, _of_line(derived, line))


def _rows(derived: DerivedCase, outcomes: Sequence[Outcome]) -> Iterator[tuple[Cell, ...]]:
    """A row for each range of each outcome that says something of the time."""
    for outcome in outcomes:
        if not outcome.is_evaluable:
            continue
        name = outcome.printed if outcome.is_primary else f"{outcome.printed}, other origin"
        may = "by some of the possible findings there is none" if outcome.may_be_none else ""
        for row in outcome_rows((outcome,), derived.case):
            between = f"from {row.origin}\nto {row.end}"
            zero = _why_zero(derived, outcome) if row.value.startswith("0 ") else ""
            texts = (name, row.value, row.state, between, lines(row.reason, may, zero))
            yield tuple(map(Cell, texts))


def _why_zero(derived: DerivedCase, outcome: Outcome) -> str:
    """Why a time of a line may be 0 days, though cycles of its treatment are on record."""
    line = derived.case.line(outcome.line)
    mine = line.treatments if line is not None else ()
    given = [each.cycles for each in mine if each.cycles and not each.cycle]
    text = "0 days: by the dates on record it may have begun and ended on one day"
    if not given or outcome.endpoint != "PFS":
        return text
    cycles = " + ".join(map(str, given))
    return f"{text}; {cycles} cycles are on record, but not how long one was"


def _counts(derived: DerivedCase) -> Iterator[str]:
    """How lines are counted, the ratios of PFS, and the policy in force."""
    if derived.case.lines:
        yield ". ".join(_sentence(each) for each in (
            line_count_text(derived), *numbering_notes(derived))) + "."  # fmt: skip
        yield _sentence(policy_text(derived)) + "."
    ratios = [_sentence(each) for each in ratio_texts(derived)]
    if ratios:
        yield ". ".join(ratios) + "."


def _sentence(text: str) -> str:
    return (text[:1].upper() + text[1:]).rstrip(".")


def _not_derived(derived: DerivedCase, outcomes: Sequence[Outcome]) -> tuple[Block, ...]:
    """What says nothing of the time, with the reason: those with one reason together."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in outcomes:
        if not each.is_evaluable:
            reason = without_ids(each.reason, derived.case.events)
            found.setdefault((each.printed_state, reason), []).append(_named(each))
    texts = tuple(
        f"{', '.join(dict.fromkeys(names))}: {state}" + (f" ({reason})" if reason else "")
        for (state, reason), names in found.items()
    )
    if not texts:
        return ()
    return (Paragraph("Not derived, and why", strong=True), Items("not_derived", texts))


def _named(outcome: Outcome) -> str:
    return outcome.name if outcome.is_primary else f"{outcome.name} from another origin"


def _policies(derived: DerivedCase) -> tuple[Block, ...]:
    """The endpoints that differ between the censoring policies, and their value under each."""
    found = outcomes_by_policy(derived)
    columns = (
        Column("endpoint", "Endpoint", 3),
        Column("policy", "Policy", 3),
        Column("value", "Days and months", 7),
        Column("state", "State", 3),
        Column("to", "To", 9),
    )
    rows = []
    for row in zip(*found.values(), strict=True):
        if row[0].endpoint not in OF_A_LINE or not row[0].is_primary:
            continue
        same: dict[tuple[str, ...], list[str]] = {}
        for (state, days, end, _), names in group_policies(
            dict(zip(found, row, strict=True))
        ).items():
            same.setdefault((days, state, end), []).extend(names)
        for cells, names in same.items() if len(same) > 1 else ():
            titles = ", ".join(POLICIES[name].words for name in names)
            texts = (row[0].name, titles, *cells)
            rows.append([without_ids(text, derived.case.events) for text in texts])
    notes = tuple(f"{each.words}: {each.description}." for each in POLICIES.values())
    title = "Endpoints that differ between the censoring policies"
    none = "No endpoint of a line differs between the censoring policies " + ", ".join(
        each.words for each in POLICIES.values()
    )
    shown: tuple[Block, ...] = table("policies", title, columns, rows, notes=notes)
    return shown or ((Paragraph(f"{none}."),) if derived.case.lines else ())


def _sensitivity(derived: DerivedCase, shown: Sequence[Outcome]) -> tuple[Block, ...]:
    """What other answers to the settings would change, the largest change first."""
    found = sensitivity_lines(shown)
    if not found:
        return ()
    texts = [without_ids(str(each), derived.case.events) for each in found[:SHOWN]]
    if len(found) > SHOWN:
        texts.append(f"smaller changes that are not listed: {len(found) - SHOWN}")
    head = Paragraph("What other answers to the settings would change", strong=True)
    named = dict.fromkeys(name for each in found[:SHOWN] for name in each.settings)
    asked = tuple(Paragraph(f"{name}: {SETTINGS[name].description}.") for name in named)
    return head, Items("sensitivity", tuple(texts)), *asked


def endpoint_sources(derived: DerivedCase) -> dict[str, str]:
    """The definition and the source of each endpoint that the report shows, by its name."""
    names = dict.fromkeys(
        (*(name for name in OF_A_LINE if derived.case.lines),
         *(each.endpoint for each in derived.outcomes if each.line is None and each.is_evaluable))
    )  # fmt: skip
    return {
        f"{row.name}: {row.description}": row.source
        for name in names
        for row in rows_of(name)
        if derived.case.lines or not row.per_line
    }

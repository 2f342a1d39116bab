"""Lines of therapy counted by rule, to compare with the numbers that the report gives them.

Each regimen is compared with the one before it; the first row that applies decides whether it
begins a line. The description of a row names its setting, if there is one.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import attrs

from timeline.core.calendar.partial_dates import Period
from timeline.core.span import Span
from timeline.endpoints.progression_anchors import PROGRESSION_CATEGORIES
from timeline.endpoints.surgery_anchors import first_recurrence
from timeline.record.case import Case
from timeline.record.event_parts.treatment_settings import CURATIVE
from timeline.record.events import Scan, Treatment
from timeline.record.lines import Line
from timeline.results.statuses import AssessedCase
from timeline.terminology.criteria import PRIMARY
from timeline.terminology.drugs import is_named_drug
from timeline.terminology.response_words import categories_of

EARLY_RELAPSE_DAYS = 180
_SAINI = "Saini 2021, Br J Cancer 125:155, lines of therapy in solid cancers"
_FIELD = "common usage, no single source"


class LineStatus(StrEnum):
    """What a regimen is to the count of lines."""

    NEW = "a new line"
    SAME = "the same line"
    APART = "no line"  # curative intent or local: counted apart


@attrs.frozen
class RegimenContext:
    """A regimen with what came before it; ``progressed`` None: the record leaves it open."""

    treatment: Treatment
    assessed: AssessedCase
    earlier: tuple[Treatment, ...] = ()
    progressed: bool | None = False

    @property
    def last(self) -> Treatment | None:
        """The regimen before it."""
        return self.earlier[-1] if self.earlier else None

    @property
    def before(self) -> tuple[Treatment, ...]:
        """The regimen before it: the last treatment, and those that started with it."""
        if self.last is None:
            return ()
        case, last = self.assessed.case, self.last
        return tuple(each for each in self.earlier if each is last or _together(case, each, last))

    @property
    def agents(self) -> frozenset[str]:
        """The drugs given from its start on: its own, and those before it that go on."""
        going_on = (each for each in self.before if _goes_on(each, self.treatment))
        return drug_names(self.treatment).union(*map(drug_names, going_on))

    @property
    def are_named(self) -> bool:
        """Whether the record names every drug of it and of those before it, to compare them."""
        return all(is_named_drug(name) for name in self.agents | self.agents_before)

    @property
    def agents_before(self) -> frozenset[str]:
        return frozenset[str]().union(*map(drug_names, self.before))


@attrs.frozen(kw_only=True)
class CountingRule:
    """A row: when it applies (None: the record leaves it open), and what it counts as."""

    name: str
    description: str
    applies: Callable[[RegimenContext], bool | None]
    counts: LineStatus | Callable[[RegimenContext], LineStatus]
    source: str


@attrs.frozen(kw_only=True)
class CountedRegimen:
    """One regimen as the rules count it: every row that the record allows, and their results."""

    treatment: Treatment
    rules: tuple[CountingRule, ...]
    counts: tuple[LineStatus, ...]
    are_named: bool = True  # the drugs that the rules compare

    @property
    def certain(self) -> LineStatus | None:
        """What it counts as where every row agrees."""
        return self.counts[0] if len(set(self.counts)) == 1 else None

    def by(self, name: str) -> bool:
        """Whether one row alone decides it."""
        return [rule.name for rule in self.rules] == [name]


def drug_names(treatment: Treatment) -> frozenset[str]:
    """The drugs of a regimen, by name."""
    return frozenset(each.agent.lower() for each in treatment.drugs)


def _curative(regimen: RegimenContext) -> LineStatus:
    answer = regimen.assessed.settings.count_adjuvant_as_line
    early = answer == "yes_if_relapse_within_180d" and _early_relapse(regimen) is True
    return LineStatus.NEW if answer == "yes" or early else LineStatus.APART


def _early_relapse(regimen: RegimenContext) -> bool | None:
    """Whether the disease came back within 180 days of the end of curative treatment."""
    back = first_recurrence(regimen.assessed)
    if back is None or regimen.treatment.end is None:
        return False if back is None else None
    case = regimen.assessed.case
    after = case.days_between((regimen.treatment, "end"), (back, "start"))
    if after.high <= EARLY_RELAPSE_DAYS:
        return True
    return False if after.low > EARLY_RELAPSE_DAYS else None


def _of_named(
    compare: Callable[[RegimenContext], bool | None],
) -> Callable[[RegimenContext], bool | None]:
    """A comparison of drugs, open where the record does not name them."""
    return lambda regimen: compare(regimen) if regimen.are_named else None


def _added(regimen: RegimenContext) -> LineStatus:
    same = regimen.assessed.settings.addon_without_pd == "same_line"
    return LineStatus.SAME if same else LineStatus.NEW


def _goes_on(last: Treatment, treatment: Treatment) -> bool:
    """Whether a treatment certainly goes on after another has started."""
    is_ongoing = isinstance(last.at, Period) and last.at.ongoing
    return is_ongoing or (last.end is not None and last.end.span.low > treatment.start.span.high)


def _together(case: Case, one: Treatment, other: Treatment) -> bool | None:
    """Whether two treatments start on one day; None where both have one and the same vague date."""
    if case.days_between((one, "start"), (other, "start")) == Span.point(0):
        return True
    span = one.start.span
    return None if span.is_bounded and span == other.start.span else False


def _starts_together(regimen: RegimenContext) -> bool | None:
    """Whether it starts with the one before it, and the report counts both to one line."""
    last, treatment = regimen.last, regimen.treatment
    if last is None or last.line != treatment.line:
        return False
    return _together(regimen.assessed.case, last, treatment)


def _rechallenge(regimen: RegimenContext) -> bool | None:
    """The same drugs after another regimen, or after progression off them.

    Maintenance with some of the drugs that were given directly before is no rechallenge, though
    an earlier line had them as well; after progression it is one.
    """
    if regimen.last is not None and regimen.agents == regimen.agents_before:
        truths = (regimen.progressed, _had_gap(regimen.last, regimen.treatment))
        return False if False in truths else None if None in truths else True
    earlier = regimen.earlier[: -len(regimen.before) or None]
    was_given = regimen.agents in [drug_names(each) for each in earlier]
    if not was_given and not all(
        map(is_named_drug, frozenset[str]().union(*map(drug_names, earlier)))
    ):
        return None
    return regimen.progressed if was_given and regimen.agents < regimen.agents_before else was_given


def _had_gap(last: Treatment, treatment: Treatment) -> bool | None:
    """Whether a regimen ended some days before the next began."""
    if last.end is None:
        return None
    if treatment.start.span.low > last.end.span.high + 1:
        return True
    return None if treatment.start.span.high > last.end.span.low + 1 else False


# The first row that applies decides. name, when, what it counts as, source. Read in Saini 2021:
# curative and palliative lines are counted apart (abstract), and only systemic therapy makes a
# line (table 1). Its other rows follow our reading and were not held against the text.
COUNTING = (
    CountingRule(
        name="curative",
        description="treatment with curative intent (setting count_adjuvant_as_line)",
        applies=lambda regimen: regimen.treatment.setting in CURATIVE,
        counts=_curative,
        source=_SAINI,
    ),
    CountingRule(
        name="local",
        description="local treatment is no systemic line",
        applies=lambda regimen: regimen.treatment.setting == "local",
        counts=LineStatus.APART,
        source=_SAINI,
    ),
    CountingRule(
        name="maintenance",
        description="maintenance after induction stays in the line",
        applies=lambda regimen: regimen.treatment.setting == "maintenance",
        counts=LineStatus.SAME,
        source=_SAINI,
    ),
    CountingRule(
        name="first",
        description="the first systemic regimen is line 1",
        applies=lambda regimen: regimen.last is None,
        counts=LineStatus.NEW,
        source=_SAINI,
    ),
    CountingRule(
        name="together",
        description="treatments of one line that start on one day are one regimen",
        applies=_starts_together,
        counts=LineStatus.SAME,
        source=_FIELD,
    ),
    CountingRule(
        name="rechallenge",
        description="drugs given before are given again, after another regimen or progression "
        "off them",
        applies=_of_named(_rechallenge),
        counts=LineStatus.NEW,
        source=_FIELD,
    ),
    CountingRule(
        name="unchanged",
        description="the same drugs go on",
        applies=_of_named(lambda regimen: regimen.agents == regimen.agents_before),
        counts=LineStatus.SAME,
        source=_SAINI,
    ),
    CountingRule(
        name="after progression",
        description="the drugs change after progression",
        applies=lambda regimen: regimen.progressed,
        counts=LineStatus.NEW,
        source=_SAINI,
    ),
    CountingRule(
        name="fewer drugs",
        description="a drug is left out without progression",
        applies=_of_named(lambda regimen: regimen.agents < regimen.agents_before),
        counts=LineStatus.SAME,
        source=_SAINI,
    ),
    CountingRule(
        name="added",
        description="a drug is added without progression (setting addon_without_pd)",
        applies=_of_named(lambda regimen: regimen.agents > regimen.agents_before),
        counts=_added,
        source="no standard, hence a setting",
    ),
    CountingRule(
        name="other drugs",
        description="other drugs are given without progression",
        applies=lambda _: True,
        counts=LineStatus.NEW,
        source=_FIELD,
    ),
)


def count_regimens(assessed: AssessedCase) -> tuple[CountedRegimen, ...]:
    """Every regimen of a case in order of time, as the rules count it."""
    found: list[CountedRegimen] = []
    systemic: list[Treatment] = []
    for treatment in assessed.case.all_of(Treatment):
        progressed = _progressed(assessed, systemic[-1], treatment) if systemic else False
        regimen = RegimenContext(treatment, assessed, tuple(systemic), progressed)
        found.append(_count_regimen(regimen))
        if LineStatus.APART not in found[-1].counts:
            systemic.append(treatment)
    return tuple(found)


def _count_regimen(regimen: RegimenContext) -> CountedRegimen:
    rules: list[CountingRule] = []
    for rule in COUNTING:
        applies = rule.applies(regimen)
        if applies is not False:
            rules.append(rule)
        if applies:
            break
    counts = tuple(
        rule.counts if isinstance(rule.counts, LineStatus) else rule.counts(regimen)
        for rule in rules
    )
    return CountedRegimen(
        treatment=regimen.treatment,
        rules=tuple(rules),
        counts=counts,
        are_named=regimen.are_named,
    )


def _progressed(assessed: AssessedCase, last: Treatment, treatment: Treatment) -> bool | None:
    """Whether the disease progressed under one regimen before the next began."""
    if last.stop == "progression":
        return True
    scans = (scan for scan in assessed.case.all_of(Scan) if scan.line == last.line)
    since = [scan for scan in scans if scan.start.span.high >= last.start.span.low]
    truths = {_shows_progression(assessed, scan, treatment) for scan in since}
    return True if True in truths else None if None in truths else False


def _shows_progression(assessed: AssessedCase, scan: Scan, treatment: Treatment) -> bool | None:
    """Whether a scan shows progression before a treatment, or is reported as progression."""
    found = assessed.progression(PRIMARY.title, scan.line) if scan.line else None
    called = [set(categories_of(word)) for _, word in scan.called]
    reported = any(word and word <= PROGRESSION_CATEGORIES for word in called)
    perhaps = any(word & PROGRESSION_CATEGORIES for word in called)
    documents = found is not None and any(scan is each for each in found.scans)
    if not (perhaps or documents) or scan.start.span.low > treatment.start.span.high:
        return False
    certain = reported or (found is not None and found.always and scan is found.scans[-1])
    before = scan.start.span.high <= treatment.start.span.low or scan.line != treatment.line
    return True if certain and before else None


def added_without_progression(assessed: AssessedCase, line: Line) -> tuple[Treatment, ...]:
    """The regimens of a line that only add a drug to the one before."""
    return tuple(
        each.treatment
        for each in count_regimens(assessed)
        if each.by("added") and each.treatment.line == line.number
    )

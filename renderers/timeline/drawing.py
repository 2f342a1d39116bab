"""What every section of a timeline is made from: the patient, the page, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from renderers.axes.calendar_page import TimelinePage
from renderers.scene.styles import Style, line_style, named_bars
from renderers.text.line_summary import criterion_of
from renderers.timeline.options import TimelineOptions
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Treatment
from timeline.record.lines import Line
from timeline.results.statuses import Status
from timeline.terminology.criteria import TERMS, having_their_own
from timeline.terminology.response_words import categories_of

ALL = "all"


@attrs.frozen(kw_only=True)
class Drawing:
    """One patient on one page. ``own``: the style of each drug that bars are coloured by."""

    derived: DerivedCase
    page: TimelinePage
    options: TimelineOptions = TimelineOptions()
    own: Mapping[str, Style] = attrs.Factory(dict)

    def bar_style(self, treatment: Treatment, agent: str) -> str:
        """The style of the bar of one drug of a treatment."""
        if agent in self.own:
            return self.own[agent].name
        return line_style(treatment.line) if treatment.line is not None else "setting"

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses with a label, by the criteria that have a row."""
        used = {line.number: set(self.criteria_of(line)) for line in self.derived.case.lines}
        return tuple(
            each
            for each in self.derived.statuses
            if each.labels and each.criterion in used.get(each.line, TERMS)
        )

    def criteria_of(self, line: Line) -> tuple[str, ...]:
        """The criteria that a line has a row for, in the order of the registry."""
        wanted = self.options.criteria or tuple(used_criteria(self.derived, line))
        return tuple(title for title in TERMS if ALL in wanted or title in wanted)


def used_criteria(derived: DerivedCase, line: Line) -> Iterator[str]:
    """The criteria that are used for a line.

    The one that it is judged by (RECIST 1.1 where the report names none), those whose own words
    the authors use for a scan of it, such as iUPD, and those that the user asks for.
    """
    yield criterion_of(line)
    yield from derived.settings.also_judged_by
    for status in derived.statuses:
        if status.line == line.number:
            words = (word for _, called in status.scan.called for word in categories_of(called))
            yield from (title for word in words for title in _own(word, criterion_of(line)))


def _own(word: str, criterion: str) -> tuple[str, ...]:
    """The criteria whose own word it is; where several have it, that of the line, if it is one."""
    titles = tuple(row.title for row in having_their_own(word))
    return (criterion,) if criterion in titles else titles


def drug_styles(derived: DerivedCase, options: TimelineOptions) -> dict[str, Style]:
    """A style for each drug of the treatments, coloured by its name; none where lines colour."""
    if options.colour != "drug":
        return {}
    treatments = (event for event in derived.case.events if isinstance(event, Treatment))
    agents = dict.fromkeys(drug.agent for event in treatments for drug in event.drugs)
    return named_bars(agents, options.palette)

"""A patient of a cohort: a derived case, or a subject of tables that are derived already."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.statistics.survival.kaplan_meier_bounds import Observed

Allowed = frozenset[str]
Assessment = tuple[Span, Allowed]  # days from the start of treatment, and the response then


@attrs.frozen(kw_only=True)
class TablePatient:
    """A subject of ADaM datasets or of the tables of a trial.

    Attributes:
        name: the identifier of the subject.
        is_treated: whether the subject began treatment.
        values: the category of each variable that the tables hold, by the name of its analysis.
        numbers: likewise the number; None where it is missing.
        assessments: the responses at each time, in order.
        free_days: days from the start without progression or death, ended or censored; None where
            there is no time.
        times: in months, by endpoint (PFS, OS, DoR).
        adverse: the worst grades that the records allow, by term, and of any term by the empty
            text; nothing where the tables hold no adverse events.
    """

    name: str
    is_treated: bool
    values: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    numbers: Mapping[str, Span | None] = attrs.field(factory=dict, repr=False)
    assessments: tuple[Assessment, ...] = attrs.field(default=(), repr=False)
    free_days: Span | None = None
    times: Mapping[str, Observed] = attrs.field(factory=dict, repr=False)
    adverse: Mapping[str, Allowed] = attrs.field(factory=dict, repr=False)


Member = DerivedCase | TablePatient


def name_of(member: Member) -> str:
    """The name of a patient, as the numbers of a study list it."""
    return member.name if isinstance(member, TablePatient) else member.case.name

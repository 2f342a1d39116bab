"""What changes within a treatment, or ends it by the patient's wish: held, reduced, refused .."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from timeline.core.frozen_class import frozen
from timeline.core.schema import Cardinality, record_field, whole_number
from timeline.record.event import PointEvent
from timeline.record.event_parts.drug_doses import DrugDose, drug_dose
from timeline.record.event_parts.drug_lists import drug_texts
from timeline.record.event_parts.reasons import change_reason
from timeline.record.event_parts.treatment_settings import treatment_setting


@frozen(kw_only=True)
class TreatmentChange(PointEvent):
    """A change within a treatment, which its ``line`` or its ``setting`` names.

    ``drugs`` are the drugs concerned, all of the treatment if left out. ``given``: whether the drug
    is given from that day on, so that its treatment had not ended before.
    """

    given: ClassVar[bool] = False
    line: int | None = record_field(whole_number(1, 30))
    setting: str = record_field(treatment_setting, default="")
    drugs: tuple[DrugDose, ...] = record_field(drug_dose, shape=Cardinality.MANY, parts=drug_texts)
    reason: str = record_field(change_reason, default="")

    def is_of(self, line: int | None, setting: str) -> bool:
        """Whether it names the treatment of a line, or the one outside of the lines by its setting.

        One that names neither is of no treatment on record.
        """
        if self.line is not None:
            return self.line == line
        return line is None and bool(self.setting) and self.setting == setting

    def concerns(self, agents: Iterable[str]) -> bool:
        """Whether it is a change of each of some drugs of its line: it names them, or no drug."""
        named = {drug.agent.lower() for drug in self.drugs}
        return not named or {agent.lower() for agent in agents} <= named


@frozen(kw_only=True)
class DoseHeld(TreatmentChange):
    """The drug was paused; its line goes on.

    Only the time to discontinuation (rwTTD) ends here, where the drug was away for as many days
    as count as a discontinuation (Friends of Cancer Research 2018).
    """

    kind = "dose held"
    also = ("held", "interrupted", "dose interrupted", "treatment held", "treatment interrupted")


@frozen(kw_only=True)
class DoseReduced(TreatmentChange):
    """A lower dose, which ``drugs`` states, from this day on; it ends nothing."""

    kind = "dose reduced"
    also = ("reduced",)
    given = True


@frozen(kw_only=True)
class DoseIncreased(TreatmentChange):
    """A higher dose, which ``drugs`` states, from this day on; it ends nothing."""

    kind = "dose increased"
    also = ("increased", "dose escalated", "escalated")
    given = True


@frozen(kw_only=True)
class DoseResumed(TreatmentChange):
    """The drug was given again after it was held."""

    kind = "dose resumed"
    also = ("resumed", "treatment resumed")
    given = True


@frozen(kw_only=True)
class TreatmentRefused(TreatmentChange):
    """The patient refused treatment, and follow-up goes on.

    With ``line`` it is the end of that line where the record states none: the treatment, not the
    follow-up, ends when a patient refuses it (FDA, October 2008, Data Retention When Subjects
    Withdraw from FDA-Regulated Clinical Trials). Without a treatment on record of that line or
    ``setting`` it was never begun.
    """

    kind = "treatment refused"
    also = ("refused",)

"""Response rates of a cohort: which best responses count, over all patients included."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.best_response import BestOverallResponses, best_overall_response
from timeline.response.progression import derive_progression
from timeline.response.responses import Responses
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[np.bool_]


@attrs.frozen(kw_only=True)
class RateKind:
    """One rate: the best responses that count, and those that must also have lasted."""

    name: str
    description: str
    counts: tuple[Code, ...]
    lasting: tuple[Code, ...] = ()  # count where an assessment from the set day on upholds them
    source: str


RATES = (
    RateKind(
        name="ORR",
        description="objective response: CR or PR",
        counts=(Code.CR, Code.PR),
        source="Eisenhauer 2009 4.9: over all patients included, not only the evaluable",
    ),
    RateKind(
        name="DCR",
        description="disease control: CR, PR, or SD and NON-CR/NON-PD of the minimum duration",
        counts=(Code.CR, Code.PR, Code.SD, Code.NON_CR_NON_PD),
        source="not defined by RECIST 1.1; common use, with setting min_sd_days",
    ),
    RateKind(
        name="CBR",
        description="clinical benefit: CR or PR, or SD that has lasted",
        counts=(Code.CR, Code.PR),
        lasting=(Code.SD, Code.NON_CR_NON_PD),
        source="not defined by RECIST 1.1; 24 weeks is common, set by the protocol",
    ),
)
BENEFIT_DAYS = 168  # 24 weeks


@attrs.frozen(kw_only=True)
class Rate:
    """A rate as counts: ``responders`` of ``patients``, all included."""

    name: str
    responders: int
    patients: int
    description: str
    source: str

    @property
    def share(self) -> Fraction | None:
        """The exact share; None where there are no patients."""
        return Fraction(self.responders, self.patients) if self.patients else None


def response_rates(
    responses: Responses,
    settings: Settings | None = None,
    *,
    confirmed: bool = False,
    benefit_days: int = BENEFIT_DAYS,
) -> tuple[Rate, ...]:
    """Every rate of a cohort; ``confirmed`` requires CR and PR to be confirmed."""
    settings = responses.settings if settings is None else settings
    found = best_overall_response(responses, settings, confirmed=confirmed)
    lasted = _has_lasted(responses, settings, benefit_days)
    return tuple(_rates_of(found, lasted))


def _rates_of(found: BestOverallResponses, lasted: Array) -> Iterator[Rate]:
    for row in RATES:
        counted = np.isin(found.code, row.counts)
        counted |= np.isin(found.code, row.lasting) & lasted
        yield Rate(
            name=row.name,
            responders=int(counted.sum()),
            patients=len(found.code),
            description=row.description,
            source=row.source,
        )


def _has_lasted(responses: Responses, settings: Settings, benefit_days: int) -> Array:
    """Patients with an assessment that upholds control on or after the day, before progression."""
    controlled = (Code.CR, Code.PR, Code.SD, Code.NON_CR_NON_PD)
    late = responses.day - responses.reference[:, None] >= benefit_days
    before = responses.day < derive_progression(responses, settings).day[:, None]
    lasting = np.isin(responses.code, controlled) & late & before
    return np.asarray(lasting.any(axis=1))

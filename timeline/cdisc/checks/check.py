"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from timeline.cdisc.dataset import Dataset, Value
from timeline.cdisc.metadata import DATASETS, SDTM
from timeline.cdisc.timing import day_of
from timeline.core.frozen_class import frozen
from timeline.core.problem import Where

Found = Iterator[tuple[Where, str]]


class Severity(StrEnum):
    """Whether a finding is against the standard, or unusual and possible."""

    ERROR = "error"
    WARNING = "warning"


@frozen(kw_only=True)
class Study:
    """The datasets that are checked together, by name."""

    datasets: Mapping[str, Dataset]

    def sdtm(self) -> Iterator[Dataset]:
        """The SDTM datasets whose variables are known."""
        for name, dataset in self.datasets.items():
            if name in DATASETS and DATASETS[name].standard == SDTM:
                yield dataset

    def adam(self) -> Iterator[Dataset]:
        """The ADaM datasets whose variables are known."""
        for name, dataset in self.datasets.items():
            if name in DATASETS and DATASETS[name].standard != SDTM:
                yield dataset

    def known(self) -> Iterator[Dataset]:
        """All of them."""
        yield from self.sdtm()
        yield from self.adam()

    def of_subject(self, variable: str) -> dict[Value, Value]:
        """A variable of DM by subject."""
        dm = self.datasets.get("DM")
        if dm is None:
            return {}
        return dict(zip(dm.column("USUBJID"), dm.column(variable), strict=True))

    def day_of_subject(self, variable: str) -> dict[Value, int | None]:
        """A complete date of DM by subject, as an ordinal."""
        return {subject: day_of(text) for subject, text in self.of_subject(variable).items()}


@frozen(kw_only=True)
class Check:
    """One rule of a standard.

    Attributes:
        code: its name in messages.
        description: what must hold, in one sentence.
        severity: of its findings.
        source: where the rule is from.
        find: the places where it does not hold, each with what is wrong and what to write.
    """

    code: str
    description: str
    severity: Severity
    source: str
    find: Callable[[Study], Found]


@frozen(kw_only=True)
class Finding:
    """A place where a rule does not hold."""

    check: Check
    where: Where
    what: str

    def __str__(self) -> str:
        mark = "" if self.check.severity is Severity.ERROR else "warning: "
        return f"{self.where}: {mark}{self.what} [{self.check.code}]"

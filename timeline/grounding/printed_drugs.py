"""The names that a report prints for the drugs of a case."""

from __future__ import annotations

import functools

from timeline.grounding.plain import spell_greek
from timeline.record.case import Case
from timeline.record.events import Supportive, Treatment
from timeline.report.claims import Report
from timeline.report_text import MentionKind, mentions
from timeline.terminology.drugs import drug_named, is_named_drug


@functools.lru_cache(maxsize=1024)
def drug_name(text: str) -> str:
    """A drug by the name of the lists; as written where they have none.

    >>> drug_name("Interleukin-2"), drug_name("interferon-α")
    ('aldesleukin', 'interferon')
    """
    entry = drug_named(text)
    if entry is not None:
        return entry.name
    spelled = spell_greek(text).strip()
    found = [each for each in mentions(spelled) if each.kind is MentionKind.DRUG]
    whole = len(found) == 1 and found[0].end - found[0].start == len(spelled)
    return found[0].value if whole else text.lower().strip()


class PrintedDrugs:
    """The drugs on record, and the other names that are claimed of their class.

    A report may print a drug by a wrong name, which is then a claim ``about`` its class.
    """

    def __init__(self, case: Case, report: Report | None) -> None:
        treated = (each for each in case.events if isinstance(each, Treatment | Supportive))
        self.recorded = {drug_name(dose.agent) for each in treated for dose in each.drugs}
        claims = report.claims if report else ()
        self._named = [(claim.about, drug_name(claim.text)) for claim in claims
                       if claim.kind == "name" and not claim.study]  # fmt: skip
        self._names: dict[int, dict[str, frozenset[str]]] = {}

    def names(self, event: Treatment | Supportive) -> dict[str, frozenset[str]]:
        """Each named drug of an event of the case, with the other names of its class; read once."""
        if id(event) not in self._names:
            agents = (dose.agent for dose in event.drugs if is_named_drug(dose.agent))
            self._names[id(event)] = {
                each: self.of(each) for each in map(drug_name, dict.fromkeys(agents))
            }
        return self._names[id(event)]

    def of(self, agent: str) -> frozenset[str]:
        """A drug with the other names of its class; that of another drug on record is none."""
        entry = drug_named(agent)
        also = (name for about, name in self._named
                if entry and entry.kind in about and name not in self.recorded)  # fmt: skip
        return frozenset({agent, *also})

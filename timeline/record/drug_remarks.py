"""What a text of a drug states that no rule reads from there: a regimen, a number of cycles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from timeline.core.problem import Where
from timeline.core.text.spelling import folded
from timeline.record.case import Case
from timeline.record.event_parts.drug_doses import DrugDose
from timeline.record.events import Supportive, Toxicity, Treatment
from timeline.terminology.drug_names import begins_with_drug, misspelling_of, regimen_named
from timeline.terminology.drugs import drug_key, is_named_drug, may_block_checkpoint

_CYCLES = re.compile(r"(?:[x×]\s?(?P<times>[0-9]{1,2})\b(?!\s*mg)|\b(?P<counted>[0-9]{1,2})\s+"
                     r"(?:cycles|courses)\b)", re.IGNORECASE)  # fmt: skip
_EVERY = re.compile(r"\b(?:q\s?[0-9]{1,2}\s?[dw]|every\s+[0-9]+\s+(?:days|weeks))\b", re.IGNORECASE)


def regimens_as_drugs(case: Case) -> Iterator[tuple[Where, str]]:
    """A regimen in the place of a drug: what is derived from drugs does not see those in it."""
    for event in case.all_of(Treatment):
        for drug in event.drugs:
            regimen = regimen_named(drug.agent)
            if regimen is not None:
                text = f"{drug.agent} is a regimen: {', '.join(regimen.drugs)} ({regimen.source})"
                write = f"write drugs: {with_own_drugs(event.drugs)}, and what: {drug.agent}"
                yield event.where, f"{text}; {write}"


def with_own_drugs(drugs: Iterable[DrugDose]) -> str:
    """The drugs of a treatment with those of each regimen in its place, as a cell or a file has it.

    A drug that stands beside its regimen is named once.
    """
    named: dict[str, str] = {}
    for drug in drugs:
        regimen = regimen_named(drug.agent)
        own = regimen.drugs if regimen else ()
        found = [(each, each) for each in own] or [(drug.agent, str(drug))]
        for agent, text in found:
            if regimen is None or drug_key(agent) not in named:
                named[drug_key(agent)] = text
    return "; ".join(named.values())


def drugs_named_twice(case: Case) -> Iterator[tuple[Where, str]]:
    """One drug twice in a regimen, which is one drug of it."""
    for event in case.all_of(Treatment):
        times = Counter(folded(drug.agent) for drug in event.drugs)
        for drug in {folded(each.agent): each for each in event.drugs}.values():
            if times[folded(drug.agent)] > 1 and is_named_drug(drug.agent):
                text = (
                    f"{drug.agent} is named twice in the drugs of {event.label}, and counted once"
                )
                yield event.where, f"{text} (name it once; another route or dose is a note)"


def cycles_within_drugs(case: Case) -> Iterator[tuple[Where, str]]:
    """A number of cycles after a drug, of a treatment that has none of its own."""
    for event in case.all_of(Treatment):
        for drug in event.drugs if event.cycles is None else ():
            found = _CYCLES.search(drug.days or "")
            if found:
                number = found["times"] or found["counted"]
                every = _EVERY.search(drug.days or "")
                cycle = f", cycle: {every[0]}" if every and event.cycle is None else ""
                text = f"{drug.agent}: {found[0]!r} is not read as a number of cycles there"
                yield event.where, f"{text} (write cycles: {number}{cycle})"
                break


def misspelt_drugs(case: Case) -> Iterator[tuple[Where, str]]:
    """A drug that no table has and that differs from a known one by a letter."""
    events: tuple[Treatment | Supportive, ...] = case.all_of(Treatment)
    for event in (*events, *case.all_of(Supportive)):
        for drug in event.drugs:
            if meant := misspelling_of(drug.agent):
                text = f"{event.label}: unknown drug {drug.agent}, taken for a drug of its own"
                yield event.where, f"{text} (did you mean {meant}?)"


_CODE = re.compile(r"[A-Za-z]{1,6}-?[0-9]{2,7}[A-Za-z]?")  # of a laboratory: AK112, BGB-A317


def codes_of_no_class(case: Case) -> Iterator[tuple[Where, str]]:
    """A drug by the code of its laboratory that no table has: whether iRECIST is meant is open."""
    for event in case.all_of(Treatment):
        for agent in dict.fromkeys(drug.agent for drug in event.drugs):
            unknown = _CODE.fullmatch(agent) and not begins_with_drug(agent)
            if unknown and event.line is not None and not may_block_checkpoint(agent):
                text = (
                    f"{event.label}: {agent} is in no table of drugs: its class is not known and "
                )
                text += "iRECIST is not added (of a checkpoint inhibitor write the class after the "
                yield event.where, f"{text}name: {agent} PD-1 antibody; or add --criterion iRECIST)"


def related_to_no_treatment(case: Case) -> Iterator[tuple[Where, str]]:
    """A drug that an adverse event is related to, and that was not given by the record."""
    for event in case.all_of(Toxicity):
        regimens = case.all_of(Treatment)
        treatments: tuple[Treatment | Supportive, ...] = (*regimens, *case.all_of(Supportive))
        if event.line is not None:
            treatments = tuple(each for each in regimens if each.line == event.line)
        given = [drug.agent for each in treatments for drug in each.drugs]
        if not all(map(is_named_drug, given)):
            continue
        known = {drug_key(agent) for agent in given}
        for agent in dict.fromkeys(drug.agent for drug in event.drugs):
            if is_named_drug(agent) and drug_key(agent) not in known:
                where = f"line {event.line}" if event.line is not None else "no treatment on record"
                text = f"{event.label} is related to {agent}, which {where} "
                text += "does not have" if event.line is not None else "has"
                yield event.where, f"{text} (add the treatment, or correct the name or the line)"

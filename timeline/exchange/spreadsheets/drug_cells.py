"""Doses in a column of their own, as spreadsheets have them: each goes behind its drug."""

from __future__ import annotations

import re

from timeline.core.schema import schema_of
from timeline.exchange.cell_nodes import joined_parts, parts_of
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.event_parts.drug_lists import drug_texts
from timeline.record.events import KINDS

DOSE, DRUGS = "dose", "drugs"
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")


def takes_doses_in_drugs(kind: str) -> bool:
    """Whether a kind of event has drugs, and no dose beside them."""
    known = schema_of(KINDS[kind]) if kind in KINDS else {}
    return DRUGS in known and DOSE not in known


def with_doses(drugs: str, doses: str) -> str:
    """The cell of drugs with the doses of another cell, each behind its drug.

    Args:
        drugs: the cell of the drugs, with semicolons between them, or as reports join them.
        doses: the cell of the doses, with semicolons between them; as many as there are drugs.

    Raises:
        ValueError: it is not clear which dose is of which drug, a dose has no unit, or a drug has
            its dose already.

    >>> with_doses("doxorubicin; ifosfamide", "75 mg/m²; 5 g/m²")
    'doxorubicin 75 mg/m²; ifosfamide 5 g/m²'
    """
    names = [each for part in parts_of(drugs) for each in drug_texts(part)]
    amounts = parts_of(doses)
    if not names:
        raise ValueError(f"a dose without a drug: {doses!r} (write the drug in the column {DRUGS})")
    if len(names) != len(amounts):
        example = "; ".join(f"{name} .." for name in names)
        raise ValueError(
            f"{_count(len(amounts), 'dose')} for {_count(len(names), 'drug')}: {doses!r} "
            f"(write each dose behind its drug, in the column {DRUGS}: {example})"
        )
    for name, amount in zip(names, amounts, strict=True):
        if drug_dose(name).dose is not None:
            raise ValueError(
                f"{name!r} has a dose, and here is another, {amount!r} (keep one of them)"
            )
        if is_number(amount):
            raise ValueError(f"a dose without a unit: {amount!r} (write {amount} mg, or mg/m²)")
        drug_dose(f"{name} {amount}")
    return joined_parts(f"{name} {each}" for name, each in zip(names, amounts, strict=True))


def is_number(text: str) -> bool:
    """Whether a text is a number without a unit."""
    return bool(_NUMBER.fullmatch(text))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"

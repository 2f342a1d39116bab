"""A regimen in the place of its drugs, in the rows of a grid: what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from timeline.editing.cell_values import kind_of
from timeline.editing.grid import GridRow
from timeline.exchange.cell_nodes import parts_of
from timeline.exchange.spreadsheets.drug_cells import DRUGS
from timeline.record.drug_remarks import with_own_drugs
from timeline.record.event_parts.drug_doses import DrugDose, drug_dose
from timeline.record.event_parts.drug_lists import drug_texts
from timeline.record.events import KINDS, Treatment
from timeline.terminology.drug_names import regimen_named

_WHAT = "what"


@attrs.frozen(kw_only=True)
class RegimenWay:
    """A row of treatment whose drugs are a regimen, or contain one.

    Attributes:
        row: the number of the row, from 0.
        regimens: the names of the regimens.
        cells: the cells to write: the drugs, and the names as the description.
    """

    row: int
    regimens: tuple[str, ...]
    cells: Mapping[str, str]


def regimen_ways(rows: Iterable[GridRow]) -> Iterator[RegimenWay]:
    r"""The rows of a grid of events in which a regimen stands in the place of its drugs.

    >>> from timeline.editing.event_rows import event_grid
    >>> text = "case: a\nevents:\n  - {treatment: 2021, drugs: [FOLFOX, bevacizumab]}\n"
    >>> [dict(each.cells) for each in regimen_ways(event_grid(text).rows)]
    [{'drugs': 'leucovorin; fluorouracil; oxaliplatin; bevacizumab', 'what': 'FOLFOX'}]
    """
    for row in rows:
        kind = kind_of(row.kind)
        drugs = _drugs(row.cells.get(DRUGS, "")) if kind and KINDS[kind] is Treatment else ()
        regimens = [each for each in drugs if regimen_named(each.agent)]
        if not regimens:
            continue
        what = row.cells.get(_WHAT, "")
        new = [str(each) for each in regimens if str(each).lower() not in what.lower()]
        yield RegimenWay(
            row=row.number,
            regimens=tuple(each.agent for each in regimens),
            cells={DRUGS: with_own_drugs(drugs), _WHAT: ", ".join(filter(None, [what, *new]))},
        )


def _drugs(text: str) -> tuple[DrugDose, ...]:
    """The drugs of a cell; none where one of them cannot be read."""
    try:
        return tuple(drug_dose(each) for part in parts_of(text) for each in drug_texts(part))
    except ValueError:
        return ()

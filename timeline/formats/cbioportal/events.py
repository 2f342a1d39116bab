"""Events of timelines that no export of ours wrote, by the columns that the documentation has."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from timeline.core.frozen_class import frozen
from timeline.core.text.spelling import folded
from timeline.exchange.entries.case_entries import Entry
from timeline.formats.cbioportal import tracks
from timeline.formats.cbioportal.files import PortalRow
from timeline.formats.cbioportal.tracks import REQUIRED
from timeline.formats.cells import is_read

_STYLES = ("STYLE_COLOR", "STYLE_SHAPE")  # how the portal draws an event
_BLANK = ("", "NA", "N/A", "NAN", "[NOT AVAILABLE]", "[NOT APPLICABLE]", "[UNKNOWN]", "NULL")
_RESPONSES = ("CR", "PR", "SD", "PD", "NE")
_JOINED = re.compile(r"\s*(?:\+|/|;|\band\b)\s*")


@frozen
class Kind:
    """What a type of events becomes.

    ``types``: EVENT_TYPE, folded. ``made``: its entry, without the date, and the columns used.
    """

    types: tuple[str, ...]
    made: Callable[[Sequence[PortalRow]], tuple[Entry, tuple[str, ...]]]


def is_radiation(row: PortalRow) -> bool:
    """Whether a row of treatment is radiotherapy."""
    return "radiation" in row.text(tracks.TREATMENT_TYPE).lower()


def entry_of(rows: Sequence[PortalRow]) -> tuple[Entry, dict[str, str]]:
    """The entry of one event, the date empty; and what it has no key for, by column."""
    kind = folded(rows[0].text("EVENT_TYPE").replace("_", " "))
    row = next((each for each in KINDS_OF_TYPES if kind in each.types), None)
    entry, used = row.made(rows) if row is not None else _visit(rows)
    entry = {key: value for key, value in entry.items() if value or value == ""}
    first, *rest = entry
    entry = {first: "", **{key: entry[key] for key in rest if entry[key]}}
    notes: dict[str, str] = {}
    for each in rows:
        for column in each.columns:
            text = each.text(column)
            skipped = column in (*REQUIRED, *_STYLES, *used)
            if not skipped and text.upper() not in _BLANK:
                earlier = notes.get(column)
                notes[column] = text if earlier in (None, text) else f"{earlier}, {text}"
    if row is None:
        notes = {"EVENT_TYPE": rows[0].text("EVENT_TYPE"), **notes}
    return entry, notes


def _known(row: PortalRow, column: str) -> str:
    text = row.text(column)
    return "" if text.upper() in _BLANK else text


def _treatment(rows: Sequence[PortalRow]) -> tuple[Entry, tuple[str, ...]]:
    first = rows[0]
    if is_radiation(first):
        dose = _known(first, tracks.AGENT)
        takes = bool(dose) and is_read("radiotherapy", "dose", dose)
        what = _known(first, tracks.SUBTYPE)
        used = (tracks.TREATMENT_TYPE, tracks.SUBTYPE, *((tracks.AGENT,) if takes else ()))
        return {"radiotherapy": "", "dose": dose if takes else "", "what": what}, used
    drugs = list(dict.fromkeys(
        part for row in rows for part in _JOINED.split(_known(row, tracks.AGENT)) if part
    ))  # fmt: skip
    readable = [each for each in drugs if is_read("treatment", "drugs", each)]
    is_medical = first.text(tracks.TREATMENT_TYPE).lower() in ("", tracks.MEDICAL.lower())
    used = (*((tracks.AGENT,) if readable == drugs else ()),
            *((tracks.TREATMENT_TYPE,) if is_medical else ()))  # fmt: skip
    return {"treatment": "", "drugs": readable or ["not stated"]}, used


def _imaging(rows: Sequence[PortalRow]) -> tuple[Entry, tuple[str, ...]]:
    row = rows[0]
    result = _known(row, tracks.RESULT).upper()
    called = result if result in _RESPONSES else ""
    used = (tracks.DIAGNOSTIC_TYPE, *((tracks.RESULT,) if called else ()))
    return {"scan": "", "modality": _known(row, tracks.DIAGNOSTIC_TYPE), "called": called}, used


def _lab(rows: Sequence[PortalRow]) -> tuple[Entry, tuple[str, ...]]:
    row = rows[0]
    test, result = _known(row, tracks.TEST), _known(row, tracks.RESULT)
    value = " ".join(each for each in (result, _known(row, tracks.UNIT)) if each)
    if test and value and ":" not in test and is_read("lab", "values", value):
        return {"lab": "", "values": {test: value}}, (tracks.TEST, tracks.RESULT, tracks.UNIT)
    return {"lab": "", "what": test}, (tracks.TEST,)


_STATUS = (  # words of STATUS, and the kind of event that they mean; the first that fits
    (r"deceased|dead|died|\bdeath", "death"),
    (r"initial diagnosis|^diagnos", "diagnosis"),
    (r"progress", "progression"),
    (r"recur|relapse", "relapse"),
    (r"metasta", "metastasis"),
    (r"last|follow|alive|living", "last contact"),
)


def _status(rows: Sequence[PortalRow]) -> tuple[Entry, tuple[str, ...]]:
    text = _known(rows[0], tracks.STATUS)
    negated = re.search(r"\b(no|not|without|free)\b", text.lower())
    kinds = [kind for pattern, kind in _STATUS if re.search(pattern, text.lower())]
    kind = kinds[0] if kinds and not negated else "visit"
    return {kind: "", "what": text}, (tracks.STATUS,)


def _surgery(rows: Sequence[PortalRow]) -> tuple[Entry, tuple[str, ...]]:
    return {"surgery": "", "what": _known(rows[0], tracks.SUBTYPE)}, (tracks.SUBTYPE,)


def _diagnosis(rows: Sequence[PortalRow]) -> tuple[Entry, tuple[str, ...]]:
    return {"diagnosis": "", "what": _known(rows[0], "DX_DESCRIPTION")}, ("DX_DESCRIPTION",)


def _specimen(rows: Sequence[PortalRow]) -> tuple[Entry, tuple[str, ...]]:
    """A biopsy where it is tissue; else a day on which the patient was alive."""
    row = rows[0]
    if row.text("SPECIMEN_TYPE").lower() != "tissue":
        return _visit(rows)
    used = ("SPECIMEN_TYPE", "SPECIMEN_SITE")
    return {"biopsy": "", "site": _known(row, "SPECIMEN_SITE")}, used


def _visit(_rows: Sequence[PortalRow]) -> tuple[Entry, tuple[str, ...]]:
    return {"visit": ""}, ()


KINDS_OF_TYPES = (
    Kind(("treatment",), _treatment),
    Kind(("surgery",), _surgery),
    Kind(("imaging",), _imaging),
    Kind(("lab test", "labtest"), _lab),
    Kind(("status",), _status),
    Kind(("diagnosis",), _diagnosis),
    Kind(("specimen", "sample acquisition"), _specimen),
)

"""Rows of a table of lesions: lengths and states, each of a lesion at a visit.

Of a lesion that split the parts (``T04.1``, ``T04.2``) add up, and of two that grew together
(``T02/T03``) the one length counts once (Eisenhauer 2009 4.3.2; SDTMIG 3.4, 6.3.12.2, example 2).
"""

from __future__ import annotations

import re
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.quantities import NM_PER_MM, UNIT_OF
from timeline.response.lesions import TOO_SMALL_LENGTH
from timeline.response.scans import NOT_MEASURED
from timeline.settings.trial import TrialSettings
from timeline.trial.findings.finding_rows import FindingRows, finding_rows
from timeline.trial.findings.lesion_words import (
    GROUPS,
    NODE,
    NOT_DONE,
    STATES,
    TESTS,
    TOO_SMALL,
    Group,
    Test,
)
from timeline.trial.problems import shown_values
from timeline.trial.reading.values import TableReader, TextColumn
from timeline.trial.rows_that_count import rows_of_evaluator, subjects_of
from timeline.trial.subjects import Subjects

Array = npt.NDArray[Any]
LONGEST_LESION = 1000 * NM_PER_MM  # beyond it the unit is wrong
NO_STATE = -1
_PART = re.compile(r"(?P<whole>.+)\.[0-9]{1,2}")


@attrs.frozen(kw_only=True, eq=False)
class Measurements:
    """n rows of a table of lesions.

    Attributes:
        rows: whose they are and of which day.
        name: the place of the lesion in ``names``, as the table names it.
        lesion: the same; of a part of a lesion that split, the place of the whole.
        names: the names of the lesions.
        group: as `Group`.
        length: nanometres, `NOT_MEASURED` where there is none.
        state: as `State`, `NO_STATE` where the row is no state.
        is_length: whether the row is of a length that counts, measured or not.
        either: whether it is of a diameter that is not known to be the longest or the short axis.
        node: whether the lesion is a lymph node.
        flagged: whether the row is marked as baseline.
        knows_nodes: whether the table tells which lesions are nodes.
    """

    rows: FindingRows
    name: Array
    lesion: Array
    names: tuple[str, ...]
    group: Array
    length: Array
    state: Array
    is_length: Array
    either: Array
    node: Array
    flagged: Array
    knows_nodes: bool

    def __len__(self) -> int:
        return len(self.name)


def read_measurements(
    reader: TableReader,
    subjects: Subjects,
    ids: TextColumn,
    settings: TrialSettings,
    evaluator: str | None,
) -> Measurements:
    """The rows of a table of lesions; every fault is kept by the reader."""
    subject = subjects_of(reader, subjects, ids)
    kept = rows_of_evaluator(reader, evaluator) & (subject >= 0)
    group, known = _groups(reader, kept, settings)
    test, node = _tests(reader), _nodes(reader)
    is_state = test == Test.STATE
    either = test == Test.DIAMETER
    counts = np.where(node, test == Test.SHORT_AXIS, test == Test.LONGEST) | either
    _check_short_axes(reader, kept & known & (group == Group.TARGET) & (test == Test.SHORT_AXIS))
    kept = kept & known & (is_state | counts)
    length = _lengths(reader, kept & ~is_state)
    lesion = reader.text("lesion")
    reader.problems.add_where(
        "no_lesion", reader.source.label, kept & lesion.missing & reader.has("lesion"),
        lambda _: "no identifier of the lesion (write it)",
        column=reader.chosen.get("lesion", ""),
    )  # fmt: skip
    kept = kept & ~lesion.missing
    state = _states(reader, kept & is_state, settings)
    flagged = reader.flags("baseline")
    rows = finding_rows(reader, subjects, subject, kept, settings)
    name = lesion.code[rows.row].astype(np.int64)
    return Measurements(
        rows=rows,
        name=name,
        lesion=_wholes(rows.subject, name, lesion.words),
        names=lesion.words,
        group=group[rows.row],
        length=length[rows.row],
        state=state[rows.row],
        is_length=~is_state[rows.row],
        either=either[rows.row],
        node=node[rows.row],
        flagged=flagged[rows.row],
        knows_nodes=reader.has("location"),
    )


def _groups(reader: TableReader, kept: Array, settings: TrialSettings) -> tuple[Array, Array]:
    """The group of each row, and whether it is one; all are targets where none is named."""
    if not reader.has("group"):
        return np.full(len(kept), Group.TARGET), np.ones(len(kept), dtype=bool)
    text = reader.text("group")
    code = text.map([GROUPS[w].meaning if w in GROUPS else -1 for w in text.words], -1)
    if settings.response_from == "lesions":
        reader.problems.add_where(
            "unknown_state", reader.source.label, kept & (code < 0) & ~text.missing,
            lambda at: f"no group of lesions: {shown_values(text.texts(at))} "
            f"(write {', '.join(GROUPS)})",
            column=reader.chosen["group"],
        )  # fmt: skip
    return np.maximum(code, 0), code >= 0


def _tests(reader: TableReader) -> Array:
    """What each row measures; without a column of tests a length."""
    if not reader.has("test"):
        return np.full(reader.source.rows, Test.DIAMETER)
    text = reader.text("test")
    return text.map([TESTS[w].meaning if w in TESTS else Test.OTHER for w in text.words], 0)


def _nodes(reader: TableReader) -> Array:
    """Which rows are of lymph nodes, by the site of the lesion."""
    if not reader.has("location"):
        return np.zeros(reader.source.rows, dtype=bool)
    site = reader.text("location")
    found: Array = site.map([NODE in word.upper() for word in site.words], 0).astype(bool)
    return found


def _check_short_axes(reader: TableReader, short: Array) -> None:
    if short.any() and not reader.has("location"):
        reader.problems.add(
            "missing_column", reader.source.label,
            "no column TULOC, site of the lesion, which tells the nodes, whose short axis "
            "counts (merge it from TU, or write columns={'location': NAME})",
        )  # fmt: skip


def _lengths(reader: TableReader, kept: Array) -> Array:
    """Lengths in nanometres, `NOT_MEASURED` where none is given."""
    value, unit = reader.numbers("length"), reader.text("unit")
    label, column_of = reader.source.label, reader.chosen.get
    given = kept & ~np.isnan(value)
    sizes = [_size(word) for word in unit.words]
    size = np.array([*sizes, 0.0])[unit.code]
    reader.problems.add_where(
        "wrong_unit", label, given & (size == 0) & ~(unit.missing & ~reader.has("unit")),
        lambda at: f"no unit of length: {shown_values(unit.texts(at))} (write mm or cm)",
        column=column_of("unit", ""),
    )  # fmt: skip
    wrong = given & (size > 0) & ((value < 0) | (value * size * NM_PER_MM > LONGEST_LESION))
    reader.problems.add_where(
        "impossible_length", label, wrong,
        lambda at: f"no length of a lesion: {shown_values(f'{value[each]:g}' for each in at)} "
        "(correct the number or the unit)",
        column=column_of("length", ""),
    )  # fmt: skip
    status = reader.text("status")
    not_done = status.map([word.upper() == NOT_DONE for word in status.words], 0).astype(bool)
    reader.problems.add_where(
        "contradiction", label, given & not_done,
        lambda at: f"not done, and a length: {shown_values(f'{value[each]:g}' for each in at)} "
        "(leave out one of them)",
        column=column_of("status", ""),
    )  # fmt: skip
    exact = np.rint(np.where(given & ~wrong, value, 0.0) * size * NM_PER_MM).astype(np.int64)
    found = np.where(given & ~wrong & (size > 0), exact, NOT_MEASURED)
    without = kept & ~given
    return np.where(without & _too_small(reader, without), TOO_SMALL_LENGTH, found)


def _too_small(reader: TableReader, without: Array) -> Array:
    """Which rows without a length say that the lesion is there and too small to measure."""
    found = np.zeros(reader.source.rows, dtype=bool)
    if not without.any():
        return found
    for role in ("original_result", "result"):
        text = reader.text(role)
        found |= text.map([word.upper() in TOO_SMALL for word in text.words], 0).astype(bool)
    return found


def _size(word: str) -> float:
    """Millimetres of one unit of length; 0 for a word that is none."""
    unit = UNIT_OF.get(word) or UNIT_OF.get(word.lower())
    return float(unit.size) if unit is not None and unit.measures == "length" else 0.0


def _states(reader: TableReader, kept: Array, settings: TrialSettings) -> Array:
    """States as `State`; a row without a word was not evaluated."""
    if not kept.any():
        return np.full(len(kept), NO_STATE)
    text = reader.text("result" if reader.has("result") else "original_result")
    code = text.map([STATES[w].meaning if w in STATES else NO_STATE for w in text.words], 0)
    if settings.response_from == "lesions":  # states are of no account for sums
        reader.problems.add_where(
            "unknown_state", reader.source.label, kept & (code == NO_STATE),
            lambda at: f"no state of a lesion: {shown_values(text.texts(at))} "
            f"(write {', '.join(word for word in STATES)})",
            column=reader.chosen.get("result", reader.chosen.get("original_result", "")),
        )  # fmt: skip
    return np.where(kept, np.maximum(code, 0), NO_STATE)


def _wholes(subject: Array, name: Array, words: tuple[str, ...]) -> Array:
    """The lesions, of a part the lesion that split, where the subject has that lesion."""
    parts = {
        code: found["whole"]
        for code, word in enumerate(words)
        if (found := _PART.fullmatch(word)) is not None
    }
    if not parts:
        return name
    place = {word: code for code, word in enumerate(words)}
    whole = np.arange(len(words))
    for code, word in parts.items():
        whole[code] = place.get(word, code)
    known = np.isin(subject * len(words) + whole[name], subject * len(words) + name)
    return np.where(known, whole[name], name)

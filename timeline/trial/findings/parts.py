"""Rows of a table of responses that are parts of a response, or say what they come to.

In SDTM each part is a row (RSTESTCD TRGRESP, NTRGRESP, NEWLIND or NEWLPROG, OVRLRESP); a table may
also have a column for each part, one row an assessment.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.frozen_class import frozen
from timeline.response.criteria.criterion import Criterion
from timeline.response.scans import NON_TARGET_CODE, TARGET_CODE
from timeline.settings.trial import TrialSettings
from timeline.terminology.criteria import PRIMARY
from timeline.terminology.response_codes import Code, NonTarget, Target
from timeline.terminology.response_words import response_called
from timeline.trial.findings.finding_rows import FindingRows, finding_rows
from timeline.trial.problems import shown_values
from timeline.trial.reading.values import TableReader, TextColumn
from timeline.trial.rows_of_criterion import criterion_rows
from timeline.trial.rows_that_count import OVERALL_TESTS, rows_of_evaluator, subjects_of
from timeline.trial.subjects import Subjects

Array = npt.NDArray[Any]
UNKNOWN = -2  # the code of a word that has no meaning here
NO_WORD = -1
NOT_APPLICABLE = ("NA", "NOT APPLICABLE")


class Part(IntEnum):
    """What a row states."""

    OVERALL = 0
    TARGET = 1
    NON_TARGET = 2
    NEW_LESION = 3
    CLAIM = 4


class NewLesions(IntEnum):
    """What is said of new lesions at one assessment."""

    NONE = 0
    NEW = 1
    EQUIVOCAL = 2
    NOT_EVALUATED = 3


@frozen(kw_only=True)
class PartRow:
    """One part: its test in SDTM, the column that holds it in a wide table, and the source."""

    part: Part
    tests: tuple[str, ...]
    role: str
    source: str


_RS = "SDTMIG 3.4, 6.3.9.3.1; CDISC controlled terminology, ONCRTSCD (C96782)"
PARTS = (
    PartRow(part=Part.OVERALL, tests=OVERALL_TESTS, role="response", source=_RS),
    PartRow(part=Part.TARGET, tests=("TRGRESP",), role="target_response", source=_RS),
    PartRow(part=Part.NON_TARGET, tests=("NTRGRESP",), role="non_target_response", source=_RS),
    PartRow(part=Part.NEW_LESION, tests=("NEWLIND", "NEWLPROG"), role="new_lesion", source=_RS),
    PartRow(part=Part.CLAIM, tests=("SYMPTDTR",), role="", source=_RS),
)
PARTS_OF_A_RESPONSE = (Part.TARGET, Part.NON_TARGET, Part.NEW_LESION)
# what the word of a part means, by its `Code`
_TARGETS = {
    Code.CR: Target.CR, Code.PR: Target.PR, Code.SD: Target.SD, Code.PD: Target.PD,
    Code.UPD: Target.PD, Code.NE: Target.NE,
}  # fmt: skip
_NON_TARGETS = {
    Code.CR: NonTarget.CR, Code.NON_CR_NON_PD: NonTarget.NON_CR_NON_PD, Code.PD: NonTarget.PD,
    Code.UPD: NonTarget.PD, Code.NE: NonTarget.NE,
    Code.SD: NonTarget.NON_CR_NON_PD,  # as SDTMIG 3.4 has it, 6.3.9.3.1, example 1
}  # fmt: skip
NEW_WORDS = {
    "N": NewLesions.NONE,
    "Y": NewLesions.NEW,
    "UNEQUIVOCAL": NewLesions.NEW,
    "EQUIVOCAL": NewLesions.EQUIVOCAL,
    "NE": NewLesions.NOT_EVALUATED,
    "NOT EVALUABLE": NewLesions.NOT_EVALUATED,
}  # NEWLIND: codelist NY; NEWLPROG: SDTMIG 3.4, 6.3.9.3.1, example 2


@attrs.frozen(kw_only=True, eq=False)
class Parts:
    """n statements of a table of responses.

    Attributes:
        rows: whose they are and of which day.
        part: as `Part`.
        value: the overall response as `Code`; the target or the non-target response as the engine
            numbers them; new lesions as `NewLesions`; of a claim 1.
        further: whether the word says that a progression is confirmed by more growth (iCPD).
    """

    rows: FindingRows
    part: Array
    value: Array
    further: Array

    def __len__(self) -> int:
        return len(self.part)


def read_parts(
    reader: TableReader,
    subjects: Subjects,
    ids: TextColumn,
    criterion: Criterion,
    settings: TrialSettings,
    evaluator: str | None,
    wanted: tuple[Part, ...] = tuple(Part),
) -> Parts:
    """The parts that a table of responses states; every fault is kept by the reader.

    Args:
        reader: of the table.
        subjects: the subjects.
        ids: their identifiers.
        criterion: the criterion that words of responses are of.
        settings: what a date without its day is taken for.
        evaluator: whose rows count.
        wanted: the parts that are read.
    """
    subject = subjects_of(reader, subjects, ids)
    columns = [
        (row, *each) for row in PARTS if row.part in wanted for each in _columns(reader, row)
    ]
    of_responses = np.zeros(reader.source.rows, dtype=bool)
    for row, _, rows in columns:
        of_responses |= rows & (row.part is not Part.CLAIM)  # a claim is by no criterion
    mine = criterion_rows(reader, criterion, of_responses) | ~of_responses
    kept = rows_of_evaluator(reader, evaluator, mine) & (subject >= 0)
    found = [
        (row.part, *_words(reader, row, column, kept & rows, criterion))
        for row, column, rows in columns
    ]
    if settings.response_from == "parts" and not any(
        each[0] in PARTS_OF_A_RESPONSE for each in found
    ):
        _no_parts(reader)
    stated = [np.flatnonzero(value >= 0) for _, value, _ in found]
    every = np.zeros(len(kept), dtype=bool)
    for rows in stated:
        every[rows] = True
    base = finding_rows(reader, subjects, subject, every, settings)
    place = np.cumsum(every) - 1
    none = np.zeros(0, dtype=np.int64)
    made = list(zip(stated, found, strict=True))
    return Parts(
        rows=base.select(np.concatenate([none, *(place[rows] for rows in stated)])),
        part=np.concatenate([none, *(np.full(len(rows), each[0]) for rows, each in made)]),
        value=np.concatenate([none, *(each[1][rows] for rows, each in made)]),
        further=np.concatenate([none > 0, *(each[2][rows] for rows, each in made)]),
    )


def _columns(reader: TableReader, row: PartRow) -> list[tuple[str, Array]]:
    """The role that holds a part, and the rows of the table in which it does."""
    every = np.ones(reader.source.rows, dtype=bool)
    found = []
    if row.role not in ("", "response") and reader.has(row.role):
        found.append((row.role, every))
    if reader.has("test") and reader.has("response"):
        test = reader.text("test")
        rows = test.map([word in row.tests for word in test.words], 0).astype(bool)
        if rows.any():
            found.append(("response", rows))
    elif row.part is Part.OVERALL and reader.has("response"):
        found.append(("response", every))
    return found


def _words(
    reader: TableReader, row: PartRow, role: str, rows: Array, criterion: Criterion
) -> tuple[Array, Array]:
    """The value of each row, `NO_WORD` where it has none, and whether it says iCPD."""
    text = reader.text(role)
    read = [_meaning(row.part, word, criterion) for word in text.words]
    code = np.where(rows, text.map([value for value, _ in read], NO_WORD), NO_WORD)
    reader.problems.add_where(
        "unknown_response", reader.source.label, code == UNKNOWN,
        lambda at: f"no {_NAMES[row.part]} by {criterion.title}: {shown_values(text.texts(at))} "
        f"(write {', '.join(_known(row.part, criterion))})",
        column=reader.chosen.get(role, ""),
    )  # fmt: skip
    further = text.map([more for _, more in read], 0).astype(bool)
    return code, rows & further


_NAMES = {
    Part.OVERALL: "response",
    Part.TARGET: "target response",
    Part.NON_TARGET: "non-target response",
    Part.NEW_LESION: "statement of new lesions",
    Part.CLAIM: "symptomatic deterioration",
}


def _known(part: Part, criterion: Criterion) -> tuple[str, ...]:
    """The words of a part, for a message."""
    if part is Part.NEW_LESION:
        return tuple(NEW_WORDS)
    if part is Part.CLAIM:
        return (PRIMARY.words[Code.PD],)
    codes: tuple[Code, ...] = {
        Part.TARGET: tuple(code for code in _TARGETS if code < len(criterion.words)),
        Part.NON_TARGET: tuple(
            code for code in _NON_TARGETS if code < len(criterion.words) and code != Code.SD
        ),
    }.get(part, tuple(Code))
    return tuple(criterion.words[code] for code in codes if code < len(criterion.words)
                 and criterion.words[code] not in ("-", "MISSING"))  # fmt: skip


def _meaning(part: Part, word: str, criterion: Criterion) -> tuple[int, bool]:
    """The value of a word, `UNKNOWN` where it has none, and whether it says iCPD."""
    if part is Part.NEW_LESION:
        return int(NEW_WORDS.get(word.upper(), UNKNOWN)), False
    own = code_of_word(word, criterion)
    # a part by RECIST 1.1 is one by iRECIST: its PD is the iUPD (Seymour 2017, Table 2)
    code = own if own != UNKNOWN else _recist_code(word)
    meant = Code(code) if code != UNKNOWN else Code.NONE
    if part is Part.OVERALL:
        return own, False
    if part is Part.CLAIM:
        return (
            1 if code in (Code.PD, Code.UPD) else NO_WORD if code != UNKNOWN else UNKNOWN
        ), False
    further = criterion.confirms and own == Code.PD
    if part is Part.TARGET:
        target = Target.NA if word.upper() in NOT_APPLICABLE else _TARGETS.get(meant)
        return (UNKNOWN if target is None else TARGET_CODE[target]), further
    level = NonTarget.NA if word.upper() in NOT_APPLICABLE else _NON_TARGETS.get(meant)
    return (UNKNOWN if level is None else NON_TARGET_CODE[level]), further


def _recist_code(word: str) -> int:
    return PRIMARY.words.index(word) if word in PRIMARY.labels else UNKNOWN


def code_of_word(word: str, criterion: Criterion) -> int:
    """The `Code` of a response as a table has it; `UNKNOWN` where it is none of the criterion.

    The word of the criterion, or a spelling of ``data/response_words.csv``: partial response.
    """
    for each in (word, word.upper() if not criterion.confirms else word):
        if each in criterion.words and each not in ("-", "MISSING"):
            return criterion.words.index(each)
    try:
        meant = response_called(word)
    except ValueError:
        return UNKNOWN
    usable = meant in criterion.words and meant not in ("-", "MISSING")
    return criterion.words.index(meant) if usable else UNKNOWN


def _no_parts(reader: TableReader) -> None:
    tests = ", ".join(row.tests[0] for row in PARTS[1:4])
    reader.problems.add(
        "missing_column", reader.source.label,
        f"no part of a response: neither rows {tests} nor columns of them "
        "(write columns={'target_response': NAME, 'non_target_response': NAME, "
        "'new_lesion': NAME})",
    )  # fmt: skip

"""Why one subject has the results it has: assessments, parameters and times as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from timeline.core.problem import near
from timeline.response.responses import NEVER
from timeline.settings.trial import TrialSettings
from timeline.terminology.response_codes import Code
from timeline.trial.assessments import Assessments
from timeline.trial.findings.parts import UNKNOWN
from timeline.trial.long_tables import LongTable
from timeline.trial.parameters.response_rows import RESPONSE_PARAMETERS
from timeline.trial.reading.arrow import numpy_of
from timeline.trial.reading.dates import iso
from timeline.trial.subjects import Subjects

_RULES = {row.code: (row.rule, row.source) for row in RESPONSE_PARAMETERS}


def place_of(subjects: Subjects, subject: str) -> int:
    """The place of a subject by its identifier.

    Raises:
        ValueError: There is no such subject; the message names the nearest.
    """
    ids = subjects.ids.to_pylist()
    if str(subject) not in ids:
        raise ValueError(f"no subject {str(subject)!r} ({near(str(subject), ids)})")
    found: int = ids.index(str(subject))
    return found


def subject_text(
    place: int,
    subjects: Subjects,
    assessments: Assessments,
    settings: TrialSettings,
    parameters: LongTable,
    times: LongTable,
    judged: LongTable | None = None,
) -> str:
    """The lines of one subject; ``judged``: what derived responses follow from."""
    origin = subjects.origin[place]
    known = f"times count from {iso(int(origin))}" if origin != NEVER else "no day to count from"
    return "\n".join(
        [
            f"{subjects.ids[place].as_py()}: {known} ({subjects.origin_column})",
            *_dates(place, subjects),
            "assessments:",
            *_assessments(place, subjects, assessments, settings, judged),
            "parameters:",
            *_parameters(place, parameters),
            "times:",
            *_times(place, times, settings),
        ]
    )


def _dates(place: int, subjects: Subjects) -> Iterator[str]:
    for name, days in (
        ("death", subjects.death),
        ("last known alive", subjects.last_alive),
        ("new therapy", subjects.new_therapy),
        ("progression claimed", subjects.claim),
        ("treatment stopped for progression", subjects.stopped),
    ):
        if days[place] != NEVER:
            yield f"{name} {iso(int(days[place]))}"


def _assessments(
    place: int,
    subjects: Subjects,
    found: Assessments,
    settings: TrialSettings,
    judged: LongTable | None,
) -> Iterator[str]:
    """Each assessment with whether it counts, and why it does not."""
    for at in np.flatnonzero(found.subject == place).tolist():
        word = found.response.texts(np.array([at]))[0] or "no response"
        day = iso(int(found.day[at])) if found.dated[at] else "no date"
        imputed = " (imputed)" if found.flag[at] else ""
        why = "counts" if found.counts[at] else _reason(at, place, subjects, found, settings)
        if judged is not None:
            findings = _findings(judged.to_arrow().slice(at, 1).to_pylist()[0])
            yield f"  {day}{imputed}, {word}: {why}; {findings}"
        else:
            yield f"  row {found.row[at] + 1}: {day}{imputed}, {word}: {why}"


def _findings(row: dict[str, Any]) -> str:
    """What a derived response was judged by, and the rows of the rules."""
    names = ("TRGRESP", "target"), ("NTRGRESP", "non-target"), ("NEWLIND", "new lesion")
    parts = [f"{word} {row[name]}" for name, word in names]
    for name, word in (("SUM", "sum"), ("PARTSUM", "sum of those measured"), ("BASE", "baseline"),
                       ("NADIR", "nadir")):  # fmt: skip
        if row[name] is not None:
            parts.append(f"{word} {row[name]:g} mm")
    if row["COLLECTED"] is not None:
        parts.append(f"collected {row['COLLECTED']}")
    return f"{', '.join(parts)}; {row['RULE']}"


def _reason(
    at: int, place: int, subjects: Subjects, found: Assessments, settings: TrialSettings
) -> str:
    origin, day = subjects.origin[place], found.day[at]
    alone = not (found.counts & (found.subject == place) & (found.day == day)).any()
    rule = f"responses_after_new_therapy {settings.responses_after_new_therapy}"
    reasons = (
        (found.code[at] == UNKNOWN, "no response of the criterion"),
        (found.derived is not None and found.code[at] == Code.NONE, "disregarded by the criterion"),
        (found.code[at] < 0, "no response"),
        (not found.dated[at], "no date that the settings accept"),
        (origin == NEVER, "the subject has no day to count from"),
        (day < origin, "before the day that times count from"),
        (
            day >= subjects.new_therapy[place] and alone,
            f"after new therapy ({rule}, pfs_policy {settings.pfs_policy})",
        ),
        (True, f"another of that day counts (one_per_day {settings.one_per_day})"),
    )
    return "does not count: " + next(text for holds, text in reasons if holds)


def _parameters(place: int, table: LongTable) -> Iterator[str]:
    for row in _rows(table, place):
        code = row["PARAMCD"]
        if code not in _RULES:
            continue
        rule, source = _RULES[code]
        when = f" on {row['ADT']}" if row["ADT"] else ""
        by = f", row {row['SRCROW']}" if row["SRCROW"] else ""
        sure = f", confirmed on {row['CONFDT']} (row {row['CONFROW']})" if row["CONFROW"] else ""
        yield f"  {code} {row['AVALC'] or 'none'}{when}{by}{sure}: {rule} ({source})"


def _times(place: int, table: LongTable, settings: TrialSettings) -> Iterator[str]:
    both = ", first and last day counted" if settings.duration_plus_one else ""
    for row in _rows(table, place):
        ended = f"{row['EVNTDESC']}" if row["CNSR"] == 0 else f"censored, {row['EVNTDESC']}"
        at = row["CNSDTDSC"]
        dated = f" at {at}" if row["CNSR"] and at != row["EVNTDESC"] else ""
        record = " ".join(str(row[name]) for name in ("SRCDOM", "SRCVAR", "SRCSEQ") if row[name])
        yield (
            f"  {row['PARAMCD']} {row['AVAL']} days from {row['STARTDT']} to {row['ADT']}{both}: "
            f"{ended}{dated} ({record}); {row['RULE']}"
        )


def _rows(table: LongTable, place: int) -> list[dict[str, Any]]:
    """The records of one subject."""
    whole = table.to_arrow()
    codes = whole.column("USUBJID").combine_chunks().indices
    mine = np.flatnonzero(numpy_of(codes, -1) == place)
    if not len(mine):
        return []
    found: list[dict[str, Any]] = whole.slice(int(mine[0]), len(mine)).to_pylist()
    return found

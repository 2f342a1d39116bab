"""A cohort of ADaM datasets, or of the long tables of a trial."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs

from timeline.cdisc.cases.words import ALSO_STOPS, SEXES, STOPS
from timeline.cdisc.formats import read_files
from timeline.core.calendar.durations import days_per, unit_named
from timeline.core.problem import InvalidFile, near
from timeline.core.span import NEVER_ENDS, Span
from timeline.settings.study import StudySettings
from timeline.settings.trial import TRIAL_SETTINGS
from timeline.statistics.survival.kaplan_meier_bounds import Leaving, Observed
from timeline.study.adverse_tables import AdverseEvents, adverse_events_of
from timeline.study.cohort import NE, Cohort, SumChange, split_settings
from timeline.study.member import TablePatient
from timeline.terminology.criteria import LABELS, TERMS
from timeline.terminology.endpoints import printed_name

Record = Mapping[str, Any]
_DATASETS = ("ADSL", "ADRS", "ADTTE", "ADTR", "ADAE")
_WEEK = 7
_SEXES = {code: word for word, code in SEXES.items()} | {"U": "unknown"}
_STOPS = {term: word for word, term in STOPS.items()} | ALSO_STOPS
_TREATED = ("SAFFL", "TRTSDT")
# PARAMCD of what a study needs, by criterion: those of ``timeline adam``, then other usual ones
_CODES: dict[str, dict[str, tuple[str, ...]]] = {
    terms.title: {
        "OVR": ("OVR",), "OS": ("OS",),
        **{name: tuple(f"{terms.prefix.upper() * terms.confirms}{code}" for code in known)
           for name, known in (("BOR", ("BOR",)), ("CBOR", ("CBOR",)), ("PFS", ("PFS",)),
                               ("DoR", ("RSD", "DOR")))},
    }
    for terms in TERMS.values()
}  # fmt: skip
# the analyses that rest on a parameter, and on variables of ADSL: without them nothing is counted
_RESTING = {"BOR": ("BOR", "ORR", "DCR", "CBR"), "CBOR": ("CBOR", "CORR"), "OVR": ("landmark",),
            "PFS": ("CBR",)}  # fmt: skip
_COLUMNS = {"sex": ("SEX",), "age": ("AGE",), "arm": ("TRT01P", "ARM"),
            "ToT": ("TRTSDT",), "stop": ("DCTREAS", "EOTSTT")}  # fmt: skip


@attrs.frozen(kw_only=True)
class _Tables:
    """The records of a study.

    Attributes:
        name: what messages call them.
        subjects: one a subject (ADSL).
        responses: of ADRS.
        times: of ADTTE.
        sums: of ADTR, those of the sum.
        adverse: of ADAE; None where there is none.
    """

    name: str
    subjects: Sequence[Record]
    responses: Sequence[Record]
    times: Sequence[Record]
    sums: Sequence[Record] = ()
    adverse: Sequence[Record] | None = None


def adam_cohort(
    folder: Path,
    cls: type[Cohort],
    name: str,
    line: int,
    criterion: str,
    settings: StudySettings,
) -> Cohort:
    """The cohort of a folder of ADaM datasets.

    Raises:
        InvalidFile: the datasets have faults; all are listed.
        ValueError: the criterion is none that ADaM has parameters of here.
    """
    datasets, problems = read_files(folder, _DATASETS)
    if problems:
        raise InvalidFile(problems)
    rows = {each: list(datasets[each].rows()) if each in datasets else [] for each in _DATASETS}
    tables = _Tables(
        name=str(folder), subjects=rows["ADSL"], responses=rows["ADRS"], times=rows["ADTTE"],
        sums=[row for row in rows["ADTR"] if row.get("PARAMCD") == "SDIAM"],
        adverse=rows["ADAE"] if "ADAE" in datasets else None,
    )  # fmt: skip
    source = (
        f"The numbers rest on the ADaM datasets {', '.join(sorted(datasets))}: best responses and "
        f"responses at each time by {criterion} are those of ADRS, times (AVAL, CNSR) those of "
        "ADTTE."
    )
    missing = tuple(f"{each}: the folder has no such dataset" for each in _DATASETS
                    if each not in (*datasets, "ADAE"))  # fmt: skip
    return _cohort(cls, tables, name, line, criterion, settings, source, missing)


def trial_cohort(
    cls: type[Cohort],
    responses: Any,
    subjects: Any,
    lesions: Any,
    adverse_events: Any,
    name: str,
    criterion: str,
    evaluator: str | None,
    settings: Mapping[str, Any] | str | None,
    columns: Mapping[str, str] | None,
) -> Cohort:
    """The cohort of the long tables of a trial; raises as `Cohort.of_tables`."""
    from timeline.trial import derive

    key = _key(criterion)
    given = {"preset": settings} if isinstance(settings, str) else dict(settings or {})
    preset = {"preset": given.pop("preset")} if "preset" in given else {}
    conventions, derivation = split_settings(given, TRIAL_SETTINGS)
    found = derive(
        responses, subjects=subjects, lesions=lesions, criterion=key, evaluator=evaluator,
        settings={**derivation, **preset}, columns=columns,
    )  # fmt: skip
    own = {(columns or {}).get("subject", "USUBJID"): "USUBJID",
           (columns or {}).get("first_dose", "TRTSDT"): "TRTSDT"}  # fmt: skip

    def renamed(source: Any) -> list[Record]:
        return [{own.get(str(each), str(each)): value for each, value in row.items()}
                for row in _records(source)]  # fmt: skip

    sums: list[Record] = []
    if lesions is not None:
        sums = found.sums.to_arrow().to_pylist()
    tables = _Tables(
        name="subjects", subjects=renamed(subjects),
        responses=found.parameters.to_arrow().to_pylist(),
        times=found.times.to_arrow().to_pylist(), sums=sums,
        adverse=None if adverse_events is None else renamed(adverse_events),
    )  # fmt: skip
    changed = ", ".join(f"{each} = {value}" for each, value in found.settings.changed.items())
    source = (
        f"Responses by {criterion} and times to events are derived from the table of overall "
        f"responses; settings of the derivation that differ from the default: {changed or 'none'}."
    )
    return _cohort(cls, tables, name, 1, criterion, conventions, source, ())


def _key(criterion: str) -> str:
    if criterion not in _CODES:
        raise ValueError(f"criterion: tables are derived by {' or '.join(_CODES)}, not "
                         f"{criterion!r} ({near(criterion, _CODES)})")  # fmt: skip
    return TERMS[criterion].key


def _records(source: Any) -> Iterator[Record]:
    """The rows of a table of subjects: a frame, a dict of lists, or the path of a file."""
    from renderers.tables.frames import frame_columns

    if isinstance(source, Mapping):
        for values in zip(*source.values(), strict=True):
            yield dict(zip(map(str, source), values, strict=True))
        return
    if isinstance(source, str | Path):
        if Path(source).suffix.lower() == ".csv":
            with Path(source).open(encoding="utf-8-sig", newline="") as file:
                yield from csv.DictReader(file)
            return
        from pyarrow import parquet

        source = parquet.read_table(source)
    yield from frame_columns(source).iter_rows(named=True)


def _cohort(
    cls: type[Cohort],
    tables: _Tables,
    name: str,
    line: int,
    criterion: str,
    settings: StudySettings,
    source: str,
    left_out: tuple[str, ...],
) -> Cohort:
    _key(criterion)
    codes = _CODES[criterion]
    faults = list(_faults(tables, codes))
    held_events = _adverse(tables)
    faults += held_events.faults if held_events is not None else ()
    if not tables.subjects:
        faults.append(f"{tables.name}: there is no subject (ADSL, one row a subject)")
    if faults:
        raise InvalidFile(faults)
    responses, times = _grouped(tables.responses), _grouped(tables.times)
    ids = [str(row["USUBJID"]) for row in tables.subjects]
    patients = tuple(
        _patient(
            each,
            responses.get(own, ()),
            times.get(own, ()),
            codes,
            {} if held_events is None else held_events.worst(own),
        )
        for own, each in zip(ids, tables.subjects, strict=True)
    )
    columns = {each for row in tables.subjects for each in row}
    events = ("adverse events, " if held_events is None else "") + "doses and performance status"
    notes = [*left_out, events, *(() if held_events is None else held_events.notes)]
    if not columns & set(_TREATED):
        notes.append("a first dose (TRTSDT) or SAFFL, so that every subject counts as treated")
    notes += [f"{each}: not stated for any subject" for each in ("SEX", "AGE", "TRT01P or ARM")
              if not columns & set(each.split(" or "))]  # fmt: skip
    held = {str(row.get("PARAMCD")) for row in (*tables.responses, *tables.times)}
    missing = [what for what, known in codes.items() if not held & set(known)]
    notes += [f"{printed_name(what, criterion)}: no parameter {' or '.join(codes[what])}"
              for what in missing]  # fmt: skip
    lacks = {name for what in missing for name in _RESTING.get(what, ())}
    if settings.disease_control_weeks and "PFS" in missing:
        lacks.add("DCR")
    lacks |= {name for name, known in _COLUMNS.items() if not columns & set(known)}
    starts = {str(row["USUBJID"]): _start(row) for row in tables.subjects}
    return cls(
        cases=(), name=name, line=line, criterion=criterion, settings=settings, tables=patients,
        changes=tuple(_changes(tables.sums, starts)), left_out=tuple(notes),
        lacks=frozenset(lacks), source=source,
        adverse_rule="" if held_events is None else held_events.rule,
    )  # fmt: skip


def _adverse(tables: _Tables) -> AdverseEvents | None:
    """The adverse events; None where there is no table of them."""
    if tables.adverse is None:
        return None
    treated = {_text(row, "USUBJID"): _is_treated(row) for row in tables.subjects}
    return adverse_events_of(f"{tables.name}: ADAE", tables.adverse, treated)


def _faults(tables: _Tables, codes: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """What keeps the records from being counted."""
    ids: set[str] = set()
    for number, row in enumerate(tables.subjects, start=1):
        own = str(row.get("USUBJID") or "")
        if not own:
            yield f"{tables.name}: ADSL, record {number}: no USUBJID (write it)"
        elif own in ids:
            yield f"{tables.name}: ADSL, record {number}: {own} a second time (keep one record)"
        ids.add(own)
        if _age(row) is NotImplemented:
            yield (f"{tables.name}: ADSL, record {number}: AGE is {row.get('AGE')!r} (write years "
                   "as a number)")  # fmt: skip
    once = {code for what, known in codes.items() if what != "OVR" for code in known}
    words = {word.upper() for word in (NE, *LABELS)}
    for dataset, rows in (("ADRS", tables.responses), ("ADTTE", tables.times)):
        seen: set[tuple[str, str]] = set()
        for number, row in enumerate(rows, start=1):
            own, code = str(row.get("USUBJID") or ""), str(row.get("PARAMCD") or "")
            place = f"{tables.name}: {dataset}, record {number}"
            if code not in once and code != "OVR":
                continue
            if own not in ids:
                yield f"{place}: {own!r} is no subject of ADSL (add it there)"
            if code in once and (own, code) in seen:
                yield f"{place}: {code} of {own} a second time (keep one record of each subject)"
            seen.add((own, code))
            said = str(row.get("AVALC") or NE).upper() if _counts(row) else NE
            if dataset == "ADRS" and said not in words:
                yield f"{place}: AVALC is {row.get('AVALC')!r}, no response (write CR, PR, SD ..)"
            if dataset == "ADTTE":
                yield from (f"{place}: {fault}" for fault in _time_faults(row))


def _time_faults(row: Record) -> Iterator[str]:
    value, code = row.get("AVAL"), row.get("CNSR")
    if value is not None and (not isinstance(value, int | float) or not value >= 0):
        yield f"AVAL is {value!r} (write a time of 0 or more)"
    if value is not None and (not isinstance(code, int | float) or code < 0 or code != int(code)):
        yield f"CNSR is {code!r} (write 0 for the event, 1 and more for censored)"
    if not unit_named(str(row.get("AVALU") or "DAYS")):
        yield f"AVALU is {row.get('AVALU')!r} (write DAYS, WEEKS, MONTHS or YEARS)"


def _grouped(rows: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in rows:
        found.setdefault(str(row.get("USUBJID")), []).append(row)
    return found


def _patient(
    subject: Record,
    responses: Sequence[Record],
    times: Sequence[Record],
    codes: Mapping[str, tuple[str, ...]],
    adverse: Mapping[str, frozenset[str]],
) -> TablePatient:
    def one(rows: Sequence[Record], what: str) -> Record:
        found = [row for row in rows if row.get("PARAMCD") in codes[what]]
        return found[0] if found else {}

    start, last = _start(subject), _date(subject.get("TRTEDT"))
    values = {
        "sex": _SEXES.get(_text(subject, "SEX").upper(), _text(subject, "SEX").lower()),
        "arm": _text(subject, "TRT01P") or _text(subject, "ARM"),
        "BOR": _response(one(responses, "BOR")),
        "CBOR": _response(one(responses, "CBOR")),
        "stop": _stop(subject),
    }
    age = _age(subject)
    treated = _is_treated(subject)
    time: Span | None = None
    if treated and start is not None:
        time = Span(0, NEVER_ENDS)
        if last is not None and last >= start:
            time = Span.point(Fraction((last - start).days)).divided_by(
                Fraction(days_per("months")))  # fmt: skip
    found = {what: _observed(one(times, what)) for what in ("PFS", "OS", "DoR")}
    return TablePatient(
        name=str(subject["USUBJID"]),
        is_treated=treated,
        values=values,
        numbers={"age": None if age is None else Span.point(age), "ToT": time},
        assessments=tuple(_assessments(responses, start)),
        free_days=_days(one(times, "PFS")),
        times={what: each for what, each in found.items() if each is not None},
        adverse=adverse,
    )


def _text(row: Record, name: str) -> str:
    value = row.get(name)
    return "" if value is None or value != value else str(value).strip()


def _age(subject: Record) -> Any:
    """The age in years; None where there is none, NotImplemented where it is no number."""
    text = _text(subject, "AGE")
    if not text:
        return None
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return NotImplemented
    return value if 0 <= value <= 130 else NotImplemented


def _is_treated(subject: Record) -> bool:
    if "SAFFL" in subject:
        return _text(subject, "SAFFL").upper() == "Y"
    return "TRTSDT" not in subject or _date(subject.get("TRTSDT")) is not None


def _stop(subject: Record) -> str:
    reason = _text(subject, "DCTREAS").upper()
    status = _text(subject, "EOTSTT").upper()
    if reason:
        return _STOPS.get(reason, reason.lower())
    return {"ONGOING": "ongoing", "COMPLETED": "completed"}.get(status, "")


def _response(row: Record) -> str:
    """A best response; of a subject without an assessment not evaluable."""
    text = _text(row, "AVALC")
    return NE if text.upper() in ("", "MISSING", NE) else text


def _counts(row: Record) -> bool:
    """Whether a record counts: ANL01FL is Y, or the table has no such variable."""
    return "ANL01FL" not in row or _text(row, "ANL01FL") == "Y"


def _date(value: Any) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _start(subject: Record) -> datetime.date | None:
    """The first day of treatment; of a study without one that of randomisation."""
    return _date(subject.get("TRTSDT")) or _date(subject.get("RANDDT"))


def _assessments(
    rows: Sequence[Record], start: datetime.date | None
) -> Iterator[tuple[Span, frozenset[str]]]:
    """The responses at each time that count, in order of time."""
    found: list[tuple[int, str]] = []
    for row in rows:
        day = _date(row.get("ADT"))
        if row.get("PARAMCD") == "OVR" and day is not None and start is not None and _counts(row):
            found.append(((day - start).days, _response(row)))
    for days, label in sorted(found, key=lambda each: each[0]):
        yield Span.point(days), frozenset({label})


def _days(row: Record) -> Span | None:
    value = row.get("AVAL")
    if value is None:
        return None
    unit = days_per(unit_named(str(row.get("AVALU") or "DAYS")))
    return Span.point(Fraction(str(value)) * unit)


def _observed(row: Record) -> Observed | None:
    """A time in months, as `Cohort` counts them; None where there is none."""
    days = _days(row)
    if days is None:
        return None
    time = days.divided_by(Fraction(days_per("months")))
    return Observed((Leaving(time, row.get("CNSR") == 0),))


def _changes(
    rows: Sequence[Record], starts: Mapping[str, datetime.date | None]
) -> Iterator[SumChange]:
    """The changes of the sum from baseline, those after it."""
    for row in rows:
        value, day = row.get("PCHG"), _date(row.get("ADT"))
        start = starts.get(str(row.get("USUBJID")))
        if value is None or value != value or row.get("ABLFL") == "Y":
            continue
        weeks = (day - start).days / _WEEK if day is not None and start is not None else None
        yield SumChange(subject=str(row["USUBJID"]), weeks=weeks, percent=float(value))
